//! What SIMS gives to partner programs of a session's marks: `SessionAttendances`, and `SessionAttendancesExtended` since 2024. A pupil
//! is named by SIMS's own number alone, which a list of pupils with it has to have brought before.

use super::{Beside, Format, Opened, Sheet, day};
use crate::exchange::cells::key::of_system;
use crate::exchange::kind::Kind;
use crate::exchange::source::content::Content;
use crate::exchange::source::xml::{Element, elements};

/// The names of the outermost element, of the elements in it, and of that which holds the minutes late.
const SHAPES: [[&str; 3]; 2] = [
    ["SessionAttendances", "SessionAttendance", "MinsLate"],
    ["SessionAttendancesExtended", "SessionAttendanceExtended", "Minute"],
];

/// Marks of sessions.
pub struct Sessions;

impl Format for Sessions {
    fn name(&self) -> &'static str {
        "session marks from SIMS for a partner program"
    }

    fn is(&self, content: &Content) -> bool {
        shape(content).is_some()
    }

    /// Behind a list of codes, which says what the school's own marks mean.
    fn is_last(&self) -> bool {
        true
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let (Content::Xml { text, .. }, Some([root, one, minutes])) = (file.content, shape(file.content)) else {
            return Ok(Vec::new());
        };
        let mut sheet = Sheet::new(Kind::Marks, &["mis_id", "date", "session", "code", "minutes"]);
        let take = |mark: Element| {
            file.leave_out(mark.text_of("Comments"), mark.line);
            add(&mut sheet, &mark, minutes, file.beside);
        };
        elements(text, &[root, one], take).map_err(|fault| fault.to_string())?;
        Ok(vec![sheet])
    }
}

fn shape(content: &Content) -> Option<[&'static str; 3]> {
    let Content::Xml { root, .. } = content else { return None };
    SHAPES.into_iter().find(|[name, ..]| root.eq_ignore_ascii_case(name))
}

fn add(sheet: &mut Sheet, mark: &Element, minutes: &str, beside: &Beside) {
    // Both write a day; the newer one with a time of nought behind it.
    let date = day(mark.text_of("AttendanceDate"));
    // Nought minutes are none.
    let minutes = Some(mark.text_of(minutes)).filter(|minutes| *minutes != "0").unwrap_or_default();
    let pupil = of_system("sims", mark.text_of("PersonID"));
    let (session, written) = (mark.text_of("SessionName"), mark.text_of("AttendanceMark"));
    let meant = beside.meanings.get(written).map(|meaning| meaning.code(session));
    let cells = [&pupil, date, session, meant.as_deref().unwrap_or(written), minutes];
    sheet.add(mark.line, cells);
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    #[test]
    fn both_forms_are_read() {
        let old = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<SessionAttendances>\n\
            <SessionAttendance><PersonID>71</PersonID><AttendanceDate>2026-10-12</AttendanceDate><SessionName>AM</SessionName>\
            <AttendanceMark>L</AttendanceMark><Comments>caf\u{e9}</Comments><MinsLate>12</MinsLate></SessionAttendance>\n\
            <SessionAttendance><PersonID>71</PersonID><AttendanceDate>2026-10-12</AttendanceDate><SessionName>PM</SessionName>\
            <AttendanceMark>\\</AttendanceMark></SessionAttendance>\n</SessionAttendances>";
        let read = read_files(&[("a.xml", old.as_bytes())]).unwrap();
        assert_eq!(marks_told(&read), ["3: sims 71 Mon 12 Oct AM L 12 min", "4: sims 71 Mon 12 Oct PM \\"]);
        let new = old
            .replace("SessionAttendance", "SessionAttendanceExtended")
            .replace("SessionAttendanceExtendeds", "SessionAttendancesExtended")
            .replace("MinsLate", "Minute")
            .replace("12</AttendanceDate>", "12T00:00:00</AttendanceDate>")
            .replace("\\</AttendanceMark>", "-</AttendanceMark><Minute>0</Minute>");
        let read = read_files(&[("a.xml", new.as_bytes())]).unwrap();
        assert_eq!(marks_told(&read), ["3: sims 71 Mon 12 Oct AM L 12 min"]);
        let texts: Vec<&str> = read.warnings.iter().map(|warning| warning.text.as_str()).collect();
        assert_eq!(texts, ["the comment of this mark was left out", "no mark here yet, so the row was left out"]);
    }
}
