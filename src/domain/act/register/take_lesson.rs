//! A lesson's register was handed in, whole or in part.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A lesson's register was handed in, whole or in part.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TakeLesson {
    /// Which lesson.
    pub lesson: LessonId,
    /// By whom.
    pub by: TakenBy,
    /// The marks in it; pupils left out stay as they are.
    pub marks: Vec<(PupilId, Mark)>,
}

impl Described for TakeLesson {
    fn kind(&self) -> &'static str {
        "lesson"
    }

    fn called(&self) -> &'static str {
        "enter a register"
    }

    fn codes(&self) -> Vec<Code> {
        self.marks.iter().map(|(_, mark)| mark.code).collect()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Register(RegisterRef::Lesson(self.lesson), self.marks.iter().map(|(pupil, _)| *pupil).collect())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("lesson register, {} marks", self.marks.len())
    }
}
