//! Text from outside, made safe to show, and names folded so that they can be found and sorted.

use deunicode::deunicode;

/// `text` without anything that could reach a terminal as a command or hide in a name: control characters (C0, DEL, C1),
/// bidirectional controls, tag characters and zero-width characters go; white space becomes single blanks.
///
/// A zero-width joiner is kept: it holds letters together in several scripts.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_hidden(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}'
            | '\u{061C}' | '\u{180E}' | '\u{2028}'..='\u{202E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// `text` in plain lower-case letters and digits, words apart by one blank: what is sorted by and searched in.
/// Apostrophes and hyphens vanish inside a word ("O'Neill-Smith" is found by "oneillsmith" and by "oneill").
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}
