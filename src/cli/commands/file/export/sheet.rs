//! Where a table goes: a new file, for its owner only, that is there whole or not at all; or the answer of the command.

use std::env::temp_dir;
use std::ffi::OsStr;
use std::io::{self, BufWriter, IsTerminal, Write, stdout};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use clap::ValueEnum;

use crate::cli::Failure;
use crate::config::{NewFile, NotMade};
use crate::exchange::out::csv_table::CsvTable;
use crate::exchange::out::workbook::WorkbookTable;
use crate::report::tables::cell::Cell;
use crate::store::Fault;

/// Where a table is to go.
#[derive(clap::Args, Debug)]
pub struct Target {
    /// The new file; `-`, the usual, is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    to: PathBuf,
    /// CSV, or a workbook; what the file's name ends in if left out
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Put it in the place of a file that is there already
    #[arg(long)]
    replace: bool,
}

/// How a table is written.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Csv,
    Xlsx,
}

/// A place that is open for a table; nothing is there yet.
pub struct Opened {
    format: Format,
    /// `None` for the answer.
    file: Option<NewFile>,
}

/// What a table is called, and what stands above it.
pub struct Title<'t> {
    /// The name of a workbook's sheet.
    pub name: &'t str,
    /// The headings.
    pub headings: &'t [&'t str],
    /// When it is made, school-local.
    pub as_of: NaiveDateTime,
}

/// What was written.
pub struct Written {
    /// How many rows.
    pub rows: u64,
    /// The file; `None` where it was the answer.
    pub path: Option<PathBuf>,
}

impl Target {
    /// Whether a file is named.
    pub fn is_file(&self) -> bool {
        self.to != Path::new("-")
    }

    /// Begin the file. An answer that `is_json` has no table in it.
    pub fn open(&self, is_json: bool) -> Result<Opened, Failure> {
        let is_workbook =
            self.to.extension().and_then(OsStr::to_str).is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
        let format = self.format.unwrap_or(if is_workbook { Format::Xlsx } else { Format::Csv });
        if !self.is_file() {
            if is_json {
                return Err(Failure::Usage(
                    "a table is no JSON: name a file with --to, or leave --json out".to_owned(),
                ));
            }
            if format == Format::Xlsx && stdout().is_terminal() {
                let text =
                    "a workbook is nothing to be read in a terminal: name a file with --to, or hand it to a program";
                return Err(Failure::Usage(text.to_owned()));
            }
            return Ok(Opened { format, file: None });
        }
        let begin = if self.replace { NewFile::begin_to_replace } else { NewFile::begin };
        let file = begin(&self.to).map_err(Fault::from)?;
        Ok(Opened { format, file: Some(file) })
    }
}

/// A table that is being written.
pub struct Sheet<'o> {
    rows: u64,
    to: Option<PathBuf>,
    kind: Kind<'o>,
}

enum Kind<'o> {
    CsvFile(CsvTable<BufWriter<NewFile>>),
    CsvAnswer(CsvTable<&'o mut dyn Write>),
    BookFile(Box<WorkbookTable>, NewFile),
    BookAnswer(Box<WorkbookTable>, &'o mut dyn Write),
}

impl<'o> Sheet<'o> {
    /// Begin the table of that title; `out` is where the answer goes.
    pub fn begin(opened: Opened, out: &'o mut dyn Write, title: &Title<'_>) -> Result<Sheet<'o>, Failure> {
        let Opened { format, file } = opened;
        let to = file.as_ref().map(|file| file.to().to_owned());
        let folder = to.as_deref().and_then(Path::parent).map_or_else(temp_dir, Path::to_owned);
        let book = || WorkbookTable::begin(title.name, title.headings, title.as_of, &folder).map(Box::new);
        let kind = match (format, file) {
            (Format::Csv, Some(file)) => CsvTable::begin(BufWriter::new(file), title.headings).map(Kind::CsvFile),
            (Format::Csv, None) => CsvTable::begin(out, title.headings).map(Kind::CsvAnswer),
            (Format::Xlsx, Some(file)) => book().map(|book| Kind::BookFile(book, file)),
            (Format::Xlsx, None) => book().map(|book| Kind::BookAnswer(book, out)),
        };
        let kind = kind.map_err(|error| failed(to.as_deref(), error))?;
        Ok(Sheet { rows: 0, to, kind })
    }

    /// Write a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        self.rows += 1;
        let written = match &mut self.kind {
            Kind::CsvFile(table) => table.row(cells),
            Kind::CsvAnswer(table) => table.row(cells),
            Kind::BookFile(table, _) | Kind::BookAnswer(table, _) => table.row(cells),
        };
        written.map_err(|error| failed(self.to.as_deref(), error))
    }

    /// End it: a file bears its name from now on.
    pub fn end(self) -> Result<Written, Failure> {
        let Sheet { rows, to, kind } = self;
        let file = match kind {
            Kind::CsvFile(table) => {
                table.end().and_then(|to| to.into_inner().map_err(|error| error.into_error())).map(Some)
            }
            Kind::CsvAnswer(table) => table.end().map(|_| None),
            Kind::BookFile(table, mut file) => table.end(&mut file).map(|()| Some(file)),
            Kind::BookAnswer(table, out) => {
                let mut bytes = Vec::new();
                table.end(&mut bytes).and_then(|()| out.write_all(&bytes)).map(|()| None)
            }
        };
        let file = file.map_err(|error| failed(to.as_deref(), error))?;
        let path = file.map(|file| file.keep().map_err(Fault::from)).transpose()?;
        Ok(Written { rows, path })
    }
}

fn failed(to: Option<&Path>, error: io::Error) -> Failure {
    match to {
        Some(path) => Fault::from(NotMade::Failed { path: path.to_owned(), error }).into(),
        None => Failure::Output(error),
    }
}
