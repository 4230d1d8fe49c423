//! The reports for those who lead, of the made-up school: Monday and Tuesday of the week, two days of the week before, and the year.

use proptest::prelude::*;

use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::figures::counted::Counted;
use crate::domain::figures::impact::Impact;
use crate::domain::figures::question::Whom;
use crate::domain::figures::{Figures, tally::Tally};
use crate::domain::testing::*;
use crate::report::reports::tests::{counted, gathered, kind, rows};
use crate::report::reports::{Done, Gathered, REPORTS};
use std::sync::Arc;

/// With targets, the same stretch of the year as last year's, and two letters.
fn led() -> Gathered {
    let mut gathered = gathered(Whom::default());
    let mut roll = (*gathered.roll).clone();
    roll.school.targets = [
        "percent = 95, from = \"2026-01-01\"",
        "percent = 99, from = \"2026-01-01\", year = 8",
        "percent = 90, from = \"2026-01-01\", pupil = \"001202\"",
    ]
    .map(|line| toml::from_str(&line.replace(", ", "\n")).unwrap())
    .to_vec();
    gathered.roll = Arc::new(roll);
    gathered.past = vec![counted(&Whom::default(), date(2026, 1, 5)..date(2026, 2, 1), &[(ZOE, "O")])];
    let half =
        |attended, possible| Figures { possible, attended, authorised: possible - attended, ..Figures::default() };
    let letter = |pupil, before: (u32, u32), after: (u32, u32)| Done {
        what: "letter",
        pupil,
        on: date(2026, 3, 2),
        impact: Impact { before: half(before.0, before.1), after: half(after.0, after.1) },
        year_group: Impact { before: half(910, 1000), after: half(925, 1000) },
        overlaps: false,
    };
    gathered.done = vec![letter(AMIRA, (10, 20), (18, 20)), letter(BILAL, (38, 40), (36, 40))];
    gathered
}

fn told(name: &str, heading: &str) -> Vec<String> {
    rows(&kind(name).report(&led(), false), heading)
}

#[test]
fn the_head_is_told_of_the_school_beside_what_was() {
    let school = told("head-weekly", "The school");
    assert_eq!(
        school[..3],
        [
            "these dates|8|75.0|12.5|12.5|4|4|32|0",
            "as many weeks before|8|87.5|12.5|0.0|0|0|32|0",
            "this school year|9|87.5|12.5|0.0|0|0|576|40"
        ]
    );
    assert!(school[3].starts_with("last year, up to the same day|9|87.5|0.0|12.5|0|0|"), "{school:?}");
    assert_eq!(
        told("head-weekly", "Persistently and severely absent"),
        ["persistent, a tenth or more|1|1|12.5", "of these severe|1|1|12.5"]
    );
    assert_eq!(
        told("head-weekly", "By year group"),
        [
            "Year 8|4|75.0|-25.0|100.0|99.0|0.0|25.0|0|0|16|0",
            "Year 9|4|75.0|0.0|75.0|95.0|25.0|0.0|1|1|16|0",
            "All|8|75.0|-12.5|87.5|95.0|12.5|12.5|1|1|32|0"
        ]
    );
    let most = told("head-weekly", "Missed most");
    assert!(most[0].starts_with("D’Arcy, Louis|") && most[0].ends_with("|4|4|4|100.0|"), "{most:?}");
    assert!(most[1].starts_with("Khan, Bilal|") && most[1].ends_with("|4|0|4|0.0|severely absent"), "{most:?}");
    assert_eq!(most.len(), 2);
    assert_eq!(told("head-weekly", "What was done"), ["letter|2|2|2"]);
}

#[test]
fn figures_stand_beside_targets_and_england_and_none_is_made_up() {
    let targets = told("slt", "Beside the targets");
    assert_eq!(targets[..2], ["School|95.0|87.5|-7.5|2026-01-01", "Year 8|99.0|100.0|+1.0|2026-01-01"]);
    assert_eq!(targets[2], "Khan, Bilal|001202|9TR|90.0|0.0|-90.0|2026-01-01");
    let england = told("slt", "Beside England");
    for row in ["absence|12.5|7.7|+4.8", "persistently absent|12.5|18.7|-6.2", "severely absent|12.5|2.3|+10.2"] {
        assert!(england.iter().any(|one| one == row), "{row}: {england:#?}");
    }
    let sources = england.iter().filter(|one| one.starts_with("Up to 31 Jul 2024. FFT Education Datalab"));
    assert_eq!(sources.count(), 1, "{england:#?}");
    let report = format!("{:?}", kind("slt").report(&led(), false));
    assert!(report.contains("England's secondary schools, autumn term 2024/25"), "{report}");
    assert!(england.iter().all(|one| !one.contains("authorised")), "{england:#?}");
    let none = Gathered { england: crate::domain::figures::england::England::default(), ..led() };
    let none = kind("slt").report(&none, false);
    assert_eq!(rows(&none, "Beside England"), ["No figure held of England's secondary schools by then."]);
    let plain = kind("governors").report(&gathered(Whom::default()), false);
    assert!(rows(&plain, "Beside the targets")[0].starts_with("No target is set"));
}

#[test]
fn the_senior_team_is_told_of_groups_codes_and_what_was_done() {
    let cohorts = told("slt", "By group of pupils");
    let row = "CP/CIN (child protection plan, or child in need)|1|100.0|+14.3|0.0|0.0|0|0.0|0|72|0";
    assert!(cohorts.iter().any(|one| one == row), "{cohorts:#?}");
    let codes = told("slt", "Marks by code");
    assert_eq!(codes.len(), 4, "{codes:?}");
    assert!(codes[0].starts_with("/ ") && codes[0].ends_with("|20|62.5"), "{codes:?}");
    assert!(codes[1..].iter().all(|one| one.ends_with("|4|12.5")), "{codes:?}");
    assert_eq!(told("slt", "What was done"), ["letter|2|2|80.0|90.0|+10.0|+8.5|1|0|1|0|0"]);
    assert_eq!(told("slt", "Absence by half-day")[..1], ["AM|25.0|25.0|||"]);
    assert_eq!(told("half-term", "By year group"), told("slt", "By year group"));
}

#[test]
fn governors_are_told_of_no_pupil_and_no_small_group() {
    let gathered = led();
    let report = kind("governors").report(&gathered, false);
    let said = format!("{report:?}");
    for pupil in &gathered.roll.pupils {
        assert!(!said.contains(&pupil.list_name()), "{said}");
    }
    let trend = rows(&report, "The trend");
    assert_eq!(trend[0], "this school year|9|87.5|12.5|0.0|0|0|576|40");
    assert!(trend[1].starts_with("last year, up to the same day|9|87.5|"), "{trend:?}");
    assert_eq!(trend[2], "Spring 1|87.5|87.5");
    // One pupil of eight: neither the number is told, nor the share that tells it.
    let missed = rows(&report, "Persistently and severely absent");
    assert_eq!(missed[0], "this school year|8|left out|left out|left out|left out");
    let england = rows(&report, "Beside England");
    assert!(england.iter().any(|row| row == "persistently absent|left out||"), "{england:#?}");
    assert!(
        england.iter().all(|row| !row.contains(": persistently absent|")
            || row.ends_with("|left out||")
            || row.contains("|0.0|"))
    );
    assert!(rows(&report, "By year group")[..2].iter().all(|row| row.contains("left out")));
    assert_eq!(rows(&report, "What was done"), ["letter|left out||||||||||"]);
    assert!(report.notes.iter().any(|note| note.starts_with("Names are left out")));
}

#[test]
fn who_improved_most_is_told_with_how_much() {
    let mut gathered = gathered(Whom::default());
    gathered.before = counted(&Whom::default(), date(2026, 1, 5)..date(2026, 1, 31), &[(ZOE, "I"), (BILAL, "I")]);
    gathered.counts = counted(&Whom::default(), date(2026, 2, 1)..date(2026, 3, 4), &[(BILAL, "I")]);
    let report = kind("improved").report(&gathered, false);
    let improved = rows(&report, "Pupils");
    assert_eq!(improved.len(), 1, "{improved:?}");
    assert!(improved[0].contains("|0.0|100.0|+100.0|"), "{improved:?}");
    assert_eq!(rows(&report, "Tutor groups").len(), 2);
}

#[test]
fn what_is_counted_can_be_told_as_it_was_known() {
    let able: Vec<&str> = REPORTS.into_iter().filter(|kind| kind.knows_when()).map(|kind| kind.name).collect();
    assert_eq!(able, ["league", "improved", "persistent", "head-weekly", "slt", "half-term", "governors"]);
    let known = Gathered { known: Some(date(2026, 3, 3)), ..led() };
    let report = kind("slt").report(&known, false);
    assert_eq!((report.as_of.date(), report.made), (date(2026, 3, 3), at("09:30")));
    assert!(report.facts().contains(&("As recorded", "23:59 on Tue 3 Mar 2026".to_owned())), "{:?}", report.facts());
}

proptest! {
    /// Whatever the marks, the year groups add up to the line below them.
    #[test]
    fn year_groups_add_up(codes in prop::collection::vec(prop::sample::select(vec!["/", "L 9", "U 60", "I", "N", "X", "-"]), 32)) {
        let roll = Arc::new(roll());
        let dates = date(2026, 3, 2)..date(2026, 3, 4);
        let mut tally = Tally::new(roll.clone(), Counted::of(&roll, dates.clone(), at("08:00")), |_| true);
        let days = dates.start.iter_days().take(2).flat_map(|day| Session::BOTH.map(|session| SessionDate::new(day, session)));
        let marks = days.flat_map(|at| (1..=8).map(move |pupil| (crate::domain::people::pupil::PupilId(pupil), at))).zip(&codes);
        for ((pupil, at), code) in marks.filter(|(_, code)| **code != "-") {
            tally.count(pupil, at, mark(code));
        }
        let gathered = Gathered { counts: tally.clone(), year: tally, ..led() };
        let told = rows(&kind("slt").report(&gathered, false), "By year group");
        let number = |row: &String, column: usize| row.split('|').nth(column).unwrap().parse::<u32>().unwrap();
        for column in [1, 8, 9, 10, 11] {
            let sum: u32 = told[..told.len() - 1].iter().map(|row| number(row, column)).sum();
            prop_assert_eq!(sum, number(told.last().unwrap(), column), "{} {:?}", column, told);
        }
    }
}
