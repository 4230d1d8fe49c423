//! Steps of the ladder, taken once; marks that have stood at N, settled as they were seen.

use firstbell::domain::absence::unexplained::unexplained;
use firstbell::domain::act::{Act, LogCall, SettleUnresolved, TakeStep};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

fn step(pupils: &[PupilId], name: &str, words: &str) -> Act {
    Act::TakeStep(TakeStep {
        pupils: pupils.to_vec(),
        at: am(24),
        step: name.to_owned().into(),
        words: words.to_owned(),
    })
}

fn rang(outcome: CallOutcome) -> Act {
    LogCall { outcome, ..call(AMIRA, 1) }.into()
}

fn settle(marks: &[(PupilId, SessionDate, ActId)]) -> Act {
    Act::SettleUnresolved(SettleUnresolved {
        marks: marks.to_vec(),
        code: code_of("O"),
        reason: "no reason found".to_owned(),
    })
}

/// What is due for Amira, "tell DSL 09:40".
fn due(desk: &mut Desk, now: &str) -> String {
    let day = desk.store.day(november(24)).unwrap();
    let rows = unexplained(&day, Session::Am, local(november(24), now).time());
    let row = rows.iter().find(|row| row.pupil == AMIRA).unwrap();
    row.due().map_or("nothing".to_owned(), |due| format!("{} {}", due.step, due.at.format("%H:%M")))
}

#[test]
fn a_step_is_taken_once_and_who_took_it_is_told() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")]));
    let receipt = desk.done("09:41", step(&[AMIRA], "visit", "nobody in"));
    assert_eq!(receipt.text, "Khan, Amira 8KM: visit 09:41, nobody in");
    assert_eq!(receipt.pupils, [AMIRA]);
    let answer = desk.another("J Ito").refused("09:50", step(&[AMIRA], "visit", ""));
    assert_eq!(answer, "Khan, Amira 8KM: visit was recorded at 09:41 by S Marsh");
    assert_eq!(desk.refused("09:51", step(&[AMIRA], " ", "")), "say which step was taken");
    desk.done("09:52", step(&[LOUIS], "visit", ""));
    let taken = desk.store.day(november(24)).unwrap().steps;
    let described: Vec<String> = taken.iter().map(|one| one.describe()).collect();
    assert_eq!(described, ["09:41 visit, nobody in, by S Marsh", "09:52 visit, by S Marsh"]);
}

#[test]
fn a_step_moves_the_ladder_and_taken_back_moves_it_back() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.done("09:15", rang(CallOutcome::Unaware));
    assert_eq!(due(&mut desk, "09:20"), "tell DSL 09:15");
    let step_act = desk.done("09:16", step(&[AMIRA], "tell DSL", "told Ms Grey")).act;
    assert_eq!(due(&mut desk, "09:20"), "search site 09:15");
    let undone = desk.undo("09:17", step_act).act;
    assert_eq!(due(&mut desk, "09:20"), "tell DSL 09:15");
    desk.undo("09:18", undone);
    assert_eq!(due(&mut desk, "09:20"), "search site 09:15");
    assert_eq!(desk.mark(AMIRA, am(24)), "N", "no step is evidence");
}

#[test]
fn the_dsl_is_told_again_when_a_parent_did_not_know() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.done("09:15", rang(CallOutcome::NoAnswer));
    desk.done("09:20", step(&[AMIRA], "tell DSL", "no answer so far"));
    desk.done("09:30", rang(CallOutcome::Unaware));
    assert_eq!(due(&mut desk, "09:31"), "tell DSL 09:30");
    desk.done("09:32", step(&[AMIRA], "tell DSL", "missing"));
    assert_eq!(due(&mut desk, "09:33"), "search site 09:30");
    let answer = desk.refused("09:34", step(&[AMIRA], "tell DSL", ""));
    assert_eq!(answer, "Khan, Amira 8KM: tell DSL was recorded at 09:32 by S Marsh");
}

#[test]
fn aged_marks_are_settled_as_they_were_seen_and_the_rest_is_kept() {
    let mut desk = Desk::new();
    let old = am(12);
    desk.done("08:40", register(G8KM, old, &[(AMIRA, "N"), (LOUIS, "N"), (SIOBHAN, "N")]));
    let seen: Vec<_> = [AMIRA, LOUIS, SIOBHAN].map(|pupil| (pupil, old, desk.revision(pupil, old))).to_vec();
    let saw = desk.revision(LOUIS, old);
    desk.another("J Ito").done("09:00", amend(LOUIS, old, "M", "card seen", saw));
    let receipt = desk.done("09:05", settle(&seen));
    assert_eq!(receipt.text, "2 marks settled to O: no reason found");
    let but = receipt.but.unwrap();
    assert!(but.contains("was changed at 09:00 by J Ito: it was N, it is now M"), "{but}");
    assert_eq!([AMIRA, LOUIS, SIOBHAN].map(|pupil| desk.mark(pupil, old)), ["O", "M", "O"]);
    assert_eq!(desk.amended(AMIRA), ["Thu 12 Nov AM: N -> O: no reason found; O: office O 09:05 beats tutor N"]);
    let again = desk.refused("09:06", settle(&seen[..1]));
    assert!(again.contains("was changed at 09:05 by S Marsh: it was N, it is now O"), "{again}");
    let back = desk.undo("09:07", receipt.act);
    assert_eq!([AMIRA, LOUIS, SIOBHAN].map(|pupil| desk.mark(pupil, old)), ["N", "M", "N"]);
    desk.undo("09:08", back.act);
    assert_eq!([AMIRA, LOUIS, SIOBHAN].map(|pupil| desk.mark(pupil, old)), ["O", "M", "O"]);
}

#[test]
fn nobody_is_settled_in_bulk_to_present_or_on_the_day_itself() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(23), &[(AMIRA, "N")]));
    desk.done("08:51", register(G8KM, am(24), &[(AMIRA, "N")]));
    let seen = |desk: &Desk, at| vec![(AMIRA, at, desk.revision(AMIRA, at))];
    for code in ["/", "I", "N"] {
        let act = Act::SettleUnresolved(SettleUnresolved {
            marks: seen(&desk, am(23)),
            code: code_of(code),
            reason: "no reason found".to_owned(),
        });
        let text = format!("{code} is no answer to a mark that nobody explained: amend it by itself");
        assert_eq!(desk.refused("09:00", act), text);
    }
    let today = settle(&seen(&desk, am(24)));
    let text = "Khan, Amira 8KM Tue 24 Nov AM has not aged: somebody may still explain it";
    assert_eq!(desk.refused("09:00", today), text);
}

#[test]
fn a_step_cannot_be_taken_before_its_day() {
    let mut desk = Desk::new();
    let early = Act::TakeStep(TakeStep {
        pupils: vec![AMIRA],
        at: am(25),
        step: "tell DSL".to_owned().into(),
        words: String::new(),
    });
    assert_eq!(desk.refused("09:00", early), "00:00 on Wed 25 Nov has not come yet");
}

#[test]
fn the_days_of_an_absence_count_whatever_the_codes_and_its_deadline_the_days_at_n() {
    let mut desk = Desk::new();
    for (day, code) in [(18, "O"), (19, "I"), (20, "O"), (23, "O"), (24, "N")] {
        desk.done("08:50", register(G8KM, am(day), &[(AMIRA, code)]));
    }
    let of = |desk: &mut Desk| {
        let day = desk.store.day(november(24)).unwrap();
        let rows = unexplained(&day, Session::Am, local(november(24), "09:30").time());
        let row = rows.iter().find(|row| row.pupil == AMIRA).unwrap();
        (row.day, row.deadline)
    };
    let (day, deadline) = of(&mut desk);
    assert_eq!((day, deadline), (5, desk.store.roll().calendar.n_deadline(november(24))));
    desk.done("08:51", register(G8KM, am(20), &[(AMIRA, "/")]));
    assert_eq!(of(&mut desk).0, 2, "seen on the Friday after all");
}

#[test]
fn a_step_for_several_names_those_who_are_refused_and_is_done_again_for_the_others() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N"), (SIOBHAN, "N")]));
    desk.another("J Ito").done("09:16", step(&[LOUIS], "tell DSL", "Ms Grey"));
    let told = desk.done("09:17", step(&[AMIRA, LOUIS, SIOBHAN], "tell DSL", "Ms Grey"));
    assert_eq!(told.text, "Khan, Amira 8KM and 1 more: tell DSL 09:17, Ms Grey");
    assert_eq!(told.pupils, [AMIRA, SIOBHAN]);
    assert!(told.but.unwrap().ends_with("8KM: tell DSL was recorded at 09:16 by J Ito"));
    let undone = desk.undo("09:18", told.act);
    assert_eq!(desk.count("step WHERE withdrawn IS NULL"), 1);
    desk.undo("09:19", undone.act);
    assert_eq!(desk.count("step WHERE withdrawn IS NULL"), 3);
    desk.sound();
}

#[test]
fn of_several_settled_the_one_of_today_is_named_and_the_others_are_done() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(23), &[(AMIRA, "N")]));
    desk.done("08:51", register(G8KM, am(24), &[(AMIRA, "N")]));
    let seen = [am(23), am(24)].map(|at| (AMIRA, at, desk.revision(AMIRA, at)));
    let done = desk.done("09:00", settle(&seen));
    assert_eq!(done.text, "1 mark settled to O: no reason found");
    let but = "Khan, Amira 8KM Tue 24 Nov AM has not aged: somebody may still explain it";
    assert_eq!(done.not_done, [but]);
}
