//! How meanings look. State is never by colour alone: each has a symbol or a word beside it.
//!
//! What is read is in the terminal's own colour, for no other is legible on every ground: what reaches a contrast of 4.5 on one
//! Solarized ground has little more than 3 on the other, and the sixteen named colours are whatever the user's palette makes of them. Weight
//! is by bold and by place. A colour brings its own ground, or draws a line; `tests/screen/views/contrast.rs` computes that it is so.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// Colours that no palette changes: white and red for what is most overdue, and a blue that is seen on every ground for lines.
const WHITE: Color = Color::Indexed(231);
const RED: Color = Color::Indexed(160);
const BLUE: Color = Color::Indexed(32);

/// How the screen is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Colour is used.
    pub colour: bool,
    /// Stronger contrast: nothing dim, more bold.
    pub high_contrast: bool,
    /// Lines and symbols from ASCII only.
    pub ascii: bool,
}

/// A style for each meaning, and the symbols that go with them.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Plain text.
    pub plain: Style,
    /// The one line that says where and when we are.
    pub title: Style,
    /// Borders and rules: lines, no text.
    pub border: Style,
    /// The border of the pane that hears keys, and of a dialog: lines, no text.
    pub focus_border: Style,
    /// The heading of the pane that hears keys.
    pub focus: Style,
    /// The chosen row.
    pub chosen: Style,
    /// The chosen row of a pane that does not hear keys.
    pub remembered: Style,
    /// The one thing in a list that is most overdue.
    pub alarm: Style,
    /// Due now or past due.
    pub overdue: Style,
    /// Dealt with, or of lesser weight: by its place and its words. Faint text is too faint on a dark Solarized ground, so none is.
    pub dim: Style,
    /// Absent with authority.
    pub authorised: Style,
    /// Absent, and nobody knows yet why.
    pub unexplained: Style,
    /// Done.
    pub done: Style,
    /// Refused, or wrong.
    pub refused: Style,
    /// A key.
    pub key: Style,
    /// Where text is typed.
    pub field: Style,
    /// Symbols.
    pub symbols: Symbols,
    /// Whether borders are drawn in ASCII.
    pub ascii: bool,
}

/// Symbols, each with an ASCII stand-in.
#[derive(Clone, Copy, Debug)]
pub struct Symbols {
    /// A vulnerable pupil.
    pub vulnerable: &'static str,
    /// One chase.
    pub chase: &'static str,
    /// Somebody covers.
    pub cover: &'static str,
    /// So many times.
    pub times: &'static str,
    /// Changed since last looked at.
    pub changed: &'static str,
    /// Text cut off.
    pub cut: &'static str,
    /// Done.
    pub done: &'static str,
    /// Refused.
    pub refused: &'static str,
    /// Between parts of a line.
    pub between: &'static str,
    /// Nothing there.
    pub none: &'static str,
    /// More rows above.
    pub above: &'static str,
    /// More rows below.
    pub below: &'static str,
    /// The chosen row.
    pub here: &'static str,
    /// A digit that is not shown.
    pub hidden: &'static str,
    /// A row that is marked with others.
    pub marked: &'static str,
}

const UNICODE: Symbols = Symbols {
    vulnerable: "▲",
    chase: "●",
    cover: "→",
    times: "×",
    changed: "▸",
    cut: "…",
    done: "✓",
    refused: "✗",
    between: "·",
    none: "—",
    above: "↑",
    below: "↓",
    here: "›",
    hidden: "•",
    marked: "◆",
};

const ASCII: Symbols = Symbols {
    vulnerable: "^",
    chase: "*",
    cover: "=",
    times: "x",
    changed: ">",
    cut: "~",
    done: "+",
    refused: "!",
    between: "-",
    none: "-",
    above: "^",
    below: "v",
    here: ">",
    hidden: "*",
    marked: "#",
};

impl Theme {
    /// The lines of a border.
    pub fn borders(&self) -> border::Set<'static> {
        const ASCII: border::Set<'static> = border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        };
        if self.ascii { ASCII } else { border::ROUNDED }
    }

    /// The theme of a look.
    pub fn new(look: Look) -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let is_coloured = look.colour && !look.high_contrast;
        let alarm = match look.colour {
            // Red on the chosen row too, which is reversed.
            true => bold.fg(WHITE).bg(RED).not_reversed(),
            // Reversed it would not be seen there.
            false => bold.add_modifier(Modifier::UNDERLINED),
        };
        Theme {
            plain,
            title: bold,
            border: if look.high_contrast { plain } else { plain.add_modifier(Modifier::DIM) },
            focus_border: if is_coloured { plain.fg(BLUE) } else { bold },
            focus: bold,
            chosen: plain.add_modifier(Modifier::REVERSED),
            remembered: bold,
            alarm,
            overdue: bold,
            dim: plain,
            authorised: plain,
            unexplained: bold.add_modifier(Modifier::UNDERLINED),
            done: bold,
            refused: alarm,
            key: bold,
            field: plain.add_modifier(Modifier::UNDERLINED),
            symbols: if look.ascii { ASCII } else { UNICODE },
            ascii: look.ascii,
        }
    }
}
