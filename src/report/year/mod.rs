//! A pupil's school year in words, and as a calendar of 80 columns: what the screen draws in colour and a command prints.

pub mod grid;

use chrono::NaiveDate;

use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::figures::Figures;
use crate::domain::year::pattern::{DaysMissed, WEEKDAYS};
use crate::domain::year::{PupilYear, next_year};
use grid::{Column, Grid, LABEL, SUMS, letters};

/// What the year adds up to: "92.3 % (228/247) to Mon 23 Nov", "19 missed: I 14, O 3, M 2".
pub fn counts(year: &PupilYear) -> Vec<String> {
    let until = match year.counted_until() {
        Some(date) => format!(" to {}", date.format("%a %-d %b")),
        None => String::new(),
    };
    let mut parts = vec![format!("{}{until}", year.figures)];
    let codes: Vec<String> = year.missed.iter().map(|(code, count)| format!("{code} {count}")).collect();
    parts.push(match codes.as_slice() {
        [] => "nothing missed".to_owned(),
        codes => format!("{} missed: {}", year.figures.absent(), codes.join(", ")),
    });
    parts
}

/// Its lates and blanks, and how far the pupil is from persistent absence, or beyond it: "11 lates, 2 h 12 m", "2 blank", "persistent
/// absence after 4 more missed". Of a year that is over, only the word for it.
pub fn lates_and_line(year: &PupilYear) -> Vec<String> {
    let (minutes, untimed) = year.late_minutes;
    let lates = match (year.figures.lates, untimed) {
        (0, _) => "no lates".to_owned(),
        (all, untimed) if all == untimed => format!("{}, no minutes held", counted(all, "late")),
        (all, 0) => format!("{}, {}", counted(all, "late"), duration(minutes, " min")),
        (all, untimed) => {
            format!("{}, {} and {untimed} without minutes", counted(all, "late"), duration(minutes, " min"))
        }
    };
    let goes_on =
        year.before < next_year(year.starts) && year.theirs().next_back().is_some_and(|day| day.date >= year.before);
    let line = match (year.figures.absence_word(), year.figures.to_persistent(), year.figures.to_clear()) {
        (Some(word), _, Some(more)) if goes_on => Some(format!("{word} until {more} more attended")),
        (Some(word), ..) => Some(word.to_owned()),
        (None, Some(more), _) if goes_on && year.figures.possible > 0 => {
            Some(format!("persistent absence after {more} more missed"))
        }
        (None, ..) => None,
    };
    let blanks = year.figures.blanks;
    [Some(lates), (blanks > 0).then(|| format!("{blanks} blank")), line].into_iter().flatten().collect()
}

/// The pattern in what was missed: "Fri 12 of 48 (25 %), 2.1 × usual", "first days back 2 of 4",
/// "last days 1 of 3": of half-terms.
pub fn pattern(year: &PupilYear, times: &str) -> Vec<String> {
    let strong = year.weekdays.standing_out();
    let mut parts: Vec<String> = strong
        .iter()
        .map(|(weekday, part, tenths)| {
            let (absent, possible, percent) = (part.absent(), part.possible, percent(part));
            format!("{weekday} {absent} of {possible} ({percent}), {}.{} {times} usual", tenths / 10, tenths % 10)
        })
        .collect();
    if strong.is_empty() && year.figures.absent() > 0 {
        parts.push("no weekday stands out".to_owned());
    }
    let days =
        |what: &str, days: DaysMissed| (days.days > 0).then(|| format!("{what} {} of {}", days.missed, days.days));
    parts.extend(days("first days back", year.first_days_back));
    parts.extend(days("last days", year.last_days));
    parts
}

/// Calls made about the year: "9 calls"; nothing where there were none.
pub fn calls(year: &PupilYear) -> Option<String> {
    (year.calls > 0).then(|| counted(year.calls, "call"))
}

/// How much of the possible sessions was missed, in whole percent: "29 %", or "n/a".
pub fn percent(part: &Figures) -> String {
    let whole = |possible: u32| (part.absent() * 200 + possible) / (possible * 2);
    if part.possible == 0 { "n/a".to_owned() } else { format!("{} %", whole(part.possible)) }
}

/// What is said where the calendar has no terms of the year.
pub fn without_terms(year: &PupilYear) -> Option<&'static str> {
    let empty = "nothing is held of this year, and the calendar has no terms of it";
    let marks = "the calendar has no terms of this year: its days are those with marks, and no blank is known";
    (!year.has_terms).then_some(if year.days.is_empty() { empty } else { marks })
}

fn counted(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The calendar of the year as text: half-terms, months, a row for each weekday's mornings and afternoons with how much of them was
/// missed, and what each half-term comes to.
pub fn lines(year: &PupilYear) -> Vec<String> {
    let grid = Grid::new(year, (1, 1));
    if grid.columns.is_empty() {
        return Vec::new();
    }
    let width = LABEL + grid.width();
    let mut lines = Vec::new();
    for labels in [grid.half_terms(year), grid.months(year)] {
        lines.push(placed(&labels));
    }
    if let Some(first) = lines.first_mut() {
        *first = format!("{first:<width$}  missed");
    }
    for weekday in WEEKDAYS {
        for session in Session::BOTH {
            let mut row = if session == Session::Am { format!("{weekday} AM ") } else { "    PM ".to_owned() };
            for (column, _) in &grid.columns {
                row.push_str(&match column {
                    Column::Week(monday) => {
                        let date = grid::in_week(*monday, weekday);
                        let slot = date.and_then(|date: NaiveDate| year.day(date)).map(|day| day.of(session));
                        slot.map_or_else(|| " ".to_owned(), |slot| format!("{:1}", letters(slot, 1, ".")))
                    }
                    Column::Holiday(_) => " ".to_owned(),
                });
            }
            let part = year.weekdays.of(weekday, session);
            lines.push(format!("{row:<width$} {:>3}/{:<3} {:>5}", part.absent(), part.possible, percent(&part)));
        }
    }
    for (label, of) in SUMS {
        let row = placed(&grid.sums(year, of));
        lines.push(format!("{label:<LABEL$}{}", row.get(LABEL..).unwrap_or_default()));
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Labels at their places behind the rows' names.
fn placed(labels: &[(usize, String)]) -> String {
    labels.iter().fold(" ".repeat(LABEL), |line, (x, text)| format!("{line:<0$}{text}", LABEL + x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::PastDay;
    use crate::domain::testing::*;
    use crate::domain::year::Held;
    use chrono::{Datelike, Weekday};

    /// Every Friday ill until half-term, a late on its second Tuesday, one blank.
    fn year() -> PupilYear {
        let roll = roll();
        let days = roll.calendar.school_days(date(2026, 1, 5)..today()).map(|date| {
            let ill = date.weekday() == Weekday::Fri && date.month() < 3;
            let (am, pm) = if ill { ("I", "I") } else { ("/", "\\") };
            let am = if date.day() == 13 && date.month() == 1 { mark("L 12") } else { mark(am) };
            PastDay { date, am: Some(am), pm: (date.day() != 14).then(|| mark(pm)) }
        });
        let held = Held { days: days.collect(), oldest: Some(date(2026, 1, 5)), calls: 1 };
        PupilYear::new(&roll, &pupil(1, "Khan", "Amira", G8KM), date(2025, 8, 1), today(), held)
    }

    #[test]
    fn a_year_is_told_with_its_numbers() {
        let year = year();
        assert_eq!(counts(&year), ["80.3 % (57/71) to Tue 3 Mar", "14 missed: I 14"]);
        let line = "persistently absent until 70 more attended";
        assert_eq!(lates_and_line(&year), ["1 late, 12 min", "1 blank", line]);
        assert_eq!(
            pattern(&year, "×"),
            ["Fri 14 of 14 (100 %), 5.1 × usual", "first days back 0 of 2", "last days 1 of 1"]
        );
        assert_eq!(calls(&year).as_deref(), Some("1 call"));
    }

    #[test]
    fn its_calendar_fits_a_page() {
        let lines = lines(&year());
        assert!(lines.iter().all(|line| line.len() <= 80), "{lines:#?}");
        let calendar = [
            "       Spr 1  Spr 2 Sum 1  Sum 2    missed",
            "       Jan Feb Mar  Apr May Jun Jul",
            "Mon AM //////  /... ... .. .......   0/7     0 %",
            r"    PM \\\\\\  \... ... .. .......   0/7     0 %",
            "Tue AM /L//// //... ...... .......   0/8     0 %",
            r"    PM \\\\\\ \\... ...... .......   0/8     0 %",
            "Wed AM ////// /.... ...... .......   0/7     0 %",
            r"    PM \-\\\\ \.... ...... .......   0/6     0 %",
            "Thu AM ////// /.... ...... .......   0/7     0 %",
            r"    PM \\\\\\ \.... ...... .......   0/7     0 %",
            "Fri AM IIIIII I.... ...... .......   7/7   100 %",
            "    PM IIIIII I.... ...... .......   7/7   100 %",
            "att. % 79.7   83.3",
            "missed 12     2",
            "lates  1      0",
        ];
        assert_eq!(lines, calendar);
    }
}
