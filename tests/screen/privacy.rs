//! Privacy at an open counter: the curtain before the work, the lock and its PIN, numbers masked until who looks is recorded.

use firstbell::domain::act::Officer;
use firstbell::domain::school::pin::Pin;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Request};
use firstbell::store::Store;
use proptest::prelude::*;

use crate::support::{COLOUR, Desk, ERIN, Office, came, change_settings, codes, officer};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const PIN: &str = "48159263";

/// An office where S Marsh has a PIN.
fn office() -> Office {
    with_pin(Office::new())
}

fn with_pin(office: Office) -> Office {
    let mut store = Store::open(&office.path, codes()).unwrap();
    store.set_pin(&officer("S Marsh"), &Pin::chosen(PIN).unwrap(), crate::support::at("08:00")).unwrap();
    office
}

fn locked(desk: &Desk) -> bool {
    desk.shows("locked by S Marsh")
}

fn opens(desk: &mut Desk) {
    desk.press(&format!("esc '{PIN}' enter"));
}

fn disclosed(office: &Office) -> String {
    office.ask("SELECT shown, coalesce(pupil, '-'), what FROM disclosure ORDER BY id")
}

/// Nothing of anybody is on the screen: no name of the roll, no number, no count.
#[track_caller]
fn says_nothing(office: &Office, desk: &Desk) {
    let (text, store) = (desk.text(), Store::open(&office.path, codes()).unwrap());
    for pupil in &store.roll().pupils {
        for name in [&pupil.surname, &pupil.forename].into_iter().filter(|name| !name.is_empty()) {
            assert!(!text.contains(name.as_str()), "{name} in\n{text}");
        }
    }
    let roll = store.roll().clone();
    let groups = roll.groups.iter().map(|group| group.name.as_str());
    for word in groups.chain(["Harrington", "Unexplained", "Watch", "•••• 310", "07700"]) {
        assert!(!text.contains(word), "{word} in\n{text}");
    }
}

#[test]
fn frames_of_the_curtain() {
    let office = office();
    for size in SIZES {
        let name = |what: &str| format!("{what}_{}x{}", size.0, size.1);
        let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(name("blanked"), desk.press("f2").frame());
        insta::assert_snapshot!(name("locked"), desk.press("x f3 '4815'").frame());
        insta::assert_snapshot!(name("locked_after_a_wrong_pin"), desk.press("enter").frame());
        let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
        insta::assert_snapshot!(name("card_masked"), desk.press("/ 'am' enter").dialog());
        insta::assert_snapshot!(name("card_revealed"), desk.press("v").dialog());
    }
}

#[test]
fn whatever_is_open_the_curtain_shows_nothing_of_it() {
    let office = office();
    for (size, keys) in [(80, 24), (120, 40), (40, 10), (20, 5)].into_iter().flat_map(|size| {
        ["esc", "c", "/ 'kh'", "enter v", "i 'mori' enter 'ill'", "ctrl-n", "T", "h", "f", ":", "?", "L", "1 enter"]
            .map(|keys| (size, keys))
    }) {
        for curtain in ["f2", "f3", "f3 '4711' enter"] {
            let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
            desk.press(keys).press(curtain);
            says_nothing(&office, &desk);
            assert!(desk.shows(if curtain == "f2" { "press any key" } else { "PIN" }), "{}", desk.text());
        }
    }
}

#[test]
fn the_key_that_ends_a_blank_screen_does_nothing_else() {
    let office = office();
    for before in ["esc", "c s i", "/ 'kh'", "m i enter 'mum'", "i 'mori' enter 'vomi'", "2 j"] {
        for key in ["q", "ctrl-c", "x", "enter", "esc", "u", "n", "f2", "space"] {
            let mut desk = office.desk("09:12");
            let (shown, acts) = (desk.press(before).text(), office.ask("SELECT count(*) FROM act"));
            desk.press("f2");
            assert!(desk.shows("press any key") && !desk.shows("Khan"), "{before}");
            desk.press(key);
            assert_eq!(desk.text(), shown, "{before}, then {key}");
            assert!(!desk.quit);
            assert_eq!(office.ask("SELECT count(*) FROM act"), acts);
        }
    }
}

#[test]
fn a_lock_keeps_the_work_and_opens_with_the_pin() {
    let office = office();
    let mut desk = office.desk("09:12");
    let shown = desk.press("i 'mori' enter 'vomi'").text();
    desk.press("f3 'abc' down tab ctrl-l ctrl-x q");
    desk.send(Event::Paste(PIN.to_owned()));
    assert!(locked(&desk) && !desk.shows("•"), "{}", desk.text());
    desk.press("'1234' enter");
    assert!(locked(&desk) && desk.shows("Wrong PIN."), "{}", desk.text());
    opens(&mut desk);
    assert_eq!(desk.text(), shown);
}

#[test]
fn a_pin_is_rubbed_out_and_no_other_officers_opens() {
    let office = office();
    let mut store = Store::open(&office.path, codes()).unwrap();
    store.set_pin(&officer("J Ito"), &Pin::chosen("0246").unwrap(), crate::support::at("08:00")).unwrap();
    let mut desk = office.desk("09:12");
    desk.press("f3 '0246' enter");
    assert!(locked(&desk));
    desk.press(&format!("'{PIN}1' backspace enter"));
    assert!(!locked(&desk));
}

#[test]
fn after_five_wrong_pins_there_is_a_wait_that_grows() {
    let office = office();
    let mut desk = office.desk("09:12");
    desk.press("f3");
    for _ in 0..4 {
        desk.press("'1111' enter");
        assert!(desk.shows("Wrong PIN.") && !desk.shows("Again"), "{}", desk.text());
    }
    desk.press("'1111' enter");
    assert!(desk.shows("Wrong PIN, 5 times. Again from 09:13:00 on."), "{}", desk.text());
    opens(&mut desk);
    assert!(locked(&desk), "not even the right one before then");
    desk.clock("09:13").press("'1111' enter");
    assert!(desk.shows("Wrong PIN, 6 times. Again from 09:15:00 on."), "{}", desk.text());
    desk.clock("09:14");
    opens(&mut desk);
    assert!(locked(&desk));
    desk.clock("09:15");
    opens(&mut desk);
    assert!(!locked(&desk));
    // Counted lock by lock.
    desk.press("f3 '1111' enter");
    assert!(desk.shows("Wrong PIN.") && !desk.shows("Again"), "{}", desk.text());
}

#[test]
fn a_screen_locks_by_itself_so_long_after_the_last_key() {
    let office = with_pin(Office::locking_after(10));
    let mut desk = office.desk("09:12");
    desk.clock("09:21");
    assert!(!locked(&desk));
    desk.press("j").clock("09:30");
    assert!(!locked(&desk), "nine minutes after the last key");
    desk.clock("09:31");
    assert!(locked(&desk));
    opens(&mut desk);
    assert!(!locked(&desk));
    // A blank screen that is left locks as well.
    desk.press("f2").clock("09:41");
    assert!(locked(&desk));
    opens(&mut desk);
    // And the first key of whoever comes to the empty chair locks, where no minute was told of: it is not heard.
    desk.now = crate::support::at("10:00");
    desk.press("q");
    assert!(locked(&desk) && !desk.quit);

    let never = with_pin(Office::locking_after(0));
    let mut desk = never.desk("09:12");
    desk.clock("15:00");
    assert!(!locked(&desk));
}

#[test]
fn without_a_pin_the_screen_is_blanked_and_it_is_said_how_to_set_one() {
    let office = Office::locking_after(10);
    let mut desk = office.desk("09:12");
    desk.press("f3");
    assert!(desk.shows("press any key") && !desk.shows("locked"), "{}", desk.text());
    desk.press("q");
    assert!(!desk.quit);
    assert_eq!(desk.status(), "No PIN is set, so nothing was locked: “firstbell pin” in a shell sets one.");
    desk.clock("09:22").clock("09:40");
    says_nothing(&office, &desk);
    desk.press("q");
    assert!(desk.shows("Khan") && !desk.quit);
}

#[test]
fn news_and_acts_on_their_way_land_behind_a_lock_and_what_was_typed_ahead_waits_for_the_pin() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("c s i");
    let asked = desk.send_only(Event::Key("enter".parse().unwrap()));
    // Typed ahead of the answer: chase 9BW.
    let ahead = ["1", "c"].map(|key| desk.send_only(Event::Key(key.parse().unwrap())));
    assert!(ahead.iter().all(Vec::is_empty));
    desk.press("f3");
    office.perform("09:20", came(ERIN, "09:19"));
    asked.into_iter().for_each(|request| desk.obey(request));
    desk.look();
    assert!(locked(&desk));
    says_nothing(&office, &desk);
    assert_eq!(
        office.ask("SELECT kind FROM act WHERE who = 'S Marsh' AND kind <> 'pin'"),
        "call",
        "done; and nothing after it"
    );
    opens(&mut desk);
    assert!(desk.line_with("09:19").contains("Doyle, Erin"), "news came: {}", desk.text());
    assert_eq!(
        office.ask("SELECT kind FROM act WHERE who = 'S Marsh' AND kind <> 'pin'"),
        "call\nchase",
        "now it was heard"
    );
}

#[test]
fn a_locked_screen_may_be_left() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("f3 q");
    assert!(!desk.quit, "a letter leaves nothing");
    desk.press("ctrl-c");
    assert!(desk.quit);

    let mut desk = office.desk("09:20");
    desk.press("c s i");
    let asked = desk.send_only(Event::Key("enter".parse().unwrap()));
    desk.press("f3 ctrl-c");
    assert!(!desk.quit, "an act on its way is waited for");
    asked.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.quit);
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1");
}

#[test]
fn a_pin_is_never_said() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("f3");
    let mut text = String::new();
    for key in PIN.chars().map(|digit| digit.to_string()).chain(["enter".to_owned()]) {
        text += &format!("{:?}", desk.send_only(Event::Key(key.parse().unwrap())));
        assert!(!desk.text().contains(&PIN[..2]), "{}", desk.text());
    }
    assert_eq!(text.trim_start_matches("[]"), "[Unlock(PIN)]");
}

#[test]
fn a_number_is_shown_once_it_is_put_down_and_not_before() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("/ 'do' enter");
    assert!(desk.line_with("Ms Doyle").contains("•••• 111"));
    let asked = desk.send_only(Event::Key("v".parse().unwrap()));
    assert!(matches!(asked.as_slice(), [Request::Disclose(_)]), "{asked:?}");
    assert!(!desk.shows("07700 900111"), "not while the disk is written");
    asked.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.shows("07700 900111"));
    desk.press("v v");
    assert_eq!(disclosed(&office), "number | 3 | all contacts, on the card");
    desk.press("esc / 'do' enter");
    assert!(!desk.shows("07700 900111"), "another opening is another look");
}

#[test]
fn a_call_card_shows_the_number_to_ring_alone_and_is_put_down_once() {
    let office = office();
    let mut desk = office.desk("09:20");
    let asked = desk.send_only(Event::Key("c".parse().unwrap()));
    assert!(!desk.shows("07700"), "{}", desk.text());
    asked.into_iter().for_each(|request| desk.obey(request));
    assert!(desk.line_with("Mrs Khan  ").contains("07700 900310"));
    assert!(desk.line_with("Mr Khan  ").contains("•••• 822"), "{}", desk.text());
    desk.press("down");
    assert!(desk.line_with("Mr Khan  ").contains("07700 900822"));
    assert!(desk.line_with("Mrs Khan  ").contains("•••• 310"));
    assert_eq!(disclosed(&office), "number | 1 | all contacts, on the call card");
    desk.press("esc c");
    assert_eq!(disclosed(&office).lines().count(), 2);
}

#[test]
fn a_number_is_copied_once_that_is_put_down_and_the_status_does_not_say_it() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("c");
    let asked = desk.send_only(Event::Key("y".parse().unwrap()));
    assert!(matches!(asked.as_slice(), [Request::Disclose(_)]), "{asked:?}");
    let Some(Request::Disclose(disclosure)) = asked.into_iter().next() else { panic!() };
    desk.obey(Request::Disclose(disclosure.clone()));
    let copied = desk.send_only(Event::Disclosed(disclosure));
    assert!(copied.is_empty(), "once: {copied:?}");
    assert_eq!(desk.status(), "number copied, for 30 s");
    assert_eq!(disclosed(&office), "number | 1 | all contacts, on the call card\nnumber | 1 | contact 1, copied");

    // On the card only what is shown, whoever is rung next first.
    desk.press("esc / 'am' enter y");
    assert_eq!(desk.status(), "The numbers are masked: v shows them.");
    desk.press("v y y");
    let last = disclosed(&office);
    assert!(last.ends_with("number | 1 | contact 1, copied\nnumber | 1 | contact 2, copied"), "{last}");
}

#[test]
fn nothing_is_copied_behind_a_curtain_or_where_the_school_says_no() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("c");
    let asked = desk.send_only(Event::Key("y".parse().unwrap()));
    assert_eq!(desk.send_only(Event::Key("f2".parse().unwrap())), [Request::Uncopy]);
    for request in asked {
        let Request::Disclose(disclosure) = request else { panic!("{request:?}") };
        assert_eq!(desk.send_only(Event::Disclosed(disclosure)), []);
    }
    let mut store = Store::open(&office.path, codes()).unwrap();
    change_settings(&mut store, |school| school.screen.copy_numbers = false);
    let mut desk = office.desk("09:20");
    desk.press("c");
    assert_eq!(desk.send_only(Event::Key("y".parse().unwrap())), []);
    assert_eq!(desk.status(), "The school's settings switch copying of numbers off.");
}

#[test]
fn the_gate_never_sees_a_number() {
    let office = office();
    let mut desk = office.desk_of("09:20", (120, 40), COLOUR, Officer { role: Role::Gate, ..officer("S Marsh") });
    for keys in ["c", "esc / 'am' enter", "v", "y", "esc c down"] {
        desk.press(keys);
        assert!(!desk.shows("07700"), "{keys}: {}", desk.text());
    }
    assert_eq!(office.ask("SELECT count(*) FROM disclosure WHERE shown = 'number'"), "0");
}

#[test]
fn no_number_stands_whole_anywhere_until_it_is_asked_for() {
    let office = office();
    let mut desk = office.desk("09:20");
    desk.press("c w enter");
    for keys in ["esc", "h", "esc T", "esc ctrl-n", "esc L c", "esc L d", "esc / 'am' enter", "esc ?"] {
        desk.press(keys);
        assert!(!desk.shows("07700"), "{keys}: {}", desk.text());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is typed at a locked screen, short of the PIN, the record and the work beneath are as they were.
    #[test]
    fn no_key_gets_past_a_lock(
        before in prop::sample::select(vec!["esc", "c s i", "i 'mori' enter 'vomi'", "/ 'kh'", "1 j", "m i"]),
        keys in prop::collection::vec(
            prop::sample::select(vec![
                "enter", "esc", "q", "u", "n", "c", "1", "2", "7", "0", "tab", "space", "f2", "f3", "ctrl-l", "ctrl-u",
                "backspace", "down", "x", "y", "v", ":", "/", "é", "ctrl-w", "f12", "alt-x", "delete", "pagedown",
            ]),
            0..40,
        ),
    ) {
        let office = &*OFFICE;
        let acts = "SELECT count(*), max(id) FROM act";
        let mut desk = office.desk("09:12");
        let (shown, record) = (desk.press(before).text(), office.ask(acts));
        desk.press("f3");
        let mut tries = 0;
        for key in keys {
            // From the fifth wrong PIN on the right one is not taken either.
            tries += usize::from(key == "enter");
            if tries < 5 || key != "enter" {
                desk.press(key);
            }
            prop_assert!(locked(&desk));
        }
        prop_assert_eq!(office.ask(acts), record);
        opens(&mut desk);
        prop_assert_eq!(desk.text(), shown);
        prop_assert!(!desk.quit);
    }
}

static OFFICE: std::sync::LazyLock<Office> = std::sync::LazyLock::new(office);
