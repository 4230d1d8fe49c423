//! What was done to raise attendance, and what changed after it: pooled, and never said to be caused by it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Gathered;
use super::rows::{attendance, number};
use crate::domain::figures::impact::{Impact, pooled, year_groups};
use crate::domain::figures::trend::{Points, change};
use crate::domain::people::pupil::PupilId;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::tables::cell::Cell;

/// Something that was done about a pupil's attendance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Done {
    /// "attendance panel".
    pub what: &'static str,
    /// Of whom.
    pub pupil: PupilId,
    /// On which day.
    pub on: NaiveDate,
    /// What changed after it.
    pub impact: Impact,
    /// What the pupil's year group changed by over the same dates.
    pub year_group: Impact,
    /// Whether something else was done so near to it that neither can be told from the other.
    pub overlaps: bool,
}

/// What must be known to read it.
pub const NOTE: &str = "What was done is set beside attendance in the four school weeks before and after its day, the day itself in neither; the sessions of \
     all pupils are pooled. Net is the change less that of the pupils' year groups over the same dates. Improved is two points or more, worse two points or more down; with fewer than twenty possible sessions on a \
     side it is too early. What would have changed without it is not known, and where several things were done to a pupil within those \
     weeks (“overlap”) one cannot be told from the other.";

/// Each kind of what was done, with what changed after it.
pub fn by_kind(gathered: &Gathered) -> Table {
    let mut kinds: BTreeMap<&str, Vec<&Done>> = BTreeMap::new();
    gathered.done.iter().for_each(|done| kinds.entry(done.what).or_default().push(done));
    let columns = vec![
        Column::new("done", Unit::Text),
        Column::new("pupils", Unit::Pupils),
        Column::new("times", Unit::Number),
        Column::new("before %", Unit::Percent),
        Column::new("after %", Unit::Percent),
        Column::new("points", Unit::Points),
        Column::new("net", Unit::Points),
        Column::new("improved", Unit::Pupils),
        Column::new("same", Unit::Pupils),
        Column::new("worse", Unit::Pupils),
        Column::new("too early", Unit::Pupils),
        Column::new("overlap", Unit::Pupils),
    ];
    let rows = (0..).zip(kinds).map(|(place, (what, all))| {
        let pool = pooled(all.iter().map(|done| &done.impact));
        let (before, after) = (pool.together.before, pool.together.after);
        let net = pool.together.net(&year_groups(all.iter().map(|done| (&done.impact, &done.year_group))));
        let points = |points: Points| Cell::Points(i64::from(points.0));
        let pupils = all.iter().map(|done| done.pupil).collect::<BTreeSet<_>>().len();
        let cells = vec![
            Cell::text(what),
            number(pupils),
            number(all.len()),
            attendance(before),
            attendance(after),
            Cell::some(change(&before, &after), points),
            Cell::some(net, points),
            number(pool.improved),
            number(pool.same),
            number(pool.worse),
            number(pool.too_early),
            number(all.iter().filter(|done| done.overlaps).count()),
        ];
        // One pupil may have had several of them: no row is a part of a whole.
        Row::group(pupils, Some(place), cells)
    });
    Table::new(columns, "Nothing was put down in a case file this school year.").with(rows)
}

/// How often each was done on the report's dates, and in the school year.
pub fn how_often(gathered: &Gathered) -> Table {
    let (first, last) = gathered.dates;
    let mut kinds: BTreeMap<&str, (usize, usize, BTreeSet<PupilId>)> = BTreeMap::new();
    for done in &gathered.done {
        let (now, all, pupils) = kinds.entry(done.what).or_default();
        *now += usize::from((first..=last).contains(&done.on));
        *all += 1;
        pupils.insert(done.pupil);
    }
    let columns = vec![
        Column::new("done", Unit::Text),
        Column::new("on these dates", Unit::Number),
        Column::new("this year", Unit::Number),
        Column::new("pupils", Unit::Pupils),
    ];
    let rows = kinds.into_iter().map(|(what, (now, all, pupils))| {
        Row::group(pupils.len(), None, vec![Cell::text(what), number(now), number(all), number(pupils.len())])
    });
    Table::new(columns, "Nothing was put down in a case file this school year.").with(rows)
}
