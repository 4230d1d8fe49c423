//! The keys of the steps, of one late or of several: each records its step, but a sanction, which is asked for first.

use super::Action;
use crate::domain::act::{Act, FollowLate};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::late_step::LateStep;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::question::Question;

/// The steps of a dialog.
pub struct Steps {
    keys: Keymap<Action>,
    typing: SharedTyping,
    /// Which sanction?
    pub asking: Question<()>,
    /// The step on its way to the record.
    asked: Option<LateStep>,
}

/// What a key means.
pub enum Pressed {
    /// Record this step, with these words.
    Step(LateStep, String),
    /// Ask which sanction is given.
    WhichSanction,
    /// Nothing of a step.
    Other(Outcome),
}

impl Steps {
    /// With nothing asked.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Steps {
        Steps { keys, typing, asking: Question::default(), asked: None }
    }

    /// What a key means: an answer, while a sanction is asked for.
    pub fn handle_key(&mut self, key: Key) -> Pressed {
        let mut given = None;
        let answered = self.asking.handle_key(key, &self.typing, |(), words| {
            given = Some(words.to_owned());
            Outcome::Nothing
        });
        if let Some(words) = given {
            return Pressed::Step(LateStep::Sanctioned, words);
        }
        if let Some(outcome) = answered {
            return Pressed::Other(outcome);
        }
        let step = |step| Pressed::Step(step, String::new());
        match self.keys.get(key) {
            Some(Action::Met) => step(LateStep::Met),
            Some(Action::Challenged) => step(LateStep::Challenged),
            Some(Action::Accepted) => step(LateStep::Accepted),
            Some(Action::NotAccepted) => step(LateStep::NotAccepted),
            Some(Action::Sanction) => Pressed::WhichSanction,
            Some(Action::Reported) => step(LateStep::Reported),
            Some(Action::Close) => Pressed::Other(Outcome::Close),
            None => Pressed::Other(Outcome::Nothing),
        }
    }

    /// Ask which sanction is given, offering this one.
    pub fn ask_which(&mut self, offered: Option<&str>) -> Outcome {
        let field = offered.map_or_else(Field::default, Field::offering);
        self.asking.ask((), "Which sanction?", "Say which sanction is given.", field);
        Outcome::Nothing
    }

    /// Record a step of these lates.
    pub fn record(&mut self, pupils: Vec<PupilId>, at: SessionDate, step: LateStep, words: String) -> Outcome {
        self.asked = Some(step);
        Outcome::Do(Act::FollowLate(FollowLate { pupils, at, step, words }))
    }

    /// A step is recorded: whether it was one of the two that usually end it; after any other the next is one key away.
    pub fn is_over(&mut self) -> bool {
        self.asking.drop_it();
        matches!(self.asked.take(), Some(LateStep::Accepted | LateStep::Reported))
    }

    /// The key of a step.
    pub fn key_of(&self, step: LateStep) -> String {
        let action = match step {
            LateStep::Met => Action::Met,
            LateStep::Challenged => Action::Challenged,
            LateStep::Accepted => Action::Accepted,
            LateStep::NotAccepted => Action::NotAccepted,
            LateStep::Sanctioned => Action::Sanction,
            LateStep::Reported => Action::Reported,
        };
        self.keys.first_key(action).unwrap_or_default()
    }

    /// The keys that work, each with `whom` it is for: "" or " for all".
    pub fn hints(&self, whom: &str) -> Vec<Hint> {
        if self.asking.is_open() {
            return self.asking.hints(&self.typing, &format!("record it{whom}"), "no sanction");
        }
        let step = ("letter".to_owned(), format!("record that step{whom}"));
        [step, self.keys.hint(Action::Close, "close")].into()
    }
}
