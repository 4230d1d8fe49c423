//! Where the weeks of a pupil's year stand in its calendar: a column a week, and the holidays as gaps between them.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use unicode_truncate::UnicodeTruncateStr;

use crate::domain::calendar::half_terms::holiday;
use crate::domain::figures::Figures;
use crate::domain::year::{PupilYear, Slot};

/// Columns of a row's name: "Mon AM ".
pub const LABEL: usize = 7;

/// One column of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The week that begins on this Monday.
    Week(NaiveDate),
    /// A holiday, by its name.
    Holiday(&'static str),
}

/// The calendar's columns, each with its place behind the rows' names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grid {
    /// In order.
    pub columns: Vec<(Column, usize)>,
    /// How wide a week is, and a holiday.
    pub widths: (usize, usize),
}

impl Grid {
    /// The columns of a year, its weeks and its holidays so wide.
    pub fn new(year: &PupilYear, widths: (usize, usize)) -> Grid {
        let mut columns = Vec::new();
        let mut x = 0;
        let mut ended: Option<NaiveDate> = None;
        for (half_term, _) in &year.half_terms {
            if let Some(ended) = ended.replace(half_term.until) {
                columns.push((Column::Holiday(holiday(ended, half_term.from)), x));
                x += widths.1;
            }
            let mut monday = half_term.from.week(Weekday::Mon).checked_first_day();
            while let Some(week) = monday.filter(|monday| *monday <= half_term.until) {
                columns.push((Column::Week(week), x));
                x += widths.0;
                monday = week.checked_add_days(Days::new(7));
            }
        }
        Grid { columns, widths }
    }

    /// Columns of all of them.
    pub fn width(&self) -> usize {
        self.columns.last().map_or(0, |(column, x)| {
            x + match column {
                Column::Week(_) => self.widths.0,
                Column::Holiday(_) => self.widths.1,
            }
        })
    }

    /// The place of the week that `date` lies in.
    pub fn place(&self, date: NaiveDate) -> Option<usize> {
        let week = date.week(Weekday::Mon).checked_first_day()?;
        self.columns.iter().find(|(column, _)| *column == Column::Week(week)).map(|(_, x)| *x)
    }

    /// The months, each where its first week stands that does not run into the label before.
    pub fn months(&self, year: &PupilYear) -> Vec<(usize, String)> {
        let mut labels: Vec<(usize, String)> = Vec::new();
        let (mut month, mut free) = (0, 0);
        for (column, x) in &self.columns {
            let Column::Week(monday) = column else { continue };
            // A week belongs to the month in which its last day of school lies.
            let days = (0..5).rev().filter_map(|days| monday.checked_add_days(Days::new(days)));
            let last = days.into_iter().find(|date| year.half_term(*date).is_some());
            let Some(last) = last.filter(|last| last.month() != month) else { continue };
            // Where there is no room yet, a later week of the month has the label.
            if *x >= free {
                month = last.month();
                labels.push((*x, last.format("%b").to_string()));
                free = x + 4;
            }
        }
        labels
    }

    /// The half-terms' names, each where its first week stands, cut to its width.
    pub fn half_terms(&self, year: &PupilYear) -> Vec<(usize, String)> {
        let spans = self.spans(year).into_iter().zip(&year.half_terms);
        spans.map(|((x, room), (half_term, _))| (x, fitted(&half_term.name, room))).collect()
    }

    /// What each half-term comes to by `of`, where its first week stands; left out where there is nothing, or no room.
    pub fn sums(&self, year: &PupilYear, of: impl Fn(&Figures) -> String) -> Vec<(usize, String)> {
        let spans = self.spans(year).into_iter().zip(&year.half_terms);
        let texts = spans.map(|((x, room), (_, figures))| (x, room, of(figures)));
        texts.filter(|(_, room, text)| !text.is_empty() && text.len() <= *room).map(|(x, _, text)| (x, text)).collect()
    }

    /// Where each half-term begins, and its columns up to a blank before the next.
    fn spans(&self, year: &PupilYear) -> Vec<(usize, usize)> {
        let starts: Vec<usize> = year.half_terms.iter().filter_map(|(one, _)| self.place(one.from)).collect();
        let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([self.width().max(1)]);
        starts.iter().zip(ends).map(|(x, end)| (*x, end.saturating_sub(*x))).collect()
    }
}

/// What a half-term comes to in one respect; nothing where no session was possible.
pub type Sum = fn(&Figures) -> String;

/// What each half-term comes to: attendance in percent, sessions missed, lates.
pub const SUMS: [(&str, Sum); 3] = [
    ("att. %", |sum| sum.attendance_tenths().map_or_else(String::new, |one| format!("{}.{}", one / 10, one % 10))),
    ("missed", |sum| if sum.possible == 0 { String::new() } else { sum.absent().to_string() }),
    ("lates", |sum| if sum.possible == 0 { String::new() } else { sum.lates.to_string() }),
];

/// The date of a weekday in the week that begins on `monday`.
pub fn in_week(monday: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    monday.checked_add_days(Days::new(weekday.num_days_from_monday().into()))
}

/// A session in at most so many columns: its code, with the minutes of a late where there is room; `-` for a blank, `ahead` for what is
/// still to come.
pub fn letters(slot: Slot, columns: usize, ahead: &str) -> String {
    match slot {
        Slot::None => String::new(),
        Slot::Ahead => ahead.to_owned(),
        Slot::Blank => "-".to_owned(),
        Slot::Marked(mark) | Slot::Uncounted(mark) => {
            let code = mark.code.as_str();
            let with_minutes = mark.minutes.map(|minutes| format!("{code}{minutes}"));
            let with_minutes = with_minutes.filter(|text| mark.is_late() && text.len() <= columns);
            with_minutes.unwrap_or_else(|| code.get(..columns).unwrap_or(code).to_owned())
        }
    }
}

/// "Autumn 1" in so many columns: whole, as "Aut 1", as "A1", or cut.
fn fitted(name: &str, room: usize) -> String {
    let (word, number) = name.rsplit_once(' ').unwrap_or((name, ""));
    let start = |letters: usize| word.unicode_truncate(letters).0;
    let forms = [name.to_owned(), format!("{} {number}", start(3)), format!("{}{number}", start(1))];
    let fits = forms.into_iter().find(|form| unicode_width::UnicodeWidthStr::width(form.trim()) <= room);
    fits.map_or_else(|| start(room).to_owned(), |form| form.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;
    use crate::domain::year::Held;

    fn year() -> PupilYear {
        PupilYear::new(&roll(), &pupil(1, "Khan", "Amira", G8KM), date(2025, 8, 1), today(), Held::default())
    }

    #[test]
    fn a_column_a_week_and_a_gap_a_holiday() {
        let grid = Grid::new(&year(), (2, 3));
        let holidays: Vec<_> = grid.columns.iter().filter(|(column, _)| matches!(column, Column::Holiday(_))).collect();
        assert_eq!(
            holidays,
            [
                &(Column::Holiday("half-term"), 12),
                &(Column::Holiday("Easter"), 25),
                &(Column::Holiday("half-term"), 40)
            ]
        );
        assert_eq!((grid.columns.len(), grid.width()), (6 + 5 + 6 + 7 + 3, 57));
        assert_eq!(grid.place(date(2026, 2, 27)), Some(15));
        assert_eq!(grid.place(date(2026, 2, 18)), None);
        assert_eq!(
            grid.half_terms(&year()).iter().map(|(x, name)| (*x, name.as_str())).collect::<Vec<_>>(),
            [(0, "Spring 1"), (15, "Spring 2"), (28, "Summer 1"), (43, "Summer 2")]
        );
    }

    #[test]
    fn names_are_cut_to_their_columns() {
        for (room, name) in [(9, "Autumn 1"), (8, "Autumn 1"), (7, "Aut 1"), (4, "A1"), (1, "A")] {
            assert_eq!(fitted("Autumn 1", room), name, "{room}");
        }
        assert_eq!((fitted("Michaelmas", 12), fitted("Michaelmas", 4)), ("Michaelmas".to_owned(), "Mic".to_owned()));
    }

    #[test]
    fn a_session_is_told_in_its_columns() {
        for (slot, columns, text) in [
            (Slot::Marked(mark("C2")), 1, "C"),
            (Slot::Marked(mark("C2")), 2, "C2"),
            (Slot::Marked(mark("L 9")), 1, "L"),
            (Slot::Marked(mark("L 9")), 3, "L9"),
            (Slot::Marked(mark("U 120")), 3, "U"),
            (Slot::Uncounted(mark("/")), 1, "/"),
            (Slot::Blank, 3, "-"),
            (Slot::Ahead, 3, "."),
            (Slot::None, 3, ""),
        ] {
            assert_eq!(letters(slot, columns, "."), text, "{slot:?} {columns}");
        }
    }
}
