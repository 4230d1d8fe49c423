//! Registers by keys: chased, put off, covered, typed from paper; those of lessons too.

use firstbell::domain::act::{Act, Chase, Cover, ReportAbsence, Snooze};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::presence::Way;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::incoming::{Incoming, IncomingLesson, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::Store;

use crate::support::{
    COLOUR, Desk, ERIN, Office, am, came, codes, date, key, lesson, moved, officer, placed, pm, pupil, reported,
};

/// 9BW with thirty pupils on roll: its own four and twenty-six more, whose names come first.
fn of_thirty() -> Office {
    let office = Office::new();
    let adams = |(n, letter): (usize, char)| pupil(100 + n, (&format!("A{letter}dams"), "Jo", "9BW"));
    office.bring(&Incoming { pupils: placed((0..).zip('a'..='z').map(adams)), ..Incoming::default() });
    office
}

/// Period 2, from 09:50: 8KM has Maths with nobody marked, 9BW Art with one blank, 10DP PE whole.
fn with_lessons() -> Office {
    let office = Office::new();
    let due = |(n, class, code): (usize, &str, Option<&str>)| IncomingLesson {
        teacher: Some(if class == "8KM Maths" { "Ms Ali" } else { "Mr Obi" }.to_owned()),
        room: Some("R4".to_owned()),
        ..lesson(n, "2", class, code)
    };
    let rows = [
        (1, "8KM Maths", None),
        (3, "8KM Maths", None),
        (4, "8KM Maths", None),
        (5, "8KM Maths", None),
        (6, "9BW Art", Some("/")),
        (7, "9BW Art", None),
        (2, "10DP PE", Some("/")),
    ];
    office.bring(&Incoming { lessons: placed(rows.map(due)), ..Incoming::default() });
    office
}

/// Whether a row of the screen says both.
fn row_says(desk: &Desk, name: &str, text: &str) -> bool {
    desk.text().lines().any(|line| line.contains(name) && line.contains(text))
}

fn marks_of(office: &Office, code: &str) -> String {
    let day = "date = '2026-11-24' AND session = 'AM'";
    office.ask(&format!(
        "SELECT surname FROM mark JOIN pupil ON pupil.id = mark.pupil WHERE {day} AND code = '{code}' \
         AND tutor_group = (SELECT id FROM tutor_group WHERE name = '9BW') ORDER BY surname"
    ))
}

#[test]
fn a_paper_register_of_thirty_with_two_exceptions_takes_nine_keys() {
    let office = of_thirty();
    let mut desk = office.desk("09:12");
    let keys = "1 enter down down n right l enter enter";
    assert!(Desk::count(keys) <= 9);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ 9BW register taken by Mr Webb, on paper, 30 marks   u undo");
    assert_eq!((marks_of(&office, "N"), marks_of(&office, "L")), ("Acdams".to_owned(), "Asdams".to_owned()));
    assert_eq!(marks_of(&office, "/").lines().count(), 28);
    assert_eq!(
        office.ask("SELECT count(*) FROM act WHERE kind = 'register'"),
        "3",
        "one act, beside the two of before"
    );
    desk.press("u");
    assert_eq!(marks_of(&office, "/"), "");
}

#[test]
fn a_paper_register_of_thirty_with_three_exceptions_takes_ten_keys() {
    let office = of_thirty();
    let mut desk = office.desk("09:12");
    let keys = "1 enter down down n n right l enter enter";
    assert_eq!(Desk::count(keys), 10);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ 9BW register taken by Mr Webb, on paper, 30 marks   u undo");
    assert_eq!((marks_of(&office, "N").lines().count(), marks_of(&office, "L").lines().count()), (2, 1));
}

#[test]
fn enter_alone_marks_nobody_present() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("1 enter enter enter enter");
    assert_eq!(desk.status(), "Nothing is typed yet: / for one who is present, or an exception.");
    // What was typed and taken back is not typed.
    desk.press("n backspace enter enter");
    assert_eq!(marks_of(&office, "/"), "");
    desk.press("/ enter enter");
    assert_eq!(marks_of(&office, "/").lines().count(), 4);
}

#[test]
fn minutes_late_that_are_still_to_come_are_refused_as_they_are_typed() {
    let office = Office::new();
    let mut desk = office.desk("08:45");
    desk.press("1 j enter l 1 2");
    if !desk.shows("9BW AM, not taken") {
        desk.press("esc k enter l 1 2");
    }
    assert_eq!(desk.status(), "08:52 has not come yet: it is 08:45.");
    assert!(row_says(&desk, "Gray, Zoë", "L ") && !row_says(&desk, "Gray, Zoë", "L 1"), "{}", desk.text());
    desk.press("3 enter enter");
    assert!(office.ask("SELECT code, minutes FROM mark WHERE pupil = 6 AND session = 'AM'").starts_with("L | 3"));
}

/// 8KM in the afternoon: Amira and Llŷr were missing this morning, Erin came late and has gone out since, Max is in.
#[test]
fn the_afternoon_s_paper_shows_the_morning_and_says_nothing_of_who_was_missing_or_is_out() {
    let office = Office::new();
    office.perform("08:57", came(ERIN, "08:57"));
    office.perform("11:00", moved(ERIN, Way::Out, "11:00", "fetches a bag"));
    let mut desk = office.desk("13:25");
    desk.press("1 enter");
    assert!(desk.shows("8KM PM, not taken: from paper"), "{}", desk.text());
    for (name, text) in [
        ("Doyle, Erin", "AM L 17"),
        ("Doyle, Erin", "type it"),
        ("Evans, Llŷr", "AM N"),
        ("Evans, Llŷr", "type it"),
        ("Firth, Max", "AM /"),
        ("Khan, Amira", "type it"),
    ] {
        assert!(row_says(&desk, name, text), "{name} {text}\n{}", desk.text());
    }
    assert!(!row_says(&desk, "Firth, Max", "type it"), "{}", desk.text());
    desk.press("n enter enter");
    let marks = "SELECT pupil, code FROM mark WHERE session = 'PM' AND code <> '' ORDER BY pupil";
    assert_eq!(office.ask(marks), format!("{} | N\n5 | \\", ERIN.0), "the others stay blank");
}

#[test]
fn the_grid_says_what_it_would_save_and_keeps_nothing_until_then() {
    let office = of_thirty();
    office.perform("08:57", came(PupilId(6), "08:57"));
    office.perform("08:58", ill(8));
    let mut desk = office.desk("09:12");
    desk.press("1 enter");
    assert!(desk.shows("/ or exceptions first: 28 present, 2 left as is"));
    assert!(row_says(&desk, "Gray, Zoë", "gate L 17"), "{}", desk.text());
    assert!(row_says(&desk, "Mori, Yui", "report I"), "{}", desk.text());
    desk.press("n l - m j 1");
    assert!(desk.shows("enter saves: 23 present, 1 N, 1 late, 1 M, 1 J1, 2 left as is, 1 blank"), "{}", desk.text());
    desk.press("c 1 backspace backspace l 1 2");
    assert!(row_says(&desk, "Aedams", "L 12"), "{}", desk.text());
    desk.press("esc");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'register'"), "2");
    assert!(!desk.shows(": from paper"));
}

fn ill(pupil: i64) -> Act {
    let (by, words) = ("Mrs Mori, mother".to_owned(), String::new());
    ReportAbsence { by, words, ..reported(&[PupilId(pupil)], "I", am(), pm()) }.into()
}

#[test]
fn whoever_is_reported_ill_is_never_marked_present_by_the_paper_unless_it_is_typed() {
    let office = Office::new();
    office.perform("08:30", ill(8));
    let mut desk = office.desk("09:12");
    desk.press("1 enter / enter enter");
    assert_eq!(desk.status(), "✓ 9BW register taken by Mr Webb, on paper, 3 marks   u undo");
    assert_eq!(marks_of(&office, "I"), "Mori");
    desk.press("u g enter down");
    assert!(row_says(&desk, "Mori, Yui", "report I"), "{}", desk.text());
    desk.press("/");
    assert!(row_says(&desk, "Mori, Yui", "/ not rep"), "{}", desk.text());
    desk.press("enter enter");
    assert_eq!(marks_of(&office, "I"), "", "the tutor saw the pupil");
}

#[test]
fn a_part_marked_register_goes_on_from_the_marks_that_stand() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("1 j enter p");
    assert!(desk.shows("10DP AM, taken 08:52 by Dr Price: from paper"));
    assert!(desk.shows("/ or exceptions first: 1 present, 3 left as is"));
    desk.press("esc");
    assert!(!desk.shows(": from paper") && desk.shows("10DP AM, taken 08:52 by Dr Price"));
    desk.press("p enter enter enter");
    assert_eq!(desk.status(), "Nothing is typed yet: / for one who is present, or an exception.");
    // Everybody else stands with a mark: a / on the blank one.
    desk.press("down down / enter enter");
    assert_eq!(desk.status(), "✓ 10DP register taken by Dr Price, on paper, 1 mark   u undo");
}

#[test]
fn a_code_that_may_not_stand_is_refused_as_it_is_typed() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("1 enter h");
    assert_eq!(desk.status(), "code H is not in use on 2026-11-24: it was retired on 18 Aug 2024.");
    desk.press("£");
    assert_eq!(desk.status(), "“£” is no attendance code.");
    assert!(desk.shows("exceptions first: 4 present"));
    desk.press("y enter");
    assert_eq!(desk.status(), "That code is half typed: its digit, or take it back.");
    desk.press("backspace - - - - enter");
    assert_eq!(desk.status(), "Nobody is marked on this paper yet.");
}

#[test]
fn a_register_that_comes_in_meanwhile_is_told_of_and_both_are_kept() {
    let office = Office::new();
    let mut desk = office.desk("09:10");
    desk.press("1 enter down n enter");
    office.register("09:12", "9BW", "Mr Webb", &[(6, "/"), (7, "N"), (8, "/"), (9, "/")]);
    desk.clock("09:13").look();
    assert!(desk.shows("It came in 09:12 from Mr Webb: both will be kept."), "{}", desk.text());
    assert!(desk.shows("enter saves: 3 present, 1 N"), "what was typed is still there");
    desk.press("enter");
    let text = desk.text();
    assert!(text.contains("it had come in at 09:12 from Mr Webb: both are kept"), "{text}");
    assert_eq!(marks_of(&office, "/").lines().count(), 4, "who was seen by either was there");
    assert_eq!(office.ask("SELECT count(*) FROM register WHERE withdrawn IS NULL AND tutor_group = (SELECT id FROM tutor_group WHERE name = '9BW')"), "2");
}

#[test]
fn a_refusal_loses_nothing_that_was_typed() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("1 enter down n l 1 2 enter ctrl-u");
    desk.press("enter");
    assert_eq!(desk.status(), "Say whose paper it is: who took the register.");
    desk.press("'Ms' space 'Ali'");
    let leaves = IncomingPupil {
        key: key(9),
        surname: "Wójcik".to_owned(),
        forename: "Łukasz".to_owned(),
        until: Some(date().pred_opt().unwrap()),
        ..IncomingPupil::default()
    };
    office.bring(&Incoming { pupils: placed([leaves]), ..Incoming::default() });
    desk.press("enter");
    assert!(desk.status().starts_with("✗ Not done: Wójcik, Łukasz is not on roll"), "{}", desk.status());
    desk.look();
    assert!(desk.shows("enter saves: 1 present, 1 N, 1 late"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "✓ 9BW register taken by Ms Ali, on paper, 3 marks   u undo");
}

#[test]
fn a_register_is_put_off_by_one_key_and_comes_back_at_its_time() {
    let office = of_thirty();
    let mut desk = office.desk("09:10");
    desk.press("1 z");
    assert_eq!(desk.status(), "✓ 9BW put off until 09:20   u undo");
    assert!(desk.line_with("Unmarked registers").contains("2 of 3"), "it counts all the same");
    let lines: Vec<String> =
        desk.text().lines().filter(|line| line.contains("9BW ") || line.contains("10DP ")).map(str::to_owned).collect();
    assert!(lines[0].contains("10DP") && lines[1].contains("until 09:20"), "{lines:?}");
    desk.press("c");
    assert!(desk.status().starts_with("Nothing recorded: the list has gone on to another row."), "{}", desk.status());
    desk.press("k c");
    assert_eq!(desk.status(), "✓ Chased 10DP by phone (1st)   u undo", "the choice went on to the next");
    desk.clock("09:20");
    assert!(desk.line_with("9BW ").contains("+30m"));
    desk.press("r z");
    assert_eq!(desk.status(), "✓ 10DP put off until 09:30   u undo");
}

#[test]
fn cover_is_typed_and_shown_with_its_sign() {
    let office = Office::new();
    let mut desk = office.desk("09:10");
    desk.press("1 v enter");
    assert_eq!(desk.status(), "Type who covers, or in which room.");
    desk.press("'Ms' space 'Ali' tab 'R4' enter");
    assert_eq!(desk.status(), "✓ 9BW AM: Ms Ali in R4   u undo");
    let row = desk.line_with("9BW ");
    assert!(row.contains("→ Ms Ali") && row.contains("R4"), "{row}");
    // Nothing else is typed: nothing is recorded.
    desk.press("v enter");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'cover'"), "1");
    desk.press("enter / enter");
    assert!(desk.shows("Ms Ali"));
    desk.press("enter");
    assert!(desk.status().contains("taken by Ms Ali, on paper"), "{}", desk.status());
    desk.press("u g v ctrl-u tab ctrl-u enter");
    assert_eq!(desk.status(), "✓ 9BW AM: the tutor   u undo");
    assert!(desk.line_with("9BW ").contains("Mr Webb"));
}

/// Chased in the mornings of five earlier days of the month.
fn chased_before(office: &Office, group: &str, days: &[u32]) {
    let mut store = Store::open(&office.path, codes()).unwrap();
    let group = store.roll().groups.iter().find(|one| one.name == group).unwrap().id;
    for day in days {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, *day).unwrap();
        let at = SessionDate::new(date, Session::Am);
        let act = Act::Chase(Chase { group, at, method: ChaseMethod::Phone });
        store.perform(&officer("S Marsh"), date.and_hms_opt(9, 0, 0).unwrap().and_utc(), &act).unwrap();
    }
}

#[test]
fn a_tutor_who_had_to_be_chased_often_is_shown_with_the_count() {
    let office = Office::new();
    chased_before(&office, "9BW", &[16, 17, 18, 19]);
    chased_before(&office, "10DP", &[16]);
    let mut desk = office.desk("09:12");
    assert!(desk.line_with("9BW ").contains("Mr Webb ×4"));
    assert!(!desk.line_with("10DP ").contains('×'));
    desk.press("1 c");
    assert!(desk.line_with("9BW ").contains("Mr Webb ×5"), "this session is one of them");
    desk.press("c");
    assert!(desk.line_with("9BW ").contains("Mr Webb ×5"));
    desk.clock("09:18").press("r");
    assert!(desk.shows("Mr Webb: chased in 5 sessions this month"));
    assert!(desk.shows("2nd, 6m ago: 09:12 by phone, S Marsh"));
}

#[test]
fn lessons_of_the_period_stand_below_and_are_chased_and_typed_like_any_other() {
    let office = with_lessons();
    let mut desk = office.desk("10:00");
    assert!(!desk.shows("P2"), "they are not due yet");
    desk.clock("10:12");
    assert!(desk.line_with("Unmarked registers").contains("2 of 3 +2"), "{}", desk.text());
    assert!(desk.line_with("P2 8KM Maths").contains("+12m"));
    assert!(desk.line_with("P2 9BW Art").contains("1/2"));
    assert!(!desk.shows("10DP PE"));
    desk.press("1 j j c");
    assert_eq!(desk.status(), "✓ Chased 8KM Maths by phone   u undo");
    assert!(desk.line_with("P2 8KM Maths").contains("●"));
    desk.press("z");
    assert_eq!(desk.status(), "A lesson's register is not put off: its period is soon over.");
    desk.press("r r enter");
    assert!(desk.shows("/ or exceptions first: 1 present, 3 left as is"), "{}", desk.text());
    assert!(row_says(&desk, "Doyle, Erin", "AM N"), "{}", desk.text());
    desk.press("/ enter enter");
    assert_eq!(desk.status(), "✓ 8KM Maths register taken by Ms Ali, on paper, 2 marks   u undo");
    assert_eq!(office.ask("SELECT code FROM lesson_mark ORDER BY id DESC LIMIT 2"), "/\n/");
    assert_eq!(office.ask(&format!("SELECT code FROM mark WHERE pupil = {} AND session = 'AM'", ERIN.0)), "N");
    desk.clock("10:40");
    assert!(!desk.shows("P2"));
}

#[test]
fn frames() {
    let office = with_lessons();
    chased_before(&office, "9BW", &[16, 17, 18]);
    let chase =
        |time, method| office.perform(time, Act::Chase(Chase { group: group(&office, "9BW"), at: am(), method }));
    chase("09:58", ChaseMethod::Phone);
    chase("10:06", ChaseMethod::Runner);
    let cover = |teacher: &str| {
        Act::Cover(Cover { group: group(&office, "10DP"), at: am(), teacher: Some(teacher.to_owned()), room: None })
    };
    office.perform("09:00", cover("Ms Barwise"));
    let snoozed = Act::Snooze(Snooze { group: group(&office, "10DP"), at: am(), until: "10:20:00".parse().unwrap() });
    office.perform("10:10", snoozed);
    for (name, size) in [("120x40", (120, 40)), ("80x24", (80, 24))] {
        let mut desk = office.desk_with("10:12", size, COLOUR, "S Marsh");
        desk.press("1");
        insta::assert_snapshot!(format!("pane_{name}"), desk.frame());
        desk.press("r");
        insta::assert_snapshot!(format!("chase_{name}"), desk.dialog());
    }
    let office = of_thirty();
    office.perform("08:58", ill(8));
    for (name, size, last) in [("120x40", (120, 40), "y"), ("80x24", (80, 24), "n enter")] {
        let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
        desk.press("1 enter down n l 7 - right").press(last);
        insta::assert_snapshot!(format!("paper_{name}"), desk.dialog_frame());
    }
}

fn group(office: &Office, name: &str) -> firstbell::domain::people::pupil::GroupId {
    let store = Store::open(&office.path, codes()).unwrap();
    store.roll().groups.iter().find(|one| one.name == name).unwrap().id
}

#[test]
fn a_register_nobody_can_have_taken_yet_is_only_read() {
    let office = Office::new();
    let mut desk = office.desk("08:20");
    desk.press("1 j enter");
    assert!(desk.shows("AM, not taken") && !desk.shows(": from paper"), "{}", desk.text());
    desk.press("p");
    assert_eq!(desk.status(), "AM has not begun: nobody can have taken its register.");
}
