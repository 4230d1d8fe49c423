//! What is answered of hand-backs and their rows.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::counted::counted;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::facts::handback::{Form, Handback, HandbackRow, MarkChange, RowState};
use crate::domain::school::roll::Roll;

/// A mark that is to be handed back, or that the other system refused.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ToHandBackFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    date: NaiveDate,
    session: Session,
    was: Option<Mark>,
    now: Option<Mark>,
    reason: String,
    act: i64,
    by: String,
    on: NaiveDate,
    at: String,
    /// Why the other system refused it, or why the form has no place for it.
    kept_out: Option<String>,
    /// The hand-back in which it was confirmed already, where a file of the other system has said otherwise since.
    contradicted: Option<i64>,
}

impl ToHandBackFacts {
    /// Of a change, and why it is kept out, where it is.
    pub(super) fn of(roll: &Roll, change: &MarkChange, kept_out: Option<&str>) -> Option<ToHandBackFacts> {
        Some(ToHandBackFacts {
            pupil: PupilFacts::of(roll, roll.pupil(change.pupil)?),
            date: change.at.date,
            session: change.at.session,
            was: change.was,
            now: change.now,
            reason: change.reason.clone(),
            act: change.act.0,
            by: change.by.clone(),
            on: change.changed.date(),
            at: clock(change.changed.time()),
            kept_out: kept_out.map(str::to_owned),
            contradicted: change.contradicted.map(|number| number.0),
        })
    }
}

impl ToHandBackFacts {
    /// Why it is kept out, where it is.
    pub(super) fn kept_out(&self) -> Option<&str> {
        self.kept_out.as_deref()
    }
}

impl Row for ToHandBackFacts {
    /// "Khan, Amira, 8KM, Tue 24 Nov AM: was N, now I, rang (S Marsh, 24 Nov 09:12)."
    fn lines(&self) -> Vec<String> {
        let at = SessionDate::new(self.date, self.session);
        let (was, now) = (or_blank(self.was), or_blank(self.now));
        let by = format!(" ({}, {} {})", self.by, self.on.format("%-d %b"), self.at);
        let kept_out = self.kept_out.as_ref().map(|why| format!("kept out: {why}")).unwrap_or_default();
        let who = self.pupil.name_and_group();
        let why = if self.reason.is_empty() { String::new() } else { format!(", {}", self.reason) };
        let again = contradicted(self.contradicted, &was);
        vec![sentence([format!("{who}, {at}: was {was}, now {now}{why}{by}"), again, kept_out])]
    }
}

/// "confirmed in hand-back 3, but a file has N since".
fn contradicted(number: Option<i64>, was: &str) -> String {
    number.map(|number| format!("confirmed in hand-back {number}, but a file has {was} since")).unwrap_or_default()
}

/// A hand-back.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandbackFacts {
    number: i64,
    act: i64,
    form: Form,
    profile: Option<String>,
    by: String,
    on: NaiveDate,
    at: String,
    marks: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    waiting: usize,
    confirmed: usize,
    refused: usize,
    /// Known to be in the other system by what something else says.
    held: usize,
    /// Something later says otherwise.
    overtaken: usize,
    /// Confirmed, though a file has said otherwise since.
    contradicted: usize,
}

impl HandbackFacts {
    /// Of a hand-back.
    pub(super) fn of(handback: &Handback) -> HandbackFacts {
        let dates = || handback.rows.iter().map(|row| row.change.at.date);
        HandbackFacts {
            number: handback.number.0,
            act: handback.act.0,
            form: handback.form,
            profile: handback.profile.clone(),
            by: handback.by.clone(),
            on: handback.made.date(),
            at: clock(handback.made.time()),
            marks: handback.rows.len(),
            first: dates().min(),
            last: dates().max(),
            waiting: handback.count(RowState::Waits),
            confirmed: handback.count(RowState::Confirmed),
            refused: handback.count(RowState::Refused),
            held: handback.count(RowState::Held),
            overtaken: handback.count(RowState::Overtaken),
            contradicted: handback.count(RowState::Contradicted),
        }
    }
}

impl Row for HandbackFacts {
    /// "3, 2026-11-24 10:06, S Marsh: 12 marks as csv (marks-long), 10 confirmed, 2 wait."
    fn lines(&self) -> Vec<String> {
        let profile = self.profile.as_ref().map(|profile| format!(" ({profile})")).unwrap_or_default();
        let some = |count: usize, text: &str| if count > 0 { format!("{count} {text}") } else { String::new() };
        vec![sentence([
            self.number.to_string(),
            format!("{} {}", self.on, self.at),
            format!("{}: {} as {}{profile}", self.by, counted(self.marks, "mark"), self.form.as_str()),
            some(self.confirmed, "confirmed"),
            some(self.held, "known to be there"),
            some(self.refused, "refused"),
            some(self.overtaken, "overtaken"),
            some(self.contradicted, "confirmed, but a file says otherwise since"),
            some(self.waiting, if self.waiting == 1 { "waits" } else { "wait" }),
        ])]
    }
}

/// A row of a hand-back.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandbackRowFacts {
    row: i64,
    #[serde(flatten)]
    change: ToHandBackFacts,
    state: RowState,
}

/// A hand-back, row by row.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandbackShownFacts {
    #[serde(flatten)]
    handback: HandbackFacts,
    rows: Vec<HandbackRowFacts>,
    /// What waits, and has no place in this form.
    not_written: Vec<ToHandBackFacts>,
}

impl HandbackShownFacts {
    /// Of a hand-back, and of what was not written.
    pub(super) fn of(roll: &Roll, handback: &Handback, not_written: Vec<ToHandBackFacts>) -> HandbackShownFacts {
        let row = |row: &HandbackRow| {
            let kept_out = (!row.words.is_empty()).then_some(row.words.as_str());
            let change = ToHandBackFacts::of(roll, &row.change, kept_out)?;
            Some(HandbackRowFacts { row: row.place, change, state: row.state })
        };
        let rows = handback.rows.iter().filter_map(row).collect();
        HandbackShownFacts { handback: HandbackFacts::of(handback), rows, not_written }
    }
}

impl Row for HandbackShownFacts {
    fn lines(&self) -> Vec<String> {
        let mut lines = self.handback.lines();
        for one in &self.rows {
            let state = match one.state {
                RowState::Waits => "waits",
                RowState::Confirmed => "confirmed",
                RowState::Refused => "refused",
                RowState::Held => "known to be there",
                RowState::Overtaken => "overtaken",
                RowState::Contradicted => "confirmed, but not so",
            };
            lines.extend(one.change.lines().iter().map(|line| format!("  {} {state}: {line}", one.row)));
        }
        lines.extend(self.not_written.iter().flat_map(Row::lines).map(|line| format!("Not in it: {line}")));
        lines
    }
}
