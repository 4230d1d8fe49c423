//! Titles say what alone is shown, and how long something is told in hours from an hour on.

use crate::support::{COLOUR, Office, came};
use firstbell::domain::people::pupil::PupilId;

#[test]
fn a_filtered_list_names_its_filter_at_every_width() {
    let office = Office::new();
    for (pupil, time) in [(1, "08:57"), (3, "08:58"), (4, "09:00"), (6, "09:02"), (8, "09:05")] {
        office.perform(time, came(PupilId(pupil), time));
    }
    for size in [(80, 24), (100, 32), (120, 40), (160, 40)] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        desk.press("3 y");
        let title = if size.0 < 100 { "Y8" } else { "Lateness queue Y8" };
        assert!(desk.shows(title), "{}", desk.text());
        desk.press("y y");
        assert!(!desk.shows("Y8") && !desk.shows("Y9"), "{}", desk.text());
        desk.press("T / 'amira' enter");
        assert!(desk.shows("Today's tape “amira”: "), "{}", desk.text());
        desk.press("esc f ctrl-t");
        assert!(desk.shows("Fire list, only unaccounted, "), "{}", desk.text());
        desk.press("'am'");
        assert!(desk.shows("Fire list, “am”, "), "{}", desk.text());
    }
}

#[test]
fn what_took_hours_is_told_in_hours() {
    let office = Office::new();
    let mut desk = office.desk("11:09");
    assert!(desk.line_with("9BW").contains("+2h19"), "{}", desk.text());
    desk.clock("12:20");
    assert!(desk.line_with("9BW").contains("+3h30"), "{}", desk.text());
}
