//! Lines that an officer may type, and the range each means.

use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Term;
use crate::domain::code::Code;
use crate::domain::testing::{calendar, date, roll};

/// Wednesday 4 March 2026, in the morning.
fn morning() -> SessionDate {
    SessionDate::new(date(2026, 3, 4), Session::Am)
}

fn afternoon() -> SessionDate {
    SessionDate { session: Session::Pm, ..morning() }
}

fn meant(text: &str, now: SessionDate) -> String {
    match read(text, now, &roll()) {
        Ok(span) => format!("{} | {} | {}", span.from, span.until, span.describe(now.date)),
        Err(message) => message,
    }
}

#[test]
fn a_line_means_what_it_says() {
    for (typed, comes_to) in [
        ("", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("  Today ", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("am", "Wed 4 Mar AM | Wed 4 Mar AM | today, AM only"),
        ("PM", "Wed 4 Mar PM | Wed 4 Mar PM | today, PM only"),
        ("today  am", "Wed 4 Mar AM | Wed 4 Mar AM | today, AM only"),
        ("tomorrow", "Thu 5 Mar AM | Thu 5 Mar PM | Thu 5 Mar"),
        ("tomorrow am", "Thu 5 Mar AM | Thu 5 Mar AM | Thu 5 Mar, AM only"),
        ("fri", "Fri 6 Mar AM | Fri 6 Mar PM | Fri 6 Mar"),
        ("Friday pm", "Fri 6 Mar PM | Fri 6 Mar PM | Fri 6 Mar, PM only"),
        ("wed", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("tue-thu", "Tue 10 Mar AM | Thu 12 Mar PM | Tue 10 to Thu 12 Mar, 3 school days"),
        ("wed - thu", "Wed 4 Mar AM | Thu 5 Mar PM | Wed 4 to Thu 5 Mar, 2 school days"),
        ("mon to wed", "Mon 9 Mar AM | Wed 11 Mar PM | Mon 9 to Wed 11 Mar, 3 school days"),
        ("fri\u{2013}mon", "Fri 6 Mar AM | Mon 9 Mar PM | Fri 6 to Mon 9 Mar, 2 school days"),
        ("5/3-6/3", "Thu 5 Mar AM | Fri 6 Mar PM | Thu 5 to Fri 6 Mar, 2 school days"),
        ("2026-03-05-2026-03-06", "Thu 5 Mar AM | Fri 6 Mar PM | Thu 5 to Fri 6 Mar, 2 school days"),
        ("tomorrow-fri", "Thu 5 Mar AM | Fri 6 Mar PM | Thu 5 to Fri 6 Mar, 2 school days"),
        ("thu pm-fri am", "Thu 5 Mar PM | Fri 6 Mar AM | Thu 5 Mar PM to Fri 6 Mar AM, 2 school days"),
        ("until 6/3", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("to fri", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("till fri am", "Wed 4 Mar AM | Fri 6 Mar AM | Wed 4 Mar AM to Fri 6 Mar AM, 3 school days"),
        ("3 days", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("1 week", "Wed 4 Mar AM | Tue 10 Mar PM | Wed 4 to Tue 10 Mar, 5 school days"),
        ("1 day", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("back fri", "Wed 4 Mar AM | Thu 5 Mar PM | Wed 4 to Thu 5 Mar, 2 school days"),
        ("back next week", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days; no day back was said"),
        ("yesterday", "Tue 3 Mar AM | Tue 3 Mar PM | Tue 3 Mar"),
        ("27/3-14/4", "Fri 27 Mar AM | Tue 14 Apr PM | Fri 27 Mar to Tue 14 Apr, 3 school days; holidays left out"),
        (
            "until sun",
            "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days; not Sun 8 Mar (it is a weekend)",
        ),
        ("sat-mon pm", "Mon 9 Mar AM | Mon 9 Mar PM | Mon 9 Mar; not Sat 7 Mar (it is a weekend)"),
    ] {
        assert_eq!(meant(typed, morning()), comes_to, "{typed:?}");
    }
}

#[test]
fn more_of_what_is_said_is_a_line_too() {
    for (typed, comes_to) in [
        ("all week", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("rest of the week", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("until the end of the week", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("next week", "Mon 9 Mar AM | Fri 13 Mar PM | Mon 9 to Fri 13 Mar, 5 school days"),
        ("for a week", "Wed 4 Mar AM | Tue 10 Mar PM | Wed 4 to Tue 10 Mar, 5 school days"),
        ("for 2 days", "Wed 4 Mar AM | Thu 5 Mar PM | Wed 4 to Thu 5 Mar, 2 school days"),
        ("all day", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("this afternoon", "Wed 4 Mar PM | Wed 4 Mar PM | today, PM only"),
        ("this morning", "Wed 4 Mar AM | Wed 4 Mar AM | today, AM only"),
        ("tomorrow afternoon", "Thu 5 Mar PM | Thu 5 Mar PM | Thu 5 Mar, PM only"),
        ("16-18 mar", "Mon 16 Mar AM | Wed 18 Mar PM | Mon 16 to Wed 18 Mar, 3 school days"),
        ("14th-16th apr", "Tue 14 Apr AM | Thu 16 Apr PM | Tue 14 to Thu 16 Apr, 3 school days"),
        ("16th to 18th March", "Mon 16 Mar AM | Wed 18 Mar PM | Mon 16 to Wed 18 Mar, 3 school days"),
        ("16 mar - 18 mar pm", "Mon 16 Mar AM | Wed 18 Mar PM | Mon 16 to Wed 18 Mar, 3 school days"),
        ("16-18 mar am", "Mon 16 Mar AM | Wed 18 Mar AM | Mon 16 Mar AM to Wed 18 Mar AM, 3 school days"),
        ("Mon 16 to Wed 18 Mar", "Mon 16 Mar AM | Wed 18 Mar PM | Mon 16 to Wed 18 Mar, 3 school days"),
        ("until 15 apr", "Wed 4 Mar AM | Wed 15 Apr PM | Wed 4 Mar to Wed 15 Apr, 21 school days; holidays left out"),
        ("until the 6th of March", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("until the 6th", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("from thu", "Thu 5 Mar AM | Thu 5 Mar PM | Thu 5 Mar; no last day was said"),
        ("from thu to mon", "Thu 5 Mar AM | Mon 9 Mar PM | Thu 5 to Mon 9 Mar, 3 school days"),
        ("from thu until 10 mar", "Thu 5 Mar AM | Tue 10 Mar PM | Thu 5 to Tue 10 Mar, 4 school days"),
        ("next mon", "Mon 9 Mar AM | Mon 9 Mar PM | Mon 9 Mar"),
        ("next wed", "Wed 11 Mar AM | Wed 11 Mar PM | Wed 11 Mar"),
        ("next fri", "Fri 13 Mar AM | Fri 13 Mar PM | Fri 13 Mar"),
        ("this fri", "Fri 6 Mar AM | Fri 6 Mar PM | Fri 6 Mar"),
        ("on friday", "Fri 6 Mar AM | Fri 6 Mar PM | Fri 6 Mar"),
        ("today and tomorrow", "Wed 4 Mar AM | Thu 5 Mar PM | Wed 4 to Thu 5 Mar, 2 school days"),
        ("fri and mon", "Fri 6 Mar AM | Mon 9 Mar PM | Fri 6 to Mon 9 Mar, 2 school days"),
        ("back on the 9th", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("not back until mon", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("not in until mon", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("returning to school on mon", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
    ] {
        assert_eq!(meant(typed, morning()), comes_to, "{typed:?}");
    }
    for wrong in ["mon and wed", "14", "all", "the", "in mon", "mon, 3 days", "fri at 30", "at", "next", "weekend"] {
        let text = meant(wrong, morning());
        assert!(text.contains("is no day") || text == "today" || wrong == "the", "{wrong}: {text}");
    }
}

#[test]
fn a_time_is_of_one_session_and_is_kept() {
    for (typed, comes_to) in [
        ("tomorrow at 10", "Thu 5 Mar AM | Thu 5 Mar AM | Thu 5 Mar at 10:00, AM only"),
        ("tomorrow 10:30", "Thu 5 Mar AM | Thu 5 Mar AM | Thu 5 Mar at 10:30, AM only"),
        ("at 14:00", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:00, PM only"),
        ("14.00", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:00, PM only"),
        ("2pm", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:00, PM only"),
        ("at 2 pm", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:00, PM only"),
        ("at 2", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:00, PM only"),
        ("at 9.15am", "Wed 4 Mar AM | Wed 4 Mar AM | today at 09:15, AM only"),
        ("this afternoon at 2.30", "Wed 4 Mar PM | Wed 4 Mar PM | today at 14:30, PM only"),
        // The morning ends at 12:30.
        ("fri at 12:20", "Fri 6 Mar AM | Fri 6 Mar AM | Fri 6 Mar at 12:20, AM only"),
        ("fri at 12:30", "Fri 6 Mar PM | Fri 6 Mar PM | Fri 6 Mar at 12:30, PM only"),
        ("16 mar at 8", "Mon 16 Mar AM | Mon 16 Mar AM | Mon 16 Mar at 08:00, AM only"),
    ] {
        assert_eq!(meant(typed, morning()), comes_to, "{typed:?}");
    }
}

#[test]
fn on_a_friday_fri_is_today_and_a_week_at_a_weekend_is_the_coming_one() {
    let on = |day| SessionDate::new(date(2026, 3, day), Session::Am);
    let whole = "Mon 9 Mar AM | Fri 13 Mar PM | Mon 9 to Fri 13 Mar, 5 school days";
    for (typed, now, comes_to) in [
        ("fri", on(6), "Fri 6 Mar AM | Fri 6 Mar PM | today"),
        ("until fri", on(6), "Fri 6 Mar AM | Fri 6 Mar PM | today"),
        ("next fri", on(6), "Fri 13 Mar AM | Fri 13 Mar PM | Fri 13 Mar"),
        ("back fri", on(6), "Fri 6 Mar AM | Thu 12 Mar PM | Fri 6 to Thu 12 Mar, 5 school days"),
        ("all week", on(6), "Fri 6 Mar AM | Fri 6 Mar PM | today"),
        ("all week", on(7), whole),
        ("all week", on(8), whole),
        ("next week", on(8), whole),
        ("next mon", on(8), "Mon 9 Mar AM | Mon 9 Mar PM | Mon 9 Mar"),
        (
            "next week",
            on(27),
            "no school from Mon 30 Mar to Fri 3 Apr (it is outside term); the next school day is Mon 13 Apr",
        ),
    ] {
        assert_eq!(meant(typed, now), comes_to, "{typed:?}");
    }
}

#[test]
fn days_go_on_over_the_end_of_the_year() {
    let mut roll = roll();
    let term = |name: &str, from, until| Term { name: name.to_owned(), from, until };
    roll.calendar.terms.push(term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)));
    roll.calendar.terms.push(term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)));
    let now = SessionDate::new(date(2026, 12, 16), Session::Am);
    for (typed, comes_to) in [
        ("until 5 jan", "Wed 16 Dec to Tue 5 Jan 2027, 5 school days; holidays left out"),
        ("28 dec - 5 jan", "Mon 4 to Tue 5 Jan 2027, 2 school days; not Mon 28 Dec (it is outside term)"),
        ("4-6 jan", "Mon 4 to Wed 6 Jan 2027, 3 school days"),
        ("thu-mon", "Thu 17 to Fri 18 Dec, 2 school days; not Mon 21 Dec (it is outside term)"),
        ("back on the 5th", "Wed 16 Dec to Mon 4 Jan 2027, 4 school days; holidays left out"),
        ("14-18 dec", "Mon 14 to Fri 18 Dec, 5 school days"),
    ] {
        let range = read(typed, now, &roll).unwrap();
        let described = range.describe(now.date);
        assert_eq!(described, comes_to, "{typed:?}");
        let again = read(&described, now, &roll).unwrap();
        assert_eq!((again.from, again.until, again.days), (range.from, range.until, range.days), "{described}");
    }
}

#[test]
fn what_is_over_of_today_is_not_meant_unless_it_is_named() {
    for (typed, comes_to) in [
        ("", "Wed 4 Mar PM | Wed 4 Mar PM | today, PM only"),
        ("until fri", "Wed 4 Mar PM | Fri 6 Mar PM | Wed 4 Mar PM to Fri 6 Mar PM, 3 school days"),
        ("am", "Wed 4 Mar AM | Wed 4 Mar AM | today, AM only"),
        ("am-pm", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("today", "Wed 4 Mar AM | Wed 4 Mar PM | today"),
        ("today-fri", "Wed 4 Mar AM | Fri 6 Mar PM | Wed 4 to Fri 6 Mar, 3 school days"),
        ("today pm", "Wed 4 Mar PM | Wed 4 Mar PM | today, PM only"),
        ("wed", "Wed 4 Mar PM | Wed 4 Mar PM | today, PM only"),
        ("tomorrow", "Thu 5 Mar AM | Thu 5 Mar PM | Thu 5 Mar"),
    ] {
        assert_eq!(meant(typed, afternoon()), comes_to, "{typed:?}");
    }
}

#[test]
fn half_term_is_left_out_and_said() {
    let friday = SessionDate::new(date(2026, 2, 13), Session::Am);
    for (typed, comes_to) in [
        ("3 days", "Fri 13 Feb AM | Wed 25 Feb PM | Fri 13 to Wed 25 Feb, 3 school days; half-term and inset left out"),
        (
            "until 24/2",
            "Fri 13 Feb AM | Tue 24 Feb PM | Fri 13 to Tue 24 Feb, 2 school days; half-term and inset left out",
        ),
        ("mon-wed", "no school from Mon 16 Feb to Wed 18 Feb (it is outside term); the next school day is Tue 24 Feb"),
        ("16/2-24/2", "Tue 24 Feb AM | Tue 24 Feb PM | Tue 24 Feb; not Mon 16 Feb (it is outside term)"),
        ("23/2", "no school on Mon 23 Feb (the school is closed: inset); the next school day is Tue 24 Feb"),
    ] {
        assert_eq!(meant(typed, friday), comes_to, "{typed:?}");
    }
}

#[test]
fn a_day_back_ends_the_span_before_it() {
    let (today, roll) = (morning(), roll());
    for (typed, until, back, note) in [
        ("back tomorrow", date(2026, 3, 4), date(2026, 3, 5), None),
        ("back mon", date(2026, 3, 6), date(2026, 3, 9), None),
        // Not today: next week's.
        ("back on wed", date(2026, 3, 10), date(2026, 3, 11), None),
        ("back 7/3", date(2026, 3, 6), date(2026, 3, 9), Some("not Sat 7 Mar (it is a weekend)")),
    ] {
        let span = read(typed, today, &roll).unwrap();
        let expected = (today, SessionDate::new(until, Session::Pm), Some(back), note);
        assert_eq!((span.from, span.until, span.back, span.note.as_deref()), expected, "{typed}");
    }
    assert_eq!(read("today", today, &roll).unwrap().back, None);
}

#[test]
fn what_cannot_be_is_said_with_its_cure() {
    for (typed, text) in [
        ("6/3-5/3", "Thu 5 Mar is before Fri 6 Mar: write the first day first, then the last"),
        ("until 2/3", "Mon 2 Mar is before Wed 4 Mar: write the first day first, then the last"),
        ("fri pm-6/3 am", "Fri 6 Mar AM is before Fri 6 Mar PM: write the first day first, then the last"),
        ("sat", "no school on Sat 7 Mar (it is a weekend); the next school day is Mon 9 Mar"),
        ("20/7/2026", "no school on Mon 20 Jul (it is outside term); the school calendar has no later day"),
        ("today-5/9/2026", "from 4 Mar 2026 to 5 Sep 2026 is more than half a year: write a nearer last day"),
        ("1/1/9999", "no school on Fri 1 Jan 9999 (it is outside term); the school calendar has no later day"),
        ("200 days", "the school calendar ends before 200 school days: write a nearer last day"),
        ("back today", "Wed 4 Mar is today: write the coming day on which they are back"),
        ("back 2/3", "Mon 2 Mar is over already: write the coming day on which they are back"),
        ("back 20/12/2026", "from 4 Mar 2026 to 20 Dec 2026 is more than half a year: write a nearer last day"),
    ] {
        assert_eq!(meant(typed, morning()), text, "{typed:?}");
    }
    for (typed, named) in [
        ("fortnight", "\u{201c}fortnight\u{201d} is no day"),
        ("mon-blue", "\u{201c}blue\u{201d} is no day"),
        ("blue-mon", "\u{201c}blue\u{201d} is no day"),
        ("until soon", "\u{201c}soon\u{201d} is no day"),
        ("back soonish", "\u{201c}soonish\u{201d} is no day"),
        ("fri-", "a day is missing"),
        ("31/2", "\u{201c}31/2\u{201d} is no day"),
        ("0 days", "0 days is no absence"),
        ("99999999999999999999999 days", "\u{201c}99999999999999999999999 days\u{201d} is no day"),
    ] {
        let text = meant(typed, morning());
        assert_eq!(text, format!("{named}: write {WRITTEN}"), "{typed:?}");
    }
    let saturday = SessionDate::new(date(2026, 3, 7), Session::Am);
    assert_eq!(meant("back mon", saturday), "there is no school before Mon 9 Mar: write a later day");
    let thursday = "Mon 9 Mar AM | Wed 11 Mar PM | Mon 9 to Wed 11 Mar, 3 school days; not Sat 7 Mar (it is a weekend)";
    assert_eq!(meant("back thu", saturday), thursday);
}

#[test]
fn nobody_is_back_while_they_are_away() {
    let until = |day, session| SessionDate::new(date(2026, 3, day), session);
    assert_eq!(back_fault(until(5, Session::Pm), date(2026, 3, 6)), None);
    assert_eq!(back_fault(until(5, Session::Am), date(2026, 3, 5)), None);
    let message = "back on Thu 5 Mar, but away until Thu 5 Mar PM: give a later day back, or an earlier last one";
    assert_eq!(back_fault(until(5, Session::Pm), date(2026, 3, 5)).as_deref(), Some(message));
    assert!(back_fault(until(5, Session::Am), date(2026, 3, 4)).is_some());
    let back = |text, until| back_on(text, date(2026, 3, 4), until);
    assert_eq!(back(" Thu ", until(5, Session::Pm)), Some(date(2026, 3, 12)));
    assert_eq!(back("thu", until(5, Session::Am)), Some(date(2026, 3, 5)));
    assert_eq!(back("tomorrow", until(5, Session::Pm)), Some(date(2026, 3, 5)));
    assert_eq!(back("9/3", until(5, Session::Pm)), Some(date(2026, 3, 9)));
    assert_eq!(back("soon", until(5, Session::Pm)), None);
}

fn word() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "today",
        "tomorrow",
        "yesterday",
        "am",
        "pm",
        "mon",
        "wed",
        "sat",
        "until",
        "to",
        "back",
        "on",
        "-",
        "\u{2013}",
        " ",
        "1/4",
        "24/2",
        "28/11",
        "31/12/2026",
        "2026-03-09",
        "3",
        "days",
        "weeks",
        "0",
        "400",
        "1/1/0000",
        "+262142-12-31",
        "at",
        "10:30",
        "2pm",
        "dec",
        "14th",
        "next",
        "all",
        "week",
        "from",
        "and",
    ];
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_owned), "\\PC{0,3}"]
}

proptest! {
    #[test]
    fn whatever_is_typed_comes_to_school_sessions_in_order_or_to_a_sentence(
        words in proptest::collection::vec(word(), 0..6),
        day in 0_u64..260,
        pm in any::<bool>(),
    ) {
        let today = date(2025, 12, 20).checked_add_days(Days::new(day)).unwrap();
        let now = SessionDate::new(today, if pm { Session::Pm } else { Session::Am });
        for blank in ["", " "] {
            match read(&words.join(blank), now, &roll()) {
                Ok(span) => {
                    prop_assert!(span.from <= span.until);
                    prop_assert!(calendar().is_school_day(span.from.date) && calendar().is_school_day(span.until.date));
                    prop_assert!(span.until.date <= span.from.date.checked_add_days(LONGEST).unwrap());
                    prop_assert!(span.days >= 1);
                    prop_assert!(span.back.is_none_or(|back| back_fault(span.until, back).is_none()));
                    prop_assert!(!span.describe(today).is_empty());
                }
                Err(text) => prop_assert!(text.contains(';') || text.contains(':')),
            }
        }
    }

    #[test]
    fn what_a_range_says_is_read_back_as_the_same_range(
        (today, first) in (0_u64..195, 0_i64..180),
        length in 0_u64..60,
        (pm, from_pm, until_am) in any::<(bool, bool, bool)>(),
        time in proptest::option::of((7_u32..18, 0_u32..60)),
    ) {
        let start = date(2026, 1, 5);
        let roll = roll();
        let now = SessionDate::new(start + Days::new(today), if pm { Session::Pm } else { Session::Am });
        let from = start + chrono::TimeDelta::days(first);
        let until = from + Days::new(if time.is_some() { 0 } else { length });
        let half = |second| if second { "pm" } else { "am" };
        let line = match time {
            Some((hour, minute)) => format!("{from} at {hour:02}:{minute:02}"),
            None => format!("{from} {}-{until} {}", half(from_pm), half(!until_am)),
        };
        let Ok(range) = read(&line, now, &roll) else { return Ok(()) };
        for described in [range.describe(now.date), range.means(now.date)] {
            let again = read(&described, now, &roll).map_err(|text| TestCaseError::fail(format!("{described}: {text}")))?;
            prop_assert_eq!(
                (again.from, again.until, again.time, again.days),
                (range.from, range.until, range.time, range.days),
                "{}", described
            );
        }
    }

    #[test]
    fn no_text_at_all_frightens_it(text in any::<String>()) {
        let _ = read(&text, morning(), &roll());
        let _ = phrases_in(&text, None, morning(), &roll());
    }
}

#[test]
fn a_call_about_an_absence_that_goes_on_says_its_last_day() {
    let said = |text: &str, at: SessionDate| {
        let phrases = phrases_in(text, Some(Code::I), at, &roll());
        last_day_said(&phrases, at).map(|day| day.map(|day| day.format("%a %-d %b").to_string()).unwrap_or_default())
    };
    for (text, comes_to) in [
        ("", Ok("")),
        ("flu", Ok("")),
        ("flu, back Friday", Ok("Thu 5 Mar")),
        ("until fri", Ok("Fri 6 Mar")),
        ("all week", Ok("Fri 6 Mar")),
        ("off for 3 days", Ok("Fri 6 Mar")),
        ("ill today", Ok("")),
        ("ill since mon, back tomorrow", Ok("")),
        ("until 16 mar", Ok("Mon 16 Mar")),
        ("dentist tomorrow", Err("tomorrow")),
        ("flu, dentist on monday", Err("on monday")),
        ("until thu, then dentist on monday", Err("on monday")),
        ("this afternoon", Err("this afternoon")),
        ("flu, back next week", Ok("Fri 6 Mar")),
        ("back fri 6 mar 2020", Err("back fri 6 mar 2020")),
        ("flu, until fri 5 mar 2027.", Err("until fri 5 mar 2027")),
        ("flu, back sat 6 mar 2027", Err("back sat 6 mar 2027")),
        ("since 2019, back fri", Ok("Thu 5 Mar")),
    ] {
        assert_eq!(said(text, morning()), comes_to.map(str::to_owned).map_err(str::to_owned), "{text}");
    }
    assert_eq!(said("sick this morning, back friday", afternoon()), Ok("Thu 5 Mar".to_owned()));
    assert_eq!(said("fine this morning", afternoon()), Ok(String::new()));
}
