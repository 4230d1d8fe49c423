//! Contradictions within the evidence of one session: what the settling rule finds, and registers that disagree.

use chrono::NaiveDate;

use super::{Check, Proposed, Timed, in_order, is_amended, is_decided, sides};
use crate::domain::code::Statistic;
use crate::domain::day::Day;
use crate::domain::evidence::{Evidence, Fact, Mark};
use crate::domain::puzzle::Puzzle;
use crate::domain::session::{DayTimes, Session};
use crate::domain::settle::{Contradiction, settle};

/// What the rule finds. Where nothing but a tutor has spoken there is nothing to contradict.
pub fn checks(day: &Day, times: &DayTimes, current: Session) -> Vec<Check> {
    let mut found = Vec::new();
    for (pupil, session) in day.evidence.keys().filter(|(_, session)| *session <= current) {
        let Some(pupil) = day.roll.pupil(*pupil).filter(|pupil| pupil.on_roll(day.date)) else { continue };
        let evidence = day.evidence_of(pupil, *session);
        if evidence.len() < 2 {
            continue;
        }
        let Some(one) = settle(&evidence, *session, times.of(*session), &day.roll.codes).contradiction else {
            continue;
        };
        let newest = one.one.act.max(one.other.act);
        let is_there = day.confirmations.iter().rfind(|said| said.pupil == pupil.id && said.session == *session);
        let is_confirmed = one.puzzle == Puzzle::OnTripButN && is_there.is_some_and(|said| said.there);
        if is_confirmed || is_decided(day, pupil.id, *session, one.puzzle, newest) {
            continue;
        }
        let proposed = Proposed::Amend { mark: one.best, reason: reason(&one, day.date) };
        let evidence = in_order(evidence.iter().map(|one| timed(one, day.date)).collect());
        // Of two at one time the one recorded first.
        let mut both = [&one.one, &one.other];
        both.sort_by_key(|side| side.act);
        let [first, second] = both.map(|side| timed(side, day.date));
        let sides = sides(first, second);
        found.push(Check { pupil: pupil.id, session: *session, puzzle: one.puzzle, evidence, sides, proposed });
    }
    found
}

/// Why the best mark is confirmed, both sides named.
fn reason(found: &Contradiction, today: NaiveDate) -> String {
    let (one, other) = (says(&found.one, today), says(&found.other, today));
    match (found.puzzle, &found.other.fact) {
        (Puzzle::InButNotInRoom, _) => {
            let at = found.other.at.format("%H:%M");
            format!("{one}; not in the room when the register was taken {at}")
        }
        (Puzzle::OnTripButN, Fact::Tutor(mark)) => format!("{one}; tutor's {mark} {}", found.other.at.format("%H:%M")),
        (Puzzle::ContactsDisagree, _) => format!("{one}; {other}: the newest stands"),
        (Puzzle::RegistersDisagree, _) => format!("{one}; {other}: the better mark stands"),
        _ => format!("{one}, but {other}"),
    }
}

/// Two registers of one session marked a pupil differently, and nothing stronger has spoken.
pub fn registers(day: &Day, current: Session) -> Vec<Check> {
    let mut found = Vec::new();
    for (id, session, first) in day.displaced.iter().rev().filter(|(_, session, _)| *session <= current) {
        let stands = day.mark(*id, *session);
        let (Some(pupil), Some(tutor), Some(settled)) = (day.roll.pupil(*id), stands.tutor, stands.settled) else {
            continue;
        };
        // Signed by who took the register; one that was taken back says nothing.
        let taken = pupil.group.and_then(|group| day.handed_in.get(&(group, *session, first.act)));
        let Some(taken) = taken.filter(|taken| taken.act != stands.taken) else { continue };
        let first = Evidence { who: taken.who.clone(), ..first.clone() };
        let all = day.evidence_of(pupil, *session);
        let Some(newest) = all.iter().find(|one| one.act == stands.taken && matches!(one.fact, Fact::Tutor(_))) else {
            continue;
        };
        let Fact::Tutor(before) = first.fact else { continue };
        let rank = |mark: Mark| rank(day.roll.codes.statistic(mark.code));
        let same = newest.who == first.who || rank(before) == rank(tutor);
        let is_moot = settled.code != before.code && settled.code != tutor.code;
        let puzzle = Puzzle::RegistersDisagree;
        let done = is_amended(day, *id, *session, newest.act) || is_decided(day, *id, *session, puzzle, newest.act);
        if same || is_moot || done || !pupil.on_roll(day.date) {
            continue;
        }
        let best = if rank(before) < rank(tutor) { before } else { tutor };
        let reason = format!("{}; {}: the better mark stands", says(&first, day.date), says(newest, day.date));
        let proposed = match best.code == settled.code {
            true => Proposed::Decide { reason },
            false => Proposed::Amend { mark: best, reason },
        };
        // One that still counts beside the newer stands among the evidence too.
        let others = all.iter().filter(|one| one.act != first.act || !matches!(one.fact, Fact::Tutor(_)));
        let evidence = in_order(std::iter::once(&first).chain(others).map(|one| timed(one, day.date)).collect());
        let sides = sides(timed(&first, day.date), timed(newest, day.date));
        found.push(Check { pupil: *id, session: *session, puzzle, evidence, sides, proposed });
    }
    found
}

/// Which of two marks is believed: who saw the pupil, then who knew where they were.
fn rank(statistic: Option<Statistic>) -> u8 {
    match statistic {
        Some(Statistic::Present) => 0,
        Some(Statistic::Activity) => 1,
        Some(Statistic::Authorised) => 2,
        Some(Statistic::Unauthorised) => 3,
        Some(Statistic::NotRequired | Statistic::Administrative) | None => 4,
    }
}

/// A fact's line of evidence, with the time it shows.
pub fn timed(one: &Evidence, today: NaiveDate) -> Timed {
    let shown = match &one.fact {
        Fact::Gate { time, .. } => Some(today.and_time(*time)),
        Fact::Plan { .. } => None,
        _ => Some(one.at),
    };
    (shown, line(one, today))
}

/// "08:12"; of what was said on another day than `today`'s also which: "Mon 23 Nov 14:05".
fn when(one: &Evidence, today: NaiveDate) -> String {
    one.at.format(if one.at.date() == today { "%H:%M" } else { "%a %-d %b %H:%M" }).to_string()
}

/// A fact in a clause, with its time and who said so: "reported I by Mrs Khan, mother, 08:12".
pub fn says(one: &Evidence, today: NaiveDate) -> String {
    let at = when(one, today);
    match &one.fact {
        Fact::Tutor(mark) => format!("marked {mark} {at} by {}", one.who),
        Fact::Gate { time, .. } => format!("gate {}", time.format("%H:%M")),
        Fact::Report { code, by, .. } => format!("reported {code} by {by}, {at}"),
        Fact::Plan { code, words } if words.is_empty() => format!("planned {code}"),
        Fact::Plan { code, words } => format!("on the list for {words} ({code})"),
        Fact::Office { mark, .. } => format!("office {mark} {at} by {}", one.who),
    }
}

/// A line of evidence: "08:12 I reported by Mrs Khan, mother: flu (S Marsh)".
pub fn line(one: &Evidence, today: NaiveDate) -> String {
    let (at, who) = (when(one, today), &one.who);
    let said = |words: &str| if words.is_empty() { String::new() } else { format!(": {words}") };
    match &one.fact {
        Fact::Tutor(mark) => format!("{at} {mark} by the tutor, {who}"),
        Fact::Gate { time, reason } => {
            let reason = said(reason.as_deref().unwrap_or_default());
            format!("{} through the gate{reason} ({who})", time.format("%H:%M"))
        }
        Fact::Report { code, by, words } => format!("{at} {code} reported by {by}{} ({who})", said(words)),
        Fact::Plan { code, words } => format!("{code} known before{} ({who})", said(words)),
        Fact::Office { mark, reason } => format!("{at} {mark} by the office{} ({who})", said(reason)),
    }
}
