//! Marks counted by pupil, by session and by code in one go; every split is put together from these.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use hashbrown::HashMap;

use super::Figures;
use super::cohort::Cohort;
use super::counted::Counted;
use super::split::{By, Key, Part};
use super::trend::week;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::half_terms::{HalfTerm, half_terms};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// What the marks of some pupils on a stretch of dates add up to. Sessions that no mark is [counted](Tally::count) for are blanks.
#[derive(Clone, Debug)]
pub struct Tally {
    roll: Arc<Roll>,
    counted: Counted,
    /// By place in the roll; `None` of who is not asked about.
    pupils: Vec<Option<Own>>,
    /// Two of each date.
    sessions: Vec<Sum>,
    codes: HashMap<Code, Sum>,
}

/// What a pupil's marks add up to.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Own {
    on_roll: Range<NaiveDate>,
    sum: Sum,
}

/// Figures, and how many sessions these are of: those not required among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Sum {
    figures: Figures,
    sessions: u32,
}

impl Sum {
    fn blank(sessions: u32) -> Sum {
        Sum { figures: Figures::blank(sessions), sessions }
    }

    fn add(&mut self, other: Sum) {
        self.figures += other.figures;
        self.sessions += other.sessions;
    }
}

impl Tally {
    /// Nothing but blanks yet: the sessions that count, of those pupils of the roll who are asked about, while they are on it.
    pub fn new(roll: Arc<Roll>, counted: Counted, is_asked_about: impl Fn(&Pupil) -> bool) -> Tally {
        let own = |pupil: &Pupil| {
            let on_roll = pupil.on_roll_within(counted.dates().clone());
            (is_asked_about(pupil) && !on_roll.is_empty()).then(|| {
                let sum = Sum::blank(counted.known_within(&on_roll));
                Own { on_roll, sum }
            })
        };
        let pupils: Vec<Option<Own>> = roll.pupils.iter().map(own).collect();
        let sessions = blanks_by_session(&counted, pupils.iter().flatten().map(|own| &own.on_roll));
        Tally { roll, counted, pupils, sessions, codes: HashMap::new() }
    }

    /// The pupils asked about who are on the roll on one of the dates, and on which.
    pub fn pupils(&self) -> impl Iterator<Item = (PupilId, &Range<NaiveDate>)> {
        let own = |(pupil, own): (&Pupil, &'_ Option<Own>)| own.is_some().then_some(pupil.id);
        let ids = self.roll.pupils.iter().zip(&self.pupils).filter_map(own);
        ids.zip(self.pupils.iter().flatten().map(|own| &own.on_roll))
    }

    /// The roll it rests on.
    pub fn roll(&self) -> &Arc<Roll> {
        &self.roll
    }

    /// The sessions that count.
    pub fn counted(&self) -> &Counted {
        &self.counted
    }

    /// Count the mark of a pupil's session: of no pupil asked about, off the roll, or of a session that does not count, it is none.
    pub fn count(&mut self, pupil: PupilId, at: SessionDate, mark: Mark) {
        let Some(own) = self.pupils.get_mut(self.roll.place(pupil)).and_then(Option::as_mut) else { return };
        if !own.on_roll.contains(&at.date) || !self.counted.has(at) {
            return;
        }
        let codes = &self.roll.codes;
        let was_blank = self.counted.known(at.date).contains(&at.session);
        let put = |sum: &mut Sum| {
            if was_blank {
                sum.figures.fill(Some(mark), codes);
            } else {
                sum.figures.count(Some(mark), codes);
                sum.sessions += 1;
            }
        };
        put(&mut own.sum);
        if let Some(sum) = place_of(&self.counted, at).and_then(|place| self.sessions.get_mut(place)) {
            put(sum);
        }
        if codes.row(mark.code).is_some() {
            let sum = self.codes.entry(mark.code).or_default();
            sum.figures.count(Some(mark), codes);
            sum.sessions += 1;
        }
    }

    /// All of it.
    pub fn whole(&self) -> Figures {
        self.pupils.iter().flatten().map(|own| own.sum.figures).sum()
    }

    /// What one pupil's marks add up to; nothing of who is not asked about.
    pub fn of(&self, pupil: PupilId) -> Figures {
        let own = self.pupils.get(self.roll.place(pupil)).and_then(Option::as_ref);
        own.map(|own| own.sum.figures).unwrap_or_default()
    }

    /// The parts of a split that have a session, in the order in which they are listed; the whole school has a part in any case.
    pub fn parts(&self, by: By) -> Vec<Part> {
        match by {
            By::School => {
                let pupils = self.theirs().map(|(_, sum)| (Key::School, sum));
                let none = (Key::School, Sum::default());
                self.gather(pupils.chain([none]), true)
            }
            By::Year => self.gather(self.theirs().map(|(pupil, sum)| (Key::Year(self.roll.year_of(pupil)), sum)), true),
            By::Group => self.gather(self.theirs().map(|(pupil, sum)| (Key::Group(pupil.group), sum)), true),
            By::House => self.gather(self.theirs().map(|(pupil, sum)| (Key::House(pupil.house.clone()), sum)), true),
            By::Pupil => self.gather(self.theirs().map(|(pupil, sum)| (Key::Pupil(pupil.id), sum)), true),
            By::Cohort => {
                let cohorts = |(pupil, sum)| Cohort::of(pupil).map(|cohort| (Key::Cohort(cohort), sum));
                self.gather(self.theirs().flat_map(cohorts), true)
            }
            By::Weekday => {
                self.gather(self.by_session().map(|(at, sum)| (Key::Weekday(at.date.weekday()), sum)), false)
            }
            By::Session => self.gather(self.by_session().map(|(at, sum)| (Key::Session(at.session), sum)), false),
            By::HalfDay => {
                let key = |at: SessionDate| Key::HalfDay(at.date.weekday(), at.session);
                self.gather(self.by_session().map(|(at, sum)| (key(at), sum)), false)
            }
            By::Week => self.gather(self.by_session().map(|(at, sum)| (Key::Week(week(at.date).start), sum)), false),
            By::HalfTerm => self.by_half_term(),
            By::Code => self.by_code(),
        }
    }

    /// Pupils with a session, each with what their marks add up to.
    fn theirs(&self) -> impl Iterator<Item = (&Pupil, Sum)> {
        let both = self.roll.pupils.iter().zip(&self.pupils);
        both.filter_map(|(pupil, own)| Some((pupil, own.as_ref()?.sum))).filter(|(_, sum)| sum.sessions > 0)
    }

    /// Sessions that somebody had.
    fn by_session(&self) -> impl Iterator<Item = (SessionDate, Sum)> {
        let dates = self
            .counted
            .dates()
            .start
            .iter_days()
            .flat_map(|date| Session::BOTH.map(|half| SessionDate::new(date, half)));
        dates.zip(self.sessions.iter().copied()).filter(|(_, sum)| sum.sessions > 0)
    }

    fn by_half_term(&self) -> Vec<Part> {
        let mut dates: Vec<NaiveDate> = self.by_session().map(|(at, _)| at.date).collect();
        dates.dedup();
        let mut years: Vec<NaiveDate> = dates.iter().map(|date| Calendar::year_start(*date)).collect();
        years.dedup();
        let calendar = &self.roll.calendar;
        // Of a whole school year, however few of its dates are asked about: a half-term has one name.
        let of_year = |starts: NaiveDate| {
            let next = starts.checked_add_months(chrono::Months::new(12)).unwrap_or(starts);
            let marked = || dates.iter().copied().filter(move |date| (starts..next).contains(date));
            let days: Vec<NaiveDate> = if calendar.has_terms(starts) {
                calendar.school_days(starts..next).collect()
            } else {
                marked().collect()
            };
            half_terms(calendar, days.into_iter())
        };
        let half_terms: Vec<HalfTerm> = years.into_iter().flat_map(of_year).collect();
        let key = |(at, sum): (SessionDate, Sum)| {
            let place = half_terms.partition_point(|one| one.until < at.date);
            Some((Key::HalfTerm(half_terms.get(place)?.clone()), sum))
        };
        self.gather(self.by_session().filter_map(key), false)
    }

    fn by_code(&self) -> Vec<Part> {
        let codes = self.codes.iter().map(|(code, sum)| (Key::Code(Some(*code)), *sum));
        let blanks = (Key::Code(None), Sum::blank(self.whole().blanks));
        self.gather(codes.chain(Some(blanks).filter(|(_, sum)| sum.sessions > 0)), false)
    }

    /// Put what has one key together, in order.
    fn gather(&self, sums: impl Iterator<Item = (Key, Sum)>, is_of_pupils: bool) -> Vec<Part> {
        let mut parts: HashMap<Key, (Sum, u32)> = HashMap::new();
        for (key, sum) in sums {
            let (all, pupils) = parts.entry(key).or_default();
            all.add(sum);
            *pupils += u32::from(sum.sessions > 0);
        }
        let part = |(key, (sum, pupils)): (Key, (Sum, u32))| {
            let Sum { figures, sessions } = sum;
            Part { key, figures, sessions, pupils: is_of_pupils.then_some(pupils) }
        };
        let mut parts: Vec<Part> = parts.into_iter().map(part).collect();
        parts.sort_by_cached_key(|part| self.rank(&part.key));
        parts
    }

    /// Where a part stands among those of its split; what belongs nowhere last.
    fn rank(&self, key: &Key) -> (i64, String) {
        let place = |place: Option<usize>| place.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX);
        let plain = |rank: i64| (rank, String::new());
        match key {
            Key::School => plain(0),
            Key::Year(year) => plain(year.unwrap_or(i64::MAX)),
            Key::Group(group) => plain(place(self.roll.groups.iter().position(|one| Some(one.id) == *group))),
            Key::House(house) => (i64::from(house.is_none()), house.clone().unwrap_or_default()),
            Key::Pupil(pupil) => plain(place(Some(self.roll.place(*pupil)))),
            Key::Cohort(cohort) => plain(place(Cohort::ALL.iter().position(|one| one == cohort))),
            Key::Weekday(day) => plain(from_monday(*day)),
            Key::Session(session) => plain(i64::from(*session == Session::Pm)),
            Key::HalfDay(day, session) => plain(from_monday(*day) * 2 + i64::from(*session == Session::Pm)),
            Key::Code(code) => plain(place(self.roll.codes.rows().iter().position(|row| Some(row.code) == *code))),
            Key::Week(monday) => plain(i64::from(monday.num_days_from_ce())),
            Key::HalfTerm(half_term) => plain(i64::from(half_term.from.num_days_from_ce())),
        }
    }
}

fn from_monday(day: Weekday) -> i64 {
    i64::from(day.num_days_from_monday())
}

/// Where a session's sum lies among those of all dates, two of each.
fn place_of(counted: &Counted, at: SessionDate) -> Option<usize> {
    counted.place(at.date).map(|place| place * 2 + usize::from(at.session == Session::Pm))
}

/// How many pupils each session is blank for, to begin with: those on the roll then.
fn blanks_by_session<'o>(counted: &Counted, on_roll: impl Iterator<Item = &'o Range<NaiveDate>>) -> Vec<Sum> {
    let dates = counted.dates();
    let length = usize::try_from((dates.end - dates.start).num_days()).unwrap_or(0);
    let (mut joined, mut left) = (vec![0_u32; length], vec![0_u32; length]);
    for on_roll in on_roll {
        for (date, changes) in [(on_roll.start, &mut joined), (on_roll.end, &mut left)] {
            if let Some(change) = counted.place(date).and_then(|place| changes.get_mut(place)) {
                *change += 1;
            }
        }
    }
    let mut here = 0_u32;
    let of_date = |((joined, left), date): ((u32, u32), NaiveDate)| {
        here = (here + joined).saturating_sub(left);
        let known = counted.known(date);
        Session::BOTH.map(|session| if known.contains(&session) { Sum::blank(here) } else { Sum::default() })
    };
    let days = (0..).map_while(|day| dates.start.checked_add_days(Days::new(day)));
    joined.into_iter().zip(left).zip(days).flat_map(of_date).collect()
}

#[cfg(test)]
mod tests;
