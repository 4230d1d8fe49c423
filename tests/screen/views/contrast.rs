//! Whether everything can be read on every ground: contrast as WCAG 2 defines it, from the styles of the theme.

use firstbell::screen::{Look, Theme};
use ratatui::style::{Color, Modifier, Style};

type Rgb = [u8; 3];

/// What text needs (WCAG 2, 1.4.3), and lines and large shapes (1.4.11).
const TEXT: f64 = 4.5;
const LINES: f64 = 3.0;

/// A terminal: its ground, its own text, and what it makes of the sixteen named colours.
struct Terminal {
    name: &'static str,
    ground: Rgb,
    text: Rgb,
    palette: [u32; 16],
}

/// As xterm comes.
const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f, 0xff_0000,
    0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];

const SOLARIZED: [u32; 16] = [
    0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36, 0xcb_4b16,
    0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
];

fn terminals() -> [Terminal; 4] {
    let terminal = |name, ground, text, palette| Terminal { name, ground: rgb(ground), text: rgb(text), palette };
    [
        terminal("black", 0x00_0000, 0xe5_e5e5, XTERM),
        terminal("white", 0xff_ffff, 0x00_0000, XTERM),
        terminal("Solarized dark", 0x00_2b36, 0x83_9496, SOLARIZED),
        terminal("Solarized light", 0xfd_f6e3, 0x65_7b83, SOLARIZED),
    ]
}

fn rgb(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

impl Terminal {
    /// What a colour is here; `own` where it is the terminal's own.
    fn shows(&self, colour: Option<Color>, own: Rgb) -> Rgb {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        match colour {
            None | Some(Color::Reset) => own,
            Some(Color::Rgb(red, green, blue)) => [red, green, blue],
            Some(Color::Indexed(place @ 16..=231)) => {
                [36, 6, 1].map(|step| LEVELS[usize::from((place - 16) / step % 6)])
            }
            Some(Color::Indexed(place @ 232..)) => [8 + 10 * (place - 232); 3],
            Some(Color::Indexed(place)) => rgb(self.palette[usize::from(place)]),
            Some(named) => rgb(self.palette[named_place(named)]),
        }
    }

    /// The contrast of a text in this style; `None` where it is the terminal's own. xterm shows what is faint at two thirds.
    fn contrast(&self, style: Style) -> Option<f64> {
        let is_faint = style.add_modifier.contains(Modifier::DIM);
        let own = |colour: Option<Color>| matches!(colour, None | Some(Color::Reset));
        if own(style.fg) && own(style.bg) && !is_faint {
            return None;
        }
        let text = self.shows(style.fg, self.text);
        let text = if is_faint { text.map(|part| u8::try_from(u16::from(part) * 2 / 3).unwrap()) } else { text };
        Some(contrast(text, self.shows(style.bg, self.ground)))
    }
}

/// The place of a named colour in a palette.
fn named_place(colour: Color) -> usize {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    NAMED.iter().position(|named| *named == colour).unwrap()
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every look, with its name.
fn themes() -> impl Iterator<Item = (String, Theme)> {
    (0..4).map(|bits| {
        let look = Look { colour: bits & 1 > 0, high_contrast: bits & 2 > 0, ascii: false };
        (format!("{look:?}"), Theme::new(look))
    })
}

/// The styles in which something is read, by name. A new one has to be put here, or it does not compile.
fn texts(theme: &Theme) -> Vec<(&'static str, Style)> {
    let Theme {
        plain,
        title,
        focus,
        chosen,
        remembered,
        alarm,
        overdue,
        dim,
        authorised,
        unexplained,
        done,
        refused,
        key,
        field,
        // Lines, and no styles.
        border: _,
        focus_border: _,
        symbols: _,
        ascii: _,
    } = theme;
    let styles = [
        ("plain", plain),
        ("title", title),
        ("focus", focus),
        ("chosen", chosen),
        ("remembered", remembered),
        ("alarm", alarm),
        ("overdue", overdue),
        ("dim", dim),
        ("authorised", authorised),
        ("unexplained", unexplained),
        ("done", done),
        ("refused", refused),
        ("key", key),
        ("field", field),
    ];
    let on_bar = styles.map(|(name, style)| (name, chosen.patch(*style)));
    styles.into_iter().map(|(name, style)| (name, *style)).chain(on_bar).collect()
}

#[test]
fn whatever_is_read_is_in_the_terminal_s_own_colour_or_reaches_the_contrast_of_text_on_every_ground() {
    for (look, theme) in themes() {
        for terminal in terminals() {
            for (name, style) in texts(&theme) {
                let reached = terminal.contrast(style);
                assert!(reached.is_none_or(|reached| reached >= TEXT), "{look} {} {name}: {reached:?}", terminal.name);
            }
        }
    }
}

#[test]
fn the_frame_around_what_hears_keys_is_seen_on_every_ground() {
    for (look, theme) in themes() {
        for terminal in terminals() {
            let reached = terminal.contrast(theme.focus_border);
            assert!(reached.is_none_or(|reached| reached >= LINES), "{look} {}: {reached:?}", terminal.name);
        }
    }
}

#[test]
fn in_strong_contrast_nothing_is_faint_and_without_colour_there_is_none() {
    for colour in [true, false] {
        let theme = Theme::new(Look { colour, high_contrast: true, ascii: false });
        let all = texts(&theme).into_iter().map(|(_, style)| style).chain([theme.border, theme.focus_border]);
        assert!(all.into_iter().all(|style| !style.add_modifier.contains(Modifier::DIM)));
    }
    let theme = Theme::new(Look { colour: false, ..Look::default() });
    let all = texts(&theme).into_iter().map(|(_, style)| style).chain([theme.border, theme.focus_border]);
    assert!(all.into_iter().all(|style| style.fg.is_none() && style.bg.is_none()));
}

#[test]
fn what_is_most_overdue_stands_out_from_what_is_overdue_and_from_the_chosen_row_in_every_look() {
    for (look, theme) in themes() {
        let Theme { plain, chosen, alarm, overdue, .. } = theme;
        let mut seen = vec![plain, overdue, alarm, chosen, chosen.patch(overdue), chosen.patch(alarm)];
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all, "{look}");
    }
}

/// The arithmetic itself, by the figures that others publish.
#[test]
fn contrast_is_computed_as_wcag_defines_it() {
    let reached = |one, other| (contrast(rgb(one), rgb(other)) * 100.0).round();
    assert_eq!(reached(0x00_0000, 0xff_ffff), 2100.0);
    assert_eq!(reached(0x76_7676, 0xff_ffff), 454.0);
    // The looks that this rules out: cyan on white, and what Solarized calls bright black on its own ground.
    let [_, white, dark, _] = terminals();
    assert!(white.contrast(Style::new().fg(Color::Cyan)).unwrap() < 2.0);
    assert_eq!(dark.contrast(Style::new().fg(Color::DarkGray)), Some(1.0));
    assert!(dark.contrast(Style::new().add_modifier(Modifier::DIM)).unwrap() < 3.0);
}
