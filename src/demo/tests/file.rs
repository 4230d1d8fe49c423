//! The made-up school's file, as the process that makes it holds it.

use std::sync::Arc;

use crate::demo::file::{Wanted, make};
use crate::demo::school::MadeSchool;
use crate::domain::code::CodeTable;
use crate::domain::testing::time;
use crate::store::Store;

#[test]
fn the_process_that_made_it_shows_what_a_reopened_file_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let codes = Arc::new(CodeTable::national().unwrap());
    let wanted = Wanted { seed: 1, pupils: 200, years: 1, at: time("09:26") };
    let (mut made, _) = make(&path, &wanted, codes.clone(), "2026-11-24T10:05:00Z".parse().unwrap()).unwrap();
    let mut reopened = Store::open(&path, codes).unwrap();
    let today = MadeSchool::usual_day();
    let (here, there) = (made.day(today).unwrap(), reopened.day(today).unwrap());
    assert!(there.lates_before.values().any(|tally| tally.half_term > 1), "{:?}", there.lates_before);
    assert_eq!(here.lates_before, there.lates_before);
    assert_eq!(here.late_reasons_before, there.late_reasons_before);
    assert_eq!(here.past, there.past);
    assert_eq!(made.standing(today).unwrap(), reopened.standing(today).unwrap());
}

#[test]
fn cases_are_as_far_along_as_the_attendance_has_brought_them() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted { seed: 2, pupils: 600, years: 1, at: time("08:30") };
    let codes = Arc::new(CodeTable::national().unwrap());
    let now = "2026-11-24T08:30:00Z".parse().unwrap();
    let (mut made, _) = make(&folder.path().join("demo.db"), &wanted, codes, now).unwrap();
    let today = made.day(MadeSchool::usual_day()).unwrap();
    let caseload = today.caseload();
    assert_eq!(caseload.iter().filter(|row| row.case.is_some()).count(), 6);
    assert_eq!(caseload.iter().filter(|row| row.case.is_none()).count(), 1, "a leave that is to be decided");
    for row in caseload {
        let Some(case) = row.case else { continue };
        let stages = &today.roll.school.case_stages;
        let stage = stages.iter().find(|stage| stage.name == case.stage).unwrap();
        let figures = made.attendance(&[row.pupil], now.naive_utc()).unwrap()[&row.pupil];
        assert!(figures.attendance_tenths().unwrap() <= stage.at * 10, "{} at {}: {figures}", row.pupil.0, stage.name);
        assert!(!row.due.is_empty(), "{}", row.pupil.0);
    }
}
