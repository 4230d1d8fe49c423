//! Pupils of one name are told apart wherever they stand together, and whoever has left is found.

use firstbell::domain::act::LogArrival;
use firstbell::domain::incoming::{Incoming, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;

use crate::support::{COLOUR, Desk, Office, came, placed, pupil, watched};

/// Two of one tutor group, and one of another.
const JUN: PupilId = PupilId(13);
const OTHER: PupilId = PupilId(14);
const OF_9BW: PupilId = PupilId(15);
const SIZES: [(u16, u16); 4] = [(46, 20), (60, 24), (80, 24), (120, 40)];

/// Besides the small school's, three pupils called Chan, Jun.
fn three_of_a_name() -> Office {
    let office = Office::new();
    let row = |(n, group)| pupil(n, ("Chan", "Jun", group));
    let pupils = [(13, "8KM"), (14, "8KM"), (15, "9BW")].map(row);
    office.bring(&Incoming { pupils: placed(pupils), ..Incoming::default() });
    office
}

/// The lines of the screen that hold the name and are not the status line.
fn lines(desk: &Desk) -> Vec<String> {
    let text = desk.text();
    let all = usize::from(desk.size.1) - 2;
    text.lines().take(all).filter(|line| line.contains("Chan")).map(str::to_owned).collect()
}

#[track_caller]
fn tells_apart(desk: &Desk) {
    let text = desk.text();
    for told in ["0013", "0014", "9BW"] {
        assert!(lines(desk).iter().any(|line| line.contains(told)), "{told}:\n{text}");
    }
    if desk.size.0 >= 120 {
        // A dialog lies over rows of panes.
        return;
    }
    let is_told = |line: &String| ["0013", "0014", "9BW"].iter().any(|told| line.contains(told));
    assert!(lines(desk).iter().all(is_told), "{text}");
}

#[test]
fn the_gate_tells_them_apart_and_whoever_is_in_says_so_and_is_not_first() {
    let office = three_of_a_name();
    office.perform("08:57", came(JUN, "08:57"));
    for size in SIZES {
        let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
        desk.press("f4 'chan'");
        tells_apart(&desk);
        let found = lines(&desk);
        assert!(found[0].contains("U 32") && !found[0].contains("0013"), "{size:?}: {found:?}");
        assert!(found[2].contains("0013") && found[2].contains("already in"), "{size:?}: {found:?}");
    }
    let mut desk = office.small("09:12");
    desk.press("f4 'chan' enter");
    assert!(lines(&desk)[0].contains("Chan, Jun 0014"), "{}", desk.text());
    desk.press("b");
    assert!(desk.status().contains("Chan, Jun 8KM 0014: U 32 min"), "{}", desk.status());
}

#[test]
fn the_coach_names_two_of_one_name_in_full() {
    let office = three_of_a_name();
    let mut desk = office.desk("09:12");
    desk.press("f4 '0013' ; '0015' ; '0008' ;");
    assert!(desk.shows("3 ticked: Chan, Jun 0013, Chan, Jun 9BW, Mori Y"), "{}", desk.text());
}

#[test]
fn pickers_panes_and_dialogs_tell_them_apart_at_every_width() {
    let office = three_of_a_name();
    for (pupil, time) in [(JUN, "08:57"), (OTHER, "08:58"), (OF_9BW, "09:01")] {
        office.perform(time, LogArrival { reason: Some("bus".to_owned()), ..came(pupil, time) });
        office.perform(time, watched(pupil, "below 90 %"));
    }
    for size in SIZES {
        let mut desk = office.desk_with("09:12", size, COLOUR, "S Marsh");
        for keys in ["/ 'chan'", "esc l 'chan'", "esc i 'chan'"] {
            desk.press(keys);
            tells_apart(&desk);
        }
        if size.0 < 120 {
            for pane in ["esc 3", "4"] {
                desk.press(pane);
                tells_apart(&desk);
            }
        } else {
            desk.press("esc");
            let text = desk.text();
            for told in ["Chan, Jun 0013", "Chan, Jun 0014", "Chan, Jun 9BW"] {
                assert_eq!(text.matches(told).count(), 2, "in both panes:\n{text}");
            }
        }
    }
}

#[test]
fn acts_and_their_refusals_name_the_one_who_is_meant() {
    let office = three_of_a_name();
    office.perform("08:57", came(JUN, "08:57"));
    let mut desk = office.desk("09:12");
    desk.press("T");
    assert!(
        desk.shows("arrival of Chan, Jun 8KM 0013") || desk.shows("Chan, Jun 8KM 0013: L 17 min"),
        "{}",
        desk.text()
    );
    desk.press("esc 3 enter");
    assert!(desk.shows("Chan, Jun 8KM 0013"), "{}", desk.text());
}

/// Besides the small school's, one who left last year, one who left in September, and one who is to come.
fn with_leavers() -> Office {
    let office = Office::new();
    let row = |n, surname: &str, from: &str, until: Option<&str>| IncomingPupil {
        from: Some(from.parse().unwrap()),
        until: until.map(|until| until.parse().unwrap()),
        ..pupil(n, (surname, "Ned", "9BW"))
    };
    let pupils = [
        row(13, "Pugh", "2024-09-02", Some("2025-12-12")),
        row(14, "Morgan", "2025-09-01", Some("2026-09-25")),
        row(15, "Quill", "2026-11-30", None),
    ];
    office.bring(&Incoming { pupils: placed(pupils), ..Incoming::default() });
    office
}

#[test]
fn whoever_has_left_is_found_and_the_card_says_when() {
    let office = with_leavers();
    for size in [(60, 20), (80, 24), (120, 40)] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        desk.press("/ 'pugh'");
        assert!(desk.line_with("Pugh").contains("9BW     left 12 Dec 2025"), "{}", desk.text());
        desk.press("enter");
        assert!(desk.shows("Pugh, Ned 9BW") && desk.shows("Now  left 12 Dec 2025"), "{}", desk.text());
        // Whatever acts refuse of whoever is not on roll they refuse here.
        desk.press("m 'I' enter 'x' enter");
        assert!(desk.shows("is not on roll on Tue 24 Nov 2026"), "{}", desk.text());
    }
    let mut desk = office.desk("09:20");
    desk.press("/ 'quill'");
    assert!(desk.line_with("Quill").contains("not on roll until 30 Nov 2026"), "{}", desk.text());
}

#[test]
fn who_is_on_roll_comes_before_who_has_left() {
    let office = with_leavers();
    let mut desk = office.desk("09:20");
    // The leaver's surname begins so, and so does hers.
    desk.press("/ 'mor'");
    let text = desk.text();
    let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is not in\n{text}"));
    assert!(place("Mori, Yui") < place("Morgan, Ned"), "{text}");
    // Where something is recorded nobody who has left is offered.
    desk.press("esc l 'pugh'");
    assert!(!desk.shows("Pugh, Ned"), "{}", desk.text());
}
