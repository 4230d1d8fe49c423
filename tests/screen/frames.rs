//! Frames: the text, then which stretches carry which meaning.

use firstbell::screen::{Event, Look};
use unicode_width::UnicodeWidthStr;

use crate::support::{COLOUR, Desk, Office, at};

/// The size at which every dialog is looked at.
const DIALOGS: (u16, u16) = (100, 32);

fn at_size(size: (u16, u16)) -> Desk {
    Office::new().desk_with("09:12", size, COLOUR, "S Marsh")
}

#[test]
fn the_morning_at_120x40() {
    insta::assert_snapshot!(at_size((120, 40)).frame());
}

#[test]
fn a_pane_at_full_size_and_all_panes_again() {
    let mut desk = at_size((120, 40));
    let all = desk.text();
    desk.press("+");
    insta::assert_snapshot!(desk.frame());
    desk.press("3");
    assert!(!desk.shows("Unmarked registers") && desk.shows("Lates"), "{}", desk.text());
    assert_eq!(desk.press("2 +").text(), all);
}

#[test]
fn the_panes_share_the_space_by_what_they_hold_but_not_under_somebody_s_hand() {
    let mut desk = at_size((120, 40));
    let lateness = |desk: &Desk| desk.text().lines().position(|line| line.contains("3 Lateness queue")).unwrap();
    assert_eq!(lateness(&desk), 34, "nobody is late yet: {}", desk.text());
    desk.press("l 'doy' enter b enter");
    assert!(desk.line_with("3 Lateness queue").contains("1"), "{}", desk.text());
    assert_eq!(lateness(&desk), 34, "nothing moves but what the key moved");
    desk.send(Event::Minute);
    assert_eq!(lateness(&desk), 34, "nor a moment later");
    desk.clock("09:13");
    assert_eq!(lateness(&desk), 17, "{}", desk.text());
}

#[test]
fn the_morning_at_80x24() {
    insta::assert_snapshot!(at_size((80, 24)).frame());
}

#[test]
fn the_morning_at_100x32() {
    insta::assert_snapshot!(at_size(DIALOGS).text());
}

#[test]
fn the_four_tabs_at_80x24() {
    let mut desk = at_size((80, 24));
    for (key, name) in [("1", "registers"), ("3", "lateness"), ("4", "watch")] {
        insta::assert_snapshot!(format!("tab_{name}"), desk.press(key).text());
    }
}

#[test]
fn small_terminals_still_draw_something_true() {
    for (name, size) in [("60x16", (60, 16)), ("40x10", (40, 10)), ("20x5", (20, 5))] {
        insta::assert_snapshot!(format!("small_{name}"), at_size(size).text());
    }
}

#[test]
fn every_dialog() {
    for (name, keys) in [
        ("call", "c b '09:50'"),
        ("late", "l 'o' 'n'"),
        ("late_reason", "l 'doy' enter"),
        ("mark", "m i enter 'mum'"),
        ("inbound", "i 'mori' enter 'vomiting'"),
        ("out", "b 'd'"),
        ("watch", "w 'Mondays'"),
        ("find", "/ 'woj'"),
        ("card", "enter"),
        ("help", "?"),
        ("palette", ": 'pane'"),
        ("chase", "1 r"),
        ("register", "1 j enter"),
        ("arrangements", "A"),
        ("arrangement", "A a 'w'"),
    ] {
        let mut desk = at_size(DIALOGS);
        desk.press(keys);
        insta::assert_snapshot!(format!("dialog_{name}"), desk.dialog());
    }
}

#[test]
fn empty_is_a_sentence() {
    let office = Office::new();
    office.register("08:55", "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "/"), (9, "/")]);
    office.register("08:56", "10DP", "Dr Price", &[(2, "/"), (10, "/"), (11, "/"), (12, "/")]);
    office.register("08:57", "8KM", "Mrs Kemp", &[(1, "/"), (3, "/"), (4, "/"), (5, "/")]);
    let desk = office.desk("09:12");
    for text in [
        "Every register is in.",
        "Last: 8KM at 08:57.",
        "Nobody is unexplained.",
        "Nobody has come late.",
        "Nobody is watched.",
    ] {
        assert!(desk.shows(text), "{text}");
    }
}

#[test]
fn a_day_without_school_says_why() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.now = at("09:12") + chrono::TimeDelta::days(4);
    desk.send(Event::Minute);
    assert!(desk.shows("No school today: it is a weekend."), "{}", desk.text());
    assert!(desk.shows("Sat 28 Nov"));
    assert!(desk.shows("No registers today."));
    desk.press("B");
    assert!(desk.shows("There is no school today: it is a weekend."), "{}", desk.text());
    assert!(!desk.shows("no mark") && !desk.shows("register not in"), "{}", desk.text());
    assert!(desk.shows("esc close") && !desk.shows("/ filter"), "{}", desk.text());
    // What the command says of such a day, the screen says too.
    desk.press("esc h");
    assert!(desk.shows("There is no school today: it is a weekend."), "{}", desk.text());
    assert!(desk.shows("N to be settled by the next school day: 0."), "{}", desk.text());
    desk.press("esc l 'mori' enter");
    assert!(desk.shows("there is no school today: it is a weekend."), "{}", desk.text());
    assert!(!desk.shows("still logs it"), "{}", desk.text());
}

#[test]
fn the_chosen_row_is_marked_from_edge_to_edge_in_every_list() {
    let mut desk = at_size((80, 24));
    for pane in ["1", "2", "4"] {
        assert_eq!(desk.press(pane).chosen_text().width(), 80, "{pane}: {}", desk.frame());
    }
    for (keys, dialog) in [("/ 'kh'", 54), ("esc : 'pane'", 54), ("esc h esc 2 e", 54), ("esc N", 54)] {
        assert!(desk.press(keys).chosen_text().width() >= dialog, "{keys}: {}", desk.frame());
    }
}

/// Every line is exactly as wide as the screen allows, whatever the names are made of; the group stands in one column.
#[test]
fn awkward_names_keep_the_columns_straight() {
    let mut desk = at_size((80, 24));
    desk.press("/ '10dp'");
    let text = desk.text();
    let columns: Vec<usize> = text
        .lines()
        .filter(|line| line.contains("10DP  ") && !line.contains("_"))
        .map(|line| line.split("10DP").next().unwrap().width())
        .collect();
    assert!(columns.len() >= 4, "{text}");
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
}

#[test]
fn ascii_draws_no_other_line_or_symbol_and_no_colour_is_none() {
    let look = Look { colour: false, high_contrast: false, ascii: true };
    let mut desk = Office::new().desk_with("09:12", (120, 40), look, "S Marsh");
    // Names are the pupils' own, and keep their letters.
    let strange = |text: &str| -> String { text.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect() };
    let rooms = [
        "2", "c", "esc m", "esc l", "esc ?", "esc h", "esc T", "esc L", "d", "esc f", "esc o", "esc Y", "esc B",
        "esc R",
    ];
    for keys in rooms {
        desk.press(keys);
        assert_eq!(strange(&desk.text().replace('’', "")), "", "{keys}");
    }
    insta::assert_snapshot!("plain_look", Office::new().desk_with("09:12", (100, 24), look, "S Marsh").frame());
}

#[test]
fn a_dialog_survives_any_size() {
    let office = Office::new();
    for keys in [
        "c",
        "l",
        "m",
        "i",
        "i 'amira' enter tab tab 'x'",
        "w",
        "/",
        "enter",
        "?",
        ":",
        "1 r",
        "1 enter",
        "h",
        "T",
        "L",
        "L d",
        "L c",
        "f",
        "B",
        "R",
        "R '8km' enter",
        "B / '8km'",
        "o",
        "o y",
        "e",
        "N",
        "N o",
        "N a",
        "N m",
        "Y",
    ] {
        let mut desk = office.desk("09:12");
        desk.press(keys);
        for size in [(120, 40), (20, 5), (1, 1), (3, 2), (200, 60), (80, 3), (9, 30)] {
            desk.size = size;
            desk.send(Event::Resize);
            let text = desk.text();
            assert!(text.lines().all(|line| line.width() <= usize::from(size.0)), "{keys} {size:?}\n{text}");
        }
    }
}

#[test]
fn typing_survives_a_resize() {
    let mut desk = at_size((120, 40));
    desk.press("m i enter 'mum' space 'rang'");
    desk.size = (20, 5);
    desk.send(Event::Resize);
    desk.text();
    desk.size = (80, 24);
    assert!(desk.line_with("Reason").contains("mum rang"));
}

#[test]
fn in_a_wide_list_what_is_said_stands_near_the_names() {
    let office = Office::new();
    let mut desk = office.desk_with("09:12", (200, 60), COLOUR, "S Marsh");
    desk.press("l 'doy' enter b enter 2 +");
    let group = |desk: &Desk, name: &str, group: &str| desk.line_with(name).find(group).unwrap();
    assert!(group(&desk, "Khan, Amira", "8KM") < 60, "{}", desk.text());
    desk.press("3");
    assert!(group(&desk, "Doyle, Erin", "8KM") < 60, "{}", desk.text());
}

#[test]
fn ends_of_words_do_not_look_out_beside_a_dialog() {
    let mut desk = at_size((80, 24));
    for keys in [":", "esc t"] {
        desk.press(keys);
        let text = desk.text();
        let dialog: Vec<&str> = text.lines().skip_while(|line| !line.contains('╭')).collect();
        let last = dialog.iter().position(|line| line.contains('╰')).unwrap();
        for line in dialog[..=last].iter().map(|line| line.trim()) {
            assert!(line.starts_with(['╭', '│', '╰']) && line.ends_with(['╮', '│', '╯']), "{text}");
        }
    }
    // There is more beside it to be read.
    let mut wide = at_size((120, 40));
    wide.press("t");
    assert!(wide.line_with("Sweep: which group?").contains("Dr Price"), "{}", wide.text());
}

#[test]
fn a_key_stays_with_its_word_where_what_was_done_takes_two_lines() {
    for width in 40..52 {
        let mut desk = at_size((width, 24));
        desk.press("l 'doy' enter b enter");
        let text = desk.text();
        assert!(text.contains("u undo"), "at {width}: {text}");
    }
}
