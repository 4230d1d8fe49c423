//! What is counted: every session of the calendar while on roll, and nothing of a day that is closed.

use chrono::NaiveDate;
use firstbell::domain::absence::unresolved::unresolved_ns;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::day::Past;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::merge::Merged;

use crate::support::*;

fn closed(day: u32, name: &str) -> IncomingDates {
    let kind = Closure::Unexpected;
    IncomingDates::Closed { from: november(day), until: november(day), kind, name: name.to_owned() }
}

fn dates<const N: usize>(desk: &mut Desk, rows: [IncomingDates; N]) -> Merged {
    desk.merge(&Incoming { calendar: placed(rows), ..Incoming::default() })
}

/// The past of a pupil, which the day and the rules' standing must agree with.
fn past(desk: &mut Desk, pupil: PupilId) -> Past {
    desk.store.day(november(24)).unwrap();
    let past = desk.store.past(pupil, november(24)).unwrap();
    let standing = desk.store.standing(november(24)).unwrap();
    assert_eq!(standing.pupils.get(&pupil).map(|before| before.year), Some(past.year));
    past
}

#[test]
fn a_session_that_nothing_was_written_about_is_blank() {
    let mut desk = Desk::new();
    desk.done("09:00", register(G8KM, am(23), &[(AMIRA, "N"), (LOUIS, "/")]));
    // 39 days before half-term, 15 after it and the INSET day; the day itself is not over.
    let amira = past(&mut desk, AMIRA);
    assert_eq!((amira.year.possible, amira.year.blanks), (1, 107));
    assert_eq!(past(&mut desk, ZOE).year.blanks, 108);
    let weeks: Vec<_> = amira.four_weeks.iter().map(|day| day.date).collect();
    assert_eq!((weeks.len(), weeks.first(), weeks.last()), (15, Some(&november(3)), Some(&november(23))));
    assert_eq!(amira.four_weeks.last().map(|day| (day.am, day.pm)), Some((Some(mark("N")), None)));
    assert_eq!(amira.unexplained_days, 1);
}

#[test]
fn only_the_days_on_roll_are_counted() {
    let mut desk = Desk::new();
    let zoe = incoming().pupils.into_iter().map(|(_, row)| row).find(|row| row.key == key("0005")).unwrap();
    let joined = IncomingPupil { from: Some(november(18)), ..zoe };
    desk.done("09:00", register(G9TR, am(17), &[(ZOE, "/")]));
    desk.done("09:01", register(G9TR, am(18), &[(ZOE, "/")]));
    desk.merge(&Incoming { pupils: placed([joined]), ..Incoming::default() });
    let zoe = past(&mut desk, ZOE);
    assert_eq!((zoe.year.possible, zoe.year.blanks, zoe.four_weeks.len()), (1, 7, 4));
}

#[test]
fn a_day_closed_after_its_marks_counts_in_nothing_and_is_told() {
    let mut desk = Desk::new();
    desk.done("09:00", register(G8KM, am(20), &[(AMIRA, "N"), (LOUIS, "/")]));
    desk.done("09:01", register(G8KM, pm(20), &[(AMIRA, "N")]));
    desk.done("09:02", register(G8KM, am(23), &[(AMIRA, "N")]));
    let before = past(&mut desk, AMIRA);
    assert_eq!((before.year.possible, before.year.blanks, before.unexplained_days), (3, 105, 2));

    let merged = dates(&mut desk, [closed(18, "Snow"), closed(20, "Boiler")]);
    assert_eq!(warned(&merged), ["3: 3 marks lie on a day that is closed now: Fri 20 Nov, Boiler"]);
    let after = past(&mut desk, AMIRA);
    assert_eq!((after.year.possible, after.year.blanks, after.unexplained_days), (1, 103, 1));
    assert_eq!((after.four_weeks.len(), before.four_weeks.len()), (13, 15));
    let lies: Vec<_> = after.on_closed_days.iter().map(|day| (day.date, day.am, day.pm)).collect();
    assert_eq!(lies, [(november(20), Some(mark("N")), Some(mark("N")))]);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(unresolved_ns(&day).iter().map(|row| row.at).collect::<Vec<_>>(), [am(23)]);
    assert_eq!(desk.mark(AMIRA, am(20)), "N", "the marks stay");
    assert_eq!(warned(&dates(&mut desk, [closed(20, "Boiler")])), [""; 0], "it was told when it was closed");

    dates(&mut desk, [IncomingDates::Open { from: november(18), until: november(20) }]);
    assert_eq!(past(&mut desk, AMIRA), before, "school after all: everything counts again");
}

#[test]
fn a_term_that_ends_sooner_is_told_like_a_day_that_is_closed() {
    let mut desk = Desk::new();
    desk.done("09:00", register(G8KM, am(23), &[(AMIRA, "N"), (LOUIS, "/")]));
    let term = |until| IncomingDates::Term { name: "Autumn 2".to_owned(), from: november(2), until };
    let merged = dates(&mut desk, [term(november(20))]);
    assert_eq!(warned(&merged), ["2: 2 marks lie on a day that is closed now: Mon 23 Nov, outside term"]);
    assert_eq!(past(&mut desk, AMIRA).year.possible, 0);
}

#[test]
fn an_n_of_the_last_school_year_is_listed_until_it_is_settled() {
    let mut desk = Desk::new();
    let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let term = IncomingDates::Term { name: "Summer 2".to_owned(), from: date(6, 1), until: date(7, 20) };
    let since_june = |row: IncomingPupil| IncomingPupil { from: Some(date(6, 1)), ..row };
    let pupils: Vec<_> = incoming().pupils.into_iter().take(3).map(|(_, row)| since_june(row)).collect();
    desk.merge(&Incoming { calendar: placed([term]), pupils: placed(pupils), ..Incoming::default() });
    let at = SessionDate::new(date(7, 16), Session::Am);
    desk.done("09:00", register(G8KM, at, &[(AMIRA, "N"), (SIOBHAN, "N")]));
    let listed = |desk: &mut Desk, on| {
        let day = desk.store.day(on).unwrap();
        unresolved_ns(&day).into_iter().map(|row| (row.pupil, row.day, row.deadline)).collect::<Vec<_>>()
    };
    // The summer term's last two days, and the autumn's first three.
    let deadline = Some(date(9, 3));
    assert_eq!(listed(&mut desk, date(9, 3)), [(AMIRA, 5, deadline), (SIOBHAN, 5, deadline)]);
    let saw = desk.revision(AMIRA, at);
    desk.done("09:05", amend(AMIRA, at, "I", "the mother rang back", saw));
    assert_eq!(listed(&mut desk, november(24)), [(SIOBHAN, 57, deadline)]);
}
