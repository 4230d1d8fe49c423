//! Reports: each in every format, for whom they are, and what is left behind of one.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::*;

const NAMES: [&str; 12] = [
    "daily",
    "unexplained",
    "lates",
    "registers",
    "league",
    "improved",
    "weekly",
    "persistent",
    "head-weekly",
    "slt",
    "half-term",
    "governors",
];

/// Harrington High on Tuesday, with Monday's marks and a late of today.
fn with_two_days() -> Desk {
    let desk = Desk::harrington();
    let rows: Vec<String> = (1..8)
        .flat_map(|number| [format!("{number},2026-11-23,AM,/,"), format!("{number},2026-11-23,PM,\\,")])
        .collect();
    let rows = rows.join("\n").replacen("1,2026-11-23,AM,/,", "1,2026-11-23,AM,L,12", 1);
    desk.import("monday.csv", &format!("admission_no,date,session,code,minutes\n{rows}\n"), &[]).ends(0);
    desk.run(&["late", "kofi", "--at", "08:57", "--reason", "bus"]).ends(0);
    desk
}

fn at(desk: &Desk, name: &str) -> (std::path::PathBuf, String) {
    let path = desk.folder.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

#[test]
fn reports_are_listed_with_whom_they_are_for() {
    let desk = Desk::harrington();
    let text = desk.run(&["report"]).ends(0).out;
    assert!(text.contains("\nlates: Lates and minutes lost, for heads of year and tutors, weekly.\n"), "{text}");
    let rows = desk.run(&["report", "--json"]).ends(0).rows();
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names[..NAMES.len()], NAMES);
    for row in &rows {
        let fields: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 3, "{row}");
        assert!(row["for"].is_string() && row["rhythm"].is_string(), "{row}");
    }
}

#[test]
fn every_report_is_written_in_every_format_and_put_down_as_an_export() {
    let desk = with_two_days();
    for name in NAMES {
        for ending in ["txt", "csv", "xlsx", "html"] {
            let (path, file) = at(&desk, &format!("{name}.{ending}"));
            let said = desk.run(&["report", name, "--out", &file]).ends(0).out;
            assert!(said.contains(&format!(" is in {}", path.canonicalize().unwrap().display())), "{said}");
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            let bytes = fs::read(&path).unwrap();
            let begins: &[u8] = match ending {
                "xlsx" => b"PK",
                "html" => b"<!doctype html>",
                "csv" => "\u{feff}".as_bytes(),
                _ => b"",
            };
            assert!(bytes.starts_with(begins) && bytes.len() > 200, "{name}.{ending}");
            assert!(!path.with_extension(format!("{ending}.part")).exists());
        }
        let text = desk.run(&["report", name]).ends(0).out;
        assert_eq!(text, fs::read_to_string(at(&desk, &format!("{name}.txt")).0).unwrap(), "{name}");
    }
    let shown = desk.run(&["disclosures", "--json"]).ends(0).rows();
    let reports = shown.iter().filter(|row| row["what"].as_str().unwrap().starts_with("report "));
    assert_eq!(reports.count(), NAMES.len() * 5);
    let last =
        shown.iter().find(|row| row["what"].as_str().unwrap().starts_with("report lates, 2026-11-23 to 2026-11-24"));
    assert_eq!(last.unwrap()["shown"], "export");
}

#[test]
fn what_a_report_says_is_what_the_record_holds() {
    let desk = with_two_days();
    let text = desk.run(&["report", "lates"]).ends(0).out;
    for line in [
        "Lates and minutes lost",
        "For: heads of year and tutors",
        "Dates: Mon 23 Nov 2026 to Tue 24 Nov 2026",
        "As recorded: 09:20 on Tue 24 Nov 2026",
        "Khan, Amira",
    ] {
        assert!(text.lines().any(|one| one.trim_start().starts_with(line)), "{line}: {text}");
    }
    assert!(text.lines().any(|line| line.split_whitespace().collect::<Vec<_>>() == ["bus", "1", "1", "17"]), "{text}");
    let year = desk.run(&["report", "weekly", "--year", "8", "--cohort", "fsm"]).ends(0).out;
    assert!(year.contains("Only: Year 8, FSM (free school meals)"), "{year}");
    let one =
        desk.run(&["report", "league", "--group", "8km", "--from", "2026-11-23", "--to", "2026-11-23"]).ends(0).out;
    assert!(one.contains("Dates: Mon 23 Nov 2026\n") && one.contains("Only: 8KM"), "{one}");
    assert!(one.lines().all(|line| !line.starts_with("9BW")), "{one}");
}

#[test]
fn those_who_lead_are_told_of_the_school_and_governors_of_nobody() {
    let desk = with_two_days();
    let beside = ["Beside the targets", "Beside England", "What was done", "By year group"];
    for (name, own) in [
        ("improved", &["Pupils", "Tutor groups"][..]),
        ("head-weekly", &["The school", "Missed most"]),
        ("slt", &["By group of pupils", "Absence by half-day", "Marks by code"]),
        ("half-term", &["By group of pupils", "Absence by half-day", "Marks by code"]),
        ("governors", &["The trend", "By group of pupils"]),
    ] {
        let text = desk.run(&["report", name]).ends(0).out;
        let shared: &[&str] = if name == "improved" { &[] } else { &beside };
        for heading in own.iter().chain(shared) {
            assert!(text.contains(&format!("\n{heading}\n{}\n", "-".repeat(heading.len()))), "{heading}: {text}");
        }
    }
    let text = desk.run(&["report", "governors"]).ends(0).out;
    for pupil in desk.ask("SELECT surname FROM pupil") {
        assert!(!text.contains(pupil[0].as_deref().unwrap()), "{text}");
    }
}

#[test]
fn what_was_known_then_is_told_as_it_was() {
    let desk = with_two_days();
    for name in ["league", "improved", "persistent", "head-weekly", "slt", "half-term", "governors"] {
        let text = desk.run(&["report", name, "--as-of", "2026-11-23"]).ends(0).out;
        assert!(text.contains("\nAs recorded: 23:59 on Mon 23 Nov 2026\nMade: 09:20 on Tue 24 Nov 2026\n"), "{text}");
        assert!(text.contains("Dates: ") && text.contains("Mon 23 Nov 2026\n"), "{text}");
    }
    for name in ["daily", "unexplained", "lates", "registers", "weekly"] {
        let refused = desk.run(&["report", name, "--as-of", "2026-11-23"]).ends(2);
        assert!(refused.err.contains("it is not known when it was put down"), "{}", refused.err);
    }
    desk.run(&["report", "league", "--as-of", "2026-11-23", "--to", "2026-11-24"]).ends(2);
    assert_eq!(desk.run(&["report", "lates", "--as-of", "2026-11-24"]).ends(0).out, desk.run(&["report", "lates"]).out);
}

#[test]
fn a_school_lays_newer_figures_of_england_beside_its_record() {
    let desk = with_two_days();
    let file = desk.folder.path().join("england.toml");
    let told = |desk: &Desk| {
        let (path, csv) = at(desk, "slt.csv");
        desk.run(&["report", "slt", "--out", &csv, "--replace"]).ends(0);
        fs::read_to_string(path).unwrap()
    };
    assert!(told(&desk).contains("2025/26 up to 10 July"), "{}", told(&desk));
    let row = "what = \"absence\", schools = \"secondary\", dates = \"2026/27 up to 13 November\", tenths = 80, source = \"DfE\", \
               as-of = \"2026-11-13\", sure = \"published\"";
    fs::write(&file, format!("figures = [{{ {row} }}]")).unwrap();
    let text = told(&desk);
    assert!(text.contains("2026/27 up to 13 November") && !text.contains("2025/26"), "{text}");
    fs::write(&file, "figures = []").unwrap();
    assert!(told(&desk).contains("No figure held of England's secondary schools by then."));
    fs::write(&file, "figures = [{ what = \"absence\" }]").unwrap();
    let refused = desk.run(&["report", "slt"]).ends(2);
    assert!(refused.err.contains("england.toml is not right: "), "{}", refused.err);
}

#[test]
fn several_year_groups_are_told_together() {
    let desk = with_two_days();
    let counted = |years: &str| {
        let args = ["figures", "--by", "year", "--year", years, "--from", "2026-11-23", "--to", "2026-11-23", "--json"];
        let rows = desk.run(&args).ends(0).rows();
        rows.iter().map(|row| (row["year"].as_i64(), row["possible"].as_i64())).collect::<Vec<_>>()
    };
    let each: Vec<_> = ["8", "9", "10"].into_iter().flat_map(counted).collect();
    assert_eq!(counted("8,9,10"), each);
    let text = desk.run(&["report", "exams", "--year", "8", "--year", "9"]).ends(0).out;
    assert!(text.contains("Only: Year 8, Year 9\n"), "{text}");
    desk.run(&["report", "exams", "--year", "8,"]).ends(2);
}

#[test]
fn a_report_without_names_names_nobody() {
    let desk = with_two_days();
    let pupils = desk.ask("SELECT surname FROM pupil");
    for name in NAMES {
        for ending in ["txt", "csv", "html"] {
            let (path, file) = at(&desk, &format!("anonymous-{name}.{ending}"));
            desk.run(&["report", name, "--anonymous", "--out", &file]).ends(0);
            let text = fs::read_to_string(path).unwrap();
            for pupil in &pupils {
                assert!(!text.contains(pupil[0].as_deref().unwrap()), "{name}: {text}");
            }
            assert!(!text.contains("Kemp") && !text.contains("Webb"), "{name}: {text}");
        }
    }
}

#[test]
fn what_is_asked_wrongly_leaves_no_file() {
    let desk = with_two_days();
    let (taken, taken_name) = at(&desk, "taken.txt");
    fs::write(&taken, "mine").unwrap();
    let (link, link_name) = at(&desk, "link.html");
    symlink(&taken, &link).unwrap();
    let [word, new] = ["x.docx", "new.txt"].map(|name| at(&desk, name).1);
    let before = desk.run(&["disclosures", "--json"]).rows().len();
    for (args, exit) in [
        (&["report", "nonsense"][..], 2),
        (&["report", "--year", "8"], 2),
        (&["report", "lates", "--json"], 2),
        (&["report", "lates", "--out", &word], 2),
        (&["report", "lates", "--out", &taken_name], 3),
        (&["report", "lates", "--out", &link_name], 3),
        (&["report", "lates", "--out", &link_name, "--replace"], 3),
        (&["report", "lates", "--to", "2026-11-25", "--out", &new], 2),
        (&["report", "lates", "--from", "2026-11-24", "--to", "2026-11-23", "--out", &new], 2),
        (&["report", "lates", "--group", "7XX", "--out", &new], 1),
        (&["report", "lates", "--cohort", "tall", "--out", &new], 2),
    ] {
        desk.run(args).ends(exit);
    }
    assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
    assert!(!std::path::Path::new(&new).exists() && !std::path::Path::new(&format!("{new}.part")).exists());
    assert_eq!(desk.run(&["disclosures", "--json"]).rows().len(), before, "nothing was shown");
    desk.run(&["report", "lates", "--out", &taken_name, "--replace"]).ends(0);
    assert!(fs::read_to_string(&taken).unwrap().starts_with("Lates and minutes lost\n"));
}

#[test]
fn before_school_and_on_closed_days_a_report_says_so() {
    let desk = with_two_days();
    let text = desk.run_at("2026-11-22T11:00", &["report", "daily"]).ends(0).out;
    assert!(text.contains("Nothing is counted: "), "{text}");
    let text = desk.run_at("2026-11-24T07:00", &["report", "daily"]).ends(0).out;
    assert!(text.contains("Nothing is counted: no register has opened yet."), "{text}");
    for name in NAMES {
        desk.run_at("2026-11-22T11:00", &["report", name]).ends(0);
        desk.run_at("2026-11-22T11:00", &["report", name, "--anonymous"]).ends(0);
    }
}
