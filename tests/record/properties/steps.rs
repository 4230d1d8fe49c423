//! What the desks of the properties do: acts of every kind, drawn at random.

use firstbell::domain::act::{
    self, Act, AddContact, AmendSeveral, Bar, ChangeArrangement, ChangeCase, ChangeGroup, ChaseLesson, Confirm,
    ConfirmHandback, ConfirmLeavers, CorrectContact, Cover, Decide, DeliverLetter, DismissFile, DropMarks,
    EndArrangement, EndCaseEvent, EndSearch, Enrol, Leave, LiftBar, LogArrival, LogCall, LogCaseEvent, LogPromise,
    MakeLetter, MapMark, NoteSearch, NumberJoiner, OpenCase, OpenSearch, ReadMessage, RefuseHandback, SettleUnresolved,
    SiblingAnswer, Sight, SightGroup, Snooze, Stay, TakeLesson, TakeRegister, TakeStep, TakenBy,
};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::cases::change::{CaseChange, CaseSource, CloseReason, Next, Opening};
use firstbell::domain::cases::ending::{
    ActionDone, Ending, LeaveDecision, LeaveOutcome, PenaltyEnd, PenaltyOutcome, VisitOutcome, VisitReturn,
};
use firstbell::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ContactWay, LeaveRequest, Meeting, MeetingKind, Party, PenaltyNotice, Visit,
    VisitPurpose,
};
use firstbell::domain::cases::letters::{Delivery, Letter, LetterOutcome, Paper};
use firstbell::domain::facts::case_event_kind::EventKind;
use firstbell::domain::facts::contradiction::ContradictionKind;
use firstbell::domain::facts::handback::{Form, HandbackId};
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::facts::promise::Promise;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::facts::search::{FoundWhere, SearchOutcome};
use firstbell::domain::people::contact::{CallOutcome, ContactId};
use firstbell::domain::people::correction::{ContactField, CorrectionKind};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::store::handback::Asked;
use proptest::prelude::*;

use crate::support::*;

#[derive(Clone, Debug)]
pub enum Step {
    Amend { pupil: i64, day: u32, session: bool, code: usize, stale: bool },
    Arrive { pupil: i64, minute: u32, instead: Option<usize> },
    FollowLate { pupils: Vec<i64>, session: bool, step: usize },
    Report { pupils: Vec<i64>, from: (u32, bool), days: u32, until: bool, code: usize },
    Call { pupil: i64, session: bool, code: Option<usize>, covers: bool, sibling_code: Option<usize>, stale: bool },
    Chase { group: i64 },
    Register { group: i64, day: u32, session: bool, marks: Vec<usize>, paper: bool },
    Watch { pupil: i64, review: Option<u32>, instead: bool },
    Unwatch { pupil: i64 },
    Follow { pupil: i64, what: usize, minute: u32 },
    Undo { back: usize },
}

/// How many ways [`follow`] knows.
const FOLLOWS: usize = 44;
const CODES: [&str; 8] = ["/", "\\", "N", "I", "M", "L", "U", "B"];

/// One act after another, each with whether it is the other desk's.
pub fn steps() -> impl Strategy<Value = Vec<(Step, bool)>> {
    let pupil = || 1_i64..=10;
    let step = prop_oneof![
        3 => (pupil(), 23_u32..=24, any::<bool>(), 0..CODES.len(), prop::bool::weighted(0.2))
            .prop_map(|(pupil, day, session, code, stale)| Step::Amend { pupil, day, session, code, stale }),
        3 => (pupil(), 0_u32..400, prop::option::weighted(0.3, 0..CODES.len()))
            .prop_map(|(pupil, minute, instead)| Step::Arrive { pupil, minute, instead }),
        4 => (prop::collection::vec(1_i64..=4, 1..3), prop::bool::weighted(0.2), 0..LateStep::ALL.len())
            .prop_map(|(pupils, session, step)| Step::FollowLate { pupils, session, step }),
        3 => (prop::collection::vec(pupil(), 1..3), (23_u32..=27, any::<bool>()), 0_u32..6, any::<bool>(), 0..CODES.len())
            .prop_map(|(pupils, from, days, until, code)| Step::Report { pupils, from, days, until, code }),
        3 => (1_i64..=2, any::<bool>(), prop::option::of(0..CODES.len()), any::<bool>(), prop::option::of(0..CODES.len()), any::<bool>())
            .prop_map(|(pupil, session, code, covers, sibling_code, stale)| Step::Call { pupil, session, code, covers, sibling_code, stale }),
        1 => (1_i64..=2).prop_map(|group| Step::Chase { group }),
        5 => (1_i64..=2, 23_u32..=24, any::<bool>(), prop::collection::vec(0..CODES.len() + 2, 4), any::<bool>())
            .prop_map(|(group, day, session, marks, paper)| Step::Register { group, day, session, marks, paper }),
        3 => (1_i64..=3, prop::option::of(23_u32..=26), any::<bool>())
            .prop_map(|(pupil, review, instead)| Step::Watch { pupil, review, instead }),
        1 => (1_i64..=3).prop_map(|pupil| Step::Unwatch { pupil }),
        8 => (1_i64..=3, 0..FOLLOWS, 0_u32..60)
            .prop_map(|(pupil, what, minute)| Step::Follow { pupil, what, minute }),
        5 => (0_usize..8).prop_map(|back| Step::Undo { back }),
    ];
    prop::collection::vec((step, prop::bool::weighted(0.3)), 1..16)
}

fn own(pupil: PupilId, code: &str) -> SiblingAnswer {
    SiblingAnswer { pupil, outcome: CallOutcome::Aware, code: Some(code_of(code)) }
}

fn session(pm: bool) -> Session {
    if pm { Session::Pm } else { Session::Am }
}

impl Step {
    /// The act as this desk would ask for it now.
    pub fn act(&self, desk: &mut Desk) -> Act {
        let saw = |pupil, at, stale: &bool| if *stale { ActId(0) } else { desk.revision(PupilId(pupil), at) };
        match self {
            Step::Amend { pupil, day, session: pm, code, stale } => {
                let at = SessionDate::new(november(*day), session(*pm));
                amend(PupilId(*pupil), at, CODES[*code], "why", saw(*pupil, at, stale))
            }
            Step::Arrive { pupil, minute, instead } => {
                let time = (local(november(24), "08:30") + chrono::TimeDelta::minutes(i64::from(*minute))).time();
                let instead = instead.map(|code| code_of(CODES[code]));
                let (pupil, reason) = (PupilId(*pupil), Some("bus".to_owned()));
                Act::LogArrival(LogArrival { pupil, date: november(24), time, reason, instead })
            }
            Step::FollowLate { pupils, session: pm, step } => Act::FollowLate(act::FollowLate {
                pupils: pupils.iter().map(|pupil| PupilId(*pupil)).collect(),
                at: SessionDate::new(november(24), session(*pm)),
                step: LateStep::ALL[*step],
                words: "as it was said".to_owned(),
            }),
            Step::Report { pupils, from, days, until, code } => {
                let pupils: Vec<_> = pupils.iter().map(|pupil| PupilId(*pupil)).collect();
                let first = SessionDate::new(november(from.0), session(from.1));
                let last = SessionDate::new(november((from.0 + days).min(30)), session(*until));
                report(&pupils, CODES[*code], first, last)
            }
            Step::Call { pupil, session: pm, code, covers, sibling_code, stale } => {
                let at = SessionDate::new(november(24), session(*pm));
                let sibling = 3 - pupil;
                let own = sibling_code.filter(|_| *covers).map(|code| own(PupilId(sibling), CODES[code]));
                LogCall {
                    at,
                    outcome: CallOutcome::Aware,
                    code: code.map(|code| code_of(CODES[code])),
                    covers: if *covers { vec![PupilId(sibling)] } else { vec![] },
                    sibling_answers: own.into_iter().collect(),
                    saw: [*pupil, sibling].map(|pupil| (PupilId(pupil), saw(pupil, at, stale))).to_vec(),
                    ..call(PupilId(*pupil), if *pupil == 1 { 1 } else { 3 })
                }
                .into()
            }
            Step::Chase { group } => Act::Chase(act::Chase {
                group: [G8KM, G9TR][*group as usize - 1],
                at: am(24),
                method: ChaseMethod::Phone,
            }),
            Step::Register { group, day, session: pm, marks, paper } => {
                let members = if *group == 1 { [AMIRA, SIOBHAN, LOUIS, LEAVER] } else { [BILAL, ZOE, BILAL, ZOE] };
                let members = if *group == 1 { &members[..] } else { &members[..2] };
                let given = members.iter().zip(marks).filter_map(|(pupil, code)| Some((*pupil, *CODES.get(*code)?)));
                let at = SessionDate::new(november(*day), session(*pm));
                sent([G8KM, G9TR][*group as usize - 1], at, &given.collect::<Vec<_>>(), *paper)
            }
            Step::Watch { pupil, review, instead } => {
                let pupil = PupilId(*pupil);
                // In place of what stands, or, with nothing there, of what never did.
                let watched = desk.store.day(november(24)).unwrap().watched;
                let stands = watched.iter().find(|one| one.pupil == pupil).map_or(ActId(1), |one| one.act);
                let (owner, review) = (review.map(|day| format!("Mr {day}")), review.map(november));
                let (reason, instead) = ("quiet".to_owned(), instead.then_some(stands));
                Act::Watch(act::Watch { pupil, reason, until: None, owner, review, instead })
            }
            Step::Unwatch { pupil } => Act::Unwatch(act::Unwatch { pupil: PupilId(*pupil) }),
            Step::Follow { pupil, what, minute } => follow(desk, PupilId(*pupil), *what, *minute),
            Step::Undo { back } => {
                let ids = desk.ask("SELECT id FROM act WHERE kind <> 'import' ORDER BY id DESC").concat();
                let id = ids.get(*back).cloned().flatten().map_or(99, |id| id.parse().unwrap());
                Act::Undo(act::Undo { act: ActId(id) })
            }
        }
    }
}

/// A register from its teacher, or typed from the teacher's paper.
pub fn sent(group: GroupId, at: SessionDate, marks: &[(PupilId, &str)], paper: bool) -> Act {
    let by = if paper { TakenBy::Paper } else { TakenBy::Teacher };
    TakeRegister { by: by("Mrs Kemp".to_owned()), ..handed_in(group, at, "", marks) }.into()
}

/// One of the acts that follow up and settle nothing, but for the two last.
fn follow(desk: &mut Desk, pupil: PupilId, what: usize, minute: u32) -> Act {
    let (date, at) = (november(24), am(24));
    let time = local(date, &format!("10:{minute:02}")).time();
    let (words, even) = (|| "as it was said".to_owned(), minute.is_multiple_of(2));
    let day = desk.store.day(date).unwrap();
    let search = day.searches.iter().rfind(|search| search.pupil == pupil).map_or(ActId(0), |search| search.act);
    let contact = ContactId(if pupil == BILAL { 3 } else { i64::from(minute % 2) + 1 });
    let lesson = day.lessons.first().unwrap().id;
    match what {
        0 => Act::TakeStep(TakeStep { pupils: vec![pupil], at, step: "tell DSL".to_owned().into(), words: words() }),
        1 => Act::Snooze(Snooze { group: G8KM, at, until: local(date, "15:59").time() }),
        2 => Act::Cover(Cover { group: G8KM, at, teacher: Some(format!("Mr Cole {minute}")), room: None }),
        3 | 4 => {
            moved(pupil, if what == 3 { Way::Out } else { Way::Back }, &format!("10:{minute:02}"), "dentist").into()
        }
        5 => Act::Sight(Sight { pupil, date, time, seen: even, place: "sweep of 8KM".to_owned() }),
        6 => Act::Confirm(Confirm { pupils: vec![pupil], at, there: even, said_by: words() }),
        7 => Act::OpenSearch(OpenSearch { pupil, date, last_seen: words() }),
        8 => Act::NoteSearch(NoteSearch { search, pupil, words: words() }),
        9 => {
            let found = even.then_some(FoundWhere::OnSite);
            Act::EndSearch(EndSearch { search, pupil, outcome: SearchOutcome::Found, found, words: words() })
        }
        10 => Act::Decide(Decide { pupil, at, contradiction: ContradictionKind::SiblingPuzzle, reason: words() }),
        11 => {
            let (by, channel) = (words(), Channel::Telephone);
            let promise = Promise::OnTheWay { by: local(date, "15:59").time() };
            Act::LogPromise(LogPromise { pupils: vec![pupil], at, promise, by, words: words(), channel })
        }
        12 => Act::Bar(Bar { pupil, contact, reason: words() }),
        13 => Act::LiftBar(LiftBar { pupil, contact, reason: words() }),
        14 => Act::ChaseLesson(ChaseLesson { lesson, method: ChaseMethod::Message }),
        15 => {
            let marks = vec![(pupil, mark(if even { "/" } else { "N" }))];
            Act::TakeLesson(TakeLesson { lesson, by: TakenBy::Teacher("Ms Ali".to_owned()), marks })
        }
        16 => {
            let held = day.roll.contact(pupil, contact).and_then(|one| one.first_number());
            let saw = held.map(|phone| phone.number.clone()).unwrap_or_default();
            let becomes = format!("07700 9000{minute:02}");
            Act::CorrectContact(CorrectContact { pupil, contact, field: ContactField::Number, saw, becomes })
        }
        17 => {
            let (name, number) = (format!("Aunt {minute}"), format!("07700 9001{minute:02}"));
            let (relationship, email, note) = ("aunt".to_owned(), String::new(), words());
            Act::AddContact(AddContact { pupil, name, relationship, number, email, note, order: even.then_some(1) })
        }
        18 => {
            let saw = day.roll.pupil(pupil).and_then(|one| one.until);
            let (on, destination) = (even.then_some(november(27)), words());
            Act::Leave(Leave { pupil, on: on.filter(|_| saw.is_none()), destination, saw })
        }
        19 => {
            let (saw, from) = (day.roll.pupil(pupil).and_then(|one| one.group), november(24 + minute % 4));
            let group = if saw == Some(G8KM) { G9TR } else { G8KM };
            Act::ChangeGroup(ChangeGroup { pupil, group, from, saw })
        }
        20 => Act::Enrol(Enrol {
            surname: format!("Joiner {minute}"),
            forename: "Jo".to_owned(),
            year: None,
            group: G8KM,
            from: november(24),
            admission_no: String::new(),
            upn: String::new(),
        }),
        21 => {
            let mut joiners = day.roll.corrections.iter().filter(|one| one.correction.kind == CorrectionKind::Joiner);
            let pupil = joiners.next_back().map_or(pupil, |one| one.correction.pupil);
            Act::NumberJoiner(NumberJoiner { pupil, admission_no: format!("J{minute}"), upn: String::new() })
        }
        22 => {
            let closes = local(date, &format!("09:{minute:02}")).time();
            settings_changed(&desk.store.roll().school, |school| school.times.usual.am.closes = closes).into()
        }
        23 => {
            let (group, place) = ("8KM".to_owned(), "sweep of 8KM".to_owned());
            let (pupils, but) = if even { (vec![pupil, SIOBHAN], vec![]) } else { (vec![SIOBHAN], vec![pupil]) };
            Act::SightGroup(SightGroup { group, pupils, but, date, time, place, since: time })
        }
        24 => {
            let seen = |pupil: PupilId| (pupil, at, if even { desk.revision(pupil, at) } else { ActId(0) });
            let marks = vec![(pupil, at, desk.revision(pupil, at)), seen(ZOE)];
            Act::AmendSeveral(AmendSeveral { marks, code: code_of("M"), reason: words() })
        }
        25 => {
            let pupils = [pupil, PupilId(1 + pupil.0 % 10)];
            let days = ["mon-fri", "tue pm", "tue fri am"][minute as usize % 3];
            arranged(&pupils, if even { "W" } else { "C2" }, days, 20 + minute % 5, 24 + minute % 7).into()
        }
        26 | 27 => {
            let held = day.roll.arrangements().first().cloned();
            let Some(held) = held else { return arranged(&[pupil], "V", "tue", 24, 24).into() };
            let from = november(20 + minute % 9);
            if what == 26 {
                return EndArrangement::of(&held, from, words()).into();
            }
            let mut terms = held.terms.clone();
            match minute % 4 {
                0 => terms.title = format!("Quay Boats {minute}"),
                1 => terms.until = november(30),
                2 => terms.review = Some(november(24)),
                _ => {}
            }
            let (added, out) = if even { (vec![pupil], vec![]) } else { (vec![PupilId(8)], vec![pupil]) };
            ChangeArrangement::of(&held, from, terms, &added, &out).into()
        }
        28 => Act::MapMark(MapMark {
            raw: if even { "7" } else { "8" }.to_owned(),
            code: code_of(["I", "/", "M"][minute as usize % 3]),
        }),
        29 => Act::DropMarks(DropMarks { raw: if even { "9" } else { "8" }.to_owned(), reason: words() }),
        30 if even && minute.is_multiple_of(4) => {
            let (on, destination) = (november(18 + minute % 9), words());
            Act::ConfirmLeavers(ConfirmLeavers { pupils: vec![ZOE, pupil], on, destination })
        }
        30 if even => Act::Stay(Stay { pupils: vec![SIOBHAN, pupil] }),
        30 => {
            let about = (minute % 4 == 1).then_some(pupil);
            Act::ReadMessage(ReadMessage { message: i64::from(minute % 3) + 1, about })
        }
        31 | 32 => {
            let asked = Asked { form: Form::Sheet, profile: None, dates: (None, None) };
            // A gate makes none.
            let made = desk.store.hand_back(&desk.officer, now("15:00"), &asked, &|_| true).ok().flatten();
            let (number, rows) = (made.map_or(HandbackId(1), |made| made.number), vec![1 + i64::from(minute % 3)]);
            match what {
                31 => {
                    Act::ConfirmHandback(ConfirmHandback { number, rows: if even { vec![] } else { rows }, by: None })
                }
                _ => Act::RefuseHandback(RefuseHandback { number, rows, reason: words() }),
            }
        }
        34..=37 | 42 | 43 => casework(desk, pupil, what, minute),
        33 => Act::DismissFile(DismissFile { number: 1, file: "marks.csv".to_owned() }),
        _ => {
            let one = day.unresolved_n.first().map(|one| (one.pupil, one.at, one.revision));
            let marks = vec![one.unwrap_or_else(|| (pupil, am(23), desk.revision(pupil, am(23))))];
            Act::SettleUnresolved(SettleUnresolved { marks, code: code_of("O"), reason: words() })
        }
    }
}

/// One of the acts about cases and case files.
fn casework(desk: &Desk, pupil: PupilId, what: usize, minute: u32) -> Act {
    let (words, even) = (|| "as it was said".to_owned(), minute.is_multiple_of(2));
    let parent = Party { contact: None, name: "Mrs Khan".to_owned() };
    let file = desk.store.case_files(Some(pupil)).unwrap().remove(&pupil).unwrap_or_default();
    match what {
        34 => {
            let next = even.then(|| Next { on: november(25), what: words() });
            let (stage, owner, source) = ("Concern".to_owned(), words(), CaseSource::Referral);
            let opening = Opening { stage, owner, source, of: words(), why: words(), next };
            Act::OpenCase(OpenCase { pupil, opening })
        }
        35 => {
            let case = file.cases().pop().map_or(ActId(1), |case| case.act);
            let change = match minute % 5 {
                0 => CaseChange::Stage { stage: "Panel".to_owned(), why: words() },
                1 => CaseChange::Owner(words()),
                2 => CaseChange::Next(Next { on: november(26), what: words() }),
                3 => CaseChange::Target { what: words(), by: Some(november(27)) },
                _ => CaseChange::Close { reason: CloseReason::Improved, why: words() },
            };
            Act::ChangeCase(ChangeCase { pupil, case, change })
        }
        36 => {
            let (on, left, due_back) =
                (november(24), local(november(24), "08:00").time(), local(november(24), "15:00").time());
            let event = match minute % 4 {
                0 => CaseEvent::Contact(CaseContact {
                    on,
                    time: None,
                    way: ContactWay::Letter,
                    with: parent,
                    words: words(),
                }),
                1 => {
                    let action = AgreedAction { what: words(), who: words(), by: november(30) };
                    let (kind, present, minutes, actions) = (MeetingKind::Panel, words(), words(), vec![action]);
                    CaseEvent::Meeting(Meeting { on, time: None, kind, present, minutes, actions })
                }
                2 => {
                    let (purpose, staff, second) = (VisitPurpose::SafeAndWell, words(), even.then(words));
                    CaseEvent::Visit(Visit { on, left, due_back, purpose, staff, second, words: words() })
                }
                _ if minute < 30 => CaseEvent::Penalty(PenaltyNotice {
                    parent,
                    issued: on,
                    sessions: if minute < 15 { vec![] } else { vec![am(23)] },
                }),
                _ => CaseEvent::Leave(LeaveRequest {
                    asked: on,
                    by: parent,
                    first: november(25),
                    last: november(27),
                    reason: words(),
                }),
            };
            Act::LogCaseEvent(LogCaseEvent { pupil, event })
        }
        42 => {
            let contact = desk.store.roll().contacts(pupil).first().map(|one| one.id);
            let letter = Letter {
                template: "concern-1".to_owned(),
                sha256: words(),
                on: november(24),
                from: november(1),
                to: november(24),
                parent: Party { contact, ..parent },
                language: even.then(words),
            };
            let paper = Paper { text: words(), address: vec![words(), words()], ..Paper::default() };
            Act::MakeLetter(MakeLetter { pupil, letter, paper: Box::new(paper) })
        }
        43 => {
            let letter = file.letters.last().map_or(ActId(1), |one| one.by.act);
            let outcome = match minute % 3 {
                0 => LetterOutcome::Post,
                1 => LetterOutcome::Email,
                _ => LetterOutcome::Returned,
            };
            let delivery = Delivery { letter, outcome, on: november(24), time: None, who: words(), words: words() };
            Act::DeliverLetter(DeliverLetter { pupil, delivery })
        }
        _ => {
            let last = file.standing().last();
            let (on, event) = (november(24), last.map_or(ActId(1), |one| one.by.act));
            let ending = match last.map(|one| one.what.kind()) {
                Some(EventKind::Visit) => Ending::Visit(VisitReturn {
                    back: local(on, "08:30").time(),
                    child_seen: even,
                    spoken_to: even,
                    met: words(),
                    outcome: VisitOutcome::NoAnswer,
                    words: words(),
                    follow_up: words(),
                    in_cpoms: even,
                }),
                Some(EventKind::Penalty) => {
                    Ending::Penalty(PenaltyEnd { on, outcome: PenaltyOutcome::Withdrawn, words: words() })
                }
                Some(EventKind::Leave) => {
                    let (outcome, days) = if even { (LeaveOutcome::Granted, 2) } else { (LeaveOutcome::Refused, 0) };
                    Ending::Leave(LeaveDecision {
                        on,
                        outcome,
                        days,
                        by: words(),
                        reason: words(),
                        granted: Vec::new(),
                    })
                }
                Some(
                    EventKind::Contact
                    | EventKind::Letter
                    | EventKind::Meeting
                    | EventKind::Improvement
                    | EventKind::Details
                    | EventKind::Contract
                    | EventKind::EarlyHelp
                    | EventKind::PartTime
                    | EventKind::Reintegration
                    | EventKind::Provider
                    | EventKind::Court,
                )
                | None => Ending::Action(ActionDone { place: 1 + minute % 2, on, words: words() }),
            };
            Act::EndCaseEvent(EndCaseEvent { pupil, event, ending })
        }
    }
}
