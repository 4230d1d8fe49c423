//! Reports that are made of themselves: which goes to whom, and when, as the settings say.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize, Serializer};
use strum::IntoStaticStr;

use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::half_terms::{HalfTerm, half_terms, holiday};
use crate::domain::name::clean;

/// Weeks looked back through for one with school: longer than any holiday.
const WEEKS: u64 = 20;

/// One row of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportDue {
    /// Which report: "weekly".
    pub report: String,
    /// To whom it goes: "Mr Webb, head of year 9".
    pub to: String,
    /// When.
    pub every: Rhythm,
    /// Of `fortnight`, a day on which it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// From which time of the day on it is due; from the end of the school day where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "to_the_minute")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub at: Option<NaiveTime>,
    /// Only this year group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    /// Only this tutor group, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether names are left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anonymous: bool,
    /// How it is written: what the name of its file ends in.
    pub format: String,
    /// Into which folder, from the root.
    pub folder: String,
}

/// How often a report is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Rhythm {
    /// Every school day.
    Day,
    /// Each week on Monday.
    Mon,
    /// Each week on Tuesday.
    Tue,
    /// Each week on Wednesday.
    Wed,
    /// Each week on Thursday.
    Thu,
    /// Each week on Friday.
    Fri,
    /// Every two weeks, as `since` says.
    Fortnight,
    /// On the last school day of a half-term.
    HalfTerm,
    /// On the last school day of a term.
    Term,
    /// On the last school day of a month.
    Month,
}

fn is_false(said: &bool) -> bool {
    !said
}

fn to_the_minute<S: Serializer>(at: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => to.collect_str(&at.format("%H:%M")),
        None => to.serialize_none(),
    }
}

impl ReportDue {
    /// The last day up to `today` on which it was due; `None` where there was none yet. A day of the week without school is another one of
    /// its week: the next school day, else the one before; in a week without school nothing is due.
    pub fn last_due(&self, calendar: &Calendar, today: NaiveDate) -> Option<NaiveDate> {
        match self.every {
            Rhythm::Day => school_day_up_to(calendar, today),
            Rhythm::Mon => last_weekday(calendar, Weekday::Mon, today),
            Rhythm::Tue => last_weekday(calendar, Weekday::Tue, today),
            Rhythm::Wed => last_weekday(calendar, Weekday::Wed, today),
            Rhythm::Thu => last_weekday(calendar, Weekday::Thu, today),
            Rhythm::Fri => last_weekday(calendar, Weekday::Fri, today),
            Rhythm::Fortnight => {
                let since = self.since?;
                let weeks = weeks_back(today).filter(|day| *day >= since.week(Weekday::Mon).first_day());
                let of_week =
                    |day: NaiveDate| day.week(Weekday::Mon).first_day().checked_add_days(Days::new(from_monday(since)));
                let due = weeks.filter_map(of_week).filter(|day| (*day - since).num_days() % 14 == 0);
                due.filter_map(|day| in_its_week(calendar, day)).find(|day| *day <= today)
            }
            Rhythm::HalfTerm => {
                half_terms_around(calendar, today).into_iter().map(|one| one.until).rfind(|until| *until <= today)
            }
            Rhythm::Term => {
                terms_around(calendar, today).into_iter().map(|(_, until)| until).rfind(|until| *until <= today)
            }
            Rhythm::Month => {
                let first = |date: NaiveDate| date.with_day(1);
                let next = first(today)?.checked_add_months(Months::new(1))?;
                let mut ends = (0..12).filter_map(|back| {
                    let after = next.checked_sub_months(Months::new(back))?;
                    let month = first(after.pred_opt()?)?;
                    calendar.school_days(month..after).last()
                });
                ends.find(|day| *day <= today)
            }
        }
    }

    /// The first day of what it is of, where that is the time since it was last due.
    pub fn begins(&self, calendar: &Calendar, due: NaiveDate) -> NaiveDate {
        match self.every {
            Rhythm::Day => due,
            Rhythm::Mon | Rhythm::Tue | Rhythm::Wed | Rhythm::Thu | Rhythm::Fri => monday(due).unwrap_or(due),
            Rhythm::Fortnight => {
                let monday = monday(due).unwrap_or(due);
                monday.checked_sub_days(Days::new(7)).unwrap_or(monday)
            }
            Rhythm::HalfTerm => calendar.half_term_start(due),
            Rhythm::Term => {
                let term =
                    terms_around(calendar, due).into_iter().find(|(from, until)| (*from..=*until).contains(&due));
                term.map_or(due, |(from, _)| from)
            }
            Rhythm::Month => due.with_day(1).unwrap_or(due),
        }
    }

    /// What its file of that day is called: "2026-11-27-weekly-year-9.xlsx".
    pub fn file_name(&self, due: NaiveDate) -> String {
        let year = self.year.map(|year| format!("year-{year}"));
        let anonymous = self.anonymous.then(|| "without-names".to_owned());
        let parts = [Some(self.report.clone()), year, self.group.clone(), anonymous];
        let plain = |part: String| -> String {
            part.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect()
        };
        let parts: Vec<String> = parts.into_iter().flatten().map(plain).collect();
        format!("{due}-{}.{}", parts.join("-"), self.format)
    }
}

/// The same day of this week and of those before, the latest first.
fn weeks_back(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (0..WEEKS).filter_map(move |weeks| today.checked_sub_days(Days::new(weeks * 7)))
}

fn last_weekday(calendar: &Calendar, weekday: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let of_week = |day: NaiveDate| {
        let monday = day.week(Weekday::Mon).first_day();
        monday.checked_add_days(Days::new(u64::from(weekday.num_days_from_monday())))
    };
    let mut due = weeks_back(today).filter_map(of_week).filter_map(|day| in_its_week(calendar, day));
    due.find(|day| *day <= today)
}

fn from_monday(date: NaiveDate) -> u64 {
    u64::from(date.weekday().num_days_from_monday())
}

/// The day, else the next school day of its week, else the last one before it in that week.
fn in_its_week(calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    let monday = day.week(Weekday::Mon).first_day();
    let days: Vec<NaiveDate> = calendar.school_days(monday..monday.checked_add_days(Days::new(7))?).collect();
    days.iter().copied().find(|one| *one >= day).or_else(|| days.last().copied())
}

fn school_day_up_to(calendar: &Calendar, today: NaiveDate) -> Option<NaiveDate> {
    let itself = calendar.is_school_day(today).then_some(today);
    itself.or_else(|| calendar.school_days_before(today).next())
}

/// The half-terms of the school year of a date, and of the one before.
fn half_terms_around(calendar: &Calendar, date: NaiveDate) -> Vec<HalfTerm> {
    let year = Calendar::year_start(date);
    let first = year.checked_sub_months(Months::new(12)).unwrap_or(year);
    let end = year.checked_add_months(Months::new(12)).unwrap_or(date);
    half_terms(calendar, calendar.school_days(first..end))
}

/// The terms of the same, each from its first school day to its last: a half-term holiday ends none.
fn terms_around(calendar: &Calendar, date: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let mut terms: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for one in half_terms_around(calendar, date) {
        match terms.last_mut().filter(|(_, until)| holiday(*until, one.from) == "half-term") {
            Some((_, until)) => *until = one.until,
            None => terms.push((one.from, one.until)),
        }
    }
    terms
}

/// Everything that cannot be right about the rows, each in a sentence.
pub fn faults(rows: &[ReportDue]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let mut fault = |text: &str| faults.push(format!("reports: row {}: {text}", place + 1));
        if clean(&row.report).is_empty() {
            fault("`report` names no report");
        }
        if clean(&row.to).is_empty() {
            fault("`to` says to whom it goes");
        }
        if (row.every == Rhythm::Fortnight) != row.since.is_some() {
            fault("`since` is a day on which it is due, and stands with `every = \"fortnight\"` alone");
        }
        if !row.folder.starts_with('/') || row.folder.contains('\0') {
            fault("`folder` is a folder of this computer, from the root: \"/srv/firstbell/reports\"");
        }
        let is_same = |other: &&ReportDue| {
            let name = |row: &ReportDue| (row.folder.trim_end_matches('/').to_owned(), row.file_name(NaiveDate::MIN));
            name(other) == name(row)
        };
        if let Some(before) = rows.iter().take(place).position(|other| is_same(&other)) {
            fault(&format!("its file is that of row {}: name another folder", before + 1));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::{calendar, date};

    fn row(lines: &str) -> ReportDue {
        let usual =
            "report = \"weekly\"\nto = \"heads\"\nevery = \"fri\"\nformat = \"txt\"\nfolder = \"/srv/reports\"\n";
        let named: Vec<&str> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
        let kept = usual.lines().filter(|line| !named.contains(&line.split(' ').next().unwrap()));
        toml::from_str(&(kept.collect::<Vec<_>>().join("\n") + "\n" + lines)).unwrap()
    }

    #[test]
    fn a_report_is_due_by_its_rhythm_and_never_on_a_day_without_school() {
        let fortnight = "every = \"fortnight\"\nsince = \"2026-03-06\"";
        for (lines, today, due) in [
            ("", (2026, 3, 4), Some((2026, 2, 27))),
            ("", (2026, 3, 6), Some((2026, 3, 6))),
            ("every = \"mon\"", (2026, 3, 4), Some((2026, 3, 2))),
            // INSET on Monday 23 February: the Tuesday after it.
            ("every = \"mon\"", (2026, 2, 23), Some((2026, 2, 9))),
            ("every = \"mon\"", (2026, 2, 24), Some((2026, 2, 24))),
            // No school in the week from 16 February.
            ("", (2026, 2, 22), Some((2026, 2, 13))),
            (fortnight, (2026, 3, 5), None),
            (fortnight, (2026, 3, 19), Some((2026, 3, 6))),
            (fortnight, (2026, 3, 20), Some((2026, 3, 20))),
            // 3 and 17 April: the first is in the holidays.
            (fortnight, (2026, 4, 16), Some((2026, 3, 20))),
            (fortnight, (2026, 4, 17), Some((2026, 4, 17))),
            ("every = \"half-term\"", (2026, 3, 4), Some((2026, 2, 13))),
            ("every = \"half-term\"", (2026, 5, 22), Some((2026, 5, 22))),
            ("every = \"term\"", (2026, 3, 4), None),
            ("every = \"term\"", (2026, 3, 27), Some((2026, 3, 27))),
            ("every = \"term\"", (2026, 6, 30), Some((2026, 3, 27))),
            ("every = \"term\"", (2026, 8, 20), Some((2026, 7, 17))),
            // Saturday 28 February: the Friday before; the month of today is not over.
            ("every = \"month\"", (2026, 2, 28), Some((2026, 2, 27))),
            ("every = \"month\"", (2026, 3, 26), Some((2026, 2, 27))),
            ("every = \"month\"", (2026, 3, 31), Some((2026, 3, 27))),
            ("every = \"day\"", (2026, 3, 4), Some((2026, 3, 4))),
            ("every = \"day\"", (2026, 3, 8), Some((2026, 3, 6))),
            ("every = \"day\"", (2026, 1, 4), None),
        ] {
            let on = |(year, month, day): (i32, u32, u32)| date(year, month, day);
            assert_eq!(row(lines).last_due(&calendar(), on(today)), due.map(on), "{lines} on {today:?}");
        }
    }

    #[test]
    fn what_it_is_of_begins_where_the_last_one_ended() {
        for (lines, due, first) in [
            ("", date(2026, 3, 6), date(2026, 3, 2)),
            ("every = \"fortnight\"\nsince = \"2026-03-06\"", date(2026, 3, 20), date(2026, 3, 9)),
            ("every = \"half-term\"", date(2026, 3, 27), date(2026, 2, 24)),
            ("every = \"term\"", date(2026, 3, 27), date(2026, 1, 5)),
            ("every = \"month\"", date(2026, 3, 27), date(2026, 3, 1)),
            ("every = \"day\"", date(2026, 3, 27), date(2026, 3, 27)),
        ] {
            assert_eq!(row(lines).begins(&calendar(), due), first, "{lines}");
        }
    }

    #[test]
    fn its_file_says_which_it_is_and_leads_nowhere_else() {
        let due = date(2026, 3, 6);
        for (lines, name) in [
            ("", "2026-03-06-weekly.txt"),
            ("year = 9\nanonymous = true", "2026-03-06-weekly-year-9-without-names.txt"),
            ("group = \"../9 BW\"", "2026-03-06-weekly----9-BW.txt"),
        ] {
            assert_eq!(row(lines).file_name(due), name);
        }
    }

    #[test]
    fn every_fault_is_a_sentence() {
        assert_eq!(faults(&[row(""), row("year = 9"), row("at = \"16:00\"\nfolder = \"/srv/other\"")]), [""; 0]);
        for (lines, text) in [
            ("report = \" \"", "`report` names no report"),
            ("to = \"\"", "`to` says to whom it goes"),
            (
                "every = \"fortnight\"",
                "`since` is a day on which it is due, and stands with `every = \"fortnight\"` alone",
            ),
            (
                "since = \"2026-03-06\"",
                "`since` is a day on which it is due, and stands with `every = \"fortnight\"` alone",
            ),
            (
                "folder = \"reports\"",
                "`folder` is a folder of this computer, from the root: \"/srv/firstbell/reports\"",
            ),
        ] {
            assert_eq!(faults(&[row(lines)]), [format!("reports: row 1: {text}")]);
        }
        let twice = "reports: row 2: its file is that of row 1: name another folder";
        assert_eq!(faults(&[row(""), row("folder = \"/srv/reports/\"\nto = \"SLT\"")]), [twice]);
    }

    #[test]
    fn a_row_survives_being_written() {
        let one = row(
            "every = \"fortnight\"\nsince = \"2026-03-06\"\nat = \"09:30\"\nyear = 9\ngroup = \"9BW\"\nanonymous = true",
        );
        let written = toml::to_string(&one).unwrap();
        assert!(written.contains("at = \"09:30\"") && written.contains("since = \"2026-03-06\""), "{written}");
        assert_eq!(toml::from_str::<ReportDue>(&written).unwrap(), one);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        /// It is due on a school day up to today, nothing is due between that day and today, and a day later it is the same or a later one.
        #[test]
        fn the_last_is_the_last(day in 0_u64..260, every in prop::sample::select(vec![
            Rhythm::Day, Rhythm::Mon, Rhythm::Wed, Rhythm::Fri, Rhythm::Fortnight, Rhythm::HalfTerm, Rhythm::Term, Rhythm::Month,
        ])) {
            let since = (every == Rhythm::Fortnight).then(|| date(2026, 1, 9));
            let one = ReportDue { every, since, ..row("") };
            let today = date(2025, 12, 20) + Days::new(day);
            let due = one.last_due(&calendar(), today);
            if let Some(due) = due {
                prop_assert!(due <= today && calendar().is_school_day(due));
                prop_assert_eq!(one.last_due(&calendar(), due), Some(due), "on the day itself it is due");
                prop_assert!(one.begins(&calendar(), due) <= due);
            }
            prop_assert!(one.last_due(&calendar(), today + Days::new(1)) >= due);
        }
    }
}
