//! The reports for those who lead the school: the head, the senior team and governors; and the tables that they have in common.

pub mod beside;
pub mod governors;
pub mod head;
pub mod slt;
#[cfg(test)]
mod tests;

use super::Gathered;
use super::rows::{attendance, change, number, part_name, part_row, pupils, same_of, share};
use crate::domain::figures::Figures;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::gap::gaps;
use crate::domain::figures::split::{self, By, Key};
use crate::domain::figures::tally::Tally;
use crate::domain::figures::target::{TargetOf, target};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::tables::cell::Cell;

/// What must be known to read these tables.
const NOTE: &str = "Attendance and absences are of the possible sessions; a blank is a session without a mark, and counts neither way. PA is a tenth or \
     more of them missed in the school year so far, SA a half or more. Year groups, tutor groups and cohorts are those of today, of those \
     who have left as they were last.";

/// A stretch of dates among others: "last year, up to the same day".
fn stretch(name: &str, tally: &Tally) -> Row {
    let part = tally.school();
    let figures = part.figures;
    let cells = vec![
        Cell::text(name.to_owned()),
        number(pupils(&part)),
        attendance(figures),
        share(figures.authorised, figures.possible),
        share(figures.unauthorised, figures.possible),
        number(figures.late_before_close),
        number(figures.late_after_close),
        number(figures.possible),
        number(figures.blanks),
    ];
    Row::group(pupils(&part), None, cells)
}

/// The columns of those.
fn stretch_columns() -> Vec<Column> {
    vec![
        Column::new("dates", Unit::Text),
        Column::new("pupils", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("auth. %", Unit::Percent),
        Column::new("unauth. %", Unit::Percent),
        Column::new("L", Unit::Number),
        Column::new("U", Unit::Number),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ]
}

/// Each year group: these dates beside those before, the school year, its target, and who is persistently absent.
fn year_groups(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let (before, year) = (gathered.before.parts(By::Year), gathered.year.parts(By::Year));
    let columns = vec![
        Column::new("year", Unit::Text),
        Column::new("pupils", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("change", Unit::Points),
        Column::new("year %", Unit::Percent),
        Column::new("target %", Unit::Percent),
        Column::new("auth. %", Unit::Percent),
        Column::new("unauth. %", Unit::Percent),
        Column::new("PA", Unit::Pupils),
        Column::new("SA", Unit::Pupils),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let cells = |name: String, part: &split::Part, before: Figures, year: &split::Part| {
        let of = if let Key::Year(Some(year)) = part.key { TargetOf::Year(year) } else { TargetOf::School };
        let aim = target(roll, of, gathered.dates.1);
        vec![
            Cell::text(name),
            number(pupils(part)),
            attendance(part.figures),
            change(part.figures, before),
            attendance(year.figures),
            Cell::some(aim, |aim| Cell::Percent(i64::from(aim.percent.tenths()))),
            share(part.figures.authorised, part.figures.possible),
            share(part.figures.unauthorised, part.figures.possible),
            number(year.missed.persistent),
            number(year.missed.severe),
            number(part.figures.possible),
            number(part.figures.blanks),
        ]
    };
    let now = gathered.counts.parts(By::Year);
    let rows = now.iter().map(|part| {
        let so_far = year.iter().find(|other| other.key == part.key).unwrap_or(part);
        part_row(roll, part, cells(part_name(roll, part), part, same_of(&before, part), so_far))
    });
    let all = cells("All".to_owned(), &gathered.counts.school(), gathered.before.whole(), &gathered.year.school());
    Table::new(columns, "").with(rows.chain([Row::total(all)]))
}

/// Each cohort of the school year so far, with its gap to everybody else.
fn cohorts(gathered: &Gathered) -> Table {
    let parts = gathered.year.parts(By::Cohort);
    let mut told: Vec<(Cohort, &split::Part)> = parts.iter().filter_map(|part| Some((cohort(part)?, part))).collect();
    // Where nobody has what a cohort is of, the rest of its kind is everybody.
    let kinds: Vec<Cohort> = told.iter().map(|(own, _)| *own).filter(|own| !own.is_rest()).collect();
    told.retain(|(own, _)| kinds.iter().any(|kind| kind.is_kind_of(*own)));
    let gaps = gaps(&told);
    let columns = vec![
        Column::new("pupils with", Unit::Text),
        Column::new("n", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("gap", Unit::Points),
        Column::new("auth. %", Unit::Percent),
        Column::new("unauth. %", Unit::Percent),
        Column::new("PA", Unit::Pupils),
        Column::share("PA %"),
        Column::new("SA", Unit::Pupils),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let rows = told.iter().map(|(own, part)| {
        let gap = gaps.iter().find(|gap| gap.cohort == *own).and_then(|gap| gap.points);
        let (figures, missed) = (part.figures, part.missed);
        let cells = vec![
            Cell::text(own.in_full()),
            number(pupils(part)),
            attendance(figures),
            Cell::some(gap, |points| Cell::Points(i64::from(points.0))),
            share(figures.authorised, figures.possible),
            share(figures.unauthorised, figures.possible),
            number(missed.persistent),
            share(missed.persistent, missed.of),
            number(missed.severe),
            number(figures.possible),
            number(figures.blanks),
        ];
        Row::group(pupils(part), Some(kind_of(*own)), cells)
    });
    Table::new(columns, "Nobody is on roll.").with(rows)
}

fn cohort(part: &split::Part) -> Option<Cohort> {
    if let Key::Cohort(cohort) = part.key { Some(cohort) } else { None }
}

/// Cohorts of one kind add up to everybody.
fn kind_of(cohort: Cohort) -> i64 {
    let place = Cohort::ALL.iter().position(|other| other.is_kind_of(cohort));
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or_default()
}

/// What must be known to read the cohorts.
const GAPS: &str = "A gap is the attendance of a cohort less that of everybody else, in points of pooled sessions. One pupil may be in \
                    several cohorts.";
