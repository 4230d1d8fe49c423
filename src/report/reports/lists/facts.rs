//! What the lists are made of, beside what every report is: case files, triggers, marks by code, who was elsewhere.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::super::Gathered;
use crate::domain::absence::offsite::{OffSiteState, off_site};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::chronology::Line;
use crate::domain::cases::file::CaseFile;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::figures::Figures;
use crate::domain::figures::by_code::ByCode;
use crate::domain::figures::hand_sheet::HandSheet;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::PupilTrigger;

/// What the lists are made of; empty where the report is not made of it.
#[derive(Clone, Debug, Default)]
pub struct ListFacts {
    /// The case files of everybody who has one.
    pub cases: BTreeMap<PupilId, CaseFile>,
    /// What is met of the trigger that the report is of, by those who are meant.
    pub triggers: Vec<PupilTrigger>,
    /// Sessions that a penalty notice has locked.
    pub locked: BTreeMap<PupilId, Vec<SessionDate>>,
    /// Marks by code: of its dates in the stretches that the report has, or of the school year in one.
    pub by_code: ByCode,
    /// What those stretches are called: "Autumn 1", or the Monday of a week.
    pub stretches: Vec<String>,
    /// The school year's figures of brothers and sisters on roll.
    pub siblings: BTreeMap<PupilId, Figures>,
    /// Sessions of its dates that were missed, with their codes, in order of the pupils.
    pub missed: BTreeMap<PupilId, Vec<(SessionDate, Code)>>,
    /// Sessions of its dates that somebody spent elsewhere by arrangement.
    pub elsewhere: Vec<Elsewhere>,
    /// The sheet that the school keeps by hand, where one was named.
    pub by_hand: Option<HandSheet>,
    /// What was done while the sessions of a trigger were missed.
    pub lines: BTreeMap<PupilId, Vec<Line>>,
    /// What is private of the pupils with a trigger: masked, unless it was asked for and put down.
    pub private: BTreeMap<PupilId, PrivateFacts>,
}

/// What is private of a pupil, as it may be said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PrivateFacts {
    /// Date of birth.
    pub born: Option<String>,
    /// Where the pupil lives.
    pub address: Option<String>,
    /// The first number of each contact, by place in the calling order.
    pub numbers: Vec<(i64, String)>,
    /// Where contacts live who do not live with the pupil, the same.
    pub homes: Vec<(i64, String)>,
}

/// A session that a pupil spent elsewhere by arrangement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Elsewhere {
    /// Who.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// B, D, K, P, V or W.
    pub code: Code,
    /// With whom, as the arrangement says.
    pub with: String,
    /// Whether they were there.
    pub state: WasThere,
}

/// Whether a pupil was where the arrangement says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WasThere {
    /// The provider said so.
    Yes,
    /// The provider said not.
    No,
    /// Nobody has said, and it is due or over.
    Unconfirmed,
    /// Nobody has said yet.
    Waiting,
}

impl Gathered {
    /// Take who was elsewhere on one of its dates; `now` is the time if it is today.
    pub fn take_elsewhere(&mut self, day: &Day, now: Option<NaiveTime>) {
        for session in day.sessions() {
            if now.is_some_and(|now| day.session_times(*session).is_none_or(|times| times.opens > now)) {
                continue;
            }
            self.facts.elsewhere.extend(
                elsewhere(day, *session, now.unwrap_or(LAST))
                    .filter(|one| day.roll.pupil(one.pupil).is_some_and(|pupil| self.whom.includes(&day.roll, pupil))),
            );
        }
    }
}

/// The end of a day that is over.
const LAST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

fn elsewhere(day: &Day, session: Session, now: NaiveTime) -> impl Iterator<Item = Elsewhere> {
    let at = SessionDate::new(day.date, session);
    off_site(day, session, now).into_iter().map(move |one| Elsewhere {
        pupil: one.pupil,
        at,
        code: one.code,
        with: one.with,
        state: match one.state {
            OffSiteState::There(_) => WasThere::Yes,
            OffSiteState::NotThere(_) => WasThere::No,
            OffSiteState::Due | OffSiteState::Over => WasThere::Unconfirmed,
            OffSiteState::Waiting => WasThere::Waiting,
        },
    })
}

/// "Thu 27 Nov 2025".
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}
