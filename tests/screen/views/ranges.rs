//! Several rows marked, and one act for all of them: the unexplained absences, the lates and the marks at N.

use chrono::NaiveDate;
use firstbell::domain::act::Act;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::screen::Look;
use firstbell::store::Store;

use crate::support::{
    AMIRA, COLOUR, Desk, ERIN, Office, am, amended, at, came, codes, contact, followed, handed_in, officer, placed,
    pupil, reported, took,
};

/// Llŷr Evans of 8KM and Bilal Khan of 10DP, at N as Amira and Erin are.
const LLYR: PupilId = PupilId(4);
const BILAL: PupilId = PupilId(2);

const SIZES: [(&str, (u16, u16)); 4] =
    [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))];

fn marks(office: &Office) -> String {
    office.ask("SELECT pupil, code FROM mark WHERE date = '2026-11-24' AND pupil IN (1, 2, 3, 4) ORDER BY pupil")
}

/// What another desk enters for one of them meanwhile.
fn amends(office: &Office, pupil: PupilId, code: &str) {
    let saw = Store::open(&office.path, codes()).unwrap().revision(pupil, am()).unwrap();
    office.perform("09:19", amended(pupil, am(), code, "told", saw));
}

/// An N of an earlier morning, in 8KM.
fn stood(office: &Office, day: u32, pupils: &[PupilId]) {
    let at = SessionDate::new(NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), Session::Am);
    let group: GroupId = GroupId(office.ask("SELECT id FROM tutor_group WHERE name = '8KM'").parse().unwrap());
    let marks: Vec<_> = pupils.iter().map(|pupil| (*pupil, "N")).collect();
    office.perform("07:30", handed_in(group, at, "Mrs Kemp", &marks));
}

/// Those whose rows have the symbol, as they are seen.
fn marked(desk: &Desk) -> Vec<String> {
    let text = desk.text();
    let names = text.lines().filter_map(|line| line.split('◆').nth(1));
    names.map(|rest| rest.trim_start_matches([' ', '▲']).split("  ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn rows_are_marked_one_by_one_and_from_here_on() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("space j space");
    assert_eq!(marked(&desk).len(), 2, "{}", desk.text());
    assert!(desk.shows("2 Unexplained  4 · 2 marked"), "{}", desk.text());
    desk.press("esc");
    assert_eq!(marked(&desk), Vec::<String>::new());
    assert!(!desk.shows(" marked"));
    desk.press("g V G");
    assert!(desk.shows("2 Unexplained  4 · 4 marked"), "{}", desk.text());
    desk.press("k");
    assert!(desk.shows("2 Unexplained  4 · 3 marked"), "{}", desk.text());
    // On a tab, too, and only there where they are.
    let mut small = office.small("09:20");
    small.press("space space");
    assert!(small.line_with("Unexplained").contains("2 marked"), "{}", small.text());
}

#[test]
fn one_code_and_one_reason_for_all_marked_is_one_act_that_one_key_takes_back() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let keys = "g V j j m 'm' enter 'minibus' space 'broke' space 'down' enter";
    desk.press(keys);
    assert_eq!(desk.status(), "✓ 3 marks amended to M: minibus broke down   u undo");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'amend-several'"), "1");
    assert_eq!(marks(&office).matches('M').count(), 3);
    assert_eq!(marked(&desk), Vec::<String>::new());
    desk.press("u");
    assert_eq!(marks(&office).matches('N').count(), 4);
    // One by one it was each time the code and the reason.
    let one = "m 'm' enter 'minibus' space 'broke' space 'down' enter";
    assert!(Desk::count(keys) < Desk::count(one) + 6 && 3 * Desk::count(one) > 2 * Desk::count(keys));
}

#[test]
fn who_was_changed_at_another_desk_is_refused_by_name_and_the_others_are_done() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("g V G m");
    amends(&office, ERIN, "I");
    desk.press("'m' enter 'trip' enter");
    assert!(desk.shows("✓ 3 marks amended to M: trip; Doyle, Erin 8KM was changed at 09:19"), "{}", desk.text());
    assert_eq!(marks(&office), "1 | M\n2 | M\n3 | I\n4 | M");
}

#[test]
fn where_all_are_refused_nothing_typed_is_lost_and_the_next_enter_has_seen_them() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("g space space m 'm' enter 'trip'");
    [AMIRA, ERIN, LLYR, BILAL].iter().for_each(|pupil| amends(&office, *pupil, "I"));
    desk.press("enter");
    assert!(desk.shows("Not done: "), "{}", desk.text());
    assert!(!marks(&office).contains('M'));
    desk.look().press("enter");
    assert_eq!(marks(&office).matches('M').count(), 2, "{}", desk.text());
}

#[test]
fn a_key_that_is_about_one_pupil_says_so() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("space space");
    for (key, says) in [
        ("n", "A call is about one pupil: esc unmarks the 2 rows first."),
        ("c", "A call is about one pupil: esc unmarks the 2 rows first."),
        ("i", "A message, siblings apart, is about one pupil: esc unmarks the 2 rows first."),
    ] {
        desk.press(key);
        assert_eq!(desk.status(), says);
    }
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    desk.press("esc n");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1");
}

#[test]
fn a_step_is_recorded_for_all_of_whose_ladder_it_is() {
    let office = Office::new();
    office.perform("09:49", took(LLYR, "tell head of year", "Mr Webb"));
    let mut desk = office.desk("09:50");
    desk.press("g V G e");
    assert!(desk.shows("One step for 4 pupils, AM"), "{}", desk.text());
    while !desk.chosen_text().contains("tell head of year") {
        desk.press("down");
    }
    desk.press("enter");
    assert_eq!(desk.status(), "Type who was told: the name of the head of year.");
    desk.press("'Webb' enter");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'step'"), "2");
    let told = office.ask("SELECT pupil FROM step WHERE step = 'tell head of year' ORDER BY pupil");
    assert!(told.contains(&ERIN.0.to_string()) && told.contains(&LLYR.0.to_string()), "{told}");
    assert_eq!(marked(&desk).len(), 4 - told.lines().count() + 1, "who was left out is marked yet: {}", desk.text());
}

fn late_morning() -> Office {
    let office = Office::new();
    for (time, pupil) in [("08:57", AMIRA), ("08:58", PupilId(6)), ("09:03", BILAL), ("09:14", ERIN)] {
        office.perform(time, came(pupil, time));
    }
    office
}

fn steps(office: &Office) -> String {
    office.ask("SELECT pupil, step FROM late_step WHERE withdrawn IS NULL ORDER BY pupil, id")
}

#[test]
fn marked_lates_are_followed_through_together() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 g V j j s");
    assert!(desk.shows("3 lates, AM"), "{}", desk.text());
    office.perform("09:19", followed(&[BILAL], LateStep::Met, ""));
    desk.press("m");
    assert!(desk.shows("✓ 2 lates: met; Khan, Bilal 10DP: met, already recorded at 09:19 by J Ito"), "{}", desk.text());
    desk.press("n");
    assert_eq!(steps(&office).matches("not-accepted").count(), 3, "{}", steps(&office));
    desk.press("s ctrl-u '15' space 'min' enter");
    assert_eq!(steps(&office).matches("sanctioned").count(), 3);
    desk.press("esc u");
    assert_eq!(steps(&office).matches("sanctioned").count(), 0);
}

#[test]
fn the_head_of_year_is_told_of_the_marked_alone() {
    let office = late_morning();
    let mut desk = office.desk("09:20");
    desk.press("3 g space space r");
    assert!(desk.shows("2 AM lates not told yet; all are recorded as told now:"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(steps(&office).lines().count(), 2);
    assert_eq!(marked(&desk), Vec::<String>::new());
    desk.press("space c");
    assert_eq!(desk.status(), "A call is about one pupil: esc unmarks the marked row first.");
}

#[test]
fn enter_held_down_tells_of_one_session() {
    let office = late_morning();
    office.perform("13:40", came(PupilId(8), "13:40"));
    let mut desk = office.desk("13:45");
    desk.press("3 r enter enter enter");
    assert_eq!(steps(&office).lines().count(), 4, "{}", steps(&office));
    desk.now += chrono::TimeDelta::seconds(4);
    desk.press("enter");
    assert_eq!(steps(&office).lines().count(), 5);
    let mut desk = office.desk("13:50");
    desk.press("3 g V G s");
    assert_eq!(desk.status(), "A step is about one session: mark lates of AM, or of PM.");
}

#[test]
fn marks_at_n_are_settled_or_given_another_code_together() {
    let office = Office::new();
    stood(&office, 12, &[AMIRA, ERIN]);
    stood(&office, 13, &[AMIRA, LLYR]);
    let mut desk = office.desk("09:50");
    desk.press("N V j j c");
    assert_eq!(desk.status(), "A call is about one pupil: esc unmarks the 3 rows first.");
    desk.press("o");
    assert!(desk.shows("Marks at N: 8, 4 past their deadline, 3 marked"), "{}", desk.text());
    assert!(desk.shows("Settle 3 marks of 3 pupils to O"), "{}", desk.text());
    desk.press("ctrl-u 'letter' space 'unanswered' enter");
    assert_eq!(desk.status(), "✓ 3 marks settled to O: letter unanswered   u undo");
    let held = || office.ask("SELECT pupil, date, code FROM mark WHERE date < '2026-11-24' ORDER BY pupil, date");
    assert_eq!(held(), "1 | 2026-11-12 | O\n1 | 2026-11-13 | N\n3 | 2026-11-12 | O\n4 | 2026-11-13 | O");
    desk.press("u space space");
    desk.press("m 'm' enter 'card' space 'seen' enter");
    assert_eq!(desk.status(), "✓ 2 marks amended to M: card seen   u undo");
    desk.press("space esc");
    assert!(desk.shows("Marks at N: ") && !desk.shows(" marked"), "esc unmarks first: {}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Marks at N: "));
}

#[test]
fn of_the_marked_those_of_today_are_named_and_stay() {
    let office = Office::new();
    stood(&office, 12, &[AMIRA]);
    let mut desk = office.desk("09:50");
    desk.press("N V G o enter");
    // One was settled, four are of today: more than the foot can say.
    assert!(desk.shows("Not done: 4; the others are"), "{}", desk.text());
    assert!(desk.shows("Doyle, Erin 8KM Tue 24 Nov AM has not aged: somebody may still explain it"), "{}", desk.text());
    assert!(desk.status().starts_with("✓ 1 mark settled to O"), "{}", desk.status());
    assert!(desk.status().contains("; 4 not done"), "{}", desk.status());
    insta::assert_snapshot!("not_done_120x40", desk.dialog());
    desk.press("esc");
    assert!(desk.shows("Marks at N: 4, 4 marked"), "as it was left: {}", desk.text());
}

/// Sixty more in 9BW, each at N and with one contact.
fn of_sixty() -> Office {
    let office = Office::new();
    let surname = |n: usize| format!("Ash{}{}", char::from(b'a' + (n / 10) as u8), char::from(b'a' + (n % 10) as u8));
    let pupils = (0..60).map(|n| pupil(100 + n, (&surname(n), "Jo", "9BW")));
    let contacts = (0..60).map(|n| contact(100 + n, 1, "Ms Ash, mother, 07700 900111"));
    office.bring(&Incoming { pupils: placed(pupils), contacts: placed(contacts), ..Incoming::default() });
    let marks: Vec<(i64, &str)> = (13..73).map(|id| (id, "N")).collect();
    office.register("08:52", "9BW", "Mr Webb", &marks);
    office
}

#[test]
fn a_key_pressed_once_too_often_records_nothing_about_whom_the_list_went_on_to() {
    let office = of_sixty();
    let mut desk = office.desk("09:20");
    let calls = || office.ask("SELECT count(*) FROM call");
    // The chosen row is the last of the marked: with them it goes, and the list goes on.
    desk.press("j j j j j j V j j m 'm' enter 'trip' enter");
    assert_eq!(desk.status(), "✓ 3 marks amended to M: trip   u undo");
    for _ in 0..8 {
        desk.press("n");
        desk.now += chrono::TimeDelta::seconds(1);
    }
    assert_eq!(calls(), "0");
    assert!(desk.shows("Nothing recorded: the list has gone on to Ash"), "{}", desk.text());
    desk.press("j n");
    assert_eq!(calls(), "1");
}

#[test]
fn while_another_desk_writes_the_marked_are_the_same_pupils_or_gone() {
    let office = of_sixty();
    let mut desk = office.desk_with("09:20", (120, 60), COLOUR, "S Marsh");
    let count = |desk: &Desk| {
        let title = desk.line_with("2 Unexplained");
        let before = title.split(" marked").next().unwrap_or_default().to_owned();
        if before == title { 0 } else { before.split(' ').next_back().unwrap().parse::<usize>().unwrap() }
    };
    let (mut ours, mut number) = (Vec::new(), 7_u32);
    for step in 0..40_usize {
        number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        desk.press(["space", "j", "j space", "V j V", "pagedown", "k k"][step % 6]);
        ours.extend(marked(&desk));
        let before = count(&desk);
        let about = PupilId(13 + i64::from(number >> 16) % 60);
        let mut store = Store::open(&office.path, codes()).unwrap();
        let act: Act =
            if number & 256 == 0 { came(about, "09:05").into() } else { reported(&[about], "I", am(), am()).into() };
        let _ = store.perform(&officer("J Ito"), at("09:20"), &act);
        desk.look();
        let now = marked(&desk);
        assert!(now.iter().all(|name| ours.contains(name)), "{ours:?} became {now:?}");
        assert!(count(&desk) <= before);
    }
    assert!(desk.shows(" marked"), "{}", desk.text());
}

#[test]
fn two_desks_mark_the_same_rows_and_each_pupil_is_amended_once() {
    let office = Office::new();
    let mut one = office.desk("09:20");
    let mut other = office.desk_with("09:20", (120, 40), COLOUR, "J Ito");
    one.press("g V j m 'm' enter 'trip'");
    other.press("g V j j j m 'i' enter 'flu' enter");
    assert_eq!(marks(&office).matches('I').count(), 4);
    one.press("enter");
    assert!(one.shows("Not done: "), "{}", one.text());
    assert_eq!(marks(&office).matches('I').count(), 4, "nothing is amended that was not seen");
    one.look();
    assert_eq!(marked(&one), Vec::<String>::new(), "they have left the list: {}", one.text());
}

#[test]
fn frames_with_rows_marked() {
    for (name, size) in SIZES {
        let office = late_morning();
        stood(&office, 12, &[AMIRA, ERIN]);
        office.register("09:10", "9BW", "Mr Webb", &[(6, "N"), (7, "N"), (8, "N"), (9, "/")]);
        let mut desk = office.desk_with("09:50", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(format!("unexplained_{name}"), desk.press("g V j").frame());
        insta::assert_snapshot!(format!("mark_{name}"), desk.press("m 'm'").dialog_frame());
        insta::assert_snapshot!(format!("step_{name}"), desk.press("esc e").dialog_frame());
        insta::assert_snapshot!(format!("lates_{name}"), desk.press("esc 3 g V j j").frame());
        insta::assert_snapshot!(format!("follow_{name}"), desk.press("s").dialog_frame());
        insta::assert_snapshot!(format!("at_n_{name}"), desk.press("esc N V j j o").dialog_frame());
    }
    // Without colour, and in ASCII: the symbol and the title say it.
    let office = Office::new();
    let look = Look { ascii: true, ..Look::default() };
    let mut desk = office.desk_with("09:20", (80, 24), look, "S Marsh");
    insta::assert_snapshot!("plain_80x24", desk.press("space j space").text());
}
