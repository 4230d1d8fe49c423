//! The school's figures beside its targets, and beside England's. What is not held is not told.

use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::england::{National, Share};
use crate::domain::figures::split::{self, By, Key};
use crate::domain::figures::target::{TargetOf, target};
use crate::report::layout::Part;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::reports::Gathered;
use crate::report::reports::rows::{attendance, part_name, part_row, pupil_cells, pupil_columns, pupils, share};
use crate::report::tables::cell::Cell;

/// What must be known to read it.
pub const NOTE: &str = "England's figures are those of the schools and dates that are named beside them, rounded to a tenth: not of the \
                        same dates as the school's, which are of the school year so far.";

/// England's figures, each beside the school's own.
pub fn england(gathered: &Gathered) -> Part {
    let whole = gathered.year.school();
    let cohorts = gathered.year.parts(By::Cohort);
    let (schools, on) = (gathered.roll.school.schools, gathered.as_of().date());
    let held = |what, cohort| gathered.england.figure(what, schools, cohort, on);
    let all = Share::ALL.into_iter().filter_map(|what| Some((String::new(), held(what, None)?, &whole)));
    let of_cohorts = cohorts.iter().flat_map(|part| {
        let cohort = if let Key::Cohort(cohort) = part.key { Some(cohort) } else { None };
        let name = cohort.map(Cohort::in_full).unwrap_or_default();
        Share::ALL.into_iter().filter_map(move |what| Some((name.clone(), held(what, Some(cohort?))?, part)))
    });
    let rows: Vec<Row> = all.chain(of_cohorts).map(|(name, national, part)| row(name, national, part)).collect();
    if rows.is_empty() {
        return Part::Words(format!("No figure held of England's {} by then.", schools.describe()));
    }
    let columns = vec![
        Column::new("measure", Unit::Text),
        Column::new("school %", Unit::Percent),
        Column::new("England %", Unit::Percent),
        Column::new("points", Unit::Points),
        Column::new("England's is of", Unit::Text),
        Column::new("up to", Unit::Date),
        Column::new("source", Unit::Text),
    ];
    Part::Table(Table::new(columns, "").with(rows))
}

fn row(name: String, national: &National, part: &split::Part) -> Row {
    let (figures, missed) = (part.figures, part.missed);
    let own = match national.what {
        Share::Absence => Cell::some(figures.absence_tenths(), |tenths| Cell::Percent(i64::from(tenths))),
        Share::Authorised => share(figures.authorised, figures.possible),
        Share::Unauthorised => share(figures.unauthorised, figures.possible),
        Share::Persistent => share(missed.persistent, missed.of),
        Share::Severe => share(missed.severe, missed.of),
    };
    let theirs = i64::from(national.tenths);
    let points = if let Cell::Percent(own) = own { Cell::Points(own - theirs) } else { Cell::Blank };
    let measure = if name.is_empty() {
        national.what.describe().to_owned()
    } else {
        format!("{name}: {}", national.what.describe())
    };
    let cells = vec![
        Cell::text(measure),
        own,
        Cell::Percent(theirs),
        points,
        Cell::text(national.of()),
        Cell::Date(national.as_of),
        Cell::text(national.source.clone()),
    ];
    Row::group(pupils(part), None, cells)
}

/// Targets of the school, its year groups and its tutor groups, each beside what is reached.
pub fn targets(gathered: &Gathered) -> Part {
    let (roll, on) = (&gathered.roll, gathered.dates.1);
    if roll.school.targets.is_empty() {
        return Part::Words("No target is set: `targets` in the settings of the school sets them.".to_owned());
    }
    let parts = [By::School, By::Year, By::Group].into_iter().flat_map(|by| gathered.year.parts(by));
    let rows = parts.filter_map(|part| {
        let of = if let Key::Year(year) = part.key {
            TargetOf::Year(year?)
        } else if let Key::Group(group) = part.key {
            TargetOf::Group(group?)
        } else {
            TargetOf::School
        };
        let target = target(roll, of, on).filter(|target| match of {
            TargetOf::School => true,
            TargetOf::Year(_) => target.year.is_some(),
            TargetOf::Group(_) => target.group.is_some(),
            TargetOf::Pupil(_) => target.pupil.is_some(),
        })?;
        let aim = i64::from(target.percent.tenths());
        let name = if part.key == Key::School { "School".to_owned() } else { part_name(roll, &part) };
        let reached = part.figures.attendance_tenths().map(i64::from);
        let cells = vec![
            Cell::text(name),
            Cell::Percent(aim),
            attendance(part.figures),
            Cell::some(reached, |reached| Cell::Points(reached - aim)),
            Cell::Date(target.from),
        ];
        Some(part_row(roll, &part, cells))
    });
    Part::Table(Table::new(columns(vec![Column::new("target of", Unit::Text)]), "No target holds yet.").with(rows))
}

/// Pupils who have a target of their own, each beside what they reach.
pub fn pupils_with_targets(gathered: &Gathered) -> Table {
    let (roll, on) = (&gathered.roll, gathered.dates.1);
    let rows = roll.pupils.iter().filter(|pupil| gathered.whom.includes(roll, pupil)).filter_map(|pupil| {
        let target = target(roll, TargetOf::Pupil(pupil), on).filter(|target| target.pupil.is_some())?;
        let (aim, figures) = (i64::from(target.percent.tenths()), gathered.year.of(pupil.id));
        let reached = figures.attendance_tenths().map(i64::from);
        let own = [
            Cell::Percent(aim),
            attendance(figures),
            Cell::some(reached, |reached| Cell::Points(reached - aim)),
            Cell::Date(target.from),
        ];
        Some(Row::pupil(pupil_cells(roll, pupil).into_iter().chain(own).collect()))
    });
    Table::new(columns(pupil_columns().into()), "No pupil has a target of their own.").with(rows)
}

fn columns(first: Vec<Column>) -> Vec<Column> {
    let own = [
        Column::new("target %", Unit::Percent),
        Column::new("year %", Unit::Percent),
        Column::new("points", Unit::Points),
        Column::new("since", Unit::Date),
    ];
    first.into_iter().chain(own).collect()
}
