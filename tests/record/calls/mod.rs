//! Calls: always kept; a code only where the mark is still the one that was seen.

mod households;
mod promises;

use firstbell::domain::act::{Act, LogCall};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

fn spoke(at: SessionDate, code: Option<&str>, covers: &[PupilId], saw: &[(PupilId, ActId)]) -> Act {
    let (outcome, code, note) = (CallOutcome::Aware, code.map(code_of), " flu ".to_owned());
    LogCall { at, outcome, code, note, covers: covers.to_vec(), saw: saw.to_vec(), ..call(AMIRA, 1) }.into()
}

fn both_out(desk: &mut Desk) -> [(PupilId, ActId); 2] {
    let one = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let other = desk.done("08:51", register(G9TR, am(24), &[(BILAL, "N")])).act;
    [(AMIRA, one), (BILAL, other)]
}

#[test]
fn one_call_speaks_for_the_siblings_and_the_rest_of_the_day() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    let receipt = desk.done("09:20", spoke(am(24), Some("I"), &[BILAL], &saw));
    assert_eq!(receipt.text, "Khan, Amira 8KM and 1 more: spoke, has a reason, Mrs Khan, mother, I");
    assert_eq!((receipt.but, receipt.pupils), (None, vec![AMIRA, BILAL]));
    for pupil in [AMIRA, BILAL] {
        assert_eq!([desk.mark(pupil, am(24)), desk.mark(pupil, pm(24))], ["I", "I"]);
    }
    assert_eq!(
        desk.amended(AMIRA),
        ["Tue 24 Nov AM: N -> I: flu (Mrs Khan, mother); I: report I by Mrs Khan, mother beats tutor N 08:50"]
    );
    let day = desk.store.day(november(24)).unwrap();
    let call = day.calls_about(BILAL).next().unwrap();
    assert_eq!((call.code, call.note.as_str(), call.who.as_str()), (Some(code_of("I")), "flu", "S Marsh"));
    assert_eq!(call.at, local(november(24), "09:20"));
}

#[test]
fn an_appointment_is_for_the_session() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    desk.done("09:20", spoke(am(24), Some("M"), &[], &saw));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(AMIRA, pm(24))], ["M", "blank"]);
}

/// The call said until when: the same, with its last day.
fn lasting(mut act: Act, last: u32) -> Act {
    let Act::LogCall(LogCall { until, .. }) = &mut act else { panic!("{act:?}") };
    *until = Some(november(last));
    act
}

#[test]
fn a_code_with_a_last_day_is_for_every_school_day_until_then() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    let call = desk.done("09:20", lasting(spoke(am(24), Some("M"), &[BILAL], &saw), 26));
    assert_eq!(call.text, "Khan, Amira 8KM and 1 more: spoke, has a reason, Mrs Khan, mother, M until Thu 26 Nov");
    for pupil in [AMIRA, BILAL] {
        let marks = [am(24), pm(24), am(26), pm(26), am(27)].map(|at| desk.mark(pupil, at));
        assert_eq!(marks, ["M", "M", "M", "M", "blank"]);
    }
    desk.undo("09:21", call.act);
    assert_eq!([am(24), pm(24), pm(26)].map(|at| desk.mark(AMIRA, at)), ["N", "blank", "blank"]);
}

#[test]
fn a_last_day_that_cannot_be_is_refused_and_nothing_is_kept() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    for (act, text) in [
        (
            lasting(spoke(am(24), None, &[], &saw), 26),
            "a last day goes with a code: give the code that it is the last day of",
        ),
        (
            lasting(spoke(am(24), Some("I"), &[], &saw), 23),
            "Mon 23 Nov PM is before Tue 24 Nov AM: give the first day first",
        ),
    ] {
        assert_eq!(desk.refused("09:20", act), text);
    }
    assert_eq!(desk.count("call"), 0);
}

#[test]
fn a_call_about_the_afternoon_leaves_the_morning() {
    let mut desk = Desk::new();
    both_out(&mut desk);
    desk.done("13:50", spoke(pm(24), Some("I"), &[], &[]));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(AMIRA, pm(24))], ["N", "I"]);
}

#[test]
fn a_stale_code_is_refused_pupil_by_pupil_and_the_call_is_kept() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    desk.done("09:05", arrival(BILAL, "09:05"));
    let receipt = desk.done("09:20", spoke(am(24), Some("I"), &[BILAL], &saw));
    assert_eq!(receipt.text, "Khan, Amira 8KM and 1 more: spoke, has a reason, Mrs Khan, mother, I");
    let but = "no code: Khan, Bilal 9TR was changed at 09:05 by S Marsh: it was N, it is now L 25 min";
    assert_eq!(receipt.but.as_deref(), Some(but));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["I", "L 25 min"]);
    let given = desk.ask("SELECT code FROM call ORDER BY pupil").concat();
    assert_eq!(given, [Some("I".to_owned()), None], "the call about Bilal is kept without its code");
}

#[test]
fn where_every_code_is_stale_each_is_said() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    desk.done("09:04", arrival(AMIRA, "09:04"));
    desk.done("09:05", arrival(BILAL, "09:05"));
    let receipt = desk.done("09:20", spoke(am(24), Some("I"), &[BILAL], &saw));
    assert_eq!(receipt.text, "Khan, Amira 8KM and 1 more: spoke, has a reason, Mrs Khan, mother");
    let but = receipt.but.unwrap();
    assert!(
        but.contains("Khan, Amira 8KM was changed at 09:04") && but.contains("Khan, Bilal 9TR was changed at 09:05")
    );
    assert_eq!(desk.count("call"), 2);
}

#[test]
fn a_pupil_covered_twice_is_called_about_once() {
    let mut desk = Desk::new();
    let saw = both_out(&mut desk);
    desk.done("09:20", spoke(am(24), Some("I"), &[BILAL, AMIRA, BILAL], &saw));
    assert_eq!((desk.count("call"), desk.count("evidence")), (2, 2));
}

#[test]
fn a_call_that_learnt_nothing_changes_no_mark() {
    let mut desk = Desk::new();
    both_out(&mut desk);
    let back = local(november(24), "10:30").time();
    let act = LogCall { outcome: CallOutcome::CallBack, call_back: Some(back), ..call(AMIRA, 1) };
    assert_eq!(desk.done("09:20", act).text, "Khan, Amira 8KM: call back, Mrs Khan, mother at 10:30");
    assert_eq!(desk.mark(AMIRA, am(24)), "N");
    assert_eq!(desk.store.day(november(24)).unwrap().calls[0].call_back, Some(back));
}
