//! The changes as a table in the columns of a profile: what it reads, written as it would be read.

use hashbrown::HashMap;

use super::exactly_as_csv;
use crate::domain::code::Code;
use crate::domain::facts::handback::MarkChange;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::exchange::kind::{KEYS, Kind};
use crate::exchange::profiles::{Dates, Profile, Shape};
use crate::render::guard::runs;

/// The columns that are written, in this order, where the profile has them.
const WRITTEN: [&str; 7] = ["mis_id", "admission_no", "upn", "date", "session", "code", "minutes"];

/// The columns of one profile.
pub struct Columns<'p> {
    profile: &'p Profile,
    /// Our column, and its heading there.
    columns: Vec<(&'static str, String)>,
}

impl<'p> Columns<'p> {
    /// Those of `profile`; why it has none for marks, in a sentence.
    pub fn of(profile: &'p Profile) -> Result<Columns<'p>, String> {
        let name = &profile.name;
        if profile.kind != Kind::Marks || profile.shape != Shape::Long {
            return Err(format!(
                "profile {name} is of {}: marks are handed back in the columns of a profile that has a row for each session",
                profile.what
            ));
        }
        if !profile.only.is_empty() {
            return Err(format!("profile {name} takes some rows only, and what stands in them is not ours to say"));
        }
        let mut columns = Vec::new();
        for column in WRITTEN {
            let Some((_, heading)) = profile.headings.iter().find(|(one, _)| *one == column) else { continue };
            let Some(heading) = heading else {
                return Err(format!(
                    "profile {name} knows the column {column} by its place, which has no heading to write"
                ));
            };
            if runs(heading) {
                return Err(format!(
                    "profile {name} heads the column {column} with what a spreadsheet would run as a formula"
                ));
            }
            columns.push((column, heading.clone()));
        }
        let has = |column: &str| columns.iter().any(|(one, _)| *one == column);
        if let Some(missing) = ["date", "session", "code"].into_iter().find(|column| !has(column)) {
            return Err(format!("profile {name} has no column {missing}"));
        }
        Ok(Columns { profile, columns })
    }

    /// The row of a change; why it has none, in words that follow whose it is.
    pub fn row(
        &self,
        roll: &Roll,
        numbers: &HashMap<PupilId, String>,
        change: &MarkChange,
    ) -> Result<Vec<String>, String> {
        let pupil = roll.pupil(change.pupil);
        let mark = change.now.ok_or("is blank now, which a table of marks cannot say: take it away there by hand")?;
        let code = local(self.profile, mark.code)?;
        let cell = |column: &str| match column {
            "mis_id" => numbers.get(&change.pupil).cloned(),
            "admission_no" => pupil.and_then(|one| one.admission_no.clone()),
            "upn" => pupil.and_then(|one| one.upn.clone()),
            "date" => Some(match self.profile.dates {
                Dates::Told => change.at.date.to_string(),
                Dates::DayFirst => change.at.date.format("%d/%m/%Y").to_string(),
                Dates::MonthFirst => change.at.date.format("%m/%d/%Y").to_string(),
            }),
            "session" => Some(change.at.session.to_string()),
            "code" => Some(code.clone()),
            "minutes" => mark.minutes.map(|minutes| minutes.to_string()),
            _ => None,
        };
        if mark.minutes.is_some() && !self.columns.iter().any(|(column, _)| *column == "minutes") {
            return Err(format!("is {mark}, and this profile has no column for the minutes"));
        }
        let cells: Vec<(&str, String)> =
            self.columns.iter().map(|(column, _)| (*column, cell(column).unwrap_or_default())).collect();
        if !cells.iter().any(|(column, cell)| KEYS.contains(column) && !cell.is_empty()) {
            return Err("has no number that this profile has a column for".to_owned());
        }
        // The other system takes what stands there: with an apostrophe before it, it would be another number.
        if let Some((column, _)) = cells.iter().find(|(_, cell)| runs(cell)) {
            return Err(format!("has in {column} what a spreadsheet would run as a formula: key it there by hand"));
        }
        Ok(cells.into_iter().map(|(_, cell)| cell).collect())
    }

    /// The table, of changes that have a row.
    pub fn text(&self, roll: &Roll, numbers: &HashMap<PupilId, String>, changes: &[&MarkChange]) -> String {
        let headings = self.columns.iter().map(|(_, heading)| heading.clone()).collect();
        let rows = changes.iter().filter_map(|change| self.row(roll, numbers, change).ok());
        exactly_as_csv(std::iter::once(headings).chain(rows))
    }
}

/// A code as the other system has it: the one of its own that means it, or itself where that means nothing else.
fn local(profile: &Profile, code: Code) -> Result<String, String> {
    let own: Vec<&str> =
        profile.codes.iter().filter(|(_, means)| **means == code.as_str()).map(|(own, _)| own.as_str()).collect();
    match (own.as_slice(), profile.codes.get(code.as_str())) {
        ([one], _) => Ok((*one).to_owned()),
        ([], None) => Ok(code.to_string()),
        ([], Some(means)) => {
            let means = if means.is_empty() { "no mark" } else { means };
            Err(format!("is {code}, which means {} there, and nothing there means {code}", clean(means)))
        }
        (many, _) => {
            let many: Vec<String> = many.iter().map(|one| format!("“{}”", clean(one))).collect();
            Err(format!("is {code}, and {} both mean that there", many.join(" and ")))
        }
    }
}
