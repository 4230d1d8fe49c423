//! Codes that are only for some pupils, wherever a code enters the record.

use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingGroup, IncomingPupil};
use firstbell::store::merge::Merged;

use crate::support::*;

/// Make Zoe a pupil of that year, or of none that is known.
fn zoe_is_in(desk: &mut Desk, year: Option<i64>) {
    let zoe = incoming().pupils.into_iter().map(|(_, row)| row).find(|row| row.key == key("0005")).unwrap();
    let group = "Sixth form".to_owned();
    let groups = placed([IncomingGroup { name: group.clone(), ..IncomingGroup::default() }]);
    let pupils = placed([IncomingPupil { year, group: Some(group), ..zoe }]);
    desk.merge(&Incoming { groups, pupils, ..Incoming::default() });
}

fn imported<const N: usize>(desk: &mut Desk, rows: [(&str, SessionDate, &str); N]) -> Merged {
    desk.merge(&marks(rows))
}

#[test]
fn a_code_is_refused_or_kept_by_the_pupil_s_year() {
    for (year, x, s) in [
        (Some(0), true, false),
        (Some(9), false, false),
        (Some(11), false, true),
        (Some(12), true, true),
        (None, true, true),
    ] {
        let mut desk = Desk::new();
        zoe_is_in(&mut desk, year);
        for (code, may) in [("X", x), ("S", s)] {
            let reported = desk.perform("08:10", &report(&[ZOE], code, am(25), pm(26)));
            assert_eq!(reported.is_ok(), may, "{code} reported, year {year:?}: {reported:?}");
            let saw = desk.revision(ZOE, am(24));
            let amended = desk.perform("09:00", &amend(ZOE, am(24), code, "looked it up", saw));
            assert_eq!(amended.is_ok(), may, "{code} amended, year {year:?}: {amended:?}");
            let merged = imported(&mut desk, [("0005", am(23), code)]);
            assert_eq!((merged.marks.moved(), merged.rejects.is_empty()), (may, may), "{code} imported, year {year:?}");
            assert!(desk.perform("09:01", &amend(ZOE, am(24), "#", "closed", ActId(99))).is_err());
        }
    }
}

#[test]
fn a_row_with_a_code_for_others_is_quarantined_and_the_rest_is_used() {
    let mut desk = Desk::new();
    let merged = imported(
        &mut desk,
        [("0001", am(23), "X"), ("0002", am(23), "Z"), ("0003", am(23), "S"), ("0004", am(23), "I")],
    );
    let rejects: Vec<String> = merged
        .rejects
        .iter()
        .map(|row| format!("{} {} {}: {}", row.place.line, row.column, row.value, row.reason))
        .collect();
    assert_eq!(
        rejects,
        [
            "2 code X: code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year",
            "3 code Z: code Z is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils",
            "4 code S: code S is for years 11 to 13, not for year 8: use another code, or correct the year",
        ]
    );
    assert_eq!([AMIRA, BILAL, SIOBHAN, LOUIS].map(|pupil| desk.mark(pupil, am(23))), ["blank", "blank", "blank", "I"]);
}

/// The roll says in which year a pupil is, not in which they were.
#[test]
fn a_mark_of_another_school_year_is_not_held_against_this_year() {
    let mut desk = Desk::new();
    let date = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let term = IncomingDates::Term { name: "Summer 2".to_owned(), from: date(6, 1), until: date(7, 17) };
    let louis = incoming().pupils.into_iter().map(|(_, row)| row).find(|row| row.key == key("0004")).unwrap();
    let pupils = placed([IncomingPupil { from: Some(date(6, 1)), ..louis }]);
    desk.merge(&Incoming { calendar: placed([term]), pupils, ..Incoming::default() });
    let at = SessionDate::new(date(6, 2), Session::Am);
    assert_eq!(imported(&mut desk, [("0004", at, "X")]).rejects, []);
    assert_eq!(imported(&mut desk, [("0004", at, "#")]).rejects.len(), 1, "of no year is # a pupil's mark");
    assert_eq!(desk.mark(LOUIS, at), "X");
}

#[test]
fn a_late_of_more_minutes_than_the_register_was_open_is_kept_and_told() {
    let mut desk = Desk::new();
    let rows = [("0001", am(23), "L 45"), ("0003", am(23), "L 30"), ("0004", am(23), "U 45"), ("0002", pm(23), "L 21")];
    let warnings = |merged: &Merged| {
        let of_codes = merged.warnings.iter().filter(|one| !one.text.contains(" has no mark "));
        of_codes.map(|one| format!("{}: {}", one.place.line, one.text)).collect::<Vec<_>>()
    };
    let merged = imported(&mut desk, rows);
    assert_eq!(
        warnings(&merged),
        [
            "2: L with 45 minutes is kept, though the register is open for 30: an arrival after that is U",
            "5: L with 21 minutes is kept, though the register is open for 20: an arrival after that is U",
        ]
    );
    assert_eq!(
        (merged.rejects.len(), desk.mark(AMIRA, am(23)), desk.mark(BILAL, pm(23))),
        (0, "L 45 min".to_owned(), "L 21 min".to_owned())
    );
    assert_eq!(warnings(&imported(&mut desk, rows)), [""; 0], "it was told when it came");
}
