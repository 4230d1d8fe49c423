//! `sql`: a question to the record that only reads.

use unicode_width::UnicodeWidthStr;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::disclosure::Export;
use crate::domain::name::clean;
use crate::store::query::Answer;

/// Answer one SQL question that only reads
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The question: SELECT ...
    query: String,
}

/// Answer it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.exports(Export::Answer, None)?;
    let answer = match desk.store.ask(&args.query)? {
        Ok(answer) => answer,
        Err(refusal) => return desk.refuse(&refusal),
    };
    if desk.json {
        let mut frame = desk.frame(answer.rows);
        frame.columns = Some(answer.columns);
        return desk.say_json(&frame);
    }
    aligned(&answer).iter().try_for_each(|line| desk.say(line))
}

/// Headings and rows in columns as wide as their widest cell. NULL is a dash.
fn aligned(answer: &Answer) -> Vec<String> {
    let cells = |row: &Vec<Option<String>>| {
        row.iter().map(|cell| cell.as_deref().map_or_else(|| "—".to_owned(), clean)).collect::<Vec<_>>()
    };
    let mut rows = vec![answer.columns.iter().map(|column| clean(column)).collect::<Vec<_>>()];
    rows.extend(answer.rows.iter().map(cells));
    let widths: Vec<usize> = (0..answer.columns.len())
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or_default())
        .collect();
    let padded = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(padded).collect()
}
