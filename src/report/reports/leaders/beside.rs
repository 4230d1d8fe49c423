//! The school's figures beside its targets, and beside England's. What is not held is not told.

use super::{cohort, kind_of};
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

/// England's figures, each beside the school's own: a table for what was published together, and by whom.
pub fn england(gathered: &Gathered) -> Vec<Part> {
    let whole = gathered.year.school();
    let cohorts = gathered.year.parts(By::Cohort);
    let (schools, on) = (gathered.roll.school.schools, gathered.as_of().date());
    let held = |what, cohort| gathered.england.figure(what, schools, cohort, on);
    let all = Share::ALL.into_iter().filter_map(|what| Some((None, held(what, None)?, &whole)));
    let of_cohorts = cohorts.iter().filter_map(|part| Some((cohort(part)?, part))).flat_map(|(cohort, part)| {
        Share::ALL.into_iter().filter_map(move |what| Some((Some(cohort), held(what, Some(cohort))?, part)))
    });
    let told: Vec<(Option<Cohort>, &National, &split::Part)> = all.chain(of_cohorts).collect();
    if told.is_empty() {
        return vec![Part::Words(format!("No figure held of England's {} by then.", schools.describe()))];
    }
    let mut publications: Vec<&National> = Vec::new();
    for (_, national, _) in &told {
        if !publications.iter().any(|one| is_of_one(one, national)) {
            publications.push(national);
        }
    }
    let of = |publication: &National| {
        let rows = told.iter().filter(|(_, national, _)| is_of_one(publication, national));
        let rows = rows.map(|(cohort, national, part)| row(*cohort, national, part));
        let columns = vec![
            Column::new("measure", Unit::Text),
            Column::new("school %", Unit::Percent),
            Column::new("England %", Unit::Percent),
            Column::new("points", Unit::Points),
        ];
        let table = Table::new(columns, "").with(rows).called(&format!("England's {}", publication.of()));
        let source = format!("Up to {}. {}", publication.as_of.format("%-d %b %Y"), publication.source);
        [Part::Table(table), Part::Words(source)]
    };
    publications.into_iter().flat_map(of).collect()
}

/// Whether two figures were published together.
fn is_of_one(one: &National, other: &National) -> bool {
    one.source == other.source && one.as_of == other.as_of && one.of() == other.of()
}

fn row(cohort: Option<Cohort>, national: &National, part: &split::Part) -> Row {
    let (figures, missed) = (part.figures, part.missed);
    let count = |count: u32| usize::try_from(count).unwrap_or_default();
    // A share of pupils tells how many these are: of few of them it is not told without names.
    let (own, told_of) = match national.what {
        Share::Absence => {
            (Cell::some(figures.absence_tenths(), |tenths| Cell::Percent(i64::from(tenths))), pupils(part))
        }
        Share::Authorised => (share(figures.authorised, figures.possible), pupils(part)),
        Share::Unauthorised => (share(figures.unauthorised, figures.possible), pupils(part)),
        Share::Persistent => (share(missed.persistent, missed.of), count(missed.persistent)),
        Share::Severe => (share(missed.severe, missed.of), count(missed.severe)),
    };
    let theirs = i64::from(national.tenths);
    let points = if let Cell::Percent(own) = own { Cell::Points(own - theirs) } else { Cell::Blank };
    let name = cohort.map(|cohort| format!("{cohort}: ")).unwrap_or_default();
    let measure = Cell::text(format!("{name}{}", national.what.describe()));
    // Those of one measure and kind of cohort add up to everybody.
    let measures = || Share::ALL.into_iter().zip(1..);
    let place = measures().find(|(what, _)| *what == national.what).map_or(0, |(_, place)| place);
    let of = cohort.map_or(-place, |cohort| kind_of(cohort) * 10 + place);
    Row::group(told_of, Some(of), vec![measure, own, Cell::Percent(theirs), points])
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
