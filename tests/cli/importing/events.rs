//! What happened elsewhere and comes as a file: calls that were made, who came late, messages of parents, trips, seating plans.

use serde_json::{Value, json};

use crate::support::*;

/// Amira's mother has this number.
const MOTHER: &str = "07700 900310";

fn import(desk: &Desk, text: &str) -> Value {
    desk.import("events.csv", text, &["--json"]).ends(0).json()
}

/// What stands in the record, without how it came about.
fn stands(desk: &Desk) -> Vec<Vec<Vec<Option<String>>>> {
    [
        "date, session, pupil, code, minutes FROM mark WHERE coalesce(tutor, code) <> ''",
        "id, pupil, kind FROM evidence WHERE withdrawn IS NULL",
        "id, pupil, outcome FROM call WHERE withdrawn IS NULL",
        "id, pupil, way FROM movement WHERE withdrawn IS NULL",
        "id, pupil, words FROM inbox WHERE withdrawn IS NULL AND ended IS NULL",
        "id, code, title FROM arrangement WHERE withdrawn IS NULL",
    ]
    .map(|question| desk.ask(&format!("SELECT {question} ORDER BY 1, 2, 3")))
    .to_vec()
}

/// Bring it in: a second run changes nothing, undone it leaves the record as it was, and done again as it was then. It stands in the end.
fn there_and_back(desk: &Desk, text: &str) -> Value {
    let before = stands(desk);
    let report = import(desk, text);
    let after = stands(desk);
    assert_ne!(before, after, "{report}");
    assert_eq!(import(desk, text)["act"], json!(null), "a second run changes nothing");
    assert_eq!(stands(desk), after);
    let number = report["act"].to_string();
    let undone = desk.run(&["undo", &number, "--json"]).ends(0).json();
    assert_eq!(stands(desk), before, "as it was");
    desk.run(&["undo", &undone["act"].to_string()]).ends(0);
    assert_eq!(stands(desk), after, "done again");
    report
}

fn told(report: &Value, what: &str) -> Vec<String> {
    let text = |one: &Value| {
        let says = one.get("says").or(one.get("reason")).unwrap().as_str().unwrap();
        format!("{}: {says}", one["line"])
    };
    report[what].as_array().unwrap().iter().map(text).collect()
}

const CALLS: &str = "Student,Reg,Adno,Date,Session,Status,Response,Further info,Date expected,Contact,Number,Time\r\n\
    Amira Khan,8KM,1,24/11/2026,AM,Unaware,Not connected to school,,,Mrs Khan,07700 900310,09:12\r\n\
    Kofi Osei,9BW,3,24/11/2026,AM,Aware,Text reply,\"a cold, back tomorrow\",25/11/2026,Mr Osei,07700 900103,09:13\r\n\
    Jo Smith,8KM,5,24/11/2026,AM,Left Message,Ans mach,,,,,09:14\r\n\
    Amira Khan,8KM,1,24/11/2026,AM,Txt failed,none,,,Mrs Khan,07700900310,09:15\r\n\
    Jo Smith,9BW,6,24/11/2026,AM,Not expected today,none,,26/11/2026,,,\r\n\
    Jo Smith,9BW,6,24/11/2026,AM,Queued,none,,,,,\r\n";

#[test]
fn results_of_calls_are_calls_and_whoever_did_not_know_is_told_to_the_dsl() {
    let desk = Desk::harrington();
    let report = there_and_back(&desk, CALLS);
    assert_eq!((&report["counts"]["calls"]["new"], &report["counts"]["messages"]["new"]), (&json!(4), &json!(1)));
    assert_eq!(told(&report, "rejects"), [""; 0]);
    assert_eq!(told(&report, "warnings"), ["7: nothing has become of this call: it was left out"]);
    let calls = desk.ask("SELECT pupil, contact, outcome, code, note FROM call WHERE withdrawn IS NULL ORDER BY id");
    let calls: Vec<String> = calls
        .into_iter()
        .map(|row| row.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" | "))
        .collect();
    assert_eq!(
        calls,
        [
            "1 | 1 | unaware |  | Not connected to school; at 09:12",
            "3 |  | aware |  | Text reply; a cold, back tomorrow; expected back Wed 25 Nov 2026; to Mr Osei, who is no contact held \
             here; at 09:13",
            "5 |  | left-message |  | Ans mach; at 09:14",
            "1 | 1 | wrong-number |  | text failed: the number is off or wrong; at 09:15",
        ]
    );
    let dsl = desk.run(&["list", "dsl"]).ends(0).out;
    assert!(dsl.contains("Khan, Amira"), "{dsl}");
    let numbers = desk.run(&["numbers"]).ends(0).out;
    assert!(numbers.contains("Khan, Amira") && numbers.contains("•••• 310"), "{numbers}");
    assert!(desk.run(&["inbox"]).ends(0).out.contains("not expected; expected back Thu 26 Nov 2026"));
}

#[test]
fn a_call_that_cannot_be_is_refused_by_line() {
    let desk = Desk::harrington();
    desk.run(&["bar", "1", "--contact", "1", "--reason", "court order"]).ends(0);
    let head = "admission_no,date,session,result,contact,phone\n";
    let rows = format!(
        "{head}1,2026-11-24,AM,aware,Mrs Khan,{MOTHER}\n99,2026-11-24,AM,aware,,\n1,2026-11-25,AM,aware,,\n1,2026-11-21,AM,aware,,\n\
         1,2026-11-24,AM,delighted,,\n1,2026-11-24,AM,no-answer,,\n1,2026-11-24,AM,no-answer,Mrs Khan,\n"
    );
    let report = import(&desk, &rows);
    let rejects = told(&report, "rejects");
    assert_eq!((report["counts"]["calls"]["new"].as_i64(), rejects.len()), (Some(1), 6), "{rejects:?}");
    for (line, why) in [
        ("2: ", "must not be contacted (court order): log this call by hand"),
        ("3: ", "no pupil on the roll has this number"),
        ("4: ", "still to come"),
        ("5: ", "there is no school on Sat 21 Nov 2026"),
        ("8: ", "must not be contacted"),
        ("6: ", "is nothing that becomes of a call"),
    ] {
        assert!(rejects.iter().any(|one| one.starts_with(line) && one.contains(why)), "{line}{why}: {rejects:?}");
    }
}

const KIOSK: &str = "Name,Group,Person ID,Type,Date,Time In,Time Out,Reason\r\n\
    \"Khan, Amira\",8KM,1,Student,24/11/2026,08:57:04,,Bus late\r\n\
    Kofi Osei,9BW,3,Student,24/11/2026,09:11:41,09:15:00,Overslept\r\n\
    \"Price, R\",,77,Staff,24/11/2026,08:10:00,,\r\n\
    \"Smith, Jo\",8KM,5,Student,23/11/2026,08:44:00,,\r\n";

#[test]
fn a_kiosk_s_arrivals_are_late_by_the_clock_and_go_out() {
    let desk = Desk::harrington();
    let report = there_and_back(&desk, KIOSK);
    let counts = &report["counts"];
    assert_eq!((&counts["arrivals"]["new"], &counts["departures"]["new"]), (&json!(3), &json!(1)), "{report}");
    assert_eq!(told(&report, "warnings"), ["4: rows of “Staff” are left out, as the profile says"]);
    let marks = "SELECT pupil, date, code || ' ' || minutes FROM mark WHERE act = (SELECT max(act) FROM mark) ORDER BY date, pupil";
    let marks = desk.ask(marks).concat().into_iter().flatten().collect::<Vec<_>>().join(" ");
    assert_eq!(marks, "5 2026-11-23 L 4 1 2026-11-24 L 17 3 2026-11-24 U 31");
    let out = desk.ask("SELECT pupil, time, reason FROM movement WHERE withdrawn IS NULL").concat();
    assert_eq!(out.into_iter().flatten().collect::<Vec<_>>(), ["3", "09:15", "signed out, no reason given"]);
}

#[test]
fn whoever_comes_back_is_no_second_arrival_and_a_number_alone_is_not_enough() {
    let desk = Desk::harrington();
    let head = "Name,Person ID,Date,Time In,Time Out,Reason\n";
    let text = format!(
        "{head}Amira Khan,1,24/11/2026,08:57,09:00,\nAmira Khan,1,24/11/2026,09:10,,\nAmira Khan,1,24/11/2026,09:12,,\n\
         Bilal Khan,1,24/11/2026,09:01,,\nKofi Osei,,24/11/2026,09:01,,\nKofi Osei,3,24/11/2026,,,\nKofi Osei,3,24/11/2026,09:30,,\n"
    );
    let report = import(&desk, &text);
    let rejects = told(&report, "rejects");
    assert_eq!(report["counts"]["arrivals"]["new"], 2, "{rejects:?}");
    let ways = desk.ask("SELECT way, time FROM movement ORDER BY time").concat();
    assert_eq!(ways.into_iter().flatten().collect::<Vec<_>>(), ["out", "09:00", "back", "09:10"]);
    for (line, why) in [
        ("4: ", "already in"),
        ("5: ", "the name in the row is not theirs"),
        ("6: ", "name alone"),
        ("7: ", "nobody has come or gone"),
        ("8: ", "has not come yet"),
    ] {
        assert!(rejects.iter().any(|one| one.starts_with(line) && one.contains(why)), "{line}{why}: {rejects:?}");
    }
}

#[test]
fn an_import_of_arrivals_that_something_followed_is_not_taken_back() {
    let desk = Desk::harrington();
    let act = import(&desk, KIOSK)["act"].to_string();
    desk.run(&["back", "3", "--at", "09:18"]).ends(0);
    let refused = desk.run(&["undo", &act]).ends(1);
    assert!(refused.err.contains("Osei, Kofi 9BW was logged back at 09:18 since"), "{}", refused.err);
    desk.run(&["undo"]).ends(0);
    desk.run(&["mark", "1", "I", "--reason", "sent home ill"]).ends(0);
    assert!(desk.run(&["undo", &act]).ends(1).err.contains("Khan, Amira"));
}

const REPORTS: &str = "Submitted,Child,Class,Start date,End date,Reason,Details,Reported by,Relationship,Status\r\n\
    2026-11-24T07:58:11+00:00,Amira Khan,8KM,2026-11-24,2026-11-25,Illness,sore throat,Mrs Khan,Mother,New\r\n\
    2026-07-01T07:58:11+01:00,Jo Smith,8KM,2026-07-01,2026-07-01,Holiday,,Ann Smith,Mother,New\r\n";

#[test]
fn a_reported_absence_waits_to_be_read_and_its_reason_is_no_code() {
    let desk = Desk::harrington();
    let marks = desk.ask("SELECT * FROM mark");
    let report = there_and_back(&desk, REPORTS);
    assert_eq!((&report["counts"]["messages"]["new"], &report["rejects"]), (&json!(2), &json!([])));
    assert_eq!(desk.ask("SELECT * FROM mark"), marks, "a reason is a suggestion");
    let warnings = told(&report, "warnings");
    assert_eq!(warnings[0], "2: this is taken to be about Khan, Amira 8KM, by the name and the tutor group");
    let rows = desk.run(&["inbox", "--json"]).rows();
    let [first, second] = [&rows[1], &rows[0]];
    assert_eq!(
        (&first["about"]["admission_no"], &first["perhaps"], &first["at"]),
        (&json!("1"), &json!("I"), &json!("07:58"))
    );
    assert_eq!((&first["first_day"], &first["last_day"]), (&json!("2026-11-24"), &json!("2026-11-25")));
    assert_eq!(second["at"], "07:58", "on the school's clock, in summer too");
    let text = desk.run(&["inbox"]).ends(0).out;
    assert!(
        text.contains("2 messages to read") && text.contains("Illness, perhaps I, Tue 24 Nov to Wed 25 Nov"),
        "{text}"
    );
}

#[test]
fn whom_a_message_is_about_is_asked_and_never_guessed() {
    let desk = Desk::harrington();
    let text = "\"Received\",\"Channel\",\"From\",\"Possible sender\",\"Possible student\",\"Message\"\r\n\
         \"24/11/2026 08:41\",\"SMS\",\"+447700900310\",\"Mrs Khan\",\"Amira Khan; Bilal Khan\",\"Amira poorly today\nsorry \u{1f912}\u{1b}[2J\"\r\n\
         \"24/11/2026 08:44\",\"Email\",\"jo@example.org\",\"J Smith\",\"Jo Smith\",\"Dentist at 10, back for lunch\"\r\n\
         \"24/11/2026 09:02\",\"Telephone\",\"\",\"\",\"Kofi Osei\",\"=HYPERLINK(\"\"http://x\"\",\"\"click\"\")\"\r\n\
         \"24/11/2026 09:03\",\"Pigeon\",\"\",\"\",\"Kofi Osei\",\"coo\"\r\n";
    let report = there_and_back(&desk, text);
    assert_eq!(report["counts"]["messages"]["new"], 3);
    assert!(told(&report, "rejects")[0].contains("is no way in which a message comes"), "{report}");
    let warnings = told(&report, "warnings");
    assert_eq!(
        warnings[0],
        "2: this is taken to be about Khan, Amira 8KM, by the name and a contact's number or address"
    );
    assert!(warnings[1].starts_with("4: whom is this about, “Jo Smith”? 2 pupils are called so"), "{warnings:?}");
    assert!(warnings[2].contains("“Kofi Osei”? a name alone names no pupil"), "{warnings:?}");
    let rows = desk.run(&["inbox", "--json"]).rows();
    assert_eq!(
        (&rows[0]["words"], &rows[0]["from"]),
        (&json!("Amira poorly today\nsorry \u{1f912}[2J"), &json!("•••• 310"))
    );
    assert_eq!((&rows[1]["about"], &rows[1]["about_words"]), (&json!(null), &json!("Jo Smith")));
    assert_eq!(rows[2]["words"], "=HYPERLINK(\"http://x\",\"click\")");
    let shown = desk.run(&["inbox"]).ends(0).out;
    assert!(shown.contains("\n  Amira poorly today\n  sorry \u{1f912}[2J\n") && !shown.contains('\u{1b}'), "{shown}");

    let number = rows[1]["message"].to_string();
    let read = desk.run(&["inbox", "read", &number, "--about", "6"]).ends(0).out;
    assert_eq!(read, format!("Message {number} is read, about Smith, Jo 9BW.\n"));
    assert_eq!(desk.run(&["inbox", "--json"]).rows().len(), 2);
    assert!(desk.run(&["inbox", "read", &number]).ends(1).err.contains("no message"), "it is read");
    let import_number = report["act"].to_string();
    let refused = desk.run(&["undo", &import_number]).ends(1).err;
    assert!(refused.contains("a message of it was read since") || refused.contains("taken back already"), "{refused}");
    desk.run(&["undo"]).ends(0);
    assert_eq!(desk.run(&["inbox", "--json"]).rows().len(), 3);
}

#[test]
fn a_message_from_somebody_barred_says_so() {
    let desk = Desk::harrington();
    desk.run(&["bar", "1", "--contact", "1", "--reason", "court order"]).ends(0);
    let text = format!("received,admission_no,number,words\n2026-11-24 08:00,1,{MOTHER},she is with me\n");
    let report = import(&desk, &text);
    assert_eq!(told(&report, "warnings"), ["2: it comes from somebody who must not be contacted about the pupil"]);
    assert_eq!(desk.run(&["inbox", "--json"]).rows()[0]["barred"], true);
}

/// Two tables in one file, as trips are listed.
fn trip(times: &str, rows: &str) -> String {
    format!(
        "Visit,Date,Depart,Return,Leader\r\nMill museum,24/11/2026,{times},A Leader\r\n\r\nSurname,Forename,Form,Adno,Medical\r\n{rows}"
    )
}

#[test]
fn a_trip_is_a_plan_for_those_on_its_list_and_no_mark_of_its_own() {
    let desk = Desk::harrington();
    let report = there_and_back(&desk, &trip("08:50,15:10", "Khan,Bilal,10DP,2,none\r\nSmith,Jo,9BW,6,asthma\r\n"));
    assert_eq!(report["counts"]["arrangements"]["new"], 2);
    let rows = desk.run(&["arrangements", "--json"]).rows();
    assert_eq!(
        (&rows[0]["code"], &rows[0]["title"], &rows[0]["count"]),
        (&json!("V"), &json!("Mill museum"), &json!(2))
    );
    assert_eq!(rows[0]["note"], "Depart 08:50, Return 15:10, Leader A Leader");
    let marks = desk.ask("SELECT session, tutor FROM mark WHERE date = '2026-11-24' AND pupil = 2 AND code = 'V'");
    assert_eq!(
        marks,
        [["AM", ""], ["PM", ""]]
            .map(|row| row.map(|cell| Some(cell.to_owned()).filter(|one| !one.is_empty())).to_vec())
    );
    assert!(
        !report.to_string().contains("asthma") && desk.ask("SELECT * FROM act WHERE detail LIKE '%asthma%'").is_empty()
    );
}

#[test]
fn a_trip_leaves_out_sessions_whose_register_it_does_not_miss_and_names_nobody_by_name() {
    let desk = Desk::harrington();
    import(&desk, &trip("12:00,15:10", "Khan,Bilal,10DP,2,\r\n"));
    let sessions = desk.ask("SELECT session FROM mark WHERE date = '2026-11-24' AND pupil = 2 AND code = 'V'").concat();
    assert_eq!(sessions, [Some("PM".to_owned())]);
    let two = "Visit,Date,Depart,Return,Leader\nA,24/11/2026,,,\nB,25/11/2026,,,\n\nSurname,Forename,Form,Adno,Medical\nKhan,Bilal,10DP,2,\n";
    let refused = desk.import("two.csv", two, &[]).ends(3);
    assert!(refused.err.contains("not exactly one row"), "{}", refused.err);
    let nameless = trip("12:00,15:10", "Khan,Bilal,10DP,,\r\n");
    assert!(desk.import("no.csv", &nameless, &[]).ends(1).out.contains("the row names no pupil"));
}

#[test]
fn who_sits_where_in_an_exam_is_known_for_what_it_is_and_nothing_of_it_is_kept() {
    let desk = Desk::harrington();
    let before = stands(&desk);
    let text = "Date,Start,Length,Component,Room,Seat,Candidate No,Candidate Name,Form\n13/11/2026,09:00,1h30m,8300/1F,Hall,A1,1109,KHAN:BILAL,10DP\n";
    let output = desk.import("seating.csv", text, &[]).ends(0);
    assert!(output.out.starts_with("Nothing of these files is kept, and nothing was changed.\n"), "{}", output.out);
    assert!(output.out.contains("seating.csv is read as who sits where in an exam."), "{}", output.out);
    assert_eq!(stands(&desk), before);
}
