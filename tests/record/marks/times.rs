//! Times with dates: a mark is judged by the times of its own day, whatever the settings say since; a day may end early, and a week have
//! times of its own.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, LogCall};
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{DayTimes, Session, SessionTimes};
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingMark};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::School;
use firstbell::store::Store;
use firstbell::store::merge::{Count, Merged};

use crate::support::*;

fn arrival_on(pupil: PupilId, day: u32, time: &str) -> Act {
    came_on(november(day), pupil, time).into()
}

/// Save settings by which the morning's registers close then.
fn close_at(desk: &mut Desk, closes: &str, from: Option<NaiveDate>, today: NaiveDate) {
    desk.change_settings(today, |school| {
        school.times.usual.am.closes = local(today, closes).time();
        school.times.from = from;
    });
}

fn closes(desk: &mut Desk, date: NaiveDate) -> String {
    desk.store.day(date).unwrap().roll.hours(date).am.closes.format("%H:%M").to_string()
}

fn calendar(rows: Vec<IncomingDates>) -> Incoming {
    Incoming { calendar: placed(rows), ..Incoming::default() }
}

fn early(day: u32, at: &str, name: &str) -> IncomingDates {
    IncomingDates::EarlyEnd { date: november(day), at: local(november(day), at).time(), name: name.to_owned() }
}

fn exams(from: u32, until: u32, opens: &str, closes: &str) -> IncomingDates {
    let session = |[opens, closes, ends]: [&str; 3]| {
        let [opens, closes, ends] = [opens, closes, ends].map(|time| local(november(1), time).time());
        SessionTimes { opens, closes, ends }
    };
    let times = DayTimes::new(session([opens, closes, "12:30"]), session(["13:20", "13:40", "15:10"]));
    IncomingDates::Times { name: "Exam week".to_owned(), from: november(from), until: november(until), times }
}

fn usual(from: u32, until: u32) -> IncomingDates {
    IncomingDates::Usual { from: november(from), until: november(until) }
}

fn reasons(merged: &Merged) -> Vec<String> {
    merged.rejects.iter().map(|row| format!("{} {}: {}", row.column, row.value, row.reason)).collect()
}

#[test]
fn a_change_of_the_closing_time_never_judges_a_past_mark_anew() {
    let mut desk = Desk::new();
    desk.done("09:20", arrival_on(AMIRA, 23, "09:05"));
    desk.done("09:20", arrival_on(SIOBHAN, 24, "09:05"));
    close_at(&mut desk, "09:00", None, november(24));
    assert_eq!(desk.mark(SIOBHAN, am(24)), "L 25 min", "as it was judged");
    // Touched after the change, what was made stands, and what is made is judged by the times of its own day.
    desk.done("09:30", register(G8KM, am(23), &[(AMIRA, "N")]));
    desk.done("09:30", arrival_on(BILAL, 23, "09:05"));
    assert_eq!((desk.mark(AMIRA, am(23)), desk.mark(BILAL, am(23))), ("L 25 min".to_owned(), "L 25 min".to_owned()));
    desk.done("09:30", register(G8KM, am(24), &[(SIOBHAN, "N")]));
    desk.done("09:30", arrival_on(ZOE, 24, "09:05"));
    assert_eq!((desk.mark(SIOBHAN, am(24)), desk.mark(ZOE, am(24))), ("L 25 min".to_owned(), "U 25 min".to_owned()));
    // Another desk, and another day, see the same.
    let mut other = desk.another("T Rao");
    assert_eq!([closes(&mut other, november(23)), closes(&mut other, november(24))], ["09:10", "09:00"]);
}

#[test]
fn a_late_made_today_stands_as_it_was_judged_though_the_times_of_today_change() {
    let mut desk = Desk::new();
    desk.done("09:20", arrival(AMIRA, "09:20"));
    assert_eq!(desk.mark(AMIRA, am(24)), "U 40 min");
    desk.change_settings(november(24), |school| school.times.usual.am.closes = local(november(24), "09:30").time());
    // Touched, and a second pupil who comes now.
    desk.done("09:25", report(&[AMIRA], "I", am(24), am(24)));
    desk.done("09:26", arrival(LOUIS, "09:25"));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["U 40 min", "L 45 min"]);
}

#[test]
fn a_change_said_beforehand_waits_for_its_day() {
    let mut desk = Desk::new();
    close_at(&mut desk, "09:00", Some(november(30)), november(24));
    let days = [23, 24, 29, 30].map(november);
    let found = |desk: &mut Desk| days.map(|day| closes(desk, day));
    assert_eq!(found(&mut desk), ["09:10", "09:10", "09:10", "09:00"]);
    desk.reopened();
    assert_eq!(found(&mut desk), ["09:10", "09:10", "09:10", "09:00"]);
    // Saved again as they stand, and other settings with them.
    desk.change_settings(november(25), |school| school.register_due_after = 12);
    assert_eq!(found(&mut desk), ["09:10", "09:10", "09:10", "09:00"]);
    // Twice on one day, then back.
    close_at(&mut desk, "09:05", None, november(25));
    close_at(&mut desk, "09:06", None, november(25));
    assert_eq!(found(&mut desk), ["09:10", "09:10", "09:06", "09:06"]);
    assert_eq!(desk.count("timetable"), 1);
    close_at(&mut desk, "09:10", None, november(25));
    assert_eq!((found(&mut desk), desk.count("timetable")), (["09:10"; 4].map(str::to_owned), 0));
}

#[test]
fn a_day_that_ends_at_noon_has_no_afternoon_to_mark_chase_or_report() {
    let mut desk = Desk::new();
    let noon = calendar(vec![early(24, "12:00", "Sports day")]);
    assert_eq!(desk.merge(&noon).calendar, Count { new: 1, ..Count::default() });
    let before = desk.dump();
    assert_eq!(desk.merge(&noon).calendar, Count { same: 1, ..Count::default() });
    assert_eq!(desk.dump(), before);

    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.sessions(), [Session::Am]);
    assert!(day.registers.iter().all(|register| register.session == Session::Am));
    assert_eq!(day.registers.len(), 2);
    let why = "there is no PM session on Tue 24 Nov 2026: the day ends at 12:00: Sports day";
    let call = LogCall { at: pm(24), contact: None, ..call(AMIRA, 1) }.into();
    let revision = desk.revision(AMIRA, pm(24));
    for act in [
        arrival(AMIRA, "13:00"),
        register(G8KM, pm(24), &[(AMIRA, "\\")]),
        amend(AMIRA, pm(24), "I", "ill", revision),
        report(&[AMIRA], "I", pm(24), pm(24)),
        call,
    ] {
        assert_eq!(desk.refused("13:00", act), why);
    }
    assert_eq!(desk.done("11:59", arrival(AMIRA, "11:59")).text, "Khan, Amira 8KM U 199 min: gate 11:59, bus");
    // A report of whole days leaves the afternoon alone.
    desk.done("12:30", report(&[BILAL], "I", am(24), pm(25)));
    let marks = [am(24), pm(24), am(25), pm(25)].map(|at| desk.mark(BILAL, at));
    assert_eq!(marks, ["I", "blank", "I", "I"]);

    // Corrected, then taken back: what was reported reaches the afternoon.
    let later = calendar(vec![early(24, "12:15", "Sports day")]);
    assert_eq!(desk.merge(&later).calendar, Count { changed: 1, ..Count::default() });
    desk.done("12:20", arrival_on(ZOE, 24, "12:10"));
    assert_eq!(desk.merge(&calendar(vec![usual(24, 24)])).calendar, Count { gone: 1, ..Count::default() });
    assert_eq!(desk.merge(&calendar(vec![usual(24, 24)])).calendar, Count { same: 1, ..Count::default() });
    assert_eq!(desk.mark(BILAL, pm(24)), "I");
    assert_eq!(desk.store.day(november(24)).unwrap().registers.len(), 4);
    desk.done("13:21", arrival(AMIRA, "13:21"));
}

#[test]
fn a_week_may_have_times_of_its_own() {
    let mut desk = Desk::new();
    let week = calendar(vec![exams(23, 24, "09:30", "09:50"), early(24, "14:00", "")]);
    assert_eq!(desk.merge(&week).calendar, Count { new: 2, ..Count::default() });
    assert_eq!(desk.merge(&week).calendar, Count { same: 2, ..Count::default() });
    desk.done("09:45", arrival(AMIRA, "09:45"));
    assert_eq!(desk.mark(AMIRA, am(24)), "L 15 min");
    assert_eq!(
        desk.refused("14:00", arrival(BILAL, "14:00")),
        "14:00 is after the PM session ended at 14:00",
        "an afternoon cut short is an afternoon"
    );
    // The settings change, and the week keeps its own.
    close_at(&mut desk, "09:00", None, november(24));
    assert_eq!([23, 24, 25].map(|day| closes(&mut desk, november(day))), ["09:50", "09:50", "09:00"]);
    // A row that is corrected replaces the one that begins on its day.
    let shorter = calendar(vec![exams(23, 23, "09:30", "09:50")]);
    assert_eq!(desk.merge(&shorter).calendar, Count { changed: 1, ..Count::default() });
    assert_eq!([23, 24].map(|day| closes(&mut desk, november(day))), ["09:50", "09:00"]);
    desk.merge(&calendar(vec![usual(23, 24)]));
    assert_eq!((desk.count("other_times"), desk.count("early_end")), (0, 0));
    desk.done("15:00", register(G8KM, am(24), &[(AMIRA, "N")]));
}

#[test]
fn times_that_cannot_be_are_refused_with_the_cure() {
    let mut desk = Desk::new();
    desk.merge(&calendar(vec![exams(16, 18, "09:30", "09:50")]));
    for (row, text) in [
        (
            early(24, "09:10", ""),
            "at 09:10: the morning's register is open until 09:10: close the day, or give a later time",
        ),
        (
            early(17, "09:45", ""),
            "at 09:45: the morning's register is open until 09:50: close the day, or give a later time",
        ),
        (
            early(24, "15:10", ""),
            "at 15:10: the day ends at 15:10 as it is: give an earlier time, or leave the row out",
        ),
        (
            exams(18, 20, "09:30", "09:50"),
            "from 2026-11-18: 16 Nov to 18 Nov (Exam week) have other times already: take those back by a row usual first",
        ),
        (
            usual(17, 24),
            "from 2026-11-17: 16 Nov to 18 Nov (Exam week) have other times together: give their first and last day",
        ),
    ] {
        let before = desk.dump();
        assert_eq!(reasons(&desk.merge(&calendar(vec![row]))), [text]);
        assert_eq!(desk.dump(), before);
    }
    let both = desk.merge(&calendar(vec![early(25, "12:00", ""), usual(24, 25)]));
    assert_eq!(reasons(&both), ["from 2026-11-24: another row gives a day of these other times"]);
}

#[test]
fn an_imported_late_is_held_against_the_times_of_its_own_day() {
    let mut desk = Desk::new();
    desk.merge(&calendar(vec![exams(16, 20, "09:00", "09:20")]));
    let late = |day| IncomingMark { pupil: key("0001"), at: am(day), mark: mark("L 25"), by: None };
    let merged = desk.merge(&Incoming { marks: placed([late(20), late(23)]).into(), ..Incoming::default() });
    let of_times = merged.warnings.iter().filter(|one| !one.text.contains(" has no mark "));
    let warnings: Vec<String> = of_times.map(|one| format!("{}: {}", one.place.line, one.text)).collect();
    assert_eq!(
        warnings,
        ["2: L with 25 minutes is kept, though the register is open for 20: an arrival after that is U"]
    );
}

#[test]
fn a_file_from_before_times_had_dates_keeps_its_times_for_every_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    // As an earlier program made it.
    let mut school = School::usual().unwrap();
    school.times.usual.am.closes = local(november(24), "09:05").time();
    let file = tables_before(&path, 3);
    file.execute("INSERT INTO school (one, settings) VALUES (1, ?1)", [toml::to_string(&school).unwrap()]).unwrap();
    drop(file);

    let store = Store::open(&path, codes()).unwrap();
    assert_eq!(store.roll().school, school);
    for date in ["2019-09-03", "2026-11-24", "2031-01-06"] {
        assert_eq!(*store.roll().hours(date.parse().unwrap()), school.times.usual);
    }
}

#[test]
fn what_was_reported_reaches_a_day_that_is_opened_or_given_its_afternoon_back_when_it_is_past() {
    let mut desk = Desk::new();
    let (from, until) = (november(20), november(20));
    let closed = IncomingDates::Closed { from, until, kind: Closure::Inset, name: "Training".to_owned() };
    desk.merge(&calendar(vec![closed, early(23, "12:00", "Sports day")]));
    desk.done("08:00", report(&[AMIRA], "I", am(19), pm(24)));
    desk.done("08:00", register(G8KM, am(23), &[(SIOBHAN, "N")]));
    let days = [am(19), am(20), pm(20), am(23), pm(23), am(24)];
    assert_eq!(days.map(|at| desk.mark(AMIRA, at)), ["I", "blank", "blank", "I", "blank", "I"]);
    desk.merge(&calendar(vec![IncomingDates::Open { from, until }, usual(23, 23)]));
    assert_eq!(days.map(|at| desk.mark(AMIRA, at)), ["I"; 6]);
    assert_eq!(desk.mark(SIOBHAN, am(23)), "N");
}
