//! What a desk draws: as text, and as frames to be compared.

use firstbell::screen::{Look, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::Desk;

/// The theme of a look; where there is colour, each meaning has one of its own, so that frames tell which stands where. Several look
/// alike on the screen.
pub fn telling(look: Look) -> Theme {
    let theme = Theme::new(look);
    if !look.colour {
        return theme;
    }
    let coloured = |colour| theme.title.fg(colour);
    Theme {
        border: theme.plain.fg(Color::DarkGray),
        dim: theme.plain.fg(Color::DarkGray),
        focus_border: coloured(Color::Cyan),
        focus: coloured(Color::Cyan),
        key: coloured(Color::Cyan),
        alarm: coloured(Color::Yellow),
        overdue: coloured(Color::LightRed),
        refused: coloured(Color::LightRed),
        authorised: theme.plain.fg(Color::Yellow),
        unexplained: theme.unexplained.fg(Color::LightMagenta),
        done: theme.plain.fg(Color::Green),
        ..theme
    }
}

/// What is drawn: its text, and below it, row by row, which stretches carry which meaning.
pub fn frame_of(buffer: &Buffer, theme: &Theme) -> String {
    format!("{}\n\n{}", text_in(buffer, buffer.area), meanings_in(buffer, buffer.area, theme))
}

/// [`meanings`] of each row.
fn meanings_in(buffer: &Buffer, area: Rect, theme: &Theme) -> String {
    let mut out = String::new();
    for y in area.rows().map(|row| row.y) {
        let runs = meanings(buffer, Rect { y, height: 1, ..area }, theme);
        if !runs.is_empty() {
            out.push_str(&format!("{y:>2}: {}\n", runs.join(", ")));
        }
    }
    out
}

impl Desk {
    fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        self.app.draw(&mut buffer, None);
        buffer
    }

    /// Draws on what is shown, as the screen does: the same frame as one drawn from nothing.
    pub(super) fn draw_on(&mut self) {
        let whole = self.buffer();
        let mut next = Buffer::empty(whole.area);
        self.app.draw(&mut next, self.shown.as_ref().filter(|shown| shown.area == whole.area));
        assert!(
            next == whole,
            "{}\n\nis drawn on what was shown as\n\n{}",
            text_in(&whole, whole.area),
            text_in(&next, whole.area)
        );
        self.shown = Some(next);
    }

    /// The screen's text, line by line, without blanks at line ends.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        text_in(&buffer, buffer.area)
    }

    /// The screen's text, and below it, row by row, which stretches carry which meaning.
    pub fn frame(&self) -> String {
        let buffer = self.buffer();
        frame_of(&buffer, &self.theme)
    }

    /// What is written in the row that is chosen, in the pane that handles keys; empty where nobody is.
    pub fn chosen_text(&self) -> String {
        let buffer = self.buffer();
        let is_chosen = |place: &Position| buffer[*place].modifier.contains(Modifier::REVERSED);
        let rows = buffer.area.rows().map(|row| row.positions().filter(is_chosen).collect::<Vec<_>>());
        // Above are the title and the tabs.
        let row = rows.skip(2).find(|row| row.len() > 8).unwrap_or_default();
        row.into_iter().map(|place| buffer[place].symbol()).collect()
    }

    /// The text of the open dialog with one line and column of the screen around it, and the foot: what was just done, and its keys.
    pub fn dialog(&self) -> String {
        let (buffer, [dialog, foot]) = self.dialog_and_foot();
        format!("{}\n\n{}", text_in(&buffer, dialog), text_in(&buffer, foot))
    }

    /// [`dialog`](Desk::dialog), and below it which stretches carry which meaning, at their places on the screen.
    pub fn dialog_frame(&self) -> String {
        let (buffer, [dialog, foot]) = self.dialog_and_foot();
        let meanings = [dialog, foot].map(|area| meanings_in(&buffer, area, &self.theme)).concat();
        format!("{}\n\n{}\n\n{meanings}", text_in(&buffer, dialog), text_in(&buffer, foot))
    }

    /// What is drawn, where the dialog lies in it with the line and column around it, and where the lines below that are the foot.
    fn dialog_and_foot(&self) -> (Buffer, [Rect; 2]) {
        let buffer = self.buffer();
        let all = buffer.area;
        let foot = Rect { y: all.height - 2, height: 2, ..all };
        let dialog = box_in_the_middle(&buffer).outer(Margin::new(1, 1)).intersection(Rect { height: foot.y, ..all });
        (buffer, [dialog, foot])
    }
}

/// The text of an area, without blanks at line ends.
pub fn text_in(buffer: &Buffer, area: Rect) -> String {
    let lines: Vec<String> = area.rows().map(|row| line(buffer, row)).collect();
    lines.join("\n").trim_end().to_owned()
}

fn line(buffer: &Buffer, row: Rect) -> String {
    let mut text = String::new();
    let mut skip = 0;
    for place in row.positions() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let symbol = buffer[place].symbol();
        text.push_str(symbol);
        skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
    }
    text.trim_end().to_owned()
}

/// The smallest box drawn whole around the middle of the screen: a dialog lies there, over whatever else is drawn.
fn box_in_the_middle(buffer: &Buffer) -> Rect {
    let is = |x, y, symbol: &str| buffer[(x, y)].symbol() == symbol;
    let middle = Position::new(buffer.area.width / 2, buffer.area.height / 2);
    let corners = buffer.area.positions().filter(|place| is(place.x, place.y, "╭"));
    let boxes = corners.filter_map(|Position { x, y }| {
        let right = (x + 1..buffer.area.width).find(|right| is(*right, y, "╮"))?;
        let bottom = (y + 1..buffer.area.height).find(|bottom| !is(x, *bottom, "│"))?;
        let whole = is(x, bottom, "╰") && is(right, bottom, "╯") && (y + 1..bottom).all(|y| is(right, y, "│"));
        whole.then(|| Rect::new(x, y, right - x + 1, bottom - y + 1))
    });
    boxes.filter(|place| place.contains(middle)).min_by_key(|place| place.area()).expect("a dialog is open")
}

fn meanings(buffer: &Buffer, row: Rect, theme: &Theme) -> Vec<String> {
    let named: [(&str, Style); 18] = [
        ("chosen", theme.chosen),
        ("remembered", theme.remembered),
        ("alarm", theme.alarm),
        ("chosen alarm", theme.chosen.patch(theme.alarm)),
        ("remembered alarm", theme.remembered.patch(theme.alarm)),
        ("overdue", theme.overdue),
        ("chosen overdue", theme.chosen.patch(theme.overdue)),
        ("dim", theme.dim),
        ("done", theme.done),
        ("focus", theme.focus),
        ("chosen key", theme.chosen.patch(theme.key)),
        ("title", theme.title),
        ("remembered overdue", theme.remembered.patch(theme.overdue)),
        ("authorised", theme.authorised),
        ("unexplained", theme.unexplained),
        ("chosen dim", theme.chosen.patch(theme.dim)),
        ("chosen unexplained", theme.unexplained.patch(theme.chosen)),
        ("plain", theme.plain),
    ];
    let mut runs: Vec<(String, u16, u16)> = Vec::new();
    for Position { x, y } in row.positions() {
        let cell = &buffer[(x, y)];
        let is = |style: &Style| {
            cell.fg == style.fg.unwrap_or_default()
                && cell.bg == style.bg.unwrap_or_default()
                && cell.modifier == style.add_modifier
        };
        let name = named.iter().find(|(_, style)| is(style)).map_or("?", |(name, _)| name);
        match runs.last_mut().filter(|(last, _, end)| last == name && *end + 1 == x) {
            Some((_, _, end)) => *end = x,
            None => runs.push((name.to_owned(), x, x)),
        }
    }
    runs.into_iter()
        .filter(|(name, ..)| name != "plain")
        .map(|(name, from, to)| format!("{name} {from}-{to}"))
        .collect()
}
