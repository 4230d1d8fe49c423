//! A pupil's year: what it adds up to, its calendar, and why a day's marks stand.

use chrono::{Datelike, NaiveDate, Weekday};
use firstbell::domain::act::{Amend, Officer, ReportAbsence};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingMark, IncomingPupil};
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Look, Request};

use crate::support::{AMIRA, COLOUR, Desk, Office, am, at, date, key, officer, placed, pupil, reported};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The terms of two school years, and a bank holiday.
fn calendar() -> Vec<IncomingDates> {
    let term = |name: &str, from, until| IncomingDates::Term { name: name.to_owned(), from, until };
    let may_day = day(2026, 5, 4);
    vec![
        term("Autumn 1", day(2025, 9, 2), day(2025, 10, 24)),
        term("Autumn 2", day(2025, 11, 3), day(2025, 12, 19)),
        term("Spring 1", day(2026, 1, 5), day(2026, 2, 13)),
        term("Spring 2", day(2026, 2, 23), day(2026, 3, 27)),
        term("Summer 1", day(2026, 4, 13), day(2026, 5, 22)),
        term("Summer 2", day(2026, 6, 1), day(2026, 7, 17)),
        IncomingDates::Closed { from: may_day, until: may_day, kind: Closure::BankHoliday, name: "May Day".to_owned() },
        term("Autumn 1", day(2026, 9, 1), day(2026, 10, 23)),
        term("Spring 1", day(2027, 1, 4), day(2027, 2, 12)),
        term("Spring 2", day(2027, 2, 22), day(2027, 3, 25)),
        term("Summer 1", day(2027, 4, 12), day(2027, 5, 28)),
        term("Summer 2", day(2027, 6, 7), day(2027, 7, 21)),
    ]
}

fn is_school_day(date: NaiveDate) -> bool {
    let in_term = calendar().iter().any(|dates| match dates {
        IncomingDates::Term { from, until, .. } => *from <= date && date <= *until,
        _ => false,
    });
    let autumn = day(2026, 11, 2) <= date && date <= day(2026, 12, 18);
    (in_term || autumn) && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && date != day(2026, 5, 4)
}

/// What Amira's mark is: most Fridays ill, late on some Tuesdays, a week of holiday, a few of each other kind.
fn mark_of(at: SessionDate) -> Option<Mark> {
    let (date, is_am) = (at.date, at.session == Session::Am);
    let text = match (date.weekday(), date.day()) {
        _ if date >= day(2026, 1, 12) && date <= day(2026, 1, 16) => "G",
        (Weekday::Fri, 1..=20) => "I",
        (Weekday::Tue, 1..=9) if is_am => "L 12",
        (Weekday::Tue, 10..=14) if is_am => "U 45",
        (Weekday::Thu, 5) => "O",
        (Weekday::Wed, 18) if !is_am => return None,
        (Weekday::Mon, 16) => "V",
        (Weekday::Mon, 23) if date.month() == 11 => "N",
        (Weekday::Thu, 12) if is_am => "M",
        (Weekday::Thu, 19) => "D",
        _ => return Some(Mark::plain(firstbell::domain::code::Code::present(at.session))),
    };
    let (code, minutes) = text.split_once(' ').map_or((text, None), |(code, minutes)| (code, minutes.parse().ok()));
    Some(Mark { code: firstbell::domain::code::Code::parse(code).unwrap(), minutes })
}

/// The school with two years of Amira's marks. Her brother is on roll since this September alone.
fn office() -> Office {
    let office = Office::new();
    let days = day(2025, 9, 1).iter_days().take_while(|one| *one < date()).filter(|one| is_school_day(*one));
    let sessions = days.flat_map(|date| Session::BOTH.map(|session| SessionDate::new(date, session)));
    let marks = sessions
        .filter_map(|at| Some(IncomingMark { pupil: key(1), at, mark: mark_of(at)?, by: Some("Mrs Kemp".to_owned()) }));
    office.bring(&Incoming {
        pupils: placed([IncomingPupil { from: Some(day(2025, 9, 1)), ..pupil(1, ("Khan", "Amira", "8KM")) }]),
        calendar: placed(calendar()),
        marks: placed(marks).into(),
        ..Incoming::default()
    });
    office
}

/// Amira's mark amended, as it stands.
fn amend(office: &Office, time: &str, at: SessionDate, code: &str, reason: &str) {
    let of = format!("date = '{}' AND session = '{}' AND pupil = 1", at.date, at.session);
    let saw = ActId(office.ask(&format!("SELECT act FROM mark WHERE {of}")).parse().unwrap());
    let amend: Amend = crate::support::amended(AMIRA, at, code, reason, saw);
    office.perform(time, amend);
}

fn desk_at(office: &Office, size: (u16, u16), look: Look) -> Desk {
    let mut desk = office.desk_with("09:31", size, look, "S Marsh");
    desk.press("/ 'amira' enter Y");
    desk
}

#[test]
fn the_year_at_each_size_and_without_colour() {
    let office = office();
    for (name, size) in [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))] {
        insta::assert_snapshot!(format!("year_{name}"), desk_at(&office, size, COLOUR).frame());
    }
    let plain = Look { colour: false, high_contrast: false, ascii: true };
    insta::assert_snapshot!("year_plain_look", desk_at(&office, (100, 30), plain).frame());
}

#[test]
fn a_year_that_is_over_is_whole() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), COLOUR);
    desk.press("<");
    insta::assert_snapshot!(desk.text());
    assert!(desk.shows("2025/26") && desk.shows("2026/27 >"), "{}", desk.text());
    desk.press("<");
    assert_eq!(desk.status(), "The record begins with 2025/26.");
    desk.press("> >");
    assert_eq!(desk.status(), "2026/27 is the last year there is.");
}

/// The counts of the year are those of the card, from the same marks.
#[test]
fn it_says_what_the_card_says() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("/ 'amira' enter");
    let line = desk.line_with("This year");
    let figures = line.split("This year ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    desk.press("Y");
    assert!(desk.shows(&format!("{figures} to Mon 23 Nov")), "{figures}\n{}", desk.text());
}

#[test]
fn the_chosen_day_says_why_its_marks_stand_and_who_amended_them() {
    let office = office();
    office.perform("09:20", ReportAbsence { words: "flu".to_owned(), ..reported(&[AMIRA], "I", am(), am()) });
    let mut desk = desk_at(&office, (120, 40), COLOUR);
    assert!(desk.shows("Tue 24 Nov 2026, Autumn 2"), "{}", desk.text());
    assert!(desk.line_with("AM  I: report I").contains("beats tutor N 08:50"), "{}", desk.text());
    assert!(desk.shows("N amended to I: flu"), "{}", desk.text());
    desk.press("k");
    assert!(desk.shows("Mon 23 Nov 2026, Autumn 2") && desk.shows("AM  N: "), "{}", desk.text());
    desk.press("h");
    assert!(desk.shows("Mon 16 Nov 2026, Autumn 2"), "{}", desk.text());
    desk.press("g");
    assert!(desk.shows("Tue 1 Sep 2026, Autumn 1"), "{}", desk.text());
    // Over the half-term, and what is still to come.
    desk.press("G");
    assert!(desk.shows("Wed 21 Jul 2027, Summer 2"), "{}", desk.text());
}

#[test]
fn a_day_with_more_than_there_is_room_for_opens_in_full() {
    let office = office();
    for (minute, code) in [(20, "I"), (21, "M"), (22, "I"), (23, "O")] {
        amend(&office, &format!("09:{minute}"), am(), code, "what was said next");
    }
    let mut desk = desk_at(&office, (80, 24), COLOUR);
    assert!(desk.shows(" enter: "), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("N amended to I: what was said next"), "{}", desk.text());
    assert!(desk.shows("N in AM registration, Mrs Kemp"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("Missed by weekday"), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Missed by weekday"), "{}", desk.text());
    let mut wide = desk_at(&office, (200, 60), COLOUR);
    wide.press("enter");
    assert_eq!(wide.status(), "All that is held of the day is shown below the calendar.");
}

#[test]
fn what_changes_meanwhile_is_seen_and_the_day_stays_chosen() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), COLOUR);
    desk.press("k");
    let before = desk.line_with(" missed: ");
    let yesterday = SessionDate::new(day(2026, 11, 23), Session::Am);
    amend(&office, "09:32", yesterday, "I", "note from home");
    desk.look();
    assert!(desk.shows("Mon 23 Nov 2026") && desk.shows("note from home"), "{}", desk.text());
    assert_ne!(desk.line_with(" missed: "), before);
}

#[test]
fn it_opens_from_a_pane_and_its_keys_are_about_the_pupil() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("2 g Y");
    assert!(desk.shows("Khan, Amira 8KM  Year 8  2026/27   < 2025/26"), "{}", desk.text());
    desk.press("w");
    assert!(desk.shows("Watch") && desk.shows("Khan, Amira"), "{}", desk.text());
}

#[test]
fn of_a_vulnerable_pupil_nothing_shows_before_it_is_put_down() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("2 g");
    let asked = desk.press_only("Y");
    assert!(asked.iter().any(|request| matches!(request, Request::Disclose(_))), "{asked:?}");
    let (disclose, read): (Vec<_>, Vec<_>) =
        asked.into_iter().partition(|request| matches!(request, Request::Disclose(_)));
    read.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.shows("Putting down that it is opened here.") && !desk.shows("missed"), "{}", desk.text());
    disclose.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.shows("Missed by weekday"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM disclosure WHERE pupil = 1"), "1");
}

#[test]
fn a_reader_sees_it_and_the_gate_does_not() {
    let office = office();
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, Officer { role: Role::Reader, ..officer("B Roe") });
    desk.press("/ 'amira' enter Y");
    assert!(desk.shows("Missed by weekday"), "{}", desk.text());
    let mut gate = office.gate("09:31");
    gate.press("Y");
    assert!(!gate.shows("Missed by weekday"), "{}", gate.text());
}

#[test]
fn a_pupil_who_joined_late_has_the_days_since_then() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("/ 'bilal' enter Y");
    assert!(!desk.shows("2025/26"), "{}", desk.text());
    assert!(desk.shows("n/a") && desk.shows("nothing missed"), "{}", desk.text());
    desk.now = at("09:33");
    desk.send(Event::Minute);
    assert!(desk.shows("Khan, Bilal"), "{}", desk.text());
}

#[test]
fn it_survives_any_size() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), COLOUR);
    for size in [(20, 5), (1, 1), (3, 2), (200, 60), (80, 3), (9, 30), (60, 16), (40, 24), (300, 90)] {
        desk.size = size;
        desk.send(Event::Resize);
        let text = desk.text();
        assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= usize::from(size.0)), "{text}");
    }
    desk.size = (40, 24);
    desk.press("g");
    assert!(desk.shows("Tue 1 Sep"), "{}", desk.text());
}

#[test]
fn it_is_copied_as_a_page_once_that_is_put_down() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), COLOUR);
    let (mut asked, mut copied) = (desk.press_only("y"), None);
    assert!(matches!(asked.as_slice(), [Request::Disclose(_)]), "{asked:?}");
    while let Some(request) = asked.pop() {
        match request {
            Request::Copy(text, _) => copied = Some(text),
            request => {
                for event in desk.worker.obey(request, desk.now) {
                    asked.extend(desk.app.on(event, desk.now));
                }
            }
        }
    }
    insta::assert_snapshot!(copied.unwrap());
}

#[test]
fn where_no_blank_parts_them_no_name_of_a_holiday_is_read_with_the_marks() {
    let desk = desk_at(&office(), (80, 24), COLOUR);
    for weekday in ["Mon AM", "Tue AM", "Wed AM", "Thu AM", "Fri AM"] {
        let line = desk.line_with(weekday);
        let marks = line.split(weekday).nth(1).unwrap();
        assert!(!marks.contains(|letter: char| letter.is_ascii_lowercase()), "{}", desk.text());
    }
}
