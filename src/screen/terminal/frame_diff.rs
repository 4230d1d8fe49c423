//! A backend that says less: over a slow line every byte is a wait. It prints over a short gap of unchanged letters where
//! jumping it would cost more, and says nothing of a frame in which nothing changed.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use rustix::termios::tcgetwinsize;
use unicode_width::UnicodeWidthStr;

use super::sgr_writer;

/// Columns that are cheaper to print again than to jump: a jump is six to nine bytes.
const SHORT: u16 = 6;

/// The largest picture, in columns and rows: no larger window is read, and a client that claims one must not fill the memory.
pub const LARGEST: Size = Size { width: 500, height: 150 };

/// The window's columns and rows. Standard output itself is asked: crossterm opens /dev/tty to ask it, twice a frame.
pub fn window() -> io::Result<Size> {
    let found = tcgetwinsize(rustix::stdio::stdout())?;
    Ok(Size { width: found.ws_col, height: found.ws_row })
}

/// A backend around another, which remembers what the terminal shows.
pub struct FrameDiff<B> {
    inner: B,
    /// What is shown, row by row; `None` under a wide letter, and blank beyond what was ever drawn.
    shown: Vec<Vec<Option<Cell>>>,
}

impl<B: Backend> FrameDiff<B> {
    /// Around `inner`, before anything is known.
    pub fn new(inner: B) -> FrameDiff<B> {
        FrameDiff { inner, shown: Vec::new() }
    }

    /// The backend within.
    pub fn inner(&mut self) -> &mut B {
        &mut self.inner
    }

    /// The terminal is blank, or about to be.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    fn put(&mut self, x: u16, y: u16, cell: Option<Cell>) {
        let (x, y) = (usize::from(x), usize::from(y));
        if self.shown.len() <= y {
            self.shown.resize_with(y + 1, Vec::new);
        }
        let Some(row) = self.shown.get_mut(y) else { return };
        if row.len() <= x {
            row.resize(x + 1, Some(Cell::default()));
        }
        if let Some(place) = row.get_mut(x) {
            *place = cell;
        }
    }

    /// The cells from `from` up to `to`, if there are few, all known, plain letters and in the style of `last`.
    fn gap(&self, y: u16, from: u16, to: u16, last: &Cell) -> Option<Vec<Cell>> {
        if to.checked_sub(from)? > SHORT || last.symbol().width() != 1 {
            return None;
        }
        let row = self.shown.get(usize::from(y)).map_or(&[][..], Vec::as_slice);
        let blank = Some(Cell::default());
        let plain = |cell: &Cell| cell.symbol().len() == 1 && cell.style() == last.style();
        (from..to).map(|x| row.get(usize::from(x)).unwrap_or(&blank).clone().filter(plain)).collect()
    }
}

impl<B: Backend<Error = io::Error> + Write> Backend for FrameDiff<B> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut out: Vec<(u16, u16, Cell)> = Vec::new();
        for (x, y, cell) in content {
            if let Some((last_x, last_y, last)) = out.last() {
                let from = last_x.saturating_add(1);
                let gap = (*last_y == y && from < x).then(|| self.gap(y, from, x, last)).flatten();
                out.extend((from..).zip(gap.into_iter().flatten()).map(|(x, cell)| (x, y, cell)));
            }
            self.put(x, y, Some(cell.clone()));
            for hidden in 1..cell.symbol().width() {
                self.put(x.saturating_add(u16::try_from(hidden).unwrap_or(1)), y, None);
            }
            out.push((x, y, cell.clone()));
        }
        if out.is_empty() {
            return Ok(());
        }
        self.inner.write_all(sgr_writer::write(&out).as_bytes())
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.forget();
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Self::Error> {
        self.forget();
        self.inner.clear_region(region)
    }

    fn append_lines(&mut self, lines: u16) -> Result<(), Self::Error> {
        self.forget();
        self.inner.append_lines(lines)
    }

    fn size(&self) -> Result<Size, Self::Error> {
        let Size { width, height } = window()?;
        Ok(Size { width: width.min(LARGEST.width), height: height.min(LARGEST.height) })
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 3 };

    /// What is written, shared so that it can be looked at.
    #[derive(Clone, Default)]
    struct Line(Rc<RefCell<Vec<u8>>>);

    impl io::Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A terminal that is drawn on frame by frame, as the screen does it.
    struct Shown<B> {
        line: Line,
        backend: B,
        terminal: vt100::Parser,
        last: Buffer,
    }

    fn shown<B>(around: impl Fn(CrosstermBackend<Line>) -> B) -> Shown<B> {
        let line = Line::default();
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        let terminal = vt100::Parser::new(size(AREA.height), size(AREA.width), 0);
        Shown { backend: around(CrosstermBackend::new(line.clone())), line, terminal, last: Buffer::empty(AREA) }
    }

    impl<B: Backend> Shown<B> {
        /// Draw the frame; how many bytes it took.
        fn frame(&mut self, next: &Buffer) -> usize {
            self.backend.draw(self.last.diff(next).into_iter()).unwrap();
            self.last = next.clone();
            let bytes = std::mem::take(&mut *self.line.0.borrow_mut());
            self.terminal.process(&bytes);
            bytes.len()
        }

        /// Every cell, with its style; one never written is blank.
        fn cells(&self) -> Vec<(String, [vt100::Color; 2], [bool; 4])> {
            let places = (0..AREA.height).flat_map(|y| (0..AREA.width).map(move |x| (y, x)));
            let cell = |(y, x)| {
                let cell = self.terminal.screen().cell(y, x).unwrap();
                let blank = cell.contents().trim_end().is_empty() && !cell.inverse() && !cell.underline();
                // Nobody sees in which colour a blank is not written.
                let (colour, bold) = if blank { (vt100::Color::Default, false) } else { (cell.fgcolor(), cell.bold()) };
                let modifiers = [bold, cell.dim() && !blank, cell.underline(), cell.inverse()];
                (cell.contents().trim_end().to_owned(), [colour, cell.bgcolor()], modifiers)
            };
            places.map(cell).collect()
        }
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
        fn it_shows_what_the_backend_within_would(frames in frames()) {
            let (mut plain, mut diffed) = (shown(|within| within), shown(FrameDiff::new));
            for lines in &frames {
                let next = buffer(lines);
                plain.frame(&next);
                diffed.frame(&next);
                prop_assert_eq!(diffed.cells(), plain.cells());
            }
        }
    }

    #[test]
    fn a_short_gap_is_printed_over_and_nothing_new_costs_nothing() {
        let line = |text: &str| buffer(&[(0, 0, text.to_owned(), Style::new())]);
        let (before, after) = (line("1 Mrs Khan  310"), line("2 Mr Khan   822"));
        let (mut plain, mut diffed) = (shown(|within| within), shown(FrameDiff::new));
        plain.frame(&before);
        diffed.frame(&before);
        assert!(diffed.frame(&after) < plain.frame(&after));
        assert_eq!(diffed.frame(&after), 0);
        assert_eq!(diffed.cells(), plain.cells());
    }
}
