//! Frames: the text, then which stretches carry which meaning.

use firstbell::screen::Look;

use crate::support::{Desk, Office};

fn look() -> Look {
    Look { colour: true, ..Look::default() }
}

fn at_size(size: (u16, u16)) -> Desk {
    Office::new().desk_with("09:12", size, look(), "S Marsh")
}

#[test]
fn the_morning_at_120x40() {
    insta::assert_snapshot!(at_size((120, 40)).frame());
}

#[test]
fn the_morning_at_80x24() {
    insta::assert_snapshot!(at_size((80, 24)).frame());
}
