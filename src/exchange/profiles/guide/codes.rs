//! The marks of a table that are none of the national codes: each is asked about by itself.

use super::fit::{bare, is_known, is_no_mark};
use super::point::{About, Choice, Point};
use super::sample::Cells;
use crate::domain::code::{CodeRow, CodeTable, OnlyFor};
use crate::domain::incoming::RAW_MAX;

/// More different marks than any school has of its own.
const MARKS_MAX: usize = 40;

/// A point for each mark in `columns` that is no code, the most frequent first.
pub fn points(columns: &[&Cells], codes: &CodeTable) -> Vec<Point> {
    let mut found: Vec<(String, usize, u64)> = Vec::new();
    for value in columns.iter().flat_map(|cells| &cells.values) {
        let text = bare(&value.text);
        if is_no_mark(text) || is_known(text, codes) || text.chars().count() > RAW_MAX {
            continue;
        }
        match found.iter_mut().find(|(one, ..)| one == text) {
            Some((_, rows, line)) => (*rows, *line) = (*rows + value.rows, (*line).min(value.line)),
            None => found.push((text.to_owned(), value.rows, value.line)),
        }
    }
    found.sort_by_key(|(_, rows, line)| (std::cmp::Reverse(*rows), *line));
    let is_for_pupils = |row: &&CodeRow| row.until.is_none() && row.only_for != Some(OnlyFor::NoSinglePupil);
    let current = codes.rows().iter().filter(is_for_pupils).map(|row| Choice::Code(row.code));
    let choices: Vec<Choice> = [Choice::Wait, Choice::NoMark].into_iter().chain(current).collect();
    let point = |(mark, rows, line): (String, usize, u64)| Point {
        label: format!("mark “{mark}”"),
        key: mark.clone(),
        about: About::Code(mark),
        samples: Vec::new(),
        is_private: false,
        reason: match rows {
            1 => format!("once, on line {line}: no national code"),
            rows => format!("{rows} times, first on line {line}: no national code"),
        },
        is_named: false,
        likely: choices.len(),
        fitting: choices.len(),
        choices: choices.clone(),
        sure: None,
        answer: None,
    };
    found.into_iter().take(MARKS_MAX).map(point).collect()
}
