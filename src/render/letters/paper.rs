//! Sheets written: a page of HTML to print, and a table for a mail merge.

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::render::guard::guarded;
use crate::report::letter::Sheet;
use crate::report::letter::merge::HEADINGS;

/// Its name ends so that what is put into it is escaped.
const NAME: &str = "letters.html";
const TEMPLATE: &str = include_str!("../../../data/letters.html");

#[derive(Serialize)]
struct Page<'s> {
    sheets: &'s [Sheet],
}

/// The letters as one page of HTML, each on a sheet of its own.
pub fn page(sheets: &[Sheet]) -> io::Result<String> {
    let filled = || -> Result<String, minijinja::Error> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        templates.add_template(NAME, TEMPLATE)?;
        templates.get_template(NAME)?.render(Serde(Page { sheets }))
    };
    filled().map_err(io::Error::other)
}

/// The table for a mail merge: a row of cells for each letter.
pub fn merge(rows: &[Vec<String>], mut to: impl Write) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(to);
    out.write_record(HEADINGS)?;
    for row in rows {
        out.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    out.flush()
}
