//! Tables out: rows of cells as CSV that no spreadsheet takes for formulas, and as workbooks. Both are written row by row, and what they
//! hold is read back as it was.

pub mod csv_table;
pub mod workbook;
