//! Which of our tables a file holds, and how it is laid out: told where only one fits, asked where several do or none.

use std::cmp::Reverse;

use super::columns::{Ground, points};
use super::fit::{Beside, Fit, are_numbers, fit};
use super::open::Opened;
use super::point::{About, Choice, Point, column};
use super::sample::Cells;
use super::words::Words;
use crate::domain::code::CodeTable;
use crate::exchange::kind::{KEYS, Kind, OF_MARKS};
use crate::exchange::profiles::Profiles;
use crate::exchange::profiles::bind::is_in_parts;
use crate::exchange::profiles::of_contacts::is_one;
use crate::exchange::profiles::profile::{HALVES, MARKS, Shape, plain_heading};

/// As much as a table lacks in which marks have no place.
const LOST: usize = 100;

/// The tables that a file may hold, the usual first.
fn all() -> Vec<(Kind, Shape)> {
    let marks = [Shape::Long, Shape::Day, Shape::Grid, Shape::String].map(|shape| (Kind::Marks, shape));
    let others = Kind::ALL.iter().filter(|kind| **kind != Kind::Marks).map(|kind| (*kind, Shape::Long));
    marks.into_iter().chain(others).collect()
}

/// Whether it is of a day's events, which have few columns that they cannot do without: they are offered behind the usual tables.
fn is_of_events(table: Choice) -> bool {
    matches!(table, Choice::Table(Kind::Calls | Kind::Arrivals | Kind::Messages, _))
}

/// What a table of that kind and shape cannot do without; of AM and PM one is enough.
pub fn needed(kind: Kind, shape: Shape) -> Vec<&'static str> {
    match shape {
        Shape::Long => kind.needed().to_vec(),
        Shape::Day => vec!["date"],
        Shape::Grid => Vec::new(),
        Shape::String => vec!["from", "until", "marks"],
    }
}

/// What of `settled` columns is missing of a table of that kind and shape, in our words.
pub fn missing(kind: Kind, shape: Shape, settled: &[&str]) -> Vec<&'static str> {
    let has = |column: &str| settled.contains(&column);
    let by_name = |column: &str| is_in_parts(kind, column, has);
    let mut missing: Vec<&str> = needed(kind, shape).into_iter().filter(|one| !has(one) && !by_name(one)).collect();
    if kind.names_pupils() && !KEYS.iter().any(|key| has(key)) {
        missing.push("admission_no or upn or mis_id");
    }
    if shape == Shape::Day && !HALVES.iter().any(|half| has(half)) {
        missing.push("am or pm");
    }
    missing
}

/// The point of the file itself.
pub fn point(table: &Opened, sessions: &[usize], known: (&Profiles, &CodeTable, &Beside)) -> Point {
    let (columns, (profiles, codes, beside)) = (&table.columns, known);
    let is_of_others = columns.iter().any(|one| {
        let plain = plain_heading(&one.heading);
        OF_MARKS.contains(&plain.as_str()) || HALVES.contains(&plain.as_str())
    });
    let is_of_contacts = columns.iter().any(|one| is_one(&plain_heading(&one.heading)));
    let is_told = |cells: &Cells, column: &str| matches!(fit(column, cells, codes, beside), Fit::Told(_));
    let has_strings = columns.iter().any(|one| is_told(one, MARKS));
    let has_marks = columns.iter().any(|one| is_told(one, "code")) || has_strings || sessions.len() > 1;
    let has_numbers = columns.iter().any(|one| are_numbers(one, beside));
    let has_sessions = columns.iter().any(|one| is_told(one, "session"));
    let mut found: Vec<Found> = Vec::new();
    for (kind, shape) in all() {
        if (shape == Shape::Grid) != (sessions.len() > 1)
            || (shape == Shape::String && !has_strings)
            || (kind == Kind::Pupils && (is_of_others || table.is_below_another))
        {
            continue;
        }
        let ground =
            Ground { kind, words: Words::new(profiles, kind, shape), codes, beside, needed: needed(kind, shape) };
        let points = points(columns, sessions, &ground);
        let sure: Vec<&str> = points.iter().filter_map(certain).collect();
        let likely = points.iter().flat_map(|one| one.choices.iter().take(one.likely));
        let likely: Vec<&str> = likely.filter_map(|one| column(Some(*one))).collect();
        let lacks = missing(kind, shape, &sure).len();
        let may_lack = missing(kind, shape, &likely).len();
        // Marks taken for a list of pupils would be lost.
        let is_of_marks = matches!(kind, Kind::Marks | Kind::Lessons);
        let has_place = !has_sessions || ground.words.columns().contains(&"session");
        // So would be pupils' names, where those of parents are taken for them.
        let are_lost = (has_marks && !is_of_marks) || (has_strings && shape != Shape::String);
        let loses =
            if are_lost || (is_of_contacts && kind == Kind::Pupils) { LOST } else { usize::from(!has_place) * 2 };
        let table = Choice::Table(kind, shape);
        found.push(Found { table, lacks: lacks + loses, may_lack: may_lack + loses, knows: sure.len() });
    }
    // Of tables that lack as little, the one that knows more of the columns is likelier.
    found.sort_by_key(|one| (one.lacks, one.may_lack, Reverse(one.knows)));
    let mut is_sure = match found.as_slice() {
        [first, second, ..] if first.lacks == 0 => second.lacks > 0 || first.knows > second.knows,
        [first, second, ..] => has_marks && first.may_lack == 0 && first.lacks + 1 < second.lacks,
        [first] => first.lacks == 0,
        [] => false,
    };
    // What an import reads already is that.
    let known = table.known_as.as_deref().and_then(|name| profiles.named(name));
    let known = known.map(|profile| Choice::Table(profile.kind, profile.shape));
    if let Some(place) = known.and_then(|known| found.iter().position(|one| one.table == known)) {
        found.get_mut(..=place).into_iter().for_each(|some| some.rotate_right(1));
        is_sure &= place == 0;
    } else if !is_sure {
        found.sort_by_key(|one| (one.lacks / LOST, is_of_events(one.table), Reverse(one.knows), one.lacks));
    }
    let possible: Vec<Choice> = found.iter().map(|one| one.table).collect();
    let likely = found.iter().filter(|one| one.may_lack == 0).count();
    let known = known.filter(|known| possible.first() == Some(known));
    let sure = known.or_else(|| possible.first().copied().filter(|_| is_sure));
    let reason = match sure {
        Some(_) if known.is_some() && !is_sure => "it is read so already".to_owned(),
        Some(Choice::Table(Kind::Marks, Shape::Grid)) => format!("{} headings are sessions", sessions.len()),
        Some(_) if found.first().is_some_and(|one| one.lacks > 0) => {
            "marks stand in it, and what else these need may be there".to_owned()
        }
        Some(_) => "all the columns that these need are there, and those of nothing else".to_owned(),
        None if !has_numbers => "no column could be a pupil's number, and nobody is known by name alone".to_owned(),
        None if likely > 0 => "what these need may be there, but that is not certain".to_owned(),
        None => "the columns do not say".to_owned(),
    };
    Point {
        about: About::File,
        label: "The file".to_owned(),
        key: table.file.clone(),
        samples: vec![table.described.clone()],
        is_private: false,
        reason,
        is_named: false,
        likely: possible.len(),
        fitting: possible.len(),
        choices: possible,
        sure,
        answer: None,
    }
}

/// The column of ours that a point is, if that is certain, though it may be asked which comes first in its dates.
fn certain(point: &Point) -> Option<&'static str> {
    let likely = || match point.choices.get(..point.likely)? {
        [Choice::Column(one, _), Choice::Column(other, _), Choice::LeftOut] if one == other => Some(*one),
        _ => None,
    };
    column(point.sure).or_else(likely)
}

/// A table that the file may hold.
struct Found {
    table: Choice,
    /// How much it lacks of what it needs, by what is certain.
    lacks: usize,
    /// And by what is likely.
    may_lack: usize,
    /// Of how many columns it is certain.
    knows: usize,
}
