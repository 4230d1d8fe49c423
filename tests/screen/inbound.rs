//! Messages about absences, entered by keys alone, and what the record holds afterwards.

use firstbell::domain::incoming::{Incoming, IncomingPupil};
use firstbell::screen::Event;

use crate::support::{AMIRA, COLOUR, Desk, Office, placed, pupil};

fn settled(office: &Office, pupil: i64) -> String {
    office.ask(&format!("SELECT date, session, code FROM mark WHERE pupil = {pupil} ORDER BY date, session"))
}

#[test]
fn an_illness_for_today_takes_eight_keys() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    let keys = "i 'do' enter 'ill' enter";
    assert!(Desk::count(keys) <= 8);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: I reported, today   u undo");
    let report = "SELECT code, said_by, words, first_session, last_session FROM evidence WHERE kind = 'report'";
    assert_eq!(office.ask(report), "I | Ms Doyle, mother | ill | AM | PM");
    assert_eq!(office.ask("SELECT channel, seen, back FROM message"), "telephone |  | ");
}

#[test]
fn a_code_is_offered_for_the_words_and_shown_before_enter() {
    let mut desk = Office::new().desk("08:20");
    desk.press("i 'do' enter 'vomit'");
    assert!(desk.line_with("Code").contains("I    offered for “vomit”: ill"), "{}", desk.text());
    desk.press("'ing,' space 'dentist'");
    assert!(desk.line_with("Code").contains("M    offered for “dentist”"), "{}", desk.text());
    // An appointment is not the whole day.
    assert!(desk.line_with("saves").contains("enter saves: M, today, AM only"), "{}", desk.text());
    // What is typed over the offer stays, whatever is said after it.
    desk.press("tab 'e' shift-tab space 'ill'");
    assert!(desk.line_with("Code").contains("suspended or excluded"), "{}", desk.text());
    assert!(desk.line_with("saves").contains("saves: E, today"), "{}", desk.text());
}

#[test]
fn the_words_say_when() {
    for (words, status) in [
        ("'dentist' space 'tomorrow'", "M reported, Wed 25 Nov"),
        ("'ill' space 'until' space 'thu'", "I reported, Tue 24 Nov to Thu 26 Nov"),
        ("'eid' space 'tomorrow'", "R reported, Wed 25 Nov"),
        ("'funeral' space 'on' space 'thursday'", "C reported, Thu 26 Nov"),
        ("'appointment' space 'at' space '14:00'", "M reported, today at 14:00, PM only"),
        ("'dentist' space 'today'", "M reported, today, AM only"),
        ("'gp' space 'this' space 'afternoon'", "M reported, today, PM only"),
        ("'ill' space 'all' space 'week'", "I reported, Tue 24 Nov to Fri 27 Nov"),
        ("'sick' space 'since' space 'yesterday'", "I reported, today"),
        ("'dentist' space 'fri,' space 'ill' space 'until' space 'thu' enter", "M reported, Fri 27 Nov"),
        ("'ill' space 'today,' space 'dentist' space 'tomorrow' space 'at' space '10' enter", "I reported, today"),
    ] {
        let office = Office::new();
        let mut desk = office.desk("07:50");
        desk.press(&format!("i 'do' enter {words} enter"));
        assert_eq!(desk.status(), format!("✓ Doyle, Erin 8KM: {status}   u undo"), "{words}");
    }
    // No more keys than when it was typed in its own field.
    assert!(Desk::count("i 'do' enter 'ill' space 'until' space 'thu' enter") <= 18);
    assert_eq!(Desk::count("i 'do' enter 'ill' tab tab 'until' space 'thu' enter"), 19);
}

#[test]
fn the_time_of_an_appointment_stands_wherever_the_report_is_told() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'do' enter 'dentist' tab tab 'at' space '10'");
    assert!(desk.shows("today at 10:00, AM only"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(
        office.ask("SELECT time, first_session, last_session FROM evidence WHERE kind = 'report'"),
        "10:00 | AM | AM"
    );
    desk.press("/ 'doy' enter");
    assert!(desk.shows("report M at 10:00 by Ms Doyle, mother"), "{}", desk.text());
    // Of two sayings the time is that of the words, if they speak of the same session.
    desk.press("esc i 'amira' enter 'dentist' space 'at' space '2' tab tab 'pm' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: M reported, today at 14:00, PM only   u undo");
}

#[test]
fn a_day_that_only_the_words_say_is_asked_about_once() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    let asked = "When: the words say “tomorrow”, which is not in it. enter again saves it.";
    desk.press("i 'do' enter 'dentist' space 'tomorrow' tab tab 'am'");
    assert!(desk.shows("today, AM only; the words say “tomorrow”"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), asked);
    // What is edited is looked at anew.
    desk.press("backspace backspace 'pm' enter");
    assert_eq!(desk.status(), asked);
    assert_eq!(office.ask("SELECT count(*) FROM message"), "0");
    desk.press("enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: M reported, today, PM only   u undo");
    // A day in the range is no other; one that is over is asked about, and not filled in.
    desk.press("i 'amira' enter 'dentist' space 'tomorrow' tab tab 'until' space 'thu' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: M reported, Tue 24 Nov to Thu 26 Nov   u undo");
    desk.press("i 'firth' enter 'ill' space 'yesterday' tab tab tab 'Mum' enter");
    assert_eq!(desk.status(), "When: the words say “yesterday”, which is not in it. enter again saves it.");
    desk.press("ctrl-u 'yesterday' enter");
    assert_eq!(desk.status(), "✓ Firth, Max 8KM: I reported, Mon 23 Nov   u undo");
}

#[test]
fn an_illness_is_not_logged_for_the_time_of_an_appointment() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'do' enter 'temperature,' space 'dentist' space 'thu' space 'at' space '10'");
    assert!(desk.shows("enter saves: I, today"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "When: the words say “thu at 10”, which is not in it. enter again saves it.");
    desk.press("enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: I reported, today   u undo");
}

#[test]
fn a_negation_offers_no_code() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'do' enter 'not' space 'ill,' space 'just' space 'refusing'");
    assert!(desk.line_with("Code").contains("i ill, m appointment, or any other code"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "Code: type a code: i ill, m appointment.");
    assert_eq!(office.ask("SELECT count(*) FROM message"), "0");
}

#[test]
fn a_day_without_school_is_said_and_not_replaced_by_today() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'do' enter 'eid' space 'on' space 'sat' enter");
    let why = "When: no school on Sat 28 Nov (it is a weekend); the next school day is Mon 30 Nov.";
    assert_eq!(desk.status(), why);
    assert_eq!(office.ask("SELECT count(*) FROM message"), "0");
}

#[test]
fn a_promise_has_the_time_that_was_said() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'do' enter 'running' space 'late,' space 'here' space 'by' space '9:45' enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: on the way, here by 09:45   u undo");
    desk.press("i 'amira' enter 'please' space 'ring' space 'tomorrow' enter");
    assert_eq!(desk.status(), "When: the words say “tomorrow”, which is not in it. enter again saves it.");
    desk.press("enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: to be rung at 08:50   u undo");
}

#[test]
fn on_the_way_is_no_code_and_says_what_to_do() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'do' enter 'on' space 'the' space 'bus'");
    assert!(desk.line_with("Code").contains("on the way: log the late when they come"));
    assert!(desk.line_with("saves").contains("enter saves: no code, on the way, here by 08:50"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: on the way, here by 08:50   u undo");
    assert_eq!(
        office.ask("SELECT pupil, kind, time, said_by, words FROM promise"),
        "3 | on-the-way | 08:50 | Ms Doyle, mother | on the bus"
    );
    assert_eq!(office.ask("SELECT count(*) FROM evidence"), "0");
    desk.press("u");
    assert_eq!(office.ask("SELECT count(*) FROM promise WHERE withdrawn IS NULL"), "0");
}

#[test]
fn a_promise_has_a_time_that_is_typed_over_and_a_code_takes_its_place() {
    let office = Office::new();
    let mut desk = office.desk("09:27");
    desk.press("i 'amira' enter 'please' space 'ring' tab tab '0920' enter");
    assert_eq!(desk.status(), "When: type a time that is still to come: 09:57.");
    desk.press("backspace backspace backspace backspace '10.30' ctrl-x enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM and 1 more: to be rung at 10:30   u undo");
    assert_eq!(office.ask("SELECT pupil, kind, time FROM promise"), "1 | ring-back | 10:30\n2 | ring-back | 10:30");
    desk.press("i 'doy' enter 'overslept' tab 'i'");
    assert!(desk.line_with("saves").contains("enter saves: I, today"), "{}", desk.text());
}

#[test]
fn a_message_may_be_about_the_sibling_too() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'amira' enter 'flu' ctrl-x");
    assert!(desk.shows("[x] Khan, Bilal 10DP"));
    assert!(desk.line_with("saves").contains("I for 2 pupils, today"));
    desk.press("ctrl-x");
    assert!(desk.shows("[ ] Khan, Bilal 10DP"));
    desk.press("ctrl-x enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM and 1 more: I reported, today   u undo");
    assert_eq!(office.ask("SELECT count(DISTINCT act), count(*) FROM evidence WHERE kind = 'report'"), "1 | 2");
    assert_eq!(office.ask("SELECT count(*) FROM message"), "1");
}

#[test]
fn any_of_three_siblings_is_ticked_by_itself() {
    let office = Office::new();
    let joins = |number: usize, surname: &str, forename: &str| IncomingPupil {
        household: Some("khan".to_owned()),
        ..pupil(number, (surname, forename, "8KM"))
    };
    let pupils = placed([joins(3, "Doyle", "Erin"), joins(5, "Firth", "Max")]);
    office.bring(&Incoming { pupils, ..Incoming::default() });
    let mut desk = office.desk("07:50");
    // Behind the last field stand the siblings: what is typed on their lines ticks, and is written nowhere.
    desk.press("i 'amira' enter 'flu' tab tab tab tab tab tab tab tab");
    assert!(desk.line_with("Firth, Max 8KM").contains("space    [ ]"), "{}", desk.text());
    desk.press("space 'xyz'");
    assert!(desk.shows("[x] Firth, Max 8KM"), "{}", desk.text());
    assert_eq!(desk.text().matches("[ ]").count(), 2, "{}", desk.text());
    assert!(desk.line_with("Reason").contains("flu "), "{}", desk.text());
    desk.press("shift-tab ctrl-x");
    assert_eq!(desk.text().matches("[x]").count(), 2, "{}", desk.text());
    desk.press("ctrl-x enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM and 1 more: I reported, today   u undo");
    assert_eq!(office.ask("SELECT DISTINCT pupil FROM evidence WHERE kind = 'report' ORDER BY pupil"), "1\n5");
}

#[test]
fn days_to_come_are_coded_before_their_registers() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'do' enter 'dentist' tab tab 'tomorrow' space 'pm' enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: M reported, Wed 25 Nov, PM only   u undo");
    assert!(settled(&office, 3).contains("2026-11-25 | PM | M"), "{}", settled(&office, 3));
    desk.press("i 'do' enter 'ill' tab tab 'mon-tue' enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: I reported, Mon 30 Nov to Tue 1 Dec   u undo");
}

#[test]
fn how_it_came_what_was_seen_and_when_they_are_back_stand_on_the_card() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'do' enter 'operation' tab tab 'back' space 'thu'");
    assert!(desk.line_with("Back").contains("26/11/2026"), "{}", desk.text());
    desk.press("tab tab 'e' tab 'letter' enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: M reported, Tue 24 Nov to Wed 25 Nov   u undo");
    assert_eq!(office.ask("SELECT channel, seen, back FROM message"), "e-mail | letter | 2026-11-26");
    desk.press("/ 'doy' enter");
    assert!(desk.shows("by e-mail; letter seen; back Thu 26 Nov"), "{}", desk.text());
    // The next is offered the way the last one came.
    desk.press("esc i 'amira' enter");
    assert!(desk.line_with("Channel").contains("e-mail"));
}

#[test]
fn what_was_taken_back_is_on_no_card() {
    let office = Office::new();
    let mut desk = office.desk("07:50");
    desk.press("i 'do' enter 'ill' enter u / 'doy' enter");
    assert!(desk.shows("Ms Doyle"));
    assert!(!desk.shows("by telephone"), "{}", desk.text());
    desk.press("esc U / 'doy' enter");
    assert!(desk.shows("by telephone"), "{}", desk.text());
}

#[test]
fn what_cannot_be_read_is_said_and_no_typing_is_lost() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'do' enter 'ill' tab tab 'fortnight' enter");
    assert!(desk.status().starts_with("When: “fortnight” is no day: write today, am"), "{}", desk.status());
    desk.press("ctrl-u 'sat' enter");
    assert!(desk.shows("no school on Sat 28 Nov (it is a weekend); the next school day is Mon 30 Nov"));
    desk.press("ctrl-u tab ctrl-u enter");
    assert_eq!(desk.status(), "Who rang: say who told us.");
    desk.press("'Gran' tab 'pigeon' enter");
    assert_eq!(desk.status(), "Channel: type a, t, e, f or m.");
    desk.press("ctrl-u 'a' tab tab 'today' enter");
    assert!(desk.status().starts_with("Back: back on Tue 24 Nov, but away until Tue 24 Nov PM"), "{}", desk.status());
    assert_eq!(office.ask("SELECT count(*) FROM message"), "0");
    desk.press("ctrl-u enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: I reported, today   u undo");
    assert_eq!(office.ask("SELECT channel FROM message"), "answerphone");
}

#[test]
fn a_pupil_who_is_in_already_is_said_to_be_before_enter() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("i 'firth' enter 'ill'");
    assert!(desk.shows("AM is / already: the message is kept, and shown as a contradiction"), "{}", desk.text());
    desk.press("tab tab tab 'Mum' enter");
    assert!(desk.status().starts_with("✓ Firth, Max 8KM: I reported"), "{}", desk.status());
    desk.press("/ 'firth' enter");
    assert!(desk.shows("! AM contradiction: "), "{}", desk.text());
    // Whoever is not known to be in is not.
    desk.press("esc i 'amira' enter 'ill'");
    assert!(desk.shows("AM now N, PM no mark yet"), "{}", desk.text());
}

#[test]
fn in_the_afternoon_the_morning_stays_unless_it_is_meant() {
    let office = Office::new();
    let mut desk = office.desk("12:45");
    desk.press("i 'amira' enter 'ill'");
    assert!(desk.shows("AM stays N: am-pm means the whole day"), "{}", desk.text());
    assert!(desk.shows("saves: I, today, PM only"), "{}", desk.text());
    desk.press("tab tab 'am-pm' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: I reported, today   u undo");
    assert!(settled(&office, 1).starts_with("2026-11-24 | AM | I\n2026-11-24 | PM | I"), "{}", settled(&office, 1));
}

#[test]
fn on_a_closed_day_the_next_with_school_is_offered() {
    let office = Office::new();
    let mut desk = office.desk("09:00");
    desk.now += chrono::TimeDelta::days(4);
    desk.send(Event::Minute);
    desk.press("i 'do' enter 'ill' enter");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: I reported, Mon 30 Nov   u undo");
}

#[test]
fn who_must_not_be_contacted_is_never_offered_and_is_named_when_typed() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("i 'amira' enter");
    assert!(desk.line_with("Who rang").contains("Mrs Khan, mother"));
    desk.press("tab tab tab 'mr' space 'rahim'");
    assert!(desk.shows("Mr Rahim must not be contacted"), "{}", desk.text());
    assert_eq!(office.ask(&format!("SELECT count(*) FROM evidence WHERE pupil = {}", AMIRA.0)), "0");
}

#[test]
fn frames() {
    for (name, keys) in [
        ("siblings", "i 'amira' enter 'vomiting' space 'since' space 'last' space 'night' ctrl-x"),
        ("fault", "i 'amira' enter 'ill' tab tab 'fortnight'"),
        ("offered", "i 'do' enter 'gone' space 'on' space 'holiday'"),
        ("said", "i 'do' enter 'dentist' space 'tomorrow' space 'at' space '10'"),
        ("asked", "i 'do' enter 'dentist' space 'tomorrow' tab tab 'today' enter"),
    ] {
        for (size, (columns, lines)) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
            let mut desk = Office::new().desk_with("08:20", (columns, lines), COLOUR, "S Marsh");
            desk.press(keys);
            insta::assert_snapshot!(format!("{name}_{size}"), desk.dialog_frame());
        }
    }
}
