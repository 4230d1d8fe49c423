//! Cases of the made-up school: pupils whose attendance has been poor since September, each case as far along as it would be by now, and a
//! leave that is to be decided.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use hashbrown::HashMap;

use crate::domain::act::{Act, ChangeCase, EndCaseEvent, LogCaseEvent, Officer, OpenCase};
use crate::domain::act_id::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::cases::change::{CaseChange, CaseSource, Next, Opening};
use crate::domain::cases::ending::{ActionDone, Ending, VisitOutcome, VisitReturn};
use crate::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ContactWay, LeaveRequest, Meeting, MeetingKind, Party, Visit, VisitPurpose,
};
use crate::domain::cases::support::{Support, SupportKind};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::{NotDone, Store};

/// One case for so many pupils.
const ONE_IN: usize = 100;
/// Attendance in tenths of a percent, below which a case came to its next stage; whoever is hardly ever in has another story than these.
const CONCERN: u32 = 950;
const MEETING: u32 = 900;
const PLAN: u32 = 850;
const PANEL: u32 = 800;
const LEAST: u32 = 600;
/// Why a case was opened, and what the parent said of it.
const WHY: [[&str; 2]; 4] = [
    ["single days since September, each with a reason of its own", "will see that the alarm is set"],
    ["below 95 % at the first look of the year", "has not been well, will ask the GP"],
    ["the tutor is worried", "mornings are hard since the move"],
    ["lower from week to week", "does not want to come in, no reason given"],
];

/// What somebody puts down about a case.
enum Step {
    Open(Opening),
    Change(CaseChange),
    Event(CaseEvent),
    /// Of the event before.
    End(Ending),
}

type Steps = Vec<(NaiveDateTime, PupilId, Step)>;

/// Put the cases into the record, as of the evening before `today`.
pub(super) fn put_down(store: &mut Store, calendar: &Calendar, today: NaiveDate) -> Result<(), NotDone> {
    let roll = store.roll().clone();
    let mut steps = Steps::new();
    let ids: Vec<PupilId> = roll.pupils.iter().map(|pupil| pupil.id).collect();
    let attendance = store.attendance(&ids, today.and_time(NaiveTime::MIN)).map_err(NotDone::Fault)?;
    let tenths = |id: &PupilId| attendance.get(id).and_then(|figures| figures.attendance_tenths());
    let mut poor: Vec<(u32, PupilId)> = ids.iter().filter_map(|id| Some((tenths(id)?, *id))).collect();
    poor.retain(|(tenths, _)| (LEAST..CONCERN).contains(tenths));
    poor.sort_unstable();
    // From all over the list, so that every stage has some.
    let wanted = ids.len() / ONE_IN;
    let apart = poor.len().checked_div(wanted).unwrap_or_default().max(1);
    for (place, (tenths, id)) in poor.iter().step_by(apart).take(wanted).enumerate() {
        let days = Days { calendar, today };
        of_case(&mut steps, &days, (*id, parent(&roll, *id)), *tenths, place);
    }
    let at_wedding = ids.iter().copied().find(|id| tenths(id).is_some_and(|tenths| tenths > 970));
    if let Some(id) = at_wedding.filter(|_| wanted > 0) {
        let days = Days { calendar, today };
        let asked = days.ago(3);
        let leave = LeaveRequest {
            asked,
            by: parent(&roll, id),
            first: days.ahead(10),
            last: days.ahead(13),
            reason: "a wedding in the family, abroad".to_owned(),
        };
        steps.push((at(asked, 15, 5), id, Step::Event(CaseEvent::Leave(leave))));
    }
    steps.sort_by_key(|(at, id, _)| (*at, *id));
    carry_out(store, steps)
}

fn carry_out(store: &mut Store, steps: Steps) -> Result<(), NotDone> {
    let officer = Officer::unbound("S Marsh", "attendance officer", "office-1");
    let (mut cases, mut events): (HashMap<PupilId, ActId>, HashMap<PupilId, ActId>) = (HashMap::new(), HashMap::new());
    for (at, pupil, step) in steps {
        let known = |acts: &HashMap<PupilId, ActId>| acts.get(&pupil).copied().unwrap_or_default();
        let is_open = matches!(step, Step::Open(_));
        let act: Act = match step {
            Step::Open(opening) => OpenCase { pupil, opening }.into(),
            Step::Change(change) => ChangeCase { pupil, case: known(&cases), change }.into(),
            Step::Event(event) => LogCaseEvent { pupil, event }.into(),
            Step::End(ending) => EndCaseEvent { pupil, event: known(&events), ending }.into(),
        };
        let is_event = matches!(act, Act::LogCaseEvent(_));
        let done = store.perform(&officer, store.roll().school.instant(at), &act)?.act;
        if is_open {
            cases.insert(pupil, done);
        }
        if is_event {
            events.insert(pupil, done);
        }
    }
    Ok(())
}

/// School days around today.
struct Days<'a> {
    calendar: &'a Calendar,
    today: NaiveDate,
}

impl Days<'_> {
    /// So many school days ago; of a calendar that begins later, the first.
    fn ago(&self, days: usize) -> NaiveDate {
        self.calendar.school_days_before(self.today).take(days).last().unwrap_or(self.today)
    }

    /// So many school days from now; of a calendar that ends before, the last.
    fn ahead(&self, days: usize) -> NaiveDate {
        self.calendar.school_days_after(self.today).take(days).last().unwrap_or(self.today)
    }
}

fn at(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN))
}

/// Who is rung first.
fn parent(roll: &Roll, pupil: PupilId) -> Party {
    let first = roll.contacts(pupil).iter().find(|contact| contact.bar.is_none());
    first.map_or_else(
        || Party { contact: None, name: "a parent".to_owned() },
        |contact| Party { contact: Some(contact.id), name: contact.name.clone() },
    )
}

/// One case, from its beginning to the stage that the attendance has brought it to. `place` is its number among them.
fn of_case(steps: &mut Steps, days: &Days<'_>, (pupil, parent): (PupilId, Party), tenths: u32, place: usize) {
    let [why, said] = WHY.get(place % WHY.len()).copied().unwrap_or_default();
    let stage = |name: &str, why: &str| Step::Change(CaseChange::Stage { stage: name.to_owned(), why: why.to_owned() });
    let began = days.ago(15 + place % 5);
    let opening = Opening {
        stage: "Concern".to_owned(),
        owner: if place % 3 == 2 { "L Pritchard" } else { "S Marsh" }.to_owned(),
        source: CaseSource::Trigger,
        of: "attendance of 95 % or less".to_owned(),
        why: why.to_owned(),
        next: None,
    };
    steps.push((at(began, 11, 10), pupil, Step::Open(opening)));
    let rang = days.ago(14);
    let contact =
        CaseContact { on: rang, time: None, way: ContactWay::Call, with: parent.clone(), words: said.to_owned() };
    steps.push((at(rang, 10, 25), pupil, Step::Event(CaseEvent::Contact(contact))));
    if tenths < MEETING {
        let met = days.ago(12);
        let action =
            AgreedAction { what: "bring in what the GP says".to_owned(), who: parent.name.clone(), by: days.ago(2) };
        let meeting = Meeting {
            on: met,
            time: None,
            kind: MeetingKind::Family,
            present: format!("{}, the tutor", parent.name),
            minutes: "What keeps the pupil away was talked through; both want it to be better by the end of term"
                .to_owned(),
            actions: vec![action],
        };
        steps.push((at(met, 15, 40), pupil, Step::Event(CaseEvent::Meeting(meeting))));
        if place.is_multiple_of(2) {
            let done = ActionDone { place: 1, on: days.ago(11), words: "letter seen".to_owned() };
            steps.push((at(days.ago(11), 9, 50), pupil, Step::End(Ending::Action(done))));
        }
        steps.push((at(met, 15, 50), pupil, stage("Meeting", "at 90 % or less")));
    }
    if tenths < PLAN {
        let agreed = days.ago(9);
        let support = Support {
            kind: SupportKind::Contract,
            on: agreed,
            until: Some(days.ahead(15)),
            review: Some(if place.is_multiple_of(2) { days.today } else { days.ahead(4) }),
            with: parent.clone(),
            agreed: Some(agreed),
            sessions: String::new(),
            words: "in by 08:40 each day; breakfast club; a word with the tutor on Fridays".to_owned(),
        };
        steps.push((at(agreed, 14, 5), pupil, stage("Support plan", "at 85 % or less")));
        steps.push((at(agreed, 14, 10), pupil, Step::Event(CaseEvent::Support(support))));
    }
    if tenths < PANEL {
        visited(steps, days, pupil, &parent);
        steps.push((at(days.ago(2), 16, 0), pupil, stage("Panel", "at 80 % or less")));
    }
    let next = match place % 3 {
        0 => Some((days.today, "ring about this week")),
        1 => Some((days.ahead(3), "look at the attendance of two weeks")),
        _ => None,
    };
    if let Some((on, what)) = next {
        let next = Next { on, what: what.to_owned() };
        steps.push((at(days.ago(1), 16, 10), pupil, Step::Change(CaseChange::Next(next))));
    }
}

/// A home visit, and what was found.
fn visited(steps: &mut Steps, days: &Days<'_>, pupil: PupilId, parent: &Party) {
    let on = days.ago(6);
    let time = |hour, minute| at(on, hour, minute).time();
    let visit = Visit {
        on,
        left: time(13, 15),
        due_back: time(14, 30),
        purpose: VisitPurpose::Persistent,
        staff: "S Marsh".to_owned(),
        second: Some("L Pritchard".to_owned()),
        words: "side door; the dog is kept in".to_owned(),
    };
    let back = VisitReturn {
        back: time(14, 20),
        child_seen: true,
        spoken_to: true,
        met: parent.name.clone(),
        outcome: VisitOutcome::SeenWell,
        words: "at home and well; says that mornings are the trouble".to_owned(),
        follow_up: "panel".to_owned(),
        in_cpoms: true,
    };
    steps.push((at(on, 13, 15), pupil, Step::Event(CaseEvent::Visit(visit))));
    steps.push((at(on, 14, 20), pupil, Step::End(Ending::Visit(back))));
}
