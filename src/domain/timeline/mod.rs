//! The timeline: every fact of one pupil's day on one line, in the order of the moments they speak of. From it alone follow the mark
//! of each session and why, whether the pupil is on site, what contradicts, and what a fact that was told still explains.
//!
//! A fact speaks of a moment (a register, an arrival, a departure, a lesson, a sighting, a provider's answer) or of sessions (a
//! report, an arrangement, a decision). Kinds of facts decide between facts of one moment; the order in time decides between
//! moments; the order of recording decides where a rule names it, and nowhere else:
//!
//! 1. A decision of the office stands until the next. A decided N is an open question and gives way to what answers it.
//! 2. Seen ends told: a report stops speaking once the pupil is seen within its span, unless it was made to answer an absence
//!    since then. What names only later sessions is not touched.
//! 3. An arrangement goes on beyond a sighting. E, D, C2, S, X and Q keep the session's mark; V, P and W end for the day.
//! 4. "Not there" ends an arrangement that counts as attending (B K P V W), told or shown by a register.
//! 5. Gone ends seen. A departure whose reason has a code explains what follows until the pupil is back.
//! 6. An arrival before close is L, or present before opening. Whoever was out as the register was taken, and is back, arrives.
//! 7. An arrival after close is U unless something told covers it; where the tutor marked present, that stands.
//! 8. A register's mark stands where nothing above decides: of one source the newest, of several the best.
//! 9. Told against told: no report displaces what a head decides, or D; a report of absence displaces attending elsewhere; else the
//!    newer.
//! 10. Minutes, and L or U, are judged by the times of that day.
//! 11. For whom a code is, the code table says.
//! 12. A register's O says nothing of where the pupil is, and is followed up like N on its own day.

pub mod arrival;
mod contradiction;
mod mark;
mod on_site;
mod reported;
#[cfg(test)]
mod tests;
mod what;
pub mod words;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::act_id::ActId;
use super::calendar::session::{DayTimes, Session, SessionDate};
use super::code::{CodeTable, OnSite, Statistic};
use super::facts::evidence::{Evidence, Fact, Mark, Who};
use super::facts::lesson::{Lesson, LessonMark};
use super::facts::presence::{Confirmation, Movement, Sighting, Way};
pub use contradiction::Contradiction;
pub use mark::Settled;
pub use on_site::Whereabouts;
pub use what::{RegisterMark, What};

/// What a timeline is read by: the date, its times, and the code table.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// School-local date.
    pub date: NaiveDate,
    /// Its session times, whether or not the school meets.
    pub hours: &'a DayTimes,
    /// The codes.
    pub codes: &'a CodeTable,
}

/// Where a fact places the pupil at its moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// Here.
    Seen,
    /// Looked for, and not here.
    Missed,
    /// Elsewhere: left the building, or with a provider.
    Gone,
}

/// One fact on the line.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// What it is.
    pub what: What<'a>,
    /// The act that recorded it: the order of recording.
    pub act: ActId,
    /// The moment it speaks of, school-local; of a fact of sessions the start of the first of them.
    pub at: NaiveTime,
    /// The session that moment lies in.
    pub session: Session,
    /// Where it places the pupil; `None` if nowhere.
    pub presence: Option<Presence>,
    /// A register's mark in whose place the same source put a newer one.
    is_replaced: bool,
}

impl Event<'_> {
    /// Whether the pupil was in the building at its moment: whoever leaves is there as they leave.
    fn was_here(&self) -> bool {
        self.presence == Some(Presence::Seen) || matches!(self.what, What::Departure(_))
    }

    /// Whether it is this answer of a provider.
    fn is_answer(&self, answer: &Confirmation) -> bool {
        matches!(self.what, What::Answer(mine) if std::ptr::eq(mine, answer))
    }

    /// Whether two references are to one fact of a line.
    fn is(&self, other: &Event<'_>) -> bool {
        std::ptr::eq(self, other)
    }

    /// Facts of one minute: registers before lessons, both before what somebody did; of lessons the one that saw the pupil last.
    fn rank(&self) -> (u8, bool) {
        let seen = self.presence == Some(Presence::Seen);
        match self.what {
            What::Reported(..) => (0, seen),
            What::Register(_) => (1, seen),
            What::Lesson(..) => (2, seen),
            What::Arrival(_)
            | What::Departure(_)
            | What::Return(_)
            | What::Sighting(_)
            | What::Answer(_)
            | What::Decision(..) => (3, false),
        }
    }
}

/// When a pupil was last seen on an earlier date, for reports that began before today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earlier {
    /// The session in which the pupil was last seen.
    pub seen: SessionDate,
    /// The act that recorded the first absence after that, on the same date.
    pub missed: Option<ActId>,
}

/// How many facts a usual day has: two registers, six lessons, and a call or an arrival.
const USUAL: usize = 10;

/// One pupil's day, in order.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    setting: Setting<'a>,
    events: Vec<Event<'a>>,
    /// Whether anything but registers and lessons is on it: of most pupils there is not.
    has_others: bool,
    earlier: Option<Earlier>,
}

impl<'a> Timeline<'a> {
    /// Leave out what has not happened at `until`; what was told of later sessions stays.
    pub(in crate::domain) fn forget_after(&mut self, until: NaiveTime) {
        let speaks_of_a_session = |what: &What<'_>| matches!(what, What::Reported(..) | What::Decision(..));
        self.events.retain(|event| event.at <= until || speaks_of_a_session(&event.what));
    }

    /// An empty line.
    pub fn new(setting: Setting<'a>) -> Timeline<'a> {
        Timeline { setting, events: Vec::with_capacity(USUAL), has_others: false, earlier: None }
    }

    /// Add what was last seen of the pupil on an earlier date.
    pub fn add_earlier(&mut self, earlier: Option<Earlier>) {
        self.earlier = earlier;
    }

    /// Add a register's mark, brought by `act`. It speaks of a time at which that register was open; one with minutes late of the
    /// minute the pupil came.
    pub fn add_register(&mut self, one: RegisterMark<'a>, act: ActId) {
        let times = self.setting.hours.of(one.session);
        let came =
            one.mark.minutes.and_then(TimeDelta::try_minutes).map(|late| times.opens.overflowing_add_signed(late).0);
        let taken = match one.at {
            Some(at) => self.recorded_in(one.session, at).unwrap_or(times.closes).min(times.closes),
            None => times.opens,
        };
        let presence = self.describe(one.mark);
        let at = came.unwrap_or(taken);
        let mut is_replaced = false;
        for other in &mut self.events {
            let is_same_source = |mark: RegisterMark<'_>| mark.session == one.session && mark.taken_by == one.taken_by;
            if matches!(other.what, What::Register(mark) if is_same_source(mark)) {
                other.is_replaced |= other.act < act;
                is_replaced |= act < other.act;
            }
        }
        let (what, session) = (What::Register(one), one.session);
        self.events.push(Event { what, act, at, session, presence, is_replaced });
    }

    /// Add a piece of evidence, once, whichever sessions it speaks of.
    pub fn add_evidence(&mut self, evidence: &'a Evidence) {
        let (date, hours) = (self.setting.date, self.setting.hours);
        match &evidence.fact {
            Fact::Tutor(mark) => {
                let session = evidence.from.session;
                let taken_by = match &evidence.who {
                    Who::Taker(by) => by.as_ref(),
                    Who::Officer(_) => None,
                };
                let at = Some(evidence.at);
                self.add_register(RegisterMark { session, mark: *mark, taken_by, at, date }, evidence.act);
            }
            Fact::Gate { time, .. } => {
                self.add(What::Arrival(evidence), evidence.act, *time, evidence.from.session, Some(Presence::Seen));
            }
            Fact::Report { code, .. } | Fact::Plan { code, .. } => {
                let starts_in_pm = evidence.from == SessionDate::new(date, Session::Pm);
                let (at, session) =
                    if starts_in_pm { (hours.am.ends, Session::Pm) } else { (NaiveTime::MIN, Session::Am) };
                self.add(What::Reported(evidence, *code), evidence.act, at, session, None);
            }
            Fact::Office { mark, .. } => {
                let session = evidence.from.session;
                let is_here = self.setting.codes.on_site(mark.code) == OnSite::Yes;
                let at = self.recorded_in(session, evidence.at).unwrap_or(hours.of(session).opens);
                self.add(What::Decision(evidence, *mark), evidence.act, at, session, is_here.then_some(Presence::Seen));
            }
        }
    }

    /// Add the mark of a lesson that begins at `starts`. One that begins while the register is open is taken after it.
    pub fn add_lesson(&mut self, lesson: &'a Lesson, starts: NaiveTime, one: &LessonMark) {
        if let Some(mark) = one.mark {
            let session = self.setting.hours.arriving(starts);
            self.add(What::Lesson(lesson, mark, starts), one.act, starts, session, self.describe(mark));
        }
    }

    /// Add that the pupil went out or came back.
    pub fn add_movement(&mut self, movement: &'a Movement) {
        let (what, presence) = match movement.way {
            Way::Out => (What::Departure(movement), Presence::Gone),
            Way::Back => (What::Return(movement), Presence::Seen),
        };
        self.add(what, movement.act, movement.time, self.setting.hours.arriving(movement.time), Some(presence));
    }

    /// Add that the pupil was looked for.
    pub fn add_sighting(&mut self, sighting: &'a Sighting) {
        let presence = if sighting.seen { Presence::Seen } else { Presence::Missed };
        self.add(
            What::Sighting(sighting),
            sighting.act,
            sighting.time,
            self.setting.hours.arriving(sighting.time),
            Some(presence),
        );
    }

    /// Add a provider's answer.
    pub fn add_answer(&mut self, answer: &'a Confirmation) {
        let presence = if answer.there { Presence::Gone } else { Presence::Missed };
        let at = self.recorded_in(answer.session, answer.at).unwrap_or(self.setting.hours.of(answer.session).opens);
        self.add(What::Answer(answer), answer.act, at, answer.session, Some(presence));
    }

    /// The time at which something about a session was recorded, where that lies in the session: what is recorded on another day, or
    /// in the other half of this one, speaks of a moment that nobody knows.
    fn recorded_in(&self, session: Session, at: NaiveDateTime) -> Option<NaiveTime> {
        let hours = self.setting.hours;
        let begins = if session == Session::Pm { hours.am.ends } else { NaiveTime::MIN };
        let time = at.time();
        (at.date() == self.setting.date && begins <= time && time <= hours.of(session).ends).then_some(time)
    }

    fn add(&mut self, what: What<'a>, act: ActId, at: NaiveTime, session: Session, presence: Option<Presence>) {
        self.has_others |= !matches!(what, What::Lesson(..));
        self.events.push(Event { what, act, at, session, presence, is_replaced: false });
    }

    /// Sort the facts, and weigh how one affects another.
    #[must_use]
    pub fn in_order(mut self) -> Timeline<'a> {
        self.lessons_follow_registers();
        self.decisions_overrule_registers();
        self.events.sort_by_key(|event| (event.at, event.rank(), event.act));
        self
    }

    /// A lesson that begins before its session's register was taken is taken after it.
    fn lessons_follow_registers(&mut self) {
        for session in Session::BOTH {
            let mine = self.events.iter().filter(|event| event.session == session);
            let taken = mine.filter(|event| matches!(event.what, What::Register(_))).map(|event| event.at).max();
            let Some(taken) = taken else { continue };
            let closes = self.setting.hours.of(session).closes;
            let early = |event: &&mut Event<'_>| {
                event.session == session && event.at < taken.min(closes) && matches!(event.what, What::Lesson(..))
            };
            self.events.iter_mut().filter(early).for_each(|event| event.at = taken.min(closes));
        }
    }

    /// What the office decides of a session takes back what its registers had said of where the pupil is, never that somebody came
    /// through the gate.
    fn decisions_overrule_registers(&mut self) {
        for session in Session::BOTH {
            let Some((act, is_here)) = self.decision(session).map(|one| (one.act, one.presence.is_some())) else {
                continue;
            };
            let denied = if is_here { Presence::Missed } else { Presence::Seen };
            let older = |event: &&mut Event<'_>| {
                event.session == session && event.act < act && matches!(event.what, What::Register(_))
            };
            let is_denied = |event: &&mut Event<'_>| event.presence == Some(denied);
            self.events.iter_mut().filter(older).filter(is_denied).for_each(|event| event.presence = None);
        }
    }

    /// What a mark says of where the pupil is: seen, missed, or nothing (elsewhere by arrangement).
    fn describe(&self, mark: Mark) -> Option<Presence> {
        let row = self.setting.codes.row(mark.code)?;
        match (row.on_site, row.statistic) {
            (OnSite::Yes, _) => Some(Presence::Seen),
            (_, Statistic::Authorised | Statistic::Unauthorised) => Some(Presence::Missed),
            _ => None,
        }
    }

    /// Every fact, in order.
    pub fn events(&self) -> &[Event<'a>] {
        &self.events
    }

    /// Where to look for anything but registers and lessons: every fact, or none where there is nothing else.
    fn others(&self) -> impl DoubleEndedIterator<Item = &Event<'a>> + Clone {
        let events = if self.has_others { self.events.as_slice() } else { &[] };
        events.iter()
    }

    /// The facts that say where the pupil is, in order.
    pub fn signs(&self) -> impl DoubleEndedIterator<Item = &Event<'a>> {
        self.events.iter().filter(|event| event.presence.is_some())
    }

    /// When the pupil was last here, in order of moments; a departure is none.
    pub fn last_seen(&self) -> Option<&Event<'a>> {
        self.events.iter().rfind(|event| event.presence == Some(Presence::Seen))
    }

    /// The first sign of the pupil's being missed after they were last here.
    pub fn missed_since(&self) -> Option<&Event<'a>> {
        let from = self.events.iter().rposition(Event::was_here)?;
        self.events.iter().skip(from + 1).find(|event| event.presence == Some(Presence::Missed))
    }

    /// What reports that go on tomorrow need of this day: when the pupil was last here.
    pub fn as_earlier(&self) -> Option<Earlier> {
        let last = self.events.iter().rfind(|event| event.was_here())?;
        let seen = SessionDate::new(self.setting.date, last.session);
        Some(Earlier { seen, missed: self.missed_since().map(|event| event.act) })
    }

    /// The newest decision of a session.
    fn decision(&self, session: Session) -> Option<&Event<'a>> {
        let mine = |event: &&Event<'_>| event.session == session && matches!(event.what, What::Decision(..));
        self.others().filter(mine).max_by_key(|event| event.act)
    }

    /// The first logged arrival of a session.
    fn logged_in(&self, session: Session) -> Option<&Event<'a>> {
        let mine = |event: &&Event<'_>| event.session == session && matches!(event.what, What::Arrival(_));
        self.others().filter(mine).min_by_key(|event| (event.at, event.act))
    }

    /// The marks of a session's registers, of one source the newest.
    fn registers(&self, session: Session) -> impl Iterator<Item = (&Event<'a>, &RegisterMark<'a>)> {
        let of_session = move |one: &&RegisterMark<'a>| one.session == session;
        let stand = self.events.iter().filter(|event| !event.is_replaced);
        stand.filter_map(move |event| Some((event, event.what.try_as_register_ref().filter(of_session)?)))
    }
}
