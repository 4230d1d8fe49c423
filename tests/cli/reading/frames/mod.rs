//! Each report as its reader has it: eighty columns of text, whole.

mod school;

use school::school;
use unicode_width::UnicodeWidthStr;

#[test]
fn every_report_is_text_of_eighty_columns() {
    let desk = school();
    let names = desk.run(&["report", "--json"]).ends(0).rows();
    let names: Vec<&str> = names.iter().map(|row| row["name"].as_str().unwrap()).collect();
    for name in names {
        let more: &[&str] = match name {
            "leave-card" => &["--pupil", "302"],
            "exams" => &["--from", "2026-11-16", "--to", "2026-11-17", "--year", "11"],
            "providers" => &["--from", "2026-11-02", "--to", "2026-11-13"],
            _ => &[],
        };
        let text = desk.run(&[&["report", name], more].concat()).ends(0).out;
        for line in text.lines() {
            assert!(line.width() <= 80 && line.trim_end() == line, "{name}: {line:?}");
        }
        insta::assert_snapshot!(format!("report_{}", name.replace('-', "_")), text);
    }
}

#[test]
fn without_names_governors_and_the_board_are_told_of_nobody() {
    let desk = school();
    for name in ["league", "weekly"] {
        let text = desk.run(&["report", name, "--anonymous"]).ends(0).out;
        insta::assert_snapshot!(format!("anonymous_{name}"), text);
    }
}
