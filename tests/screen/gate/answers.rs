//! What is scanned, and whoever cannot simply be logged: each has an answer, and nobody is guessed.

use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::Event;

use super::{ARRIVALS, MOVED, YUI, absent, gate_of, key_of, login, with_others};
use crate::support::{COLOUR, Office};

#[test]
fn a_number_that_nobody_has_is_nobodys_however_close() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    // Whole, half, too long, and two run together: nobody is guessed, and nothing is left for the next.
    for number in ["04412", "000", "0", "00080009", "B801200005001"] {
        gate.press(&format!("'{number}' enter"));
        assert!(gate.shows(&format!("No pupil has number {number}.")), "{}", gate.text());
        gate.press("b esc esc");
    }
    assert_eq!(office.ask(ARRIVALS), "");
    gate.press("'8km' enter b");
    assert_eq!(office.ask(ARRIVALS), "3 | 09:12 | bus", "a form is no number: the first of it who is not in");
}

#[test]
fn a_scanner_may_go_on_before_a_reason_and_half_a_code_is_lost_alone() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("'0008' enter '0006' enter '00' enter '0003' enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | \n6 | 09:12 | ");
    assert!(gate.shows("No pupil has number 00."), "{}", gate.text());
    gate.press("o enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | \n6 | 09:12 | \n3 | 09:12 | overslept");
}

#[test]
fn after_a_scan_one_letter_alone_is_a_reason_and_two_are_the_next_child_s_name() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    // The first letters of these names are reasons' keys: f family, o overslept, and g is none.
    for (name, known) in [("firth", "5"), ("o'n", "7"), ("gray", "6")] {
        gate.press("'0008' enter").clock("09:13").press(&format!("'{name}'"));
        assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | ", "{name}: the child before is logged without a reason");
        assert!(gate.shows("stamped 09:13"), "{}", gate.text());
        gate.press("enter");
        assert!(gate.line_with("In").contains(name), "{}", gate.text());
        let chosen = office.ask(&format!("SELECT surname FROM pupil WHERE id = {known}"));
        assert!(gate.shows(&chosen), "{}", gate.text());
        gate.press("esc ctrl-u ctrl-z").clock("09:12");
    }
    // Nobody of that name: the reason of nobody either.
    gate.press("'0008' enter 'tz' enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | ");
    assert!(gate.shows("Nobody is called tz."), "{}", gate.text());
    // A letter that is no reason's key begins a name behind a typed name too.
    gate.press("ctrl-z esc esc 'mori' enter 'gray'");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | ");
    assert!(gate.line_with("Gray, Zoë").contains("9BW"), "{}", gate.text());
    // Alone it is a reason: with enter, with the next card, or with alt at once.
    gate.press("ctrl-z esc esc '0008' enter b");
    assert_eq!(office.ask(ARRIVALS), "");
    assert!(gate.shows("b: bus, with enter or the next card. Another letter makes it a name."), "{}", gate.text());
    gate.press("'0006' enter alt-t '0003' enter g enter");
    assert!(gate.shows("g is no reason's key."), "{}", gate.text());
    gate.press("b backspace o enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus\n6 | 09:12 | traffic\n3 | 09:12 | overslept");
}

#[test]
fn what_contradicts_is_read_before_enter_logs_it() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("'firth' enter enter enter");
    assert!(gate.shows("Firth, Max 8KM: marked in already. A reason's key still logs it."), "{}", gate.text());
    assert_eq!(office.ask(ARRIVALS), "");
    gate.press("b");
    assert_eq!(office.ask(ARRIVALS), "5 | 09:12 | bus");
    // Of who is at N nobody knows how they could go.
    gate.press("f5 'doyle' enter 'vet' enter");
    assert!(gate.shows("Doyle, Erin 8KM: not logged in today. Enter again logs it."), "{}", gate.text());
    assert_eq!(office.ask(MOVED), "");
    gate.press("enter");
    assert_eq!(office.ask(MOVED), "3 | 09:12 | out | vet");
}

#[test]
fn what_is_left_of_a_broken_arrow_key_logs_nobody() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    for broken in ["'[A'", "'[1;5C'", "'OB'", "'[3~'", "'A'"] {
        gate.press(&format!("'0008' enter {broken}"));
        assert_eq!(office.ask(ARRIVALS), "", "{broken}");
        gate.press("esc esc");
    }
    gate.press("'0008' enter 'B801200005001' enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | ", "but a UPN that is scanned is the next child's");
    assert!(gate.shows("No pupil has number B801200005001."), "{}", gate.text());
}

#[test]
fn whoever_stands_there_has_an_answer_and_a_code_is_never_said() {
    let office = Office::new();
    with_others(&office);
    absent(&office, YUI, "I");
    absent(&office, PupilId(6), "D");
    let mut gate = gate_of(&office, "09:12");
    for (keys, text) in [
        ("'pugh' enter", "Pugh, Ned 9BW: left 12 Sep 2026: send to office."),
        ("'0013' enter", "Pugh, Ned 9BW: left 12 Sep 2026: send to office."),
        ("'quill' enter", "Quill, Ned 9BW: not on roll until 30 Nov 2026: send to office."),
        ("'zzz' enter", "Nobody is called zzz."),
    ] {
        gate.press(keys);
        assert!(gate.shows(text), "{keys}\n{}", gate.text());
        gate.press("b esc esc");
    }
    assert_eq!(office.ask(ARRIVALS), "");
    for (keys, text) in [
        ("'mori' enter", "reported absent: send to office. A reason's key still logs it."),
        ("'gray' enter", "at other school: send to office."),
        ("'firth' enter", "marked in already."),
    ] {
        gate.press(keys);
        assert!(gate.shows(text), "{keys}\n{}", gate.text());
        assert!(!gate.shows("vomiting") && !gate.shows(" ill") && !gate.shows(" I "), "{}", gate.text());
        // The next scan logs nobody who has something to be read.
        gate.press("'0' esc");
        assert!(gate.shows("was not logged"), "{}", gate.text());
        gate.press("esc");
    }
    assert_eq!(office.ask(ARRIVALS), "");
    gate.press("'firth' enter b");
    assert_eq!(gate.status(), "✓ Firth, Max 8KM: present at 09:12, bus; the register had them in");
    gate.press("'mori' enter b");
    assert_eq!(gate.status(), "✓ Mori, Yui 9BW: U 32 min at 09:12, bus");
}

#[test]
fn the_same_child_twice_is_told_who_and_when_here_and_at_two_desks_in_one_second() {
    let office = Office::new();
    let mut other = office.desk_of("09:12", (80, 24), COLOUR, login("S Marsh", Role::Gate));
    let mut gate = gate_of(&office, "09:12");
    other.press("'mori' enter t");
    // This desk has not looked since.
    gate.press("'mori' enter b");
    let text = "Not done: Mori, Yui 9BW is already in: logged 09:12 by S Marsh, U 32 min.";
    assert!(gate.shows(text), "{}", gate.text());
    gate.press("'mori' enter");
    assert!(gate.shows("Mori, Yui 9BW: already in 09:12, logged by S Marsh."), "{}", gate.text());
    gate.press("b enter");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | traffic");
    // Twice before the first is saved.
    gate.press("esc esc 'gray' enter");
    let saving = gate.send_only(key_of("b"));
    for letter in ["0", "0", "0", "6", "enter"] {
        gate.send_only(key_of(letter));
    }
    assert!(gate.shows("Gray, Zoë 9BW is being saved already."), "{}", gate.text());
    saving.into_iter().for_each(|request| gate.obey(request));
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | traffic\n6 | 09:12 | bus");
}

#[test]
fn a_gate_login_has_no_other_room_and_what_opens_over_it_returns_to_it() {
    let office = Office::new();
    absent(&office, PupilId(6), "I");
    let mut gate = gate_of(&office, "09:12");
    assert!(gate.shows("GATE") && !gate.shows("Unexplained"), "{}", gate.text());
    gate.press("'mori' enter b esc esc esc q / l c : 2 tab");
    assert!(gate.shows("In  q/lc:2"), "letters are typed: {}", gate.text());
    gate.press("ctrl-u esc esc esc ctrl-n f4");
    assert!(gate.shows("GATE") && !gate.shows("Unexplained"), "{}", gate.text());
    gate.press("f6");
    assert!(gate.shows("UNACCOUNTED FOR") && !gate.shows("Unexplained"), "{}", gate.text());
    gate.press("'gray'");
    assert!(gate.line_with("Gray, Zoë").contains("not expected") && !gate.shows("not expected: I"), "{}", gate.text());
    gate.press("esc esc");
    assert!(gate.shows("GATE") && gate.shows("09:12  Mori, Yui"), "{}", gate.text());
    gate.press("f1");
    assert!(gate.shows("All keys") || gate.shows("Anywhere"), "{}", gate.text());
    gate.press("esc 'woj' enter ctrl-c");
    assert!(gate.quit, "whoever is asked after");
}

#[test]
fn a_scanner_that_pastes_its_line_ends_scans_a_card_a_line_and_a_pasted_list_of_names_logs_nobody() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.send(Event::Paste("0006\n0008\n".to_owned()));
    assert_eq!(office.ask(ARRIVALS), "6 | 09:12 | ", "the next card logs the child before it: {}", gate.text());
    gate.press("b enter");
    assert_eq!(office.ask(ARRIVALS), "6 | 09:12 | \n8 | 09:12 | bus");
    gate.send(Event::Paste("wojcik\nfirth\n".to_owned()));
    gate.press("esc");
    assert_eq!(office.ask(ARRIVALS), "6 | 09:12 | \n8 | 09:12 | bus");
}
