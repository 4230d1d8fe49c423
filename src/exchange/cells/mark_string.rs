//! The marks of a stretch of days in one text, `/\/\L\`. It says neither which days it counts nor how long a code is: both are found
//! by its length and by the marks themselves, and where they leave any doubt nothing of it is taken.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{Session, SessionDate};

/// No text covers more: a school year, and some.
const DAYS_MAX: i64 = 800;

/// What stands in the place of one session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Slot {
    /// No mark: a blank, or `-`.
    Blank,
    /// `#`: there was no school.
    Closed,
    /// A mark as written. It may be no code.
    Mark(String),
}

/// Why a text of marks is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StringFault {
    /// No such stretch of days.
    #[error("the marks would go from {} to {}, which is no stretch of days", day(*.first), day(*.last))]
    Span {
        /// The day of the first mark.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// As many marks as no way of counting days has.
    #[error(
        "{letters} letters are not the marks of {} to {}: weekdays would have {weekdays}, all days {all}, the school days here {school}",
        day(*.first), day(*.last)
    )]
    Length {
        /// Letters in the text.
        letters: usize,
        /// The day of the first mark.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// Sessions of the weekdays between them.
        weekdays: usize,
        /// Sessions of all days between them.
        all: usize,
        /// Sessions of the school days between them.
        school: usize,
    },
    /// As long as it should be, but then a mark stands where it cannot.
    #[error(
        "the marks are as many as {} to {} have, but then a / would stand in an afternoon, a \\ in a morning, or a mark on a day \
         without school",
        day(*.first), day(*.last)
    )]
    Misplaced {
        /// The day of the first mark.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Several readings, which differ.
    #[error("the marks from {} to {} can be read in {ways} ways, and nothing tells which is right", day(*.first), day(*.last))]
    Several {
        /// How many.
        ways: usize,
        /// The day of the first mark.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// Which days a text has two marks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Days {
    Weekdays,
    All,
    /// Weekdays in term, closed ones too.
    OfTerms,
    School,
}

const DAYS: [Days; 4] = [Days::Weekdays, Days::All, Days::OfTerms, Days::School];

impl Days {
    fn has(self, date: NaiveDate, calendar: &Calendar) -> bool {
        match self {
            Days::Weekdays => !is_weekend(date),
            Days::All => true,
            Days::OfTerms => !is_weekend(date) && calendar.term(date).is_some(),
            Days::School => calendar.is_school_day(date),
        }
    }

    /// Whether a mark may stand on `date`: another school's closed days are its own, unless its text counts the days of our terms.
    fn may_have_mark(self, date: NaiveDate, calendar: &Calendar) -> bool {
        match self {
            Days::Weekdays | Days::All => !is_weekend(date),
            Days::OfTerms | Days::School => calendar.is_school_day(date) || calendar.closed_unexpectedly(date),
        }
    }

    fn sessions(self, (first, last): (NaiveDate, NaiveDate), calendar: &Calendar) -> Vec<SessionDate> {
        let days = first.iter_days().take_while(|date| *date <= last).filter(|date| self.has(*date, calendar));
        days.flat_map(|date| Session::BOTH.map(|session| SessionDate::new(date, session))).collect()
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The sessions from `first` to `last` that `text` has marks for, in order, each with what stands there. Blanks at its ends are marks
/// as well. It is taken where one reading alone fits, and never in part.
pub fn slots(
    text: &str,
    first: NaiveDate,
    last: NaiveDate,
    calendar: &Calendar,
) -> Result<Vec<(SessionDate, Slot)>, StringFault> {
    if last < first || last - first > TimeDelta::days(DAYS_MAX) {
        return Err(StringFault::Span { first, last });
    }
    let counted = DAYS.map(|days| (days, days.sessions((first, last), calendar)));
    let (mut readings, mut is_as_long) = (Vec::new(), false);
    for marks in [letters(text), short_codes(text), parted(text)] {
        for (days, sessions) in
            counted.iter().filter(|(_, sessions)| !marks.is_empty() && sessions.len() == marks.len())
        {
            is_as_long = true;
            let reading: Vec<_> = sessions.iter().copied().zip(marks.iter().map(|mark| slot(mark))).collect();
            if reading.iter().all(|(at, slot)| may_stand(*at, slot, *days, calendar)) && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    match (readings.pop(), readings.len()) {
        (Some(reading), 0) => Ok(reading),
        (Some(_), others) => Err(StringFault::Several { ways: others + 1, first, last }),
        (None, _) if is_as_long => Err(StringFault::Misplaced { first, last }),
        (None, _) => {
            let [(_, weekdays), (_, all), _, (_, school)] = &counted;
            let (weekdays, all, school) = (weekdays.len(), all.len(), school.len());
            Err(StringFault::Length { letters: text.chars().count(), first, last, weekdays, all, school })
        }
    }
}

fn slot(mark: &str) -> Slot {
    match mark {
        "" | " " | "-" | "--" => Slot::Blank,
        "#" | "##" => Slot::Closed,
        mark => Slot::Mark(mark.to_owned()),
    }
}

fn may_stand(at: SessionDate, slot: &Slot, days: Days, calendar: &Calendar) -> bool {
    let Slot::Mark(mark) = slot else { return true };
    let is_its_session = match mark.as_str() {
        "/" => at.session == Session::Am,
        "\\" => at.session == Session::Pm,
        _ => true,
    };
    is_its_session && days.may_have_mark(at.date, calendar)
}

/// Each letter is a mark.
fn letters(text: &str) -> Vec<&str> {
    text.char_indices().filter_map(|(at, letter)| text.get(at..at + letter.len_utf8())).collect()
}

/// A letter with a digit behind it is one mark, as every code of two letters is made; what else there is, is one each.
fn short_codes(text: &str) -> Vec<&str> {
    let mut letters = text.char_indices().peekable();
    let mut marks = Vec::new();
    while let Some((at, letter)) = letters.next() {
        let digit = letters.next_if(|(_, next)| letter.is_ascii_alphabetic() && next.is_ascii_digit());
        let length = letter.len_utf8() + usize::from(digit.is_some());
        marks.extend(text.get(at..at + length));
    }
    marks
}

/// The marks have one blank between them, and each is a code by itself.
fn parted(text: &str) -> Vec<&str> {
    let marks: Vec<&str> = text.split(' ').collect();
    if marks.iter().all(|mark| short_codes(mark).len() == 1) { marks } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::{calendar, date};

    /// From a day of March 2026, in term, on: 2 March is a Monday.
    fn read(text: &str, first: u32, last: u32) -> Result<String, StringFault> {
        between(text, date(2026, 3, first), date(2026, 3, last))
    }

    fn between(text: &str, first: NaiveDate, last: NaiveDate) -> Result<String, StringFault> {
        let told = |(at, slot): &(SessionDate, Slot)| match slot {
            Slot::Blank | Slot::Closed => None,
            Slot::Mark(mark) => Some(format!("{}{} {mark}", at.date.day(), at.session.as_str())),
        };
        slots(text, first, last, &calendar()).map(|slots| slots.iter().filter_map(told).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn one_reading_is_taken_and_a_doubt_is_none() {
        for (text, last, marks) in [
            // Monday to Friday, and all days, over a weekend.
            (r"/\L\", 3, "2AM /, 2PM \\, 3AM L, 3PM \\"),
            (r"--------/\II", 9, "6AM /, 6PM \\, 9AM I, 9PM I"),
            (r"--------/\####II", 9, "6AM /, 6PM \\, 9AM I, 9PM I"),
            (r"--------/\    II", 9, "6AM /, 6PM \\, 9AM I, 9PM I"),
            // Blanks at either end are marks; what is no code is for whoever takes the marks to say.
            (r"  /7", 3, "3AM /, 3PM 7"),
            (r"/\  ", 3, "2AM /, 2PM \\"),
            ("##-#", 3, ""),
            // Codes of two letters, and marks with blanks between them.
            (r"/\Y1\", 3, "2AM /, 2PM \\, 3AM Y1, 3PM \\"),
            (r"C2C2/C2", 3, "2AM C2, 2PM C2, 3AM /, 3PM C2"),
            (r"/ \ C2 I", 3, "2AM /, 2PM \\, 3AM C2, 3PM I"),
        ] {
            assert_eq!(read(text, 2, last).as_deref(), Ok(marks), "{text}");
        }
        let [first, last] = [2, 3].map(|day| date(2026, 3, day));
        let misplaced = Err(StringFault::Misplaced { first, last });
        let length = |letters| Err(StringFault::Length { letters, first, last, weekdays: 4, all: 4, school: 4 });
        for (text, fault) in [
            (r"\/\/", misplaced.clone()),
            (r"//\\", misplaced.clone()),
            (r"/\/", length(3)),
            ("", length(0)),
            (r"/\/\/", length(5)),
            // A digit that is no part of a code leaves a mark over.
            (r"/\Y1\I", length(6)),
            // A blank between marks is no mark, and two of them are not guessed at.
            (r"/ \  I", length(6)),
            (r"/\ \ \ \", length(8)),
        ] {
            assert_eq!(read(text, 2, 3), fault, "{text}");
        }
        // A mark on a Saturday.
        assert_eq!(read("IIII", 7, 8), Err(StringFault::Misplaced { first: date(2026, 3, 7), last: date(2026, 3, 8) }));
        // Monday is an inset here: two letters of each of two days, or two codes of the one.
        let (first, last) = (date(2026, 2, 23), date(2026, 2, 24));
        assert_eq!(between("C2C2", first, last), Err(StringFault::Several { ways: 2, first, last }));
        assert_eq!(read("II", 3, 2), Err(StringFault::Span { first: date(2026, 3, 3), last: date(2026, 3, 2) }));
    }

    #[test]
    fn the_days_of_terms_are_the_schools_own() {
        // Half-term, and an inset on Monday 23 February.
        let (first, last) = (date(2026, 2, 13), date(2026, 2, 24));
        let marks = "13AM /, 13PM \\, 24AM I, 24PM I";
        assert_eq!(between(r"/\##II", first, last).as_deref(), Ok(marks), "with the closed day");
        assert_eq!(between(r"/\II", first, last).as_deref(), Ok(marks), "without it");
        assert_eq!(between(r"/\############II", first, last).as_deref(), Ok(marks), "weekdays");
        assert_eq!(between(r"/\NNII", first, last), Err(StringFault::Misplaced { first, last }));
    }

    #[test]
    fn why_is_a_sentence() {
        let fault = read(r"/\/", 2, 3).unwrap_err().to_string();
        assert_eq!(
            fault,
            "3 letters are not the marks of 2 Mar 2026 to 3 Mar 2026: weekdays would have 4, all days 4, the school days here 4"
        );
    }

    proptest! {
        /// Whatever is written of a stretch, in whatever way, is read so or not at all.
        #[test]
        fn what_is_written_is_read_back_or_left(
            codes in prop::collection::vec(prop::sample::select(vec!["I", "L", "-", "C2", "Y1", "M", "#", "present"]), 40),
            length in 1_u64..20, way in 0_usize..4, is_parted: bool,
        ) {
            let (first, calendar) = (date(2026, 2, 9), calendar());
            let last = first + chrono::Days::new(length);
            let days = DAYS[way];
            let written: Vec<(SessionDate, &str)> = days.sessions((first, last), &calendar).into_iter().zip(codes).map(|(at, code)| {
                let present = if at.session == Session::Am { "/" } else { "\\" };
                let code = if code == "present" { present } else { code };
                (at, if days.may_have_mark(at.date, &calendar) { code } else { "#" })
            }).collect();
            let text = written.iter().map(|(_, code)| *code).collect::<Vec<_>>().join(if is_parted { " " } else { "" });
            let marks = |slots: &[(SessionDate, Slot)]| -> Vec<(SessionDate, Slot)> {
                slots.iter().filter(|(_, slot)| matches!(slot, Slot::Mark(_))).cloned().collect()
            };
            let wanted: Vec<_> = written.iter().map(|(at, code)| (*at, slot(code))).collect();
            match slots(&text, first, last, &calendar) {
                Ok(read) => prop_assert_eq!(marks(&read), marks(&wanted)),
                Err(StringFault::Several { .. }) => {}
                Err(fault) => prop_assert!(wanted.is_empty(), "{}", fault),
            }
        }

        /// Whatever text it is, every session has one slot or none is read.
        #[test]
        fn never_half(text in "[/\\\\ILC12# -]{0,30}", length in 0_u64..9) {
            let first = date(2026, 3, 2);
            if let Ok(read) = slots(&text, first, first + chrono::Days::new(length), &calendar()) {
                prop_assert!(read.windows(2).all(|pair| pair[0].0.date <= pair[1].0.date));
                prop_assert!(read.len().is_multiple_of(2) && read.len() <= text.chars().count());
            }
        }
    }
}
