//! The call card by keys: a household, contacts who cannot or must not be rung, and what happens meanwhile.

use firstbell::domain::incoming::{Incoming, IncomingContact};
use unicode_width::UnicodeWidthStr;

use crate::support::{AMIRA, COLOUR, Desk, Office, barred, came, contact, placed, pupil};

fn marks(office: &Office) -> String {
    office.ask("SELECT pupil, code FROM mark WHERE session = 'AM' AND pupil IN (1, 2, 13, 14, 15) ORDER BY pupil")
}

/// The Khans are three: Sami of 9BW is in.
fn three() -> Office {
    let office = Office::new();
    office.bring(&Incoming { pupils: placed([pupil(13, ("Khan", "Sami", "9BW"))]), ..Incoming::default() });
    office.register("08:54", "9BW", "Mr Webb", &[(13, "/")]);
    office
}

#[test]
fn a_household_of_three_with_two_absent_is_one_call_with_a_code_for_each() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c");
    assert!(desk.shows("Khan, Sami 9BW is in: tutor / 08:54"), "{}", desk.text());
    assert!(desk.shows("x [ ] Khan, Bilal 10DP is unexplained too"));
    desk.press("s i x");
    assert!(desk.shows("› [x] Khan, Bilal 10DP: the same"), "{}", desk.text());
    desk.press("m");
    assert!(desk.shows("› [x] Khan, Bilal 10DP: medical appointment, M"), "{}", desk.text());
    assert!(desk.shows("enter saves: ill, I; Bilal Khan medical appointment, M"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(marks(&office), "1 | I\n2 | M\n13 | /");
    assert_eq!(office.ask("SELECT count(DISTINCT act), count(*) FROM call"), "1 | 2");
}

#[test]
fn who_would_not_say_why_was_reached_and_the_mark_stays() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c r enter");
    assert!(desk.shows("would not say why, Mrs Khan"), "{}", desk.text());
    assert_eq!(office.ask("SELECT pupil, outcome, code FROM call"), "1 | refused | ");
    assert_eq!(marks(&office), "1 | N\n2 | N\n13 | /");
}

#[test]
fn a_child_marked_present_meanwhile_keeps_that_mark_and_the_call_is_kept_for_both() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s i x m");
    office.register("09:21", "10DP", "Dr Price", &[(2, "/"), (10, "/"), (11, "/")]);
    desk.look();
    assert!(desk.shows("[x] Khan, Bilal 10DP: now /"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(marks(&office), "1 | I\n2 | /\n13 | /");
    assert_eq!(office.ask("SELECT pupil, outcome, code FROM call ORDER BY pupil"), "1 | aware | I\n2 | aware | ");
    let text = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("no code: Khan, Bilal 10DP was changed at 09:21 by Dr Price"), "{text}");
}

#[test]
fn a_sibling_chosen_before_anything_was_said_takes_the_same() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c x s i enter");
    assert_eq!(marks(&office), "1 | I\n2 | I");
}

#[test]
fn a_sibling_is_left_out_again_and_nobody_else_is_touched() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c space");
    assert_eq!(desk.status(), "Choose a sibling first.");
    desk.press("s i x m space");
    assert!(desk.shows("[ ] Khan, Bilal 10DP is unexplained too"));
    desk.press("enter");
    assert_eq!(marks(&office), "1 | I\n2 | N");
}

#[test]
fn behind_the_last_sibling_the_keys_are_the_calls_own_again() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i x m x o enter");
    assert_eq!(marks(&office), "1 | O\n2 | M");
}

#[test]
fn a_siblings_own_code_is_typed_and_a_reason_still_wanting_is_said() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i x s enter");
    assert_eq!(desk.status(), "Still wanting: the reason they gave, or a code, of Bilal Khan.");
    desk.press("c 'e'");
    assert!(desk.line_with("Code").contains("suspended or excluded"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(marks(&office), "1 | I\n2 | E");
}

#[test]
fn where_nobody_was_spoken_to_nothing_was_said_of_anybody() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i x m n enter");
    assert_eq!(
        office.ask("SELECT pupil, outcome, code FROM call ORDER BY pupil"),
        "1 | no-answer | \n2 | no-answer | "
    );
    assert_eq!(marks(&office), "1 | N\n2 | N");
}

#[test]
fn someone_else_who_is_not_reassuring_leaves_n_standing_and_the_next_contact_next() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c e enter");
    assert!(desk.status().contains("someone else answered, Mrs Khan, mother"), "{}", desk.text());
    assert_eq!(marks(&office), "1 | N\n2 | N");
    assert!(desk.shows("›2 Mr Khan"), "{}", desk.text());
}

#[test]
fn who_must_not_be_contacted_is_never_next_and_the_card_asks_why_they_were_rung() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("n n g n g n g");
    assert_eq!(office.ask("SELECT DISTINCT contact FROM call ORDER BY 1"), "1\n2", "never Mr Rahim, however often");
    desk.press("c up up up k");
    for _ in 0..3 {
        if !desk.line_with("Mr Rahim   ").contains("›") {
            desk.press("j");
        }
    }
    desk.press("s i");
    assert!(desk.shows("enter asks why they were rung who must not be contacted"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Mr Rahim must not be contacted."), "{}", desk.text());
    assert!(desk.shows("Why were they rung all the same?"));
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "4", "no reason, no call");
    desk.press("esc");
    assert!(desk.shows("s spoke, has a reason"), "{}", desk.text());
    desk.press("enter 'he' space 'rang' space 'us' enter");
    assert_eq!(office.ask("SELECT contact, code, despite FROM call WHERE despite IS NOT NULL"), "3 | I | he rang us");
    desk.press("/ 'khan' space 'am' enter G pagedown");
    let mut card = office.desk_with("09:20", (120, 60), COLOUR, "S Marsh");
    card.press("/ 'khan' space 'am' enter");
    assert!(card.shows("despite the bar: he rang us"), "{}", card.text());
}

#[test]
fn each_number_of_a_contact_is_a_line_of_the_card_and_the_one_rung_is_kept() {
    let office = Office::new();
    let both = Some(["07700 900111", "01632 960222"].map(str::to_owned).to_vec());
    let mother = IncomingContact { phones: both, ..contact(1, 1, "Gwen Adams, aunt, ") };
    office.bring(&Incoming { contacts: placed([mother]), ..Incoming::default() });
    let mut desk = office.desk("09:20");
    assert!(desk.shows("+1 next"), "{}", desk.text());
    desk.press("c");
    let line = |desk: &Desk, end: &str| desk.line_with(end).trim_matches(['│', ' ']).to_owned();
    assert!(line(&desk, "07700 900111").contains("› Gwen Adams"), "{}", desk.text());
    assert!(line(&desk, "•••• 222").contains("Gwen Adams"), "only of who is rung: {}", desk.text());
    desk.press("n enter");
    desk.press("c");
    assert!(line(&desk, "01632 960222").contains("› Gwen Adams"), "the other is next: {}", desk.text());
    desk.press("j w enter");
    assert_eq!(office.ask("SELECT number FROM call ORDER BY id"), "07700 900111\n07700 900111");
    assert_eq!(office.ask("SELECT outcome FROM call ORDER BY id"), "no-answer\nwrong-number");
    let mut card = office.desk_with("09:20", (120, 60), COLOUR, "S Marsh");
    card.press("/ 'khan' space 'am' enter v");
    assert!(card.shows("07700 900111") && card.shows("01632 960222"), "{}", card.text());
}

#[test]
fn a_sibling_for_whom_they_are_barred_is_left_out_of_the_call() {
    let office = Office::new();
    let own = |n, order| contact(n, order, "Mr Khan, aunt, 07700 900822");
    let barred = IncomingContact { do_not_contact: Some(true), note: Some("court order".to_owned()), ..own(2, 1) };
    office.bring(&Incoming { contacts: placed([own(1, 1), barred]), ..Incoming::default() });
    let mut desk = office.desk("09:20");
    assert!(desk.shows("Sibling Bilal 10DP N: a call of their own"), "{}", desk.text());
    desk.press("c s i");
    assert!(desk.shows("enter saves: ill, I"), "{}", desk.text());
    desk.press("x");
    assert!(desk.shows("[x] Khan, Bilal 10DP: Mr Khan must not be contacted (court order)"), "{}", desk.text());
    assert!(desk.shows("Still wanting: Bilal Khan left out of the call"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    desk.press("space enter");
    assert_eq!(office.ask("SELECT pupil, despite FROM call ORDER BY pupil"), "1 | ");
}

#[test]
fn a_contact_without_a_number_is_not_rung_by_one_key_but_may_have_been_reached() {
    let office = Office::new();
    office.bring(&Incoming { contacts: placed([contact(1, 1, "Mrs Begum, aunt, ")]), ..Incoming::default() });
    let mut desk = office.desk("09:20");
    desk.press("n");
    assert_eq!(desk.status(), "Khan, Amira 8KM has no contact who can be rung.");
    desk.press("c j s i");
    assert!(desk.line_with("Mrs Begum   ").contains("no number"), "{}", desk.text());
    assert!(desk.shows("Still wanting: in the note how Mrs Begum was reached: no number is held"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    desk.press("tab 'at' space 'the' space 'desk' enter");
    assert_eq!(office.ask("SELECT outcome, code, note, number FROM call"), "aware | I | at the desk | ");
}

#[test]
fn a_pupil_without_contacts_can_be_called_about_all_the_same() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("j c j k");
    assert!(desk.shows("No contacts are held."), "{}", desk.text());
    desk.press("s i enter");
    assert_eq!(office.ask("SELECT pupil, contact, code FROM call"), "4 |  | I");
}

#[test]
fn a_call_logged_while_another_desk_settles_the_pupil_keeps_the_call_and_their_mark() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i");
    office.perform("09:21", came(AMIRA, "09:21"));
    // The pupil leaves the list; the card stays, about the same pupil.
    desk.look();
    assert!(desk.line_with("2 Unexplained").contains("2 Unexplained  3"));
    assert!(desk.shows("Call about Khan, Amira 8KM: AM U 41"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT pupil, outcome, code FROM call"), "1 | aware | ");
    assert!(desk.shows("was changed at 09:21 by J Ito"), "{}", desk.text());
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 1 AND session = 'AM'"), "U");
}

#[test]
fn a_clock_set_back_while_the_card_is_open_loses_nothing() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c b '09:15'");
    assert!(desk.shows("Still wanting: a time still to come: 09:15 is past"), "{}", desk.text());
    desk.clock("09:02");
    assert!(desk.shows("enter saves: call back 09:15"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT outcome, call_back FROM call"), "call-back | 09:15");
}

#[test]
fn a_time_to_ring_back_that_is_past_is_said_and_asked_again() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c b '09:21'").clock("09:22");
    desk.press("enter");
    assert_eq!(desk.status(), "Still wanting: a time still to come: 09:21 is past.");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    desk.press("ctrl-u '0950' enter");
    assert_eq!(office.ask("SELECT outcome, call_back FROM call"), "call-back | 09:50");
}

#[test]
fn contacts_who_disagree_are_both_on_the_card_and_the_newest_counts() {
    let office = Office::new();
    let mut desk = office.desk_with("09:20", (120, 60), COLOUR, "S Marsh");
    desk.press("c s i enter / 'khan' space 'am' enter c s g enter");
    assert_eq!(office.ask("SELECT code FROM mark WHERE pupil = 1 AND session = 'AM'"), "G");
    desk.press("/ 'khan' space 'am' enter c U enter esc / 'khan' space 'am' enter");
    for text in ["Mrs Khan, spoke, has a reason, I", "Mr Khan, spoke, has a reason, G", "parent did not know"] {
        assert!(desk.shows(text), "{text}\n{}", desk.text());
    }
}

#[test]
fn a_number_found_wrong_is_listed_until_it_is_put_right() {
    let office = Office::new();
    let mut desk = office.desk_with("09:20", (120, 60), COLOUR, "S Marsh");
    desk.press("ctrl-n");
    assert!(desk.shows("No number waits to be put right."));
    desk.press("esc c w enter");
    assert!(desk.shows("›2 Mr Khan"), "the next contact is next: {}", desk.text());
    desk.press(": 'numbers' enter");
    assert!(desk.shows("Numbers to put right  1"), "{}", desk.text());
    assert!(!desk.shows("07700"), "{}", desk.text());
    desk.press("v");
    let line = desk.line_with("07700 900310");
    assert!(line.contains("Khan, Amira 8KM") && line.contains("24 Nov 09:20 S Marsh"), "{line}");
    let mut small = office.desk_with("09:21", (80, 24), COLOUR, "J Ito");
    insta::assert_snapshot!("numbers_80x24", small.press("ctrl-n").dialog());
    desk.press("enter v");
    assert!(desk.line_with("07700 900310").contains("found wrong 24 Nov"), "{}", desk.text());
    desk.press("c");
    assert!(desk.line_with("Mrs Khan    ").contains("found wrong 24 Nov"), "{}", desk.text());
    let again = [contact(1, 1, "Mrs Khan, aunt, 07700 900311"), contact(1, 2, "Mr Khan, aunt, 07700 900822")];
    office.bring(&Incoming { contacts: placed(again), ..Incoming::default() });
    desk.press("esc").look();
    assert!(desk.shows("›1 Mrs Khan"), "{}", desk.text());
    desk.press("ctrl-n");
    assert!(desk.shows("No number waits to be put right."));
}

/// Three siblings unexplained with Amira, one who is in, five contacts, and names wide and from right to left.
fn crowded() -> Office {
    let office = Office::new();
    let siblings = [
        pupil(13, ("Khan", "小明小明小明", "9BW")),
        pupil(14, ("Khan", "ليلى", "9BW")),
        pupil(15, ("Khan", "Sami", "9BW")),
    ];
    let contacts = [
        contact(1, 1, "Mrs Khan, aunt, 07700 900310"),
        contact(1, 2, "王小明王小明王小明王小明, aunt, 07700 900822"),
        barred(contact(1, 3, "ليلى خان, aunt, 07700 900999")),
        contact(1, 4, "Featherstonehaugh-Cholmondeley, aunt, "),
        contact(1, 5, "Mr Last, aunt, 07700 900555"),
    ];
    office.bring(&Incoming { pupils: placed(siblings), contacts: placed(contacts), ..Incoming::default() });
    office.register("08:54", "9BW", "Mr Webb", &[(13, "N"), (14, "N"), (15, "/")]);
    office
}

#[test]
fn a_full_card_keeps_its_last_line_at_any_size() {
    let office = crowded();
    for (name, size) in [("80x24", (80, 24)), ("60x20", (60, 20))] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        desk.press("c s i x m");
        insta::assert_snapshot!(format!("crowded_{name}"), desk.dialog());
    }
    for height in 6..30 {
        for width in [40, 60, 80, 120] {
            let mut desk = office.desk_with("09:20", (width, height), COLOUR, "S Marsh");
            desk.press("c s i x m k");
            let text = desk.text();
            assert!(text.lines().all(|line| line.width() <= usize::from(width)), "{text}");
            assert!(text.contains("enter saves: ill"), "{width}x{height}\n{text}");
            assert!(height < 8 || text.contains("› Mr Last"), "{width}x{height}\n{text}");
        }
    }
}

#[test]
fn the_question_why_is_read_whole_in_a_small_terminal() {
    let mut desk = crowded().desk_with("09:20", (60, 20), COLOUR, "S Marsh");
    desk.press("c j j s i enter 'court' space 'agreed'");
    insta::assert_snapshot!("why_60x20", desk.dialog());
}

#[test]
fn the_calls_bars_are_kept() {
    assert_eq!((Desk::count("c s i enter"), Desk::count("n")), (4, 1));
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("c s i enter");
    assert_eq!(office.ask("SELECT outcome, code FROM call"), "aware | I");
    desk.press("n");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1", "Llŷr has nobody to ring, and that is said");
}

#[test]
fn a_call_that_says_when_the_pupil_is_back_codes_until_then() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s i tab 'flu,' space 'back' space 'fri'");
    assert!(desk.shows("enter saves: ill, I until Thu 26 Nov"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT pupil, outcome, code, note FROM call"), "1 | aware | I | flu, back fri");
    let reported =
        "SELECT first_day, code, last_day, last_session FROM evidence WHERE kind = 'report' AND withdrawn IS NULL";
    assert_eq!(office.ask(reported), "2026-11-24 | I | 2026-11-26 | PM");
    assert!(desk.shows("I until Thu 26 Nov"), "{}", desk.text());
    desk.press("u");
    assert_eq!(office.ask(reported), "");
    assert!(marks(&office).starts_with("1 | N\n"), "{}", marks(&office));
}

#[test]
fn a_number_put_right_is_not_said_to_be_wrong() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c w enter");
    assert!(desk.line_with("1 Mrs Khan").contains("wrong number"), "{}", desk.text());
    desk.press("C '07700900555' enter esc");
    let line = desk.line_with("1 Mrs Khan");
    assert!(line.contains(" 555 ") && !line.contains("wrong number"), "{}", desk.text());
}

#[test]
fn a_note_offers_its_code_where_no_reason_is_chosen() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s tab 'hello'");
    assert!(desk.shows("Still wanting: the reason they gave, or a code"), "{}", desk.text());
    desk.press("ctrl-u 'flu,' space 'back' space 'fri'");
    assert!(desk.shows("enter saves: I, offered for \u{201c}flu\u{201d} until Thu 26 Nov"), "{}", desk.text());
    // What is chosen goes before what is offered.
    desk.press("tab m");
    assert!(desk.shows("enter saves: medical appointment, M until Thu 26 Nov"), "{}", desk.text());
    desk.press("s n s enter");
    assert_eq!(office.ask("SELECT pupil, outcome, code, note FROM call"), "1 | aware | I | flu, back fri");
}

#[test]
fn a_note_with_a_day_that_no_call_records_is_asked_about() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s i tab 'back' space 'fri' space '27' space 'nov' space '2027' enter");
    assert!(desk.status().starts_with("The note says \u{201c}back fri 27 nov 2027\u{201d}"), "{}", desk.status());
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
}

#[test]
fn the_pupils_year_is_looked_at_while_the_parent_is_on_the_line() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s i tab 'flu' esc Y");
    assert!(desk.shows("Khan, Amira 8KM  Year 8  2026/27"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.line_with("Note").contains("flu") && desk.shows("enter saves: ill, I"), "{}", desk.text());
    // The key of a call leads back as well: it is the same call.
    desk.press("Y c");
    assert!(desk.line_with("Note").contains("flu"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT pupil, outcome, code, note FROM call"), "1 | aware | I | flu");
    assert!(!desk.shows("Call about"), "{}", desk.text());
}

#[test]
fn days_that_a_call_cannot_record_are_asked_about_once() {
    let office = three();
    let mut desk = office.desk("09:20");
    desk.press("c s i tab 'dentist' space 'tomorrow'");
    assert!(desk.shows("enter saves: ill, I, not “tomorrow”"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    assert!(desk.status().contains("The note says “tomorrow”, which a call does not record"), "{}", desk.status());
    desk.press("enter");
    assert_eq!(office.ask("SELECT pupil, code FROM call"), "1 | I");
    assert_eq!(marks(&office), "1 | I\n2 | N\n13 | /");
}
