//! A file of marks read and merged through all rules, beside `sqlite3 .import` of the same file into a bare table with the same key: how
//! long each takes, how long another desk waits for the file meanwhile, and how much memory is held.
//!
//! `cargo bench --bench marks` imports a year of 1,200 pupils; `-- --sessions 1667` two million marks.

#![allow(clippy::pedantic)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{Datelike, NaiveDate, Weekday};
use firstbell::clock::Ticks;
use firstbell::domain::incoming::{Incoming, IncomingPupil};
use firstbell::domain::school::School;
use firstbell::exchange::profiles::Profiles;
use firstbell::exchange::timetable::Timetable;
use firstbell::exchange::{self, Known};
use firstbell::store::Store;
use rusqlite::Connection;

#[allow(dead_code, clippy::panic, clippy::unwrap_used, reason = "the tests' own, of which this needs a part")]
#[path = "../../tests/school/mod.rs"]
mod school;

use firstbell::domain;
use school::files::{placed, pupil, term};
use school::{codes, date_of, november, now, officer};

type Fault = Box<dyn Error>;

fn main() {
    if let Err(fault) = measure() {
        eprintln!("{fault}");
        std::process::exit(1);
    }
}

fn measure() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().collect();
    let asked = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1)?.parse::<usize>().ok()
    };
    // Run among the tests it is only shown to work.
    let (pupils, sessions) = if words.iter().any(|word| word == "--bench") { (1_200, 380) } else { (30, 4) };
    let (pupils, sessions) = (asked("--pupils").unwrap_or(pupils), asked("--sessions").unwrap_or(sessions));
    let folder = tempfile::tempdir()?;
    let (path, file) = (folder.path().join("school.db"), folder.path().join("marks.csv"));
    std::fs::write(&file, marks(pupils, sessions))?;
    let bytes = std::fs::metadata(&file)?.len();
    println!("{} marks, {pupils} pupils x {sessions} sessions, {:.1} MB", pupils * sessions, bytes as f64 / 1e6);

    let bare = bare(folder.path(), &file)?;
    match bare {
        Some(taken) => println!("sqlite3 .import into a bare table with the same key: {:.2} s", taken.as_secs_f64()),
        None => println!("there is no sqlite3 here to compare with"),
    }

    let mut store = Store::create(&path, &School::usual()?, codes())?;
    store.merge(&officer("S Marsh"), now("07:00"), &roll(pupils), false, &mut |_, _| {})?;
    let (codes, calendar) = (codes(), store.roll().calendar.clone());
    let profiles = Profiles::default();
    let known = Known {
        codes: &codes,
        calendar: &calendar,
        today: november(24),
        profiles: &profiles,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &Default::default(),
    };
    let (ticks, is_over) = (Ticks::start(), AtomicBool::new(false));
    let (read, merged, waits) = std::thread::scope(|scope| -> Result<_, Fault> {
        let desk = scope.spawn(|| waits(&path, &is_over));
        let mut work = || -> Result<_, Fault> {
            let read = exchange::read(std::slice::from_ref(&file), known, &mut |_| {})?;
            let taken = ticks.read();
            let merged = store.merge(&officer("S Marsh"), now("15:00"), &read.incoming, false, &mut |_, _| {})?;
            Ok((taken, merged, read.rejects.len()))
        };
        let done = work();
        is_over.store(true, Ordering::Relaxed);
        let (taken, merged, rejects) = done?;
        if rejects + merged.rejects.len() > 0 || merged.marks.new != (pupils * sessions) as u64 {
            return Err(format!("{} marks are new", merged.marks.new).into());
        }
        Ok((taken, ticks.read(), desk.join().map_err(|_| "the other desk has failed")??))
    })?;
    println!("read {:.2} s, in all {:.2} s", read.as_secs_f64(), merged.as_secs_f64());
    if let Some(bare) = bare {
        println!("that is {:.1} times sqlite3", merged.as_secs_f64() / bare.as_secs_f64());
    }
    println!("another desk waited for the file {} ms at the longest", waits.as_millis());
    let status = std::fs::read_to_string("/proc/self/status")?;
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("memory at its most: {}", peak.trim_start_matches("VmHWM:").trim());
    }
    Ok(())
}

/// How long `sqlite3` takes; `None` where there is none.
fn bare(folder: &Path, file: &Path) -> Result<Option<Duration>, Fault> {
    let table = "CREATE TABLE mark (admission_no TEXT NOT NULL, date TEXT NOT NULL, session TEXT NOT NULL, code TEXT,
                 minutes TEXT, by TEXT, PRIMARY KEY (date, session, admission_no)) STRICT, WITHOUT ROWID";
    let import = format!(".import --skip 1 {} mark", file.display());
    let mut command = Command::new("sqlite3");
    command.arg(folder.join("bare.db")).args([table, ".mode csv", &import]).stdout(Stdio::null());
    let ticks = Ticks::start();
    match command.status() {
        Ok(status) if status.success() => Ok(Some(ticks.read())),
        Ok(status) => Err(format!("sqlite3: {status}").into()),
        Err(_) => Ok(None),
    }
}

/// The longest time for which another connection waits to write.
fn waits(path: &Path, is_over: &AtomicBool) -> Result<Duration, rusqlite::Error> {
    let mut desk = Connection::open(path)?;
    desk.busy_handler(Some(|_| {
        std::thread::sleep(Duration::from_micros(500));
        true
    }))?;
    let mut longest = Duration::ZERO;
    while !is_over.load(Ordering::Relaxed) {
        let ticks = Ticks::start();
        desk.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
        longest = longest.max(ticks.read());
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(longest)
}

fn roll(pupils: usize) -> Incoming {
    let row = |n: usize| IncomingPupil {
        from: Some(date_of(2016, 9, 1)),
        ..pupil(n, (&format!("Made-up {n}"), "Up", &format!("{}A{}", 7 + n / 240, n / 30 % 8)))
    };
    let terms = (2016..2027).map(|year| term(&year.to_string(), date_of(year, 9, 1), date_of(year + 1, 8, 31)));
    Incoming { pupils: placed((0..pupils).map(row)), calendar: placed(terms), ..Incoming::default() }
}

/// The file: each session's register, the last before today's.
fn marks(pupils: usize, sessions: usize) -> String {
    let mut dates: Vec<NaiveDate> = std::iter::successors(november(24).pred_opt(), NaiveDate::pred_opt)
        .filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun))
        .take(sessions.div_ceil(2))
        .collect();
    dates.reverse();
    let mut text = "admission_no,date,session,code,minutes,by\n".to_owned();
    let halves = dates.iter().flat_map(|date| [(date, "AM", '/'), (date, "PM", '\\')]).take(sessions);
    for (turn, (date, session, present)) in halves.enumerate() {
        for n in 0..pupils {
            let (code, minutes) = match (n * 7 + turn * 13) % 100 {
                0 => ('L', "12"),
                1 => ('L', "4"),
                2..5 => ('I', ""),
                5 => ('N', ""),
                6 => ('M', ""),
                _ => (present, ""),
            };
            let (Ok(()) | Err(_)) = writeln!(text, "{n:04},{date},{session},{code},{minutes},Mx {}", n / 30);
        }
    }
    text
}
