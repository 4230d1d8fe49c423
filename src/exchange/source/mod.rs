//! Where files come from, and what their bytes are.

pub mod bundle;
pub mod content;
pub mod json;
mod letters;
pub mod ods;
pub mod office;
mod references;
pub mod text;
pub mod workbook;
pub mod xml;
