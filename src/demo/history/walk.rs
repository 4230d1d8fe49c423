//! A walk through one school year, a day at a time: who is where, and why.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::DayOfMarks;
use super::runs::{self, Run};
use crate::demo::draw::{Draw, For};
use crate::demo::ingredients::{Late, Rates};
use crate::demo::people::habits::{Arrangement, Habits};
use crate::demo::school::MadeSchool;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{DayTimes, Session, minutes_after};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::timeline::arrival::judge;

/// The walk. Its own stream of draws, so that a year does not depend on those before it.
pub(in crate::demo) struct Walk<'a> {
    school: &'a MadeSchool,
    draw: Draw,
    days: std::vec::IntoIter<NaiveDate>,
    goers: Vec<Goer>,
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

/// A pupil on the walk.
struct Goer {
    year: i64,
    /// The kinds of absence that move with the weeks: illness, truancy, holidays. Chances by session.
    moving: [(&'static Run, [f64; 2]); 3],
    /// The others.
    steady: [(&'static Run, [f64; 2]); 6],
    late: [f64; 2],
    placed: bool,
    absence: Option<Absence>,
    /// What is arranged for the day.
    plan: [Option<Code>; 2],
}

/// How the day stands to an ordinary one.
struct Tide {
    date: NaiveDate,
    moving: [f64; 3],
    late: f64,
    /// Share of truancy beginning today that nobody has asked about.
    unexplained: f64,
}

impl<'a> Walk<'a> {
    /// The school year beginning in `year`, up to the day before the school's today.
    pub(in crate::demo) fn new(school: &'a MadeSchool, year: i32) -> Walk<'a> {
        let mut draw = Draw::new(school.seed, For::Year(year));
        let start = NaiveDate::from_ymd_opt(year, 8, 31).unwrap_or_default();
        let end = NaiveDate::from_ymd_opt(year + 1, 8, 31).unwrap_or_default().min(school.today);
        let days: Vec<NaiveDate> = school.calendar.school_days_after(start).take_while(|date| *date < end).collect();
        let back = i64::from(Calendar::year_start(school.today).year() - year);
        let rates = &school.from.rates;
        let goers = school.pupils.iter().map(|pupil| {
            // Earlier cohorts are the same pupils, a year down for each year back, with the youngest following the oldest.
            let year = 7 + (pupil.year - 7 - back).rem_euclid(5);
            Goer::new(year, &pupil.habits, rates, &mut draw)
        });
        let goers = goers.collect();
        // Before the figures of a school year are handed in, its last N is settled.
        let residual = if back > 0 { 0.0 } else { rates.unexplained.residual };
        Walk { school, draw, days: days.into_iter(), goers, residual }
    }

    /// The marks of one day; days are to be asked for in order.
    pub(in crate::demo) fn day(&mut self, date: NaiveDate) -> Vec<(usize, Session, Mark)> {
        let times = self.school.settings.times.on(date.weekday());
        let tide = self.tide(date);
        for (place, since, left) in &self.school.cast.lasting {
            if let Some(goer) = self.goers.get_mut(*place).filter(|_| *since == date) {
                goer.absence = Some(Absence { code: Code::N, began: date, left: *left });
            }
        }
        self.plan(date);
        let mut marks = Vec::with_capacity(self.goers.len() * 2);
        for (place, goer) in self.goers.iter_mut().enumerate() {
            for session in Session::BOTH {
                marks.push((
                    place,
                    session,
                    goer.mark(session, &tide, times, &self.school.from.rates.late, &mut self.draw),
                ));
            }
        }
        marks
    }

    /// The stretch of absence a pupil is in after the last day asked for, or came out of on it.
    pub(in crate::demo) fn absence(&self, pupil: usize) -> Option<Absence> {
        self.goers.get(pupil).and_then(|goer| goer.absence)
    }

    fn tide(&self, date: NaiveDate) -> Tide {
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
        Tide { date, moving, late: if disrupted { 3.0 } else { 1.0 }, unexplained }
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
        let Walk { school, draw, goers, .. } = self;
        let (rates, dates) = (&school.from.rates, &school.from.dates);
        let (eid, disrupted) = (dates.eid.contains(&date), dates.travel_disrupted.contains(&date));
        let exams = (5, 15) <= (date.month(), date.day()) && (date.month(), date.day()) <= (6, 19);
        // Its share of the year, taken by one year group on these 18 days.
        let study = rates.share("S") * 5.0 * 190.0 / 18.0;
        let placements = (7, 3) <= (date.month(), date.day()) && (date.month(), date.day()) <= (7, 9);
        for (goer, pupil) in goers.iter_mut().zip(&school.pupils) {
            let keeps_eid = || school.households.get(pupil.household).is_some_and(|household| household.keeps_eid);
            goer.plan = if eid && keeps_eid() && draw.chance(0.92) {
                whole_day("R")
            } else if disrupted && draw.chance(0.12) {
                whole_day("Y2")
            } else if exams && goer.year == 11 && draw.chance(study) {
                whole_day("S")
            } else if placements && goer.year == 10 && goer.placed {
                whole_day("W")
            } else {
                pupil.habits.arrangement.map_or([None, None], |arrangement| arranged(arrangement, date.weekday()))
            };
        }
        let many = goers.len() as f64;
        let trips = rates.share("V") * many * 2.0 / 60.0 * 1.1;
        // The morning to be lived through always has one.
        let trips = if date == school.today { trips.max(1.0) } else { trips };
        outing(draw, goers, trips, 30, Some("V"), Some("V"));
        if matches!(date.weekday(), Weekday::Wed | Weekday::Thu) {
            outing(draw, goers, rates.share("P") * many * 5.0 / 15.0 * 1.1, 15, None, Some("P"));
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = DayOfMarks;

    fn next(&mut self) -> Option<DayOfMarks> {
        let date = self.days.next()?;
        Some(DayOfMarks { date, marks: self.day(date) })
    }
}

impl Goer {
    fn new(year: i64, habits: &Habits, rates: &Rates, draw: &mut Draw) -> Goer {
        let gradient = usize::try_from(year - 7).ok().and_then(|place| rates.spread.years.get(place)).copied();
        let truancy = if habits.truant > 0.12 { &runs::SELDOM_IN } else { &runs::TRUANT };
        // A stretch can begin in a session that would have been attended, and in the very session it begins in.
        let begun = runs::ILL.daily(habits.ill) + truancy.daily(habits.truant);
        let could = 1.0 - habits.absence() + begun - 0.035;
        let moved = |run: &'static Run, share: f64| (run, run.chances(share, could));
        let steady = |run: &'static Run, factor: f64| (run, run.chances(rates.share(run.code) * factor, 0.97));
        let oldest = if year == 11 { 5.0 } else { 0.0 };
        let gradient = gradient.unwrap_or(1.0);
        let late = |share: f64| (share * habits.late).min(0.7);
        Goer {
            year,
            moving: [
                moved(&runs::ILL, habits.ill * gradient),
                moved(truancy, habits.truant * gradient),
                steady(&runs::HOLIDAY, 1.0),
            ],
            steady: [
                steady(&runs::APPOINTMENT, 1.0),
                steady(&runs::LEAVE, 1.0),
                moved(&runs::SUSPENDED, habits.suspended),
                steady(&runs::INTERVIEW, oldest),
                steady(&runs::PERFORMANCE, 1.0),
                steady(&runs::TRAVELLING, 1.0),
            ],
            late: [late(rates.late.am), late(rates.late.pm)],
            // Placements are a week of one year's 38.
            placed: draw.chance(rates.share("W") * 5.0 * 38.0 * 1.1),
            absence: None,
            plan: [None, None],
        }
    }

    fn mark(&mut self, session: Session, tide: &Tide, times: &DayTimes, late: &Late, draw: &mut Draw) -> Mark {
        if self.absence.is_none_or(|absence| absence.left == 0)
            && let Some(began) = self.begin(session, tide, draw)
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
        if draw.chance(of(session, &self.late) * tide.late) {
            let median = if session == Session::Am { late.am_median } else { late.pm_median };
            let minutes = (draw.log_normal(median, late.sigma).ceil() as i64).clamp(1, late.longest);
            let times = times.of(session);
            let came = minutes_after(times.opens, minutes);
            return judge(came, session, times);
        }
        Mark::plain(Code::present(session))
    }

    /// A stretch of absence that begins in this session, if one does.
    fn begin(&self, session: Session, tide: &Tide, draw: &mut Draw) -> Option<Absence> {
        let moving = self.moving.iter().zip(tide.moving).map(|((run, chances), tide)| (*run, chances, tide));
        let steady = self.steady.iter().map(|(run, chances)| (*run, chances, 1.0));
        let mut left = draw.unit();
        let (run, ..) = moving.chain(steady).find(|(_, chances, tide)| {
            left -= of(session, chances) * tide;
            left < 0.0
        })?;
        let code = Code::parse(run.code)?;
        let unexplained = code == Code::O && draw.chance(tide.unexplained);
        let code = if unexplained { Code::N } else { code };
        Some(Absence { code, began: tide.date, left: run.length(session, draw) })
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
fn outing(draw: &mut Draw, goers: &mut [Goer], mean: f64, size: usize, am: Option<&str>, pm: Option<&str>) {
    let mut left = mean;
    while left > 0.0 && draw.chance(left) {
        left -= 1.0;
        let year = draw.between(7, 11);
        let of_year = goers.iter().filter(|goer| goer.year == year).count();
        let step = (of_year / size).max(1);
        let first = draw.below(step);
        for goer in goers.iter_mut().filter(|goer| goer.year == year).skip(first).step_by(step).take(size) {
            let [morning, afternoon] = &mut goer.plan;
            *morning = morning.or_else(|| am.and_then(Code::parse));
            *afternoon = afternoon.or_else(|| pm.and_then(Code::parse));
        }
    }
}
