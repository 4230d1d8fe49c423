//! A report as text of eighty columns. A table that is too wide for them is written row by row.

use unicode_width::UnicodeWidthStr;

use crate::report::document::{COLUMNS, wrapped};
use crate::report::layout::chart::{Chart, Shape};
use crate::report::layout::table::{About, Row, Table};
use crate::report::layout::{Part, Report};

/// The shortest bar that tells anything when it is full.
const BAR_MIN: usize = 10;
/// What is longer stands on a line of its own, where a table is written row by row.
const SHORT_MAX: usize = 38;

/// The report line by line.
pub fn lines(report: &Report) -> Vec<String> {
    let mut lines = wrapped(&report.title, COLUMNS, 0);
    lines.push("=".repeat(report.title.width().min(COLUMNS)));
    for (said, it) in report.facts() {
        lines.extend(wrapped(&format!("{said}: {it}"), COLUMNS, 2));
    }
    for section in &report.sections {
        if !section.heading.is_empty() {
            lines.push(String::new());
            lines.extend(wrapped(&section.heading, COLUMNS, 0));
            lines.push("-".repeat(section.heading.width().min(COLUMNS)));
        }
        for part in &section.parts {
            lines.push(String::new());
            match part {
                Part::Words(words) => lines.extend(wrapped(words, COLUMNS, 0)),
                Part::Table(table) => lines.extend(of_table(table)),
                Part::Chart(chart) => lines.extend(of_chart(chart)),
            }
        }
    }
    if !report.notes.is_empty() {
        lines.push(String::new());
    }
    for note in &report.notes {
        lines.extend(wrapped(&format!("* {note}"), COLUMNS, 2));
    }
    lines
}

fn of_table(table: &Table) -> Vec<String> {
    let mut lines = if table.caption.is_empty() { Vec::new() } else { wrapped(&table.caption, COLUMNS, 0) };
    if table.rows.is_empty() {
        lines.extend(wrapped(&table.none, COLUMNS, 0));
        return lines;
    }
    if let Some(words) = table.elsewhere() {
        lines.extend(wrapped(&words, COLUMNS, 0));
        return lines;
    }
    let fitting = [2, 1].into_iter().find_map(|gap| Some((gap, widths(table, gap)?)));
    match fitting {
        Some((gap, widths)) => lines.extend(in_columns(table, gap, &widths)),
        None => lines.extend(row_by_row(table)),
    }
    lines
}

/// The widths of the columns, with so many blanks between them; `None` where a word would not fit.
fn widths(table: &Table, gap: usize) -> Option<Vec<usize>> {
    let cells = |column: usize| {
        let own = table.rows.iter().filter_map(move |row| row.cells.get(column)).map(|cell| cell.written());
        let heading = table.columns.get(column).map(|column| column.heading.as_str().into());
        own.chain(heading)
    };
    let wanted: Vec<usize> =
        (0..table.columns.len()).map(|at| cells(at).map(|text| text.width()).max().unwrap_or(0)).collect();
    let least = |at| cells(at).filter_map(|text| text.split(' ').map(UnicodeWidthStr::width).max()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..table.columns.len()).map(least).collect();
    let room = COLUMNS.checked_sub(gap * table.columns.len().saturating_sub(1))?;
    let mut left = room.checked_sub(widths.iter().sum())?;
    while left > 0 {
        let short = widths.iter_mut().zip(&wanted).filter(|(width, wanted)| **width < **wanted);
        let Some((width, _)) = short.max_by_key(|(width, wanted)| **wanted - **width) else { break };
        *width += 1;
        left -= 1;
    }
    Some(widths)
}

fn in_columns(table: &Table, gap: usize, widths: &[usize]) -> Vec<String> {
    let headings: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut lines = row_of(table, gap, widths, &headings);
    lines.push(rule.join(&" ".repeat(gap)));
    for row in &table.rows {
        if row.about == About::Total {
            lines.push(rule.join(&" ".repeat(gap)));
        }
        lines.extend(row_of(table, gap, widths, &texts(row)));
    }
    lines
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.written().into_owned()).collect()
}

fn row_of(table: &Table, gap: usize, widths: &[usize], texts: &[String]) -> Vec<String> {
    let cells: Vec<Vec<String>> =
        texts.iter().zip(widths).map(|(text, width)| wrapped(text, (*width).max(1), 0)).collect();
    let high = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let parts = cells.iter().zip(widths).zip(&table.columns).map(|((lines, width), column)| {
            let text = lines.get(at).map_or("", String::as_str);
            let blanks = " ".repeat(width.saturating_sub(text.width()));
            if column.unit.is_number() { blanks + text } else { text.to_owned() + &blanks }
        });
        parts.collect::<Vec<_>>().join(&" ".repeat(gap)).trim_end().to_owned()
    };
    (0..high).map(line).collect()
}

/// A row's first cell on a line of its own; of the others those that are short stand together.
fn row_by_row(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &table.rows {
        let mut together = String::new();
        for (place, (column, text)) in table.columns.iter().zip(texts(row)).enumerate() {
            let said = format!("{}: {}", column.heading, if text.is_empty() { "-" } else { &text });
            let is_long = place == 0 || said.width() > SHORT_MAX;
            if is_long || together.width() + 3 + said.width() > COLUMNS {
                lines.extend((!together.is_empty()).then(|| std::mem::take(&mut together)));
            }
            if is_long {
                let indent = if place == 0 { "" } else { "  " };
                lines.extend(wrapped(&format!("{indent}{said}"), COLUMNS, 4));
            } else {
                together += if together.is_empty() { "  " } else { "   " };
                together += &said;
            }
        }
        lines.extend((!together.is_empty()).then_some(together));
    }
    lines
}

fn of_chart(chart: &Chart) -> Vec<String> {
    match chart.shape {
        Shape::Bars => bars(chart).unwrap_or_else(|| of_table(&chart.table())),
        Shape::Lines | Shape::Heat => of_table(&chart.table()),
    }
}

/// A line for each value; `None` where there is no room for bars.
fn bars(chart: &Chart) -> Option<Vec<String>> {
    let names = chart.series.len() > 1;
    let said = |value: Option<i64>| {
        value.map_or_else(
            || "-".to_owned(),
            |value| format!("{}{}", chart.unit.cell(value).written(), chart.unit.sign()),
        )
    };
    let values = || chart.series.iter().flat_map(|series| &series.values);
    let most = values().flatten().copied().max().unwrap_or(0).max(1);
    let label_width = chart.labels.iter().map(|label| label.width()).max()?;
    let name_width = if names { chart.series.iter().map(|series| series.name.width() + 1).max()? } else { 0 };
    let value_width = values().map(|value| said(*value).width()).max()?;
    let full = COLUMNS.checked_sub(label_width + name_width + value_width + 3).filter(|full| *full >= BAR_MIN)?;
    let mut lines = wrapped(&chart.title, COLUMNS, 0);
    for (at, label) in chart.labels.iter().enumerate() {
        for (place, series) in chart.series.iter().enumerate() {
            let value = series.values.get(at).copied().flatten();
            let length = i64::try_from(full).ok()? * value.unwrap_or(0).max(0) / most;
            let bar = "#".repeat(usize::try_from(length).ok()?);
            let label = if place == 0 { label.as_str() } else { "" };
            let name = if names { format!("{} ", series.name) } else { String::new() };
            let (before, between) = (" ".repeat(label_width - label.width()), " ".repeat(name_width - name.width()));
            lines.push(format!("{label}{before}  {name}{between}{bar} {}", said(value)));
        }
    }
    Some(lines)
}
