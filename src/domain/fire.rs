//! The fire list: who is in the building now, by tutor group, and who cannot be ruled out. It errs on the side of looking for
//! somebody who is at home.

mod paper;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{NaiveDateTime, NaiveTime};

use super::code::{Code, OnSite};
use super::day::Day;
use super::evidence::{Evidence, Fact, Mark};
use super::offsite::is_off_site;
use super::presence::Way;
use super::pupil::{GroupId, Pupil, PupilId};
use super::session::{DayTimes, Session};
use super::settle::settle;

/// Who is on site at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FireList {
    /// The moment, school-local, to the second.
    pub at: NaiveDateTime,
    /// When the newest entry it rests on was made or happened; `None` when nothing has been recorded today.
    pub newest: Option<NaiveTime>,
    /// Everybody to account for, by tutor group in the order of the groups, those of no group last.
    pub groups: Vec<FireGroup>,
    /// Everybody else on roll: known to be elsewhere.
    pub elsewhere: Vec<FirePupil>,
}

/// One tutor group's people to account for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FireGroup {
    /// The group; `None` for pupils of no group.
    pub group: Option<GroupId>,
    /// Its name, or "No group".
    pub name: String,
    /// Its tutor.
    pub tutor: Option<String>,
    /// Who is on site, and who is not known to be elsewhere; by name.
    pub pupils: Vec<FirePupil>,
}

/// One pupil, and what says where they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirePupil {
    /// Who.
    pub pupil: PupilId,
    /// Whether they are in the building; unknown means that somebody must look for them.
    pub on_site: OnSite,
    /// What says so, in words fit for a list in many hands: "U 09:31 gate", "no mark yet".
    pub why: String,
}

impl FireGroup {
    /// How many are on site.
    pub fn on_site(&self) -> usize {
        self.pupils.iter().filter(|one| one.on_site == OnSite::Yes).count()
    }

    /// How many are to be looked for.
    pub fn unknown(&self) -> usize {
        self.pupils.len() - self.on_site()
    }
}

impl FireList {
    /// How many are to be accounted for.
    pub fn total(&self) -> usize {
        self.groups.iter().map(|group| group.pupils.len()).sum()
    }

    /// How many of them are to be looked for.
    pub fn unknown(&self) -> usize {
        self.groups.iter().map(FireGroup::unknown).sum()
    }
}

/// One thing that says whether a pupil is in the building, and from when on it says so.
struct Sign {
    at: NaiveTime,
    on_site: OnSite,
    why: String,
}

impl Sign {
    fn new(at: NaiveTime, on_site: OnSite, why: impl Into<String>) -> Sign {
        Sign { at, on_site, why: why.into() }
    }
}

/// Who is on site at `now`. The newest sign decides: what the session's mark rests on, going out and coming back, a lesson in
/// which the pupil was present, having been seen. A mark that says elsewhere speaks from the opening of its session; a blank
/// says nothing, and leaves the morning's word standing for those who were in then.
pub fn on_site(day: &Day, now: NaiveTime) -> FireList {
    let mut seen = signs(day, now);
    let mut groups: Vec<FireGroup> = day.roll.groups.iter().map(|group| empty(day, Some(group.id))).collect();
    groups.push(empty(day, None));
    let mut elsewhere = Vec::new();
    for pupil in day.on_roll() {
        let one = whereabouts(day, pupil, now, seen.remove(&pupil.id).unwrap_or_default());
        let place = groups.iter().position(|group| group.group == pupil.group).unwrap_or(groups.len() - 1);
        match groups.get_mut(place).filter(|_| one.on_site != OnSite::No) {
            Some(group) => group.pupils.push(one),
            None => elsewhere.push(one),
        }
    }
    groups.retain(|group| !group.pupils.is_empty());
    FireList { at: day.date.and_time(now), newest: newest(day, now), groups, elsewhere }
}

fn empty(day: &Day, id: Option<GroupId>) -> FireGroup {
    let group = id.and_then(|id| day.roll.group(id));
    let tutor = group.and_then(|group| day.roll.member(group.tutor?)).map(|tutor| tutor.name.clone());
    let name = group.map_or_else(|| "No group".to_owned(), |group| group.name.clone());
    FireGroup { group: id, name, tutor, pupils: Vec::new() }
}

fn whereabouts(day: &Day, pupil: &Pupil, now: NaiveTime, seen: Vec<Sign>) -> FirePupil {
    let standing = match &day.times {
        Some(times) => standing(day, times, pupil, times.current(now)),
        None => Sign::new(NaiveTime::MIN, OnSite::No, "no school"),
    };
    // Of signs of one minute the last counts: what happened outweighs what was marked.
    let newest = std::iter::once(standing).chain(seen).max_by_key(|sign| sign.at);
    let mut one = match newest {
        Some(sign) => FirePupil { pupil: pupil.id, on_site: sign.on_site, why: sign.why },
        None => FirePupil { pupil: pupil.id, on_site: OnSite::Unknown, why: String::new() },
    };
    let last = day.sightings.iter().rfind(|sighting| sighting.pupil == pupil.id && sighting.time <= now);
    if let Some(last) = last.filter(|last| !last.seen && one.on_site != OnSite::No) {
        one.why = format!("NOT SEEN {}; {}", last.time.format("%H:%M"), one.why);
    }
    one
}

/// What the marks say: the session's own, or the morning's for an afternoon that has none yet.
fn standing(day: &Day, times: &DayTimes, pupil: &Pupil, session: Session) -> Sign {
    let opens = times.of(session).opens;
    let Some(mark) = day.mark(pupil.id, session).settled else {
        return match session {
            Session::Am => Sign::new(NaiveTime::MIN, OnSite::Unknown, "no mark yet"),
            Session::Pm => match standing(day, times, pupil, Session::Am) {
                morning if morning.on_site == OnSite::No => {
                    // Who was away in the morning may have come since: the afternoon alone can say.
                    Sign::new(NaiveTime::MIN, OnSite::Unknown, "away this morning, no mark since")
                }
                morning => morning,
            },
        };
    };
    let evidence = day.evidence_of(pupil, session);
    let codes = &day.roll.codes;
    let on_site = match evidence.as_slice() {
        [] => codes.on_site(mark.code),
        evidence => settle(evidence, session, times.of(session), codes).on_site,
    };
    match on_site {
        OnSite::Yes => seen_at_registration(day, mark, &evidence, opens),
        // A code that says elsewhere, and the provider says they are not there: nobody knows where they are.
        OnSite::No => match day.confirmations.iter().rfind(|one| one.pupil == pupil.id && one.session == session) {
            Some(said) if !said.there && is_off_site(day, mark.code) => {
                Sign::new(opens, OnSite::Unknown, format!("not where arranged, says {}", said.said_by))
            }
            // Seen in the morning after it was said, and not logged out since: they may not have gone yet.
            _ => match not_gone(day, times, pupil, session, &evidence) {
                Some(seen) if !is_off_site(day, mark.code) => {
                    Sign::new(seen, OnSite::Unknown, "in this morning, not logged out")
                }
                _ => Sign::new(opens, OnSite::No, mark.to_string()),
            },
        },
        OnSite::Unknown if session == Session::Am => Sign::new(NaiveTime::MIN, OnSite::Unknown, mark.code.to_string()),
        OnSite::Unknown => Sign::new(opens, OnSite::Unknown, mark.code.to_string()),
    }
}

/// When the pupil was seen this morning, if that is since the last of the afternoon's evidence was recorded. What spoke of the
/// morning too, whenever it was recorded, was wrong of it already: it does not say that they have gone.
fn not_gone(day: &Day, times: &DayTimes, pupil: &Pupil, session: Session, afternoon: &[Evidence]) -> Option<NaiveTime> {
    let morning = (session == Session::Pm).then(|| standing(day, times, pupil, Session::Am))?;
    let seen = day.date.and_time(morning.at);
    let before = day.evidence.get(&(pupil.id, Session::Am)).map_or(&[][..], Vec::as_slice);
    let was_wrong = |one: &Evidence| before.iter().any(|other| other.act == one.act);
    let beforehand = afternoon.iter().all(|one| one.at <= seen || was_wrong(one));
    (morning.on_site == OnSite::Yes && beforehand).then_some(morning.at)
}

/// The last time in its registration that somebody saw the pupil. A code that covers an arrival (M, say) is not for many hands.
fn seen_at_registration(day: &Day, mark: Mark, evidence: &[Evidence], opens: NaiveTime) -> Sign {
    let seen = evidence.iter().filter_map(|one| match &one.fact {
        Fact::Gate { time, .. } => Some((*time, "gate")),
        Fact::Tutor(own) if day.roll.codes.on_site(own.code) == OnSite::Yes => {
            Some((one.at.time().max(opens), "register"))
        }
        _ => None,
    });
    let shown = [Code::PRESENT_AM, Code::PRESENT_PM, Code::L, Code::U].contains(&mark.code);
    let code = if shown { format!("{} ", mark.code) } else { String::new() };
    match seen.max_by_key(|(time, _)| *time) {
        Some((time, how)) => Sign::new(time, OnSite::Yes, format!("{code}{} {how}", time.format("%H:%M"))),
        None => Sign::new(opens, OnSite::Yes, format!("{code}office")),
    }
}

/// What happened besides the marks, up to `now`, by pupil.
fn signs(day: &Day, now: NaiveTime) -> HashMap<PupilId, Vec<Sign>> {
    let mut signs: HashMap<PupilId, Vec<Sign>> = HashMap::new();
    let mut say = |pupil, sign: Sign| {
        if sign.at <= now {
            signs.entry(pupil).or_default().push(sign);
        }
    };
    let lessons: HashMap<_, _> = day.lessons.iter().map(|lesson| (lesson.id, lesson)).collect();
    for one in day.lesson_marks.iter() {
        let present = one.mark.is_some_and(|mark| day.roll.codes.on_site(mark.code) == OnSite::Yes);
        let Some(lesson) = lessons.get(&one.lesson).filter(|_| present) else { continue };
        if let Some(period) = day.period_of(lesson) {
            let why = format!("period {} {}", period.name, lesson.class);
            say(one.pupil, Sign::new(period.starts, OnSite::Yes, why));
        }
    }
    for one in &day.movements {
        let (on_site, way) = if one.way == Way::Back { (OnSite::Yes, "back") } else { (OnSite::No, "out") };
        say(one.pupil, Sign::new(one.time, on_site, format!("{way} {}", one.time.format("%H:%M"))));
    }
    for one in day.sightings.iter().filter(|one| one.seen) {
        let why = format!("seen {}, {}", one.time.format("%H:%M"), one.place);
        say(one.pupil, Sign::new(one.time, OnSite::Yes, why));
    }
    signs
}

/// When the newest of what the list rests on was recorded, or happened.
fn newest(day: &Day, now: NaiveTime) -> Option<NaiveTime> {
    let registers = day.handed_in.values().map(|taken| taken.at);
    let told = day.evidence.values().flatten().map(|one| one.at);
    let recorded = registers.chain(told).filter(|at| at.date() == day.date).map(|at| at.time());
    let moved = day.movements.iter().map(|one| one.time).chain(day.sightings.iter().map(|one| one.time));
    recorded.chain(moved).filter(|time| *time <= now).max()
}
