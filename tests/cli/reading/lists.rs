//! The lists among the reports, made from a record; and reports that are due.

use std::fs;
use std::path::Path;

use crate::support::*;

/// Harrington High on Tuesday the 24th. Kofi Osei was away without leave for the two school weeks before, Zoë O'Neill-Smith ill for the
/// three before, and Jo Smith at a provider on Thursday the 19th; nothing is marked on Monday the 23rd.
fn with_november() -> Desk {
    let desk = Desk::harrington();
    let days: Vec<u32> = [2..=6, 9..=13, 16..=20].into_iter().flatten().collect();
    let code = |number: u32, day: u32| match number {
        3 if day >= 9 => "O",
        4 => "I",
        5 if day == 19 => "B",
        _ => "/",
    };
    let row = |number: u32, day: u32| {
        let both = |session: &str| {
            let code = if code(number, day) == "/" && session == "PM" { "\\" } else { code(number, day) };
            format!("{number},2026-11-{day:02},{session},{code},")
        };
        ["AM", "PM"].map(both).join("\n")
    };
    let rows: Vec<String> = days.iter().flat_map(|day| (1..8).map(|number| row(number, *day))).collect();
    desk.import("november.csv", &format!("admission_no,date,session,code,minutes\n{}\n", rows.join("\n")), &[]).ends(0);
    desk
}

/// What a report says in one line, so that it can be looked for whatever it is wrapped at.
fn said(desk: &Desk, args: &[&str]) -> String {
    let out = desk.run(&[&["report"], args].concat()).ends(0).out;
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn exports(desk: &Desk) -> Vec<String> {
    let rows = desk.run(&["disclosures", "--json"]).ends(0).rows();
    rows.iter().map(|row| format!("{} {}", row["shown"].as_str().unwrap(), row["what"].as_str().unwrap())).collect()
}

#[test]
fn what_goes_to_the_local_authority_rests_on_the_record() {
    let desk = with_november();
    desk.run(&["call", "kofi", "--outcome", "no-answer"]).ends(0);
    let ten = said(&desk, &["ten-day"]);
    for text in [
        "For: the local authority",
        "pupil: Osei, Kofi",
        "met on: 2026-11-20",
        "first session: Mon 9 Nov AM",
        "codes and dates: O Mon 9 Nov-Fri 20 Nov",
        // Monday is blank, and today's N has no reason yet.
        "not ready because: 2 sessions without a mark in it",
        "attempts: 1 call; last Tue 24 Nov 2026",
    ] {
        assert!(ten.contains(text), "{text}: {ten}");
    }
    assert!(!ten.contains("Smith"), "{ten}");
    let fifteen = said(&desk, &["fifteen-day"]);
    assert!(fifteen.contains("pupil: O’Neill-Smith, Zoë") && fifteen.contains("sessions: 30"), "{fifteen}");
    let penalty = said(&desk, &["penalty-check"]);
    for text in ["pupil: Osei, Kofi", "met on: 2026-11-13", "sessions: 10", "of these N: 0", "firm: 10", "locked: 0"] {
        assert!(penalty.contains(text), "{text}: {penalty}");
    }
    let made = exports(&desk);
    for name in ["ten-day", "fifteen-day", "penalty-check"] {
        assert!(made.iter().any(|one| one == &format!("export report {name}, 2026-11-24 to 2026-11-24")), "{made:?}");
    }
    assert!(made.iter().all(|one| !one.starts_with("number ")), "nothing private was shown: {made:?}");
}

#[test]
fn what_is_private_is_masked_unless_it_is_asked_for_and_put_down() {
    let desk = with_november();
    let days = (2..21).filter(|day| ![7, 8, 14, 15].contains(day));
    let rows: Vec<String> =
        days.flat_map(|day| ["AM", "PM"].map(|session| format!("1,2026-11-{day:02},{session},O,"))).collect();
    desk.import("amira.csv", &format!("admission_no,date,session,code,minutes\n{}\n", rows.join("\n")), &[]).ends(0);
    let masked = said(&desk, &["ten-day", "--group", "8km"]);
    assert!(masked.contains("pupil: Khan, Amira") && masked.contains("•••• "), "{masked}");
    let number = desk.ask("SELECT phone FROM contact ORDER BY id LIMIT 1");
    let number = number[0][0].as_deref().unwrap().lines().next().unwrap().to_owned();
    assert!(!masked.contains(&number), "{masked}");
    assert!(said(&desk, &["ten-day", "--group", "8km", "--numbers"]).contains(&number));
    assert!(exports(&desk).iter().any(|one| one.starts_with("number ")), "{:?}", exports(&desk));
    desk.run(&["report", "lates", "--numbers"]).ends(2);
}

#[test]
fn lists_for_meetings_and_sheets_are_made_from_the_record() {
    let desk = with_november();
    desk.run(&["case", "open", "kofi", "--why", "not seen since the 9th"]).ends(0);
    let tsm = said(&desk, &["tsm", "--from", "2026-11-02"]);
    // Kofi: 10 of 15 days and an N; Zoë every day.
    for text in
        ["severely absent 2", "pupil: Osei, Kofi", "reasons: O 20, N 1; not seen since the 9th", "reasons: I 30"]
    {
        assert!(tsm.contains(text), "{text}: {tsm}");
    }
    let census = said(&desk, &["census"]);
    assert!(census.contains("Year 8 ------ sessions Autumn all"), "{census}");
    assert!(census.contains("7 rows, in the CSV file and the workbook of this report."), "{census}");
    let csv = desk.folder.path().join("census.csv");
    desk.run(&["report", "census", "--out", csv.to_str().unwrap()]).ends(0);
    let csv = fs::read_to_string(csv).unwrap();
    let kofi = csv.lines().find(|line| line.starts_with("\"Osei, Kofi\"")).unwrap();
    // 30 sessions and today's N; Monday's two are blank.
    assert!(kofi.contains(",Autumn,31,10,0,21,2,"), "{kofi}");
    let tracking = desk.folder.path().join("tracking.csv");
    desk.run(&["report", "tracking", "--from", "2026-11-02", "--out", tracking.to_str().unwrap()]).ends(0);
    let tracking = fs::read_to_string(tracking).unwrap();
    let kofi = tracking.lines().find(|line| line.starts_with("\"Osei, Kofi\"")).unwrap();
    assert!(kofi.ends_with(",8,32.3,31,2,100.0,0.0,0.0,0.0"), "{kofi}");
    let exams = said(&desk, &["exams", "--from", "2026-11-19", "--to", "2026-11-20"]);
    assert!(exams.contains("Year 8 7 71.4 28 4 4 0"), "{exams}");
    let providers = said(&desk, &["providers", "--from", "2026-11-16", "--to", "2026-11-20"]);
    assert!(providers.contains("Never confirmed") && providers.contains("2026-11-19 AM B"), "{providers}");
    let today = said(&desk, &["cp-today"]);
    assert!(today.contains("For: the designated safeguarding lead") && today.contains("Khan, 1 8KM CP N"), "{today}");
    assert!(said(&desk, &["pa-today"]).contains("Osei, Kofi"));
}

#[test]
fn a_leave_card_is_of_one_pupil() {
    let desk = with_november();
    let leave = ["case", "add", "leave", "amira khan", "--from", "2026-12-07", "--until", "2026-12-08", "--by", "1"];
    desk.run(&["case", "open", "amira khan", "--why", "leave"]).ends(0);
    desk.run(&[&leave[..], &["--reason", "wedding"]].concat()).ends(0);
    let card = said(&desk, &["leave-card", "--pupil", "amira khan"]);
    for text in ["Only: Khan, Amira 8KM", "Khan, Amira 1 8KM 96.8 31 0 1 2", "wedding", "10DP 100.0 30 0 0 3"] {
        assert!(card.contains(text), "{text}: {card}");
    }
    assert!(exports(&desk).iter().any(|one| one.starts_with("export report leave-card, ")));
    for (args, exit) in [
        (&["report", "leave-card"][..], 2),
        (&["report", "leave-card", "--pupil", "amira khan", "--anonymous"], 2),
        (&["report", "leave-card", "--pupil", "nobody"], 1),
        (&["report", "lates", "--pupil", "amira khan"], 2),
    ] {
        desk.run(args).ends(exit);
    }
}

#[test]
fn every_list_is_written_in_every_format_and_without_names() {
    let desk = with_november();
    let names = [
        "cp-today",
        "pa-today",
        "tsm",
        "ten-day",
        "fifteen-day",
        "penalty-check",
        "census",
        "providers",
        "exams",
        "tracking",
    ];
    let pupils = desk.ask("SELECT surname FROM pupil");
    for name in names {
        for ending in ["txt", "csv", "xlsx", "html"] {
            let path = desk.folder.path().join(format!("{name}.{ending}"));
            desk.run(&["report", name, "--out", path.to_str().unwrap()]).ends(0);
            assert!(fs::metadata(path).unwrap().len() > 200, "{name}.{ending}");
        }
        let text = desk.run(&["report", name, "--anonymous"]).ends(0).out;
        for pupil in &pupils {
            assert!(!text.contains(pupil[0].as_deref().unwrap()), "{name}: {text}");
        }
    }
}

/// Save settings with these rows of reports.
fn due(desk: &Desk, rows: &str) -> CommandOutput {
    let settings = desk.run(&["settings"]).ends(0).out;
    let file = desk.folder.path().join("settings.toml");
    let start = settings.find("reports = [").unwrap();
    let rest = settings[start..].find('\n').unwrap() + start;
    fs::write(&file, format!("{}reports = [{rows}]{}", &settings[..start], &settings[rest..])).unwrap();
    desk.run(&["settings", file.to_str().unwrap()])
}

fn row(report: &str, folder: &Path, more: &str) -> String {
    let folder = folder.to_str().unwrap();
    format!("{{ report = \"{report}\", to = \"heads of year\", format = \"txt\", folder = \"{folder}\", {more} }}")
}

#[test]
fn what_is_due_is_made_once_and_what_was_refused_is_tried_again() {
    let desk = with_november();
    let folder = desk.folder.path().join("reports");
    fs::create_dir(&folder).unwrap();
    let missing = desk.folder.path().join("missing");
    let rows = [
        row("lates", &folder, "every = \"mon\""),
        row("weekly", &missing, "every = \"fri\", year = 8"),
        row("cp-today", &folder, "every = \"day\", at = \"09:30\""),
    ];
    due(&desk, &rows.join(", ")).ends(0);
    let output = desk.run(&["report", "--due"]).ends(3);
    let made = folder.canonicalize().unwrap().join("2026-11-23-lates.txt");
    assert!(output.out.contains(&format!("\nlates, due 2026-11-23: in {}.\n", made.display())), "{}", output.out);
    assert!(output.out.contains("\nweekly, due 2026-11-20: not made, and tried again next time: "), "{}", output.out);
    assert!(!output.out.contains("cp-today"), "due from half past nine: {}", output.out);
    let text = fs::read_to_string(&made).unwrap();
    assert!(text.contains("For: heads of year\n") && text.contains("Dates: Mon 23 Nov 2026\n"), "{text}");
    let lates = "export report lates, 2026-11-23 to 2026-11-23, for heads of year";
    assert_eq!(exports(&desk).iter().filter(|one| *one == lates).count(), 1);
    // The other is made once its folder is there; what was made is not made again, even where its file was taken away.
    fs::create_dir(&missing).unwrap();
    fs::remove_file(&made).unwrap();
    let rows = desk.run(&["report", "--due", "--json"]).ends(0).rows();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((rows[0]["report"].as_str(), rows[0]["due"].as_str()), (Some("weekly"), Some("2026-11-20")));
    assert!(rows[0]["file"].as_str().unwrap().ends_with("/2026-11-20-weekly-year-8.txt"), "{rows:?}");
    let output = desk.run(&["report", "--due"]).ends(0).out;
    assert!(output.contains("Nothing is due that was not made."), "{output}");
    // The list of today is of today alone.
    assert!(
        desk.run_at("2026-11-24T09:30", &["report", "--due"]).ends(0).out.contains("cp-today, due 2026-11-24: in ")
    );
    assert!(desk.run_at("2026-11-25T09:00", &["report", "--due"]).ends(0).out.contains("Nothing is due"));
}

#[test]
fn it_is_due_from_the_end_of_the_school_day() {
    let desk = with_november();
    due(&desk, &row("lates", desk.folder.path(), "every = \"mon\"")).ends(0);
    for (now, due) in [
        ("2026-11-16T15:09", "due 2026-11-09"),
        ("2026-11-16T15:09", "Nothing is due"),
        ("2026-11-16T15:10", "due 2026-11-16"),
        ("2026-11-23T15:09", "Nothing is due"),
        ("2026-11-24T09:20", "due 2026-11-23"),
    ] {
        let output = desk.run_at(now, &["report", "--due"]).ends(0).out;
        assert!(output.contains(due), "{now}: {output}");
    }
}

#[test]
fn two_at_once_make_it_once() {
    let desk = with_november();
    let folder = desk.folder.path().join("reports");
    fs::create_dir(&folder).unwrap();
    due(&desk, &row("lates", &folder, "every = \"mon\"")).ends(0);
    let start = || {
        let mut command = desk.command();
        command.args(["--now", NOW, "report", "--due"]).stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    let both = [start(), start(), start()].map(|child| child.wait_with_output().unwrap());
    let said = both.map(|output| String::from_utf8(output.stdout).unwrap());
    assert_eq!(said.iter().filter(|text| text.contains("lates, due 2026-11-23: in ")).count(), 1, "{said:?}");
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, [".2026-11-23-lates.txt.made", "2026-11-23-lates.txt"]);
}

#[test]
fn settings_name_reports_that_there_are() {
    let desk = with_november();
    let folder = desk.folder.path();
    for (report, more, fault) in [
        ("nonsense", "every = \"mon\"", "reports: row 1: there is no report “nonsense”"),
        ("leave-card", "every = \"mon\"", "reports: row 1: leave-card is of one pupil, and is never due"),
        ("lates", "every = \"fortnight\"", "reports: row 1: `since` is a day on which it is due"),
        ("lates", "every = \"noon\"", "unknown variant `noon`"),
    ] {
        let output = due(&desk, &row(report, folder, more)).ends(2);
        assert!(output.err.contains(fault), "{}", output.err);
    }
    let docx = row("lates", folder, "every = \"mon\"").replace("txt", "docx");
    assert!(due(&desk, &docx).ends(2).err.contains("`format` is txt, csv, xlsx or html"));
    due(&desk, &row("lates", folder, "every = \"mon\", group = \"7XX\"")).ends(0);
    let output = desk.run(&["report", "--due"]).ends(1);
    assert!(
        output.out.contains("not made, and tried again next time: there is no tutor group “7XX”"),
        "{}",
        output.out
    );
}
