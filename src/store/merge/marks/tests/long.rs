//! Marks brought in many changes: the same record, row for row, as in one; stopped at any of them, none of it; and what another desk
//! does between two of them stays.

use std::cell::{Cell, RefCell};

use proptest::prelude::*;

use super::*;
use crate::store::NotDone;
use crate::store::merge::long::{Asked, MANY};
use crate::store::tables::incoming::arriving;

/// Everything in the file but who may see it: each table's rows, as they lie.
fn dump(store: &Store) -> Vec<String> {
    let names =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'arriving'";
    let mut statement = store.reader.prepare(names).unwrap();
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut lines = Vec::new();
    for table in tables {
        let mut statement = store.reader.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap()));
            lines.push(format!("{table}: {}", cells.collect::<Vec<_>>().join("|")));
        }
    }
    lines.sort();
    lines
}

fn is_sound(store: &Store) {
    for (question, answer) in
        [("PRAGMA integrity_check", Some("ok")), ("SELECT \"table\" FROM pragma_foreign_key_check", None)]
    {
        let found: Option<String> = store.reader.query_row(question, [], |row| row.get(0)).ok();
        assert_eq!(found.as_deref(), answer, "{question}");
    }
}

/// A school in which something has happened, and marks.
fn begun(folder: &tempfile::TempDir, first: &[Before], earlier: Option<Marks>) -> Store {
    let mut store = school(folder);
    first.iter().for_each(|one| done(&mut store, one));
    if let Some(marks) = earlier {
        let files = Incoming { marks, ..Incoming::default() };
        store.merge(&officer("S Marsh"), now("15:06"), &files, false, &mut |_, _| {}).unwrap();
    }
    store
}

/// Bring the marks in until `is_stopped`; as one that is cut off, so that nothing is taken back, where `is_cut_off`.
fn bring(store: &mut Store, marks: Marks, is_cut_off: bool, is_stopped: &dyn Fn() -> bool) -> Result<Merged, NotDone> {
    let (officer, incoming) = (officer("S Marsh"), Incoming { marks, ..Incoming::default() });
    let asked = Asked {
        of_mis: Some(true),
        officer: &officer,
        when: now("15:10").into(),
        incoming: &incoming,
        fed: None,
        about: Some(november(17)),
        is_stopped,
    };
    let merged = if is_cut_off { store.bring_long(&asked, &mut || {}) } else { store.merge_long(&asked, &mut || {}) };
    arriving::keep_no_more(&store.writer).unwrap();
    merged
}

fn rows_of(store: &mut Store) -> Vec<String> {
    record(&Change::begin(&mut store.writer, &store.reader, &store.place).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// In as many changes as the marks fill, or in one.
    #[test]
    fn many_changes_come_to_the_same_as_one(
        first in prop_oneof![1 => Just(Vec::new()), 2 => prop::collection::vec(before(), 0..20)],
        earlier in prop::option::weighted(0.4, file()),
        marks in file(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = begun(&folder, &first, earlier);
        let (mut one, whole) = tried(&mut store, |work, _, merged| {
            Prepared::new(work, &marks, &Merged::default(), &mut || {})?.write(work, &marks, merged, false, &mut || {})
        });
        let files = Incoming { marks, ..Incoming::default() };
        let merged = store.merge(&officer("S Marsh"), now("15:10"), &files, false, &mut |_, _| {}).unwrap();
        arriving::keep_no_more(&store.writer).unwrap();
        one.act = merged.act;
        let told = |merged: &Merged| (merged.marks, merged.outweighed, merged.rejects.clone(), merged.warnings.clone());
        prop_assert_eq!(told(&merged), told(&one));
        if merged.act.is_some() {
            let rows = rows_of(&mut store);
            for (many, one) in rows.iter().zip(&whole) {
                prop_assert_eq!(many, one);
            }
            prop_assert_eq!(rows.len(), whole.len());
        }
        prop_assert!(arriving::standing(&store.reader).unwrap().is_none());
        prop_assert!(!arriving::has_before(&store.reader).unwrap());
    }

    /// Stopped, or cut off and opened by whoever comes next, after any change.
    #[test]
    fn stopped_after_any_change_the_file_is_as_it_was(
        first in prop::collection::vec(before(), 0..20),
        earlier in prop::option::of(file()),
        marks in file(),
        after in 0_usize..14,
        is_cut_off in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = begun(&folder, &first, earlier);
        let was = dump(&store);
        let asked = Cell::new(0);
        let is_stopped = || asked.replace(asked.get() + 1) >= after;
        if let Err(NotDone::Fault(fault)) = bring(&mut store, marks, is_cut_off, &is_stopped) {
            prop_assert!(matches!(fault, crate::store::Fault::Stopped), "{}", fault);
            if is_cut_off {
                drop(store);
                store = Store::open(&folder.path().join("school.db"), codes()).unwrap();
            }
            prop_assert_eq!(dump(&store), was);
            is_sound(&store);
        }
    }

    /// Acts of another desk between any two changes.
    #[test]
    fn what_another_desk_does_meanwhile_stays(
        first in prop::collection::vec(before(), 0..8),
        meanwhile in prop::collection::vec((before(), 0_usize..10), 0..4),
        marks in file(),
        after in prop::option::of(0_usize..14),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = begun(&folder, &first, None);
        let other = RefCell::new(Store::open(&folder.path().join("school.db"), codes()).unwrap());
        let asked = Cell::new(0);
        let is_stopped = || {
            let turn = asked.replace(asked.get() + 1);
            meanwhile.iter().filter(|(_, at)| *at == turn).for_each(|(one, _)| done(&mut other.borrow_mut(), one));
            after.is_some_and(|after| turn >= after)
        };
        let last = |store: &Store| journal::last(&store.reader).unwrap();
        let before = last(&store);
        let merged = bring(&mut store, marks.clone(), false, &is_stopped);
        is_sound(&store);
        let is_none = |question: &str| !store.reader.prepare(question).unwrap().exists([]).unwrap();
        prop_assert!(arriving::standing(&store.reader).unwrap().is_none());
        // Nobody's change was written over: what was tutors' by a later act is so still.
        prop_assert!(is_none("SELECT 1 FROM evidence e JOIN mark m ON m.taken = e.withdrawn AND m.pupil = e.pupil AND m.date = e.first_day
                              AND m.session = e.first_session WHERE e.kind = 'tutor' AND e.act > e.withdrawn
                              AND (SELECT undoes FROM act WHERE id = e.withdrawn) IS NULL"));
        match merged {
            Ok(_) => {
                // What was refused for that comes with the file's second run; then there is nothing left.
                bring(&mut store, marks.clone(), false, &|| false).unwrap();
                let third = bring(&mut store, marks, false, &|| false).unwrap();
                prop_assert!(!third.marks.moved(), "{:?}", third.marks);
            }
            Err(_) if last(&store) == before => {}
            Err(_) => {
                // Only what another desk's act rests on.
                let import = "SELECT id FROM act WHERE kind = 'import' AND detail LIKE '%stopped before its end%'";
                let stays = store.reader.prepare(import).unwrap().exists([]).unwrap();
                let act = format!("(SELECT coalesce(max(id), 0) + 1 FROM act WHERE id <= {})", before.0);
                let rows = format!("SELECT 1 FROM mark WHERE taken = {act} AND taken > {}", before.0);
                let is_left = !is_none(&rows) && !is_none(&format!("SELECT 1 FROM act WHERE id = {act} AND kind = 'import'"));
                prop_assert!(stays || !is_left);
            }
        }
        is_sound(&store);
    }
}

/// So many marks as there are places for.
fn rows(count: usize) -> Marks {
    let all =
        DAYS.iter().flat_map(|day| [Session::Am, Session::Pm].map(|session| SessionDate::new(november(*day), session)));
    let all = all.flat_map(|at| [1, 2, 3, 4].map(|n| IncomingMark { pupil: key(n), at, mark: mark("/"), by: None }));
    placed(all.take(count)).into()
}

#[test]
fn a_number_of_another_system_comes_with_many_marks_and_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(&folder);
    let number = |store: &Store| -> Option<String> {
        store.reader.query_row("SELECT source_id FROM pupil WHERE id = 1", [], |row| row.get(0)).unwrap()
    };
    let was = number(&store);
    let ids = placed([PupilKey { source_id: Some("arbor 71".to_owned()), ..key(1) }]);
    let files = Incoming { marks: rows(MANY + 1), ids, ..Incoming::default() };
    let merged = store.merge(&officer("S Marsh"), now("15:10"), &files, false, &mut |_, _| {}).unwrap();
    assert_eq!((merged.marks.moved(), merged.pupils.changed), (true, 1));
    let is = number(&store).unwrap_or_default();
    assert!(is.ends_with("arbor 71"), "{is}");
    let undo = Act::Undo(crate::domain::act::Undo { act: merged.act.unwrap() });
    store.perform(&officer("S Marsh"), now("15:20"), &undo).unwrap();
    assert_eq!(number(&store), was);
}

#[test]
fn so_many_as_the_usual_file_has_come_in_one_change() {
    for (count, asks) in [(MANY, false), (MANY + 1, true)] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = school(&folder);
        let asked = Cell::new(false);
        let files = Incoming { marks: rows(count), ..Incoming::default() };
        let is_stopped = || {
            asked.set(true);
            true
        };
        let done = store.merge_until(&officer("S Marsh"), now("15:10"), &files, false, &is_stopped, &mut |_, _| {});
        assert_eq!((done.is_err(), asked.get()), (asks, asks), "{count}");
    }
}
