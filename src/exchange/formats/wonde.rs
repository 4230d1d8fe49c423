//! What Wonde passes on of a management system, page by page: pupils, the codes of attendance, and marks, which point to pupils and
//! codes by Wonde's own ids.

use serde_json::Value;

use super::beside::Beside;
use super::{Format, Opened, Sheet, day};
use crate::domain::incoming::Place;
use crate::exchange::cells::key::of_system;
use crate::exchange::kind::Kind;
use crate::exchange::source::content::Content;
use crate::exchange::source::json::{at, first_has, records, text};

/// A page of pupils.
pub struct Students;

/// The list of codes.
pub struct Codes;

/// Marks.
pub struct Attendance;

/// By which names a mark has its pupil and its code: when it is read, and when it is written.
const PUPIL: [&str; 2] = ["student", "student_id"];
const CODE: [&str; 2] = ["attendance_code", "attendance_code_id"];

impl Format for Students {
    fn name(&self) -> &'static str {
        "a page of pupils from Wonde"
    }

    fn is(&self, content: &Content) -> bool {
        content.json().is_some_and(|value| first_has(value, &["id", "upi", "surname", "forename"]))
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let Some(value) = file.content.json() else { return Ok(Vec::new()) };
        for (line, one) in (1..).zip(records(value)) {
            let cells = cells_of(one);
            let headings: Vec<&str> = cells.iter().map(|(heading, _)| *heading).collect();
            let place = sheets.iter().position(|sheet| sheet.headings == headings).unwrap_or(sheets.len());
            if place == sheets.len() {
                sheets.push(Sheet::new(Kind::Pupils, &headings));
            }
            if let Some(sheet) = sheets.get_mut(place) {
                sheet.add(line, cells.iter().map(|(_, text)| text.as_str()));
            }
        }
        if let Some(pages) = at(value, &["meta", "pagination"]) {
            let number = at(pages, &["current_page"]).and_then(Value::as_u64).unwrap_or(1);
            let has_more = at(pages, &["more"]).and_then(Value::as_bool).unwrap_or_default();
            file.beside.pages.came(file.name, number, has_more);
        }
        Ok(sheets)
    }
}

impl Format for Codes {
    fn name(&self) -> &'static str {
        "the list of attendance codes from Wonde"
    }

    fn is(&self, content: &Content) -> bool {
        content.json().is_some_and(|value| first_has(value, &["id", "code", "description"]))
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let codes = file.content.json().map_or(&[][..], records);
        file.beside.codes.extend(codes.iter().map(|one| (text(one, &["id"]), text(one, &["code"]))));
        Ok(Vec::new())
    }
}

impl Format for Attendance {
    fn name(&self) -> &'static str {
        "marks from Wonde"
    }

    fn is(&self, content: &Content) -> bool {
        let has = |names: [&str; 2]| {
            content.json().is_some_and(|value| names.iter().any(|name| first_has(value, &[name, "date", "session"])))
        };
        has(PUPIL) && has(CODE)
    }

    fn is_last(&self) -> bool {
        true
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let mut sheet = Sheet::new(Kind::Marks, &["mis_id", "date", "session", "code", "minutes"]);
        let marks = file.content.json().map_or(&[][..], records);
        let is_told = |one: &Value| id_of(one, &CODE).is_empty() || !code(one, file.beside).is_empty();
        if !marks.iter().any(is_told) {
            return Err(
                "points to attendance codes by their ids: import it together with Wonde’s list of attendance codes, in one go"
                    .to_owned(),
            );
        }
        for (line, one) in (1..).zip(marks) {
            if ["comment", "employee"].iter().any(|name| !text(one, &[name]).is_empty()) {
                let place = || Place { file: file.name.to_owned(), line };
                file.notes.add("comment", "", place, || {
                    "the comment of this mark, and who made it, were left out".to_owned()
                });
            }
            let id = id_of(one, &CODE);
            let code = Some(code(one, file.beside)).filter(|code| !code.is_empty()).unwrap_or(id);
            let minutes = text(one, &["minutes_late"]);
            // Nought minutes are none.
            let minutes = Some(minutes.as_str()).filter(|minutes| *minutes != "0").unwrap_or_default();
            let pupil = of_system("wonde", &id_of(one, &PUPIL));
            sheet.add(line, [&pupil, &date(one, "date"), &text(one, &["session"]), &code, minutes]);
        }
        Ok(vec![sheet])
    }
}

/// What is said of a pupil, by its heading. What is null may only not have been shown: a blank cell would take it away, so there is none.
fn cells_of(one: &Value) -> Vec<(&'static str, String)> {
    let of_school = |name: &str| text(one, &["education_details", name]);
    let [surname, forename] = ["surname", "forename"].map(|name| text(one, &[name]));
    let [legal_surname, legal_forename] = ["legal_surname", "legal_forename"].map(|name| text(one, &[name]));
    // A name in use is told beside the legal one; alone it is the name.
    let in_use = |legal: &str, used: &str| if legal.is_empty() { String::new() } else { used.to_owned() };
    let name = |legal: &str, used: &str| if legal.is_empty() { used.to_owned() } else { legal.to_owned() };
    let needed = [
        ("mis_id", of_system("wonde", &text(one, &["id"]))),
        ("upn", of_school("upn")),
        ("admission_no", of_school("admission_number")),
        ("surname", name(&legal_surname, &surname)),
        ("forename", name(&legal_forename, &forename)),
        ("year", of_school("current_nc_year")),
    ];
    let more = [
        ("preferred_surname", in_use(&legal_surname, &surname)),
        ("preferred_forename", in_use(&legal_forename, &forename)),
        ("date_of_birth", date(one, "date_of_birth")),
        ("sex", text(one, &["gender"])),
    ];
    needed.into_iter().chain(more.into_iter().filter(|(_, text)| !text.is_empty())).collect()
}

/// A day: a text, or an object with a date, a time and a zone.
fn date(one: &Value, name: &str) -> String {
    let within = Some(text(one, &[name, "date"])).filter(|date| !date.is_empty());
    day(&within.unwrap_or_else(|| text(one, &[name]))).to_owned()
}

/// The id under the first of `names` that has one: it, or the whole thing with its id, stands there.
fn id_of(one: &Value, names: &[&str]) -> String {
    let ids = names.iter().flat_map(|name| [text(one, &[name]), text(one, &[name, "id"])]);
    ids.into_iter().find(|id| !id.is_empty()).unwrap_or_default()
}

/// The code of a mark: in it, or by its id in the list; empty where neither tells.
fn code(one: &Value, beside: &Beside) -> String {
    let within = CODE.iter().map(|name| text(one, &[name, "code"])).find(|code| !code.is_empty());
    within.or_else(|| beside.codes.get(&id_of(one, &CODE)).cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    const STUDENTS: &str = r#"{"data": [
        {"id": "A71", "upi": "0a", "mis_id": "71", "surname": "Ash", "forename": "Zo\u00eb", "legal_surname": "Ash", "gender": "FEMALE",
         "legal_forename": "Zoe", "education_details": {"data": {"upn": "B801200005001", "admission_number": "004101",
         "current_nc_year": "7"}}},
        {"id": "A72", "upi": "0b", "mis_id": "72", "surname": "Bell", "forename": null, "legal_surname": "Bell", "gender": null,
         "legal_forename": "Tom", "education_details": null}],
        "meta": {"pagination": {"next": "x", "more": MORE, "per_page": 2, "current_page": PAGE}}}"#;
    const CODES: &[u8] = br#"{"data": [{"id": "A1", "mis_id": "1", "code": "\/", "description": "x", "type": null},
        {"id": "A2", "mis_id": "2", "code": "L", "description": "x", "type": null}], "meta": {}}"#;
    const MARKS: &[u8] = br#"{"data": [
        {"id": "A9", "student": "A71", "date": {"date": "2026-10-12 00:00:00.000000", "timezone": "UTC"}, "session": "AM",
         "attendance_code": "A2", "minutes_late": 12, "comment": "bus"},
        {"id": "A8", "student": {"data": {"id": "A72"}}, "date": "2026-10-12", "session": "am",
         "attendance_code": {"data": {"id": "A1", "code": "\/"}}, "minutes_late": 0, "comment": null},
        {"id": "A7", "student": "A72", "date": "2026-10-12", "session": "PM", "attendance_code": "A3", "comment": null},
        {"id": "A6", "student": "A72", "date": "2026-10-09", "session": "PM", "attendance_code": null, "comment": null},
        {"id": "A5", "student": "A72", "date": {"date": "2026-10-11 23:00:00.000000"}, "session": "PM",
         "attendance_code": "A1"}]}"#;

    fn page(number: &str, more: &str) -> String {
        STUDENTS.replace("PAGE", number).replace("MORE", more)
    }

    #[test]
    fn pupils_have_wondes_id_and_null_is_nothing() {
        let read = read_files(&[("s.json", page("1", "false").as_bytes())]).unwrap();
        let told: Vec<String> = read
            .incoming
            .pupils
            .iter()
            .map(|(place, one)| {
                let key = &one.key;
                format!(
                    "{}: {:?} {:?} {} {} {:?} {:?}",
                    place.line,
                    key.source_id,
                    key.admission_no,
                    one.surname,
                    one.forename,
                    one.preferred_forename,
                    one.sex
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "1: Some(\"wonde A71\") Some(\"004101\") Ash Zoe Value(\"Zo\u{eb}\") Value(Female)",
                "2: Some(\"wonde A72\") None Bell Tom Nothing Nothing"
            ]
        );
        assert_eq!((read.incoming.is_part, read.warnings.len(), read.rejects.len()), (false, 0, 0));
    }

    #[test]
    fn a_page_that_is_not_there_is_said_and_nobody_is_missed() {
        let (first, second) = (
            page("1", "true"),
            page("2", "false").replace("A7", "A5").replace("004101", "004102").replace("\"B801200005001\"", "null"),
        );
        let read = read_files(&[("s1.json", first.as_bytes())]).unwrap();
        assert!(read.incoming.is_part);
        assert!(read.warnings[0].text.starts_with("there are more pupils, on page 2"), "{:?}", read.warnings);
        let read = read_files(&[("s1.json", first.as_bytes()), ("s2.json", second.as_bytes())]).unwrap();
        assert_eq!((read.incoming.pupils.len(), read.incoming.is_part, read.warnings.len()), (4, false, 0));
    }

    #[test]
    fn marks_are_read_with_the_codes_beside_them() {
        let read = read_files(&[("attendance.json", MARKS), ("codes.json", CODES)]).unwrap();
        assert_eq!(marks_told(&read), ["1: wonde A71 Mon 12 Oct AM L 12 min", "2: wonde A72 Mon 12 Oct AM /"]);
        assert_eq!(read.incoming.unknown_marks.len(), 1, "what is no code waits");
        assert!(reasons(&read)[0].1.contains("is not a date"), "{:?}", reasons(&read));
        assert_eq!(read.files, ["codes.json", "attendance.json"]);
        let alone = read_files(&[("attendance.json", MARKS)]).unwrap();
        assert_eq!(alone.incoming.marks.len(), 1, "one has its code within it");
    }

    #[test]
    fn marks_without_their_codes_are_refused_whatever_they_are_called() {
        let marks =
            br#"{"data": [{"student_id": "A71", "date": "2026-10-12", "session": "AM", "attendance_code_id": "A2"}]}"#;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.json");
        std::fs::write(&path, marks).unwrap();
        let fault = read_path(path.clone()).unwrap_err().to_string();
        assert!(fault.starts_with("b.json points to attendance codes by their ids"), "{fault}");
        let codes = folder.path().join("z.json");
        std::fs::write(&codes, CODES).unwrap();
        let both = read_paths(&[path, codes]).unwrap();
        assert_eq!(both.incoming.marks.len(), 1);
    }
}
