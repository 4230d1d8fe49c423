//! `manifest.csv`: whether the tables hold everything (bulk), or what has changed alone (delta).

use super::{FILES, Source};
use crate::exchange::fault::ReadFault;
use crate::exchange::with_table;

/// Whether a table of the export is a delta.
pub(super) fn is_delta(source: &mut Source<'_>) -> Result<bool, ReadFault> {
    let Some(file) = source.bundle.find("manifest.csv") else { return Ok(false) };
    let mut is_delta = false;
    with_table(source.bundle, &file, source.read, source.progress, |table, read| {
        let (name, value) = (table.column("propertyName"), table.column("value"));
        while let Some(row) = table.next(&mut read.rejects) {
            let named = row.cell(name).as_str().strip_prefix("file.").map(|name| format!("{name}.csv"));
            let is_table = named.is_some_and(|named| FILES.iter().any(|file| file.eq_ignore_ascii_case(&named)));
            is_delta |= is_table && row.cell(value).as_str().eq_ignore_ascii_case("delta");
        }
        Ok(())
    })?;
    Ok(is_delta)
}
