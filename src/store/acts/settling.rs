//! Settling: what an act has touched is weighed again by the pupil's timeline, from that session on, and what it comes to is kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::work::{Stop, Work};
use crate::domain::act::Refusal;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::evidence::{Evidence, Fact, Mark};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::timeline::{Earlier, Timeline};
use crate::store::read::timeline::{Facts, earlier};
use crate::store::tables::{evidence, mark};

/// A person's words that may change marks. The amendment record keeps them beside the rule's sentence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quote<'a> {
    /// The words; may be empty.
    pub words: &'a str,
    /// Their speaker, if that is not the officer of the act.
    pub by: Option<&'a str>,
}

impl<'a> Quote<'a> {
    /// Words of the officer of the act.
    pub fn words(words: &'a str) -> Quote<'a> {
        Quote { words, by: None }
    }
}

/// A settled mark that an act changed, or left.
pub struct Settlement {
    /// Before.
    pub was: Option<Mark>,
    /// Now.
    pub now: Option<Mark>,
    /// Why, in the rule's words.
    pub why: String,
}

impl Settlement {
    /// For a session that its day does not have.
    fn nothing() -> Settlement {
        Settlement { was: None, now: None, why: String::new() }
    }
}

/// When the pupil was last seen before the date at hand; `None` until it has been asked.
type Carried = Option<Option<Earlier>>;

impl Work<'_> {
    /// Weigh a session again, the rest of its day, and the later days that what was reported of it reaches to.
    pub fn settle(&self, id: PupilId, from: SessionDate, quote: Quote<'_>) -> Result<Settlement, Stop> {
        let pupil = self.known(id)?;
        let mut carried = None;
        let (first, last) = self.settle_date(pupil, from, quote, &mut carried)?;
        let later = from.date.iter_days().skip(1).take_while(|date| last.is_some_and(|last| *date <= last));
        for date in later.filter(|date| self.times(*date).is_ok()) {
            // A pupil taken off the roll may come back, and keeps the marks of the days between.
            if !pupil.on_roll(date) && mark::of_date(self.connection, date, id)?.is_empty() {
                continue;
            }
            self.settle_date(pupil, SessionDate::new(date, Session::Am), quote, &mut carried)?;
        }
        Ok(first)
    }

    /// The sessions between two that are weighed of this pupil: the school's while on roll, and whichever has a mark from before the
    /// pupil left or the day was closed.
    pub fn weighed(
        &self,
        pupil: &Pupil,
        from: SessionDate,
        until: SessionDate,
    ) -> rusqlite::Result<BTreeSet<SessionDate>> {
        let mut weighed: BTreeSet<SessionDate> =
            mark::sessions_of(self.connection, pupil.id, from, until)?.into_iter().collect();
        weighed.extend(self.school_sessions(from, until).into_iter().filter(|at| pupil.on_roll(at.date)));
        Ok(weighed)
    }

    /// Weigh these sessions again, and those of each of their days that follow.
    pub fn settle_all(&self, id: PupilId, sessions: &BTreeSet<SessionDate>, quote: Quote<'_>) -> Result<(), Stop> {
        let pupil = self.known(id)?;
        let (mut carried, mut done) = (None, None);
        for at in sessions {
            if done != Some(at.date) {
                self.settle_date(pupil, *at, quote, &mut carried)?;
                done = Some(at.date);
            }
        }
        Ok(())
    }

    /// Settle a session after a fact that settles nothing by itself (a lesson, a sighting), if a report covers it.
    pub fn settle_if_reported(&self, id: PupilId, from: SessionDate, quote: Quote<'_>) -> Result<(), Stop> {
        let facts = Facts::load(self.connection, self.roll, self.known(id)?, from.date)?;
        if facts.is_reported() {
            self.settle(id, from, quote)?;
        }
        Ok(())
    }

    /// What was reported reaches the days that are opened, and the pupils who are brought: by files just now, or as files are taken
    /// back. Of the days from `since` to yesterday only sessions that never had a mark are weighed: the past is not judged anew.
    pub fn reach(&self, since: NaiveDate) -> Result<(), Stop> {
        for (id, told) in evidence::from_on(self.connection, &self.roll.school, since)? {
            let Some(pupil) = self.roll.pupil(id).filter(|_| told.fact.reported_code().is_some()) else { continue };
            let mut reached = BTreeSet::new();
            for at in self.school_sessions(told.from.max(SessionDate::new(since, Session::Am)), told.until) {
                let is_new = || mark::standing(self.connection, at, id).map(|mark| mark.revision == ActId::default());
                // A day of an arrangement for many that has its mark was weighed when that was entered, and they are many.
                let is_weighed_anew = at.date >= self.today() && !matches!(told.fact, Fact::Plan { .. });
                if pupil.on_roll(at.date) && (is_weighed_anew || is_new()?) {
                    reached.insert(at);
                }
            }
            self.settle_all(id, &reached, Quote::default())?;
        }
        Ok(())
    }

    fn settle_date(
        &self,
        pupil: &Pupil,
        from: SessionDate,
        quote: Quote<'_>,
        carried: &mut Carried,
    ) -> Result<(Settlement, Option<NaiveDate>), Stop> {
        let facts = Facts::load(self.connection, self.roll, pupil, from.date)?;
        if let (Some(since), None) = (facts.reported_since(&self.roll.codes), &carried) {
            *carried = Some(earlier(self.connection, self.roll, pupil, &(since..from.date))?);
        }
        let line = facts.line(self.roll, carried.flatten());
        let mut first = None;
        // A session that the calendar has not is left alone, unless it was marked before the day was closed or ended early.
        let times = self.times(from.date).ok();
        let is_held = |session| times.is_some_and(|times| times.has(session));
        let has = |session: &Session| is_held(*session) || facts.standing(*session).revision != ActId::default();
        for session in Session::BOTH.into_iter().filter(|session| *session >= from.session && has(session)) {
            let done = self.keep(pupil, &facts, &line, SessionDate::new(from.date, session), quote)?;
            first.get_or_insert(done);
        }
        if let Some(seen) = line.as_earlier() {
            *carried = Some(Some(seen));
        }
        let first = first.unwrap_or_else(Settlement::nothing);
        Ok((first, facts.reported_until(&self.roll.codes)))
    }

    /// Keep what a session comes to.
    fn keep(
        &self,
        pupil: &Pupil,
        facts: &Facts,
        line: &Timeline<'_>,
        at: SessionDate,
        quote: Quote<'_>,
    ) -> Result<Settlement, Stop> {
        let standing = facts.standing(at.session);
        let settled = line.mark(at.session);
        let why = settled.why();
        let is_decided = settled.is_decided() && settled.by.is_some_and(|event| event.act == self.act);
        let reason = mark::Why {
            rule: &why,
            quote: Some(quote.words).filter(|words| !words.is_empty()),
            said_by: quote.by,
            is_decided,
        };
        mark::store_settled(self.connection, at, pupil.id, &standing, settled.mark, self.act, &reason)?;
        Ok(Settlement { was: standing.settled, now: settled.mark, why })
    }

    /// Ask something of a pupil's timeline of a date as the record holds it.
    pub fn with_timeline<T>(
        &self,
        id: PupilId,
        date: NaiveDate,
        ask: impl FnOnce(&Timeline<'_>) -> T,
    ) -> Result<T, Stop> {
        let pupil = self.known(id)?;
        let facts = Facts::load(self.connection, self.roll, pupil, date)?;
        let before = match facts.reported_since(&self.roll.codes) {
            Some(since) => earlier(self.connection, self.roll, pupil, &(since..date))?,
            None => None,
        };
        Ok(ask(&facts.line(self.roll, before)))
    }

    fn known(&self, id: PupilId) -> Result<&Pupil, Stop> {
        Ok(self.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?)
    }

    /// Standing evidence of a pupil-session, oldest first.
    pub fn evidence_of(&self, id: PupilId, at: SessionDate) -> Result<Vec<Evidence>, Stop> {
        let all = evidence::of(self.connection, &self.roll.school, id, at.date)?;
        Ok(all.into_iter().filter(|one| one.from <= at && at <= one.until).collect())
    }
}
