//! What is told to the local authority: ten school days missed on end without leave, and fifteen days of illness, had or expected (regulation
//! 13 of SI 2024/208). A row an episode, with what the forms ask and the record holds.

use super::super::rows::{number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::facts::{PrivateFacts, day};
use super::tsm::family;
use crate::domain::cases::chronology::{Line, LineKind};
use crate::domain::counted::counted;
use crate::domain::people::pupil::Pupil;
use crate::domain::triggers::{Trigger, TriggerKind, in_words};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Ten school days on end.
pub const TEN_DAYS: ReportKind = ReportKind {
    name: "ten-day",
    title: "Attendance return: 10 school days on end",
    audience: "the local authority",
    rhythm: "monthly, or as agreed",
    usual: Stretch::Day,
    needs: &[Needs::Trigger(TriggerKind::TenDays), Needs::Lines, Needs::Private],
    make: |gathered| {
        (
            vec![episodes(gathered)],
            notes("It is met by twenty sessions of G, N, O or U in a run over the possible sessions."),
        )
    },
};

/// Fifteen days of illness.
pub const SICKNESS: ReportKind = ReportKind {
    name: "fifteen-day",
    title: "Sickness return: 15 school days, had or expected",
    audience: "the local authority",
    rhythm: "as it is met",
    usual: Stretch::Day,
    needs: &[Needs::Trigger(TriggerKind::Sickness), Needs::Lines, Needs::Private],
    make: |gathered| {
        let met = "It is met by thirty sessions of I in the school year, on end or together; sessions that a report of illness expects count, \
                   so that a note for four weeks meets it on its first day.";
        (vec![episodes(gathered)], notes(met))
    },
};

fn notes(met: &str) -> Vec<String> {
    let all = [
        met,
        "As of the last date, of who is on roll then. Dates of birth, addresses and numbers are masked unless --numbers is said; that they \
         were shown is then put down for each pupil.",
        "Who lives with the pupil is told as far as the record has another address for a contact. A safety issue for lone workers, the cause \
         beyond the codes, and pupils at other schools are no fields of the record: ask, and add them.",
    ];
    all.map(str::to_owned).to_vec()
}

fn episodes(gathered: &Gathered) -> Section {
    let own = [
        Column::name("name for letters"),
        Column::new("UPN", Unit::Text),
        Column::new("born", Unit::Text),
        Column::new("address", Unit::Text),
        Column::new("met on", Unit::Date),
        Column::new("first session", Unit::Text),
        Column::new("last session", Unit::Text),
        Column::new("sessions", Unit::Number),
        Column::new("firm", Unit::Number),
        Column::new("codes and dates", Unit::Text),
        Column::new("state", Unit::Text),
        Column::new("not ready because", Unit::Text),
        Column::name("contacts"),
        Column::new("numbers", Unit::Text),
        Column::name("siblings here"),
        Column::new("attempts", Unit::Text),
    ];
    let rows = gathered.facts.triggers.iter().filter_map(|one| {
        let pupil = gathered.roll.pupil(one.pupil)?;
        let cells = pupil_cells(&gathered.roll, pupil).into_iter().chain(cells(gathered, pupil, &one.trigger));
        Some(Row::pupil(cells.collect()))
    });
    let columns = pupil_columns().into_iter().chain(own).collect();
    Section::new("Episodes", vec![Part::Table(Table::new(columns, "Nobody meets it.").with(rows))])
}

fn cells(gathered: &Gathered, pupil: &Pupil, trigger: &Trigger) -> Vec<Cell<'static>> {
    let roll = &gathered.roll;
    let none = PrivateFacts::default();
    let private = gathered.facts.private.get(&pupil.id).unwrap_or(&none);
    let legal = pupil.legal.as_ref().map(|legal| format!("{}, {}", legal.surname, legal.forename));
    let [first, last] =
        [trigger.evidence.first(), trigger.evidence.last()].map(|one| one.map(|one| one.at.to_string()));
    let siblings: Vec<String> = roll
        .siblings(pupil)
        .filter(|one| one.on_roll(gathered.dates.1))
        .map(|one| roll.name_and_group(one.id))
        .collect();
    let at_home = |order: i64| private.homes.iter().all(|(place, _)| *place != order);
    let contacts: Vec<_> = roll.contacts(pupil.id).iter().filter(|one| at_home(one.order)).cloned().collect();
    let elsewhere = private.homes.iter().filter_map(|(order, home)| {
        let contact = roll.contacts(pupil.id).iter().find(|one| one.order == *order)?;
        Some(format!("{}, lives at {home}", contact.introduced()))
    });
    let with = Some(family(&contacts)).filter(|text| !text.is_empty()).into_iter().chain(elsewhere);
    let numbers = private.numbers.iter().filter_map(|(order, number)| {
        let contact = roll.contacts(pupil.id).iter().find(|one| one.order == *order && !one.is_barred())?;
        Some(format!("{} {number}", contact.name))
    });
    let lines = gathered.facts.lines.get(&pupil.id).map(Vec::as_slice).unwrap_or_default();
    vec![
        Cell::text(legal.unwrap_or_default()),
        Cell::text(pupil.upn.clone().unwrap_or_default()),
        Cell::text(private.born.clone().unwrap_or_default()),
        Cell::text(private.address.clone().unwrap_or_default()),
        Cell::Date(trigger.met),
        Cell::text(first.unwrap_or_default()),
        Cell::text(last.unwrap_or_default()),
        number(trigger.sessions),
        number(trigger.firm),
        Cell::text(in_words(&trigger.evidence)),
        Cell::text(trigger.note.clone()),
        Cell::text(trigger.why_not.clone().unwrap_or_default()),
        Cell::text(with.collect::<Vec<_>>().join("; ")),
        Cell::text(numbers.collect::<Vec<_>>().join("; ")),
        Cell::text(siblings.join("; ")),
        Cell::text(attempts(lines, trigger)),
    ]
}

/// "7 calls, 1 home visit; last Thu 27 Nov 2025: call about ...": of the dates of the episode up to the last that is asked for.
fn attempts(lines: &[Line], trigger: &Trigger) -> String {
    let since = trigger.evidence.first().map_or(trigger.met, |one| one.at.date);
    let kinds = [
        (LineKind::Call, "call"),
        (LineKind::Contact, "letter or other contact"),
        (LineKind::Meeting, "meeting"),
        (LineKind::Visit, "home visit"),
    ];
    let tried: Vec<&Line> =
        lines.iter().filter(|line| line.date >= since && kinds.iter().any(|(kind, _)| *kind == line.kind)).collect();
    let counts = kinds.iter().filter_map(|(kind, word)| {
        let count = tried.iter().filter(|line| line.kind == *kind).count();
        let words = if *kind == LineKind::Contact && count > 1 {
            format!("{count} letters or other contacts")
        } else {
            counted(count, word)
        };
        (count > 0).then_some(words)
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    match tried.last() {
        Some(last) => format!("{counts}; last {}: {}", day(last.date), last.what),
        None => "none in the record".to_owned(),
    }
}
