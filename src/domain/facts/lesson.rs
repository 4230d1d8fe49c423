//! Lessons: who is due in which room in each period, and the marks that lessons' registers bring.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::evidence::Mark;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::hour_minute;
use crate::domain::people::pupil::PupilId;

/// Our own number for a lesson of one date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LessonId(pub i64);

/// One period of the school's day, as its settings name it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// "1".
    pub name: String,
    /// School-local time it starts.
    #[serde(with = "hour_minute")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub starts: NaiveTime,
    /// School-local time it ends.
    #[serde(with = "hour_minute")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub ends: NaiveTime,
}

/// One class in one period of the date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    /// Our own number.
    pub id: LessonId,
    /// The period, as the settings name it.
    pub period: String,
    /// "8KM Maths".
    pub class: String,
    /// Who teaches it today.
    pub teacher: Option<String>,
    /// Where.
    pub room: Option<String>,
    /// Times its register has been chased.
    pub chases: usize,
}

impl Lesson {
    /// "P2 8KM Maths": a period that is only a number says that it is one.
    pub fn name(&self) -> String {
        format!("{} {}", period_word(&self.period), self.class)
    }
}

/// "P2" for a period called 2; a name that is a word stays as it is.
pub fn period_word(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_digit()) { format!("P{name}") } else { name.to_owned() }
}

/// One pupil due in one lesson, and the mark that stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LessonMark {
    /// The lesson.
    pub lesson: LessonId,
    /// Who is due.
    pub pupil: PupilId,
    /// The mark; `None` until the lesson's register brings one.
    pub mark: Option<Mark>,
    /// The act that brought it.
    pub act: ActId,
}

/// The period going on at `time`, or `None` between periods.
pub fn period_at(periods: &[Period], time: NaiveTime) -> Option<&Period> {
    periods.iter().find(|period| period.starts <= time && time < period.ends)
}

/// Everything that cannot be right about the periods, each in a sentence.
pub fn faults(periods: &[Period]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, period) in periods.iter().enumerate() {
        let name = crate::domain::name::clean(&period.name);
        if name.is_empty() {
            faults.push("periods: a period needs a name".to_owned());
        }
        if period.starts >= period.ends {
            faults.push(format!("periods: period {name} ends before it starts"));
        }
        let mut earlier = periods.iter().take(place);
        if earlier.clone().any(|other| other.name == period.name) {
            faults.push(format!("periods: there are two periods {name}"));
        }
        if earlier.next_back().is_some_and(|before| period.starts < before.ends) {
            faults.push(format!("periods: period {name} starts before the one above it ends"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::School;
    use crate::domain::testing::time;

    #[test]
    fn a_period_is_going_on_from_its_start_until_its_end() {
        let periods = School::usual().unwrap().periods;
        let at = |text| period_at(&periods, time(text)).map(|period| period.name.as_str());
        assert_eq!((at("08:59"), at("09:00"), at("09:49"), at("09:50")), (None, Some("1"), Some("1"), Some("2")));
        assert_eq!((at("12:45"), at("23:00")), (None, None));
    }

    #[test]
    fn a_period_called_by_a_word_keeps_it() {
        assert_eq!([period_word("2"), period_word("Lunch")], ["P2", "Lunch"]);
    }

    #[test]
    fn every_fault_is_told() {
        let period =
            |name: &str, starts, ends| Period { name: name.to_owned(), starts: time(starts), ends: time(ends) };
        let periods = [period("1", "09:00", "10:00"), period("1", "09:50", "09:40"), period(" ", "11:00", "12:00")];
        assert_eq!(
            faults(&periods),
            [
                "periods: period 1 ends before it starts",
                "periods: there are two periods 1",
                "periods: period 1 starts before the one above it ends",
                "periods: a period needs a name",
            ]
        );
        assert_eq!(faults(&School::usual().unwrap().periods), [""; 0]);
    }
}
