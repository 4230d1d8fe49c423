//! An import of everything, taken back: the record's own tables are as they were, row by row.

use firstbell::domain::act::Undo;
use firstbell::domain::calendar::week_sessions::WeekSessions;
use firstbell::domain::code::Code;
use firstbell::domain::facts::arrangement::Terms;
use firstbell::domain::incoming::{
    Incoming, IncomingArrangement, IncomingFlags, IncomingGroup, IncomingLesson, IncomingPupil, IncomingStaff,
};
use firstbell::domain::people::pupil::{Flag, PupilId};

use super::unimporting::*;
use crate::support::*;

/// Beside the record: the journal, what it keeps of acts, PINs, who sits where, and how often the roll has moved.
const BESIDE: [&str; 8] =
    ["act", "amendment", "roll_change", "import_note", "import_source", "pin", "sitting", "sqlite_sequence"];

/// What stands in every table, whatever tables there are.
fn record(desk: &Desk) -> Vec<(String, Vec<Vec<Option<String>>>)> {
    let tables = desk.ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    let tables = tables.into_iter().map(|mut row| row.remove(0).unwrap());
    let standing = |table: String| {
        let columns = desk.ask(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<String> = columns.into_iter().map(|mut row| row.remove(0).unwrap()).collect();
        let which = match table.as_str() {
            // A session that was marked once is blank by now: nobody has a mark there.
            "mark" => "coalesce(tutor, code) IS NOT NULL",
            // One in which nobody is due is shown nowhere.
            "lesson" => "id IN (SELECT lesson FROM lesson_pupil WHERE withdrawn IS NULL)",
            _ if columns.contains(&"withdrawn".to_owned()) => "withdrawn IS NULL",
            _ => "1",
        };
        let is_told = |column: &&String| {
            !matches!(
                (table.as_str(), column.as_str()),
                ("mark", "act")
                    | ("school", "roll_revision")
                    | ("evidence" | "lesson_mark" | "arrangement_pupil", "id")
            )
        };
        let told: Vec<&str> = columns.iter().filter(is_told).map(String::as_str).collect();
        let mut rows = desk.ask(&format!("SELECT {} FROM {table} WHERE {which}", told.join(", ")));
        rows.sort();
        (table, rows)
    };
    tables.filter(|table| !BESIDE.contains(&table.as_str())).map(standing).collect()
}

#[track_caller]
fn is_as(desk: &Desk, record_then: &[(String, Vec<Vec<Option<String>>>)]) {
    for (now, then) in record(desk).iter().zip(record_then) {
        assert_eq!(now, then);
    }
}

/// Two new pupils in a new group, its register, and what else a school's export has.
fn everything() -> Incoming {
    let arranged = |number: &str| IncomingArrangement {
        leaves: None,
        returns: None,
        pupil: key(number),
        code: Code::parse("V").unwrap(),
        from: november(26),
        terms: Terms {
            title: "Museum".to_owned(),
            number: String::new(),
            days: WeekSessions::parse("mon-fri").unwrap(),
            until: november(27),
            review: None,
            note: String::new(),
        },
    };
    let due = |number: &str| IncomingLesson { pupil: key(number), ..lesson(1, "2", "8KM Maths", Some("/")) };
    Incoming {
        groups: placed([IncomingGroup {
            name: "7CK".to_owned(),
            tutor: Some("Mr Cole".to_owned()),
            ..Default::default()
        }]),
        staff: placed([IncomingStaff { name: "Ms Ali".to_owned(), ..IncomingStaff::default() }]),
        contacts: placed([contact("101", 1, "Mrs Firth"), contact("0002", 1, "Mr Khan")]),
        flags: placed([IncomingFlags { pupil: key("101"), flags: vec![Flag::ChildProtection] }]),
        marks: marks([
            ("101", am(23), "/"),
            ("102", am(23), "N"),
            ("101", am(24), "/"),
            ("0001", am(24), "/"),
            ("0004", am(24), "N"),
        ])
        .marks,
        lessons: placed([due("101"), due("0004")]),
        arrangements: placed([arranged("101"), arranged("0001")]),
        calendar: placed([closed(30)]),
        ..pupils([
            newcomer("101", "Firth"),
            newcomer("102", "Moss"),
            IncomingPupil { group: Some("7CK".to_owned()), ..amira() },
        ])
    }
}

#[test]
fn a_new_group_with_its_pupils_and_their_marks_goes_as_it_came() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[ZOE], "I", am(24), am(24)));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    let before = record(&desk);
    let act = import(&mut desk, "10:00", &everything());
    let after = record(&desk);
    assert_ne!(after, before);
    assert_eq!(desk.mark(PupilId(12), am(23)), "N");
    let undone = desk.undo("10:01", act);
    is_as(&desk, &before);
    desk.sound();
    let again = desk.undo("10:02", undone.act);
    is_as(&desk, &after);
    assert_eq!(desk.mark(PupilId(12), am(23)), "N");
    desk.sound();
    let undone = desk.undo("10:03", again.act);
    is_as(&desk, &before);
    // And brought in anew, it is a new import like the first.
    desk.undo("10:04", undone.act);
    desk.undo("10:05", last(&desk));
    let act = import(&mut desk, "10:06", &everything());
    desk.undo("10:07", act);
    is_as(&desk, &before);
}

#[test]
fn what_came_since_of_a_mark_that_came_with_its_pupil_keeps_both() {
    let mut desk = Desk::new();
    let files = Incoming { marks: marks([("101", am(24), "N")]).marks, ..pupils([newcomer("101", "Firth")]) };
    let act = import(&mut desk, "08:00", &files);
    let firth = PupilId(11);
    let saw = desk.revision(firth, am(24));
    let amended = desk.done("09:00", amend(firth, am(24), "I", "mother rang", saw)).act;
    let text = desk.refused("09:01", Undo { act });
    let rests = format!("(number {}) came since: take that back first", amended.0);
    assert!(
        text.starts_with("Firth, Max cannot be taken away again, for \u{201c}I of Firth, Max 7CK AM")
            && text.ends_with(&rests),
        "{text}"
    );
}
