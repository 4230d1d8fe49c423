//! A lesson's register was chased.

use serde::{Deserialize, Serialize};

use crate::domain::act::described::{Described, Subject};
use crate::domain::code::Code;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::register::ChaseMethod;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// A lesson's register was chased.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChaseLesson {
    /// Which lesson.
    pub lesson: LessonId,
    /// How.
    pub method: ChaseMethod,
}

impl Described for ChaseLesson {
    fn kind(&self) -> &'static str {
        "chase-lesson"
    }

    fn called(&self) -> &'static str {
        "chase a register"
    }

    fn codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn subject(&self) -> Subject<'_> {
        Subject::Register(RegisterRef::Lesson(self.lesson), Vec::new())
    }

    fn least_role(&self) -> Role {
        Role::Officer
    }

    fn describe(&self, _roll: &Roll) -> String {
        format!("chase of a lesson by {}", self.method.as_str())
    }
}
