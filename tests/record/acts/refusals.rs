//! Every refusal, word for word; each leaves the file exactly as it was.

use std::time::Duration;

use firstbell::domain::act::{Act, Amend, Chase, LogCall, ReportAbsence, Undo, Unwatch, Watch};
use firstbell::domain::act_id::ActId;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::store::Bounds;

use crate::support::*;

fn rang(pupil: PupilId, contact: i64, code: Option<&str>, covers: Vec<PupilId>) -> Act {
    LogCall { outcome: CallOutcome::Aware, code: code.map(code_of), covers, ..call(pupil, contact) }.into()
}

fn arrives(pupil: PupilId, day: u32, time: &str) -> Act {
    came_on(november(day), pupil, time).into()
}

fn watch(pupil: PupilId, day: u32) -> Act {
    Watch { until: Some(november(day)), ..watched(pupil, "new school") }.into()
}

#[test]
fn arrivals() {
    let mut desk = Desk::new();
    for (act, answer) in [
        (arrives(PupilId(99), 24, "08:57"), "there is no such pupil"),
        (arrives(JOINER, 24, "08:57"), "Newby, Joe is not on roll on Tue 24 Nov 2026"),
        (arrives(AMIRA, 24, "15:10"), "15:10 is after the PM session ended at 15:10"),
        (arrives(AMIRA, 24, "15:59"), "15:59 on Tue 24 Nov has not come yet"),
        (arrives(AMIRA, 25, "08:57"), "08:57 on Wed 25 Nov has not come yet"),
        (arrives(AMIRA, 22, "08:57"), "there is no school on Sun 22 Nov 2026: it is a weekend"),
        (arrives(AMIRA, 2, "08:57"), "there is no school on Mon 2 Nov 2026: the school is closed: Staff training"),
    ] {
        assert_eq!(desk.refused("15:30", act), answer);
    }
    desk.done("08:57", arrives(AMIRA, 24, "08:57"));
    assert_eq!(
        desk.refused("09:20", arrives(AMIRA, 24, "09:20")),
        "Khan, Amira 8KM is already in: logged 08:57 by S Marsh, L 17 min"
    );
}

#[test]
fn a_leaver_is_refused_from_the_day_after_the_last() {
    let mut desk = Desk::new();
    let monday = local(november(30), "09:00").and_utc();
    let refused = desk.store.perform(&desk.officer, monday, &arrives(LEAVER, 30, "08:57")).unwrap_err();
    let text = format!("{refused:?}");
    assert!(text.contains("NotOnRoll"), "{text}");
    desk.store.perform(&desk.officer, monday, &arrives(JOINER, 30, "08:57")).unwrap();
}

#[test]
fn amendments() {
    let mut desk = Desk::new();
    let of = |code: &str| amend(AMIRA, am(24), code, "why", ActId(0));
    for (act, answer) in [
        (of("A"), "A is not an attendance code"),
        (
            of("Z"),
            "Khan, Amira 8KM: code Z is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils",
        ),
        (
            of("#"),
            "Khan, Amira 8KM: code # is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils",
        ),
        (
            of("X"),
            "Khan, Amira 8KM: code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year",
        ),
        (
            of("S"),
            "Khan, Amira 8KM: code S is for years 11 to 13, not for year 8: use another code, or correct the year",
        ),
        (of("H"), "code H is not in use on 2026-11-24: it was retired on 18 Aug 2024"),
        (of("J"), "code J is not in use on 2026-11-24: it was retired on 18 Aug 2024"),
        (of("\\"), "code \\ belongs to the PM session"),
        (of("I 5"), "I 5 min cannot be: minutes late go with L and U only"),
        (of("L -5"), "L -5 min cannot be: minutes late go with L and U only"),
        (amend(AMIRA, pm(24), "/", "why", ActId(0)), "code / belongs to the AM session"),
        (
            amend(AMIRA, pm(24), "I", "why", ActId(0)),
            "Tue 24 Nov PM has not begun: report the absence instead of marking it",
        ),
        (amend(PupilId(99), am(24), "I", "why", ActId(0)), "there is no such pupil"),
        (amend(JOINER, am(24), "I", "why", ActId(0)), "Newby, Joe is not on roll on Tue 24 Nov 2026"),
        (amend(AMIRA, am(21), "I", "why", ActId(0)), "there is no school on Sat 21 Nov 2026: it is a weekend"),
        (of("I").without_reason(), "the Tue 24 Nov AM register has closed: a change needs a reason"),
    ] {
        assert_eq!(desk.refused("10:00", act), answer);
    }
    let amended = desk.done("10:00", of("I")).act;
    let again = amend(AMIRA, am(24), "I", "why", amended);
    assert_eq!(desk.refused("10:01", again), "Khan, Amira 8KM already has I");
}

trait WithoutReason {
    fn without_reason(self) -> Act;
}

impl WithoutReason for Act {
    fn without_reason(mut self) -> Act {
        if let Act::Amend(Amend { reason, .. }) = &mut self {
            reason.clear();
        }
        self
    }
}

/// A report that does not say who made it.
fn by_nobody() -> Act {
    let mut report = report(&[AMIRA], "I", am(24), am(24));
    if let Act::ReportAbsence(ReportAbsence { by, .. }) = &mut report {
        *by = " ".to_owned();
    }
    report
}

#[test]
fn reports() {
    let mut desk = Desk::new();
    let of = |code| report(&[AMIRA], code, am(24), am(24));
    for (act, answer) in [
        (report(&[AMIRA], "I", am(25), am(24)), "Tue 24 Nov AM is before Wed 25 Nov AM: give the first day first"),
        (report(&[AMIRA], "I", pm(24), am(24)), "Tue 24 Nov AM is before Tue 24 Nov PM: give the first day first"),
        (report(&[], "I", am(24), am(24)), "there is no such pupil"),
        (by_nobody(), "say who reported it: the record must show it"),
        (report(&[PupilId(99)], "I", am(24), am(24)), "there is no such pupil"),
        (report(&[AMIRA, JOINER], "I", am(24), am(24)), "Newby, Joe is not on roll on Tue 24 Nov 2026"),
        (report(&[AMIRA], "I", am(28), pm(29)), "there is no school on Sat 28 Nov 2026: it is a weekend"),
        (of("/"), "/ (present, morning) cannot be reported: it is what a register or the gate records"),
        (of("U"), "U (late, after the register closed) cannot be reported: it is what a register or the gate records"),
        (
            of("#"),
            "Khan, Amira 8KM: code # is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils",
        ),
        (
            report(&[AMIRA, BILAL], "X", am(24), am(25)),
            "Khan, Amira 8KM: code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year",
        ),
        (of("Y"), "code Y is not in use on 2026-11-24: it was retired on 18 Aug 2024"),
    ] {
        assert_eq!(desk.refused("08:10", act), answer);
    }
    let year = firstbell::domain::calendar::session::SessionDate::new(
        chrono::NaiveDate::from_ymd_opt(2027, 11, 24).unwrap(),
        firstbell::domain::calendar::session::Session::Am,
    );
    let answer = desk.refused("08:10", report(&[AMIRA], "I", am(24), year));
    assert_eq!(answer, "from 24 Nov 2026 to 24 Nov 2027 is more than half a year");
}

#[test]
fn calls() {
    let mut desk = Desk::new();
    for (act, answer) in [
        (rang(PupilId(99), 1, None, vec![]), "there is no such pupil"),
        (rang(AMIRA, 99, None, vec![]), "there is no such contact"),
        (rang(AMIRA, 3, None, vec![]), "there is no such contact"),
        (rang(AMIRA, 2, None, vec![]), "Mr Khan must not be contacted: say why they were rung all the same"),
        (rang(AMIRA, 1, None, vec![ZOE]), "Br\u{fc}cke, Zoe\u{308} is not of the same household"),
        (
            rang(AMIRA, 1, Some("L"), vec![]),
            "L (late, before the register closed) cannot be reported: it is what a register or the gate records",
        ),
        (
            rang(AMIRA, 1, Some("S"), vec![BILAL]),
            "Khan, Amira 8KM: code S is for years 11 to 13, not for year 8: use another code, or correct the year",
        ),
        (rang(JOINER, 1, None, vec![]), "Newby, Joe is not on roll on Tue 24 Nov 2026"),
    ] {
        assert_eq!(desk.refused("09:30", act), answer);
    }
}

#[test]
fn registers() {
    let mut desk = Desk::new();
    let taken = |marks: &[(PupilId, &str)]| register(G8KM, am(24), marks);
    for (act, answer) in [
        (register(GroupId(99), am(24), &[]), "there is no such tutor group"),
        (register(G8KM, am(22), &[]), "there is no school on Sun 22 Nov 2026: it is a weekend"),
        (register(G8KM, am(25), &[]), "Wed 25 Nov AM has not begun: report the absence instead of marking it"),
        (taken(&[(PupilId(99), "/")]), "there is no such pupil"),
        (taken(&[(AMIRA, "/"), (ZOE, "/")]), "Br\u{fc}cke, Zoe\u{308} is not in 8KM"),
        (taken(&[(AMIRA, "/"), (AMIRA, "N")]), "Khan, Amira is marked twice in 8KM"),
        (taken(&[(AMIRA, "/"), (JOINER, "/")]), "Newby, Joe is not on roll on Tue 24 Nov 2026"),
        (taken(&[(AMIRA, "/"), (LOUIS, "\\")]), "code \\ belongs to the PM session"),
        (
            taken(&[(AMIRA, "/"), (LOUIS, "X")]),
            "D\u{2019}Arcy, Louis 8KM: code X is for nursery, reception and years 12 and over, not for year 8: use another code, or correct the year",
        ),
        (taken(&[(AMIRA, "N 3")]), "N 3 min cannot be: minutes late go with L and U only"),
        (
            Act::Chase(Chase { group: GroupId(99), at: am(24), method: ChaseMethod::Phone }),
            "there is no such tutor group",
        ),
        (
            Act::Chase(Chase { group: G8KM, at: am(21), method: ChaseMethod::Phone }),
            "there is no school on Sat 21 Nov 2026: it is a weekend",
        ),
    ] {
        assert_eq!(desk.refused("08:50", act), answer);
    }
}

#[test]
fn the_watch_list() {
    let mut desk = Desk::new();
    for (act, answer) in [
        (watch(PupilId(99), 24), "there is no such pupil"),
        (watch(AMIRA, 23), "the last day to watch is already past"),
        (watched(AMIRA, " ").into(), "say why the pupil is to be watched"),
        (Act::Unwatch(Unwatch { pupil: AMIRA }), "Khan, Amira is not on the watch list"),
        (Act::Unwatch(Unwatch { pupil: PupilId(99) }), "there is no such pupil"),
    ] {
        assert_eq!(desk.refused("08:50", act), answer);
    }
    desk.done("08:50", watch(AMIRA, 24));
    assert_eq!(desk.refused("08:51", watch(AMIRA, 25)), "Khan, Amira is already on the watch list: new school");
}

#[test]
fn undoing_what_is_not_there() {
    let mut desk = Desk::new();
    for act in [0, -1, 2, 99] {
        let answer = desk.refused("09:00", Act::Undo(Undo { act: ActId(act) }));
        assert_eq!(answer, "there is nothing there to take back", "act {act}");
    }
}

#[test]
fn a_question_holds_no_parameters_and_has_bounds() {
    let desk = Desk::new();
    let within = |bounds, question: &str| desk.store.ask_within(question, bounds).unwrap().unwrap_err().to_string();
    let text = |question: &str| within(Bounds { answer: 1 << 20, ..Bounds::USUAL }, question);
    for question in ["select ?", "select ?1", "select :name", "select @a from pupil", "select $a where 1 = ?"] {
        assert_eq!(text(question), "nothing fills in ? and :name here: write the values into the question");
    }
    let endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select";
    let at_once = Bounds { time: Duration::ZERO, ..Bounds::USUAL };
    let count = format!("{endless} count(*) from n");
    assert_eq!(within(at_once, &count), "the answer takes longer than 0 seconds: ask for less");
    assert_eq!(text(&format!("{endless} x from n")), "the answer is longer than 1 MB: ask for less");
    assert_eq!(text("select hex(zeroblob(1000000))"), "the answer is longer than 1 MB: ask for less");
    assert_eq!(desk.store.ask("select '?', ':name'").unwrap().unwrap().rows.concat().len(), 2);
}
