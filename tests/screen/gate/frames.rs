//! The gate's frames.

use firstbell::domain::school::staff::Role;
use firstbell::screen::Event;

use super::{YUI, absent, login, with_others};
use crate::support::{COLOUR, Office};

#[test]
fn frames() {
    for (size, name) in [((80, 24), "80x24"), ((120, 40), "120x40")] {
        let office = Office::new();
        with_others(&office);
        absent(&office, YUI, "I");
        let frame = |keys: &str| {
            let mut gate = office.desk_of("09:12", size, COLOUR, login("J Ito", Role::Gate));
            keys.split(',').filter(|keys| !keys.is_empty()).for_each(|keys| {
                gate.press(keys);
            });
            gate.frame()
        };
        insta::assert_snapshot!(format!("gate_empty_{name}"), frame(""));
        insta::assert_snapshot!(format!("gate_ties_{name}"), frame("'khan'"));
        insta::assert_snapshot!(format!("gate_reason_{name}"), frame("'mori' enter"));
        insta::assert_snapshot!(format!("gate_coach_{name}"), frame("'gray' ;,'evans' ;,'siob' enter"));
        insta::assert_snapshot!(format!("gate_refused_{name}"), frame("'0099' enter,'pugh' enter"));
        insta::assert_snapshot!(format!("gate_out_{name}"), frame("f5 'firth' enter 'd'"));
        insta::assert_snapshot!(
            format!("gate_last_{name}"),
            frame("'gray' enter b,'woj' enter .,'suk' enter o,ctrl-z,'mor'")
        );
    }
}

#[test]
fn the_gate_survives_any_size() {
    let office = Office::new();
    for keys in ["f4", "f4 'k'", "f4 'gray' enter", "f4 'gray' ; 'mori' ;", "f4 f5 'gray' enter"] {
        let mut desk = office.desk("09:12");
        desk.press(keys);
        for size in [(120, 40), (20, 5), (1, 1), (3, 2), (200, 60), (80, 3), (9, 30), (40, 12)] {
            desk.size = size;
            desk.send(Event::Resize);
            let text = desk.text();
            let fits = |line: &str| unicode_width::UnicodeWidthStr::width(line) <= usize::from(size.0);
            assert!(text.lines().all(fits), "{keys} {size:?}\n{text}");
        }
    }
}
