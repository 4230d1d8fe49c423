//! What Bromcom passes on of marks: its basic attendance, a list of marks, each with a day and AM or PM. A pupil is named by Bromcom's
//! own number alone, which a list of pupils with it has to have brought before.

use super::{Format, Opened, Sheet, day};
use crate::exchange::cells::key::of_system;
use crate::exchange::kind::Kind;
use crate::exchange::source::content::Content;
use crate::exchange::source::json::{first_has, records, text};

/// Marks.
pub struct BasicAttendance;

impl Format for BasicAttendance {
    fn name(&self) -> &'static str {
        "basic attendance from Bromcom"
    }

    fn is(&self, content: &Content) -> bool {
        content
            .json()
            .is_some_and(|value| first_has(value, &["studentId", "calendarStartDate", "periodDisplayName", "mark"]))
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let mut sheet = Sheet::new(Kind::Marks, &["mis_id", "date", "session", "code"]);
        for (line, one) in (1..).zip(file.content.json().map_or(&[][..], records)) {
            file.leave_out(&text(one, &["attendanceComment"]), line);
            let [pupil, date, session, code] =
                ["studentId", "calendarStartDate", "periodDisplayName", "mark"].map(|name| text(one, &[name]));
            sheet.add(line, [&of_system("bromcom", &pupil), day(&date), &session, &code]);
        }
        Ok(vec![sheet])
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    #[test]
    fn marks_are_read_in_the_spelling_of_either_version() {
        let new = r#"[{"studentId": 71, "calendarStartDate": "2026-10-12T00:00:00", "periodDisplayName": "AM", "mark": "L",
            "attendanceComment": "bus"},
            {"studentId": 71, "calendarStartDate": "2026-10-12T00:00:00", "periodDisplayName": "PM", "mark": null}]"#;
        let old = new.replace("student", "Student").replace("calendar", "Calendar").replace("\"mark", "\"Mark");
        for text in [new, &old] {
            let read = read_files(&[("b.json", text.as_bytes())]).unwrap();
            assert_eq!(marks_told(&read), ["1: bromcom 71 Mon 12 Oct AM L"]);
            let texts: Vec<&str> = read.warnings.iter().map(|warning| warning.text.as_str()).collect();
            assert_eq!(texts, ["the comment of this mark was left out", "no mark here yet, so the row was left out"]);
        }
    }
}
