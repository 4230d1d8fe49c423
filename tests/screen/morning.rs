//! The morning's work by keys alone, and what the record holds afterwards.

use firstbell::domain::act::ReportAbsence;
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{Incoming, IncomingDates};
use firstbell::domain::people::pupil::PupilId;

use crate::support::{AMIRA, Desk, ERIN, Office, am, came, date, placed, pm, pupil, reported};

fn settled(office: &Office, pupil: i64) -> String {
    office.ask(&format!(
        "SELECT code, minutes FROM mark WHERE pupil = {pupil} AND session = 'AM' AND date = '2026-11-24'"
    ))
}

#[test]
fn before_anybody_is_unexplained_the_registers_are_before_the_officer() {
    let office = Office::new();
    assert!(office.small("08:52").shows("Khan, Amira"), "{}", office.small("08:52").text());
    let unexplained = [1, 2, 3, 4].map(PupilId);
    office.perform("08:51", reported(&unexplained, "I", am(), pm()));
    assert!(office.small("08:52").shows("10DP  Dr Price"), "{}", office.small("08:52").text());
}

#[test]
fn a_late_with_its_reason_takes_seven_keys() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    let keys = "l 'doy' enter b enter";
    assert!(Desk::count(keys) <= 7);
    assert!(Desk::count("l 'doy' enter alt-b") <= 6);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM U 32 min: gate 09:12 beats tutor N 08:50, bus   u undo");
    assert_eq!(settled(&office, ERIN.0), "U | 32");
    assert!(desk.line_with("09:12  Doyle, Erin").contains("bus"));
    assert!(!desk.line_with("Unexplained").contains("5"));
}

#[test]
fn a_long_name_stands_whole_in_the_lateness_queue_and_the_reason_goes() {
    let office = Office::new();
    let named = pupil(3, ("Featherston", "Erin", "8KM"));
    let mut desk = office.desk("09:12");
    desk.press("l 'doy' enter a enter");
    assert!(desk.line_with("09:12  Doyle, Erin").contains("U 32  appoint"), "{}", desk.text());
    office.bring(&Incoming { pupils: placed([named]), ..Incoming::default() });
    desk.look().clock("09:13");
    let row = desk.line_with("09:12  Featherston, Erin");
    assert!(row.contains("U 32") && !row.contains("app"), "{}", desk.text());
    assert!(desk.shows("appointment; new"), "it is said of the chosen one: {}", desk.text());
}

#[test]
fn a_word_typed_behind_the_pupil_is_no_letter_of_a_reason() {
    let office = Office::new();
    let arrivals = || office.ask("SELECT pupil, time, words FROM evidence WHERE kind = 'gate' AND withdrawn IS NULL");
    let mut desk = office.desk("09:12");
    // A reason in words is that reason; what goes on as none is the name of somebody else.
    desk.press("l 'doy' enter 'traf'");
    assert!(desk.shows("Enter saves, with that reason: traffic"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(arrivals(), "3 | 09:12 | traffic");
    desk.press("l 'mori' enter 'fir'");
    assert_eq!(desk.status(), "Mori, Yui 9BW is not logged: “fi” is no reason.");
    assert!(desk.shows("Firth, Max") && desk.shows("fir"), "{}", desk.text());
    assert_eq!(arrivals(), "3 | 09:12 | traffic");
    desk.press("esc l 'gray' enter g enter");
    assert_eq!(desk.status(), "g is no reason's key.");
    desk.press("backspace b backspace alt-b");
    assert_eq!(arrivals(), "3 | 09:12 | traffic\n6 | 09:12 | bus");
}

#[test]
fn enter_alone_logs_nobody_who_was_only_offered() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("l enter enter enter");
    assert_eq!(desk.status(), "Khan, Amira 8KM: nothing is typed yet. A reason's key logs it.");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'arrival'"), "0");
    desk.press("b enter");
    assert_eq!(settled(&office, AMIRA.0), "U | 32");
    desk.press("l 'doy' enter enter");
    assert_eq!(settled(&office, ERIN.0), "U | 32", "who was typed is logged without a reason too");
}

#[test]
fn an_arrival_that_contradicts_is_asked_about_as_at_the_gate() {
    let office = Office::new();
    let arrivals = || office.ask("SELECT pupil, time, words FROM evidence WHERE kind = 'gate' AND withdrawn IS NULL");
    office.perform("08:20", ReportAbsence { by: "Mrs Mori".to_owned(), ..reported(&[PupilId(8)], "I", am(), am()) });
    let mut desk = office.desk("09:12");
    for (name, whole, why) in
        [("fir", "Firth, Max 8KM", "marked in already"), ("mori", "Mori, Yui 9BW", "reported absent")]
    {
        desk.press(&format!("l '{name}' enter"));
        assert!(desk.shows(&format!("{why}. A reason's key still logs it.")), "{}", desk.text());
        desk.press("enter enter");
        assert_eq!(desk.status(), format!("{whole}: {why}. A reason's key still logs it."));
        desk.press("esc esc");
    }
    assert_eq!(arrivals(), "");
    desk.press("l 'fir' enter b enter");
    assert_eq!(arrivals(), "5 | 09:12 | bus");
    // Another session than the one that is worked on.
    desk.clock("13:30").press("l 'doy' enter tab '0857' enter");
    assert!(desk.shows("counts for AM, not PM"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "Doyle, Erin 8KM: counts for AM, not PM. A reason's key still logs it.");
    assert_eq!(arrivals(), "5 | 09:12 | bus");
}

#[test]
fn who_is_out_of_the_building_is_signed_back_in_and_who_was_never_in_is_asked_about() {
    let office = Office::new();
    let moved = || office.ask("SELECT pupil, time, way, reason FROM movement WHERE withdrawn IS NULL ORDER BY id");
    let mut desk = office.desk("10:20");
    desk.press("/ 'fir' enter b 'dent' enter esc");
    assert_eq!(moved(), "5 | 10:20 | out | dentist");
    desk.clock("11:40").press("l 'fir' enter");
    assert!(desk.shows("out since 10:20: signs back in"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(moved(), "5 | 10:20 | out | dentist\n5 | 11:40 | back | ");
    desk.press("/ 'doy' enter b 'dent' enter");
    assert_eq!(desk.status(), "Doyle, Erin 8KM: not logged in today. Enter again logs it.");
    assert_eq!(moved().lines().count(), 2);
    desk.press("enter");
    assert_eq!(moved().lines().count(), 3);
}

#[test]
fn of_two_of_a_name_the_late_is_whoever_is_not_in_yet() {
    let office = Office::new();
    office.register("08:53", "10DP", "Dr Price", &[(2, "/")]);
    let mut desk = office.desk("09:12");
    desk.press("l 'khan' enter b enter");
    assert!(desk.status().starts_with("✓ Khan, Amira 8KM U 32 min"), "{}", desk.status());
    office.register("08:54", "10DP", "Dr Price", &[(2, "N")]);
    desk.look().press("l 'khan' enter b enter");
    assert!(desk.status().starts_with("✓ Khan, Bilal 10DP U 32 min"), "{}", desk.status());
}

#[test]
fn a_call_with_outcome_and_code_takes_four_keys_from_the_chosen_row() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let keys = "c s i enter";
    assert_eq!(Desk::count(keys), 4);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: spoke, has a reason, Mrs Khan, mother, I   u undo");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    assert_eq!(office.ask("SELECT outcome, code, contact FROM call"), "aware | I | 1");
    let amended = office.ask("SELECT original, new, reason, said_by, rule, decided FROM amendment");
    let rule = "I: report I by Mrs Khan, mother beats tutor N 08:50";
    assert_eq!(amended, format!("N | I | spoke, has a reason | Mrs Khan, mother | {rule} | 0"));
}

#[test]
fn no_answer_takes_one_key_and_the_next_contact_is_next() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    assert!(desk.shows("›1 Mrs Khan"));
    desk.press("n");
    assert!(desk.shows("›2 Mr Khan"));
    assert!(desk.line_with(" 1 Mrs Khan").contains("09:20 no answer"));
    assert!(desk.line_with("Khan, Amira").contains("1 tried"));
    desk.press("n");
    assert_eq!(office.ask("SELECT contact, outcome FROM call ORDER BY id"), "1 | no-answer\n2 | no-answer");
}

#[test]
fn a_chase_takes_one_key() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("1 c");
    assert_eq!(desk.status(), "✓ Chased 9BW by phone (1st)   u undo");
    desk.press("r m");
    assert_eq!(desk.status(), "✓ Chased 9BW by message (2nd)   u undo");
    assert!(desk.line_with("9BW  ").contains("●●"));
    assert_eq!(office.ask("SELECT method FROM chase"), "phone\nmessage");
}

#[test]
fn a_contacts_number_takes_five_keys() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    assert!(!desk.shows("07700 900111"));
    let keys = "/ 'do' enter v";
    assert_eq!(Desk::count(keys), 5);
    desk.press(keys);
    assert!(desk.line_with("Ms Doyle").contains("07700 900111"));
}

#[test]
fn an_amendment_with_its_reason_takes_nine_keys() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let keys = "m i enter 'sick' enter";
    assert!(Desk::count(keys) <= 9);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM AM: N amended to I   u undo");
    assert_eq!(office.ask("SELECT original, new, reason FROM amendment"), "N | I | sick");
}

#[test]
fn a_code_for_other_pupils_is_neither_offered_nor_taken() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("m x");
    assert!(desk.shows("No code that may stand here begins so."));
    desk.press("enter");
    assert!(desk.shows("code X is for nursery, reception and years 12 and over, not for year 8"), "{}", desk.text());
    desk.press("backspace i enter 'sick' enter");
    assert_eq!(office.ask("SELECT new FROM amendment"), "I");
}

#[test]
fn marks_on_a_day_that_is_closed_now_stand_on_the_card() {
    let office = Office::new();
    let kind = Closure::Unexpected;
    let boiler = IncomingDates::Closed { from: date(), until: date(), kind, name: "Boiler".to_owned() };
    office.bring(&Incoming { calendar: placed([boiler]), ..Incoming::default() });
    let mut desk = office.desk("10:30");
    desk.press("/ 'am' enter");
    assert!(desk.shows("1 mark lies on a day that is closed now: Tue 24 Nov, Boiler: N"), "{}", desk.text());
}

#[test]
fn undo_takes_one_key_and_again_the_one_before() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i enter u");
    assert_eq!(settled(&office, AMIRA.0), "N | ");
    assert_eq!(desk.status(), "✓ Call about Khan, Amira 8KM (spoke, has a reason, I) undone   U redo");
    // What was taken back is done again.
    desk.press("U");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    assert_eq!(desk.status(), "✓ Call about Khan, Amira 8KM (spoke, has a reason, I) done again   u undo");
    desk.press("l 'mori' enter b enter");
    desk.press("u");
    assert!(
        desk.status().contains("Arrival of Mori, Yui 9BW") && desk.status().contains("undone"),
        "{}",
        desk.status()
    );
    desk.press("u");
    assert_eq!(settled(&office, AMIRA.0), "N | ");
    desk.press("u");
    assert_eq!(desk.status(), "✗ Not done: S Marsh has done nothing at this desk today that could be taken back");
    desk.press("U U");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    assert!(desk.status().contains("Arrival of Mori, Yui 9BW"), "{}", desk.status());
    desk.press("U");
    let nothing = "✗ Not done: S Marsh has taken nothing back at this desk since the last act that could be done again";
    assert_eq!(desk.status(), nothing);
}

#[test]
fn in_the_day_log_too_undo_again_takes_back_the_act_before_and_redo_is_its_own_key() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let undone = "SELECT count(*) FROM act WHERE undoes IS NOT NULL";
    desk.press("c s i enter l 'mori' enter b enter T u");
    assert!(desk.shows("taken back 09:20 by S Marsh: arrival of Mori"), "{}", desk.text());
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    desk.press("u");
    assert_eq!(settled(&office, AMIRA.0), "N | ");
    assert_eq!(office.ask(undone), "2");
    // The undo at the top, chosen, is nothing to be taken back: that has a key of its own.
    desk.press("g u");
    assert_eq!(desk.status(), "That took something back: U does it again.");
    assert_eq!(office.ask(undone), "2");
    desk.press("U");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    // Of an act that stands it does again what was taken back last.
    desk.press("G U");
    assert_eq!(office.ask(undone), "4");
    assert!(!desk.shows("✓ Arrival of Mori, Yui 9BW undone"), "{}", desk.text());
}

#[test]
fn after_our_own_act_whoever_stands_there_is_chosen() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i enter c s o enter");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
    assert_eq!(office.ask("SELECT pupil, code FROM call ORDER BY id"), "1 | I\n4 | O");
}

#[test]
fn keys_typed_ahead_wait_for_the_act_before_them() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i");
    let asked = desk.send_only(firstbell::screen::Event::Key("enter".parse().unwrap()));
    for key in ["c", "s", "o", "enter"] {
        assert!(desk.send_only(firstbell::screen::Event::Key(key.parse().unwrap())).is_empty());
    }
    assert_eq!(desk.status(), "saving");
    asked.into_iter().for_each(|request| desk.obey(request));
    assert_eq!(office.ask("SELECT pupil, code FROM call ORDER BY id"), "1 | I\n4 | O");
}

#[test]
fn a_sibling_is_covered_only_when_ticked() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i x enter");
    assert_eq!(office.ask("SELECT pupil, code FROM call ORDER BY id"), "1 | I\n2 | I");
    assert_eq!(settled(&office, 2), "I | ");
}

#[test]
fn a_message_about_days_to_come_is_met_by_their_registers() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'mori' enter 'ill' tab tab ctrl-u 'to' space '26/11' tab ctrl-u 'Mrs' space 'Mori' enter");
    assert!(desk.status().starts_with("✓ Mori, Yui 9BW: I reported, Tue 24 Nov to Thu 26 Nov"), "{}", desk.status());
    office.register("08:55", "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "N"), (9, "/")]);
    assert_eq!(settled(&office, 8), "I | ");
    assert_eq!(office.ask("SELECT count(*) FROM mark WHERE pupil = 8 AND code = 'I'"), "6");
}

#[test]
fn the_watch_list_marks_what_changed_since_it_was_looked_at() {
    let office = Office::new();
    let mut desk = office.desk("09:00");
    desk.press("w 'absent' space 'on' space 'Mondays' enter");
    assert!(desk.line_with("Watch").contains("4 Watch  1"));
    desk.press("c s i enter");
    assert!(desk.shows("▸ I"));
    desk.press("4 1");
    assert!(!desk.shows("▸ I"));
    desk.press("4 d");
    assert!(desk.shows("Nobody is watched."));
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM is off the watch list   u undo");
}

#[test]
fn what_is_refused_is_said_and_loses_no_typing() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("m");
    office.perform("09:21", came(AMIRA, "09:21"));
    desk.press("i enter 'mum' space 'rang' enter");
    assert_eq!(
        desk.status(),
        "✗ Not done: Khan, Amira 8KM was changed at 09:21 by J Ito: it was N, it is now U 41 min"
    );
    assert!(desk.line_with("Reason").contains("mum rang"));
    assert_eq!(settled(&office, AMIRA.0), "U | 41");
    desk.press("enter");
    assert_eq!(settled(&office, AMIRA.0), "I | ");
}

#[test]
fn nothing_is_recorded_by_a_paste_or_by_letters_of_a_broken_arrow() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let before = office.ask("SELECT count(*) FROM act");
    desk.send(firstbell::screen::Event::Paste("n\nc\ns\ni\n".to_owned()));
    for letter in "[OABCDEFGH".chars() {
        for pane in ["1", "2", "3", "4"] {
            desk.press(pane);
            desk.press(&letter.to_string());
        }
    }
    assert_eq!(office.ask("SELECT count(*) FROM act"), before);
}

#[test]
fn the_palette_presses_the_key_for_you() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press(": 'answer' enter");
    assert_eq!(office.ask("SELECT outcome FROM call"), "no-answer");
    desk.press(": 'quit' enter");
    assert!(desk.quit);
}

#[test]
fn a_clock_that_jumps_back_loses_nothing() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("n").clock("08:58");
    assert!(desk.shows("08:58"));
    desk.press("c s i enter");
    assert_eq!(office.ask("SELECT outcome FROM call ORDER BY id"), "no-answer\naware");
}
