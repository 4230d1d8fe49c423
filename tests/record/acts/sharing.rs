//! Several desks on one file: who sits where, what was shown to whom, and what each role may do.

use firstbell::domain::act::disclosure::{Disclosure, Shown};
use firstbell::domain::act::{Act, FollowLate, LogArrival, Undo, Watch};
use firstbell::domain::code::Code;
use firstbell::domain::facts::desk_presence::Place;
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::school::staff::Role;

use crate::support::*;

#[test]
fn a_desk_says_where_it_sits_until_it_leaves() {
    let mut desk = Desk::new();
    let mut gate = desk.another("J Ito");
    gate.officer.desk = "gate pts/2".to_owned();
    gate.store.store_presence(&gate.officer, Some((Place::Gate, None)), now("08:30"), now("08:50")).unwrap();
    desk.store.store_presence(&desk.officer, Some((Place::Office, Some(AMIRA))), now("08:41"), now("08:51")).unwrap();
    let today = desk.store.day(november(24)).unwrap();
    let presences: Vec<_> = today.desk_presences.iter().map(|one| (one.who.as_str(), one.place, one.calling)).collect();
    assert_eq!(presences, [("J Ito", Place::Gate, None), ("S Marsh", Place::Office, Some(AMIRA))]);
    assert_eq!(today.desk_presences.iter().filter(|one| one.is_current(local(november(24), "08:55"))).count(), 1);
    gate.store.store_presence(&gate.officer, None, now("08:55"), now("08:55")).unwrap();
    assert_eq!(desk.store.day(november(24)).unwrap().desk_presences.len(), 1);
    assert_eq!(desk.acts(), 0, "no part of the record");
}

#[test]
fn what_was_shown_is_put_down_with_who_and_when() {
    let mut desk = Desk::new();
    let number = Disclosure { shown: Shown::Number, pupil: Some(AMIRA), what: "contact 1".to_owned() };
    let list = Disclosure { shown: Shown::Export, pupil: None, what: "list for the DSL".to_owned() };
    for (time, one) in [("09:31", &number), ("10:05", &list)] {
        desk.store.disclose(&desk.officer, now(time), one).unwrap();
    }
    let shown = desk.store.disclosed(november(24)).unwrap();
    let disclosed: Vec<_> =
        shown.iter().map(|one| (one.at.time().to_string(), one.who.as_str(), &one.disclosure)).collect();
    assert_eq!(disclosed, [("09:31:00".to_owned(), "S Marsh", &number), ("10:05:00".to_owned(), "S Marsh", &list)]);
    assert_eq!(desk.store.disclosed(november(25)).unwrap(), []);
}

#[test]
fn a_gate_login_logs_arrivals_and_amends_nothing_by_itself_or_by_undoing() {
    let mut office = Desk::new();
    let mut gate = office.another("J Ito");
    gate.officer.role = Role::Gate;
    let marked = office.done("09:00", amend(AMIRA, am(24), "N", "", office.revision(AMIRA, am(24))));
    let text = gate.refused("09:05", amend(AMIRA, am(24), "/", "here", marked.act));
    assert_eq!(text, "“enter or amend a mark” is for an officer: this login is a gate's");
    let text = gate.refused("09:05", Act::Undo(Undo { act: marked.act }));
    assert_eq!(text, "“enter or amend a mark” is for an officer: this login is a gate's");
    assert_eq!(office.mark(AMIRA, am(24)), "N");

    let arrived = gate.done("09:06", arrival(AMIRA, "09:05"));
    assert_eq!(office.mark(AMIRA, am(24)), "L 25 min", "an N of the office gives way to who comes");
    gate.undo("09:07", arrived.act);
    let acts = office.ask("SELECT kind FROM act WHERE kind <> 'import' ORDER BY id");
    assert_eq!(acts.concat(), ["amend", "arrival", "undo"].map(|kind| Some(kind.to_owned())), "nothing of a refusal");
}

#[test]
fn a_code_is_entered_by_whom_the_rule_allows() {
    let mut desk = Desk::new();
    desk.officer.role = Role::Officer;
    let saw = desk.revision(AMIRA, am(24));
    let text = desk.refused("09:30", amend(AMIRA, am(24), "K", "arranged by the authority", saw));
    assert_eq!(text, "code K is for a lead: this login is an officer's");
    desk.officer.role = Role::Lead;
    desk.done("09:31", amend(AMIRA, am(24), "K", "arranged by the authority", saw));
    assert_eq!(desk.mark(AMIRA, am(24)), "K");
}

#[test]
fn an_arrival_counts_as_the_gate_says_for_a_reason() {
    let mut desk = Desk::new();
    let came = |code: &str, reason: Option<&str>| {
        let (reason, instead) = (reason.map(str::to_owned), Code::parse(code));
        LogArrival { reason, instead, ..came(ZOE, "09:20") }
    };
    assert_eq!(desk.refused("09:20", came("L", None)), "say why the arrival counts as L");
    let text = "an arrival counts as present, L or U, and not as I";
    assert_eq!(desk.refused("09:20", came("I", Some("ill"))), text);
    let late = desk.done("09:20", came("L", Some("school bus broke down")));
    assert_eq!(desk.mark(ZOE, am(24)), "L 40 min");
    desk.undo("09:21", late.act);
    assert_eq!(desk.mark(ZOE, am(24)), "blank");
    desk.done("09:22", came("/", Some("helped at the door")));
    assert_eq!(desk.mark(ZOE, am(24)), "/");
}

#[test]
fn a_late_is_followed_through_step_by_step() {
    let mut desk = Desk::new();
    let follow = |step, words: &str| {
        Act::FollowLate(FollowLate { pupils: vec![ZOE], at: am(24), step, words: words.to_owned() })
    };
    assert_eq!(
        desk.refused("09:00", follow(LateStep::Met, "")),
        "Brücke, Zoe\u{308} 9TR is not late in the Tue 24 Nov AM session"
    );
    desk.done("09:00", arrival(ZOE, "08:57"));
    desk.done("09:01", follow(LateStep::Met, ""));
    assert_eq!(desk.refused("09:02", follow(LateStep::Sanctioned, " ")), "say which sanction was given");
    let given = desk.done("09:02", follow(LateStep::Sanctioned, "15 min detention"));
    assert_eq!(given.text, "Brücke, Zoe\u{308} 9TR: sanction given, 15 min detention");
    desk.undo("09:03", given.act);
    let steps: Vec<LateStep> = desk.store.day(november(24)).unwrap().late_steps.iter().map(|one| one.step).collect();
    assert_eq!(steps, [LateStep::Met]);
    // Tomorrow it counts among those that came before.
    let tomorrow = desk.store.day(november(25)).unwrap();
    let tally = tomorrow.lates_before[&ZOE];
    assert_eq!((tally.half_term, tally.week, tally.week_minutes), (1, 1, 17));
}

#[test]
fn a_watched_pupil_s_entry_is_put_in_place_of_another_and_back() {
    let mut desk = Desk::new();
    let watch = |reason: &str, owner: Option<&str>, instead| {
        let (owner, review) = (owner.map(str::to_owned), Some(november(30)));
        Watch { owner, review, instead, ..watched(ZOE, reason) }
    };
    let first = desk.done("09:00", watch("quiet", None, None));
    let second = desk.done("09:10", watch("quiet, and late", Some("Mr Webb"), Some(first.act)));
    let text = desk.refused("09:11", watch("again", None, Some(first.act)));
    assert_eq!(text, "Brücke, Zoe\u{308} is already on the watch list: quiet, and late");
    let mut stands = || {
        let day = desk.store.day(november(24)).unwrap();
        day.watched.iter().map(|one| (one.reason.clone(), one.owner.clone(), one.review)).collect::<Vec<_>>()
    };
    assert_eq!(stands(), [("quiet, and late".to_owned(), "Mr Webb".to_owned(), Some(november(30)))]);
    let undone = desk.undo("09:12", second.act);
    let mut stands = || {
        let day = desk.store.day(november(24)).unwrap();
        day.watched.iter().map(|one| (one.reason.clone(), one.owner.clone())).collect::<Vec<_>>()
    };
    assert_eq!(stands(), [("quiet".to_owned(), "S Marsh".to_owned())]);
    desk.undo("09:13", undone.act);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.watched.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["quiet, and late"]);
}
