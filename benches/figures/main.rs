//! How quickly marks are counted: of a week, of a school year and of six, by several sizes of school; of one pupil; as known on another day.

#![allow(clippy::pedantic)]

#[allow(dead_code, unused_imports, reason = "of the made-up school no morning is worked through")]
#[path = "../record/made.rs"]
mod made;

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion};
use firstbell::domain::calendar::Calendar;
use firstbell::domain::figures::page::{Asked, Split};
use firstbell::domain::figures::question::{Question, Whom};
use firstbell::domain::figures::split::By;
use firstbell::domain::figures::trend::week;
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::Store;
use made::{Fault, Made, codes, now};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    if let Err(fault) = figures(&mut criterion) {
        eprintln!("{fault}");
        std::process::exit(1);
    }
    criterion.final_summary();
}

fn figures(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("figures");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for (pupils, years) in [(300, 1), (300, 6), (1_200, 1), (1_200, 6), (12_000, 1)] {
        let mut made = Made::new(pupils, years * 365)?;
        let (today, size) = (made.today, format!("{pupils} pupils, {years} years"));
        let tomorrow = today + Days::new(1);
        let year = Calendar::year_start(today)..tomorrow;
        let everything = today - Days::new(365 * years)..tomorrow;
        for (name, dates, by) in [
            ("week by group", week(today), By::Group),
            ("year by pupil", year.clone(), By::Pupil),
            ("everything by week", everything, By::Week),
        ] {
            of(&mut group, BenchmarkId::new(name, &size), &mut made, asked(dates, Whom::default(), None), by);
        }
        let pupil = Whom { pupil: Some(PupilId(100)), ..Whom::default() };
        of(
            &mut group,
            BenchmarkId::new("a pupil's year", &size),
            &mut made,
            asked(year.clone(), pupil, None),
            By::Week,
        );
        let page = Asked { dates: year.clone(), as_of: None, within: Vec::new(), split: Split::Groups };
        group.bench_function(BenchmarkId::new("the screen's first page", &size), |bench| {
            bench.iter(|| made.store.figures_page(page.clone(), now("12:00")).map(black_box));
        });
        let known = asked(year, Whom::default(), Some(today - Days::new(7)));
        of(&mut group, BenchmarkId::new("year as known a week ago", &size), &mut made, known, By::Group);
        let (path, week) = (made.path.clone(), asked(week(today), Whom::default(), None));
        group.bench_function(BenchmarkId::new("opened, and the week", &size), |bench| {
            bench.iter_batched(
                || (),
                |()| Store::open(&path, codes()).map(|mut store| (store.figures(&week, now("12:00")), store)),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    Ok(())
}

fn asked(dates: Range<NaiveDate>, whom: Whom, as_of: Option<NaiveDate>) -> Question {
    Question { dates, whom, as_of }
}

fn of(group: &mut BenchmarkGroup<'_, WallTime>, id: BenchmarkId, made: &mut Made, asked: Question, by: By) {
    group.bench_function(id, |bench| {
        bench.iter(|| made.store.figures(&asked, now("12:00")).map(|tally| black_box(tally.parts(by))));
    });
}
