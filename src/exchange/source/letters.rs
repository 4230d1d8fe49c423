//! Which of two old encodings a text is in that is not UTF-8, told by the words that come out.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// Windows-1252, or Mac Roman where that makes better words of the lines of `bytes` that are not UTF-8.
pub fn old_encoding(bytes: &[u8]) -> &'static Encoding {
    let score = |encoding: &'static Encoding| -> i64 {
        let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| std::str::from_utf8(line).is_err());
        lines.map(|line| words(&encoding.decode_without_bom_handling(line).0)).sum()
    };
    if score(MACINTOSH) > score(WINDOWS_1252) { MACINTOSH } else { WINDOWS_1252 }
}

/// How much the signs of `text` beyond ASCII look like parts of words.
fn words(text: &str) -> i64 {
    let signs: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| signs.get(place)).copied().unwrap_or(' ');
    let judged = |(place, sign): (usize, &char)| {
        let (before, behind) = (at(place.checked_sub(1)), at(place.checked_add(1)));
        let (follows, goes_on) = (before.is_alphabetic(), behind.is_alphabetic());
        match sign {
            _ if sign.is_control() => -5,
            // No word has a capital behind a small letter.
            _ if sign.is_uppercase() && before.is_lowercase() => -1,
            _ if sign.is_lowercase() && behind.is_uppercase() => -1,
            _ if sign.is_alphabetic() => i64::from(follows || goes_on),
            '–' if follows && goes_on => 1,
            '’' | '”' if follows => 1,
            '‘' | '“' if goes_on && !follows => 0,
            _ => -i64::from(follows || goes_on),
        }
    };
    signs.iter().enumerate().filter(|(_, sign)| !sign.is_ascii()).map(judged).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_words_tell() {
        for bytes in [
            &b"Zo\xEB"[..],
            b"D\x92Arcy",
            b"Br\xFCcke",
            b"REN\xC9E",
            b"caf\xE9, \xA320",
            b"Smith\x96Jones",
            b"\xC9lan",
            b"\x93Ace\x94",
            b"the pupils\x92 names",
            b"\xE9",
        ] {
            assert_eq!(old_encoding(bytes).name(), "windows-1252", "{bytes:?}");
        }
        for bytes in [&b"Zo\x91"[..], b"Zo\x91\nD\xD5Arcy", b"Ren\x8Ee", b"Br\x9Fcke", b"Fran\x8Dois"] {
            assert_eq!(old_encoding(bytes).name(), "macintosh", "{bytes:?}");
        }
    }
}
