//! What is typed wrongly, awkwardly or not at all; and what was understood of what was typed.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::support::*;

#[test]
fn a_date_has_a_year_of_four_figures() {
    let desk = Desk::harrington();
    for date in ["+262142-12-31", "-262143-01-01", "0026-11-24", "26-11-24", "2026-02-30"] {
        for command in [&["watch", "add", "kofi", "--reason", "truancy", "--until"][..], &["tape", "--date"]] {
            let mut args = command.to_vec();
            let last = format!("{}={date}", args.pop().unwrap());
            args.push(&last);
            let output = desk.run(&args).ends(2);
            assert!(output.err.contains("write a date as 2026-11-24"), "{}", output.err);
        }
    }
    assert_eq!(desk.ask("SELECT count(*) FROM watched")[0][0].as_deref(), Some("0"));
}

fn report(desk: &Desk, now: &str, line: &str) -> CommandOutput {
    desk.run_at(now, &["report-absence", "kofi", "--code", "I", "--by", "Mrs Osei", "--when", line])
}

#[test]
fn a_year_of_two_figures_is_of_this_century() {
    let output = report(&Desk::harrington(), NOW, "until 26/11/26").ends(0);
    insta::assert_snapshot!(output.out, @"Osei, Kofi 9BW: I reported, Tue 24 Nov to Thu 26 Nov.");
}

#[test]
fn days_without_school_that_were_typed_are_said_with_the_receipt() {
    let desk = Desk::harrington();
    let output = report(&desk, NOW, "fri-mon").ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Osei, Kofi 9BW: I reported, Mon 30 Nov.
    But not Fri 27 Nov (the school is closed: staff training).
    "#);
    let output = report(&desk, NOW, "thu-mon").ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Osei, Kofi 9BW: I reported, Thu 26 Nov to Mon 30 Nov.
    But staff training left out.
    "#);
    let args = ["report-absence", "kofi", "--code", "I", "--by", "Mrs Osei", "--when", "back sat", "--json"];
    let output = desk.run(&args).ends(0).json();
    insta::assert_snapshot!(output["but"].as_str().unwrap_or("null"), @"not Sat 28 Nov (it is a weekend)");
    assert_eq!(report(&desk, NOW, "back wed").ends(0).out.lines().count(), 1, "nothing was left out");
}

#[test]
fn the_first_day_needs_its_last_and_the_other_way_round_names_the_year() {
    let desk = Desk::harrington();
    let args = |more: &[&'static str]| [&["report-absence", "kofi", "--code", "I", "--by", "Mrs Osei"], more].concat();
    let output = desk.run(&args(&["--from", "2026-11-24"])).ends(2);
    assert!(output.err.contains("--until") && !output.err.contains("--when"), "{}", output.err);
    let output = desk.run(&args(&["--until", "2025-11-25"])).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: Tue 25 Nov 2025 is before Tue 24 Nov 2026: give the first day first");
    let output = desk.run(&["amendments", "kofi", "--from", "2026-11-25"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: 2026-11-24 is before 2026-11-25: give the first day first");
}

#[test]
fn a_name_of_nothing_means_nobody_and_is_said_to_be_missing() {
    let desk = Desk::harrington();
    for name in ["", " ", "\u{1b}\u{7}", "\u{202e}"] {
        for command in ["late", "who", "cpoms", "back"] {
            let output = desk.run(&[command, name, "--json"]).ends(1);
            assert_eq!(output.json()["refused"], "no-pupil");
            assert_eq!(output.err, "firstbell: say which pupil: a name or an admission number\n");
        }
        desk.run(&["fire", name]).ends(1);
        desk.run(&["out", "kofi", name]).ends(1);
        desk.run(&["confirm", "kofi", "--by", name]).ends(1);
    }
    assert_eq!(desk.ask("SELECT count(*) FROM act WHERE who = 'S Marsh'")[0][0].as_deref(), Some("0"));
}

#[test]
fn nobody_without_a_mark_is_confirmed() {
    let output = Desk::harrington().run(&["confirm", "bilal", "--by", "Mr Hall"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: Khan, Bilal 10DP has no mark yet: there is nobody to confirm");
}

#[test]
fn cover_by_nobody_is_called_so_on_the_tape() {
    let desk = Desk::harrington();
    desk.run(&["cover", "10DP", "--teacher", "", "--room", " \u{7}"]).ends(0);
    assert!(desk.run(&["tape"]).ends(0).out.contains(", S Marsh: cover of 10DP: none.\n"));
}

#[test]
fn whoever_came_after_all_is_in_and_no_longer_ill_for_the_afternoon() {
    let desk = Desk::harrington();
    report(&desk, NOW, "back thu").ends(0);
    desk.run(&["late", "kofi"]).ends(0);
    let card = desk.run(&["who", "kofi"]).ends(0).out;
    assert!(card.contains("Now: in; last seen gate 09:20.\n"), "{card}");
    assert!(
        card.contains("PM today: blank, not known where. Why: no mark yet: gate 09:20 ends report I by Mrs Osei."),
        "{card}"
    );
}

#[test]
fn whoever_was_said_to_be_away_all_day_and_came_is_on_the_afternoon_s_fire_list() {
    let desk = Desk::harrington();
    report(&desk, NOW, "back thu").ends(0);
    desk.run(&["late", "kofi", "--at", "08:57"]).ends(0);
    let list = desk.run_at("2026-11-24T14:00", &["fire", "9BW"]).ends(0).out;
    assert!(list.contains("[ ] Osei, Kofi                                L 08:57 gate\n"), "{list}");
    let card = desk.run_at("2026-11-24T14:00", &["who", "kofi"]).ends(0).out;
    assert!(card.contains("Now: last seen gate 08:57.\n"), "{card}");
}

#[test]
fn letters_of_no_alphabet_are_a_mistake_of_usage() {
    let desk = Desk::harrington();
    for command in [&["late"][..], &["out", "kofi"], &["fire"], &["cover", "8KM", "--teacher"]] {
        let mut program = desk.command();
        let output = read_output(program.args(command).arg(OsStr::from_bytes(b"a\xff")).output().unwrap()).ends(2);
        assert!(output.err.contains("invalid UTF-8"), "{}", output.err);
    }
}

/// Words that would run in a spreadsheet or command a terminal.
#[test]
fn imported_lessons_cannot_command_a_terminal_or_a_spreadsheet() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("lessons.csv");
    let rows = "admission_no,date,period,class,teacher,room,code\n\
        1,2026-11-24,1,=cmd|calc,\u{1b}[31mMs\u{7} Ali\u{202e},@R4,\n\
        5,2026-11-24,1,=cmd|calc,,,N\n\
        3,2026-11-24,=9\u{1b}[2J,9BW,,,/\n\
        99,2026-11-24,1,9BW,,,/\n\
        3,2026-11-24,2,\u{1b}\u{7},,,/\n\
        3,-2026\u{9b},2,9BW,,,/\n";
    std::fs::write(&file, rows).unwrap();
    let output = desk.run(&["import", file.to_str().unwrap()]).ends(0);
    let kept = std::fs::read_to_string(desk.folder.path().join("lessons.rejects.csv")).unwrap();
    assert!(kept.contains(",period,'=9[2J,") && kept.contains(",date,'-2026"), "{kept}");
    let mut all = vec![output.out, kept];
    for command in [&["unmarked"][..], &["who", "amira"], &["fire"], &["handover"], &["checks"], &["tape"]] {
        all.push(desk.run(command).ends(0).out);
        let output = desk.run(&[command, &["--json"]].concat()).ends(0);
        output.json();
        all.push(output.out);
    }
    assert!(all.iter().any(|text| text.contains("teacher [31mMs Ali, room @R4")), "{all:?}");
    for text in all {
        let bad = |c: &char| c.is_control() && !['\n', '\x0c'].contains(c) || ('\u{202a}'..='\u{202e}').contains(c);
        assert_eq!(text.chars().find(bad), None, "{text}");
    }
}
