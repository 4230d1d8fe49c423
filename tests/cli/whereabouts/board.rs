//! The day's board by command: in 80 columns, and for other programs.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::support::*;

fn desk() -> Desk {
    let desk = Desk::harrington();
    desk.run(&["out", "o'neill", "dentist, back 11:30"]).ends(0);
    let report =
        ["report-absence", "bilal", "--code", "I", "--until", "2026-11-25", "--by", "Mrs Khan", "--words", "flu"];
    desk.run(&report).ends(0);
    desk.run(&["late", "kofi", "--at", "09:12"]).ends(0);
    desk
}

#[test]
fn the_board_is_read_out_in_eighty_columns() {
    let output = desk().run_at("2026-11-24T09:26", &["board"]).ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Board of Tuesday 24 November 2026 AM

    7 on roll = 3 in + 1 explained + 2 unexplained + 1 no mark.

    Explained by code: I 1.

    Out now: 1
    - 8KM O’Neill-Smith, Zoë: since 09:20, due 11:30, dentist, back 11:30

    Expected: 0. Nobody.

    Unexplained: 2
    - 8KM Khan, Amira: N, call 09:10
    - 8KM Zoë[31m2J]0;x Mc Bad, Bea: N, call 09:40

    Explained: 1
    - 10DP Khan, Bilal: I, Mrs Khan 09:20: flu, back Thu 26 Nov

    No mark: 1
    - 9BW Smith, Jo: left blank by Mr Webb

    Harrington High, as recorded at 09:26 on Tue 24 Nov
    "#);
    assert!(output.out.lines().all(|line| line.width() <= 80));
}

#[test]
fn a_filter_is_named_and_counted() {
    let output = desk().run_at("2026-11-24T09:26", &["board", "--group", "8km", "--code", "n"]).ends(0);
    assert!(output.out.contains("AM, only 8KM N\n"), "{}", output.out);
    assert!(output.out.contains("2 of 7 on roll = 0 in + 0 explained + 2 unexplained + 0 no mark."), "{}", output.out);
    assert!(!output.out.contains("Bilal"));
    let whole = desk().run_at("2026-11-24T09:26", &["board", "--year", "8"]).ends(0);
    assert!(whole.out.contains("7 on roll = "), "{}", whole.out);
    for (args, text) in [
        (&["board", "--group", "9ZZ"], "there is no tutor group “9ZZ”"),
        (&["board", "--year", "13"], "there is no year 13"),
        (&["board", "--code", "QQ"], "“QQ” is no attendance code"),
    ] {
        assert!(desk().run(args).ends(1).err.contains(text), "{args:?}");
    }
}

#[test]
fn the_board_for_other_programs_adds_up() {
    let row = desk().run_at("2026-11-24T09:26", &["board", "--json"]).ends(0).rows().remove(0);
    let of = |name: &str| row["counts"][name].as_u64().unwrap();
    let places = ["in", "explained", "not_required", "unexplained", "no_mark"];
    assert_eq!(places.into_iter().map(of).sum::<u64>(), of("on_roll"));
    let pupils = row["pupils"].as_array().unwrap();
    let called = |name: &str| pupils.iter().find(|one| one["name"].as_str().unwrap().contains(name)).unwrap().clone();
    assert_eq!(called("Neill")["out"], json!({"since": "09:20", "why": "dentist, back 11:30", "due": "11:30"}));
    assert_eq!(called("Bilal")["back"], json!({"date": "2026-11-26", "session": "AM"}));
    let handed = desk().run_at("2026-11-24T09:26", &["handover", "--json"]).ends(0).rows().remove(0);
    for (theirs, ours) in [
        ("on_roll", "on_roll"),
        ("seen", "in"),
        ("explained", "explained"),
        ("not_required", "not_required"),
        ("unexplained", "unexplained"),
        ("blank", "no_mark"),
    ] {
        assert_eq!(handed["account"][theirs], row["counts"][ours], "{theirs}");
    }
}

#[test]
fn who_is_asked_after_is_not_for_the_gate() {
    let output = crate::roles::staffed().run(&["board", "--as", "gate"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: the day's work is for a reader: this login is a gate's");
    assert_eq!(output.out, "");
}

#[test]
fn a_day_without_school_has_no_board() {
    let output = Desk::harrington().run_at("2026-11-27T09:26", &["board"]).ends(0);
    assert!(output.out.contains("There is no school today: "), "{}", output.out);
}
