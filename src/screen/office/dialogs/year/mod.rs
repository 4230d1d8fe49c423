//! A pupil's school year: a calendar of every session, the pattern in what was missed, and the chosen day's marks with why they stand.

mod calendar;
mod day;
mod view;

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::people::pupil::{PupilId, Tier};
use crate::domain::year::day_marks::DayMarks;
use crate::domain::year::{PupilYear, last_year, next_year, previous_year, year_name};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{self, Reading};
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean in a pupil's year.
    pub Action in "year" {
        NextDay "next-day" "a school day later";
        PreviousDay "previous-day" "a school day earlier";
        NextWeek "next-week" "a week later";
        PreviousWeek "previous-week" "a week earlier";
        First "first" "to the first day of the year";
        Last "last" "to the last day of the year";
        EarlierYear "earlier-year" "the school year before" | "history previous last year";
        LaterYear "later-year" "the school year after";
        Open "open" "the marks of the day in full" | "why evidence amended";
        Close "close" "close";
    }
}

/// A pupil's year. The house's keys act on the pupil while it is open.
pub struct YearCard {
    keys: Keymap<Action>,
    reading_keys: Keymap<reading::Action>,
    typing: SharedTyping,
    pupil: PupilId,
    /// The first day of the school year that is asked for.
    starts: NaiveDate,
    /// The year that came last: that before, until the one asked for is there.
    year: Option<PupilYear>,
    /// The chosen day; none until its year is there.
    chosen: Option<NaiveDate>,
    marks: Option<DayMarks>,
    /// The chosen day's marks in full, while they are read.
    reading: Option<Reading>,
    /// The year is to be read, and the day whose marks were asked for last.
    lacks: (bool, Option<NaiveDate>),
    /// That it is opened here need not be recorded, or has been: until then it is not shown.
    is_recorded: bool,
    /// Lines of the day's marks that had no room below the calendar.
    unseen: Cell<usize>,
}

impl YearCard {
    /// Of one pupil: this school year, or the one in which they left.
    pub fn new(
        keys: Keymap<Action>,
        reading_keys: Keymap<reading::Action>,
        typing: SharedTyping,
        pupil: PupilId,
        context: &ViewContext,
    ) -> YearCard {
        let known = context.pupil(pupil);
        YearCard {
            keys,
            reading_keys,
            typing,
            pupil,
            starts: known.map_or(context.day.date, |known| last_year(known, context.now.date())),
            year: None,
            chosen: None,
            marks: None,
            reading: None,
            lacks: (true, None),
            is_recorded: known.is_none_or(|known| known.tier() != Tier::Vulnerable),
            unseen: Cell::new(0),
        }
    }

    fn handle_action(&mut self, action: Action) -> Outcome {
        match action {
            Action::Close => return Outcome::Close,
            Action::EarlierYear => return self.go_to_year(previous_year(self.starts)),
            Action::LaterYear => return self.go_to_year(next_year(self.starts)),
            Action::Open => return self.open(),
            Action::NextDay
            | Action::PreviousDay
            | Action::NextWeek
            | Action::PreviousWeek
            | Action::First
            | Action::Last => self.go(action),
        }
        Outcome::Nothing
    }

    /// To another day of the year; where there is none that way, nowhere.
    fn go(&mut self, action: Action) {
        let (Some(year), Some(chosen)) = (&self.year, self.chosen) else { return };
        let week = Days::new(7);
        let mut dates = year.theirs().map(|day| day.date);
        let to = match action {
            Action::NextDay => dates.find(|date| *date > chosen),
            Action::PreviousDay => dates.rfind(|date| *date < chosen),
            Action::NextWeek => dates.find(|date| chosen.checked_add_days(week).is_some_and(|next| *date >= next)),
            Action::PreviousWeek => dates.rfind(|date| chosen.checked_sub_days(week).is_some_and(|last| *date <= last)),
            Action::First => dates.next(),
            Action::Last => dates.next_back(),
            Action::EarlierYear | Action::LaterYear | Action::Open | Action::Close => None,
        };
        self.chosen = to.or(self.chosen);
    }

    fn go_to_year(&mut self, starts: NaiveDate) -> Outcome {
        let Some(year) = &self.year else { return Outcome::Nothing };
        let (oldest, newest) = year.years;
        if starts < oldest {
            return Outcome::Notice(format!("The record begins with {}.", year_name(oldest)));
        }
        if starts > newest {
            return Outcome::Notice(format!("{} is the last year there is.", year_name(newest)));
        }
        (self.starts, self.chosen, self.lacks.0) = (starts, None, true);
        Outcome::Nothing
    }

    fn open(&mut self) -> Outcome {
        if self.chosen.is_none() || !self.is_recorded {
            return Outcome::Nothing;
        }
        if self.unseen.get() == 0 {
            return Outcome::Notice("All that is held of the day is shown below the calendar.".to_owned());
        }
        self.reading = Some(Reading::new(self.reading_keys.clone(), self.typing.clone()));
        Outcome::Nothing
    }

    fn handle_reading(&mut self, key: Key) -> Option<Outcome> {
        let action = self.reading.as_mut()?.handle_key(key);
        if action == Some(reading::Action::Close) {
            self.reading = None;
        }
        Some(action.map_or(Outcome::Ignored, |_| Outcome::Nothing))
    }

    /// The year that is asked for, once it is there.
    fn shown(&self) -> Option<&PupilYear> {
        self.year.as_ref().filter(|_| self.is_recorded)
    }

    /// The marks of the chosen day, once they are there.
    fn marks_of(&self, date: NaiveDate) -> Option<&DayMarks> {
        self.marks.as_ref().filter(|marks| marks.date == date)
    }

    fn is_typing(&self) -> bool {
        self.reading.as_ref().is_some_and(Reading::is_typing)
    }
}

impl Dialog for YearCard {
    /// "Khan, Amira 8KM  Year 8  2026/27   < 2025/26".
    fn title(&self, context: &ViewContext) -> String {
        let starts = self.year.as_ref().map_or(self.starts, |year| year.starts);
        let group = context.pupil(self.pupil).and_then(|pupil| context.roll().year_of(pupil));
        // The year group is today's.
        let group = group.filter(|_| self.year.as_ref().is_some_and(|year| starts == year.years.1));
        let group = group.map(|group| format!("  Year {group}")).unwrap_or_default();
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let (mut before, mut after) = (String::new(), String::new());
        if let Some(year) = &self.year {
            if previous_year(starts) >= year.years.0 {
                before = format!("   {} {}", key(Action::EarlierYear), year_name(previous_year(starts)));
            }
            if next_year(starts) <= year.years.1 {
                after = format!("   {} {}", year_name(next_year(starts)), key(Action::LaterYear));
            }
        }
        format!("{}{group}  {}{before}{after}", context.roll().name_and_group(self.pupil), year_name(starts))
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (196, 40)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        if let Some(outcome) = self.handle_reading(key) {
            return outcome;
        }
        self.keys.get(key).map_or(Outcome::Ignored, |action| self.handle_action(action))
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if let Some(reading) = &mut self.reading {
            reading.paste(text);
        }
    }

    fn refresh(&mut self, _: &ViewContext) {
        self.lacks = (true, None);
    }

    fn lacks_year(&mut self) -> Option<(PupilId, NaiveDate)> {
        std::mem::take(&mut self.lacks.0).then_some((self.pupil, self.starts))
    }

    fn set_year(&mut self, year: PupilYear, context: &ViewContext) {
        if (year.pupil, year.starts) != (self.pupil, self.starts) {
            return;
        }
        let (today, is_there) = (context.now.date(), |date: &NaiveDate| year.day(*date).is_some());
        let recent = || year.theirs().map(|day| day.date).rfind(|date| *date <= today);
        self.chosen = self.chosen.filter(is_there).or_else(recent).or_else(|| year.theirs().next().map(|day| day.date));
        self.year = Some(year);
    }

    fn lacks_day_marks(&mut self) -> Option<(PupilId, NaiveDate)> {
        let chosen = self.chosen.filter(|chosen| self.lacks.1 != Some(*chosen))?;
        self.lacks.1 = Some(chosen);
        Some((self.pupil, chosen))
    }

    fn set_day_marks(&mut self, marks: DayMarks) {
        if marks.pupil == self.pupil {
            self.marks = Some(marks);
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.is_recorded |= disclosure.shown == Shown::Card && disclosure.pupil == Some(self.pupil);
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_typing()
    }

    fn sheet(&self) -> Option<Sheet> {
        (self.shown().is_some() && !self.is_typing()).then(|| Sheet::of(Some(self.pupil), "school year"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        if let (Some(reading), Some(chosen)) = (&self.reading, self.chosen) {
            let lines = day::lines(self.shown()?, chosen, self.marks_of(chosen), area.width, canvas);
            return reading.draw(&lines, area, canvas);
        }
        self.draw_year(area, canvas);
        None
    }

    fn hints(&self) -> Vec<Hint> {
        if let Some(reading) = &self.reading {
            return reading.hints();
        }
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let both = |one, other, does: &str| (format!("{} {}", key(one), key(other)), does.to_owned());
        vec![
            self.keys.hint(Action::Close, "close"),
            both(Action::PreviousWeek, Action::NextWeek, "week"),
            both(Action::PreviousDay, Action::NextDay, "day"),
            both(Action::EarlierYear, Action::LaterYear, "year"),
            self.keys.hint(Action::Open, "the day in full"),
        ]
    }
}
