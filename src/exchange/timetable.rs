//! Timetables, as programs that make them export them: which class is where in which period of a day that has a name and no date. Once
//! somebody has said which dates its days are, the pupils of its tutor groups and classes are due in its lessons there.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::fault::ReadFault;
use super::formats::Sheet;
use super::kind::Kind;
use super::table::layout::Layout;
use super::table::notes::Notes;
use super::table::written::weekday;
use super::table::{Column, ROWS_MAX, Row, Table};
use super::{Known, Progress, Read, ReadAs, flat};
use crate::domain::incoming::{PupilKey, Reject};
use crate::domain::name::clean;

/// What a timetable does not tell.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timetable {
    /// Days by the names that a timetable gives them, and their dates.
    days: Vec<(String, NaiveDate)>,
    /// Who is in each tutor group and class.
    classes: HashMap<String, Vec<PupilKey>>,
    /// The periods of the school's day, as its settings name them.
    periods: Vec<String>,
}

impl Timetable {
    /// The dates of these days. Capitals and blanks make no difference in a name, here and in those of classes.
    pub fn of_days(days: impl IntoIterator<Item = (String, NaiveDate)>, periods: Vec<String>) -> Timetable {
        let days = days.into_iter().map(|(name, date)| (plain(&name), date)).collect();
        Timetable { days, classes: HashMap::new(), periods }
    }

    /// Say that `pupil` is in the tutor group or class of this name.
    pub fn add(&mut self, class: &str, pupil: PupilKey) {
        let members = self.classes.entry(plain(class)).or_default();
        if !members.contains(&pupil) {
            members.push(pupil);
        }
    }

    /// A period as the settings name it: 1 is also P1 and Period 1. One that they have not stays as it is written.
    fn period(&self, written: &str) -> String {
        let (plain_written, named) = (plain(written), |name: &str| self.periods.iter().find(|one| plain(one) == name));
        let bare = ["period", "p"].iter().find_map(|word| plain_written.strip_prefix(word)).unwrap_or_default();
        named(&plain_written).or_else(|| named(bare)).cloned().unwrap_or_else(|| written.to_owned())
    }

    fn dates(&self, day: &str) -> impl Iterator<Item = NaiveDate> {
        let day = plain(day);
        self.days.iter().filter(move |(name, _)| *name == day).map(|(_, date)| *date)
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// How a timetable is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// FET: an activity in each row and hour, its sets of pupils and its teachers parted by a plus.
    Fet,
    /// SIMS: a class in each row, with a period such as 1Mon:3 or MonB:3.
    Sims,
}

const OF_FET: [&str; 6] = ["activity_id", "day", "hour", "students_sets", "subject", "teachers"];
const OF_SIMS: [&str; 5] = ["class", "period", "teacher", "room", "subject"];

impl Shape {
    fn of(headings: &[&str]) -> Option<Shape> {
        let has = |heading: &&str| headings.contains(heading);
        if OF_FET.iter().all(has) {
            return Some(Shape::Fet);
        }
        let is_known = headings.iter().all(|heading| OF_SIMS.contains(heading));
        (is_known && has(&"class") && has(&"period")).then_some(Shape::Sims)
    }

    fn name(self) -> &'static str {
        match self {
            Shape::Fet => "a timetable from FET",
            Shape::Sims => "a timetable of classes by period",
        }
    }
}

/// One lesson, as a row has it.
struct Lesson {
    /// The name of its day.
    day: String,
    /// The day of the week, where the name tells it.
    weekday: Option<Weekday>,
    period: String,
    class: String,
    /// Who is due: tutor groups or classes.
    sets: Vec<String>,
    teacher: String,
    room: String,
}

/// Read the table in `text` if it is a timetable; false where it is something else.
pub(super) fn read(
    file: &str,
    text: &str,
    known: Known<'_>,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<bool, ReadFault> {
    let layout = Layout::first(file, text)?;
    let words = layout.words();
    let headings: Vec<&str> = words.iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
    let Some(shape) = Shape::of(&headings) else { return Ok(false) };
    let rows_max = ROWS_MAX.saturating_sub(read.rows);
    let mut table = Table::laid_out(file, text, &layout, &[], rows_max, progress);
    table.refuse_unsaved((0..words.len()).filter(|place| words.get(*place).is_some_and(|word| !word.is_empty())));
    let place = |heading: &str| words.iter().position(|one| one == heading);
    let (mut sheet, mut notes, mut unsaid, mut is_any) = (lessons(), Notes::default(), Vec::new(), false);
    while let Some(row) = table.next(&mut read.rejects) {
        let cell = |heading: &'static str| row.cell(Column::new(heading, place(heading))).as_str().to_owned();
        let lesson = match lesson(shape, row, cell) {
            Ok(lesson) => lesson,
            Err(reject) => {
                read.rejects.push(reject);
                continue;
            }
        };
        let dates: Vec<NaiveDate> = known.timetable.dates(&lesson.day).collect();
        if dates.is_empty() {
            let text = || format!("the lessons of “{}” are left out: no date is said for it", lesson.day);
            notes.add("day", &lesson.day, || row.place(), text);
            if !unsaid.contains(&lesson.day) {
                unsaid.push(lesson.day);
            }
            continue;
        }
        is_any = true;
        read.rejects.extend(add(&mut sheet, row, &lesson, &dates, known.timetable));
    }
    if let Some(first) = unsaid.first().filter(|_| !is_any) {
        let days: Vec<String> = unsaid.iter().map(|day| format!("“{day}”")).collect();
        let why = format!(
            "is {}, and its days are called {}: say which dates they are, each as in --day \"{first}=2026-09-07\"",
            shape.name(),
            days.join(", ")
        );
        return Err(ReadFault::NotKnown { file: file.to_owned(), why });
    }
    read.warnings.extend(notes.into_warnings());
    read.read_as.push(ReadAs { file: file.to_owned(), what: format!("{}, {}", shape.name(), layout.describe()) });
    table.close(read)?;
    let mut quiet = |_: Progress<'_>| {};
    let mut table = Table::of_rows(file, &sheet.headings, &sheet.rows, rows_max, &mut quiet);
    flat::read_kind(Kind::Lessons, &mut table, known, read)?;
    table.end(read)?;
    Ok(true)
}

fn lessons() -> Sheet {
    Sheet::new(Kind::Lessons, &["admission_no", "upn", "mis_id", "date", "period", "class", "teacher", "room"])
}

fn lesson(shape: Shape, row: Row<'_>, cell: impl Fn(&'static str) -> String) -> Result<Lesson, Reject> {
    let needed = |heading: &'static str| {
        Some(cell(heading)).filter(|text| !text.is_empty()).ok_or_else(|| row.reject(heading, "", "this is missing"))
    };
    match shape {
        Shape::Fet => {
            let (day, sets) = (needed("day")?, needed("students_sets")?);
            let weekday = day.split(' ').find_map(weekday);
            let class = clean(&format!("{sets} {}", cell("subject")));
            let sets = sets.split('+').map(clean).filter(|set| !set.is_empty()).collect();
            let teacher = cell("teachers").replace('+', ", ");
            Ok(Lesson { day, weekday, period: needed("hour")?, class, sets, teacher, room: cell("room") })
        }
        Shape::Sims => {
            let (class, written) = (needed("class")?, needed("period")?);
            let Some((day, weekday, period)) = named(&written) else {
                return Err(row.reject("period", &written, "this is not a period such as 1Mon:3 or MonB:3"));
            };
            let sets = vec![class.clone()];
            Ok(Lesson {
                day,
                weekday: Some(weekday),
                period,
                class,
                sets,
                teacher: cell("teacher"),
                room: cell("room"),
            })
        }
    }
}

/// The day and the period of "1Mon:3" or "MonB:3": the week may be told before the day of the week or behind it.
fn named(written: &str) -> Option<(String, Weekday, String)> {
    let (day, period) = written.split_once(':').map(|(day, period)| (day.trim(), period.trim()))?;
    let behind_week = day.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let before_week = behind_week.char_indices().next_back().and_then(|(last, _)| behind_week.get(..last));
    let weekday = weekday(behind_week).or_else(|| weekday(before_week?))?;
    (!period.is_empty()).then(|| (day.to_owned(), weekday, period.to_owned()))
}

/// Add a row for each pupil of each set on each date. What is refused is given back.
fn add(sheet: &mut Sheet, row: Row<'_>, lesson: &Lesson, dates: &[NaiveDate], timetable: &Timetable) -> Vec<Reject> {
    let mut rejects = Vec::new();
    let mut pupils: Vec<&PupilKey> = Vec::new();
    for set in &lesson.sets {
        match timetable.classes.get(&plain(set)) {
            Some(members) => pupils.extend(members),
            None => rejects.push(row.reject(
                "class",
                set,
                "no tutor group is called so, and no class that has had a lesson here",
            )),
        }
    }
    let (mut seen, period) = (HashSet::new(), timetable.period(&lesson.period));
    pupils.retain(|pupil| seen.insert(*pupil));
    for date in dates {
        if let Some(weekday) = lesson.weekday.filter(|weekday| date.weekday() != *weekday) {
            let why = format!("{date} is a {}, and no {weekday}: say another date for this day", date.format("%A"));
            rejects.push(row.reject("day", &lesson.day, &why));
            continue;
        }
        let date = date.to_string();
        for pupil in &pupils {
            let [upn, admission_no, mis_id] = key(pupil);
            let Lesson { class, teacher, room, .. } = lesson;
            sheet.add(row.line(), [admission_no, upn, mis_id, &date, &period, class, teacher, room]);
        }
    }
    rejects
}

/// The surest of a pupil's numbers, in its place: UPN, admission number, that of another system.
fn key(pupil: &PupilKey) -> [&str; 3] {
    let [upn, admission_no, other] =
        [&pupil.upn, &pupil.admission_no, &pupil.source_id].map(|number| number.as_deref().unwrap_or_default());
    match (admission_no.is_empty(), upn.is_empty()) {
        (false, _) => ["", admission_no, ""],
        (true, false) => [upn, "", ""],
        (true, true) => ["", "", other],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_stands_before_the_day_or_behind_it() {
        for (written, wanted) in [
            ("1Fri:6", Some(("1Fri", Weekday::Fri, "6"))),
            ("MonB:3", Some(("MonB", Weekday::Mon, "3"))),
            ("Mon:Reg", Some(("Mon", Weekday::Mon, "Reg"))),
            ("2Tue : P1", Some(("2Tue", Weekday::Tue, "P1"))),
            ("Moon:1", None),
            ("1Mon", None),
            ("1Mon:", None),
            (":", None),
            ("", None),
        ] {
            let wanted = wanted.map(|(day, weekday, period)| (day.to_owned(), weekday, period.to_owned()));
            assert_eq!(named(written), wanted, "{written}");
        }
    }
}
