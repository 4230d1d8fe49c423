//! The quick way comes to what bringing marks one by one does: the same record, row for row, and the same account of it.

mod long;
mod told;

use std::collections::HashSet;

use proptest::prelude::*;

use super::{Prepared, one_by_one};
use crate::domain::act::{Act, Confirm, Sight, TakeRegister};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::presence::Way;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::incoming::{Incoming, IncomingGroup, IncomingMark, IncomingPupil, Marks, Place, PupilKey};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::domain::testing::school::acts::{amended, arranged, came_on, handed_in, moved, reported};
use crate::domain::testing::school::files::{self, key, lesson, placed, pupil};
use crate::domain::testing::school::{G8KM, G9TR, codes, date_of, local, mark, november, now, officer};
use crate::store::acts::{Stop, Work};
use crate::store::file::change::Change;
use crate::store::merge::{Merged, imported};
use crate::store::read::roll;
use crate::store::{Store, journal};

/// Those that decide most stand several times.
const CODES: [&str; 22] = [
    "/", "/", "\\", "N", "N", "N", "I", "M", "L 5", "L 90", "U 95", "B", "O", "V", "D", "E", "C", "X", "#", "/", "N",
    "N",
];
/// Monday to Tuesday: today is the 24th.
const DAYS: [u32; 6] = [17, 18, 19, 20, 23, 24];
/// One has no tutor group, one is on the roll for a few days.
const PUPILS: [usize; 6] = [1, 2, 3, 4, 9, 10];

/// Something that the record held before.
#[derive(Clone, Debug)]
struct Before {
    what: usize,
    pupil: usize,
    day: usize,
    is_pm: bool,
    code: usize,
    more: usize,
}

fn before() -> impl Strategy<Value = Before> {
    let parts =
        (0_usize..12, prop::sample::select(&PUPILS[..]), 0..DAYS.len(), any::<bool>(), 0..CODES.len(), 0_usize..6);
    parts.prop_map(|(what, pupil, day, is_pm, code, more)| Before { what, pupil, day, is_pm, code, more })
}

fn at(day: usize, is_pm: bool) -> SessionDate {
    SessionDate::new(november(DAYS[day]), if is_pm { Session::Pm } else { Session::Am })
}

/// What has come of it; many a step is refused, and leaves nothing.
fn done(store: &mut Store, one: &Before) {
    let (id, at, text) = (PupilId(one.pupil as i64), at(one.day, one.is_pm), CODES[one.code]);
    let code = text.split(' ').next().unwrap();
    let group = if one.more.is_multiple_of(2) { G8KM } else { G9TR };
    let until = november((DAYS[one.day] + one.more as u32 % 4).min(30));
    let until = SessionDate::new(until, if one.more.is_multiple_of(2) { Session::Pm } else { at.session });
    let time = ["08:50", "09:40", "10:20", "13:20", "14:00", "14:30"][one.more];
    let act: Act = match one.what {
        0..=3 => {
            let members = store.roll().pupils.iter().filter(|pupil| pupil.group == Some(group));
            let text = |place: usize| CODES[(one.code + place * one.more) % CODES.len()];
            let marks: Vec<_> = members.enumerate().map(|(place, pupil)| (pupil.id, text(place))).collect();
            let marks: Vec<_> = marks.into_iter().filter(|(id, _)| id.0 as usize % 3 != one.what).collect();
            let by = match one.more {
                0 | 1 => TakenBy::Teacher("Mrs Kemp".to_owned()),
                2 => TakenBy::Teacher("Mr Rao".to_owned()),
                _ => TakenBy::Paper("Mrs Kemp".to_owned()),
            };
            TakeRegister { by, ..handed_in(group, at, "", &marks) }.into()
        }
        4 | 9 | 11 => reported(&[id], code, at, until).into(),
        5 => came_on(at.date, id, time).into(),
        6 => {
            let saw = store.revision(id, at).unwrap_or_default();
            amended(id, at, text, "asked", saw).into()
        }
        7 => {
            let way = if one.is_pm { Way::Back } else { Way::Out };
            crate::domain::act::LogMovement { date: at.date, ..moved(id, way, time, "dentist") }.into()
        }
        8 => {
            let time = local(at.date, time).time();
            Act::Sight(Sight { pupil: id, date: at.date, time, seen: one.is_pm, place: "sweep".to_owned() })
        }
        _ if one.is_pm => Act::Confirm(Confirm {
            pupils: vec![id],
            at,
            there: one.more.is_multiple_of(2),
            said_by: "the garage".to_owned(),
        }),
        _ => arranged(&[id], code, "Mon-Fri", DAYS[one.day], 27).into(),
    };
    let when = local(at.date, "15:05").and_utc();
    match store.perform(&officer("S Marsh"), when, &act) {
        Ok(_) | Err(_) => {}
    }
}

/// Marks of a file in any order: of pupils by either of two numbers, of people who are not there, on days without school.
fn file() -> impl Strategy<Value = Marks> {
    let pupil = prop_oneof![20 => prop::sample::select(&PUPILS[..]), 1 => Just(0)];
    let row = (pupil, 0..DAYS.len() + 1, any::<bool>(), 0..CODES.len(), 0_usize..8);
    let row = row.prop_map(|(n, day, is_pm, code, more)| {
        let at = if day == DAYS.len() { SessionDate::new(november(21), Session::Am) } else { at(day, is_pm) };
        let by = ["Mrs Kemp", "Mr Rao", "", "Mrs Kemp"][more % 4];
        let by = Some(by.to_owned()).filter(|by| !by.is_empty());
        let pupil =
            if more == 7 { PupilKey { admission_no: None, upn: Some(upn(n)), source_id: None } } else { key(n) };
        IncomingMark { pupil, at, mark: mark(CODES[code]), by }
    });
    prop::collection::vec(row, 1..120).prop_map(|rows| placed(rows).into())
}

fn upn(n: usize) -> String {
    format!("B80120000{n:04}")
}

fn school(folder: &tempfile::TempDir) -> Store {
    let mut store = Store::create(&folder.path().join("school.db"), &School::usual().unwrap(), codes()).unwrap();
    let mut all = files::incoming();
    all.groups.push((files::place(9), IncomingGroup { name: "9BW".to_owned(), ..IncomingGroup::default() }));
    all.pupils.extend(placed([
        IncomingPupil { group: None, ..pupil(9, ("Newby", "Joe", "")) },
        IncomingPupil { from: Some(november(19)), until: Some(november(23)), ..pupil(10, ("Oldman", "Kit", "8KM")) },
    ]));
    for (n, (_, one)) in all.pupils.iter_mut().enumerate() {
        one.key.upn = Some(upn(n + 1));
        one.from.get_or_insert(date_of(2026, 9, 1));
    }
    store.merge(&officer("S Marsh"), now("07:00"), &all, false, &mut |_, _| {}).unwrap();
    let lessons =
        (1..=8).flat_map(|n| [("1", "/"), ("4", "N")].map(|(period, text)| lesson(n, period, "8X", Some(text))));
    let lessons = Incoming { lessons: placed(lessons), ..Incoming::default() };
    store.merge(&officer("S Marsh"), now("07:01"), &lessons, false, &mut |_, _| {}).unwrap();
    store
}

/// Everything that marks come to, in an order that does not depend on that of writing.
fn record(change: &Change<'_>) -> Vec<String> {
    let questions = [
        "SELECT * FROM mark ORDER BY date, session, pupil",
        "SELECT * FROM register ORDER BY date, session, tutor_group, act",
        "SELECT pupil, first_day, first_session, last_day, last_session, act, kind, time, code, minutes, said_by, words,
                withdrawn, arrangement FROM evidence ORDER BY pupil, last_day, last_session, id",
        "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'mark' ORDER BY name",
        "PRAGMA integrity_check",
        "PRAGMA foreign_key_check",
        "SELECT pupil, date, session, act, original, original_minutes, new, new_minutes, reason, rule, said_by, decided
         FROM amendment ORDER BY pupil, date, session, id",
    ];
    let mut lines = Vec::new();
    for question in questions {
        let mut statement = change.prepare(question).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap()));
            lines.push(cells.collect::<Vec<_>>().join("|"));
        }
    }
    lines
}

/// What a way of merging comes to; nothing of it is kept.
fn tried(
    store: &mut Store,
    merge: impl FnOnce(&Work<'_>, i64, &mut Merged) -> Result<(), Stop>,
) -> (Merged, Vec<String>) {
    let who = officer("S Marsh");
    let change = Change::begin(&mut store.writer, &store.reader, &store.place).unwrap();
    let other = imported(&[], &Merged::default(), Vec::new());
    let act = journal::sign_other(&change, &who, now("15:10").into(), &other, Some(november(17))).unwrap();
    let (roll, revision) = roll::load(&change, codes(), november(24)).unwrap();
    let local = roll.school.local(now("15:10"));
    let work = Work { connection: &change, roll: &roll, role: who.role, is_owner: true, local, act };
    let mut merged = Merged::default();
    assert!(merge(&work, revision, &mut merged).is_ok());
    (merged, record(&change))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was recorded before, whatever the file holds, and whatever others do after it was weighed.
    #[test]
    fn quick_and_one_by_one_come_to_the_same(
        first in prop::collection::vec(before(), 0..20),
        meanwhile in prop::collection::vec(before(), 0..4),
        earlier in prop::option::of(file()),
        marks in file(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = school(&folder);
        first.iter().for_each(|one| done(&mut store, one));
        if let Some(earlier) = earlier {
            let files = Incoming { marks: earlier, ..Incoming::default() };
            store.merge(&officer("S Marsh"), now("15:06"), &files, false, &mut |_, _| {}).unwrap();
        }
        let who = officer("S Marsh");
        let ahead = store.weigh_ahead(&who, now("15:10").into(), &marks, &mut || {}).ok().unwrap();
        meanwhile.iter().for_each(|one| done(&mut store, one));
        let all: Vec<_> = marks.iter().collect();
        let slow = tried(&mut store, |work, _, merged| one_by_one::merge(work, &all, merged));
        let quick = tried(&mut store, |work, revision, merged| {
            let prepared = match Some(ahead).filter(|ahead| ahead.holds(work, revision)) {
                Some(ahead) => ahead.brought_up(work, &marks)?,
                None => Prepared::new(work, &marks, &Merged::default(), &mut || {})?,
            };
            prepared.write(work, &marks, merged, false, &mut || {})
        });
        prop_assert_eq!(&quick.0, &slow.0);
        for (quick, slow) in quick.1.iter().zip(&slow.1) {
            prop_assert_eq!(quick, slow);
        }
        prop_assert_eq!(quick.1.len(), slow.1.len());
    }
    /// A file says the same in whatever order its rows stand.
    #[test]
    fn the_order_of_the_rows_settles_nothing(
        first in prop::collection::vec(before(), 0..20),
        marks in file(),
        turn in 0_usize..120,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = school(&folder);
        first.iter().for_each(|one| done(&mut store, one));
        let number = |key: &PupilKey| [&key.admission_no, &key.upn].into_iter().flatten().map(|text| text[text.len() - 4..].to_owned()).next();
        let mut seen = HashSet::new();
        // Of two rows about one session the first stands; and each register is one teacher's.
        let rows = marks.iter().filter(|(_, one)| seen.insert((number(&one.pupil), one.at)));
        let mut rows: Vec<_> = rows.map(|(place, one)| (place, IncomingMark { by: None, ..one })).collect();
        let mut settled = |rows: &[(Place, IncomingMark)]| {
            let (marks, mut found): (Marks, Vec<String>) = (rows.to_vec().into(), Vec::new());
            tried(&mut store, |work, _, merged| {
                Prepared::new(work, &marks, &Merged::default(), &mut || {})?.write(work, &marks, merged, false, &mut || {})?;
                let question = "SELECT date || ' ' || session || ' ' || pupil || ' ' || coalesce(code, '-') || coalesce(minutes, '')
                                FROM mark ORDER BY date, session, pupil";
                let mut statement = work.connection.prepare(question)?;
                found.extend(statement.query_map([], |row| row.get(0))?.map(Result::unwrap));
                Ok(())
            });
            found
        };
        let in_order = settled(&rows);
        let by = turn.min(rows.len());
        rows.rotate_left(by);
        rows[by / 2..].reverse();
        prop_assert_eq!(settled(&rows), in_order);
    }
}
