//! The rows of a bound table, under headings of ours. The readers of our flat files then ask of every cell what they ask of our own.

use chrono::{Datelike, NaiveDate, Weekday};

use super::bind::Bound;
use super::contacts;
use super::ids::Ids;
use super::profile::{AS_IT_STANDS, Dates, MINUTES, NAME, OF_CONTACT, ORDER, Profile, Shape, WEEK, plain_heading};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::incoming::Reject;
use crate::exchange::cells::key::of_system;
use crate::exchange::formats::Sheet;
use crate::exchange::kind::{KEYS, Kind, MIS_ID};
use crate::exchange::marks::heading::{When, session};
use crate::exchange::marks::week::day_of;
use crate::exchange::table::dates::Order;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, ROWS_MAX, Row, Table};
use crate::exchange::{Known, Read};

/// Our columns that hold dates.
const DATES: [&str; 7] = ["date", "from", "until", "review", "date_of_birth", "back", WEEK];
/// Our column that holds a date and a time.
const MOMENT: &str = "received";
/// Our column that may have lines.
const WORDS: &str = "words";

/// The rows of `table`.
pub fn sheet(bound: &Bound<'_>, table: &mut Table<'_>, known: Known<'_>, read: &mut Read, notes: &mut Notes) -> Sheet {
    let kind = bound.profile.kind;
    let is_of_sessions = !bound.sessions.is_empty() || bound.profile.shape == Shape::String;
    let kept = |column: &&str| {
        if is_of_sessions { KEYS.contains(column) } else { *column != NAME && !OF_CONTACT.contains(column) }
    };
    let columns: Vec<(&'static str, Column)> = bound
        .columns
        .iter()
        .filter(|(column, _)| kept(column))
        .map(|(column, place)| (*column, Column::new(column, Some(*place))))
        .collect();
    let mut headings: Vec<&'static str> = columns.iter().map(|(column, _)| *column).collect();
    let name = bound.columns.iter().find(|(column, _)| *column == NAME && kind == Kind::Pupils);
    // Two columns of names are surer than one.
    let name = name.filter(|_| !headings.contains(&"surname")).map(|(column, place)| Column::new(column, Some(*place)));
    if is_of_sessions {
        headings.extend(["date", "session", "code", "minutes"]);
    } else if name.is_some() {
        headings.retain(|one| *one != "forename");
        headings.extend(["surname", "forename"]);
    }
    let columns: Vec<_> = columns.into_iter().filter(|(column, _)| headings.contains(column)).collect();
    let of_contact = contacts::name_columns(bound);
    if !of_contact.is_empty() {
        headings.push("name");
    }
    headings.extend(bound.given.iter().map(|(column, _)| *column));
    let parts = Parts { bound, columns, name, of_contact, order: table.order(), known };
    let (mut sheet, mut ids) = (Sheet::new(kind, &headings), Ids::of(bound));
    while let Some(row) = table.next(&mut read.rejects) {
        match parts.add(row, &mut sheet, notes) {
            Ok(()) => ids.learn(row),
            Err(reject) => read.rejects.push(reject),
        }
        // As many are refused where they go: a row of a grid becomes many.
        if sheet.rows.len() > ROWS_MAX as usize {
            break;
        }
    }
    read.incoming.ids.extend(ids.into_told(notes));
    if kind == Kind::Contacts { contacts::folded(sheet) } else { sheet }
}

impl Bound<'_> {
    /// Our column of that name, where the file has it.
    pub fn column(&self, heading: &'static str) -> Column {
        let place = self.columns.iter().find(|(column, _)| *column == heading).map(|(_, place)| *place);
        Column::new(heading, place)
    }

    /// The columns of which anything is read.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().map(|(_, place)| *place);
        let sessions = self.sessions.iter().map(|(place, _)| *place);
        columns.chain(sessions).chain(self.only.iter().map(|(place, _)| *place))
    }

    /// The columns that tell which comes first in its dates; none where the profile says it.
    pub fn date_places(&self) -> Vec<usize> {
        if self.profile.dates == Dates::Told { self.date_columns() } else { Vec::new() }
    }

    /// The columns that hold dates.
    pub fn date_columns(&self) -> Vec<usize> {
        self.columns.iter().filter(|(column, _)| DATES.contains(column)).map(|(_, place)| *place).collect()
    }
}

/// What is read of each row.
pub struct Parts<'b> {
    /// Its profile, and where the columns are.
    pub bound: &'b Bound<'b>,
    columns: Vec<(&'static str, Column)>,
    name: Option<Column>,
    of_contact: Vec<Column>,
    order: Order,
    /// The rules of the field.
    pub known: Known<'b>,
}

impl Parts<'_> {
    fn add(&self, row: Row<'_>, sheet: &mut Sheet, notes: &mut Notes) -> Result<(), Reject> {
        for (place, values) in &self.bound.only {
            let cell = row.cell(Column::new("", Some(*place)));
            if !values.contains(&cell.as_str().to_lowercase()) {
                let text = || format!("rows of “{}” are left out, as the profile says", cell.as_str());
                notes.add("only", cell.as_str(), || row.place(), text);
                return Ok(());
            }
        }
        let mut cells = Vec::new();
        for (heading, column) in &self.columns {
            cells.push(self.value(row, heading, *column)?);
        }
        if self.bound.profile.shape == Shape::String {
            return self.add_string(row, &cells, sheet, notes);
        }
        if self.bound.sessions.is_empty() {
            if !self.of_contact.is_empty() {
                cells.push(contacts::name(row, &self.of_contact));
            }
            if let Some(name) = self.name {
                let name = row.cell(name);
                // Where no comma tells which is which, nothing is taken apart.
                let (surname, forename) = name.as_str().split_once(',').unwrap_or((name.as_str(), ""));
                cells.extend([surname.trim().to_owned(), forename.trim().to_owned()]);
            }
            if self.is_closed(row, notes) {
                return Ok(());
            }
            for (heading, value) in &self.bound.given {
                if *heading == ORDER && value == AS_IT_STANDS {
                    notes.add("order", "", || row.place(), || NO_ORDER.to_owned());
                }
                cells.push(self.given(row, heading, value)?);
            }
            sheet.add(row.line(), cells.iter().map(String::as_str));
            return Ok(());
        }
        for (place, when) in &self.bound.sessions {
            let cell = row.cell(Column::new("code", Some(*place)));
            let code = code(self.bound.profile, cell.as_str());
            if matches!(code, "" | "-" | "--") {
                notes.add("blank", "", || row.place(), || BLANK.to_owned());
            } else if code == "#" {
                notes.add("closed", "", || row.place(), || CLOSED.to_owned());
            } else {
                let at = self.at(row, *when)?;
                let (date, session) = (at.date.to_string(), at.session.as_str());
                sheet.add(
                    row.line(),
                    cells.iter().map(String::as_str).chain([date.as_str(), session, code, &self.minutes(row, *when)]),
                );
            }
        }
        Ok(())
    }

    /// Whether the row says that school was closed; that is noted.
    fn is_closed(&self, row: Row<'_>, notes: &mut Notes) -> bool {
        let column =
            self.columns.iter().find(|(heading, _)| *heading == "code" && self.bound.profile.kind == Kind::Marks);
        let is_closed = column.is_some_and(|(_, column)| row.cell(*column).as_str() == "#");
        if is_closed {
            notes.add("closed", "", || row.place(), || CLOSED.to_owned());
        }
        is_closed
    }

    /// The session that a column is of in this row.
    fn at(&self, row: Row<'_>, when: When) -> Result<SessionDate, Reject> {
        match when {
            When::On(at) => Ok(at),
            When::OfRow(session) => Ok(SessionDate::new(self.date(row, "date")?, session)),
            When::Weekday(day, session) => {
                let is_there = self.bound.columns.iter().any(|(column, _)| *column == WEEK);
                let monday = match self.bound.week.filter(|_| !is_there) {
                    Some(monday) => monday,
                    None => self.date(row, WEEK)?,
                };
                if monday.weekday() != Weekday::Mon {
                    let why = format!("{monday} is a {}, and a week begins on a Monday", monday.format("%A"));
                    return Err(row.reject(WEEK, &monday.to_string(), &why));
                }
                Ok(SessionDate::new(day_of(monday, day), session))
            }
        }
    }

    /// The minutes late that the row has beside the mark of a session.
    fn minutes(&self, row: Row<'_>, when: When) -> String {
        let column = match when {
            When::OfRow(session) => Session::BOTH.into_iter().zip(MINUTES).find(|(one, _)| *one == session),
            When::On(_) | When::Weekday(..) => None,
        };
        column.and_then(|(_, name)| row.text(self.bound.column(name))).unwrap_or_default()
    }

    /// The date in our column `heading`, which must be there.
    pub fn date(&self, row: Row<'_>, heading: &'static str) -> Result<NaiveDate, Reject> {
        let cell = row.cell(self.bound.column(heading));
        self.bound.profile.dates.date(cell.needed()?, self.order).map_err(|why| cell.reject(&why))
    }

    /// What stands in `column`, as our own files have it under `heading`.
    fn value(&self, row: Row<'_>, heading: &str, column: Column) -> Result<String, Reject> {
        let cell = row.cell(column);
        let text = cell.as_str();
        let profile = self.bound.profile;
        if let Some(own) = profile.values.get(heading).and_then(|words| words.get(&plain_heading(text))) {
            return Ok(own.clone());
        }
        let said = match (profile.kind, heading) {
            // Nobody is kept off the roll by an odd one.
            (Kind::Pupils, "date_of_birth") => {
                profile.dates.date(text, self.order).map_or(text.to_owned(), |date| date.to_string())
            }
            (_, _) if DATES.contains(&heading) && !cell.is_blank() => {
                profile.dates.date(text, self.order).map_err(|why| cell.reject(&why))?.to_string()
            }
            (_, MIS_ID) => of_system(self.bound.mis_id.map_or("", |(_, system)| system), text),
            (_, MOMENT) => self.moment(text).map_err(|why| cell.reject(&why))?,
            (_, WORDS) => row.lines(column),
            (Kind::Marks | Kind::Calls, "session") => session(text).map_or(text, |session| session.as_str()).to_owned(),
            (Kind::Marks | Kind::Lessons, "code") => code(profile, text).to_owned(),
            _ => text.to_owned(),
        };
        Ok(said)
    }
}

/// What is said of a session in which school was closed.
pub const CLOSED: &str = "# says that school was closed, and is no pupil's mark: closed days come with the calendar";

/// What is said of contacts whose order the file does not tell.
const NO_ORDER: &str = "the file does not say in which order contacts are rung: each pupil's are rung in the order in which they stand in it";

/// What is said of a session without a mark.
pub const BLANK: &str = "no mark here yet";

impl Parts<'_> {
    /// What every row has under `heading`, as our own files have it there.
    fn given(&self, row: Row<'_>, heading: &'static str, value: &str) -> Result<String, Reject> {
        if !DATES.contains(&heading) || value.is_empty() {
            return Ok(value.to_owned());
        }
        let date = self.bound.profile.dates.date(value, self.order);
        date.map(|date| date.to_string()).map_err(|why| row.reject(heading, value, &why))
    }

    /// A date and a time, the date as our own files have it.
    fn moment(&self, text: &str) -> Result<String, String> {
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let read = |date| self.bound.profile.dates.date(date, self.order);
        // The name of a month has blanks in it.
        match (read(date), text.rsplit_once(' ')) {
            (Err(_), Some((date, time))) if !date.is_empty() => read(date).map(|date| format!("{date}T{time}")),
            (date, _) => date.map(|date| format!("{date}T{time}")),
        }
    }
}

/// The national code of a cell; blank where it means no mark. An apostrophe before it is a spreadsheet's.
pub fn code<'c>(profile: &'c Profile, cell: &'c str) -> &'c str {
    let cell = cell.strip_prefix('\'').unwrap_or(cell);
    profile.codes.get(cell).map_or(cell, String::as_str)
}
