//! The day's board: who is absent and why, who is out, who is expected; filtered, and never in silence.

use firstbell::domain::act::{LogPromise, Officer, ReportAbsence};
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::facts::promise::Promise;
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Look, Request};
use firstbell::store::Store;

use crate::support::*;

/// Mori is ill until Thursday, Firth at the dentist, 王 has an appointment at ten, Erin is on the way, Gray is with a provider.
fn office() -> Office {
    let office = Office::new();
    let report = |pupil: i64, code: &str, until: SessionDate| reported(&[PupilId(pupil)], code, am(), until);
    let until = SessionDate::new(date().succ_opt().unwrap(), pm().session);
    office.perform("07:56", report(8, "I", until));
    let (by, words) = ("Ms Lee".to_owned(), "Harbour AP".to_owned());
    office.perform("08:00", ReportAbsence { by, words, ..report(6, "B", pm()) });
    let ten = "10:00:00".parse().ok();
    office.perform("08:01", ReportAbsence { time: ten, words: "dentist".to_owned(), ..report(10, "M", am()) });
    let by = "09:00:00".parse().unwrap();
    let promise = LogPromise {
        pupils: vec![ERIN],
        at: am(),
        promise: Promise::OnTheWay { by },
        by: "Ms Doyle, mother".to_owned(),
        words: String::new(),
        channel: Channel::Telephone,
    };
    office.perform("08:30", promise);
    office.perform("09:02", moved(PupilId(5), Way::Out, "09:02", "dentist, back 11:30"));
    office
}

#[test]
fn the_board_at_every_size() {
    let office = office();
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut desk = office.desk_with("09:26", (width, height), COLOUR, "S Marsh");
        desk.press("B");
        insta::assert_snapshot!(format!("board_{width}x{height}"), desk.dialog_frame());
    }
}

#[test]
fn without_colour_or_other_letters_it_says_the_same() {
    let look = Look { colour: false, high_contrast: false, ascii: true };
    let mut desk = office().desk_with("09:26", (120, 40), look, "S Marsh");
    desk.press("B");
    for text in ["on the way, due 09:00 +26m", "since 09:02, due 11:30, dentist, back 11:30", "appointment 10:00"] {
        assert!(desk.shows(text), "{text}\n{}", desk.text());
    }
}

#[test]
fn the_counts_make_up_the_roll_and_a_filter_is_named_and_counted() {
    let mut desk = office().desk("09:26");
    desk.press("B");
    assert!(desk.shows("12 on roll = 3 in + 2 explained + 4 unexplained + 3 no mark"), "{}", desk.text());
    assert!(desk.shows("B 1  I 1   1 out now, 2 expected"), "{}", desk.text());
    desk.press("/ '8km'");
    assert!(desk.shows("Board AM  only 8KM"), "{}", desk.text());
    assert!(desk.shows("4 of 12 on roll = 1 in + 0 explained + 3 unexplained + 0 no mark"), "{}", desk.text());
    assert!(!desk.shows("Mori, Yui"));
    desk.press("enter");
    assert!(desk.shows("Board AM  only 8KM"), "it stays when the typing is over");
    desk.press("a");
    assert!(desk.shows("only 8KM B"), "{}", desk.text());
    desk.press("backspace");
    assert!(desk.shows("12 on roll ="));
    desk.press("/ 'flu'");
    assert!(desk.shows("only “flu”") && desk.shows("1 of 12 on roll"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("12 on roll ="), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Board AM"));
}

#[test]
fn groups_and_codes_are_turned_through_by_a_key() {
    let mut desk = office().desk("09:26");
    desk.press("B");
    for only in ["8KM", "9BW", "10DP"] {
        desk.press("v");
        assert!(desk.shows(&format!("Board AM  only {only} ")), "{only}: {}", desk.text());
    }
    desk.press("v");
    assert!(desk.shows("12 on roll ="));
    for only in ["B", "I", "N"] {
        desk.press("a");
        assert!(desk.shows(&format!("Board AM  only {only} ")), "{only}: {}", desk.text());
    }
}

#[test]
fn enter_opens_the_card_and_closing_it_leads_back_to_the_row() {
    let mut desk = office().desk("09:26");
    desk.press("B / 'mori' enter");
    desk.press("enter");
    assert!(desk.shows("Mori, Yui 9BW"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("Board AM  only “mori”"), "{}", desk.text());
    assert!(desk.chosen_text().contains("Mori, Yui"), "{}", desk.text());
    // What is recorded about the chosen pupil leads back too, and the counts are those of now.
    desk.press("backspace / 'evans' enter m i enter 'mum' enter");
    assert_eq!(desk.status(), "✓ Evans, Llŷr 8KM AM: N amended to I   u undo");
    assert!(desk.shows("Board AM  only “evans”"), "{}", desk.text());
    assert!(desk.line_with("Explained").contains("Evans, Llŷr"), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Board AM"));
}

#[test]
fn it_follows_the_record_and_agrees_with_the_hand_over() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("B");
    office.register("09:27", "9BW", "Mr Webb", &[(6, "N"), (7, "/"), (8, "N"), (9, "/")]);
    desk.clock("09:28").look();
    assert!(desk.shows("12 on roll = 5 in + 2 explained + 4 unexplained + 1 no mark"), "{}", desk.text());
    desk.press("esc h");
    assert!(desk.shows("Of 12 on roll: 5 seen, 2 explained, 4 unexplained, 1 blank."), "{}", desk.text());
    desk.press("esc").clock("15:30").press("B");
    assert!(desk.shows("0 out now, 0 expected"), "school is over: {}", desk.text());
}

#[test]
fn it_is_printed_as_it_is_read_out_with_its_filter() {
    let office = office();
    change_settings(&mut Store::open(&office.path, codes()).unwrap(), |school| school.printer = "lp".to_owned());
    let mut desk = office.desk("09:26");
    desk.press("B v");
    let mut waiting = desk.press_only("p");
    let mut printed = String::new();
    while let Some(request) = waiting.pop() {
        match request {
            Request::Print(printing) => printed = printing.text,
            request => {
                let events = desk.worker.obey(request, desk.now);
                waiting.extend(events.into_iter().flat_map(|event| desk.app.on(event, desk.now)).collect::<Vec<_>>());
            }
        }
    }
    assert!(printed.starts_with("Board of Tuesday 24 November 2026 AM, only 8KM\n"), "{printed}");
    assert!(printed.contains("- 8KM Firth, Max: since 09:02, due 11:30, dentist, back 11:30\n"), "{printed}");
    assert_eq!(office.ask("SELECT what FROM disclosure"), "the day's board, printed");
}

#[test]
fn a_reader_sees_it_and_a_gate_s_login_does_not() {
    let office = office();
    let mut desk = office.desk_of("09:26", (120, 40), COLOUR, Officer { role: Role::Reader, ..officer("R Reader") });
    desk.press("B");
    assert!(desk.shows("Mrs Khan, mother 07:56: flu, back Thu 26 Nov"), "{}", desk.text());
    let mut gate = office.gate("09:26");
    gate.press("B");
    assert!(!gate.shows("on roll ="), "letters are names at the gate: {}", gate.text());
}
