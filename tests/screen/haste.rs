//! In haste: the screen says what Enter will do, what works here, and all of what was done.

use firstbell::domain::act::Act;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::pupil::PupilId;
use firstbell::screen::Event;
use firstbell::store::Store;

use crate::support::{AMIRA, Desk, Office, am, at, call, came, codes, contact, officer, placed, pupil, reported};

/// Sixty more in 9BW, each at N and with one contact; the first of them has this id.
const FIRST_OF_SIXTY: i64 = 13;

fn of_sixty() -> Office {
    let office = Office::new();
    let surname = |n: usize| format!("Ash{}{}", char::from(b'a' + (n / 10) as u8), char::from(b'a' + (n % 10) as u8));
    let pupils = (0..60).map(|n| pupil(100 + n, (&surname(n), "Jo", "9BW")));
    let contacts = (0..60).map(|n| contact(100 + n, 1, "Ms Ash, mother, 07700 900111"));
    office.bring(&Incoming { pupils: placed(pupils), contacts: placed(contacts), ..Incoming::default() });
    let marks: Vec<(i64, &str)> = (FIRST_OF_SIXTY..FIRST_OF_SIXTY + 60).map(|id| (id, "N")).collect();
    office.register("08:52", "9BW", "Mr Webb", &marks);
    office
}

/// The names in the unexplained pane or in the queue of lates, in the order in which they are seen.
fn seen(desk: &Desk) -> Vec<String> {
    let text = desk.text();
    let name = |line: &str| line.find("Ash").map(|at| line[at..].chars().take(5).collect());
    text.lines().filter_map(name).collect()
}

fn footer(desk: &Desk) -> String {
    desk.text().lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn the_footer_keeps_help_and_names_only_what_works_now() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    assert!(footer(&desk).ends_with("? all keys"), "{}", footer(&desk));
    assert!(!footer(&desk).contains("u undo"));
    desk.press("n 3");
    assert_eq!(footer(&desk), "a log another  l late  i message  / find  u undo  ? all keys");
    desk.press("c");
    assert_eq!(desk.status(), "Choose a pupil first, or find one.");
    desk.press("2 enter");
    assert!(footer(&desk).contains("c call  m mark"), "{}", footer(&desk));
    desk.press("esc /");
    assert_eq!(footer(&desk), "enter open the card  tab next  esc close");
}

#[test]
fn what_was_done_is_read_whole_and_undo_is_offered_only_where_the_key_undoes() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.press("c s i x tab 'asleep,' space 'will' space 'ring' enter");
    assert!(desk.status().ends_with("u undo"), "{}", desk.text());
    desk.press("c");
    assert!(!desk.status().contains("undo"), "{}", desk.text());
    desk.press("esc l 'featherst' enter a enter");
    let text = desk.text();
    let foot: Vec<&str> = text.lines().rev().take(3).collect();
    assert!(foot[2].starts_with(" ✓ Featherstonehaugh-Cholmondeley, Maximiliana-Alexandria 10DP"), "{text}");
    assert!(foot[1].ends_with("appointment   u undo"), "{text}");
    assert!(!text.lines().any(|line| line.contains('✓') && line.contains('…')), "{text}");
}

#[test]
fn the_call_card_says_what_is_wanting_and_then_what_enter_saves() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    let end = |desk: &mut Desk, keys: &str| {
        desk.press(keys);
        let text = desk.text();
        let line = text.lines().find(|line| line.contains("Still wanting: ") || line.contains("saves: "));
        line.unwrap_or_default().trim_matches(|c| c == '│' || c == ' ').to_owned()
    };
    assert!(end(&mut desk, "c").ends_with("Still wanting: what became of the call"));
    assert!(end(&mut desk, "s").ends_with("Still wanting: the reason they gave, or a code"));
    assert!(end(&mut desk, "i").ends_with("enter saves: ill, I"));
    assert!(end(&mut desk, "l").ends_with("enter saves: on the way; N stands until the pupil arrives"));
    assert!(end(&mut desk, "n").ends_with("enter saves: no answer"));
    assert!(end(&mut desk, "b").ends_with("when they are to be rung again, written 09:50"));
    assert!(end(&mut desk, "'0950'").ends_with("enter saves: call back 0950"));
    assert!(end(&mut desk, "esc c 'e'").ends_with("enter saves: spoke, has a reason, E"));
    assert!(desk.line_with("Code").contains("suspended or excluded"));
}

#[test]
fn a_reason_typed_before_the_close_never_becomes_keys_of_the_list() {
    let office = Office::new();
    let mut desk = office.desk("09:00");
    desk.press("m m enter 'dentist' enter");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM AM: N amended to M   u undo");
    desk.press("m i enter");
    assert!(desk.shows("may be left empty"));
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM amendment"), "2");
}

#[test]
fn a_late_at_a_past_time_sets_the_time_and_then_asks_why() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.press("l 'doy' enter tab ctrl-u '0857'");
    assert_eq!(footer(&desk), "enter set the time  esc another pupil");
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind LIKE '%arrival%'"), "0");
    assert!(desk.shows("A reason's letter, then enter; or alt with it:"));
    desk.press("b enter");
    assert!(desk.status().starts_with("✓ Doyle, Erin 8KM L 17 min: gate 08:57"), "{}", desk.status());
    desk.press("l 'evans' enter tab ctrl-u '1000'");
    assert!(desk.shows("has not come yet"));
}

#[test]
fn with_nothing_typed_nobody_is_taken_by_mistake() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("1 l enter b esc");
    assert_eq!(office.ask("SELECT count(*) FROM mark WHERE code = 'U'"), "0");
    desk.press("/");
    assert!(desk.shows("Type part of a name, initials, a group or a number."));
    desk.press("'qqqq'");
    assert!(desk.shows("Nobody who was ever on roll matches."));
    desk.press("esc 1 : enter");
    assert_eq!(office.ask("SELECT count(*) FROM chase"), "0", "the first thing that could be done is not done");
    desk.press("'qqqq'");
    assert!(desk.shows("Nothing that can be done here is called that."));
}

#[test]
fn a_missing_pupil_stands_first_and_is_counted_with_what_is_due() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.press("j j c U enter");
    assert!(desk.shows("tell DSL"), "the step that is due at once is asked for");
    desk.press("esc");
    let text = desk.text();
    let row = text.lines().nth(2).unwrap_or_default();
    assert!(row.contains("Doyle, Erin") && row.contains("MISSING DSL now ") && row.contains(" 1 tried"), "{text}");
    assert!(text.contains("did not know"), "{text}");
    assert!(desk.frame().contains("\n 2: chosen 0-1, chosen overdue 2-"), "{}", desk.frame());
    desk.press("j");
    assert!(desk.frame().contains("\n 2: overdue"), "{}", desk.frame());
    assert!(desk.line_with("1 Registers").contains("1 Registers 2!   2 Unexplained 4!"));
}

#[test]
fn a_contradiction_stands_at_the_head_of_the_card() {
    let office = Office::new();
    office.perform("09:15", came(AMIRA, "08:20"));
    let mut desk = office.small("09:20");
    desk.press("/ 'khan' space 'am' enter");
    let text = desk.text();
    let contradiction = text.find("! AM contradiction: ").unwrap_or_else(|| panic!("{text}"));
    assert!(contradiction < text.find("Contacts, in calling order").unwrap_or(0), "{text}");
    assert!(desk.shows("lines more below"));
}

#[test]
fn the_title_says_how_old_what_is_shown_is() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.send(Event::Fault("The file cannot be read.".to_owned(), None));
    desk.clock("09:24");
    assert!(desk.shows("as it was at 09:20"), "{}", desk.text());
}

#[test]
fn help_explains_the_symbols() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("?").text();
    desk.press("G");
    for text in ["vulnerable: followed up first", "a register was chased", "something is overdue"] {
        assert!(desk.shows(text), "{}", desk.text());
    }
}

#[test]
fn what_each_key_does_is_read_whole_in_the_help() {
    let mut desk = Office::new().small("09:20");
    desk.press("?");
    let mut above = String::new();
    while above != desk.text() {
        above = desk.text();
        let cut = above.lines().find(|line| line.contains('…') && !line.contains("more below"));
        assert_eq!(cut, None, "{above}");
        desk.press("pagedown");
    }
    assert!(desk.shows("Symbols"), "{above}");
}

#[test]
fn who_is_watched_already_is_said_before_a_reason_is_typed() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("w 'Mondays' enter w");
    assert!(desk.shows("On the list as S Marsh put it, Tue 24 Nov 09:20"), "{}", desk.text());
}

#[test]
fn what_is_offered_is_kept_or_typed_over() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("i 'mori' enter 'ill' tab tab 'until' space 'fri' tab 'Gran' enter");
    assert_eq!(desk.status(), "✓ Mori, Yui 9BW: I reported, Tue 24 Nov to Fri 27 Nov   u undo");
    desk.press("l 'gray' enter tab backspace '5' enter");
    assert_eq!(desk.status(), "09:25 has not come yet: it is 09:20.");
    desk.press("esc esc l 'gray' enter tab '0857' enter b enter");
    assert!(desk.status().contains("gate 08:57"), "{}", desk.status());
}

#[test]
fn after_no_answer_the_list_goes_on_and_no_row_jumps() {
    let office = of_sixty();
    let mut desk = office.small("09:20");
    desk.press("j j j j j j j j");
    let (before, chosen) = (seen(&desk), desk.chosen_text());
    assert!(chosen.contains("Ash"), "{chosen}");
    desk.press("n");
    let after = seen(&desk);
    let moved: Vec<&String> = before.iter().zip(&after).filter(|(was, is)| was != is).map(|(was, _)| was).collect();
    assert!(chosen.contains(moved[0].as_str()), "only from the one who was rung: {moved:?}");
    assert!(desk.chosen_text().contains(moved[1].as_str()), "{}", desk.chosen_text());
    let outstanding = |desk: &Desk| {
        desk.line_with("Unexplained").trim_end_matches(|c: char| "↑↓ ".contains(c) || c.is_numeric()).to_owned()
    };
    assert!(desk.line_with("↓").contains("Unexplained"), "{}", desk.text());
    let tabs = outstanding(&desk);
    for keys in ["pagedown", "G", "pageup", "g"] {
        assert_eq!(outstanding(desk.press(keys)), tabs, "nothing comes or goes beside it");
    }
}

#[test]
fn who_is_rung_contact_after_contact_stays_in_the_row() {
    let office = of_sixty();
    let pupils = FIRST_OF_SIXTY + 20;
    let second = contact(120, 2, "Mr Ash, father, 07700 900222");
    office.bring(&Incoming {
        contacts: placed([contact(120, 1, "Ms Ash, mother, 07700 900111"), second]),
        ..Incoming::default()
    });
    let name = office.ask(&format!("SELECT surname FROM pupil WHERE id = {pupils}"));
    let mut desk = office.small("09:20");
    while !desk.chosen_text().contains(&name) {
        desk.press("j");
    }
    // Of the list, not of what is told below it about the chosen one.
    let rows = |desk: &Desk| seen(desk)[..11].to_vec();
    let before = rows(&desk);
    desk.press("n");
    assert_eq!((rows(&desk), desk.chosen_text().contains(&name)), (before.clone(), true));
    desk.clock("09:21");
    assert_eq!((rows(&desk), desk.chosen_text().contains(&name)), (before.clone(), true));
    desk.press("n");
    assert!(!desk.chosen_text().contains(&name) && !rows(&desk).contains(&name), "{}", desk.text());
}

#[test]
fn a_key_pressed_once_too_often_records_nothing_about_the_next_pupil() {
    let office = of_sixty();
    let mut desk = office.desk("09:20");
    let calls = || office.ask("SELECT count(*) FROM call");
    desk.press("n n");
    assert_eq!(calls(), "2", "both contacts of one pupil");
    desk.press("j j j j j j n");
    assert_eq!(calls(), "3", "the only contact");
    desk.press("n");
    assert_eq!(calls(), "3");
    assert!(desk.status().starts_with("Nothing recorded: the list has gone on to "), "{}", desk.status());
    // Pressed on and on, or held down, it never comes to record anything.
    for _ in 0..8 {
        desk.now += chrono::TimeDelta::seconds(1);
        desk.press("n");
    }
    assert_eq!(calls(), "3");
    // Who has looked at the card means that pupil.
    desk.press("enter esc n");
    assert_eq!(calls(), "4");
    // The same typed ahead, before the disk has answered.
    let requests = desk.press_only("j n n");
    requests.into_iter().for_each(|request| desk.obey(request));
    assert_eq!(calls(), "5");
    // Who has chosen the row, or rung meanwhile, is not asked.
    desk.press("j n");
    assert_eq!(calls(), "6");
    desk.now += chrono::TimeDelta::seconds(20);
    desk.press("n");
    assert_eq!(calls(), "7");
}

/// What another desk does about one of the sixty.
fn act_of_another(pupil: PupilId, what: u32) -> Act {
    match what % 3 {
        0 => came(pupil, "09:05").into(),
        1 => reported(&[pupil], "I", am(), am()).into(),
        _ => call(pupil, 2 + pupil.0 - FIRST_OF_SIXTY + 2).into(),
    }
}

#[test]
fn while_another_desk_writes_the_chosen_pupil_is_the_same_or_nobody_and_no_row_jumps() {
    let office = of_sixty();
    for list in ["2", "3", "N"] {
        let mut desk = office.small("09:20");
        desk.press(list);
        // Any numbers that hop about.
        let mut number = 7_u32;
        for step in 0..40_i64 {
            number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            if step % 5 == 0 {
                desk.press(["j", "j j j", "pagedown", "k"][step as usize / 5 % 4]);
            }
            let (was, chosen) = (seen(&desk), desk.chosen_text());
            let name = |row: &str| row.find("Ash").map(|at| row[at..at + 5].to_owned());
            let anybody = FIRST_OF_SIXTY + (i64::from(number >> 16) % 60);
            // As often as not about whoever is chosen.
            let about = name(&chosen).filter(|_| step % 2 == 1);
            let about = about.map(|name| office.ask(&format!("SELECT id FROM pupil WHERE surname = '{name}'")));
            let about = PupilId(about.map_or(anybody, |id| id.parse().unwrap()));
            let mut store = Store::open(&office.path, codes()).unwrap();
            // Refused where it has been done already: that is no news.
            let _ = store.perform(&officer("J Ito"), at("09:20"), &act_of_another(about, number >> 8));
            desk.look();
            let (is, now) = (seen(&desk), desk.chosen_text());
            assert!(now.is_empty() || name(&now) == name(&chosen), "{chosen} became {now}");
            let jumped = was.iter().enumerate().filter(|(row, name)| {
                is.iter().position(|one| one == *name).is_some_and(|place| place.abs_diff(*row) > 1)
            });
            assert!(jumped.count() <= 1, "none but the one it was about: {was:?} {is:?}");
        }
    }
}
