//! The four panes of the morning.

pub mod lateness;
pub mod registers;
pub mod unexplained;
pub mod watch;

use ratatui::style::Style;

use crate::screen::theme::Theme;

/// The style of who a row is about: chosen in the pane that hears keys, remembered in another, or plain. What is due keeps its
/// own style, so that it reads the same in every row and moving redraws little.
fn row_style(chosen: bool, focused: bool, theme: &Theme) -> Style {
    match (chosen, focused) {
        (true, true) => theme.chosen,
        (true, false) => theme.remembered,
        _ => theme.plain,
    }
}
