//! Arrangements for many, by command: entered from names or a list, listed, changed, ended and taken back.

use crate::support::*;

const GARAGE: [&str; 9] =
    ["--code", "W", "--title", "Harbour Garage", "--days", "every fri pm", "--number", "01632 960123", "--until"];

fn enter(desk: &Desk, pupils: &[&str]) -> CommandOutput {
    let args = [&["arrange"], pupils, &GARAGE, &["2026-12-18", "--review", "2026-12-04"]].concat();
    desk.run(&args)
}

#[test]
fn it_is_entered_listed_changed_and_ended() {
    let desk = Desk::harrington();
    insta::assert_snapshot!(desk.run(&["arrangements"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Arrangements: 0; 0 to review, 0 about to end.
    No arrangement for many stands.
    "#);
    insta::assert_snapshot!(enter(&desk, &["amira", "9BW"]).ends(0).out, @"W Harbour Garage: Fri PM, Tue 24 Nov to Fri 18 Dec, 3 pupils.");
    insta::assert_snapshot!(desk.run(&["arrangements"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Arrangements: 1; 0 to review, 0 about to end.
    1: W Harbour Garage, Fri PM, 3 pupils, until Fri 18 Dec, review 4 Dec, •••• 123, entered by S Marsh.
    "#);
    insta::assert_snapshot!(desk.run_at("2026-12-04T09:20", &["arrangements", "1", "--numbers"]).ends(0).out, @r#"
    Harrington High, Fri 4 Dec 2026, AM, 09:20. Arrangements: 1; 1 to review, 0 about to end.
    1: W Harbour Garage, Fri PM, 3 pupils, review due 4 Dec, until Fri 18 Dec, 01632 960123, entered by S Marsh.
      Khan, Amira, 8KM, flags CP
      Osei, Kofi, 9BW, flags EHC
      Smith, Jo, 9BW
    "#);
    assert!(desk.run_at("2026-12-04T09:21", &["disclosures"]).ends(0).out.contains("provider of arrangement 1"));
    let change = ["arrange", "--change", "1", "--without", "kofi", "--from", "2026-12-01", "--title", "Quay Boats"];
    insta::assert_snapshot!(desk.run(&change).ends(0).out, @"W Quay Boats: changed from Tue 1 Dec, 2 pupils.");
    insta::assert_snapshot!(desk.run(&["arrange", "--end", "1", "--from", "2026-12-12"]).ends(0).out, @"W Quay Boats: ended, from Sat 12 Dec it is none, 2 pupils.");
    let row = desk.run(&["arrangements", "--json"]).ends(0).rows().remove(0);
    assert_eq!(
        (&row["title"], &row["until"], &row["days"]),
        (&"Quay Boats".into(), &"2026-12-11".into(), &"Fri PM".into())
    );
    let spans: Vec<_> =
        row["pupils"].as_array().unwrap().iter().map(|one| format!("{} {}", one["name"], one["until"])).collect();
    assert_eq!(spans[0], "\"Khan, Amira\" \"2026-12-11\"");
    assert!(spans.contains(&"\"Osei, Kofi\" \"2026-11-30\"".to_owned()), "{spans:?}");
    insta::assert_snapshot!(desk.run(&["arrange", "--end", "1", "--whole"]).ends(0).out, @"W Quay Boats: taken back whole, 3 pupils.");
    let plans = desk.ask("SELECT count(*) FROM evidence WHERE kind = 'plan' AND withdrawn IS NULL");
    assert_eq!(plans[0][0].as_deref(), Some("0"));
}

#[test]
fn a_list_is_read_whole_or_told_by_line() {
    let desk = Desk::harrington();
    let list = desk.folder.path().join("trip.txt");
    std::fs::write(&list, "amira\nkahn\n\no'neill\n").unwrap();
    let trip =
        ["arrange", "--code", "V", "--title", "Museum", "--from", "2026-12-01", "--list", list.to_str().unwrap()];
    let refused = desk.run(&trip).ends(1);
    insta::assert_snapshot!(refused.err, @r#"
    firstbell: nothing is recorded until every pupil is known:
    line 2, “kahn”: nobody on roll
    "#);
    assert_eq!(desk.ask("SELECT count(*) FROM arrangement")[0][0].as_deref(), Some("0"));
    std::fs::write(&list, "amira\no'neill\n").unwrap();
    insta::assert_snapshot!(desk.run(&trip).ends(0).out, @"V Museum: Mon-Fri, Tue 1 Dec, 2 pupils.");
    let off_site = desk.run_at("2026-12-01T09:20", &["off-site"]).ends(0).out;
    assert!(off_site.contains("Museum: Khan, Amira"), "{off_site}");
}

#[test]
fn what_is_wrong_is_told() {
    let desk = Desk::harrington();
    desk.run(&["arrange", "amira", "--code", "V"]).ends(2);
    let wrong = desk.run(&["arrange", "amira", "--code", "V", "--title", "Museum", "--days", "soon"]).ends(1);
    insta::assert_snapshot!(wrong.err, @"firstbell: “soon” is no days of the week: write every fri pm, mon-wed, mon wed am or every day");
    insta::assert_snapshot!(desk.run(&["arrange", "--change", "9"]).ends(1).err, @"firstbell: there is no arrangement 9: `firstbell arrangements` lists them");
}

const FILE: &str = "admission_no,code,title,days,from,until,review,phone,note\n\
    NUM1,W,Harbour Garage,fri pm,2026-11-27,2026-12-18,2026-12-04,01632 960123,\n\
    NUM3,W,Harbour Garage,fri pm,2026-11-27,2026-12-18,2026-12-04,01632 960123,\n\
    NUM1,V,Museum,,2026-12-01,,,,\n";

/// The file with the admission numbers that pupils of the school have.
fn file(desk: &Desk) -> String {
    let number =
        |id: i64| desk.ask(&format!("SELECT admission_no FROM pupil WHERE id = {id}")).remove(0).remove(0).unwrap();
    FILE.replace("NUM1", &number(1)).replace("NUM3", &number(3))
}

#[test]
fn a_file_enters_them_once_and_is_taken_back_whole() {
    let desk = Desk::harrington();
    let text = file(&desk);
    let first = desk.import("arrangements.csv", &text, &["--json"]).ends(0).json();
    assert_eq!(first["counts"]["arrangements"]["new"], 3, "{first}");
    let rows = desk.run(&["arrangements", "--json"]).ends(0).rows();
    let listed: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row["title"], row["count"], row["by"])).collect();
    assert_eq!(listed, ["\"Museum\" 1 \"S Marsh\"", "\"Harbour Garage\" 2 \"S Marsh\""]);
    let marks = "SELECT count(*) FROM mark WHERE code IN ('W', 'V')";
    // On its first day staff are trained: nobody is covered on a closed day.
    assert_eq!(desk.ask(marks)[0][0].as_deref(), Some("8"));
    let again = desk.import("arrangements.csv", &text, &["--json"]).ends(0).json();
    assert_eq!(
        (&again["counts"]["arrangements"]["same"], &again["counts"]["arrangements"]["new"]),
        (&3.into(), &0.into())
    );
    let act = desk.ask("SELECT max(id) FROM act WHERE kind = 'import'").remove(0).remove(0).unwrap();
    desk.run(&["undo", &act]).ends(0);
    assert_eq!(desk.ask(marks)[0][0].as_deref(), Some("0"));
    assert!(desk.run(&["arrangements", "--json"]).ends(0).rows().is_empty());
    let undone = desk.ask("SELECT max(id) FROM act").remove(0).remove(0).unwrap();
    desk.run(&["undo", &undone]).ends(0);
    assert_eq!(desk.ask(marks)[0][0].as_deref(), Some("8"));
    desk.run(&["arrange", "--end", "1", "--from", "2026-12-05"]).ends(0);
    let refused = desk.run(&["undo", &act]).ends(1).err;
    assert!(refused.contains("was changed since"), "{refused}");
}

#[test]
fn a_file_that_is_brought_in_again_brings_back_nothing_that_was_changed_or_taken_back_here() {
    let desk = Desk::harrington();
    let text = file(&desk);
    desk.import("arrangements.csv", &text, &[]).ends(0);
    let act = desk.ask("SELECT max(id) FROM act WHERE kind = 'import'").remove(0).remove(0).unwrap();
    // Taken back as an import, it is brought in again.
    desk.run(&["undo", &act]).ends(0);
    let again = desk.import("arrangements.csv", &text, &["--json"]).ends(0).json();
    assert_eq!(again["counts"]["arrangements"]["new"], 3, "{again}");
    let rows = desk.run(&["arrangements", "--json"]).ends(0).rows();
    let number =
        |title: &str| rows.iter().find(|row| row["title"] == title).map(|row| row["arrangement"].to_string()).unwrap();
    let (garage, museum) = (number("Harbour Garage"), number("Museum"));
    desk.run(&["arrange", "--change", &garage, "--days", "thu pm", "--from", "2026-12-01"]).ends(0);
    desk.run(&["arrange", "--end", &museum, "--whole"]).ends(0);
    let marks = "SELECT date, session, pupil, code FROM mark WHERE code IN ('W', 'V') ORDER BY 1, 2, 3";
    let before = desk.ask(marks);
    let refused = desk.import("arrangements.csv", &text, &["--json"]).json();
    assert_eq!(refused["counts"]["arrangements"]["new"], 0, "{refused}");
    assert!(refused["rejects"][0]["reason"].as_str().unwrap().contains("was changed here or taken back"), "{refused}");
    assert_eq!(desk.ask(marks), before);
}

#[test]
fn rows_of_a_file_that_cannot_be_are_refused_by_line() {
    let desk = Desk::harrington();
    let text = file(&desk);
    desk.import("arrangements.csv", &text, &[]).ends(0);
    let number = text.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let rows = [
        format!("{number},W,Harbour Garage,fri pm,2026-11-27,2026-12-11,2026-12-04,01632 960123,"),
        format!("{number},M,Clinic,fri pm,2026-11-27,2026-12-11,,,"),
        format!("{number},W,Quay Boats,soon,2026-11-27,2026-12-11,,,"),
        format!("{number},W,Quay Boats,fri,2026-11-27,2026-11-20,,,"),
        format!("{number},W,Old Quay,fri,2026-11-27,2026-12-11,,ask Jo,"),
        "999999,W,Quay Boats,fri,2026-11-27,2026-12-11,,,".to_owned(),
    ];
    let heading = text.lines().next().unwrap();
    let output = desk.import("more.csv", &format!("{heading}\n{}\n", rows.join("\n")), &["--json"]);
    let report = output.json();
    let reasons: Vec<String> =
        report["rejects"].as_array().unwrap().iter().map(|one| format!("{}: {}", one["line"], one["reason"])).collect();
    assert_eq!(reasons.len(), 6, "{report}");
    for (line, part) in [
        (2, "stands otherwise already: `firstbell arrange --change 1`"),
        (3, "is nothing that a school arranges"),
        (4, "is no days of the week"),
        (5, "is before"),
        (6, "is no whole telephone number"),
    ] {
        assert!(
            reasons.iter().any(|one| one.starts_with(&format!("{line}:")) && one.contains(part)),
            "{line} {part}: {reasons:?}"
        );
    }
}
