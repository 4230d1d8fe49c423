//! The flat file of flags: one row a pupil, the whole set in one cell.

use std::collections::HashMap;

use crate::domain::incoming::{IncomingFlags, Reject};
use crate::domain::people::pupil::Flag;
use crate::exchange::Read;
use crate::exchange::cells::key::{KeyColumns, key_text};
use crate::exchange::table::{Column, Row, Table};

pub(super) fn read(table: &mut Table<'_>, read: &mut Read) {
    let (key, column) = (KeyColumns::of(table), table.column("flags"));
    let mut seen: HashMap<String, u64> = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        match flags(row, key, column) {
            Ok(flags) => {
                let key = key_text(&flags.pupil).to_owned();
                if let Some(line) = seen.get(&key) {
                    read.rejects
                        .push(row.cell(column).reject(&format!("line {line} already has the flags of this pupil")));
                    continue;
                }
                seen.insert(key, row.line());
                read.incoming.flags.push((row.place(), flags));
            }
            Err(reject) => read.rejects.push(reject),
        }
    }
}

/// All or nothing: a set with a word that is not known is not the whole set, and must not take the place of what is held.
fn flags(row: Row<'_>, key: KeyColumns, column: Column) -> Result<IncomingFlags, Reject> {
    let (pupil, _) = key.read(row)?;
    let cell = row.cell(column);
    let mut flags = Vec::new();
    for word in cell.as_str().split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let Some(flag) = Flag::parse(word) else {
            let known: Vec<&str> = Flag::ALL.iter().map(|flag| flag.letters()).collect();
            return Err(cell.reject(&format!("“{word}” is not one of the flags {}", known.join(" "))));
        };
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    Ok(IncomingFlags { pupil, flags })
}
