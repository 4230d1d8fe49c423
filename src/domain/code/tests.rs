//! The national table: its buckets, its dates, its places.

use super::*;
use crate::domain::testing::{code, codes, date};

fn written(statistic: Statistic) -> String {
    let table = codes();
    let rows = table.rows().iter().filter(|row| row.statistic == statistic && row.until.is_none());
    rows.map(|row| row.code.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_buckets_are_those_of_the_national_figures() {
    assert_eq!(written(Statistic::Present), r"/ \ L");
    assert_eq!(written(Statistic::Activity), "K V P W B");
    assert_eq!(written(Statistic::Authorised), "C1 M J1 S C2 C T R I E");
    assert_eq!(written(Statistic::Unauthorised), "G N O U");
    assert_eq!(written(Statistic::NotRequired), "D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7");
    assert_eq!(written(Statistic::Administrative), "Z #");
}

#[test]
fn the_table_is_complete_and_names_each_code_once() {
    let all = r"/ \ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z # H J Y F";
    let listed: Vec<String> = codes().rows().iter().map(|row| row.code.to_string()).collect();
    assert_eq!(listed.join(" "), all);
    assert!(codes().rows().iter().all(|row| !row.meaning.is_empty() && row.meaning.len() <= 52));
}

#[test]
fn a_session_is_possible_unless_nobody_was_required() {
    for row in codes().rows() {
        let outside = matches!(row.statistic, Statistic::NotRequired | Statistic::Administrative);
        assert_eq!(row.possible, !outside, "{}", row.code);
    }
}

#[test]
fn only_those_who_came_are_on_site_and_of_n_nobody_knows() {
    for row in codes().rows() {
        let expected = match row.code.as_str() {
            "/" | "\\" | "L" | "U" => OnSite::Yes,
            "N" => OnSite::Unknown,
            _ => OnSite::No,
        };
        assert_eq!(row.on_site, expected, "{}", row.code);
    }
    assert_eq!(codes().on_site(code("&")), OnSite::Unknown);
}

#[test]
fn leave_and_causes_beyond_the_pupil_cover_an_arrival_after_close() {
    let table = codes();
    let covering: Vec<String> =
        table.rows().iter().filter(|row| row.covers_arrival).map(|row| row.code.to_string()).collect();
    assert_eq!(covering.join(" "), "C1 M J1 S X C2 C T R Q Y1 Y2 Y3 Y4 Y5 Y6 Y7");
    assert!(!table.covers_arrival(code("I")) && !table.covers_arrival(code("&")));
}

#[test]
fn what_the_school_arranges_is_told_from_what_callers_report() {
    let table = codes();
    let of = |how: Arrangement| -> String {
        let rows = table.rows().iter().filter(|row| row.arranged == Some(how));
        rows.map(|row| row.code.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(Arrangement::Kept), "D S X C2 E Q");
    assert_eq!(of(Arrangement::UntilLoggedIn), "V P W");
    assert_eq!(of(Arrangement::GoesOn), "K B C1 C Y1 Y2 Y3 Y4 Y5 Y6 Y7");
}

#[test]
fn a_few_codes_are_only_for_some_pupils() {
    let table = codes();
    let rows = table.rows().iter().filter_map(|row| Some((row.code.to_string(), row.only_for?)));
    let few: Vec<(String, OnlyFor)> = rows.collect();
    let named = |code: &str, only| (code.to_owned(), only);
    assert_eq!(
        few,
        [
            named("S", OnlyFor::ExamYears),
            named("X", OnlyFor::NonCompulsory),
            named("Z", OnlyFor::NoSinglePupil),
            named("#", OnlyFor::NoSinglePupil),
        ]
    );
}

#[test]
fn a_code_stands_for_the_pupils_it_is_for() {
    let table = codes();
    let by_year = |year| SchoolAge { year, is_compulsory: None };
    let may = |written: &str, year| table.row(code(written)).unwrap().may_stand_for(by_year(year)).is_ok();
    for (year, x, s) in [
        (Some(-2), true, false),
        (Some(-1), true, false),
        (Some(0), true, false),
        (Some(1), false, false),
        (Some(8), false, false),
        (Some(10), false, false),
        (Some(11), false, true),
        (Some(12), true, true),
        (Some(13), true, true),
        (Some(14), true, false),
        (None, true, true),
    ] {
        assert_eq!((may("X", year), may("S", year)), (x, s), "{year:?}");
        assert!(!may("#", year) && !may("Z", year), "{year:?}");
        for row in table.rows().iter().filter(|row| row.only_for.is_none()) {
            assert_eq!(row.may_stand_for(by_year(year)), Ok(()), "{}", row.code);
        }
    }
    let refused = |written: &str, age| table.row(code(written)).unwrap().may_stand_for(age).unwrap_err().to_string();
    let text =
        |written: &str, year| table.row(code(written)).unwrap().may_stand_for(by_year(year)).unwrap_err().to_string();
    for (code, year, expected) in [
        (
            "X",
            Some(8),
            "code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year",
        ),
        ("S", Some(0), "code S is for years 11 to 13, not for reception: use another code, or correct the year"),
        ("S", Some(-1), "code S is for years 11 to 13, not for nursery: use another code, or correct the year"),
        (
            "#",
            None,
            "code # is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils",
        ),
    ] {
        assert_eq!(text(code, year), expected);
    }
    // A date of birth says more than a year group.
    for (year, is_compulsory, x) in
        [(Some(11), false, true), (Some(12), true, false), (Some(0), true, false), (None, true, false)]
    {
        let age = SchoolAge { year, is_compulsory: Some(is_compulsory) };
        assert_eq!(table.row(code("X")).unwrap().may_stand_for(age).is_ok(), x, "{age:?}");
    }
    assert_eq!(
        refused("X", SchoolAge { year: Some(12), is_compulsory: Some(true) }),
        "code X is for pupils outside compulsory school age, and this one is of it by the date of birth: use another code, or \
         have the date corrected"
    );
}

#[test]
fn a_tutor_says_present_late_or_n_and_no_more() {
    let table = codes();
    let of = |who: MayEnter| -> String {
        let rows = table.rows().iter().filter(|row| row.may_enter == who && row.until.is_none());
        rows.map(|row| row.code.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(MayEnter::Tutor), r"/ \ L N");
    assert_eq!(of(MayEnter::Gate), "U");
    assert_eq!(of(MayEnter::Lead), "K B C1 C2 C E Z #");
}

#[test]
fn new_codes_begin_and_old_ones_end_in_the_summer_of_2024() {
    let table = codes();
    let (before, after) = (date(2024, 8, 18), date(2024, 8, 19));
    for new in ["C1", "C2", "J1", "K", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"] {
        let fault = table.check(code(new), before, Session::Am).unwrap_err();
        assert_eq!(fault.to_string(), format!("code {new} is not in use on 2024-08-18: it began on 19 Aug 2024"));
        assert!(table.check(code(new), after, Session::Am).is_ok(), "{new}");
    }
    for old in ["H", "J", "Y"] {
        assert!(table.check(code(old), before, Session::Am).is_ok(), "{old}");
        let fault = table.check(code(old), after, Session::Am).unwrap_err();
        assert_eq!(fault.to_string(), format!("code {old} is not in use on 2024-08-19: it was retired on 18 Aug 2024"));
    }
    assert!(table.check(code("F"), date(2013, 8, 31), Session::Pm).is_ok());
    assert!(table.check(code("F"), date(2013, 9, 1), Session::Pm).is_err());
    assert_eq!(table.statistic(code("J")), Some(Statistic::Activity), "history is not recoded to J1");
}

#[test]
fn a_present_mark_belongs_to_its_own_half_of_the_day() {
    let table = codes();
    let on = date(2026, 3, 4);
    let fault = table.check(Code::PRESENT_AM, on, Session::Pm).unwrap_err();
    assert_eq!(fault, CodeFault::WrongSession { code: Code::PRESENT_AM, belongs: Session::Am });
    assert_eq!(fault.to_string(), "code / belongs to the AM session");
    assert!(table.check(Code::PRESENT_PM, on, Session::Am).is_err());
    for session in Session::BOTH {
        assert!(table.check(Code::present(session), on, session).is_ok());
        assert!(table.check(Code::L, on, session).is_ok());
    }
    assert_eq!(table.check(code("&"), on, Session::Am), Err(CodeFault::Unknown(code("&"))));
}

#[test]
fn a_code_is_read_as_people_write_it() {
    for (text, read) in [(" y1 ", Some("Y1")), ("\\", Some("\\")), ("#", Some("#")), ("n", Some("N"))] {
        assert_eq!(Code::parse(text).map(|code| code.to_string()).as_deref(), read);
    }
    for text in ["", "  ", "ABCD", "É", "a b", "\u{1b}"] {
        assert_eq!(Code::parse(text), None, "{text:?}");
    }
    assert_eq!(format!("{:>3}", Code::L), "  L");
}
