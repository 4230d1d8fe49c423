//! The watch list, and what its rules need of the past: read a little at a time, and again only of whom something touched.

use firstbell::domain::act::{Act, Watch};
use firstbell::domain::act_id::ActId;
use firstbell::domain::figures::Figures;
use firstbell::domain::incoming::{Incoming, IncomingMark};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::watch_rule::Rule;
use firstbell::domain::watch::{Before, Standing};

use crate::support::*;

fn watch(reason: &str, review: Option<u32>, instead: Option<ActId>) -> Act {
    let review = review.map(november);
    Watch { review, instead, ..watched(ZOE, reason) }.into()
}

/// What a store that has read nothing yet finds.
fn anew(desk: &Desk) -> Standing {
    desk.another("T Rao").store.standing(november(24)).unwrap().as_ref().clone()
}

/// Read until nobody is left, a few at a time; how many pupils were read, and whether something was given.
fn catch_up(desk: &mut Desk) -> (usize, Option<Standing>) {
    let mut before = usize::MAX;
    let mut read = 0;
    loop {
        let caught_up = desk.store.catch_up(november(24), 1).unwrap();
        if before == usize::MAX {
            read = caught_up.left + 1;
        }
        assert!(before > caught_up.left || caught_up.left == 0, "it comes to an end");
        before = caught_up.left;
        if caught_up.left == 0 {
            return (read, caught_up.standing.map(|standing| standing.as_ref().clone()));
        }
        assert_eq!(caught_up.standing, None, "half of it is nothing");
    }
}

#[test]
fn a_review_is_set_for_a_day_to_come_and_kept_when_it_is_past() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused("09:00", watch("quiet", Some(23), None)), "the review date is already past");
    let first = desk.done("09:00", watch("quiet", Some(24), None));
    let stands = desk.store.day(november(24)).unwrap().watched;
    assert!(stands[0].is_review_due(november(24)) && !stands[0].is_review_due(november(23)));
    // Tomorrow it is past, and may stand while something else is changed.
    let tomorrow = local(november(25), "09:00").and_utc();
    let act = watch("quiet, and late", Some(24), Some(first.act));
    assert!(desk.store.perform(&desk.officer, tomorrow, &act).is_ok());
}

#[test]
fn what_rules_need_is_read_bit_by_bit_and_as_in_one_go() {
    let mut desk = Desk::new();
    desk.done("09:00", handed(23, "N", "/"));
    let (read, given) = catch_up(&mut desk);
    assert_eq!((read, given.as_ref()), (9, Some(&anew(&desk))), "whoever is on roll today");
    let of = |id: PupilId| given.as_ref().unwrap().pupils[&id].clone();
    assert_eq!((of(AMIRA).year.possible, of(AMIRA).year.attended, of(LOUIS).year.attended), (1, 0, 1));
    let monday = of(AMIRA).on(november(23)).unwrap().am;
    assert_eq!(monday, Some(mark("N")));
    // Whoever nothing was written about has every session of the term blank: 54 days, and Amira's two are of the last.
    assert_eq!(of(BILAL), Before { year: Figures::blank(108), ..Before::default() });
    assert_eq!(of(AMIRA).year.blanks, 107);
    assert!(!given.as_ref().unwrap().pupils.contains_key(&JOINER));
    // Nothing new, nothing given.
    assert_eq!(catch_up(&mut desk), (1, None));
}

fn handed(day: u32, amira: &str, louis: &str) -> Act {
    register(G8KM, am(day), &[(AMIRA, amira), (LOUIS, louis)])
}

/// Of each way in which a mark of before today comes about, changes or goes: whom it touches is read again, and nobody else.
#[test]
fn only_whom_something_touched_is_read_again() {
    let mut desk = Desk::new();
    desk.done("09:00", handed(23, "N", "/"));
    catch_up(&mut desk);
    let follow = |desk: &mut Desk, about: &str, pupils: usize| {
        let (read, given) = catch_up(desk);
        assert_eq!(given, Some(anew(desk)), "{about}");
        assert_eq!(read, pupils, "{about}");
    };
    let saw = desk.revision(AMIRA, am(23));
    let amended = desk.done("09:01", amend(AMIRA, am(23), "I", "asked", saw));
    follow(&mut desk, "an amendment", 1);
    let undone = desk.undo("09:02", amended.act);
    follow(&mut desk, "an undo", 1);
    desk.undo("09:03", undone.act);
    follow(&mut desk, "an undo undone", 1);
    desk.done("09:04", report(&[BILAL, ZOE], "M", am(20), pm(23)));
    follow(&mut desk, "a report of two", 2);
    let late = desk.done("09:05", register(G9TR, am(19), &[(BILAL, "/"), (ZOE, "N")]));
    follow(&mut desk, "a register that came late", 2);
    desk.undo("09:06", late.act);
    follow(&mut desk, "that register taken back", 2);
    desk.done("09:07", handed(23, "/", "N"));
    // Amira's mark is the office's: the tutor's moves it no longer, and she is not read, or is read in vain.
    let (read, given) = catch_up(&mut desk);
    assert!(read <= 2 && given == Some(anew(&desk)), "a register again: {read}");
    // Of today, or of nobody's marks: nobody is read.
    desk.done("09:08", handed(24, "N", "N"));
    desk.done("09:09", watch("quiet", None, None));
    assert_eq!(catch_up(&mut desk), (1, None));
}

#[test]
fn marks_that_files_bring_of_earlier_days_are_read_again() {
    let mut desk = Desk::new();
    desk.done("09:00", handed(23, "N", "/"));
    catch_up(&mut desk);
    let row = |pupil: PupilId, day: u32, code: &str| IncomingMark {
        pupil: key(&format!("{:04}", pupil.0)),
        at: pm(day),
        mark: mark(code),
        by: None,
    };
    let marks = [row(ZOE, 18, "N"), row(LOUIS, 17, "\\")];
    let merged = desk.merge(&Incoming { marks: placed(marks).into(), ..Incoming::default() });
    assert_eq!((merged.marks.new, merged.rejects.len()), (2, 0));
    let (read, given) = catch_up(&mut desk);
    assert_eq!((read, given), (2, Some(anew(&desk))));
}

#[test]
fn other_rules_ask_for_other_days() {
    let mut desk = Desk::new();
    desk.done("09:00", handed(20, "N", "/"));
    let (_, given) = catch_up(&mut desk);
    assert_eq!(given.unwrap().pupils[&AMIRA].on(november(20)), None);
    let rule = |name: &str| Rule { name: name.to_owned(), ..Rule::default() };
    let (code, weekday) = (Some(code_of("N")), Some("fri".to_owned()));
    let fridays = Rule { code, weekday, last: Some(2), ..rule("Fridays") };
    desk.change_settings(november(24), |school| school.watch_rules = vec![fridays]);
    let (_, given) = catch_up(&mut desk);
    let before = given.unwrap().pupils[&AMIRA].clone();
    assert_eq!((before.on(november(20)).is_some(), before.year.possible), (true, 0), "no rule asks for the year");
    let exams = Rule { lesson: Some("exam".to_owned()), ..rule("Exams") };
    desk.change_settings(november(24), |school| school.watch_rules = vec![exams]);
    let given = desk.store.catch_up(november(24), 1).unwrap();
    assert!(given.left == 0 && given.standing.unwrap().pupils.is_empty(), "nothing is asked for");
}
