//! Marks counted by pupil, by session and by code in one go; every split is put together from these.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use hashbrown::HashMap;

use super::Figures;
use super::broken_weeks::{BrokenWeeks, Week};
use super::cohort::Cohort;
use super::counted::Counted;
use super::split::{By, Key, Missed, Part};
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
    /// The code that is counted of each pupil.
    sought: Option<Code>,
}

/// What a pupil's marks add up to.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Own {
    on_roll: Range<NaiveDate>,
    sum: Sum,
    /// One after another, from that of the first date counted.
    weeks: Vec<Week>,
    /// Sessions with the code that is sought.
    sought: u32,
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

impl Own {
    fn broken_weeks(&self) -> BrokenWeeks {
        BrokenWeeks::of(self.weeks.iter().copied())
    }
}

impl Tally {
    /// Nothing but blanks yet: the sessions that count, of those pupils of the roll who are asked about, while they are on it.
    pub fn new(roll: Arc<Roll>, counted: Counted, is_asked_about: impl Fn(&Pupil) -> bool) -> Tally {
        let weeks = week_of(&counted, counted.dates().end) + 1;
        let own = |pupil: &Pupil| {
            let on_roll = pupil.on_roll_within(counted.dates().clone());
            (is_asked_about(pupil) && !on_roll.is_empty()).then(|| {
                let sum = Sum::blank(counted.known_within(&on_roll));
                Own { on_roll, sum, weeks: vec![Week::default(); weeks], sought: 0 }
            })
        };
        let pupils: Vec<Option<Own>> = roll.pupils.iter().map(own).collect();
        let sessions = blanks_by_session(&counted, pupils.iter().flatten().map(|own| &own.on_roll));
        Tally { roll, counted, pupils, sessions, codes: HashMap::new(), sought: None }
    }

    /// The same, with the sessions of this code counted of each pupil.
    #[must_use]
    pub fn seeking(self, code: Option<Code>) -> Tally {
        Tally { sought: code, ..self }
    }

    /// How many sessions of the code that is sought a pupil has.
    pub fn sought(&self, pupil: PupilId) -> u32 {
        self.pupils.get(self.roll.place(pupil)).and_then(Option::as_ref).map_or(0, |own| own.sought)
    }

    /// Of nobody, on no date.
    pub fn none(roll: Arc<Roll>) -> Tally {
        let date = NaiveDate::default();
        let counted = Counted::of(&roll, date..date, date.into());
        Tally::new(roll, counted, |_| false)
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

    /// Count the mark of a pupil's session: of no pupil asked about, off the roll, or of a session that does not count, it is none, and
    /// the answer `false`.
    pub fn count(&mut self, pupil: PupilId, at: SessionDate, mark: Mark) -> bool {
        let Some(own) = self.pupils.get_mut(self.roll.place(pupil)).and_then(Option::as_mut) else { return false };
        if !own.on_roll.contains(&at.date) || !self.counted.has(at) {
            return false;
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
        if let Some(week) = own.weeks.get_mut(week_of(&self.counted, at.date)) {
            let mut one = Figures::default();
            one.count(Some(mark), codes);
            week.add(&one);
        }
        own.sought += u32::from(self.sought == Some(mark.code));
        if let Some(sum) = place_of(&self.counted, at).and_then(|place| self.sessions.get_mut(place)) {
            put(sum);
        }
        if codes.row(mark.code).is_some() {
            let sum = self.codes.entry(mark.code).or_default();
            sum.figures.count(Some(mark), codes);
            sum.sessions += 1;
        }
        true
    }

    /// All of it.
    pub fn whole(&self) -> Figures {
        self.pupils.iter().flatten().map(|own| own.sum.figures).sum()
    }

    /// All of it on some of the dates.
    pub fn within(&self, dates: &Range<NaiveDate>) -> Figures {
        self.by_session().filter(|(at, _)| dates.contains(&at.date)).map(|(_, sum)| sum.figures).sum()
    }

    /// What one pupil's marks add up to; nothing of who is not asked about.
    pub fn of(&self, pupil: PupilId) -> Figures {
        let own = self.pupils.get(self.roll.place(pupil)).and_then(Option::as_ref);
        own.map(|own| own.sum.figures).unwrap_or_default()
    }

    /// The weeks of one pupil; none of who is not asked about.
    pub fn broken_weeks(&self, pupil: PupilId) -> BrokenWeeks {
        let own = self.pupils.get(self.roll.place(pupil)).and_then(Option::as_ref);
        own.map(Own::broken_weeks).unwrap_or_default()
    }

    /// All of it as one part, which is there even of nobody.
    pub fn school(&self) -> Part {
        let (mut sum, mut pupils, mut missed) = (Sum::default(), 0, Missed::default());
        for ((), theirs, own) in self.theirs(|_| [()]) {
            sum.add(theirs);
            pupils += 1;
            missed += own;
        }
        Part { key: Key::School, figures: sum.figures, sessions: sum.sessions, pupils: Some(pupils), missed }
    }

    /// The parts of a split that have a session, in the order in which they are listed; the whole school has a part in any case.
    pub fn parts(&self, by: By) -> Vec<Part> {
        match by {
            By::School => vec![self.school()],
            By::Year => self.gather(self.theirs(|pupil| [Key::Year(self.roll.year_of(pupil))]), true),
            By::Group => self.gather(self.theirs(|pupil| [Key::Group(pupil.group)]), true),
            By::House => self.gather(self.theirs(|pupil| [Key::House(pupil.house.clone())]), true),
            By::Pupil => self.gather(self.theirs(|pupil| [Key::Pupil(pupil.id)]), true),
            By::Cohort => self.gather(self.theirs(|pupil| Cohort::of(pupil).map(Key::Cohort)), true),
            By::Weekday => self.by_date(|at| Some(Key::Weekday(at.date.weekday()))),
            By::Session => self.by_date(|at| Some(Key::Session(at.session))),
            By::HalfDay => self.by_date(|at| Some(Key::HalfDay(at.date.weekday(), at.session))),
            By::Week => self.by_date(|at| Some(Key::Week(week(at.date).start))),
            By::HalfTerm => self.by_half_term(),
            By::Code => self.by_code(),
        }
    }

    /// What the marks of each pupil with a session add up to, under each part that the pupil is in.
    fn theirs<const N: usize, K>(&self, keys: impl Fn(&Pupil) -> [K; N]) -> impl Iterator<Item = (K, Sum, Missed)> {
        let both = self.roll.pupils.iter().zip(&self.pupils);
        let own = both.filter_map(|(pupil, own)| Some((pupil, own.as_ref()?)));
        own.filter(|(_, own)| own.sum.sessions > 0).flat_map(move |(pupil, own)| {
            let missed = Missed::one(&own.sum.figures, own.broken_weeks().broken);
            keys(pupil).map(|key| (key, own.sum, missed))
        })
    }

    fn by_date(&self, key: impl Fn(SessionDate) -> Option<Key>) -> Vec<Part> {
        let sums = self.by_session().filter_map(|(at, sum)| Some((key(at)?, sum, Missed::default())));
        self.gather(sums, false)
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
        self.by_date(|at| {
            let place = half_terms.partition_point(|one| one.until < at.date);
            Some(Key::HalfTerm(half_terms.get(place)?.clone()))
        })
    }

    fn by_code(&self) -> Vec<Part> {
        let codes = self.codes.iter().map(|(code, sum)| (Key::Code(Some(*code)), *sum));
        let blanks = (Key::Code(None), Sum::blank(self.whole().blanks));
        let all = codes.chain(Some(blanks).filter(|(_, sum)| sum.sessions > 0));
        self.gather(all.map(|(key, sum)| (key, sum, Missed::default())), false)
    }

    /// Put what has one key together, in order.
    fn gather(&self, sums: impl Iterator<Item = (Key, Sum, Missed)>, is_of_pupils: bool) -> Vec<Part> {
        let mut parts: HashMap<Key, (Sum, u32, Missed)> = HashMap::new();
        for (key, sum, theirs) in sums {
            let (all, pupils, missed) = parts.entry(key).or_default();
            all.add(sum);
            *pupils += u32::from(sum.sessions > 0);
            *missed += theirs;
        }
        let part = |(key, (sum, pupils, missed)): (Key, (Sum, u32, Missed))| {
            let Sum { figures, sessions } = sum;
            Part { key, figures, sessions, pupils: is_of_pupils.then_some(pupils), missed }
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

/// The place of a date's week among those counted, from 0; a date before them has the first.
fn week_of(counted: &Counted, date: NaiveDate) -> usize {
    let first = &counted.dates().start;
    let days = (date - *first).num_days() + from_monday(first.weekday());
    usize::try_from(days / 7).unwrap_or(0)
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
