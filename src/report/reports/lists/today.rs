//! Who is in today, of whom others must know: pupils with a social worker's plan, and persistent absentees. Not known first, then absent
//! with why, gone out, and in.

use super::super::rows::{attendance, number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::letters;
use crate::domain::absence::unexplained::unexplained;
use crate::domain::calendar::session::Session;
use crate::domain::counted::counted;
use crate::domain::day::Day;
use crate::domain::facts::evidence::or_blank;
use crate::domain::people::pupil::{Flag, Pupil, PupilId};
use crate::domain::whereabouts::where_now;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Pupils on a child protection plan, in need or looked after, today.
pub const CP: ReportKind = ReportKind {
    name: "cp-today",
    title: "Child protection, in need and looked after: today",
    audience: "the designated safeguarding lead",
    rhythm: "daily",
    usual: Stretch::Day,
    needs: &[Needs::Today],
    make: cp,
};

/// Persistent absentees today.
pub const PA: ReportKind = ReportKind {
    name: "pa-today",
    title: "Persistent absentees: today",
    audience: "the pastoral team",
    rhythm: "daily",
    usual: Stretch::Day,
    needs: &[Needs::Today, Needs::Year, Needs::Cases],
    make: pa,
};

/// Whose plan puts a pupil on the list.
const PLANS: [Flag; 3] = [Flag::ChildProtection, Flag::LookedAfter, Flag::InNeed];

/// Where a pupil stands in the session that goes on, the most urgent first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
enum State {
    NotKnown,
    Absent,
    Out,
    In,
}

impl State {
    const ALL: [State; 4] = [State::NotKnown, State::Absent, State::Out, State::In];

    fn heading(self) -> &'static str {
        match self {
            State::NotKnown => "Not known",
            State::Absent => "Absent, and why",
            State::Out => "Out of the building",
            State::In => "In",
        }
    }
}

fn cp(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let is_listed = |pupil: &Pupil| PLANS.iter().any(|plan| pupil.flags.has(*plan));
    let columns = [Column::new("flags", Unit::Text)];
    let sections = sections(gathered, is_listed, &columns, |pupil| vec![Cell::text(letters(pupil.flags))]);
    let note = "Pupils with CP, CLA or CIN on the roll today, whatever dates are asked for. Not known is N, a blank, and elsewhere by \
                arrangement without a word from there. What was done about each is in `list dsl`.";
    (sections, vec![note.to_owned()])
}

fn pa(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let columns = [
        Column::new("att. %", Unit::Percent),
        Column::new("absent", Unit::Number),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
        Column::new("to clear", Unit::Number),
        Column::new("stage", Unit::Text),
        Column::name("owner"),
    ];
    let cells = |pupil: &Pupil| {
        let year = gathered.year.of(pupil.id);
        let case = gathered.facts.cases.get(&pupil.id).and_then(|file| file.open_case());
        let (stage, owner) = case.map(|case| (case.stage, case.owner)).unwrap_or_default();
        vec![
            attendance(year),
            number(year.absent()),
            number(year.possible),
            number(year.blanks),
            Cell::some(year.to_clear(), number),
            Cell::text(stage),
            Cell::text(owner),
        ]
    };
    let is_listed = |pupil: &Pupil| gathered.year.of(pupil.id).is_persistent();
    let sections = sections(gathered, is_listed, &columns, cells);
    let note = "Who has missed a tenth or more of the school year's possible sessions up to now; “to clear” is how many must be attended on \
                end to come below. Not known is N, a blank, and elsewhere by arrangement without a word from there.";
    (sections, vec![note.to_owned()])
}

/// How many there are of each state, and a section for each.
fn sections(
    gathered: &Gathered,
    is_listed: impl Fn(&Pupil) -> bool,
    own: &[Column],
    cells: impl Fn(&Pupil) -> Vec<Cell<'static>>,
) -> Vec<Section> {
    let Some(day) = &gathered.today else { return Vec::new() };
    if let Some(why) = &day.closed {
        return vec![Section::new("", vec![Part::Words(format!("There is no school today: {why}."))])];
    }
    let now = gathered.now.time();
    let session = day.times.as_ref().map_or(Session::Am, |times| times.current(now));
    let asked_after: Vec<PupilId> = unexplained(day, session, now).iter().map(|row| row.pupil).collect();
    let listed: Vec<(State, &Pupil)> = gathered
        .meant(day)
        .filter(|pupil| is_listed(pupil))
        .map(|pupil| (state(day, pupil.id, session, asked_after.contains(&pupil.id)), pupil))
        .collect();
    let of = |state: State| listed.iter().filter(move |(one, _)| *one == state).map(|(_, pupil)| *pupil);
    let counts = State::ALL.map(|state| {
        let pupils = of(state).count();
        Row::group(pupils, None, vec![Cell::text(state.heading()), number(pupils)])
    });
    let columns = vec![Column::new("now", Unit::Text), Column::new("pupils", Unit::Pupils)];
    let table = Table::new(columns, "")
        .with(counts.into_iter().chain([Row::total(vec![Cell::text("All"), number(listed.len())])]));
    let head = Section::new(&format!("How many, {session}"), vec![Part::Table(table)]);
    let each = State::ALL.map(|state| {
        let columns = pupil_columns().into_iter().chain(own.iter().cloned());
        let marks = day.sessions().iter().map(|session| Column::new(session.as_str(), Unit::Text));
        let last = [Column::new("where, as far as is known", Unit::Text), Column::name("asked after")];
        let rows = of(state).map(|pupil| {
            let marks = day.sessions().iter().map(|session| Cell::text(or_blank(day.mark(pupil.id, *session).settled)));
            let last = [Cell::text(known(day, pupil.id, session, state, now)), Cell::text(asked(day, pupil.id))];
            Row::pupil(pupil_cells(&day.roll, pupil).into_iter().chain(cells(pupil)).chain(marks).chain(last).collect())
        });
        let table = Table::new(columns.chain(marks).chain(last).collect(), "Nobody.").with(rows);
        Section::new(state.heading(), vec![Part::Table(table)])
    });
    [head].into_iter().chain(each).collect()
}

fn state(day: &Day, pupil: PupilId, session: Session, is_asked_after: bool) -> State {
    let settled = day.mark(pupil, session).settled;
    match settled {
        _ if day.is_out(pupil).is_some() => State::Out,
        _ if is_asked_after => State::NotKnown,
        _ if day.is_in(pupil, session) => State::In,
        Some(mark) if day.roll.codes.is_away(mark.code) => State::Absent,
        // Elsewhere, or not due here.
        Some(_) => State::Out,
        None => State::NotKnown,
    }
}

/// Why an absent pupil is, else where the pupil is.
fn known(day: &Day, pupil: PupilId, session: Session, state: State, now: chrono::NaiveTime) -> String {
    let code = day.mark(pupil, session).settled.map(|mark| mark.code);
    match (state, code.and_then(|code| day.roll.codes.row(code))) {
        (State::Absent, Some(row)) => row.meaning.clone(),
        (State::Absent, None) | (State::NotKnown | State::Out | State::In, _) => where_now(day, pupil, now).text,
    }
}

/// "2 calls, last 09:31: no answer"; empty where nobody was rung.
fn asked(day: &Day, pupil: PupilId) -> String {
    let calls = day.calls_about(pupil).count();
    let last = day.calls_about(pupil).last();
    last.map_or_else(String::new, |call| {
        format!("{}, last {}: {}", counted(calls, "call"), call.at.format("%H:%M"), call.outcome.describe())
    })
}
