//! XML for a partner program of SIMS: `SessionAttendances`, its elements in the one order that SIMS takes.

use hashbrown::HashMap;
use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::handback::MarkChange;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;

/// Why a change has no place there: SIMS knows pupils by its own numbers alone.
pub fn why_not(numbers: &HashMap<PupilId, String>, change: &MarkChange) -> Option<String> {
    let is_of_sims = |number: &String| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match (numbers.get(&change.pupil), change.now) {
        (None, _) => Some(
            "has no number of SIMS: import a report of it that has “primary_id” beside the admission number".to_owned(),
        ),
        (Some(number), _) if !is_of_sims(number) => {
            Some(format!("has the number “{}”, which is none of SIMS", clean(number)))
        }
        (Some(_), None) => Some("is blank now, which SIMS has no mark for: take it away there by hand".to_owned()),
        (Some(_), Some(_)) => None,
    }
}

/// The text, of changes that have a place there. SIMS wants the element of the comment, were it empty.
pub fn text(numbers: &HashMap<PupilId, String>, changes: &[&MarkChange], has_comments: bool) -> String {
    let mut out = Writer::new(Vec::new());
    let written = out.create_element("SessionAttendances").write_inner_content(|out| {
        changes.iter().try_for_each(|change| match (numbers.get(&change.pupil), change.now) {
            (Some(number), Some(mark)) => {
                let words = if has_comments { comment(&change.reason) } else { String::new() };
                one(out, (number, change.at), mark, words)
            }
            _ => Ok(()),
        })
    });
    // Memory takes whatever is written.
    drop(written);
    String::from_utf8(out.into_inner()).unwrap_or_default()
}

fn one(out: &mut Writer<Vec<u8>>, (number, at): (&str, SessionDate), mark: Mark, words: String) -> std::io::Result<()> {
    let minutes = mark.minutes.map(|minutes| ("MinsLate", minutes.to_string()));
    let elements = [
        ("PersonID", number.to_owned()),
        ("AttendanceDate", at.date.to_string()),
        ("SessionName", at.session.to_string()),
        ("AttendanceMark", mark.code.to_string()),
        ("Comments", words),
    ];
    out.create_element("SessionAttendance").write_inner_content(|out| {
        elements
            .iter()
            .chain(&minutes)
            .try_for_each(|(name, text)| out.create_element(*name).write_text_content(BytesText::new(text)).map(|_| ()))
    })?;
    Ok(())
}

/// Words as a comment: SIMS fails at `<`, `>`, `&` and `//`.
fn comment(words: &str) -> String {
    let mut kept = words.replace(['<', '>', '&'], " ");
    // What stood between two strokes may have been taken out.
    while kept.contains("//") {
        kept = kept.replace("//", "/");
    }
    clean(&kept)
}
