//! Takes back an import: whole, or not at all where something depends on it.

use chrono::NaiveDate;

use super::comings;
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Other, Receipt};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::{Roll, planned};
use crate::store::acts::arrangement::keeping::{moved, unchanged_since};
use crate::store::acts::chain::Chain;
use crate::store::acts::register::take_lesson::settle_lesson;
use crate::store::acts::roll_rows::{self, describe_act};
use crate::store::acts::settling::Quote;
use crate::store::acts::tutor_marks;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;
use crate::store::tables::incoming::{arriving, inbox, missing, quarantine};
use crate::store::tables::roll_change;
use crate::store::tables::{arrangement, bar, evidence, facts, lesson, mark};

/// Take back what the files of `import` brought, or bring it again.
pub fn undo(work: &Work<'_>, chain: Chain, import: &Other) -> Result<Receipt, Stop> {
    check_matter(work.role, Matter::Import)?;
    if arriving::standing(work.connection)?.is_some_and(|of| of.act == chain.first) {
        return Err(Stop::cannot_undo("that import is still under way: stop it where it runs"));
    }
    if !import.can_undo() {
        return Err(Stop::cannot_undo("what that import replaced was not kept: it is put right by another file"));
    }
    is_as_it_was_left(work, chain)?;
    comings::nothing_followed(work, chain)?;
    let is_of_roll = !roll_change::is_none(work.connection, chain.target)?;
    if is_of_roll {
        put_back(work, chain)?;
    }
    // Marks are weighed against the roll as it is now.
    let (held, _) = roll::load(work.connection, work.roll.codes.clone(), work.today())?;
    let now = Work { roll: &held, ..*work };
    if is_of_roll {
        is_sound(work.roll, now.roll)?;
        nothing_is_lost(&now, work.roll, chain.target)?;
    }
    let done = if chain.did { "undone" } else { "done again" };
    let title = import.title();
    give_back_marks(&now, chain, &format!("{done}: {title}"))?;
    give_back_lessons(&now, chain)?;
    give_back_arrangements(&now, chain, &format!("{done}: {title}"))?;
    comings::give_back(&now, chain, &format!("{done}: {title}"))?;
    missing::take_back_ends(work.connection, chain.first, !chain.did)?;
    if chain.did {
        quarantine::restore_superseded(work.connection, chain.first)?;
    } else {
        quarantine::supersede(work.connection, chain.first)?;
    }
    if is_of_roll {
        let changed = roll_change::first_date(work.connection, chain.target)?;
        let changed = changed.and_then(|date| date.parse::<NaiveDate>().ok());
        now.reach(changed.into_iter().chain([work.today()]).min().unwrap_or(work.today()))?;
    }
    let mut text = format!("{title} {done}");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    Ok(Receipt { but: bars_that_stay(&now, chain)?, ..work.receipt(text, Vec::new()) })
}

/// Refuse where somebody has changed since what the act being undone left.
fn is_as_it_was_left(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    roll_rows::is_as_it_was_left(work, chain.target)?;
    for pupil in roll_change::pupils_of_contacts(work.connection, chain.target)?.into_iter().map(PupilId) {
        if let Some(act) = bar::set_since(work.connection, pupil, chain.target)? {
            let name = work.roll.name_and_group(pupil);
            return Err(Stop::cannot_undo(format!(
                "contacts of {name} cannot be as they were, for a bar was set since: {}",
                describe_act(work, act)?
            )));
        }
    }
    if chain.did {
        for id in arrangement::of_act(work.connection, chain.first)? {
            unchanged_since(work, id, chain.first)?;
        }
    }
    if let Some(act) = quarantine::ended_since(work.connection, chain.first)?.filter(|_| chain.did) {
        return Err(Stop::cannot_undo(format!(
            "marks of it that waited for their code were answered since, by {}: take that back first",
            describe_act(work, act)?
        )));
    }
    if let Some(act) = inbox::read_since(work.connection, chain.first)?.filter(|_| chain.did) {
        return Err(Stop::cannot_undo(format!(
            "a message of it was read since, by {}: take that back first",
            describe_act(work, act)?
        )));
    }
    if let Some((pupil, act)) = lesson::marked_since(work.connection, chain.first)?.filter(|_| chain.did) {
        let name = work.roll.name_and_group(pupil);
        return Err(Stop::cannot_undo(format!(
            "{name} cannot be taken out of the lesson, for {} came since: take that back first",
            describe_act(work, act)?
        )));
    }
    Ok(())
}

/// Put the roll and the calendar back as they were, and with whoever came by the import what came with them; refused where anything
/// else rests on a row that would go.
fn put_back(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    roll_rows::restore(work, chain.target)?;
    if chain.did {
        roll_change::take_along(work.connection, work.act)?;
    }
    roll_rows::nothing_hangs(work)
}

/// Refuse a calendar that no file could bring: what was there before in it may be at odds with what has come since.
fn is_sound(before: &Roll, now: &Roll) -> Result<(), Stop> {
    let held = calendar_faults(before);
    match calendar_faults(now).into_iter().find(|fault| !held.contains(fault)) {
        Some(fault) => Err(Stop::cannot_undo(fault)),
        None => Ok(()),
    }
}

fn calendar_faults(roll: &Roll) -> Vec<String> {
    let calendar = &roll.calendar;
    let terms = calendar.terms.iter().map(|term| (term.from, term.until, term.name.as_str())).collect();
    let others = calendar.other_times.iter().map(|other| (other.from, other.until, other.name.as_str())).collect();
    let mut faults = Vec::new();
    let stretches: [Vec<(NaiveDate, NaiveDate, &str)>; 2] = [terms, others];
    for mut stretches in stretches {
        stretches.sort_unstable();
        let pairs = stretches.iter().zip(stretches.iter().skip(1)).filter(|(one, other)| other.0 <= one.1);
        faults.extend(pairs.map(|(one, other)| format!("{} and {} would share a day", one.2, other.2)));
    }
    let is_wrong = |date, at| {
        let day = planned(&roll.school, calendar, date);
        at <= day.am.closes || at >= day.pm.ends
    };
    let early = calendar.early.iter().filter(|early| is_wrong(early.date, early.at));
    faults.extend(early.map(|early| {
        let (date, at) = (early.date.format("%a %-d %b %Y"), early.at.format("%H:%M"));
        format!("{date} would end at {at}, which its times do not allow by now")
    }));
    faults
}

/// Refuse where a mark made since would count in nothing: on a day that is closed again, or of a pupil who is off the roll again.
fn nothing_is_lost(work: &Work<'_>, before: &Roll, since: ActId) -> Result<(), Stop> {
    let since = (since, work.act);
    let terms = before.calendar.terms.iter().filter_map(|term| Some(term.from..term.until.succ_opt()?));
    for date in terms.flat_map(|dates| before.calendar.school_days(dates)) {
        let gone = before.sessions_of(date).iter().filter(|session| !work.roll.sessions_of(date).contains(session));
        for at in gone.map(|session| SessionDate::new(date, *session)) {
            if let Some(act) = mark::moved_at(work.connection, at, since)? {
                return Err(Stop::cannot_undo(format!(
                    "{at} cannot be taken out of the calendar, for {} came since: take that back first",
                    describe_act(work, act)?
                )));
            }
        }
    }
    for id in roll_change::pupils(work.connection, since.0)?.into_iter().map(PupilId) {
        let (Some(was), Some(now)) = (before.pupil(id), work.roll.pupil(id)) else { continue };
        if (was.from, was.until) == (now.from, now.until) {
            continue;
        }
        let mut marks = mark::moved_of(work.connection, id, since)?.into_iter();
        if let Some((_, act)) = marks.find(|(date, _)| was.on_roll(*date) && !now.on_roll(*date)) {
            let name = work.roll.name_and_group(id);
            return Err(Stop::cannot_undo(format!(
                "{name} cannot be taken off the roll, for {} came since: take that back first",
                describe_act(work, act)?
            )));
        }
    }
    Ok(())
}

/// Take back the registers and the tutors' marks, as of any register.
fn give_back_marks(work: &Work<'_>, chain: Chain, words: &str) -> Result<(), Stop> {
    // Before the marks are weighed: what is no longer handed in counts beside nothing.
    if chain.did {
        facts::withdraw(work.connection, chain.first, work.act)?;
    } else {
        facts::restore(work.connection, chain.first, chain.target)?;
    }
    // Who is back with this very act brought the marks along.
    let back = roll_change::new_pupils(work.connection, work.act)?;
    let brought = mark::brought_by(work.connection, chain.first)?.into_iter();
    let brought = brought.filter(|(_, pupil)| !back.contains(pupil));
    tutor_marks::give_back(work, chain, brought, Quote::words(words), |at, pupil| {
        let name = work.roll.name_and_group(pupil);
        format!("another register of {at} came in or was taken back since, {name} in it: take that back first")
    })
}

/// Take back who was due in lessons, and the marks there.
fn give_back_lessons(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    let (by, again) = if chain.did { (work.act, false) } else { (chain.target, true) };
    lesson::take_back_due(work.connection, chain.first, by, again)?;
    lesson::take_back(work.connection, chain.first, by, again)?;
    for (lesson, pupil) in lesson::marked_by(work.connection, chain.first)? {
        settle_lesson(work, pupil, lesson)?;
    }
    Ok(())
}

/// Take back the arrangements for many, or bring them again; their own rows went with the registers'.
fn give_back_arrangements(work: &Work<'_>, chain: Chain, words: &str) -> Result<(), Stop> {
    let brought = arrangement::of_act(work.connection, chain.first)?;
    if brought.is_empty() {
        return Ok(());
    }
    if chain.did {
        evidence::withdraw(work.connection, chain.first, work.act)?;
    } else {
        evidence::restore(work.connection, chain.target)?;
    }
    for id in brought {
        for (pupil, at) in moved(work, id, NaiveDate::MIN)? {
            work.settle(pupil, at, Quote::words(words))?;
        }
    }
    Ok(roll::moved(work.connection)?)
}

/// The note that contacts barred by the files stay barred: undoing an import makes nobody callable.
fn bars_that_stay(work: &Work<'_>, chain: Chain) -> Result<Option<String>, Stop> {
    if !chain.did {
        return Ok(None);
    }
    let bars = bar::by_act(work.connection, chain.first)?;
    let Some(first) = bars.first() else { return Ok(None) };
    let name = work
        .roll
        .pupil(first.pupil)
        .map(|pupil| format!(" about {}", work.roll.telling_name(pupil)))
        .unwrap_or_default();
    let more = match bars.len() {
        1 => String::new(),
        more => format!(", and {} more", more - 1),
    };
    Ok(Some(format!("the bar on {}{name}{more} stays", first.person.name)))
}
