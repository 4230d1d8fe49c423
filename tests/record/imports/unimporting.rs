//! Imports taken back: whole, by whoever may import, and done again; refused where something rests on what they brought.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, Officer, TakeLesson, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingGroup, IncomingLesson, IncomingPupil,
    IncomingStaff, PupilKey,
};
use firstbell::domain::people::pupil::Flag;
use firstbell::domain::school::staff::Role;

use crate::support::*;

/// The roll and the calendar, every row and column.
pub fn roll(desk: &Desk) -> Vec<Vec<Vec<Option<String>>>> {
    let tables =
        ["staff", "tutor_group", "household", "pupil", "contact", "term", "closed_day", "early_end", "other_times"];
    tables.map(|table| desk.ask(&format!("SELECT * FROM {table} ORDER BY 1"))).to_vec()
}

/// Bring it in at that time; the import's number.
pub fn import(desk: &mut Desk, at: &str, files: &Incoming) -> ActId {
    let merged = desk.store.merge(&desk.officer, now(at), files, false, &mut |_, _| {}).unwrap();
    assert!(merged.moved() && merged.rejects.is_empty(), "{merged:?}");
    last(desk)
}

pub fn last(desk: &Desk) -> ActId {
    ActId(desk.ask("SELECT max(id) FROM act")[0][0].as_ref().unwrap().parse().unwrap())
}

/// Undo it, undo the undo, and once more: each gives back exactly what stood, on the roll and in the marks. The desk ends as it began.
pub fn there_and_back(desk: &mut Desk, files: &Incoming) -> String {
    let before = (roll(desk), desk.standing());
    let act = import(desk, "10:00", files);
    let after = (roll(desk), desk.standing());
    assert_ne!(before, after);
    let undone = desk.undo("10:01", act);
    assert_eq!((roll(desk), desk.standing()), before);
    desk.sound();
    let again = desk.undo("10:02", undone.act);
    assert_eq!((roll(desk), desk.standing()), after);
    desk.sound();
    desk.undo("10:03", again.act);
    assert_eq!((roll(desk), desk.standing()), before);
    undone.text
}

pub fn newcomer(number: &str, surname: &str) -> IncomingPupil {
    IncomingPupil {
        key: key(number),
        surname: surname.to_owned(),
        forename: "Max".to_owned(),
        group: Some("7CK".to_owned()),
        household: Some(surname.to_owned()),
        ..IncomingPupil::default()
    }
}

pub fn calendar(rows: impl IntoIterator<Item = IncomingDates>) -> Incoming {
    Incoming { calendar: placed(rows), ..Incoming::default() }
}

pub fn closed(day: u32) -> IncomingDates {
    let (from, until) = (november(day), november(day));
    IncomingDates::Closed { from, until, kind: Closure::Unexpected, name: "Boiler".to_owned() }
}

/// The journal's own number of an act is not part of the answer.
pub fn refused(desk: &mut Desk, act: ActId) -> String {
    desk.refused("12:00", Act::Undo(Undo { act }))
}

#[test]
fn new_pupils_with_their_groups_tutors_households_and_contacts() {
    let mut desk = Desk::new();
    let groups = [IncomingGroup { name: "7CK".to_owned(), tutor: Some("Mr Cole".to_owned()), ..Default::default() }];
    let files = Incoming {
        groups: placed(groups),
        contacts: placed([contact("101", 1, "Mrs Firth"), contact("101", 2, "Mr Firth")]),
        flags: placed([IncomingFlags { pupil: key("101"), flags: vec![Flag::ChildProtection] }]),
        ..pupils([newcomer("101", "Firth"), newcomer("102", "Moss")])
    };
    assert_eq!(there_and_back(&mut desk, &files), "Import of school.csv undone");
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!((day.roll.pupils.len(), day.roll.groups.len()), (10, 2));
}

#[test]
fn nobody_gets_the_number_of_somebody_who_was_taken_off() {
    let mut desk = Desk::new();
    let firth = import(&mut desk, "10:00", &pupils([newcomer("101", "Firth")]));
    let undone = desk.undo("10:01", firth).act;
    import(&mut desk, "10:02", &pupils([IncomingPupil { group: None, household: None, ..newcomer("102", "Moss") }]));
    assert_eq!(desk.ask("SELECT id FROM pupil WHERE surname = 'Moss'")[0][0].as_deref(), Some("12"));
    desk.undo("10:03", undone);
    assert_eq!(desk.ask("SELECT id FROM pupil WHERE surname = 'Firth'")[0][0].as_deref(), Some("11"));
}

#[test]
fn what_is_known_of_pupils_staff_and_groups_becomes_what_it_was() {
    let mut desk = Desk::new();
    let kemp = |post: &str| IncomingStaff {
        name: "Mrs Kemp".to_owned(),
        post: Some(post.to_owned()),
        source_id: Some("s1".to_owned()),
    };
    let files = Incoming { staff: placed([kemp("tutor")]), ..Incoming::default() };
    import(&mut desk, "09:00", &files);
    let moved = IncomingPupil {
        forename: "Amirah".to_owned(),
        group: Some("9TR".to_owned()),
        household: Some("other".to_owned()),
        until: Some(november(30)),
        ..amira()
    };
    let room = IncomingGroup { name: "8KM".to_owned(), room: Some("R9".to_owned()), ..Default::default() };
    let files = Incoming { staff: placed([kemp("head of year")]), groups: placed([room]), ..pupils([moved]) };
    there_and_back(&mut desk, &files);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.roll.pupil(AMIRA).unwrap().list_name(), "Khan, Amira");
    assert_eq!(day.roll.staff[0].post.as_deref(), Some("tutor"));
}

#[test]
fn a_number_that_went_from_one_pupil_to_another_goes_back() {
    let mut desk = Desk::new();
    let with = |source: &str, number: &str| IncomingPupil {
        key: PupilKey { source_id: Some(source.to_owned()), ..key(number) },
        ..newcomer(number, source)
    };
    import(&mut desk, "09:00", &pupils([with("Firth", "101"), with("Moss", "102")]));
    there_and_back(&mut desk, &pupils([with("Firth", "103"), with("Moss", "101")]));
    // Nor does one go back to a pupil where another has it by now.
    let act = import(&mut desk, "11:00", &pupils([with("Firth", "103")]));
    import(&mut desk, "11:01", &pupils([with("Hall", "101")]));
    assert_eq!(refused(&mut desk, act), "another has the number or the place of one of its rows by now");
}

#[test]
fn contacts_become_who_they_were_with_their_old_numbers_and_order() {
    let mut desk = Desk::new();
    let new = |order, name: &str, number: &str| IncomingContact {
        phones: Some(vec![number.to_owned()]),
        ..contact("0002", order, name)
    };
    let contacts = |rows: Vec<IncomingContact>| Incoming { contacts: placed(rows), ..Incoming::default() };
    import(
        &mut desk,
        "09:00",
        &contacts(vec![new(1, "Mrs Khan", "0113 496 0001"), new(2, "Ms Noor", "0113 496 0005")]),
    );
    there_and_back(
        &mut desk,
        &contacts(vec![new(1, "Ms Noor", "0113 496 0009"), new(2, "Mrs Khan", "0113 496 0008"), new(3, "Mr Obi", "1")]),
    );
    let files = contacts(vec![new(2, "Mrs Khan", "0113 496 0008")]);
    there_and_back(&mut desk, &files);
    let day = desk.store.day(november(24)).unwrap();
    let contacts: Vec<_> = day.roll.contacts(BILAL).iter().map(|one| (one.order, one.name.as_str())).collect();
    assert_eq!(contacts, [(1, "Mrs Khan"), (2, "Ms Noor")]);
    let detail = desk.store.day_log(november(24)).unwrap();
    assert!(!format!("{detail:?}").contains("0113 496"), "{detail:?}");
}

#[test]
fn a_day_that_was_closed_is_open_again_and_its_marks_count_again() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    let year = |desk: &mut Desk| desk.store.past(LOUIS, november(25)).unwrap().year;
    let before = year(&mut desk);
    let act = import(&mut desk, "10:00", &calendar([closed(24)]));
    let day = desk.store.day(november(24)).unwrap();
    assert!(day.closed.is_some());
    assert_ne!(year(&mut desk), before);
    let undone = desk.undo("10:01", act).act;
    assert!(desk.store.day(november(24)).unwrap().closed.is_none());
    assert_eq!(year(&mut desk), before);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["N", "/"]);
    desk.undo("10:02", undone);
    assert!(desk.store.day(november(24)).unwrap().closed.is_some());
}

#[test]
fn terms_early_ends_and_other_times_become_what_they_were() {
    let mut desk = Desk::new();
    let term = |from: u32, until: (u32, u32)| IncomingDates::Term {
        name: "Autumn 2".to_owned(),
        from: november(from),
        until: NaiveDate::from_ymd_opt(2026, until.0, until.1).unwrap(),
    };
    let early = IncomingDates::EarlyEnd {
        date: november(27),
        at: local(november(27), "12:00").time(),
        name: "Fair".to_owned(),
    };
    there_and_back(&mut desk, &calendar([term(3, (12, 11)), early.clone()]));
    import(&mut desk, "10:10", &calendar([early]));
    there_and_back(&mut desk, &calendar([IncomingDates::Usual { from: november(27), until: november(27) }]));
    there_and_back(&mut desk, &calendar([IncomingDates::Open { from: november(2), until: november(2) }]));
}

#[test]
fn what_was_reported_of_a_day_reaches_it_when_it_is_open_again() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &calendar([closed(25)]));
    desk.done("08:10", report(&[AMIRA], "I", am(24), am(26)));
    assert_eq!([24, 25, 26].map(|day| desk.mark(AMIRA, am(day))), ["I", "blank", "I"]);
    desk.undo("08:20", act);
    assert_eq!([24, 25, 26].map(|day| desk.mark(AMIRA, am(day))), ["I", "I", "I"]);
    desk.sound();
}

#[test]
fn marks_are_taken_back_and_what_they_displaced_or_hid_comes_to_light() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[ZOE], "I", am(24), am(24)));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    desk.done("08:57", arrival(SIOBHAN, "08:57"));
    let rows = [("0001", am(24), "/"), ("0003", am(24), "N"), ("0004", am(24), "N"), ("0005", am(24), "/")];
    there_and_back(&mut desk, &marks(rows));
    let marks = [AMIRA, SIOBHAN, LOUIS, ZOE].map(|pupil| desk.mark(pupil, am(24)));
    assert_eq!(marks, ["N", "L 17 min", "/", "I"]);
    // Every change of a mark is on the record, with its reason.
    assert_eq!(
        desk.amended(AMIRA),
        [
            "Tue 24 Nov AM: N -> /: marked /; /: tutor / 10:00 beats tutor N 08:50",
            "Tue 24 Nov AM: / -> N: undone: import of school.csv; N: tutor N 08:50",
            "Tue 24 Nov AM: N -> /: done again: import of school.csv; /: tutor / 10:00 beats tutor N 08:50",
            "Tue 24 Nov AM: / -> N: undone: import of school.csv; N: tutor N 08:50",
        ]
    );
}

#[test]
fn marks_that_another_register_has_spoken_of_since_stay() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "09:00", &marks([("0001", am(24), "N"), ("0004", am(24), "/")]));
    let taken = desk.done("09:10", register(G8KM, am(24), &[(AMIRA, "/")])).act;
    let text = "another register of Tue 24 Nov AM came in or was taken back since, Khan, Amira 8KM in it: take that back first";
    assert_eq!(refused(&mut desk, act), text);
    // What the office decided stands above any register, and is no hindrance.
    let saw = desk.revision(LOUIS, am(24));
    desk.done("09:11", amend(LOUIS, am(24), "M", "dentist", saw));
    desk.undo("09:12", taken);
    desk.undo("09:13", act);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["blank", "M"]);
}

fn lessons<const N: usize>(rows: [(usize, Option<&str>); N]) -> Incoming {
    let row = |(n, text): (usize, Option<&str>)| {
        let room = text.map(|_| "R5".to_owned());
        IncomingLesson { room, ..lesson(n, "2", "8KM Maths", text) }
    };
    Incoming { lessons: placed(rows.map(row)), ..Incoming::default() }
}

#[test]
fn lessons_are_taken_back_with_who_was_due_and_the_marks() {
    let mut desk = Desk::new();
    let shown = |desk: &mut Desk| {
        let day = desk.store.day(november(24)).unwrap();
        let rooms: Vec<_> = day.lessons.iter().map(|one| one.room.clone()).collect();
        let marks: Vec<_> = day.lesson_marks.iter().map(|one| (one.pupil, one.mark)).collect();
        (rooms, marks)
    };
    let act = import(&mut desk, "10:00", &lessons([(1, Some("/")), (4, None)]));
    let whole = shown(&mut desk);
    let more = import(&mut desk, "10:01", &lessons([(1, Some("N")), (3, None)]));
    let both = shown(&mut desk);
    let undone = desk.undo("10:02", more).act;
    assert_eq!(shown(&mut desk), whole);
    desk.undo("10:03", undone);
    assert_eq!(shown(&mut desk), both);
    // Of the first no register is left, and of the second what it said itself.
    desk.undo("10:04", last(&desk));
    let undone = desk.undo("10:05", act).act;
    assert_eq!(shown(&mut desk), (Vec::new(), Vec::new()), "nobody is due: no register is asked for");
    desk.undo("10:06", undone);
    assert_eq!(shown(&mut desk), whole);
    // Brought again by another import, it stays that import's.
    desk.undo("10:07", last(&desk));
    import(&mut desk, "10:08", &lessons([(1, Some("/")), (4, None)]));
    assert_eq!(shown(&mut desk).1, whole.1);
}

#[test]
fn a_lesson_that_was_taken_since_stays() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "10:00", &lessons([(1, None)]));
    let id = desk.store.day(november(24)).unwrap().lessons[0].id;
    let by = firstbell::domain::act::TakenBy::Teacher("Ms Ali".to_owned());
    let taken = desk.done("10:05", Act::TakeLesson(TakeLesson { lesson: id, by, marks: vec![(AMIRA, mark("/"))] })).act;
    let text = refused(&mut desk, act);
    assert!(text.starts_with("Khan, Amira 8KM cannot be taken out of the lesson, for \u{201c}"), "{text}");
    assert!(text.contains("at 10:05 on Tue 24 Nov 2026 by S Marsh"), "{text}");
    desk.undo("10:06", taken);
    desk.undo("10:07", act);
}

// Who, and where it shows ----------------------------------------------------------------------------------------------

pub fn as_a(role: Role) -> Officer {
    Officer { role, ..officer("T Rao") }
}

#[test]
fn a_lead_takes_it_back_and_no_lesser_role() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &pupils([newcomer("101", "Firth")]));
    let before = desk.dump();
    for (role, owner) in [(Role::Gate, "a gate's"), (Role::Officer, "an officer's")] {
        let answer = desk.store.perform(&as_a(role), now("08:01"), &Act::Undo(Undo { act })).unwrap_err().to_string();
        assert_eq!(answer, format!("an import is for a lead: this login is {owner}"));
    }
    assert!(desk.store.perform(&as_a(Role::Reader), now("08:01"), &Act::Undo(Undo { act })).is_err());
    assert_eq!(desk.dump(), before);
    desk.store.perform(&as_a(Role::Lead), now("08:02"), &Act::Undo(Undo { act })).unwrap();
}

#[test]
fn it_is_told_as_taken_back_and_the_last_act_of_today_is_never_an_import() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &pupils([newcomer("101", "Firth")]));
    assert_eq!(desk.store.last_act(&desk.officer, now("00:00")).unwrap(), None);
    desk.undo("08:01", act);
    assert_eq!(desk.store.last_act(&desk.officer, now("00:00")).unwrap(), None);
    for entries in [desk.store.day_log(november(24)).unwrap(), desk.store.set_up().unwrap()] {
        let [.., import, undo] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(import.undone.as_ref().unwrap().0, "S Marsh");
        assert_eq!(undo.text, "took back: import of school.csv: tutor groups: 1 new, pupils: 1 new");
        assert!(import.can_undo && undo.can_undo);
    }
}

#[test]
fn an_import_from_before_what_it_replaced_was_kept_is_put_right_by_another() {
    let mut desk = Desk::new();
    let file = rusqlite::Connection::open(&desk.path).unwrap();
    let act = import(&mut desk, "08:00", &pupils([newcomer("101", "Firth")]));
    let old = "UPDATE act SET detail = replace(detail, ',\"can_undo\":true', '')";
    assert_eq!(file.execute(old, []).unwrap(), 2);
    let text = "what that import replaced was not kept: it is put right by another file";
    assert_eq!(refused(&mut desk, act), text);
    assert!(!desk.store.day_log(november(24)).unwrap().pop().unwrap().can_undo);
}

#[test]
fn after_a_merge_that_was_refused_or_only_tried_the_next_is_kept_as_it_should_be() {
    let mut desk = Desk::new();
    let files = pupils([newcomer("101", "Firth")]);
    desk.store.merge(&desk.officer, now("08:00"), &files, true, &mut |_, _| {}).unwrap();
    let reader = as_a(Role::Reader);
    assert!(desk.store.merge(&reader, now("08:00"), &files, false, &mut |_, _| {}).is_err());
    assert_eq!(desk.count("roll_change WHERE act > 1"), 0);
    there_and_back(&mut desk, &files);
    let acts = desk.ask("SELECT DISTINCT act FROM roll_change ORDER BY 1").concat();
    assert_eq!(acts.len(), 5, "the first import, this one, and three undos: {acts:?}");
}
