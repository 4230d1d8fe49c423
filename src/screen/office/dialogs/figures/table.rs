//! The table of a page, ready to be drawn: cells in columns, and which columns go first where there is no room.

use crate::domain::figures::Figures;
use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::{Page, Row, Split};
use crate::domain::figures::trend::change;
use crate::domain::school::roll::Roll;
use crate::report::figures;
use crate::screen::widgets::text::width;

use super::words::{beyond, tenths_of};

/// Columns of a name at the least, and at the most; and how many of it go before a column does.
const NAME: (u16, u16) = (11, 36);
const NAMED: u16 = 20;
/// Blanks between two columns.
const GAP: u16 = 2;

/// A column: its heading, and how dear it is. Where there is no room, the least dear goes first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    dear: u8,
    of: fn(&Row, &Page) -> String,
}

/// A row of it.
#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) id: RowId,
    pub(super) name: String,
    pub(super) cells: Vec<String>,
    /// Its place in the page.
    pub(super) place: usize,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<TableRow>,
    /// What all rows come to, where they add up.
    pub(super) total: Option<Vec<String>>,
    pub(super) columns: Vec<Column>,
    widths: Vec<u16>,
    name: u16,
}

/// Which columns fit, how wide each is, and the names.
pub(super) struct Fit {
    pub(super) name: u16,
    /// Places and widths, the blanks before them among these.
    pub(super) columns: Vec<(usize, u16)>,
}

impl Table {
    /// The table of a page.
    pub(super) fn new(page: &Page, roll: &Roll) -> Table {
        let columns = columns(page);
        let cells = |row: &Row| columns.iter().map(|column| (column.of)(row, page)).collect::<Vec<_>>();
        let name = |row: &Row| match (&row.key, row.id) {
            (Some(key), _) => figures::name(roll, key),
            (None, RowId::Band(band)) => band.to_string(),
            (None, _) => String::new(),
        };
        let row = |(place, row): (usize, &Row)| TableRow { id: row.id, name: name(row), cells: cells(row), place };
        let rows: Vec<TableRow> = page.rows.iter().enumerate().map(row).collect();
        let total = total(page).filter(|_| rows.len() > 1).map(|row| cells(&row));
        let widest = |place: usize| {
            let cells = rows.iter().map(|row| &row.cells).chain(&total).filter_map(|cells| cells.get(place));
            cells.map(|cell| width(cell)).max().unwrap_or_default()
        };
        let widths =
            columns.iter().enumerate().map(|(place, column)| width(column.heading).max(widest(place))).collect();
        let name = rows.iter().map(|row| width(&row.name)).max().unwrap_or_default().clamp(NAME.0, NAME.1);
        Table { rows, total, columns, widths, name }
    }

    /// The rows as the page has them, or with the lowest attendance first; those of whom nothing was possible last.
    pub(super) fn put_in_order(&mut self, page: &Page, lowest_first: bool) {
        let attendance = |row: &TableRow| {
            let figures = page.rows.get(row.place).map(|row| row.figures);
            let share = figures.filter(|figures| figures.possible > 0);
            share.map_or(u64::MAX, |figures| u64::from(figures.attended) * 1_000_000 / u64::from(figures.possible))
        };
        if lowest_first {
            self.rows.sort_by_key(|row| (attendance(row), row.place));
        } else {
            self.rows.sort_by_key(|row| row.place);
        }
    }

    /// What fits into so many columns: names give way first, then the columns that are least dear.
    pub(super) fn fit(&self, room: u16) -> Fit {
        let mut by_dear: Vec<(u8, usize)> =
            self.columns.iter().enumerate().map(|(place, one)| (one.dear, place)).collect();
        by_dear.sort_unstable();
        let mut kept: Vec<bool> = vec![true; self.columns.len()];
        let needed = |kept: &[bool]| {
            let own = self.widths.iter().zip(kept).filter(|(_, kept)| **kept).map(|(width, _)| width + GAP);
            own.sum::<u16>()
        };
        for (_, place) in by_dear {
            if needed(&kept) + self.name.min(NAMED) <= room {
                break;
            }
            if let Some(kept) = kept.get_mut(place) {
                *kept = false;
            }
        }
        let name = room.saturating_sub(needed(&kept)).clamp(NAME.0.min(room), self.name.max(NAME.0));
        let columns = self.widths.iter().enumerate().zip(&kept).filter(|(_, kept)| **kept);
        Fit { name, columns: columns.map(|((place, width), _)| (place, width + GAP)).collect() }
    }
}

/// All of it as a row; `None` where the rows do not add up to it.
fn total(page: &Page) -> Option<Row> {
    let adds_up = match page.asked.split {
        Split::Groups | Split::Pupils | Split::HalfDays | Split::Weeks | Split::HalfTerms => true,
        Split::Cohorts | Split::Codes | Split::Bands => false,
    };
    let is_of_pupils = page.rows.iter().any(|row| row.pupils.is_some());
    let first = page.rows.first().filter(|_| adds_up)?;
    let compared = page.rows.iter().filter_map(|row| row.compared);
    let compared = compared.reduce(|[a, b], [last, before]| [a + last, b + before]).filter(|_| page.compared.is_some());
    Some(Row {
        // No pupil: it has no line of its own.
        id: RowId::Year(None),
        figures: page.whole,
        sessions: page.rows.iter().map(|row| row.sessions).sum(),
        pupils: is_of_pupils.then_some(page.pupils),
        lines: is_of_pupils.then_some(page.lines),
        compared,
        year_ago: None,
        gap: None,
        ..first.clone()
    })
}

/// "91.2", "n/a".
fn percent(figures: &Figures) -> String {
    figures.attendance_tenths().map_or_else(|| "n/a".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

const PERCENT: Column = Column { heading: "%", dear: 20, of: |row, _| percent(&row.figures) };
const POSSIBLE: Column = Column {
    heading: "of possible",
    dear: 18,
    of: |row, _| format!("{}/{}", row.figures.attended, row.figures.possible),
};
const AUTHORISED: Column = Column { heading: "auth", dear: 14, of: |row, _| row.figures.authorised.to_string() };
const UNAUTHORISED: Column = Column { heading: "unauth", dear: 15, of: |row, _| row.figures.unauthorised.to_string() };
const LATE: Column = Column { heading: "L", dear: 8, of: |row, _| row.figures.late_before_close.to_string() };
const LATER: Column = Column { heading: "U", dear: 9, of: |row, _| row.figures.late_after_close.to_string() };
const MINUTES: Column = Column { heading: "min", dear: 3, of: |row, _| row.figures.minutes.to_string() };
const BLANKS: Column = Column { heading: "blank", dear: 10, of: |row, _| row.figures.blanks.to_string() };
const CHANGE: Column = Column {
    heading: "on week",
    dear: 13,
    of: |row, _| {
        let points = row.compared.and_then(|[last, before]| change(&before, &last));
        points.map(|points| points.to_string()).unwrap_or_default()
    },
};
const CHANGE_OF_HALF_TERM: Column = Column { heading: "on last", ..CHANGE };
const YEAR_AGO: Column =
    Column { heading: "year ago", dear: 12, of: |row, _| row.year_ago.as_ref().map(percent).unwrap_or_default() };
const PUPILS: Column =
    Column { heading: "pupils", dear: 5, of: |row, _| row.pupils.map(|pupils| pupils.to_string()).unwrap_or_default() };
const PERSISTENT: Column = Column {
    heading: "PA",
    dear: 12,
    of: |row, _| row.lines.map(|[persistent, _]| persistent.to_string()).unwrap_or_default(),
};
const SEVERE: Column = Column {
    heading: "SA",
    dear: 11,
    of: |row, _| row.lines.map(|[_, severe]| severe.to_string()).unwrap_or_default(),
};
const GAP_POINTS: Column =
    Column { heading: "gap", dear: 19, of: |row, _| row.gap.map(|gap| gap.to_string()).unwrap_or_default() };
const LINE: Column = Column {
    heading: "to the line",
    dear: 16,
    of: |row, _| match (row.id, beyond(&row.figures), row.figures.to_persistent()) {
        (RowId::Pupil(_), Some((word, more)), _) => format!("{word}, {more} back"),
        (RowId::Pupil(_), None, Some(more)) if row.figures.possible > 0 => more.to_string(),
        _ => String::new(),
    },
};
const SESSIONS: Column = Column { heading: "sessions", dear: 19, of: |row, _| row.sessions.to_string() };
const SHARE_OF_SESSIONS: Column = Column {
    heading: "% of all",
    dear: 17,
    of: |row, page| {
        let all = page.rows.iter().map(|row| row.sessions).sum();
        tenths_of(row.sessions, all).map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default()
    },
};
const SHARE_OF_PUPILS: Column = Column {
    heading: "% of pupils",
    dear: 17,
    of: |row, page| {
        let tenths = tenths_of(row.pupils.unwrap_or_default(), page.pupils);
        tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default()
    },
};
const STATUS: Column = Column {
    heading: "",
    dear: 16,
    of: |row, _| match row.id {
        RowId::Band(band) if band.from_percent() >= 50 => "severe".to_owned(),
        RowId::Band(band) if band.from_percent() >= 10 => "persistent".to_owned(),
        _ => String::new(),
    },
};

/// The columns of a page, from left to right.
fn columns(page: &Page) -> Vec<Column> {
    let counts = [PERCENT, POSSIBLE, AUTHORISED, UNAUTHORISED, LATE, LATER, MINUTES, BLANKS];
    let has_code = page.asked.within.iter().any(|row| matches!(row, RowId::Code(_)));
    let own: &[Column] = match page.asked.split {
        Split::Groups => &[CHANGE, PUPILS, PERSISTENT, SEVERE],
        Split::Pupils if has_code => return [&[SESSIONS], counts.as_slice(), &[CHANGE, LINE]].concat(),
        Split::Pupils => &[CHANGE, LINE],
        Split::Cohorts => &[Column { dear: 17, ..PUPILS }, GAP_POINTS, CHANGE, PERSISTENT, SEVERE],
        Split::HalfDays => &[CHANGE],
        Split::Weeks => &[CHANGE, YEAR_AGO],
        Split::HalfTerms => &[CHANGE_OF_HALF_TERM],
        Split::Codes => return vec![SESSIONS, SHARE_OF_SESSIONS, POSSIBLE, AUTHORISED, UNAUTHORISED, MINUTES],
        Split::Bands => return vec![Column { dear: 20, ..PUPILS }, SHARE_OF_PUPILS, STATUS, POSSIBLE],
    };
    [counts.as_slice(), own].concat()
}
