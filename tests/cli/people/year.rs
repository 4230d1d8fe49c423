//! A pupil's school year by command: in words, as a calendar of 80 columns, and in JSON.

use crate::support::*;

const PUPILS: &str = "admission_no,surname,forename,year,tutor_group,from,until\n\
    201,Pugh,Ned,9,9BW,2025-09-01,2026-07-17\n";
const CALENDAR: &str = "kind,name,from,until\n\
    term,Autumn 1,2025-09-02,2025-10-24\n\
    term,Autumn 2,2025-11-03,2025-12-19\n";

fn with_a_year() -> Desk {
    let desk = Desk::harrington();
    desk.import("pupils.csv", PUPILS, &[]).ends(0);
    desk.import("calendar.csv", CALENDAR, &[]).ends(0);
    let mut marks = "admission_no,date,session,code,minutes\n".to_owned();
    for friday in ["2025-09-05", "2025-09-12", "2025-09-19", "2025-11-07"] {
        marks += &format!("201,{friday},AM,I,\n201,{friday},PM,I,\n");
    }
    marks += "201,2025-09-02,AM,/,\n201,2025-09-02,PM,\\,\n201,2025-09-03,AM,L,12\n201,2025-09-03,PM,D,\n";
    desk.import("marks.csv", &marks, &[]).ends(0);
    desk
}

#[test]
fn it_is_told_in_words_and_as_a_calendar() {
    let desk = with_a_year();
    let text = desk.run(&["year", "pugh"]).ends(0).out;
    assert!(text.lines().all(|line| line.chars().count() <= 80 || !line.contains("AM ")), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn its_json_adds_up() {
    let desk = with_a_year();
    let row = desk.run(&["year", "pugh", "--year", "2025/26", "--json"]).ends(0).rows().remove(0);
    assert_eq!(row["school_year"], "2025/26");
    let (figures, sum) = (&row["figures"], |list: &str, field: &str| -> i64 {
        row[list].as_array().unwrap().iter().map(|one| one["figures"][field].as_i64().unwrap()).sum()
    });
    for field in [
        "possible",
        "attended",
        "authorised",
        "unauthorised",
        "lates",
        "late_before_close",
        "late_after_close",
        "minutes",
        "blanks",
    ] {
        let all = figures[field].as_i64().unwrap();
        assert_eq!((sum("weekdays", field), sum("half_terms", field)), (all, all), "{field}");
    }
    assert_eq!((&figures["late_before_close"], &figures["minutes"]), (&1.into(), &12.into()));
    assert_eq!(row["missed"], serde_json::json!([{"code": "I", "sessions": 8}]));
    let strong: Vec<_> = row["weekdays"].as_array().unwrap().iter().filter(|one| one["stands_out"] == true).collect();
    assert!(strong.iter().all(|one| one["weekday"] == "Fri"), "{strong:?}");
}

#[test]
fn a_year_that_is_none_is_refused() {
    let desk = with_a_year();
    let refused = desk.run(&["year", "pugh", "--year", "2025/27"]);
    assert!(refused.exit == 2 && refused.err.contains("write a school year such as 2025/26"), "{}", refused.err);
    let before = desk.run(&["year", "pugh", "--year", "2019"]).ends(0).out;
    assert!(before.contains("othing is held of this year"), "{before}");
}

#[test]
fn that_a_vulnerable_pupil_s_year_is_shown_is_put_down() {
    let desk = Desk::harrington();
    desk.run(&["year", "amira khan"]).ends(0);
    assert_eq!(desk.ask("SELECT shown FROM disclosure"), [[Some("card".to_owned())]]);
}
