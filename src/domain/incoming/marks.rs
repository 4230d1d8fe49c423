//! The marks that files bring in, held small: a few years of a large school are two million of them.

use std::hash::Hash;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::{IncomingMark, Place, PupilKey};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;

/// Marks and where each was read, in order. Whom rows name, and which file and teacher, is held once.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Marks {
    rows: Vec<Row>,
    pupils: Named<PupilKey>,
    sources: Named<Source>,
}

/// One row, as it is held.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Row {
    pupil: u32,
    source: u32,
    line: u32,
    date: NaiveDate,
    minutes: Option<u16>,
    code: Code,
    session: Session,
}

/// The file of a row, and who took the register.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Source {
    file: String,
    by: Option<String>,
}

/// One row, to look at.
#[derive(Clone, Copy, Debug)]
pub struct OneMark<'m> {
    /// Whose: the place of the key in [`Marks::pupils`].
    pub pupil: usize,
    /// Which session.
    pub at: SessionDate,
    /// The mark.
    pub mark: Mark,
    /// Who took it, if the file says.
    pub by: Option<&'m str>,
    /// File name, without its folder.
    pub file: &'m str,
    /// Line, from 1.
    pub line: u64,
}

impl OneMark<'_> {
    /// Where it was read.
    pub fn place(&self) -> Place {
        Place { file: self.file.to_owned(), line: self.line }
    }
}

impl Marks {
    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Add one.
    pub fn push(&mut self, (place, one): (Place, IncomingMark)) {
        let (pupil, source) = (self.number_of(one.pupil), self.source(&place.file, one.by.as_deref()));
        self.add(pupil, source, place.line, one.at, one.mark);
    }

    /// The number of a way to name a pupil: its place in [`Marks::pupils`].
    pub fn number_of(&mut self, pupil: PupilKey) -> u32 {
        self.pupils.place(pupil)
    }

    /// The number of a file and of who took the register.
    pub fn source(&mut self, file: &str, by: Option<&str>) -> u32 {
        self.sources.place(Source { file: file.to_owned(), by: by.map(str::to_owned) })
    }

    /// Add one whose pupil and source have numbers already. Minutes beyond what 16 bits hold are held as the most they do.
    pub fn add(&mut self, pupil: u32, source: u32, line: u64, at: SessionDate, mark: Mark) {
        let minutes = mark.minutes.map(|minutes| u16::try_from(minutes.max(0)).unwrap_or(u16::MAX));
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.rows.push(Row { pupil, source, line, date: at.date, minutes, code: mark.code, session: at.session });
    }

    /// How the rows name their pupils: each way once, in the order they came.
    pub fn pupils(&self) -> &[PupilKey] {
        &self.pupils.all
    }

    /// The same rows, their pupils named by `pupils`: each in the place of the way that it stands for.
    pub fn renamed(self, pupils: Vec<PupilKey>) -> Marks {
        let places = pupils.iter().cloned().zip(0..).collect();
        Marks { pupils: Named { all: pupils, places }, ..self }
    }

    /// The names of their files; one may come several times.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.sources.all.iter().map(|source| source.file.as_str())
    }

    /// The row at `index`.
    pub fn get(&self, index: usize) -> Option<OneMark<'_>> {
        let row = self.rows.get(index)?;
        let source = self.sources.all.get(row.source as usize)?;
        Some(OneMark {
            pupil: row.pupil as usize,
            at: SessionDate::new(row.date, row.session),
            mark: Mark { code: row.code, minutes: row.minutes.map(i64::from) },
            by: source.by.as_deref(),
            file: &source.file,
            line: u64::from(row.line),
        })
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl Iterator<Item = OneMark<'_>> {
        (0..self.rows.len()).filter_map(|index| self.get(index))
    }

    /// Every row as it was added.
    pub fn iter(&self) -> impl Iterator<Item = (Place, IncomingMark)> {
        self.rows().filter_map(|one| {
            let (pupil, by) = (self.pupils.all.get(one.pupil)?.clone(), one.by.map(str::to_owned));
            Some((one.place(), IncomingMark { pupil, at: one.at, mark: one.mark, by }))
        })
    }
}

impl FromIterator<(Place, IncomingMark)> for Marks {
    fn from_iter<I: IntoIterator<Item = (Place, IncomingMark)>>(all: I) -> Marks {
        let mut marks = Marks::default();
        all.into_iter().for_each(|one| marks.push(one));
        marks
    }
}

impl From<Vec<(Place, IncomingMark)>> for Marks {
    fn from(all: Vec<(Place, IncomingMark)>) -> Marks {
        all.into_iter().collect()
    }
}

/// What many rows name, each held once and found by its number.
#[derive(Clone, PartialEq, Debug)]
struct Named<T: Eq + Hash> {
    all: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T: Eq + Hash> Default for Named<T> {
    fn default() -> Named<T> {
        Named { all: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Named<T> {
    fn place(&mut self, one: T) -> u32 {
        if let Some(place) = self.places.get(&one) {
            return *place;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(one.clone());
        self.places.insert(one, place);
        place
    }
}

const _: () = assert!(size_of::<Row>() <= 24);
