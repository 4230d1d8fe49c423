//! Registers: part-marked, sent again, on paper; and the chases.

pub mod lessons;

use firstbell::domain::act::{Act, Chase, Cover, Snooze, TakeRegister, TakenBy, Undo};
use firstbell::domain::calendar::session::Session;
use firstbell::domain::facts::register::{ChaseMethod, Register, RegisterState};
use firstbell::domain::incoming::{Incoming, IncomingMark, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

fn state(desk: &mut Desk) -> RegisterState {
    let day = desk.store.day(november(24)).unwrap();
    let times = day.times.unwrap();
    day.register(G8KM, Session::Am).unwrap().state(local(november(24), "09:00").time(), &times.am, 10)
}

const WHOLE: [(PupilId, &str); 5] = [(AMIRA, "/"), (SIOBHAN, "/"), (LOUIS, "N"), (LEAVER, "/"), (SANNE, "/")];

#[test]
fn a_register_is_overdue_then_part_marked_then_taken() {
    let mut desk = Desk::new();
    assert_eq!(state(&mut desk), RegisterState::Overdue { minutes: 10 });
    let receipt = desk.done("08:50", register(G8KM, am(24), &WHOLE[..3]));
    assert_eq!(receipt.text, "8KM register taken by Mrs Kemp, 3 marks");
    assert_eq!((receipt.group, receipt.pupils.len()), (Some(G8KM), 3));
    assert_eq!(state(&mut desk), RegisterState::PartMarked { marked: 3, of: 5 });
    assert_eq!(desk.mark(LEAVER, am(24)), "blank", "left out is neither N nor absent");
    desk.done("08:55", register(G8KM, am(24), &WHOLE[3..]));
    assert_eq!(state(&mut desk), RegisterState::Taken);
    assert_eq!(desk.mark(AMIRA, am(24)), "/", "the second part leaves the first");
}

#[test]
fn a_register_sent_again_never_undoes_the_gate_or_the_office() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")]));
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let saw = desk.revision(LOUIS, am(24));
    desk.done("08:58", amend(LOUIS, am(24), "M", "dentist", saw));
    desk.done("09:05", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")]));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["L 17 min", "M"]);
    assert_eq!(desk.amendments(AMIRA).len(), 1, "nothing moved, nothing is amended");
}

#[test]
fn a_register_sent_again_corrects_its_own_mark_and_keeps_the_old_one() {
    let mut desk = Desk::new();
    let first = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let second = desk.done("08:55", register(G8KM, am(24), &[(AMIRA, "/")])).act;
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
    let kept = desk.ask("SELECT kind, code, act, withdrawn FROM evidence").concat();
    let row = ["tutor".to_owned(), "N".to_owned(), first.0.to_string(), second.0.to_string()];
    assert_eq!(kept, row.map(Some));
    assert_eq!(desk.amended(AMIRA), ["Tue 24 Nov AM: N -> /: marked / (Mrs Kemp); /: tutor / 08:55"]);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.register(G8KM, Session::Am).unwrap().taken.as_ref().map(|taken| taken.act), Some(second));
}

#[test]
fn a_part_of_a_register_sent_again_does_not_make_the_other_marks_newer() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "/"), (LOUIS, "/")]));
    let saw = desk.revision(AMIRA, am(24));
    desk.done("09:00", amend(AMIRA, am(24), "O", "seen in town", saw));
    desk.done("09:05", register(G8KM, am(24), &[(LOUIS, "/")]));
    assert_eq!(desk.contradiction(AMIRA, am(24)), None, "the tutor has not seen Amira since");
    let day = desk.store.day(november(24)).unwrap();
    let evidence = day.evidence_of(day.roll.pupil(AMIRA).unwrap(), Session::Am);
    assert_eq!(evidence[0].at, local(november(24), "08:50"));
    assert_eq!(evidence[0].who.to_string(), "Mrs Kemp");
}

#[test]
fn a_paper_register_says_so() {
    let mut desk = Desk::new();
    let by = TakenBy::Paper("Mr Obi".to_owned());
    let act = Act::TakeRegister(TakeRegister { group: G8KM, at: am(24), by, marks: vec![(AMIRA, mark("/"))] });
    assert_eq!(desk.done("09:00", act).text, "8KM register taken by Mr Obi, on paper, 1 mark");
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.register(G8KM, Session::Am).unwrap().taken.as_ref().unwrap().by.to_string(), "Mr Obi, on paper");
}

#[test]
fn chases_are_counted_and_kept() {
    let mut desk = Desk::new();
    let chase = |method| Act::Chase(Chase { group: G8KM, at: am(24), method });
    assert_eq!(desk.done("08:55", chase(ChaseMethod::Phone)).text, "Chased 8KM by phone (1st)");
    assert_eq!(desk.done("09:00", chase(ChaseMethod::Runner)).text, "Chased 8KM by runner (2nd)");
    let day = desk.store.day(november(24)).unwrap();
    let chases = &day.register(G8KM, Session::Am).unwrap().chases;
    assert_eq!((chases.len(), chases[1].method), (2, ChaseMethod::Runner));
    assert_eq!((chases[1].at, chases[1].who.as_str()), (local(november(24), "09:00"), "S Marsh"));
}

#[test]
fn a_part_marked_register_may_still_be_chased() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &WHOLE[..3]));
    desk.done("08:55", Act::Chase(Chase { group: G8KM, at: am(24), method: ChaseMethod::Radio }));
    desk.done("08:56", register(G8KM, am(24), &WHOLE));
    let act = Act::Chase(Chase { group: G8KM, at: am(24), method: ChaseMethod::Radio });
    assert_eq!(desk.refused("08:57", act), "the register of 8KM was taken at 08:56 by Mrs Kemp");
}

fn am_register(desk: &mut Desk) -> Register {
    desk.store.day(november(24)).unwrap().register(G8KM, Session::Am).unwrap().clone()
}

#[test]
fn a_register_is_put_off_until_a_time_yet_to_come() {
    let mut desk = Desk::new();
    let snooze = |until| Act::Snooze(Snooze { group: G8KM, at: am(24), until: local(november(24), until).time() });
    let first = desk.done("09:00", snooze("09:10"));
    assert_eq!((first.text.as_str(), first.group), ("8KM put off until 09:10", Some(G8KM)));
    let second = desk.done("09:05", snooze("09:15"));
    let until = |desk: &mut Desk, now| am_register(desk).put_off(local(november(24), now).time());
    assert_eq!(until(&mut desk, "09:14"), Some(local(november(24), "09:15").time()));
    assert_eq!(until(&mut desk, "09:15"), None);
    assert_eq!(desk.undo("09:06", second.act).text, "8KM put off until 09:15 undone");
    assert_eq!(am_register(&mut desk).snoozed, Some(local(november(24), "09:10").time()));
    for gone in ["09:05", "09:06"] {
        let text = format!("{gone} has gone by: put it off to a later time");
        assert_eq!(desk.refused("09:06", snooze(gone)), text);
    }
    assert_eq!(state(&mut desk), RegisterState::Overdue { minutes: 10 }, "it is unmarked all the same");
}

#[test]
fn cover_taken_back_gives_back_who_covered_before() {
    let mut desk = Desk::new();
    let cover = |teacher: Option<&str>, room: Option<&str>| {
        Act::Cover(Cover {
            group: G8KM,
            at: am(24),
            teacher: teacher.map(str::to_owned),
            room: room.map(str::to_owned),
        })
    };
    let covered = |desk: &mut Desk| {
        let register = am_register(desk);
        (register.cover, register.room)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(desk.done("08:30", cover(Some("Ms Ali"), Some("R4"))).text, "8KM AM: Ms Ali in R4");
    let second = desk.done("08:35", cover(Some(" Mr Obi "), None));
    assert_eq!(covered(&mut desk), (some("Mr Obi"), None));
    let undone = desk.undo("08:36", second.act);
    assert_eq!(undone.text, "Cover of 8KM:  Mr Obi  undone");
    assert_eq!(covered(&mut desk), (some("Ms Ali"), some("R4")));
    desk.undo("08:37", undone.act);
    assert_eq!(covered(&mut desk), (some("Mr Obi"), None));
    assert_eq!(desk.done("08:40", cover(None, None)).text, "8KM AM: the tutor");
    assert_eq!(covered(&mut desk), (None, None));
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.register(G8KM, Session::Pm).unwrap().cover, None, "of its own session only");
}

fn paper(marks: &[(PupilId, &str)]) -> Act {
    let marks = marks.iter().map(|(pupil, text)| (*pupil, mark(text))).collect();
    Act::TakeRegister(TakeRegister { group: G8KM, at: am(24), by: TakenBy::Paper("Mrs Kemp".to_owned()), marks })
}

#[test]
fn a_register_that_comes_in_after_the_paper_is_kept_beside_it_and_the_best_mark_stands() {
    let mut desk = Desk::new();
    let typed = [(AMIRA, "/"), (SIOBHAN, "N"), (LOUIS, "N"), (LEAVER, "/")];
    let text = desk.done("09:05", paper(&typed)).text;
    assert_eq!(text, "8KM register taken by Mrs Kemp, on paper, 4 marks");
    desk.officer = officer("Mrs Kemp");
    desk.done("09:12", register(G8KM, am(24), &[(AMIRA, "N"), (SIOBHAN, "/"), (LOUIS, "N"), (LEAVER, "/")]));
    let marks = [AMIRA, SIOBHAN, LOUIS, LEAVER].map(|pupil| desk.mark(pupil, am(24)));
    assert_eq!(marks, ["/", "/", "N", "/"], "who was seen by either was there");
    let day = desk.store.day(november(24)).unwrap();
    let evidence = day.evidence_of(day.roll.pupil(AMIRA).unwrap(), Session::Am);
    let states: Vec<String> =
        evidence.iter().map(|one| firstbell::domain::facts::evidence::describe(one).to_string()).collect();
    assert_eq!(states, ["tutor / 09:05", "tutor N 09:12"]);
    assert_eq!(desk.count("register WHERE withdrawn IS NULL"), 2);
}

#[test]
fn a_paper_typed_after_the_register_came_in_says_so_and_both_are_kept() {
    let mut desk = Desk::new();
    desk.officer = officer("Mrs Kemp");
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (SIOBHAN, "/")]));
    desk.officer = officer("S Marsh");
    let rest = desk.done("08:55", paper(&[(LOUIS, "/"), (LEAVER, "/")]));
    assert_eq!(
        rest.text, "8KM register taken by Mrs Kemp, on paper, 2 marks",
        "only the blanks: nothing is said twice"
    );
    let both = desk.done("08:57", paper(&[(AMIRA, "/"), (SIOBHAN, "N")]));
    let kept = "8KM register taken by Mrs Kemp, on paper, 2 marks; it had come in at 08:55 from Mrs Kemp, on paper: \
                both are kept";
    assert_eq!(both.text, kept);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(SIOBHAN, am(24))], ["/", "/"]);
    desk.undo("08:58", both.act);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(SIOBHAN, am(24))], ["N", "/"]);
}

#[test]
fn an_imported_register_counts_beside_the_paper_however_often_it_is_read() {
    let mut desk = Desk::new();
    desk.done("09:05", paper(&[(AMIRA, "/"), (LOUIS, "N")]));
    let row = |admission_no: &str, text: &str| IncomingMark {
        pupil: key(admission_no),
        at: am(24),
        mark: mark(text),
        by: None,
    };
    let file = Incoming { marks: placed([row("0001", "N"), row("0004", "/")]).into(), ..Incoming::default() };
    let read = |desk: &mut Desk| {
        desk.store.merge(&desk.officer, now("09:12"), &file, false, &mut |_, _| {}).unwrap().marks.same
    };
    assert_eq!(read(&mut desk), 0);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["/", "/"]);
    let before = desk.standing();
    assert_eq!(read(&mut desk), 2, "a second run changes nothing");
    assert_eq!(desk.standing(), before);
}

#[test]
fn a_register_taken_back_counts_beside_nothing_any_more() {
    let mut desk = Desk::new();
    let typed = desk.done("09:05", paper(&[(AMIRA, "N"), (LOUIS, "N")]));
    let own = desk.done("09:12", register(G8KM, am(24), &[(AMIRA, "/"), (LOUIS, "N")]));
    let again = desk.done("09:15", paper(&[(AMIRA, "N")]));
    assert_eq!(desk.mark(AMIRA, am(24)), "/", "seen by the teacher's own register");
    let undone = desk.undo("09:16", again.act);
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
    let gone = desk.undo("09:17", own.act);
    assert_eq!(desk.mark(AMIRA, am(24)), "N");
    desk.undo("09:18", gone.act);
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
    desk.undo("09:19", undone.act);
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
    let text = "a register of 8KM was handed in or taken back since: take that back first";
    assert_eq!(desk.refused("09:20", Act::Undo(Undo { act: typed.act })), text);
}

#[test]
fn of_two_teachers_registers_the_best_mark_stands() {
    let mut desk = Desk::new();
    let by = |who: &str, text| {
        let by = TakenBy::Teacher(who.to_owned());
        Act::TakeRegister(TakeRegister { group: G8KM, at: am(24), by, marks: vec![(AMIRA, mark(text))] })
    };
    desk.done("08:45", by("Mr Obi", "/"));
    let cover = desk.done("08:50", by("Mrs Kemp", "N")).act;
    assert_eq!(desk.mark(AMIRA, am(24)), "/", "who was seen by either was there");
    desk.undo("08:55", cover);
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
}

#[test]
fn a_mark_that_was_corrected_does_not_come_back_with_what_is_handed_in_beside_it() {
    let by = |desk: &mut Desk, at: &str, by: TakenBy, text: &str| {
        desk.done(at, Act::TakeRegister(TakeRegister { group: G8KM, at: am(24), by, marks: vec![(AMIRA, mark(text))] }))
            .act
    };
    let (own, paper) = (TakenBy::Teacher as fn(String) -> TakenBy, TakenBy::Paper as fn(String) -> TakenBy);
    for (first, second) in [(own, paper), (paper, own)] {
        let mut desk = Desk::new();
        by(&mut desk, "08:45", first("Mrs Kemp".to_owned()), "/");
        by(&mut desk, "08:50", first("Mrs Kemp".to_owned()), "N");
        assert_eq!(desk.mark(AMIRA, am(24)), "N", "the second of one taker is a correction");
        let beside = by(&mut desk, "09:05", second("Mrs Kemp".to_owned()), "N");
        assert_eq!(desk.mark(AMIRA, am(24)), "N", "nobody who was asked last saw her");
        let day = desk.store.day(november(24)).unwrap();
        assert_eq!(day.evidence_of(day.roll.pupil(AMIRA).unwrap(), Session::Am).len(), 2);
        desk.undo("09:06", beside);
        assert_eq!(desk.mark(AMIRA, am(24)), "N");
    }
}

#[test]
fn what_registers_said_of_a_pupil_who_has_moved_to_another_group_since_stands() {
    let mut desk = Desk::new();
    let by = |who: &str, text| {
        let by = TakenBy::Teacher(who.to_owned());
        Act::TakeRegister(TakeRegister { group: G8KM, at: am(24), by, marks: vec![(LOUIS, mark(text))] })
    };
    desk.done("08:45", by("Mr Obi", "/"));
    desk.done("08:50", by("Mrs Kemp", "N"));
    let moved = IncomingPupil {
        key: key("0004"),
        surname: "D\u{2019}Arcy".to_owned(),
        forename: "Louis".to_owned(),
        group: Some("9TR".to_owned()),
        ..IncomingPupil::default()
    };
    desk.merge(&Incoming { pupils: placed([moved]), ..Incoming::default() });
    let day = desk.store.day(november(24)).unwrap();
    let evidence = day.evidence_of(day.roll.pupil(LOUIS).unwrap(), Session::Am);
    assert_eq!(evidence.iter().map(|one| one.who.to_string()).collect::<Vec<_>>(), ["Mr Obi", "Mrs Kemp"]);
    // Weighed again, the mark is what it was.
    desk.done("09:30", report(&[LOUIS], "I", am(24), pm(24)));
    assert_eq!(desk.mark(LOUIS, am(24)), "/");
}
