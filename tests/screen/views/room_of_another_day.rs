//! Another day in a small window: nothing is cut beside blanks, and a tab counts what its list holds.

use super::another_day::{office, title};
use crate::support::COLOUR;

#[test]
fn a_tab_counts_the_registers_that_are_listed_and_marks_where_one_is_not_whole() {
    let mut desk = office().small("09:26");
    desk.press("ctrl-g '17/11' enter");
    assert!(desk.shows(" 1 Registers 3! "), "{}", desk.text());
    desk.press("= >");
    assert!(desk.shows(" 1 Registers 3 "), "{}", desk.text());
}

#[test]
fn nothing_is_cut_beside_blanks_in_a_small_window() {
    let desk = |size| {
        let mut desk = office().desk_with("09:26", size, COLOUR, "S Marsh");
        desk.press("ctrl-g '17/11' enter");
        desk
    };
    let small = desk((77, 24));
    assert!(title(&small).contains("Harrington High"), "{}", small.text());
    let all = desk((100, 30));
    assert!(all.shows(" L and U "), "{}", all.text());
    assert!(all.line_with("Khan, Amira").contains("8KM"), "{}", all.text());
}
