//! Formulas of a spreadsheet whose values were not saved: what they come to is not known, and that is not the same as nothing.

use std::borrow::Cow;

/// What stands for such a cell in the text of a sheet, written as a spreadsheet writes its errors.
pub const UNSAVED: &str = "#UNSAVED!";

/// Why a file with such a heading is not read, as it follows its name.
pub const IN_HEADINGS: &str = "has a formula among its headings, or above them, whose value was not saved: open the workbook in a \
                               spreadsheet, save it, and import that file";

/// Why a row with such a cell is refused.
pub const IN_ROW: &str = "this is a formula whose value was not saved, so nobody can tell what stands there: open the workbook in a \
                          spreadsheet, save it, and import that file";

/// What a cell with `formula`, and no saved value, shows: a formula that is one text (`="00123"`) is that text.
pub fn shown_of(formula: &str) -> Cow<'_, str> {
    let formula = formula.strip_prefix("of:").unwrap_or(formula);
    let inside = formula.strip_prefix('=').unwrap_or(formula).strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.filter(|text| !text.contains('"')).map_or(Cow::Borrowed(UNSAVED), Cow::Borrowed)
}

/// Whether such a cell is among `texts`.
pub fn is_among<'t>(texts: impl IntoIterator<Item = &'t String>) -> bool {
    texts.into_iter().any(|text| text.contains(UNSAVED))
}
