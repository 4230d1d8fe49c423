//! The frame diff: over a slow line every byte is a wait, so only what differs from the frame before is written. Our own, for
//! ratatui's keeps no account of what the terminal shows under a wide letter, looks at every cell twice, and jumps a short gap of
//! unchanged letters where printing them again is shorter.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use unicode_width::UnicodeWidthStr;

use super::sgr_writer;

/// Columns that are cheaper to print again than to jump: a jump is six to nine bytes.
const SHORT: u16 = 6;

/// A cell that differs, with its column and row.
pub type Changed<'b> = (u16, u16, &'b Cell);

/// What the terminal shows, and the frame that is drawn next.
#[derive(Debug, Default)]
pub struct FrameDiff {
    /// A cell under a wide letter has no text: a letter that is to stand there differs from it.
    shown: Buffer,
    next: Buffer,
}

impl FrameDiff {
    /// Forgets what the terminal shows: it is blank, or about to be.
    pub fn forget(&mut self) {
        self.shown.reset();
    }

    /// The size of what is shown, in columns and rows.
    pub fn size(&self) -> Size {
        self.shown.area.as_size()
    }

    /// Takes another size, in columns and rows, and forgets what the terminal shows.
    pub fn resize(&mut self, size: Size) {
        let area = Rect::from((Position::ORIGIN, size));
        // Given back first: while a window is dragged two sizes would be held at once, and the heap keeps what it grew to.
        *self = FrameDiff::default();
        (self.shown, self.next) = (Buffer::empty(area), Buffer::empty(area));
    }

    /// Draws the next frame by `picture`: what a terminal is to be told to show it, empty where nothing differs; and what `picture`
    /// answers. It is also given the frame that is shown, blank where that is not known.
    pub fn draw<T>(&mut self, picture: impl FnOnce(&mut Buffer, &Buffer) -> T) -> (String, T) {
        self.next.reset();
        let answer = picture(&mut self.next, &self.shown);
        let written = sgr_writer::write(&self.changed());
        std::mem::swap(&mut self.shown, &mut self.next);
        (written, answer)
    }

    /// The cells that differ, row by row, and the short gaps between them.
    fn changed(&mut self) -> Vec<Changed<'_>> {
        let width = usize::from(self.next.area.width).max(1);
        let mut places: Vec<(usize, usize)> = Vec::new();
        let rows = self.next.content.chunks_mut(width).zip(self.shown.content.chunks(width));
        for (y, (row, shown)) in rows.enumerate() {
            let mut covered = 0;
            for (x, (cell, shown)) in row.iter_mut().zip(shown).enumerate() {
                if covered > 0 {
                    cell.set_symbol("");
                    covered -= 1;
                    continue;
                }
                covered = columns(cell).saturating_sub(1);
                if cell != shown {
                    places.push((x, y));
                }
            }
        }
        let mut changed: Vec<Changed<'_>> = Vec::with_capacity(places.len());
        for (x, y) in places {
            let Some(row) = self.next.content.get(y * width..).and_then(|rest| rest.get(..width)) else { continue };
            let (Some(cell), Ok(x), Ok(y)) = (row.get(x), u16::try_from(x), u16::try_from(y)) else { continue };
            if let Some((last_x, last_y, last)) = changed.last().copied()
                && last_y == y
            {
                changed.extend(gap(row, last_x.saturating_add(1), x, last).map(|(x, cell)| (x, y, cell)));
            }
            changed.push((x, y, cell));
        }
        changed
    }
}

/// The cells of `row` from column `from` up to `to`, if they are few, plain letters and in the style of `last`.
fn gap<'b>(row: &'b [Cell], from: u16, to: u16, last: &Cell) -> impl Iterator<Item = (u16, &'b Cell)> {
    let plain = |cell: &Cell| cell.symbol().len() == 1 && cell.style() == last.style();
    let cells = row.get(usize::from(from)..usize::from(to)).unwrap_or_default();
    let is_short = to.saturating_sub(from) <= SHORT && columns(last) == 1 && cells.iter().all(plain);
    (from..).zip(if is_short { cells } else { &[] })
}

/// Columns that a cell's text takes.
fn columns(cell: &Cell) -> usize {
    let text = cell.symbol();
    if text.len() == 1 { 1 } else { text.width() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 3 };

    fn terminal() -> vt100::Parser {
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        vt100::Parser::new(size(AREA.height), size(AREA.width), 0)
    }

    fn frame_diff() -> FrameDiff {
        let mut diff = FrameDiff::default();
        diff.resize(AREA.as_size());
        diff
    }

    fn written(diff: &mut FrameDiff, frame: &Buffer) -> String {
        diff.draw(|buffer, _| buffer.clone_from(frame)).0
    }

    fn written_by_ratatui(last: &Buffer, frame: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        CrosstermBackend::new(&mut bytes).draw(last.diff_iter(frame)).unwrap();
        bytes
    }

    /// Every cell, with its style; one never written is blank.
    fn cells(terminal: &vt100::Parser) -> Vec<(String, [vt100::Color; 2], [bool; 4])> {
        let cell = |place: Position| {
            let cell = terminal.screen().cell(place.y, place.x).unwrap();
            let blank = cell.contents().trim_end().is_empty() && !cell.inverse() && !cell.underline();
            // Nobody sees in which colour a blank is not written.
            let (colour, bold) = if blank { (vt100::Color::Default, false) } else { (cell.fgcolor(), cell.bold()) };
            let modifiers = [bold, cell.dim() && !blank, cell.underline(), cell.inverse()];
            (cell.contents().trim_end().to_owned(), [colour, cell.bgcolor()], modifiers)
        };
        AREA.positions().map(cell).collect()
    }

    fn buffer(lines: &[(u16, u16, String, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, style) in lines {
            // Over what stood there, not with it: bold upon dim would be both at once.
            buffer.set_string(*x, *y, text, Style::reset().patch(*style));
        }
        buffer
    }

    fn style() -> impl Strategy<Value = Style> {
        let colour = || {
            let named = [Color::Reset, Color::Red, Color::Cyan, Color::DarkGray, Color::White];
            prop_oneof![proptest::sample::select(named.to_vec()), any::<u8>().prop_map(Color::Indexed)]
        };
        // Bold or dim: terminals do not agree on both at once.
        let weight = proptest::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM]);
        let modifier = (weight, any::<bool>(), any::<bool>()).prop_map(|(weight, underlined, reversed)| {
            let also = |is, modifier| if is { modifier } else { Modifier::empty() };
            weight | also(underlined, Modifier::UNDERLINED) | also(reversed, Modifier::REVERSED)
        });
        let styled = (colour(), colour(), modifier)
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier));
        prop_oneof![Just(Style::new()), styled]
    }

    fn frames() -> impl Strategy<Value = Vec<Vec<(u16, u16, String, Style)>>> {
        let part = prop_oneof![Just("a"), Just(" "), Just("é"), Just("王"), Just("x"), Just("            ")];
        let text = proptest::collection::vec(part, 1..10);
        let line = (0..AREA.width - 2, 0..AREA.height, text.prop_map(|parts| parts.concat()), style());
        proptest::collection::vec(proptest::collection::vec(line, 0..5), 1..8)
    }

    proptest! {
        #[test]
        fn frame_after_frame_shows_what_the_last_shows_by_itself(frames in frames()) {
            let (mut ours, mut diff) = (terminal(), frame_diff());
            for lines in &frames {
                let frame = buffer(lines);
                ours.process(written(&mut diff, &frame).as_bytes());
                let mut alone = terminal();
                alone.process(&written_by_ratatui(&Buffer::empty(AREA), &frame));
                prop_assert_eq!(cells(&ours), cells(&alone));
            }
        }
    }

    #[test]
    fn a_short_gap_is_printed_over_and_nothing_new_costs_nothing() {
        let line = |text: &str| buffer(&[(0, 0, text.to_owned(), Style::new())]);
        let (before, after) = (line("1 Mrs Khan  310"), line("2 Mr Khan   822"));
        let mut diff = frame_diff();
        written(&mut diff, &before);
        assert_eq!(written(&mut diff, &after), "\x1b[1H2 Mr Khan   822");
        assert!(written_by_ratatui(&before, &after).len() > 19);
        assert_eq!(written(&mut diff, &after), "");
        diff.forget();
        assert_eq!(written(&mut diff, &after), "\x1b[1H2 Mr Khan   822");
    }

    #[test]
    fn a_letter_where_a_wide_one_ended_is_written() {
        let wide = |rest: &str| buffer(&[(0, 0, format!("王{rest}"), Style::new())]);
        let narrow = buffer(&[(0, 0, "a".to_owned(), Style::new())]);
        let mut diff = frame_diff();
        written(&mut diff, &wide("x"));
        assert_eq!(written(&mut diff, &wide("y")), "\x1b[1;3Hy");
        assert_eq!(written(&mut diff, &narrow), "\x1b[1Ha  ");
    }
}
