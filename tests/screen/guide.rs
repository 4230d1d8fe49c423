//! The guide to a new file: what is proposed and asked, by keys alone, until a profile is saved.

use std::fs;
use std::path::PathBuf;

use firstbell::exchange::profiles::Profiles;
use firstbell::exchange::profiles::guide::Guide;
use firstbell::keys::{Key, KeymapFile};
use firstbell::screen::guide::{GuideScreen, Request};
use firstbell::screen::{Keymaps, Theme};
use firstbell::store::Store;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::support::frame::{frame_of, telling, text_in};
use crate::support::{COLOUR, Office, codes, date};

const TRACKER: &str = "Westside tracker\nPrinted 24/11/2026\n\nRef,Pupil,When,Half,Sign,Carer mobile\n\
                       0001,\"Khan, Amira\",23/11/2026,AM,/,07700 900001\n0002,\"Khan, Bilal\",23/11/2026,AM,H9,07700 900002\n\
                       0001,\"Khan, Amira\",20/11/2026,PM,\\,07700 900001\n0003,\"Doyle, Erin\",02/11/2026,AM,Sick,07700 900003\n\
                       9999,\"Rook, Ned\",31/13/2026,PM,H9,07700 900004\n";

const CLUBS: &str = "Child,Class,Club,Start\nAmira Khan,8KM,Chess,2026-11-23\nBilal Khan,10DP,Choir,2026-11-24\n";

/// The screen, with what it asks for done at once.
struct Teaching {
    screen: GuideScreen,
    theme: Theme,
    size: (u16, u16),
    folder: PathBuf,
    /// It was left, or is done.
    is_over: bool,
    _office: Office,
}

fn teach(name: &str, text: &str, size: (u16, u16)) -> Teaching {
    let office = Office::new();
    let path = office.path.with_file_name(name);
    fs::write(&path, text).unwrap();
    let folder = office.path.with_file_name("profiles");
    let roll = Store::open(&office.path, codes()).unwrap().roll().clone();
    let guide = Guide::open(&path, (roll, codes()), Profiles::load(&folder).unwrap(), date()).unwrap();
    let keys = Keymaps::read(KeymapFile::compiled_in()).unwrap().for_guide();
    let screen = GuideScreen::new(guide, keys, telling(COLOUR));
    Teaching { screen, theme: telling(COLOUR), size, folder, is_over: false, _office: office }
}

impl Teaching {
    fn press(&mut self, keys: &str) -> &mut Teaching {
        for word in keys.split(' ') {
            match word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
                Some(text) => text.chars().for_each(|letter| self.key(Key::typed(letter))),
                None => self.key(word.parse().unwrap()),
            }
        }
        self
    }

    fn key(&mut self, key: Key) {
        // As in the program: each key is pressed at what is seen.
        self.buffer();
        match self.screen.handle_key(key) {
            Request::Nothing | Request::Redraw => {}
            Request::Try(profile) => {
                let trial = self.screen.guide().try_out(&profile).map_err(|fault| fault.to_string());
                self.screen.tried(trial);
            }
            Request::Keep(profile, replaces) => {
                let kept = self.screen.guide().keep(&profile, &self.folder, replaces);
                self.is_over = self.screen.was_kept(kept);
            }
            Request::Leave => self.is_over = true,
        }
    }

    fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        self.screen.draw(&mut buffer);
        buffer
    }

    fn text(&self) -> String {
        let buffer = self.buffer();
        text_in(&buffer, buffer.area)
    }

    fn frame(&self) -> String {
        frame_of(&self.buffer(), &self.theme)
    }

    #[track_caller]
    fn shows(&self, text: &str) {
        assert!(self.text().contains(text), "{text}:\n{}", self.text());
    }

    fn saved(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }
}

#[test]
fn frames() {
    for size in [(80, 24), (120, 40)] {
        let name = format!("{}x{}", size.0, size.1);
        insta::assert_snapshot!(format!("guide_file_{name}"), teach("clubs.csv", CLUBS, size).frame());
        let mut taught = teach("tracker.csv", TRACKER, size);
        insta::assert_snapshot!(format!("guide_column_{name}"), taught.frame());
        taught.press("1");
        insta::assert_snapshot!(format!("guide_mark_{name}"), taught.frame());
        taught.press("enter");
        insta::assert_snapshot!(format!("guide_choosing_{name}"), taught.frame());
        taught.press("1 1 2 s");
        insta::assert_snapshot!(format!("guide_trial_{name}"), taught.frame());
    }
    let mut small = teach("tracker.csv", TRACKER, (40, 8));
    small.press("1").shows("firstbell");
    for size in [(1, 1), (20, 4), (300, 100)] {
        drop(teach("tracker.csv", TRACKER, size).press("1 enter j esc 1").text());
    }
}

#[test]
fn it_is_saved_once_every_question_is_answered() {
    let mut taught = teach("tracker.csv", TRACKER, (120, 40));
    taught.press("s").shows("Not saved: no answer yet for When, mark “H9”, mark “Sick”");
    taught.shows("4 questions open");
    taught.press("1").shows("What does “H9” mean?");
    taught.press("enter enter").shows("Nothing is chosen yet");
    assert!(!taught.is_over);
    taught.press("C C M I enter").shows("What does “Sick” mean?");
    taught.press("1").shows("Does your school’s own system (MIS) write these files?");
    taught.press("2").shows("Everything is settled: s shows what would be read.");
    taught.press("s").shows("On your roll: 3 of the 3 pupils.");
    taught.shows("Signs that are no national codes: “H9” is I (");
    taught.shows("“Sick” waits until somebody says what it means.");
    taught.shows("Refused: 1 row.");
    taught.press("enter");
    assert!(taught.is_over);
    let text = taught.saved("tracker.toml");
    assert!(
        text.contains("admission_no = [\"Ref\"]") && text.contains("date = [\"When\"]") && text.contains("H9 = \"I\""),
        "{text}"
    );
    assert!(!text.contains("Sick"), "what waits is not in it: {text}");
}

#[test]
fn nothing_is_taken_left_or_replaced_by_a_key_in_passing() {
    let mut taught = teach("tracker.csv", TRACKER, (80, 24));
    taught.press("enter enter enter").shows("Is “When” the date?");
    assert_eq!(taught.screen.guide().points().iter().filter(|one| one.is_open()).count(), 4, "{}", taught.text());
    taught.press("esc 1 1 1 2 q");
    assert!(!taught.is_over);
    taught.shows("Nothing is saved yet: once more leaves all the same.");
    taught.press("j q");
    assert!(!taught.is_over, "another key lay between");
    fs::create_dir(&taught.folder).unwrap();
    fs::write(taught.folder.join("tracker.toml"), "what = 'x'\nkind = 'pupils'\n[columns]\nsurname = ['A']\n").unwrap();
    taught.press("s enter").shows("there is a profile tracker already, and it was not replaced");
    taught.press("ctrl-u 'tracker-2' enter");
    assert!(taught.is_over, "{}", taught.text());
    assert!(taught.saved("tracker.toml").starts_with("what = 'x'"));
    assert!(taught.saved("tracker-2.toml").contains("kind = \"marks\""));
    let mut again = teach("tracker.csv", TRACKER, (80, 24));
    again.press("q");
    assert!(again.is_over, "nothing was answered");
}

#[test]
fn a_number_that_does_not_stand_before_an_answer_answers_nothing() {
    let mut taught = teach("tracker.csv", TRACKER, (80, 24));
    let open = |taught: &Teaching| taught.screen.guide().points().iter().filter(|one| one.is_open()).count();
    taught.press("1").shows("What does “H9” mean?");
    taught.shows("enter: ");
    let (seen, questions) = (taught.text(), open(&taught));
    let last = (1..10).rev().find(|number| seen.contains(&format!("│ {number} "))).unwrap();
    assert!(last < 9, "{seen}");
    taught.press("9").shows("What does “H9” mean?");
    assert_eq!(open(&taught), questions);
    taught.press(&last.to_string());
    assert_eq!(open(&taught), questions - 1);
}

#[test]
fn what_is_private_is_masked_until_it_is_asked_for_and_one_key_blanks_all() {
    let mut taught = teach("tracker.csv", TRACKER, (120, 40));
    taught.press("G k k k").shows("•••• 001");
    assert!(!taught.text().contains("900001"), "{}", taught.text());
    taught.press("v").shows("07700 900001");
    taught.press("v").shows("•••• 001");
    taught.press("f2");
    assert_eq!(taught.text(), "");
    taught.press("v").shows("•••• 001");
}

#[test]
fn dates_that_could_be_read_two_ways_are_asked_and_a_known_file_is_told() {
    let text = "Adno,Date,Session,Mark\n0001,02/11/2026,AM,/\n0002,03/11/2026,AM,N\n";
    let mut taught = teach("marks.csv", text, (80, 24));
    taught.shows("Read already, by the profile marks-long: what you save goes before it.");
    taught.shows("Which comes first in “Date”, the day or the month?");
    taught.shows("02/11/2026 is 2 November");
    taught.press("1 2 s enter");
    assert!(taught.is_over && taught.saved("marks.toml").contains("dates = \"day-first\""));
}

#[test]
fn where_nobody_is_on_the_roll_it_is_saved_only_when_that_is_said() {
    let text = "Ref,Day,Half,Sign\nX1,23/11/2026,AM,/\nX2,23/11/2026,PM,\\\n";
    let mut taught = teach("strange.csv", text, (80, 24));
    taught.shows("What is “Ref”?");
    taught.press("1 2 s").shows("On your roll: 0 of the 2 pupils.");
    taught.press("enter").shows("Nobody named here is on your roll: y saves it all the same");
    taught.press("n");
    assert!(!taught.is_over);
    taught.press("enter enter").shows("Save as");
    assert!(!taught.is_over, "enter alone does not say so");
    taught.press("enter y");
    assert!(taught.is_over && !taught.saved("strange.toml").is_empty(), "{}", taught.text());
}
