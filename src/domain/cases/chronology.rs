//! The chronology of a pupil: what is in the record, in the order in which it happened, a line each with where it comes from. Nothing in
//! it is typed again.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::change::CaseChange;
use super::event::{day, parted};
use super::file::CaseFile;
use super::held::{Held, Signed};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::facts::evidence::Mark;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;

/// What a line is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Serialize, strum::IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LineKind {
    /// Sessions missed on end.
    Absence,
    /// A mark that the office changed.
    Amendment,
    /// A call about an absence.
    Call,
    /// A step of the day's ladder.
    Step,
    /// The case itself: opened, moved, closed.
    Case,
    /// A letter, a call, or another contact.
    Contact,
    /// A letter that was made, sent, or came back.
    Letter,
    /// A meeting.
    Meeting,
    /// A home visit.
    Visit,
    /// A notice to improve.
    Improvement,
    /// A penalty notice.
    Penalty,
    /// Leave.
    Leave,
    /// Contact data were checked with the family.
    Details,
    /// An attendance contract.
    Contract,
    /// Early help.
    EarlyHelp,
    /// A part-time timetable.
    PartTime,
    /// A step of reintegration.
    Reintegration,
    /// A visit to a provider.
    Provider,
    /// Papers for a court.
    Court,
    /// Something was taken back.
    TakenBack,
}

impl LineKind {
    /// It in a word.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl From<EventKind> for LineKind {
    fn from(kind: EventKind) -> LineKind {
        match kind {
            EventKind::Contact => LineKind::Contact,
            EventKind::Letter => LineKind::Letter,
            EventKind::Meeting => LineKind::Meeting,
            EventKind::Visit => LineKind::Visit,
            EventKind::Improvement => LineKind::Improvement,
            EventKind::Penalty => LineKind::Penalty,
            EventKind::Leave => LineKind::Leave,
            EventKind::Details => LineKind::Details,
            EventKind::Contract => LineKind::Contract,
            EventKind::EarlyHelp => LineKind::EarlyHelp,
            EventKind::PartTime => LineKind::PartTime,
            EventKind::Reintegration => LineKind::Reintegration,
            EventKind::Provider => LineKind::Provider,
            EventKind::Court => LineKind::Court,
        }
    }
}

/// A line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// On which day it happened.
    pub date: NaiveDate,
    /// At which time, where one is known.
    pub time: Option<NaiveTime>,
    /// What it is about.
    pub kind: LineKind,
    /// Who put it down, or did it.
    pub who: String,
    /// With whom, where it was with somebody.
    pub with: String,
    /// What happened, in words.
    pub what: String,
    /// The act that it comes from: of an absence the last that changed one of its marks.
    pub act: ActId,
}

/// A pupil's lines on some dates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chronology {
    /// Whose.
    pub pupil: PupilId,
    /// On which dates.
    pub dates: RangeInclusive<NaiveDate>,
    /// In the order in which it happened.
    pub lines: Vec<Line>,
}

impl Line {
    /// "with Mrs Khan: letter: below 95 % (S Marsh)": what happened, in one line and without when.
    pub fn text(&self) -> String {
        let with = if self.with.is_empty() { String::new() } else { format!("with {}: ", self.with) };
        let who = if self.who.is_empty() { String::new() } else { format!(" ({})", self.who) };
        // Minutes of several lines are one here.
        clean(&format!("{with}{}{who}", self.what.replace('\n', " / ")))
    }
}

/// One mark of a pupil.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkHeld {
    /// Of which session.
    pub at: SessionDate,
    /// Which.
    pub code: Code,
    /// The act that changed it last.
    pub act: ActId,
}

/// A change of one of the pupil's marks (reg 6).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkChange {
    /// Of which session.
    pub at: SessionDate,
    /// The mark before; `None` is a blank.
    pub was: Option<Mark>,
    /// The mark after.
    pub is: Option<Mark>,
    /// When, school-local.
    pub changed: NaiveDateTime,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
    /// The act that changed it.
    pub act: ActId,
}

/// The lines of `found`, in the order in which things happened; of one day those without a time first.
pub fn in_order(mut found: Vec<Line>) -> Vec<Line> {
    found.sort_by_key(|line| (line.date, line.time, line.act, line.kind));
    found
}

/// Sessions missed on end, a line each. `marks` are a pupil's in order. A session that the school holds and that has no mark ends one, as
/// does any that was attended; one that is not possible does not.
pub fn absences(roll: &Roll, marks: &[MarkHeld]) -> Vec<Line> {
    let mut spells: Vec<Vec<MarkHeld>> = Vec::new();
    let mut last: Option<(SessionDate, bool)> = None;
    for mark in marks {
        let (is_absent, is_neutral) = match roll.codes.statistic(mark.code) {
            Some(Statistic::Authorised | Statistic::Unauthorised) => (true, false),
            Some(Statistic::NotRequired | Statistic::Administrative) => (false, true),
            Some(Statistic::Present | Statistic::Activity) | None => (false, false),
        };
        let goes_on = last.is_some_and(|(before, goes_on)| goes_on && !has_blank(roll, before, mark.at));
        if is_absent {
            match spells.last_mut().filter(|_| goes_on) {
                Some(spell) => spell.push(*mark),
                None => spells.push(vec![*mark]),
            }
        }
        last = Some((mark.at, is_absent || (is_neutral && goes_on)));
    }
    spells.iter().filter_map(|spell| absence(spell)).collect()
}

/// Whether the school holds a session between two.
fn has_blank(roll: &Roll, before: SessionDate, after: SessionDate) -> bool {
    let dates = before.date.iter_days().take_while(|date| *date <= after.date);
    dates
        .flat_map(|date| roll.sessions_of(date).iter().map(move |session| SessionDate::new(date, *session)))
        .any(|at| before < at && at < after)
}

/// "absent 3 sessions, until Thu 5 Mar 2026 AM: O 2, I 1".
fn absence(spell: &[MarkHeld]) -> Option<Line> {
    let (first, last) = (spell.first()?, spell.last()?);
    let mut codes: Vec<(Code, usize)> = Vec::new();
    for mark in spell {
        match codes.iter_mut().find(|(code, _)| *code == mark.code) {
            Some((_, count)) => *count += 1,
            None => codes.push((mark.code, 1)),
        }
    }
    let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let until = if spell.len() == 1 {
        first.at.session.to_string()
    } else {
        format!("{} until {} {}", first.at.session, day(last.at.date), last.at.session)
    };
    Some(Line {
        date: first.at.date,
        time: None,
        kind: LineKind::Absence,
        who: String::new(),
        with: String::new(),
        what: format!("absent {}, {until}: {}", counted(spell.len(), "session"), codes.join(", ")),
        act: spell.iter().map(|mark| mark.act).max()?,
    })
}

impl CaseFile {
    /// The lines of the case file. What was taken back is gone from it, with a line that says so.
    pub fn lines(&self) -> Vec<Line> {
        let mut found = Vec::new();
        for one in &self.openings {
            let (opening, of) = (&one.what, parted(one.what.source.describe(), &one.what.of));
            let what = format!("case opened at {}, from {of}: {}; owner {}", opening.stage, opening.why, opening.owner);
            found.push(line(one, "the case", || own(&one.by, LineKind::Case, what)));
        }
        for one in &self.changes {
            let what = describe(&one.what.change);
            found.push(line(one, "a change of the case", || own(&one.by, LineKind::Case, what)));
        }
        for one in &self.events {
            let (event, at) = (&one.what, &one.by);
            found.push(line(one, event.kind().describe(), || Line {
                date: event.on(),
                time: event.time(),
                with: event.with().to_owned(),
                ..own(at, event.kind().into(), event.describe())
            }));
        }
        for one in &self.endings {
            // What became of an event that was taken back goes with it.
            let Some(event) = self.event(one.what.event) else { continue };
            let (ending, kind) = (&one.what.ending, event.what.kind());
            found.push(line(one, "what became of it", || Line {
                date: ending.on(&event.what),
                time: ending.time(),
                ..own(&one.by, kind.into(), ending.describe(&event.what))
            }));
        }
        for one in &self.letters {
            let (letter, at) = (&one.what, &one.by);
            let with = letter.parent.name.clone();
            found.push(line(one, "a letter", || Line { with, ..own(at, LineKind::Letter, letter.describe()) }));
        }
        for one in &self.deliveries {
            let Some(letter) = self.letter(one.what.letter) else { continue };
            let delivery = &one.what;
            found.push(line(one, "what became of a letter", || Line {
                date: delivery.on,
                time: delivery.time,
                with: letter.what.parent.name.clone(),
                ..own(&one.by, LineKind::Letter, delivery.describe(&letter.what))
            }));
        }
        found
    }
}

fn own(by: &Signed, kind: LineKind, what: String) -> Line {
    Line {
        date: by.at.date(),
        time: Some(by.at.time()),
        kind,
        who: by.who.clone(),
        with: String::new(),
        what,
        act: by.act,
    }
}

/// The line of what stands; else that it was taken back, by whom and when.
fn line<T>(one: &Held<T>, called: &str, stands: impl FnOnce() -> Line) -> Line {
    match &one.taken_back {
        None => stands(),
        Some(by) => own(by, LineKind::TakenBack, format!("taken back: {called}, act {}", one.by.act.0)),
    }
}

fn describe(change: &CaseChange) -> String {
    match change {
        CaseChange::Stage { stage, why } => parted(&format!("moved to {stage}"), why),
        CaseChange::Owner(owner) => format!("owner is now {owner}"),
        CaseChange::Next(next) => format!("next on {}: {}", day(next.on), next.what),
        CaseChange::Target { what, by } => {
            format!("target: {what}{}", by.map(|by| format!(", by {}", day(by))).unwrap_or_default())
        }
        CaseChange::Close { reason, why } => parted(&format!("case closed, {}", reason.describe()), why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::cases::event::{CaseContact, CaseEvent, ContactWay, Party};
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::testing::{code, date, day as day_with, today};

    fn spells(marks: &[(u32, Session, &str)]) -> Vec<String> {
        let held = |(day, session, text): &(u32, Session, &str)| MarkHeld {
            at: SessionDate::new(date(2026, 3, *day), *session),
            code: code(text),
            act: ActId(7),
        };
        let lines = absences(&day_with(&[]).roll, &marks.iter().map(held).collect::<Vec<_>>());
        lines.into_iter().map(|line| line.what).collect()
    }

    #[test]
    fn absences_on_end_are_one_line() {
        use Session::{Am, Pm};
        // Friday and Monday are on end; so are sessions that are not possible between.
        let on_end = [(5, Pm, "O"), (6, Am, "#"), (6, Pm, "#"), (9, Am, "I"), (9, Pm, "O")];
        assert_eq!(spells(&on_end), ["absent 3 sessions, PM until Mon 9 Mar 2026 PM: O 2, I 1"]);
        // One that was attended, or is blank, ends it.
        let apart = ["absent 1 session, AM: O 1", "absent 1 session, AM: O 1"];
        assert_eq!(spells(&[(4, Am, "O"), (4, Pm, "\\"), (5, Am, "O")]), apart);
        assert_eq!(spells(&[(4, Am, "O"), (5, Am, "O")]), apart);
        assert_eq!(spells(&[(4, Am, "/"), (4, Pm, "L")]), [""; 0]);
    }

    #[test]
    fn what_was_taken_back_is_a_line_that_says_so_and_no_more() {
        let letter = CaseEvent::Contact(CaseContact {
            on: today(),
            time: None,
            way: ContactWay::Letter,
            with: Party { contact: None, name: "Mrs Khan".to_owned() },
            words: "below 95 %".to_owned(),
        });
        let mut file = CaseFile { events: vec![held(4, letter.clone())], ..CaseFile::default() };
        let line = file.lines().remove(0);
        assert_eq!((line.what.as_str(), line.with.as_str(), line.act), ("letter: below 95 %", "Mrs Khan", ActId(4)));
        file.events = vec![taken_back(4, letter, 5)];
        let line = file.lines().remove(0);
        assert_eq!((line.kind, line.what.as_str()), (LineKind::TakenBack, "taken back: contact, act 4"));
        assert_eq!((line.with.as_str(), line.act), ("", ActId(5)));
    }
}
