//! The schedule of one school year, a day at a time: who is where, and why.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::DayOfMarks;
use super::absence_kinds::{self, AbsenceKind};
use crate::demo::draw::{Draw, For};
use crate::demo::ingredients::{Late, Rates};
use crate::demo::people::profile::{Arrangement, Profile};
use crate::demo::school::MadeSchool;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{DayTimes, Session, minutes_after};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::timeline::arrival::judge;

/// The schedule. Its own stream of draws, so that a year does not depend on those before it.
pub(in crate::demo) struct Schedule<'a> {
    school: &'a MadeSchool,
    draw: Draw,
    days: std::vec::IntoIter<NaiveDate>,
    pupil_schedules: Vec<PupilSchedule>,
    /// Share of absences unexplained long afterwards.
    residual: f64,
}

/// A stretch of absence.
#[derive(Clone, Copy, Debug)]
pub(in crate::demo) struct Absence {
    pub(in crate::demo) code: Code,
    pub(in crate::demo) began: NaiveDate,
    /// Sessions still to come.
    pub(in crate::demo) left: u32,
}

/// One pupil's year.
struct PupilSchedule {
    year: i64,
    /// The kinds of absence that move with the weeks: illness, truancy, holidays. Chances by session.
    moving: [(&'static AbsenceKind, [f64; 2]); 3],
    /// The others.
    steady: [(&'static AbsenceKind, [f64; 2]); 6],
    late: [f64; 2],
    placed: bool,
    absence: Option<Absence>,
    /// What is arranged for the day.
    plan: [Option<Code>; 2],
}

/// How the day's rates differ from an ordinary day's.
struct DayRates {
    date: NaiveDate,
    moving: [f64; 3],
    late: f64,
    /// Share of truancy beginning today that nobody has asked about.
    unexplained: f64,
}

impl<'a> Schedule<'a> {
    /// The school year beginning in `year`, up to the day before the school's today.
    pub(in crate::demo) fn new(school: &'a MadeSchool, year: i32) -> Schedule<'a> {
        let mut draw = Draw::new(school.seed, For::Year(year));
        let start = NaiveDate::from_ymd_opt(year, 8, 31).unwrap_or_default();
        let end = NaiveDate::from_ymd_opt(year + 1, 8, 31).unwrap_or_default().min(school.today);
        let days: Vec<NaiveDate> = school.calendar.school_days_after(start).take_while(|date| *date < end).collect();
        let back = i64::from(Calendar::year_start(school.today).year() - year);
        let rates = &school.from.rates;
        let pupil_schedules = school.pupils.iter().map(|pupil| {
            // Earlier cohorts are the same pupils, a year down for each year back, with the youngest following the oldest.
            let year = 7 + (pupil.year - 7 - back).rem_euclid(5);
            PupilSchedule::new(year, &pupil.profile, rates, &mut draw)
        });
        let pupil_schedules = pupil_schedules.collect();
        // Before the figures of a school year are handed in, its last N is settled.
        let residual = if back > 0 { 0.0 } else { rates.unexplained.residual };
        Schedule { school, draw, days: days.into_iter(), pupil_schedules, residual }
    }

    /// The marks of one day; days are to be asked for in order.
    pub(in crate::demo) fn day(&mut self, date: NaiveDate) -> Vec<(usize, Session, Mark)> {
        let times = self.school.settings.times.on(date.weekday());
        let day_rates = self.day_rates(date);
        for (place, since, left) in &self.school.scenario.lasting {
            if let Some(pupil_schedule) = self.pupil_schedules.get_mut(*place).filter(|_| *since == date) {
                pupil_schedule.absence = Some(Absence { code: Code::N, began: date, left: *left });
            }
        }
        self.plan(date);
        let mut marks = Vec::with_capacity(self.pupil_schedules.len() * 2);
        for (place, pupil_schedule) in self.pupil_schedules.iter_mut().enumerate() {
            for session in Session::BOTH {
                marks.push((
                    place,
                    session,
                    pupil_schedule.mark(session, &day_rates, times, &self.school.from.rates.late, &mut self.draw),
                ));
            }
        }
        marks
    }

    /// The stretch of absence a pupil is in after the last day asked for, or came out of on it.
    pub(in crate::demo) fn absence(&self, pupil: usize) -> Option<Absence> {
        self.pupil_schedules.get(pupil).and_then(|pupil_schedule| pupil_schedule.absence)
    }

    fn day_rates(&self, date: NaiveDate) -> DayRates {
        let rates = &self.school.from.rates;
        let weekday = date.weekday().num_days_from_monday() as usize;
        let by_weekday = |list: &[f64]| list.get(weekday).copied().unwrap_or(1.0);
        let (half_term, through) = self.through_term(date);
        let by_week = |weeks: &[Vec<f64>]| {
            let weeks = weeks.get(half_term).map_or(&[][..], Vec::as_slice);
            weeks.get((through * weeks.len() as f64) as usize).copied().unwrap_or(1.0)
        };
        let days_after = self.days.len();
        let shares = &rates.unexplained;
        let recent = self.school.today - date < TimeDelta::days(14);
        let unexplained = shares.recent.get(days_after).copied().filter(|_| recent).unwrap_or(self.residual);
        let disrupted = self.school.from.dates.travel_disrupted.contains(&date);
        let illness = by_week(&rates.weeks.illness) * by_weekday(&rates.weekday.illness);
        let other = by_week(&rates.weeks.other) * by_weekday(&rates.weekday.other);
        let moving = [illness, other, by_week(&rates.weeks.holiday)];
        DayRates { date, moving, late: if disrupted { 3.0 } else { 1.0 }, unexplained }
    }

    /// The half-term a date lies in, from 0, and how far through it the week is, from 0 to 1.
    fn through_term(&self, date: NaiveDate) -> (usize, f64) {
        let monday = |date: NaiveDate| date - Days::new(u64::from(date.weekday().num_days_from_monday()));
        let mut terms = self.school.calendar.terms.iter().enumerate();
        terms.find(|(_, term)| term.from <= date && date <= term.until).map_or((0, 0.0), |(place, term)| {
            let weeks = (monday(term.until) - monday(term.from)).num_weeks() + 1;
            let week = (monday(date) - monday(term.from)).num_weeks();
            (place % 6, week as f64 / weeks as f64)
        })
    }

    /// What is arranged for the day, for everybody; the first arrangement stands.
    fn plan(&mut self, date: NaiveDate) {
        let Schedule { school, draw, pupil_schedules, .. } = self;
        let (rates, dates) = (&school.from.rates, &school.from.dates);
        let (eid, disrupted) = (dates.eid.contains(&date), dates.travel_disrupted.contains(&date));
        let exams = (5, 15) <= (date.month(), date.day()) && (date.month(), date.day()) <= (6, 19);
        // Its share of the year, taken by one year group on these 18 days.
        let study = rates.share("S") * 5.0 * 190.0 / 18.0;
        let placements = (7, 3) <= (date.month(), date.day()) && (date.month(), date.day()) <= (7, 9);
        for (pupil_schedule, pupil) in pupil_schedules.iter_mut().zip(&school.pupils) {
            let keeps_eid = || school.households.get(pupil.household).is_some_and(|household| household.keeps_eid);
            pupil_schedule.plan = if eid && keeps_eid() && draw.chance(0.92) {
                whole_day("R")
            } else if disrupted && draw.chance(0.12) {
                whole_day("Y2")
            } else if exams && pupil_schedule.year == 11 && draw.chance(study) {
                whole_day("S")
            } else if placements && pupil_schedule.year == 10 && pupil_schedule.placed {
                whole_day("W")
            } else {
                pupil.profile.arrangement.map_or([None, None], |arrangement| arranged(arrangement, date.weekday()))
            };
        }
        let many = pupil_schedules.len() as f64;
        let trips = rates.share("V") * many * 2.0 / 60.0 * 1.1;
        // The morning to be lived through always has one.
        let trips = if date == school.today { trips.max(1.0) } else { trips };
        outing(draw, pupil_schedules, trips, 30, Some("V"), Some("V"));
        if matches!(date.weekday(), Weekday::Wed | Weekday::Thu) {
            outing(draw, pupil_schedules, rates.share("P") * many * 5.0 / 15.0 * 1.1, 15, None, Some("P"));
        }
    }
}

impl Iterator for Schedule<'_> {
    type Item = DayOfMarks;

    fn next(&mut self) -> Option<DayOfMarks> {
        let date = self.days.next()?;
        Some(DayOfMarks { date, marks: self.day(date) })
    }
}

impl PupilSchedule {
    fn new(year: i64, profile: &Profile, rates: &Rates, draw: &mut Draw) -> PupilSchedule {
        let gradient = usize::try_from(year - 7).ok().and_then(|place| rates.spread.years.get(place)).copied();
        let truancy = if profile.truant > 0.12 { &absence_kinds::SELDOM_IN } else { &absence_kinds::TRUANT };
        // A stretch can begin in a session that would have been attended, and in the very session it begins in.
        let begun = absence_kinds::ILL.daily(profile.ill) + truancy.daily(profile.truant);
        let could = 1.0 - profile.absence() + begun - 0.035;
        let moved = |kind: &'static AbsenceKind, share: f64| (kind, kind.chances(share, could));
        let steady =
            |kind: &'static AbsenceKind, factor: f64| (kind, kind.chances(rates.share(kind.code) * factor, 0.97));
        let oldest = if year == 11 { 5.0 } else { 0.0 };
        let gradient = gradient.unwrap_or(1.0);
        let late = |share: f64| (share * profile.late).min(0.7);
        PupilSchedule {
            year,
            moving: [
                moved(&absence_kinds::ILL, profile.ill * gradient),
                moved(truancy, profile.truant * gradient),
                steady(&absence_kinds::HOLIDAY, 1.0),
            ],
            steady: [
                steady(&absence_kinds::APPOINTMENT, 1.0),
                steady(&absence_kinds::LEAVE, 1.0),
                moved(&absence_kinds::SUSPENDED, profile.suspended),
                steady(&absence_kinds::INTERVIEW, oldest),
                steady(&absence_kinds::PERFORMANCE, 1.0),
                steady(&absence_kinds::TRAVELLING, 1.0),
            ],
            late: [late(rates.late.am), late(rates.late.pm)],
            // Placements are a week of one year's 38.
            placed: draw.chance(rates.share("W") * 5.0 * 38.0 * 1.1),
            absence: None,
            plan: [None, None],
        }
    }

    fn mark(&mut self, session: Session, day_rates: &DayRates, times: &DayTimes, late: &Late, draw: &mut Draw) -> Mark {
        if self.absence.is_none_or(|absence| absence.left == 0)
            && let Some(began) = self.begin(session, day_rates, draw)
        {
            self.absence = Some(began);
        }
        if let Some(absence) = self.absence.as_mut().filter(|absence| absence.left > 0) {
            absence.left -= 1;
            return Mark::plain(absence.code);
        }
        if let Some(code) = of(session, &self.plan) {
            return Mark::plain(code);
        }
        if draw.chance(of(session, &self.late) * day_rates.late) {
            let median = if session == Session::Am { late.am_median } else { late.pm_median };
            let minutes = (draw.log_normal(median, late.sigma).ceil() as i64).clamp(1, late.longest);
            let times = times.of(session);
            let came = minutes_after(times.opens, minutes);
            return judge(came, session, times);
        }
        Mark::plain(Code::present(session))
    }

    /// A stretch of absence that begins in this session, if one does.
    fn begin(&self, session: Session, day_rates: &DayRates, draw: &mut Draw) -> Option<Absence> {
        let moving =
            self.moving.iter().zip(day_rates.moving).map(|((kind, chances), day_rates)| (*kind, chances, day_rates));
        let steady = self.steady.iter().map(|(kind, chances)| (*kind, chances, 1.0));
        let mut left = draw.unit();
        let (kind, ..) = moving.chain(steady).find(|(_, chances, day_rates)| {
            left -= of(session, chances) * day_rates;
            left < 0.0
        })?;
        let code = Code::parse(kind.code)?;
        let unexplained = code == Code::O && draw.chance(day_rates.unexplained);
        let code = if unexplained { Code::N } else { code };
        Some(Absence { code, began: day_rates.date, left: kind.length(session, draw) })
    }
}

fn of<T: Copy>(session: Session, [am, pm]: &[T; 2]) -> T {
    if session == Session::Am { *am } else { *pm }
}

fn whole_day(code: &str) -> [Option<Code>; 2] {
    [Code::parse(code); 2]
}

fn arranged(arrangement: Arrangement, weekday: Weekday) -> [Option<Code>; 2] {
    match (arrangement, weekday) {
        (Arrangement::PartTime, Weekday::Mon | Weekday::Thu | Weekday::Fri) => [None, Code::parse("C2")],
        (Arrangement::College(day), today) if day == today => whole_day("B"),
        (Arrangement::Tuition, Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu) => whole_day("K"),
        (Arrangement::Dual, Weekday::Mon | Weekday::Tue) => whole_day("D"),
        _ => [None, None],
    }
}

/// So many outings on the mean, each of about `size` pupils spread over one year.
fn outing(
    draw: &mut Draw,
    pupil_schedules: &mut [PupilSchedule],
    mean: f64,
    size: usize,
    am: Option<&str>,
    pm: Option<&str>,
) {
    let mut left = mean;
    while left > 0.0 && draw.chance(left) {
        left -= 1.0;
        let year = draw.between(7, 11);
        let of_year = pupil_schedules.iter().filter(|pupil_schedule| pupil_schedule.year == year).count();
        let step = (of_year / size).max(1);
        let first = draw.below(step);
        for pupil_schedule in pupil_schedules
            .iter_mut()
            .filter(|pupil_schedule| pupil_schedule.year == year)
            .skip(first)
            .step_by(step)
            .take(size)
        {
            let [morning, afternoon] = &mut pupil_schedule.plan;
            *morning = morning.or_else(|| am.and_then(Code::parse));
            *afternoon = afternoon.or_else(|| pm.and_then(Code::parse));
        }
    }
}
