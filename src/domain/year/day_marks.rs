//! The marks of one pupil's date in full: what stands, why, and who amended it.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::calendar::session::Session;
use crate::domain::code::CodeTable;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::people::pupil::PupilId;
use crate::domain::timeline::Timeline;

/// The marks of one date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayMarks {
    /// Whose.
    pub pupil: PupilId,
    /// The date.
    pub date: NaiveDate,
    /// Why the school does not meet, in words; `None` on a school day.
    pub closed: Option<String>,
    /// Its sessions, in order: those that there are, and those with a mark.
    pub sessions: Vec<SessionMarks>,
    /// Every fact of the date in a line, in order.
    pub facts: Vec<String>,
}

/// The mark of one session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionMarks {
    /// Which.
    pub session: Session,
    /// What stands; `None` is a blank.
    pub mark: Option<Mark>,
    /// What its code means.
    pub meaning: Option<String>,
    /// The rule's own sentence: "L 17 min: gate 08:57 beats tutor N 08:50".
    pub why: String,
    /// How it was amended, oldest first.
    pub amended: Vec<Amended>,
}

/// One change of a mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Amended {
    /// Which session.
    pub session: Session,
    /// The mark before.
    pub was: Option<Mark>,
    /// The mark after.
    pub is: Option<Mark>,
    /// What a person said, or the rule's sentence.
    pub reason: String,
    /// The speaker, where that is not the officer.
    pub said_by: Option<String>,
    /// The rule changed it, and nobody decided.
    pub is_by_rule: bool,
    /// Who recorded it, as signed.
    pub who: String,
    /// Their post.
    pub post: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

impl Amended {
    /// "N to I, mother rang (Mrs Khan); S Marsh, attendance officer, Tue 24 Nov 2026 09:18".
    pub fn describe(&self) -> String {
        let said_by = self.said_by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let by_rule = if self.is_by_rule { "settled by the rule, recorded by " } else { "" };
        let (was, is, at) = (or_blank(self.was), or_blank(self.is), self.at.format("%a %-d %b %Y %H:%M"));
        format!("{was} amended to {is}: {}{said_by}; {by_rule}{}, {}, {at}", self.reason, self.who, self.post)
    }
}

impl DayMarks {
    /// The marks of a date from its timeline: `standing` are the marks of its sessions, those that there are.
    pub fn new(
        (pupil, date, closed): (PupilId, NaiveDate, Option<String>),
        codes: &CodeTable,
        line: &Timeline<'_>,
        standing: &[(Session, Option<Mark>)],
        amended: Vec<Amended>,
    ) -> DayMarks {
        let session = |(session, mark): &(Session, Option<Mark>)| SessionMarks {
            session: *session,
            mark: *mark,
            meaning: mark.and_then(|mark| codes.row(mark.code)).map(|row| row.meaning.clone()),
            why: line.why_stands(*session, *mark),
            amended: amended.iter().filter(|one| one.session == *session).cloned().collect(),
        };
        let sessions = standing.iter().map(session).collect();
        let facts = line.events().iter().map(|event| event.line(date)).collect();
        DayMarks { pupil, date, closed, sessions, facts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::Timelines;
    use crate::domain::testing::*;

    fn amended(session: Session, was: &str, is: &str) -> Amended {
        Amended {
            session,
            was: Some(mark(was)),
            is: Some(mark(is)),
            reason: "flu".to_owned(),
            said_by: Some("Mrs Khan".to_owned()),
            is_by_rule: false,
            who: "S Marsh".to_owned(),
            post: "attendance officer".to_owned(),
            at: at("09:18"),
        }
    }

    #[test]
    fn a_day_tells_each_session_s_mark_why_and_who_amended_it() {
        let mut day = day(&[(AMIRA, Session::Am, "L 17")]);
        day.evidence.insert((AMIRA, Session::Am), vec![gate("08:57")]);
        let roll = day.roll.clone();
        let line = Timelines::whole(&day);
        let line = line.of(roll.pupil(AMIRA).unwrap());
        let standing = [(Session::Am, Some(mark("L 17"))), (Session::Pm, None)];
        let found = DayMarks::new(
            (AMIRA, today(), None),
            &roll.codes,
            &line,
            &standing,
            vec![amended(Session::Am, "N", "I"), amended(Session::Pm, "N", "I")],
        );
        assert_eq!(found.sessions.len(), 2);
        assert_eq!(found.sessions[0].why, "L 17 min: gate 08:57");
        assert!(found.sessions[0].meaning.as_ref().unwrap().starts_with("late"), "{:?}", found.sessions[0].meaning);
        assert_eq!(
            found.sessions[0].amended.iter().map(Amended::describe).collect::<Vec<_>>(),
            ["N amended to I: flu (Mrs Khan); S Marsh, attendance officer, Wed 4 Mar 2026 09:18"]
        );
        assert_eq!((found.sessions[1].why.as_str(), found.sessions[1].amended.len()), ("no mark yet", 1));
        assert_eq!(found.facts, ["08:57 through the gate: bus (S Marsh)"]);
        let by_rule = Amended { is_by_rule: true, said_by: None, ..amended(Session::Am, "N", "L 17") };
        assert!(by_rule.describe().contains("to L 17 min: flu; settled by the rule, recorded by S Marsh"));
    }
}
