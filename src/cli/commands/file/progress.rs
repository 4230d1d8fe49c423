//! How far a long command has come, on a terminal.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// A bar on a terminal's standard error, with how quickly it goes and how long it will still take; nothing anywhere else.
pub fn bar(what: &'static str, rate: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!("{{msg}} {{bar:30}} {{percent}} %, {rate}, {{eta}} left"))
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let style = style.with_key("rows_per_sec", |state: &ProgressState, out: &mut dyn Write| {
        let (Ok(()) | Err(_)) = write!(out, "{:.0} rows/s", state.per_sec());
    });
    ProgressBar::new(0).with_style(style).with_message(what)
}
