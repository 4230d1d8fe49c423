//! Archives of older records: of a file that was upgraded, and those that an older firstbell wrote.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use firstbell::exchange::archive::{Limits, restore, write};
use firstbell::store::Store;
use firstbell::store::archive::{Scope, kinds};
use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::old_files::school_of_an_earlier_version;
use crate::support::*;

fn archived(db: &Path, path: &Path) -> Vec<u8> {
    let store = Store::open(db, codes()).unwrap();
    write(&store.snapshot(Scope::Whole).unwrap(), &store.roll().school.name, path).unwrap();
    fs::read(path).unwrap()
}

#[test]
fn a_file_of_an_earlier_version_is_archived_as_it_was_upgraded() {
    let folder = tempfile::tempdir().unwrap();
    let [old, first, new, second] =
        ["old.db", "first.zip", "new.db", "second.zip"].map(|name| folder.path().join(name));
    school_of_an_earlier_version(&old);
    let bytes = archived(&old, &first);
    restore(&first, &new, Limits::USUAL).unwrap();
    assert!(bytes == archived(&new, &second), "the same bytes");
}

/// The archive that a version with so many upgrades would have written, of one of today.
fn of_an_earlier_version(now: &Path, then: &Path, upgrades: usize) {
    let tables = tables_before(&then.with_extension("db"), upgrades);
    let columns = |table: &str| -> Vec<String> {
        let mut statement = tables.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
        statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let mut from = ZipArchive::new(File::open(now).unwrap()).unwrap();
    let mut to = ZipWriter::new(File::create(then).unwrap());
    let mut text = |name: &str| {
        let mut text = String::new();
        from.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let mut put = |name: &str, text: &str| {
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    };
    for kind in kinds() {
        let had = columns(kind.table);
        if had.is_empty() {
            continue;
        }
        let name = format!("{}.jsonl", kind.file);
        let lines = text(&name);
        let rows = lines.lines().map(|line| {
            let mut row: Map<String, Value> = serde_json::from_str(line).unwrap();
            row.retain(|column, _| had.contains(column));
            serde_json::to_string(&row).unwrap() + "\n"
        });
        put(&name, &rows.collect::<String>());
    }
    let mut about: Value = serde_json::from_str(&text("archive.json")).unwrap();
    about["schema"] = upgrades.into();
    // Nor had archives checksums then.
    about["format"] = 1.into();
    about.as_object_mut().unwrap().remove("sha256");
    put("archive.json", &about.to_string());
    to.finish().unwrap();
}

#[test]
fn an_archive_of_an_earlier_version_is_read_back_and_upgraded() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(ZOE, "08:57"));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    let folder = tempfile::tempdir().unwrap();
    let [now, then, new, second] = ["now.zip", "then.zip", "new.db", "second.zip"].map(|name| folder.path().join(name));
    let bytes = archived(&desk.path, &now);
    // Before arrangements were kept.
    of_an_earlier_version(&now, &then, 8);
    restore(&then, &new, Limits::USUAL).unwrap();
    assert!(bytes == archived(&new, &second), "nothing is lost on the way");
}
