//! The lateness queue by keys: one late followed through, a year group told of at once, and what leaves the queue.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, LogArrival, Officer, ReportAbsence, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::keys::KeymapFile;
use firstbell::screen::{App, Keymaps, StoreWorker, Theme};
use firstbell::store::Store;

use crate::support::{AMIRA, COLOUR, Desk, ERIN, Office, am, amended, at, came, codes, date, followed, officer};

const ZOE: PupilId = PupilId(6);
const YUI: PupilId = PupilId(8);
const BILAL: PupilId = PupilId(2);

fn arrives(office: &Office, time: &str, pupil: PupilId, reason: Option<&str>) {
    office.perform(time, LogArrival { reason: reason.map(str::to_owned), ..came(pupil, time) });
}

fn was_late(office: &Office, day: u32, session: Session, pupil: PupilId, minutes: i64) {
    let at = SessionDate::new(NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), session);
    office.perform("07:45", amended(pupil, at, &format!("L {minutes}"), "from the paper", ActId(0)));
}

fn follow(office: &Office, time: &str, pupils: &[PupilId], step: LateStep, words: &str) {
    office.perform(time, followed(pupils, step, words));
}

/// Five lates of three years; Amira's is her third of the half-term.
fn late_morning() -> Office {
    let office = Office::new();
    was_late(&office, 10, Session::Am, AMIRA, 4);
    was_late(&office, 23, Session::Pm, AMIRA, 25);
    was_late(&office, 23, Session::Am, ZOE, 8);
    arrives(&office, "08:57", AMIRA, Some("bus"));
    arrives(&office, "08:58", ZOE, Some("overslept"));
    arrives(&office, "09:03", BILAL, None);
    arrives(&office, "09:04", YUI, Some("appointment"));
    arrives(&office, "09:14", ERIN, Some("family"));
    office
}

#[test]
fn no_reason_is_cut_beside_blanks() {
    let office = late_morning();
    arrives(&office, "09:15", PupilId(7), Some("missed the bus"));
    let mut desk = office.small("09:20");
    desk.press("3");
    assert!(desk.line_with("09:15").contains("missed the bus"), "{}", desk.text());
}

fn steps(office: &Office) -> String {
    office.ask("SELECT pupil, step, words FROM late_step WHERE withdrawn IS NULL ORDER BY id")
}

#[test]
fn a_late_of_more_than_99_minutes_keeps_its_blanks_before_the_reason() {
    let office = late_morning();
    arrives(&office, "10:27", PupilId(7), Some("traffic"));
    let mut desk = office.small("10:30");
    desk.press("3");
    assert!(desk.line_with("10:27").contains("U 107  traffic  "), "{}", desk.text());
    // Where names and reasons have no room beside each other, the chosen late says its reason below.
    let mut desk = office.desk("10:30");
    desk.press("3");
    assert!(desk.line_with("10:27").contains("O’Neill-Smith, Si"), "{}", desk.text());
    assert!(!desk.line_with("10:27").contains("traf") && desk.shows("traffic; new"), "{}", desk.text());
}

#[test]
fn the_queue_and_one_late_at_two_sizes() {
    let office = late_morning();
    follow(&office, "09:05", &[ZOE], LateStep::NotAccepted, "");
    follow(&office, "09:06", &[ZOE], LateStep::Sanctioned, "30 min detention");
    follow(&office, "09:06", &[YUI], LateStep::Accepted, "");
    follow(&office, "09:07", &[AMIRA], LateStep::Met, "");
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("queue_{name}"), desk.press("3 G").frame());
        insta::assert_snapshot!(format!("follow_{name}"), desk.press("s n s").dialog_frame());
        let mut desk = office.desk_with("09:21", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("heads_{name}"), desk.press("3 y y r").dialog());
    }
}

#[test]
fn an_accepted_reason_takes_two_keys_and_one_that_is_not_five() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3");
    let (accepted, refused) = ("s a", "s n s enter r");
    assert_eq!((Desk::count(accepted), Desk::count(refused)), (2, 5));
    desk.press(accepted);
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM: reason accepted   u undo");
    assert!(!desk.shows("Late AM:"), "it closes when the late is finished");
    desk.press("G").press(refused);
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM: head of year told   u undo");
    assert_eq!(
        steps(&office),
        "3 | accepted | \n1 | not-accepted | \n1 | sanctioned | 60 min detention\n1 | reported | "
    );
    assert!(desk.line_with("Lateness queue").contains("5 · 3 new"), "{}", desk.text());
    assert!(desk.shows("✓ HoY told"), "{}", desk.text());
    desk.press("u");
    assert!(desk.shows("▸ 60 min detention; tell the"), "{}", desk.text());
}

#[test]
fn a_late_says_how_it_was_settled_how_often_and_what_is_due() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 G s");
    for text in [
        "Late AM: Khan, Amira 8KM",
        "L 17 min: gate 08:57 beats tutor N 08:50",
        "Reason: bus, logged by J Ito",
        "3rd late this half-term; this week twice, 42 min lost",
        "If the reason is not accepted: 60 min detention",
    ] {
        assert!(desk.shows(text), "{text}\n{}", desk.text());
    }
    desk.press("m");
    assert!(desk.line_with("✓ met").contains("09:20 by S Marsh"), "{}", desk.text());
    assert!(desk.line_with("challenged").contains("next"), "{}", desk.text());
    // The ladder's words are offered and typed over; left, none is given.
    desk.press("s 'cleaning' enter s esc");
    assert_eq!(steps(&office), "1 | met | \n1 | sanctioned | cleaning");
    desk.press("s ctrl-u enter");
    assert_eq!(desk.status(), "Say which sanction is given.");
    // The newest word on the reason counts, and the one before is told.
    desk.press("esc n a s");
    assert!(desk.line_with("reason accepted").contains("09:20 by S Marsh"), "{}", desk.text());
    assert!(desk.line_with("reason not accepted").contains("09:20 by S Marsh, changed since"), "{}", desk.text());
}

#[test]
fn the_card_tells_how_often_and_how_many_minutes() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 G enter");
    assert!(desk.shows("Last late: the 3rd this half-term; 42 min lost this week"), "{}", desk.text());
    desk.press("esc 2 enter");
    assert!(desk.shows("Evans") && !desk.shows("Last late"), "{}", desk.text());
}

#[test]
fn a_reader_sees_where_a_late_stands_and_records_nothing() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    let reader = Officer { role: Role::Reader, ..officer("T Rao") };
    let mut store = Store::open(&office.path, codes()).unwrap();
    let keymaps = Keymaps::read(KeymapFile::compiled_in()).unwrap();
    desk.app = App::new(store.day(date()).unwrap(), keymaps, Theme::new(COLOUR), reader.clone(), false, at("09:20"));
    desk.worker = StoreWorker::new(store, reader, date());
    desk.press("3 G s");
    let text = "✗ Not done: the following of a late is for an officer: this login is a reader's";
    assert_eq!(desk.status(), text);
    assert_eq!(steps(&office), "");
}

#[test]
fn the_second_desk_is_refused_with_who_and_when() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 G s");
    follow(&office, "09:19", &[AMIRA], LateStep::Met, "");
    desk.press("m");
    assert_eq!(desk.status(), "✗ Not done: Khan, Amira 8KM: met, already recorded at 09:19 by J Ito");
    assert!(desk.line_with("✓ met").contains("09:19 by J Ito"), "{}", desk.text());
}

#[test]
fn one_year_group_at_a_time() {
    let office = late_morning();
    for (size, title) in [((120, 40), "3 Lateness queue "), ((80, 24), "3 Lates ")] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        desk.press("3");
        let shown = |desk: &Desk| desk.line_with(title).split(title).nth(1).unwrap().to_owned();
        assert!(shown(&desk).trim_start().starts_with("5 "), "{}", desk.text());
        desk.press("y");
        assert!(shown(&desk).contains("2 ") && shown(&desk).contains("Y8"), "{}", desk.text());
        assert!(!desk.shows("Mori, Yui") && desk.shows("09:14  Doyle, Erin"), "{}", desk.text());
        desk.press("y");
        assert!(shown(&desk).contains("Y9") && desk.shows("09:04  Mori, Yui"), "{}", desk.text());
        desk.press("y y");
        assert!(shown(&desk).trim_start().starts_with("5 ") && !shown(&desk).contains('Y'), "{}", desk.text());
    }
    // A year group whose last late is taken back stays asked for, and says so.
    let mut desk = office.desk("09:20");
    desk.press("3 y y y");
    let late: i64 = office.ask("SELECT act FROM evidence WHERE pupil = 2 AND kind = 'gate'").parse().unwrap();
    office.perform("09:20", Act::Undo(Undo { act: ActId(late) }));
    desk.look();
    assert!(desk.shows("Nobody in Year 10 has come late."), "{}", desk.text());
    assert!(desk.press("y").shows("Lateness queue  4"), "{}", desk.text());
}

#[test]
fn a_year_group_is_told_of_at_once_and_nobody_who_came_since() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 y r");
    assert!(desk.shows("2 AM lates not told yet"), "{}", desk.text());
    arrives(&office, "09:19", PupilId(4), None);
    desk.look().press("enter");
    assert_eq!(desk.status(), "✓ 2 lates: head of year told   u undo");
    assert_eq!(steps(&office), "3 | reported | \n1 | reported | ");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'late-step'"), "1", "one act");
    desk.press("r");
    assert!(desk.shows("1 AM late not told yet") && desk.shows("Evans, Llŷr"), "{}", desk.text());
    desk.press("enter r enter");
    assert_eq!(desk.status(), "There is nothing left to tell.");
    desk.press("esc y r");
    assert!(desk.shows("Tell the head of Year 9"), "{}", desk.text());
}

#[test]
fn both_sessions_are_told_of_one_after_the_other() {
    let office = late_morning();
    arrives(&office, "13:30", AMIRA, None);
    let mut desk = office.desk("13:45");
    desk.press("3 y r enter");
    assert!(desk.shows("1 PM late not told yet"), "{}", desk.text());
    // It has gone on by itself: a key in haste records nothing.
    desk.press("enter");
    assert!(desk.shows("1 PM late not told yet"), "{}", desk.text());
    desk.now += chrono::TimeDelta::seconds(3);
    desk.press("enter");
    assert!(!desk.shows("not told yet"), "{}", desk.text());
    assert_eq!(office.ask("SELECT session, count(*) FROM late_step GROUP BY session"), "AM | 2\nPM | 1");
}

#[test]
fn a_late_that_is_none_any_more_leaves_nothing_behind() {
    let office = late_morning();
    follow(&office, "09:05", &[AMIRA], LateStep::Met, "");
    let mut desk = office.desk("09:20");
    desk.press("3 G s");
    let saw = ActId(office.ask("SELECT max(id) FROM act").parse().unwrap());
    office.perform("09:20", amended(AMIRA, am(), "/", "was in the office", saw));
    desk.look();
    assert!(desk.shows("No late any more: the mark is / now."), "{}", desk.text());
    assert!(desk.line_with("✓ met").contains("09:05 by J Ito"), "what was done is still told");
    desk.press("a");
    assert_eq!(desk.status(), "That is no late any more: nothing is recorded.");
    desk.press("esc");
    assert!(!desk.line_with("Lateness queue").contains('5'), "{}", desk.text());
    assert!(!desk.shows("3rd of half-term"), "nobody is chosen");
    desk.press("s");
    assert_eq!(desk.status(), "Choose a late first.");
    assert_eq!(steps(&office), "1 | met | ");
}

#[test]
fn the_list_for_heads_of_year_is_ready_to_paste() {
    let office = late_morning();
    follow(&office, "09:05", &[ZOE], LateStep::NotAccepted, "");
    follow(&office, "09:06", &[ZOE], LateStep::Sanctioned, "30 min detention");
    let mut desk = office.desk("09:20");
    desk.press("L l");
    insta::assert_snapshot!(desk.dialog());
}

#[test]
fn who_is_suspended_is_shown_as_such_before_the_arrival_is_logged_and_after() {
    let office = Office::new();
    let (by, words, channel) = ("M Achebe, head".to_owned(), "suspended".to_owned(), Channel::Telephone);
    let code = Code::parse("E").unwrap();
    let (from, until) = (am(), SessionDate::new(date(), Session::Pm));
    let (pupils, seen, back) = (vec![AMIRA], String::new(), None);
    office.perform(
        "08:45",
        Act::ReportAbsence(ReportAbsence { pupils, code, from, until, by, words, channel, seen, back, time: None }),
    );
    let mut desk = office.desk("09:20");
    desk.press("l 'amira' enter");
    assert!(desk.line_with("Arrived").contains("AM E"), "{}", desk.text());
    assert!(desk.shows("Must not be here: suspended or excluded"), "{}", desk.text());
    desk.press("b enter");
    assert!(desk.status().contains("Khan, Amira 8KM must not be here: E: "), "{}", desk.status());
}
