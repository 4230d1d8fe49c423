//! Planned acts become acts: places in the made-up lists become the record's own numbers.

use hashbrown::HashMap;

use super::planned::{Planned, PlannedAct};
use super::school::MadeSchool;
use crate::domain::act::{
    Act, Amend, Chase, Confirm, LogArrival, LogCall, LogMovement, LogPromise, NoteSearch, OpenSearch, ReportAbsence,
    Sight, TakeLesson, TakeRegister, Unwatch, Watch,
};
use crate::domain::calendar::session::SessionDate;
use crate::domain::day::Day;
use crate::domain::facts::lesson::LessonId;
use crate::domain::facts::search::{FoundWhere, Search, SearchOutcome};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::{Fault, NotDone, Store};

/// Who is who in the file.
pub struct Numbers {
    pupils: Vec<PupilId>,
    groups: HashMap<String, GroupId>,
    lessons: HashMap<(String, String), LessonId>,
}

impl Numbers {
    /// Read off the roll that the school was merged into, and its first day.
    pub fn of(school: &MadeSchool, today: &Day) -> Numbers {
        let roll = &today.roll;
        let by_number: HashMap<&str, PupilId> =
            roll.pupils.iter().filter_map(|pupil| Some((pupil.admission_no.as_deref()?, pupil.id))).collect();
        let number = |admission_no: &str| by_number.get(admission_no).copied().unwrap_or(PupilId(0));
        Numbers {
            pupils: school.pupils.iter().map(|pupil| number(&pupil.admission_no)).collect(),
            groups: roll.groups.iter().map(|group| (group.name.clone(), group.id)).collect(),
            lessons: today
                .lessons
                .iter()
                .map(|lesson| ((lesson.period.clone(), lesson.class.clone()), lesson.id))
                .collect(),
        }
    }

    /// The record's number of the pupil at this place.
    pub fn pupil(&self, place: usize) -> PupilId {
        self.pupils.get(place).copied().unwrap_or(PupilId(0))
    }

    fn group(&self, name: &str) -> GroupId {
        self.groups.get(name).copied().unwrap_or(GroupId(0))
    }

    /// Do a planned act through the ordinary store. Whatever the record refuses, somebody else has done first.
    pub fn carry_out(&self, planned: &Planned, store: &mut Store) -> Result<(), Fault> {
        let Some(act) = self.act(planned, store)? else { return Ok(()) };
        let now = store.roll().school.instant(planned.at);
        match store.perform(&planned.who, now, &act) {
            Ok(_) | Err(NotDone::Refused(_)) => Ok(()),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => Err(fault),
        }
    }

    fn act(&self, planned: &Planned, store: &mut Store) -> Result<Option<Act>, Fault> {
        let pupils = |places: &[usize]| places.iter().map(|place| self.pupil(*place)).collect::<Vec<_>>();
        let seen = |pupils: &[PupilId], at: SessionDate| {
            pupils.iter().map(|id| Ok((*id, store.revision(*id, at)?))).collect::<Result<Vec<_>, Fault>>()
        };
        let (date, time) = (planned.at.date(), planned.at.time());
        Ok(Some(match planned.act.clone() {
            // Who covers is arranged and not recorded: it is no act.
            PlannedAct::Cover { group, at, teacher } => {
                store.set_cover(self.group(&group), at, Some(&teacher), None)?;
                return Ok(None);
            }
            PlannedAct::ReportAbsence { pupils: places, code, from, until, by, words, channel } => {
                let (seen, back) = (String::new(), None);
                Act::ReportAbsence(ReportAbsence {
                    pupils: pupils(&places),
                    code,
                    from,
                    until,
                    by,
                    words,
                    channel,
                    seen,
                    back,
                    time: None,
                })
            }
            PlannedAct::TakeRegister { group, at, by, marks } => {
                let marks = marks.into_iter().map(|(place, mark)| (self.pupil(place), mark)).collect();
                Act::TakeRegister(TakeRegister { group: self.group(&group), at, by, marks })
            }
            PlannedAct::LogArrival { pupil, date, time, reason } => {
                Act::LogArrival(LogArrival { pupil: self.pupil(pupil), date, time, reason, instead: None })
            }
            PlannedAct::Chase { group, at, method } => Act::Chase(Chase { group: self.group(&group), at, method }),
            PlannedAct::LogCall { pupil, contact, at, outcome, code, note, call_back, covers } => {
                let pupil = self.pupil(pupil);
                let contact = store.roll().contacts(pupil).iter().find(|one| one.order == contact).map(|one| one.id);
                let covers = pupils(&covers);
                let about: Vec<PupilId> = std::iter::once(pupil).chain(covers.iter().copied()).collect();
                let saw = seen(&about, at)?;
                Act::LogCall(LogCall {
                    pupil,
                    contact,
                    number: None,
                    at,
                    outcome,
                    code,
                    until: None,
                    note,
                    call_back,
                    covers,
                    saw,
                    sibling_answers: Vec::new(),
                    despite: None,
                })
            }
            PlannedAct::LogPromise { pupil, at, promise, by, words, channel } => {
                Act::LogPromise(LogPromise { pupils: vec![self.pupil(pupil)], at, promise, by, words, channel })
            }
            PlannedAct::Amend { pupil, at, code, reason } => {
                let pupil = self.pupil(pupil);
                Act::Amend(Amend { pupil, at, code, minutes: None, reason, saw: store.revision(pupil, at)? })
            }
            PlannedAct::TakeLesson { period, class, by, marks } => {
                let marks = marks.into_iter().map(|(place, mark)| (self.pupil(place), mark)).collect();
                let lesson = self.lessons.get(&(period, class)).copied().unwrap_or(LessonId(0));
                Act::TakeLesson(TakeLesson { lesson, by, marks })
            }
            PlannedAct::Move { pupil, way, reason } => {
                Act::LogMovement(LogMovement { pupil: self.pupil(pupil), date, time, way, reason })
            }
            PlannedAct::Sight { pupil, seen, place } => {
                Act::Sight(Sight { pupil: self.pupil(pupil), date, time, seen, place })
            }
            PlannedAct::Confirm { pupils: places, at, there, said_by } => {
                Act::Confirm(Confirm { pupils: pupils(&places), at, there, said_by })
            }
            PlannedAct::OpenSearch { pupil, last_seen } => {
                Act::OpenSearch(OpenSearch { pupil: self.pupil(pupil), date, last_seen })
            }
            PlannedAct::NoteSearch { pupil, words } => {
                let pupil = self.pupil(pupil);
                let Some(search) = store.day(date)?.open_search(pupil).map(|search| search.act) else {
                    return Ok(None);
                };
                Act::NoteSearch(NoteSearch { search, pupil, words })
            }
            PlannedAct::EndSearch { pupil, outcome, words } => {
                let pupil = self.pupil(pupil);
                let end = |search: &Search| match outcome {
                    SearchOutcome::Found => search.found(FoundWhere::OnSite, &words),
                    SearchOutcome::Escalated => search.hand_on(&words),
                };
                let Some(act) = store.day(date)?.open_search(pupil).map(end) else { return Ok(None) };
                act
            }
            PlannedAct::Watch { pupil, reason, until, review } => {
                Act::Watch(Watch { pupil: self.pupil(pupil), reason, until, owner: None, review, instead: None })
            }
            PlannedAct::Unwatch { pupil } => Act::Unwatch(Unwatch { pupil: self.pupil(pupil) }),
        }))
    }
}
