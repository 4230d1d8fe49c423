//! Finding a pupil by whatever an officer types.

pub mod lines;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use chrono::NaiveDate;
use compact_str::CompactString;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::roll::Roll;
use crate::domain::name::fold;
use crate::domain::people::pupil::{Pupil, PupilId};

/// How well one typed word fits one pupil; the best first. Surnames lead because lists are read by them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fit {
    /// The whole surname.
    Surname,
    /// Any other whole word: a forename, part of a longer surname, tutor group, admission number, UPN.
    Whole,
    /// The beginning of a surname.
    SurnameBegins,
    /// The beginning of any other word.
    Begins,
    /// The initials.
    Initials,
    /// Somewhere inside a word.
    Inside,
    /// The letters, in order, with others between, from the beginning of a word on.
    Scattered,
}

/// Scattered letters say nothing of a pupil when there are fewer than these.
const SCATTERED_LETTERS: usize = 3;

/// Finds pupils as an officer types, those who have left and those who are to come too. Built once for a roll, and asked on every key.
#[derive(Clone, Debug)]
pub struct Finder {
    entries: Vec<Entry>,
    matcher: Matcher,
    found: Vec<Found>,
}

/// Best first: the worst fit of the typed words, then all their fits, then the fuzzy score, then the place on the roll.
type Found = (Fit, u16, Reverse<u32>, usize);

/// Everything a pupil is found by, folded.
#[derive(Clone, Debug)]
struct Entry {
    id: PupilId,
    words: Box<[Word]>,
    initials: Box<[CompactString]>,
    /// Name both ways round, and group: "amira khan amira 8km"; the legal name behind it. Words run together are found in it too.
    whole: Box<str>,
    /// The letters and digits that occur in it at all: most pupils are ruled out by one comparison.
    letters: u64,
}

#[derive(Clone, Debug)]
struct Word {
    text: CompactString,
    /// The whole surname, run together if it has several words.
    is_surname: bool,
    /// An admission number or UPN: letters alone never mean one, or "smith k" would be whoever has a UPN with K.
    is_number: bool,
}

impl Finder {
    /// A finder over everybody the roll knows.
    pub fn new(roll: &Roll) -> Finder {
        let entries: Vec<Entry> = roll.pupils.iter().map(|pupil| Entry::of(roll, pupil)).collect();
        let mut config = Config::DEFAULT;
        // Both sides are folded already.
        (config.normalize, config.ignore_case) = (false, false);
        Finder { found: Vec::new(), entries, matcher: Matcher::new(config) }
    }

    /// Those whose admission number or UPN is exactly this.
    pub fn numbered(&self, number: &str) -> Vec<PupilId> {
        let number = fold(number).replace(' ', "");
        let held = |entry: &&Entry| entry.words.iter().any(|word| word.is_number && word.text == number);
        self.entries.iter().filter(held).map(|entry| entry.id).collect()
    }

    /// At most `limit` of the pupils `among` whom to look that fit `query`, best first; in roll order when it is blank.
    ///
    /// Each word typed is looked for by itself, so that names are found in either order, in part, without accents, by initials
    /// and together with a tutor group. When nobody fits, one letter typed wrongly is forgiven.
    pub fn matches(&mut self, query: &str, limit: usize, among: impl Fn(PupilId) -> bool) -> Vec<PupilId> {
        self.matches_preferring(query, limit, among, |_| false)
    }

    /// As [`matches`](Finder::matches), but of pupils who fit equally well those who are `likely` come first.
    pub fn matches_preferring(
        &mut self,
        query: &str,
        limit: usize,
        among: impl Fn(PupilId) -> bool,
        likely: impl Fn(PupilId) -> bool,
    ) -> Vec<PupilId> {
        if query.trim().is_empty() {
            return self.entries.iter().map(|entry| entry.id).filter(|id| among(*id)).take(limit).collect();
        }
        let query = spaced(query);
        let words: Vec<&str> = query.split_whitespace().collect();
        self.found.clear();
        self.look_for(&words, &among);
        if self.found.is_empty() {
            self.forgive(&words, &among);
        }
        let entries = &self.entries;
        let unlikely = |place: usize| !entries.get(place).is_some_and(|entry| likely(entry.id));
        self.found.sort_by_cached_key(|(worst, all, score, place)| (*worst, *all, unlikely(*place), *score, *place));
        self.found.iter().take(limit).filter_map(|found| Some(self.entries.get(found.3)?.id)).collect()
    }

    fn look_for(&mut self, words: &[&str], among: &dyn Fn(PupilId) -> bool) {
        if words.is_empty() {
            return;
        }
        let letters = words.iter().fold(0, |all, word| all | letters_of(word));
        let may_fit = |entry: &Entry| letters & !entry.letters == 0 && among(entry.id);
        for (place, entry) in self.entries.iter().enumerate().filter(|(_, entry)| may_fit(entry)) {
            if let Some((worst, all, score)) = entry.fit(words, &mut self.matcher) {
                self.found.push((worst, all, Reverse(score), place));
            }
        }
    }

    /// Look again with one letter of the longest word left out, each in turn.
    fn forgive(&mut self, words: &[&str], among: &dyn Fn(PupilId) -> bool) {
        let Some(longest) = (0..words.len()).max_by_key(|at| words.get(*at).map_or(0, |word| word.len())) else {
            return;
        };
        let Some(slipped) = words.get(longest).filter(|word| word.len() > SCATTERED_LETTERS) else { return };
        for left_out in 0..slipped.len() {
            let shorter: String =
                slipped.char_indices().filter(|(at, _)| *at != left_out).map(|(_, letter)| letter).collect();
            let retyped: Vec<&str> =
                words.iter().enumerate().map(|(at, word)| if at == longest { &shorter } else { *word }).collect();
            self.look_for(&retyped, among);
        }
        // A slip may be forgiven in several ways: the best for each pupil.
        self.found.sort_unstable_by_key(|found| (found.3, *found));
        self.found.dedup_by_key(|found| found.3);
    }
}

impl Entry {
    fn of(roll: &Roll, pupil: &Pupil) -> Entry {
        let (surname, forename) = (fold(&pupil.surname), fold(&pupil.forename));
        let group = group_of(roll, pupil);
        let legal = pupil.legal.as_ref().map(|legal| fold(&legal.spoken())).unwrap_or_default();
        let whole = [&*forename, &*surname, &*forename, &*group, &*legal].join(" ");
        let words: Box<[Word]> = words(roll, pupil).collect();
        let letters = words.iter().fold(letters_of(&whole), |all, word| all | letters_of(&word.text));
        Entry { id: pupil.id, words, initials: initials(&surname, &forename), whole: whole.into(), letters }
    }

    /// How all the typed words fit: the worst, their sum, and the fuzzy score. `None` when one does not fit at all.
    fn fit(&self, typed: &[&str], matcher: &mut Matcher) -> Option<(Fit, u16, u32)> {
        let (mut worst, mut all, mut score) = (Fit::Surname, 0, 0);
        for word in typed {
            let fit = match self.fit_word(word) {
                Some(fit) => fit,
                None => {
                    score += self.scattered(word, matcher)?;
                    Fit::Scattered
                }
            };
            worst = worst.max(fit);
            all += fit as u16;
        }
        Some((worst, all, score))
    }

    fn fit_word(&self, typed: &str) -> Option<Fit> {
        let may_be_number = typed.bytes().any(|byte| byte.is_ascii_digit());
        let words = self.words.iter().filter(|word| may_be_number || !word.is_number);
        let fits = words.filter_map(|word| match word.text.strip_prefix(typed) {
            Some("") => Some(if word.is_surname { Fit::Surname } else { Fit::Whole }),
            Some(_) => Some(if word.is_surname { Fit::SurnameBegins } else { Fit::Begins }),
            None => (typed.len() > 1 && word.text.contains(typed)).then_some(Fit::Inside),
        });
        let initials = self.initials.iter().any(|initials| initials == typed).then_some(Fit::Initials);
        fits.chain(initials).min()
    }

    fn scattered(&self, typed: &str, matcher: &mut Matcher) -> Option<u32> {
        let first = typed.chars().next().filter(|_| typed.len() >= SCATTERED_LETTERS)?;
        // The first letter must begin a word: it is the one nobody leaves out.
        let mut whole = &*self.whole;
        while !whole.starts_with(first) {
            whole = whole.split_once(' ')?.1;
        }
        matcher.fuzzy_match(Utf32Str::Ascii(whole.as_bytes()), Utf32Str::Ascii(typed.as_bytes())).map(u32::from)
    }
}

/// The pupils on roll on `date` whom `name` can mean, for a command that acts only when it means exactly one.
///
/// A whole UPN, admission number, or full name in either order, with or without the tutor group, means just those who have it.
/// Otherwise every word must begin one of the words of the pupil's name, or the tutor group.
pub fn resolve(roll: &Roll, date: NaiveDate, name: &str) -> Vec<PupilId> {
    meant(roll, name, &[&|pupil| pupil.on_roll(date)])
}

/// The same of everybody the roll knows: whoever is on roll on `date` is meant before anybody who has left, or is to come, and fits
/// no better.
pub fn resolve_everybody(roll: &Roll, date: NaiveDate, name: &str) -> Vec<PupilId> {
    meant(roll, name, &[&|pupil| pupil.on_roll(date), &|_| true])
}

/// Those whom `name` means: of the first of `whom` in which anybody fits, by the first way in which anybody does.
fn meant(roll: &Roll, name: &str, whom: &[&dyn Fn(&Pupil) -> bool]) -> Vec<PupilId> {
    let query = spaced(name);
    if query.is_empty() {
        return Vec::new();
    }
    let number = query.replace(' ', "");
    let is_number_of = |pupil: &Pupil| numbers(pupil).any(|held| held == number);
    let is_name_of = |pupil: &Pupil| full_names(roll, pupil).contains(&query);
    let begins = |pupil: &Pupil| {
        let words: Vec<CompactString> =
            names(pupil).map(|word| word.text).chain([group_of(roll, pupil).into()]).collect();
        query.split(' ').all(|typed| words.iter().any(|word| word.starts_with(typed)))
    };
    let ways: [&dyn Fn(&Pupil) -> bool; 3] = [&is_number_of, &is_name_of, &begins];
    ways.into_iter()
        .flat_map(|means| whom.iter().map(move |is_among| (means, is_among)))
        .map(|(means, is_among)| roll.pupils.iter().filter(|pupil| is_among(pupil) && means(pupil)))
        .map(|found| found.map(|pupil| pupil.id).collect::<Vec<_>>())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// `text` folded, with a comma as good as a blank: "Khan,Amira" is how lists write it.
fn spaced(text: &str) -> String {
    fold(&text.replace(',', " "))
}

/// The name in use, and the legal one where it is another: surname and forename.
fn both_names(pupil: &Pupil) -> impl Iterator<Item = [&String; 2]> {
    let legal = pupil.legal.iter().map(|legal| [&legal.surname, &legal.forename]);
    std::iter::once([&pupil.surname, &pupil.forename]).chain(legal)
}

/// A name as typed in full: either order, alone or with the tutor group. A hyphen may be typed as a blank.
fn full_names(roll: &Roll, pupil: &Pupil) -> Vec<String> {
    let group = group_of(roll, pupil);
    let mut full = Vec::new();
    for [surname, forename] in both_names(pupil) {
        for part in [fold, fold_apart] {
            let (surname, forename) = (part(surname), part(forename));
            for name in [format!("{surname} {forename}"), format!("{forename} {surname}")] {
                full.push(format!("{} {group}", name.trim()));
                full.push(name.trim().to_owned());
            }
        }
    }
    full
}

/// The words of a pupil's names, the parts of those written with a hyphen, and a surname of several words run together.
fn names(pupil: &Pupil) -> impl Iterator<Item = Word> {
    let of = |name: &str, is_surname| {
        let folded = fold(name);
        let apart = fold_apart(name);
        let run = folded.replace(' ', "");
        let mut texts: Vec<String> =
            folded.split(' ').chain(apart.split(' ')).map(str::to_owned).chain([run.clone()]).collect();
        texts.retain(|text| !text.is_empty());
        texts.sort_unstable();
        texts.dedup();
        texts.into_iter().map(move |text| Word {
            is_surname: is_surname && text == run,
            is_number: false,
            text: text.into(),
        })
    };
    both_names(pupil).flat_map(move |[surname, forename]| of(surname, true).chain(of(forename, false)))
}

/// `name` folded, its hyphens as good as blanks.
fn fold_apart(name: &str) -> String {
    fold(&name.replace(['-', '\u{2010}', '\u{2011}', '\u{2013}'], " "))
}

fn numbers(pupil: &Pupil) -> impl Iterator<Item = String> {
    let numbers = [&pupil.upn, &pupil.admission_no].into_iter().flatten();
    numbers.map(|number| fold(number).replace(' ', "")).filter(|number| !number.is_empty())
}

fn words(roll: &Roll, pupil: &Pupil) -> impl Iterator<Item = Word> {
    let word = |is_number| move |text: String| Word { text: text.into(), is_surname: false, is_number };
    let group = Some(group_of(roll, pupil)).filter(|text| !text.is_empty());
    names(pupil).chain(numbers(pupil).map(word(true))).chain(group.map(word(false)))
}

/// The tutor group folded into one word; empty for a pupil without one.
fn group_of(roll: &Roll, pupil: &Pupil) -> String {
    let group = pupil.group.and_then(|group| roll.group(group));
    group.map_or_else(String::new, |group| fold(&group.name).replace(' ', ""))
}

/// "ak" and "ka" for Amira Khan; with every word, "svdb" and "vdbs", for Sanne van der Berg.
fn initials(surname: &str, forename: &str) -> Box<[CompactString]> {
    let every = |name: &str| name.split(' ').filter_map(|word| word.chars().next()).collect::<CompactString>();
    let first = |name: &str| name.chars().next().into_iter().collect::<CompactString>();
    let mut all = vec![
        first(forename) + &first(surname),
        first(surname) + &first(forename),
        every(forename) + &every(surname),
        every(surname) + &every(forename),
    ];
    all.retain(|initials| initials.len() > 1);
    all.sort_unstable();
    all.dedup();
    all.into()
}

fn letters_of(text: &str) -> u64 {
    text.bytes().fold(0, |all, byte| match byte {
        b'a'..=b'z' => all | 1 << (byte - b'a'),
        b'0'..=b'9' => all | 1 << (26 + byte - b'0'),
        _ => all,
    })
}
