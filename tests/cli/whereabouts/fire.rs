//! The fire list as it prints, and who is elsewhere by arrangement.

use serde_json::json;

use crate::support::*;

#[test]
fn the_fire_list_prints_a_page_a_group() {
    let desk = Desk::harrington();
    desk.run(&["late", "bilal", "--at", "09:12"]).ends(0);
    let output = desk.run_at("2026-11-24T10:42:10", &["fire"]).ends(0);
    insta::assert_snapshot!(output.out.replace('\x0c', "~~~~~ form feed ~~~~~\n"), @r#"
    Harrington High: fire list 8KM, Mrs Kemp
    As recorded at 10:42:10 on Tue 24 Nov; newest entry 09:20
    2 on site, 2 not known; 7 to account for in the whole school

    [ ] O’Neill-Smith, Zoë                        / 08:50 register
    [ ] Smith, Jo                                 L 08:46 register

    Not known: look for
    [ ] Khan, Amira                               N
    [ ] Zoë[31m2J]0;x Mc Bad, Bea                 N
    ~~~~~ form feed ~~~~~
    Harrington High: fire list 9BW, Mr Webb
    As recorded at 10:42:10 on Tue 24 Nov; newest entry 09:20
    0 on site, 2 not known; 7 to account for in the whole school

    Not known: look for
    [ ] Osei, Kofi                                N
    [ ] Smith, Jo                                 no mark yet
    ~~~~~ form feed ~~~~~
    Harrington High: fire list 10DP, Dr Price
    As recorded at 10:42:10 on Tue 24 Nov; newest entry 09:20
    1 on site, 0 not known; 7 to account for in the whole school

    [ ] Khan, Bilal                               U 09:12 gate
    "#);
    assert!(output.out.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80));
}

#[test]
fn one_group_is_one_page() {
    let desk = Desk::harrington();
    let output = desk.run(&["fire", "9bw"]).ends(0);
    assert!(
        output.out.starts_with("Harrington High: fire list 9BW, Mr Webb\n") && !output.out.contains('\x0c'),
        "{}",
        output.out
    );
    assert!(output.out.contains("0 on site, 2 not known; 7 to account for in the whole school"), "{}", output.out);
    insta::assert_snapshot!(desk.run(&["fire", "9ZZ"]).ends(1).err, @"firstbell: there is no tutor group “9ZZ”");
}

#[test]
fn the_fire_list_for_other_programs() {
    let desk = Desk::harrington();
    let output = desk.run(&["fire", "8KM", "--json"]).ends(0);
    let rows = output.rows();
    let facts: Vec<_> = rows.iter().map(|row| json!([row["name"], row["tutor"], row["on_site"], row["why"]])).collect();
    assert_eq!(facts[0], json!(["Khan, Amira", "Mrs Kemp", "unknown", "N"]));
    assert_eq!(facts[1], json!(["O’Neill-Smith, Zoë", "Mrs Kemp", "yes", "/ 08:50 register"]));
}

#[test]
fn a_group_is_ticked_off_but_those_who_are_named() {
    let desk = Desk::harrington();
    let output = desk.run_at("2026-11-24T10:42", &["fire", "8km", "--seen", "--not-seen", "amira khan"]).ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Khan, Amira 8KM NOT seen, roll call 10:42.
    3 of 8KM seen, all but Khan, Amira; roll call 10:42.
    "#);
    let again = desk.run_at("2026-11-24T10:44", &["fire", "8KM", "--seen"]).ends(1);
    insta::assert_snapshot!(again.err, @"firstbell: 8KM is gone through: 3 of 4 are seen");
    let output = desk.run_at("2026-11-24T10:44", &["fire", "9bw", "--seen", "--json"]).ends(0).json();
    assert_eq!(output["says"], "2 of 9BW seen; roll call 10:42");
    desk.run_at("2026-11-24T10:45", &["undo"]).ends(0);
    let stands = "SELECT count(*) FROM sighting WHERE withdrawn IS NULL";
    assert_eq!(desk.ask(stands)[0][0].as_deref(), Some("4"));
    let wrong = desk.run_at("2026-11-24T10:46", &["fire", "9bw", "--seen", "--not-seen", "amira"]).ends(1);
    assert!(wrong.err.contains("nobody of 9BW is called"), "{}", wrong.err);
    assert_eq!(desk.ask(stands)[0][0].as_deref(), Some("4"), "nothing is recorded");
    desk.run(&["fire", "--seen"]).ends(2);
}

#[test]
fn a_day_without_school_expects_nobody() {
    let output = Desk::harrington().run_at("2026-11-27T10:42:10", &["fire"]).ends(0);
    insta::assert_snapshot!(output.out, @r#"
    Harrington High: fire list: nobody to account for
    As recorded at 10:42:10 on Fri 27 Nov; no entry yet
    "#);
}

#[test]
fn another_desk_s_lock_is_not_waited_for_and_nothing_is_written() {
    let desk = Desk::harrington();
    let other = rusqlite::Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // A desk that waited would give up after five seconds, with a fault.
    desk.run(&["fire"]).ends(0);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.ask("SELECT count(*) FROM sighting")[0][0].as_deref(), Some("0"));
}

fn arranged() -> Desk {
    let desk = Desk::harrington();
    for name in ["amira", "kofi"] {
        let report =
            ["report-absence", name, "--code", "B", "--until", "2026-11-24", "--by", "Ms Lee", "--words", "Harbour AP"];
        desk.run(&report).ends(0);
    }
    desk
}

#[test]
fn a_provider_confirms_several_at_once() {
    let desk = arranged();
    let output = desk.run(&["confirm", "amira", "kofi", "--by", "Mr Hall"]).ends(0);
    insta::assert_snapshot!(output.out, @"Khan, Amira 8KM and 1 more there, says Mr Hall.");
    desk.run_at("2026-11-24T10:05", &["confirm", "kofi", "--by", "Mr Hall", "--not-there"]).ends(0);
    insta::assert_snapshot!(desk.run_at("2026-11-24T10:06", &["off-site"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 10:06. Elsewhere by arrangement: 2, 0 due to be confirmed.
    Harbour AP: Khan, Amira, 8KM, flags CP, B, there, said Mr Hall at 09:20, recorded by S Marsh.
    Harbour AP: Osei, Kofi, 9BW, flags EHC, B, not there, said Mr Hall at 10:05, recorded by S Marsh.
    "#);
    desk.run_at("2026-11-24T10:07", &["undo"]).ends(0);
    let rows = desk.run_at("2026-11-24T10:08", &["off-site", "--json"]).ends(0).rows();
    assert_eq!(rows[1]["state"], "there");
    assert_eq!(
        (&rows[1]["said_by"], &rows[1]["at"], &rows[1]["due"]),
        (&json!("Mr Hall"), &json!("09:20"), &json!("10:00"))
    );
}

#[test]
fn who_is_not_elsewhere_cannot_be_confirmed() {
    let desk = arranged();
    insta::assert_snapshot!(desk.run(&["off-site"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Elsewhere by arrangement: 2, 0 due to be confirmed.
    Harbour AP: Khan, Amira, 8KM, flags CP, B, waiting until 10:00.
    Harbour AP: Osei, Kofi, 9BW, flags EHC, B, waiting until 10:00.
    "#);
    let output = desk.run(&["confirm", "amira", "o'neill", "--by", "Mr Hall"]).ends(1);
    insta::assert_snapshot!(output.err, @"firstbell: O’Neill-Smith, Zoë 8KM stands at /: there is nobody to confirm");
    assert_eq!(desk.ask("SELECT count(*) FROM confirmation")[0][0].as_deref(), Some("0"));
    desk.run(&["confirm", "amira"]).ends(2);
    desk.run(&["confirm", "--by", "Mr Hall"]).ends(2);
    insta::assert_snapshot!(Desk::harrington().run(&["off-site"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Elsewhere by arrangement: 0, 0 due to be confirmed.
    Nobody is elsewhere by arrangement.
    "#);
}
