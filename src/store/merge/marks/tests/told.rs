//! What a file tells of the school's own system is found ahead of the lock; what another desk does meanwhile is not missed.

use super::*;
use crate::store::merge::marks::TO_COME;
use crate::store::merge::marks::told::{Ahead, tells};

#[test]
fn what_rows_tell_is_asked_anew_where_an_act_since_may_have_changed_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(&folder);
    let at = at(0, false);
    let taken = |by: TakenBy, text: &str| -> Act {
        TakeRegister { by, ..handed_in(G8KM, at, "", &[(PupilId(1), text)]) }.into()
    };
    let act = |store: &mut Store, act: &Act| {
        store.perform(&officer("S Marsh"), local(november(24), "15:05").and_utc(), act).unwrap();
    };
    act(&mut store, &taken(TakenBy::Paper("Mrs Kemp".to_owned()), "/"));
    let row = IncomingMark { pupil: key(1), at, mark: mark("/"), by: None };
    let marks: Marks = placed([row]).into();
    let found = |store: &Store| tells(&store.reader, &marks, TO_COME).unwrap().len();
    assert_eq!(found(&store), 1, "nobody has told the other system what was on paper");
    for (what, is_kept, left) in [
        (None, true, 1),
        (Some(came_on(november(24), PupilId(1), "09:40").into()), true, 1),
        (Some(taken(TakenBy::Teacher("Mrs Kemp".to_owned()), "N")), false, 0),
    ] {
        let ahead = Ahead::of(&store.reader, &marks, TO_COME).unwrap();
        let last = journal::last(&store.reader).unwrap();
        what.iter().for_each(|what| act(&mut store, what));
        assert_eq!(journal::is_later_alone(&store.reader, (last, TO_COME), at.date).unwrap(), is_kept);
        assert_eq!(ahead.now(&store.reader, &marks, TO_COME).unwrap().len(), left);
        assert_eq!(found(&store), left);
    }
}
