//! Whatever bytes come, and however a good file is spoilt: an answer, and no end of the program.

use std::path::Path;

use proptest::prelude::*;

use super::super::flat::template::template;
use super::super::kind::Kind;
use super::super::support::*;

/// How files begin that are told apart.
const STARTS: &[&[u8]] = &[b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"\xFF\xFE", b"<a>", b"{", b"["];

/// Good files of every reader, small: our own, and those that the readers are fed from for longer (tests/fuzz).
fn good() -> Vec<(String, Vec<u8>)> {
    let mut good: Vec<(String, Vec<u8>)> =
        Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), template(*kind).into())).collect();
    for kind in ["tables", "marks", "events", "xml", "json"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(kind);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            good.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    good.sort();
    good.push(("workbook".to_owned(), packed(&workbook())));
    good.push(("ods".to_owned(), ods(SHEET)));
    good.push((
        "zip".to_owned(),
        std::fs::read(
            zip(&[("p.csv", template(Kind::Pupils).as_bytes()), ("b.csv", template(Kind::Marks).as_bytes())]).path(),
        )
        .unwrap(),
    ));
    good
}

const SHEET: &str = "<table:table-row><table:table-cell office:value-type='string'><text:p>admission_no</text:p></table:table-cell>\
    <table:table-cell office:value-type='string'><text:p>flags</text:p></table:table-cell></table:table-row>\
    <table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='3'/></table:table-row>\
    <table:table-row><table:table-cell office:value-type='float' office:value='4'><text:p>4</text:p></table:table-cell>\
    <table:table-cell table:number-columns-repeated='1' office:value-type='string'><text:p>CP</text:p></table:table-cell></table:table-row>";

fn workbook() -> Vec<(String, String)> {
    let row = "<row r='2'><c r='A2' t='inlineStr'><is><t>1</t></is></c><c r='B2' s='1'><v>46307</v></c><c r='C2' t='str'><v>AM</v></c>\
        <c r='D2' t='inlineStr'><is><t>/</t></is></c></row>";
    parts(&[("A", "visible", &(texts(1, &["admission_no", "date", "session", "code"]) + row))])
}

/// `bytes` with some of them others, and cut off.
fn spoil(mut bytes: Vec<u8>, others: &[(prop::sample::Index, u8)], end: prop::sample::Index) -> Vec<u8> {
    for (at, byte) in others {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    // Half of them stay whole.
    bytes.truncate(end.index(bytes.len() * 2).max(1));
    bytes
}

fn is_answered(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let _ = read_path(path);
}

fn others() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(&b"<>&;'\"{}[],\\/\r\n\0 =-0E9"[..])];
    prop::collection::vec((any::<prop::sample::Index>(), byte), 0..6)
}

#[test]
fn the_good_ones_are_good() {
    for (name, bytes) in good() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let read = read_path(path).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert!(read.rows > 0 && read.rejects.is_empty(), "{name}: {:?}", read.rejects);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), start in prop::sample::select(STARTS)) {
        is_answered(&[start, bytes.as_slice()].concat());
    }

    #[test]
    fn a_spoilt_file_is_answered(which in any::<prop::sample::Index>(), others in others(), end in any::<prop::sample::Index>()) {
        let good = good();
        is_answered(&spoil(which.get(&good).1.clone(), &others, end));
    }

    /// A zip tells of a byte that is another: what a workbook's parts hold is spoilt before it is packed.
    #[test]
    fn a_workbook_of_a_spoilt_part_is_answered(which in any::<prop::sample::Index>(), others in others(), end in any::<prop::sample::Index>()) {
        let mut parts = workbook();
        let part = which.index(parts.len());
        parts[part].1 = String::from_utf8_lossy(&spoil(parts[part].1.clone().into_bytes(), &others, end)).into_owned();
        is_answered(&packed(&parts));
    }

    #[test]
    fn a_sheet_that_is_spoilt_is_answered(others in others(), end in any::<prop::sample::Index>()) {
        is_answered(&ods(&String::from_utf8_lossy(&spoil(SHEET.as_bytes().to_vec(), &others, end))));
    }
}
