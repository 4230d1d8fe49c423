//! The caseload: what is due first, shown in part by one key each, as each role is told of it.

use firstbell::domain::act::Officer;
use firstbell::domain::school::staff::Role;
use firstbell::screen::Request;

use super::{BILAL, met, three, type_in};
use crate::support::{AMIRA, COLOUR, Desk, Office, officer};

fn rows(desk: &Desk) -> Vec<String> {
    let names = ["Khan, Bilal", "Khan, Amira", "Gray, Zo"];
    let list = desk
        .text()
        .lines()
        .take_while(|line| !line.contains("───") || line.contains("Cases"))
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let of = |line: &String| names.into_iter().find(|name| line.contains(name)).map(str::to_owned);
    list.iter().filter_map(of).collect()
}

#[test]
fn what_is_overdue_stands_first_and_each_size_shows_as_much_as_it_holds() {
    let office = three();
    for (columns, lines) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut desk = office.desk_with("09:31", (columns, lines), COLOUR, "S Marsh");
        desk.caught_up().press("f8");
        insta::assert_snapshot!(format!("caseload_{columns}x{lines}"), desk.frame());
        desk.press("enter");
        insta::assert_snapshot!(format!("case_{columns}x{lines}"), desk.frame());
    }
}

#[test]
fn one_key_each_shows_a_part_and_the_title_says_which() {
    let office = three();
    let mut desk = office.desk("09:31");
    desk.press("f8");
    assert!(desk.shows("Cases  3 open  due today 1  overdue 1"), "{}", desk.text());
    assert_eq!(rows(&desk), ["Khan, Bilal", "Khan, Amira", "Gray, Zo"]);
    for (keys, title, shown) in [
        ("o", "only overdue: 1", &["Khan, Bilal"][..]),
        ("d", "only due: 2", &["Khan, Bilal", "Khan, Amira"]),
        ("m", "only due, mine: 1", &["Khan, Amira"]),
        ("a s s", "only Meeting: 1", &["Khan, Bilal"]),
        ("a y", "only Year 8: 1", &["Khan, Amira"]),
        ("y", "only Year 9: 1", &["Gray, Zo"]),
        ("a / 'ito' enter", "only “ito”: 2", &["Khan, Bilal", "Gray, Zo"]),
        ("/ esc", "Cases  3 open  due today 1  overdue 1", &["Khan, Bilal", "Khan, Amira", "Gray, Zo"]),
    ] {
        desk.press(keys);
        assert!(desk.shows(title), "{keys}: {}", desk.text());
        assert_eq!(rows(&desk), shown, "{keys}");
    }
}

#[test]
fn what_another_desk_puts_down_comes_in_and_the_chosen_row_stays() {
    let office = three();
    let mut desk = office.desk("09:31");
    desk.press("f8 j");
    assert!(desk.chosen_text().contains("Khan, Amira"), "{}", desk.text());
    // Amira's goes to the top, as the longest overdue.
    office.perform("09:31", met(AMIRA, "write to the GP", 12));
    desk.look();
    assert_eq!(rows(&desk), ["Khan, Amira", "Khan, Bilal", "Gray, Zo"]);
    assert!(desk.chosen_text().contains("Khan, Amira") && desk.shows("write to the GP"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Khan, Amira 8KM  Concern"), "{}", desk.text());
    // So does it while the case is open, and the caseload is gone back to as it was.
    office.perform("09:32", met(AMIRA, "a second letter", 13));
    desk.look();
    assert!(desk.shows("overdue since Fri 13 Nov: a second letter, Mrs Khan"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.chosen_text().contains("Khan, Amira"), "{}", desk.text());
}

#[test]
fn opening_it_asks_one_question_of_the_store() {
    let office = three();
    let mut desk = office.desk("09:31");
    let asked = desk.press_only("f8");
    assert!(matches!(asked.as_slice(), [Request::Cases(_)]), "{asked:?}");
}

#[test]
fn a_reader_is_told_the_stages_alone() {
    let office = three();
    let reader = Officer { role: Role::Reader, ..officer("R Reader") };
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, reader);
    assert!(!desk.shows("cases due"), "{}", desk.text());
    desk.press("f8");
    insta::assert_snapshot!("caseload_of_a_reader", desk.dialog());
    for hidden in ["Ito", "GP", "ring Mrs", "persistent", "overdue", "%"] {
        assert!(!desk.dialog().contains(hidden), "{hidden}: {}", desk.text());
    }
    desk.press("enter");
    assert!(desk.status().ends_with("a case is for an officer: this login is a reader's"), "{}", desk.text());
    desk.press("/ 'ito' enter");
    assert!(desk.shows("No case is found so."), "{}", desk.text());
}

#[test]
fn where_there_is_no_case_it_says_how_one_begins() {
    let mut desk = Office::new().desk_with("09:31", (80, 24), COLOUR, "S Marsh");
    desk.press("f8");
    assert!(desk.shows("No case is open, and nothing is due."), "{}", desk.text());
}

#[test]
fn how_many_want_something_today_waits_in_the_title_and_in_the_hand_over() {
    let office = three();
    let mut desk = office.desk("09:31");
    assert!(desk.shows("f8 2 cases due"), "{}", desk.text());
    desk.press("h");
    let text = desk.press("/").text();
    assert!(text.contains("Hand-over"), "{text}");
    type_in(&mut desk, "casework due").press("enter");
    let text = desk.text();
    assert!(text.contains("Casework due: 2") && text.contains("overdue since Fri 20 Nov: see the GP"), "{text}");
}

#[test]
fn the_chronology_is_copied_once_that_is_put_down() {
    let office = three();
    let mut desk = office.desk("09:31");
    desk.press("f8 enter");
    let asked = desk.press_only("y");
    assert!(matches!(asked.as_slice(), [Request::Disclose(_)]), "{asked:?}");
    let mut copied = String::new();
    let mut waiting = asked;
    while let Some(request) = waiting.pop() {
        match request {
            Request::Copy(text, _) => copied = text,
            request => {
                for event in desk.worker.obey(request, desk.now) {
                    waiting.extend(desk.app.on(event, desk.now));
                }
            }
        }
    }
    assert!(copied.starts_with("Chronology of Khan, Bilal 10DP, 1 August 2026 to 24 November 2026\n"), "{copied}");
    assert!(copied.contains("with Mrs Khan: meeting with the family: Mornings are hard."), "{copied}");
    let what = office.ask("SELECT shown, pupil, what FROM disclosure ORDER BY id DESC LIMIT 1");
    assert_eq!(what, format!("export | {} | the chronology, copied", BILAL.0));
}
