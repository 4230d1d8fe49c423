//! The answer about one child: the outcome of the call, and the reason or code it gave.

use chrono::NaiveDate;

use super::Action;
use crate::domain::absence::when::{last_day_said, offer_in, phrases_in};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::promise::PromiseKind;
use crate::domain::people::contact::CallOutcome;
use crate::domain::school::reason::Offer;
use crate::domain::school::roll::Roll;
use crate::keys::Action as _;
use crate::screen::widgets::field::Field;

/// What a call does that gives no code.
const ON_THE_WAY: &str = "on the way; N stands until the pupil arrives";

/// What was said of one child.
#[derive(Debug, Default)]
pub struct Answer {
    pub outcome: Option<CallOutcome>,
    pub reason: Option<Action>,
    /// The code, where it is typed.
    pub code: Field,
    /// What the words of the note offer: taken where no reason is chosen.
    pub offered: Option<Offer>,
}

impl Answer {
    /// Somebody was spoken to, so that one child's answer can be another than the next one's.
    pub fn is_spoken(&self) -> bool {
        use CallOutcome::{Aware, Refused, SomeoneElse, Unaware};
        matches!(self.outcome, Some(Aware | Unaware | SomeoneElse | Refused))
    }

    /// What became of the call; a reason is kept only where it can have been given.
    pub fn take(&mut self, outcome: CallOutcome) {
        self.outcome = Some(outcome);
        if outcome != CallOutcome::Aware {
            self.reason = None;
        }
    }

    /// A reason is only ever given by somebody who was spoken to.
    pub fn give(&mut self, reason: Action) {
        self.outcome = Some(CallOutcome::Aware);
        self.reason = Some(reason);
    }

    /// The offer that is taken: of somebody who was spoken to, and chose no reason.
    fn taken(&self) -> Option<&Offer> {
        let is_asked = self.outcome == Some(CallOutcome::Aware) && self.reason.is_none();
        let says_why = |offer: &&Offer| offer.code.is_some() || offer.promise == Some(PromiseKind::OnTheWay);
        self.offered.as_ref().filter(|_| is_asked).filter(says_why)
    }

    /// The code the reason gives, else the note's words; on the way gives none, for N stands until the pupil arrives.
    pub fn code(&self) -> Result<Option<Code>, String> {
        Ok(match self.reason {
            Some(Action::Ill) => Some(Code::I),
            Some(Action::Medical) => Some(Code::M),
            Some(Action::Holiday) => Code::parse("G"),
            Some(Action::Weak) => Some(Code::O),
            Some(Action::OtherCode) => {
                Some(Code::parse(self.code.text()).ok_or_else(|| "the code, or another reason".to_owned())?)
            }
            _ => self.taken().and_then(|offer| offer.code),
        })
    }

    /// What the words of the note offer.
    pub fn offer_for(&mut self, note: &str, at: SessionDate, roll: &Roll) {
        self.offered = offer_in(note, at, roll);
    }

    /// The last day of an absence since `at`, where the note says one and there is a code; the error is the words that say other days.
    pub fn last_day(&self, note: &str, at: SessionDate, roll: &Roll) -> Result<Option<NaiveDate>, String> {
        match self.code() {
            Ok(Some(code)) => last_day_said(&phrases_in(note, Some(code), at, roll), at),
            Ok(None) | Err(_) => Ok(None),
        }
    }

    /// What is still wanting; `None` when nothing is.
    pub fn wanting(&self) -> Option<String> {
        let Some(outcome) = self.outcome else { return Some("what became of the call".to_owned()) };
        if outcome == CallOutcome::Aware && self.reason.is_none() && self.taken().is_none() {
            return Some("the reason they gave, or a code".to_owned());
        }
        self.code().err()
    }

    /// "ill, I".
    pub fn describe(&self) -> String {
        let outcome = self.outcome.map_or("", CallOutcome::describe);
        match self.reason {
            Some(Action::OnTheWay) => ON_THE_WAY.to_owned(),
            Some(Action::OtherCode) => format!("{outcome}, {}", self.code.text().to_uppercase()),
            Some(reason) => {
                let code = self.code().ok().flatten().map(|code| format!(", {code}")).unwrap_or_default();
                format!("{}{code}", reason.entry().help)
            }
            None => match self.taken() {
                Some(Offer { code: Some(code), words, .. }) => format!("{code}, offered for \u{201c}{words}\u{201d}"),
                Some(_) => ON_THE_WAY.to_owned(),
                None => outcome.to_owned(),
            },
        }
    }
}

/// What became of the call, of the keys that say it.
pub fn outcome_of(action: Action) -> Option<CallOutcome> {
    Some(match action {
        Action::Spoke => CallOutcome::Aware,
        Action::NoAnswer => CallOutcome::NoAnswer,
        Action::LeftMessage => CallOutcome::LeftMessage,
        Action::Unaware => CallOutcome::Unaware,
        Action::WrongNumber => CallOutcome::WrongNumber,
        Action::CallBack => CallOutcome::CallBack,
        Action::SomeoneElse => CallOutcome::SomeoneElse,
        Action::Refused => CallOutcome::Refused,
        _ => return None,
    })
}
