//! Who has met the national threshold of a penalty notice, and what stands in the way of a request: a check, and never a decision.

use super::super::rows::{number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::facts::day;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::ending::PenaltyOutcome;
use crate::domain::cases::event::PenaltyNotice;
use crate::domain::cases::file::CaseFile;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::{TriggerKind, in_words};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The penalty notice threshold.
pub const KIND: ReportKind = ReportKind {
    name: "penalty-check",
    title: "Penalty notice threshold: check",
    audience: "the attendance lead and the head",
    rhythm: "weekly",
    usual: Stretch::Day,
    needs: &[Needs::Trigger(TriggerKind::Penalty), Needs::Cases],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let own = [
        Column::new("met on", Unit::Date),
        Column::new("sessions", Unit::Number),
        Column::new("of these N", Unit::Number),
        Column::new("firm", Unit::Number),
        Column::new("ready", Unit::Text),
        Column::new("because", Unit::Text),
        Column::new("to be known", Unit::Text),
        Column::new("locked", Unit::Number),
        Column::new("notices so far", Unit::Text),
        Column::new("codes and dates", Unit::Text),
    ];
    let columns = pupil_columns().into_iter().chain(own).collect();
    let rows = gathered.facts.triggers.iter().filter_map(|one| {
        let pupil = gathered.roll.pupil(one.pupil)?;
        let trigger = &one.trigger;
        let own = [
            Cell::Date(trigger.met),
            number(trigger.sessions),
            number(trigger.sessions - trigger.firm.min(trigger.sessions)),
            number(trigger.firm),
            Cell::text(if trigger.why_not.is_none() { "ready" } else { "not ready" }),
            Cell::text(trigger.why_not.clone().unwrap_or_default()),
            Cell::text(trigger.note.clone()),
            number(locked(gathered, one.pupil).len()),
            Cell::text(gathered.facts.cases.get(&one.pupil).map(notices).unwrap_or_default()),
            Cell::text(in_words(&trigger.evidence)),
        ];
        Some(Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).collect()))
    });
    let met = Table::new(columns, "Nobody has met it.").with(rows);
    let sections = vec![
        Section::new("Threshold met", vec![Part::Table(met)]),
        Section::new("Locked by a notice", vec![Part::Table(locked_sessions(gathered))]),
    ];
    let notes = [
        "Ten sessions of G, N, O or U within ten school weeks, as of the last date. A school week is any from Monday with a session, so that \
         holidays lie in between and the ten weeks may cross terms and school years. Other systems count other weeks, and come to other \
         numbers.",
        "N counts while it stands, and a request must be free of it: firm is G, O and U. Sessions inside a notice that was issued are locked \
         and count towards no other. To have met it obliges the school to consider a notice, case by case; nothing is sent from here.",
    ];
    (sections, notes.map(str::to_owned).to_vec())
}

fn locked(gathered: &Gathered, pupil: PupilId) -> &[SessionDate] {
    gathered.facts.locked.get(&pupil).map(Vec::as_slice).unwrap_or_default()
}

/// Each notice that locks sessions, of who is meant.
fn locked_sessions(gathered: &Gathered) -> Table {
    let own =
        [Column::new("sessions", Unit::Number), Column::new("first", Unit::Text), Column::new("last", Unit::Text)];
    let columns = pupil_columns().into_iter().chain(own).collect();
    let rows = super::meant(gathered).filter_map(|pupil| {
        let sessions = locked(gathered, pupil.id);
        let (first, last) = (sessions.iter().min()?, sessions.iter().max()?);
        let said = |at: &SessionDate| Cell::text(format!("{} {}", day(at.date), at.session));
        let own = [number(sessions.len()), said(first), said(last)];
        Some(Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).collect()))
    });
    Table::new(columns, "No session is locked.").with(rows)
}

/// "Mrs Khan, 14 Nov 2025, paid within 21 days".
fn notices(file: &CaseFile) -> String {
    let one = |(notice, outcome): (&PenaltyNotice, Option<PenaltyOutcome>)| {
        let outcome = outcome.map_or("no outcome yet", PenaltyOutcome::describe);
        format!("{}, {}, {outcome}", notice.parent.name, notice.issued.format("%-d %b %Y"))
    };
    file.penalties().into_iter().map(one).collect::<Vec<_>>().join("; ")
}
