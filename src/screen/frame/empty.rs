//! A school without pupils: the panes say what to do next.

use ratatui::layout::Rect;

use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::pane::Column;
use crate::screen::widgets::text::wrapped;

/// What the widest pane says; a line that begins with a blank is a command.
const FIRST: [&str; 9] = [
    "This school has no pupils yet.",
    "",
    "In a shell, this brings them in from your files:",
    "  firstbell import pupils.csv",
    "and this prints a pattern of such a file:",
    "  firstbell template pupils",
    "",
    "To look round first, in a made-up school:",
    "  firstbell demo",
];

/// What every other pane says.
const OTHERS: &str = "Nothing here until there are pupils.";

/// Draw what the pane in this column says; a pane that is shown alone says it all.
pub fn draw(column: Column, is_alone: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let (plain, dim) = (canvas.theme.plain, canvas.theme.dim);
    let texts = if column == Column::Middle || is_alone { &FIRST[..] } else { &[OTHERS] };
    let mut row = 0;
    for text in texts {
        for line in wrapped(text, area.width, usize::MAX) {
            canvas.line(area, row).text(&line, if text.starts_with(' ') { plain } else { dim });
            row += 1;
        }
    }
}
