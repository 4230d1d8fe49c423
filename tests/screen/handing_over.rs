//! The hand-over, the day log, and the lists for others, by keys.

use firstbell::domain::act::{Act, EndSearch, Officer, OpenSearch};
use firstbell::domain::calendar::Closure;
use firstbell::domain::facts::search::SearchOutcome;
use firstbell::domain::incoming::{Incoming, IncomingDates, Place};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Look, Request};

use crate::support::{AMIRA, COLOUR, Desk, ERIN, Office, date, officer, took};

const SMALL: (u16, u16) = (80, 24);

fn report_ill(office: &Office, time: &str, pupil: PupilId) {
    office.perform(time, took(pupil, "tell DSL", "rang Mrs Hall"));
}

/// A morning with something of everything: a call, one taken back, somebody told.
fn busy() -> Office {
    let office = Office::new();
    report_ill(&office, "09:21", AMIRA);
    let mut desk = office.desk("09:31");
    desk.press("n").clock("09:33").press("u").clock("09:35").press("l 'doy' enter b enter");
    office
}

#[test]
fn what_is_open_is_handed_over_as_it_stands() {
    let office = busy();
    for (name, size) in [("80x24", SMALL), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("10:42", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("handover_{name}"), desk.press("h").dialog_frame());
    }
}

#[test]
fn the_hand_over_moves_with_the_record_and_scrolls() {
    let office = Office::new();
    let mut desk = office.small("10:42");
    desk.press("h");
    assert!(desk.shows("Of 12 on roll: 3 seen, 0 explained, 4 unexplained, 5 blank."), "{}", desk.text());
    assert!(desk.shows("Unexplained, not yet tried: 4"));
    office.perform(
        "10:42",
        Act::OpenSearch(OpenSearch { pupil: AMIRA, date: date(), last_seen: "gate 08:31".to_owned() }),
    );
    desk.look();
    assert!(desk.shows("- Khan, Amira 8KM: since 10:42, last seen gate 08:31"), "{}", desk.text());
    assert!(desk.shows("Unexplained, not yet tried: 3"), "{}", desk.text());
    desk.press("space space space");
    assert!(desk.shows("Harrington High, as recorded at 10:42 on Tue 24 Nov"), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("as recorded"));
}

#[test]
fn nothing_open_is_said_in_words_on_the_screen_too() {
    let office = Office::new();
    office.register("08:55", "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "/"), (9, "/")]);
    office.register("08:56", "10DP", "Dr Price", &[(2, "/"), (10, "/"), (11, "/"), (12, "/")]);
    office.register("08:57", "8KM", "Mrs Kemp", &[(1, "/"), (3, "/"), (4, "/"), (5, "/")]);
    let mut desk = office.desk("09:12");
    assert!(desk.press("h").shows("Nothing is open."), "{}", desk.text());
}

#[test]
fn the_tape_is_the_day_with_what_was_taken_back() {
    let office = busy();
    for (name, size) in [("80x24", SMALL), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("10:42", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("tape_{name}"), desk.press("T").dialog_frame());
    }
    let mut desk = office.small("10:42");
    insta::assert_snapshot!("tape_filtered", desk.press("T / 'khan' enter").dialog());
}

#[test]
fn the_tape_is_searched_by_who_whom_and_what_whatever_the_accents() {
    let office = busy();
    report_ill(&office, "09:40", PupilId(9));
    let mut desk = office.small("10:42");
    let shown = |desk: &Desk| desk.line_with("Today's tape").trim().to_owned();
    desk.press("T");
    assert!(shown(&desk).contains("Today's tape: 8"), "{}", desk.text());
    for (typed, holds) in [("ito", 2), ("wojcik", 1), ("Łuk", 1), ("doyle", 2), ("dsl", 2), ("taken", 1), ("9bw", 1)] {
        desk.press(&format!("/ ctrl-u '{typed}' enter"));
        assert!(shown(&desk).contains(&format!("{holds} of 8")), "{typed}\n{}", desk.text());
    }
    desk.press("/ ctrl-u 'nobody'");
    assert!(desk.shows("Nothing that was done today holds that."), "{}", desk.text());
    desk.press("esc");
    assert!(shown(&desk).contains("Today's tape: 8"));
}

#[test]
fn an_act_chosen_on_the_tape_is_taken_back_and_stays_in_sight() {
    let office = busy();
    let mut desk = office.small("10:42");
    // The newest is the late; below it the undo, and the call it took back.
    desk.press("T");
    desk.press("u");
    assert!(desk.status().contains("undone"), "{}", desk.status());
    let row = desk.line_with("taken back 10:42 by S Marsh");
    assert!(row.contains("arrival of Doyle, Erin 8KM"), "{row}");
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 3 AND session = 'AM'"), "N");
    // The undo itself stands on top, and doing again is a key of its own.
    desk.press("g u");
    assert_eq!(desk.status(), "That took something back: U does it again.");
    desk.press("j u");
    assert_eq!(desk.status(), "That was taken back already at 10:42 by S Marsh.");
    desk.press("U");
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 3 AND session = 'AM'"), "U");
}

#[test]
fn what_an_import_did_is_on_the_tape_and_is_taken_back_there_by_a_lead() {
    let office = Office::new();
    let place = Place { file: "day.csv".to_owned(), line: 2 };
    let closed = IncomingDates::Closed {
        from: date() + chrono::Days::new(7),
        until: date() + chrono::Days::new(7),
        kind: Closure::Inset,
        name: "Training".to_owned(),
    };
    office.bring(&Incoming { calendar: vec![(place, closed)], ..Incoming::default() });
    let role = |role| Officer { role, ..officer("R Reader") };
    let mut desk = office.desk_of("10:42", SMALL, Look::default(), role(Role::Officer));
    desk.press("T u");
    assert_eq!(desk.status(), "✗ Not done: an import is for a lead: this login is an officer's");
    let mut desk = office.desk_of("10:43", SMALL, Look::default(), role(Role::Lead));
    // The first import stands in the journal before the second: the pupils stay whose register was taken since.
    desk.press("T G u");
    assert!(
        desk.shows("✗ Not done: Khan, Amira cannot be taken away again") && desk.shows("(number 2) came since"),
        "{}",
        desk.text()
    );
    desk.press("g u");
    assert_eq!(office.ask("SELECT count(*) FROM closed_day WHERE name = 'Training'"), "0");
    desk.press("g enter");
    assert_eq!(desk.status(), "That names no pupil.");
    desk.press("g U");
    assert_eq!(office.ask("SELECT count(*) FROM closed_day WHERE name = 'Training'"), "1");
}

#[test]
fn the_tape_follows_other_desks_and_the_chosen_act_stays_chosen() {
    let office = busy();
    let mut desk = office.small("10:42");
    desk.press("T");
    assert!(!desk.shows("tell DSL about Firth"));
    report_ill(&office, "10:42", PupilId(5));
    desk.look();
    assert!(desk.shows("tell DSL about Firth, Max 8KM: rang Mrs Hall"), "{}", desk.text());
    // The late was chosen before; it is not on top any more, and Enter still opens its pupil.
    desk.press("enter");
    assert!(desk.line_with("Doyle, Erin 8KM").contains('╭'), "{}", desk.text());
}

#[test]
fn a_closed_tape_is_not_read() {
    let office = busy();
    let mut desk = office.small("10:42");
    desk.press("T esc");
    report_ill(&office, "10:42", PupilId(5));
    desk.look();
    let asked = desk.send_only(Event::Minute);
    assert!(!asked.iter().any(|one| matches!(one, Request::DayLog(_))), "{asked:?}");
}

#[test]
fn two_thousand_acts_scroll() {
    use chrono::TimeDelta;
    use firstbell::domain::act::day_log::Entry;
    use firstbell::domain::act_id::ActId;
    let office = Office::new();
    let mut desk = office.small("10:42");
    desk.press("T");
    let entry = |n: i64| Entry {
        act: ActId(n),
        at: date().and_hms_opt(8, 0, 0).unwrap() + TimeDelta::seconds(4 * n),
        who: format!("Officer {}", n % 7),
        login: None,
        changes: Vec::new(),
        desk: "office".to_owned(),
        text: format!("act number {n}"),
        pupils: vec![ERIN],
        undone: None,
        undid: None,
        can_undo: true,
    };
    desk.send_only(Event::DayLog(date(), (1..=2000).map(entry).collect()));
    desk.press("G");
    assert!(
        desk.shows("act number 1 ") || desk.line_with("act number 1").ends_with("act number 1│"),
        "{}",
        desk.text()
    );
    desk.press("/ 'number' space '1999'");
    assert!(desk.shows("Today's tape “number 1999”: 1 of 2000"), "{}", desk.text());
}

#[test]
fn the_lists_are_chosen_by_a_key_and_read() {
    let office = busy();
    let mut desk = office.small("10:42");
    insta::assert_snapshot!("lists", desk.press("L").dialog());
    for (key, name) in [("d", "dsl"), ("p", "pastoral"), ("l", "lates"), ("c", "cpoms")] {
        let mut desk = office.small("10:42");
        insta::assert_snapshot!(format!("list_{name}_80x24"), desk.press("L").press(key).dialog());
    }
    let mut wide = office.desk("10:42");
    insta::assert_snapshot!("list_dsl_120x40", wide.press("L d").dialog_frame());
}

#[test]
fn what_was_pasted_into_cpoms_is_recorded_without_its_text() {
    let office = busy();
    let mut desk = office.small("10:42");
    desk.press("2 g L c");
    assert!(desk.shows("DSL told by J Ito."), "{}", desk.text());
    desk.press("w");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: logged on CPOMS 10:42   u undo");
    assert_eq!(
        office.ask("SELECT step, words FROM step WHERE pupil = 1 ORDER BY id DESC LIMIT 1"),
        "logged on CPOMS | "
    );
    desk.press("L c");
    assert!(desk.shows("(Logged on CPOMS at 10:42 by S Marsh.)"), "{}", desk.text());
    desk.press("w");
    assert!(desk.status().contains("logged on CPOMS was recorded at 10:42 by S Marsh"), "{}", desk.status());
    // It is no step of the ladder: she stands where she stood.
    desk.press("esc h");
    assert!(!desk.line_with("Khan, Amira").contains("logged"), "{}", desk.text());
}

#[test]
fn without_a_pupil_there_is_no_text_for_cpoms() {
    let office = Office::new();
    let mut desk = office.small("10:42");
    desk.press("1 L c");
    assert_eq!(desk.status(), "Choose a pupil first, or find one.");
    desk.press("esc /");
    assert!(desk.shows("Find a pupil"));
}

#[test]
fn a_search_that_found_the_pupil_escalates_nothing() {
    let office = Office::new();
    let open = Act::OpenSearch(OpenSearch { pupil: ERIN, date: date(), last_seen: "the hall".to_owned() });
    office.perform("09:30", open);
    let search = office.ask("SELECT act FROM search").parse().map(firstbell::domain::act_id::ActId).unwrap();
    let mut desk = office.small("10:42");
    assert!(desk.press("h").shows("Unexplained, escalated: 1"), "{}", desk.text());
    let end = Act::EndSearch(EndSearch {
        search,
        pupil: ERIN,
        outcome: SearchOutcome::Found,
        found: None,
        words: "library".to_owned(),
    });
    office.perform("10:42", end);
    desk.look();
    assert!(desk.shows("Unexplained, escalated: 0"), "{}", desk.text());
}
