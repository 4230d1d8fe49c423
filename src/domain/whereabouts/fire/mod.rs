//! The fire list: who is in the building now, by tutor group, and who cannot be ruled out. It errs on the side of looking for
//! somebody who is at home.

#[cfg(test)]
mod tests;

use chrono::{NaiveDateTime, NaiveTime};

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::evidence::{Mark, clock};
use crate::domain::facts::lesson::period_word;
use crate::domain::facts::presence::Confirmation;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::domain::school::staff::Role;
use crate::domain::timeline::{Event, Timeline, What};

/// That a pupil is elsewhere, for a role that is not shown why.
pub const NOT_EXPECTED: &str = "not expected";

/// Who is on site at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FireList {
    /// The moment, school-local, to the second.
    pub at: NaiveDateTime,
    /// When the newest entry it rests on was made or happened; `None` when nothing has been recorded today.
    pub newest: Option<NaiveTime>,
    /// When the school day ended, once it has: from then on only those are listed who were logged as staying or coming in since.
    pub over: Option<NaiveTime>,
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
    /// Pupils on site, and pupils not known to be elsewhere; by name.
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

/// Who is on site at `now`, in words for a role that may read every mark: see [`on_site_for`].
pub fn on_site(day: &Day, now: NaiveTime) -> FireList {
    on_site_for(day, now, Role::Officer)
}

/// Who is on site at `now`, in words for `role`: a role that may open no card is shown only L and U, and no calls.
///
/// The last word of each pupil's timeline decides, else the mark that stands. A mark that says elsewhere speaks of its own session; a
/// blank afternoon leaves the morning's word standing for those who were in then. Once the day is over, only whoever was seen since
/// then is listed.
pub fn on_site_for(day: &Day, now: NaiveTime, role: Role) -> FireList {
    let codes = if check_matter(role, Matter::Card).is_ok() { Codes::Shown } else { Codes::Withheld };
    let timelines = Timelines::at(day, now);
    let over = Some(day.hours.ends()).filter(|ends| *ends <= now);
    let mut groups: Vec<FireGroup> = day.roll.groups.iter().map(|group| empty(day, Some(group.id))).collect();
    groups.push(empty(day, None));
    let mut elsewhere = Vec::new();
    for pupil in day.on_roll() {
        let line = timelines.of(pupil);
        let account = Account { day, pupil, line: &line, codes };
        let one = match over {
            Some(ends) => account.after(ends),
            None => {
                let one = account.at(now);
                let found = found_elsewhere(day, &line, pupil, now).filter(|_| one.on_site == OnSite::Unknown);
                FirePupil { why: found.unwrap_or_default() + &one.why, ..one }
            }
        };
        let place = groups.iter().position(|group| group.group == pupil.group).unwrap_or(groups.len() - 1);
        match groups.get_mut(place).filter(|_| one.on_site != OnSite::No) {
            Some(group) => group.pupils.push(one),
            None => elsewhere.push(one),
        }
    }
    groups.retain(|group| !group.pupils.is_empty());
    FireList { at: day.date.and_time(now), newest: newest(day, now), over, groups, elsewhere }
}

fn empty(day: &Day, id: Option<GroupId>) -> FireGroup {
    let group = id.and_then(|id| day.roll.group(id));
    let tutor = group.and_then(|group| day.roll.member(group.tutor?)).map(|tutor| tutor.name.clone());
    let name = group.map_or_else(|| "No group".to_owned(), |group| group.name.clone());
    FireGroup { group: id, name, tutor, pupils: Vec::new() }
}

/// Whether the codes of marks are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// Each, with who was rung.
    Shown,
    /// None but L and U.
    Withheld,
}

/// One pupil of the list, and how much is shown.
struct Account<'a> {
    day: &'a Day,
    pupil: &'a Pupil,
    line: &'a Timeline<'a>,
    codes: Codes,
}

impl Account<'_> {
    fn at(&self, now: NaiveTime) -> FirePupil {
        let pupil = self.pupil.id;
        let Some(found) = self.line.whereabouts() else {
            let (on_site, why) = self.by_mark(self.day.hours.current(now));
            return FirePupil { pupil, on_site, why: format!("{}{why}", not_seen(self.line, on_site)) };
        };
        let seen = self.describe(found.by);
        let why = match found.missed.map(|missed| missed.what) {
            Some(What::Sighting(one)) => format!("NOT SEEN {}; {seen}", one.time.format("%H:%M")),
            Some(What::Register(one)) => format!("{}{}; {seen}", self.missed(one.mark), one.clock()),
            Some(What::Lesson(lesson, mark, _)) => {
                format!("{} {}; {seen}", self.missed(mark), period_word(&lesson.period))
            }
            Some(What::Answer(one)) => format!("{}; {seen}", self.not_there(one)),
            // These miss nobody.
            Some(What::Arrival(_) | What::Departure(_) | What::Return(_) | What::Reported(..) | What::Decision(..))
            | None => seen,
        };
        FirePupil { pupil, on_site: found.on_site, why }
    }

    /// After the day's end: whoever was logged as staying or coming in since.
    fn after(&self, ends: NaiveTime) -> FirePupil {
        let since = self.line.whereabouts().filter(|found| found.on_site == OnSite::Yes && found.by.at >= ends);
        let (on_site, why) = match since {
            Some(found) => (OnSite::Yes, self.describe(found.by)),
            None => (OnSite::No, format!("school ended {}", ends.format("%H:%M"))),
        };
        FirePupil { pupil: self.pupil.id, on_site, why }
    }

    /// What the marks say where nobody has seen the pupil: the session's own, or the morning's for an afternoon that has none yet.
    fn by_mark(&self, session: Session) -> (OnSite, String) {
        let Some(mark) = self.day.mark(self.pupil.id, session).settled else {
            // A day that closed after its registers were taken sends nobody home.
            if self.day.times.is_none() && !self.day.has_met() {
                return (OnSite::No, "no school".to_owned());
            }
            return match session {
                Session::Am => (OnSite::Unknown, "no mark yet".to_owned()),
                Session::Pm => match self.by_mark(Session::Am) {
                    // A pupil away in the morning may have come since: only the afternoon can say.
                    (OnSite::No, _) => (OnSite::Unknown, "away this morning, no mark since".to_owned()),
                    morning => morning,
                },
            };
        };
        let on_site = self.line.on_site_by_mark(session, mark);
        let why = match (on_site, self.line.answer(session).filter(|one| !one.there), self.codes) {
            (OnSite::Unknown, Some(one), _) => self.not_there(one),
            (OnSite::Yes, ..) => format!("{}office", self.code_before(mark)),
            (OnSite::Unknown, None, Codes::Withheld) => "not accounted for".to_owned(),
            (OnSite::No, _, Codes::Withheld) => NOT_EXPECTED.to_owned(),
            (OnSite::Unknown, None, Codes::Shown) | (OnSite::No, _, Codes::Shown) => mark.code.to_string(),
        };
        (on_site, why)
    }

    /// The sighting or departure, in words fit for many hands: a code that covers an arrival (M, say) is not.
    fn describe(&self, event: &Event<'_>) -> String {
        let at = event.at.format("%H:%M");
        let mark = self.day.mark(self.pupil.id, event.session).settled;
        let shown = mark.filter(|mark| [Code::PRESENT_AM, Code::PRESENT_PM, Code::L, Code::U].contains(&mark.code));
        let code = shown.map_or_else(String::new, |mark| self.code_before(mark));
        match (event.what, self.codes) {
            (What::Register(_), _) => format!("{code}{at} register"),
            (What::Arrival(_), _) => format!("{code}{at} gate"),
            (What::Decision(..), _) => format!("{code}office"),
            (What::Lesson(lesson, ..), _) => format!("period {} {}", lesson.period, lesson.class),
            (What::Departure(_), _) => format!("out {at}"),
            (What::Return(_), _) => format!("back {at}"),
            (What::Sighting(one), _) => format!("seen {at}, {}", one.place),
            (What::Answer(one), Codes::Shown) => format!("{code}with {} {at}", one.said_by),
            (What::Answer(_), Codes::Withheld) => format!("{code}elsewhere {at}"),
            (What::Reported(..), Codes::Shown) => code,
            (What::Reported(..), Codes::Withheld) => NOT_EXPECTED.to_owned(),
        }
    }

    /// The mark of a register in which the pupil was missed.
    fn missed(&self, mark: Mark) -> String {
        match self.codes {
            Codes::Shown => mark.code.to_string(),
            Codes::Withheld => "NOT IN".to_owned(),
        }
    }

    /// A mark's code before more words; where codes are withheld, that of a late alone.
    fn code_before(&self, mark: Mark) -> String {
        if self.codes == Codes::Shown || mark.is_late() { format!("{} ", mark.code) } else { String::new() }
    }

    /// That a provider has not seen the pupil; where codes are told, who says so.
    fn not_there(&self, answer: &Confirmation) -> String {
        match self.codes {
            Codes::Shown => format!("not there, says {}", answer.said_by),
            Codes::Withheld => "not there".to_owned(),
        }
    }
}

/// That a search found the pupil elsewhere since they were last seen here. Somebody may have brought them back: they stay on the
/// list. Where it was is not for many hands.
fn found_elsewhere(day: &Day, line: &Timeline<'_>, pupil: &Pupil, now: NaiveTime) -> Option<String> {
    let seen = line.last_seen().map(|event| event.at);
    let is_since = |at: NaiveTime| at <= now && seen.is_none_or(|seen| seen < at);
    let ended =
        day.searches.iter().filter(|search| search.pupil == pupil.id).filter_map(|search| search.ended.as_ref());
    let found = ended.rev().find(|end| end.is_elsewhere() && is_since(end.at.time()))?;
    Some(format!("found elsewhere {}; ", clock(found.at.time())))
}

/// For a pupil nobody saw arrive: an unsuccessful search comes before the mark.
fn not_seen(line: &Timeline<'_>, on_site: OnSite) -> String {
    let sightings = line.signs().rev().filter_map(|event| event.what.try_as_sighting());
    let looked = sightings.filter(|one| !one.seen).map(|one| one.time).next();
    let looked = looked.filter(|_| on_site != OnSite::No);
    looked.map_or_else(String::new, |at| format!("NOT SEEN {}; ", at.format("%H:%M")))
}

/// When the newest of what the list rests on was recorded, or happened.
fn newest(day: &Day, now: NaiveTime) -> Option<NaiveTime> {
    let registers = day.handed_in.all().map(|taken| taken.at);
    let evidence_times = day.evidence.values().flatten().map(|one| one.at);
    let recorded = registers.chain(evidence_times).filter(|at| at.date() == day.date).map(|at| at.time());
    let moved = day.movements.iter().map(|one| one.time).chain(day.sightings.iter().map(|one| one.time));
    recorded.chain(moved).filter(|time| *time <= now).max()
}
