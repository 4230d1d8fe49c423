//! What the acting commands do, and what they refuse.

use serde_json::{Value, json};

use crate::support::*;

#[test]
fn an_arrival_is_logged_and_answered() {
    let desk = Desk::harrington();
    let output = desk.run(&["late", "kofi osei", "--at", "08:57", "--reason", "bus"]).ends(0);
    insta::assert_snapshot!(output.out, @"Osei, Kofi 9BW L 17 min: gate 08:57 beats tutor N 08:50, bus.");
    let output = desk.run(&["late", "amira", "--json"]).ends(0).json();
    assert_eq!(output["done"], true);
    assert!(output["act"].as_i64().unwrap() > 0 && output["says"].as_str().unwrap().contains("U 40 min"), "{output}");
    assert_eq!(desk.ask("SELECT who, post FROM act WHERE kind = 'arrival'")[0][0].as_deref(), Some("S Marsh"));
}

#[test]
fn an_arrival_counts_as_what_its_reason_makes_of_it() {
    let desk = Desk::harrington();
    let output = desk.run(&["late", "kofi", "--at", "08:57", "--reason", "school bus", "--counts-as", "/"]).ends(0).out;
    assert!(output.starts_with("Osei, Kofi 9BW /: "), "{output}");
    let output = desk.run(&["late", "amira", "--reason", "bus", "--counts-as", "I", "--json"]).ends(1).json();
    assert_eq!(output["says"], "an arrival counts as present, L or U, and not as I");
    desk.run(&["late", "amira", "--counts-as", "/"]).ends(2);
}

#[test]
fn an_arrival_yet_to_come_is_refused() {
    let desk = Desk::harrington();
    let output = desk.run(&["late", "amira", "--at", "10:30"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: 10:30 has not come yet: it is 09:20");
    assert_eq!(desk.run(&["lates", "--json"]).names(), ["Smith, Jo"]);
    desk.run(&["late", "amira", "--at", "25:00"]).ends(2);
}

#[test]
fn a_second_arrival_is_refused_with_the_first() {
    let desk = Desk::harrington();
    desk.run(&["late", "amira", "--at", "08:57"]).ends(0);
    let output = desk.run(&["late", "amira", "--json"]).ends(1);
    insta::assert_snapshot!(output.out, @r#"{"refused":"already-in","says":"Khan, Amira 8KM is already in: logged 08:57 by S Marsh, L 17 min","by":"S Marsh","at":"08:57","was":null,"now":{"code":"L","minutes":17}}"#);
    assert!(output.err.starts_with("firstbell: "));
}

#[test]
fn what_contradicts_an_arrival_or_a_departure_is_said_with_it() {
    let desk = Desk::harrington();
    let output = desk.run(&["late", "4"]).ends(0).out;
    assert!(output.ends_with("But marked in already.\n"), "{output}");
    assert_eq!(desk.run(&["late", "kofi", "--json"]).ends(0).json()["but"], Value::Null);
    let output = desk.run(&["out", "amira", "dentist", "--json"]).ends(0).json();
    assert_eq!(output["but"], "not logged in today");
    assert_eq!(desk.run(&["out", "5", "dentist", "--json"]).ends(0).json()["but"], Value::Null);
    let output = desk.run_at("2026-11-24T11:00", &["late", "5", "--json"]).ends(0).json();
    assert_eq!(output["but"], "out since 09:20: signs back in");
    let output = desk.run_at("2026-11-24T13:45", &["late", "7", "--at", "08:57"]).ends(0).out;
    assert!(output.ends_with("But counts for AM, not PM.\n"), "{output}");
}

#[test]
fn a_promise_is_logged_without_a_code() {
    let desk = Desk::harrington();
    let by = ["--by", "Mrs Khan, mother", "--words", "missed the bus"];
    let output = desk.run(&[&["report-absence", "amira", "--on-the-way"], &by[..]].concat()).ends(0);
    insta::assert_snapshot!(output.out, @"Khan, Amira 8KM: on the way, here by 09:50.");
    let rows = desk.run(&["unexplained", "--json"]).rows();
    let row = rows.iter().find(|row| row["name"] == "Khan, Amira").unwrap();
    assert_eq!((&row["standing"], &row["says"]), (&json!("on-the-way"), &json!("on the way since 09:20")));
    assert_eq!(row["due"], json!({"step": "on the way", "at": "09:50", "minutes_left": 30}));
    let output = desk.run(&[&["report-absence", "amira", "--ring-back", "10:30"], &by[..]].concat()).ends(0);
    insta::assert_snapshot!(output.out, @"Khan, Amira 8KM: to be rung at 10:30.");
    let card = desk.run(&["who", "amira", "--json"]).json();
    let kinds: Vec<&Value> = card["rows"][0]["promises"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, [&json!("on-the-way"), &json!("ring-back")]);
    assert_eq!(card["rows"][0]["follow_up"]["standing"], "due");
    let output =
        desk.run(&["report-absence", "kofi", "--on-the-way", "--by", "Mrs Osei", "--words", "here by 10"]).ends(0);
    assert_eq!(output.out, "Osei, Kofi 9BW: on the way, here by 10:00.\n");
    desk.run(&[&["report-absence", "amira", "--on-the-way", "09:10"], &by[..]].concat()).ends(1);
    desk.run(&[&["report-absence", "amira"], &by[..]].concat()).ends(2);
    desk.run(&[&["report-absence", "amira", "--on-the-way", "--code", "I", "--when", "today"], &by[..]].concat())
        .ends(2);
}

#[test]
fn out_and_back_are_logged_and_told_on_the_card() {
    let desk = Desk::harrington();
    let output = desk.run(&["out", "zoë o'neill", "dentist", "--at", "09:15"]).ends(0);
    insta::assert_snapshot!(output.out, @"O’Neill-Smith, Zoë 8KM out 09:15, dentist.");
    let now = |at: &str| desk.run_at(at, &["who", "4", "--json"]).ends(0).rows()[0]["now"].clone();
    assert_eq!(now(NOW)["says"], "out since 09:15: dentist");
    assert_eq!(now(NOW)["out"], json!({"at": "09:15", "kind": "movement", "says": "dentist", "by": "S Marsh"}));
    let output = desk.run(&["out", "4", "ill", "--json"]).ends(1).json();
    assert_eq!((&output["refused"], &output["by"]), (&"done-already".into(), &"S Marsh".into()));
    desk.run(&["back", "4", "--at", "09:30"]).ends(1);
    let output = desk.run_at("2026-11-24T09:40", &["back", "4"]).ends(0);
    insta::assert_snapshot!(output.out, @"O’Neill-Smith, Zoë 8KM back 09:40.");
    assert_eq!(now("2026-11-24T09:41")["out"], Value::Null);
    let card = desk.run_at("2026-11-24T09:41", &["who", "4"]).ends(0).out;
    assert!(card.contains("Now: in; last seen back in 09:40.\n"), "{card}");
    assert!(card.contains("09:15 out: dentist, by S Marsh.\n09:40 back, by S Marsh.\n"), "{card}");
    assert!(desk.run(&["back", "jo smith 8km"]).ends(1).err.contains("has not gone out"));
    desk.run(&["out", "4"]).ends(2);
}

#[test]
fn a_name_that_means_several_changes_nothing() {
    let desk = Desk::harrington();
    let before = desk.ask("SELECT count(*) FROM act");
    let output = desk.run(&["late", "khan"]).ends(1);
    insta::assert_snapshot!(output.err, @r#"
    firstbell: “khan” could be 2 pupils: add the first name, the tutor group or the admission number
    Khan, Amira, 8KM, admission number 1
    Khan, Bilal, 10DP, admission number 2
    "#);
    assert_eq!(output.out, "");
    let output = desk.run(&["mark", "jo smith", "I", "--reason", "ill", "--json"]).ends(1).json();
    assert_eq!(output["refused"], "several");
    let groups: Vec<&Value> = output["candidates"].as_array().unwrap().iter().map(|one| &one["group"]).collect();
    assert_eq!(groups, [&json!("8KM"), &json!("9BW")]);
    assert_eq!(desk.ask("SELECT count(*) FROM act"), before);
}

#[test]
fn a_name_that_means_nobody_is_refused() {
    let desk = Desk::harrington();
    let output = desk.run(&["who", "zork"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: no pupil is called “zork”");
    assert_eq!(desk.run(&["late", "zork", "--json"]).ends(1).json()["refused"], "no-pupil");
}

#[test]
fn an_admission_number_is_a_name() {
    let desk = Desk::harrington();
    assert!(desk.run(&["late", "6"]).ends(0).out.starts_with("Smith, Jo 9BW"));
}

#[test]
fn marks_are_amended_as_the_rules_allow() {
    let desk = Desk::harrington();
    let output = desk.run(&["mark", "amira", "i", "--reason", "mother rang"]).ends(0);
    insta::assert_snapshot!(output.out, @"Khan, Amira 8KM AM: N amended to I.");
    let refused = |args: &[&str]| {
        let json = desk.run(&[args, &["--reason", "x", "--json"]].concat()).ends(1).json();
        (json["refused"].as_str().unwrap().to_owned(), json["says"].as_str().unwrap().to_owned())
    };
    assert_eq!(refused(&["mark", "amira", "ZZ"]), ("code".into(), "ZZ is not an attendance code".into()));
    let retired = refused(&["mark", "amira", "H"]);
    assert!(retired.1.contains("retired"), "{retired:?}");
    assert_eq!(refused(&["mark", "amira", "\\"]).0, "code");
    assert_eq!(refused(&["mark", "amira", "I"]).0, "already-so");
    assert_eq!(refused(&["mark", "amira", "I", "--session", "pm"]).0, "forbidden");
    assert_eq!(refused(&["mark", "amira", "I", "--session", "am", "--date", "2026-11-22"]).0, "no-school");
    // The shape is wrong, a reason is missing, a date stands without its session: usage.
    desk.run(&["mark", "amira", "LATE", "--reason", "x"]).ends(2);
    desk.run(&["mark", "amira", "I"]).ends(2);
    desk.run(&["mark", "amira", "I", "--date", "2026-11-23", "--reason", "x"]).ends(2);
    desk.run(&["mark", "amira", "I", "--date", "2026-11-23", "--session", "AM", "--reason", "x"]).ends(0);
    desk.run(&["mark", "amira", "I", "--date", "2026-11-23", "--session", "AM", "--reason", ""]).ends(1);
}

#[test]
fn registers_are_chased_by_name() {
    let desk = Desk::harrington();
    assert_eq!(desk.run(&["chase", "10dp"]).ends(0).out, "Chased 10DP by phone (1st).\n");
    assert_eq!(desk.run(&["chase", "10DP", "--by", "runner"]).ends(0).out, "Chased 10DP by runner (2nd).\n");
    let row = desk.run(&["unmarked", "--json"]).rows().remove(0);
    assert_eq!(row["chases"][1], json!({"method": "runner", "at": "09:20", "by": "S Marsh"}));
    assert_eq!(desk.run(&["chase", "8KM", "--json"]).ends(1).json()["refused"], "register-taken");
    insta::assert_snapshot!(desk.run(&["chase", "9ZZ"]).ends(1).err, @"firstbell: there is no tutor group “9ZZ”, and no class of that name today");
    desk.run(&["chase", "9BW", "--by", "pigeon"]).ends(2);
    assert_eq!(desk.run_at("2026-11-27T09:20", &["chase", "9BW", "--json"]).ends(1).json()["refused"], "no-school");
}

#[test]
fn cover_is_said_and_taken_back() {
    let desk = Desk::harrington();
    let cover = ["cover", "10dp", "--teacher", "Ms Ali", "--room", "R4"];
    assert_eq!(desk.run(&cover).ends(0).out, "10DP AM: Ms Ali in R4.\n");
    let row = desk.run(&["unmarked", "--json"]).rows().remove(0);
    assert_eq!([&row["tutor"], &row["cover"], &row["room"]], [&json!("Dr Price"), &json!("Ms Ali"), &json!("R4")]);
    assert!(desk.run(&["unmarked"]).out.contains("10DP: overdue 30 minutes, tutor Dr Price, cover Ms Ali, room R4"));
    assert_eq!(
        desk.run(&["cover", "10DP", "--session", "PM", "--room", "R9"]).ends(0).out,
        "10DP PM: the tutor in R9.\n"
    );
    assert_eq!(desk.run(&["cover", "10DP"]).ends(0).out, "10DP AM: the tutor.\n");
    desk.run(&["undo"]).ends(0);
    assert_eq!(desk.run(&["unmarked", "--json"]).rows().remove(0)["cover"], "Ms Ali");
    desk.run(&["cover", "9ZZ", "--room", "R9"]).ends(1);
}

#[test]
fn a_register_chased_in_three_sessions_of_the_month_is_said_to_be() {
    let desk = Desk::harrington();
    for (day, expected) in [("18", 1), ("19", 2), ("24", 3)] {
        let now = format!("2026-11-{day}T09:20");
        desk.run_at(&now, &["chase", "10DP"]).ends(0);
        let row = desk.run_at(&now, &["unmarked", "--json"]).rows().into_iter().find(|row| row["group"] == "10DP");
        assert_eq!(row.unwrap()["sessions_chased_this_month"], expected);
    }
    let output = desk.run(&["unmarked"]).out;
    assert!(output.contains("chased once, by phone at 09:20, chased in 3 sessions this month."), "{output}");
}

#[test]
fn reports_cover_days() {
    let desk = Desk::harrington();
    let report = ["report-absence", "amira", "--code", "I", "--until", "2026-11-25", "--by", "Mrs Khan, mother"];
    insta::assert_snapshot!(desk.run(&report).ends(0).out, @"Khan, Amira 8KM: I reported, Tue 24 Nov to Wed 25 Nov.");
    assert!(!desk.run(&["unexplained", "--json"]).names().contains(&"Khan, Amira".to_owned()));
    let mut early = report.to_vec();
    early[5] = "2026-11-20";
    assert_eq!(desk.run(&[&early[..], &["--json"]].concat()).ends(1).json()["refused"], "dates");
    let mut here = report.to_vec();
    here[3] = "/";
    desk.run(&here).ends(1);
}

#[test]
fn one_report_is_about_siblings_too() {
    let desk = Desk::harrington();
    let report = ["report-absence", "amira", "--with", "bilal", "--code", "I", "--when", "today", "--by", "Mrs Khan"];
    assert_eq!(desk.run(&report).ends(0).out, "Khan, Amira 8KM and 1 more: I reported, today.\n");
    let marks = desk.ask("SELECT code FROM mark WHERE session = 'AM' AND pupil IN (1, 2)").concat();
    assert_eq!(marks, [Some("I".to_owned()), Some("I".to_owned())]);
}

#[test]
fn a_report_says_when_in_a_line_how_it_came_and_what_was_seen() {
    let desk = Desk::harrington();
    let report = |line: &str, more: &[&str]| {
        let report = [
            "report-absence",
            "amira",
            "--code",
            "M",
            "--by",
            "Mrs Khan, mother",
            "--words",
            "operation",
            "--when",
            line,
        ];
        desk.run(&[&report[..], more].concat())
    };
    let output = report("back thu", &["--channel", "e-mail", "--seen", "letter"]).ends(0);
    insta::assert_snapshot!(output.out, @"Khan, Amira 8KM: M reported, Tue 24 Nov to Wed 25 Nov.");
    let card = desk.run(&["who", "amira"]).ends(0).out;
    let text = "“operation”, by e-mail, seen: letter, expected back on 2026-11-26, recorded by S Marsh";
    assert!(card.contains(text), "{card}");
    let row = desk.run(&["who", "amira", "--json"]).rows().remove(0);
    let evidence = row["sessions"][0]["evidence"].as_array().unwrap();
    let fact = evidence.iter().find(|one| one["kind"] == "report").unwrap();
    assert_eq!(
        [&fact["channel"], &fact["seen"], &fact["back"]],
        [&json!("e-mail"), &json!("letter"), &json!("2026-11-26")]
    );
    assert!(evidence.iter().filter(|one| one["kind"] != "report").all(|one| one["channel"].is_null()));
    let output = report("sat", &["--json"]).ends(1);
    assert_eq!(output.json()["refused"], "dates");
    assert!(output.err.contains("no school on Sat 28 Nov (it is a weekend)"), "{}", output.err);
    report("fri", &["--until", "2026-11-27"]).ends(2);
    report("fri", &["--channel", "pigeon"]).ends(2);
    desk.run(&["report-absence", "amira", "--code", "M", "--by", "Mrs Khan"]).ends(2);
}

#[test]
fn a_report_reads_when_from_its_words() {
    let desk = Desk::harrington();
    let report = |words: &str, more: &[&str]| {
        let report = ["report-absence", "amira", "--code", "M", "--by", "Mrs Khan, mother", "--words", words];
        desk.run(&[&report[..], more].concat())
    };
    let output = report("dentist tomorrow at 10", &[]).ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Khan, Amira 8KM: M reported, Wed 25 Nov at 10:00, AM only.
    Understood: “tomorrow at 10” is Wed 25 Nov at 10:00, AM only.
    "#);
    let list = desk.run_at("2026-11-25T09:20", &["list", "dsl"]).ends(0).out;
    let list = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(list.contains("says Mrs Khan, mother: dentist tomorrow at 10 (at 10:00)"), "{list}");
    let output = report("in hospital until thu", &["--json"]).ends(0).json();
    insta::assert_snapshot!(output["understood"].as_str().unwrap(), @"“until thu” is Tue 24 to Thu 26 Nov, 3 school days");
    // What the line says counts; what else the words say is told.
    let output = report("dentist tomorrow", &["--when", "today"]).ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Khan, Amira 8KM: M reported, today.
    But the words say “tomorrow” too.
    "#);
    assert_eq!(report("dentist", &["--when", "today", "--json"]).ends(0).json().get("understood"), None);
    let output = report("eid on sat", &[]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: no school on Sat 28 Nov (it is a weekend); the next school day is Mon 30 Nov");
    let output = report("dentist", &[]).ends(2);
    insta::assert_snapshot!(output.err, @"firstbell: the words do not say when: add --when today, or --until");
    let tomorrow = desk.run_at("2026-11-25T09:20", &["who", "amira"]).ends(0).out;
    assert!(tomorrow.contains("report M at 10:00 by Mrs Khan, mother"), "{tomorrow}");
}

#[test]
fn the_watch_list_is_kept() {
    let desk = Desk::harrington();
    desk.run(&["watch", "add", "kofi", "--reason", "truancy"]).ends(0);
    insta::assert_snapshot!(desk.run(&["watch", "list"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Watched: 1.
    Osei, Kofi, 9BW, flags EHC: AM N, PM blank, watched for truancy, asked for by S Marsh.
    "#);
    insta::assert_snapshot!(desk.run(&["watch", "--json"]).ends(0).out, @r#"{"school":"Harrington High","date":"2026-11-24","session":"AM","as_of":"09:20","closed":null,"rows":[{"pupil":3,"admission_no":"3","name":"Osei, Kofi","surname":"Osei","forename":"Kofi","group":"9BW","year":8,"flags":["EHC"],"tier":"supported","reason":"truancy","until":null,"by":"S Marsh","since":"2026-11-24","owner":"S Marsh","review":null,"review_due":false,"am":{"code":"N","minutes":null},"pm":null}]}"#);
    assert_eq!(
        desk.run(&["watch", "add", "kofi", "--reason", "x", "--json"]).ends(1).json()["refused"],
        "already-watched"
    );
    desk.run(&["watch", "drop", "kofi"]).ends(0);
    assert_eq!(desk.run(&["watch", "drop", "kofi", "--json"]).ends(1).json()["refused"], "not-watched");
    assert_eq!(desk.run(&["watch"]).ends(0).out.lines().nth(1), Some("Nobody is watched."));
}

#[test]
fn a_time_is_given_by_the_owner_alone_and_the_true_one_is_kept_beside_it() {
    let desk = Desk::harrington();
    desk.is_real();
    let staff = "[{ login = \"gate\", name = \"G Gate\", post = \"gate\", role = \"gate\" }]";
    let settings = desk.folder.path().join("settings.toml");
    std::fs::write(&settings, desk.run(&["settings"]).out.replace("staff = []", &format!("staff = {staff}"))).unwrap();
    desk.run(&["settings", settings.to_str().unwrap()]).ends(0);
    let acts = desk.ask("SELECT count(*) FROM act");
    let text = desk.run(&["late", "kofi", "--at", "08:57", "--as", "gate"]).ends(1).err;
    insta::assert_snapshot!(text, @"firstbell: --now is for the account that owns the school's file, and not with --as: leave it out");
    assert_eq!(desk.ask("SELECT count(*) FROM act"), acts);
    desk.run(&["late", "kofi", "--at", "08:57"]).ends(0);
    for told in [&["tape"][..], &["amendments", "kofi"], &["who", "kofi"]] {
        let output = desk.run(told).ends(0).out;
        assert!(output.contains(" (time given; clock 20"), "{told:?}: {output}");
    }
    assert_eq!(
        desk.ask("SELECT count(*) FROM act WHERE clock IS NOT NULL AND kind = 'arrival'"),
        [[Some("1".to_owned())]]
    );
}

#[test]
fn a_late_is_followed_through_and_told_with_its_steps() {
    let desk = Desk::harrington();
    desk.run(&["late", "kofi", "--at", "9:02", "--reason", "bus"]).ends(0);
    let output = desk.run(&["late-step", "kofi", "met"]).ends(0);
    insta::assert_snapshot!(output.out, @"Osei, Kofi 9BW: met.");
    let output = desk.run(&["late-step", "kofi 9bw", "met"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: Osei, Kofi 9BW: met, already recorded at 09:20 by S Marsh");
    desk.run(&["late-step", "kofi", "accepted"]).ends(0);
    desk.run(&["late-step", "kofi", "not-accepted"]).ends(0);
    // The ladder's words, where no others are given.
    let output = desk.run(&["late-step", "kofi", "sanctioned"]).ends(0);
    insta::assert_snapshot!(output.out, @"Osei, Kofi 9BW: sanction given, 15 min detention.");
    let output = desk.run(&["late-step", "jo smith 8km", "sanctioned", "litter", "duty"]).ends(0);
    insta::assert_snapshot!(output.out, @"Smith, Jo 8KM: sanction given, litter duty.");
    desk.run(&["late-step", "amira", "met"]).ends(1);
    desk.run(&["late-step", "kofi", "forgiven"]).ends(2);
    desk.run(&["late-step", "kofi", "reported", "--session", "PM"]).ends(1);

    let row = desk.run(&["lates", "--json"]).ends(0).rows().remove(0);
    assert_eq!((&row["nth"], &row["week_minutes"]), (&json!(1), &json!(22)));
    assert_eq!((&row["state"], &row["next"]), (&json!("15 min detention"), &json!("tell the head of year")));
    let step = |step: &str, words: &str, counts: bool| json!({"step": step, "words": words, "at": "09:20", "by": "S Marsh", "counts": counts});
    let steps = [
        step("met", "", true),
        step("accepted", "", false),
        step("not-accepted", "", true),
        step("sanctioned", "15 min detention", true),
    ];
    assert_eq!(row["steps"], json!(steps));
    assert_eq!(desk.run(&["lates", "--year", "8", "--json"]).names(), ["Osei, Kofi", "Smith, Jo"]);
    let output = desk.run(&["lates", "--year", "11"]).ends(0);
    assert!(output.out.ends_with("Lates of Year 11: 0.\nNobody in Year 11 has come late.\n"), "{}", output.out);
}

#[test]
fn a_code_for_other_pupils_is_refused_with_whom_it_is_for() {
    let desk = Desk::harrington();
    let report = ["report-absence", "amira", "--code", "X", "--when", "today", "--by", "office"];
    let output = desk.run(&report).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: Khan, Amira 8KM: code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year");
    let output = desk.run(&["mark", "amira", "S", "--reason", "exam", "--json"]).ends(1).json();
    assert_eq!(output["refused"], "code");
    assert_eq!(desk.ask("SELECT count(*) FROM evidence WHERE code IN ('X', 'S')")[0][0].as_deref(), Some("0"));
}
