use std::collections::BTreeSet;

use rusqlite::Connection;

use super::super::kind::Holds;
use super::*;
use crate::store::file::schema;

/// Tables that are no part of the record: who sits where just now, what opens a locked screen, and what an import that was stopped is taken
/// back by.
const NO_RECORD: [&str; 4] = ["sitting", "pin", "arriving", "mark_before"];

fn strings(file: &Connection, question: &str) -> Vec<String> {
    let mut statement = file.prepare(question).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn file() -> Connection {
    let mut file = Connection::open_in_memory().unwrap();
    schema::create(&mut file, |_| Ok(())).unwrap();
    file
}

#[test]
fn every_table_of_the_record_is_in_an_archive() {
    let tables = strings(&file(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let known: BTreeSet<&str> = kinds().map(|kind| kind.table).chain(NO_RECORD).collect();
    assert_eq!(tables.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
    assert_eq!(kinds().map(|kind| kind.file).collect::<BTreeSet<_>>().len(), kinds().count(), "a file each");
}

#[test]
fn every_column_is_in_an_archive_as_the_table_has_it() {
    let file = file();
    for kind in kinds() {
        // Columns that are made from others are made again.
        let question = format!(
            "SELECT name || ' ' || type || iif(\"notnull\" OR pk, '', ' or nothing') FROM pragma_table_info('{}') ORDER BY name",
            kind.table
        );
        let mut known: Vec<String> = kind
            .columns
            .iter()
            .map(|column| {
                let holds = match column.holds {
                    Holds::Number | Holds::Act => "INTEGER",
                    Holds::Any => "ANY",
                    Holds::Text | Holds::Date | Holds::Time | Holds::Instant | Holds::Session | Holds::Code => "TEXT",
                };
                format!("{} {holds}{}", column.name, if column.or_nothing { " or nothing" } else { "" })
            })
            .collect();
        known.sort();
        assert_eq!(strings(&file, &question), known, "{}", kind.table);
    }
}

#[test]
fn a_table_rests_on_tables_before_it_and_numbers_of_the_journal_are_told() {
    let file = file();
    let place = |table: &str| kinds().position(|kind| kind.table == table);
    for kind in kinds() {
        let question = format!("SELECT \"table\" || ' ' || \"from\" FROM pragma_foreign_key_list('{}')", kind.table);
        for refers in strings(&file, &question) {
            let (table, from) = refers.split_once(' ').unwrap();
            assert!(place(table) <= place(kind.table), "{} comes before {table}", kind.table);
            let column = kind.columns.iter().find(|column| column.name == from).unwrap();
            assert_eq!(column.holds == Holds::Act, table == "act", "{}.{from}", kind.table);
        }
    }
}
