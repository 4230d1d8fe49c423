//! The figures of one pupil for whoever decides on leave in term time: attendance, what was unauthorised, earlier leave, brothers and sisters.

use super::super::rows::{number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::facts::day;
use super::{figure_cells, figure_columns, meant};
use crate::domain::cases::ending::Ending;
use crate::domain::cases::event::{CaseEvent, LeaveRequest};
use crate::domain::cases::file::CaseFile;
use crate::domain::code::Statistic;
use crate::domain::people::pupil::PupilId;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The figures for a request for leave.
pub const KIND: ReportKind = ReportKind {
    name: "leave-card",
    title: "Figures for a request for leave",
    audience: "the head, who decides",
    rhythm: "with each request",
    usual: Stretch::Year,
    needs: &[Needs::Pupil, Needs::Year, Needs::YearByCode, Needs::Cases, Needs::Siblings],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("Attendance this school year", vec![Part::Table(attendance(gathered))]),
        Section::new("Absences by code", vec![Part::Table(by_code(gathered))]),
        Section::new("Requests for leave", vec![Part::Table(requests(gathered)), Part::Words(in_the_way(gathered))]),
        Section::new("Brothers and sisters here", vec![Part::Table(siblings(gathered))]),
    ];
    let notes = [
        "Leave in term time is granted beforehand, on a request of a parent the pupil lives with, in exceptional circumstances (reg 11 of SI \
         2024/208); the head decides. Granted days are C, days taken though it was refused G. Brothers and sisters are those of the same \
         household at this school; ask other schools.",
        "The record holds no entries for exams: a week is named here only where the calendar has one of its own.",
    ];
    (sections, notes.map(str::to_owned).to_vec())
}

fn attendance(gathered: &Gathered) -> Table {
    let own = [Column::new("state", Unit::Text)];
    let columns = pupil_columns().into_iter().chain(figure_columns()).chain(own).collect();
    let rows = meant(gathered).map(|pupil| {
        let figures = gathered.year.of(pupil.id);
        let own = [Cell::text(figures.absence_word().unwrap_or_default())];
        Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(figure_cells(figures)).chain(own).collect())
    });
    Table::new(columns, "The pupil was not on roll.").with(rows)
}

fn by_code(gathered: &Gathered) -> Table {
    let columns = vec![
        Column::new("code", Unit::Text),
        Column::new("what it means", Unit::Text),
        Column::new("counts as", Unit::Text),
        Column::new("sessions", Unit::Number),
    ];
    let rows = meant(gathered).flat_map(|pupil| {
        let held = gathered.facts.by_code.codes(pupil.id, None);
        gathered.roll.codes.rows().iter().filter_map(move |row| {
            let count = held.get(&row.code)?;
            let counts = match row.statistic {
                Statistic::Authorised => "authorised",
                Statistic::Unauthorised => "unauthorised",
                Statistic::Present | Statistic::Activity | Statistic::NotRequired | Statistic::Administrative => {
                    return None;
                }
            };
            let cells = [Cell::text(row.code.to_string()), Cell::text(row.meaning.clone()), Cell::text(counts)];
            Some(Row::pupil(cells.into_iter().chain([number(*count)]).collect()))
        })
    });
    Table::new(columns, "No session was missed.").with(rows)
}

/// The requests that stand, the newest first, with what was decided.
fn asked(file: &CaseFile) -> Vec<(&LeaveRequest, String)> {
    let mut found: Vec<(&LeaveRequest, String)> = Vec::new();
    for one in file.standing() {
        let CaseEvent::Leave(leave) = &one.what else { continue };
        let decided = file.ending(one.by.act, None).map(|ended| match &ended.what.ending {
            ending @ Ending::Leave(decision) => format!("{}: {}", day(decision.on), ending.describe(&one.what)),
            Ending::Visit(_) | Ending::Improvement(_) | Ending::Penalty(_) | Ending::Action(_) => String::new(),
        });
        found.push((leave, decided.unwrap_or_else(|| "not decided yet".to_owned())));
    }
    found.sort_by_key(|(leave, _)| std::cmp::Reverse(leave.first));
    found
}

fn asked_by(gathered: &Gathered, pupil: PupilId) -> Vec<(&LeaveRequest, String)> {
    gathered.facts.cases.get(&pupil).map(asked).unwrap_or_default()
}

fn requests(gathered: &Gathered) -> Table {
    let columns = vec![
        Column::new("asked", Unit::Date),
        Column::name("by"),
        Column::new("first day", Unit::Date),
        Column::new("last day", Unit::Date),
        Column::new("school days", Unit::Number),
        Column::new("why", Unit::Text),
        Column::new("decision", Unit::Text),
    ];
    let rows = meant(gathered).flat_map(|pupil| asked_by(gathered, pupil.id)).map(|(leave, decided)| {
        Row::pupil(vec![
            Cell::Date(leave.asked),
            Cell::text(leave.by.name.clone()),
            Cell::Date(leave.first),
            Cell::Date(leave.last),
            number(leave.school_days(&gathered.roll.calendar)),
            Cell::text(leave.reason.clone()),
            Cell::text(decided),
        ])
    });
    Table::new(columns, "None is in the record.").with(rows)
}

/// Weeks with times of their own, such as exam weeks, that the newest request lies in.
fn in_the_way(gathered: &Gathered) -> String {
    let newest = meant(gathered).find_map(|pupil| asked_by(gathered, pupil.id).into_iter().next());
    let Some((leave, _)) = newest else { return "No dates are asked for.".to_owned() };
    let meets = |from: chrono::NaiveDate, until: chrono::NaiveDate| from <= leave.last && until >= leave.first;
    let weeks = gathered.roll.calendar.other_times.iter().filter(|one| meets(one.from, one.until));
    let names: Vec<String> =
        weeks.map(|one| format!("{} ({} to {})", one.name, day(one.from), day(one.until))).collect();
    match names.as_slice() {
        [] => "The calendar names nothing else on the dates of the newest request.".to_owned(),
        names => format!("On the dates of the newest request the calendar has: {}.", names.join("; ")),
    }
}

fn siblings(gathered: &Gathered) -> Table {
    let own = [Column::new("leave asked for", Unit::Text)];
    let columns = pupil_columns().into_iter().chain(figure_columns()).chain(own).collect();
    let rows = gathered.facts.siblings.iter().filter_map(|(id, figures)| {
        let pupil = gathered.roll.pupil(*id)?;
        let asked = asked_by(gathered, *id).into_iter().next();
        let asked = asked.map(|(leave, decided)| format!("{} to {}, {decided}", day(leave.first), day(leave.last)));
        let cells = pupil_cells(&gathered.roll, pupil).into_iter().chain(figure_cells(*figures));
        Some(Row::pupil(cells.chain([Cell::text(asked.unwrap_or_default())]).collect()))
    });
    Table::new(columns, "None is on roll.").with(rows)
}
