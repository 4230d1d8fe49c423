//! Reasons: what a parent says, and the code that is offered for it. The officer decides; nothing is coded unseen.

use serde::{Deserialize, Serialize};

use crate::domain::code::{Code, no_code};
use crate::domain::facts::promise::PromiseKind;
use crate::domain::name::{clean, fold};

/// Words that point to one code, or to something to be said, or to both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The code offered; without one, something is said instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Words or beginnings of words: "vomit" is also vomiting; "on the way".
    pub words: Vec<String>,
    /// What is promised in place of a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<PromiseKind>,
    /// What to say with it: "leave not agreed".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

impl Reason {
    /// What is promised: as written; in older files, which do not say, a row without a code for "on the way" says it by its words.
    fn promise(&self) -> Option<PromiseKind> {
        let on_the_way = || self.code.is_none() && self.words.iter().any(|words| fold(words) == "on the way");
        self.promise.or_else(|| on_the_way().then_some(PromiseKind::OnTheWay))
    }
}

/// What is offered for something said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The code, if one is offered.
    pub code: Option<Code>,
    /// What is promised in place of a reason.
    pub promise: Option<PromiseKind>,
    /// The words that it is offered for, as they were said: "vomiting".
    pub words: String,
    /// What to say with it.
    pub says: Option<String>,
}

/// What a word may go on with and be the same.
const ENDINGS: [&str; 6] = ["s", "es", "ed", "ing", "ness", "ish"];

/// What says that the words behind it are not so, folded: "not ill", "hasn't got a cold".
const NEGATIONS: [&str; 15] = [
    "not", "no", "never", "without", "isnt", "wasnt", "arent", "hasnt", "havent", "hadnt", "doesnt", "didnt", "dont",
    "nor", "neither",
];
/// What may stand between the two: "not really very ill".
const BETWEEN: &[&str] = &[
    "a", "an", "any", "been", "being", "feeling", "getting", "going", "got", "had", "has", "have", "having", "longer",
    "on", "really", "the", "too", "very",
];

/// Whether what follows `words`, folded, is said not to be so.
fn is_negated(words: &[String]) -> bool {
    let last = words.iter().rev().find(|word| !BETWEEN.contains(&word.as_str()));
    last.is_some_and(|word| NEGATIONS.contains(&word.as_str()))
}

/// The offer for `typed`: of the words that are in it, and are not said not to be so, the longest decide, and of those the first said.
pub fn offer(typed: &str, reasons: &[Reason]) -> Option<Offer> {
    let spoken: Vec<&str> = parts(typed).collect();
    let folded: Vec<String> = spoken.iter().map(|word| fold(word)).collect();
    let table = reasons.iter().flat_map(|reason| reason.words.iter().map(move |words| (reason, words)));
    let table: Vec<(&Reason, Vec<String>)> =
        table.map(|(reason, words)| (reason, parts(words).map(fold).collect())).collect();
    let mut best: Option<(usize, Offer)> = None;
    let mut denied = 0;
    for start in 0..folded.len() {
        let (before, rest) = folded.split_at_checked(start).unwrap_or_default();
        // What is denied is denied with all its words, and with what "or" adds to it.
        let is_added = || start == denied + 1 && before.last().is_some_and(|word| word == "or");
        if start < denied || is_negated(before) || is_added() {
            let words = table.iter().filter(|(_, known)| begins(rest, known)).map(|(_, known)| known.len());
            denied = denied.max(words.max().map_or(0, |words| start + words));
            continue;
        }
        for (reason, known) in table.iter().filter(|(_, known)| begins(rest, known)) {
            let letters = known.iter().map(String::len).sum();
            if best.as_ref().is_none_or(|(longest, _)| *longest < letters) {
                let heard = spoken.get(start..start + known.len()).unwrap_or_default().join(" ");
                let (code, promise, text) = (reason.code, reason.promise(), reason.says.clone());
                best = Some((letters, Offer { code, promise, words: heard, says: text }));
            }
        }
    }
    best.map(|(_, offer)| offer)
}

/// Everything that cannot be right about a table of reasons, each in a sentence.
pub fn faults(reasons: &[Reason]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen: Vec<(String, usize)> = Vec::new();
    for (place, reason) in reasons.iter().enumerate() {
        let row = match reason.code {
            Some(code) => format!("row {} ({code})", place + 1),
            None => format!("row {}", place + 1),
        };
        faults.extend(reason.code.and_then(no_code).map(|fault| format!("reasons: {row}: {fault}")));
        if reason.code.is_some() && reason.promise.is_some() {
            faults.push(format!("reasons: {row} offers a code and a promise: it can offer one"));
        }
        if reason.code.is_none()
            && reason.promise.is_none()
            && reason.says.as_deref().map(clean).unwrap_or_default().is_empty()
        {
            faults.push(format!("reasons: {row} offers neither a code nor anything to say"));
        }
        if reason.words.is_empty() {
            faults.push(format!("reasons: {row} has no words"));
        }
        for words in &reason.words {
            let known = parts(words).map(fold).collect::<Vec<_>>().join(" ");
            match seen.iter().find(|(other, _)| *other == known) {
                _ if known.is_empty() => faults.push(format!("reasons: {row} has an empty word")),
                Some((_, earlier)) if *earlier == place => {
                    faults.push(format!("reasons: {row} has \u{201c}{}\u{201d} twice", clean(words)));
                }
                Some((_, earlier)) => faults.push(format!(
                    "reasons: \u{201c}{}\u{201d} stands in row {} and in {row}: it can offer one code",
                    clean(words),
                    earlier + 1
                )),
                None => seen.push((known, place)),
            }
        }
    }
    faults
}

/// Words: apostrophes and accents are part of one, all other signs stand between two. What folds to nothing is none.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| {
        let sign =
            c.is_ascii_punctuation() || matches!(c, '\u{2013}' | '\u{2014}' | '\u{201c}' | '\u{201d}' | '\u{2026}');
        c.is_whitespace() || c.is_control() || (sign && c != '\'')
    };
    text.split(between).filter(|word| !fold(word).is_empty())
}

/// Whether `typed` begins with `known`, word for word; each may go on with an ending.
fn begins(typed: &[String], known: &[String]) -> bool {
    let same = |typed: &String, known: &String| {
        typed.strip_prefix(known.as_str()).is_some_and(|ending| ending.is_empty() || ENDINGS.contains(&ending))
    };
    !known.is_empty() && typed.len() >= known.len() && typed.iter().zip(known).all(|(typed, known)| same(typed, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::School;
    use crate::domain::testing::code;
    use proptest::prelude::*;

    fn usual() -> Vec<Reason> {
        School::usual().unwrap().reasons
    }

    #[test]
    fn what_parents_say_offers_what_a_school_would_enter() {
        let reasons = usual();
        for (typed, offered, words) in [
            ("ill", "I", "ill"),
            ("Been VOMITING all night", "I", "VOMITING"),
            ("she has a temperature, and a cough", "I", "temperature"),
            ("bad cold", "I", "cold"),
            ("poorly", "I", "poorly"),
            ("migraine", "I", "migraine"),
            ("illness", "I", "illness"),
            ("di\u{301}arrhoea", "I", "di\u{301}arrhoea"),
            ("dentist at 10", "M", "dentist"),
            ("doctor's", "M", "doctor's"),
            ("orthodontist", "M", "orthodontist"),
            // The longest decides: an appointment says more than what it is for.
            ("ill, hospital appointment", "M", "appointment"),
            ("x-ray", "M", "x ray"),
            ("Eid", "R", "Eid"),
            ("religious festival", "R", "religious"),
            ("gone on holiday", "G", "holiday"),
            ("running late", "-", "running late"),
            ("on the way, missed the bus", "-", "missed the bus"),
            ("please ring me", "-", "please ring"),
        ] {
            let offer = offer(typed, &reasons);
            let code = offer.as_ref().map(|offer| offer.code.map_or("-".to_owned(), |code| code.to_string()));
            assert_eq!(code.as_deref(), Some(offered), "{typed}");
            assert_eq!(offer.map(|offer| offer.words).as_deref(), Some(words), "{typed}");
        }
        for typed in ["", "  ", "will ring back", "chilly", "Billy", "business", "I", "family matter"] {
            assert_eq!(offer(typed, &reasons), None, "{typed}");
        }
    }

    #[test]
    fn what_is_said_not_to_be_so_offers_nothing() {
        let reasons = usual();
        for typed in [
            "not ill, just refusing",
            "isn't ill",
            "isn\u{2019}t really very ill",
            "NOT poorly",
            "no longer ill",
            "hasn't got a temperature",
            "no temperature, no cough",
            "doesn't have an appointment",
            "not on holiday",
            "not running late",
            "not ill or injured, or in pain",
        ] {
            assert_eq!(offer(typed, &reasons).map(|offer| offer.words), None, "{typed}");
        }
        for (typed, words) in [
            ("not well", "not well"),
            ("not feeling well, has a cold", "cold"),
            ("not ill, dentist", "dentist"),
            ("ill or at the doctor", "doctor"),
            ("not in today, ill", "ill"),
            ("won't be in, appointment", "appointment"),
            ("ill, not coming in", "ill"),
        ] {
            assert_eq!(offer(typed, &reasons).map(|offer| offer.words).as_deref(), Some(words), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_yet_says_what_to_do() {
        let typed = |text| offer(text, &usual()).and_then(|offer| offer.says);
        assert_eq!(typed("on the way").as_deref(), Some("on the way: log the late when they come"));
        let promised = |text, table: &[Reason]| offer(text, table).and_then(|offer| offer.promise);
        assert_eq!(promised("on her way", &usual()), Some(PromiseKind::OnTheWay));
        assert_eq!(promised("can you ring me at work", &usual()), Some(PromiseKind::RingBack));
        assert_eq!(promised("ill", &usual()), None);
        let older: Vec<Reason> = usual().into_iter().map(|reason| Reason { promise: None, ..reason }).collect();
        assert_eq!(promised("late", &older), Some(PromiseKind::OnTheWay), "a file that does not say");
        assert_eq!(typed("holiday").as_deref(), Some("leave not agreed"));
        assert_eq!(typed("ill"), None);
    }

    #[test]
    fn a_table_that_cannot_be_used_says_why() {
        let reason = |code: Option<Code>, words: &[&str], text: Option<&str>| Reason {
            code,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            promise: None,
            says: text.map(str::to_owned),
        };
        let table = [
            reason(Some(code("I")), &["ill", "Ill", " - "], None),
            reason(Some(code("M")), &["dentist", "\u{ec}ll"], None),
            Reason { promise: Some(PromiseKind::OnTheWay), ..reason(None, &["late"], Some(" ")) },
            reason(Some(code("R")), &[], None),
            reason(None, &["bus"], Some(" ")),
            Reason { promise: Some(PromiseKind::RingBack), ..reason(Some(code("G")), &["ring"], None) },
        ];
        assert_eq!(
            faults(&table),
            [
                "reasons: row 1 (I) has \u{201c}Ill\u{201d} twice",
                "reasons: row 1 (I) has an empty word",
                "reasons: \u{201c}\u{ec}ll\u{201d} stands in row 1 and in row 2 (M): it can offer one code",
                "reasons: row 4 (R) has no words",
                "reasons: row 5 offers neither a code nor anything to say",
                "reasons: row 6 (G) offers a code and a promise: it can offer one",
            ]
        );
        assert_eq!(faults(&usual()), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_heard_and_what_is_offered_was_in_it(text in "\\PC{0,40}") {
            if let Some(offer) = offer(&text, &usual()) {
                prop_assert!(offer.words.split(' ').all(|word| text.contains(word)));
            }
        }
    }
}
