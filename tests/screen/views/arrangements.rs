//! Arrangements for many, by keys: entered with pupils ticked and pasted, listed with their review and end, changed and ended.

use firstbell::domain::act::{Arrange, Officer};
use firstbell::domain::facts::arrangement::Terms;
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Look};

use crate::support::{COLOUR, Desk, Office, arranged, came, date, officer};

fn pupils(ids: &[i64]) -> Vec<PupilId> {
    ids.iter().map(|id| PupilId(*id)).collect()
}

/// Four arrangements: one whose review is due, one that ends this week, one that goes on and one to come.
fn office() -> Office {
    let office = Office::new();
    let with = |title: &str, act: Arrange| Arrange { terms: Terms { title: title.to_owned(), ..act.terms }, ..act };
    let garage = arranged(&pupils(&[1, 2, 6, 11]), "W", "fri pm", 6, 30);
    let until = date().checked_add_days(chrono::Days::new(24)).unwrap();
    let garage = Arrange {
        terms: Terms { until, review: Some(date()), note: "minibus 12:45".to_owned(), ..garage.terms },
        ..garage
    };
    let college = with("Millbrook College", arranged(&pupils(&[7, 8]), "D", "mon-wed", 3, 30));
    let college = Arrange { terms: Terms { number: String::new(), ..college.terms }, ..college };
    let away = with(
        "Featherstonehaugh & Cholmondeley Boatbuilders, Old Quay",
        arranged(&pupils(&[9]), "B", "mon-fri", 10, 27),
    );
    let long = Arrange { terms: Terms { until, ..away.terms }, ..away };
    let museum = with("Museum of 王", arranged(&pupils(&[3, 4, 5]), "V", "weekdays", 26, 26));
    for act in [garage, college, long, museum] {
        office.perform("08:00", act);
    }
    office
}

#[test]
fn a_space_within_a_name_ticks_nobody_and_the_new_one_is_chosen() {
    let office = office();
    let mut desk = office.desk_with("09:31", (120, 40), COLOUR, "S Marsh");
    desk.press("A a 'v' tab 'Zoo' tab tab tab tab tab tab tab 'khan' space 'b' space");
    assert!(desk.shows("1 ticked") && desk.line_with("Khan, Bilal").contains("[x]"), "{}", desk.text());
    desk.press("'8km' space");
    assert!(desk.shows("5 ticked"), "a group is ticked at once: {}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Zoo  V school visit or trip"), "{}", desk.text());
    assert!(desk.shows("│ Tue 24 Nov 2026  entered by"), "{}", desk.text());
}

fn paste(desk: &mut Desk, text: &str) {
    desk.send(Event::Paste(text.to_owned()));
    desk.look();
}

/// The form of a work experience on Friday afternoons, the cursor in its pupils.
const FORM: &str = "A a 'w' tab 'Harbour' space 'Garage' tab '01632960123' tab 'every' space 'fri' space 'pm' tab tab '18/12' tab '4/12' tab tab";

#[test]
fn the_list_and_the_form_at_every_size() {
    let office = office();
    for (name, size) in [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))] {
        let mut desk = office.desk_with("09:31", size, COLOUR, "S Marsh");
        desk.press("A");
        insta::assert_snapshot!(format!("arrangements_{name}"), desk.dialog());
        desk.press("esc");
        desk.press(FORM);
        paste(&mut desk, "8KM\rkhan\rnobody\r");
        insta::assert_snapshot!(format!("arrangement_new_{name}"), desk.dialog());
    }
    let mut plain = office.desk_with("09:31", (80, 24), Look::default(), "S Marsh");
    plain.press("A");
    assert!(plain.shows("! Harbour Garage"), "due is no matter of colour: {}", plain.text());
}

#[test]
fn it_is_entered_with_pupils_ticked_by_name_and_by_group() {
    let office = Office::new();
    let mut desk = office.desk("09:31");
    desk.press(FORM);
    desk.press("'8km' space 'gray' space");
    assert!(desk.shows("enter saves: W Harbour Garage, Fri PM, 4 school days, 5 pupils"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "✓ W Harbour Garage: Fri PM, Tue 24 Nov to Fri 18 Dec, 5 pupils   u undo");
    assert!(desk.line_with("Harbour Garage").contains("until Fri 18 Dec, review 4 Dec"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM mark WHERE code = 'W'"), "20");
    desk.press("u");
    assert!(desk.shows("Nothing is arranged for many pupils"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM mark WHERE code = 'W'"), "0");
}

#[test]
fn enter_alone_records_nothing_and_says_what_is_wanted() {
    let office = office();
    let mut desk = office.desk("09:31");
    let acts = office.ask("SELECT count(*) FROM act");
    desk.press("A a enter enter");
    assert!(desk.status().starts_with("What: type what it is"), "{}", desk.status());
    desk.press("esc e enter");
    assert_eq!(desk.status(), "Pupils: nothing is changed yet.");
    desk.press("esc x enter");
    assert!(desk.status().starts_with("Type the first day without it"), "{}", desk.status());
    desk.press("esc enter");
    assert_eq!(office.ask("SELECT count(*) FROM act"), acts);
}

#[test]
fn pasted_lines_that_mean_nobody_or_several_are_asked_about() {
    let office = Office::new();
    let mut desk = office.desk("09:31");
    desk.press(FORM);
    paste(&mut desk, "doyle\nkhan\nnobody");
    assert!(desk.shows("line 2, “khan”: Khan, Amira 8KM or Khan, Bilal 10DP; then 1 more"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.status().contains("tick who is meant, or leave the line out"), "{}", desk.status());
    desk.press("down space");
    assert!(desk.shows("line 3, “nobody”: nobody on roll"), "{}", desk.text());
    desk.press("ctrl-x enter");
    assert_eq!(office.ask("SELECT pupil FROM arrangement_pupil ORDER BY pupil"), "2\n3");
}

#[test]
fn it_is_changed_from_a_date_and_ended_and_taken_back() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("A e tab tab tab '1/12' tab tab tab tab 'gray' space 'doyle' space");
    assert!(desk.shows("from Tue 1 Dec on, 4 pupils in it, 1 out"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "✓ W Harbour Garage: changed from Tue 1 Dec, 4 pupils   u undo");
    assert!(desk.line_with("Gray, Zoë").contains("until 30 Nov"), "{}", desk.text());
    assert!(desk.line_with("Doyle, Erin").contains("from 1 Dec"), "{}", desk.text());
    desk.press("x '11/12' enter");
    assert_eq!(desk.status(), "✓ W Harbour Garage: ended, from Fri 11 Dec it is none, 4 pupils   u undo");
    desk.press("u");
    assert!(desk.shows("review due 24 Nov, until Fri 18 Dec"), "{}", desk.text());
    desk.press("x 'whole' enter");
    assert!(desk.status().starts_with("✓ W Harbour Garage: taken back whole"), "{}", desk.status());
    assert_eq!(office.ask("SELECT count(*) FROM mark WHERE code = 'W'"), "0");
}

#[test]
fn the_provider_s_number_is_shown_once_that_is_put_down() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("A");
    assert!(!desk.shows("01632 960123"), "{}", desk.text());
    desk.press("v");
    assert!(desk.shows("01632 960123"), "{}", desk.text());
    assert_eq!(office.ask("SELECT shown, what FROM disclosure"), "number | provider of arrangement 1");
    desk.press("down v");
    assert_eq!(desk.status(), "No number of Millbrook College is held.");
}

#[test]
fn the_hand_over_counts_what_is_due_and_says_nothing_else_of_them() {
    let mut desk = office().desk_with("09:31", (120, 60), COLOUR, "S Marsh");
    desk.press("h G");
    assert!(
        desk.shows("Arrangements: 1 to review, 1 about to end (Harbour Garage, Millbrook College)"),
        "{}",
        desk.text()
    );
    let mut none = Office::new().desk_with("09:31", (120, 60), COLOUR, "S Marsh");
    none.press("h G");
    assert!(!none.shows("Arrangements"), "{}", none.text());
}

#[test]
fn enter_opens_who_is_in_it_and_a_pupil_s_card() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("A enter j enter");
    assert!(desk.shows("Gray, Zoë 9BW"), "{}", desk.text());
}

#[test]
fn a_reader_sees_them_and_changes_nothing() {
    let office = office();
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, Officer { role: Role::Reader, ..officer("R Reader") });
    let acts = office.ask("SELECT count(*) FROM act");
    desk.press("A");
    assert!(desk.shows("Harbour Garage"), "{}", desk.text());
    desk.press("x 'whole' enter");
    assert_eq!(office.ask("SELECT count(*) FROM act"), acts);
    assert!(desk.status().contains("for an officer"), "{}", desk.status());
}

#[test]
fn of_the_two_lists_one_has_a_bright_row_and_the_marks_of_a_session_stand_below_each_other() {
    let office = office();
    office.perform("08:57", came(PupilId(1), "08:57"));
    let mut desk = office.desk("09:31");
    for keys in ["A", "enter"] {
        desk.press(keys);
        let frame = desk.dialog_frame();
        assert_eq!(frame.lines().filter(|line| line.contains("chosen ")).count(), 1, "{frame}");
    }
    let text = desk.text();
    let marks = text.lines().filter(|line| line.contains("AM ") && line.contains("PM "));
    let pm: Vec<usize> = marks.map(|line| line.split("PM ").next().unwrap().chars().count()).collect();
    assert!(text.contains("AM L") && pm.len() > 2 && pm.iter().all(|column| *column == pm[0]), "{text}");
}
