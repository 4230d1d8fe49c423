//! Charts that several reports have.

use chrono::Weekday;

use super::Gathered;
use super::rows::{by_week, pupils};
use crate::domain::calendar::session::Session;
use crate::domain::figures::Figures;
use crate::domain::figures::band::{self, Band};
use crate::domain::figures::split::{By, Key};
use crate::domain::figures::tally::Tally;
use crate::report::layout::chart::{Chart, Series, Shape};
use crate::report::layout::table::Unit;

const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
/// The days that are there even without a session.
const SCHOOL_DAYS: usize = 5;

/// Attendance week by week, of the school year so far.
pub fn by_week_of_year(gathered: &Gathered) -> Chart {
    let year = &gathered.year;
    let (labels, values) = by_week(year, |week| week.attendance_tenths().map(i64::from));
    Chart {
        title: "Attendance by week".to_owned(),
        unit: Unit::Percent,
        shape: Shape::Lines,
        axis: "week from".to_owned(),
        labels,
        series: vec![Series::new("attendance %", values)],
        pupils: pupils(&year.school()),
    }
}

/// Absence in each half of each weekday.
pub fn half_days(tally: &Tally) -> Chart {
    let parts = tally.parts(By::HalfDay);
    let of = |day, session| {
        let half_day = Key::HalfDay(day, session);
        parts.iter().find(|part| part.key == half_day).map(|part| part.figures)
    };
    let is_told =
        |place: usize, day| place < SCHOOL_DAYS || Session::BOTH.iter().any(|session| of(day, *session).is_some());
    let days: Vec<Weekday> =
        DAYS.into_iter().enumerate().filter(|(place, day)| is_told(*place, *day)).map(|(_, day)| day).collect();
    let series = Session::BOTH.map(|session| {
        let absent = |figures: Figures| figures.absence_tenths().map(i64::from);
        Series {
            name: session.to_string(),
            values: days.iter().map(|day| of(*day, session).and_then(absent)).collect(),
            of: days.iter().map(|day| of(*day, session).map_or(0, |figures| i64::from(figures.possible))).collect(),
        }
    });
    Chart {
        title: "Absence by half-day, of the sessions possible".to_owned(),
        unit: Unit::Percent,
        shape: Shape::Heat,
        axis: "session".to_owned(),
        labels: days.iter().map(Weekday::to_string).collect(),
        series: series.into(),
        pupils: pupils(&tally.school()),
    }
}

/// How many pupils miss how much, in bands of five points.
pub fn bands(tally: &Tally) -> Chart {
    let each = tally.parts(By::Pupil);
    let bands = band::bands(each.iter().map(|part| &part.figures));
    Chart {
        title: "Pupils by absence".to_owned(),
        unit: Unit::Pupils,
        shape: Shape::Bars,
        axis: "absence".to_owned(),
        labels: bands.iter().map(|(band, _)| band_name(*band)).collect(),
        series: vec![Series::new("pupils", bands.iter().map(|(_, pupils)| Some(i64::from(*pupils))).collect())],
        pupils: pupils(&tally.school()),
    }
}

fn band_name(band: Band) -> String {
    let from = band.from_percent();
    band.to_percent().map_or_else(|| format!("{from} % or more"), |to| format!("{from} to under {to} %"))
}
