//! What of a case file is to be done, and by when.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::change::Next;
use super::event::{CaseEvent, LeaveRequest, MeetingKind};
use super::file::CaseFile;
use super::held::Held;
use super::improvement::{period, status};
use super::leave::NOT_BACK;
use super::support::Support;
use crate::domain::act_id::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Statistic;
use crate::domain::counted::counted;
use crate::domain::school::stage::Stage;

/// The days within which a penalty notice is paid.
const PAYMENT_DAYS: u64 = 28;

/// What is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DueKind {
    /// The next step of an open case.
    Next,
    /// A look at an open case of which no next step is put down: by the stage's interval.
    Review,
    /// What a meeting agreed.
    Action,
    /// Staff on a home visit are to be back.
    VisitBack,
    /// The time of a notice to improve is over: how did it end?
    Improvement,
    /// A penalty notice is to be paid: was it?
    Penalty,
    /// Leave is to be decided before it begins.
    Leave,
    /// The leave is over: the pupil should be back.
    Back,
    /// A contract, a timetable or the like is to be looked at again.
    Support,
    /// A letter was made: it is to go, by the next school day.
    Letter,
}

/// Something that is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// What.
    pub kind: DueKind,
    /// By which day.
    pub on: NaiveDate,
    /// By which time of it; `None` for the whole day.
    pub at: Option<NaiveTime>,
    /// Who sees to it.
    pub who: String,
    /// It in words.
    pub what: String,
    /// The act that it rests on: a case, or an event.
    pub act: ActId,
    /// Of what a meeting agreed: which, from 1.
    pub place: Option<u32>,
}

impl Due {
    /// Whether it should have been done by now.
    pub fn is_overdue(&self, now: NaiveDateTime) -> bool {
        let ends = self.at.map(|at| self.on.and_time(at));
        ends.map_or(self.on < now.date(), |ends| ends < now)
    }
}

/// What is due is worked out of, beside the case file.
#[derive(Clone, Copy, Debug)]
pub struct DueFrom<'a> {
    /// The school's stages.
    pub stages: &'a [Stage],
    /// The calendar.
    pub calendar: &'a Calendar,
    /// Today.
    pub today: NaiveDate,
    /// The pupil's marked sessions since [that day](CaseFile::watched_from), in order.
    pub sessions: &'a [(SessionDate, Statistic)],
}

impl CaseFile {
    /// From which day on the pupil's marks say how something stands: a notice to improve that is open, a leave that is over.
    pub fn watched_from(&self, calendar: &Calendar) -> Option<NaiveDate> {
        let from = |one: &Held<CaseEvent>| match &one.what {
            CaseEvent::Improvement(notice) => self.ending(one.by.act, None).is_none().then_some(notice.start),
            CaseEvent::Leave(leave) => leave.back(self.leave_decision(one.by.act)?, calendar),
            CaseEvent::Contact(_)
            | CaseEvent::Meeting(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Support(_) => None,
        };
        self.standing().filter_map(from).min()
    }

    /// That the pupil should be back from a leave, while they have not attended since.
    fn back(&self, leave: &LeaveRequest, act: ActId, from: &DueFrom<'_>) -> Option<(NaiveDate, String)> {
        let back = leave.back(self.leave_decision(act)?, from.calendar)?;
        let since = || from.sessions.iter().filter(|(at, _)| at.date >= back);
        let is_attended = |statistic: &Statistic| matches!(statistic, Statistic::Present | Statistic::Activity);
        if since().any(|(_, statistic)| is_attended(statistic)) {
            return None;
        }
        let missed = since().map(|(at, _)| at.date).collect::<BTreeSet<_>>().len();
        let says = match missed {
            0 => "should be back from leave".to_owned(),
            some if some < NOT_BACK => format!("should be back from leave: away for {}", counted(some, "school day")),
            some => format!(
                "should be back from leave: away for {}, may be missing from education",
                counted(some, "school day")
            ),
        };
        Some((back, says))
    }

    /// Whether what was to be looked at again was: by a review or a contract meeting from that day on, or by another of its kind.
    fn is_reviewed(&self, support: &Support, act: ActId, on: NaiveDate) -> bool {
        self.standing().any(|one| match &one.what {
            CaseEvent::Meeting(meeting) => {
                meeting.on >= on && matches!(meeting.kind, MeetingKind::Review | MeetingKind::Contract)
            }
            CaseEvent::Support(later) => later.kind == support.kind && one.by.act > act,
            CaseEvent::Contact(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_) => false,
        })
    }

    /// Everything that is to be done, the earliest first.
    pub fn due(&self, from: &DueFrom<'_>) -> Vec<Due> {
        let DueFrom { stages, calendar, today, sessions } = *from;
        let mut found = Vec::new();
        let owner = self.open_case().map(|case| case.owner.clone()).unwrap_or_default();
        if let Some(case) = self.open_case() {
            let due = |kind, on, what: String| Due {
                kind,
                on,
                at: None,
                who: owner.clone(),
                what,
                act: case.act,
                place: None,
            };
            found.extend(match &case.next {
                Some(Next { on, what }) => Some(due(DueKind::Next, *on, what.clone())),
                None => {
                    let weeks = stages.iter().find(|stage| stage.name == case.stage).map(|stage| stage.review_weeks);
                    let period = weeks.and_then(|weeks| period(calendar, case.stage_since, weeks));
                    period.map(|one| due(DueKind::Review, one.ends, format!("review at {}", case.stage)))
                }
            });
        }
        for one in self.standing() {
            let act = one.by.act;
            let is_open = || self.ending(act, None).is_none();
            let due = |kind, on, what: String| Due { kind, on, at: None, who: owner.clone(), what, act, place: None };
            match &one.what {
                CaseEvent::Contact(_) | CaseEvent::Meeting(_) => {}
                CaseEvent::Visit(visit) if is_open() => {
                    let due = due(DueKind::VisitBack, visit.on, "back from the home visit".to_owned());
                    found.push(Due { at: Some(visit.due_back), who: visit.staff.clone(), ..due });
                }
                CaseEvent::Improvement(notice) if is_open() => {
                    let status = status(notice, sessions);
                    let standing = status.standing(notice, today);
                    // A notice that is broken is not waited for.
                    let on = status.breached.map_or(notice.ends, |at| at.date);
                    let name = &notice.parent.name;
                    let what = format!("notice to improve of {name}, {}: {status}", standing.describe());
                    found.push(due(DueKind::Improvement, on, what));
                }
                CaseEvent::Penalty(notice) if is_open() => {
                    let until =
                        notice.issued.checked_add_days(chrono::Days::new(PAYMENT_DAYS)).unwrap_or(notice.issued);
                    found.push(due(
                        DueKind::Penalty,
                        until,
                        format!("penalty notice of {}: paid?", notice.parent.name),
                    ));
                }
                CaseEvent::Leave(leave) if is_open() => {
                    let eve = leave.first.pred_opt().unwrap_or(leave.first);
                    found.push(due(DueKind::Leave, eve, "leave is to be decided".to_owned()));
                }
                CaseEvent::Leave(leave) => {
                    let back = self.back(leave, act, from);
                    found.extend(back.map(|(on, what)| due(DueKind::Back, on, what)));
                }
                CaseEvent::Support(support) => {
                    let review = support.review.filter(|review| !self.is_reviewed(support, act, *review));
                    let what = format!("{} is looked at again", support.kind.describe());
                    found.extend(review.map(|on| due(DueKind::Support, on, what)));
                }
                CaseEvent::Visit(_) | CaseEvent::Improvement(_) | CaseEvent::Penalty(_) => {}
            }
        }
        found.extend(self.letters_not_sent().map(|one| {
            let (letter, act) = (&one.what, one.by.act);
            let on = calendar.school_days_after(letter.on).next().unwrap_or(letter.on);
            let what = format!("letter {} to {} is to be sent", letter.template, letter.parent.name);
            Due { kind: DueKind::Letter, on, at: None, who: one.by.who.clone(), what, act, place: None }
        }));
        found.extend(self.open_actions().into_iter().map(|(act, place, action)| Due {
            kind: DueKind::Action,
            on: action.by,
            at: None,
            who: action.who.clone(),
            what: action.what.clone(),
            act,
            place: Some(place),
        }));
        // Of one day what has a time is due before what has the whole of it.
        found.sort_by_key(|due| (due.on, due.at.is_none(), due.at, due.act, due.place));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::change::{CaseChange, CaseSource, Changed, Opening};
    use crate::domain::cases::ending::{ActionDone, Ended, Ending};
    use crate::domain::cases::event::{AgreedAction, Meeting, MeetingKind, Party, Visit, VisitPurpose};
    use crate::domain::cases::letter::{Delivery, Letter, LetterOutcome};
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::school::School;
    use crate::domain::testing::{calendar, date, time, today};

    fn due(file: &CaseFile) -> Vec<(DueKind, NaiveDate, String)> {
        let stages = School::usual().unwrap().case_stages;
        let (calendar, today) = (calendar(), today());
        let from = DueFrom { stages: &stages, calendar: &calendar, today, sessions: &[] };
        file.due(&from).into_iter().map(|one| (one.kind, one.on, one.who)).collect()
    }

    fn case() -> CaseFile {
        let opening = Opening {
            stage: School::usual().unwrap().case_stages[0].name.clone(),
            owner: "Mr Webb".to_owned(),
            source: CaseSource::Office,
            of: String::new(),
            why: "below 95 %".to_owned(),
            next: None,
        };
        CaseFile { openings: vec![held(1, opening)], ..CaseFile::default() }
    }

    #[test]
    fn an_open_case_is_looked_at_by_the_interval_of_its_stage_or_when_it_says() {
        let mut file = case();
        // Three school weeks from Wednesday 4 March.
        assert_eq!(due(&file), [(DueKind::Review, date(2026, 3, 24), "Mr Webb".to_owned())]);
        let next = Next { on: date(2026, 3, 10), what: "ring again".to_owned() };
        let change = |change| Changed { case: ActId(1), change };
        file.changes.push(held(2, change(CaseChange::Next(next))));
        file.changes.push(held(3, change(CaseChange::Owner("Ms Ali".to_owned()))));
        assert_eq!(due(&file), [(DueKind::Next, date(2026, 3, 10), "Ms Ali".to_owned())]);
        file.changes.push(taken_back(4, change(CaseChange::Owner("Mr Cole".to_owned())), 5));
        assert_eq!(file.open_case().unwrap().owner, "Ms Ali");
        let reason = crate::domain::cases::change::CloseReason::Improved;
        file.changes.push(held(6, change(CaseChange::Close { reason, why: String::new() })));
        assert_eq!(due(&file), []);
    }

    #[test]
    fn what_was_agreed_is_due_until_it_is_done_and_a_visit_until_it_is_back() {
        let mut file = CaseFile::default();
        let action = |what: &str, day| AgreedAction {
            what: what.to_owned(),
            who: "Mrs Khan".to_owned(),
            by: date(2026, 3, day),
        };
        let meeting = Meeting {
            on: today(),
            time: None,
            kind: MeetingKind::Panel,
            present: String::new(),
            minutes: String::new(),
            actions: vec![action("see the GP", 11), action("be on time", 9)],
        };
        let visit = Visit {
            on: today(),
            left: time("09:30"),
            due_back: time("10:15"),
            purpose: VisitPurpose::SafeAndWell,
            staff: "Mr Cole".to_owned(),
            second: None,
            words: String::new(),
        };
        file.events = vec![held(1, CaseEvent::Meeting(meeting)), held(2, CaseEvent::Visit(visit))];
        let kinds = |file: &CaseFile| due(file).into_iter().map(|(kind, on, _)| (kind, on)).collect::<Vec<_>>();
        let (first, second) = ((DueKind::Action, date(2026, 3, 9)), (DueKind::Action, date(2026, 3, 11)));
        assert_eq!(kinds(&file), [(DueKind::VisitBack, today()), first, second]);
        let calendar = calendar();
        let from = DueFrom { stages: &[], calendar: &calendar, today: today(), sessions: &[] };
        let back = file.due(&from).remove(0);
        assert!(!back.is_overdue(today().and_time(time("10:15"))) && back.is_overdue(today().and_time(time("10:16"))));
        let done = ActionDone { place: 2, on: today(), words: String::new() };
        file.endings = vec![held(3, Ended { event: ActId(1), ending: Ending::Action(done) })];
        assert_eq!(kinds(&file), [(DueKind::VisitBack, today()), second]);
    }

    #[test]
    fn a_letter_is_to_go_by_the_next_school_day_until_it_is_said_how_it_went() {
        let parent = Party { contact: None, name: "Mrs Khan".to_owned() };
        let letter = Letter {
            template: "concern-1".to_owned(),
            sha256: "0".repeat(64),
            on: date(2026, 3, 6),
            from: date(2025, 9, 1),
            to: date(2026, 3, 6),
            parent,
            language: None,
        };
        let mut file = CaseFile { letters: vec![held(1, letter.clone())], ..CaseFile::default() };
        // Made on a Friday.
        assert_eq!(due(&file), [(DueKind::Letter, date(2026, 3, 9), "S Marsh".to_owned())]);
        let delivery = |outcome| {
            let (who, words) = ("S Marsh".to_owned(), String::new());
            Delivery { letter: ActId(1), outcome, on: date(2026, 3, 9), time: None, who, words }
        };
        file.deliveries = vec![taken_back(2, delivery(LetterOutcome::Post), 3)];
        assert_eq!(due(&file).len(), 1);
        file.deliveries.push(held(4, delivery(LetterOutcome::Post)));
        assert_eq!((due(&file), file.letters_to_follow().count()), (vec![], 1));
        file.deliveries.push(held(5, delivery(LetterOutcome::Returned)));
        assert_eq!((due(&file), file.letters_to_follow().count()), (vec![], 0));
        file.letters = vec![taken_back(1, letter, 6)];
        assert_eq!(due(&file), []);
    }
}
