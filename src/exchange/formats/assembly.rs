//! What Assembly passes on of marks: a list of objects that each say `attendance`. A pupil is named by Assembly's own id alone, which a
//! list of pupils with it has to have brought before. Its totals are not marks.

use super::{Format, Opened, Sheet, day};
use crate::exchange::cells::key::of_system;
use crate::exchange::kind::Kind;
use crate::exchange::source::content::Content;
use crate::exchange::source::json::{first_has, records, text};

/// Marks.
pub struct Marks;

impl Format for Marks {
    fn name(&self) -> &'static str {
        "marks from Assembly"
    }

    fn is(&self, content: &Content) -> bool {
        content
            .json()
            .is_some_and(|value| first_has(value, &["student_id", "session_date", "session_name", "attendance_mark"]))
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let mut sheet = Sheet::new(Kind::Marks, &["mis_id", "date", "session", "code", "minutes"]);
        for (line, one) in (1..).zip(file.content.json().map_or(&[][..], records)) {
            file.leave_out(&text(one, &["comments"]), line);
            let [pupil, date, session, code, minutes] =
                ["student_id", "session_date", "session_name", "attendance_mark", "minutes_late"]
                    .map(|name| text(one, &[name]));
            // Nought minutes are none.
            let minutes = Some(minutes.as_str()).filter(|minutes| *minutes != "0").unwrap_or_default();
            sheet.add(line, [&of_system("assembly", &pupil), day(&date), &session, &code, minutes]);
        }
        Ok(vec![sheet])
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    #[test]
    fn marks_are_read_and_totals_are_not() {
        let marks = br#"{"object": "list", "data": [
            {"object": "attendance", "id": 1, "student_id": 26101, "session_date": "2026-10-12", "session_name": "AM",
             "attendance_mark": "L", "minutes_late": 12.0, "comments": "bus"},
            {"object": "attendance", "id": 2, "student_id": 26101, "session_date": "2026-10-12", "session_name": "PM",
             "attendance_mark": "\\", "minutes_late": 0, "comments": null}]}"#;
        let read = read_files(&[("a.json", marks)]).unwrap();
        assert_eq!(
            marks_told(&read),
            ["1: assembly 26101 Mon 12 Oct AM L 12 min", "2: assembly 26101 Mon 12 Oct PM \\"]
        );
        assert_eq!((read.read_as[0].what.as_str(), read.warnings.len()), ("marks from Assembly", 1));
        let totals = br#"{"object": "list", "data": [{"object": "attendance_summary", "student_id": 1, "possible_sessions": 18.0}]}"#;
        let fault = read_files(&[("t.json", totals)]).unwrap_err().to_string();
        assert!(fault.contains("t.json holds totals of sessions, not marks"), "{fault}");
    }
}
