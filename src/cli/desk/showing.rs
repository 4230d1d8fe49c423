//! Protected data: recorded before it is shown, and not shown if it cannot be recorded.

use super::Desk;
use super::answer::PupilFacts;
use crate::cli::Failure;
use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::people::contact::masked;
use crate::domain::people::pupil::{PupilId, Tier};
use crate::store::NotDone;

/// Whether telephone numbers are said whole.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Numbers {
    /// Say telephone numbers whole, and on a card date of birth and addresses; that you saw them is put down
    #[arg(long)]
    pub numbers: bool,
}

/// What is masked until it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Private {
    /// A number of the contact in this place of the calling order.
    Number(i64),
    /// Where that contact lives.
    AddressOf(i64),
    /// The pupil's date of birth.
    DateOfBirth,
    /// Where the pupil lives.
    Address,
}

impl Private {
    /// `text` with all of it hidden that says too much.
    fn masked(self, text: &str) -> String {
        match self {
            Private::Number(_) => masked(text),
            Private::AddressOf(_) | Private::DateOfBirth | Private::Address => masked("").trim_end().to_owned(),
        }
    }

    /// The contact's place.
    fn place(self) -> Option<i64> {
        match self {
            Private::Number(place) | Private::AddressOf(place) => Some(place),
            Private::DateOfBirth | Private::Address => None,
        }
    }
}

impl Desk<'_> {
    /// Record that this is about to be shown.
    fn record_disclosure(&mut self, disclosure: &Disclosure) -> Result<(), Failure> {
        match self.store.disclose(&self.officer, self.when(), disclosure) {
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => {
                Err(self.unwritable.take().unwrap_or(fault).into())
            }
            record_disclosure => self.answered(record_disclosure),
        }
    }

    /// Put down that a text for somebody else, or a copy, is about to be given out.
    pub fn exports(&mut self, what: &str, pupil: Option<PupilId>) -> Result<(), Failure> {
        self.record_disclosure(&Disclosure::export(what, pupil))
    }

    /// Put down that a pupil's card is about to be shown, where that pupil is vulnerable.
    pub fn opens_card(&mut self, id: PupilId) -> Result<(), Failure> {
        match self.store.roll().pupil(id) {
            Some(pupil) if pupil.tier() == Tier::Vulnerable => {
                let what = "opened on the command line".to_owned();
                self.record_disclosure(&Disclosure { shown: Shown::Card, pupil: Some(id), what })
            }
            _ => Ok(()),
        }
    }

    /// Refuse whoever asks for numbers and may not see them.
    pub fn check_may_reveal(&mut self, numbers: Numbers) -> Result<(), Failure> {
        let asked = if numbers.numbers { check_matter(self.officer.role, Matter::Numbers) } else { Ok(()) };
        asked.or_else(|refusal| self.refuse(&refusal))
    }

    /// Make these numbers of one pupil fit to be said: whole once it is put down whose they are, by their places in the calling
    /// order, else masked.
    pub fn reveal_numbers<'a>(
        &mut self,
        numbers: Numbers,
        pupil: i64,
        numbers_by_place: impl Iterator<Item = (i64, &'a mut String)>,
    ) -> Result<(), Failure> {
        let private = numbers_by_place.map(|(place, number)| (Private::Number(place), number));
        self.reveal(numbers, PupilId(pupil), private.collect())
    }

    /// Make what is private of one pupil fit to be said: whole once it is put down what it is, else masked.
    pub fn reveal(
        &mut self,
        numbers: Numbers,
        pupil: PupilId,
        private: Vec<(Private, &mut String)>,
    ) -> Result<(), Failure> {
        if !numbers.numbers {
            for (what, text) in private {
                *text = what.masked(text);
            }
            return Ok(());
        }
        if private.is_empty() {
            return Ok(());
        }
        let has = |wanted: Private| private.iter().any(|(what, _)| *what == wanted);
        let own = [(Private::DateOfBirth, "date of birth"), (Private::Address, "address")];
        let mut parts: Vec<String> =
            own.iter().filter(|(what, _)| has(*what)).map(|(_, name)| (*name).to_owned()).collect();
        let mut places: Vec<String> =
            private.iter().filter_map(|(what, _)| what.place()).map(|place| place.to_string()).collect();
        places.dedup();
        if !places.is_empty() {
            let contact = if places.len() == 1 { "contact" } else { "contacts" };
            parts.push(format!("{contact} {}", places.join(", ")));
        }
        self.record_disclosure(&Disclosure { shown: Shown::Number, pupil: Some(pupil), what: parts.join(", ") })
    }

    /// Put down that the provider's number of an arrangement is about to be shown.
    pub fn reveal_provider(&mut self, arrangement: i64) -> Result<(), Failure> {
        let what = format!("provider of arrangement {arrangement}");
        self.record_disclosure(&Disclosure { shown: Shown::Number, pupil: None, what })
    }

    /// A pupil as whoever is at this desk may see them: at the gate without flags and what they come to.
    pub fn seen(&self, mut pupil: PupilFacts) -> PupilFacts {
        if check_matter(self.officer.role, Matter::Card).is_err() {
            pupil.flags.clear();
            pupil.tier = None;
        }
        pupil
    }
}
