//! Rows that are refused for one reason, said once: how many, on which lines, and what stood there.

use hashbrown::HashMap;

use super::Reject;
use crate::domain::counted::counted;

/// So many values, and so many stretches of lines, are named of rows that are alike.
const NAMED: usize = 3;
const STRETCHES: usize = 6;

/// Rows of one file that are refused for one reason, by the same column.
#[derive(Debug)]
pub struct Alike<'r> {
    first: &'r Reject,
    lines: Vec<u64>,
    values: Vec<&'r str>,
}

/// `rejects` with those together that are alike, each where the first of them stands.
pub fn together(rejects: &[Reject]) -> Vec<Alike<'_>> {
    let mut all: Vec<Alike<'_>> = Vec::new();
    let mut places: HashMap<[&str; 3], usize> = HashMap::new();
    for one in rejects {
        let place = *places.entry([&one.place.file, &one.column, &one.reason]).or_insert(all.len());
        match all.get_mut(place) {
            Some(alike) => {
                alike.lines.push(one.place.line);
                if !alike.values.contains(&one.value.as_str()) {
                    alike.values.push(&one.value);
                }
            }
            None => all.push(Alike { first: one, lines: vec![one.place.line], values: vec![&one.value] }),
        }
    }
    all
}

impl Alike<'_> {
    /// How many rows.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// "pupils.csv line 4, upn “X”: …" of one row; of several "marks.csv, 36 rows (lines 2 to 37), pupil “arbor 1101” and 8 others: …".
    /// Line 0 is the whole file.
    pub fn text(&self) -> String {
        let Reject { place, column, reason, .. } = self.first;
        let place = match (self.count(), place.line) {
            (1, 0) => place.file.clone(),
            (1, line) => format!("{} line {line}", place.file),
            (many, _) => format!("{}, {} ({})", place.file, counted(many, "row"), stretches(&self.lines)),
        };
        let others = self.values.len().saturating_sub(NAMED);
        let named: Vec<String> = self.values.iter().take(NAMED).map(|value| format!("“{value}”")).collect();
        let values = match (column.is_empty(), others) {
            (true, _) => String::new(),
            (false, 0) => format!(", {column} {}", named.join(", ")),
            (false, others) => format!(", {column} {} and {}", named.join(", "), counted(others, "other")),
        };
        format!("{place}{values}: {reason}")
    }
}

/// "lines 2 to 9, 12 and 14", in order; of many stretches the first.
fn stretches(lines: &[u64]) -> String {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    let all: Vec<String> = lines
        .chunk_by(|one, next| next - one <= 1)
        .filter_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
        })
        .collect();
    match all.split_last() {
        Some((_, rest)) if rest.len() >= STRETCHES => {
            format!("lines {} and others", all.iter().take(STRETCHES).cloned().collect::<Vec<_>>().join(", "))
        }
        Some((last, rest)) if !rest.is_empty() => format!("lines {} and {last}", rest.join(", ")),
        Some((last, _)) if last.contains(' ') => format!("lines {last}"),
        Some((last, _)) => format!("line {last}"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::Place;

    fn reject(line: u64, value: &str, reason: &str) -> Reject {
        let place = Place { file: "marks.csv".to_owned(), line };
        Reject { place, column: "pupil".to_owned(), value: value.to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn rows_that_are_alike_are_said_once_and_others_by_themselves() {
        let rejects = [
            reject(2, "arbor 1", "unknown"),
            reject(3, "arbor 1", "unknown"),
            reject(4, "9", "not on roll"),
            reject(6, "arbor 2", "unknown"),
            reject(9, "arbor 3", "unknown"),
            reject(8, "arbor 4", "unknown"),
        ];
        let texts: Vec<String> = together(&rejects).iter().map(Alike::text).collect();
        assert_eq!(
            texts,
            [
                "marks.csv, 5 rows (lines 2 to 3, 6 and 8 to 9), pupil “arbor 1”, “arbor 2”, “arbor 3” and 1 other: unknown",
                "marks.csv line 4, pupil “9”: not on roll",
            ]
        );
    }

    #[test]
    fn of_many_stretches_of_lines_the_first_are_named() {
        let rejects: Vec<Reject> = (1..20).map(|line| reject(2 * line, "x", "unknown")).collect();
        let texts: Vec<String> = together(&rejects).iter().map(Alike::text).collect();
        assert_eq!(texts, ["marks.csv, 19 rows (lines 2, 4, 6, 8, 10, 12 and others), pupil “x”: unknown"]);
        let whole = Reject { column: String::new(), ..reject(0, "", "no table") };
        assert_eq!(together(&[whole])[0].text(), "marks.csv: no table");
        assert_eq!(stretches(&[3, 3]), "line 3");
    }
}
