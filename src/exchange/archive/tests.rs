use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::ZipWriter;

use super::*;
use crate::store::archive::{Scope, kinds};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/archive.schema.json");

#[test]
fn the_printed_schema_is_that_of_the_record() {
    let made = String::from_utf8(pretty(&schema(Scope::Whole)).unwrap()).unwrap();
    let printed = std::fs::read_to_string(FILE).unwrap_or_default();
    if printed != made {
        std::fs::write(FILE, &made).unwrap();
    }
    assert!(printed == made, "it is made anew: look at the change, then run this again");
}

/// A zip of these files, beside one line of "school" and nothing of anything else.
fn zip_of(folder: &Path, about: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let path = folder.join("archive.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    for (name, bytes) in [(ABOUT, about.as_bytes())].iter().chain(files) {
        zip.start_file(*name, options()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    path
}

fn about(format: i64, schema: i64, scope: &str) -> String {
    let about = About {
        what: WHAT.to_owned(),
        format,
        schema,
        scope: scope.to_owned(),
        school: None,
        rows: kinds().map(|kind| (file_name(kind.file), 1.into())).collect(),
        sha256: Map::new(),
    };
    serde_json::to_string(&about).unwrap()
}

/// Why this is not read back; and nothing is left of it.
fn refused(about: &str, files: &[(&str, &[u8])], limits: Limits) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = zip_of(folder.path(), about, files);
    let into = folder.path().join("new.db");
    let text = restore(&path, &into, limits).unwrap_err().to_string();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{text}");
    text.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn what_is_no_archive_of_ours_is_told_for_what_it_is() {
    let now = Store::schema();
    let text = |about: &str, files: &[(&str, &[u8])]| refused(about, files, Limits::USUAL);
    assert_eq!(text("{}", &[]), "archive.zip is no firstbell archive: its archive.json is not one; nothing was made");
    let newer = text(&about(3, now, "whole"), &[]);
    assert_eq!(newer, "archive.zip is of format 3, and this program reads formats up to 2; nothing was made");
    assert!(text(&about(1, now + 1, "whole"), &[]).contains("is of a newer firstbell"));
    assert!(text(&about(1, 0, "whole"), &[]).contains("is of a newer firstbell"));
    assert!(text(&about(1, now, "pupil"), &[]).contains("is not of the whole record"));
    assert!(text(&about(1, now, "whole"), &[("../x.jsonl", b"")]).contains("holds “../x.jsonl”, which is no file"));
    assert!(text(&about(1, now, "whole"), &[]).contains("is not whole: it has no school.jsonl"));
}

#[test]
fn a_line_that_is_no_row_is_named_by_file_and_line() {
    let text =
        |line: &str| refused(&about(1, Store::schema(), "whole"), &[("school.jsonl", line.as_bytes())], Limits::USUAL);
    let told = [
        ("{", "is no row: it is no JSON object"),
        ("[]", "is no row: it is no JSON object"),
        (r#"{"one":1,"settings":""}"#, "lacks “roll_revision”"),
        (
            r#"{"one":1,"settings":"","roll_revision":"3"}"#,
            "has a wrong “roll_revision”: a whole number is wanted there",
        ),
        (r#"{"one":1,"settings":"","roll_revision":3,"x":1}"#, "has “x”, which is no column of it"),
        (r#"{"one":2,"settings":"","roll_revision":3}"#, "is no row of it: CHECK constraint failed: one = 1"),
    ];
    for (line, why) in told {
        assert_eq!(text(&format!("{line}\n")), format!("school.jsonl line 1 {why}: nothing was made"));
    }
}

#[test]
fn the_page_names_every_file_of_an_archive_and_no_other() {
    let page = include_str!("../../../docs/archive.md");
    let list = page.split("The files are:").nth(1).unwrap().split("\n\nDates are").next().unwrap();
    let mut named: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    let mut files: Vec<&str> = kinds().map(|kind| kind.file).collect();
    named.sort_unstable();
    files.sort_unstable();
    assert_eq!(named, files);
}

#[test]
fn what_unpacks_to_more_than_any_archive_holds_is_not_unpacked() {
    let text = |line: &[u8], limits| refused(&about(1, Store::schema(), "whole"), &[("school.jsonl", line)], limits);
    let blanks = vec![b' '; 12_000_000];
    let bomb = "archive.zip unpacks its school.jsonl to more than any archive holds; nothing was made";
    assert_eq!(text(&blanks, Limits::USUAL), bomb, "a thousand times what it is packed");
    assert_eq!(text(&blanks[..2_000], Limits { all: 1_000, ..Limits::USUAL }), bomb);
    let long = text(&blanks[..2_000], Limits { line: 1_000, ..Limits::USUAL });
    assert_eq!(long, "school.jsonl line 1 is longer than a line can be: nothing was made");
}
