use proptest::prelude::*;

use super::*;
use crate::domain::calendar::session::minutes_after;
use crate::domain::school::School;
use crate::domain::testing::{date, time, times, today};

/// A timetable told by the minute at which its morning registers close.
fn closing(minute: u32) -> Timetable {
    let usual = times();
    let closes = minutes_after(time("09:00"), i64::from(minute));
    let am = crate::domain::calendar::session::SessionTimes { closes, ..usual.am };
    let usual = DayTimes::new(am, usual.pm);
    Timetable { from: None, usual, mon: None, tue: None, wed: None, thu: None, fri: None }
}

fn from(day: u32, minute: u32) -> Timetable {
    Timetable { from: Some(date(2026, 3, day)), ..closing(minute) }
}

/// The settings saved one after another, each on a day of March.
fn saved(changes: &[(u32, Timetable)]) -> (Vec<Former>, Timetable) {
    let first = (Vec::new(), closing(0));
    changes
        .iter()
        .fold(first, |(former, newest), (day, next)| change(&former, &newest, next.clone(), date(2026, 3, *day)))
}

/// At which minute the register closes on the 3rd, 4th, 5th and 11th of March.
fn closes((former, newest): &(Vec<Former>, Timetable)) -> [u32; 4] {
    [3, 4, 5, 11].map(|day| {
        let closes = of(former, newest, date(2026, 3, day)).on(Weekday::Wed).am.closes;
        u32::try_from((closes - time("09:00")).num_minutes()).unwrap()
    })
}

#[test]
fn a_change_holds_from_its_first_day_and_leaves_every_earlier_one() {
    for (changes, wanted, first) in [
        (vec![], [0, 0, 0, 0], None),
        // Other settings were saved; the times are as they were.
        (vec![(4, closing(0))], [0, 0, 0, 0], None),
        (vec![(4, closing(1))], [0, 1, 1, 1], Some(4)),
        (vec![(4, closing(1)), (5, closing(1))], [0, 1, 1, 1], Some(4)),
        (vec![(4, closing(1)), (5, closing(2))], [0, 1, 2, 2], Some(5)),
        // Left as it is printed, the first day of what holds means nothing.
        (vec![(4, closing(1)), (5, from(4, 2))], [0, 1, 2, 2], Some(5)),
        // Twice on one day: the second stands, and what it takes back has never held.
        (vec![(4, closing(1)), (4, closing(2))], [0, 2, 2, 2], Some(4)),
        (vec![(4, closing(1)), (4, closing(0))], [0, 0, 0, 0], None),
        (vec![(3, closing(1)), (4, closing(2)), (4, closing(1))], [1, 1, 1, 1], Some(3)),
        // Said beforehand: saved again, moved, brought forward, and taken back.
        (vec![(4, from(11, 1))], [0, 0, 0, 1], Some(11)),
        (vec![(4, from(11, 1)), (5, from(11, 1))], [0, 0, 0, 1], Some(11)),
        (vec![(4, from(5, 1)), (4, from(11, 1))], [0, 0, 0, 1], Some(11)),
        (vec![(3, from(11, 1)), (4, closing(1))], [0, 1, 1, 1], Some(4)),
        (vec![(4, from(11, 1)), (5, closing(0))], [0, 0, 0, 0], None),
        (vec![(4, closing(1)), (4, from(11, 2))], [0, 1, 1, 2], Some(11)),
        (vec![(4, closing(1)), (4, from(11, 2)), (5, closing(1))], [0, 1, 1, 1], Some(4)),
        (vec![(3, from(5, 1)), (11, closing(2))], [0, 0, 1, 2], Some(11)),
    ] {
        let found = saved(&changes);
        assert_eq!((closes(&found), found.1.from), (wanted, first.map(|day| date(2026, 3, day))), "{changes:?}");
    }
}

#[test]
fn a_first_day_that_has_gone_by_is_refused() {
    let held = from(2, 1);
    for (next, refused) in [
        (closing(2), false),
        // As it is printed.
        (from(2, 2), false),
        (from(4, 2), false),
        (from(5, 2), false),
        (from(1, 2), true),
        (from(3, 2), true),
    ] {
        assert_eq!(next.from_fault(&held, today()).is_some(), refused, "{:?}", next.from);
    }
    assert_eq!(
        from(3, 2).from_fault(&held, today()).as_deref(),
        Some(
            "times.from: 2026-03-03 has gone by, and its marks stand as they were judged: give a day to come, or leave it out for today"
        )
    );
}

#[test]
fn a_weekday_may_have_times_of_its_own() {
    let timetable = Timetable { fri: Some(times().ended_at(time("14:00"))), ..closing(0) };
    assert_eq!(timetable.on(Weekday::Thu), &closing(0).usual);
    assert_eq!(timetable.on(Weekday::Fri).ends(), time("14:00"));
    assert_eq!(timetable.on(Weekday::Sat), &closing(0).usual);
    assert_eq!(timetable.on(Weekday::Sun), &closing(0).usual);
    assert_eq!(timetable.days().iter().map(|(day, _)| *day).collect::<Vec<_>>(), ["usual", "fri"]);
}

#[test]
fn the_first_day_is_written_in_the_settings() {
    let mut school = School::usual().unwrap();
    school.times.from = Some(date(2027, 1, 4));
    let written = toml::to_string_pretty(&school).unwrap();
    assert!(written.contains("[times]\nfrom = \"2027-01-04\"\n"), "{written}");
    assert_eq!(toml::from_str::<School>(&written).unwrap(), school);
    let wrong = toml::from_str::<School>(&written.replace("2027-01-04", "January")).unwrap_err();
    assert_eq!(wrong.message(), "“January” is not a date such as 2027-01-04");
}

proptest! {
    /// Whatever is saved, on whatever days in order, no day gone by has other times than it had, and what was saved last holds from
    /// its first day on.
    #[test]
    fn a_change_never_reaches_back(saves in prop::collection::vec((0..3_u32, 0..4_u32, prop::option::of(1..28_u32)), 1..12)) {
        let (mut former, mut newest, mut on) = (Vec::new(), closing(0), 1);
        for (days, minute, first) in saves {
            on += days;
            let today = date(2026, 3, on.min(28));
            let next = Timetable { from: first.map(|day| date(2026, 3, day)), ..closing(minute) };
            let starts = next.from.filter(|from| *from > today).unwrap_or(today);
            let (kept, now) = change(&former, &newest, next.clone(), today);
            for date in date(2026, 2, 20).iter_days().take(60) {
                let (before, after) = (of(&former, &newest, date), of(&kept, &now, date));
                if date >= starts {
                    prop_assert_eq!(after.days(), next.days());
                } else if date < today {
                    prop_assert_eq!(after.days(), before.days());
                } else {
                    prop_assert_eq!(after.days(), of(&former, &newest, today).days());
                }
            }
            prop_assert!(kept.is_sorted_by(|one, other| one.until < other.until));
            prop_assert_eq!(now.from, kept.last().and_then(|one| one.until.succ_opt()));
            (former, newest) = (kept, now);
        }
    }
}
