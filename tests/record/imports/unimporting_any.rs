//! Whatever files are brought in, one after another: taken back the last first, everything is as it was before each.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, Undo};
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{Incoming, IncomingContact, IncomingDates, IncomingMark, IncomingPupil};
use proptest::prelude::*;

use super::unimporting::{last, roll};
use crate::support::*;

/// The same, and the marks, without those who were brought and barred, and are no contact any more: they stay behind for their bar.
fn all_but_bars(desk: &Desk) -> Vec<Vec<Vec<Option<String>>>> {
    let mut all = roll(desk);
    let stay = desk.ask("SELECT id FROM contact WHERE gone AND id > 3 AND id IN (SELECT contact FROM bar)").concat();
    all[4].retain(|row| !stay.contains(&row[0]));
    all.push(desk.standing().remove(0));
    all
}

fn some_pupil() -> impl Strategy<Value = IncomingPupil> {
    let names = ["Khan", "Moss", "Firth"];
    (
        1_u32..12,
        0..3_usize,
        prop::option::of(7_i64..11),
        prop::option::of(0..3_usize),
        prop::option::of(0..2_usize),
        prop::option::of(20_u32..30),
    )
        .prop_map(move |(number, name, year, group, household, until)| {
            // Those of the tiny school keep their names, so that few rows are refused.
            let held =
                incoming().pupils.into_iter().map(|(_, one)| one).find(|one| one.key == key(&format!("{number:04}")));
            let new = IncomingPupil {
                key: key(&format!("9{number:02}")),
                surname: names[name].to_owned(),
                forename: format!("F{number}"),
                ..IncomingPupil::default()
            };
            IncomingPupil {
                year,
                group: group.map(|group| ["8KM", "9TR", "7XY"][group].to_owned()),
                household: household.map(|one| ["khan", "moss"][one].to_owned()),
                until: until.map(november),
                ..held.unwrap_or(new)
            }
        })
}

fn some_dates() -> impl Strategy<Value = IncomingDates> {
    prop_oneof![
        (1_u32..29, 0_u32..3).prop_map(|(from, days)| IncomingDates::Closed {
            from: november(from),
            until: november((from + days).min(30)),
            kind: Closure::Planned,
            name: "Works".to_owned(),
        }),
        (1_u32..30).prop_map(|day| IncomingDates::Open { from: november(day), until: november(day) }),
        (1_u32..30, 12_u32..14).prop_map(|(day, hour)| IncomingDates::EarlyEnd {
            date: november(day),
            at: local(november(day), &format!("{hour}:00")).time(),
            name: String::new(),
        }),
        (1_u32..5, 10_u32..20).prop_map(|(from, until)| IncomingDates::Term {
            name: "Autumn 2".to_owned(),
            from: november(from),
            until: NaiveDate::from_ymd_opt(2026, 12, until).unwrap(),
        }),
        (1_u32..30).prop_map(|day| IncomingDates::Usual { from: november(day), until: november(day) }),
    ]
}

fn some_files() -> impl Strategy<Value = Incoming> {
    let contacts = prop::collection::vec((1_u32..6, 1_i64..4, 0..3_usize, 0_u32..4), 0..6);
    let marks = prop::collection::vec((1_u32..6, 20_u32..25, 0..3_usize), 0..6);
    let pupils = prop::collection::vec(some_pupil(), 0..5);
    (pupils, contacts, prop::collection::vec(some_dates(), 0..4), marks).prop_map(|(pupils, contacts, dates, marks)| {
        let contact = |(number, order, name, phone): (u32, i64, usize, u32)| IncomingContact {
            phones: Some(vec![format!("0113 496 01{phone:02}")]),
            ..contact(&format!("{number:04}"), order, ["Mrs Khan", "Ms Noor", "Mr Obi"][name])
        };
        let mark = |(number, day, code): (u32, u32, usize)| IncomingMark {
            pupil: key(&format!("{number:04}")),
            at: am(day),
            mark: mark(["/", "N", "I"][code]),
            by: None,
        };
        Incoming {
            pupils: placed(pupils),
            contacts: placed(contacts.into_iter().map(contact)),
            calendar: placed(dates),
            marks: placed(marks.into_iter().map(mark)).into(),
            ..Incoming::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_files_are_brought_in_and_taken_back_leave_the_roll_as_it_was(files in prop::collection::vec(some_files(), 1..4)) {
        let mut desk = Desk::new();
        desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
        let mut stack = Vec::new();
        for (n, one) in files.iter().enumerate() {
            let before = all_but_bars(&desk);
            let at = format!("10:{n:02}");
            let merged = desk.store.merge(&desk.officer, now(&at), one, false, &mut |_, _| {}).unwrap();
            desk.store.day(november(24)).unwrap();
            if merged.moved() {
                stack.push((last(&desk), before, all_but_bars(&desk)));
            }
        }
        // The last first.
        while let Some((act, before, after)) = stack.pop() {
            let bars = desk.ask("SELECT * FROM bar");
            match desk.perform("11:00", &Act::Undo(Undo { act })) {
                Ok(undone) => {
                    prop_assert_eq!(all_but_bars(&desk), before);
                    let again = desk.undo("11:01", undone.act).act;
                    prop_assert_eq!(all_but_bars(&desk), after);
                    desk.undo("11:02", again);
                }
                // Marks stay where a pupil came with them, and then so does all that is before.
                Err(_) => break,
            }
            prop_assert_eq!(desk.ask("SELECT * FROM bar"), bars, "no bar moves");
        }
        desk.sound();
    }
}
