use super::*;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{CodeFault, OnlyFor, SchoolAge};
use crate::domain::testing::*;

const ALL: &[Role] = Role::ALL;

/// Where each kind of refusal stands in the table below: a new one finds no place until it is given one.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::ChangedMeanwhile { .. } => 0,
        Refusal::AlreadyIn { .. } => 1,
        Refusal::SessionOver { .. } => 2,
        Refusal::NoSchool { .. } => 3,
        Refusal::NoSession { .. } => 4,
        Refusal::Code(_) => 5,
        Refusal::CodeFor { .. } => 6,
        Refusal::ReasonNeeded { .. } => 7,
        Refusal::NotOnRoll { .. } => 8,
        Refusal::Unknown { .. } => 9,
        Refusal::RegisterTaken { .. } => 10,
        Refusal::AlreadyWatched { .. } => 11,
        Refusal::DoneAlready { at_gate: None, .. } => 12,
        Refusal::DoneAlready { at_gate: Some(_), .. } => 13,
        Refusal::NotWatched { .. } => 14,
        Refusal::Dates(_) => 15,
        Refusal::CannotUndo(_) => 16,
        Refusal::AlreadySo { .. } => 17,
        Refusal::NotAllowed { .. } => 18,
        Refusal::Forbidden(_) => 19,
        Refusal::NotStaff { .. } => 20,
        Refusal::OtherRole { .. } => 21,
    }
}

/// Each kind of refusal; what the gate is told of it, where that is not the whole; and its word there.
fn table() -> Vec<(Refusal, Option<&'static str>, &'static str)> {
    let (name, by) = (|| "Khan, Amira 8KM".to_owned(), || "S Marsh".to_owned());
    let am = SessionDate::new(today(), Session::Am);
    let only_for = OnlyFor::NonCompulsory;
    let age = SchoolAge { year: Some(8), is_compulsory: None };
    vec![
        (
            Refusal::ChangedMeanwhile {
                pupil: AMIRA,
                name: name(),
                by: by(),
                at: at("09:41"),
                was: Some(mark("N")),
                now: Some(mark("E")),
                revision: ActId(7),
            },
            Some("Khan, Amira 8KM was changed since: ask the office"),
            "changed-meanwhile",
        ),
        (
            Refusal::AlreadyIn { name: name(), time: time("08:57"), by: by(), mark: mark("M") },
            Some("Khan, Amira 8KM is already in: logged 08:57 by S Marsh"),
            "already-in",
        ),
        (
            Refusal::SessionOver { what: "16:40".to_owned(), session: Session::Pm, ends: time("15:10") },
            None,
            "session-over",
        ),
        (Refusal::NoSchool { date: today(), why: "it is a weekend".to_owned() }, None, "no-school"),
        (Refusal::NoSession { at: am, why: "school ends early".to_owned() }, None, "no-session"),
        (Refusal::Code(CodeFault::Unknown(code("Q"))), None, "code"),
        (
            Refusal::CodeFor { name: name(), fault: CodeFault::NotFor { code: code("X"), only_for, age } },
            Some("Khan, Amira 8KM: ask the office"),
            "forbidden",
        ),
        (Refusal::ReasonNeeded { at: am }, None, "reason-needed"),
        (Refusal::NotOnRoll { name: name(), date: today() }, None, "not-on-roll"),
        (Refusal::Unknown { what: "pupil" }, None, "unknown"),
        (
            Refusal::RegisterTaken { group: "8KM".to_owned(), at: at("08:50"), by: "Mrs Kemp".to_owned() },
            Some("the register of 8KM: ask the office"),
            "register-taken",
        ),
        (
            Refusal::AlreadyWatched { name: name(), reason: "truancy".to_owned() },
            Some("Khan, Amira 8KM: ask the office"),
            "forbidden",
        ),
        (
            Refusal::DoneAlready {
                says: "the DSL was told of Khan, Amira at 09:41 by S Marsh".to_owned(),
                at_gate: None,
                by: by(),
                at: time("09:41"),
            },
            Some("somebody has done it already: ask the office"),
            "done-already",
        ),
        (
            Refusal::DoneAlready {
                says: "Khan, Amira 8KM is out already: since 09:41, logged by S Marsh".to_owned(),
                at_gate: Some("Khan, Amira 8KM is out already: since 09:41".to_owned()),
                by: by(),
                at: time("09:41"),
            },
            Some("Khan, Amira 8KM is out already: since 09:41"),
            "done-already",
        ),
        (Refusal::NotWatched { name: name() }, Some("Khan, Amira 8KM: ask the office"), "forbidden"),
        (Refusal::Dates("the last day is before the first".to_owned()), None, "dates"),
        (Refusal::CannotUndo("there is nothing there to take back".to_owned()), None, "cannot-undo"),
        (Refusal::AlreadySo { name: name(), mark: mark("E") }, Some("Khan, Amira 8KM: ask the office"), "forbidden"),
        (
            Refusal::NotAllowed { what: "a mark".to_owned(), least: Role::Officer, role: Role::Gate },
            None,
            "not-allowed",
        ),
        (Refusal::Forbidden("say why the pupil goes out".to_owned()), None, "forbidden"),
        (Refusal::NotStaff { login: "jsmith".to_owned() }, None, "not-allowed"),
        (Refusal::OtherRole { role: Role::Reader }, None, "not-allowed"),
    ]
}

#[test]
fn every_refusal_has_its_place_in_the_table() {
    let places: Vec<usize> = table().iter().map(|(one, ..)| place(one)).collect();
    assert_eq!(places, (0..=21).collect::<Vec<usize>>());
}

#[test]
fn of_each_refusal_each_role_is_told_what_its_screen_shows() {
    for (one, at_gate, word) in table() {
        for role in ALL.iter().copied() {
            let answer = refusal(&one, role);
            if role != Role::Gate {
                assert_eq!(answer, whole(&one), "{role:?}");
                assert_eq!(answer.text, one.to_string(), "{role:?}");
                continue;
            }
            assert_eq!(answer.text, at_gate.map_or_else(|| one.to_string(), str::to_owned));
            assert_eq!(answer.word, word, "{one:?}");
            assert_eq!((answer.was, answer.now), (None, None), "no mark: {one:?}");
            let signs = matches!(one, Refusal::AlreadyIn { .. });
            assert_eq!(
                answer.by.is_some(),
                signs,
                "the gate's screen says who logged an arrival, and no more: {one:?}"
            );
        }
    }
}

#[test]
fn of_reasons_the_gate_is_told_the_school_s_own_and_no_free_words() {
    let school = School::usual().unwrap();
    let answer = |reason: &str, role| late_reason(Some(reason.to_owned()), role, &school).is_some();
    assert!(answer("bus", Role::Gate) && !answer("CP: social worker brought her", Role::Gate));
    assert!(answer("CP: social worker brought her", Role::Reader));
}

#[test]
fn how_late_somebody_came_is_the_gate_s_own() {
    let already = Refusal::AlreadyIn {
        name: "Khan, Amira".to_owned(),
        time: time("08:57"),
        by: "S Marsh".to_owned(),
        mark: mark("L 17"),
    };
    let answer = refusal(&already, Role::Gate);
    assert_eq!(answer.text, "Khan, Amira is already in: logged 08:57 by S Marsh, L 17 min");
    assert_eq!((answer.now, answer.by.as_deref()), (Some(mark("L 17")), Some("S Marsh")));
}

#[test]
fn of_what_was_done_the_gate_is_told_in_its_own_words_or_in_none() {
    let done = |at_gate: Option<&str>| Receipt {
        act: ActId(7),
        text: "Khan, Amira 8KM must not be here: E, reported by Mrs Khan".to_owned(),
        at_gate: at_gate.map(str::to_owned),
        pupils: vec![AMIRA],
        group: None,
        lesson: None,
        but: Some("Khan, Bilal is at N".to_owned()),
        not_done: Vec::new(),
        undid: None,
    };
    assert_eq!(receipt(&done(None), Role::Gate), ("done".to_owned(), None));
    assert_eq!(receipt(&done(Some("Khan, Amira is in")), Role::Gate), ("Khan, Amira is in".to_owned(), None));
    for role in ALL.iter().copied().filter(|role| *role != Role::Gate) {
        let whole = done(Some("Khan, Amira is in"));
        assert_eq!(receipt(&whole, role), (whole.text.clone(), whole.but.clone()), "{role:?}");
    }
}
