//! The day's board: everybody on roll in one place each, so that the counts add up to the roll; and beside it who is out of the
//! building now, and who is expected.

mod filter;
mod reason;
#[cfg(test)]
mod tests;

use chrono::NaiveTime;
use hashbrown::HashMap;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use crate::domain::absence::offsite::off_site;
use crate::domain::absence::unexplained::{FollowUp, unexplained};
use crate::domain::calendar::session::{Session, SessionDate, minutes_between};
use crate::domain::code::Code;
use crate::domain::day::{Day, Timelines};
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::domain::timeline::What;
use crate::domain::whereabouts::account::{Account, account};
pub use filter::Filter;

/// Where a pupil is counted: everybody on roll is in exactly one place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, IntoStaticStr, VariantArray)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Place {
    /// In, by the session's mark or by the gate.
    In,
    /// Away, and it is known why.
    Explained,
    /// Away, as nothing asks them to be here.
    NotRequired,
    /// To be asked after.
    Unexplained,
    /// No mark in the session.
    NoMark,
}

impl Place {
    /// Every place, in the order in which the counts are read.
    pub const ALL: &[Place] = Place::VARIANTS;

    /// In words: "no mark".
    pub fn describe(self) -> &'static str {
        match self {
            Place::In => "in",
            Place::Explained => "explained",
            Place::NotRequired => "not required",
            Place::Unexplained => "unexplained",
            Place::NoMark => "no mark",
        }
    }
}

/// A part of the board: a place, or what is known beside it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// Everybody counted in a place.
    At(Place),
    /// Everybody out of the building now.
    Out,
    /// Everybody expected.
    Expected,
}

impl Part {
    /// The parts that are listed, in the order in which they are read. Whoever is in is only counted.
    pub const LISTED: [Part; 6] = [
        // A few, and what changes by the minute.
        Part::Out,
        Part::Expected,
        Part::At(Place::Unexplained),
        Part::At(Place::Explained),
        Part::At(Place::NoMark),
        Part::At(Place::NotRequired),
    ];

    /// Its heading: "Out now".
    pub fn heading(self) -> &'static str {
        match self {
            Part::At(Place::In) => "In",
            Part::At(Place::Explained) => "Explained",
            Part::At(Place::NotRequired) => "Not required",
            Part::At(Place::Unexplained) => "Unexplained",
            Part::At(Place::NoMark) => "No mark",
            Part::Out => "Out now",
            Part::Expected => "Expected",
        }
    }
}

/// Out of the building now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Out {
    /// Since when, school-local.
    pub since: NaiveTime,
    /// Why; empty where it was not said.
    pub reason: String,
    /// When they are due back, where that was said.
    pub due: Option<NaiveTime>,
}

/// What is expected of a pupil.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// An appointment was told of, and nobody has seen the pupil go to it or come from it.
    Appointment,
    /// The pupil is said to be on the way.
    OnTheWay,
}

/// That something is expected of a pupil, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected {
    /// What.
    pub what: Expectation,
    /// When, school-local.
    pub at: NaiveTime,
    /// Minutes past that time; negative while it is still to come.
    pub over: i64,
}

/// One pupil on the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardRow {
    /// Who.
    pub pupil: PupilId,
    /// The year group.
    pub year: Option<i64>,
    /// The tutor group.
    pub group: Option<GroupId>,
    /// Where the pupil is counted.
    pub place: Place,
    /// The code that stands in the session.
    pub code: Option<Code>,
    /// Why, in words; empty of whoever is in.
    pub why: String,
    /// The session of which they are known to be back, where the reason ends.
    pub back: Option<SessionDate>,
    /// Out of the building now.
    pub out: Option<Out>,
    /// What is expected. Nobody who is out is expected beside it.
    pub expected: Option<Expected>,
}

impl BoardRow {
    /// Whether the row belongs to a part.
    pub fn is_in(&self, part: Part) -> bool {
        match part {
            Part::At(place) => self.place == place,
            Part::Out => self.out.is_some(),
            Part::Expected => self.expected.is_some(),
        }
    }
}

/// The board of a session at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Board {
    /// Which session.
    pub session: Session,
    /// Everybody on roll, each once, by name.
    pub rows: Vec<BoardRow>,
}

/// How many there are of whom a filter admits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Everybody on roll, whatever the filter.
    pub roll: usize,
    /// Those whom the filter admits: the places make them up.
    pub shown: usize,
    /// In each place, in the order of [`Place::ALL`].
    pub places: Vec<(Place, usize)>,
    /// Those of them who are out now.
    pub out: usize,
    /// Those of them who are expected.
    pub expected: usize,
    /// Of the explained, how many stand with each code, the most first.
    pub codes: Vec<(Code, usize)>,
}

/// The board of `day` in `session` at `now`, school-local. Where everybody is counted is the [account]'s to say.
/// On a day without school nobody is counted: no register is asked for.
pub fn board(day: &Day, session: Session, now: NaiveTime) -> Board {
    if day.closed.is_some() && !day.has_met() {
        return Board { session, rows: Vec::new() };
    }
    let places = places(&account(day, session, now));
    let follow_ups: HashMap<PupilId, _> =
        unexplained(day, session, now).into_iter().map(|row| (row.pupil, row)).collect();
    let elsewhere: HashMap<PupilId, _> = off_site(day, session, now).into_iter().map(|one| (one.pupil, one)).collect();
    let timelines = Timelines::at(day, now);
    let is_over = day.ended(now).is_some();
    let row = |pupil: &Pupil| {
        let place = places.get(&pupil.id).copied().unwrap_or(Place::NoMark);
        let line = timelines.of(pupil);
        let on_the_way = day.promises.iter().any(|one| one.pupil == pupil.id);
        let on_the_way = on_the_way.then(|| FollowUp::of(day, pupil, session).on_the_way()).flatten();
        let out = line.departed().filter(|_| !is_over).map(|gone| Out {
            since: gone.time,
            reason: gone.reason.clone(),
            due: on_the_way.or_else(|| reason::due_back(&gone.reason)).filter(|due| gone.time < *due),
        });
        let expected = match on_the_way {
            _ if is_over || out.is_some() => None,
            Some(at) => Some(Expected::at(Expectation::OnTheWay, at, now)),
            None => reason::appointment(&line, session).map(|at| Expected::at(Expectation::Appointment, at, now)),
        };
        let why = match place {
            Place::In => String::new(),
            Place::Unexplained => follow_ups.get(&pupil.id).map(reason::of_unexplained).unwrap_or_default(),
            Place::NoMark => reason::of_blank(day, pupil, session),
            Place::Explained | Place::NotRequired => match elsewhere.get(&pupil.id) {
                Some(one) => reason::of_elsewhere(one, day, session),
                None => reason::of_absence(&line, session, day.mark(pupil.id, session).settled),
            },
        };
        let is_away = matches!(place, Place::Explained | Place::NotRequired);
        let told = if is_away { line.mark(session).by } else { None };
        let back = told.and_then(|event| match event.what {
            What::Reported(one, _) => reason::back(day, one),
            What::Register(_)
            | What::Arrival(_)
            | What::Lesson(..)
            | What::Departure(_)
            | What::Return(_)
            | What::Sighting(_)
            | What::Answer(_)
            | What::Decision(..) => None,
        });
        let code = day.mark(pupil.id, session).settled.map(|mark| mark.code);
        let (year, group) = (day.roll.year_of(pupil), pupil.group);
        BoardRow { pupil: pupil.id, year, group, place, code, why, back, out, expected }
    };
    Board { session, rows: day.on_roll().map(row).collect() }
}

/// The place of everybody in the account.
fn places(account: &Account) -> HashMap<PupilId, Place> {
    let Account { seen, explained, not_required, unexplained, blank } = account;
    let parts = [
        (seen, Place::In),
        (explained, Place::Explained),
        (not_required, Place::NotRequired),
        (unexplained, Place::Unexplained),
        (blank, Place::NoMark),
    ];
    parts.into_iter().flat_map(|(pupils, place)| pupils.iter().map(move |pupil| (*pupil, place))).collect()
}

impl Expected {
    fn at(what: Expectation, at: NaiveTime, now: NaiveTime) -> Expected {
        Expected { what, at, over: minutes_between(at, now) }
    }
}

impl Board {
    /// Whoever the filter admits, by name.
    pub fn admitted<'a>(&'a self, day: &'a Day, filter: &'a Filter) -> impl Iterator<Item = &'a BoardRow> {
        self.rows.iter().filter(|row| filter.admits(row, day))
    }

    /// How many of whom the filter admits are where.
    pub fn counts(&self, day: &Day, filter: &Filter) -> Counts {
        let rows: Vec<&BoardRow> = self.admitted(day, filter).collect();
        let of = |part| rows.iter().filter(|row| row.is_in(part)).count();
        let mut codes: Vec<(Code, usize)> = Vec::new();
        for code in rows.iter().filter(|row| row.place == Place::Explained).filter_map(|row| row.code) {
            match codes.iter_mut().find(|(one, _)| *one == code) {
                Some((_, count)) => *count += 1,
                None => codes.push((code, 1)),
            }
        }
        codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        Counts {
            roll: self.rows.len(),
            shown: rows.len(),
            places: Place::ALL.iter().map(|place| (*place, of(Part::At(*place)))).collect(),
            out: of(Part::Out),
            expected: of(Part::Expected),
            codes,
        }
    }
}

impl Counts {
    /// How many are in a part.
    pub fn of(&self, part: Part) -> usize {
        match part {
            Part::At(place) => self.places.iter().find(|(one, _)| *one == place).map_or(0, |(_, count)| *count),
            Part::Out => self.out,
            Part::Expected => self.expected,
        }
    }
}
