//! What holds of any day.

use proptest::prelude::*;

use super::support::*;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::{Evidence, Fact, Mark};
use crate::domain::testing::*;

fn clock(minute: i64) -> String {
    (time("08:00") + chrono::TimeDelta::minutes(minute)).format("%H:%M").to_string()
}

fn any_fact() -> impl Strategy<Value = Given> {
    let marks = prop::sample::select(vec!["/", "L 5", "U", "N", "O", "I", "V"]);
    let codes = prop::sample::select(vec!["I", "M", "G", "N", "V", "B", "E", "C2", "D", "Y1", "S"]);
    let decisions = prop::sample::select(vec!["/", "L", "U", "N", "O", "I", "M", "E"]);
    let reasons = prop::sample::select(vec![Some("I"), Some("M"), None]);
    (0_u8..11, marks, codes, decisions, reasons, any::<bool>(), 0_i64..420, 0_u8..3).prop_map(
        |(kind, marked, code, decision, reason, yes, minute, span)| {
            let (session, at) = (if yes { PM } else { AM }, clock(minute));
            match kind {
                0 | 1 => registered(session, marked, &at),
                2 => registered_by("Ms Beta", session, marked, &at),
                3 => late(&at),
                4 if span == 0 => reported(code, &at),
                4 | 5 => reported_for(session, code, &at),
                6 => out(&at, "out", reason),
                7 => back(&at),
                8 => sighted(&at, yes),
                9 => in_lesson(&at, if yes { "/" } else { "N" }),
                _ if span == 0 => answered(session, yes, &at),
                _ => decided(session, decision, &at),
            }
        },
    )
}

/// Facts, each recorded by an act of its own, in the order they are listed.
fn any_day() -> impl Strategy<Value = Vec<Given>> {
    prop::collection::vec(any_fact(), 0..8)
        .prop_map(|facts| facts.into_iter().zip(1..).map(|(one, act)| one.recorded_by(ActId(act))).collect())
}

fn both(facts: &[Given]) -> [Option<Mark>; 2] {
    with_line(facts, None, |line| Session::BOTH.map(|session| line.mark(session).mark))
}

/// Whether the order in which two facts are recorded may say something: decisions, one taker's registers, two things told, and
/// something told and the absence that it answers.
fn order_counts(one: &Given, other: &Given) -> bool {
    one.is_decision()
        || other.is_decision()
        || one.is_reported()
        || other.is_reported()
        || one.is_register() && other.is_register()
}

proptest! {
    #[test]
    fn the_order_in_which_facts_are_read_says_nothing(facts in any_day().prop_flat_map(|facts| {
        (Just(facts.clone()), Just(facts).prop_shuffle())
    })) {
        let (facts, shuffled) = facts;
        prop_assert_eq!(both(&facts), both(&shuffled));
    }

    #[test]
    fn the_order_of_recording_changes_nothing_but_where_a_rule_names_it(
        facts in any_day(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
    ) {
        if facts.len() > 1 {
            let (one, other) = (one.index(facts.len()), other.index(facts.len()));
            // Whatever lies between the two in the order of recording must not care either.
            let (from, until) = (one.min(other), one.max(other));
            let among = &facts[from..=until];
            let named = among.iter().any(|fact| order_counts(fact, &facts[one]) || order_counts(fact, &facts[other]));
            // Two arrivals, departures or sightings of one minute: the later recorded is the later.
            let same_minute = with_line(&facts, None, |line| {
                let mut moments: Vec<_> = line.signs().map(|event| event.at).collect();
                let all = moments.len();
                moments.dedup();
                moments.len() < all
            });
            if !named && !same_minute {
                let mut swapped = facts.clone();
                let (a, b) = (facts[one].act(), facts[other].act());
                swapped[one] = swapped[one].clone().recorded_by(b);
                swapped[other] = swapped[other].clone().recorded_by(a);
                prop_assert_eq!(both(&facts), both(&swapped));
            }
        }
    }

    #[test]
    fn what_speaks_only_of_the_afternoon_never_changes_the_morning(facts in any_day(), one in any_fact()) {
        let one = one.recorded_by(ActId(99));
        let is_later = with_line(std::slice::from_ref(&one), None, |line| {
            line.events().iter().all(|event| event.session == PM)
        });
        let mut more = facts.clone();
        more.push(one.clone());
        if is_later {
            prop_assert_eq!(both(&facts)[0], both(&more)[0], "{:?}", one);
        }
    }

    #[test]
    fn a_decision_is_stable(facts in any_day(), one in any_fact()) {
        let decision = decided(AM, "I", "09:00").recorded_by(ActId(50));
        let mut with = facts;
        with.push(decision);
        prop_assert_eq!(both(&with)[0], Some(mark("I")));
        if !one.is_decision() {
            with.push(one.recorded_by(ActId(51)));
            prop_assert_eq!(both(&with)[0], Some(mark("I")));
        }
    }

    #[test]
    fn the_settled_mark_confirmed_by_the_office_stands_and_contradicts_nothing(facts in any_day()) {
        for (session, settled) in Session::BOTH.into_iter().zip(both(&facts)) {
            let Some(mark) = settled else { continue };
            let fact = Fact::Office { mark, reason: "confirmed".to_owned() };
            let confirmed = Evidence { act: ActId(99), ..only(session, evidence(fact, "15:00")) };
            let mut with = facts.clone();
            with.push(Given::Evidence(confirmed));
            with_line(&with, None, |line| {
                prop_assert_eq!(line.mark(session).mark, Some(mark));
                prop_assert!(line.contradiction(session).is_none());
                Ok(())
            })?;
        }
    }

    #[test]
    fn a_mark_has_a_fact_that_decided_it_and_a_sentence(facts in any_day()) {
        with_line(&facts, None, |line| {
            for session in Session::BOTH {
                let settled = line.mark(session);
                prop_assert_eq!(settled.mark.is_some(), settled.by.is_some());
                let begins = settled.mark.map_or_else(|| "no mark yet".to_owned(), |mark| format!("{mark}: "));
                prop_assert!(settled.why().starts_with(&begins), "{}", settled.why());
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_provider_s_not_there_sends_nobody_home(facts in any_day()) {
        let mut with = facts;
        with.push(answered(PM, false, "15:09").recorded_by(ActId(99)));
        with_line(&with, None, |line| {
            let found = line.whereabouts().filter(|found| found.on_site == crate::domain::code::OnSite::No);
            prop_assert!(found.is_none_or(|found| matches!(found.by.what, crate::domain::timeline::What::Departure(_))));
            Ok(())
        })?;
    }

    #[test]
    fn whoever_comes_back_after_opening_with_no_register_yet_counts_as_here(minute in 1_i64..60) {
        let came = (time("13:20") + chrono::TimeDelta::minutes(minute)).format("%H:%M").to_string();
        let day = [registered(AM, "/", "08:50"), out("11:00", "collected", None), back(&came)];
        let at_the_gate = [registered(AM, "/", "08:50"), out("11:00", "collected", None), late(&came)];
        prop_assert_eq!(both(&day), both(&at_the_gate));
    }

    #[test]
    fn whoever_was_seen_last_and_not_missed_since_is_on_site(facts in any_day()) {
        let mut with = facts;
        with.push(sighted("15:05", true).recorded_by(ActId(99)));
        with_line(&with, None, |line| {
            let found = line.whereabouts();
            prop_assert_eq!(found.map(|found| found.on_site), Some(crate::domain::code::OnSite::Yes));
            Ok(())
        })?;
    }
}
