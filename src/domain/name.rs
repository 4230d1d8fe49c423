//! Text from outside, made safe to show, and names folded so that they can be found and sorted.

use deunicode::deunicode;

/// `text` without anything that could reach a terminal as a command or hide in a name: control characters (C0, DEL, C1),
/// bidirectional controls, tag characters and invisible characters go; white space becomes single blanks.
///
/// A zero-width joiner is kept, except after plain letters: it holds letters together in several scripts. What is left of an
/// escape sequence without its escape, such as `[31m`, stays: it is mere text.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c == '\u{200D}' {
            if out.chars().next_back().is_some_and(|last| !last.is_ascii()) {
                out.push(c);
            }
        } else if !is_hidden(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// `text` line by line, each [clean]; blank lines at the beginning and the end go.
pub fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}'
            | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}' | '\u{2028}'..='\u{202E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// `text` in plain lower-case letters and digits, words apart by one blank: what is sorted by and searched in.
/// Apostrophes and hyphens vanish inside a word ("O'Neill-Smith" is found by "oneillsmith" and by "oneill").
pub fn fold(text: &str) -> String {
    // Most names are plain already, and a roll is thousands of them.
    if text.is_ascii() {
        return plain_letters(text);
    }
    // What is invisible must not part a word, as some of it would once spelt out.
    plain_letters(&deunicode(&clean(text)))
}

/// Those of `all` that `typed` means by their name: who is called so, else whose name begins so, else in whose name it stands.
pub fn meant<'a, T>(typed: &str, all: &'a [T], name: impl Fn(&T) -> String) -> Vec<&'a T> {
    let typed = fold(typed);
    let ways: [fn(&str, &str) -> bool; 3] =
        [|name, typed| name == typed, |name, typed| name.starts_with(typed), |name, typed| name.contains(typed)];
    ways.into_iter()
        .map(|way| all.iter().filter(|one| !typed.is_empty() && way(&fold(&name(one)), &typed)).collect::<Vec<_>>())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn plain_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_that_commands_a_terminal_or_hides_in_a_name_is_left() {
        for (text, cleaned) in [
            ("O'Neill-Smith", "O'Neill-Smith"),
            ("D\u{2019}Arcy", "D\u{2019}Arcy"),
            ("  van   der\tBerg \n", "van der Berg"),
            ("Ann\r\nBob", "Ann Bob"),
            ("Ann\u{85}Bob", "Ann Bob"),
            ("Ann\u{2028}Bob", "Ann Bob"),
            ("Ann\0\u{8}\u{7}\u{7f}Bob", "AnnBob"),
            ("Ann\u{1b}[2J", "Ann[2J"),
            ("Ann\u{9b}31m", "Ann31m"),
            ("Ann\u{1b}]52;c;aGVsbG8=\u{7}", "Ann]52;c;aGVsbG8="),
            ("\u{1b}]8;;http://example.test\u{1b}\\Ann", "]8;;http://example.test\\Ann"),
            ("Ann\u{202e}imdA\u{2066}\u{2069}", "AnnimdA"),
            ("\u{200f}\u{feff}Ann\u{200b}a\u{ad}", "Anna"),
            ("Ann\u{e0041}\u{e0042}", "Ann"),
            ("\u{3164}\u{115f}\u{34f}", ""),
            // Letters of every script stay, and so does what joins them.
            ("\u{645}\u{62d}\u{645}\u{62f}", "\u{645}\u{62d}\u{645}\u{62f}"),
            ("\u{5d3}\u{5d5}\u{5d3}", "\u{5d3}\u{5d5}\u{5d3}"),
            ("Zoe\u{308}", "Zoe\u{308}"),
            ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"),
            ("\u{995}\u{9cd}\u{200d}\u{9b7}", "\u{995}\u{9cd}\u{200d}\u{9b7}"),
            ("\u{200d}Ann\u{200d}a", "Anna"),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
        ] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn lines_stay_lines_and_nothing_else_of_them_commands_a_terminal() {
        for (text, cleaned) in [
            ("Amira is ill\r\nsorry \u{1f912}\n", "Amira is ill\nsorry \u{1f912}"),
            ("\n a\u{1b}[2J \n\n\tb\n\n", "a[2J\n\nb"),
            ("=1+1", "=1+1"),
            ("", ""),
        ] {
            assert_eq!(clean_lines(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn names_fold_to_what_an_english_keyboard_types() {
        for (name, folded) in [
            ("O'Neill-Smith", "oneillsmith"),
            ("D\u{2019}Arcy", "darcy"),
            ("Zo\u{eb} Br\u{fc}cke", "zoe brucke"),
            ("Zoe\u{308}", "zoe"),
            ("\u{141}ukasz W\u{f3}jcik", "lukasz wojcik"),
            ("Ll\u{177}r ap Si\u{f4}n", "llyr ap sion"),
            ("Se\u{e1}n \u{d3} S\u{e9}", "sean o se"),
            ("van der Berg", "van der berg"),
            ("Nguy\u{1ec5}n Th\u{1ecb} H\u{1ed3}ng", "nguyen thi hong"),
            ("I\u{15f}\u{131}l Y\u{131}ld\u{131}r\u{131}m", "isil yildirim"),
            ("\u{110}\u{1eb7}ng \u{17d}ofie \u{15e}ahin", "dang zofie sahin"),
            ("Stra\u{df}e \u{c6}gir", "strasse aegir"),
            ("\u{738b}\u{5c0f}\u{660e}", "wang xiao ming"),
            ("Ann\u{200b}a\u{200d}bel\u{202e}", "annabel"),
            ("Za\u{300}\u{301}\u{302}\u{303}lgo", "zalgo"),
            ("\u{5dc}\u{5d5}\u{5d9}", "lvy"),
            ("  8KM ", "8km"),
            ("", ""),
            ("'", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    proptest! {
        #[test]
        fn clean_text_is_safe_and_stays_as_it_is(text in any::<String>()) {
            let cleaned = clean(&text);
            let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let unsafe_left = cleaned.chars().any(|c| c.is_control() || turns(c));
            prop_assert!(!unsafe_left);
            prop_assert!(!cleaned.contains("  ") && cleaned.trim() == cleaned);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }

        #[test]
        fn folded_text_is_plain_and_stays_as_it_is(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert!(folded.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '));
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn cleaning_changes_nothing_that_is_searched(text in any::<String>(), name in "[a-zA-Z\u{200b}\u{200d}\u{7}\u{202e}' -]{0,20}") {
            prop_assert_eq!(fold(&clean(&text)), fold(&text));
            prop_assert_eq!(fold(&clean(&name)), fold(&name));
        }
    }

    #[test]
    fn a_name_is_meant_by_the_whole_of_it_its_beginning_or_a_part() {
        let all = ["call", "call again", "tell DSL", "tell head of year"].map(str::to_owned);
        for (typed, found) in [
            ("Call", &["call"][..]),
            ("call a", &["call again"]),
            ("dsl", &["tell DSL"]),
            ("TELL", &["tell DSL", "tell head of year"]),
            ("police", &[]),
            (" ", &[]),
        ] {
            assert_eq!(meant(typed, &all, String::clone), found, "{typed:?}");
        }
    }
}
