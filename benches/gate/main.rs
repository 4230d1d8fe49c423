//! A queue at the gate: a hundred lates typed at fifteen keys a second into the real program, while another process imports registers and
//! a third amends. Says how long a late takes from its first key to its commit, and how long from its last; fails if an arrival is
//! missing, doubled or of another minute. `cargo bench --bench gate`.

#![allow(clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)] // It drives the program as the tests do.

#[allow(dead_code)]
#[path = "../../tests/terminal/support.rs"]
mod support;
#[allow(dead_code)]
#[path = "../../tests/terminal/terminal.rs"]
mod terminal;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDateTime, Timelike, Utc};
use rusqlite::Connection;

use support::{Desk, text};
use terminal::Terminal;

const LATES: usize = 100;
/// Fifteen keys a second.
const BETWEEN_KEYS: Duration = Duration::from_micros(66_667);
const STARTS: &str = "08:57";

/// One late as it was typed.
struct Typed {
    pupil: i64,
    first: (Instant, DateTime<Utc>),
    last: Instant,
}

fn main() {
    let desk = Desk::bare();
    let made =
        desk.unstopped().args(["demo", "--create-only", "--pupils", "2000", "--years", "1", "--at", STARTS]).output();
    assert!(made.as_ref().is_ok_and(|made| made.status.success()), "{made:?}");
    let record = Connection::open(&desk.db).unwrap();
    let queue = queue(&record);
    assert_eq!(queue.len(), LATES);

    let mut gate = Terminal::start(desk.gate(), 80, 24);
    gate.shows(&["GATE"]);
    let over = AtomicBool::new(false);
    let (imports, amendments) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (typed, commits) = thread::scope(|scope| {
        let commits = scope.spawn(|| watch(&desk, &over));
        scope.spawn(|| import(&desk, &queue, &over, &imports));
        scope.spawn(|| amend(&desk, &record_of_others(&desk, &queue), &over, &amendments));
        let typed = work(&mut gate, &queue);
        over.store(true, Ordering::Relaxed);
        (typed, commits.join().unwrap())
    });
    gate.keys("\u{3}");
    gate.ends();

    check(&desk, &record, &typed, &commits);
    let waited = |from: fn(&Typed) -> Instant| {
        let mut waits: Vec<f64> =
            typed.iter().map(|late| (commits[&late.pupil] - from(late)).as_secs_f64() * 1000.0).collect();
        waits.sort_by(f64::total_cmp);
        (waits[LATES / 2], waits[LATES * 99 / 100])
    };
    let (first, last) = (waited(|late| late.first.0), waited(|late| late.last));
    println!("{LATES} lates, {} imports and {} amendments beside them", imports.into_inner(), amendments.into_inner());
    println!("first key to commit: p50 {:.0} ms, p99 {:.0} ms", first.0, first.1);
    println!("last key to commit:  p50 {:.1} ms, p99 {:.1} ms", last.0, last.1);
}

impl Desk {
    /// The program on this file's own clock.
    fn unstopped(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_firstbell"));
        command.env_clear().envs(self.environment()).arg("--db").arg(&self.db);
        command
    }

    fn gate(&self) -> pty_process::blocking::Command {
        let program = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_firstbell"));
        program.env_clear().envs(self.environment()).arg("--db").arg(&self.db).arg("gate")
    }
}

/// A pupil in the queue.
struct Waiting {
    pupil: i64,
    number: String,
    /// What is typed, or scanned, to find them.
    typed: String,
}

/// Whoever is not in yet: every other one is scanned by number; the others are typed, by as much of a name as nobody else of the tutor
/// group has.
fn queue(record: &Connection) -> Vec<Waiting> {
    let mut statement = record
        .prepare(
            "SELECT p.id, p.admission_no, p.surname, lower(g.name),
               (SELECT count(*) FROM pupil o WHERE o.tutor_group = p.tutor_group
                  AND (o.surname LIKE substr(p.surname, 1, 3) || '%' OR o.forename LIKE substr(p.surname, 1, 3) || '%')) = 1
             FROM pupil p JOIN tutor_group g ON g.id = p.tutor_group
             WHERE NOT EXISTS (SELECT 1 FROM evidence e, demo d WHERE e.pupil = p.id AND e.last_day >= date(d.starts))
               AND NOT EXISTS (SELECT 1 FROM mark m, demo d WHERE m.pupil = p.id AND m.date = date(d.starts))
               AND p.last_day IS NULL ORDER BY p.id",
        )
        .unwrap();
    let rows = statement.query_map([], |row| {
        let (number, surname, group): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let begins: String = surname.to_lowercase().chars().take(3).collect();
        let alone: bool = row.get(4)?;
        let plain = begins.chars().all(|letter| letter.is_ascii_lowercase());
        Ok((row.get(0)?, number, (alone && plain).then(|| format!("{begins} {group}"))))
    });
    let rows: Vec<(i64, String, Option<String>)> = rows.unwrap().map(Result::unwrap).collect();
    let (named, numbered): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(.., name)| name.is_some());
    let named =
        named.into_iter().map(|(pupil, number, name)| Waiting { pupil, number, typed: name.unwrap_or_default() });
    let numbered = numbered.into_iter().map(|(pupil, number, _)| Waiting { pupil, typed: number.clone(), number });
    named.take(LATES / 2).zip(numbered).flat_map(|(one, other)| [one, other]).collect()
}

/// Type every late at the given rate; the terminal goes on showing what comes.
fn work(gate: &mut Terminal, queue: &[Waiting]) -> Vec<Typed> {
    let mut due = Instant::now();
    let mut typed = Vec::new();
    for Waiting { pupil, typed: words, .. } in queue {
        let mut first = None;
        let mut last = due;
        for key in format!("{words}\rb").chars() {
            while let Some(left) = due.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
                gate.listen(left);
            }
            last = Instant::now();
            first.get_or_insert((last, Utc::now()));
            gate.keys(&key.to_string());
            due += BETWEEN_KEYS;
        }
        typed.push(Typed { pupil: *pupil, first: first.unwrap(), last });
    }
    let settled = Instant::now() + Duration::from_secs(2);
    while Instant::now() < settled {
        gate.listen(Duration::from_millis(50));
    }
    typed
}

/// When each arrival was committed, as another process sees it.
fn watch(desk: &Desk, over: &AtomicBool) -> BTreeMap<i64, Instant> {
    let reader = Connection::open(&desk.db).unwrap();
    let (mut seen, mut version) = (0, -1);
    let mut commits = BTreeMap::new();
    while !over.load(Ordering::Relaxed) {
        let now: i64 = reader.pragma_query_value(None, "data_version", |row| row.get(0)).unwrap();
        if now == version {
            thread::sleep(Duration::from_micros(300));
            continue;
        }
        version = now;
        let at = Instant::now();
        let mut new = reader
            .prepare_cached(
                "SELECT a.id, e.pupil FROM act a LEFT JOIN evidence e ON e.act = a.id AND e.kind = 'gate'
                 WHERE a.id > ?1 ORDER BY a.id",
            )
            .unwrap();
        let rows = new.query_map([seen], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))).unwrap();
        for (act, pupil) in rows.map(Result::unwrap) {
            seen = act;
            if let Some(pupil) = pupil {
                commits.entry(pupil).or_insert(at);
            }
        }
    }
    commits
}

/// Tutors' registers come in from another system, the waiting pupils at N in them.
fn import(desk: &Desk, queue: &[Waiting], over: &AtomicBool, count: &AtomicUsize) {
    let file = desk.folder.path().join("marks.csv");
    for round in 0.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let mut rows = "admission_no,date,session,code,minutes,by\n".to_owned();
        for Waiting { number, .. } in queue.iter().skip(round % 10 * 10).take(10) {
            rows.push_str(&format!("{number},2026-11-24,AM,N,,Mrs Kemp\n"));
        }
        std::fs::write(&file, rows).unwrap();
        let done = desk.unstopped().arg("import").arg(&file).output().unwrap();
        assert!(done.status.success(), "{}", text(&done.stderr));
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// Numbers of pupils who are not in the queue.
fn record_of_others(desk: &Desk, queue: &[Waiting]) -> Vec<String> {
    let waiting: BTreeSet<i64> = queue.iter().map(|one| one.pupil).collect();
    let record = Connection::open(&desk.db).unwrap();
    let mut statement = record.prepare("SELECT id, admission_no FROM pupil WHERE last_day IS NULL").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).unwrap();
    rows.map(Result::unwrap).filter(|(id, _)| !waiting.contains(id)).map(|(_, number)| number).collect()
}

/// Somebody amends marks, now to this and now to that.
fn amend(desk: &Desk, others: &[String], over: &AtomicBool, count: &AtomicUsize) {
    for (number, code) in others.iter().cycle().zip(["I", "M", "N", "O"].into_iter().cycle()) {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let done = desk.unstopped().args(["mark", number, code, "--reason", "rang in"]).output().unwrap();
        // "Already has it" is an answer too.
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", text(&done.stderr));
        count.fetch_add(usize::from(done.status.success()), Ordering::Relaxed);
    }
}

/// A hundred arrivals, each once and of the minute of its first key, and a journal that is whole.
fn check(desk: &Desk, record: &Connection, typed: &[Typed], commits: &BTreeMap<i64, Instant>) {
    let (starts, began): (String, String) =
        record.query_row("SELECT starts, began FROM demo", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let starts: NaiveDateTime = starts.parse().unwrap();
    let began: DateTime<Utc> = began.parse().unwrap();
    for late in typed {
        let came = starts + (late.first.1 - began);
        let late_by = i64::from(came.hour() * 60 + came.minute()) - (8 * 60 + 40);
        let code = if late_by < 30 { "L" } else { "U" };
        let logged: Vec<(String, String, i64)> = {
            let mut statement = record
                .prepare(
                    "SELECT e.time, m.code, m.minutes FROM evidence e JOIN mark m ON m.pupil = e.pupil AND m.date = e.first_day
                     WHERE e.pupil = ?1 AND e.kind = 'gate' AND e.withdrawn IS NULL AND m.session = 'AM'",
                )
                .unwrap();
            let rows = statement.query_map([late.pupil], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
            rows.map(Result::unwrap).collect()
        };
        assert_eq!(logged, [(came.format("%H:%M").to_string(), code.to_owned(), late_by)], "pupil {}", late.pupil);
        assert!(commits.contains_key(&late.pupil));
    }
    desk.is_whole();
}
