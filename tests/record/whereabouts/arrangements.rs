//! Arrangements for many: each pupil's marks are what the same arrangement for one gives, and a change, an end and an undo leave the
//! days before as they were.

use std::collections::BTreeMap;

use firstbell::domain::act::{Act, Arrange, ChangeArrangement, EndArrangement, Leave, Undo};
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::facts::arrangement::{Arrangement, Terms};
use firstbell::domain::incoming::{Incoming, IncomingDates};
use firstbell::domain::people::pupil::PupilId;
use proptest::prelude::*;

use crate::support::*;

/// Every mark of November that stands.
fn marks(desk: &mut Desk) -> BTreeMap<(i64, String), String> {
    let rows =
        desk.ask("SELECT pupil, date || ' ' || session, code || coalesce(minutes, '') FROM mark WHERE code <> ''");
    rows.into_iter()
        .map(|row| {
            let mut row = row.into_iter().flatten();
            ((row.next().unwrap().parse().unwrap(), row.next().unwrap()), row.next().unwrap())
        })
        .collect()
}

/// The days of a pupil's marks: "24 PM W".
fn of(desk: &mut Desk, pupil: PupilId) -> Vec<String> {
    let of_pupil = |((id, at), code): ((i64, String), String)| (id == pupil.0).then(|| format!("{} {code}", &at[8..]));
    marks(desk).into_iter().filter_map(of_pupil).collect()
}

fn held(desk: &mut Desk) -> Arrangement {
    desk.store.day(november(24)).unwrap().roll.arrangements()[0].clone()
}

#[test]
fn it_covers_its_days_of_school_and_no_other() {
    let mut desk = Desk::new();
    let receipt = desk.done("08:00", arranged(&[AMIRA, BILAL, AMIRA], "W", "every fri pm", 2, 30));
    assert_eq!(receipt.text, "W Harbour Garage: Fri PM, Mon 2 Nov to Mon 30 Nov, 2 pupils");
    assert_eq!(of(&mut desk, AMIRA), ["06 PM W", "13 PM W", "20 PM W", "27 PM W"]);
    assert_eq!(of(&mut desk, BILAL), of(&mut desk, AMIRA));
    assert_eq!(of(&mut desk, ZOE), [] as [String; 0]);
    let held = held(&mut desk);
    assert_eq!((held.who.as_str(), held.count(november(24))), ("S Marsh", 2));
    desk.undo("08:05", receipt.act);
    assert_eq!(of(&mut desk, AMIRA), [] as [String; 0]);
    assert!(desk.store.day(november(24)).unwrap().roll.arrangements().is_empty());
}

#[test]
fn what_cannot_be_is_refused_whole() {
    let mut desk = Desk::new();
    let one = || arranged(&[AMIRA, BILAL], "W", "fri pm", 2, 30);
    let terms = |change: fn(&mut Terms)| {
        let mut act = one();
        change(&mut act.terms);
        act
    };
    for (act, says) in [
        (Arrange { pupils: vec![], ..one() }, "say who is in it: nobody is ticked or named"),
        (
            terms(|terms| terms.title = " ".to_owned()),
            "say with whom or what it is: the provider, or the name of the trip",
        ),
        (terms(|terms| terms.number = "ask Jo".to_owned()), "“ask Jo” is no whole telephone number"),
        (terms(|terms| terms.until = november(1)), "Sun 1 Nov 2026 is before Mon 2 Nov 2026: give the first day first"),
        (terms(|terms| terms.until = november(4)), "no Fri PM lies in Mon 2 Nov to Wed 4 Nov"),
        (
            terms(|terms| terms.review = Some(november(1))),
            "the review, Sun 1 Nov 2026, is not between its first day and its last",
        ),
        (
            Arrange { code: code_of("M"), ..one() },
            "M (medical or dental appointment) is nothing that a school arranges: write one such as V, W, B, D or C2",
        ),
        (Arrange { pupils: vec![AMIRA, JOINER], ..one() }, "Newby, Joe is not on roll on Mon 2 Nov 2026"),
    ] {
        assert_eq!(desk.refused("08:00", act), says);
    }
    desk.done("08:00", one());
    assert_eq!(desk.refused("08:01", one()), "W Harbour Garage, Fri PM is there already: change that one");
}

#[test]
fn stronger_evidence_stands_and_a_report_of_absence_displaces_it() {
    let mut desk = Desk::new();
    desk.done("08:00", report(&[BILAL], "I", am(24), pm(24)));
    desk.done("08:55", register(G8KM, am(24), &[(AMIRA, "/"), (LOUIS, "N")]));
    let saw = desk.revision(SIOBHAN, am(24));
    desk.done("09:00", amend(SIOBHAN, am(24), "I", "rang", saw));
    desk.done("09:20", arranged(&[AMIRA, BILAL, SIOBHAN, LOUIS], "V", "tue", 24, 24));
    assert_eq!([AMIRA, BILAL, SIOBHAN, LOUIS].map(|one| desk.mark(one, am(24))), ["/", "I", "I", "V"]);
    assert_eq!(
        desk.amended(LOUIS),
        ["Tue 24 Nov AM: N -> V: Harbour Garage; V: plan V Harbour Garage beats tutor N 08:55"]
    );
}

#[test]
fn a_change_and_an_end_leave_the_days_before_as_they_were() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA, BILAL], "W", "fri pm", 2, 27));
    let one = held(&mut desk);
    let terms = Terms { title: "Quay Boats".to_owned(), review: Some(november(26)), ..one.terms.clone() };
    let change = ChangeArrangement::of(&one, november(14), terms, &[ZOE], &[BILAL]);
    let changed = desk.done("09:00", change.clone());
    assert_eq!(changed.text, "W Quay Boats: changed from Sat 14 Nov, 2 pupils");
    assert_eq!(of(&mut desk, AMIRA), ["06 PM W", "13 PM W", "20 PM W", "27 PM W"]);
    assert_eq!(
        (of(&mut desk, BILAL), of(&mut desk, ZOE)),
        (vec!["06 PM W".into(), "13 PM W".into()], vec!["20 PM W".into(), "27 PM W".into()])
    );
    let with = desk
        .ask("SELECT DISTINCT first_day, words FROM evidence WHERE withdrawn IS NULL AND pupil = 1 ORDER BY 1")
        .concat();
    let with: Vec<String> = with.into_iter().flatten().collect();
    assert_eq!(
        with,
        [
            "2026-11-06",
            "Harbour Garage",
            "2026-11-13",
            "Harbour Garage",
            "2026-11-20",
            "Quay Boats",
            "2026-11-27",
            "Quay Boats"
        ]
    );
    assert!(desk.refused("09:01", change).starts_with("Quay Boats was changed at 09:00 by S Marsh"));

    let now = held(&mut desk);
    let ended = desk.done("09:05", EndArrangement::of(&now, november(21), "left the garage".to_owned()));
    assert_eq!(ended.text, "W Quay Boats: ended, from Sat 21 Nov it is none, 2 pupils");
    assert_eq!(of(&mut desk, AMIRA), ["06 PM W", "13 PM W", "20 PM W"]);
    assert_eq!(held(&mut desk).when(november(24)), "ended Fri 20 Nov");
    let text = desk.refused("09:06", Undo { act: changed.act });
    assert_eq!(text, "Khan, Amira 8KM was changed at 09:05 by S Marsh: it was W, it is now blank");
    desk.undo("09:07", ended.act);
    assert_eq!(held(&mut desk), now);
    desk.undo("09:08", changed.act);
    assert_eq!(held(&mut desk), one);
    assert_eq!(of(&mut desk, BILAL), ["06 PM W", "13 PM W", "20 PM W", "27 PM W"]);
}

#[test]
fn it_is_taken_back_whole_though_marks_have_moved_since() {
    let mut desk = Desk::new();
    let before = marks(&mut desk);
    let entered = desk.done("08:00", arranged(&[AMIRA, BILAL], "W", "mon-fri", 23, 27));
    desk.done("08:55", register(G8KM, am(24), &[(AMIRA, "/")]));
    assert!(desk.refused("09:00", Undo { act: entered.act }).contains("was changed at"));
    let one = held(&mut desk);
    let ended = desk.done("09:05", EndArrangement::of(&one, november(23), String::new()));
    assert_eq!(ended.text, "W Harbour Garage: taken back whole, 2 pupils");
    assert_eq!(of(&mut desk, AMIRA), ["24 AM /"]);
    assert_eq!((of(&mut desk, BILAL), before.is_empty()), (vec![], true));
    assert_eq!(
        desk.amended(BILAL).last().map(String::as_str),
        Some("Fri 27 Nov PM: W -> blank: Harbour Garage ended; no mark yet")
    );
    desk.refused("09:06", Undo { act: entered.act });
    desk.undo("09:07", ended.act);
    assert_eq!(held(&mut desk), one);
}

#[test]
fn whoever_leaves_is_covered_until_then_and_every_desk_sees_it() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA, LEAVER], "W", "fri", 24, 30));
    assert_eq!(of(&mut desk, LEAVER), ["27 AM W", "27 PM W"]);
    let mut other = desk.another("T Rao");
    assert_eq!(held(&mut other).members.len(), 2, "every desk sees it");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// What an arrangement for many gives is what the same gives when it is entered for each pupil by itself, day by day; and taken
    /// back it leaves the record as it was, whatever was known before.
    #[test]
    fn for_many_is_as_for_one_by_one(
        pupils in prop::collection::btree_set(1_i64..=8, 1..5),
        code in prop::sample::select(vec!["W", "V", "B", "D", "C2", "C", "K"]),
        days in prop::sample::select(vec!["mon-fri", "fri pm", "tue am, wed", "tue pm"]),
        (from, until) in (16_u32..=25, 24_u32..=30),
        known in prop::collection::vec((1_i64..=8, 0..6_usize, any::<bool>()), 0..6),
    ) {
        let ids: Vec<PupilId> = pupils.iter().map(|id| PupilId(*id)).collect();
        let act = arranged(&ids, code, days, from, until);
        let (mut many, mut one_by_one) = (Desk::new(), Desk::new());
        for desk in [&mut many, &mut one_by_one] {
            for (pupil, what, pm_too) in &known {
                let (pupil, at) = (PupilId(*pupil), if *pm_too { pm(24) } else { am(24) });
                let act: Act = match what {
                    0 => report(&[pupil], "I", am(24), at),
                    1 => arrival(pupil, "09:30"),
                    2 => register(G8KM, at, &[(AMIRA, "/"), (LOUIS, "N")]),
                    3 => amend(pupil, at, "O", "why", desk.revision(pupil, at)),
                    4 => report(&[pupil], "W", am(24), pm(25)),
                    _ => register(G9TR, at, &[(BILAL, "N"), (ZOE, "L 5")]),
                };
                let _ = desk.perform("15:00", &act);
            }
        }
        let before = marks(&mut many);
        // None of its days may lie in these dates.
        let Ok(entered) = many.perform("15:30", &act.clone().into()) else { return Ok(()) };
        for id in &ids {
            for date in act.from.iter_days().take_while(|date| *date <= act.terms.until) {
                let Some((first, last)) = act.terms.days.on(date) else { continue };
                let [first, last]: [SessionDate; 2] = [first, last];
                let _ = one_by_one.perform("15:30", &report(&[*id], code, first, last));
            }
        }
        let after = marks(&mut many);
        prop_assert_eq!(&after, &marks(&mut one_by_one));
        many.sound();

        let held = held(&mut many);
        let early = many.done("15:40", EndArrangement::of(&held, november(24), String::new()));
        many.sound();
        for ((pupil, at), code) in marks(&mut many) {
            if at.as_str() < "2026-11-24" {
                prop_assert_eq!(Some(&code), after.get(&(pupil, at)));
            } else {
                prop_assert_eq!(Some(&code), before.get(&(pupil, at)));
            }
        }
        many.undo("15:41", early.act);
        prop_assert_eq!(&marks(&mut many), &after);
        many.undo("15:42", entered.act);
        prop_assert_eq!(&marks(&mut many), &before);
    }
}

#[test]
fn whoever_is_elsewhere_then_by_another_is_named() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA, BILAL, ZOE], "W", "fri pm", 2, 30));
    let other = |days, pupils: &[PupilId]| {
        let mut act = arranged(pupils, "D", days, 24, 30);
        act.terms.title = "Elm High".to_owned();
        act
    };
    let both = desk.done("08:01", other("fri", &[AMIRA, ZOE, SIOBHAN]));
    let but = "elsewhere then already: Khan, Amira 8KM and 1 more, by W Harbour Garage, Fri PM; this one holds";
    assert_eq!(both.but.as_deref(), Some(but));
    assert_eq!(desk.mark(AMIRA, pm(27)), "D");
    desk.undo("08:02", both.act);
    assert_eq!(desk.mark(AMIRA, pm(27)), "W");
    assert_eq!(desk.done("08:03", other("fri am", &[AMIRA])).but, None);
    assert_eq!(desk.done("08:04", other("thu", &[BILAL])).but, None);
    // Whoever comes into one later is named as well; whoever was in it was named then.
    let one = desk.store.roll().arrangements().iter().find(|one| one.terms.title == "Harbour Garage").unwrap().clone();
    let change = ChangeArrangement::of(&one, november(24), one.terms.clone(), &[SIOBHAN], &[]);
    assert_eq!(desk.done("08:05", change).but, None);
    desk.done("08:06", other("fri pm", &[LOUIS]));
    let one = desk.store.roll().arrangements().iter().find(|one| one.terms.title == "Harbour Garage").unwrap().clone();
    let change = ChangeArrangement::of(&one, november(24), one.terms.clone(), &[LOUIS], &[]);
    let but = desk.done("08:07", change).but.unwrap();
    assert_eq!(but, "elsewhere then already: D’Arcy, Louis 8KM, by D Elm High, Fri PM; this one holds");
    assert_eq!(desk.mark(LOUIS, pm(27)), "W");
}

/// A leaver may stay after all, and a closed day be opened again: no mark of theirs outlives what it rested on.
#[test]
fn marks_of_a_leaver_and_of_a_closed_day_end_with_the_arrangement() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA, BILAL], "W", "mon-fri", 18, 27));
    let leave = Leave { pupil: AMIRA, on: Some(november(20)), destination: String::new(), saw: None };
    let left = desk.done("08:05", leave).act;
    let (from, until, name) = (november(26), november(26), "Snow".to_owned());
    let closed = IncomingDates::Closed { from, until, kind: Closure::Unexpected, name };
    let import = desk.merge(&Incoming { calendar: placed([closed]), ..Incoming::default() }).act.unwrap();
    let one = held(&mut desk);
    let ended = desk.done("08:10", EndArrangement::of(&one, november(23), "over".to_owned())).act;
    desk.sound();
    desk.undo("08:15", ended);
    desk.sound();
    let one = held(&mut desk);
    desk.done("08:20", EndArrangement::of(&one, november(23), "over".to_owned()));
    desk.undo("08:25", import);
    desk.undo("08:30", left);
    for pupil in [AMIRA, BILAL] {
        assert_eq!(of(&mut desk, pupil), ["18 AM W", "18 PM W", "19 AM W", "19 PM W", "20 AM W", "20 PM W"]);
    }
}

/// What was arranged while somebody was thought to have left reaches the days that are over too, once they have not.
#[test]
fn whoever_has_not_left_after_all_is_covered_on_every_day() {
    let mut desk = Desk::new();
    let leave = Leave { pupil: AMIRA, on: Some(november(20)), destination: String::new(), saw: None };
    let left = desk.done("08:00", leave).act;
    desk.done("08:05", arranged(&[AMIRA], "W", "mon-fri", 19, 25));
    assert_eq!(of(&mut desk, AMIRA), ["19 AM W", "19 PM W", "20 AM W", "20 PM W"]);
    let undo = desk.undo("08:10", left).act;
    assert_eq!(of(&mut desk, AMIRA)[4..], ["23 AM W", "23 PM W", "24 AM W", "24 PM W", "25 AM W", "25 PM W"]);
    desk.undo("08:15", undo);
}
