//! The gate: who may be logged there, what an arrival would count as, and the wording for an open counter. Codes other than
//! present, L and U are the office's: the gate is told to send the pupil there, and not why.

#[cfg(test)]
mod tests;

use chrono::NaiveTime;

use crate::domain::absence::offsite::is_off_site;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::evidence::{Evidence, Fact, Mark, Who};
use crate::domain::name::fold;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use crate::domain::timeline::arrival::{counted, judge};

/// What the gate adds where only the office can help.
const SENDS: &str = ": send to office";

/// Nobody has seen the pupil come.
pub const NOT_IN: &str = "not logged in today";

/// Digits in one word that nobody types for a name or a tutor group.
const DIGITS_OF_A_NUMBER: usize = 3;

/// What the gate can do for whoever stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The arrival can be logged.
    Free,
    /// It can be logged, once this has been read.
    Notice(&'static str),
    /// Nothing can be logged here: why.
    Barred(String),
    /// Out since then: comes back.
    Out(NaiveTime),
}

/// What the gate can do for `pupil`, who comes at `time`.
pub fn standing(day: &Day, pupil: &Pupil, time: NaiveTime) -> Standing {
    if let Some(why) = pupil.why_not_on_roll(day.date) {
        return Standing::Barred(format!("{why}: send to office"));
    }
    let Some(times) = &day.times else {
        let why = day.closed.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        return Standing::Barred(format!("there is no school today{why}"));
    };
    if let Some(out) = day.is_out(pupil.id).filter(|out| out.time <= time) {
        return Standing::Out(out.time);
    }
    let session = times.arriving(time);
    if time >= times.ends() {
        return Standing::Barred(format!("school ended at {}: send to office", times.ends().format("%H:%M")));
    }
    if let Some((came, who)) = gate_arrival(day, pupil, session) {
        return Standing::Barred(format!("already in {}, logged by {who}", came.format("%H:%M")));
    }
    match day.mark(pupil.id, session).settled.map(|mark| mark.code) {
        None | Some(Code::N) => Standing::Free,
        Some(Code::D) => Standing::Notice("at other school: send to office"),
        Some(code) if day.roll.codes.on_site(code) == OnSite::Yes => Standing::Notice("marked in already"),
        Some(code) if is_off_site(day, code) => Standing::Notice("due elsewhere: send to office"),
        Some(_) => Standing::Notice("reported absent: send to office"),
    }
}

/// What contradicts an arrival at `time` that is logged while `session` is worked on, to be read first: as the gate says it, but for
/// where it would send the pupil.
pub fn contradicts(day: &Day, pupil: &Pupil, time: NaiveTime, session: Session) -> Option<String> {
    match standing(day, pupil, time) {
        Standing::Barred(why) => Some(why.strip_suffix(SENDS).unwrap_or(&why).to_owned()),
        Standing::Notice(why) => Some(why.strip_suffix(SENDS).unwrap_or(why).to_owned()),
        Standing::Out(since) => Some(out_since(since)),
        Standing::Free => {
            let counts = day.times.as_ref()?.arriving(time);
            (counts != session).then(|| format!("counts for {counts}, not {session}"))
        }
    }
}

/// "out since 10:20: signs back in".
pub fn out_since(since: NaiveTime) -> String {
    format!("out since {}: signs back in", since.format("%H:%M"))
}

/// What contradicts a departure at `time`: the pupil's mark, the newest by then, says that they are not in, and nobody saw them come.
pub fn contradicts_leaving(day: &Day, pupil: &Pupil, time: NaiveTime) -> Option<&'static str> {
    let by_then = Session::BOTH.into_iter().rev().filter(|session| *session <= day.hours.arriving(time));
    let newest = by_then.into_iter().find(|session| day.mark(pupil.id, *session).settled.is_some())?;
    (!day.is_in(pupil.id, newest)).then_some(NOT_IN)
}

/// When the gate first saw the pupil come in the session, and who logged it.
fn gate_arrival(day: &Day, pupil: &Pupil, session: Session) -> Option<(NaiveTime, String)> {
    let all = day.evidence.get(&(pupil.id, session)).map_or(&[][..], Vec::as_slice);
    all.iter().filter_map(|one| Some((one.fact.arrived()?, one.who.to_string()))).min()
}

/// The mark an arrival at `time` would come to, weighed with all that is known: as the record will settle it. `instead` is what it is
/// to count as, whatever the clock says. `None` when there is no school.
pub fn would_be(day: &Day, pupil: &Pupil, time: NaiveTime, instead: Option<Code>) -> Option<Mark> {
    let session = day.times.as_ref()?.arriving(time);
    let times = day.session_times(session)?;
    let (act, at, span) = (ActId(i64::MAX), day.date.and_time(time), SessionDate::new(day.date, session));
    let newest = |fact| Evidence { act, fact, who: Who::Officer(String::new()), at, from: span, until: span };
    let decided = instead.and_then(|code| counted(code, judge(time, session, times), session));
    let decided = decided.map(|mark| newest(Fact::Office { mark, reason: String::new() }));
    let arrival = newest(Fact::Gate { time, reason: None, judged: None });
    let timelines = Timelines::whole(day);
    let mut line = timelines.unsorted(pupil);
    decided.iter().chain([&arrival]).for_each(|one| line.add_evidence(one));
    line.in_order().mark(session).mark
}

/// Whether a pupil with this mark must not be here at all: suspended, or due at another school.
pub fn must_not_be_here(mark: Mark) -> bool {
    mark.code == Code::E || mark.code == Code::D
}

/// A mark as it may be shown at an open counter: "L 17 min", "present"; of any other code only that the office has it so.
pub fn shown(mark: Option<Mark>, session: Session) -> String {
    match mark {
        Some(mark) if mark.is_late() => mark.to_string(),
        Some(mark) if mark.code == Code::present(session) => "present".to_owned(),
        Some(_) => "as the office has it".to_owned(),
        None => "no mark".to_owned(),
    }
}

/// Which late of this half-term an arrival in `session` would be: those before today, the day's other session, and this one.
pub fn nth_late(day: &Day, pupil: &Pupil, session: Session) -> usize {
    let before = day.lates_before.get(&pupil.id).map_or(0, |tally| tally.half_term);
    let other = Session::BOTH.into_iter().filter(|other| *other != session);
    before + other.filter(|other| day.mark(pupil.id, *other).settled.is_some_and(Mark::is_late)).count() + 1
}

/// Whether what was typed can only be a number, whole or half: of such nobody is guessed. A tutor group, or its beginning, is none
/// unless it is digits alone.
pub fn is_number(roll: &Roll, typed: &str) -> bool {
    let typed = fold(typed);
    let mut letters = typed.chars();
    let first = letters.next().is_some_and(|first| first.is_ascii_alphanumeric());
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    if !first || typed.contains(' ') || digits == 0 {
        return false;
    }
    let begins_upn = letters.all(|letter| letter.is_ascii_digit());
    let group = || roll.groups.iter().any(|group| fold(&group.name).replace(' ', "").starts_with(&typed));
    digits == typed.len() || ((begins_upn || digits >= DIGITS_OF_A_NUMBER) && !group())
}
