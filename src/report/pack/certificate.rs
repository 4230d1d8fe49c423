//! The certificate of attendance (s.566(1)(c) of the Education Act 1996): particulars of attendance, session by session, for the head
//! teacher to sign. It says nothing else.

use std::collections::BTreeMap;

use super::{Pack, PupilPack, dates_of, facts, mark_at, said};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::code::{Code, Statistic};
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::reports::rows::number;
use crate::report::tables::cell::Cell;

const CERTIFIES: &str = "I certify that these are particulars of the attendance at this school of the registered pupil who is named below, \
                         on the dates that are named below, as the attendance register has them.";

/// The section of one pupil.
pub fn section(pack: &Pack, pupil: &Pupil, one: &PupilPack) -> Section {
    let (first, last) = pack.dates;
    let who = [
        // The name on the pupil's papers, where another is used.
        ("Pupil", pupil.legal.as_ref().map_or_else(|| pupil.spoken_name(), |legal| legal.spoken())),
        ("Born", one.born.clone()),
        ("School", pack.roll.school.name.clone()),
        ("From", said(first)),
        ("To", said(last)),
    ];
    let figures = one.figures;
    let together = format!(
        "Possible sessions: {}. Attended: {}. Absences with authority: {}. Absences without authority: {}.",
        figures.possible, figures.attended, figures.authorised, figures.unauthorised
    );
    let signed = ["Signed: ______________________________", "Name: ______________________________", "Head teacher"];
    let signed = signed.into_iter().chain(["Date: ______________________________"]);
    let mut parts = vec![
        Part::Words(CERTIFIES.to_owned()),
        Part::Table(facts("", who)),
        Part::Table(unauthorised(&pack.roll, &one.marks)),
        Part::Words(together),
        Part::Table(sessions(&one.marks)),
        Part::Table(codes(&pack.roll, &one.marks)),
    ];
    parts.extend(signed.map(|line| Part::Words(line.to_owned())));
    Section::new("Certificate of attendance", parts)
}

/// Every day that has a mark, with those of its sessions.
fn sessions(marks: &[MarkHeld]) -> Table {
    let columns = vec![
        Column::new("date", Unit::Date),
        Column::new("day", Unit::Text),
        Column::new("morning", Unit::Text),
        Column::new("afternoon", Unit::Text),
    ];
    let rows = dates_of(marks).into_iter().map(|date| {
        let mark = |session| mark_at(marks, SessionDate::new(date, session)).map(|mark| mark.code.to_string());
        let cell = |session| Cell::text(mark(session).unwrap_or_default());
        let day = Cell::text(date.format("%A").to_string());
        Row::pupil(vec![Cell::Date(date), day, cell(Session::Am), cell(Session::Pm)])
    });
    Table::new(columns, "There is no mark.").called("Every session").with(rows)
}

/// The sessions of absence without authority: they alone are used in evidence.
fn unauthorised(roll: &Roll, marks: &[MarkHeld]) -> Table {
    let columns = vec![
        Column::new("date", Unit::Date),
        Column::new("session", Unit::Text),
        Column::new("code", Unit::Text),
        Column::new("meaning", Unit::Text),
    ];
    let is_meant = |mark: &&MarkHeld| roll.codes.statistic(mark.code) == Some(Statistic::Unauthorised);
    let rows = marks.iter().filter(is_meant).map(|mark| {
        let session = match mark.at.session {
            Session::Am => "morning",
            Session::Pm => "afternoon",
        };
        Row::pupil(vec![
            Cell::Date(mark.at.date),
            Cell::text(session),
            Cell::text(mark.code.to_string()),
            Cell::text(meaning(roll, mark.code)),
        ])
    });
    Table::new(columns, "There is none.").called("Sessions of absence without authority").with(rows)
}

/// What the codes mean, how each counts, and how often it stands.
pub fn codes(roll: &Roll, marks: &[MarkHeld]) -> Table {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for mark in marks {
        *counts.entry(mark.code).or_default() += 1;
    }
    let columns = vec![
        Column::new("code", Unit::Text),
        Column::new("meaning", Unit::Text),
        Column::new("counts as", Unit::Text),
        Column::new("sessions", Unit::Number),
    ];
    let rows = counts.into_iter().map(|(code, count)| {
        let counts_as = roll.codes.statistic(code).map_or("", counts_as);
        let (code, meaning) = (Cell::text(code.to_string()), Cell::text(meaning(roll, code)));
        Row::pupil(vec![code, meaning, Cell::text(counts_as), number(count)])
    });
    Table::new(columns, "There is no mark.").called("Codes").with(rows)
}

fn meaning(roll: &Roll, code: Code) -> String {
    roll.codes.row(code).map(|row| row.meaning.clone()).unwrap_or_default()
}

fn counts_as(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Present => "present",
        Statistic::Activity => "attended elsewhere",
        Statistic::Authorised => "absent with authority",
        Statistic::Unauthorised => "absent without authority",
        Statistic::NotRequired | Statistic::Administrative => "not a possible session",
    }
}
