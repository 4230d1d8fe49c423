//! The hand-over, the day log and the lists for others, as text and as JSON.

use unicode_width::UnicodeWidthStr;

use crate::support::*;

/// Harrington High with something of everything.
fn busy() -> Desk {
    let desk = Desk::harrington();
    desk.run(&["late", "kofi", "--at", "9:02", "--reason", "bus"]).ends(0);
    desk.run(&["chase", "10DP"]).ends(0);
    desk.run(&["mark", "bilal", "I", "--reason", "rang"]).ends(0);
    desk.run(&["undo"]).ends(0);
    desk
}

#[test]
fn what_is_open_is_printed_in_eighty_columns() {
    let output = busy().run_at("2026-11-24T10:42", &["handover"]).ends(0).out;
    assert!(output.lines().all(|line| line.width() <= 80), "{output}");
    insta::assert_snapshot!(output);
}

#[test]
fn the_hand_over_names_pupils_for_programs() {
    let desk = busy();
    let rows = desk.run(&["handover", "--json"]).ends(0).rows();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(
        row["account"],
        serde_json::json!({"on_roll":7,"seen":3,"explained":0,"not_required":0,"unexplained":2,"blank":2})
    );
    let sections = row["sections"].as_array().unwrap();
    let items =
        |about: &str| sections.iter().find(|one| one["about"] == about).unwrap()["items"].as_array().unwrap().clone();
    assert_eq!(items("not-tried")[0]["whom"]["name"], "Khan, Amira");
    assert_eq!(items("not-tried").len(), 2);
    let chased = &items("registers")[0];
    assert_eq!((&chased["what"], &chased["at"]), (&"10DP AM".into(), &"09:20".into()));
    assert_eq!((&chased["whom"], &chased["by"]), (&serde_json::Value::Null, &"S Marsh".into()));
}

#[test]
fn nothing_open_on_a_day_without_school() {
    let output = Desk::harrington().run_at("2026-11-27T10:00", &["handover"]).ends(0).out;
    assert!(output.contains("There is no school today"), "{output}");
}

#[test]
fn the_tape_tells_what_was_done_and_taken_back() {
    let desk = busy();
    insta::assert_snapshot!(desk.run(&["tape"]).ends(0).out);
    let rows = desk.run(&["tape", "--who", "MARSH", "--json"]).ends(0).rows();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1]["taken_back"], serde_json::json!({"at":"09:20","by":"S Marsh"}));
    assert_eq!(rows[1]["pupils"][0]["name"], "Khan, Bilal");
    assert_eq!((&rows[0]["can_undo"], &rows[0]["taken_back"]), (&true.into(), &serde_json::Value::Null));
    let quiet = desk.run(&["tape", "--date", "2026-11-23"]).ends(0).out;
    assert!(quiet.ends_with("0 acts of Mon 23 Nov 2026.\nNothing was done.\n"), "{quiet}");
}

#[test]
fn each_list_is_ready_to_paste() {
    let desk = busy();
    for list in ["dsl", "pastoral", "lates"] {
        let output = desk.run_at("2026-11-24T10:42", &["list", list]).ends(0).out;
        assert!(output.trim_end().ends_with("as recorded at 10:42 on Tue 24 Nov"), "{output}");
        insta::assert_snapshot!(format!("list_{list}"), output);
    }
    let rows = desk.run(&["list", "lates", "--json"]).ends(0).rows();
    assert_eq!((&rows[0]["name"], &rows[0]["heading"]), (&"Smith, Jo".into(), &"Year 8".into()));
    assert_eq!(desk.run(&["list", "dsl", "--json"]).ends(0).names(), ["Khan, Amira"]);
}

#[test]
fn a_pupil_who_misses_much_is_told_to_the_pastoral_team() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("marks.csv");
    let marks: String = (16..=20).map(|day| format!("1,2026-11-{day},AM,I\n1,2026-11-{day},PM,\\\n")).collect();
    std::fs::write(&file, format!("admission_no,date,session,code\n{marks}")).unwrap();
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
    let output = desk.run(&["list", "pastoral"]).ends(0).out;
    assert!(output.contains("- Khan, Amira 8KM: 50.0 % (5/10), severely absent; today AM N"), "{output}");
}

#[test]
fn the_text_for_cpoms_is_facts_and_only_its_logging_is_recorded() {
    let desk = busy();
    insta::assert_snapshot!(desk.run(&["cpoms", "kofi"]).ends(0).out);
    desk.run(&["cpoms", "kofi", "--logged"]).ends(0);
    let row = desk.run(&["cpoms", "kofi", "--json"]).ends(0).rows().remove(0);
    assert_eq!(row["logged"], serde_json::json!({"at":"09:20","by":"S Marsh"}));
    assert!(row["says"].as_str().unwrap().contains("Kofi Osei (9BW) came late for AM (L 22 min)"), "{row}");
    let again = desk.run(&["cpoms", "kofi", "--logged"]).ends(1).err;
    assert!(again.contains("logged on CPOMS was recorded at 09:20 by S Marsh"), "{again}");
    assert_eq!(desk.ask("SELECT words FROM step")[0][0].as_deref(), Some(""));
}

#[test]
fn nothing_a_name_holds_reaches_the_terminal_as_a_command() {
    let desk = busy();
    for args in [&["handover"][..], &["tape"], &["cpoms", "7"]] {
        let output = desk.run(args).ends(0).out;
        assert!(!output.chars().any(|c| c.is_control() && c != '\n'), "{output:?}");
    }
}

#[test]
fn who_was_found_elsewhere_is_missing_no_longer_and_every_list_says_where() {
    let desk = Desk::harrington();
    desk.run_at("2026-11-24T09:15", &["call", "1", "--contact", "1", "--outcome", "unaware"]).ends(0);
    desk.run_at("2026-11-24T09:16", &["search", "1"]).ends(0);
    let found = desk.run_at("2026-11-24T09:30", &["search", "1", "--found-elsewhere", "bus station"]).ends(0).out;
    assert_eq!(found, "Khan, Amira 8KM found elsewhere: bus station.\n");
    let read_output =
        |words: &[&str]| desk.run_at("2026-11-24T09:40", words).ends(0).out.replace("\n  ", " ").replace('\n', " ");
    let row = read_output(&["unexplained"]);
    assert!(row.contains("parent did not know 09:15, found elsewhere 09:30: bus station"), "{row}");
    for (words, text) in [
        (&["list", "dsl"][..], "found elsewhere 09:30: bus station"),
        (&["handover"], "found elsewhere 09:30 by"),
        (&["cpoms", "1"], "found elsewhere, recorded by"),
        (&["tape"], "found elsewhere, bus station"),
        (&["searches"], "09:30 found elsewhere bus station"),
        (&["who", "1"], "Now: not in: N, found elsewhere 09:30: bus station"),
    ] {
        let output = read_output(words);
        assert!(output.contains(text) && !output.contains("MISSING"), "{words:?}: {output}");
    }
}

#[test]
fn once_school_has_ended_the_day_is_closed_with_an_account_and_the_next_one_s_known_absences() {
    let desk = busy();
    desk.run(&["report-absence", "5", "--when", "25/11", "--code", "M", "--by", "mother"]).ends(0);
    let text = |now: &str| desk.run_at(now, &["handover"]).ends(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!text("2026-11-24T15:09").contains("ended"), "the last session goes on");
    let closed = text("2026-11-24T15:10");
    let account = "School ended at 15:10: 0 in, 0 explained, 2 unexplained, 2 of them still at N, 5 blank. \
                   Left for Wednesday 25 November: 2 unexplained, 5 registers.";
    assert!(closed.contains(account), "{closed}");
    assert!(closed.contains("Known to be away on the next school day: 1 - Smith, Jo 8KM: Wed 25 Nov, M"), "{closed}");
}

#[test]
fn on_a_day_without_school_it_looks_at_the_next_school_day() {
    let desk = busy();
    desk.run(&["report-absence", "5", "--when", "30/11", "--code", "I", "--by", "mother"]).ends(0);
    // A closed Friday, and the Saturday after it.
    for (now, why) in [("2026-11-27T10:00", "the school is closed"), ("2026-11-28T10:00", "it is a weekend")] {
        let output = desk.run_at(now, &["handover"]).ends(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(output.contains(&format!("There is no school today: {why}")), "{output}");
        assert!(output.contains("Nothing is left for Monday 30 November."), "{output}");
        assert!(output.contains("Smith, Jo 8KM: Mon 30 Nov, I"), "{output}");
        let rows = desk.run_at(now, &["handover", "--json"]).ends(0).rows();
        assert!(rows[0]["closes"].as_str().unwrap().starts_with("There is no school today"), "{rows:?}");
    }
}
