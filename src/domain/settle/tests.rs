//! Which fact decides, what is said of it, and what cannot be true together.

use super::*;
use crate::domain::testing::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn settle_am(evidence: &[Evidence]) -> Settled {
    settle(evidence, Session::Am, &morning(), &codes())
}

fn settled_mark(evidence: &[Evidence]) -> String {
    settle_am(evidence).mark.map_or_else(|| "blank".to_owned(), |mark| mark.to_string())
}

#[test]
fn nothing_known_is_a_blank_and_not_an_n() {
    let settled = settle_am(&[]);
    assert_eq!((settled.mark, settled.on_site), (None, OnSite::Unknown));
    assert_eq!(settled.why, "no mark yet");
}

#[test]
fn each_order_pair_says_why() {
    let ill = || report("I", "08:15");
    let cases: Vec<(Vec<Evidence>, &str)> = vec![
        // One fact alone.
        (vec![tutor("/", "08:50")], "/: tutor / 08:50"),
        (vec![tutor("N", "08:50")], "N: tutor N 08:50"),
        (vec![tutor("L 5", "08:50")], "L 5 min: tutor L 5 min 08:50"),
        (vec![gate("08:40")], "/: gate 08:40"),
        (vec![gate("08:57")], "L 17 min: gate 08:57"),
        (vec![gate("09:10")], "U 30 min: gate 09:10"),
        (vec![ill()], "I: report I by Mrs Khan, mother"),
        (vec![plan("V", "museum trip")], "V: plan V museum trip"),
        (vec![office("O", "10:00")], "O: office O 10:00"),
        // Office over everything.
        (vec![office("O", "10:00"), gate("09:40")], "O: office O 10:00 beats gate 09:40"),
        (vec![office("N", "10:00"), tutor("/", "08:50")], "N: office N 10:00 beats tutor / 08:50"),
        (vec![office("O", "10:00"), ill()], "O: office O 10:00 beats report I by Mrs Khan, mother"),
        (vec![office("I", "10:00"), tutor("N", "08:50")], "I: office I 10:00 beats tutor N 08:50"),
        (vec![office("M", "10:30"), office("I", "10:00")], "M: office M 10:30 beats office I 10:00"),
        // Gate over tutor and telling.
        (vec![gate("08:57"), tutor("N", "08:50")], "L 17 min: gate 08:57 beats tutor N 08:50"),
        (vec![gate("08:57"), tutor("/", "08:50")], "L 17 min: gate 08:57 beats tutor / 08:50"),
        (vec![gate("08:57"), ill()], "L 17 min: gate 08:57 beats report I by Mrs Khan, mother"),
        (vec![gate("09:40"), tutor("N", "08:50")], "U 60 min: gate 09:40 beats tutor N 08:50"),
        (vec![gate("09:20"), gate("08:57")], "L 17 min: gate 08:57 beats gate 09:20"),
        // ... but a better code covers an arrival after close.
        (vec![gate("09:40"), report("M", "08:15")], "M: report M by Mrs Khan, mother covers gate 09:40"),
        (vec![gate("09:40"), plan("Y1", "bus did not run")], "Y1: plan Y1 bus did not run covers gate 09:40"),
        (vec![gate("09:40"), report("G", "08:15")], "U 60 min: gate 09:40 beats report G by Mrs Khan, mother"),
        (vec![gate("09:40"), plan("V", "trip")], "U 60 min: gate 09:40 beats plan V trip"),
        (vec![tutor("U", "09:30"), report("M", "08:15")], "M: report M by Mrs Khan, mother covers tutor U 09:30"),
        // Tutor present over telling; telling over tutor absent; tutor's U was a sighting.
        (vec![tutor("/", "08:50"), ill()], "/: tutor / 08:50 beats report I by Mrs Khan, mother"),
        (vec![tutor("L", "08:50"), ill()], "L: tutor L 08:50 beats report I by Mrs Khan, mother"),
        (vec![tutor("U", "09:30"), report("G", "08:15")], "U: tutor U 09:30 beats report G by Mrs Khan, mother"),
        (vec![tutor("N", "08:50"), ill()], "I: report I by Mrs Khan, mother beats tutor N 08:50"),
        (vec![tutor("O", "08:50"), plan("C2", "")], "C2: plan C2 beats tutor O 08:50"),
        (vec![report("M", "09:00"), ill()], "M: report M by Mrs Khan, mother beats report I by Mrs Khan, mother"),
        // Those who agree are not beaten.
        (vec![gate("08:57"), tutor("L", "08:50")], "L 17 min: gate 08:57"),
        (vec![office("L", "09:30"), gate("08:57")], "L 17 min: office L 09:30"),
        (vec![office("I", "10:00"), ill()], "I: office I 10:00"),
    ];
    for (evidence, why) in cases {
        assert_eq!(settle_am(&evidence).why, why);
    }
}

#[test]
fn an_office_n_gives_way_to_an_arrival_logged_since() {
    let answered = [office("N", "09:15"), gate("09:40")];
    assert_eq!(settle_am(&answered).why, "U 60 min: gate 09:40 beats office N 09:15");
    assert_eq!(settled_mark(&[gate("09:05"), office("N", "09:15")]), "N", "decided in spite of the arrival");
    assert_eq!(settled_mark(&[office("O", "09:15"), gate("09:40")]), "O", "a decided absence stands until amended");
}

#[test]
fn a_tutor_may_correct_the_register_but_not_a_colleague() {
    assert_eq!(settled_mark(&[tutor("/", "08:45"), tutor("N", "08:52")]), "N");
    let cover = Evidence { who: "Mr Rao".to_owned(), ..tutor("N", "08:52") };
    assert_eq!(settled_mark(&[tutor("/", "08:45"), cover]), "/");
}

#[test]
fn an_office_late_takes_the_minutes_of_the_arrival() {
    assert_eq!(settled_mark(&[gate("09:12"), office("L", "09:30")]), "L 32 min");
    assert_eq!(settled_mark(&[gate("09:12"), office("L 20", "09:30")]), "L 20 min");
    assert_eq!(settled_mark(&[office("U", "09:30")]), "U");
    assert_eq!(settled_mark(&[gate("09:12"), office("M", "09:30")]), "M");
}

#[test]
fn who_was_seen_is_on_site_whatever_the_code() {
    for (evidence, on_site) in [
        (vec![gate("09:40")], OnSite::Yes),
        (vec![gate("09:40"), report("M", "08:15")], OnSite::Yes),
        (vec![tutor("U", "09:30"), report("M", "08:15")], OnSite::Yes),
        (vec![gate("09:40"), office("O", "10:00")], OnSite::Yes),
        (vec![tutor("/", "08:50")], OnSite::Yes),
        (vec![tutor("/", "08:50"), report("I", "08:15")], OnSite::Yes),
        (vec![tutor("/", "08:50"), office("N", "10:00")], OnSite::Unknown),
        (vec![tutor("/", "08:50"), office("I", "10:00")], OnSite::No),
        (vec![tutor("N", "08:50")], OnSite::Unknown),
        (vec![tutor("&", "08:50")], OnSite::Unknown),
        (vec![plan("V", "trip")], OnSite::No),
        (vec![report("I", "08:15")], OnSite::No),
    ] {
        assert_eq!(settle_am(&evidence).on_site, on_site, "{evidence:?}");
    }
}

fn by(who: &str, one: Evidence) -> Evidence {
    match one.fact {
        Fact::Report { code, words, .. } => Evidence { fact: Fact::Report { code, by: who.to_owned(), words }, ..one },
        _ => one,
    }
}

#[test]
fn what_cannot_be_true_together_is_said_until_the_office_decides() {
    let cases: Vec<(Vec<Evidence>, Option<&str>)> = vec![
        (vec![report("I", "08:15"), tutor("/", "08:50")], Some("report I by Mrs Khan, mother, but tutor / 08:50")),
        (vec![report("I", "08:15"), gate("08:57")], Some("report I by Mrs Khan, mother, but gate 08:57")),
        (vec![plan("V", "trip"), gate("09:40")], Some("plan V trip, but gate 09:40")),
        (vec![office("/", "08:50"), report("I", "09:15")], Some("report I by Mrs Khan, mother, but office / 08:50")),
        (vec![gate("08:30"), tutor("N", "08:50")], Some("gate 08:30, but tutor N 08:50")),
        (vec![tutor("/", "08:50"), gate("09:40")], Some("tutor / 08:50, but gate 09:40")),
        (vec![office("O", "09:15"), gate("09:40")], Some("office O 09:15, but gate 09:40")),
        (vec![office("I", "09:05"), tutor("/", "09:20")], Some("office I 09:05, but tutor / 09:20")),
        (vec![gate("08:44"), tutor("N", "08:52")], Some("gate 08:44, but tutor N 08:52")),
        (vec![plan("V", "trip"), tutor("N", "08:50")], Some("plan V trip, but tutor N 08:50")),
        (
            vec![report("I", "08:15"), by("Mr Khan, father", report("M", "09:01"))],
            Some("report I by Mrs Khan, mother, but report M by Mr Khan, father"),
        ),
        // Decided since.
        (vec![report("I", "08:15"), tutor("/", "08:50"), office("I", "09:15")], None),
        (vec![gate("08:30"), tutor("N", "08:50"), office("/", "09:15")], None),
        (vec![tutor("/", "08:50"), gate("09:40"), office("/", "10:00")], None),
        (vec![plan("V", "trip"), tutor("N", "08:50"), office("V", "09:15")], None),
        // No contradiction at all.
        (vec![report("I", "08:15"), report("M", "09:01")], None),
        (vec![report("I", "08:15"), by("Mr Khan, father", report("I", "09:01"))], None),
        (vec![plan("C2", "part time"), tutor("N", "08:50")], None),
        (vec![plan("V", "trip"), tutor("V", "08:50")], None),
        (vec![report("M", "08:15"), gate("09:40")], None),
        (vec![office("M", "09:15"), gate("09:40")], None),
        (vec![office("N", "09:15"), gate("09:40")], None),
        (vec![tutor("N", "08:50"), gate("08:57")], None),
        (vec![tutor("U", "09:45"), gate("09:40")], None),
        (vec![tutor("N", "08:50"), report("I", "09:15")], None),
        (vec![report("N", "08:15"), tutor("/", "08:50")], None),
        (vec![], None),
    ];
    for (evidence, contradiction) in cases {
        let said = settle_am(&evidence).contradiction.map(|found| found.to_string());
        assert_eq!(said.as_deref(), contradiction, "{evidence:?}");
    }
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let text = prop::sample::select(vec!["/", "L", "L 5", "U", "N", "O", "I", "M", "V", "G", "C2", "D", "#", "&"]);
    (0_u8..5, text, 0_i64..240).prop_map(|(kind, text, minute)| match kind {
        0 => Fact::Tutor(mark(text)),
        1 => Fact::Gate { time: time("08:00") + TimeDelta::minutes(minute), reason: None },
        2 => Fact::Report { code: mark(text).code, by: "father".to_owned(), words: String::new() },
        3 => Fact::Plan { code: mark(text).code, words: "trip".to_owned() },
        _ => Fact::Office { mark: mark(text), reason: String::new() },
    })
}

/// Facts of any kind in any order, each recorded by another colleague in a minute of its own.
fn any_evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let recorded = |facts: Vec<Fact>| {
        (1..)
            .zip(facts)
            .map(|(act, fact)| {
                let at = at("08:00") + TimeDelta::minutes(7 * act);
                Evidence { act: ActId(act), fact, who: format!("colleague {act}"), at }
            })
            .collect::<Vec<_>>()
    };
    prop::collection::vec(any_fact(), 0..6).prop_map(recorded).prop_shuffle()
}

proptest! {
    #[test]
    fn the_order_in_which_evidence_is_read_says_nothing(evidence in any_evidence()) {
        let mut sorted = evidence.clone();
        sorted.sort_by_key(stamp);
        prop_assert_eq!(settle_am(&evidence), settle_am(&sorted));
    }

    #[test]
    fn a_weaker_fact_never_changes_the_mark(evidence in any_evidence(), one in any_fact()) {
        let codes = codes();
        let weaker = Evidence { act: ActId(50), fact: one, who: "somebody else".to_owned(), at: at("11:00") };
        let added = strength(&weaker.fact, &codes);
        let strongest = evidence.iter().map(|one| strength(&one.fact, &codes)).max();
        // The exceptions of the rule: an office N waits for an arrival, and a U for a better code.
        let waits = evidence.iter().any(|one| matches!(one.fact, Fact::Office { mark, .. } if mark.code == Code::N));
        let seen: Vec<Evidence> =
            evidence.iter().filter(|one| strength(&one.fact, &codes) > Strength::Told).cloned().collect();
        let late = settle_am(&seen).mark.is_some_and(|mark| mark.code == Code::U);
        if Some(added) < strongest && !waits && !(late && added == Strength::Told) {
            let mut more = evidence.clone();
            more.push(weaker);
            // The code alone: minutes that an office L left open come from an arrival.
            let code = |evidence: &[Evidence]| settle_am(evidence).mark.map(|mark| mark.code);
            prop_assert_eq!(code(&more), code(&evidence));
        }
    }

    #[test]
    fn the_settled_mark_confirmed_by_the_office_stands(evidence in any_evidence()) {
        if let Some(mark) = settle_am(&evidence).mark {
            let mut confirmed = evidence;
            confirmed.push(Evidence {
                act: ActId(99),
                fact: Fact::Office { mark, reason: "confirmed".to_owned() },
                who: "S Marsh".to_owned(),
                at: at("12:00"),
            });
            let again = settle_am(&confirmed);
            prop_assert_eq!(again.mark, Some(mark));
            prop_assert_eq!(again.contradiction, None);
        }
    }

    #[test]
    fn a_mark_needs_evidence_and_evidence_gives_a_mark(evidence in any_evidence()) {
        prop_assert_eq!(settle_am(&evidence).mark.is_none(), evidence.is_empty());
    }
}
