//! A letter: what is kept of it, and what became of it.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::event::{Party, day, parted};
use super::words::words;
use crate::domain::act_id::ActId;
use crate::domain::figures::Figures;

words! {
    /// What became of a letter.
    LetterOutcome {
        /// It was handed over.
        Hand "handed over"
        /// It was posted.
        Post "posted"
        /// It was sent by e-mail.
        Email "sent by e-mail"
        /// It came back.
        Returned "came back"
    }
}

/// A letter to one parent, without its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// The template that it was made from: "concern-1".
    pub template: String,
    /// The SHA-256 of that template, in hexadecimal digits.
    pub sha256: String,
    /// The date that stands on it.
    pub on: NaiveDate,
    /// The first date of its figures.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// To whom.
    pub parent: Party,
    /// The parent's language, where it is not English.
    pub language: Option<String>,
}

/// What stands on the paper: frozen as it was made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paper {
    /// The lines at its head: the school, and where it is.
    pub heading: Vec<String>,
    /// The lines of the address below the parent's name; none where the letter is handed over.
    pub address: Vec<String>,
    /// The letter: paragraphs with a blank line between, "# " before a heading and "- " before an item.
    pub text: String,
    /// The figures that it gives, of the letter's dates.
    pub figures: Figures,
}

/// What became of a letter, and of which.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The act that made the letter.
    pub letter: ActId,
    /// What became of it.
    pub outcome: LetterOutcome,
    /// When.
    pub on: NaiveDate,
    /// At which time; of one that was handed over always.
    pub time: Option<NaiveTime>,
    /// Who sent it or handed it over; who noted that it came back.
    pub who: String,
    /// Whatever is to be said of it.
    pub words: String,
}

impl Letter {
    /// "letter concern-1 made, of 1 Sep to 24 Nov 2026".
    pub fn describe(&self) -> String {
        let dates = (self.from.format("%-d %b %Y"), self.to.format("%-d %b %Y"));
        let language = self.language.as_ref().map(|one| format!("; speaks {one}")).unwrap_or_default();
        format!("letter {} made, of {} to {}{language}", self.template, dates.0, dates.1)
    }
}

impl Delivery {
    /// "letter concern-1 of Tue 24 Nov 2026 posted by S Marsh".
    pub fn describe(&self, letter: &Letter) -> String {
        let (template, on, outcome) = (&letter.template, day(letter.on), self.outcome.describe());
        let by = match self.outcome {
            LetterOutcome::Hand | LetterOutcome::Post | LetterOutcome::Email => format!(" by {}", self.who),
            LetterOutcome::Returned => String::new(),
        };
        parted(&format!("letter {template} of {on} {outcome}{by}"), &self.words)
    }

    /// Whether it is that the letter came back.
    pub fn is_return(&self) -> bool {
        self.outcome == LetterOutcome::Returned
    }
}
