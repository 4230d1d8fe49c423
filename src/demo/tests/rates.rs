//! A generated school year held against England's real rates (secondary, 2025/26).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::demo::MadeSchool;
use crate::demo::history::history;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::people::pupil::{Flag, Flags};

/// Counts of one school year.
#[derive(Default)]
struct Year {
    possible: u32,
    absent: u32,
    by_code: BTreeMap<(Session, Code), u32>,
    by_weekday: BTreeMap<u32, (u32, u32)>,
    by_pupil: BTreeMap<usize, (u32, u32)>,
    flags: Vec<Flags>,
    late_minutes: Vec<i64>,
}

fn day(year: i32, month: u32, date: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, date).unwrap()
}

fn is_possible(code: Code) -> bool {
    !matches!(code.as_str(), "D" | "X" | "Q" | "Z" | "#") && !code.as_str().starts_with('Y')
}

fn is_absent(code: Code) -> bool {
    ["I", "M", "R", "S", "T", "E", "C", "C1", "C2", "J1", "G", "U", "O", "N"].contains(&code.as_str())
}

/// 2025/26 of a school of 1,000.
fn year(seed: u64) -> Year {
    let school = MadeSchool::make(seed, 1_000, 2, day(2026, 9, 2)).unwrap();
    let flags = school.pupils.iter().map(|pupil| pupil.flags).collect();
    let mut year = Year { flags, ..Year::default() };
    for today in history(&school).filter(|today| today.date < day(2026, 8, 1)) {
        for (pupil, session, mark) in today.marks {
            if !is_possible(mark.code) {
                continue;
            }
            let absent = u32::from(is_absent(mark.code));
            year.possible += 1;
            year.absent += absent;
            *year.by_code.entry((session, mark.code)).or_default() += 1;
            for counts in [
                year.by_weekday.entry(today.date.weekday().num_days_from_monday()).or_default(),
                year.by_pupil.entry(pupil).or_default(),
            ] {
                counts.0 += 1;
                counts.1 += absent;
            }
            if session == Session::Am && mark.code == Code::L {
                year.late_minutes.extend(mark.minutes);
            }
        }
    }
    year
}

impl Year {
    fn absence(&self) -> f64 {
        100.0 * f64::from(self.absent) / f64::from(self.possible)
    }

    /// Per cent of all possible sessions.
    fn share(&self, code: &str) -> f64 {
        let code = Code::parse(code).unwrap();
        let count: u32 = Session::BOTH.iter().filter_map(|session| self.by_code.get(&(*session, code))).sum();
        100.0 * f64::from(count) / f64::from(self.possible)
    }

    /// Per cent of the sessions of that half of the day.
    fn share_in(&self, session: Session, code: Code) -> f64 {
        let of_half: u32 = self.by_code.iter().filter(|((half, _), _)| *half == session).map(|(_, count)| count).sum();
        100.0 * f64::from(*self.by_code.get(&(session, code)).unwrap_or(&0)) / f64::from(of_half)
    }

    fn on(&self, weekday: Weekday) -> f64 {
        let (possible, absent) = self.by_weekday[&weekday.num_days_from_monday()];
        100.0 * f64::from(absent) / f64::from(possible)
    }

    /// Per cent of pupils who missed at least a `part` of their sessions (10: a tenth).
    fn missed_at_least(&self, percent: u32) -> f64 {
        let missed = self.by_pupil.values().filter(|(possible, absent)| absent * 100 >= possible * percent).count();
        100.0 * missed as f64 / self.by_pupil.len() as f64
    }

    /// How many times the absence of those without `flag` those with it have.
    fn times_others(&self, flag: Flag, others: fn(Flags) -> bool) -> f64 {
        let absence = |is_meant: &dyn Fn(Flags) -> bool| {
            let of = self.by_pupil.iter().filter(|(pupil, _)| is_meant(self.flags[**pupil]));
            let (possible, absent) = of.fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
            f64::from(absent) / f64::from(possible)
        };
        absence(&|flags| flags.has(flag)) / absence(&others)
    }

    fn median_late(&self) -> i64 {
        let mut minutes = self.late_minutes.clone();
        minutes.sort_unstable();
        minutes[minutes.len() / 2]
    }
}

/// The mean over a few schools: one school of 1,000 lies as far from England as a real one does.
fn mean(of: impl Fn(&Year) -> f64, years: &[Year]) -> f64 {
    years.iter().map(of).sum::<f64>() / years.len() as f64
}

#[track_caller]
fn near(what: &str, found: f64, real: f64, tolerance: f64) {
    assert!((found - real).abs() <= tolerance, "{what}: {found:.3}, England {real:.3}");
}

#[test]
fn a_year_is_like_england() {
    let years: Vec<Year> = (1..=4).map(year).collect();
    let of = |of: fn(&Year) -> f64| mean(of, &years);
    near("absence", of(Year::absence), 8.49, 0.5);
    near("persistent", of(|year| year.missed_at_least(10)), 23.8, 2.0);
    near("severe", of(|year| year.missed_at_least(50)), 2.4, 0.8);
    near("AM L", of(|year| year.share_in(Session::Am, Code::L)), 4.3, 0.3);
    near("PM L", of(|year| year.share_in(Session::Pm, Code::L)), 1.2, 0.2);
    for (code, real, tolerance) in [
        ("I", 3.63, 0.3),
        ("O", 2.61, 0.4),
        ("L", 2.79, 0.2),
        ("U", 0.296, 0.05),
        ("M", 0.376, 0.05),
        ("C", 0.426, 0.06),
        ("E", 0.289, 0.07),
        ("G", 0.314, 0.07),
        ("V", 0.729, 0.15),
        ("W", 0.309, 0.06),
        ("B", 0.300, 0.05),
        ("C2", 0.321, 0.05),
        ("P", 0.142, 0.04),
        ("K", 0.079, 0.04),
        ("S", 0.100, 0.03),
        ("R", 0.058, 0.03),
        // 0.050 in England: here what was N in an earlier year has been settled.
        ("N", 0.0, 0.01),
    ] {
        near(code, mean(|year| year.share(code), &years), real, tolerance);
    }
    let on = |weekday| mean(|year| year.on(weekday), &years);
    let wednesday = on(Weekday::Wed);
    near("Friday over Wednesday", on(Weekday::Fri) / wednesday, 1.20, 0.08);
    for other in [Weekday::Mon, Weekday::Tue, Weekday::Thu] {
        assert!(on(other) > wednesday, "{other} is below Wednesday");
    }
    // All phases, autumn 2024/25: 10.0 and 5.2 %, 10.1 and 5.8 %, 13.1 and 5.8 %.
    let no_sen = |flags: Flags| !flags.has(Flag::SenSupport) && !flags.has(Flag::EhcPlan);
    near(
        "FSM over others",
        of(|year| year.times_others(Flag::FreeMeals, |flags| !flags.has(Flag::FreeMeals))),
        1.92,
        0.3,
    );
    near("SEN K over no SEN", mean(|year| year.times_others(Flag::SenSupport, no_sen), &years), 1.74, 0.25);
    near("SEN E over no SEN", mean(|year| year.times_others(Flag::EhcPlan, no_sen), &years), 2.26, 0.45);
    // Five points at a time there are fewer and fewer, as in every year of the national tables.
    let bands = [0, 5, 10, 15, 20, 30, 50].map(|percent| mean(|year| year.missed_at_least(percent), &years));
    let steps = bands.windows(2).map(|two| two[0] - two[1]).collect::<Vec<_>>();
    assert!(steps[..4].windows(2).all(|two| two[0] > two[1]), "{steps:?}");
    let median = of(|year| year.median_late() as f64);
    assert!((8.0..=10.0).contains(&median), "median L of {median} minutes");
}

#[test]
fn an_afternoon_misses_more_than_a_morning() {
    let year = year(1);
    let present = |session| year.share_in(session, Code::present(session));
    assert!(present(Session::Pm) > present(Session::Am), "for lateness is the morning's");
    assert!(year.share_in(Session::Pm, Code::U) < year.share_in(Session::Am, Code::U));
}

#[test]
fn a_history_is_in_order_has_every_school_day_and_ends_before_today() {
    let school = MadeSchool::make(3, 60, 3, MadeSchool::usual_day()).unwrap();
    let dates: Vec<NaiveDate> = history(&school).map(|today| today.date).collect();
    assert!(dates.windows(2).all(|two| two[0] < two[1]));
    let start = school.calendar.terms[0].from.pred_opt().unwrap();
    let after = school.calendar.school_days_after(start);
    assert_eq!(dates[..150], after.take(150).collect::<Vec<_>>()[..]);
    assert_eq!(dates.last(), school.calendar.school_days_before(school.today).next().as_ref());
}

#[test]
fn a_history_has_its_edge_days() {
    let school = MadeSchool::make(1, 600, 2, MadeSchool::usual_day()).unwrap();
    let (mut eid, mut snow, mut work, mut study, mut yesterday) = (0, 0, 0, 0, 0);
    let before = school.calendar.school_days_before(school.today).next();
    for today in history(&school) {
        for (_, _, mark) in today.marks {
            match mark.code.as_str() {
                "R" if today.date == day(2026, 3, 20) => eid += 1,
                "Y2" if today.date == day(2026, 1, 9) => snow += 1,
                "W" if today.date.month() == 7 => work += 1,
                "S" if (5..=6).contains(&today.date.month()) => study += 1,
                "N" if Some(today.date) == before => yesterday += 1,
                "R" | "Y2" | "W" | "S" => panic!("{} on {}", mark.code, today.date),
                _ => {}
            }
        }
    }
    assert!(eid > 50 && snow > 50 && work > 300 && study > 100, "{eid} {snow} {work} {study}");
    assert!(yesterday >= 6, "nobody will be unexplained on a second day");
}
