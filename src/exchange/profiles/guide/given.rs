//! What a profile says beside its columns: what the table above the list tells, what is the same in every row where no column has it, and
//! whose files these are.

use super::open::Opened;
use super::point::{About, Choice, Point, column};
use super::words::{Word, Words};
use crate::domain::code::{Code, CodeTable};
use crate::exchange::kind::{KEYS, Kind};
use crate::exchange::profiles::Profiles;
use crate::exchange::profiles::personal::has_number_or_mail;
use crate::exchange::profiles::profile::{AS_IT_STANDS, Dates, ORDER, Shape, plain_heading};

/// Our column into which whatever else is told goes.
const NOTE: &str = "note";
/// The sessions, as our own files have them.
const SESSIONS: [&str; 2] = ["AM", "PM"];

/// The headings of the table of one row that stands above the list, where one of them is known: each is a column of ours, or left out.
/// What a column of `points` has already is left out.
pub fn above((kind, shape): (Kind, Shape), table: &Opened, profiles: &Profiles, points: &[Point]) -> Vec<Point> {
    let rows = table.layout.cells_above.as_slice();
    let ([.., headings, row], Shape::Long) = (rows, shape) else { return Vec::new() };
    let words = Words::new(profiles, kind, shape);
    let in_profiles = |plain: &String| {
        let above = profiles.iter().filter(|one| one.kind == kind).flat_map(|one| &one.above);
        above.filter(|(ours, _)| **ours != NOTE).find(|(_, all)| all.contains(plain)).map(|(ours, _)| *ours)
    };
    let in_words = |heading: &str| match words.find(heading) {
        Some(Word::Column(ours, _)) => Some(ours),
        Some(Word::LeftOut) | None => None,
    };
    let known = |heading: &str| {
        let found = in_profiles(&plain_heading(heading)).or_else(|| in_words(heading));
        found.filter(|ours| !KEYS.contains(ours))
    };
    if !headings.iter().any(|heading| known(heading).is_some()) {
        return Vec::new();
    }
    let column_of = |ours: &'static str| Choice::Column(ours, Dates::Told);
    let is_there = |ours: &str| points.iter().any(|point| column(point.settled()) == Some(ours));
    let cells = headings.iter().zip(row).enumerate().filter(|(_, (heading, _))| !heading.trim().is_empty());
    cells
        .map(|(place, (heading, cell))| {
            let ours = known(heading).filter(|ours| !is_there(ours));
            let others = words.columns().iter().filter(|one| !KEYS.contains(one) && Some(**one) != ours);
            let likely = ours.map(column_of).into_iter().chain([Choice::LeftOut]);
            let reason = match ours {
                Some(_) => "it stands in the table above the list, and is so for every row",
                None => "it stands in the table above the list, and is not needed",
            };
            Point {
                about: About::Above(place),
                key: heading.trim().to_owned(),
                samples: vec![cell.trim().to_owned()],
                is_private: has_number_or_mail(cell),
                is_named: ours.is_some(),
                reason: reason.to_owned(),
                likely: if ours.is_some() { 2 } else { 1 },
                sure: Some(ours.map_or(Choice::LeftOut, column_of)),
                ..point("", heading.trim(), likely.chain(others.copied().map(column_of)).collect())
            }
        })
        .collect()
}

/// What no column of `points` has, and every row needs.
pub fn points(kind: Kind, shape: Shape, points: &[Point], codes: &CodeTable) -> Vec<Point> {
    let is_likely = |point: &Point, ours: &str| {
        point.is_open() && point.choices.iter().take(point.likely).any(|one| column(Some(*one)) == Some(ours))
    };
    let is_there =
        |ours: &str| points.iter().any(|point| column(point.settled()) == Some(ours) || is_likely(point, ours));
    match (kind, shape) {
        (Kind::Marks, Shape::Long) if !is_there("session") => {
            let choices = SESSIONS.map(|session| Choice::Given("session", session)).to_vec();
            let reason = "no column says AM or PM: it is the same in every row";
            vec![Point { reason: reason.to_owned(), ..point("session", "AM or PM", choices) }]
        }
        (Kind::Arrangements, _) if !is_there("code") => {
            let arranged = codes.rows().iter().filter(|row| row.arranged.is_some());
            let choices: Vec<Choice> = arranged.map(|row| Choice::Code(row.code)).collect();
            let reason = "no column is the code of the arrangement: it is the same in every row";
            vec![Point { reason: reason.to_owned(), ..point("code", "The code", choices) }]
        }
        (Kind::Contacts, _) if !is_there(ORDER) => {
            let choice = Choice::Given(ORDER, AS_IT_STANDS);
            let reason =
                "no column is the order: each pupil's contacts are rung in the order in which they stand in the file";
            let one = point(ORDER, "Calling order", vec![choice]);
            vec![Point { reason: reason.to_owned(), sure: Some(choice), is_named: true, ..one }]
        }
        _ => Vec::new(),
    }
}

/// Whose files of marks these are, where neither the file nor the profile that reads it already says.
pub fn source(table: &Opened, profiles: &Profiles) -> Point {
    let known = table.known_as.as_deref().and_then(|name| profiles.named(name));
    let own = known.filter(|profile| profile.is_own || profile.from_mis).map(|profile| profile.from_mis);
    let sure = own.or(table.is_report.then_some(true));
    let sure = sure.map(|is| if is { Choice::OfMis } else { Choice::NotOfMis });
    let reason = match (own, sure) {
        (Some(_), _) => "it is read so already",
        (None, Some(_)) => "it is a report of your own system",
        (None, None) => "what your own system tells is not handed back to it, and what anybody else's file changes is",
    };
    let choices = vec![Choice::OfMis, Choice::NotOfMis];
    Point { about: About::Source, reason: reason.to_owned(), sure, ..point("from-mis", "Whose files", choices) }
}

fn point(key: &'static str, label: &str, choices: Vec<Choice>) -> Point {
    Point {
        about: About::Given(key),
        label: label.to_owned(),
        key: key.to_owned(),
        samples: Vec::new(),
        is_private: false,
        is_named: false,
        reason: String::new(),
        likely: choices.len(),
        fitting: choices.len(),
        choices,
        sure: None,
        answer: None,
    }
}

/// The national code that is given, where a point is about one.
pub fn code_of(choice: Choice) -> Option<Code> {
    match choice {
        Choice::Code(code) => Some(code),
        Choice::Table(..)
        | Choice::Column(..)
        | Choice::Sessions(_)
        | Choice::LeftOut
        | Choice::NoMark
        | Choice::Wait
        | Choice::Given(..)
        | Choice::OfMis
        | Choice::NotOfMis => None,
    }
}
