//! Whether two entries of a pupil's contacts may be one person: by identifier, number, relationship and name.

use std::collections::BTreeSet;

use super::phone::{may_be_same, number_key};
use crate::domain::name::fold;

/// What may stand before or behind a name, and two names together.
const TITLES: [&str; 32] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "mister",
    "missus",
    "master",
    "madam",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "revd",
    "reverend",
    "imam",
    "rabbi",
    "pastor",
    "cllr",
    "capt",
    "esq",
    "jr",
    "jnr",
    "sr",
    "snr",
    "and",
    "the",
];
const OF_MEN: [&str; 6] = ["mr", "mister", "master", "sir", "lord", "esq"];
const OF_WOMEN: [&str; 7] = ["mrs", "ms", "miss", "missus", "madam", "dame", "lady"];
/// Relationships that say nothing of which of the contacts it is.
const GENERAL: [&str; 20] = [
    "parent",
    "parents",
    "parental",
    "guardian",
    "carer",
    "relative",
    "family",
    "contact",
    "other",
    "unknown",
    "next",
    "kin",
    "legal",
    "responsibility",
    "emergency",
    "priority",
    "main",
    "primary",
    "secondary",
    "adult",
];
/// What makes another relationship of the word behind it, written together or apart.
const DEGREES: [&str; 5] = ["step", "grand", "great", "god", "foster"];
/// Words for one relationship.
const SAME_RELATIONSHIP: [(&str, &str); 28] = [
    ("dad", "father"),
    ("daddy", "father"),
    ("da", "father"),
    ("pa", "father"),
    ("papa", "father"),
    ("baba", "father"),
    ("abbu", "father"),
    ("farther", "father"),
    ("fathers", "father"),
    ("ad", "father"), // of "grandad"
    ("grampa", "grandfather"),
    ("gramps", "grandfather"),
    ("gran", "grandmother"),
    ("granny", "grandmother"),
    ("nan", "grandmother"),
    ("nana", "grandmother"),
    ("nanny", "grandmother"),
    ("auntie", "aunt"),
    ("aunty", "aunt"),
    ("mam", "mother"),
    ("mammy", "mother"),
    ("mommy", "mother"),
    ("mama", "mother"),
    ("ammi", "mother"),
    ("mum", "mother"),
    ("mummy", "mother"),
    ("mom", "mother"),
    ("ma", "mother"),
];

/// What is known of who somebody is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// Identifier in the system the file came from.
    pub source_id: Option<String>,
    /// "Mr I. Khan".
    pub name: String,
    /// "father"; may be empty.
    pub relationship: String,
    /// Every number.
    pub numbers: Vec<String>,
}

/// How well one person fits another. Of two that fit, one is the better only where it is so in nothing worse: see
/// [`Fit::is_plainly_better_than`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fit {
    /// The same identifier.
    pub id: bool,
    /// A number in common, or one that may be.
    pub number: bool,
    /// The same name, title and initials too.
    pub exact: bool,
    /// The same name, titles and initials aside.
    pub alike: bool,
    /// How many words of the names are the same, an initial for the word it begins, titles among them: "Mrs H. Marsh" has two of
    /// "Helen Marsh".
    pub words: usize,
    /// The same relationship, and both say one.
    pub relation: bool,
    /// Both say a relationship, or both a title of a man or a woman, and not the same.
    pub at_odds: bool,
}

impl Fit {
    /// The same name, and nothing said against it.
    pub fn named(&self) -> bool {
        self.alike && !self.at_odds
    }

    /// How surely it is the same person, 0 where nothing says so: by identifier, by number and name, by the whole name, by relationship
    /// and name, by number or the whole name though something is said against it, by a part of the name.
    pub fn rank(&self) -> u8 {
        match self {
            Fit { id: true, .. } => 7,
            Fit { exact: true, number: true, .. } if self.named() => 6,
            Fit { number: true, .. } if self.named() => 5,
            Fit { exact: true, .. } if self.named() => 4,
            Fit { relation: true, .. } if self.named() => 3,
            Fit { number: true, .. } | Fit { exact: true, .. } => 2,
            _ if self.named() => 1,
            _ => 0,
        }
    }

    /// Whether this fits at least as well in everything, and better in something. Where the other's name may be meant, no part of
    /// one's own name is plain enough, whatever the number.
    pub fn is_plainly_better_than(&self, other: &Fit) -> bool {
        if other.alike && !self.exact && !self.id {
            return false;
        }
        // Who is known by an identifier may be spelled as the other is.
        let all = |fit: &Fit| [fit.id, fit.number, fit.exact && !self.id, fit.alike, fit.relation, !fit.at_odds];
        let (left, right) = (all(self), all(other));
        left != right && left.iter().zip(right).all(|(left, right)| *left >= right)
    }
}

impl Person {
    /// Whether one of the numbers may dial the same as this one.
    pub fn has_number(&self, number: &str) -> bool {
        self.numbers.iter().any(|own| number_key(own).is_some() && may_be_same(own, number))
    }

    /// How well they fit.
    pub fn fit(&self, other: &Person) -> Fit {
        let (left, right) = (sorted(words_of(&self.name)), sorted(words_of(&other.name)));
        let (mine, others) = (relations(&self.relationship), relations(&other.relationship));
        let both_say = !mine.is_empty() && !others.is_empty();
        let relation = both_say && mine == others;
        Fit {
            id: self.source_id.is_some() && self.source_id == other.source_id,
            number: other.numbers.iter().any(|number| self.has_number(number)),
            exact: !left.is_empty() && left == right,
            alike: alike(&self.name, &other.name),
            words: in_common(&left, &right),
            relation,
            at_odds: both_say && mine.is_disjoint(&others) || !relation && titles_at_odds(&left, &right),
        }
    }
}

/// The words of a text, folded: "Khan, Mr. I." is "khan", "mr", "i".
fn words_of(text: &str) -> Vec<String> {
    let apart: String =
        text.chars().map(|c| if c.is_alphanumeric() || "'\u{2019}\u{2bc}".contains(c) { c } else { ' ' }).collect();
    fold(&apart).split_whitespace().map(str::to_owned).collect()
}

fn sorted(words: Vec<String>) -> BTreeSet<String> {
    words.into_iter().collect()
}

/// Whether all that one name says is in the other, titles and initials set aside: a file may give less of it than another did.
fn alike(one: &str, other: &str) -> bool {
    let spoken = |name: &str| -> Vec<String> {
        words_of(name).into_iter().filter(|word| !TITLES.contains(&word.as_str())).collect()
    };
    let full = |words: &[String]| -> BTreeSet<String> {
        words.iter().filter(|word| word.chars().nth(1).is_some()).cloned().collect()
    };
    let (one, other) = (spoken(one), spoken(other));
    let (left, right) = (full(&one), full(&other));
    if left.is_empty() || right.is_empty() {
        // If a name is initials alone, each may stand for any word.
        let begins = |few: &[String], many: &[String]| {
            !few.is_empty() && few.iter().all(|word| many.iter().any(|whole| whole.starts_with(word.as_str())))
        };
        return begins(&one, &other) || begins(&other, &one);
    }
    // Run on: "Al-Hassan" and "Alhassan", "O Neill" and "O'Neill".
    left.is_subset(&right) || right.is_subset(&left) || one.concat() == other.concat()
}

/// How many words of one name are in the other too, each once.
fn in_common(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let is_initial = |short: &str, word: &str| short.chars().nth(1).is_none() && word.starts_with(short);
    let mut left: Vec<&str> = other.difference(one).map(String::as_str).collect();
    let begun = one.difference(other).filter(|word| {
        let is_theirs = |theirs: &&str| {
            let is_name = |word: &str| !TITLES.contains(&word);
            is_name(word) && is_name(theirs) && (is_initial(word, theirs) || is_initial(theirs, word))
        };
        left.iter().position(is_theirs).map(|at| left.swap_remove(at)).is_some()
    });
    one.intersection(other).count() + begun.count()
}

/// Whether one is addressed as a man and the other as a woman; "Mr & Mrs" is both.
fn titles_at_odds(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let has = |name: &BTreeSet<String>, titles: &[&str]| titles.iter().any(|title| name.contains(*title));
    let is = |name, titles: &[&str], others: &[&str]| has(name, titles) && !has(name, others);
    is(one, &OF_MEN, &OF_WOMEN) && is(other, &OF_WOMEN, &OF_MEN)
        || is(one, &OF_WOMEN, &OF_MEN) && is(other, &OF_MEN, &OF_WOMEN)
}

/// The words of a relationship that say which it is, each in one form: "Step-dad" is "stepfather".
fn relations(relationship: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut degree = String::new();
    for word in words_of(relationship) {
        let mut plain = word.as_str();
        while let Some((one, rest)) = DEGREES.iter().find_map(|one| plain.strip_prefix(one).map(|rest| (one, rest))) {
            degree.push_str(one);
            plain = rest;
        }
        if !plain.is_empty() {
            let meant = SAME_RELATIONSHIP.iter().find(|(word, _)| *word == plain).map_or(plain, |(_, meant)| meant);
            named.insert(std::mem::take(&mut degree) + meant);
        }
    }
    named.insert(degree);
    named.retain(|word| !GENERAL.contains(&word.as_str()) && word.len() > 2);
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, relationship: &str) -> Person {
        Person { name: name.to_owned(), relationship: relationship.to_owned(), ..Person::default() }
    }

    #[test]
    fn a_name_is_the_same_in_every_spelling() {
        let fit = |name: &str| person("Mr Imran Khan", "").fit(&person(name, ""));
        for same in [
            "Mr Imran Khan",
            "MR IMRAN KHAN",
            "Mr. Imran Khan",
            "Imran Khan",
            "Khan, Imran",
            "KHAN Imran (Mr)",
            "I. Khan",
            "I.Khan",
            "Mr Khan",
            "Khan",
            "Dr I. A. Khan",
            "Imran Ali Khan",
            "Imr\u{e1}n  Khan",
            "Mr & Mrs Khan",
            "Khan-Imran",
            "Imran",
        ] {
            assert!(fit(same).alike, "{same}");
        }
        assert!(fit("mr. khan imran").exact && !fit("Imran Khan").exact);
        for other in ["Mrs Begum", "Mr Akhtar", "Ibrahim Khan", "", "Mr", "?"] {
            assert!(!fit(other).alike, "{other}");
        }
        let alike = |one, other| person(one, "").fit(&person(other, "")).alike;
        assert!(alike("Ms O'Neill", "Ms O Neill") && alike("Al-Hassan", "Alhassan") && alike("Mr K", "Mr Khan"));
        assert!(!alike("Mr K", "Mr Begum"));
    }

    #[test]
    fn relationships_are_at_odds_only_where_both_say_another() {
        for (one, other, text) in [
            ("father", "FATHER", (true, false)),
            ("father", "Dad", (true, false)),
            ("Daddy", "Papa", (true, false)),
            ("mother", "Mam", (true, false)),
            ("father", "Emergency contact", (false, false)),
            ("father", "birth father", (false, false)),
            ("father", "", (false, false)),
            ("father", "Parent/Carer", (false, false)),
            ("father", "uncle", (false, true)),
            ("father", "grandfather", (false, true)),
            ("father", "Step-father", (false, true)),
            ("father", "foster carer", (false, true)),
            ("Stepdad", "step father", (true, false)),
            ("Grandad", "grandpa", (true, false)),
            ("Great-gran", "great grandmother", (true, false)),
            ("Nan", "Grand mum", (true, false)),
            ("", "", (false, false)),
        ] {
            let fit = person("Khan", one).fit(&person("Khan", other));
            assert_eq!((fit.relation, fit.at_odds), text, "{one} {other}");
        }
        let at_odds = |one, other| person(one, "").fit(&person(other, "")).at_odds;
        assert!(
            at_odds("Mr Khan", "Mrs Khan") && !at_odds("Mr Khan", "Mr & Mrs Khan") && !at_odds("Mr Khan", "Dr Khan")
        );
        assert!(!person("Mr Khan", "father").fit(&person("Mrs Khan", "dad")).at_odds, "a slip of the title");
    }

    #[test]
    fn words_in_common_are_counted_whatever_their_order_and_case() {
        for (one, other, words) in [
            ("Helen Marsh", "MARSH, H\u{e9}len", 2),
            ("Helen Marsh", "Mrs. H. Marsh", 2),
            ("Mrs Helen Marsh", "MARSH H (Mrs)", 3),
            ("I Khan", "Fatima Khan", 1),
            ("H Marsh", "H H Marsh", 2),
            ("Mr Khan", "M Khan", 1),
            ("", "Mrs", 0),
        ] {
            assert_eq!(person(one, "").fit(&person(other, "")).words, words, "{one} and {other}");
            assert_eq!(person(other, "").fit(&person(one, "")).words, words, "{other} and {one}");
        }
    }

    #[test]
    fn the_surer_fit_is_better_in_nothing_worse() {
        let with = |number: &str, name: &str| Person { numbers: vec![number.to_owned()], ..person(name, "uncle") };
        let (one, other) = (with("1234567", "Mr Khan"), with("7654321", "Mr Khan"));
        let incoming = with("7654321", "MR. KHAN");
        assert!(other.fit(&incoming).is_plainly_better_than(&one.fit(&incoming)));
        assert!(!one.fit(&incoming).is_plainly_better_than(&other.fit(&incoming)));
        let neither = person("Khan", "");
        assert!(!other.fit(&neither).is_plainly_better_than(&one.fit(&neither)));
    }
}
