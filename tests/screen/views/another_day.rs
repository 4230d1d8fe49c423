//! Another day than today: gone to and come back from, read, put right, and never taken for now.

use chrono::{Days, NaiveDate};
use firstbell::domain::act::Officer;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingMark};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Look, Request};
use firstbell::store::Store;

use crate::support::*;

fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn session(day: u32, session: Session) -> SessionDate {
    SessionDate::new(november(day), session)
}

/// A register of an earlier day, handed in on it.
fn register(office: &Office, at_time: (SessionDate, &str), group: &str, teacher: &str, marks: &[(i64, &str)]) {
    let (on, time) = at_time;
    let mut store = Store::open(&office.path, codes()).unwrap();
    let group: GroupId = store.roll().groups.iter().find(|one| one.name == group).unwrap().id;
    let marks: Vec<_> = marks.iter().map(|(id, text)| (PupilId(*id), *text)).collect();
    let then = at(time) - (date() - on.date);
    store.perform(&officer(teacher), then, &handed_in(group, on, teacher, &marks).into()).unwrap();
}

/// A week ago, Tuesday the 17th: Amira at N in the morning, Erin ill, Łukasz late, two without a mark in the afternoon.
pub fn office() -> Office {
    let office = Office::new();
    let (am, pm) = (session(17, Session::Am), session(17, Session::Pm));
    register(&office, (am, "08:52"), "8KM", "Mrs Kemp", &[(1, "N"), (3, "I"), (4, "/"), (5, "/")]);
    register(&office, (am, "08:49"), "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "/"), (9, "L 12")]);
    register(&office, (am, "08:51"), "10DP", "Dr Price", &[(2, "/"), (10, "/"), (11, "M"), (12, "/")]);
    register(&office, (pm, "12:58"), "8KM", "Mrs Kemp", &[(1, "\\"), (3, "I"), (4, "\\"), (5, "\\")]);
    register(&office, (pm, "12:59"), "9BW", "Mr Webb", &[(6, "\\"), (7, "\\"), (8, "\\"), (9, "\\")]);
    register(&office, (pm, "13:01"), "10DP", "Dr Price", &[(2, "\\"), (10, "\\")]);
    office
}

/// Erin is known to be away tomorrow.
fn with_tomorrow() -> Office {
    let office = office();
    let both = [Session::Am, Session::Pm].map(|half| session(25, half));
    office.perform("08:10", reported(&[ERIN], "M", both[0], both[1]));
    office
}

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (120, 40), (200, 60)];

pub fn title(desk: &Desk) -> String {
    desk.text().lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_week_ago_at_every_size() {
    let office = office();
    for size in SIZES {
        let mut desk = office.desk_with("09:26", size, COLOUR, "S Marsh");
        desk.press("ctrl-g 'last' space 'tue' enter");
        insta::assert_snapshot!(format!("past_{}x{}", size.0, size.1), desk.frame());
    }
}

#[test]
fn the_words_of_the_account_are_read_whole_beside_its_numbers_or_below_them() {
    let office = office();
    for size in [(100, 30), (120, 40), (200, 60)] {
        let mut desk = office.desk_with("09:26", size, COLOUR, "S Marsh");
        desk.press("ctrl-g '17/11' enter");
        let text = desk.text();
        let account = |line: &str| line.rsplit('│').nth(1).unwrap_or_default().trim().to_owned();
        let account: Vec<String> = text.lines().map(account).collect();
        assert!(account.iter().all(|line| !line.contains('…')), "{text}");
        let told = account.join(" ");
        for words in ["L and U", "M  medical or dental", "appointment", "N  no reason yet"] {
            assert!(told.contains(words), "{words}: {text}");
        }
    }
}

#[test]
fn its_other_tabs_at_80x24() {
    let office = office();
    let mut desk = office.small("09:26");
    desk.press("ctrl-g '17/11' enter");
    for (key, name) in [("1", "registers"), ("3", "lates"), ("4", "account")] {
        insta::assert_snapshot!(format!("past_tab_{name}"), desk.press(key).text());
    }
}

#[test]
fn tomorrow_at_every_size() {
    let office = with_tomorrow();
    for size in SIZES {
        let mut desk = office.desk_with("09:26", size, COLOUR, "S Marsh");
        desk.press(">");
        insta::assert_snapshot!(format!("ahead_{}x{}", size.0, size.1), desk.text());
    }
}

#[test]
fn without_colour_and_in_ascii() {
    let look = Look { colour: false, high_contrast: false, ascii: true };
    let mut desk = office().desk_with("09:26", (100, 30), look, "S Marsh");
    desk.press("ctrl-g '17/11' enter");
    insta::assert_snapshot!("past_plain", desk.frame());
    for size in [(60, 16), (40, 10), (20, 5)] {
        desk.size = size;
        insta::assert_snapshot!(format!("past_small_{}x{}", size.0, size.1), desk.text());
    }
}

#[test]
fn its_dialogs() {
    let office = office();
    for (name, keys) in [
        ("typed", "esc ctrl-g 'last' space 'mon'"),
        ("card", "enter"),
        ("mark", "m 'I'"),
        ("register", "1 enter"),
        ("tape", "T"),
    ] {
        let mut desk = office.desk_with("09:26", (100, 30), COLOUR, "S Marsh");
        desk.press("ctrl-g '17/11' enter").press(keys);
        insta::assert_snapshot!(format!("dialog_{name}"), desk.dialog());
    }
}

#[test]
fn there_and_back_again_leaves_the_office_as_it_was() {
    let office = office();
    for back in ["=", "esc", "> > > > >", "ctrl-g 'today' enter"] {
        let mut desk = office.desk("09:26");
        let before = desk.press("2 j").text();
        desk.press("< < < < <");
        assert!(title(&desk).contains("◀ Tue 17 Nov, a week ago ▶"), "{}", title(&desk));
        assert!(title(&desk).contains("= today") && title(&desk).ends_with("now 09:26"), "{}", title(&desk));
        assert_eq!(desk.press(back).text(), before, "{back}");
    }
}

/// Nothing on the screen speaks of today but the clock, which says that it is now.
#[test]
fn it_is_never_taken_for_now() {
    let office = office();
    for size in [(20, 5), (40, 10), (60, 16), (80, 24), (100, 30), (120, 40)] {
        let mut desk = office.desk_with("16:30", size, COLOUR, "S Marsh");
        desk.press("<");
        assert!(title(&desk).contains("Mon 23 Nov"), "{}", title(&desk));
        assert!(!desk.shows("24 Nov") && !desk.shows("School ended"), "{}", desk.text());
        assert!(!desk.shows("PM closed") && !desk.shows("to settle"), "{}", desk.text());
        desk.press("/ 'khan' space 'am' enter");
        assert!(!desk.shows("Now ") && !desk.shows("Before today"), "{}", desk.text());
    }
}

#[test]
fn days_without_school_are_passed_over_and_named_when_asked_for() {
    let office = office();
    let closed = IncomingDates::Closed {
        from: november(23),
        until: november(23),
        kind: Closure::Inset,
        name: "Staff training".to_owned(),
    };
    office.bring(&Incoming { calendar: vec![placed([closed]).remove(0)], ..Incoming::default() });
    let mut desk = office.desk("09:26");
    assert!(title(desk.press("<")).contains("Fri 20 Nov"), "{}", title(&desk));
    desk.press("= ctrl-g '23/11' enter");
    assert!(desk.shows("No school on Mon 23 Nov 2026: the school is closed: Staff training."), "{}", desk.text());
    desk.press("esc ctrl-g '22/11' enter");
    assert!(desk.shows("it is a weekend. Beside it: Fri 20 Nov"), "{}", desk.text());
    desk.press("esc ctrl-g 'mon' enter");
    assert!(desk.shows("Mon 23 Nov 2026 or Mon 30 Nov 2026? Type which: 30/11/2026."), "{}", desk.text());
    desk.press("esc ctrl-g '17/11/2019' enter");
    assert!(desk.shows("is not in the school's calendar: that goes from"), "{}", desk.text());
    desk.press("esc ctrl-g '2/11' enter <");
    assert_eq!(desk.status(), "The school's calendar has no school day before Mon 2 Nov 2026.");
    desk.press("ctrl-g '18' space 'dec' enter >");
    assert_eq!(desk.status(), "The school's calendar has no school day after Fri 18 Dec 2026.");
}

#[test]
fn a_mark_put_right_there_lands_on_that_day_and_on_no_other() {
    let office = office();
    let mut desk = office.desk("09:26");
    let today = desk.text();
    desk.press("ctrl-g 'last' space 'tue' enter");
    assert!(desk.chosen_text().contains("Khan, Amira"), "{}", desk.text());
    assert!(desk.line_with("Khan, Amira").contains("reason due today"), "{}", desk.text());
    desk.press("m 'I' enter");
    assert!(desk.shows("the register has closed: say why"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.status().contains("needs a reason") || desk.status().contains("reason"), "{}", desk.status());
    desk.press("'note' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM Tue 17 Nov AM: N amended to I   u undo");
    assert_eq!(
        office.ask("SELECT date, session, code FROM mark WHERE pupil = 1 AND code IN ('I', 'N') ORDER BY date"),
        "2026-11-17 | AM | I\n2026-11-24 | AM | N"
    );
    // The list is at the next who needs something; what is put right may be taken back from here.
    assert!(!desk.chosen_text().contains("Khan, Amira"), "{}", desk.chosen_text());
    desk.press("u");
    assert!(desk.line_with("Khan, Amira").contains("reason due today"), "{}", desk.text());
    let back = desk.press("=").text();
    let panes = |text: &str| text.lines().take(38).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(panes(&back), panes(&today));
}

#[test]
fn the_mark_of_a_late_is_that_of_its_session() {
    let office = office();
    register(&office, (session(17, Session::Pm), "13:20"), "9BW", "Mr Webb", &[(6, "L 17")]);
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g 'last' space 'tue' enter 3 g m");
    assert!(desk.shows("Mark of Gray, Zoë 9BW") && desk.shows("AM  [PM]   now L 17"), "{}", desk.text());
}

#[test]
fn what_would_be_stamped_with_now_is_not_done_there() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter");
    let before = office.ask("SELECT count(*) FROM act");
    for key in ["c", "l", "i", "b", "w", "e", "S", "t", "x", "h", "L", "N", "f", "o"] {
        desk.press(key);
        assert_eq!(desk.status(), "That is done today, not on Tue 17 Nov.  = goes back to today.", "{key}");
    }
    desk.press("1 enter p");
    assert_eq!(desk.status(), "A register of another day is only read: put its marks right one by one.");
    desk.press("esc T j u");
    assert!(desk.status().starts_with("What was done on another day is not taken back"), "{}", desk.status());
    assert_eq!(office.ask("SELECT count(*) FROM act"), before);
}

#[test]
fn a_register_and_the_tape_of_that_day_are_read() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter 1 G enter");
    assert!(desk.shows("10DP AM, taken 08:51 by Dr Price"), "{}", desk.text());
    desk.press("right");
    assert!(desk.shows("10DP PM, taken 13:01 by Dr Price"), "{}", desk.text());
    assert!(desk.dialog().lines().any(|line| line.contains("Sukarno") && line.contains("blank")), "{}", desk.text());
    desk.press("esc T");
    assert!(desk.shows("Tue 17 Nov: That day's tape: 6"), "{}", desk.text());
    // What is taken away says of which day it is.
    let asked = desk.press_only("ctrl-y");
    let recorded: Vec<Event> = asked.into_iter().flat_map(|request| desk.worker.obey(request, desk.now)).collect();
    let taken: Vec<Request> = recorded.into_iter().flat_map(|event| desk.app.on(event, desk.now)).collect();
    let [Request::Copy(text, _)] = taken.as_slice() else { panic!("{taken:?}") };
    assert!(text.starts_with("Tue 17 Nov 2026: That day's tape: 6\n"), "{text}");
}

#[test]
fn what_another_desk_commits_to_that_day_shows() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter");
    assert!(desk.line_with("2 Absent").contains("4 · 1 still at N · 2 blank"), "{}", desk.text());
    let seen = office.ask("SELECT act FROM mark WHERE pupil = 1 AND date = '2026-11-17' AND session = 'AM'");
    let saw = firstbell::domain::act_id::ActId(seen.parse().unwrap());
    office.perform("09:27", amended(AMIRA, session(17, Session::Am), "M", "letter", saw));
    desk.look();
    assert!(desk.line_with("Khan, Amira").contains("M"), "{}", desk.text());
    assert!(desk.line_with("2 Absent").contains("4 · 2 blank"), "{}", desk.text());
}

#[test]
fn tomorrow_shows_what_is_known_and_takes_no_mark() {
    let office = with_tomorrow();
    let mut desk = office.desk("09:26");
    desk.press(">");
    assert!(title(&desk).contains("Wed 25 Nov, tomorrow"), "{}", title(&desk));
    assert!(desk.line_with("2 Expected away").contains('1'), "{}", desk.text());
    assert!(desk.line_with("Doyle, Erin").contains("M"), "{}", desk.text());
    desk.press("m");
    assert_eq!(desk.status(), "Wed 25 Nov is still to come: nothing is marked there.  = goes back to today.");
}

#[test]
fn a_reader_looks_and_records_nothing_and_the_gate_stays_at_the_gate() {
    let office = office();
    let reader = Officer { role: Role::Reader, ..officer("R Reader") };
    let mut desk = office.desk_of("09:26", (120, 40), COLOUR, reader);
    desk.press("ctrl-g '17/11' enter");
    assert!(desk.shows("Khan, Amira"), "{}", desk.text());
    assert!(!desk.text().lines().last().unwrap().contains("mark"), "{}", desk.text());
    desk.press("m");
    assert_eq!(desk.status(), "✗ Not done: a mark is for an officer: this login is a reader's");
    let mut gate = office.gate("09:26");
    gate.press("< > ctrl-g");
    assert!(!gate.shows("Nov, yesterday") && !gate.shows("Another day"), "{}", gate.text());
    // An officer's way to the gate leads through today.
    let mut desk = office.desk("09:26");
    desk.press("< f4");
    assert!(desk.shows("GATE") || !desk.shows("yesterday"), "{}", desk.text());
    assert!(desk.press("esc").shows("2 Unexplained"), "{}", desk.text());
}

#[test]
fn at_midnight_tomorrow_becomes_today_and_last_week_stays_where_it_is() {
    let office = with_tomorrow();
    let (mut ahead, mut past) = (office.desk("23:59"), office.desk("23:59"));
    ahead.press(">");
    past.press("ctrl-g '17/11' enter");
    for desk in [&mut ahead, &mut past] {
        desk.now = at("00:01") + Days::new(1);
        desk.send(Event::Minute);
    }
    assert!(title(&ahead).contains("Wed 25 Nov") && !title(&ahead).contains("◀"), "{}", title(&ahead));
    assert!(title(&past).contains("◀ Tue 17 Nov, 8 days ago ▶"), "{}", title(&past));
    assert!(title(past.press("=")).contains("Wed 25 Nov"), "{}", title(&past));
    // What is typed as yesterday is counted from the new day.
    past.press("ctrl-g 'yesterday' enter");
    assert!(title(&past).contains("◀ Tue 24 Nov, yesterday ▶"), "{}", title(&past));
}

#[test]
fn what_is_typed_before_the_day_is_there_is_about_that_day() {
    let office = office();
    let mut desk = office.desk("09:26");
    let mut asked = desk.press_only("< < < < <");
    assert_eq!(asked.len(), 5);
    asked.extend(desk.press_only("j m 'M'"));
    assert!(!desk.shows("Mark of") && !title(&desk).contains("◀"), "{}", desk.text());
    asked.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.shows("Tue 17 Nov: Mark of"), "{}", desk.text());
}

#[test]
fn a_day_that_cannot_be_read_leaves_what_is_shown() {
    let office = office();
    let mut desk = office.desk("09:26");
    let before = title(&desk);
    assert_eq!(desk.press_only("<"), [Request::AnotherDay(Some(november(23)))]);
    desk.press_only("m");
    desk.send(Event::Fault("The file cannot be read.".to_owned(), None));
    assert!(!desk.shows("Mark of"), "{}", desk.text());
    assert!(title(&desk).starts_with(&before[..30]), "{}", title(&desk));
    assert!(desk.status().contains("The file cannot be read."));
}

/// A date given to a card is that date's past, and never kept as today's.
#[test]
fn a_card_of_that_day_and_one_of_today_each_know_their_own_past() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("< / 'mori' enter");
    let yesterday = desk.line_with("This year");
    desk.press("= / 'mori' enter");
    assert!(desk.shows("Before today"), "{}", desk.text());
    assert_ne!(desk.line_with("This year"), yesterday);
}

#[test]
fn whoever_is_chosen_in_the_office_is_chosen_on_every_day_they_were_absent() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("2");
    for _ in 0..4 {
        if desk.line_with("── ").contains("Doyle, Erin") {
            break;
        }
        desk.press("j");
    }
    desk.press("< < < < <");
    assert!(desk.chosen_text().contains("Doyle, Erin"), "{}", desk.chosen_text());
    desk.press("G k g");
    let first = desk.chosen_text();
    assert!(first.contains("Khan, Amira"), "{first}");
    desk.press("> <");
    assert_eq!(desk.chosen_text(), first);
}

/// From the office, with the pupil chosen: last Tuesday's N takes a reason.
#[test]
fn last_tuesday_s_mark_takes_no_more_keys_than_it_did() {
    let office = office();
    let mut desk = office.desk("09:26");
    // Where nothing else is to be seen to that day the pupil is the first of its list.
    let keys = "< < < < < m 'I' enter 'n' enter";
    desk.press(keys);
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 1 AND date = '2026-11-17' AND session = 'AM'"), "I");
    assert_eq!(Desk::count(keys), 10);
}

/// Read by itself a day has the same facts as when it is today; and today's own reading is not disturbed by it.
#[test]
fn a_day_read_beside_today_has_the_facts_that_it_has_as_today() {
    let office = with_tomorrow();
    let mut store = Store::open(&office.path, codes()).unwrap();
    let today = store.day(date()).unwrap();
    for day in [november(17), november(25), november(22)] {
        let alone = store.another_day(day).unwrap();
        let whole = Store::open(&office.path, codes()).unwrap().day(day).unwrap();
        assert_eq!((&alone.marks, &alone.registers), (&whole.marks, &whole.registers), "{day}");
        assert_eq!((&alone.evidence, &alone.handed_in), (&whole.evidence, &whole.handed_in), "{day}");
        assert_eq!((&alone.lates_before, &alone.closed), (&whole.lates_before, &whole.closed), "{day}");
        assert!(alone.past.is_empty() && alone.unresolved_n.is_empty() && alone.ahead.is_none(), "{day}");
    }
    let again = store.day(date()).unwrap();
    assert_eq!((again.marks, again.past, again.unresolved_n), (today.marks, today.past, today.unresolved_n));
}

#[test]
fn a_dialog_that_is_of_no_day_names_none() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter ctrl-g");
    assert!(desk.shows(" Another day ") && !desk.shows("Tue 17 Nov: Another"), "{}", desk.text());
    desk.press("esc ?");
    assert!(!desk.shows("Tue 17 Nov: "), "{}", desk.text());
}

#[test]
fn a_mark_that_came_on_a_later_day_has_no_time() {
    let office = office();
    let row = |half| IncomingMark { pupil: key(2), at: session(18, half), mark: Mark::plain(Code::I), by: None };
    let bilal = placed([pupil(2, ("Khan", "Bilal", "10DP"))]);
    office.bring(&Incoming { pupils: bilal, marks: placed(Session::BOTH.map(row)).into(), ..Incoming::default() });
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '18/11' enter");
    let [bilal, group] = ["Khan, Bilal", "10DP "].map(|text| desk.line_with(text));
    assert!(bilal.contains("I   tutor I  ") && group.contains("1/4  "), "{}", desk.text());
    desk.press("/ 'bilal' enter");
    assert!(desk.shows("I: tutor I") && !desk.shows("tutor I 0"), "{}", desk.text());
    desk.press("esc 1 G enter");
    assert!(desk.shows("10DP AM, taken Tue 24 Nov 07:30 by"), "{}", desk.text());
}

#[test]
fn todays_tape_says_of_which_day_a_mark_is() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter m 'I' enter 'note' enter = T");
    assert!(desk.shows("I of Khan, Amira 8KM AM of Tue 17 Nov"), "{}", desk.text());
    desk.press("esc 2 m 'I' enter 'note' enter T");
    assert!(desk.line_with("I of Khan, Amira 8KM AM ").trim_end().ends_with('\u{2502}'), "{}", desk.text());
}
