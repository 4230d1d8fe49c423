//! The made-up school of all tests as the domain holds it, with a leaver, on a Wednesday of spring; and facts of that day.

#[allow(dead_code, reason = "not every test program uses all of it")]
#[path = "../../tests/school/mod.rs"]
pub mod school;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use hashbrown::HashMap;
pub use school::{
    AMIRA, BILAL, G8KM, G9TR, LOUIS, LUKASZ, SANNE, SIOBHAN, SUKARNO, ZOE, code_of as code, codes, date_of as date,
    mark,
};

use super::act_id::ActId;
use super::calendar::session::{DayTimes, Session, SessionDate, SessionTimes};
use super::calendar::{Calendar, ClosedDay, Closure, Term};
use super::day::{Day, SessionMark};
use super::facts::evidence::{Evidence, Fact, Who};
use super::facts::lesson::{Lesson, LessonId, LessonMark};
use super::facts::register::{HandedIn, Register};
use super::people::contact::{Call, CallOutcome, Contact, ContactId};
use super::people::phone::Phone;
use super::people::pupil::{Flag, Flags, GroupId, HouseholdId, Pupil, PupilId, Staff, StaffId, TutorGroup};
use super::school::School;
use super::school::roll::Roll;
use crate::domain;

/// Khan: of the household too, left at the end of January.
pub const LEAVER: PupilId = PupilId(9);

/// The Wednesday on which the tests happen.
pub fn today() -> NaiveDate {
    date(2026, 3, 4)
}

/// "08:57" or "08:57:30".
pub fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// Today at that time.
pub fn at(text: &str) -> NaiveDateTime {
    today().and_time(time(text))
}

/// Opens 08:40, closes 09:10, ends 12:30; opens 13:20, closes 13:40, ends 15:10.
pub fn times() -> DayTimes {
    School::usual().unwrap().times.usual
}

/// The morning of [`times`].
pub fn morning() -> SessionTimes {
    times().am
}

/// Spring 2026 with its half-term, an INSET Monday after it and a bank holiday in summer; nothing after July.
pub fn calendar() -> Calendar {
    let term = |name: &str, from, until| Term { name: name.to_owned(), from, until };
    let closed = |date, kind, name: &str| ClosedDay { date, kind, name: name.to_owned() };
    Calendar {
        terms: vec![
            term("Spring 1", date(2026, 1, 5), date(2026, 2, 13)),
            term("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),
            term("Summer 1", date(2026, 4, 13), date(2026, 5, 22)),
            term("Summer 2", date(2026, 6, 1), date(2026, 7, 17)),
        ],
        closed: vec![
            closed(date(2026, 2, 23), Closure::Inset, ""),
            closed(date(2026, 5, 4), Closure::BankHoliday, "May Day"),
        ],
        ..Calendar::default()
    }
}

/// A pupil on roll since January, with nothing but a name and a group.
pub fn pupil(id: i64, surname: &str, forename: &str, group: GroupId) -> Pupil {
    Pupil {
        id: PupilId(id),
        admission_no: Some(format!("00{}", 1200 + id)),
        upn: None,
        surname: surname.to_owned(),
        forename: forename.to_owned(),
        legal: None,
        year: None,
        group: Some(group),
        household: None,
        flags: Flags::default(),
        date_of_birth: None,
        sex: None,
        house: None,
        language: None,
        address: None,
        from: date(2026, 1, 5),
        until: None,
        folded: Pupil::fold_of(surname, forename),
    }
}

/// A contact who can be rung.
pub fn contact(id: i64, pupil: PupilId, order: i64, name: &str) -> Contact {
    Contact {
        id: ContactId(id),
        pupil,
        order,
        name: name.to_owned(),
        relationship: "mother".to_owned(),
        phones: vec![Phone::of(format!("01632 9600{id:02}"))],
        email: None,
        source_id: None,
        bar: None,
        note: None,
        language: None,
        parental_responsibility: None,
        address: None,
    }
}

/// The roll of the school with these pupils.
pub fn roll_of(pupils: Vec<Pupil>) -> Roll {
    let group = |id, name: &str, year, tutor| TutorGroup {
        id,
        name: name.to_owned(),
        year: Some(year),
        tutor: Some(tutor),
        room: None,
    };
    let staff = |id, name: &str| Staff { id, name: name.to_owned(), post: Some("tutor".to_owned()) };
    let (kemp, rao) = (StaffId(1), StaffId(2));
    let contacts = vec![
        contact(2, AMIRA, 2, "Mr Khan"),
        contact(1, AMIRA, 1, "Mrs Khan"),
        contact(3, BILAL, 1, "Mrs Khan"),
        Contact { bar: Some("court order".to_owned()), ..contact(4, SIOBHAN, 1, "Mr Smith") },
        contact(5, SIOBHAN, 2, "Ms O'Neill"),
    ];
    Roll::new(
        School::usual().unwrap(),
        codes(),
        calendar(),
        pupils,
        vec![group(G9TR, "9TR", 9, rao), group(G8KM, "8KM", 8, kemp)],
        vec![staff(kemp, "Mrs Kemp"), staff(rao, "Mr Rao")],
        contacts,
    )
}

/// The school, and somebody who has left it.
pub fn roll() -> Roll {
    let group = |name| if name == "8KM" { G8KM } else { G9TR };
    let held = (1..).zip(school::PUPILS);
    let mut pupils: Vec<Pupil> = held.map(|(id, one)| pupil(id, one.0, one.1, group(one.2))).collect();
    pupils.push(Pupil { until: Some(date(2026, 1, 30)), ..pupil(9, "Khan", "Yusuf", G8KM) });
    for khan in pupils.iter_mut().filter(|one| one.surname == "Khan") {
        khan.household = Some(HouseholdId(1));
    }
    pupils[0].flags = Flags::default().with(Flag::ChildProtection);
    pupils[0].upn = Some("B801200005001".to_owned());
    pupils[2].flags = Flags::default().with(Flag::EhcPlan);
    roll_of(pupils)
}

/// A school day of the school, with these marks.
pub fn day(marks: &[(PupilId, Session, &str)]) -> Day {
    let roll = Arc::new(roll());
    let settled = |text: &str| SessionMark { settled: Some(mark(text)), ..SessionMark::default() };
    let registers = [Session::Am, Session::Pm]
        .into_iter()
        .flat_map(|session| roll.groups.iter().map(move |group| register(group.id, session)))
        .collect();
    Day {
        date: today(),
        times: Some(times()),
        hours: times(),
        closed: None,
        marks: marks.iter().map(|(pupil, session, text)| ((*pupil, *session), settled(text))).collect(),
        evidence: HashMap::new(),
        earlier: HashMap::new(),
        handed_in: HandedIn::default(),
        displaced: Vec::new(),
        registers,
        lessons: Vec::new(),
        lesson_marks: Arc::default(),
        messages: HashMap::new(),
        calls: Vec::new(),
        promises: Vec::new(),
        steps: Vec::new(),
        searches: Vec::new(),
        movements: Vec::new(),
        sightings: Vec::new(),
        confirmations: Vec::new(),
        decisions: Vec::new(),
        desk_presences: Vec::new(),
        late_steps: Vec::new(),
        lates_before: Arc::default(),
        late_reasons_before: Arc::default(),
        unresolved_n: Vec::new(),
        waiting_marks: 0,
        refused_files: Vec::new(),
        is_import_under_way: false,
        waiting_messages: 0,
        missing_from_export: 0,
        wrong_numbers: Vec::new(),
        watched: Vec::new(),
        past: HashMap::new(),
        ahead: None,
        case_files: Arc::default(),
        case_sessions: HashMap::new(),
        roll,
    }
}

/// A register of four, not handed in and with nobody marked.
pub fn register(group: GroupId, session: Session) -> Register {
    let pupils = if group == G8KM { [AMIRA, LOUIS, SIOBHAN, SANNE] } else { [ZOE, BILAL, SUKARNO, LUKASZ] };
    Register {
        group,
        session,
        taken: None,
        on_roll: pupils.len(),
        blanks: pupils.to_vec(),
        cover: None,
        room: None,
        chases: Vec::new(),
        snoozed: None,
        chased_this_month: 0,
    }
}

/// Put a lesson of Ms Ali's on the day's timetable, with who is due in it and the marks there.
pub fn lesson(day: &mut Day, id: i64, period: &str, class: &str, due: &[(PupilId, Option<&str>)]) -> LessonId {
    let id = LessonId(id);
    let (period, class, teacher) = (period.to_owned(), class.to_owned(), Some("Ms Ali".to_owned()));
    day.lessons.push(Lesson { id, period, class, teacher, room: Some("R4".to_owned()), chases: 0 });
    let due = due.iter().map(|(pupil, text)| (*pupil, text.map(mark)));
    std::sync::Arc::make_mut(&mut day.lesson_marks).extend(due.map(|(pupil, mark)| LessonMark {
        lesson: id,
        pupil,
        mark,
        act: ActId(1),
    }));
    std::sync::Arc::make_mut(&mut day.lesson_marks).sort_by_key(|one| (one.pupil, one.lesson));
    id
}

/// A fact of today, recorded at that time; later times are later acts. What is told speaks of the whole day, an arrival of the session
/// it falls into, a register and the office of the morning.
pub fn evidence(fact: Fact, recorded: &str) -> Evidence {
    let at = at(recorded);
    let act = ActId((at - today().and_time(NaiveTime::MIN)).num_seconds());
    let (first, last) = match &fact {
        Fact::Gate { time, .. } => [times().arriving(*time); 2].into(),
        Fact::Report { .. } | Fact::Plan { .. } => (Session::Am, Session::Pm),
        Fact::Tutor(_) | Fact::Office { .. } => (Session::Am, Session::Am),
    };
    let (from, until) = (SessionDate::new(today(), first), SessionDate::new(today(), last));
    Evidence { act, fact, who: Who::Officer("S Marsh".to_owned()), at, from, until }
}

/// The same fact of one session alone.
pub fn only(session: Session, evidence: Evidence) -> Evidence {
    let at = SessionDate::new(today(), session);
    Evidence { from: at, until: at, ..evidence }
}

/// The tutor's mark.
pub fn tutor(text: &str, recorded: &str) -> Evidence {
    evidence(Fact::Tutor(mark(text)), recorded)
}

/// An arrival logged as it happened.
pub fn gate(arrived: &str) -> Evidence {
    evidence(Fact::Gate { time: time(arrived), reason: Some("bus".to_owned()), judged: None }, arrived)
}

/// A report by the mother.
pub fn report(text: &str, recorded: &str) -> Evidence {
    let (by, words) = ("Mrs Khan, mother".to_owned(), "on the phone".to_owned());
    evidence(Fact::Report { code: code(text), time: None, by, words }, recorded)
}

/// Something known beforehand.
pub fn plan(text: &str, words: &str) -> Evidence {
    evidence(Fact::Plan { code: code(text), words: words.to_owned() }, "07:00")
}

/// An office amendment.
pub fn office(text: &str, recorded: &str) -> Evidence {
    evidence(Fact::Office { mark: mark(text), reason: "checked".to_owned() }, recorded)
}

/// A call to a contact about this morning.
pub fn call(pupil: PupilId, contact: i64, rang: &str, outcome: CallOutcome) -> Call {
    let at = at(rang);
    Call {
        act: ActId((at - today().and_time(NaiveTime::MIN)).num_seconds()),
        pupil,
        contact: Some(ContactId(contact)),
        about: SessionDate::new(today(), Session::Am),
        at,
        outcome,
        code: None,
        note: String::new(),
        call_back: None,
        who: "S Marsh".to_owned(),
        number: None,
        despite: None,
    }
}
