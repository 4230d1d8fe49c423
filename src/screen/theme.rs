//! How meanings look. State is never by colour alone: each has a symbol or a word beside it.

use ratatui::style::{Color, Modifier, Style};

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
    /// Borders.
    pub border: Style,
    /// The border of the pane that hears keys.
    pub focus: Style,
    /// The chosen row.
    pub chosen: Style,
    /// The chosen row of a pane that does not hear keys.
    pub remembered: Style,
    /// Due now or past due.
    pub overdue: Style,
    /// Dealt with, or of lesser weight.
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
};

impl Theme {
    /// The theme of a look.
    pub fn new(look: Look) -> Theme {
        let colour = |style: Style, colour: Color| if look.colour { style.fg(colour) } else { style };
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = match (look.high_contrast, look.colour) {
            (true, _) => plain,
            (false, true) => plain.fg(Color::DarkGray),
            (false, false) => plain.add_modifier(Modifier::DIM),
        };
        let strong = if look.high_contrast { bold } else { plain };
        Theme {
            plain,
            title: bold,
            border: dim,
            focus: colour(bold, Color::Cyan),
            chosen: plain.add_modifier(Modifier::REVERSED),
            remembered: bold,
            overdue: colour(bold, Color::LightRed),
            dim,
            authorised: colour(strong, Color::Yellow),
            unexplained: colour(bold.add_modifier(Modifier::UNDERLINED), Color::LightMagenta),
            done: colour(strong, Color::Green),
            refused: colour(bold, Color::LightRed),
            key: colour(bold, Color::Cyan),
            field: plain.add_modifier(Modifier::UNDERLINED),
            symbols: if look.ascii { ASCII } else { UNICODE },
            ascii: look.ascii,
        }
    }
}
