//! Triggers by command: what is met, on which session, by which sessions, and what is missing.

use serde_json::json;

use crate::support::*;

const PUPILS: &str = "admission_no,surname,forename,year,tutor_group,from,until,date_of_birth\n\
    301,Pugh,Ned,9,9BW,2024-09-02,,2012-10-01\n\
    302,Nandra,Isla,9,9BW,2024-09-02,,2012-11-01\n\
    303,Okoro,Ada,10,10DP,2024-09-02,,2011-11-01\n";
const CALENDAR: &str = "kind,name,from,until\n\
    term,Summer 2,2026-06-01,2026-07-21\n\
    term,Autumn 1,2026-09-02,2026-10-23\n\
    term,Autumn 2,2026-11-02,2026-12-18\n";

/// Marks of both halves of these days, the pupil here otherwise from 2 September to 23 November.
fn with_marks(marks: &[(&str, &str, &[&str])]) -> Desk {
    let desk = Desk::bare();
    desk.run(&["init", "--name", "Harrington High"]).ends(0);
    desk.import("calendar.csv", CALENDAR, &[]).ends(0);
    desk.import("pupils.csv", PUPILS, &[]).ends(0);
    let days = desk.ask(
        "WITH RECURSIVE day (date) AS (VALUES ('2026-07-13') UNION ALL SELECT date(date, '+1 day') FROM day WHERE date < '2026-11-23')
         SELECT date FROM day JOIN term ON date BETWEEN first_day AND last_day WHERE strftime('%w', date) NOT IN ('0', '6')",
    );
    let mut rows = "admission_no,date,session,code\n".to_owned();
    for day in days.into_iter().flatten().flatten() {
        for pupil in ["301", "302", "303"] {
            for (session, here) in [("AM", "/"), ("PM", "\\")] {
                let code = marks.iter().find(|(one, _, days)| *one == pupil && days.contains(&day.as_str()));
                rows += &format!("{pupil},{day},{session},{}\n", code.map_or(here, |(_, code, _)| *code));
            }
        }
    }
    desk.import("marks.csv", &rows, &[]).ends(0);
    desk
}

fn school() -> Desk {
    with_marks(&[
        ("301", "G", &["2026-07-16", "2026-07-17"]),
        ("301", "O", &["2026-10-01", "2026-10-02"]),
        ("301", "N", &["2026-10-05"]),
        ("302", "I", &["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23"]),
    ])
}

#[test]
fn a_row_says_what_is_met_and_what_is_missing() {
    let desk = school();
    let rows =
        desk.run(&["triggers", "--on", "2026-10-09", "--trigger", "penalty", "--evidence", "--json"]).ends(0).rows();
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = &rows[0];
    assert_eq!(
        json!([
            row["admission_no"],
            row["trigger"],
            row["met"],
            row["sessions"],
            row["firm"],
            row["ready"],
            row["why_not"]
        ]),
        json!([
            "301",
            "penalty",
            "2026-10-05",
            10,
            8,
            false,
            "2 N in the window; contact data were never checked; no parent is held among the contacts"
        ])
    );
    let evidence = row["evidence"].as_array().unwrap();
    assert_eq!(evidence[0], json!({"date": "2026-07-16", "session": "AM", "code": "G"}));
    assert_eq!(evidence.len(), 10);
    // A day before, it was not met yet.
    let before = desk.run(&["triggers", "--on", "2026-10-04", "--trigger", "penalty", "--json"]).ends(0).rows();
    assert_eq!(before.len(), 0);
}

#[test]
fn once_no_n_is_left_contact_data_are_checked_and_each_parent_is_warned_it_is_ready() {
    let desk = school();
    let penalty = || desk.run(&["triggers", "--trigger", "penalty", "--json"]).ends(0).rows();
    desk.run(&["ageing", "--settle"]).ends(0);
    let contacts = "admission_no,order,name,relationship,phone\n301,1,Mrs Pugh,mother,07700 900106\n\
                    301,2,Mr Pugh,step-father,07700 900107\n301,3,Mrs Oak,grandmother,07700 900108\n";
    desk.import("contacts.csv", contacts, &[]).ends(0);
    desk.run(&["case", "add", "details", "301", "--with", "1"]).ends(0);
    let letter = |to, on| {
        let letter = ["--way", "letter", "--with", to, "--on", on];
        desk.run(&[&["case", "add", "contact", "301"], &letter[..]].concat()).ends(0);
    };
    letter("1", "2026-07-17");
    // The window begins in July, and a letter of that school year warns.
    let not_yet = penalty().remove(0);
    assert_eq!(not_yet["why_not"], "not warned in writing since Fri 1 Aug 2025: Mr Pugh");
    letter("2", "2026-10-06");
    let row = penalty().remove(0);
    assert_eq!(json!([row["firm"], row["ready"], row["why_not"]]), json!([10, true, null]));
}

#[test]
fn illness_that_is_reported_for_weeks_is_due_at_once() {
    let desk = school();
    let sickness = || desk.run(&["triggers", "--trigger", "sickness", "--json"]).ends(0).rows();
    assert_eq!(sickness().len(), 0);
    desk.run(&[
        "report-absence",
        "302",
        "--code",
        "I",
        "--until",
        "2026-12-11",
        "--by",
        "Mrs Nandra",
        "--words",
        "operation",
    ])
    .ends(0);
    let row = sickness().remove(0);
    assert_eq!(json!([row["admission_no"], row["met"], row["ready"]]), json!(["302", "2026-11-24", true]));
    assert_eq!(row["sessions"], 10 + 2 * 14);
    let before = desk.run(&["triggers", "--on", "2026-11-23", "--trigger", "sickness", "--json"]).ends(0).rows();
    assert_eq!(before.len(), 0);
}

#[test]
fn a_pupil_is_told_whole_and_the_school_in_columns() {
    let desk = school();
    insta::assert_snapshot!(desk.run(&["triggers", "--all"]).ends(0).out);
    insta::assert_snapshot!(desk.run(&["triggers", "pugh"]).ends(0).out);
    let of_year = desk.run(&["triggers", "--all", "--year", "10", "--json"]).ends(0).rows();
    assert_eq!(of_year.len(), 0);
    let unknown = desk.run(&["triggers", "--trigger", "fine"]);
    assert_eq!(unknown.exit, 2);
}

#[test]
fn what_a_penalty_notice_rests_on_counts_towards_no_other() {
    let desk = with_marks(&[("301", "O", &["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"])]);
    let met = || desk.run(&["triggers", "--on", "2026-11-23", "--trigger", "penalty", "--json"]).ends(0).rows();
    assert_eq!(met().len(), 1);
    desk.import(
        "contacts.csv",
        "admission_no,order,name,relationship,phone\n301,1,Mrs Pugh,mother,07700 900106\n",
        &[],
    )
    .ends(0);
    let notice = ["--parent", "1", "--from", "2026-11-09", "--until", "2026-11-13"];
    desk.run(&[&["case", "add", "penalty", "301"], &notice[..]].concat()).ends(0);
    assert_eq!(met().len(), 0, "{:?}", met());
    desk.run(&["undo"]).ends(0);
    assert_eq!(met().len(), 1);
}
