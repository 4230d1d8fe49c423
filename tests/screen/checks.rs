//! What contradicts, settled by one key; searches and sweeps.

use firstbell::domain::act::{Act, ReportAbsence, TakeRegister, TakenBy};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::pupil::PupilId;
use firstbell::screen::Look;

use crate::support::{AMIRA, COLOUR, Office, am, came, lesson, placed, reported};

/// Max Firth, marked present.
const MAX: usize = 5;

/// A lesson's register as another system exports it.
fn lesson_taken(office: &Office, time: &str, period: &str, marks: &[(usize, &str)]) {
    let rows = marks.iter().map(|(n, code)| lesson(*n, period, "8KM Maths", Some(code)));
    office.bring_at(time, &Incoming { lessons: placed(rows), ..Incoming::default() });
}

fn report(office: &Office, time: &str, pupil: i64, code: &str, by: &str) {
    let (by, words) = (by.to_owned(), String::new());
    office.perform(time, ReportAbsence { by, words, ..reported(&[PupilId(pupil)], code, am(), am()) });
}

fn last_amendment(office: &Office) -> String {
    office.ask("SELECT original, new, reason FROM amendment ORDER BY id DESC LIMIT 1")
}

#[test]
fn present_then_missing_from_an_imported_lesson_opens_a_search_by_one_key() {
    let office = Office::new();
    lesson_taken(&office, "09:12", "1", &[(MAX, "N")]);
    let mut desk = office.desk("09:20");
    desk.press("x");
    assert!(desk.line_with("Firth, Max").contains("present, then missing"));
    desk.press("a");
    assert!(desk.line_with("Firth, Max").contains("LOOKED FOR 0 min"), "{}", desk.text());
    let last = "registration 08:50 with Mrs Kemp; not in period 1, 8KM Maths, Ms Ali 09:00";
    assert_eq!(office.ask("SELECT words FROM search"), last);
}

#[test]
fn n_and_then_seen_in_an_imported_lesson_is_amended_by_one_key() {
    let office = Office::new();
    lesson_taken(&office, "09:12", "1", &[(3, "/")]);
    let mut desk = office.desk("09:20");
    desk.press("x a");
    assert_eq!(last_amendment(&office), "N | L | N, then seen in period 1, 8KM Maths, Ms Ali");
    assert!(desk.shows("Nothing contradicts."), "{}", desk.text());
}

#[test]
fn each_kind_of_contradiction_is_settled_by_one_key_and_its_reason_kept() {
    let arrival = |pupil, time: &str| came(PupilId(pupil), time).into();
    type Story = fn(&Office, &dyn Fn(i64, &str) -> Act);
    let stories: [(Story, &str, &str); 4] = [
        (
            |office, arrival| {
                office.perform("08:44", arrival(6, "08:44"));
                office.register("08:52", "9BW", "Mr Webb", &[(6, "N")]);
            },
            "in at the gate, not in the room",
            "gate 08:44; not in the room when the register was taken 08:52",
        ),
        (
            |office, _| {
                report(office, "08:12", 6, "I", "Mrs Gray, mother");
                office.register("08:52", "9BW", "Mr Webb", &[(6, "/")]);
            },
            "reported away, marked here",
            "reported I by Mrs Gray, mother, 08:12, but marked / 08:52 by Mr Webb",
        ),
        (
            |office, _| {
                report(office, "08:12", 6, "V", "Mr Hall");
                office.register("08:52", "9BW", "Mr Webb", &[(6, "N")]);
            },
            "on a list, marked N",
            "reported V by Mr Hall, 08:12; tutor's N 08:52",
        ),
        (
            |office, _| {
                report(office, "08:12", 6, "I", "Mrs Gray, mother");
                report(office, "08:20", 6, "M", "Mr Gray, father");
            },
            "contacts disagree",
            "reported I by Mrs Gray, mother, 08:12; reported M by Mr Gray, father, 08:20: the newest stands",
        ),
    ];
    for (story, kind, reason) in stories {
        let office = Office::new();
        story(&office, &arrival);
        let mut desk = office.desk("09:20");
        desk.press("x");
        assert!(desk.line_with("Gray, Zoë").contains(kind), "{}", desk.text());
        desk.press("a");
        assert!(desk.shows("Nothing contradicts."), "{}", desk.text());
        let held = "SELECT words FROM evidence WHERE kind = 'office' ORDER BY id DESC LIMIT 1";
        assert_eq!(office.ask(held), reason);
        assert!(desk.status().contains("confirmed"), "{}", desk.status());
    }
}

#[test]
fn a_paper_register_and_the_tutors_own_are_set_right_by_one_key() {
    let office = Office::new();
    let group = office.ask("SELECT id FROM tutor_group WHERE name = '9BW'").parse().unwrap();
    let group = firstbell::domain::people::pupil::GroupId(group);
    let marks = vec![(PupilId(6), Mark::plain(Code::parse("/").unwrap()))];
    let by = TakenBy::Paper("Mr Webb".to_owned());
    office.perform("08:45", Act::TakeRegister(TakeRegister { group, at: am(), by, marks }));
    office.register("08:52", "9BW", "Mr Webb", &[(6, "N")]);
    let mut desk = office.desk("09:20");
    desk.press("x");
    assert!(desk.line_with("Gray, Zoë").contains("two registers disagree"), "{}", desk.text());
    desk.press("a");
    let reason = "marked / 08:45 by Mr Webb, on paper; marked N 08:52 by Mr Webb: the better mark stands";
    assert_eq!(office.ask("SELECT puzzle, reason FROM decision"), format!("registers-disagree | {reason}"));
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 6 AND session = 'AM'"), "/");
}

#[test]
fn a_sibling_puzzle_is_decided_and_the_pupil_stays_unexplained() {
    let office = Office::new();
    report(&office, "09:12", AMIRA.0, "I", "Mrs Khan, mother");
    let mut desk = office.desk("09:20");
    desk.press("x");
    assert!(desk.line_with("Khan, Bilal").contains("sibling reported, this one not"), "{}", desk.text());
    desk.press("a");
    let reason = "to be called: sibling Amira reported I by Mrs Khan, mother, 09:12";
    assert_eq!(office.ask("SELECT puzzle, reason FROM decision"), format!("sibling-puzzle | {reason}"));
    desk.press("esc");
    assert!(desk.shows("Khan, Bilal"));
}

#[test]
fn a_check_is_left_with_typed_words() {
    let office = Office::new();
    lesson_taken(&office, "09:12", "1", &[(MAX, "N")]);
    let mut desk = office.desk("09:20");
    desk.press("x d enter");
    assert_eq!(desk.status(), "Say what was made of it: the record must show it.");
    desk.press("'in' space 'the' space 'sickroom' enter");
    assert!(desk.shows("Nothing contradicts."), "{}", desk.text());
    assert_eq!(office.ask("SELECT puzzle, reason FROM decision"), "present-then-missing | in the sickroom");
}

#[test]
fn a_search_is_seen_and_noted_upon_at_every_desk() {
    let office = Office::new();
    lesson_taken(&office, "09:12", "1", &[(MAX, "N")]);
    let mut gate = office.desk_with("09:21", (80, 24), Look::default(), "J Ito");
    let mut desk = office.desk("09:20");
    desk.press("x s enter");
    gate.look().press("x s 'toilets,' space 'no' enter");
    desk.look();
    assert!(desk.shows("09:21 toilets, no (J Ito)"), "{}", desk.text());
    desk.press("ctrl-f");
    assert_eq!(desk.status(), "Type where the pupil was found.");
    desk.press("esc 'hall,' space 'no' enter");
    assert!(desk.shows("09:20 hall, no (S Marsh)"), "esc leads back to the note: {}", desk.text());
    desk.press("ctrl-f 'library' enter");
    assert!(desk.shows("FOUND: library"), "{}", desk.text());
    gate.look();
    assert!(gate.shows("FOUND: library"));
    desk.press("esc x");
    assert!(desk.shows("Nothing contradicts."));
}

#[test]
fn a_sweep_takes_one_key_a_pupil_and_what_it_misses_becomes_a_check() {
    let office = Office::new();
    let mut desk = office.desk("10:42");
    desk.press("t '8km' enter");
    assert!(desk.shows("0 seen, 0 not, 4 left"), "{}", desk.text());
    desk.press("y x . x");
    assert!(desk.shows("1 seen, 2 not, 0 left"), "{}", desk.text());
    desk.press("backspace backspace");
    assert!(desk.shows("1 seen, 1 not, 2 left"), "{}", desk.text());
    desk.press(". y");
    assert!(desk.shows("2 seen, 1 not, 0 left"), "{}", desk.text());
    let held = "SELECT seen, place FROM sighting WHERE withdrawn IS NULL ORDER BY id";
    let swept = "sweep of 8KM";
    assert_eq!(office.ask(held), format!("1 | {swept}\n0 | {swept}\n1 | {swept}"));
}

#[test]
fn the_rest_of_a_sweep_is_one_key() {
    let office = Office::new();
    let mut desk = office.desk("10:42");
    let seen = "SELECT group_concat(pupil || ':' || seen, ' ') FROM sighting WHERE withdrawn IS NULL";
    // Erin is passed over, Max is not there; nobody in between is said anything of.
    desk.press("t '8km' enter . down x Y");
    assert_eq!(desk.status(), "✓ 2 of 8KM seen, all but Doyle, Erin and Firth, Max; sweep of 8KM");
    assert!(desk.shows("2 seen, 1 not, 0 left"), "{}", desk.text());
    assert_eq!(office.ask(seen), "5:0 4:1 1:1");
    desk.press("Y");
    assert_eq!(desk.status(), "Everybody has been gone through.");
    desk.press("backspace");
    assert!(desk.shows("0 seen, 1 not, 2 left"), "{}", desk.text());
    assert_eq!(office.ask(seen), "5:0");
    desk.press("esc t 'year' space '8' enter Y");
    assert!(desk.status().starts_with("Nobody sees so many at once"), "{}", desk.status());
    assert_eq!(office.ask(seen), "5:0");
}

#[test]
fn marked_present_and_not_seen_on_a_sweep_is_missing() {
    let office = Office::new();
    let mut desk = office.desk("10:42");
    desk.press("t 'year' space '8' enter x esc x");
    assert!(desk.line_with("Firth, Max").contains("present, then missing"), "{}", desk.text());
}

#[test]
fn frames() {
    for (size, name) in [((80, 24), "80x24"), ((120, 40), "120x40")] {
        let office = Office::new();
        lesson_taken(&office, "09:12", "1", &[(MAX, "N"), (3, "/")]);
        report(&office, "09:14", AMIRA.0, "I", "Mrs Khan, mother");
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("checks_{name}"), desk.press("x").dialog_frame());
        desk.press("s enter 'toilets' enter");
        // The whole screen: how a dialog lies over the panes.
        insta::assert_snapshot!(format!("search_{name}"), desk.frame());
        insta::assert_snapshot!(format!("looked_for_{name}"), desk.press("esc x").dialog_frame());
        insta::assert_snapshot!(format!("sweep_choice_{name}"), desk.press("esc t").dialog_frame());
        insta::assert_snapshot!(format!("sweep_{name}"), desk.press("enter y .").dialog_frame());
    }
}

#[test]
fn once_all_are_gone_through_whoever_was_not_seen_is_shown() {
    let mut desk = Office::new().desk_with("10:42", (80, 9), Look::default(), "S Marsh");
    desk.press("t '8km' enter x Y");
    assert!(desk.shows("NOT seen"), "{}", desk.text());
}
