//! `sql`: a question to the record that only reads.

use unicode_width::UnicodeWidthStr;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::name::clean;
use crate::store::Answer;

/// Answer one SQL question that only reads
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The question: SELECT ...
    query: String,
}

/// What SQLite may hold while it answers, in bytes: sorting every mark of six years takes less.
const MEMORY: u32 = 128 << 20;

/// Wider cells stand out of their column: one long text must not fill every row of it with blanks.
const WIDEST: usize = 200;

/// Answer it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.exports("answer to a question in SQL", None)?;
    desk.store.bound_memory(MEMORY)?;
    let answer = match desk.store.ask(&args.query)? {
        Ok(answer) => answer,
        Err(refusal) => return desk.refuse(&refusal),
    };
    if desk.json {
        let mut frame = desk.frame(answer.rows);
        frame.columns = Some(answer.columns);
        return desk.print_json(&frame);
    }
    print_aligned(desk, &answer)
}

/// Headings and rows in columns as wide as their widest cell. NULL is a dash.
fn print_aligned(desk: &mut Desk<'_>, answer: &Answer) -> Result<(), Failure> {
    let cell_text = |cell: &Option<String>| cell.as_deref().map_or_else(|| "—".to_owned(), clean);
    let heads: Vec<Option<String>> = answer.columns.iter().cloned().map(Some).collect();
    let rows = || std::iter::once(&heads).chain(&answer.rows);
    let mut widths = vec![0; heads.len()];
    for row in rows() {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell_text(cell).width().min(WIDEST).max(*width);
        }
    }
    for row in rows() {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let cell = cell_text(cell);
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            cell + &blanks
        });
        desk.print(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
