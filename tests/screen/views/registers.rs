//! The registers of the day: found by group, teacher or room, read pupil by pupil, amended and typed from there.

use firstbell::domain::act::{Act, Cover, Officer};
use firstbell::domain::incoming::{Incoming, IncomingLesson};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::Look;
use firstbell::store::Store;

use crate::support::*;

/// 8KM and 10DP are in, 9BW is not, and is covered; 9BW has Art in period 2 with one blank, 8KM Maths with nobody marked.
fn office() -> Office {
    let office = Office::new();
    let due = |(n, class, code): (usize, &str, Option<&str>)| IncomingLesson {
        teacher: Some(if class == "8KM Maths" { "Ms Ali" } else { "Mr Obi" }.to_owned()),
        room: Some("R4".to_owned()),
        ..lesson(n, "2", class, code)
    };
    let rows = [(1, "8KM Maths", None), (3, "8KM Maths", None), (6, "9BW Art", Some("/")), (7, "9BW Art", None)];
    office.bring(&Incoming { lessons: placed(rows.map(due)), ..Incoming::default() });
    let store = Store::open(&office.path, codes()).unwrap();
    let group = store.roll().groups.iter().find(|one| one.name == "9BW").unwrap().id;
    drop(store);
    let (teacher, room) = (Some("Ms Barwise".to_owned()), Some("E10".to_owned()));
    office.perform("08:45", Act::Cover(Cover { group, at: am(), teacher, room }));
    office.perform("08:57", came(PupilId(4), "08:57"));
    office
}

#[test]
fn the_registers_at_every_size() {
    let office = office();
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut desk = office.desk_with("09:26", (width, height), COLOUR, "S Marsh");
        desk.press("R");
        insta::assert_snapshot!(format!("registers_{width}x{height}"), desk.dialog_frame());
        desk.press("'8km' enter");
        insta::assert_snapshot!(format!("register_{width}x{height}"), desk.dialog_frame());
    }
}

#[test]
fn the_list_says_how_each_stands() {
    let mut desk = office().desk("09:26");
    desk.press("R");
    assert!(desk.shows("Registers of today  8, 1 overdue"), "{}", desk.text());
    for (name, session, state) in [
        ("8KM ", "AM", "taken 4/4 at 08:50"),
        ("9BW ", "AM", "not taken, 36m late"),
        ("10DP ", "AM", "taken 3/4 at 08:52, 2m late"),
        ("P2 8KM Maths", "AM", "not taken, due 10:00"),
        ("P2 9BW Art", "AM", "marked 1/2"),
    ] {
        let line = desk.line_with(&format!("│ {name}"));
        assert!(line.contains(session) && line.contains(state), "{name}: {}", desk.text());
    }
    assert!(desk.line_with("│ 9BW ").contains("→ Ms Barwise") && desk.line_with("│ 9BW ").contains("E10"));
}

#[test]
fn what_is_typed_finds_it_by_group_teacher_room_or_state() {
    let office = office();
    for (typed, first, count) in [
        ("'9bw'", "9BW ", "3 of 8"),
        ("'barwise'", "9BW ", "1 of 8"),
        ("'e10'", "9BW ", "1 of 8"),
        ("'maths'", "P2 8KM Maths", "1 of 8"),
        ("'late'", "9BW ", "2 of 8"),
        ("'cover'", "9BW ", "1 of 8"),
        ("'pm' space '8km'", "8KM ", "1 of 8"),
    ] {
        let mut desk = office.desk("09:26");
        desk.press("R").press(typed);
        assert!(desk.shows(count), "{typed}: {}", desk.text());
        assert!(desk.chosen_text().contains(first), "{typed}: {}", desk.chosen_text());
    }
    let mut desk = office.desk("09:26");
    desk.press("R 'zzz' enter");
    assert_eq!(desk.status(), "No register of today is called so.");
}

#[test]
fn a_register_says_each_pupil_s_marks_and_why() {
    let mut desk = office().desk("09:26");
    desk.press("R '8km' enter");
    assert!(desk.shows("8KM AM, taken 08:50 by Mrs Kemp"), "{}", desk.text());
    let line = desk.line_with("Evans, Llŷr");
    assert!(line.contains("L 17") && line.contains("gate 08:57 beats tutor N 08:50"), "{line}");
    desk.press("esc");
    assert!(desk.shows("Registers of today “8km”"), "back among the registers: {}", desk.text());
    desk.press("esc R '9bw' enter");
    assert!(desk.shows("9BW AM, not taken") && !desk.shows("from paper:"), "it is read: {}", desk.text());
    assert!(desk.line_with("Gray, Zoë").contains("blank"));
}

#[test]
fn a_mark_is_amended_there_and_leads_back_to_the_same_row() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("R '8km' enter j m");
    assert!(desk.shows("Mark of Evans, Llŷr 8KM"), "{}", desk.text());
    desk.press("i enter 'mum' enter");
    assert!(desk.status().contains("Evans, Llŷr 8KM AM: L 17 min amended to I"), "{}", desk.status());
    assert!(desk.shows("8KM AM, taken 08:50 by Mrs Kemp"), "{}", desk.text());
    assert!(desk.chosen_text().contains("Evans, Llŷr") && desk.chosen_text().contains("office I"), "{}", desk.text());
    // Given up, it leads back too.
    desk.press("j m esc");
    assert!(desk.chosen_text().contains("Firth, Max"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Firth, Max 8KM"));
    desk.press("esc");
    assert!(desk.chosen_text().contains("Firth, Max"), "{}", desk.text());
    desk.press("esc esc");
    assert!(desk.shows("Unmarked registers") && !desk.shows("Registers of today"), "{}", desk.text());
}

#[test]
fn the_mark_is_of_the_register_s_own_session() {
    let office = office();
    let mut desk = office.desk("13:20");
    desk.press("R 'am' space '8km' enter j j m");
    assert!(desk.shows("[AM]"), "{}", desk.text());
    desk.press("i enter 'mum' enter");
    assert!(desk.status().contains("Firth, Max 8KM AM"), "{}", desk.text());
    assert_eq!(office.ask("SELECT session, code FROM mark WHERE pupil = 5"), "AM | I");
}

#[test]
fn it_is_typed_from_paper_there() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("R '9bw' enter p");
    assert!(desk.shows("9BW AM, not taken: from paper"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("9BW AM, not taken") && !desk.shows(": from paper"), "{}", desk.text());
    desk.press("p / enter enter");
    assert_eq!(desk.status(), "✓ 9BW register taken by Ms Barwise, on paper, 4 marks");
    assert!(desk.shows("Registers of today “9bw”"), "{}", desk.text());
    assert!(desk.line_with("│ 9BW ").contains("taken 4/4 at 09:26, 36m late"), "{}", desk.text());
    // A lesson that has not begun cannot have been taken.
    desk.press("esc R 'maths' enter p");
    assert_eq!(desk.status(), "P2 8KM Maths has not begun: nobody can have taken its register.");
    assert!(desk.shows("P2") && desk.line_with("Khan, Amira").contains("blank"), "{}", desk.text());
}

#[test]
fn a_reader_reads_them_and_the_gate_does_not() {
    let office = office();
    let reader = Officer { role: Role::Reader, ..officer("R Reader") };
    let mut desk = office.desk_of("09:26", (120, 40), COLOUR, reader);
    desk.press("R '8km' enter");
    assert!(desk.shows("taken 08:50"), "{}", desk.text());
    desk.press("m");
    assert_eq!(desk.status(), "✗ Not done: a mark is for an officer: this login is a reader's");
    let mut gate = office.gate("09:26");
    gate.press("R");
    assert!(!gate.shows("Registers of today"));
}

#[test]
fn without_colour_it_says_the_same() {
    let look = Look { colour: false, high_contrast: false, ascii: true };
    let mut desk = office().desk_with("09:26", (120, 40), look, "S Marsh");
    desk.press("R");
    assert!(desk.shows("not taken, 36m late") && desk.shows("= Ms Barwise"), "{}", desk.text());
}
