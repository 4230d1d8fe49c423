//! Text in columns: cut at a width, never through a wide letter, never over its neighbour.

use std::borrow::Cow;

use hashbrown::HashSet;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use textwrap::{Options, WordSplitter, wrap};
use unicode_truncate::UnicodeTruncateStr;
use unicode_width::UnicodeWidthStr;

use crate::domain::people::contact::last_digits;
use crate::domain::people::telling_name::TellingName;
use crate::screen::theme::Theme;

/// Columns a text takes.
pub fn width(text: &str) -> u16 {
    let columns = if is_plain(text) { text.len() } else { text.width() };
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Whether each byte is a letter of one column. Nearly every text is so, and its letters need not be looked up in tables: that was a
/// fifth of what a key costs.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `text` broken between words into lines of at most `columns`; of `most` lines the last has all that is left.
pub fn wrapped(text: &str, columns: u16, most: usize) -> Vec<String> {
    let whole_words = Options::new(columns.into()).break_words(false).word_splitter(WordSplitter::NoHyphenation);
    let mut lines: Vec<String> = wrap(text, whole_words).into_iter().map(Cow::into_owned).collect();
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(rest);
    }
    lines
}

/// `text` broken between words into lines of at most `columns`, the first `first` columns in and the others `below`; the blanks that
/// takes are in them.
pub fn wrapped_within(text: &str, columns: u16, first: usize, below: usize) -> Vec<String> {
    let (first, below) = (" ".repeat(first), " ".repeat(below));
    let options = Options::new(columns.into()).word_splitter(WordSplitter::NoHyphenation);
    let lines = wrap(text, options.initial_indent(&first).subsequent_indent(&below));
    lines.into_iter().map(Cow::into_owned).collect()
}

/// A line being written from left to right inside an area.
pub struct Line<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    x: u16,
    right: u16,
    y: u16,
}

impl<'a> Line<'a> {
    /// The `row`th line of `area`; nothing is written if the area has no such row.
    pub fn new(buffer: &'a mut Buffer, area: Rect, row: usize, theme: &'a Theme) -> Line<'a> {
        let y = u16::try_from(row).ok().and_then(|row| area.y.checked_add(row)).filter(|y| *y < area.bottom());
        let right = if y.is_some() { area.right() } else { area.x };
        Line { buffer, theme, x: area.x, right, y: y.unwrap_or(area.y) }
    }

    /// The `row`th line of `area`, all of it in `style`: a chosen row is one bar.
    pub fn filled(buffer: &'a mut Buffer, area: Rect, row: usize, style: Style, theme: &'a Theme) -> Line<'a> {
        let mut line = Line::new(buffer, area, row, theme);
        line.style_rest(style);
        line
    }

    /// Columns left.
    pub fn room(&self) -> u16 {
        self.right.saturating_sub(self.x)
    }

    /// Write `text` in a column of `columns`, cut if it is longer, and go on behind the column.
    pub fn column(&mut self, text: &str, columns: u16, style: Style) -> &mut Line<'a> {
        let columns = columns.min(self.room());
        self.write(text, columns, style);
        self.x = self.x.saturating_add(columns);
        self
    }

    /// Write `text` in a column of `columns`, all of it in `style`: columns written so one after another are one bar.
    pub fn bar(&mut self, text: &str, columns: u16, style: Style) -> &mut Line<'a> {
        let columns = columns.min(self.room());
        let place = Rect { x: self.x, y: self.y, width: columns, height: u16::from(columns > 0) };
        self.buffer.set_style(place, style);
        // A blank parts the text from what follows.
        self.write(text, columns.saturating_sub(1), style);
        self.x = self.x.saturating_add(columns);
        self
    }

    /// Write a pupil's name in a column, as [`column`](Line::column) does: what is cut is the name, never what tells it apart.
    pub fn name(&mut self, name: &TellingName, columns: u16, style: Style) -> &mut Line<'a> {
        let text = fitted(name, columns.min(self.room()), self.theme);
        self.column(&text, columns, style)
    }

    /// The same as a [`bar`](Line::bar).
    pub fn bar_name(&mut self, name: &TellingName, columns: u16, style: Style) -> &mut Line<'a> {
        let text = fitted(name, columns.min(self.room()).saturating_sub(1), self.theme);
        self.bar(&text, columns, style)
    }

    /// Write `text` as wide as it is, and go on behind it.
    pub fn text(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        self.column(text, width(text), style)
    }

    /// Leave `columns` empty.
    pub fn skip(&mut self, columns: u16) -> &mut Line<'a> {
        self.x = self.x.saturating_add(columns).min(self.right);
        self
    }

    /// Write `text` at the right edge, if it fits behind what is written.
    pub fn at_right(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        let columns = width(text);
        if columns <= self.room() {
            self.x = self.right.saturating_sub(columns);
            self.text(text, style);
        }
        self
    }

    /// Give the line from where it stands to its right edge a style.
    pub fn style_rest(&mut self, style: Style) -> &mut Line<'a> {
        let rest = Rect { x: self.x, y: self.y, width: self.room(), height: u16::from(self.room() > 0) };
        self.buffer.set_style(rest, style);
        self
    }

    /// "…12 more", if there are any.
    pub fn more(&mut self, count: usize) {
        if count > 0 {
            self.text(&format!("{}{count} more", self.theme.symbols.cut), self.theme.dim);
        }
    }

    fn write(&mut self, text: &str, columns: u16, style: Style) {
        if columns == 0 {
            return;
        }
        if is_plain(text) && text.len() <= usize::from(columns) {
            for (x, letter) in (self.x..).zip(text.chars()) {
                if let Some(cell) = self.buffer.cell_mut((x, self.y)) {
                    cell.set_char(letter).set_style(style);
                }
            }
        } else if width(text) <= columns {
            self.buffer.set_stringn(self.x, self.y, text, columns.into(), style);
        } else {
            let (kept, _) = text.unicode_truncate(usize::from(columns.saturating_sub(1)));
            let (x, _) = self.buffer.set_stringn(self.x, self.y, kept, columns.into(), style);
            self.buffer.set_stringn(x, self.y, self.theme.symbols.cut, 1, style);
        }
    }
}

/// A pupil's name in at most so many columns, as long as they hold what tells it apart: "Featherston… 004127".
fn fitted(name: &TellingName, columns: u16, theme: &Theme) -> String {
    let whole = name.to_string();
    if name.apart.is_empty() || width(&whole) <= columns {
        return whole;
    }
    let cut = theme.symbols.cut;
    let room = columns.saturating_sub(width(&name.apart) + 1 + width(cut));
    let (kept, _) = name.name.unicode_truncate(room.into());
    if width(&name.apart) + 1 + width(cut) > columns {
        name.apart.clone()
    } else {
        format!("{kept}{cut} {}", name.apart)
    }
}

/// `text` in so many columns, what is too long cut in its middle: names of files differ at their ends.
pub fn cut_in_the_middle(text: &str, columns: u16, theme: &Theme) -> String {
    cut_before(text, columns, 2, theme)
}

/// The same of several, cut where those that differ go on differing, if there is such a place.
pub fn cut_apart(texts: &[&str], columns: u16, theme: &Theme) -> Vec<String> {
    let different = |texts: &[&str]| texts.iter().collect::<HashSet<_>>().len();
    let all = different(texts);
    let cut = |quarters| texts.iter().map(|text| cut_before(text, columns, quarters, theme)).collect::<Vec<_>>();
    let is_apart = |cut: &Vec<String>| different(&cut.iter().map(String::as_str).collect::<Vec<_>>()) == all;
    [2, 3, 4, 1, 0].into_iter().map(cut).find(is_apart).unwrap_or_else(|| cut(2))
}

/// `text` cut before its end, which has so many quarters of the columns.
fn cut_before(text: &str, columns: u16, quarters: usize, theme: &Theme) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let cut = theme.symbols.cut;
    let room = usize::from(columns.saturating_sub(width(cut)));
    let (end, taken) = text.unicode_truncate_start((room * quarters).div_ceil(4));
    let (start, _) = text.unicode_truncate(room - taken.min(room));
    format!("{start}{cut}{end}")
}

/// A telephone number with all but its last three digits hidden.
pub fn masked(phone: &str, theme: &Theme) -> String {
    format!("{} {}", theme.symbols.hidden.repeat(4), last_digits(phone))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::screen::theme::Look;

    proptest! {
        #[test]
        fn what_is_cut_in_the_middle_has_its_ends_and_fits(text in "[ -~é王\u{301}]{0,30}", columns in 2u16..20) {
            let theme = Theme::new(Look::default());
            let cut = cut_in_the_middle(&text, columns, &theme);
            prop_assert!(width(&cut) <= columns, "{}", cut);
            if width(&text) <= columns {
                prop_assert_eq!(cut, text);
            } else {
                let (start, end) = cut.split_once(theme.symbols.cut).unwrap_or_default();
                prop_assert!(text.starts_with(start) && text.ends_with(end), "{}", cut);
            }
        }

        #[test]
        fn a_text_that_fits_is_drawn_as_ratatui_draws_it(text in "[ -~]{0,12}|[ -~é王\u{301}\t]{0,12}", from in 0u16..6) {
            let area = Rect::new(0, 0, 20, 1);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let (theme, style) = (Theme::new(Look::default()), Style::new().bold());
            Line::new(&mut ours, area, 0, &theme).skip(from).text(&text, style);
            if width(&text) <= area.width - from {
                theirs.set_stringn(from, 0, &text, width(&text).into(), style);
                prop_assert_eq!(ours, theirs);
            }
            prop_assert_eq!(usize::from(width(&text)), text.width());
        }
    }
}
