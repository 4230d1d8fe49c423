//! Marks counted as the national figures count them, and properties of that.

use super::*;
use crate::domain::testing::codes;
use proptest::prelude::*;

fn counted(marks: impl IntoIterator<Item = Option<Code>>) -> Figures {
    let mut figures = Figures::default();
    marks.into_iter().for_each(|code| figures.count(code.map(Mark::plain), &codes()));
    figures
}

/// The figures of codes written one after another; `-`, `--` and `_` are not codes.
fn of(written: &str) -> Figures {
    counted(written.split_whitespace().map(Code::parse))
}

fn missed(absent: u32, possible: u32) -> Figures {
    Figures { possible, attended: possible - absent, authorised: absent, ..Figures::default() }
}

#[test]
fn marks_are_counted_as_the_national_figures_count_them() {
    let week = of(r"/ \ / \ I I N N # U");
    let counted = Figures {
        possible: 9,
        attended: 4,
        authorised: 2,
        unauthorised: 3,
        lates: 1,
        late_after_close: 1,
        ..Figures::default()
    };
    assert_eq!(week, counted);
    assert_eq!((week.absent(), week.to_string().as_str()), (5, "44.4 % (4/9)"));

    let lates = of("L L U");
    assert_eq!((lates.possible, lates.attended, lates.lates, lates.unauthorised), (3, 2, 3, 1));
    assert_eq!((lates.late_before_close, lates.late_after_close), (2, 1));
}

#[test]
fn sessions_nobody_was_required_at_change_no_percentage() {
    let before = of(r"/ \ I / \");
    for outside in ["Y4", "#", "X", "D", "Q", "Y7", "Z", "Y"] {
        assert_eq!(of(&format!(r"/ \ I {outside} {outside} / \")), before, "{outside}");
    }
    let elsewhere = of(&"D ".repeat(10));
    assert_eq!((elsewhere.attendance_tenths(), elsewhere.to_string().as_str()), (None, "n/a"));
    assert!(!elsewhere.is_persistent() && !elsewhere.is_severe());
}

#[test]
fn a_part_time_timetable_is_an_absence_by_law() {
    let figures = of(&format!("{}{}", "C2 ".repeat(15), "/ ".repeat(15)));
    assert_eq!((figures.authorised, figures.attendance_tenths()), (15, Some(500)));
}

#[test]
fn minutes_are_those_of_lates_alone() {
    let mut figures = Figures::default();
    for text in ["L 17", "U 40", "L", "L -5", "I 30", "D 3"] {
        let (code, minutes) = text.split_once(' ').map_or((text, None), |(code, minutes)| (code, minutes.parse().ok()));
        figures.count(Some(Mark { code: Code::parse(code).unwrap(), minutes }), &codes());
    }
    assert_eq!((figures.lates, figures.minutes), (4, 57));
    let whole_school = Figures { possible: 27_000_000, attended: 24_300_000, ..Figures::default() };
    assert_eq!((whole_school.attendance_tenths(), whole_school.is_at_most(90)), (Some(900), true));
}

#[test]
fn an_activity_elsewhere_counts_as_attendance() {
    assert_eq!(of("B P V W K J").attendance_tenths(), Some(1000));
}

#[test]
fn unmarked_is_neither_absent_nor_possible() {
    let figures = of("/ - -- _ &");
    assert_eq!((figures.possible, figures.attended, figures.blanks), (1, 1, 4));
}

#[test]
fn a_session_that_nothing_was_written_about_is_a_blank() {
    let mut figures = Figures::blank(6);
    for code in ["/", "\\", "I", "D", "-"] {
        figures.fill(Code::parse(code).map(Mark::plain), &codes());
    }
    assert_eq!((figures.possible, figures.attended, figures.blanks), (3, 2, 2));
}

#[test]
fn persistent_is_an_exact_tenth() {
    for (absent, possible, persistent, severe) in [
        (2, 20, true, false),
        (2, 21, false, false),
        (38, 380, true, false),
        (37, 380, false, false),
        (10, 20, true, true),
        (9, 20, true, false),
        (0, 0, false, false),
    ] {
        let figures = missed(absent, possible);
        assert_eq!((figures.is_persistent(), figures.is_severe()), (persistent, severe), "{absent}/{possible}");
        assert_eq!((figures.is_at_most(90), figures.is_at_most(50)), (persistent, severe), "{absent}/{possible}");
    }
    assert_eq!(missed(2, 21).attendance_tenths(), Some(905));
    assert_eq!(missed(1, 3).attendance_tenths(), Some(667));
    assert_eq!(missed(1, 2000).attendance_tenths(), Some(1000));
}

#[test]
fn so_many_percent_or_less_is_exact_and_under_is_less() {
    for (absent, possible, at_most, under) in [
        (2, 20, true, false),
        (3, 20, true, true),
        (1, 20, false, false),
        // Rounded, the first would be 90.0 % too.
        (199, 2000, false, false),
        (200, 2000, true, false),
        (201, 2000, true, true),
        (0, 0, false, false),
    ] {
        let figures = missed(absent, possible);
        assert_eq!((figures.is_at_most(90), figures.is_under(90)), (at_most, under), "{absent}/{possible}");
    }
}

proptest! {
    #[test]
    fn the_parts_add_up(picks in prop::collection::vec(0_usize..50, 0..60)) {
        let codes = codes();
        let marks = picks.iter().map(|pick| codes.rows().get(*pick).map(|row| row.code));
        let figures = counted(marks.clone());
        let mut filled = Figures::blank(u32::try_from(picks.len()).unwrap());
        marks.for_each(|code| filled.fill(code.map(Mark::plain), &codes));
        prop_assert_eq!(filled, figures);
        prop_assert_eq!(figures.possible, figures.attended + figures.authorised + figures.unauthorised);
        prop_assert_eq!(figures.blanks as usize, picks.iter().filter(|pick| **pick >= codes.rows().len()).count());
        prop_assert_eq!(figures.attendance_tenths().is_none(), figures.possible == 0);
        if let (Some(attendance), Some(absence)) = (figures.attendance_tenths(), figures.absence_tenths()) {
            prop_assert_eq!(attendance + absence, 1000);
            prop_assert!(absence.abs_diff(figures.absent() * 1000 / figures.possible) <= 1);
        }
        prop_assert!(!figures.is_severe() || figures.is_persistent());
    }
}
