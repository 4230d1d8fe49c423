//! Session times by weekday, and from which date on they hold. A change holds from its first day: what was marked before stays judged by
//! the times of its own day.

#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::session::DayTimes;

/// Session times by weekday: the usual day, and days that differ (an early Friday).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// First day; `None` where nothing held before.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "iso")]
    pub from: Option<NaiveDate>,
    /// Monday to Friday, unless the day has times of its own.
    pub usual: DayTimes,
    /// Monday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mon: Option<DayTimes>,
    /// Tuesday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tue: Option<DayTimes>,
    /// Wednesday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wed: Option<DayTimes>,
    /// Thursday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thu: Option<DayTimes>,
    /// Friday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fri: Option<DayTimes>,
}

/// A date as the record writes it, in quotes.
fn iso<'a, D: serde::Deserializer<'a>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = String::deserialize(from)?;
    let fault = || serde::de::Error::custom(format!("“{text}” is not a date such as 2027-01-04"));
    super::dates::parse_iso(&text).map(Some).ok_or_else(fault)
}

impl Timetable {
    /// The times of a day of the week. Whether the school meets at all is the calendar's to say.
    pub fn on(&self, day: Weekday) -> &DayTimes {
        let own = match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat | Weekday::Sun => &None,
        };
        own.as_ref().unwrap_or(&self.usual)
    }

    /// Each set of times, by its name in the settings.
    pub fn days(&self) -> Vec<(&'static str, &DayTimes)> {
        let own = [("mon", &self.mon), ("tue", &self.tue), ("wed", &self.wed), ("thu", &self.thu), ("fri", &self.fri)];
        let own = own.into_iter().filter_map(|(day, times)| times.as_ref().map(|times| (day, times)));
        std::iter::once(("usual", &self.usual)).chain(own).collect()
    }

    /// Why its first day cannot be, saved on `today` in the place of `held`; `None` if it can. The first day of what holds already may
    /// be left standing.
    pub fn from_fault(&self, held: &Timetable, today: NaiveDate) -> Option<String> {
        let from = self.from.filter(|from| *from < today && self.from != held.from)?;
        Some(format!(
            "times.from: {from} has gone by, and its marks stand as they were judged: give a day to come, or leave it out for today"
        ))
    }

    fn is_same(&self, other: &Timetable) -> bool {
        self.days() == other.days()
    }
}

/// A timetable that held, or holds, until another comes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Former {
    /// Last day.
    pub until: NaiveDate,
    /// The times.
    pub times: Timetable,
}

/// The timetable of `date`: of the `former`, in date order, the one that held then, else the `newest`. The oldest holds for everything
/// before it.
pub fn of<'a>(former: &'a [Former], newest: &'a Timetable, date: NaiveDate) -> &'a Timetable {
    former.iter().find(|one| date <= one.until).map_or(newest, |one| &one.times)
}

/// What `former` and `newest` become when `next` is saved on `today`. It holds from its own first day if that is to come, else from today;
/// no date before that has other times than it had. What was to come and had not is forgotten.
pub fn change(former: &[Former], newest: &Timetable, next: Timetable, today: NaiveDate) -> (Vec<Former>, Timetable) {
    let mut kept: Vec<Former> = former.iter().filter(|one| one.until < today).cloned().collect();
    let mut holds = of(former, newest, today).clone();
    let first = next.from.filter(|from| *from > today).unwrap_or(today);
    // Changed a second time on one day, the first change has held for no date.
    if first_day(&kept) == Some(first) && !next.is_same(&holds) {
        holds = kept.pop().map_or(holds, |before| before.times);
    }
    if next.is_same(&holds) {
        let from = first_day(&kept);
        return (kept, Timetable { from, ..holds });
    }
    if let Some(until) = first.checked_sub_days(Days::new(1)) {
        kept.push(Former { until, times: holds });
    }
    (kept, Timetable { from: Some(first), ..next })
}

/// The first day of what follows the `former`.
fn first_day(former: &[Former]) -> Option<NaiveDate> {
    former.last()?.until.succ_opt()
}
