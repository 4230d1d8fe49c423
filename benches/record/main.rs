//! The record's speed, at one school and at ten times that.

#![allow(clippy::pedantic)]

mod made;

use std::hint::black_box;
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BatchSize, BenchmarkId, Criterion};
use firstbell::domain::act::LogArrival;
use firstbell::domain::calendar::Calendar;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::day::Timelines;
use firstbell::domain::late::gate::is_number;
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::School;
use firstbell::domain::school::find::Finder;
use firstbell::domain::watch::rule_lists;
use firstbell::store::Store;
use made::{Fault, Made, amended, came_on, codes, incoming, now, officer};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// One school, and ten times that.
const SIZES: [usize; 2] = [1_200, 12_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for bench in [days, acts, merges, finds] {
        if let Err(fault) = bench(&mut criterion) {
            eprintln!("{fault}");
            std::process::exit(1);
        }
    }
    criterion.final_summary();
}

/// Opening the file, a day's load, and settling a whole session of it.
fn days(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("day");
    group.sample_size(30).measurement_time(Duration::from_secs(3));
    for size in SIZES {
        let mut made = Made::new(size, 80)?;
        made.work()?;
        let (path, today, codes) = (made.path.clone(), made.today, codes());
        group.bench_function(BenchmarkId::new("open", size), |bench| {
            bench.iter(|| Store::open(&path, codes.clone()));
        });
        group.bench_function(BenchmarkId::new("first load", size), |bench| {
            bench.iter_batched(
                || Store::open(&path, codes.clone()),
                |store| store.map(|mut store| (store.day(today), store)),
                BatchSize::PerIteration,
            );
        });
        let day = made.store.day(today)?;
        group.bench_function(BenchmarkId::new("load", size), |bench| bench.iter(|| made.store.day(today)));
        group.bench_function(BenchmarkId::new("changed", size), |bench| bench.iter(|| made.store.changed()));
        group.bench_function(BenchmarkId::new("settle", size), |bench| {
            bench.iter(|| {
                let timelines = Timelines::whole(&day);
                for pupil in day.on_roll() {
                    black_box(timelines.of(pupil).mark(Session::Am).why());
                }
            });
        });
    }
    let mut made = Made::new(1_200, 6 * 365)?;
    made.work()?;
    let (today, long_ago) = (made.today, NaiveDate::from_ymd_opt(2021, 2, 2).ok_or("no such date")?);
    let (path, codes) = (made.path.clone(), codes());
    group.bench_function("first load after six years", |bench| {
        bench.iter_batched(
            || Store::open(&path, codes.clone()),
            |store| store.map(|mut store| (store.day(today), store)),
            BatchSize::PerIteration,
        );
    });
    // The lates of the half-term and everything else from before today are known by now.
    group.bench_function("load after six years", |bench| bench.iter(|| made.store.day(today)));
    group.bench_function("load of long ago", |bench| bench.iter(|| made.store.day(long_ago)));
    let (pupil, starts) = (PupilId(600), Calendar::year_start(today));
    group.bench_function("a pupil's year", |bench| bench.iter(|| made.store.year(pupil, starts, today)));
    group.bench_function("a pupil's day in full", |bench| bench.iter(|| made.store.marks_of_day(pupil, today)));
    // Back and on, as keys are pressed: each time it is another day than was read before.
    let mut days = [long_ago, long_ago + chrono::Days::new(7)].into_iter().cycle();
    group.bench_function("another day beside today", |bench| {
        bench.iter(|| days.next().map(|date| made.store.another_day(date)));
    });
    group.finish();
    standing(criterion, made)
}

/// What the watch rules need of the past, after six years: of everybody, a slice as the keeper reads it, and after a mark of
/// yesterday was amended; beside them the rules' lists themselves.
fn standing(criterion: &mut Criterion, mut made: Made) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("standing");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    let (path, today, codes) = (made.path.clone(), made.today, codes());
    let fresh = || Store::open(&path, codes.clone());
    group.bench_function("whole", |bench| {
        bench.iter_batched(
            fresh,
            |store| store.map(|mut store| (store.standing(today), store)),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("slice", |bench| {
        let mut store = fresh().ok();
        bench.iter(|| {
            let left = store.as_mut().and_then(|store| store.catch_up(today, 8).ok()).map_or(0, |done| done.left);
            // Whoever has read everybody starts anew, which costs what a first slice does.
            if left == 0 {
                store = fresh().ok();
            }
        });
    });
    group.bench_function("nothing new", |bench| {
        let read = made.store.standing(today);
        bench.iter(|| (made.store.catch_up(today, 8), read.is_ok()));
    });
    let yesterday = SessionDate::new(today.pred_opt().ok_or("no such date")?, Session::Am);
    let (mut other, mut turn, mut failed) = (fresh()?, 0, None::<Fault>);
    group.bench_function("amended yesterday", |bench| {
        bench.iter_batched(
            || {
                turn += 1;
                let (pupil, code) = (PupilId(turn % 1_200 + 1), if turn % 2 == 0 { "I" } else { "M" });
                let saw = other.revision(pupil, yesterday).unwrap_or_default();
                let act = amended(pupil, yesterday, code, "asked", saw).into();
                if let Err(fault) = other.perform(&officer(), now("14:00"), &act) {
                    failed = Some(format!("{fault:?}").into());
                }
            },
            |()| made.store.catch_up(today, 8),
            BatchSize::PerIteration,
        );
    });
    let (day, standing) = (made.store.day(today)?, made.store.standing(today)?);
    let two = now("14:00").time();
    group.bench_function("rule lists", |bench| bench.iter(|| rule_lists(&day, Some(&standing), two)));
    group.finish();
    failed.map_or(Ok(()), Err)
}

/// An arrival with a full sync, beside a bare commit of the same rows on the same disk.
fn acts(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("act");
    group.sample_size(50).measurement_time(Duration::from_secs(4));
    let mut made = Made::new(1_200, 1)?;
    let bare = Made::new(1_200, 1)?;
    let connection = Connection::open(&bare.path)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    let calendar = made.store.roll().calendar.clone();
    let start = NaiveDate::from_ymd_opt(2021, 9, 1).ok_or("no such date")?;
    let dates: Vec<_> = start.iter_days().filter(|date| calendar.is_school_day(*date)).take(300).collect();
    let turns = || dates.iter().flat_map(|date| (1..=1_200).map(|pupil| (PupilId(pupil), *date)));
    let mut failed: Option<Fault> = None;
    let mut turn = turns();
    group.bench_function("arrival", |bench| {
        bench.iter(|| {
            let (pupil, date) = turn.next()?;
            let act = LogArrival { reason: Some("bus".to_owned()), ..came_on(date, pupil, "08:57") };
            made.perform("15:00", act).map_err(|fault| failed = Some(fault)).ok()
        });
    });
    let mut turn = turns();
    group.bench_function("bare commit", |bench| {
        bench.iter(|| {
            let (pupil, date) = turn.next()?;
            commit(&connection, pupil, &date.to_string()).map_err(|fault| failed = Some(fault.into())).ok()
        });
    });
    group.finish();
    failed.map_or(Ok(()), Err)
}

/// The rows of an arrival, and nothing else.
fn commit(connection: &Connection, pupil: PupilId, date: &str) -> rusqlite::Result<()> {
    let change = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let detail =
        format!(r#"{{"log-arrival":{{"pupil":{},"date":"{date}","time":"08:57:00","reason":"bus"}}}}"#, pupil.0);
    change
        .prepare_cached(
            "INSERT INTO act (instant, kind, detail, who, post, desk, about)
             VALUES ('2026-11-24T15:00:00Z', 'arrival', ?1, 'S Marsh', 'attendance officer', 'office pts/1', ?2)",
        )?
        .execute([&detail, date])?;
    let act = change.last_insert_rowid();
    change
        .prepare_cached(
            "INSERT INTO evidence (act, pupil, kind, first_day, first_session, last_day, last_session, time, words)
             VALUES (?1, ?2, 'gate', ?3, 'AM', ?3, 'AM', '08:57', 'bus')",
        )?
        .execute(params![act, pupil.0, date])?;
    change
        .prepare_cached(
            "INSERT INTO mark (date, session, pupil, code, minutes, act) VALUES (?1, 'AM', ?2, 'L', 17, ?3)",
        )?
        .execute(params![date, pupil.0, act])?;
    change.commit()
}

/// One school's files into an empty file, and again into the full one.
fn merges(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("merge");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for size in SIZES {
        let files = incoming(size);
        let now = now("07:00");
        let (codes, settings) = (codes(), School::usual()?);
        let empty = || -> Result<_, Fault> {
            let folder = tempfile::tempdir()?;
            let store = Store::create(&folder.path().join("school.db"), &settings, codes.clone())?;
            Ok((folder, store))
        };
        group.bench_function(BenchmarkId::new("first", size), |bench| {
            bench.iter_batched(
                || empty().ok(),
                |made| {
                    let (folder, mut store) = made?;
                    let merged = store.merge(&officer(), now, &files, false, &mut |_, _| {});
                    Some((folder, store, merged))
                },
                BatchSize::PerIteration,
            );
        });
        let mut made = Made::new(size, 1)?;
        group.bench_function(BenchmarkId::new("again", size), |bench| {
            bench.iter(|| made.store.merge(&officer(), now, &files, false, &mut |_, _| {}));
        });
    }
    Ok(())
}

/// A name typed letter by letter, over the whole roll.
fn finds(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("find");
    for size in SIZES {
        let made = Made::new(size, 1)?;
        let roll = made.store.roll().clone();
        group.bench_function(BenchmarkId::new("make", size), |bench| bench.iter(|| Finder::new(&roll)));
        let mut finder = Finder::new(&roll);
        group.bench_function(BenchmarkId::new("keystroke", size), |bench| {
            let mut typed = ["w", "wo", "woj", "wojc"].into_iter().cycle();
            bench.iter(|| typed.next().map(|query| finder.matches(query, 20, |_| true)));
        });
    }
    // A late's line at the gate, of a large school: its letters, the number that it is not, and the mark it would come to.
    let made = Made::new(2_000, 1)?;
    let roll = made.store.roll().clone();
    let mut finder = Finder::new(&roll);
    group.bench_function(BenchmarkId::new("gate keystroke", 2_000), |bench| {
        let mut typed = ["w", "wo", "woj", "wojc", "wojicik", "04412"].into_iter().cycle();
        bench.iter(|| {
            typed.next().map(|query| finder.matches_preferring(query, 50, |_| true, |pupil| pupil.0 % 2 == 0))
        });
    });
    group.bench_function(BenchmarkId::new("gate enter", 2_000), |bench| {
        bench.iter(|| (finder.numbered("04412"), is_number(&roll, "04412")));
    });
    Ok(())
}
