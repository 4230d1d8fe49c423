//! Letters to parents: what is kept of each as it was sent, to whom it goes, and who should get one by the school's rules. None is sent by
//! itself.

pub mod drafted;
pub mod recipients;
pub mod suggest;

use chrono::NaiveDate;

use super::file::CaseFile;
use super::held::Held;
pub use super::letter::{Delivery, Letter, LetterOutcome, Paper};
use crate::domain::act_id::ActId;
use crate::domain::school::staff::Role;

/// The least role that makes letters of a template: notices and penalty warnings are a lead's, and known by how the name begins.
pub fn least_for_letter(template: &str) -> Role {
    let is_legal = ["notice-", "penalty-"].iter().any(|begins| template.starts_with(begins));
    if is_legal { Role::Lead } else { Role::Officer }
}

/// Whether a letter of a template tells a parent that attendance must be better: known by how its name begins.
pub fn is_warning(template: &str) -> bool {
    let begins = ["concern-", "late-", "leave-refused", "suspected-holiday", "notice-", "penalty-"];
    begins.iter().any(|begins| template.starts_with(begins))
}

impl CaseFile {
    /// Letters that went and did not come back, each with how it went.
    pub fn letters_sent(&self) -> impl Iterator<Item = (&Held<Letter>, &Held<Delivery>)> {
        let standing = self.letters.iter().filter(|one| one.stands() && self.returned(one.by.act).is_none());
        standing.filter_map(|one| Some((one, self.sent(one.by.act)?)))
    }

    /// Letters that were made, and of which it is not known that they went.
    pub fn letters_not_sent(&self) -> impl Iterator<Item = &Held<Letter>> {
        self.letters.iter().filter(|one| one.stands() && self.sent(one.by.act).is_none())
    }

    /// Letters of which it can be said now what became of them: those that were not sent first, then those that may still come back.
    pub fn letters_to_follow(&self) -> impl Iterator<Item = &Held<Letter>> {
        let out = self.letters_sent().filter(|(_, sent)| sent.what.outcome != LetterOutcome::Hand);
        self.letters_not_sent().chain(out.map(|(letter, _)| letter))
    }

    /// Those that were sent that are [warnings](is_warning).
    pub fn warnings_sent(&self) -> impl Iterator<Item = (&Held<Letter>, &Held<Delivery>)> {
        self.letters_sent().filter(|(letter, _)| is_warning(&letter.what.template))
    }

    /// The letter that an act made, and nobody took back.
    pub fn letter(&self, act: ActId) -> Option<&Held<Letter>> {
        self.letters.iter().find(|one| one.by.act == act && one.stands())
    }

    /// What became of a letter: that it was sent.
    pub fn sent(&self, letter: ActId) -> Option<&Held<Delivery>> {
        self.delivered(letter).find(|one| !one.what.is_return())
    }

    /// What became of a letter: that it came back.
    pub fn returned(&self, letter: ActId) -> Option<&Held<Delivery>> {
        self.delivered(letter).find(|one| one.what.is_return())
    }

    fn delivered(&self, letter: ActId) -> impl Iterator<Item = &Held<Delivery>> {
        self.deliveries.iter().filter(move |one| one.stands() && one.what.letter == letter)
    }

    /// The day of the last letter of a template that stands, whoever it was to.
    pub fn last_letter(&self, template: &str) -> Option<NaiveDate> {
        let of_it = self.letters.iter().filter(|one| one.stands() && one.what.template == template);
        of_it.map(|one| one.what.on).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::event::Party;
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::facts::case_event_kind::EventKind;
    use crate::domain::testing::date;

    fn letter() -> Letter {
        Letter {
            template: "concern-1".to_owned(),
            sha256: "0".repeat(64),
            on: date(2026, 3, 4),
            from: date(2025, 9, 1),
            to: date(2026, 3, 4),
            parent: Party { contact: None, name: "Mrs Khan".to_owned() },
            language: Some("Urdu".to_owned()),
        }
    }

    fn delivery(outcome: LetterOutcome) -> Delivery {
        let (who, words) = ("S Marsh".to_owned(), String::new());
        Delivery { letter: ActId(4), outcome, on: date(2026, 3, 5), time: None, who, words }
    }

    #[test]
    fn a_letter_counts_once_it_went_and_did_not_come_back() {
        let mut file = CaseFile { letters: vec![held(4, letter())], ..CaseFile::default() };
        assert_eq!(file.done(), []);
        file.deliveries.push(held(5, delivery(LetterOutcome::Post)));
        assert_eq!(file.done(), [EventKind::Letter]);
        file.deliveries.push(held(6, delivery(LetterOutcome::Returned)));
        assert_eq!(file.done(), []);
        file.deliveries.pop();
        file.deliveries.push(taken_back(6, delivery(LetterOutcome::Returned), 7));
        assert_eq!(file.done(), [EventKind::Letter]);
        file.letters = vec![taken_back(4, letter(), 8)];
        assert_eq!((file.done(), file.last_letter("concern-1")), (vec![], None));
    }

    #[test]
    fn what_became_of_it_is_told_in_words() {
        let told = |outcome| delivery(outcome).describe(&letter());
        assert_eq!(letter().describe(), "letter concern-1 made, of 1 Sep 2025 to 4 Mar 2026; speaks Urdu");
        assert_eq!(told(LetterOutcome::Hand), "letter concern-1 of Wed 4 Mar 2026 handed over by S Marsh");
        assert_eq!(told(LetterOutcome::Returned), "letter concern-1 of Wed 4 Mar 2026 came back");
        for (template, least) in [
            ("concern-1", Role::Officer),
            ("notice-to-improve", Role::Lead),
            ("notice-to-improve.polish", Role::Lead),
            ("penalty-warning", Role::Lead),
            ("praise-full", Role::Officer),
        ] {
            assert_eq!(least_for_letter(template), least, "{template}");
        }
    }
}
