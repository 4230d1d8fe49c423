//! Desk presence: who is at which desk and screen, whom they call about, since when, and when it was last renewed.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::domain::facts::desk_presence::DeskPresence;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint};
use crate::screen::widgets::reading;
use crate::screen::widgets::sheet::Sheet;

/// Columns from which on the desk itself is shown as well.
const WIDE: u16 = 100;

/// Desk presence.
pub struct People {
    keys: Keymap<reading::Action>,
}

impl People {
    /// As the day has it.
    pub fn new(keys: Keymap<reading::Action>) -> People {
        People { keys }
    }
}

/// Everybody who sits anywhere, ourselves among them.
fn all(context: &ViewContext) -> impl Iterator<Item = &DeskPresence> {
    context.day.desk_presences.iter().filter(|one| one.is_current(context.now))
}

fn draw_row(area: Rect, canvas: &mut Canvas<'_>, row: usize, cells: [&str; 6], style: Style) {
    let [who, screen, calling, since, heard, desk] = cells;
    let mut line = canvas.line(area, row);
    line.bar(who, 23, style).bar(screen, 8, style).bar(calling, 27, style).bar(since, 7, style).bar(heard, 7, style);
    if area.width >= WIDE {
        line.text(desk, style);
    }
}

impl Dialog for People {
    fn title(&self, context: &ViewContext) -> String {
        format!("Who is at which desk  {}", all(context).count())
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, context: &ViewContext) -> (u16, u16) {
        (110, u16::try_from(all(context).count()).unwrap_or(u16::MAX).saturating_add(1))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(reading::Action::Close) => Outcome::Close,
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn sheet(&self) -> Option<Sheet> {
        Some(Sheet::of(None, "list of desks"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let heads = ["Who", "Screen", "Calling about", "Since", "Heard", "Desk"];
        draw_row(area, canvas, 0, heads, theme.title);
        for (row, one) in all(context).enumerate() {
            let is_own = one.desk == context.desk;
            let who = if is_own { format!("{}, here", one.who) } else { one.who.clone() };
            let calling = one.calling.map(|pupil| context.named(pupil).unwrap_or_else(|| "somebody".to_owned()));
            let [since, heard] = [one.since, one.renewed].map(|at| at.format("%H:%M").to_string());
            let cells = [&who, one.place.as_str(), calling.as_deref().unwrap_or_default(), &since, &heard, &one.desk];
            draw_row(area, canvas, row + 1, cells, if is_own { theme.dim } else { theme.plain });
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.keys.hint(reading::Action::Close, "close")]
    }
}
