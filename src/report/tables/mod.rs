//! Tables for others: marks, lates, calls and telephone numbers to put right, row by row. Each begins with who the pupil is.

pub mod calls;
pub mod cell;
pub mod lates;
pub mod marks;
pub mod numbers;

use crate::domain::people::numbers_in_words::without_numbers;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use cell::Cell;

/// The headings under which a pupil stands.
pub const PUPIL: [&str; 6] = ["admission_no", "upn", "surname", "forename", "year", "tutor_group"];

/// The heading of when the rows were true. By it a table is known, where it is read again, to be no register.
pub const AS_OF: &str = "as_of";

/// A row of which one cell is a telephone number.
pub struct NumberRow<'a> {
    /// Whose contact's.
    pub pupil: i64,
    /// The contact's place in the calling order; 0 where the contact is no longer held.
    pub order: i64,
    /// The number; empty where there is none.
    pub number: String,
    before: Vec<Cell<'a>>,
    behind: Vec<Cell<'a>>,
}

impl<'a> NumberRow<'a> {
    /// The same, holding on to nothing.
    pub fn owned(self) -> NumberRow<'static> {
        let owned = |cells: Vec<Cell<'a>>| cells.into_iter().map(Cell::owned).collect();
        let NumberRow { pupil, order, number, before, behind } = self;
        NumberRow { pupil, order, number, before: owned(before), behind: owned(behind) }
    }

    /// Mask the numbers that stand in what was said, as the number itself is.
    pub fn mask_words(&mut self) {
        for cell in &mut self.behind {
            if let Cell::Text(words) = cell {
                *words = without_numbers(words).into();
            }
        }
    }

    /// Its cells, the number among them.
    pub fn cells(self) -> Vec<Cell<'a>> {
        let NumberRow { number, mut before, behind, .. } = self;
        before.push(Cell::text(number));
        before.extend(behind);
        before
    }
}

/// The cells under [`PUPIL`]; the tutor group is that of the roll's date.
fn pupil_cells<'r>(roll: &'r Roll, pupil: &'r Pupil) -> [Cell<'r>; 6] {
    let text = |text: &'r Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let group = pupil.group.and_then(|id| roll.group(id)).map_or("", |group| &group.name);
    [
        text(&pupil.admission_no),
        text(&pupil.upn),
        Cell::text(pupil.surname.as_str()),
        Cell::text(pupil.forename.as_str()),
        Cell::some(roll.year_of(pupil), Cell::Number),
        Cell::text(group),
    ]
}
