//! Workbooks: each visible sheet as the text of a table, a line a row, cell by cell and bounded. A sheet is never held whole as
//! cells: two cells far apart would make it larger than any memory.

use std::io::{self, Cursor, Read as _};

use calamine::{
    DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxCellFormulaMetadataRecord, XlsxError,
    XlsxFormulaMetadata, open_workbook_from_rs,
};
use csv::WriterBuilder;
use zip::ZipArchive;

use super::references;
use crate::domain::name::clean;
use crate::exchange::unsaved::{UNSAVED, shown_of};
use crate::render::guard::guarded;

/// Bytes of one part of a workbook, unpacked.
pub const PART_MAX: u64 = 64_000_000;
/// Bytes of all its parts.
const PARTS_MAX: u64 = 200_000_000;
/// How many times as large as it is packed a part may be, and up to what size that is not asked.
const UNPACKED_MAX: u64 = 100;
const SMALL: u64 = 5_000_000;
/// Rows and columns of a sheet.
pub const ROWS_MAX: u32 = 100_000;
pub const COLUMNS_MAX: u32 = 500;
/// Bytes of text of all sheets: one long text may stand in many cells.
pub const TEXT_MAX: usize = 100_000_000;
/// Beyond this day, 31 Dec 9999, Excel has none.
const DAYS_MAX: f64 = 2_958_466.0;

/// A workbook.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Workbook {
    /// Its sheets that are seen and hold anything.
    pub sheets: Vec<SheetText>,
    /// The names of those that are hidden.
    pub hidden: Vec<String>,
}

/// A sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetText {
    /// Its name.
    pub name: String,
    /// Its rows as CSV: the number of a line is that of the row.
    pub text: String,
}

/// Why a workbook is not read, as it follows the file's name.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookFault {
    /// A part is larger than any school's.
    #[error("holds more than {} MB in one part, or more than {} MB together, unpacked: save one sheet alone", PART_MAX / 1_000_000, PARTS_MAX / 1_000_000)]
    TooLarge,
    /// A part that unpacks to many times its size.
    #[error(
        "unpacks to more than {UNPACKED_MAX} times its packed size, as no workbook of a school does: open it, and save the sheet as “CSV UTF-8”"
    )]
    Bomb,
    /// More rows or columns than are read.
    #[error(
        "has something beyond row {ROWS_MAX} or column {COLUMNS_MAX} of its sheet “{0}”: delete what does not belong to the table, or save the sheet as “CSV UTF-8”"
    )]
    TooWide(String),
    /// Rows that do not follow each other.
    #[error("has rows in no order in its sheet “{0}”: open it, save it again and import that file")]
    Unordered(String),
    /// A password.
    #[error("has a password: open it, save it without one and import that file")]
    Password,
    /// An `OpenDocument` file of another kind.
    #[error("is an OpenDocument file, but no spreadsheet: export the table itself as CSV")]
    NoSheets,
    /// Something else is wrong with it.
    #[error(
        "is a workbook that cannot be read: open it, save it again, or the sheet as “CSV UTF-8”, and import that file"
    )]
    Broken,
}

impl From<XlsxError> for WorkbookFault {
    fn from(fault: XlsxError) -> WorkbookFault {
        if matches!(fault, XlsxError::Password) { WorkbookFault::Password } else { WorkbookFault::Broken }
    }
}

impl From<io::Error> for WorkbookFault {
    fn from(_: io::Error) -> WorkbookFault {
        WorkbookFault::Broken
    }
}

/// Read the workbook that `bytes` are.
pub fn read(bytes: &[u8]) -> Result<Workbook, WorkbookFault> {
    weigh(bytes)?;
    if !references::are_on_a_sheet(bytes, PART_MAX) {
        return Err(WorkbookFault::Broken);
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes))?;
    let mut read = Workbook::default();
    let mut left = TEXT_MAX;
    for sheet in book.sheets_metadata().to_vec() {
        let name = clean(&sheet.name);
        match (sheet.visible, sheet.typ) {
            (SheetVisible::Visible, SheetType::WorkSheet) => {}
            (SheetVisible::Hidden | SheetVisible::VeryHidden, SheetType::WorkSheet) => {
                read.hidden.push(name);
                continue;
            }
            (_, SheetType::DialogSheet | SheetType::MacroSheet | SheetType::ChartSheet | SheetType::Vba) => continue,
        }
        let width = width(&mut book, &sheet.name)?;
        if width > 0 {
            let text = text(&mut book, &sheet.name, width, left)?;
            left -= text.len();
            read.sheets.push(SheetText { name, text });
        }
    }
    Ok(read)
}

/// Unpack every part once, and count what really comes out: what a zip says of its sizes may be wrong.
pub fn weigh(bytes: &[u8]) -> Result<(), WorkbookFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookFault::Broken)?;
    let mut all = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| WorkbookFault::Broken)?;
        let believed = part.compressed_size().saturating_mul(UNPACKED_MAX).max(SMALL);
        let count = io::copy(&mut part.take(PART_MAX.min(believed) + 1), &mut io::sink())?;
        all += count;
        match () {
            () if count > PART_MAX || all > PARTS_MAX => return Err(WorkbookFault::TooLarge),
            () if count > believed => return Err(WorkbookFault::Bomb),
            () => {}
        }
    }
    Ok(())
}

/// How many columns of the sheet have anything in them.
fn width(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<usize, WorkbookFault> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut width = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        if !cell_text(&cell).is_empty() {
            if row >= ROWS_MAX || column >= COLUMNS_MAX {
                return Err(WorkbookFault::TooWide(clean(sheet)));
            }
            width = width.max(column as usize + 1);
        }
    }
    Ok(width)
}

/// The rows of the sheet as text, each of `width` cells; an empty row is an empty line.
fn text(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, width: usize, left: usize) -> Result<String, WorkbookFault> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let (mut text, mut row, mut at) = (Vec::new(), vec![String::new(); width], 0);
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (new, column) = cell.pos;
        let shown = cell_text(&cell);
        let Some(place) = row.get(column as usize).filter(|_| !shown.is_empty()).map(|_| column as usize) else {
            continue;
        };
        if new < at {
            return Err(WorkbookFault::Unordered(clean(sheet)));
        }
        while at < new {
            write(&mut text, &mut row)?;
            at += 1;
        }
        if let Some(place) = row.get_mut(place) {
            *place = shown;
        }
        if text.len() + row.iter().map(String::len).sum::<usize>() > left {
            return Err(WorkbookFault::TooLarge);
        }
    }
    write(&mut text, &mut row)?;
    String::from_utf8(text).map_err(|_| WorkbookFault::Broken)
}

/// Write `row` as a line, and empty it.
pub fn write(text: &mut Vec<u8>, row: &mut [String]) -> io::Result<()> {
    if row.iter().all(String::is_empty) {
        text.push(b'\n');
        return Ok(());
    }
    let mut line = WriterBuilder::new().buffer_capacity(1_024).from_writer(text);
    // An apostrophe of the cell's own is none that guards it.
    let cells = row.iter().map(|cell| if cell.starts_with('\'') { guarded(cell) } else { cell.into() });
    line.write_record(cells.map(|cell| cell.into_owned()))?;
    line.flush()?;
    row.iter_mut().for_each(String::clear);
    Ok(())
}

/// What a cell shows; of a formula, the value that was saved with it.
fn cell_text(cell: &XlsxCellFormulaMetadataRecord<'_>) -> String {
    match (&cell.value, &cell.formula) {
        (DataRef::Empty, Some(XlsxFormulaMetadata::Normal { formula })) if formula.is_empty() => String::new(),
        (DataRef::Empty, Some(XlsxFormulaMetadata::Normal { formula })) => one_line(&shown_of(formula)),
        (DataRef::Empty, Some(_)) => UNSAVED.to_owned(),
        (value, _) => shown(value),
    }
}

/// What a cell shows, in one line: a day as ISO, a whole number without a point.
pub fn shown(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => one_line(text),
        DataRef::SharedString(text) => one_line(text),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(when) => when_text(*when),
        DataRef::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        DataRef::DurationIso(text) => one_line(text),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ").trim().to_owned()
}

fn number_text(number: f64) -> String {
    // As many digits as a spreadsheet holds.
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// A day, a time, or both.
fn when_text(when: ExcelDateTime) -> String {
    let number = when.as_f64();
    if !(0.0..DAYS_MAX).contains(&number) || when.is_duration() {
        return number_text(number);
    }
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    match number {
        ..1.0 => time,
        _ if number.fract() == 0.0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::Reject;
    use crate::exchange::support::{packed, parts, read_files, reasons, texts};

    const HEADINGS: [&str; 4] = ["admission_no", "date", "session", "code"];

    fn text_of(rows: &str) -> String {
        read(&packed(&parts(&[("A", "visible", rows)]))).unwrap().sheets.remove(0).text
    }

    fn refused(rows: &str) -> String {
        read(&packed(&parts(&[("A", "visible", rows)]))).unwrap_err().to_string()
    }

    #[test]
    fn what_cells_show_is_their_text() {
        let rows = "<row r='1'><c><v>4101</v></c><c><v>0.94</v></c><c s='1'><v>46307</v></c><c s='1'><v>46307.5</v></c>\
            <c s='2'><v>0.375</v></c></row><row r='4'><c r='B4' t='b'><v>1</v></c><c t='e'><v>#REF!</v></c>\
            <c t='inlineStr'><is><t> a,\n&quot;b&quot; </t></is></c></row>";
        let lines = ["4101,0.94,2026-10-12,2026-10-12 12:00,09:00", "", "", ",TRUE,#REF!,\"a, \"\"b\"\"\",", ""];
        assert_eq!(text_of(rows).split('\n').collect::<Vec<_>>(), lines);
    }

    #[test]
    fn each_sheet_is_a_table_and_its_lines_are_its_rows() {
        let date = |row: u32, no: &str, code: &str| {
            format!(
                "<row r='{row}'><c r='A{row}' t='inlineStr'><is><t>{no}</t></is></c><c r='B{row}' s='1'><v>46307</v></c>\
                 <c r='C{row}' t='inlineStr'><is><t>AM</t></is></c><c r='D{row}' t='inlineStr'><is><t>{code}</t></is></c></row>"
            )
        };
        let marks = texts(2, &HEADINGS) + &date(5, "004101", "/") + &date(6, "004102", "Q");
        let secret = texts(1, &HEADINGS) + &date(2, "9", "/");
        let book = parts(&[
            ("Marks", "visible", &marks),
            ("Old", "hidden", &secret),
            ("Notes", "visible", &texts(1, &["bring", "cake"])),
            ("Empty", "visible", ""),
        ]);
        let read = read_files(&[("book.xlsx", &packed(&book))]).unwrap();
        let (place, mark) = read.incoming.marks.iter().next().unwrap();
        assert_eq!(
            (place.file.as_str(), place.line, mark.pupil.admission_no.as_deref()),
            ("book.xlsx, sheet Marks", 5, Some("004101"))
        );
        assert_eq!((mark.at.to_string().as_str(), read.incoming.marks.len()), ("Mon 12 Oct AM", 1));
        assert_eq!(read.incoming.unknown_marks[0].0.line, 6);
        assert!(
            reasons(&read)[0].1.starts_with("book.xlsx, sheet Notes is not a file firstbell knows"),
            "{:?}",
            reasons(&read)
        );
        assert_eq!(read.warnings.last().unwrap().text, "the sheet “Old” is hidden, and was left out");
        let nothing = parts(&[("Old", "veryHidden", &secret)]);
        let fault = read_files(&[("book.xlsx", &packed(&nothing))]).unwrap_err().to_string();
        assert!(fault.contains("without anything in a sheet that is not hidden"), "{fault}");
    }

    #[test]
    fn a_formula_whose_value_was_not_saved_is_not_blank() {
        let marks = |code: &str, date: &str| {
            let cell = |text: &str| format!("<c t='inlineStr'><is><t>{text}</t></is></c>");
            let row = |no: &str, code: &str| format!("<row>{no}{date}{}{code}</row>", cell("AM"));
            let rows =
                texts(1, &HEADINGS) + &row("<c><f>&quot;00123&quot;</f></c>", code) + &row(&cell("4102"), &cell("/"));
            packed(&parts(&[("A", "visible", &rows)]))
        };
        let told = |book: &[u8]| {
            let read = read_files(&[("book.xlsx", book)]).unwrap();
            let of = |one: &Reject| format!("{} {} {}", one.place.line, one.column, &one.reason[..16]);
            let pupils = read.incoming.marks.iter().filter_map(|(_, mark)| mark.pupil.admission_no).collect::<Vec<_>>();
            (pupils, read.rejects.iter().map(of).collect::<Vec<_>>())
        };
        let date = "<c s='1'><v>46307</v></c>";
        let refused = ["2 code this is a formul".to_owned()];
        for unsaved in
            ["<c><f>A1</f></c>", "<c t='str'><f>A1</f></c>", "<c><f>A1</f><v/></c>", "<c><f t='shared' si='0'/></c>"]
        {
            let (pupils, rejects) = told(&marks(unsaved, date));
            assert_eq!((pupils.as_slice(), rejects.as_slice()), (&["4102".to_owned()][..], &refused[..]), "{unsaved}");
        }
        // A saved value may be a blank text.
        let (pupils, rejects) = told(&marks("<c t='str'><f>A1</f><v></v></c>", date));
        assert_eq!((pupils.as_slice(), rejects.len()), (&["4102".to_owned()][..], 0));
        let (pupils, _) = told(&marks("<c t='str'><f>A1</f><v>L</v></c>", date));
        assert_eq!(pupils, ["00123", "4102"]);
        let (pupils, rejects) = told(&marks("<c t='e'><v>#N/A</v></c>", date));
        assert_eq!((pupils.len(), rejects), (1, vec!["2 code this is not an a".to_owned()]));
        let (pupils, rejects) = told(&marks("<c><v>1</v></c>", "<c><v>46307</v></c>"));
        assert_eq!((pupils.len(), rejects.len()), (0, 2), "a day that is shown as a number is not guessed");
        let headings = texts(1, &HEADINGS).replace("</row>", "<c><f>A1</f></c></row>")
            + &texts(2, &["1", "2026-10-12", "AM", "/"]);
        let book = packed(&parts(&[("A", "visible", &headings)]));
        let fault = read_files(&[("book.xlsx", &book)]).unwrap_err().to_string();
        assert!(fault.contains("has a formula among its headings"), "{fault}");
    }

    #[test]
    fn a_cell_whose_column_has_too_many_letters_is_not_taken_for_another() {
        let cell = |place: &str| format!("<row r='1'><c r='{place}' t='inlineStr'><is><t>7</t></is></c></row>");
        assert_eq!(text_of(&cell("B1")).trim(), ",7");
        assert!(refused(&cell("MWLQKWV1")).contains("cannot be read"));
    }

    #[test]
    fn nothing_is_held_that_is_larger_than_a_school() {
        let far =
            |place: &str| format!("<row r='1'><c r='A1'><v>1</v></c></row><row><c r='{place}'><v>1</v></c></row>");
        for place in ["XFD1048576", "A100001", "SG2"] {
            assert!(
                refused(&far(place)).starts_with("has something beyond row 100000 or column 500 of its sheet “A”"),
                "{place}"
            );
        }
        assert_eq!(text_of(&far("SF100000")).lines().count(), 100_000);
        // A sheet that is formatted to its end has nothing there.
        assert_eq!(
            text_of("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576' s='1'/></row>"),
            "1\n"
        );
        let blanks = " ".repeat(6_000_000);
        assert!(refused(&blanks).starts_with("unpacks to more than 100 times"));
        assert!(
            refused("<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>")
                .starts_with("has rows in no order")
        );
        assert!(refused("<row r='1'><c r='A1'>").starts_with("is a workbook that cannot be read"));
    }
}
