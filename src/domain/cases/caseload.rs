//! The caseload: every pupil with an open case, or of whom something of a case file is due, the most pressing first.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::case::Case;
use super::due::{Due, DueFrom, DueKind};
use super::file::CaseFile;
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Statistic;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::name::{clean, fold};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;

/// The case files of everybody who has one.
pub type CaseFiles = BTreeMap<PupilId, CaseFile>;

/// Their marked sessions that say how what is due stands, each pupil's since [that day](CaseFile::watched_from), in order.
pub type WatchedSessions = HashMap<PupilId, Vec<(SessionDate, Statistic)>>;

/// One pupil of the caseload.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnCaseload {
    /// Who.
    pub pupil: PupilId,
    /// The case that is open; `None` where only something of the case file is due.
    pub case: Option<Case>,
    /// Everything that is to be done, the earliest first.
    pub due: Vec<Due>,
}

/// How pressing something is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pressing {
    /// It should have been done by now.
    Overdue,
    /// It is due today.
    Today,
    /// It is due later.
    Later,
}

impl Due {
    /// How pressing it is.
    pub fn pressing(&self, now: NaiveDateTime) -> Pressing {
        match (self.is_overdue(now), self.on <= now.date()) {
            (true, _) => Pressing::Overdue,
            (false, true) => Pressing::Today,
            (false, false) => Pressing::Later,
        }
    }
}

impl Due {
    /// "overdue since Fri 20 Nov: see the GP, Mrs Khan"; "due today 10:15: back from the home visit, S Marsh".
    pub fn line(&self, now: NaiveDateTime) -> String {
        let day = named(self.on, now.date());
        let at = self.at.map(|at| at.format(" %H:%M").to_string()).unwrap_or_default();
        let when = match self.pressing(now) {
            Pressing::Overdue if self.on == now.date() => format!("overdue since{at}"),
            Pressing::Overdue => format!("overdue since {day}{at}"),
            Pressing::Today => format!("due today{at}"),
            Pressing::Later => format!("due {day}{at}"),
        };
        let who = if self.who.is_empty() { String::new() } else { format!(", {}", self.who) };
        clean(&format!("{when}: {}{who}", self.what))
    }
}

impl OnCaseload {
    /// What is due first.
    pub fn first(&self) -> Option<&Due> {
        self.due.first()
    }

    /// Of several things the most pressing; `None` where nothing is due.
    pub fn pressing(&self, now: NaiveDateTime) -> Option<Pressing> {
        self.due.iter().map(|due| due.pressing(now)).min()
    }

    /// Whether this person sees to the case, or to something that is due.
    pub fn is_of(&self, who: &str) -> bool {
        let who = fold(who);
        let owner = self.case.iter().map(|case| case.owner.as_str());
        owner.chain(self.due.iter().map(|due| due.who.as_str())).any(|one| fold(one) == who)
    }
}

/// What is due in a pupil's case file, seen on `today`.
pub fn due(pupil: PupilId, file: &CaseFile, sessions: &WatchedSessions, roll: &Roll, today: NaiveDate) -> Vec<Due> {
    let (stages, calendar) = (roll.school.case_stages.as_slice(), &roll.calendar);
    let sessions = sessions.get(&pupil).map(Vec::as_slice).unwrap_or_default();
    file.due(&DueFrom { stages, calendar, today, sessions })
}

/// The caseload by these case files: what is due first is at the top, of one date by name, and last whatever has no date.
pub fn caseload(files: &CaseFiles, sessions: &WatchedSessions, roll: &Roll, today: NaiveDate) -> Vec<OnCaseload> {
    let rows = files.iter().filter(|(pupil, _)| roll.pupil(**pupil).is_some()).map(|(pupil, file)| OnCaseload {
        pupil: *pupil,
        case: file.open_case(),
        due: due(*pupil, file, sessions, roll, today),
    });
    let mut rows: Vec<OnCaseload> = rows.filter(|row| row.case.is_some() || !row.due.is_empty()).collect();
    rows.sort_by_key(|row| {
        let first = row.first().map_or((NaiveDate::MAX, true, None), |due| (due.on, due.at.is_none(), due.at));
        (first, roll.place(row.pupil))
    });
    rows
}

/// Home visits whose staff should be back by now, the longest overdue first.
pub fn visits_overdue(files: &CaseFiles, roll: &Roll, now: NaiveDateTime) -> Vec<(PupilId, Due)> {
    // They are overdue whatever is marked.
    let sessions = WatchedSessions::default();
    let is_out = |file: &CaseFile| !file.to_end(EventKind::Visit, None, None).is_empty();
    let out = files.iter().filter(|(_, file)| is_out(file));
    let of =
        |pupil: PupilId, file| due(pupil, file, &sessions, roll, now.date()).into_iter().map(move |due| (pupil, due));
    let all = out.flat_map(|(pupil, file)| of(*pupil, file));
    let mut found: Vec<_> = all.filter(|(_, due)| due.kind == DueKind::VisitBack && due.is_overdue(now)).collect();
    found.sort_by_key(|(pupil, due)| (due.on, due.at, *pupil));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::event::{AgreedAction, CaseEvent, Meeting, MeetingKind, Visit, VisitPurpose};
    use crate::domain::cases::testing::held;
    use crate::domain::testing::{AMIRA, at, date, day, time, today};
    use proptest::prelude::*;

    fn agreed(act: i64, who: &str, by: NaiveDate) -> CaseFile {
        let action = AgreedAction { what: "see the GP".to_owned(), who: who.to_owned(), by };
        let meeting = Meeting {
            on: today(),
            time: None,
            kind: MeetingKind::Family,
            present: String::new(),
            minutes: "talked".to_owned(),
            actions: vec![action],
        };
        CaseFile { events: vec![held(act, CaseEvent::Meeting(meeting))], ..CaseFile::default() }
    }

    fn visit(due_back: &str) -> CaseFile {
        let visit = Visit {
            on: today(),
            left: time("09:30"),
            due_back: time(due_back),
            purpose: VisitPurpose::SafeAndWell,
            staff: "Mr Cole".to_owned(),
            second: None,
            words: String::new(),
        };
        CaseFile { events: vec![held(7, CaseEvent::Visit(visit))], ..CaseFile::default() }
    }

    #[test]
    fn what_is_due_first_stands_first_and_who_sees_to_it_is_found() {
        let roll = day(&[]).roll;
        let files = CaseFiles::from([(AMIRA, agreed(1, "Ms Ali", date(2026, 3, 9)))]);
        let rows = caseload(&files, &WatchedSessions::default(), &roll, today());
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert!(row.is_of("ms ali") && !row.is_of("Mr Cole"));
        assert_eq!(row.pressing(at("09:41")), Some(Pressing::Later));
        assert_eq!(row.pressing(date(2026, 3, 9).and_time(time("12:00"))), Some(Pressing::Today));
        assert_eq!(row.pressing(date(2026, 3, 10).and_time(time("00:00"))), Some(Pressing::Overdue));
        // Of nobody who is held there is no row, nor of a file in which nothing is open.
        let files = CaseFiles::from([(PupilId(9999), visit("10:00")), (AMIRA, CaseFile::default())]);
        assert_eq!(caseload(&files, &WatchedSessions::default(), &roll, today()), []);
    }

    #[test]
    fn staff_who_are_not_back_in_time_are_told_by_the_minute() {
        let roll = day(&[]).roll;
        let files = CaseFiles::from([(AMIRA, visit("10:15"))]);
        assert_eq!(visits_overdue(&files, &roll, at("10:15")), []);
        let found = visits_overdue(&files, &roll, at("10:16"));
        assert_eq!(
            found.iter().map(|(pupil, due)| (*pupil, due.who.as_str())).collect::<Vec<_>>(),
            [(AMIRA, "Mr Cole")]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn the_caseload_is_in_the_order_of_what_is_due(days in prop::collection::vec(0_u64..40, 1..20)) {
            let roll = day(&[]).roll;
            let by = |days: u64| today() + chrono::Days::new(days);
            let whose = roll.pupils.iter().map(|pupil| pupil.id);
            let files: CaseFiles = whose.zip(&days).map(|(id, days)| (id, agreed(1, "Ms Ali", by(*days)))).collect();
            let rows = caseload(&files, &WatchedSessions::default(), &roll, today());
            prop_assert_eq!(rows.len(), files.len());
            let dates: Vec<NaiveDate> = rows.iter().filter_map(|row| row.first().map(|due| due.on)).collect();
            prop_assert!(dates.is_sorted());
            // The most pressing of each is that of what is due first.
            for now in (0..40).map(|days| by(days).and_time(time("12:00"))) {
                let first = |row: &OnCaseload| row.first().map(|due| due.pressing(now));
                prop_assert!(rows.iter().all(|row| row.pressing(now) == first(row)));
                prop_assert!(rows.iter().filter_map(|row| row.pressing(now)).is_sorted());
            }
        }
    }
}
