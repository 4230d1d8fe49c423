//! More than anybody types: a window of any size, a paste without end, keys faster than the disk. The program stays small, drops what
//! it cannot hear with a word, and works on.

use rusqlite::Connection;

use crate::support::{Desk, FIRST_FRAME};
use crate::terminal::Terminal;

/// The most memory one client may ever come to hold, in KiB.
const MOST: u64 = 64 << 10;

/// The most memory the program has held, in KiB, as the kernel counts it.
fn held_at_most(terminal: &Terminal) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", terminal.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().trim().parse().unwrap()
}

#[track_caller]
fn is_small(terminal: &Terminal) {
    let held = held_at_most(terminal);
    assert!(held <= MOST, "{held} KiB");
}

#[test]
fn of_a_window_of_any_size_so_much_is_drawn_and_said_to_be() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    for (width, height) in [(9999, 9999), (65535, 20), (40, 65535), (500, 151), (65535, 65535)] {
        let drawn = (width.min(500), height.min(150));
        terminal.resize_to(drawn, (width, height));
        terminal.shows(&[&format!(" {}x{} of {width}x{height} are drawn", drawn.0, drawn.1)]);
        // The gate fills it whole.
        terminal.keys("\x1bOS");
        terminal.shows(&["Part of a name"]);
        terminal.keys("\x1b");
        terminal.hides("Part of a name");
    }
    is_small(&terminal);
    terminal.resize(500, 150);
    terminal.hides("are drawn");
    terminal.resize(120, 40);
    terminal.shows(&FIRST_FRAME);
}

#[test]
fn of_a_paste_without_end_nothing_is_kept() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("/\x1b[200~");
    let much = "Khan, Amira ~ ".repeat(75_000);
    (0..200).for_each(|_| terminal.keys(&much));
    // After some seconds of silence it counts as ended.
    terminal.shows(&["Nothing was pasted: it is more than 16 KiB."]);
    is_small(&terminal);
    terminal.keys("khan");
    terminal.shows(&["khan"]);
    // One after the other, each short enough to be taken, and answers of other programs that never come to an end.
    let paste = format!("\x1b[200~{}\x1b[201~", "x".repeat(3000));
    (0..5).for_each(|_| terminal.keys(&paste));
    terminal.shows(&["no room for more"]);
    terminal.keys("\x1b]52;c;");
    (0..2).for_each(|_| terminal.keys(&much));
    terminal.keys("\x07\x1b");
    terminal.hides("Find a pupil");
    is_small(&terminal);
}

#[test]
fn keys_faster_than_the_disk_are_dropped_with_a_word_and_no_act_is() {
    let desk = Desk::school();
    let acts = desk.acts();
    let mut terminal = desk.screen();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // A late that cannot be saved, and then whatever a hand or a cat types.
    terminal.keys("lyusuf\r");
    terminal.shows(&["Arrived", "A reason's letter"]);
    terminal.keys("\r");
    terminal.shows(&["saving"]);
    let keys = "jk/a\x1b[B\x1b[A\x1b[200~pasted\x1b[201~?\x1b[I\x1b[O".repeat(10_000);
    terminal.keys(&keys);
    terminal.until("the keys are dropped", |terminal| {
        let shown = terminal.lines().join("\n");
        shown.contains("what is typed now is dropped") || shown.contains("keys wait and no more")
    });
    is_small(&terminal);
    other.execute_batch("ROLLBACK").unwrap();
    terminal.until("the late is saved", |_| desk.acts() == acts + 1);
    is_small(&terminal);
    desk.is_whole();
}

#[test]
fn requests_that_no_disk_answers_do_not_heap_up() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // To the gate and back: each time the other desks are told. What follows an Esc at once begins anew, so it is Esc.
    terminal.keys(&("\x1bOS\x1b".repeat(2_000) + "\x1b[I"));
    terminal.shows(&["what is typed now is dropped"]);
    is_small(&terminal);
    other.execute_batch("ROLLBACK").unwrap();
    terminal.keys("\x03");
    assert_eq!(terminal.ends().0.code(), Some(0));
    terminal.is_given_back();
}
