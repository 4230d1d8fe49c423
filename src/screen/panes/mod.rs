//! The four panes of the morning.

pub mod lateness;
pub mod registers;
pub mod unexplained;
pub mod watch;

use ratatui::style::Style;

use super::dialog::Hint;
use super::theme::Theme;
use crate::keys::{Action, Keymap};

/// The style of who a row is about: chosen in the pane that hears keys, remembered in another, or plain. What is due keeps its
/// own style, so that it reads the same in every row and moving redraws little.
fn row_style(chosen: bool, focused: bool, theme: &Theme) -> Style {
    match (chosen, focused) {
        (true, true) => theme.chosen,
        (true, false) => theme.remembered,
        _ => theme.plain,
    }
}

/// Footer hints for the actions that have a key.
fn hints<A: Action>(keys: &Keymap<A>, shown: &[(A, &str)]) -> Vec<Hint> {
    shown.iter().filter_map(|(action, does)| Some((keys.first_key(*action)?, (*does).to_owned()))).collect()
}
