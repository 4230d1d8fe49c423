//! What spreadsheets have made of cells, put right.

use csv::StringRecord;

use super::dates::serial;

/// Take the text out of cells such as `="00123"`, by which other systems keep a spreadsheet from taking it for a number. Gives back the
/// first.
pub fn unwrap_formulas(record: &mut StringRecord) -> Option<String> {
    if !record.as_slice().contains("=\"") {
        return None;
    }
    let text = |cell: &str| -> Option<String> {
        let inside = cell.trim().strip_prefix("=\"")?.strip_suffix('"')?;
        (!inside.contains('"')).then(|| inside.to_owned())
    };
    let texts: Vec<Option<String>> = record.iter().map(text).collect();
    let first = texts.iter().flatten().next()?.clone();
    *record = texts.iter().zip(&*record).map(|(text, cell)| text.as_deref().unwrap_or(cell)).collect();
    Some(first)
}

/// Put dates for the numbers in `columns` that are days since 1900. Gives back where there were any.
pub fn put_dates(record: &mut StringRecord, columns: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    if columns.is_empty() {
        return found;
    }
    let mut dated = StringRecord::new();
    for (place, cell) in record.iter().enumerate() {
        match serial(cell.trim()).filter(|_| columns.contains(&place)) {
            Some(date) => {
                dated.push_field(&date.to_string());
                found.push(place);
            }
            None => dated.push_field(cell),
        }
    }
    if !found.is_empty() {
        *record = dated;
    }
    found
}
