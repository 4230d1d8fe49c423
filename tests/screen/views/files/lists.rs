//! Each list by its keys: what stands in it, what is done in it, and that the other lists are a key away.

use firstbell::domain::incoming::Incoming;
use firstbell::screen::Request;

use super::*;

#[test]
fn each_list_at_both_sizes() {
    let office = office();
    hand_back(&office);
    for size in [(120, 40), (80, 24)] {
        let mut desk = sits(&office, Role::Lead, size);
        insta::assert_snapshot!(format!("title_{}x{}", size.0, size.1), desk.text().lines().next().unwrap());
        desk.press("F");
        let name = |what: &str, desk: &Desk| {
            insta::assert_snapshot!(format!("{what}_{}x{}", size.0, size.1), desk.dialog());
        };
        name("inbox", &desk);
        desk.press("tab");
        name("quarantine", &desk);
        desk.press("m 'i'");
        name("quarantine_asked", &desk);
        desk.press("esc tab space");
        name("leavers", &desk);
        desk.press("l 'fri'");
        name("leavers_asked", &desk);
        desk.press("esc esc tab");
        name("handback", &desk);
        desk.press("c '3'");
        name("handback_asked", &desk);
        desk.press("esc tab");
        name("imports", &desk);
        desk.press("tab");
        name("refused", &desk);
    }
}

#[test]
fn what_waits_is_counted_in_the_title_beside_the_key() {
    let office = office();
    let desk = sits(&office, Role::Officer, (220, 50));
    let title = desk.text();
    let title = title.lines().next().unwrap();
    assert!(title.contains("F 2 messages in the inbox, 3 marks in quarantine, 2 leavers to ask about"), "{title}");
    let desk = sits(&Office::new(), Role::Officer, (220, 50));
    assert!(!desk.text().lines().next().unwrap().contains("F "), "{}", desk.text());
}

#[test]
fn the_screen_asks_the_store_worker_and_waits_for_nothing() {
    let office = office();
    let mut desk = sits(&office, Role::Officer, (120, 40));
    let asked = desk.press_only("F");
    assert!(asked.contains(&Request::Files), "{asked:?}");
    assert!(desk.shows("It is being read."), "{}", desk.text());
    for request in asked {
        desk.obey(request);
    }
    assert!(desk.shows("She is poorly."), "{}", desk.text());
    // What another desk changes is there at once.
    office.bring_at(
        "09:21",
        &Incoming { messages: placed([message(Some(6), "Zoë Gray", "late bus")]), ..Incoming::default() },
    );
    desk.look();
    assert!(desk.shows("Inbox 3"), "{}", desk.text());
}

#[test]
fn a_message_is_read_and_whom_it_is_about_is_said() {
    let office = office();
    let mut desk = sits(&office, Role::Officer, (120, 40));
    desk.press("F");
    assert!(desk.shows("Please ring •••• 222 after ten.") && !desk.shows("900222"), "{}", desk.text());
    assert!(desk.shows("from •••• 111") && desk.shows("perhaps I"), "{}", desk.text());
    desk.press("r");
    assert!(desk.status().starts_with("✓ Message 1 is read"), "{}", desk.text());
    assert!(desk.shows("Inbox 1") && desk.shows("about whom? “Bilal”"), "{}", desk.text());
    desk.clock("09:25");
    desk.press("a 'bilal' enter");
    assert!(desk.status().starts_with("✓ Message 2 is read, about Khan, Bilal"), "{}", desk.text());
    assert!(desk.shows("No message waits to be read."), "{}", desk.text());
    desk.press("u");
    assert!(desk.shows("Inbox 1"), "{}", desk.text());
}

#[test]
fn a_mark_means_a_code_or_is_dropped() {
    let office = office();
    let mut desk = sits(&office, Role::Lead, (120, 40));
    desk.press("F tab m 'zz' enter");
    assert_eq!(desk.status(), "zz is no code.");
    desk.press("backspace backspace 'i'");
    assert!(desk.shows("2 marks of 2 pupils become I, "), "{}", desk.text());
    desk.press("enter");
    assert!(desk.status().starts_with("✓ “7” in files is I from now on: 2 marks released"), "{}", desk.text());
    desk.clock("09:25");
    desk.press("d enter");
    assert_eq!(desk.status(), "Say why: the record must show it.");
    desk.press("'slip' enter");
    assert!(desk.status().starts_with("✓ 1 mark “q1” dropped: slip"), "{}", desk.text());
    assert!(desk.shows("No mark of a file waits."), "{}", desk.text());
    // A refusal says why, and loses nothing typed.
    desk.press("u");
    desk.press("m '#' enter");
    assert!(desk.status().starts_with("✗ Not done: "), "{}", desk.text());
    assert!(desk.shows("“q1” means #"), "{}", desk.text());
}

#[test]
fn several_have_left_or_stay() {
    let office = office();
    let mut desk = sits(&office, Role::Officer, (120, 40));
    desk.press("F tab tab space space l enter");
    assert_eq!(desk.status(), "Type the last day on the roll: fri, 20/11, today.");
    desk.press("'20/11' tab 'Elm' enter");
    assert!(desk.status().contains("leave, last day Fri 20 Nov 2026, to Elm"), "{}", desk.text());
    assert!(desk.shows("Everybody on roll is in the last export of the roll."), "{}", desk.text());
    desk.press("u");
    assert!(desk.shows("Leavers 2"), "one undo takes both back: {}", desk.text());
    desk.clock("09:25");
    desk.press("s");
    assert!(desk.status().contains("stay on roll") && desk.shows("Leavers 1"), "{}", desk.text());
}

#[test]
fn a_hand_back_is_confirmed_by_who_counts_it() {
    let office = office();
    let mut desk = sits(&office, Role::Officer, (120, 40));
    desk.press("F shift-tab shift-tab");
    assert!(
        desk.shows("None of it is handed back yet") && desk.shows("8KM 1 since today; 10DP 1 since today"),
        "{}",
        desk.text()
    );
    let rows = hand_back(&office).rows.len();
    desk.look();
    desk.press("c '1' enter");
    assert_eq!(desk.status(), format!("Type {rows} to confirm that {rows} marks of it are in your own system."));
    desk.press(&format!("backspace '{rows}' enter"));
    assert!(desk.status().contains(&format!("Hand-back 1: {rows} marks confirmed")), "{}", desk.text());
    assert!(desk.shows("Your own system holds every mark as the record does."), "{}", desk.text());
    desk.press("u");
    assert!(desk.shows(&format!("Hand back {rows}")), "{}", desk.text());
}

#[test]
fn an_import_is_taken_back_by_its_number_where_nothing_rests_on_it() {
    let office = office();
    let mut desk = sits(&office, Role::Lead, (120, 40));
    let last = office.ask("SELECT max(id) FROM act WHERE kind = 'import'");
    desk.press("F r");
    desk.clock("09:25");
    desk.press("shift-tab shift-tab b '1' enter");
    assert!(desk.status().starts_with(&format!("Type {last} to take that import back whole.")), "{}", desk.text());
    desk.press(&format!("backspace '{last}' enter"));
    assert!(desk.shows("✗ Not done: "), "a message of it was read: {}", desk.text());
    desk.press("esc tab tab u shift-tab shift-tab");
    desk.press(&format!("b '{last}' enter"));
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
    assert!(desk.shows("taken back"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM inbox WHERE withdrawn IS NULL"), "0");
}

#[test]
fn a_card_opened_from_a_list_leads_back_to_it() {
    let office = office();
    let mut desk = sits(&office, Role::Officer, (120, 40));
    desk.press("F enter");
    assert!(desk.shows("Doyle, Erin") && !desk.shows("Files: inbox"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("Files: inbox") && desk.shows("She is poorly."), "{}", desk.text());
}

#[test]
fn they_are_found_by_name_and_stand_in_the_hand_over() {
    let office = office();
    for word in ["quarantine", "leavers", "hand back", "inbox", "imports"] {
        let mut desk = sits(&office, Role::Lead, (120, 40));
        let typed: Vec<String> = word.split(' ').map(|word| format!("'{word}'")).collect();
        desk.press(&format!(": {} enter", typed.join(" space ")));
        assert!(desk.shows("Files: "), "{word}: {}", desk.text());
    }
    let mut desk = sits(&office, Role::Lead, (120, 120));
    desk.press("h");
    for line in [
        "What files leave to be decided",
        "Inbox: 2 messages to be read",
        "Quarantine: 3 marks of files that are no code",
        "Leavers: 2 pupils on roll and not in the last export of it",
        "Hand back: ",
    ] {
        assert!(desk.shows(line), "{line}: {}", desk.text());
    }
}
