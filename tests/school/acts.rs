//! Acts as they are mostly done, of this morning; what is otherwise is said where it is (`LogCall { code, ..call(AMIRA, 1) }`).

use chrono::NaiveDate;

use super::domain::act::{
    Amend, Arrange, ChangeSettings, FollowLate, LogArrival, LogCall, LogMovement, ReportAbsence, TakeRegister,
    TakeStep, TakenBy, Watch,
};
use super::domain::act_id::ActId;
use super::domain::calendar::session::SessionDate;
use super::domain::calendar::week_sessions::WeekSessions;
use super::domain::facts::arrangement::Terms;
use super::domain::facts::evidence::Mark;
use super::domain::facts::late_step::LateStep;
use super::domain::facts::message::Channel;
use super::domain::facts::presence::Way;
use super::domain::people::contact::{CallOutcome, ContactId};
use super::domain::people::pupil::{GroupId, PupilId};
use super::domain::school::School;
use super::{am, code_of, local, mark, november};

/// A contact was rung and did not answer.
pub fn call(pupil: PupilId, contact: i64) -> LogCall {
    LogCall {
        pupil,
        contact: Some(ContactId(contact)),
        number: None,
        at: am(24),
        outcome: CallOutcome::NoAnswer,
        code: None,
        until: None,
        note: String::new(),
        call_back: None,
        covers: Vec::new(),
        sibling_answers: Vec::new(),
        saw: Vec::new(),
        despite: None,
    }
}

/// Came today, without a reason.
pub fn came(pupil: PupilId, time: &str) -> LogArrival {
    came_on(november(24), pupil, time)
}

/// Came on a date, without a reason.
pub fn came_on(date: NaiveDate, pupil: PupilId, time: &str) -> LogArrival {
    LogArrival { pupil, date, time: local(date, time).time(), reason: None, instead: None }
}

/// Went out of the building or came back.
pub fn moved(pupil: PupilId, way: Way, time: &str, reason: &str) -> LogMovement {
    let (date, time) = (november(24), local(november(24), time).time());
    LogMovement { pupil, date, time, way, reason: reason.to_owned() }
}

/// A mark amended; "L 17" or "N".
pub fn amended(pupil: PupilId, at: SessionDate, to: &str, reason: &str, saw: ActId) -> Amend {
    let Mark { code, minutes } = mark(to);
    Amend { pupil, at, code, minutes, reason: reason.to_owned(), saw }
}

/// Mrs Khan has rung: flu.
pub fn reported(pupils: &[PupilId], code: &str, from: SessionDate, until: SessionDate) -> ReportAbsence {
    let (by, words) = ("Mrs Khan, mother".to_owned(), "flu".to_owned());
    let (pupils, code, channel, seen) = (pupils.to_vec(), code_of(code), Channel::Telephone, String::new());
    ReportAbsence { pupils, code, from, until, by, words, channel, seen, back: None, time: None }
}

/// An arrangement for many, of these sessions of the week in November.
pub fn arranged(pupils: &[PupilId], code: &str, days: &str, from: u32, until: u32) -> Arrange {
    let terms = Terms {
        title: "Harbour Garage".to_owned(),
        number: "01632 960123".to_owned(),
        days: WeekSessions::parse(days).unwrap(),
        until: november(until),
        review: None,
        note: String::new(),
    };
    Arrange { pupils: pupils.to_vec(), code: code_of(code), from: november(from), terms }
}

/// A register handed in by its teacher.
pub fn handed_in(group: GroupId, at: SessionDate, teacher: &str, marks: &[(PupilId, &str)]) -> TakeRegister {
    let marks = marks.iter().map(|(pupil, text)| (*pupil, mark(text))).collect();
    TakeRegister { group, at, by: TakenBy::Teacher(teacher.to_owned()), marks }
}

/// A step of the ladder taken.
pub fn took(pupil: PupilId, step: &str, words: &str) -> TakeStep {
    TakeStep { pupils: vec![pupil], at: am(24), step: step.to_owned().into(), words: words.to_owned() }
}

/// A late followed through.
pub fn followed(pupils: &[PupilId], step: LateStep, words: &str) -> FollowLate {
    FollowLate { pupils: pupils.to_vec(), at: am(24), step, words: words.to_owned() }
}

/// On the watch list for good, with nobody to look after it.
pub fn watched(pupil: PupilId, reason: &str) -> Watch {
    Watch { pupil, reason: reason.to_owned(), until: None, owner: None, review: None, instead: None }
}

/// The settings as somebody changes them.
pub fn settings_changed(from: &School, change: impl FnOnce(&mut School)) -> ChangeSettings {
    let mut to = from.clone();
    change(&mut to);
    ChangeSettings { from: Box::new(from.clone()), to: Box::new(to) }
}
