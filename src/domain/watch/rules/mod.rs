//! The lists that rules make: who is on each, and why.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::standing::{Before, Standing};
use crate::domain::absence::unexplained::unexplained;
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::calendar::weekdays_before;
use crate::domain::code::{Code, CodeTable, OnSite, Statistic};
use crate::domain::day::{Day, PastDay};
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::Figures;
use crate::domain::name::fold;
use crate::domain::people::pupil::{Pupil, PupilId, Tier};
use crate::domain::school::ladder::Due;
use crate::domain::school::watch_rule::Kind;

/// The list of one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleList {
    /// As the rule is called.
    pub name: String,
    /// Its pupils; `None` until the earlier days that it needs are read.
    pub rows: Option<Vec<Listed>>,
}

/// A pupil on a list, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Who.
    pub pupil: PupilId,
    /// "87.5 % (140/160)", "N 23 Nov, 16 Nov, 9 Nov", "back after I, not in yet".
    pub why: String,
}

/// The list of every rule of the school, in the order of its settings, as `day` stands at `now`. None on a day without school.
pub fn rule_lists(day: &Day, standing: Option<&Standing>, now: NaiveTime) -> Vec<RuleList> {
    let Some(times) = &day.times else { return Vec::new() };
    let current = times.current(now);
    let standing = standing.filter(|standing| standing.date == day.date);
    let rules = day.roll.school.watch_rules.iter();
    let lists = rules.filter_map(|rule| {
        let kind = rule.kind().ok()?;
        let rows = match kind {
            Kind::Below(percent) => standing.map(|standing| low(day, standing, now, |year| year.is_at_most(percent))),
            Kind::Under(percent) => standing.map(|standing| low(day, standing, now, |year| year.is_under(percent))),
            Kind::Code { code, weekday, last } => {
                standing.map(|standing| on_weekdays(day, standing, now, (code, weekday, last)))
            }
            Kind::Returning => standing.map(|standing| returning(day, standing, current)),
            Kind::Lesson(word) => Some(in_lesson(day, word)),
            Kind::Due { tier, within } => Some(due_soon(day, current, now, tier, within)),
        };
        Some(RuleList { name: rule.name.clone(), rows })
    });
    lists.collect()
}

/// With fewer possible sessions there is no figure yet.
const FEWEST: u32 = 10;

/// What a pupil's sessions of today have come to as far as they have begun: a session coded beforehand waits for its time.
fn begun(day: &Day, pupil: PupilId, now: NaiveTime) -> impl Iterator<Item = Option<Mark>> + '_ {
    let has_begun = move |session: &Session| day.session_times(*session).is_some_and(|times| times.opens <= now);
    Session::BOTH.into_iter().filter(has_begun).map(move |session| day.mark(pupil, session).settled)
}

/// Pupils with a low figure for the year, the lowest first.
fn low(day: &Day, standing: &Standing, now: NaiveTime, is_low: impl Fn(&Figures) -> bool) -> Vec<Listed> {
    let codes = &day.roll.codes;
    let mut found: Vec<(&Pupil, Figures)> = day
        .on_roll()
        .map(|pupil| {
            let mut figures = standing.pupils.get(&pupil.id).map(|before| before.year).unwrap_or_default();
            begun(day, pupil.id, now).for_each(|mark| figures.count(mark, codes));
            (pupil, figures)
        })
        .filter(|(_, figures)| figures.possible >= FEWEST && is_low(figures))
        .collect();
    // Stable: those who attended alike stay by name.
    found.sort_by(|(_, one), (_, other)| lower(one, other));
    found.into_iter().map(|(pupil, figures)| Listed { pupil: pupil.id, why: figures.to_string() }).collect()
}

fn lower(one: &Figures, other: &Figures) -> Ordering {
    let across = |one: &Figures, other: &Figures| u64::from(one.attended) * u64::from(other.possible);
    across(one, other).cmp(&across(other, one))
}

/// Today is one of the days once the pupil has a mark: nobody leaves the list in the morning for a register not yet taken.
fn on_weekdays(
    day: &Day,
    standing: &Standing,
    now: NaiveTime,
    (code, weekday, last): (Code, Weekday, usize),
) -> Vec<Listed> {
    let before: Vec<NaiveDate> = weekdays_before(&day.roll.calendar, day.date, weekday).take(last).collect();
    let rows = day.on_roll().filter_map(|pupil| {
        let past = standing.pupils.get(&pupil.id)?;
        let had = |date: &NaiveDate| past.on(*date).is_some_and(|day| day.marks().any(|mark| mark.code == code));
        let today: Vec<Mark> = begun(day, pupil.id, now).flatten().collect();
        let today_is_one = day.date.weekday() == weekday && !today.is_empty();
        let dates: Vec<NaiveDate> =
            today_is_one.then_some(day.date).into_iter().chain(before.iter().copied()).take(last).collect();
        let today = today.iter().any(|mark| mark.code == code);
        let is_so = |date: &NaiveDate| if *date == day.date { today } else { had(date) };
        if dates.len() < last || !dates.iter().all(is_so) {
            return None;
        }
        let dates: Vec<String> = dates.iter().map(|date| date.format("%-d %b").to_string()).collect();
        Some(Listed { pupil: pupil.id, why: format!("{code} {}", dates.join(", ")) })
    });
    rows.collect()
}

/// Pupils away for the whole last school day, unless today's mark explains it.
fn returning(day: &Day, standing: &Standing, current: Session) -> Vec<Listed> {
    let Some(last) = day.roll.calendar.school_days_before(day.date).next() else { return Vec::new() };
    let codes = &day.roll.codes;
    let rows = day.on_roll().filter_map(|pupil| {
        let before = standing.pupils.get(&pupil.id).and_then(|past: &Before| past.on(last))?;
        let after = away_all_day(before, codes)?;
        let today = day.mark(pupil.id, current).settled;
        let why = match today {
            _ if day.is_in(pupil.id, current) => format!("back after {after}, in"),
            None => format!("back after {after}, not in yet"),
            Some(mark) if mark.code == Code::N => format!("back after {after}, not in: N"),
            Some(_) => return None,
        };
        Some(Listed { pupil: pupil.id, why })
    });
    rows.collect()
}

/// The code of a day on which every mark there is is an absence out of school: the later one, for it is the newer word.
fn away_all_day(day: &PastDay, codes: &CodeTable) -> Option<Code> {
    let away = |code: Code| {
        matches!(codes.statistic(code), Some(Statistic::Authorised | Statistic::Unauthorised))
            && codes.on_site(code) != OnSite::Yes
    };
    let marks: Vec<Code> = day.marks().map(|mark| mark.code).collect();
    marks.last().copied().filter(|_| marks.iter().all(|code| away(*code)))
}

/// Pupils due in a lesson whose class or period has a word that begins so; each once, with every such lesson.
fn in_lesson(day: &Day, word: &str) -> Vec<Listed> {
    let word = format!(" {}", apart(word));
    let lessons: Vec<_> =
        day.lessons.iter().filter(|one| [&one.class, &one.period].into_iter().any(|text| has(text, &word))).collect();
    if lessons.is_empty() {
        return Vec::new();
    }
    let rows = day.on_roll().filter_map(|pupil| {
        let due = day.lesson_marks_of(pupil.id);
        let is_due = |id| due.iter().any(|one| one.lesson == id);
        let mut due_lessons: Vec<_> = lessons.iter().filter(|lesson| is_due(lesson.id)).collect();
        due_lessons.sort_by_key(|lesson| day.period_of(lesson).map_or(NaiveTime::MIN, |period| period.starts));
        let reasons: Vec<String> = due_lessons
            .iter()
            .map(|lesson| match day.period_of(lesson) {
                Some(period) => format!("{} {}", period.starts.format("%H:%M"), lesson.class),
                None => lesson.name(),
            })
            .collect();
        (!reasons.is_empty()).then(|| Listed { pupil: pupil.id, why: reasons.join(", ") })
    });
    rows.collect()
}

/// Whether `text` has a word that begins with the folded `word`, which a blank precedes.
fn has(text: &str, word: &str) -> bool {
    format!(" {}", apart(text)).contains(word)
}

/// Folded, with everything that is no letter or digit as good as a blank: "10A/Exam-1" has the word "exam".
fn apart(text: &str) -> String {
    fold(&text.replace(|letter: char| !letter.is_alphanumeric(), " "))
}

/// In the order in which they are followed up.
fn due_soon(day: &Day, current: Session, now: NaiveTime, tier: Tier, within: i64) -> Vec<Listed> {
    let rows = unexplained(day, current, now).into_iter().filter(|row| row.tier == tier);
    let due = rows.filter_map(|row| {
        let due = row.due().filter(|due| due.minutes_left <= within)?;
        Some(Listed { pupil: row.pupil, why: describe(due) })
    });
    due.collect()
}

fn describe(due: &Due) -> String {
    match due.minutes_left {
        ..0 => format!("{} overdue since {}", due.step, due.at.format("%H:%M")),
        0 => format!("{} now", due.step),
        left => format!("{} in {}", due.step, duration(left, " min")),
    }
}

#[cfg(test)]
mod tests;
