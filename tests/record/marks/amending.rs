//! Amendments: what reg 6 asks of each, and that nobody amends what they have not seen.

use firstbell::domain::act::{Act, AmendSeveral, LogArrival, Refusal, Watch};
use firstbell::domain::act_id::ActId;
use firstbell::store::NotDone;

use crate::support::*;

#[test]
fn an_amendment_keeps_original_new_reason_when_who_and_post() {
    let mut desk = Desk::new();
    let taken = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let text = desk.done("10:05", amend(AMIRA, am(24), "M", " dentist, card seen ", taken)).text;
    assert_eq!(text, "Khan, Amira 8KM AM: N amended to M");
    let rows = desk.amendments(AMIRA);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].original, rows[0].new), (Some(mark("N")), Some(mark("M"))));
    assert_eq!((rows[0].at, rows[0].instant), (am(24), now("10:05")));
    let signed = [&rows[0].reason, &rows[0].who, &rows[0].post, &rows[0].desk].map(String::as_str);
    assert_eq!(signed, ["dentist, card seen", "S Marsh", "attendance officer", "office pts/1"]);
}

#[test]
fn a_stale_amendment_is_refused_with_both_values() {
    let mut desk = Desk::new();
    let saw = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let mut gate = desk.another("T Rao");
    let moved = gate.done("08:57", arrival(AMIRA, "08:57")).act;
    let act = amend(AMIRA, am(24), "I", "mother rang", saw);
    match desk.store.perform(&desk.officer, now("09:00"), &act) {
        Err(NotDone::Refused(refusal)) => assert_eq!(
            *refusal,
            Refusal::ChangedMeanwhile {
                pupil: AMIRA,
                name: "Khan, Amira 8KM".to_owned(),
                by: "T Rao".to_owned(),
                at: local(november(24), "08:57"),
                was: Some(mark("N")),
                now: Some(mark("L 17")),
                revision: moved,
            }
        ),
        other => panic!("{other:?}"),
    }
    let answer = desk.refused("09:00", act);
    assert_eq!(answer, "Khan, Amira 8KM was changed at 08:57 by T Rao: it was N, it is now L 17 min");
    desk.done("09:01", amend(AMIRA, am(24), "I", "mother rang", moved));
    assert_eq!(desk.mark(AMIRA, am(24)), "I");
}

#[test]
fn what_was_seen_blank_is_told_as_blank() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let answer = desk.refused("09:00", amend(AMIRA, am(24), "I", "", ActId(0)));
    assert_eq!(answer, "Khan, Amira 8KM was changed at 08:57 by S Marsh: it was blank, it is now L 17 min");
}

#[test]
fn what_was_seen_taken_back_to_blank_is_told_as_blank() {
    let mut desk = Desk::new();
    let taken = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let blank = desk.undo("08:51", taken).act;
    desk.done("08:52", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let answer = desk.refused("09:00", amend(AMIRA, am(24), "I", "", blank));
    assert_eq!(answer, "Khan, Amira 8KM was changed at 08:57 by S Marsh: it was blank, it is now L 17 min");
    assert_eq!(desk.amendments(AMIRA).len(), 3, "a mark that comes back is an amendment of the blank");
}

#[test]
fn a_reason_is_needed_from_the_close_on() {
    let mut desk = Desk::new();
    let taken = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    assert_eq!(
        desk.refused("09:10", amend(AMIRA, am(24), "I", "  ", taken)),
        "the Tue 24 Nov AM register has closed: a change needs a reason"
    );
    let amended = desk.done("09:09", amend(AMIRA, am(24), "I", "", taken)).act;
    assert_eq!(desk.amended(AMIRA), ["Tue 24 Nov AM: N -> I: I: office I 09:09 beats tutor N 08:50"]);
    desk.done("09:10", amend(AMIRA, am(24), "M", "dentist", amended));
    assert_eq!(desk.mark(AMIRA, am(24)), "M");
}

#[test]
fn a_late_that_stands_for_an_arrival_takes_its_minutes() {
    let mut desk = Desk::new();
    let came = desk.done("09:14", arrival(AMIRA, "09:14")).act;
    let amended = desk.done("09:20", amend(AMIRA, am(24), "L", "the gate queue", came)).act;
    assert_eq!(desk.mark(AMIRA, am(24)), "L 34 min");
    desk.done("09:21", amend(AMIRA, am(24), "L 5", "the gate queue", amended));
    assert_eq!(desk.mark(AMIRA, am(24)), "L 5 min");
}

#[test]
fn a_contradicted_mark_can_be_confirmed_and_that_decides() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[LOUIS], "I", am(24), am(24)));
    let taken = desk.done("08:50", register(G8KM, am(24), &[(LOUIS, "/")])).act;
    assert!(desk.contradiction(LOUIS, am(24)).is_some());
    let text = desk.done("09:30", amend(LOUIS, am(24), "/", "seen in the room", taken)).text;
    assert_eq!(text, "D\u{2019}Arcy, Louis 8KM AM: / confirmed");
    assert_eq!(desk.contradiction(LOUIS, am(24)), None);
    assert_eq!(desk.amendments(LOUIS).len(), 1, "confirming changes no mark");
    let again = amend(LOUIS, am(24), "/", "seen in the room", taken);
    assert_eq!(desk.refused("09:31", again), "D\u{2019}Arcy, Louis 8KM already has /");
}

#[test]
fn a_report_that_a_sighting_has_ended_speaks_no_more_though_a_later_register_is_overruled() {
    let mut desk = Desk::new();
    let reported = report(&[AMIRA], "I", am(20), pm(27));
    desk.store.perform(&desk.officer, local(november(20), "08:00").and_utc(), &reported).unwrap();
    desk.done("08:30", register(G8KM, am(20), &[(AMIRA, "/")]));
    let taken = desk.done("08:30", register(G8KM, am(23), &[(AMIRA, "/")])).act;
    desk.done("08:40", amend(AMIRA, am(23), "N", "the tutor marked the wrong line", taken));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    assert_eq!(desk.mark(AMIRA, am(24)), "N", "she was back on Friday");
    desk.sound();
}

#[test]
fn no_reason_keeps_what_a_terminal_would_obey() {
    let typed = " \u{1b}[31mden\u{7}tist,\n card\u{202e} seen ";
    let kept = "[31mdentist, card seen";
    let mut desk = Desk::new();
    let saw = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")])).act;
    desk.done("10:05", amend(AMIRA, am(24), "M", typed, saw));
    desk.done("10:06", LogArrival { reason: Some(typed.to_owned()), ..came(LOUIS, "09:40") });
    desk.done("10:07", Watch { owner: Some(typed.to_owned()), ..watched(AMIRA, typed) });
    let reasons: Vec<String> =
        [AMIRA, LOUIS].into_iter().flat_map(|one| desk.amendments(one)).map(|one| one.reason).collect();
    assert_eq!(reasons, [kept, kept]);
    let watched = desk.ask("SELECT reason, owner FROM watched");
    assert_eq!(watched, [[Some(kept.to_owned()), Some(kept.to_owned())]]);
    let empty = desk.refused("10:08", amend(AMIRA, am(24), "I", "\u{1b}\u{7}", desk.revision(AMIRA, am(24))));
    assert!(empty.contains("reason"), "{empty}");
}

#[test]
fn one_code_for_several_amends_each_as_it_was_seen_and_names_those_who_are_refused() {
    let mut desk = Desk::new();
    let saw = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N"), (SIOBHAN, "N")])).act;
    desk.another("T Rao").done("09:15", amend(LOUIS, am(24), "I", "mother rang", saw));
    let marks = [AMIRA, LOUIS, SIOBHAN].map(|pupil| (pupil, am(24), saw)).to_vec();
    let several = |code: &str, marks: &[_]| {
        let (marks, reason) = (marks.to_vec(), " rugby tour ".to_owned());
        Act::AmendSeveral(AmendSeveral { marks, code: code_of(code), reason })
    };
    let done = desk.done("10:05", several("P", &marks));
    assert_eq!(done.text, "2 marks amended to P: rugby tour");
    assert_eq!(done.pupils, [AMIRA, SIOBHAN]);
    assert!(done.not_done[0].ends_with("was changed at 09:15 by T Rao: it was N, it is now I"), "{:?}", done.not_done);
    let held = |desk: &mut Desk| [AMIRA, LOUIS, SIOBHAN].map(|pupil| desk.mark(pupil, am(24)));
    assert_eq!(held(&mut desk), ["P", "I", "P"]);
    assert_eq!(desk.amendments(SIOBHAN)[0].reason, "rugby tour");
    let undone = desk.undo("10:06", done.act);
    assert_eq!(held(&mut desk), ["N", "I", "N"]);
    desk.undo("10:07", undone.act);
    assert_eq!(held(&mut desk), ["P", "I", "P"]);
    // None of them is what it was: each is named.
    let text = desk.refused("10:08", several("P", &marks));
    assert_eq!(text.matches("was changed at").count(), 3, "{text}");
    let one = desk.refused("10:08", several("&", &marks[..1]));
    assert_eq!(one, "& is not an attendance code");
    desk.sound();
}
