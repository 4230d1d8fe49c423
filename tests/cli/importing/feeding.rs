//! A folder that feeds itself: taken once, refused whole, moved with its report, whatever ends the program in between.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use rustix::fs::IFlags;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::*;

const MARKS: &str = "admission_no,date,session,code\n1,2026-11-23,PM,N\n";

/// The folder that feeds this desk.
pub fn inbox(desk: &Desk) -> PathBuf {
    let folder = desk.folder.path().join("inbox");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Put a file into the folder, and take what is there.
pub fn feed(desk: &Desk, name: &str, text: &str) -> CommandOutput {
    let folder = inbox(desk);
    fs::write(folder.join(name), text).unwrap();
    once(desk, &[])
}

fn once(desk: &Desk, more: &[&str]) -> CommandOutput {
    desk.run(&[&["feed", inbox(desk).to_str().unwrap(), "--once", "--settle", "0"], more].concat())
}

/// The names in a folder of the inbox, hidden ones left out.
fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(inbox(desk).join(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

fn imports(desk: &Desk) -> usize {
    desk.run(&["imports", "--json"]).rows().len()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_file_is_taken_once_and_lies_in_done_with_its_report() {
    let desk = Desk::harrington();
    let before = imports(&desk);
    let text = format!("{MARKS}99,2026-11-23,PM,N\n");
    let output = feed(&desk, "marks.csv", &text).ends(0);
    let act = desk.run(&["imports", "--json"]).rows()[0]["act"].clone();
    let says = format!("marks.csv is taken, import {act}, 1 row refused; it is done/marks.csv now.\n");
    assert_eq!((output.out, output.err), (says, String::new()));
    assert_eq!(names(&desk, ""), ["done", "refused"]);
    assert_eq!(names(&desk, "done"), ["marks.csv", "marks.csv.report.txt"]);
    let report = inbox(&desk).join("done/marks.csv.report.txt");
    assert_eq!(fs::metadata(&report).unwrap().permissions().mode() & 0o777, 0o600);
    let report = read(&report);
    assert!(report.starts_with(&format!("marks.csv was taken: import {act}.\nSHA-256 ")), "{report}");
    assert!(report.contains("marks: 1 new") && report.contains("Refused: marks.csv line 3, pupil “99”: "), "{report}");
    assert!(report.ends_with(&format!("Taken back by: firstbell undo {act}\n")), "{report}");
    let place = desk.ask("SELECT desk FROM act ORDER BY id DESC LIMIT 1").remove(0).remove(0).unwrap();
    assert!(place.ends_with(" feed"), "{place}");
    // The same again changes nothing, and nothing is written over.
    let again = feed(&desk, "marks.csv", &text).ends(0).out;
    assert!(again.contains("so already; it is done/marks-2.csv now"), "{again}");
    assert_eq!((imports(&desk), read(&inbox(&desk).join("done/marks.csv"))), (before + 1, text));
    assert_eq!(once(&desk, &[]).ends(0).out, "", "nothing is there");
}

#[test]
fn a_file_that_cannot_be_used_lies_in_refused_and_is_told_until_it_is_seen_to() {
    let desk = Desk::harrington();
    let output = feed(&desk, "notes.csv", "%PDF-1.7").ends(1);
    assert!(output.out.starts_with("Refused: notes.csv is a PDF"), "{}", output.out);
    assert_eq!(output.err, "firstbell: 1 file refused\n");
    assert_eq!(names(&desk, "refused"), ["notes.csv", "notes.csv.report.txt"]);
    let row = desk.run(&["refused", "--json"]).rows().remove(0);
    assert_eq!(
        (row["number"].as_i64(), row["file"].as_str(), row["at"].as_str()),
        (Some(1), Some("notes.csv"), Some("09:20"))
    );
    let text = desk.run(&["refused"]).ends(0).out;
    assert!(
        text.contains("1, 24 Nov 2026 09:20, notes.csv is a PDF") && text.contains("inbox/refused/notes.csv"),
        "{text}"
    );
    desk.run(&["refused", "dismiss", "2"]).ends(1);
    desk.run(&["refused", "dismiss", "1"]).ends(0);
    assert!(desk.run(&["refused"]).out.contains("No refused file is to be seen to."));
    // A table without headings is refused without a word of its rows.
    let output = feed(&desk, "list.csv", "31,Ash,Ned\n32,Bell,Ivy\n").ends(1);
    assert!(!output.out.contains("Ash") && output.out.starts_with("Refused: list.csv is not"), "{}", output.out);
    let told = desk.run(&["refused", "--json"]).out + &desk.run(&["tape"]).out;
    assert!(told.contains("list.csv is not a file firstbell knows") && !told.contains("Ash"), "{told}");
    desk.run(&["refused", "dismiss", "2"]).ends(0);
    // Nor does a zip of such a table; what is a heading of ours is told.
    let mut zip = zip::ZipWriter::new(fs::File::create(inbox(&desk).join("list.zip")).unwrap());
    zip.start_file("list.csv", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"31,Ash,Ned\n32,Bell,Ivy\n").unwrap();
    zip.finish().unwrap();
    let output = once(&desk, &[]).ends(1);
    assert!(
        output.out.contains("list.zip holds no file that firstbell knows") && !output.out.contains("Ash"),
        "{}",
        output.out
    );
    desk.run(&["refused", "dismiss", "3"]).ends(0);
    let output = feed(&desk, "own.csv", "upn,surname,forename,date,mark\n").ends(1);
    let why = "own.csv has pupils and a column “date”, so it is not read as a list of pupils";
    assert!(output.out.starts_with(&format!("Refused: {why}")), "{}", output.out);
    desk.run(&["refused", "dismiss", "4"]).ends(0);
    // Rows of which none can be used are told in the report alone.
    let output = feed(&desk, "marks.csv", "admission_no,date,session,code\n99,2026-11-23,PM,N\n").ends(1);
    assert!(
        output.out.contains("marks.csv holds nothing that could be used, 1 row refused; it is refused/marks.csv"),
        "{}",
        output.out
    );
    let report = read(&inbox(&desk).join("refused/marks.csv.report.txt"));
    assert!(report.contains("Refused: marks.csv line 2, pupil “99”") && report.contains("Put it right"), "{report}");
    // Put right, it is told no longer.
    assert_eq!(desk.run(&["refused", "--json"]).rows().len(), 1);
    feed(&desk, "marks.csv", MARKS).ends(0);
    assert_eq!(desk.run(&["refused", "--json"]).rows().len(), 0);
}

#[test]
fn what_stops_in_the_middle_waits_and_is_refused_after_a_while() {
    let desk = Desk::harrington();
    for (name, text) in
        [("a.xml", "<CTfile><Header>"), ("b.json", "[{\"id\": 1,"), ("c.csv", ""), ("d.zip", "PK\u{3}\u{4}x")]
    {
        let output = feed(&desk, name, text).ends(0).out;
        let says = format!("{name} waits: it stops in the middle, and may still be written.\n");
        assert!(output.contains(&says), "{output}");
    }
    assert_eq!(names(&desk, "").len(), 6, "everything is where it was");
    let output = once(&desk, &["--patience", "0"]).ends(1);
    assert!(
        output.out.contains("Refused: a.xml stops in the middle, on line 1; it is refused/a.xml now."),
        "{}",
        output.out
    );
    assert_eq!((output.err.as_str(), names(&desk, "")), ("firstbell: 4 files refused\n", names(&desk, "")));
    assert_eq!(names(&desk, "refused").len(), 8);
}

#[test]
fn who_is_on_roll_is_taken_before_what_is_said_of_them() {
    let desk = Desk::harrington();
    let folder = inbox(&desk);
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("a-marks.csv", "admission_no,date,session,code\n31,2026-11-23,PM,N\n");
    write("b-contacts.csv", "admission_no,order,name,relationship,phone\n31,1,Mrs Ash,mother,0113 496 0001\n");
    write("c-pupils.csv", "admission_no,surname,forename,year,tutor_group\n31,Ash,Ned,8,8KM\n");
    let output = once(&desk, &["--json"]).ends(0).out;
    let told: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&str> = told.iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["c-pupils.csv", "b-contacts.csv", "a-marks.csv"]);
    assert!(told.iter().all(|one| one["event"] == "taken" && one["refused"] == 0), "{output}");
    assert!(!output.contains("Ash"), "nobody is named: {output}");
}

#[test]
fn what_is_no_file_or_not_whole_is_left_alone() {
    let desk = Desk::harrington();
    let folder = inbox(&desk);
    for name in [".hidden.csv", "marks.csv.part", "marks.csv.tmp"] {
        fs::write(folder.join(name), MARKS).unwrap();
    }
    let outside = desk.folder.path().join("outside.csv");
    fs::write(&outside, MARKS).unwrap();
    symlink(&outside, folder.join("link.csv")).unwrap();
    fs::create_dir(folder.join("older")).unwrap();
    fs::write(folder.join("older/marks.csv"), MARKS).unwrap();
    let before = imports(&desk);
    let output = once(&desk, &[]).ends(0).out;
    assert_eq!(output, "link.csv is left alone: it is a link.\nolder is left alone: it is a folder.\n");
    assert_eq!((imports(&desk), names(&desk, "done").len(), read(&outside)), (before, 0, MARKS.to_owned()));
}

#[test]
fn a_folder_that_cannot_be_used_and_a_login_that_may_not_take_nothing() {
    let desk = crate::roles::staffed();
    let nowhere = desk.folder.path().join("nowhere");
    assert!(desk.run(&["feed", nowhere.to_str().unwrap(), "--once"]).ends(3).err.contains("is no folder"));
    let own = desk.folder.path().to_str().unwrap();
    assert!(desk.run(&["feed", own, "--once"]).ends(2).err.contains("the school’s own file lies in that folder"));
    assert!(desk.db.exists() && !desk.folder.path().join("done").exists());
    fs::write(inbox(&desk).join("marks.csv"), MARKS).unwrap();
    desk.run(&["feed", inbox(&desk).to_str().unwrap(), "--once", "--settle", "x"]).ends(2);
    // Links in the place of the folders that it keeps files in are not followed.
    symlink(desk.folder.path(), inbox(&desk).join("done")).unwrap();
    assert!(once(&desk, &[]).ends(3).err.contains("no link is followed"));
    assert!(inbox(&desk).join("marks.csv").exists());
}

/// The command at work, until it is dropped.
struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Running {
    fn start(desk: &Desk, settle: &str) -> Running {
        let mut command = desk.command();
        command.args(["--now", NOW, "--json", "feed", inbox(desk).to_str().unwrap(), "--settle", settle]);
        let mut child = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, lines }
    }

    /// What it says next of this kind; nothing if it ends before.
    fn hear(&mut self, event: &str) -> Option<Value> {
        let told = self.lines.by_ref().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
        told.into_iter().find(|one| one["event"] == event)
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn it_goes_on_until_it_is_asked_to_end_and_another_waits_for_it() {
    let desk = Desk::harrington();
    let mut first = Running::start(&desk, "0");
    first.hear("watching").unwrap();
    let mut second = Running::start(&desk, "0");
    assert!(second.hear("waits").unwrap()["says"].as_str().unwrap().contains("another feed is at work"));
    assert!(once(&desk, &[]).ends(1).err.contains("another feed is at work"));
    let folder = inbox(&desk);
    fs::write(folder.join("marks.csv.part"), MARKS).unwrap();
    fs::rename(folder.join("marks.csv.part"), folder.join("marks.csv")).unwrap();
    assert_eq!(first.hear("taken").unwrap()["kept_as"], "done/marks.csv");
    first.send(Signal::TERM);
    first.hear("ended").unwrap();
    assert!(first.child.wait().unwrap().success());
    // The other takes its place.
    second.hear("watching").unwrap();
    fs::write(folder.join("more.part"), MARKS.replace("PM", "AM")).unwrap();
    fs::rename(folder.join("more.part"), folder.join("more.csv")).unwrap();
    assert_eq!(second.hear("taken").unwrap()["kept_as"], "done/more.csv");
}

#[test]
fn a_file_that_somebody_is_writing_is_taken_once_they_close_it() {
    let desk = Desk::harrington();
    let mut feed = Running::start(&desk, "1");
    feed.hear("watching").unwrap();
    let mut file = fs::File::create(inbox(&desk).join("marks.csv")).unwrap();
    file.write_all(MARKS.as_bytes()).unwrap();
    // Others that are whole show that it is passed over: it has stood as long as they have.
    fs::write(inbox(&desk).join("z.part"), MARKS.replace("PM", "AM")).unwrap();
    fs::rename(inbox(&desk).join("z.part"), inbox(&desk).join("z.csv")).unwrap();
    assert_eq!(feed.hear("taken").unwrap()["file"], "z.csv");
    file.write_all(b"4,2026-11-23,PM,N\n").unwrap();
    drop(file);
    let told = feed.hear("taken").unwrap();
    assert_eq!((told["file"].as_str(), &told["counts"][0]), (Some("marks.csv"), &Value::from("marks: 2 new")));
}

#[test]
fn whatever_kills_it_every_file_is_taken_once_and_none_is_lost_or_half() {
    let desk = Desk::harrington();
    let (folder, before) = (inbox(&desk), imports(&desk));
    let text = |number: usize| {
        let date = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"][number % 5];
        format!("admission_no,date,session,code\n{},{date},{},N\n", 1 + number / 10, ["AM", "PM"][number / 5 % 2])
    };
    for round in 0..6 {
        let mut feed = Running::start(&desk, "0");
        feed.hear("watching").unwrap();
        for number in round * 3..round * 3 + 3 {
            let (part, whole) = (folder.join(format!("{number}.part")), folder.join(format!("{number}.csv")));
            fs::write(&part, text(number)).unwrap();
            fs::rename(&part, &whole).unwrap();
        }
        // Killed as the first of them was taken: somewhere in the second, or the third.
        feed.hear("taken").unwrap();
        feed.send(Signal::KILL);
    }
    once(&desk, &[]).ends(0);
    let kept: Vec<String> = names(&desk, "done").into_iter().filter(|name| name.ends_with(".csv")).collect();
    assert_eq!((names(&desk, ""), kept.len()), (vec!["done".to_owned(), "refused".to_owned()], 18), "{kept:?}");
    for number in 0..18 {
        assert_eq!(read(&folder.join(format!("done/{number}.csv"))), text(number));
        let report = read(&folder.join(format!("done/{number}.csv.report.txt")));
        assert!(report.contains("marks: 1 new") && report.contains("Taken back by"), "{report}");
    }
    assert_eq!(names(&desk, "done").len(), 36, "a report each: {:?}", names(&desk, "done"));
    assert_eq!(imports(&desk), before + 18);
    let marks = desk.ask("SELECT count(*) FROM mark WHERE date < '2026-11-21' AND tutor = 'N'").remove(0).remove(0);
    assert_eq!(marks.as_deref(), Some("18"));
}

/// See to it that a file cannot be moved, or can again; whether the system lets us.
fn hold(path: &Path, held: bool) -> bool {
    let file = fs::File::open(path).unwrap();
    let flags = if held { IFlags::IMMUTABLE } else { IFlags::empty() };
    rustix::fs::ioctl_getflags(&file)
        .and_then(|before| rustix::fs::ioctl_setflags(&file, (before - IFlags::IMMUTABLE) | flags))
        .is_ok()
}

#[test]
fn a_file_that_cannot_be_moved_is_told_once_taken_once_and_stands_in_no_others_way() {
    let desk = Desk::harrington();
    let before = imports(&desk);
    let write = |name: &str, text: &str| fs::write(inbox(&desk).join(name), text).unwrap();
    write("a.csv", MARKS);
    write("b.csv", &MARKS.replace("PM", "AM"));
    write("c.csv", "%PDF-1.7");
    let (taken, refused) = (inbox(&desk).join("a.csv"), inbox(&desk).join("c.csv"));
    if !hold(&taken, true) {
        return;
    }
    assert!(hold(&refused, true));
    let output = once(&desk, &[]).ends(3);
    assert_eq!(imports(&desk), before + 2, "{}", output.out);
    assert!(
        output.out.contains(" and cannot be moved: ") && output.out.contains("a.csv is taken, import "),
        "{}",
        output.out
    );
    assert!(output.out.contains("c.csv is refused and cannot be moved: "), "{}", output.out);
    assert!(output.out.contains("b.csv is taken, import ") && names(&desk, "done").contains(&"b.csv".to_owned()));
    assert!(output.err.ends_with("2 files could not be moved: see what is said of each\n"), "{}", output.err);
    // Again and again: nothing is taken twice, and others go on.
    write("d.csv", &MARKS.replace("23,PM", "20,PM"));
    let output = once(&desk, &[]).ends(3);
    assert_eq!((output.out.matches("cannot be moved").count(), imports(&desk)), (2, before + 3), "{}", output.out);
    assert!(names(&desk, "done").contains(&"d.csv".to_owned()));
    // While it watches it tells each of them once.
    let mut feed = Running::start(&desk, "0");
    feed.hear("trouble").unwrap();
    feed.hear("trouble").unwrap();
    feed.hear("watching").unwrap();
    write("e.part", &MARKS.replace("23,PM", "19,PM"));
    fs::rename(inbox(&desk).join("e.part"), inbox(&desk).join("e.csv")).unwrap();
    assert!(feed.lines.next().unwrap().unwrap().contains("e.csv is taken"));
    drop(feed);
    assert!(hold(&taken, false) && hold(&refused, false));
    once(&desk, &[]).ends(1);
    assert_eq!((names(&desk, ""), imports(&desk)), (vec!["done".to_owned(), "refused".to_owned()], before + 4));
    assert!(
        names(&desk, "done").contains(&"a.csv".to_owned()) && names(&desk, "refused").contains(&"c.csv".to_owned())
    );
}

#[test]
fn a_folder_of_what_is_done_that_was_taken_away_is_made_again() {
    let desk = Desk::harrington();
    let mut feed = Running::start(&desk, "0");
    feed.hear("watching").unwrap();
    for place in ["done", "refused"] {
        fs::remove_dir_all(inbox(&desk).join(place)).unwrap();
    }
    for (name, text, event) in [("a", MARKS, "taken"), ("b", "%PDF-1.7", "refused"), ("c", MARKS, "taken")] {
        let (part, whole) = (inbox(&desk).join(format!("{name}.part")), inbox(&desk).join(format!("{name}.csv")));
        fs::write(&part, text).unwrap();
        fs::rename(&part, &whole).unwrap();
        assert_eq!(feed.hear(event).unwrap()["file"], format!("{name}.csv"));
    }
    assert_eq!(names(&desk, "done"), ["a.csv", "a.csv.report.txt", "c.csv", "c.csv.report.txt"]);
    assert_eq!(names(&desk, "refused"), ["b.csv", "b.csv.report.txt"]);
}
