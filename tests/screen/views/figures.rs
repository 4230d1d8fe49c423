//! The figures: opened row by row down to a pupil's marks, split in other ways, of whom and when is typed; and what they count is
//! what the store counts.

use chrono::{Datelike, NaiveDate, Weekday};
use firstbell::domain::act::Officer;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::figures::question::{Question, Whom};
use firstbell::domain::figures::split::By;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingMark, IncomingPupil};
use firstbell::domain::people::pupil::GroupId;
use firstbell::domain::school::School;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Look, Request};
use firstbell::store::Store;

use crate::support::{COLOUR, Desk, Office, at, codes, key, officer, placed, pupil};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The mark of one of the twelve: most are present; two miss much, one is often late, one is away on Fridays.
fn mark_of(pupil: i64, at: SessionDate) -> &'static str {
    let is_am = at.session == Session::Am;
    match (pupil, at.date.weekday(), at.date.day()) {
        (2, _, 4..=12) => "I",
        (11, _, 3..=13) => "O",
        (6, Weekday::Mon | Weekday::Tue, _) if is_am => "L 12",
        (9, Weekday::Fri, _) => "O",
        (7, Weekday::Wed, 11) => "M",
        (5, _, 19) if is_am => "U 40",
        (12, _, 20) => "D",
        _ if is_am => "/",
        _ => "\\",
    }
}

/// The school with three weeks of marks, and a week of a year ago.
fn office() -> Office {
    let office = Office::new();
    let ago = day(2025, 11, 17);
    let days = (2..=20).map(|one| day(2026, 11, one)).chain((0..5).map(|more| ago + chrono::Days::new(more)));
    let days = days.filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun));
    let sessions: Vec<SessionDate> =
        days.flat_map(|date| Session::BOTH.map(|session| SessionDate::new(date, session))).collect();
    let marks = (1..=12).flat_map(|pupil| sessions.iter().map(move |at| (pupil, *at)));
    let marks = marks.map(|(pupil, at)| {
        let (code, minutes) = mark_of(pupil, at).split_once(' ').unwrap_or((mark_of(pupil, at), ""));
        let mark = Mark { code: Code::parse(code).unwrap(), minutes: minutes.parse().ok() };
        IncomingMark { pupil: key(usize::try_from(pupil).unwrap()), at, mark, by: Some("Mrs Kemp".to_owned()) }
    });
    let term = IncomingDates::Term { name: "Autumn 2".to_owned(), from: day(2025, 11, 3), until: day(2025, 12, 19) };
    // Two were on roll a year ago.
    let long_here = [(1, ("Khan", "Amira", "8KM")), (3, ("Doyle", "Erin", "8KM"))];
    let long_here = long_here.map(|(n, row)| IncomingPupil { from: Some(day(2025, 9, 1)), ..pupil(n, row) });
    office.bring(&Incoming {
        pupils: placed(long_here),
        calendar: placed([term]),
        marks: placed(marks).into(),
        ..Incoming::default()
    });
    office
}

/// What the store counts of each part: "91.4" and "320/350".
fn counted(office: &Office, by: By, whom: Whom) -> Vec<(String, String)> {
    let mut store = Store::open(&office.path, codes()).unwrap();
    let asked = Question { dates: day(2026, 8, 1)..day(2026, 11, 25), whom, as_of: None };
    let parts = store.figures(&asked, at("09:31")).unwrap().parts(by);
    let told =
        |tenths: Option<u32>| tenths.map_or("n/a".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let of = |part: &firstbell::domain::figures::split::Part| {
        let figures = part.figures;
        (told(figures.attendance_tenths()), format!("{}/{}", figures.attended, figures.possible))
    };
    parts.iter().map(of).collect()
}

fn group(office: &Office, name: &str) -> GroupId {
    let store = Store::open(&office.path, codes()).unwrap();
    store.roll().groups.iter().find(|group| group.name == name).unwrap().id
}

fn desk_at(office: &Office, size: (u16, u16), keys: &str) -> Desk {
    let mut desk = office.desk_with("09:31", size, COLOUR, "S Marsh");
    desk.press(keys);
    desk
}

/// What is told of the chosen row, below the rule.
fn chosen(desk: &Desk) -> String {
    let text = desk.text();
    let below = text.lines().skip_while(|line| !line.contains("────") || line.starts_with('╭')).nth(1);
    below.unwrap_or_default().trim_start_matches(['│', ' ']).to_owned()
}

const SIZES: [(&str, (u16, u16)); 4] =
    [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))];

#[test]
fn the_school_at_each_size() {
    let office = office();
    for (name, size) in SIZES {
        insta::assert_snapshot!(format!("figures_{name}"), desk_at(&office, size, "f7").frame());
    }
}

#[test]
fn every_split_and_chart() {
    let office = office();
    for (name, keys) in [
        ("pupils", "f7 2"),
        ("cohorts", "f7 3"),
        ("weekdays", "f7 4"),
        ("codes", "f7 5"),
        ("weeks", "f7 6"),
        ("half_terms", "f7 7"),
        ("bands", "f7 8"),
    ] {
        insta::assert_snapshot!(format!("figures_{name}"), desk_at(&office, (120, 40), keys).text());
    }
    for (name, keys) in [("weeks", "f7 v"), ("weekdays", "f7 4 v"), ("bands", "f7 8 v")] {
        insta::assert_snapshot!(format!("figures_chart_{name}_80x24"), desk_at(&office, (80, 24), keys).text());
    }
}

#[test]
fn without_colour_and_in_ascii_it_says_the_same() {
    let office = office();
    let plain = Look { colour: false, high_contrast: false, ascii: true };
    let mut desk = office.desk_with("09:31", (120, 40), plain, "S Marsh");
    desk.press("f7 4");
    assert!(desk.text().lines().skip(1).all(|line| line.is_ascii()), "{}", desk.text());
    insta::assert_snapshot!("figures_plain_look", desk.frame());
}

/// From the school down to a pupil's marks, and back to the same rows.
#[test]
fn each_row_opens_onto_what_it_stands_on() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7");
    for ((percent, of_possible), name) in
        counted(&office, By::Year, Whom::default()).iter().zip(["Year 8", "Year 9", "Year 10"])
    {
        let line = desk.line_with(&format!(" {name} "));
        assert!(line.contains(percent) && line.contains(of_possible), "{line}: {percent} {of_possible}");
    }
    desk.press("j j enter");
    assert!(desk.shows("Figures  Year 10  2026/27 so far"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Figures  Year 10, 10DP"), "{}", desk.text());
    let whom = Whom { group: Some(group(&office, "10DP")), ..Whom::default() };
    for (percent, of_possible) in counted(&office, By::Pupil, whom) {
        assert!(desk.line_with(&of_possible).contains(&percent), "{of_possible}\n{}", desk.text());
    }
    assert!(desk.line_with("Khan, Bil").contains("PA, "), "{}", desk.text());
    desk.press("G k enter");
    assert!(desk.shows("Missed by weekday"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("Figures  Year 10, 10DP"), "{}", desk.text());
    desk.press("backspace");
    assert!(chosen(&desk).starts_with("10DP: "), "{}", desk.text());
    desk.press("esc");
    assert!(chosen(&desk).starts_with("Year 10: "), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Figures"), "{}", desk.text());
}

/// A cohort, a half of a weekday, a code, a week and a band open onto their pupils, with what these have of it.
#[test]
fn other_splits_open_too() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7 4 G enter");
    assert!(desk.shows("Figures  the school") || desk.shows("Figures  Fri PM"), "{}", desk.text());
    assert!(desk.line_with("Wójcik").contains("0/3"), "{}", desk.text());
    desk.press("esc 8 G enter");
    assert!(desk.shows("50 % or more absent") && desk.shows("Featherstonehaugh"), "{}", desk.text());
    desk.press("3");
    assert_eq!(desk.status(), "The 50 % or more absent has its pupils alone. Go back to split the rest.");
    desk.press("esc 6 enter");
    assert!(desk.shows("week of Mon 2 Nov  Mon 2 Nov to Sun 8 Nov 2026") && desk.shows("Year 8"), "{}", desk.text());
    desk.press("esc 5 g");
    for _ in 0..12 {
        if !chosen(&desk).starts_with("O ") {
            desk.press("j");
        }
    }
    desk.press("enter");
    assert!(chosen(&desk).starts_with("Featherstonehaugh"), "{}", desk.text());
    assert!(desk.line_with("│ Featherstone").contains(" 18 "), "{}", desk.text());
}

#[test]
fn whose_and_when_is_typed() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7 / '8'");
    assert!(desk.shows("✓ understood"), "{}", desk.text());
    desk.press("space 'xyz' enter");
    assert!(desk.shows("“xyz” is not understood: write a cohort"), "{}", desk.text());
    assert!(desk.shows("✗ not understood"), "{}", desk.text());
    desk.press("backspace backspace backspace 'last' space 'week' enter");
    assert!(desk.shows("Figures  Year 8  Mon 16 Nov to Sun 22 Nov 2026"), "{}", desk.text());
    assert!(desk.shows("firstbell figures --by group --year 8 --from 2026-11-16 --to 2026-11-22"), "{}", desk.text());
    desk.press("/ 'as' space 'of' space '9' space 'nov' enter");
    assert!(desk.shows("as known on Mon 9 Nov"), "{}", desk.text());
    desk.press("/ 'fsm' esc");
    assert!(desk.shows("as known on Mon 9 Nov"), "{}", desk.text());
    desk.press("/ 'all' enter");
    assert!(desk.shows("Figures  the school  2026/27 so far"), "{}", desk.text());
}

#[test]
fn the_lowest_stand_first_where_that_is_asked() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7 2 s");
    assert!(chosen(&desk).starts_with("Featherstone"), "{}", desk.text());
    desk.press("s");
    assert!(chosen(&desk).starts_with("Doyle"), "{}", desk.text());
}

/// What another desk records is counted at once, and the row that was chosen stays chosen.
#[test]
fn another_desk_s_mark_is_counted_and_the_row_stays() {
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7 j");
    let before = desk.line_with(" Year 9 ");
    assert!(chosen(&desk).starts_with("Year 9: "), "{}", desk.text());
    office.register("09:20", "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "/"), (9, "O")]);
    desk.look();
    assert_ne!(desk.line_with(" Year 9 "), before);
    assert!(chosen(&desk).starts_with("Year 9: "), "{}", desk.text());
    let (percent, of_possible) = counted(&office, By::Year, Whom::default()).remove(1);
    let line = desk.line_with(" Year 9 ");
    assert!(line.contains(&percent) && line.contains(&of_possible), "{line}");
}

/// Who lists pupils is put down each time, as the command puts it; a reader is not shown them.
#[test]
fn pupils_are_listed_to_whom_the_command_lists_them() {
    let office = office();
    let put_down = || office.ask("SELECT count(*) FROM disclosure WHERE what = 'figures by pupil'");
    let mut desk = desk_at(&office, (120, 40), "f7 3");
    assert_eq!(put_down(), "0");
    desk.press("1 enter enter");
    assert_eq!(put_down(), "1");
    desk.press("esc 2");
    assert_eq!(put_down(), "2");
    let reader = Officer { role: Role::Reader, ..officer("R Reader") };
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, reader);
    desk.press("f7 2");
    assert_eq!(desk.status(), "making lists and exports is for an officer: this login is a reader's.");
    assert!(desk.shows("Year 8") && !desk.shows("Khan, Amira 8KM"), "{}", desk.text());
    desk.press("enter enter");
    assert!(desk.shows("Figures  Year 8  ") && !desk.shows("Doyle, Erin  "), "{}", desk.text());
    assert_eq!(put_down(), "2");
    let gate = Officer { role: Role::Gate, ..officer("L Adams") };
    let mut desk = office.desk_of("09:31", (80, 24), COLOUR, gate);
    desk.press("f7");
    assert!(!desk.shows("Figures"), "{}", desk.text());
}

/// What is copied is the table: of pupils it is put down, of the school it is not.
#[test]
fn the_table_is_copied_whole() {
    let office = office();
    let copied = |requests: &[Request]| {
        requests.iter().find_map(|request| if let Request::Copy(text, _) = request { Some(text.clone()) } else { None })
    };
    let mut desk = desk_at(&office, (120, 40), "f7");
    let asked = desk.press_only("y");
    let text = copied(&asked).unwrap();
    insta::assert_snapshot!("figures_copied", text);
    assert_eq!(asked.len(), 1, "nothing is put down: {asked:?}");
    let mut desk = desk_at(&office, (120, 40), "f7 2");
    let asked = desk.press_only("y");
    assert!(
        matches!(asked.as_slice(), [Request::Disclose(one)] if one.what == "the figures by pupil, copied"),
        "{asked:?}"
    );
}

#[test]
fn an_empty_school_and_a_year_without_terms_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    let empty = Office::of(path, folder);
    let mut desk = empty.desk("09:31");
    desk.press("f7 2 3 v");
    assert!(desk.shows("Nothing is held of these dates and pupils."), "{}", desk.text());
    let office = office();
    let mut desk = desk_at(&office, (120, 40), "f7 / 'last' space 'year' enter");
    assert!(desk.shows("100.0 % (20/20) attended · 120 blanks · 2 pupils"), "{}", desk.text());
    desk.press("/ 'from' space '1/9/2024' enter");
    assert!(desk.shows("lacks terms"), "{}", desk.text());
}

#[test]
fn it_is_found_by_its_name() {
    let office = office();
    let desk = desk_at(&office, (120, 40), ": 'percentages' enter");
    assert!(desk.shows("Figures  the school"), "{}", desk.text());
}
