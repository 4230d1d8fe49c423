//! How a report is given out: as a new file, or as text for an answer.

use std::ffi::OsStr;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::Desk;
use crate::cli::Failure;
use crate::config::{NewFile, NotMade};
use crate::render::{Format, write};
use crate::report::layout::Report;
use crate::store::Fault;

/// Begin the file; its name says how it is written.
pub fn open(to: &Path, replaces: bool) -> Result<(Format, NewFile), Failure> {
    let Some(format) = to.extension().and_then(OsStr::to_str).and_then(Format::of_ending) else {
        let text = "a report is written as its name ends: .txt, .csv, .xlsx or .html";
        return Err(Failure::Usage(text.to_owned()));
    };
    let file = if replaces { NewFile::begin_to_replace(to) } else { NewFile::begin(to) };
    Ok((format, file.map_err(Fault::from)?))
}

/// Write the report into the file that was begun, or as text where none was.
pub fn answered(desk: &mut Desk<'_>, report: &Report, opened: Option<(Format, NewFile)>) -> Result<(), Failure> {
    match opened {
        None => {
            let mut text = Vec::new();
            write(report, Format::Text, &mut text)?;
            String::from_utf8_lossy(&text).lines().try_for_each(|line| desk.print(line))
        }
        Some((format, file)) => {
            let path = written(report, format, file)?;
            desk.done(None, &format!("{} is in {}", report.title, path.display()), None)
        }
    }
}

/// Write the report into the file that was begun: where that is.
pub fn written(report: &Report, format: Format, file: NewFile) -> Result<PathBuf, Failure> {
    let path = file.to().to_owned();
    let failed = |error| Failure::from(Fault::from(NotMade::Failed { path: path.clone(), error }));
    let mut out = BufWriter::new(file);
    write(report, format, &mut out).map_err(failed)?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    Ok(file.keep().map_err(Fault::from)?)
}
