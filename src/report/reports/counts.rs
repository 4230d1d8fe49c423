//! Marks counted for reports, by pupil, week and half-day: sessions of the calendar that have begun, of pupils on roll.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use hashbrown::{HashMap, HashSet};

use super::Only;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::Session;
use crate::domain::code::CodeTable;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// The marks of a date.
pub type Marks = HashMap<(PupilId, Session), Mark>;

/// Marks counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By pupil.
    pub pupils: HashMap<PupilId, Tally>,
    /// By week, named by its Monday.
    pub weeks: BTreeMap<NaiveDate, Tally>,
    /// By day of the week, from Monday's 0, and session.
    pub half_days: BTreeMap<(u32, Session), Tally>,
}

/// What some sessions add up to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// The sessions.
    pub figures: Figures,
    /// The weeks in which a session was missed.
    pub broken: HashSet<NaiveDate>,
}

/// What several pupils add up to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How many pupils.
    pub pupils: usize,
    /// Those who had sessions and missed none.
    pub full: usize,
    /// Those persistently absent, the severely among them.
    pub persistent: usize,
    /// Those severely absent.
    pub severe: usize,
    /// Weeks of pupils in which a session was missed.
    pub broken: usize,
    /// Their sessions.
    pub tally: Tally,
}

impl Tally {
    fn count(&mut self, mark: Option<Mark>, codes: &CodeTable) {
        self.figures.count(mark, codes);
    }

    fn add(&mut self, other: &Tally) {
        self.figures += other.figures;
    }
}

impl Counts {
    /// Count the sessions of a date that have begun, of whom `only` admits.
    pub fn date(&mut self, roll: &Roll, only: &Only, date: NaiveDate, begun: &[Session], marks: &Marks) {
        let week = monday(date).unwrap_or(date);
        for pupil in roll.pupils.iter().filter(|pupil| pupil.on_roll(date) && only.admits(roll, pupil)) {
            let own = self.pupils.entry(pupil.id).or_default();
            for session in begun {
                let mark = marks.get(&(pupil.id, *session)).copied();
                let absent = own.figures.absent();
                own.count(mark, &roll.codes);
                if own.figures.absent() > absent {
                    own.broken.insert(week);
                }
                self.weeks.entry(week).or_default().count(mark, &roll.codes);
                let day = date.weekday().days_since(Weekday::Mon);
                self.half_days.entry((day, *session)).or_default().count(mark, &roll.codes);
            }
        }
    }

    /// A pupil's figures.
    pub fn of(&self, pupil: PupilId) -> Figures {
        self.pupils.get(&pupil).map(|tally| tally.figures).unwrap_or_default()
    }

    /// The pupils in parts, each with what it adds up to.
    pub fn parts<K: Ord>(&self, roll: &Roll, part: impl Fn(&Pupil) -> K) -> BTreeMap<K, Sum> {
        let mut parts: BTreeMap<K, Sum> = BTreeMap::new();
        for (id, tally) in &self.pupils {
            let Some(pupil) = roll.pupil(*id) else { continue };
            let sum = parts.entry(part(pupil)).or_default();
            let figures = tally.figures;
            sum.pupils += 1;
            sum.full += usize::from(figures.possible > 0 && figures.absent() == 0);
            sum.persistent += usize::from(figures.is_persistent());
            sum.severe += usize::from(figures.is_severe());
            sum.broken += tally.broken.len();
            sum.tally.add(tally);
        }
        parts
    }

    /// What all of them add up to.
    pub fn whole(&self, roll: &Roll) -> Sum {
        self.parts(roll, |_| ()).remove(&()).unwrap_or_default()
    }
}
