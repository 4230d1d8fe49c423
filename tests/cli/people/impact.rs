//! Impact by command: attendance before and after what was done, with its sessions, and pooled without names.

use serde_json::json;

use crate::support::*;

/// Autumn without half-term; pupil 301 is absent in the mornings before 12 October, and here since.
fn school() -> Desk {
    let desk = Desk::bare();
    desk.run(&["init", "--name", "Harrington High"]).ends(0);
    desk.import("calendar.csv", "kind,name,from,until\nterm,Autumn,2026-09-02,2026-12-18\n", &[]).ends(0);
    let mut pupils = "admission_no,surname,forename,year,tutor_group,from,until,date_of_birth\n".to_owned();
    for number in 301..=306 {
        pupils += &format!("{number},Pugh,Ned{number},9,9BW,2024-09-02,,2012-10-01\n");
    }
    desk.import("pupils.csv", &pupils, &[]).ends(0);
    let days = desk.ask(
        "WITH RECURSIVE day (date) AS (VALUES ('2026-09-02') UNION ALL SELECT date(date, '+1 day') FROM day WHERE date < '2026-11-23')
         SELECT date FROM day WHERE strftime('%w', date) NOT IN ('0', '6')",
    );
    let mut rows = "admission_no,date,session,code\n".to_owned();
    for day in days.into_iter().flatten().flatten() {
        for pupil in 301..=306 {
            let morning = if pupil == 301 && day.as_str() < "2026-10-12" { "O" } else { "/" };
            rows += &format!("{pupil},{day},AM,{morning}\n{pupil},{day},PM,\\\n");
        }
    }
    desk.import("marks.csv", &rows, &[]).ends(0);
    desk
}

fn letter(desk: &Desk, pupil: &str, on: &str) {
    let with = ["--way", "letter", "--with", "Mrs Pugh", "--on", on];
    desk.run(&[&["case", "add", "contact", pupil], &with[..]].concat()).ends(0);
}

#[test]
fn a_row_has_both_sides_the_year_group_s_change_and_what_it_may_not_be() {
    let desk = school();
    letter(&desk, "301", "2026-10-12");
    let row = desk.run(&["impact", "301", "--json"]).ends(0).rows().remove(0);
    assert_eq!(
        json!([
            row["before"]["attended"],
            row["before"]["possible"],
            row["after"]["attended"],
            row["after"]["possible"]
        ]),
        json!([20, 40, 40, 40])
    );
    // Five of the six were always here: 220 of 240, and 240 of 240.
    assert_eq!(json!([row["points"], row["year_group"], row["net"]]), json!([500, 83, 417]));
    assert_eq!(
        json!([row["became"], row["provisional"], row["overlaps"], row["fewer_missed"]]),
        json!(["improved", false, false, 20])
    );
    let text = desk.run(&["impact", "301"]).ends(0).out;
    assert!(text.contains("20 of 40 before, 40 of 40 after, +50.0 points, +41.7 less the year group's"), "{text}");
    assert!(!text.contains("caused"), "{text}");
    // Two whose weeks overlap: each says so. A call is none.
    letter(&desk, "301", "2026-11-02");
    desk.run(&["case", "add", "contact", "301", "--way", "call", "--with", "Mrs Pugh"]).ends(0);
    let rows = desk.run(&["impact", "301", "--json"]).ends(0).rows();
    let flags: Vec<_> = rows.iter().map(|row| json!([row["overlaps"], row["provisional"]])).collect();
    assert_eq!(flags, [json!([true, false]), json!([true, true])]);
    // After 12 possible sessions it is too early to say.
    letter(&desk, "302", "2026-11-13");
    let row = desk.run(&["impact", "302", "--json"]).ends(0).rows().remove(0);
    assert_eq!(json!([row["after"]["possible"], row["became"], row["points"]]), json!([12, "too-early", null]));
}

#[test]
fn governors_are_told_no_group_of_fewer_than_five() {
    let desk = school();
    for pupil in ["301", "302", "303", "304"] {
        letter(&desk, pupil, "2026-10-12");
    }
    let pooled = || desk.run(&["impact", "--pooled", "--json"]).ends(0).rows().remove(0);
    assert_eq!(json!([pooled()["left_out"], pooled()["improved"], pooled()["points"]]), json!([true, null, null]));
    letter(&desk, "305", "2026-10-12");
    let row = pooled();
    assert_eq!(json!([row["improved"], row["same"], row["worse"], row["pupils"]]), json!([1, 4, 0, 5]));
    assert_eq!(json!([row["before_attended"], row["before_possible"], row["points"]]), json!([180, 200, 100]));
    assert!(!desk.run(&["impact", "--pooled"]).ends(0).out.contains("Pugh"));
    // That a case came to a stage is asked for by itself.
    desk.run(&["case", "open", "301", "--why", "below 90 %"]).ends(0);
    let stage = desk.run(&["impact", "--stage", "concern", "--json"]).ends(0).rows();
    assert_eq!(json!([stage.len(), stage[0]["kind"]]), json!([1, "stage Concern"]));
    assert!(desk.run(&["impact", "--event", "meeting"]).ends(0).out.contains("Nothing was done yet"));
}
