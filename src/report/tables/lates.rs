//! Everybody who came late on a date: when, for which reason, and who logged it.

use chrono::NaiveDateTime;

use super::cell::Cell;
use super::{AS_OF, PUPIL, pupil_cells};
use crate::domain::act::wording;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::late::lateness::{Late, lates};
use crate::domain::school::staff::Role;

/// Its headings.
pub fn headings() -> Vec<&'static str> {
    PUPIL.into_iter().chain(["date", "session", "code", "minutes", "time", "reason", "logged_by", AS_OF]).collect()
}

/// The lates of a day, in order of their coming: those that count, of sessions of the school.
pub fn rows(day: &Day, as_of: NaiveDateTime, role: Role) -> Vec<Vec<Cell<'_>>> {
    let mut late = lates(day, Session::Pm);
    late.retain(|one| day.roll.sessions_of(day.date).contains(&one.session));
    late.sort_by_key(|one| (one.session, one.time, day.roll.place(one.pupil)));
    late.into_iter().filter_map(|one| row(day, one, as_of, role)).collect()
}

fn row(day: &Day, late: Late, as_of: NaiveDateTime, role: Role) -> Option<Vec<Cell<'_>>> {
    let pupil = day.roll.pupil(late.pupil)?;
    let reason = wording::late_reason(late.reason, role, &day.roll.school);
    let own = [
        Cell::Date(day.date),
        Cell::text(late.session.as_str()),
        Cell::text(late.mark.code.as_str().to_owned()),
        Cell::some(late.mark.minutes, Cell::Number),
        Cell::some(late.time, Cell::Time),
        Cell::text(reason.unwrap_or_default()),
        Cell::text(late.logged_by.unwrap_or_default()),
        Cell::Moment(as_of),
    ];
    Some(pupil_cells(&day.roll, pupil).into_iter().chain(own).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn lates_stand_in_order_of_their_coming() {
        let am = Session::Am;
        let mut day = day(&[(AMIRA, am, "L 17"), (ZOE, am, "L 5"), (BILAL, am, "N"), (LOUIS, Session::Pm, "U 60")]);
        day.evidence.insert((AMIRA, am), vec![gate("08:57")]);
        let as_of = today().and_time(time("15:00"));
        let rows = rows(&day, as_of, Role::Officer);
        let line =
            |row: &Vec<Cell<'_>>| row.iter().map(|cell| cell.written().into_owned()).collect::<Vec<_>>().join(",");
        let surnames: Vec<_> = rows.iter().map(|row| row[2].written().into_owned()).collect();
        assert_eq!(surnames.len(), 3, "{surnames:?}");
        assert_eq!(surnames[1], "Khan");
        assert!(
            line(&rows[1]).ends_with(",2026-03-04,AM,L,17,08:57,bus,S Marsh,2026-03-04 15:00"),
            "{}",
            line(&rows[1])
        );
        assert_eq!(rows[0].len(), headings().len());
    }
}
