//! The Common Transfer File: what one school tells the next of its pupils, in the form that the Department for Education lays down.

mod attendance;
mod people;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::{Format, Opened, Sheet};
use crate::domain::incoming::Place;
use crate::domain::name::clean;
use crate::domain::people::upn::has_shape;
use crate::exchange::cells::key::tidy_upn;
use crate::exchange::source::content::Content;
use crate::exchange::source::xml::{Element, elements};
use crate::exchange::table::dates::{Order, parse_date};

const ROOT: &str = "CTfile";

/// A Common Transfer File, of any version.
pub struct TransferFile;

impl Format for TransferFile {
    fn name(&self) -> &'static str {
        "a Common Transfer File (CTF)"
    }

    fn is(&self, content: &Content) -> bool {
        matches!(content, Content::Xml { root, .. } if root.eq_ignore_ascii_case(ROOT))
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let Content::Xml { text, .. } = file.content else { return Err("is no XML".to_owned()) };
        let (mut header, mut pupils) = (Element::default(), Vec::new());
        elements(text, &[ROOT, "Header"], |element| header = element).map_err(|fault| fault.to_string())?;
        elements(text, &[ROOT, "CTFpupilData", "Pupil"], |pupil| pupils.push(pupil))
            .map_err(|fault| fault.to_string())?;
        if pupils.is_empty() {
            return Err(
                "holds no pupils where a Common Transfer File has them: it is not laid out as one. Export it again from the \
                 school's own system"
                    .to_owned(),
            );
        }
        file.said = about(&header);
        file.beside.is_of_some |= header.text_of("DocumentQualifier").eq_ignore_ascii_case("partial");
        let mut sheets = people::sheets(&pupils, file);
        sheets.extend(attendance::sheet(&pupils, day_of(header.text_of("DateTime")), file).apart());
        Ok(sheets)
    }
}

/// "version 25.0, from Thornwick Vale School".
fn about(header: &Element) -> String {
    let version = match header.text_of("CTFversion") {
        "" => "of no version".to_owned(),
        version => format!("version {}", clean(version)),
    };
    let school = header.child("SourceSchool").map(school).filter(|school| !school.is_empty());
    [Some(version), school.map(|school| format!("from {school}"))].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What an element says of a school: its name, else its numbers.
fn school(element: &Element) -> String {
    match (element.text_of("SchoolName"), element.text_of("LEA"), element.text_of("Estab")) {
        ("", "", "") => String::new(),
        ("", lea, estab) => format!("{lea}/{estab}"),
        (name, ..) => clean(name),
    }
}

/// The day of a date, or of a date and time.
fn day_of(text: &str) -> Option<NaiveDate> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    parse_date(day, Order::Open).ok()
}

/// "Marsh, Ellie".
fn list_name(pupil: &Element) -> String {
    clean(&format!("{}, {}", pupil.text_of("Surname"), pupil.text_of("Forename")))
}

/// Whether rows about a pupil can be told whose they are. Such as have no UPN are refused with the pupil.
fn has_upn(pupil: &Element) -> bool {
    has_shape(&tidy_upn(pupil.text_of("UPN")))
}

fn place(file: &str, line: u64) -> Place {
    Place { file: file.to_owned(), line }
}
