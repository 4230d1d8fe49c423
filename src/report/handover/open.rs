//! What else is open: searches, registers, confirmations, contradictions, marks at N, numbers; and today's events.

use chrono::NaiveTime;
use hashbrown::HashSet;

use super::Item;
use super::missing::took;
use crate::domain::absence::offsite::{OffSiteState, due_by, off_site as elsewhere};
use crate::domain::absence::unexplained::unexplained;
use crate::domain::absence::unresolved::{UnresolvedN, unresolved_ns};
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::cases::caseload::Pressing;
use crate::domain::checks::checks;
use crate::domain::day::Day;
use crate::domain::facts::arrangement::{due_counts, in_order};
use crate::domain::facts::register::{Register, RegisterState};
use crate::domain::name::clean;
use crate::domain::people::contact::last_digits;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::unmarked::unmarked;

fn until(current: Session) -> impl Iterator<Item = Session> {
    Session::BOTH.into_iter().filter(move |session| *session <= current)
}

/// What casework wants today, and what it has wanted since earlier: the staff who are out among it.
pub(super) fn cases(day: &Day, now: NaiveTime) -> Vec<Item> {
    let now = day.date.and_time(now);
    let rows = day.caseload().into_iter();
    let due = rows.flat_map(|row| row.due.into_iter().map(move |due| (row.pupil, due)));
    let wanted = due.filter(|(_, due)| due.pressing(now) <= Pressing::Today);
    wanted.map(|(pupil, due)| Item::of(day, pupil, &due.line(now))).collect()
}

/// Searches that go on, oldest first.
pub(super) fn searches(day: &Day) -> Vec<Item> {
    let open = day.searches.iter().filter(|search| search.is_open());
    open.map(|search| {
        let opened = search.opened.format("%H:%M");
        let last =
            search.notes.last().map(|note| format!("; {} {} ({})", note.at.format("%H:%M"), note.words, note.who));
        let text = format!("since {opened}, last seen {}{}", search.last_seen, last.unwrap_or_default());
        let (at, who) = search.notes.last().map_or((search.opened, &search.who), |note| (note.at, &note.who));
        Item::of(day, search.pupil, &text).moved(at.time(), who)
    })
    .collect()
}

/// Registers overdue or part-marked, with how they were chased.
pub(super) fn registers(day: &Day, current: Session, now: NaiveTime) -> Vec<Item> {
    let rows = until(current).flat_map(|session| unmarked(day, session, now));
    rows.filter_map(|row| {
        let state = match row.state {
            RegisterState::Overdue { minutes } => format!("overdue {}", duration(minutes, " min")),
            RegisterState::PartMarked { marked, of } => {
                format!("{marked} of {of} marked")
            }
            RegisterState::Unmarked | RegisterState::Taken => return None,
        };
        Some(register(day, row.register, &state))
    })
    .collect()
}

fn register(day: &Day, register: &Register, state: &str) -> Item {
    let group = day.roll.group(register.group);
    let tutor = group.and_then(|group| group.tutor).and_then(|id| day.roll.member(id)).map(|tutor| &tutor.name);
    let teacher = register.cover.as_ref().or(tutor).map(|name| format!(", {name}")).unwrap_or_default();
    let chases: Vec<String> = register
        .chases
        .iter()
        .map(|chase| format!("{} by {} ({})", chase.at.format("%H:%M"), chase.method.as_str(), chase.who))
        .collect();
    let chased = if chases.is_empty() { "not chased".to_owned() } else { format!("chased {}", chases.join(", ")) };
    // Of a register that is not in at all nobody need be named.
    let blank =
        register.taken.as_ref().map(|_| format!("; blank: {}", names(day, &register.blanks))).unwrap_or_default();
    let item = Item {
        pupil: None,
        name: crate::domain::name::clean(&format!("{} {}", group.map_or("-", |group| &group.name), register.session)),
        text: crate::domain::name::clean(&format!("{state}{teacher}, {chased}{blank}")),
        at: None,
        who: None,
    };
    match register.chases.last() {
        Some(chase) => item.moved(chase.at.time(), &chase.who),
        None => item,
    }
}

fn names(day: &Day, pupils: &[PupilId]) -> String {
    let known = pupils.iter().filter_map(|id| day.roll.pupil(*id));
    known.map(|pupil| day.roll.spoken_name(pupil).to_string()).collect::<Vec<_>>().join(", ")
}

/// Pupils elsewhere by arrangement and not confirmed, except those already listed as unexplained.
pub(super) fn off_site(day: &Day, current: Session, now: NaiveTime) -> Vec<Item> {
    let missing: HashSet<PupilId> = unexplained(day, current, now).into_iter().map(|row| row.pupil).collect();
    let all =
        until(current).flat_map(|session| elsewhere(day, session, now).into_iter().map(move |one| (session, one)));
    all.filter(|(_, one)| !missing.contains(&one.pupil))
        .filter_map(|(session, one)| {
            let what = format!("{session} {}, {}", one.code, one.with);
            let due = due_by(day, session).map(|due| due.format("%H:%M").to_string()).unwrap_or_default();
            match one.state {
                OffSiteState::There(_) => None,
                OffSiteState::Waiting => Some(Item::of(day, one.pupil, &format!("{what}: to be confirmed by {due}"))),
                OffSiteState::Due => Some(Item::of(day, one.pupil, &format!("{what}: not confirmed, due since {due}"))),
                OffSiteState::Over => Some(Item::of(day, one.pupil, &format!("{what}: never confirmed"))),
                OffSiteState::NotThere(confirmation) => {
                    let text =
                        format!("{what}: not there, said {} {}", confirmation.said_by, confirmation.at.format("%H:%M"));
                    Some(
                        Item::of(day, one.pupil, &format!("{text} ({})", confirmation.who))
                            .moved(confirmation.at.time(), &confirmation.who),
                    )
                }
            }
        })
        .collect()
}

/// Contradictions that nobody has looked into.
pub(super) fn contradictions(day: &Day, current: Session, now: NaiveTime) -> Vec<Item> {
    let items = checks(day, current, now).into_iter().map(|check| {
        let text = format!("{} {}: {}", check.session, check.contradiction.describe(), check.evidence.join("; "));
        Item::of(day, check.pupil, &text)
    });
    items.collect()
}

/// Marks that stand at N and may not stand beyond the next school day, a line a pupil, oldest first (reg 10(7)-(9)).
pub(super) fn unresolved(day: &Day) -> Vec<Item> {
    let Some(next) = day.roll.calendar.school_days_after(day.date).next() else { return Vec::new() };
    let mut pupils: Vec<(PupilId, Vec<UnresolvedN>)> = Vec::new();
    for one in unresolved_ns(day).into_iter().filter(|one| one.deadline.is_some_and(|deadline| deadline <= next)) {
        match pupils.iter_mut().find(|(pupil, _)| *pupil == one.pupil) {
            Some((_, all)) => all.push(one),
            None => pupils.push((one.pupil, vec![one])),
        }
    }
    let items = pupils.into_iter().filter_map(|(pupil, all)| {
        let first = all.first()?;
        let deadline = first.deadline?;
        let more = if all.len() > 1 { format!(" and {} more", all.len() - 1) } else { String::new() };
        let may = if first.is_overdue() { "had to be settled by" } else { "may stand until" };
        Some(Item::of(day, pupil, &format!("N of {}{more}, {may} {}", first.at, deadline.format("%a %-d %b"))))
    });
    items.collect()
}

/// How many arrangements for many are to be reviewed or are about to end, in one line.
pub(super) fn arrangements(day: &Day) -> Vec<Item> {
    let (review, ends) = due_counts(day.roll.arrangements(), day.date);
    let said = [(review, "to review"), (ends, "about to end")].into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, what)| format!("{count} {what}")).collect();
    let due = in_order(day.roll.arrangements(), day.date).into_iter().filter(|one| one.due(day.date).is_some());
    let named: Vec<&str> = due.map(|one| one.terms.title.as_str()).collect();
    let text = clean(&format!("{} ({})", said.join(", "), named.join(", ")));
    let item = Item { pupil: None, name: "Arrangements".to_owned(), text, at: None, who: None };
    if said.is_empty() { Vec::new() } else { vec![item] }
}

/// Numbers found wrong and not put right.
pub(super) fn numbers(day: &Day) -> Vec<Item> {
    let items = day.wrong_numbers.iter().map(|wrong| {
        let contact = day.roll.contact(wrong.pupil, wrong.contact);
        let whom = contact.map_or_else(|| "a contact".to_owned(), |contact| contact.introduced());
        let end = last_digits(&wrong.number);
        let number = if end.is_empty() { "number".to_owned() } else { format!("number ending {end}") };
        let text = format!("{whom}, {number}: found wrong {} by {}", wrong.at.format("%a %-d %b"), wrong.who);
        let item = Item::of(day, wrong.pupil, &text);
        if wrong.at.date() == day.date { item.moved(wrong.at.time(), &wrong.who) } else { item }
    });
    items.collect()
}

/// Every event of today, of any pupil.
pub(super) fn events(day: &Day) -> Vec<Item> {
    day.steps.iter().map(|one| Item::of(day, one.pupil, &took(one)).moved(one.at.time(), &one.who)).collect()
}
