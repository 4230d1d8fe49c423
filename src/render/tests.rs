//! A small report in each format; and that whatever stands in a report stands in all that is written of it.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use proptest::prelude::*;
use quick_xml::events::Event;
use unicode_width::UnicodeWidthStr;

use super::guard::guarded;
use super::*;
use crate::report::layout::chart::{Chart, Series, Shape};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// A byte order mark, and a letter that turns what follows it round.
const HIDDEN: [char; 2] = ['\u{feff}', '\u{202e}'];

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn table() -> Table {
    let columns = vec![
        Column::new("group", Unit::Text),
        Column::new("pupils", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("change", Unit::Points),
        Column::new("min late", Unit::Minutes),
        Column::new("since", Unit::Date),
    ];
    let rows = [("8KM & <b>Co</b>", 28, 943, 12, 35, 23), ("=9TR \"x\"", 30, 1000, -3, 0, 24)];
    let row = |(name, pupils, att, change, minutes, day): (&str, i64, i64, i64, i64, u32)| {
        let cells = vec![
            Cell::text(name.to_owned()),
            Cell::Number(pupils),
            Cell::Percent(att),
            Cell::Points(change),
            Cell::Minutes(minutes),
            Cell::Date(on(day)),
        ];
        Row::group(28, None, cells)
    };
    let total =
        vec![Cell::text("All"), Cell::Number(58), Cell::Percent(972), Cell::Points(4), Cell::Minutes(35), Cell::Blank];
    Table::new(columns, "Nobody.").with(rows.map(row).into_iter().chain([Row::total(total)])).called("Groups")
}

fn chart(shape: Shape, unit: Unit, of: Vec<i64>) -> Chart {
    let series = |name: &str, values: &[Option<i64>]| Series { of: of.clone(), ..Series::new(name, values.to_vec()) };
    Chart {
        title: format!("Chart {shape:?}"),
        unit,
        shape,
        axis: "week".to_owned(),
        labels: ["9 Nov", "16 Nov", "23 Nov"].map(str::to_owned).to_vec(),
        series: vec![series("L", &[Some(31), None, Some(52)]), series("U", &[Some(4), Some(0), Some(17)])],
        pupils: 58,
    }
}

fn sample() -> Report {
    let made = on(27).and_hms_opt(15, 30, 0).unwrap();
    let columns = vec![Column::new("pupil", Unit::Text)];
    let parts = vec![
        Part::Words("Ten words that are said to whoever reads this.".to_owned()),
        Part::Table(table()),
        Part::Table(Table::new(columns, "Nobody is here.").called("Empty")),
    ];
    let charts = vec![
        Part::Chart(chart(Shape::Bars, Unit::Number, Vec::new())),
        Part::Chart(chart(Shape::Lines, Unit::Percent, Vec::new())),
        Part::Chart(chart(Shape::Heat, Unit::Percent, vec![56, 0, 55])),
    ];
    Report {
        title: "Lates & more".to_owned(),
        audience: "heads of year".to_owned(),
        school: "Harrington High".to_owned(),
        only: "Year 8".to_owned(),
        dates: (on(23), on(27)),
        as_of: made,
        made,
        pupils: 58,
        sections: vec![Section::new("Tables", parts), Section::new("Charts: by week", charts)],
        notes: vec!["A note for whoever reads it.".to_owned()],
    }
}

fn written(report: &Report, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(report, format, &mut bytes).unwrap();
    bytes
}

fn text_of(report: &Report, format: Format) -> String {
    String::from_utf8(written(report, format)).unwrap()
}

/// Every cell of a workbook, sheet by sheet.
fn cells(bytes: Vec<u8>) -> Vec<(String, Vec<Data>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let mut reader = book.worksheet_cells_reader(&name).unwrap();
        let mut cells = Vec::new();
        while let Some(cell) = reader.next_cell().unwrap() {
            cells.push(Data::from(cell.get_value().clone()));
        }
        (name, cells)
    });
    sheets.collect()
}

/// The texts of a page, which is well-formed XML as well, each whole.
fn texts(page: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(page);
    let (mut texts, mut text) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Text(part) => text += &part.xml10_content(),
            Event::GeneralRef(part) => match part.resolve_char_ref().unwrap() {
                Some(letter) => text.push(letter),
                None => text += quick_xml::escape::resolve_predefined_entity(&part.xml10_content()).unwrap(),
            },
            Event::Eof => return texts,
            Event::Start(_) | Event::End(_) | Event::Empty(_) => texts.push(std::mem::take(&mut text)),
            _ => {}
        }
    }
}

#[test]
fn a_report_in_text() {
    let text = text_of(&sample(), Format::Text);
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    insta::assert_snapshot!("text", text);
}

#[test]
fn a_report_in_csv() {
    insta::assert_snapshot!("csv", text_of(&sample(), Format::Csv).trim_start_matches('\u{feff}'));
}

#[test]
fn a_report_as_a_page() {
    let page = text_of(&sample(), Format::Html);
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
    insta::assert_snapshot!("html", page);
}

#[test]
fn a_report_as_a_workbook() {
    let bytes = written(&sample(), Format::Xlsx);
    assert_eq!(bytes, written(&sample(), Format::Xlsx), "two of the same are the same");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let charts =
        archive.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("xl/charts/chart"))).count();
    assert_eq!(charts, 2);
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(!sheet.contains("<f>") && sheet.contains("state=\"frozen\""), "{sheet}");
    let sheets = cells(bytes);
    let text: Vec<String> = sheets.iter().map(|(name, cells)| format!("{name}: {cells:?}")).collect();
    insta::assert_snapshot!("xlsx", text.join("\n"));
}

#[test]
fn a_table_too_wide_for_the_sheet_is_written_row_by_row() {
    let columns: Vec<Column> = (0..20).map(|number| Column::new(&format!("heading{number}"), Unit::Number)).collect();
    let table = Table::new(columns, "").with([Row::total((0..20).map(Cell::Number).collect())]);
    let report = Report { sections: vec![Section::new("Wide", vec![Part::Table(table)])], ..sample() };
    let text = text_of(&report, Format::Text);
    assert!(text.contains("heading0: 0\n  heading1: 1   heading2: 2   "), "{text}");
}

#[test]
fn sheets_are_called_as_a_spreadsheet_lets_them() {
    let headings = [
        "Year 9/10: [all] and a heading that goes on",
        "Year 9/10: [all] and a heading that goes on",
        "",
        "History",
        "'x'",
    ];
    let sections = headings.map(|heading| Section::new(heading, vec![Part::Words("x".to_owned())]));
    let report = Report { sections: sections.into(), ..sample() };
    let names: Vec<String> = cells(written(&report, Format::Xlsx)).into_iter().map(|(name, _)| name).collect();
    let [first, second] = ["Year 9 10   all  and a heading", "Year 9 10   all  and a hea 2"];
    assert_eq!(names, [first, second, "Report", "Report 2", "x", "About"]);
}

/// What may be typed into a record, and worse.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Zé王'\"<>&=+@/ ,;{}%-]{0,24}", "[\\PC\u{0}-\u{1f}\u{7f}\u{202e}]{0,12}"]
}

fn any_cell() -> impl Strategy<Value = Cell<'static>> {
    prop_oneof![
        any_text().prop_map(|text| Cell::Text(text.into())),
        (-2_000_i64..3_000_000_000).prop_map(Cell::Number),
        (0_i64..1001).prop_map(Cell::Percent),
        (-1000_i64..1001).prop_map(Cell::Points),
        (0_i64..9999).prop_map(Cell::Minutes),
        (1_u32..30).prop_map(|day| Cell::Date(on(day))),
        Just(Cell::Blank),
    ]
}

prop_compose! {
    fn any_report()(
        texts in prop::collection::vec(any_text(), 8),
        width in 1_usize..9,
        cells in prop::collection::vec(any_cell(), 0..40),
        values in prop::collection::vec(prop::option::of(0_i64..2000), 1..60),
        shape in prop::sample::select(vec![Shape::Bars, Shape::Lines, Shape::Heat]),
    ) -> Report {
        let [a, b, c, d, e, f, g, h] = texts.try_into().unwrap();
        let columns = (0..width).map(|_| Column::new(&a, Unit::Number)).collect();
        let rows = cells.chunks_exact(width).map(|cells| Row::group(9, None, cells.to_vec()));
        let table = Table::new(columns, &b).with(rows).called(&c);
        let labels: Vec<String> = (0..values.len()).map(|number| format!("{d} {number}")).collect();
        let chart = Chart { title: e, labels, series: vec![Series::new(&f, values)], ..chart(shape, Unit::Percent, Vec::new()) };
        let parts = vec![Part::Words(g), Part::Table(table), Part::Chart(chart)];
        Report { sections: vec![Section::new(&h, parts)], notes: vec![a], ..sample() }
    }
}

/// The day of the month in a date of November.
fn day_of(written: &str) -> u32 {
    written.rsplit('-').next().unwrap().parse().unwrap()
}

/// Every table of a report, those of its charts among them.
fn tables(report: &Report) -> Vec<Table> {
    let parts = report.sections.iter().flat_map(|section| &section.parts);
    parts
        .filter_map(|part| match part {
            Part::Words(_) => None,
            Part::Table(table) => Some(table.clone()),
            Part::Chart(chart) => Some(chart.table()),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_stands_in_a_report_stands_in_all_that_is_written_of_it(report in any_report()) {
        let clean = report.clone().cleaned();
        let tables = tables(&clean);
        let all = || tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).filter(|cell| **cell != Cell::Blank);

        let text = text_of(&report, Format::Text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let page = text_of(&report, Format::Html);
        let texts = texts(&page);
        let csv = text_of(&report, Format::Csv);
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let records: Vec<String> = reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        let sheets = cells(written(&report, Format::Xlsx));
        let of_book: Vec<&Data> = sheets.iter().flat_map(|(_, cells)| cells).collect();

        for cell in all() {
            let written = cell.written();
            for word in written.split(' ').filter(|word| !word.is_empty()) {
                prop_assert!(words.contains(&word), "{word:?} in {text}");
            }
            // Behind a bar stands what the value is of.
            prop_assert!(texts.iter().any(|text| *text == written || *text == format!("{written} %")), "{written:?} in {page}");
            let in_csv = if let Cell::Text(text) = cell { guarded(text).into_owned() } else { written.to_string() };
            prop_assert!(records.contains(&in_csv), "{written:?} in {csv}");
            let is_in_book = of_book.iter().any(|data| match (cell, data) {
                (Cell::Number(number) | Cell::Minutes(number), Data::Float(float)) => *float == *number as f64,
                (Cell::Percent(tenths) | Cell::Points(tenths), Data::Float(float)) => (*float * 10.0).round() == *tenths as f64,
                (Cell::Date(_), Data::DateTime(date)) => date.as_f64() == (on(1) - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64 + f64::from(day_of(&written)) - 1.0,
                (_, Data::String(text)) => *text == written,
                _ => false,
            });
            prop_assert!(is_in_book, "{cell:?} in {of_book:?}");
        }
        for written in [&text, &page, &csv] {
            let is_plain = |letter: char| (!letter.is_control() || letter == '\n') && !HIDDEN.contains(&letter);
            let plain = written.trim_start_matches(HIDDEN[0]).chars().all(is_plain);
            prop_assert!(plain, "{written:?}");
        }
        for record in &records {
            let is_number = record.parse::<f64>().is_ok();
            prop_assert!(is_number || !record.trim_start_matches(' ').starts_with(['=', '+', '-', '@']), "{record:?}");
        }
        for data in of_book {
            if let Data::String(text) = data {
                prop_assert!(!text.chars().any(char::is_control), "{text:?}");
            }
        }
    }
}
