//! What the reading commands say, as text and as JSON.

mod frames;
mod lists;
mod reports;

use firstbell::domain::act::{Act, Snooze, TakeRegister, TakenBy};
use firstbell::domain::incoming::{Incoming, IncomingLesson, PupilKey};
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::Store;

use crate::support::*;

#[test]
fn unmarked_registers_are_said_whole() {
    let desk = Desk::harrington();
    insta::assert_snapshot!(desk.run(&["unmarked"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Registers not in: 2 of 3.
    10DP: overdue 30 minutes, tutor Dr Price, room Lab2, not chased.
    9BW: 1 of 2 marked, 1 blank, tutor Mr Webb, room R12, not chased. Blank: Smith, Jo 9BW.
    "#);
    let output = desk.run(&["unmarked", "--json"]).ends(0);
    insta::assert_snapshot!(output.out, @r#"{"school":"Harrington High","date":"2026-11-24","session":"AM","as_of":"09:20","closed":null,"rows":[{"group":"10DP","lesson":null,"year":10,"session":"AM","state":"overdue","minutes_overdue":30,"put_off_until":null,"marked":0,"on_roll":1,"blanks":[{"pupil":2,"admission_no":"2","name":"Khan, Bilal","surname":"Khan","forename":"Bilal","group":"10DP","year":8,"flags":[],"tier":"standard"}],"tutor":"Dr Price","cover":null,"room":"Lab2","chased":0,"chases":[],"sessions_chased_this_month":0,"taken_at":null,"taken_by":null},{"group":"9BW","lesson":null,"year":9,"session":"AM","state":"part-marked","minutes_overdue":null,"put_off_until":null,"marked":1,"on_roll":2,"blanks":[{"pupil":6,"admission_no":"6","name":"Smith, Jo","surname":"Smith","forename":"Jo","group":"9BW","year":8,"flags":[],"tier":"standard"}],"tutor":"Mr Webb","cover":null,"room":"R12","chased":0,"chases":[],"sessions_chased_this_month":0,"taken_at":"08:50","taken_by":"Mr Webb"}]}"#);
}

#[test]
fn what_is_put_off_counts_and_lessons_stand_below() {
    let desk = Desk::harrington();
    let mut store = Store::open(&desk.db, codes()).unwrap();
    let pupil = PupilKey { admission_no: Some("1".to_owned()), ..PupilKey::default() };
    let lesson = IncomingLesson { pupil, room: Some("R4".to_owned()), ..lesson(1, "2", "8KM Maths", None) };
    let files = Incoming { lessons: placed([lesson]), ..Incoming::default() };
    store.merge(&officer(), now("09:19"), &files, false, &mut |_, _| {}).unwrap();
    let group = store.roll().groups.iter().find(|group| group.name == "10DP").unwrap().id;
    desk.perform("10:10", Snooze { group, at: am(24), until: "10:20:00".parse().unwrap() });
    insta::assert_snapshot!(desk.run_at("2026-11-24T10:12", &["unmarked"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 10:12. Registers not in: 2 of 3. Lessons: 1.
    9BW: 1 of 2 marked, 1 blank, tutor Mr Webb, room R12, not chased. Blank: Smith, Jo 9BW.
    10DP: overdue 1 h 22 m, tutor Dr Price, room Lab2, not chased, put off until 10:20.
    P2 8KM Maths: overdue 12 minutes, teacher Ms Ali, room R4, not chased.
    "#);
    let rows = desk.run_at("2026-11-24T10:12", &["unmarked", "--json"]).rows();
    assert_eq!(rows[1]["put_off_until"], "10:20");
    assert_eq!(rows[2]["group"], serde_json::Value::Null);
    assert_eq!(rows[2]["lesson"], serde_json::json!({"period": "2", "class": "8KM Maths", "teacher": "Ms Ali"}));
    assert_eq!(rows[2]["blanks"][0]["name"], "Khan, Amira");
}

#[test]
fn a_register_that_is_not_due_yet_is_not_overdue() {
    let desk = Desk::harrington();
    let rows = desk.run_at("2026-11-24T08:45", &["unmarked", "--json"]).rows();
    assert_eq!(rows.last().unwrap()["state"], "unmarked");
    assert_eq!(rows.last().unwrap()["minutes_overdue"], serde_json::Value::Null);
}

#[test]
fn every_register_in_is_a_sentence() {
    let desk = Desk::harrington();
    desk.run(&["mark", "jo smith 9bw", "/", "--reason", "seen"]).ends(0);
    let store = Store::open(&desk.db, codes()).unwrap();
    let group = store.roll().pupil(PupilId(2)).unwrap().group.unwrap();
    let by = TakenBy::Paper("Dr Price".to_owned());
    desk.perform("09:19", TakeRegister { by, ..handed_in(group, am(24), "", &[(PupilId(2), "/")]) });
    insta::assert_snapshot!(desk.run(&["unmarked"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Registers not in: 0 of 3.
    Every register is in.
    "#);
    assert_eq!(desk.run(&["unmarked", "--json"]).rows(), Vec::<serde_json::Value>::new());
}

#[test]
fn the_unexplained_come_in_the_order_they_are_followed_up() {
    let desk = Desk::harrington();
    insta::assert_snapshot!(desk.run(&["unexplained"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Unexplained absences: 3, 1 overdue.
    Khan, Amira, 8KM, flags CP: AM N, call overdue 10 minutes, since 09:10, not called yet, next Mrs Khan, mother, •••• 310, reason needed by Wed 2 Dec.
    Osei, Kofi, 9BW, flags EHC: AM N, call due in 5 minutes, at 09:25, not called yet, nobody left to ring, reason needed by Wed 2 Dec.
    Zoë[31m2J]0;x Mc Bad, Bea, 8KM: AM N, call due in 20 minutes, at 09:40, not called yet, nobody left to ring, reason needed by Wed 2 Dec.
    "#);
    let output = desk.run(&["unexplained", "--json"]).ends(0);
    assert_eq!(output.names().first().map(String::as_str), Some("Khan, Amira"));
    insta::assert_snapshot!(output.rows()[0], @r#"{"admission_no":"1","call_back":null,"cause":"no-reason","claimed_by":[],"day":1,"deadline":"2026-12-02","due":{"at":"09:10","minutes_left":-10,"step":"call"},"flags":["CP"],"forename":"Amira","group":"8KM","last":null,"looked_for":false,"mark":{"code":"N","minutes":null},"missing":null,"name":"Khan, Amira","next_contact":{"name":"Mrs Khan","order":1,"other_phones":[],"phone":"•••• 310","relationship":"mother"},"overdue":true,"pupil":1,"says":"call 09:10","session":"AM","siblings_in":0,"siblings_out":0,"standing":"due","steps":[{"at":"09:10","done":false,"from_day":null,"step":"call","taken_at":null,"taken_by":null,"words":null},{"at":"09:40","done":false,"from_day":null,"step":"tell DSL","taken_at":null,"taken_by":null,"words":null},{"at":"10:10","done":false,"from_day":null,"step":"tell social worker","taken_at":null,"taken_by":null,"words":null},{"at":"11:00","done":false,"from_day":null,"step":"visit","taken_at":null,"taken_by":null,"words":null},{"at":"12:00","done":false,"from_day":null,"step":"police","taken_at":null,"taken_by":null,"words":null}],"surname":"Khan","tier":"vulnerable","tried":0,"unaware":false,"year":8}"#);
}

#[test]
fn lates_come_from_the_gate_and_from_registers() {
    let desk = Desk::harrington();
    desk.run(&["late", "kofi", "--at", "9:02", "--reason", "bus"]).ends(0);
    insta::assert_snapshot!(desk.run(&["lates"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Lates: 2.
    09:02, Osei, Kofi, 9BW, flags EHC: L 22 min, AM, bus, logged by S Marsh, 1st this half-term, 22 min this week, new, next: meet the pupil.
    08:46, Smith, Jo, 8KM: L 6 min, AM, no reason given, from the register, 1st this half-term, 6 min this week, new, next: meet the pupil.
    "#);
    insta::assert_snapshot!(desk.run(&["lates", "--json"]).ends(0).out, @r#"{"school":"Harrington High","date":"2026-11-24","session":"AM","as_of":"09:20","closed":null,"rows":[{"pupil":3,"admission_no":"3","name":"Osei, Kofi","surname":"Osei","forename":"Kofi","group":"9BW","year":8,"flags":["EHC"],"tier":"supported","session":"AM","time":"09:02","mark":{"code":"L","minutes":22},"reason":"bus","logged_by":"S Marsh","nth":1,"week_minutes":22,"state":"new","next":"meet the pupil","steps":[]},{"pupil":5,"admission_no":"5","name":"Smith, Jo","surname":"Smith","forename":"Jo","group":"8KM","year":8,"flags":[],"tier":"standard","session":"AM","time":"08:46","mark":{"code":"L","minutes":6},"reason":null,"logged_by":null,"nth":1,"week_minutes":6,"state":"new","next":"meet the pupil","steps":[]}]}"#);
}

#[test]
fn nobody_late_is_a_sentence() {
    let desk = Desk::bare();
    desk.create();
    insta::assert_snapshot!(desk.run(&["lates"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Lates: 0.
    Nobody has come late.
    "#);
    insta::assert_snapshot!(desk.run(&["unexplained"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Unexplained absences: 0, 0 overdue.
    Nobody is unexplained.
    "#);
    insta::assert_snapshot!(desk.run(&["watch"]).ends(0).out, @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Watched: 0.
    Nobody is watched.
    "#);
}

#[test]
fn the_card_has_everything() {
    let desk = Desk::harrington();
    desk.run(&["watch", "add", "amira", "--reason", "truancy", "--until", "2026-12-04"]).ends(0);
    desk.run(&["late", "amira", "--at", "08:57", "--reason", "bus"]).ends(0);
    insta::assert_snapshot!(with_own_login(&desk.run(&["who", "amira khan"]).ends(0).out), @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Pupil card.
    Khan, Amira, 8KM, year 8, admission number 1, UPN none, on roll from 2026-09-01.
    Flag CP: child protection plan.
    On the watch list: watched for truancy, until 2026-12-04, asked for by S Marsh.
    Now: in; last seen gate 08:57.
    AM today: L 17 min (late, before the register closed), in the building. Why: L 17 min: gate 08:57 beats tutor N 08:50.
    Evidence: tutor N 08:50, recorded by Mrs Kemp on 2026-11-24 at 08:50.
    Evidence: gate 08:57, “bus”, recorded by S Marsh on 2026-11-24 at 09:20.
    PM today: blank, not known where. Why: no mark yet.
    Contacts: 2.
    1. Mrs Khan, mother, phone •••• 310, ring next.
    2. Mr Khan, father, phone •••• 822.
    Calls today: 0.
    Household: 1 sibling.
    Sibling Khan, Bilal, 10DP: AM blank, PM blank.
    School year to yesterday: attendance n/a, authorised absences 0, unauthorised 0, lates 0, sessions without a mark 120.
    Last four weeks: 20 days.
    Tue 27 Oct: AM blank, PM blank.
    Wed 28 Oct: AM blank, PM blank.
    Thu 29 Oct: AM blank, PM blank.
    Fri 30 Oct: AM blank, PM blank.
    Mon 2 Nov: AM blank, PM blank.
    Tue 3 Nov: AM blank, PM blank.
    Wed 4 Nov: AM blank, PM blank.
    Thu 5 Nov: AM blank, PM blank.
    Fri 6 Nov: AM blank, PM blank.
    Mon 9 Nov: AM blank, PM blank.
    Tue 10 Nov: AM blank, PM blank.
    Wed 11 Nov: AM blank, PM blank.
    Thu 12 Nov: AM blank, PM blank.
    Fri 13 Nov: AM blank, PM blank.
    Mon 16 Nov: AM blank, PM blank.
    Tue 17 Nov: AM blank, PM blank.
    Wed 18 Nov: AM blank, PM blank.
    Thu 19 Nov: AM blank, PM blank.
    Fri 20 Nov: AM blank, PM blank.
    Mon 23 Nov: AM blank, PM blank.
    Amendments this school year: 1.
    2026-11-24 AM: N amended to L 17 min, reason: bus, rule: L 17 min: gate 08:57 beats tutor N 08:50, settled by the rule, recorded by S Marsh (own), attendance officer, on 2026-11-24 at 09:20.
    "#);
    let card = desk.run(&["who", "khan 8km", "--json"]).ends(0).rows().remove(0);
    assert_eq!(card["contacts"][0]["phone"], "•••• 310");
    assert_eq!(card["contacts"][0]["next"], true);
    assert_eq!(card["sessions"][0]["mark"], serde_json::json!({"code": "L", "minutes": 17}));
    assert_eq!(card["sessions"][0]["evidence"][1]["kind"], "gate");
    assert_eq!(card["siblings"][0]["name"], "Khan, Bilal");
    assert_eq!(card["amendments"][0]["original"], serde_json::json!({"code": "N", "minutes": null}));
    assert_eq!(card["watched"]["reason"], "truancy");
    assert_eq!(card["year_to_yesterday"]["attendance"], "n/a");
}

#[test]
fn amendments_are_told_with_who_and_their_post() {
    let desk = Desk::harrington();
    desk.run(&["mark", "kofi", "i", "--reason", "mother rang"]).ends(0);
    insta::assert_snapshot!(with_own_login(&desk.run(&["amendments", "kofi"]).ends(0).out), @r#"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Osei, Kofi 9BW, 2026-08-01 to 2026-11-24: 1 amendment.
    2026-11-24 AM: N amended to I, reason: mother rang, rule: I: office I 09:20 beats tutor N 08:50, by S Marsh (own), attendance officer, on 2026-11-24 at 09:20.
    "#);
    let row = desk.run(&["amendments", "kofi", "--json"]).ends(0).rows().remove(0);
    assert_eq!((&row["by"], &row["post"]), (&"S Marsh".into(), &"attendance officer".into()));
    assert_eq!(desk.run(&["amendments", "kofi", "--until", "2026-11-23", "--json"]).rows().len(), 0);
}

#[test]
fn a_day_without_school_is_said_in_one_sentence() {
    let desk = Desk::harrington();
    for command in [&["unmarked"][..], &["unexplained"], &["lates"], &["watch", "list"]] {
        let output = desk.run_at("2026-11-27T09:20", command).ends(0);
        let line = "Harrington High, Fri 27 Nov 2026, 09:20. There is no school today: the school is closed: staff training.\n";
        assert_eq!(output.out, line);
        let json = desk.run_at("2026-11-28T09:20", &[command, &["--json"]].concat()).ends(0).json();
        assert_eq!(json["closed"], "it is a weekend");
        assert_eq!((&json["session"], &json["rows"]), (&serde_json::Value::Null, &serde_json::json!([])));
    }
}

#[test]
fn contacts_can_be_looked_up_on_a_day_without_school() {
    let desk = Desk::harrington();
    let card = desk.run_at("2026-11-28T09:20", &["who", "amira", "--json"]).ends(0);
    assert_eq!(card.json()["closed"], "it is a weekend");
    assert_eq!(card.rows()[0]["contacts"][0]["name"], "Mrs Khan");
    assert_eq!(card.rows()[0]["sessions"], serde_json::json!([]));
}

#[test]
fn the_afternoon_is_another_session() {
    let desk = Desk::harrington();
    let json = desk.run_at("2026-11-24T13:31", &["unmarked", "--json"]).ends(0).json();
    assert_eq!((&json["session"], &json["as_of"]), (&"PM".into(), &"13:31".into()));
    assert_eq!(json["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn nothing_in_a_name_reaches_the_terminal_as_a_command() {
    let desk = Desk::harrington();
    let hidden = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    let commands: [&[&str]; 9] = [
        &["unexplained"],
        &["who", "bea"],
        &["amendments", "bea"],
        &["sql", "SELECT surname FROM pupil"],
        &["late", "bea", "--reason", "\u{1b}[2Jbus\u{7}"],
        &["lates"],
        &["who", "\u{1b}]0;x\u{7}nobody"],
        &["mark", "bea", "\u{1b}[", "--reason", "x"],
        &["watch", "add", "bea", "--reason", "\u{9b}31mred"],
    ];
    for command in commands {
        for json in [false, true] {
            let args = if json { [command, &["--json"]].concat() } else { command.to_vec() };
            let output = desk.run(&args);
            assert!(!output.out.contains(hidden), "{args:?}: {:?}", output.out);
            assert!(!output.err.contains(hidden), "{args:?}: {:?}", output.err);
        }
    }
    // JSON says the name whole all the same.
    let rows = desk.run(&["sql", "SELECT surname FROM pupil WHERE admission_no = '7'", "--json"]).rows();
    assert_eq!(rows[0][0], AWKWARD);
}

#[test]
fn questions_are_answered_in_columns() {
    let desk = Desk::harrington();
    let question = "SELECT admission_no AS no, forename, upn FROM pupil WHERE surname = 'Khan' ORDER BY 1";
    insta::assert_snapshot!(desk.run(&["sql", question]).ends(0).out, @r#"
    no  forename  upn
    1   Amira     —
    2   Bilal     —
    "#);
    let json = desk.run(&["sql", question, "--json"]).ends(0).json();
    assert_eq!(json["columns"], serde_json::json!(["no", "forename", "upn"]));
    assert_eq!(json["rows"][0], serde_json::json!(["1", "Amira", null]));
    desk.run(&["sql", "DELETE FROM pupil"]).ends(1);
    desk.run(&["sql", "SELECT nonsense"]).ends(1);
    assert_eq!(desk.ask("SELECT count(*) FROM pupil"), [[Some("7".to_owned())]]);
}

#[test]
fn keys_are_listed_with_the_officers_own() {
    let desk = Desk::bare();
    let output = desk.run(&["keys"]).ends(0);
    assert!(output.out.contains("Anywhere, /: find"), "{}", output.out);
    let own = desk.folder.path().join(".config/firstbell/keymaps.toml");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    std::fs::write(&own, "[house]\nfind = \"f5\"\n").unwrap();
    let rows = desk.run(&["keys", "--json"]).ends(0).rows();
    assert!(rows.iter().any(|row| row["room"] == "Anywhere" && row["keys"] == "f5"), "{rows:?}");
    std::fs::write(&own, "[house]\nfind = \"pagdown\"\nfinde = \"x\"\n").unwrap();
    let output = desk.run(&["keys"]).ends(2);
    assert!(output.err.contains("house.find:") && output.err.contains("house.finde:"), "{}", output.err);
}

#[test]
fn the_screen_is_not_drawn_into_a_pipe() {
    let desk = Desk::harrington();
    assert!(desk.run(&[]).ends(2).err.contains("for scripts use the commands"));
    assert!(Desk::bare().run(&[]).ends(3).err.contains("does not exist"));
}

#[test]
fn marks_at_n_are_listed_with_what_is_left_to_them() {
    let desk = Desk::harrington();
    let heading = "Harrington High, Tue 24 Nov 2026, AM, 09:20. Marks at N: 3, 0 past their deadline.\n";
    assert!(desk.run(&["ageing"]).ends(0).out.starts_with(heading));
    let later = desk.run_at("2026-12-03T09:20", &["ageing"]).ends(0);
    let line = "Khan, Amira, 8KM, flags CP: N of Tue 24 Nov AM, 1 day over, could stand until Wed 2 Dec.";
    assert!(later.out.contains("Marks at N: 3, 3 past their deadline."), "{}", later.out);
    assert!(later.out.contains(line), "{}", later.out);
    let row = desk.run_at("2026-11-26T09:20", &["ageing", "--json"]).ends(0).rows().remove(0);
    assert_eq!((&row["day"], &row["days_left"], &row["overdue"]), (&2.into(), &3.into(), &false.into()));
    assert_eq!((&row["date"], &row["deadline"]), (&"2026-11-24".into(), &"2026-12-02".into()));
    // They do not go away on a day without school.
    assert_eq!(desk.run_at("2026-11-28T09:20", &["ageing", "--json"]).ends(0).rows().len(), 3);
}

#[test]
fn a_missing_pupil_is_said_with_what_was_done() {
    let desk = Desk::harrington();
    let about = |act: &str| {
        desk.perform("09:15", serde_json::from_str::<Act>(act).unwrap());
    };
    let at = r#""at":{"date":"2026-11-24","session":"AM"}"#;
    about(&format!(
        r#"{{"log-call":{{"pupil":1,"contact":null,{at},"outcome":"unaware","code":null,"note":"","call_back":null,"covers":[],"saw":[]}}}}"#
    ));
    about(&format!(r#"{{"take-step":{{"pupils":[1],{at},"step":"tell DSL","words":"told Ms Grey"}}}}"#));
    let output = desk.run(&["unexplained"]).ends(0).out;
    let line = "Khan, Amira, 8KM, flags CP: MISSING, parent did not know, AM N, search site overdue 5 minutes, since 09:15, \
                tell DSL 09:15 by J Ito (told Ms Grey), called once: parent did not know";
    assert!(output.contains(line), "{output}");
}
