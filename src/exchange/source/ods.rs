//! `OpenDocument` spreadsheets (ODS). The library reads a whole sheet into its memory, and waits for ends that a cut-off file has not: what
//! stands in it is counted first.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Ods, OdsError, Range, Reader as _, SheetVisible, open_workbook_from_rs};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::workbook::{
    COLUMNS_MAX, PART_MAX, ROWS_MAX, SheetText, TEXT_MAX, Workbook, WorkbookFault, shown, weigh, write,
};
use crate::domain::name::clean;
use crate::exchange::unsaved::shown_of;

/// Cells of all sheets, those between others counted: each takes some fifty bytes, twice.
const CELLS_MAX: u64 = 2_000_000;

/// Read the spreadsheet that `bytes` are.
pub fn read(bytes: &[u8]) -> Result<Workbook, WorkbookFault> {
    weigh(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookFault::Broken)?;
    let mut part = |name: &str| {
        let mut text = String::new();
        let part = archive.by_name(name).map_err(|_| WorkbookFault::Broken)?;
        part.take(PART_MAX).read_to_string(&mut text)?;
        Ok::<String, WorkbookFault>(text)
    };
    if part("META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(WorkbookFault::Password);
    }
    count(&part("content.xml")?)?;
    let mut book: Ods<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|fault| match fault {
        OdsError::Password => WorkbookFault::Password,
        OdsError::InvalidMime(_) => WorkbookFault::NoSheets,
        _ => WorkbookFault::Broken,
    })?;
    let mut read = Workbook::default();
    for sheet in book.sheets_metadata().to_vec() {
        let name = clean(&sheet.name);
        if sheet.visible != SheetVisible::Visible {
            read.hidden.push(name);
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(|_| WorkbookFault::Broken)?;
        let formulas = book.worksheet_formula(&sheet.name).map_err(|_| WorkbookFault::Broken)?;
        let text = text(&range, &formulas)?;
        if !text.trim().is_empty() {
            read.sheets.push(SheetText { name, text });
        }
    }
    Ok(read)
}

/// The rows of a sheet as text, each from the first column to the last in which a value or a formula stands.
fn text(range: &Range<Data>, formulas: &Range<String>) -> Result<String, WorkbookFault> {
    let Some((last, width)) = [range.end(), formulas.end()]
        .into_iter()
        .flatten()
        .reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))
    else {
        return Ok(String::new());
    };
    let mut text = Vec::new();
    for row in 0..=last {
        let cell = |column: u32| match (range.get_value((row, column)), formulas.get_value((row, column))) {
            (None | Some(Data::Empty), Some(formula)) if !formula.is_empty() => shown_of(formula).into_owned(),
            (value, _) => value.map(|value| shown(&borrowed(value))).unwrap_or_default(),
        };
        write(&mut text, &mut (0..=width).map(cell).collect::<Vec<String>>())?;
    }
    String::from_utf8(text).map_err(|_| WorkbookFault::Broken)
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is_so) => DataRef::Bool(*is_so),
        Data::DateTime(when) => DataRef::DateTime(*when),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// What has been counted.
#[derive(Default)]
struct Counted {
    /// The sheet that is open.
    sheet: Option<String>,
    rows: u64,
    /// Up to the last row, and the last column, that holds anything.
    last_row: u64,
    width: u64,
    /// Cells of the sheets before, and bytes of text.
    cells: u64,
    text: u64,
    /// How often the row and the cell that are open stand there, and columns before.
    row_times: u64,
    cell_times: u64,
    columns: u64,
}

/// Refuse content that is not whole, or holds more than is read.
fn count(content: &str) -> Result<(), WorkbookFault> {
    let mut reader = Reader::from_str(content);
    let (mut counted, mut depth) = (Counted::default(), 0_u32);
    loop {
        match reader.read_event().map_err(|_| WorkbookFault::Broken)? {
            Event::Start(start) => {
                depth += 1;
                counted.meet(&start)?;
            }
            Event::Empty(start) => {
                counted.meet(&start)?;
                counted.leave(start.name().as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                counted.leave(end.name().as_ref());
            }
            Event::Text(text) => counted.add(text.len())?,
            Event::CData(text) => counted.add(text.len())?,
            Event::Eof if depth > 0 => return Err(WorkbookFault::Broken),
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(WorkbookFault::Broken),
            Event::GeneralRef(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}

impl Counted {
    fn meet(&mut self, start: &BytesStart<'_>) -> Result<(), WorkbookFault> {
        let mut names = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| WorkbookFault::Broken)?;
            names.push((attribute.key.as_ref().to_owned(), attribute.value));
        }
        let value = |name: &str| names.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref());
        // What is not plainly a number is not guessed at.
        let times =
            |name: &str| value(name).map_or(Ok(1), |times| times.parse::<u64>().map_err(|_| WorkbookFault::Broken));
        match start.name().as_ref() {
            // A sheet within a sheet would have its rows counted apart.
            "table:table" if self.sheet.is_some() => return Err(WorkbookFault::Broken),
            "table:table" => {
                let (cells, text) = (self.cells + self.last_row * self.width, self.text);
                let sheet = Some(clean(value("table:name").unwrap_or_default()));
                *self = Counted { sheet, cells, text, ..Counted::default() };
            }
            "table:table-row" => {
                self.row_times = times("table:number-rows-repeated")?;
                self.rows = self.rows.saturating_add(self.row_times);
                self.columns = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_times = times("table:number-columns-repeated")?;
                self.columns = self.columns.saturating_add(self.cell_times);
                let holds =
                    |key: &str| key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula";
                let held = names.iter().filter(|(key, _)| holds(key));
                if let Some(bytes) = held.map(|(_, value)| value.len()).reduce(|all, one| all + one) {
                    (self.last_row, self.width) = (self.rows, self.width.max(self.columns));
                    if self.last_row > u64::from(ROWS_MAX) || self.width > u64::from(COLUMNS_MAX) {
                        return Err(WorkbookFault::TooWide(self.sheet.clone().unwrap_or_default()));
                    }
                    self.add(bytes)?;
                }
            }
            _ => {}
        }
        if self.cells + self.last_row * self.width > CELLS_MAX { Err(WorkbookFault::TooLarge) } else { Ok(()) }
    }

    fn leave(&mut self, name: &str) {
        if name == "table:table" {
            self.sheet = None;
        }
    }

    /// Text of a cell, as often as the cell stands there.
    fn add(&mut self, bytes: usize) -> Result<(), WorkbookFault> {
        let times = self.cell_times.max(1).saturating_mul(self.row_times.max(1));
        self.text = self.text.saturating_add((bytes as u64).saturating_mul(times));
        if self.text > TEXT_MAX as u64 { Err(WorkbookFault::TooLarge) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::{ods, read_files, zip};

    fn refused(table: &str) -> String {
        super::read(&ods(table)).unwrap_err().to_string()
    }

    #[test]
    fn a_sheet_is_a_table() {
        let texts = |cells: &[&str]| -> String {
            cells
                .iter()
                .map(|text| {
                    format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
                })
                .collect()
        };
        let table = format!(
            "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row><table:table-row>{}</table:table-row>\
             <table:table-row>{}<table:table-cell office:value-type='date' office:date-value='2026-10-12'/>{}</table:table-row>\
             <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>",
            texts(&["admission_no", "date", "session", "code"]),
            texts(&["004101"]),
            texts(&["AM", "L"])
        );
        let read = read_files(&[("book.ods", &ods(&table))]).unwrap();
        let (place, mark) = read.incoming.marks.iter().next().unwrap();
        assert_eq!((place.file.as_str(), place.line), ("book.ods, sheet Marks", 4));
        assert_eq!((mark.at.to_string().as_str(), read.rejects.len()), ("Mon 12 Oct AM", 0));
    }

    #[test]
    fn a_formula_whose_value_was_not_saved_is_not_blank() {
        let text = |text: &str| {
            format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
        };
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let headings: String = ["admission_no", "date", "session", "code"].map(text).concat();
        let table = |code: &str| {
            let no = "<table:table-cell table:formula='of:=&quot;00123&quot;'/>";
            row(&headings) + &row(&(no.to_owned() + &text("2026-10-12") + &text("AM") + code))
        };
        let unsaved = "<table:table-cell table:formula='of:=[.A1]'/>";
        let read = read_files(&[("book.ods", &ods(&table(unsaved)))]).unwrap();
        assert!(
            read.rejects[0].reason.starts_with("this is a formula whose value was not saved"),
            "{:?}",
            read.rejects
        );
        assert_eq!((read.rejects[0].place.line, read.rejects[0].column.as_str()), (2, "code"));
        let saved = "<table:table-cell table:formula='of:=[.A1]' office:value-type='string' office:string-value='L'/>";
        let read = read_files(&[("book.ods", &ods(&table(saved)))]).unwrap();
        let (_, mark) = read.incoming.marks.iter().next().unwrap();
        assert_eq!((mark.pupil.admission_no.as_deref(), mark.mark.code.as_str()), (Some("00123"), "L"));
        let below = row(unsaved) + &row(unsaved);
        let whole = super::read(&ods(&(table(saved) + &below))).unwrap().sheets.remove(0).text;
        assert!(whole.ends_with("\n#UNSAVED!,,,\n#UNSAVED!,,,\n"), "{whole}");
    }

    #[test]
    fn what_is_too_large_or_not_whole_is_refused_before_it_is_read() {
        let cell = |more: &str| format!("<table:table-cell office:value-type='float' office:value='1' {more}/>");
        let row = |more: &str, cells: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
        let far = "has something beyond row 100000 or column 500";
        assert!(refused(&row("", &cell("table:number-columns-repeated='16384'"))).starts_with(far));
        assert!(refused(&row("table:number-rows-repeated='1048576'", &cell(""))).starts_with(far));
        let many = row("table:number-rows-repeated='99999'", &cell("table:number-columns-repeated='499'"));
        assert!(refused(&many).starts_with("holds more than"));
        assert!(refused("<table:table table:name='b'/>").starts_with("is a workbook that cannot be read"));
        assert!(
            refused(&row("table:number-rows-repeated='&#49;00'", &cell(""))).starts_with("is a workbook that cannot")
        );
        assert!(refused("<table:table-row>").starts_with("is a workbook that cannot be read"));
        let locked = zip(&[("mimetype", b"x"), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")]);
        let locked = super::read(&std::fs::read(locked.path()).unwrap()).unwrap_err().to_string();
        assert!(locked.starts_with("has a password"), "{locked}");
    }
}
