//! The marks that stand: a row for each pupil and session, for each pupil and day, or for each pupil and week with a column for each
//! session. Under firstbell's own headings, or those of the Department for Education.

use std::mem::take;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use hashbrown::HashMap;

use super::cell::Cell;
use super::{AS_OF, PUPIL, pupil_cells};
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// What a row is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A pupil and a session.
    Long,
    /// A pupil and a day.
    Day,
    /// A pupil and a week.
    Week,
    /// A pupil and a session, as the Department for Education names the columns of its own export; and a column more, as the others have it.
    Dfe,
}

/// The columns of the Department for Education.
const DFE: [&str; 6] = ["Full Name", "UPN", "School Name", "Session date", "Attendance code", "Period"];
/// What stands there where there is no mark.
const DFE_BLANK: &str = "--";

/// The columns of a school week's sessions, from Monday's.
const SESSIONS: [&str; 10] = ["MonAM", "MonPM", "TueAM", "TuePM", "WedAM", "WedPM", "ThuAM", "ThuPM", "FriAM", "FriPM"];

/// The marks of a date.
pub type Marks = HashMap<(PupilId, Session), Mark>;

/// Both sessions of a day, as they stand.
type Halves = [Option<Mark>; 2];

/// A table of marks, made date by date, in order.
pub struct MarksTable<'r> {
    roll: &'r Roll,
    shape: Shape,
    as_of: NaiveDateTime,
    /// The Monday of the week that is gathered, and of each pupil in it the marks by day.
    week: Option<(NaiveDate, HashMap<PupilId, [Halves; 5]>)>,
    left_out: usize,
}

impl<'r> MarksTable<'r> {
    /// A table of pupils of `roll`, as it stood at `as_of`.
    pub fn new(roll: &'r Roll, shape: Shape, as_of: NaiveDateTime) -> MarksTable<'r> {
        MarksTable { roll, shape, as_of, week: None, left_out: 0 }
    }

    /// Its headings.
    pub fn headings(&self) -> Vec<&'static str> {
        let own: Vec<&'static str> = match self.shape {
            Shape::Dfe => return DFE.into_iter().chain([AS_OF]).collect(),
            Shape::Long => vec!["date", "session", "code", "minutes"],
            Shape::Day => vec!["date", "am", "pm", "am_minutes", "pm_minutes"],
            Shape::Week => [&["week"][..], &SESSIONS].concat(),
        };
        PUPIL.into_iter().chain(own).chain([AS_OF]).collect()
    }

    /// How many marks of the dates so far are left out, because they count in nothing: the school was closed then, or the pupil not on roll.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Take the next date: its marks, and its sessions that have begun. Those who are on roll have rows. Rows that are whole go to `row`.
    pub fn date<E>(
        &mut self,
        date: NaiveDate,
        marks: &Marks,
        begun: &[Session],
        row: &mut impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let monday = date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
        if self.shape == Shape::Week && self.week.as_ref().is_some_and(|(week, _)| *week != monday) {
            self.end(row)?;
        }
        let roll: &'r Roll = self.roll;
        let sessions = roll.sessions_of(date);
        for pupil in &roll.pupils {
            let halves = Session::BOTH.map(|session| {
                let held = marks.get(&(pupil.id, session)).copied();
                let counts = pupil.on_roll(date) && sessions.contains(&session);
                self.left_out += usize::from(held.is_some() && !counts);
                held.filter(|_| counts)
            });
            let is_due = !begun.is_empty() && pupil.on_roll(date);
            if is_due || halves.iter().any(Option::is_some) {
                self.day(pupil, (monday, date), halves, if is_due { begun } else { &[] }, row)?;
            }
        }
        Ok(())
    }

    /// The rows that were not whole before.
    pub fn end<E>(&mut self, row: &mut impl FnMut(&[Cell<'_>]) -> Result<(), E>) -> Result<(), E> {
        let Some((monday, pupils)) = take(&mut self.week) else { return Ok(()) };
        let roll: &'r Roll = self.roll;
        for pupil in &roll.pupils {
            let Some(days) = pupils.get(&pupil.id) else { continue };
            let marks = days.as_flattened().iter().map(code);
            let cells = pupil_cells(roll, pupil).into_iter().chain([Cell::Date(monday)]).chain(marks);
            row(&cells.chain([Cell::Moment(self.as_of)]).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn day<E>(
        &mut self,
        pupil: &'r Pupil,
        (monday, date): (NaiveDate, NaiveDate),
        halves: Halves,
        begun: &[Session],
        row: &mut impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let [am, pm] = halves;
        let as_of = Cell::Moment(self.as_of);
        match self.shape {
            Shape::Long | Shape::Dfe => {
                for (session, mark) in Session::BOTH.into_iter().zip(halves) {
                    if mark.is_some() || begun.contains(&session) {
                        row(&self.session(pupil, date, session, mark))?;
                    }
                }
                Ok(())
            }
            Shape::Day => {
                let own = [Cell::Date(date), code(&am), code(&pm), minutes(am), minutes(pm), as_of];
                row(&pupil_cells(self.roll, pupil).into_iter().chain(own).collect::<Vec<_>>())
            }
            Shape::Week => {
                let (_, pupils) = self.week.get_or_insert_with(|| (monday, HashMap::new()));
                let days = pupils.entry(pupil.id).or_default();
                if let Some(day) = days.get_mut(date.weekday().num_days_from_monday() as usize) {
                    *day = halves;
                }
                Ok(())
            }
        }
    }

    fn session(&self, pupil: &'r Pupil, date: NaiveDate, session: Session, mark: Option<Mark>) -> Vec<Cell<'r>> {
        if self.shape == Shape::Dfe {
            let period = match session {
                Session::Am => "Morning attendance",
                Session::Pm => "Afternoon attendance",
            };
            return vec![
                Cell::text(pupil.list_name()),
                Cell::text(pupil.upn.as_deref().unwrap_or_default()),
                Cell::text(self.roll.school.name.as_str()),
                Cell::LongDate(date),
                mark.map_or(Cell::text(DFE_BLANK), |mark| Cell::text(mark.code.as_str().to_owned())),
                Cell::text(period),
                Cell::Moment(self.as_of),
            ];
        }
        let own =
            [Cell::Date(date), Cell::text(session.as_str()), code(&mark), minutes(mark), Cell::Moment(self.as_of)];
        pupil_cells(self.roll, pupil).into_iter().chain(own).collect()
    }
}

fn code<'a>(mark: &Option<Mark>) -> Cell<'a> {
    Cell::some(*mark, |mark| Cell::text(mark.code.as_str().to_owned()))
}

fn minutes<'a>(mark: Option<Mark>) -> Cell<'a> {
    Cell::some(mark.and_then(|mark| mark.minutes), Cell::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    const BOTH: [Session; 2] = Session::BOTH;

    /// The rows of a table of these dates, a line a row; the pupil by the surname alone, and without when it stood.
    fn rows(
        shape: Shape,
        dates: &[(NaiveDate, &[Session])],
        marks: &[(NaiveDate, PupilId, Session, &str)],
    ) -> Vec<String> {
        table(shape, dates, marks).0
    }

    /// The same, and how many marks were left out.
    fn table(
        shape: Shape,
        dates: &[(NaiveDate, &[Session])],
        marks: &[(NaiveDate, PupilId, Session, &str)],
    ) -> (Vec<String>, usize) {
        let day = day(&[]);
        let as_of = today().and_time(time("09:20"));
        let mut table = MarksTable::new(&day.roll, shape, as_of);
        let mut lines = vec![table.headings().join(",")];
        let mut row = |cells: &[Cell<'_>]| {
            let shown: Vec<_> = cells.iter().map(|cell| cell.written().into_owned()).collect();
            lines.push(shown.join(","));
            Ok::<(), ()>(())
        };
        for (date, begun) in dates {
            let of_date = marks.iter().filter(|(on, ..)| on == date);
            let of_date = of_date.map(|(_, pupil, session, text)| ((*pupil, *session), mark(text))).collect();
            table.date(*date, &of_date, begun, &mut row).unwrap();
        }
        table.end(&mut row).unwrap();
        let left_out = table.left_out();
        (lines, left_out)
    }

    fn of_amira(lines: &[String]) -> Vec<&str> {
        lines.iter().filter(|line| line.contains("Amira")).map(String::as_str).collect()
    }

    #[test]
    fn each_shape_says_the_same() {
        let (am, pm) = (Session::Am, Session::Pm);
        let next = today().succ_opt().unwrap();
        let marks = [(today(), AMIRA, am, "L 17"), (today(), AMIRA, pm, "\\"), (next, AMIRA, am, "I")];
        let dates = [(today(), &BOTH[..]), (next, &BOTH[..1])];
        let pupil = day(&[])
            .roll
            .pupils
            .iter()
            .find(|pupil| pupil.id == AMIRA)
            .map(|pupil| {
                let roll = day(&[]).roll.clone();
                pupil_cells(&roll, pupil).map(|cell| cell.written().into_owned()).join(",")
            })
            .unwrap();
        let as_of = "2026-03-04 09:20";
        let long = rows(Shape::Long, &dates, &marks);
        assert_eq!(long[0], "admission_no,upn,surname,forename,year,tutor_group,date,session,code,minutes,as_of");
        assert_eq!(
            of_amira(&long),
            [
                format!("{pupil},2026-03-04,AM,L,17,{as_of}"),
                format!("{pupil},2026-03-04,PM,\\,,{as_of}"),
                format!("{pupil},2026-03-05,AM,I,,{as_of}"),
            ]
        );
        let days = rows(Shape::Day, &dates, &marks);
        assert_eq!(
            of_amira(&days),
            [format!("{pupil},2026-03-04,L,\\,17,,{as_of}"), format!("{pupil},2026-03-05,I,,,,{as_of}")]
        );
        let week = rows(Shape::Week, &dates, &marks);
        assert!(week[0].contains(",week,MonAM,MonPM,TueAM,") && week[0].ends_with(",FriAM,FriPM,as_of"), "{}", week[0]);
        assert_eq!(of_amira(&week), [format!("{pupil},2026-03-02,,,,,L,\\,I,,,,{as_of}")]);
        let dfe = rows(Shape::Dfe, &dates, &marks);
        assert_eq!(dfe[0], format!("{},as_of", DFE.join(",")));
        let first = of_amira(&dfe)[0];
        assert!(
            first.starts_with("Khan, Amira,") && first.contains(",Wednesday 4 March 2026,L,Morning attendance"),
            "{first}"
        );
    }

    #[test]
    fn who_is_due_has_a_row_without_a_mark_too() {
        let on_roll = day(&[]).roll.pupils.iter().filter(|pupil| pupil.on_roll(today())).count();
        for (shape, blank) in [(Shape::Long, ",AM,,,"), (Shape::Day, ",2026-03-04,,,,,"), (Shape::Dfe, ",--,")] {
            let lines = rows(shape, &[(today(), &BOTH[..1])], &[]);
            assert_eq!(lines.len(), 1 + on_roll, "{shape:?}");
            assert!(lines[1].contains(blank), "{}", lines[1]);
        }
        assert_eq!(rows(Shape::Day, &[(today(), &[])], &[]).len(), 1, "no school");
    }

    #[test]
    fn a_mark_that_counts_in_nothing_is_left_out_and_counted() {
        // May Day, a Sunday, the day before everybody joined, and Wednesday.
        let dates = [date(2026, 5, 4), date(2026, 3, 1), date(2026, 1, 2), today()].map(|date| (date, &BOTH[..]));
        let marks = dates.map(|(date, _)| (date, AMIRA, Session::Am, "/"));
        for shape in [Shape::Long, Shape::Day, Shape::Week, Shape::Dfe] {
            let (lines, left_out) = table(shape, &dates, &marks);
            assert_eq!(
                (of_amira(&lines).iter().filter(|line| line.contains(",/,")).count(), left_out),
                (1, 3),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn a_mark_from_after_a_pupil_left_is_left_out() {
        let day = day(&[]);
        let gone = day.roll.pupils.iter().find(|pupil| !pupil.on_roll(today())).unwrap();
        let marks = [(today(), gone.id, Session::Am, "/"), (today(), AMIRA, Session::Am, "/")];
        let (lines, left_out) = table(Shape::Long, &[(today(), &BOTH[..1])], &marks);
        assert_eq!((lines.iter().filter(|line| line.contains(",/,")).count(), left_out), (1, 1), "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains(&format!("{},{}", gone.surname, gone.forename))));
    }

    #[test]
    fn a_week_ends_with_its_last_day() {
        // A Wednesday.
        let monday = today() - TimeDelta::days(2);
        let [sunday, next] = [6, 7].map(|days| monday + TimeDelta::days(days));
        let marks = [(today(), AMIRA, Session::Pm, "\\"), (next, AMIRA, Session::Am, "/")];
        let lines = rows(Shape::Week, &[(monday, &BOTH), (today(), &BOTH), (sunday, &[]), (next, &BOTH)], &marks);
        let khan = of_amira(&lines);
        assert!(khan[0].contains(&format!(",2026-03-02{}\\,,,,,2026-03-04", ",".repeat(6))), "{}", khan[0]);
        assert!(khan[1].contains(",2026-03-09,/,,"), "{}", khan[1]);
    }
}
