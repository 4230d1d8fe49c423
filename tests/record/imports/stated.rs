//! Marks that another school states.

use firstbell::domain::incoming::Incoming;

use crate::support::*;

#[test]
fn marks_of_another_school_stand_only_where_nothing_is_recorded_here() {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(23), "N")]));
    let registers = desk.count("register");
    let stated = Incoming {
        stated: marks([
            ("0001", am(23), "/"),
            ("0001", pm(23), "I"),
            ("0003", am(23), "/"),
            // A Saturday, and before the pupil joins.
            ("0003", am(21), "/"),
            ("0009", am(23), "/"),
        ])
        .marks,
        ..Incoming::default()
    };
    let merged = desk.merge(&stated);
    assert_eq!((merged.marks.new, merged.marks.changed, merged.rejects.len()), (2, 0, 0), "{merged:?}");
    let told = "2: 3 marks of another record were left out: of sessions that have a mark here, that are none here, or in which \
                the pupil was not on roll here";
    assert_eq!(warned(&merged), [told]);
    assert_eq!([desk.mark(AMIRA, am(23)), desk.mark(AMIRA, pm(23)), desk.mark(SIOBHAN, am(23))], ["N", "I", "/"]);
    assert_eq!(desk.count("register"), registers, "no register is handed in by it");
    let before = desk.dump();
    let again = desk.merge(&stated);
    assert_eq!((again.marks.same, again.moved()), (2, false), "a second run changes nothing");
    assert_eq!(desk.dump(), before);
    desk.undo("09:00", merged.act.unwrap());
    assert_eq!([desk.mark(AMIRA, am(23)), desk.mark(SIOBHAN, am(23))], ["N", "blank"]);
}
