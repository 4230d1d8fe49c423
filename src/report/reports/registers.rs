//! Registers that were not taken, or after they had closed: by teacher, and each that is missing.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::rows::number;
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::calendar::session::{Session, minutes_between};
use crate::domain::day::Day;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::figures::question::Whom;
use crate::domain::register::register_ref::tutor;
use crate::report::layout::table::{About, Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Registers not taken, and how late the others were.
pub const KIND: ReportKind = ReportKind {
    name: "registers",
    title: "Registers not taken, and taken late",
    audience: "the senior team",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Registers],
    make,
};

/// A register that has closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closed {
    date: NaiveDate,
    session: Session,
    group: String,
    year: Option<i64>,
    teacher: String,
    on_roll: usize,
    blanks: usize,
    chases: usize,
    taken: Taken,
}

/// How a register that has closed was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Taken {
    Not,
    /// In time, or so many minutes after it had closed.
    After(i64),
    /// By a file, which says nothing of when.
    Imported,
    /// On a later day.
    Later,
}

/// What a teacher's registers in a group add up to.
#[derive(Default)]
struct Kept {
    due: usize,
    missing: usize,
    late: usize,
    minutes: i64,
    latest: i64,
    later: usize,
    imported: usize,
    chased: usize,
}

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("By teacher", vec![Part::Table(by_teacher(gathered))]),
        Section::new("Not taken", vec![Part::Table(missing(gathered))]),
    ];
    let note = "A register is late when it comes in after it has closed. One that was taken again counts as of the last time. What an \
                import brought is counted, but a file does not say when it was taken.";
    (sections, vec![note.to_owned()])
}

/// The registers of a day that have closed by `now`, of the groups that are meant.
pub fn closed<'d>(day: &'d Day, whom: &'d Whom, now: NaiveDateTime) -> impl Iterator<Item = Closed> + use<'d> {
    day.registers.iter().filter_map(move |one| {
        let group = day.roll.group(one.group)?;
        let closes = day.session_times(one.session)?.closes;
        let is_meant = whom.has_year(group.year)
            && whom.group.is_none_or(|only| only == one.group)
            && one.on_roll > 0
            && day.date.and_time(closes) <= now;
        let taken = match &one.taken {
            None if one.blanks.is_empty() => Taken::Imported,
            None => Taken::Not,
            Some(taken) if taken.by == TakenBy::Import => Taken::Imported,
            Some(taken) if taken.at.date() > day.date => Taken::Later,
            Some(taken) => Taken::After(minutes_between(closes, taken.at.time()).max(0)),
        };
        is_meant.then(|| Closed {
            date: day.date,
            session: one.session,
            group: group.name.clone(),
            year: group.year,
            teacher: one.cover.clone().or_else(|| tutor(day, one.group)).unwrap_or_default(),
            on_roll: one.on_roll,
            blanks: one.blanks.len(),
            chases: one.chases.len(),
            taken,
        })
    })
}

fn by_teacher(gathered: &Gathered) -> Table {
    let mut kept: BTreeMap<(String, String), Kept> = BTreeMap::new();
    for register in &gathered.registers {
        let one = kept.entry((register.teacher.clone(), register.group.clone())).or_default();
        one.due += 1;
        one.chased += usize::from(register.chases > 0);
        match register.taken {
            Taken::Not => one.missing += 1,
            Taken::Imported => one.imported += 1,
            Taken::Later => one.later += 1,
            Taken::After(minutes) => {
                one.late += usize::from(minutes > 0);
                one.minutes += minutes;
                one.latest = one.latest.max(minutes);
            }
        }
    }
    let mut kept: Vec<((String, String), Kept)> = kept.into_iter().collect();
    kept.sort_by_key(|(_, one)| std::cmp::Reverse((one.missing, one.later, one.late, one.minutes)));
    let columns = vec![
        Column::name("teacher"),
        Column::new("group", Unit::Text),
        Column::new("due", Unit::Number),
        Column::new("not taken", Unit::Number),
        Column::new("next day", Unit::Number),
        Column::new("late", Unit::Number),
        Column::new("min late", Unit::Minutes),
        Column::new("latest", Unit::Minutes),
        Column::new("by file", Unit::Number),
        Column::new("chased", Unit::Number),
    ];
    let rows = kept.into_iter().map(|((teacher, group), one)| {
        let cells = vec![
            Cell::text(teacher),
            Cell::text(group),
            number(one.due),
            number(one.missing),
            number(one.later),
            number(one.late),
            Cell::Minutes(one.minutes),
            Cell::Minutes(one.latest),
            number(one.imported),
            number(one.chased),
        ];
        Row { about: About::Nobody, cells }
    });
    Table::new(columns, "No register has closed.").with(rows)
}

fn missing(gathered: &Gathered) -> Table {
    let columns = vec![
        Column::new("date", Unit::Date),
        Column::new("session", Unit::Text),
        Column::new("group", Unit::Text),
        Column::name("teacher"),
        Column::new("blank", Unit::Number),
        Column::new("on roll", Unit::Number),
        Column::new("chased", Unit::Number),
    ];
    let missing = gathered.registers.iter().filter(|register| register.taken == Taken::Not);
    let rows = missing.map(|register| {
        let cells = vec![
            Cell::Date(register.date),
            Cell::text(register.session.as_str()),
            Cell::text(register.group.clone()),
            Cell::text(register.teacher.clone()),
            number(register.blanks),
            number(register.on_roll),
            number(register.chases),
        ];
        Row::group(register.on_roll, register.year, cells)
    });
    Table::new(columns, "Every register was taken.").with(rows)
}
