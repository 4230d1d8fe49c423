//! Bytes to text: UTF-8, with or without its mark; UTF-16 with its mark; otherwise Windows-1252.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::fault::ReadFault;
use crate::domain::incoming::{Place, Warning};

/// The text of `file`. What was not plainly UTF-8 or UTF-16 is said in a warning.
pub fn decode(file: &str, mut bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> Result<String, ReadFault> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") || bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadFault::Workbook(file.to_owned()));
    }
    let mark = Encoding::for_bom(&bytes);
    if let Some((encoding, _)) = mark.filter(|(encoding, _)| *encoding != UTF_8) {
        let (text, _, damaged) = encoding.decode(&bytes);
        if damaged {
            warnings.push(unreadable_letters(file, encoding, 1));
        }
        return Ok(text.into_owned());
    }
    // A stray NUL in a name is cleaned away; one in the first line means that this never was text.
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if bytes.starts_with(b"%PDF") || first_line.contains(&0) {
        let why = "is not a text file: export it as CSV".to_owned();
        return Err(ReadFault::NotKnown { file: file.to_owned(), why });
    }
    if let Some((_, length)) = mark {
        bytes.drain(..length);
    }
    // The usual case takes the bytes over without a copy.
    String::from_utf8(bytes).or_else(|fault| {
        let good = fault.utf8_error().valid_up_to();
        let bytes = fault.into_bytes();
        let line = 1 + bytes.iter().take(good).filter(|byte| **byte == b'\n').count() as u64;
        let encoding = if mark.is_some() { UTF_8 } else { WINDOWS_1252 };
        warnings.push(unreadable_letters(file, encoding, line));
        Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
    })
}

fn unreadable_letters(file: &str, read_as: &'static Encoding, line: u64) -> Warning {
    let says = if read_as == WINDOWS_1252 {
        "this file is not in UTF-8 and was read as Windows-1252, from this line on: check names with accents".to_owned()
    } else {
        format!("some letters are not good {}: check names with a � in them", read_as.name())
    };
    Warning { place: Place { file: file.to_owned(), line }, says }
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
        assert!(warnings[0].says.contains("Windows-1252"));
    }

    #[test]
    fn damage_is_said() {
        let (text, warnings) = read(b"\xEF\xBB\xBFZo\xEB");
        assert_eq!(text, "Zo�");
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn what_is_not_text_is_refused() {
        let refused = |bytes: &[u8]| decode("x.csv", bytes.to_vec(), &mut Vec::new()).unwrap_err().to_string();
        assert!(refused(b"PK\x03\x04...").contains("save the sheet"));
        assert!(refused(b"\xD0\xCF\x11\xE0..").contains("save the sheet"));
        assert_eq!(refused(b"a\0b"), "x.csv is not a text file: export it as CSV");
    }
}
