//! Each report of the made-up school.

use super::*;
use std::ops::Range;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::calendar::session::SessionDate;
use crate::domain::day::NMark;
use crate::domain::figures::counted::Counted;
use crate::domain::people::pupil::PupilId;
use crate::domain::testing::*;
use crate::report::layout::Part;
use crate::report::layout::table::Table;

const ALL: [PupilId; 8] = [AMIRA, BILAL, SIOBHAN, LOUIS, ZOE, LUKASZ, SANNE, SUKARNO];

/// The marks of some dates, counted: everybody present in both sessions but where something else is said.
pub fn counted(whom: &Whom, dates: Range<NaiveDate>, odd: &[(PupilId, &str)]) -> Tally {
    let roll = Arc::new(roll());
    let counted = Counted::of(&roll, dates.clone(), at("08:00"));
    let mut tally = Tally::new(roll.clone(), counted, |pupil| whom.includes(&roll, pupil));
    for date in dates.start.iter_days().take_while(|date| *date < dates.end) {
        for (pupil, session) in ALL.into_iter().flat_map(|pupil| Session::BOTH.map(|session| (pupil, session))) {
            let text = odd.iter().find(|(of, _)| *of == pupil).map_or("/", |(_, text)| text);
            tally.count(pupil, SessionDate::new(date, session), mark(text));
        }
    }
    tally
}

/// What the reports are made of: Monday and Tuesday of the week, and two days of the week before; today with its marks.
pub fn gathered(whom: Whom) -> Gathered {
    let mut today = day(&[
        (AMIRA, Session::Am, "L 17"),
        (LOUIS, Session::Am, "U 60"),
        (BILAL, Session::Am, "N"),
        (ZOE, Session::Am, "I"),
        (SANNE, Session::Am, "/"),
    ]);
    today.evidence.insert((AMIRA, Session::Am), vec![gate("08:57")]);
    let standing = |on| NMark { pupil: SIOBHAN, at: SessionDate::new(on, Session::Am), revision: ActId(3) };
    today.unresolved_n = vec![standing(date(2026, 2, 24)), standing(date(2026, 3, 2))];
    let (first, last) = (date(2026, 3, 2), date(2026, 3, 4));
    let mut gathered = Gathered {
        dates: (first, last),
        now: at("15:30"),
        whom: whom.clone(),
        counts: counted(&whom, first..last, &[(AMIRA, "L 17"), (BILAL, "I"), (LOUIS, "U 60")]),
        before: counted(&whom, date(2026, 2, 24)..date(2026, 2, 26), &[(BILAL, "I")]),
        year: counted(&whom, date(2026, 1, 5)..last, &[(BILAL, "I")]),
        past: Vec::new(),
        done: Vec::new(),
        england: England::held().unwrap(),
        known: None,
        days: Vec::new(),
        lates: Vec::new(),
        registers: Vec::new(),
        today: Some(today.clone()),
        facts: ListFacts::default(),
        roll: today.roll.clone(),
    };
    let all = ReportKind { needs: &[Needs::Days, Needs::Lates, Needs::Registers], ..*REPORTS[0] };
    gathered.take(&all, today);
    gathered.now = at("09:30");
    gathered
}

/// The report of that name.
pub fn kind(name: &str) -> &'static ReportKind {
    REPORTS.into_iter().find(|kind| kind.name == name).unwrap()
}

/// The rows of a section's tables, each in a line.
pub fn rows(report: &Report, heading: &str) -> Vec<String> {
    let section = report.sections.iter().find(|section| section.heading == heading).unwrap();
    let line = |cells: &Vec<crate::report::tables::cell::Cell<'_>>| {
        cells.iter().map(|cell| cell.written().into_owned()).collect::<Vec<_>>().join("|")
    };
    let of = |part: &Part| match part {
        Part::Table(Table { rows, .. }) => rows.iter().map(|row| line(&row.cells)).collect(),
        Part::Words(words) => vec![words.clone()],
        Part::Chart(chart) => chart.table().rows.iter().map(|row| line(&row.cells)).collect(),
    };
    section.parts.iter().flat_map(of).collect()
}

fn made(name: &str) -> Report {
    kind(name).report(&gathered(Whom::default()), false)
}

#[test]
fn names_are_words_of_small_letters_and_none_is_twice() {
    for (place, kind) in REPORTS.into_iter().enumerate() {
        assert!(kind.name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{}", kind.name);
        assert!(REPORTS.iter().skip(place + 1).all(|other| other.name != kind.name));
    }
}

#[test]
fn the_day_is_told_by_session_year_and_code() {
    let report = made("daily");
    assert_eq!(rows(&report, "Sessions"), ["AM|40.0|8|2|1|2|1|0|3"]);
    assert_eq!(rows(&report, "Year groups"), ["Year 8|66.7|4|2|0|1|0|0|1", "Year 9|0.0|4|0|1|1|1|0|2"]);
    assert!(rows(&report, "Absent, by code").iter().any(|row| row.starts_with("I|") && row.ends_with("|1")));
    assert_eq!(rows(&report, "Unexplained"), ["Khan, Bilal|001202|9TR|AM"]);
    assert_eq!(rows(&report, "Registers not in").len(), 2);
}

#[test]
fn what_stands_at_n_is_told_by_its_age() {
    let report = made("unexplained");
    assert_eq!(
        rows(&report, "By age")[4..],
        ["today|1|1|0", "1 or 2 school days|1|1|0", "3 to 5 school days|0|0|0", "more than 5|1|1|1", "all|3|2|1"]
    );
    let each = rows(&report, "Each of them");
    assert!(each[0].ends_with("|2026-02-24|AM|6|2026-03-03|1 day over"), "{each:?}");
}

#[test]
fn lates_are_told_with_what_they_cost() {
    let report = made("lates");
    assert_eq!(rows(&report, "By week"), ["2 Mar 2026|4|4"]);
    assert_eq!(rows(&report, "By year group"), ["Year 8|4|4|4|308|2.0", "Year 9|4|0|0|0|0.0", "All|8|4|4|308|1.0"]);
    assert_eq!(rows(&report, "By tutor group"), ["8KM|4|4|4|308|2.0", "9TR|4|0|0|0|0.0"]);
    assert_eq!(rows(&report, "By reason"), ["bus|1|1|17", "no reason given|1|1|60"]);
    assert_eq!(rows(&report, "Late most often")[0], "D’Arcy, Louis|001204|8KM|0|4|240");
}

#[test]
fn a_register_that_is_not_in_when_it_closes_is_told_with_its_teacher() {
    let report = made("registers");
    assert_eq!(rows(&report, "By teacher"), ["Mr Rao|9TR|2|2|0|0|0|0|0|0", "Mrs Kemp|8KM|2|2|0|0|0|0|0|0"]);
    assert_eq!(rows(&report, "Not taken").len(), 4);
    for (now, closed) in [("09:09", 0), ("09:10", 2), ("13:40", 4)] {
        assert_eq!(super::registers::closed(&day(&[]), &Whom::default(), at(now)).count(), closed, "{now}");
    }
}

#[test]
fn a_small_group_has_no_rank() {
    let report = made("league");
    assert_eq!(
        rows(&report, "Tutor groups"),
        ["8KM||4|75.0|-25.0|3|8|308|16|0", "9TR||4|75.0|0.0|3|0|0|16|0"],
        "{report:?}"
    );
    assert_eq!(rows(&report, "100 %").len(), 6);
}

#[test]
fn the_week_stands_beside_the_weeks_before_and_the_year() {
    let report = made("weekly");
    let years = rows(&report, "By year group");
    assert_eq!(years[0], "Year 8|4|75.0|-25.0|100.0|16|0|4|0|4|4|308|1");
    assert!(years[2].starts_with("All|8|75.0|-12.5|"), "{years:?}");
    assert_eq!(rows(&report, "Absence by half-day")[..1], ["AM|25.0|25.0|||"]);
    assert_eq!(rows(&report, "Waiting"), ["As of today at N: 3 sessions, of these 1 for more than 5 school days."]);
}

#[test]
fn persistent_absentees_are_told_with_their_distance_from_the_line() {
    let report = made("persistent");
    let line = rows(&report, "Persistent absentees");
    assert_eq!(line.len(), 1);
    assert!(line[0].starts_with("Khan, Bilal|001202|9TR|0.0|"), "{line:?}");
    assert!(line[0].ends_with("|severely absent"), "{line:?}");
    assert_eq!(rows(&report, "How many")[0], "persistent, a tenth or more|1|12.5");
}

#[test]
fn only_whoever_is_meant_is_counted() {
    let only = Whom { years: vec![8], ..Whom::default() };
    let report = kind("lates").report(&gathered(only), false);
    assert_eq!((report.pupils, report.only.as_str()), (4, "Year 8"));
    assert_eq!(rows(&report, "By tutor group"), ["8KM|4|4|4|308|2.0"]);
}

#[test]
fn a_report_without_names_has_none_and_no_small_group() {
    let gathered = gathered(Whom::default());
    for kind in REPORTS {
        let report = kind.report(&gathered, true);
        let said = format!("{report:?}");
        for pupil in &gathered.roll.pupils {
            let surname = if pupil.surname.is_empty() { &pupil.forename } else { &pupil.surname };
            assert!(!said.contains(surname), "{}: {} in {said}", kind.name, surname);
            assert!(!said.contains(pupil.admission_no.as_deref().unwrap()), "{}", kind.name);
        }
        assert!(!said.contains("Kemp") && !said.contains("Rao"), "{}", kind.name);
    }
    let league = kind("league").report(&gathered, true);
    assert!(rows(&league, "Tutor groups").iter().all(|row| row.contains("left out")), "groups of four");
    let few = Whom { group: Some(G9TR), ..Whom::default() };
    let few = kind("league").report(&self::gathered(few), true);
    assert_eq!(few.sections.len(), 1, "{few:?}");
}
