//! Marks on a day that was closed later: they stay, are shown, and count in no figure.

use chrono::NaiveDate;

use super::{Day, Past, PastDay};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;

/// A pupil's marks of the last four weeks on days that are closed now, oldest first, those of the day itself among them.
pub fn closed_marks(day: &Day, pupil: PupilId, past: &Past) -> Vec<PastDay> {
    let [am, pm] = Session::BOTH.map(|session| day.mark(pupil, session).settled);
    let today = PastDay { date: day.date, am, pm };
    let is_closed = day.closed.is_some() && today.marks().next().is_some();
    past.on_closed_days.iter().copied().chain(is_closed.then_some(today)).collect()
}

/// "3 marks lie on a day that is closed now: Tue 24 Nov, Boiler".
pub fn describe(marks: usize, date: NaiveDate, calendar: &Calendar) -> String {
    let lie = if marks == 1 { "1 mark lies".to_owned() } else { format!("{marks} marks lie") };
    let why = calendar.closed_by(date).map(|why| format!(", {why}")).unwrap_or_default();
    format!("{lie} on a day that is closed now: {}{why}", date.format("%a %-d %b"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn marks_of_today_and_before_are_told_where_the_day_is_closed_now() {
        let before = PastDay { date: date(2026, 2, 23), am: Some(mark("/")), pm: None };
        let past = Past { on_closed_days: vec![before], ..Past::default() };
        let mut day = day(&[(AMIRA, Session::Am, "/"), (AMIRA, Session::Pm, "N")]);
        assert_eq!(closed_marks(&day, AMIRA, &past), [before]);
        day.closed = Some("the school is closed: Boiler".to_owned());
        let today = PastDay { date: day.date, am: Some(mark("/")), pm: Some(mark("N")) };
        assert_eq!(closed_marks(&day, AMIRA, &past), [before, today]);
        assert_eq!(closed_marks(&day, BILAL, &Past::default()), []);
    }

    #[test]
    fn it_says_how_many_and_which_day() {
        for (marks, on, expected) in [
            (1, date(2026, 2, 23), "1 mark lies on a day that is closed now: Mon 23 Feb, inset"),
            (3, date(2026, 5, 4), "3 marks lie on a day that is closed now: Mon 4 May, May Day"),
            (2, date(2026, 2, 18), "2 marks lie on a day that is closed now: Wed 18 Feb, outside term"),
        ] {
            assert_eq!(describe(marks, on, &calendar()), expected);
        }
    }
}
