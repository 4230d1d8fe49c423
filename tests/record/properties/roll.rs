//! The roll, its corrections, imports and arrangements for many, in any order: marks are what the evidence says, for everybody on roll.

use firstbell::domain::act::{self, Act, ChangeArrangement, ChangeGroup, EndArrangement, Enrol, Leave};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;
use proptest::prelude::*;

use crate::support::*;

fn row(n: usize) -> IncomingPupil {
    incoming().pupils[n].1.clone()
}

fn brought(n: usize, a: u32, b: u32) -> Incoming {
    let of = |change: fn(&mut IncomingPupil, u32)| {
        let mut one = row(n);
        change(&mut one, a);
        pupils([one])
    };
    match b % 8 {
        0 => of(|one, a| one.until = Some(november(18 + a))),
        1 => of(|one, _| one.stays = true),
        2 => of(|one, a| one.from = Some(november(18 + a))),
        3 => of(|one, a| one.group = Some(["8KM", "9TR"][a as usize % 2].to_owned())),
        4 => of(|one, a| (one.from, one.stays) = (Some(november(18 + a)), true)),
        5 => {
            let (from, until) = (november(18 + a), november(18 + a));
            let closed = IncomingDates::Closed { from, until, kind: Closure::Inset, name: "x".to_owned() };
            Incoming { calendar: placed([closed]), ..Incoming::default() }
        }
        6 => Incoming {
            calendar: placed([IncomingDates::Open { from: november(18), until: november(30) }]),
            ..Incoming::default()
        },
        _ => {
            marks([("0001", SessionDate::new(november(23), Session::Am), if a.is_multiple_of(2) { "N" } else { "/" })])
        }
    }
}

fn step(desk: &mut Desk, what: u32, pupil: i64, a: u32, b: u32) -> Option<Act> {
    let pupil = PupilId(pupil);
    let day = desk.store.day(november(24)).unwrap();
    let half = |n: u32| if n.is_multiple_of(2) { Session::Am } else { Session::Pm };
    Some(match what {
        0 => {
            let saw = day.roll.pupil(pupil).and_then(|one| one.until);
            let on = (!b.is_multiple_of(3)).then(|| november(18 + a));
            Act::Leave(Leave { pupil, on, destination: String::new(), saw })
        }
        1 => {
            let saw = day.roll.pupil(pupil).and_then(|one| one.group);
            let group = if saw == Some(G8KM) { G9TR } else { G8KM };
            Act::ChangeGroup(ChangeGroup { pupil, group, from: november(18 + a), saw })
        }
        2 => Act::Enrol(Enrol {
            surname: format!("Joiner {a} {b}"),
            forename: "Jo".to_owned(),
            year: None,
            group: G8KM,
            from: november(18 + a),
            admission_no: String::new(),
            upn: String::new(),
        }),
        3 => arranged(
            &[pupil, PupilId(1 + pupil.0 % 4)],
            ["W", "C2", "V", "B"][b as usize % 4],
            ["mon-fri", "tue pm"][b as usize % 2],
            18 + a,
            24 + b % 7,
        )
        .into(),
        4 => {
            EndArrangement::of(day.roll.arrangements().get(b as usize % 2)?, november(18 + a), "over".to_owned()).into()
        }
        5 => {
            let held = day.roll.arrangements().get(b as usize % 2)?;
            let mut terms = held.terms.clone();
            if b.is_multiple_of(3) {
                terms.title = format!("Boats {a}");
            }
            if b.is_multiple_of(4) {
                terms.until = november(30);
            }
            ChangeArrangement::of(held, november(18 + a), terms, &[pupil], &[PupilId(1 + pupil.0 % 4)]).into()
        }
        6 => report(
            &[pupil],
            ["I", "M", "W"][b as usize % 3],
            SessionDate::new(november(18 + a), half(b)),
            SessionDate::new(november(24 + b % 7), Session::Pm),
        ),
        7 => {
            let at = SessionDate::new(november([23, 24, 20, 19][a as usize % 4]), half(b));
            register(G8KM, at, &[(AMIRA, ["/", "N"][a as usize % 2]), (LOUIS, ["/", "N"][b as usize % 2])])
        }
        8 => {
            let at = SessionDate::new(november([23, 24, 20, 19][a as usize % 4]), half(b));
            amend(pupil, at, ["I", "N", "/"][b as usize % 3], "why", desk.revision(pupil, at))
        }
        _ => {
            let ids = desk.ask("SELECT id FROM act WHERE id > 2 ORDER BY id DESC").concat();
            let id = ids.get((a % 5) as usize).cloned().flatten()?;
            Act::Undo(act::Undo { act: ActId(id.parse().unwrap()) })
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_roll_and_arrangements_leave_no_mark_behind(
        steps in prop::collection::vec((0_u32..13, 1_i64..=4, 0_u32..10, 0_u32..24), 1..9),
    ) {
        let mut desk = Desk::new();
        for (what, pupil, a, b) in steps {
            if (10..12).contains(&what) {
                desk.merge(&brought(pupil as usize - 1, a, b));
                desk.sound();
                continue;
            }
            let Some(act) = step(&mut desk, what.min(9), pupil, a, b) else { continue };
            let before = desk.dump();
            let standing = desk.standing();
            match desk.perform("15:00", &act) {
                Err(_) => prop_assert_eq!(desk.dump(), before),
                Ok(receipt) => {
                    desk.sound();
                    let after = desk.standing();
                    if let Ok(undone) = desk.perform("15:01", &Act::Undo(act::Undo { act: receipt.act })) {
                        // A pupil off the roll again keeps the marks of the days between: they count in nothing.
                        let is_of_roll = !(3..9).contains(&what);
                        prop_assert!(is_of_roll || desk.standing() == standing);
                        desk.sound();
                        if desk.perform("15:02", &Act::Undo(act::Undo { act: undone.act })).is_ok() {
                            prop_assert!(is_of_roll || desk.standing() == after);
                            desk.sound();
                        }
                    }
                }
            }
        }
    }
}
