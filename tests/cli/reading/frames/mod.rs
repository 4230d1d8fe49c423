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

/// Of a sheet kept by hand one percentage is another, one row nobody's, and one week not in the record.
#[test]
fn the_sheet_that_was_kept_by_hand_stands_beside_the_record() {
    let desk = school();
    let sheet = desk.folder.path().join("tracker.csv");
    let rows = "Year 11 tracker,,,,\n\nAdm No,Name,w/c 02/11/2026,9 Nov,w/c 07/12/2026\n\
                317,\"Quirk, Fin\",100,100,\n318,\"Rashid, Ada\",100%,90,\n,Ben Sykes,100,100,50\n,Total,96,97,\n";
    std::fs::write(&sheet, rows).unwrap();
    let sheet = sheet.to_str().unwrap();
    let dates = ["--from", "2026-11-02", "--to", "2026-11-20", "--year", "11"];
    let text = desk.run(&[&["report", "tracking", "--beside", sheet], &dates[..]].concat()).ends(0).out;
    insta::assert_snapshot!("tracking_beside", text);
    let without =
        desk.run(&[&["report", "tracking", "--anonymous", "--beside", sheet], &dates[..]].concat()).ends(0).out;
    assert!(!without.contains("Rashid") && !without.contains("Total"), "{without}");
    desk.run(&["report", "weekly", "--beside", sheet]).ends(2);
    let other = desk.folder.path().join("marks.csv");
    let refused = desk.run(&["report", "tracking", "--beside", other.to_str().unwrap()]).ends(3);
    assert!(refused.err.contains("has no table with a row for each pupil"), "{}", refused.err);
}

/// The workbook that a report is can be read back beside the record, and says the same.
#[test]
fn a_workbook_that_was_made_is_read_back_the_same() {
    let desk = school();
    let book = desk.folder.path().join("tracking.xlsx");
    let book = book.to_str().unwrap();
    desk.run(&["report", "tracking", "--out", book]).ends(0);
    let text = desk.run(&["report", "tracking", "--beside", book]).ends(0).out;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("24 rows with a percentage, 24 of pupils of this report; 0 percentages of"), "{text}");
    assert!(text.contains("None differs.") && text.contains("Every row is a pupil's."), "{text}");
}
