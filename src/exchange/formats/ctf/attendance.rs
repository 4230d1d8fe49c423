//! A pupil's marks of one school and year: a text of them, and the totals that they should come to.

use chrono::{Days, NaiveDate};

use super::{day_of, has_upn, list_name, place, school};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, CodeRow, CodeTable, Statistic};
use crate::domain::incoming::Reject;
use crate::domain::name::clean;
use crate::exchange::cells::mark_string::{Slot, slots};
use crate::exchange::formats::{Opened, Sheet};
use crate::exchange::kind::Kind;
use crate::exchange::source::xml::Element;

/// The element of the text.
const MARKS: &str = "AttendanceMarks";

/// As much of a text of marks as is worth showing.
const SHOWN_MAX: usize = 60;

/// The marks, as stated by another school: which school firstbell is at, it does not know. The file was made on the day `made`.
pub fn sheet(pupils: &[Element], made: Option<NaiveDate>, file: &mut Opened<'_>) -> Sheet {
    let mut sheet = Sheet::new(Kind::Marks, &["upn", "date", "session", "code", "by"]);
    sheet.is_stated = true;
    for pupil in pupils {
        for year in pupil.child("Attendance").into_iter().flat_map(|attendance| &attendance.children) {
            let line = year.line;
            let Some(of_sessions) = year.child("AttendSessions") else {
                let text = || "totals of attendance without marks were left out".to_owned();
                file.notes.add("totals", "alone", || place(file.name, line), text);
                continue;
            };
            if !has_upn(pupil) {
                let text = || "the marks of a pupil without a UPN were left out with the pupil".to_owned();
                file.notes.add("no upn", "marks", || place(file.name, line), text);
                continue;
            }
            match read(pupil, year, of_sessions, made, file) {
                Ok(slots) => {
                    check_totals(pupil, year, &slots, file);
                    add(&mut sheet, pupil, year, &slots, file);
                }
                Err(why) => refuse(pupil, of_sessions, &why, file),
            }
        }
    }
    sheet
}

fn read(
    pupil: &Element,
    year: &Element,
    of_sessions: &Element,
    made: Option<NaiveDate>,
    file: &Opened<'_>,
) -> Result<Vec<(SessionDate, Slot)>, String> {
    let first = day_of(of_sessions.text_of("AttendanceStartDate")).ok_or("the day of the first mark is not said")?;
    let made = made.ok_or("the file does not say when it was made, and so not where the marks end")?;
    // Marks of years before end with their year, 31 July.
    let year_end = Calendar::year_start(first).checked_add_months(chrono::Months::new(12));
    let year_end = year_end.and_then(|next| next.checked_sub_days(Days::new(1)));
    let last = [Some(made), left(pupil, year), year_end].into_iter().flatten().min().unwrap_or(made);
    let marks = of_sessions.child(MARKS).map_or("", |marks| &marks.text);
    slots(marks, first, last, file.known.calendar).map_err(|fault| fault.to_string())
}

/// The day on which the pupil left the school of `year`.
fn left(pupil: &Element, year: &Element) -> Option<NaiveDate> {
    let is_it = |school: &&Element| ["LEA", "Estab"].iter().all(|name| school.text_of(name) == year.text_of(name));
    let school = pupil.child("SchoolHistory")?.children.iter().find(is_it)?;
    day_of(school.text_of("LeavingDate"))
}

fn refuse(pupil: &Element, of_sessions: &Element, why: &str, file: &mut Opened<'_>) {
    let marks = of_sessions.child(MARKS);
    let shown: String = marks.map_or("", |marks| &marks.text).chars().take(SHOWN_MAX).collect();
    file.rejects.push(Reject {
        place: place(file.name, marks.unwrap_or(of_sessions).line),
        column: MARKS.to_owned(),
        value: clean(&shown),
        reason: format!("none of these marks of {} is taken: {why}", list_name(pupil)),
    });
}

/// Add a row for each mark. One that is no code is refused here, where it is known whose it is and when: all are on one line.
fn add(sheet: &mut Sheet, pupil: &Element, year: &Element, slots: &[(SessionDate, Slot)], file: &mut Opened<'_>) {
    let (line, by) = (year.line, school(year));
    for (at, slot) in slots {
        let what = match slot {
            Slot::Mark(mark) if row(mark, file.known.codes).is_some() => {
                sheet.add(line, [pupil.text_of("UPN"), &at.date.to_string(), at.session.as_str(), mark, &by]);
                continue;
            }
            Slot::Mark(mark) => {
                let reason = format!("{}, {at}: this is not an attendance code", list_name(pupil));
                let (place, column) = (place(file.name, line), MARKS.to_owned());
                file.rejects.push(Reject { place, column, value: clean(mark), reason });
                continue;
            }
            Slot::Closed => "# is a session without school, and was left out",
            Slot::Blank => "no mark in a session, so it was left out",
        };
        file.notes.add("slot", what, || place(file.name, line), || what.to_owned());
    }
}

fn row<'c>(mark: &str, codes: &'c CodeTable) -> Option<&'c CodeRow> {
    Code::parse(mark).and_then(|code| codes.row(code))
}

/// Tell where the totals of the file are not what its marks come to.
fn check_totals(pupil: &Element, year: &Element, slots: &[(SessionDate, Slot)], file: &mut Opened<'_>) {
    let total = |name: &str| year.text_of(name).parse::<usize>().ok();
    let (Some(possible), Some(attended)) = (total("SessionsPossible"), total("SessionsAttended")) else { return };
    let counted = Counted::of(slots, file.known.codes);
    let fits = |said: usize, least: usize| (least..=least + counted.unsure).contains(&said);
    if attended <= possible && fits(possible, counted.possible) && fits(attended, counted.attended) {
        return;
    }
    let who = list_name(pupil);
    let text = || {
        format!(
            "{who}: the file says {attended} sessions attended of {possible}, and its marks come to {} of {}. The marks are taken",
            counted.attended, counted.possible
        )
    };
    file.notes.add("totals", pupil.text_of("UPN"), || place(file.name, year.line), text);
}

/// What marks come to.
#[derive(Default)]
struct Counted {
    possible: usize,
    attended: usize,
    /// Blanks, and marks that are no code: the other system may have counted them.
    unsure: usize,
}

impl Counted {
    fn of(slots: &[(SessionDate, Slot)], codes: &CodeTable) -> Counted {
        let mut counted = Counted::default();
        for (_, slot) in slots {
            let found = match slot {
                Slot::Closed => continue,
                Slot::Blank => None,
                Slot::Mark(mark) => row(mark, codes),
            };
            let Some(row) = found else {
                counted.unsure += 1;
                continue;
            };
            counted.possible += usize::from(row.possible);
            counted.attended += usize::from(matches!(row.statistic, Statistic::Present | Statistic::Activity));
        }
        counted
    }
}
