//! What was opened of the figures: a level for each row, the school first.

use chrono::NaiveDate;

use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::typed::Filter;
use crate::domain::figures::page::{Asked, Split};

/// What one row was opened onto.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// The row; `None` of the school.
    pub(super) opened: Option<RowId>,
    /// How it is split.
    pub(super) split: Split,
    /// The row that was chosen in it when it was left.
    pub(super) chosen: Option<RowId>,
    /// That its pupils are listed has been put down.
    pub(super) is_recorded: bool,
}

impl Level {
    /// One that is entered for the first time.
    pub(super) fn new(opened: Option<RowId>, split: Split) -> Level {
        Level { opened, split, chosen: None, is_recorded: false }
    }
}

/// What a level asks for: what was typed, and each row that was opened on the way to it.
pub(super) fn asked(levels: &[Level], filter: &Filter, level: &Level, today: NaiveDate) -> Asked {
    let opened = levels.iter().filter_map(|level| level.opened);
    let within = filter.within.iter().copied().chain(opened).collect();
    Asked { dates: filter.dates(today), as_of: filter.as_of, within, split: level.split }
}
