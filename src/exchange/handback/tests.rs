use super::*;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::evidence::Mark;
use crate::domain::testing::*;

fn change(pupil: PupilId, at: &str, now: Option<&str>, reason: &str) -> MarkChange {
    let now = now.map(|text| match text.split_once(' ') {
        Some((text, minutes)) => Mark { code: code(text), minutes: minutes.parse().ok() },
        None => Mark::plain(code(text)),
    });
    MarkChange {
        pupil,
        at: SessionDate::new(date(2026, 11, 24), Session::parse(at).unwrap()),
        was: Some(Mark::plain(code("N"))),
        now,
        reason: reason.to_owned(),
        act: ActId(7),
        by: "S Marsh".to_owned(),
        post: "attendance officer".to_owned(),
        changed: date(2026, 11, 24).and_time(time("10:05")),
        contradicted: None,
    }
}

fn numbers() -> HashMap<PupilId, String> {
    HashMap::from_iter([(AMIRA, "6103".to_owned()), (LOUIS, "A17".to_owned())])
}

/// What is written of these changes, and why the others are not.
fn written(form: Form, profile: Option<&str>, changes: &[MarkChange]) -> (String, Vec<String>) {
    let profile = profile.map(|text| Profile::parse("ours", text, true).unwrap());
    let (day, numbers) = (day(&[]), numbers());
    let writing = Writing::new(form, profile.as_ref(), &day.roll, &numbers).unwrap().with_comments();
    let not = changes.iter().filter_map(|change| writing.why_not(change)).collect();
    let kept: Vec<&MarkChange> = changes.iter().filter(|change| writing.why_not(change).is_none()).collect();
    (writing.text(&kept).unwrap(), not)
}

#[test]
fn sims_has_its_elements_in_its_order_and_no_comment_that_it_fails_at() {
    let changes = [
        change(AMIRA, "AM", Some("I"), "<b>ill</b> & see http:///x/<//>y"),
        change(AMIRA, "PM", Some("U 74"), ""),
        change(AMIRA, "PM", None, "a slip"),
        change(LOUIS, "AM", Some("I"), "rang"),
        change(BILAL, "AM", Some("I"), "rang"),
    ];
    let (text, not) = written(Form::Sims, None, &changes);
    assert_eq!(
        text,
        "<SessionAttendances><SessionAttendance><PersonID>6103</PersonID><AttendanceDate>2026-11-24</AttendanceDate>\
         <SessionName>AM</SessionName><AttendanceMark>I</AttendanceMark><Comments>b ill /b see http:/x/ / y</Comments>\
         </SessionAttendance><SessionAttendance><PersonID>6103</PersonID><AttendanceDate>2026-11-24</AttendanceDate>\
         <SessionName>PM</SessionName><AttendanceMark>U</AttendanceMark><Comments></Comments><MinsLate>74</MinsLate>\
         </SessionAttendance></SessionAttendances>"
    );
    assert_eq!(
        not,
        [
            "is blank now, which SIMS has no mark for: take it away there by hand",
            "has the number “A17”, which is none of SIMS",
            "has no number of SIMS: import a report of it that has “primary_id” beside the admission number",
        ]
    );
    // Without being asked, no reason goes along.
    let (day, numbers) = (day(&[]), numbers());
    let text = Writing::new(Form::Sims, None, &day.roll, &numbers).unwrap().text(&[&changes[0]]).unwrap();
    assert!(text.contains("<Comments></Comments>") && !text.contains("ill"), "{text}");
}

#[test]
fn our_own_columns_hold_what_a_person_needs_and_nothing_that_runs() {
    let changes = [change(AMIRA, "AM", Some("L 17"), "=HYPERLINK(1)"), change(AMIRA, "PM", None, "a slip")];
    let (text, not) = written(Form::Csv, None, &changes);
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(
        lines[0],
        "Adno,UPN,Surname,Forename,Reg,Date,Session,Was,Now,Minutes late,Reason,Changed by,Changed at"
    );
    assert!(
        lines[1].ends_with(
            "Khan,Amira,8KM,24/11/2026,AM,N,L,17,'=HYPERLINK(1),S Marsh (attendance officer),24/11/2026 10:05"
        ),
        "{}",
        lines[1]
    );
    assert!(lines[2].contains(",PM,N,,,a slip,"), "{}", lines[2]);
    assert_eq!((lines.len(), not.len()), (4, 0));
}

const PROFILE: &str = "what = \"marks\"\nkind = \"marks\"\ndates = \"day-first\"\n[columns]\nmis_id = [\"Person ID\"]\n\
    date = [\"Date\"]\nsession = [\"AM/PM\"]\ncode = [\"Mark\"]\nminutes = []\n\
    [codes]\nB1 = \"B\"\n\"*\" = \"O\"\n\"!\" = \"O\"\nI = \"M\"\n";

#[test]
fn a_profile_s_columns_dates_and_codes_are_written_as_it_reads_them() {
    let all = ["B", "/", "O", "M", "I", "L 5"].map(|text| change(AMIRA, "AM", Some(text), ""));
    let (text, not) = written(Form::Csv, Some(PROFILE), &[&all[..], &[change(BILAL, "AM", Some("/"), "")]].concat());
    assert_eq!(
        text,
        "Person ID,Date,AM/PM,Mark,minutes\r\n6103,24/11/2026,AM,B1,\r\n6103,24/11/2026,AM,/,\r\n\
         6103,24/11/2026,AM,I,\r\n6103,24/11/2026,AM,L,5\r\n"
    );
    assert_eq!(
        not,
        [
            "is O, and “!” and “*” both mean that there",
            "is I, which means M there, and nothing there means I",
            "has no number that this profile has a column for",
        ]
    );
    let (text, _) = written(Form::Csv, Some(&PROFILE.replace("day-first", "month-first")), &all[1..2]);
    assert!(text.ends_with("6103,11/24/2026,AM,/,\r\n"), "{text}");
    let (text, not) =
        written(Form::Csv, Some(&PROFILE.replace("minutes = []\n", "").replace("dates = \"day-first\"\n", "")), &all);
    assert!(text.contains("6103,2026-11-24,AM,/\r\n"), "{text}");
    assert_eq!(not[2], "is L 5 min, and this profile has no column for the minutes");
}

#[test]
fn what_a_profile_s_table_holds_is_exact_and_runs_nowhere() {
    let changes = ["B", "N"].map(|text| change(AMIRA, "AM", Some(text), ""));
    let profile = PROFILE.replace("B1 = \"B\"", "\"-\" = \"B\"\n\"=1+1\" = \"N\"");
    let (text, not) = written(Form::Csv, Some(&profile), &changes);
    assert_eq!(text, "Person ID,Date,AM/PM,Mark,minutes\r\n6103,24/11/2026,AM,-,\r\n");
    assert_eq!(not, ["has in code what a spreadsheet would run as a formula: key it there by hand"]);
}

#[test]
fn a_profile_that_has_no_place_for_changes_says_so() {
    let (day, numbers) = (day(&[]), numbers());
    let why = |text: &str| {
        let profile = Profile::parse("ours", text, true).unwrap();
        Writing::new(Form::Csv, Some(&profile), &day.roll, &numbers).err().unwrap()
    };
    let grid = "what = \"marks in a grid\"\nkind = \"marks\"\nshape = \"grid\"\n[columns]\nupn = []\n";
    assert!(why(grid).contains("profile ours is of marks in a grid: marks are handed back"));
    let placed = PROFILE.replace("[\"Mark\"]", "[{ heading = \"Mark\", which = 2 }]");
    assert!(why(&placed).contains("knows the column code by its place"), "{}", why(&placed));
    assert_eq!(why(&PROFILE.replace("session = [\"AM/PM\"]\n", "")), "profile ours has no column session");
    assert!(why(&PROFILE.replace("AM/PM", "=1+1")).contains("what a spreadsheet would run as a formula"));
    assert!(why(&format!("{PROFILE}[only]\nStatus = [\"1\"]\n")).contains("takes some rows only"));
}
