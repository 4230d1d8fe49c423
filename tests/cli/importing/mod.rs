//! Importing: counted, refused row by row, and the same again changes nothing.

mod changed;
mod events;
mod exported;
pub mod feeding;
mod guide;
mod listing;
mod one_truth;
mod oneroster;
mod other_systems;
mod profiles;
mod stopped;
mod tables;
mod transfer_file;
mod twice;
mod unimporting;
mod waiting;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::support::*;

const PUPILS: &str = "admission_no,surname,forename,year,tutor_group\n\
                      21,Ash,Ned,7,7CK\n\
                      22,,,7,7CK\n\
                      23,Bell,Ivy,seven,7CK\n";

fn import(desk: &Desk, text: &str, more: &[&str]) -> CommandOutput {
    desk.import("pupils.csv", text, more)
}

#[test]
fn rows_are_counted_and_refused_ones_are_kept() {
    let desk = Desk::harrington();
    let output = import(&desk, PUPILS, &["--json"]).ends(0);
    let report = output.json();
    assert_eq!((&report["done"], &report["dry_run"]), (&json!(true), &json!(false)));
    assert!(report["counts"]["pupils"]["new"].as_i64().unwrap() >= 1, "{report}");
    assert!(!report["rejects"].as_array().unwrap().is_empty(), "{report}");
    let list = report["rejects_file"].as_str().unwrap();
    assert_eq!(fs::metadata(list).unwrap().permissions().mode() & 0o777, 0o600);
    let list = fs::read_to_string(list).unwrap();
    assert!(list.contains("pupils.csv") && list.contains("22") || list.contains("surname"), "{list}");
    assert_eq!(output.err, "", "no bar where there is no terminal");
    let again = import(&desk, PUPILS, &[]).ends(0);
    assert!(again.out.starts_with("All that could be used was so already, 1 row refused"), "{}", again.out);
    assert!(again.out.contains("pupils.rejects.csv"), "{}", again.out);
}

#[test]
fn a_file_that_has_no_minutes_takes_none_away() {
    let desk = Desk::harrington();
    let mark = || {
        desk.ask("SELECT code, minutes FROM mark WHERE pupil = 2 AND date = '2026-11-23' AND session = 'AM'").concat()
    };
    let brings = |text: &str| import(&desk, &format!("admission_no,date,session,{text}\n"), &[]).ends(0).out;
    brings("code,minutes\n2,2026-11-23,AM,L,12");
    let late = mark();
    assert!(brings("code\n2,2026-11-23,AM,L").starts_with("Everything was so already"));
    assert_eq!(mark(), late);
    brings("code,minutes\n2,2026-11-23,AM,L,9");
    assert_eq!(mark()[1].as_deref(), Some("9"));
    brings("code\n2,2026-11-23,AM,/");
    assert_eq!(mark()[1], None, "another code has minutes of its own");
}

#[test]
fn a_trial_changes_nothing() {
    let desk = Desk::harrington();
    let output = import(&desk, PUPILS, &["--dry-run"]).ends(0);
    assert!(output.out.starts_with("Nothing was changed, this was a trial"), "{}", output.out);
    assert_eq!(desk.ask("SELECT count(*) FROM pupil"), [[Some("7".to_owned())]]);
    assert!(!desk.folder.path().join("pupils.rejects.csv").exists());
}

#[test]
fn files_of_which_nothing_can_be_used_are_refused() {
    let desk = Desk::harrington();
    let output = import(&desk, "admission_no,surname,forename\n22,,\n", &["--json"]).ends(1);
    assert_eq!(output.json()["done"], false);
    assert!(output.err.contains("nothing in these files could be used"), "{}", output.err);
    let output = import(&desk, "admission_no,surname,forename\n", &[]).ends(0);
    assert!(output.out.starts_with("There is no row in these files, and nothing was changed."), "{}", output.out);
    assert!(desk.run(&["import", "nowhere.csv"]).ends(3).err.contains("there is no file or folder"));
    desk.run(&["import"]).ends(2);
}

#[test]
fn every_template_imports_as_it_stands() {
    let desk = Desk::harrington();
    for kind in
        ["pupils", "contacts", "flags", "calendar", "marks", "lessons", "arrangements", "calls", "arrivals", "messages"]
    {
        let text = desk.run(&["template", kind]).ends(0).out;
        let output = desk.import(&format!("{kind}.csv"), &text, &["--json"]);
        assert_eq!(output.exit, 0, "{kind}: {}{}", output.out, output.err);
    }
    desk.run(&["template", "dinners"]).ends(2);
}

#[test]
fn a_school_that_closes_in_the_morning_still_follows_up_and_looks_for_whoever_it_had_not_accounted_for() {
    let desk = Desk::harrington();
    let unexplained = || {
        let rows = desk.run(&["unexplained", "--json"]).ends(0).rows();
        rows.into_iter().map(|row| row["name"].clone()).collect::<Vec<_>>()
    };
    let to_look_for = || desk.run(&["fire", "--json"]).ends(0).rows().iter().map(|row| row["name"].clone()).collect();
    let (before, looked_for): (_, Vec<_>) = (unexplained(), to_look_for());
    assert!(before.contains(&json!("Khan, Amira")) && looked_for.contains(&json!("Smith, Jo")));
    import(&desk, "kind,name,from,until\nunexpected,Burst pipe,2026-11-24,\n", &[]).ends(0);
    assert_eq!(unexplained(), before);
    assert_eq!(to_look_for(), looked_for);
    let text = desk.run(&["unexplained"]).ends(0).out;
    assert!(
        text.contains("There is no school today: the school is closed: Burst pipe.") && text.contains("Khan, Amira")
    );
    for act in [&["call", "1", "--outcome", "unaware"][..], &["search", "1"], &["step", "1", "dsl", "Grey"]] {
        desk.run(act).ends(0);
    }
    for act in [&["mark", "1", "I", "--reason", "flu"][..], &["call", "1", "--outcome", "spoke", "--code", "I"]] {
        desk.run(act).ends(1);
    }
    assert_eq!(unexplained(), before, "a day that closed gets no new marks");
}

#[test]
fn a_day_closed_after_its_marks_came_is_told_at_the_import_and_on_the_card() {
    let desk = Desk::harrington();
    let calendar = "kind,name,from,until\nunexpected,Boiler,2026-11-24,\n";
    let trial = import(&desk, calendar, &["--dry-run"]).ends(0);
    let text = "5 marks lie on a day that is closed now: Tue 24 Nov, Boiler";
    assert!(trial.out.contains(&format!("Look at: pupils.csv line 2: {text}\n")), "{}", trial.out);
    let report = import(&desk, calendar, &["--json"]).ends(0).json();
    assert_eq!(report["warnings"], json!([{"file": "pupils.csv", "line": 2, "says": text}]));

    let text = "1 mark lies on a day that is closed now: Tue 24 Nov, Boiler";
    for now in [NOW, "2026-11-26T09:20"] {
        let card = desk.run_at(now, &["who", "amira khan", "--json"]).ends(0).rows().remove(0);
        let n = json!({"code": "N", "minutes": null});
        assert_eq!(card["on_closed_days"], json!([{"date": "2026-11-24", "am": n, "pm": null, "says": text}]), "{now}");
        assert_eq!(card["year_to_yesterday"]["unauthorised"], 0, "{now}");
        let output = desk.run_at(now, &["who", "amira khan"]).ends(0).out;
        assert!(output.contains(&format!("{text}: AM N, PM blank.\n")), "{output}");
        assert_eq!(desk.run_at(now, &["ageing", "--json"]).ends(0).rows().len(), 0, "{now}");
    }
}

#[test]
fn the_list_of_refused_rows_eats_no_file() {
    let desk = Desk::harrington();
    let place = |name: &str| desk.folder.path().join(name);
    let mine = "admission_no,flags\n21,CP\n";
    fs::write(place("pupils.rejects.csv"), mine).unwrap();
    fs::write(place("pupils.csv"), PUPILS).unwrap();
    let paths = ["pupils.csv", "pupils.rejects.csv"].map(|name| place(name).to_str().unwrap().to_owned());
    let output = desk.run(&["import", &paths[0], &paths[1]]).ends(0).out;
    assert!(output.contains("The refused rows are in") && output.contains("pupils.rejects-2.csv"), "{output}");
    assert_eq!(fs::read_to_string(place("pupils.rejects.csv")).unwrap(), mine);
    let lists = || fs::read_dir(desk.folder.path()).unwrap().count();
    let before = lists();
    desk.run(&["import", &paths[0], &paths[1]]).ends(0);
    assert_eq!(lists(), before, "the same rows refused are one list");
}

#[test]
fn a_file_of_another_kind_is_told_for_what_it_is_and_nothing_is_written() {
    let desk = Desk::harrington();
    let acts = desk.ask("SELECT count(*) FROM act");
    let told = |bytes: &[u8]| {
        let file = desk.folder.path().join("pupils.csv");
        fs::write(&file, bytes).unwrap();
        desk.run(&["import", file.to_str().unwrap()]).ends(3).err
    };
    for (bytes, text) in [
        (&b"%PDF-1.7"[..], "pupils.csv is a PDF: export the table itself as CSV"),
        (b"<!DOCTYPE html><title>Log in", "is a web page, perhaps of a login that had run out"),
        (b"\xFF\xFE\0\0a\0\0\0", "is text in UTF-32, which is not read"),
        (b"1,1\n1,2\n", "is not a file firstbell knows. firstbell does not know these columns: 1, 1. Give them"),
        (
            b"upn,surname,forename,date,mark\n",
            "has pupils and a column \u{201c}date\u{201d}, so it is not read as a list of pupils",
        ),
    ] {
        let output = told(bytes);
        assert!(output.contains(text), "{output}");
    }
    let ragged = format!("admission_no,date,session,code\n{}", "404,2026-11-23\n".repeat(50_001));
    let output = told(ragged.as_bytes());
    assert!(output.contains("50000 rows cannot be used, so nothing was imported"), "{output}");
    assert_eq!(desk.ask("SELECT count(*) FROM act"), acts);
}

#[test]
fn nobody_is_renamed_doubled_or_taken_off_the_roll_without_a_word() {
    let desk = Desk::harrington();
    let heading = "admission_no,surname,forename,tutor_group";
    import(&desk, &format!("{heading}\n4127,Iqbal,Sara,7CK\n4128,Moss,Tom,7CK\n"), &[]).ends(0);
    let rows =
        ["4127,Moss,Tom", "\"4,127\",Iqbal,Sara", "\u{ff14}\u{ff11}\u{ff12}\u{ff17},Iqbal,Sara", "No 4128,Moss,Tom"];
    let rows: String = rows.iter().map(|row| format!("{row},7CK\n")).collect();
    let report = import(&desk, &format!("{heading}\n{rows}"), &["--json"]).ends(0).json();
    let refused = report["rejects"].as_array().unwrap();
    let mut lines: Vec<_> = refused.iter().map(|row| row["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 3, 4, 5], "{report}");
    let text = "4127 is Iqbal, Sara on the roll, and Moss, Tom is 4128: check whether the column of names has slipped";
    assert!(refused.iter().any(|row| row["reason"].as_str().unwrap().starts_with(text)), "{report}");
    let held = || desk.ask("SELECT group_concat(surname) FROM pupil WHERE admission_no LIKE '%412%'");
    assert_eq!(held(), [[Some("Iqbal,Moss".to_owned())]]);
    let left = format!("{heading},until\n4127,Iqbal,Sara,7CK,2026-11-20\n");
    import(&desk, &left, &[]).ends(0);
    let output = import(&desk, &format!("{heading}\n4127,Iqbal,Sara,7CK\n"), &[]).ends(0).out;
    let text = "line 2: Iqbal, Sara 7CK: is off the roll since Sat 21 Nov 2026: an empty `until` brings them back";
    assert!(output.contains(text), "{output}");
}

#[test]
fn a_contact_s_old_number_is_kept_and_read_out_nowhere() {
    let desk = Desk::harrington();
    let contacts = |phone: &str| {
        let rows =
            format!("admission_no,order,name,relationship,phone,email\n21,1,Mrs Ash,mother,{phone},ash@example.org\n");
        import(&desk, &rows, &[]).ends(0).out
    };
    import(&desk, PUPILS, &[]).ends(0);
    contacts("0113 496 0111");
    let output = contacts("0113 496 0222");
    assert!(output.contains("contact Mrs Ash of Ash, Ned 7CK: phone changed"), "{output}");
    let told =
        [&["history", "settings"][..], &["history", "settings", "--json"]].map(|args| desk.run(args).ends(0).out);
    for text in told.into_iter().chain([output]) {
        assert!(text.contains("phone changed") && !text.contains("0113"), "{text}");
    }
    let detail = desk.ask("SELECT detail FROM act ORDER BY id DESC LIMIT 1")[0][0].clone().unwrap();
    assert!(detail.contains("phone was 0113 496 0111"), "{detail}");
}
