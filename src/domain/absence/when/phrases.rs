//! What free words say about time: "dentist tomorrow at 10", "ill until fri". The grammar is that of the line; here it is found among
//! other words, and what tells of something else is passed over.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::parts::{is_length, is_number_of_days};
use super::reader::{Fault, Reader};
use super::{AbsenceRange, SessionDate};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::name::fold;
use crate::domain::school::reason::{Offer, offer};
use crate::domain::school::roll::Roll;

/// The most words that say one time: "from thu 14 jan to mon 18 jan 2027".
const LONGEST: usize = 9;
/// A day behind one of these is not when the pupil is away, or not the only one: "since mon", "every fri", "not today", "back at 11",
/// "until 11".
const OTHERWISE: [&str; 11] =
    ["since", "last", "every", "each", "not", "before", "after", "back", "until", "till", "til"];
/// What is done back on a day that is not when the pupil is: "mum will ring back thu", "bring the form back fri"; or was: "got back mon".
const DONE_BACK: [&str; 39] = [
    "ring", "rings", "ringing", "rang", "rung", "call", "calls", "calling", "called", "phone", "phones", "phoning",
    "phoned", "text", "texts", "texting", "texted", "email", "emails", "write", "writes", "report", "reports", "reply",
    "get", "gets", "got", "bring", "brings", "bringing", "brought", "send", "sends", "sent", "take", "hand", "was",
    "were", "came",
];
/// To whom, or what.
const DONE_TO: [&str; 20] = [
    "me", "us", "you", "her", "him", "them", "it", "the", "a", "school", "office", "mum", "dad", "mother", "father",
    "form", "letter", "note", "work", "slip",
];
/// Somebody else may be back then: "mum is back thu", "dad back fri".
const SOMEBODY_ELSE: [&str; 12] =
    ["mum", "mum's", "mother", "dad", "dad's", "father", "parent", "parents", "nan", "gran", "granny", "grandma"];
const IS: [&str; 6] = ["is", "are", "will", "be", "comes", "gets"];
/// A day before one of these is none of school.
const OUT_OF_SCHOOL: [&str; 3] = ["evening", "night", "ago"];
/// How long something has lasted so far says nothing of the days to come: "has been ill for 3 days".
const SO_FAR: [&str; 3] = ["been", "had", "past"];
/// So many words before a length they are looked for.
const NEAR: usize = 4;
/// Words that are a day, or half of one, only beside others: "I am ill", "sat on the wall", "1/2 a tablet".
const ALONE_NO_DAY: [&str; 6] = ["am", "sat", "sun", "wed", "1/2", "24/7"];
/// What begins with one of these begins a word too early,
const NO_BEGINNING: [&str; 3] = ["am", "the", "of"];
/// and what ends with one of these ends a word too late.
const NO_END: [&str; 2] = ["the", "of"];
/// The hours in which somebody is away from school.
const HOURS: std::ops::Range<u32> = 7..18;

/// A stretch of the words that says when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhenPhrase {
    /// As it was said: "until fri".
    pub words: String,
    /// What it means; else that there is no school then, in a sentence.
    pub meant: Result<AbsenceRange, String>,
}

impl WhenPhrase {
    fn is_over(&self, now: SessionDate) -> bool {
        self.meant.as_ref().is_ok_and(|range| range.until.date < now.date)
    }
}

/// Everything that `text` says about when, in its order. Of an illness (`code` I) a time alone, or "this morning", is when it began.
pub fn phrases_in(text: &str, code: Option<Code>, now: SessionDate, roll: &Roll) -> Vec<WhenPhrase> {
    let reader = Reader { now, roll };
    let signs = |sign: char| sign.is_ascii_punctuation() || matches!(sign, '\u{201c}' | '\u{201d}' | '\u{2026}');
    let words = text.split_whitespace().map(|word| word.trim_matches(|sign| !matches!(sign, '-' | '&') && signs(sign)));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut found: Vec<(WhenPhrase, bool)> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let longest = LONGEST.min(words.len() - start);
        let read = (1..=longest)
            .rev()
            .find_map(|length| phrase_at(&words, start, length, &reader).map(|phrase| (phrase, length)));
        let Some((phrase, length)) = read else {
            start += 1;
            continue;
        };
        let is_time = is_time_alone(&phrase);
        if !(code == Some(Code::I) && (is_time || phrase.words.eq_ignore_ascii_case("this morning"))) {
            found.push((phrase, is_time));
        }
        start += length;
    }
    with_its_day(found, &reader)
}

/// What [`phrases_in`] found that the line is filled with: the first that is not over, one with school before one without. Of an
/// illness (`code` I) what has a time of day speaks of something else: "temperature, dentist thu at 10".
pub fn phrase_to_offer(phrases: &[WhenPhrase], code: Option<Code>, now: SessionDate) -> Option<&WhenPhrase> {
    let has_time = |one: &WhenPhrase| one.meant.as_ref().is_ok_and(|range| range.time.is_some());
    let is_other = move |one: &WhenPhrase| code == Some(Code::I) && has_time(one);
    let coming = || phrases.iter().filter(|one| !one.is_over(now) && !is_other(one));
    coming().find(|one| one.meant.is_ok()).or_else(|| coming().next())
}

/// The code that is offered for `text`. Where it speaks of several times, the part of it that the line is filled with decides: of "ill
/// today, dentist tomorrow" it is I.
pub fn offer_in(text: &str, now: SessionDate, roll: &Roll) -> Option<Offer> {
    let reasons = &roll.school.reasons;
    let whole = offer(text, reasons)?;
    let phrases = phrases_in(text, whole.code, now, roll);
    let said = phrase_to_offer(&phrases, whole.code, now).filter(|_| phrases.len() > 1);
    let of_part = said.and_then(|said| {
        let words = fold(&said.words);
        text.split([',', ';', '.']).find(|part| fold(part).contains(&words)).and_then(|part| offer(part, reasons))
    });
    Some(of_part.filter(|offer| offer.code.is_some()).unwrap_or(whole))
}

/// What [`phrases_in`] found that says a day, or the half of one, that is not in `range`.
pub fn phrase_outside<'s>(phrases: &'s [WhenPhrase], range: &AbsenceRange) -> Option<&'s WhenPhrase> {
    phrases.iter().find(|one| {
        one.meant.as_ref().is_ok_and(|meant| match meant.from == meant.until {
            true => meant.from < range.from || range.until < meant.until,
            false => meant.from.date < range.from.date || range.until.date < meant.until.date,
        })
    })
}

/// The last day of an absence that goes on at `at`, where the words said one that is not today. The error is the words that say
/// sessions which whole days from `at` on do not come to: "tomorrow", "until wed am".
pub fn last_day_said(phrases: &[WhenPhrase], at: SessionDate) -> Result<Option<NaiveDate>, String> {
    let Some(said) = phrase_to_offer(phrases, None, at) else { return Ok(None) };
    let Ok(range) = &said.meant else { return Err(said.words.clone()) };
    if range.until < at {
        return Ok(None);
    }
    let is_later = range.until.date > at.date;
    if range.from > at || (is_later && range.until.session == Session::Am) {
        return Err(said.words.clone());
    }
    match phrases.iter().find(|one| one.meant.as_ref().is_ok_and(|meant| meant.until > range.until)) {
        Some(other) => Err(other.words.clone()),
        None => Ok(is_later.then_some(range.until.date)),
    }
}

/// The first time of today that was said and is not past at `now`: when somebody is here, or is to be rung.
pub fn time_to_come(phrases: &[WhenPhrase], now: NaiveDateTime) -> Option<NaiveTime> {
    let today = phrases.iter().filter_map(|one| one.meant.as_ref().ok()).filter(|range| range.from.date == now.date());
    today.filter_map(|range| range.time).find(|time| *time >= now.time())
}

/// The same sessions, with the time of an appointment that was said for the only one, where `range` has none.
pub fn with_phrase_time(range: AbsenceRange, phrases: &[WhenPhrase]) -> AbsenceRange {
    let meant = phrases.iter().filter_map(|one| one.meant.as_ref().ok());
    let time =
        meant.filter(|meant| (meant.from, meant.until) == (range.from, range.until)).find_map(|meant| meant.time);
    AbsenceRange { time: range.time.or(time), ..range }
}

/// What `length` words from `start` on say about when, if they are a line and speak of the absence.
fn phrase_at(words: &[&str], start: usize, length: usize, reader: &Reader<'_>) -> Option<WhenPhrase> {
    let (before, line) = (words.get(..start)?, words.get(start..start + length)?);
    let is_in = |word: Option<&&str>, list: &[&str]| word.is_some_and(|word| list.contains(&&*word.to_lowercase()));
    let has_lasted = || before.iter().rev().take(NEAR).any(|word| is_in(Some(word), &SO_FAR));
    let is_done_back = || {
        let is_back = |word: &&str| word.eq_ignore_ascii_case("back");
        // "back on fri" is read whole, and "fri" behind "back on" is the same day.
        let back = words.get(..start + length).and_then(|words| words.iter().rposition(is_back));
        let behind = back.filter(|back| start <= back + 2).and_then(|back| words.get(..back));
        let last_but = |passed: &[&str]| behind.and_then(|words| words.iter().rfind(|word| !is_in(Some(word), passed)));
        is_in(last_but(&DONE_TO), &DONE_BACK) || is_in(last_but(&IS), &SOMEBODY_ELSE)
    };
    let text = line.join(" ");
    if is_in(before.last(), &OTHERWISE)
        || is_done_back()
        || is_in(words.get(start + length), &OUT_OF_SCHOOL)
        || is_in(line.first(), &NO_BEGINNING)
        || is_in(line.last(), &NO_END)
        || length == 1 && is_in(line.first(), &ALONE_NO_DAY)
        // "3 times a day" is none: a length is said with "for".
        || is_number_of_days(&text)
        || is_length(&text) && has_lasted()
    {
        return None;
    }
    let meant = match reader.read(&text) {
        Ok(range) => Ok(range),
        Err(Fault::Closed(text)) => Err(text),
        // A year is never left out: "back fri 27 nov 2027" is not this November.
        Err(Fault::Impossible(text)) if is_year(line.last()) => Err(text),
        Err(Fault::Unknown(text)) if is_year(line.last()) && reader.read(&but_last(line)).is_ok() => Err(text),
        Err(Fault::Unknown(_) | Fault::Impossible(_)) => return None,
    };
    let is_of_school = |range: &AbsenceRange| range.time.is_none_or(|time| HOURS.contains(&time.hour()));
    Some(WhenPhrase { words: text, meant }).filter(|phrase| phrase.meant.as_ref().map_or(true, is_of_school))
}

/// Whether it is a year written in four figures.
fn is_year(word: Option<&&str>) -> bool {
    word.is_some_and(|word| word.len() == 4 && word.parse().is_ok_and(|year: u32| (1900..2200).contains(&year)))
}

fn but_last(line: &[&str]) -> String {
    line.split_last().map(|(_, before)| before.join(" ")).unwrap_or_default()
}

/// Whether it names a time, and no day: "at 10", "2pm".
fn is_time_alone(phrase: &WhenPhrase) -> bool {
    let is_time = |word: &str| {
        let word = word.to_lowercase();
        let number = word.trim_end_matches("am").trim_end_matches("pm");
        matches!(word.as_str(), "at" | "by") || number.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
    };
    phrase.words.split(' ').all(is_time)
}

/// A time is of the day that is named beside it: "tomorrow, she has to be there at 10".
fn with_its_day(mut found: Vec<(WhenPhrase, bool)>, reader: &Reader<'_>) -> Vec<WhenPhrase> {
    let is_day = |phrase: &WhenPhrase| {
        phrase.meant.as_ref().is_ok_and(|range| range.from.date == range.until.date && range.time.is_none())
    };
    let time = found.iter().position(|(_, is_time)| *is_time);
    let day = found.iter().position(|(phrase, is_time)| !is_time && is_day(phrase));
    if let (Some(time), Some(day)) = (time, day)
        && let (Some((at, _)), Some((on, _))) = (found.get(time), found.get(day))
    {
        let words = format!("{} {}", on.words, at.words);
        if let (Ok(range), Some((phrase, _))) = (reader.read(&words), found.get_mut(day)) {
            *phrase = WhenPhrase { words, meant: Ok(range) };
            found.remove(time);
        }
    }
    found.into_iter().map(|(phrase, _)| phrase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::testing::{code, date, roll};

    /// Wednesday 4 March 2026, in the morning.
    fn now() -> SessionDate {
        SessionDate::new(date(2026, 3, 4), Session::Am)
    }

    fn found(text: &str, code: Option<Code>) -> Vec<String> {
        let in_words = |phrase: WhenPhrase| match phrase.meant {
            Ok(range) => format!("{}: {}", phrase.words, range.describe(now().date)),
            Err(text) => format!("{}: {text}", phrase.words),
        };
        phrases_in(text, code, now(), &roll()).into_iter().map(in_words).collect()
    }

    #[test]
    fn the_code_is_of_the_day_that_is_filled_in() {
        for (text, offered) in [
            ("ill today, dentist tomorrow at 10", "I"),
            ("dentist tomorrow at 10", "M"),
            ("vomiting today; hospital on fri", "I"),
            ("hospital on fri. feels ill", "M"),
            ("temperature, dentist thu at 10", "I"),
            ("funeral on friday, ill until thu", "C"),
        ] {
            let offer = offer_in(text, now(), &roll()).and_then(|offer| offer.code);
            assert_eq!(offer, Some(code(offered)), "{text}");
        }
    }

    #[test]
    fn what_is_said_of_time_is_found_among_other_words() {
        for (text, phrase) in [
            ("dentist tomorrow", "tomorrow: Thu 5 Mar"),
            ("ill until fri", "until fri: Wed 4 to Fri 6 Mar, 3 school days"),
            ("Ill until the 6th, sadly", "until the 6th: Wed 4 to Fri 6 Mar, 3 school days"),
            ("eid tomorrow!", "tomorrow: Thu 5 Mar"),
            ("funeral on Friday", "on Friday: Fri 6 Mar"),
            ("appointment at 14:00", "at 14:00: today at 14:00, PM only"),
            ("optician 10.30", "10.30: today at 10:30, AM only"),
            ("dentist tomorrow at 10, she is nervous", "tomorrow at 10: Thu 5 Mar at 10:00, AM only"),
            ("dentist at 10 tomorrow", "tomorrow at 10: Thu 5 Mar at 10:00, AM only"),
            ("hospital on fri, has to be there at 2pm", "on fri at 2pm: Fri 6 Mar at 14:00, PM only"),
            ("off all week with flu", "all week: Wed 4 to Fri 6 Mar, 3 school days"),
            ("on holiday 16-18 mar", "16-18 mar: Mon 16 to Wed 18 Mar, 3 school days"),
            (
                "holiday from mon 16 mar to wed 18 mar",
                "from mon 16 mar to wed 18 mar: Mon 16 to Wed 18 Mar, 3 school days",
            ),
            ("chicken pox, not back until mon", "not back until mon: Wed 4 to Fri 6 Mar, 3 school days"),
            ("sick, will be back at school on fri", "back at school on fri: Wed 4 to Thu 5 Mar, 2 school days"),
            ("mum rang, flu, back fri", "back fri: Wed 4 to Thu 5 Mar, 2 school days"),
            ("mum says she is back fri", "back fri: Wed 4 to Thu 5 Mar, 2 school days"),
            ("mum called ill back fri", "back fri: Wed 4 to Thu 5 Mar, 2 school days"),
            ("off for the rest of the week, flu", "rest of the week: Wed 4 to Fri 6 Mar, 3 school days"),
            ("ill today and tomorrow", "today and tomorrow: Wed 4 to Thu 5 Mar, 2 school days"),
            ("flu, off mon & tue.", "mon & tue: Mon 9 to Tue 10 Mar, 2 school days"),
            ("GP this afternoon", "this afternoon: today, PM only"),
            ("scan pm", "pm: today, PM only"),
            ("eid on sat", "on sat: no school on Sat 7 Mar (it is a weekend); the next school day is Mon 9 Mar"),
        ] {
            assert_eq!(found(text, None), [phrase], "{text}");
        }
        assert_eq!(found("ill today, dentist fri", None), ["today: today", "fri: Fri 6 Mar"]);
    }

    #[test]
    fn what_tells_of_something_else_is_passed_over() {
        for text in [
            "",
            "not ill, just refusing",
            "I am not well",
            "she sat in the sun",
            "vomiting since yesterday",
            "ill since monday",
            "sick last night",
            "up since 6am",
            "has been ill for 3 days",
            "had flu all week",
            "takes medicine 3 times a day",
            "counselling every fri",
            "dentist, back at 11",
            "party tomorrow night",
            "fell 2 days ago",
            "temperature of 38.5",
            "not tomorrow",
            "seen at 23:00",
            "will be back today",
            "may be the march cold",
            "ill , : ... -",
            "off until 11",
            "takes 1/2 a tablet 24/7",
            "ill, mum will ring back on fri",
            "please call us back fri",
            "will bring the form back on fri",
            "was back fri",
            "got back fri from spain",
            "asthma, mum is back on fri",
            "nan looks after her, dad will be back fri",
        ] {
            assert_eq!(found(text, None), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn of_an_illness_a_time_is_when_it_began() {
        for text in ["sick at 10", "vomited this morning", "ill 10:30"] {
            assert_eq!(found(text, Some(Code::I)), Vec::<String>::new(), "{text}");
            assert_eq!(found(text, Some(code("M"))).len(), 1, "{text}");
        }
        assert_eq!(found("ill this afternoon", Some(Code::I)), ["this afternoon: today, PM only"]);
    }

    #[test]
    fn what_is_over_is_asked_about_and_never_filled_in() {
        let phrases = |text| phrases_in(text, None, now(), &roll());
        let today = super::super::read("today", now(), &roll()).unwrap();
        let filled = |text| phrase_to_offer(&phrases(text), None, now()).map(|one| one.words.clone());
        assert_eq!(filled("ill yesterday"), None);
        assert_eq!(filled("party on sat, ill today").as_deref(), Some("today"));
        assert_eq!(filled("eid on sat").as_deref(), Some("on sat"));
        let asked = |text| phrase_outside(&phrases(text), &today).map(|one| one.words.clone());
        for (text, words) in [
            ("ill yesterday", Some("yesterday")),
            ("ill today, dentist tomorrow", Some("tomorrow")),
            ("ill until fri", Some("until fri")),
            ("ill today", None),
            ("dentist at 2", None),
            ("party on sat", None),
        ] {
            assert_eq!(asked(text).as_deref(), words, "{text}");
        }
    }
}
