//! Bytes to text: UTF-8, with or without its mark; UTF-16 with its mark; otherwise Windows-1252, or Mac Roman. Anything else is
//! reported as what it is.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, WINDOWS_1252};

use super::letters::old_encoding;
use crate::domain::incoming::{Place, Warning};
use crate::exchange::fault::ReadFault;
use crate::exchange::table::line_ends;

/// How files begin that are no CSV, whatever they are called; what each is, and what to do about it.
const OTHERS: [(&[u8], &str); 11] = [
    (
        b"PK\x03\x04",
        "is a zip, or a damaged workbook or document: unpack it, or open it and save the sheet as “CSV UTF-8”",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "is an old workbook (.xls), or one with a password: open it, save it as .xlsx without a password, and import that file",
    ),
    (b"%PDF", "is a PDF: export the table itself as CSV"),
    (b"{\\rtf", "is a text processor's document: export the table itself as CSV"),
    (b"<!DOCTYPE html", "is a web page, perhaps of a login that had run out: log in again and export it as CSV"),
    (b"<html", "is a web page, perhaps of a login that had run out: log in again and export it as CSV"),
    (b"\x1F\x8B", "is packed with gzip: unpack it and import the file"),
    (b"7z\xBC\xAF\x27\x1C", "is packed with 7-Zip: unpack it and import the files"),
    (b"Rar!", "is packed with RAR: unpack it and import the files"),
    (b"\x89PNG", "is a picture: export the table itself as CSV"),
    (b"\xFF\xD8\xFF", "is a picture: export the table itself as CSV"),
];

/// The text of `file`. What was not plainly UTF-8 or UTF-16 is said in a warning.
pub fn decode(file: &str, mut bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> Result<String, ReadFault> {
    let not_known = |why: &str| Err(ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() });
    // Their marks begin as those of UTF-16 do, or with zeros.
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return not_known("is text in UTF-32, which is not read: save it as “CSV UTF-8”");
    }
    let mark = Encoding::for_bom(&bytes);
    if let Some((encoding, _)) = mark.filter(|(encoding, _)| *encoding != UTF_8) {
        let (text, _, damaged) = encoding.decode(&bytes);
        if damaged {
            warnings.push(unreadable_letters(file, encoding, 1));
        }
        return Ok(text.into_owned());
    }
    if let Some((_, length)) = mark {
        bytes.drain(..length);
    }
    let begins =
        |with: &[u8]| bytes.trim_ascii_start().get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if let Some((_, why)) = OTHERS.iter().find(|(with, _)| begins(with)) {
        return not_known(why);
    }
    // A stray NUL in a name is cleaned away; one in the first line means that this never was text.
    if bytes.split(|byte| *byte == b'\n').next().unwrap_or_default().contains(&0) {
        return not_known(
            "is not a text file, or is text in UTF-16 or UTF-32 without its mark: export it as “CSV UTF-8”",
        );
    }
    // The usual case takes the bytes over without a copy.
    let text = String::from_utf8(bytes).or_else(|fault| {
        let good = fault.utf8_error().valid_up_to();
        let bytes = fault.into_bytes();
        let line = 1 + line_ends(bytes.get(..good).unwrap_or_default());
        let encoding = if mark.is_some() { UTF_8 } else { old_encoding(&bytes) };
        warnings.push(unreadable_letters(file, encoding, line));
        Ok(by_line(&bytes, encoding))
    });
    if let Some(at) = text.as_deref().ok().and_then(mangled) {
        let line = 1 + line_ends(text.as_deref().unwrap_or_default().get(..at).unwrap_or_default().as_bytes());
        let message =
            "letters such as Ã¼ look like an ü that another program has misread: export the file again as “CSV UTF-8”";
        warnings.push(Warning { place: Place { file: file.to_owned(), line }, text: message.to_owned() });
    }
    text
}

/// How `bytes` are written, as far as their mark tells, where that is not the usual way: "UTF-16".
pub fn marked(bytes: &[u8]) -> Option<&'static str> {
    Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8).map(|_| "UTF-16")
}

/// Where UTF-8 stands that was read as Windows-1252, and written so: “Zo” with an Ã and a « behind it.
fn mangled(text: &str) -> Option<usize> {
    let pairs = text.char_indices().zip(text.chars().skip(1));
    let is_half = |next: char| !next.is_ascii() && (!next.is_alphabetic() || matches!(next, 'ª' | 'º' | 'µ'));
    let mut found = pairs.filter(|((_, first), next)| match first {
        'Ã' | 'Â' | 'Ä' | 'Å' => is_half(*next),
        'â' => *next == '€',
        _ => false,
    });
    found.next().map(|((at, _), _)| at)
}

/// Text in `encoding` but for the lines that are good UTF-8: two exports may have been put behind each other.
fn by_line(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\r' | b'\n')) {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&encoding.decode_without_bom_handling(line).0),
        }
    }
    text
}

fn unreadable_letters(file: &str, read_as: &'static Encoding, line: u64) -> Warning {
    let old = [(WINDOWS_1252, "Windows-1252"), (MACINTOSH, "Mac Roman")].into_iter().find(|(one, _)| *one == read_as);
    let text = if let Some((_, name)) = old {
        format!("this line is not in UTF-8: it, and others like it, were read as {name}. Check names with accents")
    } else {
        format!("some letters are not good {}: check names with a � in them", read_as.name())
    };
    Warning { place: Place { file: file.to_owned(), line }, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<Warning>) {
        let mut warnings = Vec::new();
        (decode("x.csv", bytes.to_vec(), &mut warnings).unwrap(), warnings)
    }

    #[test]
    fn four_ways_to_write_zoe() {
        assert_eq!(read("Zoë".as_bytes()), ("Zoë".to_owned(), vec![]));
        assert_eq!(read(b"\xEF\xBB\xBFZo\xC3\xAB"), ("Zoë".to_owned(), vec![]));
        assert_eq!(read(b"\xFF\xFEZ\0o\0\xEB\0"), ("Zoë".to_owned(), vec![]));
        assert_eq!(read(b"\xFE\xFF\0Z\0o\0\xEB"), ("Zoë".to_owned(), vec![]));
    }

    #[test]
    fn windows_1252_is_said_once_and_where() {
        let (text, warnings) = read(b"a\nZo\xEB\nLouis D\x92Arcy\n");
        assert_eq!(text, "a\nZoë\nLouis D’Arcy\n");
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].place.line, 2);
        assert!(warnings[0].text.contains("Windows-1252"));
    }

    #[test]
    fn mac_roman_is_said_too() {
        let (text, warnings) = read(b"a\nZo\x91\nLouis D\xD5Arcy\n");
        assert_eq!(text, "a\nZoë\nLouis D’Arcy\n");
        assert!(warnings[0].place.line == 2 && warnings[0].text.contains("Mac Roman"), "{warnings:?}");
    }

    #[test]
    fn a_line_in_utf_8_stays_so_beside_another() {
        let (text, warnings) = read(b"a\nZo\xC3\xAB\nRen\xE9\rBr\xC3\xBCcke\n");
        assert_eq!(text, "a\nZo\u{eb}\nRen\u{e9}\rBr\u{fc}cke\n");
        assert_eq!((warnings.len(), warnings[0].place.line), (1, 3));
    }

    #[test]
    fn what_another_program_has_misread_is_told() {
        for (text, line) in [("a\nZoÃ«", 2), ("a\rb\rD’Arcy Ãª", 3), ("Oâ€™Neill", 1), ("Å\u{a0}", 1)] {
            let (read, warnings) = read(text.as_bytes());
            assert_eq!((read.as_str(), warnings.len(), warnings[0].place.line), (text, 1, line), "{text}");
        }
        for good in ["Åsa", "Ångström", "SÃO PAULO", "São", "Âûÿ", "Äö", "Châtel’s"] {
            assert_eq!(read(good.as_bytes()).1, [], "{good}");
        }
    }

    #[test]
    fn damage_is_said() {
        let (text, warnings) = read(b"\xEF\xBB\xBFZo\xEB");
        assert_eq!(text, "Zo�");
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn what_is_not_text_is_told_for_what_it_is() {
        let refused = |bytes: &[u8]| decode("x.csv", bytes.to_vec(), &mut Vec::new()).unwrap_err().to_string();
        for (bytes, text) in [
            (&b"PK\x03\x04..."[..], "save the sheet"),
            (b"\xD0\xCF\x11\xE0..", "x.csv is an old workbook (.xls), or one with a password"),
            (b"%PDF-1.7", "x.csv is a PDF"),
            (b"\r\n<!doctype HTML><title>Log in</title>", "x.csv is a web page"),
            (b"\x1F\x8B\x08", "unpack it"),
            (b"a\0b", "x.csv is not a text file, or is text in UTF-16 or UTF-32 without its mark"),
            (b"\xFF\xFE\0\0a\0\0\0", "x.csv is text in UTF-32, which is not read"),
            (b"\0\0\xFE\xFF\0\0\0a", "x.csv is text in UTF-32, which is not read"),
        ] {
            assert!(refused(bytes).contains(text), "{bytes:?}: {}", refused(bytes));
        }
    }
}
