//! Who is on roll and was not in the last export of it: known since when, and asked about until somebody answers.

use firstbell::domain::act::{ConfirmLeavers, Leave, Stay};
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::pupil::PupilId;

use super::unimporting::import;
use crate::support::*;

/// The export of the whole roll without these.
fn without(numbers: &[&str]) -> Incoming {
    let rows = incoming().pupils.into_iter().map(|(_, row)| row);
    pupils(rows.filter(|row| !numbers.contains(&row.key.admission_no.as_deref().unwrap())).collect::<Vec<_>>())
}

fn missing(desk: &Desk) -> Vec<(PupilId, i64)> {
    desk.store.missing_from_export().unwrap().into_iter().map(|one| (one.pupil, one.import.0)).collect()
}

#[test]
fn who_is_missing_is_known_since_the_first_export_and_named_again_no_more() {
    let mut desk = Desk::new();
    assert_eq!(missing(&desk), []);
    let first = import(&mut desk, "08:00", &without(&["0003", "0005"]));
    assert_eq!(missing(&desk), [(SIOBHAN, first.0), (ZOE, first.0)]);
    let merged = desk.merge(&without(&["0003", "0005"]));
    assert_eq!((merged.missing.same, merged.moved()), (2, false), "a second run changes nothing");
    let second = import(&mut desk, "08:01", &without(&["0003", "0004"]));
    assert_eq!(missing(&desk), [(SIOBHAN, first.0), (LOUIS, second.0)], "since the first, and ZOE is there again");
    let undone = desk.undo("08:02", second).act;
    assert_eq!(missing(&desk), [(SIOBHAN, first.0), (ZOE, first.0)]);
    desk.undo("08:03", undone);
    assert_eq!(missing(&desk), [(SIOBHAN, first.0), (LOUIS, second.0)]);
    // A few rows are no export of the roll, and name who they name.
    desk.merge(&pupils(
        without(&[])
            .pupils
            .into_iter()
            .map(|(_, row)| row)
            .filter(|row| row.key.admission_no.as_deref() == Some("0004")),
    ));
    assert_eq!(missing(&desk), [(SIOBHAN, first.0)]);
}

#[test]
fn they_have_left_or_stay_until_a_later_export_names_them() {
    let mut desk = Desk::new();
    let first = import(&mut desk, "08:00", &without(&["0003", "0005"]));
    let stay = desk.done("09:00", Stay { pupils: vec![ZOE] });
    assert!(stay.text.ends_with("stay on roll"), "{}", stay.text);
    assert_eq!(missing(&desk), [(SIOBHAN, first.0)]);
    assert!(!desk.merge(&without(&["0003", "0005"])).moved(), "not asked again by the same export");
    assert_eq!(missing(&desk), [(SIOBHAN, first.0)]);
    let text = desk.refused("09:01", Stay { pupils: vec![AMIRA] });
    assert_eq!(text, "of Khan, Amira 8KM nobody asks: the last export named them, or they are known to stay");
    let undone = desk.undo("09:02", stay.act);
    assert_eq!(missing(&desk).len(), 2);
    desk.undo("09:03", undone.act);
    import(&mut desk, "09:04", &without(&["0003"]));
    import(&mut desk, "09:05", &without(&["0003", "0005"]));
    assert_eq!(missing(&desk).len(), 2, "named since, and gone again");
    let leave = Leave { pupil: SIOBHAN, on: Some(november(20)), destination: String::new(), saw: None };
    desk.done("09:06", leave);
    assert!(!desk.merge(&without(&["0003", "0005"])).moved(), "who has left is not missing");
}

#[test]
fn that_a_later_export_does_not_name_a_pupil_keeps_nobody_on_the_roll() {
    let mut desk = Desk::new();
    let wrong = import(&mut desk, "08:00", &pupils([super::unimporting::newcomer("101", "Firth")]));
    let right = import(&mut desk, "08:01", &without(&[]));
    assert_eq!(missing(&desk), [(PupilId(11), right.0)]);
    desk.undo("08:02", wrong);
    assert_eq!(missing(&desk), []);
}

#[test]
fn several_have_left_in_one_act_and_nobody_of_whom_nobody_asks() {
    let mut desk = Desk::new();
    import(&mut desk, "08:00", &without(&["0003", "0005"]));
    let leavers = |pupils: &[PupilId]| {
        let (pupils, destination) = (pupils.to_vec(), "Elm High".to_owned());
        ConfirmLeavers { pupils, on: november(20), destination }
    };
    let left = desk.done("09:00", leavers(&[SIOBHAN, AMIRA, ZOE]));
    assert!(left.text.ends_with("leave, last day Fri 20 Nov 2026, to Elm High"), "{}", left.text);
    assert_eq!(left.not_done, ["of Khan, Amira 8KM nobody asks: a later export has named them, or they stay"]);
    let until = |desk: &mut Desk, pupils: &[PupilId]| -> Vec<_> {
        let roll = desk.store.day(november(24)).unwrap().roll;
        pupils.iter().map(|pupil| roll.pupil(*pupil).unwrap().until).collect()
    };
    assert_eq!(until(&mut desk, &[SIOBHAN, AMIRA, ZOE]), [Some(november(20)), None, Some(november(20))]);
    assert!(desk.refused("09:01", leavers(&[ZOE])).contains("is Fri 20 Nov 2026 by now"));
    desk.undo("09:02", left.act);
    assert_eq!(until(&mut desk, &[SIOBHAN, ZOE]), [None, None], "one undo takes all back");
}
