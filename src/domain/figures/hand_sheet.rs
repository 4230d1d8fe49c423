//! A tracking sheet that a school keeps by hand: percent of each week, by pupil. It is only ever laid beside what the record says.

use chrono::NaiveDate;

use crate::domain::name::fold;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;

/// In tenths of a percent, how far apart two percentages may be that are the same: such sheets are often kept in whole ones.
const SAME: u32 = 5;

/// A sheet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HandSheet {
    /// The name of its file.
    pub file: String,
    /// Its rows.
    pub rows: Vec<HandRow>,
}

/// A row of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HandRow {
    /// The admission number, as far as the sheet has one.
    pub number: String,
    /// The name as it stands there.
    pub name: String,
    /// The Monday of each week that has a percentage, and that in tenths.
    pub weeks: Vec<(NaiveDate, u32)>,
}

impl HandRow {
    /// Whose row it is: by admission number, else by a name that one pupil alone of the roll has.
    pub fn pupil<'r>(&self, roll: &'r Roll) -> Option<&'r Pupil> {
        let plain = |number: &str| number.trim().trim_start_matches('0').to_owned();
        let number = plain(&self.number);
        let by_number = |pupil: &&Pupil| pupil.admission_no.as_deref().map(plain).is_some_and(|own| own == number);
        if !number.is_empty() {
            return roll.pupils.iter().find(by_number);
        }
        let name = words(&self.name);
        let mut called = roll.pupils.iter().filter(|pupil| !name.is_empty() && words(&pupil.list_name()) == name);
        called.next().filter(|_| called.next().is_none())
    }
}

/// Whether two percentages, in tenths, are the same but for rounding.
pub fn is_same(one: u32, other: u32) -> bool {
    one.abs_diff(other) <= SAME
}

/// The words of a name, whichever comes first.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn a_row_is_of_the_pupil_whose_number_or_whose_only_name_it_has() {
        let mut roll = roll();
        let row =
            |number: &str, name: &str| HandRow { number: number.to_owned(), name: name.to_owned(), weeks: Vec::new() };
        for (row, pupil) in [
            (row("001201", ""), Some(AMIRA)),
            // A spreadsheet takes noughts away.
            (row("1201", "somebody else"), Some(AMIRA)),
            (row("9", "Khan, Amira"), None),
            (row("", "Amira Khan"), Some(AMIRA)),
            (row("", "KHAN  amira"), Some(AMIRA)),
            (row("", "Khan"), None),
            (row("", ""), None),
        ] {
            assert_eq!(row.pupil(&roll).map(|pupil| pupil.id), pupil, "{row:?}");
        }
        let again = roll.pupil(AMIRA).unwrap().clone();
        roll.pupils.push(again);
        assert_eq!(row("", "Khan, Amira").pupil(&roll), None, "two are called so");
        assert!(is_same(925, 930) && is_same(930, 925) && !is_same(924, 930));
    }
}
