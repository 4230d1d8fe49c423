//! While another day is shown or on its way, what is pressed is about that day or about nothing: never about one that is not seen.

use chrono::Days;
use firstbell::screen::Event;

use super::another_day::{office, title};
use crate::support::*;

/// Esc closes the dialog that the keys before it open there; nothing of it waits to be about today.
#[test]
fn what_is_typed_before_the_day_is_there_never_comes_to_be_about_today() {
    let office = office();
    let mut desk = office.desk("09:26");
    let asked = desk.press_only("ctrl-g '17/11' enter m 'I' esc");
    asked.into_iter().for_each(|request| desk.obey(request));
    assert!(title(&desk).contains("◀ Tue 17 Nov") && !desk.shows("Mark of"), "{}", desk.text());
    // Midnight comes before the day does.
    let mut desk = office.desk("23:59");
    let asked = desk.press_only("> m");
    desk.now = at("00:01") + Days::new(1);
    desk.send(Event::Minute);
    asked.into_iter().for_each(|request| desk.obey(request));
    desk.press("2 j k n");
    assert!(!desk.shows("Mark of"), "{}", desk.text());
}

#[test]
fn rows_marked_today_are_not_meant_on_another_day() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("2 space j space ctrl-g '17/11' enter m");
    assert!(desk.shows("Tue 17 Nov: Mark of"), "{}", desk.text());
    desk.press("esc e");
    assert_eq!(desk.status(), "That is done today, not on Tue 17 Nov.  = goes back to today.");
}

/// What was done about another day than the one that is shown is neither taken back nor done again unseen.
#[test]
fn there_only_that_day_s_marks_are_taken_back_and_done_again() {
    let office = office();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter m 'I' enter 'note' enter");
    let code = || office.ask("SELECT code FROM mark WHERE pupil = 1 AND date = '2026-11-17' AND session = 'AM'");
    assert_eq!(code(), "I");
    desk.press("u");
    assert_eq!(code(), "N");
    desk.press("U");
    assert_eq!(code(), "I");
    desk.press(">");
    let refused = "✗ Not done: the last act at this desk is about no mark of Wed 18 Nov: go back to today for it";
    assert_eq!(desk.press("u").status(), refused);
    assert_eq!(code(), "I");
    // Of today, undone there, and not done again from here.
    desk.press("= 2 n");
    let calls = || office.ask("SELECT count(*) FROM call WHERE withdrawn IS NULL");
    assert_eq!(calls(), "1");
    desk.press("< u");
    assert!(desk.status().contains("no mark of Mon 23 Nov"), "{}", desk.status());
    desk.press("= u");
    assert_eq!(calls(), "0");
    desk.press("< U");
    assert!(desk.status().contains("no mark of Mon 23 Nov"), "{}", desk.status());
    assert_eq!(calls(), "0");
}

#[test]
fn lessons_registers_are_of_today_and_another_day_says_so() {
    let office = Office::new();
    let mut desk = office.desk("09:26");
    desk.press("ctrl-g '17/11' enter R");
    let said = desk.status();
    assert!(
        said.starts_with("Lessons' registers are shown of today alone; of Tue 17 Nov the first pane has"),
        "{said}"
    );
}
