//! Figures as they were known at the end of a day: whatever is done later, they stay what they were.

use firstbell::domain::figures::Figures;
use firstbell::domain::figures::question::{Question, Whom};
use firstbell::domain::figures::split::{By, Key};
use firstbell::domain::figures::tally::Tally;
use firstbell::domain::people::pupil::PupilId;
use hashbrown::HashMap;
use proptest::prelude::*;

use super::desk;
use super::steps::steps;
use crate::support::*;

/// Everybody's figures from September to the 24th, seen on a day of November, as they were known on that of `as_of`.
fn figures(desk: &mut Desk, seen: u32, as_of: Option<u32>) -> HashMap<PupilId, Figures> {
    let asked = Question {
        dates: "2026-09-01".parse().unwrap()..november(25),
        whom: Whom::default(),
        as_of: as_of.map(november),
    };
    by_pupil(&desk.store.figures(&asked, local(november(seen), "23:50").and_utc()).unwrap())
}

fn by_pupil(tally: &Tally) -> HashMap<PupilId, Figures> {
    let of = |part: firstbell::domain::figures::split::Part| match part.key {
        Key::Pupil(pupil) => (pupil, part.figures),
        key => panic!("{key:?}"),
    };
    tally.parts(By::Pupil).into_iter().map(of).collect()
}

/// Do it on that day; whether it was refused is nobody's matter here.
fn try_on(desk: &mut Desk, day: u32, at: &str, act: &firstbell::domain::act::Act) -> bool {
    desk.store.perform(&desk.officer, local(november(day), at).and_utc(), act).is_ok()
}

#[test]
fn what_is_told_the_day_after_was_not_known() {
    let mut desk = Desk::new();
    desk.done("08:50", handed_in(G8KM, am(24), "Mrs Kemp", &[(AMIRA, "N"), (SIOBHAN, "L 5")]));
    let known = figures(&mut desk, 24, None);
    assert_eq!((known[&AMIRA].unauthorised, known[&SIOBHAN].minutes), (1, 5));

    let saw = desk.revision(AMIRA, am(24));
    assert!(try_on(&mut desk, 25, "09:00", &amend(AMIRA, am(24), "I", "mother rang", saw)));
    // A register that nobody had handed in, and a mark of it put right twice.
    assert!(try_on(&mut desk, 25, "09:05", &handed_in(G9TR, am(24), "Mr Rao", &[(ZOE, "N")]).into()));
    for (at, code) in [("09:10", "M"), ("09:20", "I")] {
        let saw = desk.revision(ZOE, am(24));
        assert!(try_on(&mut desk, 25, at, &amend(ZOE, am(24), code, "letter", saw)));
    }
    let now = figures(&mut desk, 26, None);
    assert_eq!((now[&AMIRA].authorised, now[&ZOE].authorised), (1, 1));
    assert_eq!(figures(&mut desk, 26, Some(24)), known);
    assert_eq!(figures(&mut desk, 26, Some(25)), now);
    // On the 23rd there was no mark of the 24th, nor was there a 24th.
    let before = figures(&mut desk, 26, Some(23));
    assert!(before.values().all(|figures| figures.possible == 0));
    assert_eq!(before[&AMIRA].blanks + 2, known[&AMIRA].blanks + known[&AMIRA].possible);
}

#[test]
fn what_is_known_of_the_afternoon_is_not_met_in_the_morning() {
    let mut desk = Desk::new();
    desk.done("08:50", handed_in(G8KM, am(24), "Mrs Kemp", &[(AMIRA, "/")]));
    desk.done("09:00", report(&[AMIRA], "G", pm(24), pm(24)));
    for (at, possible, unauthorised) in [("13:19", 1, 0), ("13:20", 2, 1)] {
        let now = local(november(24), at);
        let asked = desk.store.attendance(&[AMIRA], now).unwrap()[&AMIRA];
        assert_eq!((asked.possible, asked.unauthorised), (possible, unauthorised), "{at}");
        let (firm, _) = desk.store.unauthorised(AMIRA, &(november(24)..=november(24)), now).unwrap();
        assert_eq!(firm.len(), unauthorised as usize, "{at}");
        let mut seen = Vec::new();
        desk.store
            .trigger_records(november(24), now.and_utc(), Some(AMIRA), |_, record| {
                seen.extend(record.sessions.iter().filter(|one| one.is_unauthorised()).map(|one| one.at));
            })
            .unwrap();
        assert_eq!(seen, firm, "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_was_known_stays_what_it_was(before in steps(), after in steps()) {
        let mut desk = desk();
        for (n, (step, _)) in before.iter().enumerate() {
            let act = step.act(&mut desk);
            try_on(&mut desk, 24, &format!("15:{:02}", n % 60), &act);
        }
        let known = figures(&mut desk, 24, None);
        let roll = desk.store.roll().clone();
        for (n, (step, _)) in after.iter().enumerate() {
            let act = step.act(&mut desk);
            try_on(&mut desk, 25, &format!("09:{:02}", n % 60), &act);
        }
        let later = figures(&mut desk, 26, Some(24));
        for pupil in &roll.pupils {
            // Who is on the roll, and when, is as it is known now.
            let is_as_before = desk.store.roll().pupil(pupil.id).is_some_and(|now| (now.from, now.until) == (pupil.from, pupil.until));
            if is_as_before {
                prop_assert_eq!(later.get(&pupil.id), known.get(&pupil.id), "{}", pupil.list_name());
            }
        }
    }

    /// At every hour of the day the caseload says of each pupil what the figures say.
    #[test]
    fn the_caseload_counts_as_the_figures_do(before in steps(), hour in 7_u32..24, minute in 0_u32..60, known: bool) {
        let mut desk = desk();
        for (n, (step, _)) in before.iter().enumerate() {
            let act = step.act(&mut desk);
            try_on(&mut desk, 24, &format!("08:{:02}", n % 60), &act);
        }
        let now = local(november(24), &format!("{hour:02}:{minute:02}"));
        let asked = Question { dates: "2026-08-01".parse().unwrap().."2027-08-01".parse().unwrap(), whom: Whom::default(), as_of: None };
        let tally = desk.store.figures(&asked, now.and_utc()).unwrap();
        let counted: HashMap<PupilId, Figures> = by_pupil(&tally);
        let pupils: Vec<PupilId> = counted.keys().copied().collect();
        if known {
            // What the watch rules need of the days before has been read.
            desk.store.day(november(24)).unwrap();
            desk.store.standing(november(24)).unwrap();
        }
        let caseload = desk.store.attendance(&pupils, now).unwrap();
        for (pupil, figures) in counted {
            let figures = Figures { blanks: 0, minutes: 0, ..figures };
            prop_assert_eq!(caseload[&pupil], figures);
        }
    }
}
