//! What the tests of every reader need: a few codes, and ways to hand in files.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::profiles::Profiles;
use super::timetable::Timetable;
use super::{Known, Read, ReadFault, read};
use crate::domain::calendar::{Calendar, Term};
use crate::domain::code::CodeTable;
use crate::domain::incoming::{IncomingMark, Place};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).unwrap()
}

/// The autumn term around it, with a week off.
pub fn calendar() -> Calendar {
    let term = |name: &str, from, until| {
        let date = |(month, day)| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        Term { name: name.to_owned(), from: date(from), until: date(until) }
    };
    let terms = vec![term("Autumn 1", (9, 2), (10, 23)), term("Autumn 2", (11, 2), (12, 18))];
    Calendar { terms, ..Calendar::default() }
}

/// Enough codes to tell good from bad.
pub fn codes() -> CodeTable {
    let row = |code: &str, statistic: &str, more: &str| {
        format!(
            "[[code]]\ncode = '{code}'\nmeaning = 'x'\nstatistic = '{statistic}'\npossible = true\non-site = 'no'\n\
             may-enter = 'tutor'\n{more}\n"
        )
    };
    let text = row("/", "present", "session = 'AM'")
        + &row("\\", "present", "session = 'PM'")
        + &["L", "U", "N", "I"].map(|code| row(code, "authorised", "")).concat()
        + &row("J1", "authorised", "from = '2024-08-19'")
        + &row("H", "authorised", "until = '2024-08-18'");
    toml::from_str(&text).unwrap()
}

pub fn read_path(path: PathBuf) -> Result<Read, ReadFault> {
    read_paths(&[path])
}

/// Read several files of one import.
pub fn read_paths(paths: &[PathBuf]) -> Result<Read, ReadFault> {
    let profiles = Profiles::built_in()?;
    read(
        paths,
        Known {
            codes: &codes(),
            calendar: &calendar(),
            today: today(),
            profiles: &profiles,
            has_serial_dates: false,
            timetable: &Timetable::default(),
            own_files: &hashbrown::HashSet::new(),
        },
        &mut |_| {},
    )
}

/// Read a folder of these files.
pub fn read_files(files: &[(&str, &[u8])]) -> Result<Read, ReadFault> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    read_path(folder.path().to_owned())
}

/// Read one flat file.
pub fn read_text(text: &str) -> Read {
    read_files(&[("file.csv", text.as_bytes())]).unwrap()
}

pub fn reasons(read: &Read) -> Vec<(u64, &str)> {
    read.rejects.iter().map(|reject| (reject.place.line, reject.reason.as_str())).collect()
}

/// Each mark that is read: its line, the system's own number of the pupil, when it is and what it says.
pub fn marks_told(read: &Read) -> Vec<String> {
    let told = |(place, one): (Place, IncomingMark)| {
        let id = one.pupil.source_id.as_deref().unwrap_or_default();
        format!("{}: {id} {} {}", place.line, one.at, one.mark)
    };
    read.incoming.marks.iter().map(told).collect()
}

pub fn zip(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut out = ::zip::ZipWriter::new(file.reopen().unwrap());
    for (name, bytes) in entries {
        out.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap();
    file
}

/// The parts of a workbook of these sheets: the name of each, its state, and its rows as XML. Style 1 is a date.
pub fn parts(sheets: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |inner: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"
        )
    };
    let (mut list, mut links) = (String::new(), String::new());
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".to_owned(),
            relations(&format!("<Relationship Id='r0' Type='{RELS}/officeDocument' Target='xl/workbook.xml'/>")),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns='{MAIN}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='20'/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (number, (name, state, rows)) in (1..).zip(sheets) {
        list += &format!("<sheet name='{name}' sheetId='{number}' state='{state}' r:id='r{number}'/>");
        links +=
            &format!("<Relationship Id='r{number}' Type='{RELS}/worksheet' Target='worksheets/sheet{number}.xml'/>");
        let sheet = format!("<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns='{MAIN}' xmlns:r='{RELS}'><sheets>{list}</sheets></workbook>"),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(&links)));
    parts
}

/// The bytes of a workbook of these parts.
pub fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let entries: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    std::fs::read(zip(&entries).path()).unwrap()
}

/// A row of a sheet, of texts.
pub fn texts(row: u32, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<c t='inlineStr'><is><t>{text}</t></is></c>")).collect();
    format!("<row r='{row}'>{cells}</row>")
}

/// The bytes of an OpenDocument spreadsheet of one sheet, Marks, of these rows as XML.
pub fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='Marks'>{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let packed = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ]);
    std::fs::read(packed.path()).unwrap()
}
