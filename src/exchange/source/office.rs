//! Files of office programs, which are zips: told by the names within them.

use std::io::{Read, Seek};

use zip::ZipArchive;

/// What a zip of an office program is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Office {
    /// A workbook, XLSX.
    Workbook,
    /// An `OpenDocument` file.
    OpenDocument,
    /// Something that is not, and why.
    Other(&'static str),
}

/// Names with which only files of office programs begin.
const BEGINS: [(&str, Office); 8] = [
    ("xl/workbook.bin", Office::Other("is a binary workbook (.xlsb): open it, save it as .xlsx and import that file")),
    ("xl/", Office::Workbook),
    ("word/", Office::Other("is a Word document: export the table itself as CSV")),
    ("ppt/", Office::Other("is a presentation: export the table itself as CSV")),
    (
        "Index/Document.iwa",
        Office::Other("is a file of Numbers or Pages: export it as .xlsx or CSV and import that file"),
    ),
    ("content.xml", Office::OpenDocument),
    ("META-INF/", Office::OpenDocument),
    (
        "[Content_Types].xml",
        Office::Other("is a file of an office program that firstbell does not know: export the table as CSV"),
    ),
];

/// What `archive` is, if it is of an office program.
pub fn office<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<Office> {
    let has = |begins: &str| archive.file_names().flatten().any(|name| name.starts_with(begins));
    BEGINS.into_iter().find(|(begins, _)| has(begins)).map(|(_, office)| office)
}
