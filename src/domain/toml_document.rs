//! Documents in TOML: settings, codes, what the made-up school is made of.

use serde::de::DeserializeOwned;
use toml::Table;

/// What a document says. It is read by way of a table: a reader straight from the text, made for each type, is a fifth of a megabyte of
/// program that every desk would hold in memory.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, toml::de::Error> {
    toml::from_str::<Table>(text)?.try_into()
}
