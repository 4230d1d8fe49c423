//! What a run of bytes from a terminal is: one key, an end of a paste, nothing known, or not yet whole.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the bytes so far are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::screen) enum Reading {
    /// Not yet whole.
    More,
    /// A key.
    Key(KeyEvent),
    /// A paste starts: text follows until [`PASTE_END`].
    Paste,
    /// The window came to the front, or is there no longer.
    Focus(bool),
    /// Whole, but nothing we know, or nothing at all.
    Nothing,
    /// The last byte, with an Esc right before it, does not belong to the others, which are nothing.
    Broken,
}

/// What ends a bracketed paste.
pub(in crate::screen) const PASTE_END: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1b;

/// Reads the bytes from the first on. Called with each byte that comes, so all but the last are known to be unfinished.
pub(in crate::screen) fn read(bytes: &[u8]) -> Reading {
    match bytes {
        [] | [ESC] => Reading::More,
        [ESC, b'[', rest @ ..] => control(rest),
        [ESC, b'O', rest @ ..] => match rest {
            [] => Reading::More,
            [last @ 0x20..=0x7e] => key(lettered(*last, KeyModifiers::NONE)),
            _ => Reading::Broken,
        },
        // Answers to questions that some other program asked: text up to BEL or Esc \.
        [ESC, b']' | b'P' | b'_' | b'^', text @ ..] => match text {
            [.., 0x07] | [.., ESC, b'\\'] => Reading::Nothing,
            [.., ESC, _] => Reading::Broken,
            _ => Reading::More,
        },
        [ESC, rest @ ..] => match typed(rest) {
            Reading::Key(KeyEvent { code, modifiers, .. }) => {
                Reading::Key(KeyEvent::new(code, modifiers | KeyModifiers::ALT))
            }
            other => other,
        },
        _ => typed(bytes),
    }
}

fn key(event: Option<KeyEvent>) -> Reading {
    event.map_or(Reading::Nothing, Reading::Key)
}

/// A character or a control code.
fn typed(bytes: &[u8]) -> Reading {
    let control = |letter: u8| KeyEvent::new(KeyCode::Char(letter.into()), KeyModifiers::CONTROL);
    let event = match bytes {
        [b'\r'] => KeyCode::Enter.into(),
        [b'\t'] => KeyCode::Tab.into(),
        [0x7f] => KeyCode::Backspace.into(),
        [0] => control(b' '),
        [code @ 0x01..=0x1a] => control(code - 1 + b'a'),
        [code @ 0x1c..=0x1f] => control(code - 0x1c + b'4'),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => match text.chars().next() {
                Some(letter) if letter.is_uppercase() => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::SHIFT),
                Some(letter) if !letter.is_control() => KeyCode::Char(letter).into(),
                _ => return Reading::Nothing,
            },
            Err(error) if error.error_len().is_none() => return Reading::More,
            Err(_) if bytes.len() > 1 => return Reading::Broken,
            Err(_) => return Reading::Nothing,
        },
    };
    Reading::Key(event)
}

/// What follows `Esc [`.
fn control(rest: &[u8]) -> Reading {
    match rest {
        [] | [b'['] => return Reading::More,
        // The Linux console's F1 to F5.
        [b'[', last @ b'A'..=b'E'] => return Reading::Key(KeyCode::F(last - b'A' + 1).into()),
        // An old mouse report: three bytes that must not be taken for letters.
        [b'M', report @ ..] => return if report.len() < 3 { Reading::More } else { Reading::Nothing },
        _ => {}
    }
    let Some((last, parameters)) = rest.split_last() else { return Reading::More };
    match last {
        0x20..=0x3f => Reading::More,
        0x40..=0x7e => std::str::from_utf8(parameters).map_or(Reading::Nothing, |text| whole(text, *last)),
        _ => Reading::Broken,
    }
}

/// A whole control sequence: `1;5` and `B` is ctrl-down.
fn whole(parameters: &str, last: u8) -> Reading {
    let mut fields = parameters.split(';');
    let number = fields.next().unwrap_or_default();
    let mut held = fields.next().unwrap_or_default().split(':');
    let modifiers = modifiers(held.next().unwrap_or_default());
    // With the Kitty protocol a key is told again when it is let go.
    let let_go = held.next() == Some("3");
    match last {
        _ if let_go => Reading::Nothing,
        b'I' | b'O' if parameters.is_empty() => Reading::Focus(last == b'I'),
        b'~' if number == "200" => Reading::Paste,
        b'~' => key(numbered(number).map(|code| KeyEvent::new(code, modifiers))),
        b'Z' => Reading::Key(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        // rxvt's way to say shift.
        b'a'..=b'd' if number.is_empty() => key(lettered(last.to_ascii_uppercase(), KeyModifiers::SHIFT)),
        // With numbers it is a cursor position, not F3.
        b'R' if !parameters.is_empty() => Reading::Nothing,
        _ if number.is_empty() || number == "1" => key(lettered(last, modifiers)),
        _ => Reading::Nothing,
    }
}

/// A key told by a letter.
fn lettered(letter: u8, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let code = match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// A key told by a number before `~`.
fn numbered(number: &str) -> Option<KeyCode> {
    Some(match number.parse().ok()? {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        n @ 11..=15 => KeyCode::F(n - 10),
        n @ 17..=21 => KeyCode::F(n - 11),
        n @ 23..=24 => KeyCode::F(n - 12),
        _ => return None,
    })
}

/// One more than the sum of shift 1, alt 2, control 4.
fn modifiers(text: &str) -> KeyModifiers {
    let sum = text.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let each = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    each.into_iter().filter(|(bit, _)| sum & bit != 0).map(|(_, modifier)| modifier).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of a whole sequence, read byte by byte as the terminal sends it.
    fn event(bytes: &[u8]) -> KeyEvent {
        for end in 1..bytes.len() {
            assert_eq!(read(&bytes[..end]), Reading::More, "{:?}", String::from_utf8_lossy(&bytes[..end]));
        }
        match read(bytes) {
            Reading::Key(event) => event,
            other => panic!("{:?}: {other:?}", String::from_utf8_lossy(bytes)),
        }
    }

    #[test]
    fn sequences_are_the_keys_they_stand_for() {
        for (bytes, key) in [
            ("\x1b[A", "up"),
            ("\x1bOB", "down"),
            ("\x1b[1;5C", "ctrl-right"),
            ("\x1b[1;2D", "shift-left"),
            ("\x1b[1;3A", "alt-up"),
            ("\x1b[1;7A", "ctrl-alt-up"),
            ("\x1b[a", "shift-up"),
            ("\x1b[H", "home"),
            ("\x1bOF", "end"),
            ("\x1b[1~", "home"),
            ("\x1b[4~", "end"),
            ("\x1b[7~", "home"),
            ("\x1b[8~", "end"),
            ("\x1b[2~", "insert"),
            ("\x1b[3~", "delete"),
            ("\x1b[3;5~", "ctrl-delete"),
            ("\x1b[5~", "pageup"),
            ("\x1b[6~", "pagedown"),
            ("\x1b[Z", "shift-tab"),
            ("\x1bOP", "f1"),
            ("\x1b[[A", "f1"),
            ("\x1b[11~", "f1"),
            ("\x1b[15~", "f5"),
            ("\x1b[17~", "f6"),
            ("\x1b[21~", "f10"),
            ("\x1b[23~", "f11"),
            ("\x1b[24;2~", "shift-f12"),
            ("\x1b[1;5R", ""),
            ("x", "x"),
            ("G", "G"),
            ("é", "é"),
            ("€", "€"),
            ("\x1bx", "alt-x"),
            ("\x1bé", "alt-é"),
            ("\x1b\r", "alt-enter"),
            ("\r", "enter"),
            ("\n", "ctrl-j"),
            ("\t", "tab"),
            ("\x7f", "backspace"),
            ("\x08", "ctrl-h"),
            ("\x00", "ctrl-space"),
            ("\x03", "ctrl-c"),
            ("\x1f", "ctrl-7"),
            (" ", "space"),
        ] {
            if key.is_empty() {
                assert_eq!(read(bytes.as_bytes()), Reading::Nothing, "{bytes:?}");
            } else {
                assert_eq!(crate::keys::Key::from(event(bytes.as_bytes())).to_string(), key, "{bytes:?}");
            }
        }
    }

    #[test]
    fn what_no_key_sends_is_nothing() {
        for bytes in [
            "\x1b[1I",
            "\x1b[99~",
            "\x1b[?62;c",
            "\x1b[24;80R",
            "\x1b[M !!",
            "\x1b[<0;3;4M",
            "\x1b[97;5u",
            "\x1bOj",
            "\x1b[1;1:3A",
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
            "\x1bP>|term 1.0\x1b\\",
            "\x1b[[J",
        ] {
            assert_eq!(read(bytes.as_bytes()), Reading::Nothing, "{bytes:?}");
        }
        assert_eq!(read(b"\xff"), Reading::Nothing);
        assert_eq!(read(b"\xc3x"), Reading::Broken);
        assert_eq!(read(b"\x1b[1\x1b"), Reading::Broken);
        assert_eq!(read(b"\x1b[200~"), Reading::Paste);
        assert_eq!((read(b"\x1b[I"), read(b"\x1b[O")), (Reading::Focus(true), Reading::Focus(false)));
    }
}
