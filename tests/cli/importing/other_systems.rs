//! A folder of another system's files: what each is taken for, and what comes of them together.

use serde_json::json;

use crate::support::*;

#[test]
fn pupils_codes_and_marks_of_wonde_come_together() {
    let desk = Desk::harrington();
    let folder = desk.folder.path().join("wonde");
    std::fs::create_dir(&folder).unwrap();
    let students = r#"{"data": [{"id": "A1", "upi": "a", "surname": "Khan", "forename": "Amira", "education_details":
        {"data": {"upn": null, "admission_number": "1", "current_nc_year": null}}}], "meta": {"pagination": {"more": true, "current_page": 1}}}"#;
    let codes = r#"{"data": [{"id": "A7", "code": "N", "description": "x"}], "meta": {}}"#;
    let marks = r#"{"data": [{"student": "A1", "date": {"date": "2026-11-24 00:00:00.000000"}, "session": "AM", "attendance_code": "A7"}]}"#;
    for (name, text) in [("a_marks.json", marks), ("b_codes.json", codes), ("c_students.json", students)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let report = desk.run(&["import", folder.to_str().unwrap(), "--json"]).ends(0).json();
    let formats: Vec<&str> =
        report["read_as"].as_array().unwrap().iter().filter_map(|one| one["format"].as_str()).collect();
    let wanted = ["the list of attendance codes from Wonde", "a page of pupils from Wonde", "marks from Wonde"];
    assert_eq!(formats, wanted, "{report}");
    assert_eq!(report["rejects"], json!([]), "{report}");
    assert_eq!(
        (&report["counts"]["marks"]["same"], &report["counts"]["pupils"]["changed"]),
        (&json!(1), &json!(1)),
        "{report}"
    );
    let warnings = report["warnings"].to_string();
    assert!(warnings.contains("there are more pupils, on page 2") && !warnings.contains("stays on roll"), "{warnings}");
    let year = desk.ask("SELECT year FROM pupil WHERE admission_no = '1'");
    assert_eq!(year, [[Some("8".to_owned())]], "null takes nothing away");
}
