//! What a table of one row tells that stands above the headings: the trip above the list of who is on it.

use std::collections::BTreeMap;

use super::profile::{Profile, plain_heading};
use crate::domain::name::clean;
use crate::exchange::table::layout::Layout;

/// Our column in which everything is put that stands under its headings, each with its heading.
const NOTE: &str = "note";

/// What stands above, by our columns. `None` where there is no such table; the error, which follows the file's name, where it has not
/// exactly one row.
pub fn told(profile: &Profile, layout: &Layout) -> Option<Result<BTreeMap<&'static str, String>, String>> {
    let places = |cells: &[String]| {
        let plain: Vec<String> = cells.iter().map(|cell| plain_heading(cell)).collect();
        let place = |headings: &Vec<String>| -> Vec<usize> {
            headings.iter().filter_map(|one| plain.iter().position(|cell| cell == one)).collect()
        };
        let found = profile.above.iter().map(|(column, headings)| (*column, place(headings)));
        found.filter(|(_, places)| !places.is_empty()).collect::<Vec<_>>()
    };
    let is_whole = |found: &[(&str, Vec<usize>)]| {
        let is_there = |column: &&&str| found.iter().any(|(one, _)| one == *column);
        profile
            .kind
            .needed()
            .iter()
            .filter(|column| profile.above.contains_key(*column))
            .all(|column| is_there(&column))
    };
    let mut found = layout.cells_above.iter().enumerate().map(|(line, cells)| (line, cells, places(cells)));
    let (line, headings, columns) = found.find(|(_, _, found)| !found.is_empty() && is_whole(found))?;
    let mut rows = layout.cells_above.iter().skip(line + 1);
    let (Some(row), None) = (rows.next(), rows.next()) else {
        return Some(Err(
            "has above its list a table that has not exactly one row: give each a file of its own".to_owned()
        ));
    };
    let cell = |place: &usize| row.get(*place).map(|cell| clean(cell)).filter(|cell| !cell.is_empty());
    let with_heading = |place: &usize| Some(format!("{} {}", clean(headings.get(*place)?), cell(place)?));
    let value = |column: &str, places: &[usize]| match column {
        NOTE => places.iter().filter_map(with_heading).collect::<Vec<_>>().join(", "),
        _ => places.iter().find_map(cell).unwrap_or_default(),
    };
    Some(Ok(columns.iter().map(|(column, places)| (*column, value(column, places))).collect()))
}
