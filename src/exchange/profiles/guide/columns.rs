//! What each column is proposed to be: by its heading, by what stands in it, and asked where both do not say.

use super::fit::{Beside, Fit, fit, is_private};
use super::order::Told;
use super::point::{About, Choice, Point, called, first_of};
use super::sample::Cells;
use super::words::{Word, Words};
use crate::domain::code::CodeTable;
use crate::exchange::kind::{KEYS, Kind};
use crate::exchange::profiles::profile::{Dates, NAME, WEEK};

/// Our columns that hold dates.
const DATES: [&str; 6] = ["date", "from", "until", "review", "date_of_birth", WEEK];
/// Different cells of a column that are shown.
const SAMPLES: usize = 6;

/// What is known where columns are proposed.
pub struct Ground<'g> {
    /// The kind of the table.
    pub kind: Kind,
    /// Its headings.
    pub words: Words<'g>,
    /// The national codes.
    pub codes: &'g CodeTable,
    /// The roll.
    pub beside: &'g Beside,
    /// What the table cannot do without.
    pub needed: Vec<&'static str>,
}

/// What is thought of a column at first.
struct Thought {
    /// What it is, if that is certain, and how surely: less is surer.
    sure: Option<(&'static str, usize)>,
    is_left_out: bool,
    reason: String,
    likely: Vec<&'static str>,
    open: Vec<&'static str>,
}

/// A point for each of `columns`, at its place; those of `sessions` are no columns of their own.
pub fn points(columns: &[Cells], sessions: &[usize], ground: &Ground<'_>) -> Vec<Point> {
    let is_there = |place: usize, cells: &Cells| {
        let is_empty = cells.heading.is_empty() && cells.values.is_empty();
        !is_empty && !sessions.contains(&place)
    };
    let shown: Vec<(usize, &Cells)> =
        columns.iter().enumerate().filter(|(place, cells)| is_there(*place, cells)).collect();
    let mut thoughts: Vec<Thought> = shown.iter().map(|(_, cells)| think(cells, ground)).collect();
    apart(&mut thoughts);
    let taken: Vec<&str> = thoughts.iter().filter_map(|one| one.sure.map(|(column, _)| column)).collect();
    let lead = lead(&shown, &thoughts);
    let has_key = KEYS.iter().any(|key| taken.contains(key));
    let is_missing = |column: &&'static str| {
        let is_name = matches!(*column, "surname" | "forename" | NAME);
        let has_name = taken.contains(&NAME) || (taken.contains(&"surname") && taken.contains(&"forename"));
        match KEYS.contains(column) {
            true => !has_key,
            false if is_name && ground.kind == Kind::Pupils => !has_name && !taken.contains(column),
            false => ground.needed.contains(column) && !taken.contains(column),
        }
    };
    let point = |((place, cells), thought): ((usize, &Cells), Thought)| {
        let free = |column: &&'static str| !taken.contains(column);
        let mut likely: Vec<&'static str> = thought.likely.iter().copied().filter(free).collect();
        // What could be anything is asked about only while something is missing.
        let open: Vec<&'static str> =
            thought.open.iter().copied().filter(is_missing).filter(|one| !likely.contains(one)).collect();
        likely.extend(open);
        finished(place, cells, &thought, likely, (ground, lead.as_ref()))
    };
    shown.into_iter().zip(thoughts).map(point).collect()
}

/// What is thought of one column, for itself.
fn think(cells: &Cells, ground: &Ground<'_>) -> Thought {
    let fit = |column: &str| fit(column, cells, ground.codes, ground.beside);
    let all = ground.words.columns();
    let (mut likely, mut open, mut told) = (Vec::new(), Vec::new(), None);
    let mut reason = String::new();
    for column in all {
        match fit(column) {
            Fit::Told(why) => {
                told = told.or(Some((*column, why)));
            }
            // Small numbers and words are many things.
            Fit::Fits(why) if is_telling(column) => {
                if reason.is_empty() {
                    reason = why;
                }
                likely.push(*column);
            }
            Fit::Open | Fit::Fits(_) => open.push(*column),
            Fit::Misfits(_) => {}
        }
    }
    // A number that many rows of a list of pupils have is none of a pupil's own.
    if ground.kind == Kind::Pupils && !cells.are_each_once() {
        open.retain(|column| !KEYS.contains(column));
    }
    let named = format!("“{}”", cells.heading);
    let thought = |sure, is_left_out, reason, likely, open| Thought { sure, is_left_out, reason, likely, open };
    match ground.words.find(&cells.heading) {
        Some(Word::Column(column, rank)) => match fit(column) {
            Fit::Told(why) => thought(Some((column, 0)), false, why, likely, open),
            Fit::Fits(why) => thought(Some((column, 10 + rank)), false, format!("headed {named}: {why}"), likely, open),
            Fit::Open => thought(Some((column, 20 + rank)), false, format!("headed {named}"), likely, open),
            Fit::Misfits(why) => {
                let others = likely.into_iter().filter(|one| *one != column);
                let likely = std::iter::once(column).chain(told.map(|(column, _)| column)).chain(others).collect();
                thought(None, false, format!("headed {named}, but {why}"), likely, open)
            }
        },
        Some(Word::LeftOut) => thought(None, true, format!("{named} is known, and not needed"), likely, open),
        None => match told {
            Some((column, why)) => thought(Some((column, 5)), false, why, likely, open),
            None => thought(None, false, reason, likely, open),
        },
    }
}

/// Whether what fits a column tells something.
fn is_telling(column: &str) -> bool {
    !matches!(
        column,
        "minutes"
            | "order"
            | "surname"
            | "forename"
            | "name"
            | "preferred_surname"
            | "preferred_forename"
            | "do_not_contact"
            | "parental_responsibility"
    )
}

/// Of several columns that are the same one of ours, the surest is; if two are as sure, all are asked about.
fn apart(thoughts: &mut [Thought]) {
    let sure: Vec<Option<(&'static str, usize)>> = thoughts.iter().map(|one| one.sure).collect();
    for (place, thought) in thoughts.iter_mut().enumerate() {
        let Some((column, rank)) = thought.sure else { continue };
        let rivals = sure.iter().enumerate().filter(|(other, _)| *other != place);
        let best = rivals.filter_map(|(_, one)| one.filter(|(other, _)| *other == column).map(|(_, rank)| rank)).min();
        if best.is_some_and(|best| best <= rank) {
            thought.sure = None;
            thought.likely.insert(0, column);
            thought.reason = format!("{}; another column is the {} too", thought.reason, called(column));
        }
    }
}

/// Which comes first in the dates of the table, and the heading of the column that tells it: where one tells it, and none the other way.
fn lead(shown: &[(usize, &Cells)], thoughts: &[Thought]) -> Option<(Dates, String)> {
    let is_of_dates = |thought: &Thought| thought.sure.is_some_and(|(column, _)| DATES.contains(&column));
    let dated = shown.iter().zip(thoughts).filter(|(_, thought)| is_of_dates(thought));
    let told = dated.filter_map(|((_, cells), _)| Some((Told::of(cells).dates()?, cells.heading.clone())));
    let mut told = told.filter(|(dates, _)| *dates != Dates::Told);
    let first = told.next()?;
    told.all(|(dates, _)| dates == first.0).then_some(first)
}

/// The point of one column.
fn finished(
    place: usize,
    cells: &Cells,
    thought: &Thought,
    likely: Vec<&'static str>,
    (ground, lead): (&Ground<'_>, Option<&(Dates, String)>),
) -> Point {
    let told = Told::of(cells);
    let dated = |column: &'static str| -> Vec<Choice> {
        match (DATES.contains(&column), &told) {
            (true, Told::Both(..)) => Vec::new(),
            // A profile reads all dates of a table in one way, and so does an import.
            (true, Told::Open(_)) if lead.is_some() => {
                lead.map(|(dates, _)| Choice::Column(column, *dates)).into_iter().collect()
            }
            (true, Told::Open(_)) => {
                [Dates::DayFirst, Dates::MonthFirst].map(|dates| Choice::Column(column, dates)).to_vec()
            }
            (true, told) => vec![Choice::Column(column, told.dates().unwrap_or_default())],
            (false, _) => vec![Choice::Column(column, Dates::Told)],
        }
    };
    let first = thought.sure.map(|(column, _)| column).or(likely.first().copied());
    let is_private = is_private(cells, first, SAMPLES);
    let mut reason = thought.reason.clone();
    let about_dates = thought
        .sure
        .map(|(column, _)| column)
        .into_iter()
        .chain(likely.iter().copied())
        .any(|one| DATES.contains(&one));
    if about_dates {
        let said = match (&told, lead) {
            (Told::Open(_), Some((dates, heading))) => {
                format!("dates{}, as those of “{heading}” tell", first_of(*dates))
            }
            (told, _) => told.said(is_private),
        };
        reason = match thought.sure {
            Some(_) if reason.starts_with("headed") => format!("headed “{}”: {said}", cells.heading),
            _ => said,
        };
    }
    let sure = match thought.sure {
        Some((column, _)) => match dated(column).as_slice() {
            [] => Some(Choice::LeftOut),
            [one] => Some(*one),
            _ => None,
        },
        None if thought.is_left_out || (likely.is_empty()) => Some(Choice::LeftOut),
        None => None,
    };
    let asked = thought.sure.map(|(column, _)| column).into_iter().chain(likely);
    let mut choices: Vec<Choice> = asked.flat_map(dated).collect();
    if sure == Some(Choice::LeftOut) {
        choices.clear();
    }
    choices.push(Choice::LeftOut);
    if reason.is_empty() {
        reason = match (cells.values.is_empty(), choices.len()) {
            (true, _) => "nothing stands in it".to_owned(),
            (false, 1) => "no heading that is known, and nothing that is needed".to_owned(),
            (false, _) => "no heading that is known, and it could be what is still needed".to_owned(),
        };
    }
    let count = choices.len();
    // What cannot stand there goes behind what can.
    let cannot = |column: &str| matches!(fit(column, cells, ground.codes, ground.beside), Fit::Misfits(_));
    let (may, others): (Vec<&'static str>, Vec<&'static str>) =
        ground.words.columns().iter().partition(|column| !cannot(column));
    for column in may {
        choices.extend(dated(column).into_iter().filter(|one| !choices.contains(one)).collect::<Vec<_>>());
    }
    let fitting = choices.len();
    for column in others {
        choices.extend(dated(column).into_iter().filter(|one| !choices.contains(one)).collect::<Vec<_>>());
    }
    Point {
        about: About::Column(place),
        label: if cells.heading.is_empty() { format!("column {}", place + 1) } else { cells.heading.clone() },
        key: key(place, cells),
        samples: cells.values.iter().take(SAMPLES).map(|one| one.text.clone()).collect(),
        is_private,
        is_named: thought.sure.is_some(),
        reason,
        likely: count,
        fitting,
        choices,
        sure,
        answer: None,
    }
}

/// By what a file of answers names a column: its heading, with its number where that is there more than once.
pub fn key(place: usize, cells: &Cells) -> String {
    match (cells.heading.is_empty(), cells.which) {
        (true, _) => format!("column {}", place + 1),
        (false, Some(which)) => format!("{} #{which}", cells.heading),
        (false, None) => cells.heading.clone(),
    }
}
