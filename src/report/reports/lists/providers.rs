//! Who was elsewhere by arrangement, by provider: alternative provision, another school, work experience, trips. Attendance there has to be
//! confirmed on the day.

use std::collections::{BTreeMap, BTreeSet};

use super::super::rows::{number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::facts::{Elsewhere, WasThere};
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Attendance at providers.
pub const KIND: ReportKind = ReportKind {
    name: "providers",
    title: "Elsewhere by arrangement, by provider",
    audience: "the attendance lead and whoever places pupils",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Elsewhere],
    make,
};

/// Sessions with a provider.
#[derive(Clone, Default)]
struct Sessions {
    pupils: BTreeSet<PupilId>,
    all: usize,
    there: usize,
    not_there: usize,
    unconfirmed: usize,
    waiting: usize,
}

impl Sessions {
    fn add(&mut self, one: &Elsewhere) {
        self.pupils.insert(one.pupil);
        self.all += 1;
        match one.state {
            WasThere::Yes => self.there += 1,
            WasThere::No => self.not_there += 1,
            WasThere::Unconfirmed => self.unconfirmed += 1,
            WasThere::Waiting => self.waiting += 1,
        }
    }

    fn columns() -> [Column; 6] {
        [
            Column::new("sessions", Unit::Number),
            Column::new("there", Unit::Number),
            Column::new("there %", Unit::Percent),
            Column::new("not there", Unit::Number),
            Column::new("unconfirmed", Unit::Number),
            Column::new("waiting", Unit::Number),
        ]
    }

    fn cells(&self) -> [Cell<'static>; 6] {
        // Of what a provider has said: tenths of a percent, rounded half up.
        let said = self.there + self.not_there;
        let tenths = (self.there * 2000 + said).checked_div(said * 2).and_then(|tenths| i64::try_from(tenths).ok());
        [
            number(self.all),
            number(self.there),
            Cell::some(tenths, Cell::Percent),
            number(self.not_there),
            number(self.unconfirmed),
            number(self.waiting),
        ]
    }
}

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("Providers", vec![Part::Table(by_provider(gathered))]),
        Section::new("Pupils", vec![Part::Table(by_pupil(gathered))]),
        Section::new("Never confirmed", vec![Part::Table(unconfirmed(gathered))]),
    ];
    let note = "Sessions of B, D, K, P, V and W, by what the arrangement is called; where none has a name, by what the code means. “There” and \
                “not there” are what the provider said, and “there %” is of these; what nobody confirmed is told apart, for B and D count on \
                being confirmed the same day.";
    (sections, vec![note.to_owned()])
}

fn by_provider(gathered: &Gathered) -> Table {
    let mut providers: BTreeMap<(&str, Code), Sessions> = BTreeMap::new();
    for one in &gathered.facts.elsewhere {
        providers.entry((&one.with, one.code)).or_default().add(one);
    }
    let own =
        [Column::new("provider", Unit::Text), Column::new("code", Unit::Text), Column::new("pupils", Unit::Pupils)];
    let columns = own.into_iter().chain(Sessions::columns()).collect();
    let rows = providers.into_iter().map(|((with, code), sessions)| {
        let pupils = sessions.pupils.len();
        let own = [Cell::text(with.to_owned()), Cell::text(code.to_string()), number(pupils)];
        Row::group(pupils, None, own.into_iter().chain(sessions.cells()).collect())
    });
    Table::new(columns, "Nobody was elsewhere by arrangement.").with(rows)
}

fn by_pupil(gathered: &Gathered) -> Table {
    let mut pupils: BTreeMap<(usize, &str, Code), (PupilId, Sessions)> = BTreeMap::new();
    for one in &gathered.facts.elsewhere {
        let key = (gathered.roll.place(one.pupil), one.with.as_str(), one.code);
        pupils.entry(key).or_insert_with(|| (one.pupil, Sessions::default())).1.add(one);
    }
    let own = [Column::new("provider", Unit::Text), Column::new("code", Unit::Text)];
    let columns = pupil_columns().into_iter().chain(own).chain(Sessions::columns()).collect();
    let rows = pupils.into_iter().filter_map(|((_, with, code), (pupil, sessions))| {
        let pupil = gathered.roll.pupil(pupil)?;
        let own = [Cell::text(with.to_owned()), Cell::text(code.to_string())];
        Some(Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).chain(sessions.cells()).collect()))
    });
    Table::new(columns, "Nobody was elsewhere by arrangement.").with(rows)
}

fn unconfirmed(gathered: &Gathered) -> Table {
    let own = [
        Column::new("date", Unit::Date),
        Column::new("session", Unit::Text),
        Column::new("code", Unit::Text),
        Column::new("provider", Unit::Text),
    ];
    let columns = pupil_columns().into_iter().chain(own).collect();
    let open = gathered.facts.elsewhere.iter().filter(|one| one.state == WasThere::Unconfirmed);
    let rows = open.filter_map(|one| {
        let pupil = gathered.roll.pupil(one.pupil)?;
        let own = [
            Cell::Date(one.at.date),
            Cell::text(one.at.session.as_str()),
            Cell::text(one.code.to_string()),
            Cell::text(one.with.clone()),
        ];
        Some(Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).collect()))
    });
    Table::new(columns, "Every session was confirmed.").with(rows)
}
