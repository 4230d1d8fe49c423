//! The places that a workbook's parts name, looked at before the library reads them: it reckons a column out of however many letters, and
//! one that has too many would come to be another.

use std::io::{BufReader, Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// Letters of the last column there is, XFD, and digits of the last row, 1048576.
const LETTERS_MAX: usize = 3;
const DIGITS_MAX: usize = 7;

/// Whether every place that the workbook names is one that a sheet can have. No more than `part_max` bytes of a part are read.
pub fn are_on_a_sheet(bytes: &[u8], part_max: u64) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut buffer = Vec::new();
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { return false };
        // Where programs keep what is their own.
        if ["customXml/", "docProps/"].iter().any(|folder| part.name().is_ok_and(|name| name.starts_with(folder))) {
            continue;
        }
        let mut xml = Reader::from_reader(BufReader::new(part.take(part_max)));
        loop {
            buffer.clear();
            // What is no XML, such as a picture, names no place.
            let Ok(event) = xml.read_event_into(&mut buffer) else { break };
            let element = match event {
                Event::Start(element) | Event::Empty(element) => element,
                Event::Eof => break,
                _ => continue,
            };
            let mut places = element.attributes().flatten().filter(|one| matches!(one.key.as_ref(), "r" | "ref"));
            if places.any(|one| one.value.split(':').any(is_nowhere)) {
                return false;
            }
        }
    }
    true
}

/// Whether it begins with more letters, or has more digits after them, than any place.
fn is_nowhere(place: &str) -> bool {
    let letters = place.chars().take_while(char::is_ascii_alphabetic).count();
    let digits = place.chars().skip(letters).take_while(char::is_ascii_digit).count();
    digits > DIGITS_MAX || letters > LETTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_so_many_letters_and_digits_at_most() {
        for place in ["A1", "XFD1048576", "A", "7", "1048576", "", "$A$1"] {
            assert!(!is_nowhere(place), "{place}");
        }
        for place in ["AAAA1", "AAAA", "ZZZZZZZZ2", "A10485760", "99999999"] {
            assert!(is_nowhere(place), "{place}");
        }
    }
}
