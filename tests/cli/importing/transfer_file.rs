//! A Common Transfer File.

use serde_json::json;

use crate::support::*;

/// Two pupils with marks of Thursday 19 to Monday 23 November, each a text of `marks`.
fn file(marks: [&str; 2]) -> String {
    let pupil = |(upn, surname, marks): (&str, &str, &str)| {
        format!(
            "<Pupil><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>Ivy</Forename><BasicDetails><NCyearActual>7</NCyearActual>\
             </BasicDetails><Contacts><Contact><Order>1</Order><Title>Mrs</Title><Surname>{surname}</Surname>\
             <Relationship>MTH</Relationship></Contact></Contacts><Attendance><YearData><SchoolName>Far Hill</SchoolName>\
             <AttendSessions><AttendanceStartDate>2026-11-19</AttendanceStartDate><AttendanceMarks>{marks}</AttendanceMarks>\
             </AttendSessions></YearData></Attendance></Pupil>\n"
        )
    };
    let pupils = [("B801200005001", "Bell", marks[0]), ("E12345678901X", "Crane", marks[1])].map(pupil).concat();
    format!(
        "<CTfile><Header><CTFversion>24</CTFversion><DateTime>2026-11-23T16:00:00</DateTime></Header><CTFpupilData>\n{pupils}\
         </CTFpupilData></CTfile>"
    )
}

#[test]
fn it_is_named_and_marks_in_doubt_are_refused_whole() {
    let desk = Desk::harrington();
    let text = file(["/\\/\\##", "/\\C2C2/\\/"]);
    let output = desk.import("x.xml", &text, &["--json"]).ends(0).json();
    assert_eq!(output["read_as"], json!([{ "file": "x.xml", "format": "a Common Transfer File (CTF), version 24" }]));
    let new = |kind: &str| output["counts"][kind]["new"].clone();
    assert_eq!([new("pupils"), new("contacts"), new("marks")], [2, 2, 4].map(|count| json!(count)));
    let [reject] = &output["rejects"].as_array().unwrap()[..] else { panic!("{output}") };
    assert_eq!((&reject["line"], &reject["column"]), (&json!(3), &json!("AttendanceMarks")));
    let reason = reject["reason"].as_str().unwrap();
    assert!(reason.starts_with("none of these marks of Crane, Ivy is taken: 9 letters are not"), "{reason}");
    let again = desk.import("x.xml", &text, &[]).ends(0).out;
    assert!(again.contains("Marks: 0 new, 0 changed, 4 the same"), "{again}");
}

#[test]
fn what_is_recorded_here_stays_and_what_was_left_out_is_counted() {
    let desk = Desk::harrington();
    desk.import("x.xml", &file(["/\\/\\II", "/\\/\\/\\"]), &[]).ends(0);
    let output = desk.import("y.xml", &file(["/\\/\\MM", "/\\/\\/\\"]), &[]).ends(0).out;
    assert!(output.contains("Marks: 0 new, 0 changed, 10 the same"), "{output}");
    assert!(output.contains("2 marks of another record were left out"), "{output}");
}
