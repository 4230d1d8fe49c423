//! The rows of a page.

use chrono::{Days, NaiveDate};
use hashbrown::HashMap;

use super::row_id::RowId;
use super::{Asked, Row, Split, Tallies, WeekOf};
use crate::domain::figures::band::Band;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::gap::gaps;
use crate::domain::figures::split::{By, Key, Part};
use crate::domain::figures::tally::Tally;
use crate::domain::figures::trend::Points;
use crate::domain::figures::{Figures, Line};
use crate::domain::people::pupil::{Pupil, PupilId};

/// Every pupil of the page who had a session, with what their marks add up to.
pub(super) fn pupils(asked: &Asked, whole: &Tally) -> Vec<(PupilId, Figures)> {
    let own = |part: Part| {
        let Key::Pupil(pupil) = part.key else { return None };
        admits(asked, whole, (pupil, &part.figures)).then_some((pupil, part.figures))
    };
    whole.parts(By::Pupil).into_iter().filter_map(own).collect()
}

/// Whether a pupil belongs to what is known only once everything is counted: a band of absence, a code, blanks.
fn admits(asked: &Asked, whole: &Tally, (pupil, figures): (PupilId, &Figures)) -> bool {
    asked.within.iter().all(|row| match row {
        RowId::Band(band) => Band::of(figures) == Some(*band),
        RowId::Code(Some(_)) => whole.sought(pupil) > 0,
        RowId::Code(None) => figures.blanks > 0,
        RowId::Year(_)
        | RowId::Group(_)
        | RowId::Pupil(_)
        | RowId::Cohort(_)
        | RowId::HalfDay(..)
        | RowId::Week(_)
        | RowId::HalfTerm(..) => true,
    })
}

/// The table.
pub(super) fn rows(asked: &Asked, tallies: &Tallies) -> Vec<Row> {
    match asked.split {
        Split::Bands => bands(asked, &tallies.whole),
        Split::Pupils => of_pupils(asked, tallies),
        Split::Weeks | Split::HalfTerms => one_after_another(asked, tallies),
        Split::Groups | Split::Cohorts | Split::HalfDays | Split::Codes => parts(asked, tallies),
    }
}

fn parts(asked: &Asked, tallies: &Tallies) -> Vec<Row> {
    let by = asked.by();
    let parts = tallies.whole.parts(by);
    let compared = compared(by, tallies);
    let lines = lines(asked.split, &tallies.whole);
    let gaps = own_gaps(&parts);
    let row = |part: Part| {
        let mut row = plain(&part)?;
        row.compared = compared.get(&row.id).copied();
        row.lines = part.pupils.map(|_| lines.get(&row.id).copied().unwrap_or_default());
        row.gap = gaps.get(&row.id).copied();
        Some(row)
    };
    parts.into_iter().filter_map(row).collect()
}

/// A row of a part, compared with nothing.
fn plain(part: &Part) -> Option<Row> {
    Some(Row {
        id: RowId::of(&part.key)?,
        key: Some(part.key.clone()),
        figures: part.figures,
        sessions: part.sessions,
        pupils: part.pupils,
        lines: None,
        compared: None,
        year_ago: None,
        gap: None,
    })
}

/// What each part came to in the last week, and in the week before it.
fn compared(by: By, tallies: &Tallies) -> HashMap<RowId, [Figures; 2]> {
    let mut found: HashMap<RowId, [Figures; 2]> = HashMap::new();
    let Some([last, before]) = &tallies.compared else { return found };
    for part in last.parts(by) {
        if let Some(id) = RowId::of(&part.key) {
            found.entry(id).or_default()[0] = part.figures;
        }
    }
    for part in before.parts(by) {
        if let Some(id) = RowId::of(&part.key) {
            found.entry(id).or_default()[1] = part.figures;
        }
    }
    found
}

/// How many pupils of each row are persistently and severely absent.
fn lines(split: Split, whole: &Tally) -> HashMap<RowId, [u32; 2]> {
    let mut found: HashMap<RowId, [u32; 2]> = HashMap::new();
    let roll = whole.roll();
    for (id, _) in whole.pupils() {
        let (figures, Some(pupil)) = (whole.of(id), roll.pupil(id)) else { continue };
        let reached = [Line::Persistent, Line::Severe].map(|line| u32::from(figures.reaches(line)));
        if reached == [0, 0] {
            continue;
        }
        let rows: Vec<RowId> = match split {
            Split::Groups => vec![RowId::Year(roll.year_of(pupil)), RowId::Group(pupil.group)],
            Split::Cohorts => cohorts(pupil),
            Split::Pupils | Split::HalfDays | Split::Codes | Split::Weeks | Split::HalfTerms | Split::Bands => {
                Vec::new()
            }
        };
        for row in rows {
            let [persistent, severe] = found.entry(row).or_default();
            *persistent += reached[0];
            *severe += reached[1];
        }
    }
    found
}

fn cohorts(pupil: &Pupil) -> Vec<RowId> {
    Cohort::of(pupil).map(RowId::Cohort).to_vec()
}

fn own_gaps(parts: &[Part]) -> HashMap<RowId, Points> {
    fn cohort(part: &Part) -> Option<(Cohort, &Part)> {
        if let Key::Cohort(cohort) = part.key { Some((cohort, part)) } else { None }
    }
    let cohorts: Vec<(Cohort, &Part)> = parts.iter().filter_map(cohort).collect();
    gaps(&cohorts).into_iter().filter_map(|gap| Some((RowId::Cohort(gap.cohort), gap.points?))).collect()
}

/// The pupils; those with a code that was opened by how often they have it.
fn of_pupils(asked: &Asked, tallies: &Tallies) -> Vec<Row> {
    let whole = &tallies.whole;
    let compared = compared(By::Pupil, tallies);
    let row = |part: Part| {
        let mut row = plain(&part)?;
        let RowId::Pupil(pupil) = row.id else { return None };
        row.compared = compared.get(&row.id).copied();
        row.pupils = None;
        for within in &asked.within {
            if let RowId::Code(code) = within {
                row.sessions = if code.is_some() { whole.sought(pupil) } else { row.figures.blanks };
            }
        }
        admits(asked, whole, (pupil, &row.figures)).then_some(row)
    };
    let mut rows: Vec<Row> = whole.parts(By::Pupil).into_iter().filter_map(row).collect();
    if asked.within.iter().any(|row| matches!(row, RowId::Code(_))) {
        rows.sort_by_key(|row| std::cmp::Reverse(row.sessions));
    }
    rows
}

/// Weeks and half-terms, each compared with the one before it.
fn one_after_another(asked: &Asked, tallies: &Tallies) -> Vec<Row> {
    let year_ago = by_week(tallies.year_ago.as_ref());
    let mut before: Option<Figures> = None;
    let row = |part: Part| {
        let mut row = plain(&part)?;
        row.compared = before.replace(row.figures).map(|before| [row.figures, before]);
        if let RowId::Week(monday) = row.id {
            row.year_ago = a_year_before(monday).and_then(|monday| year_ago.get(&monday)).copied();
        }
        Some(row)
    };
    tallies.whole.parts(asked.by()).into_iter().filter_map(row).collect()
}

/// Every band, those without a pupil too: a gap in the middle is a finding.
fn bands(asked: &Asked, whole: &Tally) -> Vec<Row> {
    let own = pupils(asked, whole);
    let row = |band: Band| {
        let those = || own.iter().filter(|(_, figures)| Band::of(figures) == Some(band));
        Row {
            id: RowId::Band(band),
            key: None,
            figures: those().map(|(_, figures)| *figures).sum(),
            sessions: 0,
            pupils: Some(u32::try_from(those().count()).unwrap_or(u32::MAX)),
            lines: None,
            compared: None,
            year_ago: None,
            gap: None,
        }
    };
    Band::all().map(row).collect()
}

/// The weeks of all of it, each beside that of a year ago.
pub(super) fn weeks(tallies: &Tallies) -> Vec<WeekOf> {
    let year_ago = by_week(tallies.year_ago.as_ref());
    let of = |part: Part| {
        let Key::Week(monday) = part.key else { return None };
        let year_ago = a_year_before(monday).and_then(|monday| year_ago.get(&monday)).copied();
        Some(WeekOf { monday, figures: part.figures, year_ago })
    };
    tallies.whole.parts(By::Week).into_iter().filter_map(of).collect()
}

fn by_week(tally: Option<&Tally>) -> HashMap<NaiveDate, Figures> {
    let parts = tally.map(|tally| tally.parts(By::Week)).unwrap_or_default();
    let of = |part: Part| {
        let Key::Week(monday) = part.key else { return None };
        (part.figures.possible > 0).then_some((monday, part.figures))
    };
    parts.into_iter().filter_map(of).collect()
}

/// The Monday of 52 weeks before.
fn a_year_before(monday: NaiveDate) -> Option<NaiveDate> {
    monday.checked_sub_days(Days::new(52 * 7))
}
