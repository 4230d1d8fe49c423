//! Following up by keys: the steps of the ladder, the next pupil by itself, and marks that have stood at N too long.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, Confirm, LogCall, LogPromise, Officer, OpenSearch};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::desk_presence::Place;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::facts::promise::Promise;
use firstbell::domain::facts::search::FoundWhere;
use firstbell::domain::incoming::{Incoming, IncomingMessage, IncomingUnknown, Received, Who};
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::store::Store;

use crate::support::{
    AMIRA, COLOUR, Desk, ERIN, Office, am, at, call, codes, date, handed_in, key, moved, officer, placed, took,
};

/// Amira's mother did not know where she is.
fn missing(office: &Office) {
    office.perform("09:52", LogCall { outcome: CallOutcome::Unaware, ..call(AMIRA, 1) });
}

/// An N of an earlier morning, in 8KM.
fn stood(office: &Office, day: u32, pupils: &[PupilId]) {
    let at = SessionDate::new(NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), Session::Am);
    let group: GroupId = GroupId(office.ask("SELECT id FROM tutor_group WHERE name = '8KM'").parse().unwrap());
    let marks: Vec<_> = pupils.iter().map(|pupil| (*pupil, "N")).collect();
    office.perform("07:30", handed_in(group, at, "Mrs Kemp", &marks));
}

fn settled(office: &Office) -> String {
    office.ask("SELECT pupil, date, code FROM mark WHERE date < '2026-11-24' ORDER BY pupil, date")
}

/// Who is chosen: the pupil named by the rule over the detail.
fn chosen(desk: &Desk) -> String {
    let rule = desk.line_with("── ");
    rule.split("── ").nth(1).unwrap().split("  ").next().unwrap().to_owned()
}

#[test]
fn what_is_overdue_says_for_how_long_until_the_day_is_over() {
    let office = Office::new();
    let frame = office.desk("09:50").frame();
    assert_eq!(frame.matches("alarm").count(), 2, "one thing in each pane is bright: {frame}");
    let mut desk = office.small("09:50");
    assert!(desk.line_with("Khan, Amira").contains("call +"), "{}", desk.text());
    assert!(desk.line_with("2 Unexplained").contains("2 Unexplained 4!"), "{}", desk.text());
    desk.clock("15:00");
    assert!(desk.line_with("Khan, Amira").contains("call +5h"), "{}", desk.text());
    // What was due by then is left to the next day.
    desk.clock("16:30");
    assert!(desk.line_with("Khan, Amira").contains("call 09:"), "{}", desk.text());
    assert!(!desk.line_with("2 Unexplained").contains("2 Unexplained 4!"), "{}", desk.text());
}

#[test]
fn the_step_that_is_due_is_recorded_with_the_name_of_who_was_told() {
    let office = Office::new();
    let mut desk = office.desk("09:50");
    desk.press("n n");
    assert!(desk.line_with("Khan, Amira").contains("tell DSL +10m"), "{}", desk.text());
    desk.press("2 g e enter enter space enter");
    assert_eq!(desk.status(), "Type who was told: the name of the DSL.");
    assert_eq!(office.ask("SELECT count(*) FROM step"), "0");
    desk.press("'Grey' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: tell DSL 09:50, Grey   u undo");
    assert_eq!(office.ask("SELECT pupil, step, words FROM step"), "1 | tell DSL | Grey");
    assert!(desk.line_with("Khan, Amira").contains("social worker 10:10"), "{}", desk.text());
    assert!(desk.shows("09:50 tell DSL, Grey, by S Marsh"));
    desk.press("u");
    assert!(desk.line_with("Khan, Amira").contains("tell DSL +10m"));
}

#[test]
fn what_was_said_is_typed_and_another_step_is_chosen() {
    let office = Office::new();
    let mut desk = office.desk("09:50");
    desk.press("e down down enter");
    assert_eq!(desk.status(), "Type who did it, or what came of it.");
    desk.press("esc e down down 'nobody' space 'in' enter");
    assert_eq!(office.ask("SELECT step, words FROM step"), "visit | nobody in");
    desk.press("e 'Ms' space 'Grey' down enter");
    assert_eq!(office.ask("SELECT step, words FROM step WHERE step <> 'visit'"), "tell social worker | Ms Grey");
    // A call is logged as a call.
    desk.press("e up enter");
    assert_eq!(desk.status(), "A call does this step: log the call.");
    assert_eq!(office.ask("SELECT count(*) FROM step"), "2");
}

#[test]
fn a_step_taken_at_another_desk_is_refused_with_who_and_when() {
    let office = Office::new();
    let mut desk = office.desk("09:50");
    desk.press("e");
    office.perform("09:49", took(AMIRA, "tell DSL", "told Ms Grey"));
    desk.press("'Grey' enter");
    assert_eq!(desk.status(), "✗ Not done: Khan, Amira 8KM: tell DSL was recorded at 09:49 by J Ito");
    assert!(desk.shows("09:49 by J Ito, told Ms Grey"), "{}", desk.text());
}

#[test]
fn a_step_is_recorded_from_the_card_too() {
    let office = Office::new();
    let mut desk = office.desk("09:50");
    desk.press("/ 'doy' enter e 'Webb' enter");
    assert_eq!(office.ask("SELECT pupil, step FROM step"), format!("{} | tell head of year", ERIN.0));
    desk.press("1 e");
    assert_eq!(desk.status(), "Choose a pupil first, or find one.");
}

#[test]
fn a_missing_pupil_and_her_steps_at_two_sizes() {
    let office = Office::new();
    missing(&office);
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("09:55", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("missing_{name}"), desk.frame());
        desk.press("e");
        insta::assert_snapshot!(format!("steps_{name}"), desk.dialog());
    }
    let mut desk = office.desk("09:55");
    desk.press("e 'Grey' enter");
    assert!(desk.line_with("Khan, Amira").contains("MISSING search site "), "{}", desk.text());
    desk.press("e 'Hall' enter");
    assert!(desk.line_with("Khan, Amira").contains("MISSING police 10:22"), "{}", desk.text());
}

#[test]
fn how_far_each_follow_up_has_come_is_said_where_no_step_is_due() {
    let office = Office::new();
    let promise = Promise::OnTheWay { by: "10:15:00".parse().unwrap() };
    let (by, words) = ("Ms Doyle, mother".to_owned(), "missed the bus".to_owned());
    let channel = Channel::Telephone;
    office.perform("09:47", Act::LogPromise(LogPromise { pupils: vec![ERIN], at: am(), promise, by, words, channel }));
    office.perform("09:40", moved(PupilId(2), Way::Out, "09:40", "collected by a parent"));
    missing(&office);
    let search = Act::OpenSearch(OpenSearch { pupil: AMIRA, date: am().date, last_seen: "gate 08:31".to_owned() });
    office.perform("09:53", search);
    let day = Store::open(&office.path, codes()).unwrap().day(am().date).unwrap();
    office.perform("09:54", day.open_search(AMIRA).unwrap().found(FoundWhere::OnSite, "library"));
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("09:55", size, COLOUR, "S Marsh");
        desk.press("2");
        insta::assert_snapshot!(format!("standings_{name}"), desk.frame());
    }
    let mut desk = office.desk("09:55");
    assert!(desk.line_with("Doyle, Erin").contains("on the way since 09:47"), "{}", desk.text());
    assert!(desk.line_with("Khan, Bilal").contains("left 09:40, collected"), "{}", desk.text());
    assert!(!desk.line_with("Khan, Amira").contains("MISSING"), "seen in the library: {}", desk.text());
    desk.press("G");
    while chosen(&desk) != "Doyle, Erin" {
        desk.press("k");
    }
    assert!(desk.shows("  on the way, here by 10:15, says Ms Doyle, mother"), "{}", desk.text());
    // The lines that nothing else needs hold what is longer than one.
    assert!(desk.shows("missed"), "{}", desk.text());
    for size in [(80, 24), (120, 40)] {
        let mut late = office.desk_with("10:20", size, COLOUR, "S Marsh");
        late.press("2");
        assert!(late.line_with("Doyle, Erin").contains("not here at 10:15"), "{}", late.text());
    }
    desk.press("/ 'doy' enter");
    assert!(desk.line_with("Next").contains("on the way since 09:47"), "{}", desk.text());
    assert!(desk.shows("09:47  on the way, here by 10:15, says Ms Doyle, mother: missed"), "{}", desk.text());
}

#[test]
fn after_a_call_the_next_pupil_is_chosen_by_itself() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    assert_eq!(chosen(&desk), "Khan, Amira");
    desk.press("n");
    assert_eq!(chosen(&desk), "Khan, Amira", "her father has not been rung");
    desk.press("n");
    assert_eq!(chosen(&desk), "Evans, Llŷr", "nobody is left to ring about her");
    desk.press("k c v enter");
    assert_eq!(chosen(&desk), "Evans, Llŷr", "a message is waited for");
    desk.press("k c U enter");
    assert_eq!(chosen(&desk), "Khan, Amira", "missing: the DSL is told at once");
    // The step that follows by itself is recorded by no Enter that came too often.
    desk.press("enter enter");
    assert_eq!(office.ask("SELECT count(*) FROM step"), "0");
    desk.press("esc G");
    assert_eq!(chosen(&desk), "Khan, Bilal");
    desk.press("c v enter");
    assert_eq!(office.ask("SELECT pupil, outcome FROM call ORDER BY act DESC LIMIT 1"), "2 | left-message");
    assert_eq!(chosen(&desk), "Doyle, Erin", "nobody stands below: the last who is still to be rung");
}

#[test]
fn a_row_that_moves_down_leaves_the_next_one_chosen() {
    let office = Office::new();
    let mut desk = office.desk("09:50");
    desk.press("g j j");
    assert_eq!(chosen(&desk), "Doyle, Erin");
    desk.press("n");
    assert_eq!(chosen(&desk), "Khan, Bilal", "her only contact was tried, and her row moved down");
    assert!(desk.text().find("Khan, Bilal").unwrap() < desk.text().find("Doyle, Erin").unwrap());
}

#[test]
fn marks_that_have_stood_too_long_are_settled_when_counted_whole() {
    let office = Office::new();
    stood(&office, 12, &[AMIRA, ERIN]);
    stood(&office, 13, &[AMIRA]);
    stood(&office, 20, &[ERIN]);
    let mut desk = office.desk("09:50");
    desk.press("N");
    assert!(desk.shows("Marks at N: 8, 3 past their deadline"), "{}", desk.text());
    desk.press("a '2' enter");
    assert_eq!(desk.status(), "There are 3: type 3 to settle them.");
    assert!(desk.shows("3 marks of 2 pupils are past their deadline: type 3 to settle to O"));
    desk.press("backspace '3' enter");
    assert_eq!(desk.status(), "✓ 3 marks settled to O: no reason found within 5 school days   u undo");
    assert_eq!(settled(&office), "1 | 2026-11-12 | O\n1 | 2026-11-13 | O\n3 | 2026-11-12 | O\n3 | 2026-11-20 | N");
    assert!(desk.shows("Marks at N: 5 "), "{}", desk.text());
    desk.press("a");
    assert_eq!(desk.status(), "No mark is past its deadline.");
    desk.press("u");
    assert_eq!(settled(&office), "1 | 2026-11-12 | N\n1 | 2026-11-13 | N\n3 | 2026-11-12 | N\n3 | 2026-11-20 | N");
}

#[test]
fn one_mark_is_settled_or_given_another_code() {
    let office = Office::new();
    stood(&office, 12, &[AMIRA, ERIN]);
    let mut desk = office.desk("09:50");
    desk.press("N o enter");
    assert_eq!(desk.status(), "✓ 1 mark settled to O: no reason found within 5 school days   u undo");
    assert_eq!(settled(&office), "1 | 2026-11-12 | N\n3 | 2026-11-12 | O");
    desk.press("m 'zz' enter");
    assert!(!desk.status().starts_with('✓'), "{}", desk.status());
    desk.press("ctrl-u 'm' enter 'card' space 'seen' enter");
    assert_eq!(settled(&office), "1 | 2026-11-12 | M\n3 | 2026-11-12 | O");
    // Left half way, nothing is recorded.
    desk.press("o esc a esc esc");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind IN ('settle-aged', 'amend')"), "2");
    assert!(!desk.shows("Marks at N"));
}

#[test]
fn the_list_of_ageing_marks_at_two_sizes() {
    let office = Office::new();
    stood(&office, 12, &[AMIRA, ERIN]);
    stood(&office, 20, &[ERIN]);
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("09:50", size, COLOUR, "S Marsh");
        desk.press("N a");
        insta::assert_snapshot!(format!("ageing_{name}"), desk.dialog());
    }
}

#[test]
fn a_row_says_who_calls_from_another_desk_and_who_is_looked_for() {
    let office = Office::new();
    let mut store = Store::open(&office.path, codes()).unwrap();
    store
        .store_presence(
            &Officer { desk: "gate pts/2".to_owned(), ..officer("J Ito") },
            Some((Place::Office, Some(AMIRA))),
            at("09:49"),
            at("09:49"),
        )
        .unwrap();
    store.store_presence(&officer("S Marsh"), Some((Place::Office, Some(ERIN))), at("09:49"), at("09:49")).unwrap();
    let llyr = PupilId(4);
    let last_seen = "bus stop 08:20".to_owned();
    office.perform("09:48", Act::OpenSearch(OpenSearch { pupil: llyr, date: am().date, last_seen }));
    let desk = office.desk("09:50");
    assert!(desk.line_with("▲ Khan, Amira").contains("JI calls"), "{}", desk.text());
    assert!(desk.line_with("Evans, Llŷr").contains("sought"));
    assert!(!desk.line_with("Doyle, Erin").contains("calls"), "our own desk's is no news");
    let mut desk = office.desk_with("09:50", (80, 24), COLOUR, "S Marsh");
    assert!(desk.line_with("▲ Khan, Amira").contains("JI calling"));
    assert!(desk.line_with("Evans, Llŷr").contains("looked for"));
    desk.press("j");
    assert!(desk.shows("Looked for since 09:48, by J Ito: bus stop 08:20"), "{}", desk.text());
    desk.clock("09:54");
    assert!(!desk.shows("JI calling"), "a claim ends by itself");
}

#[test]
fn who_is_elsewhere_and_not_confirmed_joins_the_list() {
    let office = Office::new();
    office.register("08:55", "9BW", "Mr Webb", &[(6, "V"), (7, "/"), (8, "B"), (9, "/")]);
    let there = false;
    let said_by = "Mr Hall".to_owned();
    office.perform("09:30", Act::Confirm(Confirm { pupils: vec![PupilId(8)], at: am(), there, said_by }));
    let mut desk = office.desk_with("09:58", (80, 24), COLOUR, "S Marsh");
    assert!(!desk.shows("Gray, Zoë"));
    assert!(desk.line_with("Mori, Yui").contains("call +28m"), "{}", desk.text());
    assert!(desk.line_with("Mori, Yui").contains(" not there"), "{}", desk.text());
    assert!(!desk.line_with("Mori, Yui").contains("N not there"), "{}", desk.text());
    desk.clock("10:01");
    let row = desk.line_with("Gray, Zoë");
    assert!(row.contains("ask provider +") && row.contains("V unconfirmed"), "{row}");
}

#[test]
fn a_long_step_is_whole_where_how_often_somebody_rang_leaves_room() {
    let office = Office::new();
    let mut desk = office.desk_with("11:20", (120, 40), COLOUR, "S Marsh");
    desk.press("2 g");
    while !desk.chosen_text().contains("Khan, Bilal") {
        desk.press("down");
    }
    desk.press("n");
    let row = desk.line_with("Khan, Bilal");
    assert!(row.contains("head of year +") && row.contains("1 tried"), "{}", desk.text());
}

#[test]
fn marks_of_files_that_wait_for_a_code_are_counted_in_the_title() {
    let office = Office::new();
    let at = SessionDate::new(date().pred_opt().unwrap(), Session::Am);
    let unknown =
        |pupil: usize| IncomingUnknown { pupil: key(pupil), at, raw: "7".to_owned(), minutes: None, by: None };
    let unknown_marks = placed([unknown(1), unknown(3)]);
    office.bring(&Incoming { unknown_marks, ..Incoming::default() });
    let desk = office.desk("09:50");
    assert!(desk.shows("2 marks in quarantine"), "{}", desk.text());
}

#[test]
fn messages_of_files_that_nobody_has_read_are_counted_in_the_title() {
    let office = Office::new();
    let message = IncomingMessage {
        who: Who { key: key(1), ..Who::default() },
        received: Received::Local(date().and_hms_opt(7, 58, 0).unwrap()),
        channel: Channel::Message,
        by: "Mrs Khan".to_owned(),
        number: None,
        from: None,
        until: None,
        reason: String::new(),
        words: "ill".to_owned(),
    };
    office.bring(&Incoming { messages: placed([message]), ..Incoming::default() });
    let desk = office.desk("09:50");
    assert!(desk.shows("1 message in the inbox"), "{}", desk.text());
}
