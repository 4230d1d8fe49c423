//! The guide: what the columns of a table are, proposed with reasons and asked where that is not certain; then written down as a
//! profile. Nothing here draws or prints.

mod answers;
mod codes;
mod columns;
mod draft;
mod fit;
mod given;
mod open;
mod order;
mod point;
mod sample;
mod save;
mod tables;
#[cfg(test)]
mod tests;
mod trial;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::Profiles;
use super::profile::{Dates, HALVES, Profile, plain_heading};
use crate::domain::code::CodeTable;
use crate::domain::school::roll::Roll;
use crate::exchange::fault::ReadFault;
use crate::exchange::kind::Kind;
pub use answers::Answers;
use columns::Ground;
use fit::Beside;
use open::Opened;
use order::told;
use point::column;
pub use point::{About, Choice, Point};
pub use save::NotKept;
pub use trial::Trial;
use words::Words;

/// Headings of sessions that are shown.
const SAMPLES: usize = 6;

/// A table being taught.
#[derive(Clone)]
pub struct Guide {
    path: PathBuf,
    table: Opened,
    roll: Arc<Roll>,
    codes: Arc<CodeTable>,
    profiles: Profiles,
    today: NaiveDate,
    answers: BTreeMap<About, Choice>,
}

impl Guide {
    /// For the file at `path`, beside what the school has. The error says what the file is, where it is no table, or needs no profile.
    pub fn open(
        path: &Path,
        (roll, codes): (Arc<Roll>, Arc<CodeTable>),
        profiles: Profiles,
        today: NaiveDate,
    ) -> Result<Guide, ReadFault> {
        let table = open::open(path, &profiles)?;
        Ok(Guide { path: path.to_owned(), table, roll, codes, profiles, today, answers: BTreeMap::new() })
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.table.file
    }

    /// How it lies: "36 rows, parted by commas, 3 lines above the headings left out".
    pub fn describe(&self) -> &str {
        &self.table.described
    }

    /// The profile that fits it already, if one does.
    pub fn known_as(&self) -> Option<&str> {
        self.table.known_as.as_deref()
    }

    /// That it is read already, and what saving does then: a sentence, where it is.
    pub fn describe_known(&self) -> Option<String> {
        let name = self.known_as()?;
        Some(match self.has(name) {
            true => format!("Read already, by the school's profile {name}: save under that name to change it."),
            false => format!("Read already, by the profile {name}: what you save goes before it."),
        })
    }

    /// Whether there are answers.
    pub fn is_answered(&self) -> bool {
        !self.answers.is_empty()
    }

    /// Answer what `about` is about. What was answered of the columns goes where the file turns out to be something else.
    pub fn answer(&mut self, about: About, choice: Choice) {
        if about == About::File && self.kind() != Some(choice) {
            self.answers.clear();
        }
        self.answers.insert(about, choice);
    }

    /// What the file holds, as far as that is settled.
    fn kind(&self) -> Option<Choice> {
        self.points().first().and_then(Point::settled)
    }

    /// Everything that is to be settled: the file, its columns, its sessions, its marks that are no codes.
    pub fn points(&self) -> Vec<Point> {
        let places: Vec<usize> = self.table.sessions.iter().map(|(place, _)| *place).collect();
        let beside = Beside::new(&self.roll);
        let file = tables::point(&self.table, &places, (&self.profiles, &self.codes, &beside));
        let mut points = vec![self.answered(file)];
        let Some(Choice::Table(kind, shape)) = points.first().and_then(Point::settled) else { return points };
        let (words, needed) = (Words::new(&self.profiles, kind, shape), tables::needed(kind, shape));
        let ground = Ground { kind, words, codes: &self.codes, beside: &beside, needed };
        let columns = columns::points(&self.table.columns, &places, &ground);
        points.extend(columns.into_iter().map(|point| self.answered(point)));
        points.extend(self.sessions().map(|point| self.answered(point)));
        let above = given::above((kind, shape), &self.table, &self.profiles, &points);
        points.extend(above.into_iter().map(|point| self.answered(point)));
        let given = given::points(kind, shape, &points, &self.codes);
        points.extend(given.into_iter().map(|point| self.answered(point)));
        let marked: Vec<_> = match kind {
            Kind::Marks | Kind::Lessons => self.marked(&points),
            Kind::Pupils
            | Kind::Contacts
            | Kind::Flags
            | Kind::Calendar
            | Kind::Arrangements
            | Kind::Calls
            | Kind::Arrivals
            | Kind::Messages => Vec::new(),
        };
        let marks: Vec<Point> =
            codes::points(&marked, &self.codes).into_iter().map(|point| self.answered(point)).collect();
        points.extend(marks);
        if kind == Kind::Marks {
            points.push(self.answered(given::source(&self.table, &self.profiles)));
        }
        points
    }

    /// The columns that hold marks, as far as that is settled.
    fn marked(&self, points: &[Point]) -> Vec<&sample::Cells> {
        let is_of_marks =
            |point: &&Point| column(point.settled()).is_some_and(|ours| ours == "code" || HALVES.contains(&ours));
        let columns = points.iter().filter(is_of_marks).filter_map(|point| match &point.about {
            About::Column(place) => Some(*place),
            About::File | About::Sessions | About::Code(_) | About::Above(_) | About::Given(_) | About::Source => None,
        });
        let sessions = self.table.sessions.iter().map(|(place, _)| *place);
        columns.chain(sessions).filter_map(|place| self.table.columns.get(place)).collect()
    }

    fn answered(&self, mut point: Point) -> Point {
        point.answer = self.answers.get(&point.about).copied().filter(|choice| point.choices.contains(choice));
        point
    }

    /// The point of the columns of sessions, where there are any.
    fn sessions(&self) -> Option<Point> {
        let (first, last) = (self.table.sessions.first()?, self.table.sessions.last()?);
        let dates = |text: &str| {
            text.split([' ', '_', '(', ')']).find(|part| part.contains('/')).unwrap_or_default().to_owned()
        };
        let parts: Vec<String> = self.table.sessions.iter().map(|(_, heading)| dates(heading)).collect();
        let told = told(parts.iter().map(String::as_str));
        let (choices, sure): (Vec<Choice>, _) = match told.dates() {
            Some(dates) => (vec![Choice::Sessions(dates)], Some(Choice::Sessions(dates))),
            None => ([Dates::DayFirst, Dates::MonthFirst].map(Choice::Sessions).to_vec(), None),
        };
        let many = self.table.sessions.len();
        let is_dated = parts.iter().any(|part| !part.is_empty());
        Some(Point {
            about: About::Sessions,
            label: format!("{} to {}", first.1, last.1),
            key: "sessions".to_owned(),
            samples: self.table.sessions.iter().take(SAMPLES).map(|(_, heading)| heading.clone()).collect(),
            is_private: false,
            reason: if is_dated {
                format!("{many} columns of sessions; {}", told.describe())
            } else {
                format!("{many} columns of sessions")
            },
            is_named: true,
            likely: choices.len(),
            fitting: choices.len(),
            choices,
            sure,
            answer: None,
        })
    }

    /// Take the answers of a file of answers. The error is a sentence about the first that does not fit.
    pub fn take(&mut self, answers: &Answers) -> Result<(), String> {
        answers::take(self, answers)
    }

    /// A choice in an officer's words: a national code with what it means.
    pub fn describe_choice(&self, choice: Choice) -> String {
        match choice {
            Choice::Code(code) => {
                let meaning = self.codes.row(code).map(|row| row.meaning.as_str()).unwrap_or_default();
                format!("{code}  {meaning}")
            }
            _ => choice.describe(),
        }
    }

    /// Why there can be no profile yet: a sentence each.
    pub fn faults(&self) -> Vec<String> {
        draft::faults(&self.points())
    }

    /// The profile `name` as it stands, called `what` in reports.
    pub fn profile(&self, name: &str, what: Option<&str>) -> Result<Profile, String> {
        let points = self.points();
        if let Some(fault) = draft::faults(&points).into_iter().next() {
            return Err(fault);
        }
        let kind = match points.first().and_then(Point::settled) {
            Some(Choice::Table(kind, _)) => Some(kind),
            _ => None,
        };
        let what = what.map_or_else(|| draft::what(kind, &self.table.file), str::to_owned);
        let text = draft::text(&points, &self.table.columns, &what)?;
        let text = format!("# Written by the guide, from the headings of {}.\n{text}", self.table.file);
        Profile::parse(name, &text, true)
    }

    /// The name that is offered for the profile: that of the one that it has to replace; else that of the file, without signs.
    pub fn name(&self) -> String {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = match save::name_of(&stem) {
            name if name.is_empty() => "table".to_owned(),
            name if self.profiles.is_built_in(&name) => format!("our-{name}"),
            name => name,
        };
        let rivals = self.profile(&name, None).map(|profile| self.rivals(&profile)).unwrap_or_default();
        rivals.into_iter().next().unwrap_or(name)
    }

    /// The school's other profiles that fit this file as well as `profile`.
    fn rivals(&self, profile: &Profile) -> Vec<String> {
        self.profiles.rivals(profile, &self.table.layout)
    }

    /// What the file would bring if it were read by `profile`.
    pub fn try_out(&self, profile: &Profile) -> Result<Trial, ReadFault> {
        trial::try_out(self, profile)
    }

    /// Whether the school has a profile called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.profiles.named(name).is_some_and(|one| one.is_own)
    }

    /// Keep `profile` in `folder`, in place of one of its name only where `replaces` says so; not beside another of the school's own that
    /// fits the file as well. Gives back where it is.
    pub fn keep(&self, profile: &Profile, folder: &Path, replaces: bool) -> Result<PathBuf, NotKept> {
        if self.profiles.is_built_in(&profile.name) {
            return Err(NotKept::BuiltIn(profile.name.clone()));
        }
        match self.profiles.rivals(&Profile { name: String::new(), ..profile.clone() }, &self.table.layout).as_slice() {
            [] => {}
            [one] if *one == profile.name => {}
            [one] => return Err(NotKept::Rival(one.clone())),
            several => return Err(NotKept::Rivals(several.to_vec())),
        }
        save::keep(profile, folder, replaces)
    }
}
