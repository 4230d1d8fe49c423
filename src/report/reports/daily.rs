//! The day in figures: each session, each year group, the codes of those away, who is unexplained, and which registers are not in.

use std::collections::BTreeMap;

use super::rows::{attendance, number, pupil_cells, pupil_columns, year_name, year_of};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::domain::register::register_ref::tutor;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The daily summary.
pub const KIND: ReportKind = ReportKind {
    name: "daily",
    title: "Daily summary",
    audience: "the office and the senior team",
    rhythm: "daily",
    usual: Stretch::Day,
    needs: &[Needs::Days],
    make,
};

/// One session of some pupils.
#[derive(Default)]
struct Half {
    on_roll: usize,
    lates: usize,
    unexplained: usize,
    figures: Figures,
}

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let mut sections = Vec::new();
    for day in &gathered.days {
        let dated = match gathered.days.len() {
            1 => String::new(),
            _ => format!("{}: ", day.date.format("%a %-d %b")),
        };
        let section = |heading: &str, parts| Section::new(&format!("{dated}{heading}"), parts);
        let begun = begun(gathered, day);
        if begun.is_empty() {
            let why = day.closed.clone().unwrap_or_else(|| "no register has opened yet".to_owned());
            sections.push(section("No session", vec![Part::Words(format!("Nothing is counted: {why}."))]));
            continue;
        }
        sections.push(section("Sessions", vec![Part::Table(sessions(gathered, day, &begun))]));
        sections.push(section("Year groups", vec![Part::Table(years(gathered, day, &begun))]));
        sections.push(section("Absent, by code", vec![Part::Table(codes(gathered, day, &begun))]));
        sections.push(section("Unexplained", vec![Part::Table(unexplained(gathered, day, &begun))]));
        sections.push(section("Registers not in", vec![Part::Table(registers(gathered, day, &begun))]));
    }
    let note = "Attendance is of the sessions whose registers have opened. A blank is a pupil without a mark, and counts neither way."
        .to_owned();
    (sections, vec![note])
}

/// The sessions whose registers have opened.
fn begun(gathered: &Gathered, day: &Day) -> Vec<Session> {
    let opens = |session: &Session| day.session_times(*session).map(|times| times.opens);
    let has_begun = |session: &Session| opens(session).is_some_and(|opens| day.date.and_time(opens) <= gathered.now);
    Session::BOTH.into_iter().filter(has_begun).collect()
}

fn columns(first: &str) -> Vec<Column> {
    let counts = ["on roll", "lates", "auth.", "unauth.", "of them N", "not due", "blank"];
    let mut columns = vec![Column::new(first, Unit::Text), Column::new("att. %", Unit::Percent)];
    columns.extend(counts.map(|heading| Column::new(heading, Unit::Number)));
    columns
}

fn cells(name: String, half: &Half) -> Vec<Cell<'static>> {
    let figures = half.figures;
    let counted = u32::try_from(half.on_roll).unwrap_or_default();
    vec![
        Cell::text(name),
        attendance(figures),
        number(half.on_roll),
        number(half.lates),
        number(figures.authorised),
        number(figures.unauthorised),
        number(half.unexplained),
        number(counted.saturating_sub(figures.possible + figures.blanks)),
        number(figures.blanks),
    ]
}

fn count<'p>(day: &Day, session: Session, pupils: impl Iterator<Item = &'p Pupil>) -> Half {
    let mut half = Half::default();
    for pupil in pupils {
        let mark = day.mark(pupil.id, session).settled;
        half.on_roll += 1;
        half.lates += usize::from(mark.is_some_and(|mark| mark.is_late()));
        half.unexplained += usize::from(mark.is_some_and(|mark| mark.code == Code::N));
        half.figures.count(mark, &day.roll.codes);
    }
    half
}

fn sessions(gathered: &Gathered, day: &Day, begun: &[Session]) -> Table {
    let rows = begun.iter().map(|session| {
        let half = count(day, *session, gathered.meant(day));
        Row::group(half.on_roll, None, cells(session.to_string(), &half))
    });
    Table::new(columns("session"), "").with(rows)
}

/// Each year group in each session: the last that has begun.
fn years(gathered: &Gathered, day: &Day, begun: &[Session]) -> Table {
    let last = begun.last().copied().unwrap_or(Session::Am);
    let mut years: BTreeMap<_, Vec<&Pupil>> = BTreeMap::new();
    gathered.meant(day).for_each(|pupil| years.entry(year_of(&day.roll, pupil)).or_default().push(pupil));
    let rows = years.into_iter().map(|(year, pupils)| {
        let half = count(day, last, pupils.into_iter());
        Row::group(half.on_roll, None, cells(year_name(year), &half))
    });
    Table::new(columns("year"), "Nobody is on roll.").with(rows).called(&format!("In the session {last}"))
}

fn codes(gathered: &Gathered, day: &Day, begun: &[Session]) -> Table {
    let mut codes: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
    for (place, session) in begun.iter().enumerate() {
        for pupil in gathered.meant(day).filter(|pupil| !day.is_marked_in(pupil.id, *session)) {
            let Some(mark) = day.mark(pupil.id, *session).settled else { continue };
            let counts = codes.entry(mark.code).or_insert_with(|| vec![0; begun.len()]);
            counts.get_mut(place).into_iter().for_each(|count| *count += 1);
        }
    }
    let own = begun.iter().map(|session| Column::new(session.as_str(), Unit::Pupils));
    let columns = [Column::new("code", Unit::Text), Column::new("means", Unit::Text)].into_iter().chain(own).collect();
    let rows = codes.into_iter().map(|(code, counts)| {
        let means = day.roll.codes.row(code).map_or("", |row| row.meaning.as_str()).to_owned();
        let most = counts.iter().copied().max().unwrap_or_default();
        let counts = counts.into_iter().map(number);
        let cells = [Cell::text(code.as_str().to_owned()), Cell::text(means)].into_iter().chain(counts);
        Row::group(most, None, cells.collect())
    });
    Table::new(columns, "Nobody is away.").with(rows)
}

fn unexplained(gathered: &Gathered, day: &Day, begun: &[Session]) -> Table {
    let columns = pupil_columns().into_iter().chain([Column::new("session", Unit::Text)]).collect();
    let pupils = begun.iter().flat_map(|session| gathered.meant(day).map(move |pupil| (pupil, *session)));
    let open = pupils.filter(|(pupil, session)| day.is_unresolved(pupil.id, *session));
    let rows = open.map(|(pupil, session)| {
        let cells = pupil_cells(&day.roll, pupil).into_iter().chain([Cell::text(session.as_str())]);
        Row::pupil(cells.collect())
    });
    Table::new(columns, "Nobody is unexplained.").with(rows)
}

fn registers(gathered: &Gathered, day: &Day, begun: &[Session]) -> Table {
    let columns = vec![
        Column::new("group", Unit::Text),
        Column::new("session", Unit::Text),
        Column::name("teacher"),
        Column::new("blank", Unit::Number),
        Column::new("chased", Unit::Number),
    ];
    let is_meant = |group| {
        gathered.whom.group.is_none_or(|only| only == group)
            && gathered.whom.has_year(day.roll.group(group).and_then(|group| group.year))
    };
    let open = day.registers.iter().filter(|one| begun.contains(&one.session) && is_meant(one.group));
    let rows = open.filter(|one| !one.blanks.is_empty()).map(|one| {
        let name = day.roll.group(one.group).map(|group| group.name.clone()).unwrap_or_default();
        let teacher = one.cover.clone().or_else(|| tutor(day, one.group)).unwrap_or_default();
        let cells = vec![
            Cell::text(name),
            Cell::text(one.session.as_str()),
            Cell::text(teacher),
            number(one.blanks.len()),
            number(one.chases.len()),
        ];
        Row::group(one.on_roll, day.roll.group(one.group).and_then(|group| group.year), cells)
    });
    Table::new(columns, "Every register is in.").with(rows)
}
