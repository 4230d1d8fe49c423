//! What reading needs to know, and what it comes to.

use chrono::NaiveDate;
use hashbrown::HashSet;

use super::profiles::Profiles;
use super::timetable::Timetable;
use crate::domain::calendar::Calendar;
use crate::domain::code::CodeTable;
use crate::domain::incoming::{Incoming, Reject, Warning};

/// What came out of the files.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Read {
    /// What can be used.
    pub incoming: Incoming,
    /// Rows, and whole files, that cannot be.
    pub rejects: Vec<Reject>,
    /// What was used but should be looked at.
    pub warnings: Vec<Warning>,
    /// Names of the files that were read, in order.
    pub files: Vec<String>,
    /// What those were taken for that are not our own flat files.
    pub read_as: Vec<ReadAs>,
    /// Rows in them, without their headings.
    pub rows: u32,
}

/// What a file of another system was taken for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadAs {
    /// Its name, without its folder.
    pub file: String,
    /// In a sentence: "session marks from SIMS for a partner program".
    pub what: String,
}

/// How far the reading of one file has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Bytes of its text read so far.
    pub done: u64,
    /// Bytes of text in it.
    pub of: u64,
}

/// What the rules of the field need to know while reading.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Every code there is.
    pub codes: &'a CodeTable,
    /// The school's calendar, as far as it is held.
    pub calendar: &'a Calendar,
    /// Today, where the school is.
    pub today: NaiveDate,
    /// What the columns of other systems' tables are.
    pub profiles: &'a Profiles,
    /// Whether somebody has said that dates may stand there as numbers: days since 1900, as a spreadsheet counts them.
    pub has_serial_dates: bool,
    /// What has been said of the days of timetables, and who is in which class.
    pub timetable: &'a Timetable,
    /// SHA-256 of the files that firstbell wrote itself.
    pub own_files: &'a HashSet<String>,
}
