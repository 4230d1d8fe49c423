//! Undo: of every act, of the undo, and again; refused where somebody has changed the thing since.

use firstbell::domain::act::{Act, Chase, LogCall, Receipt, Undo, Unwatch};
use firstbell::domain::act_id::ActId;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::people::contact::CallOutcome;

use crate::support::*;

/// Undo it, undo the undo, and once more: each gives back exactly what stood.
fn there_and_back(desk: &mut Desk, act: Act) -> Vec<String> {
    let before = desk.standing();
    let done = desk.done("10:00", act).act;
    let after = desk.standing();
    assert_ne!(before, after);
    let undone = desk.undo("10:01", done);
    assert_eq!(desk.standing(), before);
    let again = desk.undo("10:02", undone.act);
    assert_eq!(desk.standing(), after);
    let back = desk.undo("10:03", again.act);
    assert_eq!(desk.standing(), before);
    let last = desk.undo("10:04", back.act);
    assert_eq!(desk.standing(), after);
    assert_eq!(undone.pupils, last.pupils);
    desk.sound();
    [undone, again, back, last].map(|receipt: Receipt| receipt.text).to_vec()
}

fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    desk.done("08:51", register(G9TR, am(24), &[(BILAL, "N")]));
    desk
}

#[test]
fn an_arrival() {
    let text = there_and_back(&mut morning(), arrival(AMIRA, "08:57"));
    assert_eq!(text[0], "Arrival of Khan, Amira 8KM at 08:57 undone");
    assert_eq!(text[1], "Arrival of Khan, Amira 8KM at 08:57 done again");
    assert_eq!((&text[2], &text[3]), (&text[0], &text[1]));
}

#[test]
fn an_amendment_and_its_record_of_each_change() {
    let mut desk = morning();
    let saw = desk.revision(AMIRA, am(24));
    there_and_back(&mut desk, amend(AMIRA, am(24), "M", "dentist", saw));
    assert_eq!(
        desk.amended(AMIRA),
        [
            "Tue 24 Nov AM: N -> M: dentist; M: office M 10:00 beats tutor N 08:50",
            "Tue 24 Nov AM: M -> N: undone: M of Khan, Amira 8KM AM; N: tutor N 08:50",
            "Tue 24 Nov AM: N -> M: done again: M of Khan, Amira 8KM AM; M: office M 10:00 beats tutor N 08:50",
            "Tue 24 Nov AM: M -> N: undone: M of Khan, Amira 8KM AM; N: tutor N 08:50",
            "Tue 24 Nov AM: N -> M: done again: M of Khan, Amira 8KM AM; M: office M 10:00 beats tutor N 08:50",
        ]
    );
}

#[test]
fn a_report_of_several_days() {
    let mut desk = morning();
    there_and_back(&mut desk, report(&[AMIRA, BILAL], "I", am(24), am(27)));
    assert_eq!(desk.mark(BILAL, am(27)), "I");
}

#[test]
fn a_call_with_its_code_and_siblings() {
    let mut desk = morning();
    let saw = vec![(AMIRA, desk.revision(AMIRA, am(24))), (BILAL, desk.revision(BILAL, am(24)))];
    let (outcome, code, note) = (CallOutcome::Aware, Some(code_of("I")), "flu".to_owned());
    let act = LogCall { outcome, code, note, covers: vec![BILAL], saw, ..call(AMIRA, 1) }.into();
    let text = there_and_back(&mut desk, act);
    assert_eq!(text[0], "Call about Khan, Amira 8KM and Khan, Bilal 9TR (spoke, has a reason, I) undone");
}

#[test]
fn a_chase_a_register_the_watch_list() {
    let mut desk = morning();
    there_and_back(&mut desk, Act::Chase(Chase { group: G8KM, at: am(24), method: ChaseMethod::Phone }));
    there_and_back(&mut desk, register(G8KM, am(24), &[(AMIRA, "/"), (SIOBHAN, "N")]));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(SIOBHAN, am(24))], ["/", "N"]);
    there_and_back(&mut desk, watched(ZOE, "quiet").into());
    let text = there_and_back(&mut desk, Act::Unwatch(Unwatch { pupil: ZOE }));
    assert_eq!(text[0], "Taking Br\u{fc}cke, Zoe\u{308} 9TR off the watch list undone");
}

#[test]
fn an_act_is_taken_back_once_and_again_when_it_was_done_again() {
    let mut desk = morning();
    let came = desk.done("09:00", arrival(AMIRA, "08:57")).act;
    let undone = desk.undo("09:01", came).act;
    let again = Act::Undo(Undo { act: came });
    assert_eq!(desk.refused("09:02", again.clone()), "that was taken back already at 09:01 by S Marsh");
    desk.undo("09:03", undone);
    assert_eq!(
        desk.refused("09:04", Act::Undo(Undo { act: undone })),
        "that was taken back already at 09:03 by S Marsh"
    );
    desk.done("09:05", again);
    assert_eq!(desk.mark(AMIRA, am(24)), "N");
}

#[test]
fn it_is_refused_where_the_mark_was_changed_since() {
    let mut desk = morning();
    let came = desk.done("09:00", arrival(AMIRA, "08:57")).act;
    let mut other = desk.another("T Rao");
    let amended = other.done("09:05", amend(AMIRA, am(24), "M", "dentist", came)).act;
    let answer = desk.refused("09:06", Act::Undo(Undo { act: came }));
    assert_eq!(answer, "Khan, Amira 8KM was changed at 09:05 by T Rao: it was L 17 min, it is now M");
    desk.undo("09:07", amended);
    assert_eq!(desk.mark(AMIRA, am(24)), "L 17 min");
}

#[test]
fn acts_on_one_mark_are_taken_back_one_after_another() {
    let mut desk = morning();
    let before = desk.standing();
    let arrived = desk.done("09:20", arrival(AMIRA, "09:20")).act;
    let saw = desk.revision(AMIRA, am(24));
    let ill = desk.done("09:25", amend(AMIRA, am(24), "I", "sent home", saw)).act;
    let saw = desk.revision(AMIRA, am(24));
    let dentist = desk.done("09:26", amend(AMIRA, am(24), "M", "dentist", saw)).act;
    desk.undo("09:30", dentist);
    desk.undo("09:31", ill);
    assert_eq!(desk.mark(AMIRA, am(24)), "U 40 min");
    desk.undo("09:32", arrived);
    assert_eq!(desk.standing(), before);
    desk.sound();
}

#[test]
fn another_s_change_between_still_forbids_it() {
    let mut desk = morning();
    let arrived = desk.done("09:20", arrival(AMIRA, "09:20")).act;
    let saw = desk.revision(AMIRA, am(24));
    desk.done("09:25", amend(AMIRA, am(24), "I", "sent home", saw));
    let saw = desk.revision(AMIRA, am(24));
    let dentist = desk.done("09:26", amend(AMIRA, am(24), "M", "dentist", saw)).act;
    desk.undo("09:30", dentist);
    let text = desk.refused("09:31", Act::Undo(Undo { act: arrived }));
    assert_eq!(text, "Khan, Amira 8KM was changed at 09:30 by S Marsh: it was U 40 min, it is now I");
}

#[test]
fn a_weaker_fact_learnt_since_comes_to_light() {
    let mut desk = Desk::new();
    let reported_act = desk.done("08:10", report(&[AMIRA], "I", am(24), am(24))).act;
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.undo("08:55", reported_act);
    assert_eq!(desk.mark(AMIRA, am(24)), "N");
}

#[test]
fn registers_are_taken_back_newest_first() {
    let mut desk = Desk::new();
    let first = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")])).act;
    let second = desk.done("08:55", register(G8KM, am(24), &[(AMIRA, "/")])).act;
    let answer = "a register of 8KM was handed in or taken back since: take that back first";
    assert_eq!(desk.refused("09:00", Act::Undo(Undo { act: first })), answer);
    let undone = desk.undo("09:01", second).act;
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["N", "/"]);
    let both = desk.undo("09:02", first).act;
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["blank", "blank"]);
    assert_eq!(desk.refused("09:03", Act::Undo(Undo { act: undone })), answer);
    desk.undo("09:04", both);
    desk.undo("09:05", undone);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["/", "/"]);
}

#[test]
fn a_register_taken_back_and_sent_again_is_not_wiped_by_the_first() {
    let mut desk = Desk::new();
    let first = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let undone = desk.undo("08:51", first).act;
    desk.done("08:55", register(G8KM, am(24), &[(AMIRA, "/")]));
    let answer = desk.refused("09:00", Act::Undo(Undo { act: undone }));
    assert_eq!(answer, "a register of 8KM was handed in or taken back since: take that back first");
    assert_eq!(desk.mark(AMIRA, am(24)), "/");
}

#[test]
fn a_register_of_other_pupils_since_is_no_hindrance() {
    let mut desk = Desk::new();
    let first = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    desk.done("08:55", register(G8KM, am(24), &[(LOUIS, "/")]));
    desk.undo("09:00", first);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["blank", "/"]);
}

#[test]
fn a_register_taken_back_leaves_the_gate_s_word() {
    let mut desk = Desk::new();
    let taken = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    desk.done("08:57", arrival(AMIRA, "08:57"));
    desk.undo("09:00", taken);
    assert_eq!(desk.mark(AMIRA, am(24)), "L 17 min");
}

#[test]
fn an_arrival_is_not_done_again_beside_another() {
    let mut desk = Desk::new();
    // The office's mark stands through both arrivals, so that the mark never moves.
    desk.done("08:50", amend(AMIRA, am(24), "M", "dentist", ActId(0)));
    let first = desk.done("09:00", arrival(AMIRA, "08:57")).act;
    let undone = desk.undo("09:01", first).act;
    desk.done("09:05", arrival(AMIRA, "09:05"));
    let answer = desk.refused("09:06", Act::Undo(Undo { act: undone }));
    assert_eq!(answer, "Khan, Amira 8KM is already in: logged 09:05 by S Marsh, M");
    assert_eq!(desk.count("evidence WHERE kind = 'gate' AND withdrawn IS NULL"), 1);
}

#[test]
fn the_watch_list_holds_nobody_twice() {
    let mut desk = Desk::new();
    let watch = || watched(ZOE, "quiet");
    let first = desk.done("08:00", watch()).act;
    let off = desk.done("08:01", Act::Unwatch(Unwatch { pupil: ZOE })).act;
    let answer = desk.refused("08:02", Act::Undo(Undo { act: first }));
    assert_eq!(answer, "Br\u{fc}cke, Zoe\u{308} is not on the watch list");
    let second = desk.done("08:03", watch()).act;
    let answer = desk.refused("08:04", Act::Undo(Undo { act: off }));
    assert_eq!(answer, "Br\u{fc}cke, Zoe\u{308} is already on the watch list: quiet");
    let undone = desk.undo("08:05", second).act;
    desk.undo("08:06", off);
    let answer = desk.refused("08:07", Act::Undo(Undo { act: undone }));
    assert_eq!(answer, "Br\u{fc}cke, Zoe\u{308} is already on the watch list: quiet");
    assert_eq!(desk.store.day(november(24)).unwrap().watched.len(), 1);
}

#[test]
fn a_pin_and_a_made_up_past_are_nobody_s_to_take_back() {
    let mut desk = Desk::new();
    let pin = firstbell::domain::school::pin::Pin::chosen("471108").unwrap();
    desk.store.set_pin(&desk.officer, &pin, now("08:00")).unwrap();
    desk.store.insert_history(&desk.officer, now("08:01"), std::iter::empty()).unwrap();
    let text = "that is no act that can be taken back: a PIN is put right by another PIN";
    assert_eq!(desk.refused("09:00", Act::Undo(Undo { act: ActId(2) })), text);
    let text = "that is no act that can be taken back: it made up the years that this school rests on";
    assert_eq!(desk.refused("09:00", Act::Undo(Undo { act: ActId(3) })), text);
}
