//! The call card: whom to ring, what became of it, and the code it gave. Nothing is recorded before Enter.

use chrono::NaiveTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{Dialog, Hint, SharedTyping};
use super::super::field::Field;
use super::super::outcome::Outcome;
use super::super::scene::Scene;
use super::super::theme::Theme;
use crate::domain::act::{Act, ActId, Refusal};
use crate::domain::code::Code;
use crate::domain::contact::{CallOutcome, ContactId};
use crate::domain::pupil::PupilId;
use crate::domain::session::{SessionDate, parse_time};
use crate::domain::unexplained::{covers, next_call, unexplained_session};
use crate::keys::{Key, Keymap};

mod view;

crate::actions! {
    /// What keys mean in the call card.
    pub Action in "call" {
        Spoke "spoke" "spoke, has a reason";
        NoAnswer "no-answer" "no answer";
        LeftMessage "left-message" "left message";
        Unaware "unaware" "parent did not know";
        WrongNumber "wrong-number" "wrong number";
        CallBack "call-back" "call back, and when";
        Ill "ill" "ill";
        Medical "medical" "medical appointment";
        OnTheWay "on-the-way" "on the way";
        Holiday "holiday" "holiday not agreed";
        Weak "weak" "weak or refused";
        OtherCode "other-code" "another code";
        NextContact "next-contact" "the next contact";
        PreviousContact "previous-contact" "the contact before";
        Cover "cover" "the next sibling too, or not";
        Note "note" "to the note and back";
        Save "save" "save";
        Close "close" "close and keep nothing";
    }
}

/// What is being typed, if anything.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    Nothing,
    Code,
    Time,
    Note,
}

/// The call card.
pub struct CallCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupil: PupilId,
    at: SessionDate,
    contact: Option<ContactId>,
    outcome: Option<CallOutcome>,
    reason: Option<Action>,
    code: Field,
    time: Field,
    note: Field,
    typed: Typed,
    /// Siblings the same call can speak for, and whether it does.
    siblings: Vec<(PupilId, bool)>,
    saw: Vec<(PupilId, ActId)>,
}

impl CallCard {
    /// About the session the pupil is unexplained in, else the one the office is working on; to the next contact.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, id: PupilId, scene: &Scene) -> CallCard {
        let session = unexplained_session(&scene.day, id, scene.session()).unwrap_or_else(|| scene.session());
        let siblings = scene.pupil(id).map(|pupil| covers(&scene.day, pupil, scene.session())).unwrap_or_default();
        let siblings: Vec<(PupilId, bool)> =
            siblings.into_iter().filter(|(_, theirs)| *theirs == session).map(|(id, _)| (id, false)).collect();
        let seen = std::iter::once(id).chain(siblings.iter().map(|(id, _)| *id));
        CallCard {
            saw: seen.map(|id| (id, scene.revision(id, session))).collect(),
            contact: next_call(&scene.day, id).map(|contact| contact.id),
            at: SessionDate::new(scene.day.date, session),
            pupil: id,
            outcome: None,
            reason: None,
            code: Field::default(),
            time: Field::default(),
            note: Field::default(),
            typed: Typed::Nothing,
            siblings,
            keys,
            typing,
        }
    }

    /// A reason is only ever given by somebody who was spoken to.
    fn give(&mut self, reason: Action) {
        self.outcome = Some(CallOutcome::Aware);
        self.reason = Some(reason);
        if reason == Action::OtherCode {
            self.typed = Typed::Code;
        }
    }

    fn answer(&mut self, outcome: CallOutcome) {
        self.outcome = Some(outcome);
        if outcome != CallOutcome::Aware {
            self.reason = None;
        }
        if outcome == CallOutcome::CallBack {
            self.typed = Typed::Time;
        }
    }

    /// What is still wanting before it can be saved; `None` when nothing is.
    fn wanting(&self) -> Option<String> {
        let Some(outcome) = self.outcome else { return Some("what became of the call".to_owned()) };
        if outcome == CallOutcome::Aware && self.reason.is_none() {
            return Some("the reason they gave, or a code".to_owned());
        }
        self.code().err().or_else(|| self.call_back().err())
    }

    /// The code the reason gives; on the way gives none, for N stands until the pupil arrives.
    fn code(&self) -> Result<Option<Code>, String> {
        Ok(match self.reason {
            Some(Action::Ill) => Some(Code::I),
            Some(Action::Medical) => Some(Code::M),
            Some(Action::Holiday) => Code::parse("G"),
            Some(Action::Weak) => Some(Code::O),
            Some(Action::OtherCode) => {
                Some(Code::parse(self.code.text()).ok_or_else(|| "the code, or another reason".to_owned())?)
            }
            _ => None,
        })
    }

    fn call_back(&self) -> Result<Option<NaiveTime>, String> {
        if self.outcome != Some(CallOutcome::CallBack) {
            return Ok(None);
        }
        parse_time(self.time.text()).map(Some).ok_or_else(|| "when they are to be rung again, written 09:50".to_owned())
    }

    fn save(&mut self) -> Outcome {
        let (Some(outcome), Ok(code), Ok(call_back), None) =
            (self.outcome, self.code(), self.call_back(), self.wanting())
        else {
            return Outcome::Say(format!("Still wanting: {}.", self.wanting().unwrap_or_default()));
        };
        let note = match (self.note.text(), self.reason) {
            ("", Some(Action::OnTheWay)) => "on the way".to_owned(),
            (note, _) => note.to_owned(),
        };
        Outcome::Do(Act::LogCall {
            pupil: self.pupil,
            contact: self.contact,
            at: self.at,
            outcome,
            code,
            note,
            call_back,
            covers: self.siblings.iter().filter(|(_, covered)| *covered).map(|(id, _)| *id).collect(),
            saw: self.saw.clone(),
            despite: None,
        })
    }

    /// Step through the contacts who can be rung.
    fn step(&mut self, scene: &Scene, back: bool) {
        let ringable: Vec<ContactId> =
            scene.roll().contacts(self.pupil).iter().filter(|one| one.can_be_rung()).map(|one| one.id).collect();
        if ringable.is_empty() {
            return;
        }
        let here = ringable.iter().position(|id| Some(*id) == self.contact).unwrap_or(0);
        let step = if back { ringable.len() - 1 } else { 1 };
        self.contact = ringable.get((here + step) % ringable.len()).copied();
    }

    /// Cover one sibling more; when all are, none.
    fn cover(&mut self) {
        match self.siblings.iter_mut().find(|(_, covered)| !covered) {
            Some((_, covered)) => *covered = true,
            None => self.siblings.iter_mut().for_each(|(_, covered)| *covered = false),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.typed {
            Typed::Nothing => None,
            Typed::Code => Some(&mut self.code),
            Typed::Time => Some(&mut self.time),
            Typed::Note => Some(&mut self.note),
        }
    }

    fn acted(&mut self, action: Action, scene: &Scene) -> Outcome {
        match action {
            Action::Spoke => self.answer(CallOutcome::Aware),
            Action::NoAnswer => self.answer(CallOutcome::NoAnswer),
            Action::LeftMessage => self.answer(CallOutcome::LeftMessage),
            Action::Unaware => self.answer(CallOutcome::Unaware),
            Action::WrongNumber => self.answer(CallOutcome::WrongNumber),
            Action::CallBack => self.answer(CallOutcome::CallBack),
            Action::Ill | Action::Medical | Action::OnTheWay | Action::Holiday | Action::Weak | Action::OtherCode => {
                self.give(action);
            }
            Action::NextContact => self.step(scene, false),
            Action::PreviousContact => self.step(scene, true),
            Action::Cover => self.cover(),
            Action::Note => self.typed = if self.typed == Typed::Note { Typed::Nothing } else { Typed::Note },
            Action::Save => return self.save(),
            Action::Close => return Outcome::Close,
        }
        Outcome::Nothing
    }
}

impl Dialog for CallCard {
    fn title(&self, scene: &Scene) -> String {
        // The mark as it stands: a pupil may come through the gate while the call goes on.
        let (name, session) = (scene.roll().name_and_group(self.pupil), self.at.session);
        format!("Call about {name}: {session} {}", scene.short_mark(self.pupil, session))
    }

    fn size(&self, scene: &Scene) -> (u16, u16) {
        let contacts = scene.roll().contacts(self.pupil).len().max(1);
        (76, u16::try_from(contacts + 8 + self.siblings.len()).unwrap_or(20))
    }

    fn heard(&mut self, key: Key, scene: &Scene) -> Outcome {
        let keys = self.keys.get(key);
        if self.typed != Typed::Nothing {
            // While something is typed letters are letters; only what is no letter keeps its meaning.
            match keys.filter(|_| key.character().is_none()) {
                Some(action @ (Action::Save | Action::Note)) => return self.acted(action, scene),
                Some(Action::Close) => self.typed = Typed::Nothing,
                _ => {
                    let typing = self.typing.clone();
                    if let Some(field) = self.field() {
                        field.heard(key, &typing.field);
                    }
                }
            }
            return Outcome::Nothing;
        }
        keys.map_or(Outcome::Nothing, |action| self.acted(action, scene))
    }

    fn paste(&mut self, text: &str, _: &Scene) {
        if let Some(field) = self.field() {
            field.paste(text);
        }
    }

    fn refused(&mut self, refusal: &Refusal, _: &Scene) {
        if let Refusal::ChangedMeanwhile { pupil, revision, .. } = refusal {
            self.saw.iter_mut().filter(|(id, _)| id == pupil).for_each(|(_, saw)| *saw = *revision);
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        view::draw(self, area, buffer, scene, theme)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.typed != Typed::Nothing {
            // Letters are letters here: only these keep their meaning.
            let hint = |action, does: &str| (self.keys.first_key(action).unwrap_or_default(), does.to_owned());
            return vec![hint(Action::Save, "save"), hint(Action::Close, "done typing")];
        }
        let hint = |action, does: &str| (self.keys.first_key(action).unwrap_or_default(), does.to_owned());
        let mut hints =
            vec![hint(Action::Save, "save"), hint(Action::NextContact, "next contact"), hint(Action::Note, "note")];
        if !self.siblings.is_empty() {
            hints.push(hint(Action::Cover, "cover the sibling too"));
        }
        hints.push(hint(Action::Close, "close and keep nothing"));
        hints
    }
}

fn outcome_of(action: Action) -> Option<CallOutcome> {
    Some(match action {
        Action::Spoke => CallOutcome::Aware,
        Action::NoAnswer => CallOutcome::NoAnswer,
        Action::LeftMessage => CallOutcome::LeftMessage,
        Action::Unaware => CallOutcome::Unaware,
        Action::WrongNumber => CallOutcome::WrongNumber,
        Action::CallBack => CallOutcome::CallBack,
        _ => return None,
    })
}
