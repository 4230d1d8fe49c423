//! What an act is about, said without looking at the record: its word, its date, its pupils, and itself in a few words.

use chrono::NaiveDate;

use super::Act;
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::presence::Way;
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::roll::Roll;
use crate::domain::school::{School, changes};

/// The words under which changes of the school's set-up are journalled.
pub const SET_UP: [&str; 3] = ["settings", "import", "pin"];

/// What an act is about.
enum Subject<'a> {
    /// Pupils.
    Pupils(Vec<PupilId>),
    /// A register, and the pupils it was handed in with.
    Register(RegisterRef, Vec<PupilId>),
    /// The school's settings: as they were, and as they are to be.
    Settings(&'a School, &'a School),
    /// Another act, which it takes back.
    Act(ActId),
}

impl Act {
    /// The word it is journalled under.
    pub fn kind(&self) -> &'static str {
        match self {
            Act::Amend { .. } => "amend",
            Act::LogArrival { .. } => "arrival",
            Act::FollowLate { .. } => "late-step",
            Act::ReportAbsence { .. } => "report",
            Act::LogPromise { .. } => "promise",
            Act::LogCall { .. } => "call",
            Act::Bar { .. } => "bar",
            Act::LiftBar { .. } => "lift-bar",
            Act::TakeStep { .. } => "step",
            Act::SettleAged { .. } => "settle-aged",
            Act::Decide { .. } => "decide",
            Act::Chase { .. } => "chase",
            Act::Snooze { .. } => "snooze",
            Act::Cover { .. } => "cover",
            Act::ChaseLesson { .. } => "chase-lesson",
            Act::TakeLesson { .. } => "lesson",
            Act::Move { .. } => "move",
            Act::Sight { .. } => "sight",
            Act::Confirm { .. } => "confirm",
            Act::OpenSearch { .. } | Act::NoteSearch { .. } | Act::EndSearch { .. } => "search",
            Act::TakeRegister { .. } => "register",
            Act::Watch { .. } => "watch",
            Act::Unwatch { .. } => "unwatch",
            Act::ChangeSettings { .. } => "settings",
            Act::Undo { .. } => "undo",
        }
    }

    /// What doing it is called: the subject of "… is for an officer".
    pub fn kind_in_words(&self) -> &'static str {
        match self {
            Act::Amend { .. } => "enter or amend a mark",
            Act::LogArrival { .. } => "log an arrival",
            Act::FollowLate { .. } => "follow a late through",
            Act::ReportAbsence { .. } | Act::LogPromise { .. } => "log a message about an absence",
            Act::LogCall { .. } => "log a call",
            Act::Bar { .. } => "bar a contact",
            Act::LiftBar { .. } => "lift the bar on a contact",
            Act::TakeStep { .. } => "record a step of the ladder",
            Act::SettleAged { .. } => "settle marks at N",
            Act::Decide { .. } => "settle a contradiction",
            Act::Chase { .. } | Act::Snooze { .. } | Act::ChaseLesson { .. } => "chase a register",
            Act::Cover { .. } => "say who covers a register",
            Act::TakeLesson { .. } | Act::TakeRegister { .. } => "enter a register",
            Act::Move { .. } => "log who goes out and comes back",
            Act::Sight { .. } => "log who is seen",
            Act::Confirm { .. } => "log what a provider says",
            Act::OpenSearch { .. } | Act::NoteSearch { .. } | Act::EndSearch { .. } => "search for a pupil",
            Act::Watch { .. } | Act::Unwatch { .. } => "change the watch list",
            Act::ChangeSettings { .. } => "change the settings",
            Act::Undo { .. } => "take something back",
        }
    }

    /// The codes it enters.
    pub fn codes(&self) -> Vec<Code> {
        match self {
            Act::Amend { code, .. } | Act::ReportAbsence { code, .. } | Act::SettleAged { code, .. } => vec![*code],
            Act::LogArrival { instead, .. } => instead.iter().copied().collect(),
            Act::LogCall { code, theirs, .. } => {
                code.iter().copied().chain(theirs.iter().filter_map(|one| one.code)).collect()
            }
            Act::TakeRegister { marks, .. } | Act::TakeLesson { marks, .. } => {
                marks.iter().map(|(_, mark)| mark.code).collect()
            }
            Act::FollowLate { .. }
            | Act::LogPromise { .. }
            | Act::TakeStep { .. }
            | Act::Decide { .. }
            | Act::Chase { .. }
            | Act::Snooze { .. }
            | Act::Cover { .. }
            | Act::ChaseLesson { .. }
            | Act::Move { .. }
            | Act::Sight { .. }
            | Act::Confirm { .. }
            | Act::OpenSearch { .. }
            | Act::NoteSearch { .. }
            | Act::EndSearch { .. }
            | Act::Watch { .. }
            | Act::Unwatch { .. }
            | Act::Bar { .. }
            | Act::LiftBar { .. }
            | Act::ChangeSettings { .. }
            | Act::Undo { .. } => Vec::new(),
        }
    }

    /// The earliest date it can change a mark of, as far as it says itself.
    pub fn about(&self) -> Option<NaiveDate> {
        match self {
            Act::Amend { at, .. }
            | Act::LogPromise { at, .. }
            | Act::LogCall { at, .. }
            | Act::TakeRegister { at, .. }
            | Act::Chase { at, .. }
            | Act::TakeStep { at, .. }
            | Act::Decide { at, .. }
            | Act::Snooze { at, .. }
            | Act::Cover { at, .. }
            | Act::FollowLate { at, .. }
            | Act::Confirm { at, .. } => Some(at.date),
            Act::LogArrival { date, .. }
            | Act::Move { date, .. }
            | Act::Sight { date, .. }
            | Act::OpenSearch { date, .. } => Some(*date),
            Act::ReportAbsence { from, .. } => Some(from.date),
            Act::SettleAged { marks, .. } => marks.iter().map(|(_, at, _)| at.date).min(),
            Act::ChaseLesson { .. }
            | Act::TakeLesson { .. }
            | Act::Bar { .. }
            | Act::LiftBar { .. }
            | Act::NoteSearch { .. }
            | Act::EndSearch { .. }
            | Act::Watch { .. }
            | Act::Unwatch { .. }
            | Act::ChangeSettings { .. }
            | Act::Undo { .. } => None,
        }
    }

    /// The pupils it names.
    pub fn pupils(&self) -> Vec<PupilId> {
        match self.subject() {
            Subject::Pupils(pupils) | Subject::Register(_, pupils) => pupils,
            Subject::Settings(..) | Subject::Act(_) => Vec::new(),
        }
    }

    /// What it changed beside the record of pupils, one by one: each value, as it was and as it is.
    pub fn changes(&self) -> Vec<String> {
        match self.subject() {
            Subject::Settings(from, to) => changes(from, to),
            Subject::Pupils(_) | Subject::Register(..) | Subject::Act(_) => Vec::new(),
        }
    }

    /// The tutor group whose register it is about.
    pub fn group(&self) -> Option<GroupId> {
        match self.subject() {
            Subject::Register(RegisterRef::Group(group), _) => Some(group),
            Subject::Register(RegisterRef::Lesson(_), _)
            | Subject::Pupils(_)
            | Subject::Settings(..)
            | Subject::Act(_) => None,
        }
    }

    /// The lesson whose register it is about.
    pub fn lesson(&self) -> Option<LessonId> {
        match self.subject() {
            Subject::Register(RegisterRef::Lesson(lesson), _) => Some(lesson),
            Subject::Register(RegisterRef::Group(_), _)
            | Subject::Pupils(_)
            | Subject::Settings(..)
            | Subject::Act(_) => None,
        }
    }

    /// The act that it takes back.
    pub fn undoes(&self) -> Option<ActId> {
        match self.subject() {
            Subject::Act(act) => Some(act),
            Subject::Pupils(_) | Subject::Register(..) | Subject::Settings(..) => None,
        }
    }

    fn subject(&self) -> Subject<'_> {
        let marked = |marks: &[(PupilId, Mark)]| marks.iter().map(|(pupil, _)| *pupil).collect();
        match self {
            Act::Amend { pupil, .. }
            | Act::LogArrival { pupil, .. }
            | Act::Decide { pupil, .. }
            | Act::Bar { pupil, .. }
            | Act::LiftBar { pupil, .. }
            | Act::Move { pupil, .. }
            | Act::Sight { pupil, .. }
            | Act::OpenSearch { pupil, .. }
            | Act::NoteSearch { pupil, .. }
            | Act::EndSearch { pupil, .. }
            | Act::Watch { pupil, .. }
            | Act::Unwatch { pupil } => Subject::Pupils(vec![*pupil]),
            Act::LogCall { pupil, covers, .. } => {
                Subject::Pupils(std::iter::once(*pupil).chain(covers.iter().copied()).collect())
            }
            Act::ReportAbsence { pupils, .. }
            | Act::LogPromise { pupils, .. }
            | Act::TakeStep { pupils, .. }
            | Act::FollowLate { pupils, .. }
            | Act::Confirm { pupils, .. } => Subject::Pupils(pupils.clone()),
            Act::SettleAged { marks, .. } => Subject::Pupils(marks.iter().map(|(pupil, ..)| *pupil).collect()),
            Act::TakeRegister { group, marks, .. } => Subject::Register(RegisterRef::Group(*group), marked(marks)),
            Act::TakeLesson { lesson, marks, .. } => Subject::Register(RegisterRef::Lesson(*lesson), marked(marks)),
            Act::Chase { group, .. } | Act::Snooze { group, .. } | Act::Cover { group, .. } => {
                Subject::Register(RegisterRef::Group(*group), Vec::new())
            }
            Act::ChaseLesson { lesson, .. } => Subject::Register(RegisterRef::Lesson(*lesson), Vec::new()),
            Act::ChangeSettings { from, to } => Subject::Settings(from, to),
            Act::Undo { act } => Subject::Act(*act),
        }
    }

    /// Itself in a few words, with the names of the roll: "call about Khan, Amira 8KM (no answer)".
    pub fn describe(&self, roll: &Roll) -> String {
        let name = |pupil: &PupilId| roll.name_and_group(*pupil);
        let names = |pupils: &[PupilId]| match pupils {
            [one, other] => format!("{} and {}", name(one), name(other)),
            [one] => name(one),
            more => format!("{} pupils", more.len()),
        };
        let whom = |pupil: &PupilId, id: &ContactId| {
            let contact = roll.contact(*pupil, *id).map_or_else(|| "a contact".to_owned(), Contact::introduced);
            format!("{contact}, about {}", name(pupil))
        };
        let group = |id: &GroupId| roll.group(*id).map_or("register", |group| group.name.as_str()).to_owned();
        match self {
            Act::Amend { pupil, at, code, minutes, .. } => {
                format!("{} of {} {}", Mark { code: *code, minutes: *minutes }, name(pupil), at.session)
            }
            Act::LogArrival { pupil, time, .. } => format!("arrival of {} at {}", name(pupil), time.format("%H:%M")),
            Act::FollowLate { pupils, step, words, .. } => {
                let words = if words.is_empty() { String::new() } else { format!(", {words}") };
                format!("late of {}: {}{words}", names(pupils), step.says())
            }
            Act::ReportAbsence { pupils, code, .. } => format!("report {code} for {}", names(pupils)),
            Act::LogPromise { pupils, promise, .. } => format!("{}: {}", names(pupils), promise.says()),
            Act::LogCall { outcome, code, .. } => {
                let code = code.map(|code| format!(", {code}")).unwrap_or_default();
                format!("call about {} ({}{code})", names(&self.pupils()), outcome.says())
            }
            Act::Bar { pupil, contact, reason } => format!("bar on {}: {reason}", whom(pupil, contact)),
            Act::LiftBar { pupil, contact, reason } => format!("bar lifted from {}: {reason}", whom(pupil, contact)),
            Act::TakeStep { pupils, step, words, .. } => {
                let words = if words.is_empty() { String::new() } else { format!(": {words}") };
                format!("{step} about {}{words}", names(pupils))
            }
            Act::SettleAged { marks, code, .. } => {
                let count = marks.len();
                format!("{code} for {count} {} that stood at N", if count == 1 { "mark" } else { "marks" })
            }
            Act::Decide { pupil, puzzle, reason, .. } => format!("{}, {}: {reason}", name(pupil), puzzle.says()),
            Act::Chase { group: id, method, .. } => format!("chase of {} by {}", group(id), method.as_str()),
            Act::Snooze { group: id, until, .. } => format!("{} put off until {}", group(id), until.format("%H:%M")),
            Act::Cover { group: id, teacher, room, .. } => {
                let said = [teacher, room].into_iter().flatten().map(String::as_str);
                let said: Vec<&str> = said.filter(|said| !said.trim().is_empty()).collect();
                format!("cover of {}: {}", group(id), if said.is_empty() { "none".to_owned() } else { said.join(", ") })
            }
            Act::ChaseLesson { method, .. } => format!("chase of a lesson by {}", method.as_str()),
            Act::TakeLesson { marks, .. } => format!("lesson register, {} marks", marks.len()),
            Act::Move { pupil, time, way, .. } => {
                let did = if *way == Way::Out { "goes out" } else { "comes back" };
                format!("{} {did} {}", name(pupil), time.format("%H:%M"))
            }
            Act::Sight { pupil, seen, place, .. } => {
                format!("{} {}seen, {place}", name(pupil), if *seen { "" } else { "not " })
            }
            Act::Confirm { pupils, there, said_by, .. } => {
                format!("{} {}there, says {said_by}", names(pupils), if *there { "" } else { "not " })
            }
            Act::OpenSearch { pupil, .. } => format!("search for {}", name(pupil)),
            Act::NoteSearch { pupil, words, .. } => format!("note on the search for {}: {words}", name(pupil)),
            Act::EndSearch { pupil, outcome, found, words, .. } => {
                format!("search for {}: {}, {words}", name(pupil), outcome.how(*found))
            }
            Act::TakeRegister { group: id, .. } => format!("register of {}", group(id)),
            Act::Watch { pupil, .. } => format!("watch on {}", name(pupil)),
            Act::Unwatch { pupil } => format!("taking {} off the watch list", name(pupil)),
            Act::ChangeSettings { from, to } => match changes(from, to).as_slice() {
                [one] => format!("settings: {one}"),
                more => format!("settings: {} values", more.len()),
            },
            Act::Undo { .. } => "undo".to_owned(),
        }
    }
}
