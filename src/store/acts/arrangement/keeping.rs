//! Keeps an arrangement for many: what it says of each pupil's days is evidence like any other, and settled as that is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::act::Refusal;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Covered, LONGEST, Membership, Terms, covered};
use crate::domain::name::clean;
use crate::domain::people::phone::is_whole;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::journal;
use crate::store::read::roll;
use crate::store::tables::arrangement::{self, NewRow};
use crate::store::tables::evidence;

/// Sessions to be settled again, of each pupil.
type Touched = BTreeMap<PupilId, BTreeSet<SessionDate>>;

/// An arrangement as it is to be from a date on.
pub struct Kept<'a> {
    /// Its number.
    pub id: ArrangementId,
    /// The act that entered it.
    pub entered: ActId,
    /// Its code.
    pub code: Code,
    /// Its first day.
    pub first: NaiveDate,
    /// The rest of it.
    pub terms: &'a Terms,
    /// Who is in it.
    pub members: &'a [Membership],
    /// From when on its days are as the rest says; those before stay as they were.
    pub from: NaiveDate,
}

/// The terms in clean text; refused where they cannot be.
pub fn checked(first: NaiveDate, terms: &Terms) -> Result<Terms, Stop> {
    let forbid = |text: &str| Stop::from(Refusal::Forbidden(text.to_owned()));
    let dates = |text: String| Stop::from(Refusal::Dates(text));
    let terms =
        Terms { title: clean(&terms.title), number: clean(&terms.number), note: clean(&terms.note), ..terms.clone() };
    if terms.title.is_empty() {
        return Err(forbid("say with whom or what it is: the provider, or the name of the trip"));
    }
    if !terms.number.is_empty() && !is_whole(&terms.number) {
        return Err(forbid(&format!("\u{201c}{}\u{201d} is no whole telephone number", terms.number)));
    }
    let day = |date: NaiveDate| date.format("%a %-d %b %Y");
    if terms.until < first {
        return Err(dates(format!("{} is before {}: give the first day first", day(terms.until), day(first))));
    }
    if first.checked_add_days(LONGEST).is_none_or(|latest| latest < terms.until) {
        return Err(dates(format!("from {} to {} is more than a school year", day(first), day(terms.until))));
    }
    match terms.review {
        Some(review) if review < first || terms.until < review => {
            Err(dates(format!("the review, {}, is not between its first day and its last", day(review))))
        }
        _ => Ok(terms),
    }
}

/// Refuse a code that a caller reports, and no school arranges; and pupils who cannot have it, or are not on roll.
pub fn check_members(work: &Work<'_>, code: Code, members: &[Membership], terms: &Terms) -> Result<(), Stop> {
    if work.roll.codes.arranged(code).is_none() {
        let meaning = work.roll.codes.row(code).map_or("no code", |row| row.meaning.as_str());
        let text = format!("{code} ({meaning}) is nothing that a school arranges: write one such as V, W, B, D or C2");
        return Err(Stop::forbidden(text));
    }
    let covered = covered(members, terms.days, NaiveDate::MIN);
    for one in members {
        let pupil = work.on_roll(one.pupil, one.from)?;
        let mine = || covered.range((one.pupil, one.from)..=(one.pupil, one.until)).map(|(_, sessions)| *sessions);
        let ends = mine().next().zip(mine().next_back());
        for at in ends.into_iter().flat_map(|(first, last)| [first.0, last.1]) {
            work.check(code, at, pupil)?;
        }
    }
    Ok(())
}

/// The arrangement as it stands; refused where it has moved since `saw`, or its code is another.
pub fn standing<'a>(work: &Work<'a>, id: ArrangementId, saw: ActId, code: Code) -> Result<&'a Arrangement, Stop> {
    let held = work.roll.arrangement(id).filter(|held| held.code == code);
    let held = held.ok_or(Refusal::Unknown { what: "arrangement" })?;
    if held.act == saw {
        return Ok(held);
    }
    let signed = journal::signature(work.connection, held.act)?;
    let by = signed.as_ref().map_or_else(String::new, |signed| signed.who.clone());
    let at = signed.map_or(work.local, |signed| work.roll.school.local(signed.instant)).time();
    let says = format!("{} was changed at {} by {by}: look at it again", held.terms.title, at.format("%H:%M"));
    Err(Refusal::DoneAlready { says, at_gate: None, by, at }.into())
}

/// Keep an arrangement as `act` has it: the act at hand, or the one that it does again, whose rows stand again. Its days from the
/// date on become what it says, and their marks are settled.
pub fn keep(work: &Work<'_>, act: ActId, kept: &Kept<'_>, words: &str) -> Result<(), Stop> {
    let Kept { id, entered, code, first, terms, members, from } = *kept;
    arrangement::displace(work.connection, id, act, work.act)?;
    if first <= terms.until && !arrangement::is_of(work.connection, id, act)? {
        arrangement::add(work.connection, act, &NewRow { id, entered, code, from: first, terms, members })?;
    }
    let mut coming = covered(members, terms.days, from);
    let mut touched = Touched::new();
    // Of two rows of one day, where an act is done again, the newer is its own.
    for held in evidence::arranged_from(work.connection, id, from, None)? {
        let key = (held.pupil, held.from.date);
        if coming.get(&key) == Some(&(held.from, held.until)) && held.words == terms.title {
            coming.remove(&key);
            continue;
        }
        evidence::withdraw_arranged(work.connection, held.row, work.act)?;
        touch(work, &mut touched, held.pupil, (held.from, held.until))?;
    }
    for ((pupil, _), sessions) in coming {
        evidence::add_arranged(work.connection, act, id, pupil, sessions, (code, &terms.title))?;
        touch(work, &mut touched, pupil, sessions)?;
    }
    for (pupil, sessions) in &touched {
        work.settle_all(*pupil, sessions, Quote::words(words))?;
    }
    Ok(roll::moved(work.connection)?)
}

/// Who of these is elsewhere in the same sessions by another arrangement, in a sentence: of the two the one that was told last holds.
pub fn elsewhere(work: &Work<'_>, id: ArrangementId, kept: &Kept<'_>) -> Option<String> {
    let own = covered(kept.members, kept.terms.days, kept.from);
    let meets = |(key, (first, last)): ((PupilId, NaiveDate), Covered)| {
        own.get(&key).filter(|(from, until)| *from <= last && first <= *until).map(|_| key.0)
    };
    let mut told = Vec::new();
    for other in work.roll.arrangements().iter().filter(|other| other.id != id) {
        let theirs: Vec<Membership> =
            other.members.iter().filter(|one| kept.members.iter().any(|own| own.pupil == one.pupil)).copied().collect();
        let both: BTreeSet<PupilId> =
            covered(&theirs, other.terms.days, kept.from).into_iter().filter_map(meets).collect();
        if let Some(first) = both.first() {
            let more = if both.len() > 1 { format!(" and {} more", both.len() - 1) } else { String::new() };
            told.push(format!("{}{more}, by {}", work.roll.name_and_group(*first), other.describe()));
        }
    }
    (!told.is_empty()).then(|| format!("elsewhere then already: {}; this one holds", told.join("; ")))
}

fn touch(
    work: &Work<'_>,
    touched: &mut Touched,
    id: PupilId,
    (from, until): (SessionDate, SessionDate),
) -> Result<(), Stop> {
    if let Some(pupil) = work.roll.pupil(id) {
        touched.entry(id).or_default().extend(work.weighed(pupil, from, until)?);
    }
    Ok(())
}

/// Refuse to take back `act` where somebody has changed the arrangement since, or it stands no more.
pub fn unchanged_since(work: &Work<'_>, id: ArrangementId, act: ActId) -> Result<(), Stop> {
    let text = match work.roll.arrangement(id) {
        Some(held) if held.act == act => return Ok(()),
        Some(held) => format!("{} was changed since: take that back first", held.terms.title),
        None => "that arrangement was taken back whole since: take that back first".to_owned(),
    };
    Err(Stop::cannot_undo(text))
}

/// Sessions of an arrangement from a date on that an undo let stand again, or withdrew.
pub fn moved(work: &Work<'_>, id: ArrangementId, from: NaiveDate) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
    let held = evidence::arranged_from(work.connection, id, from, Some(work.act))?;
    let mut moved = Vec::new();
    for one in held {
        if let Some(pupil) = work.roll.pupil(one.pupil)
            && !work.weighed(pupil, one.from, one.until)?.is_empty()
        {
            moved.push((one.pupil, one.from));
        }
    }
    Ok(moved)
}

/// "Fri 6 Nov to Fri 17 Jul", or the one day.
pub fn span(from: NaiveDate, until: NaiveDate) -> String {
    let day = |date: NaiveDate| date.format("%a %-d %b").to_string();
    if from == until { day(from) } else { format!("{} to {}", day(from), day(until)) }
}
