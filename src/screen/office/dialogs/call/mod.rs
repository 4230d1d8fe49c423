//! The call card: whom to ring, what became of it, and the code it gave. Nothing is recorded before Enter.

mod answer;
mod household;
mod view;

use chrono::{NaiveDate, NaiveTime};
use ratatui::layout::{Position, Rect};

use crate::domain::absence::unexplained::{covers, next_call, unexplained_session};
use crate::domain::act::disclosure::Disclosure;
use crate::domain::act::{Act, LogCall, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{SessionDate, parse_time};
use crate::domain::people::contact::{CallOutcome, Contact, ContactId};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::reveal;
use answer::Answer;
use household::Household;

crate::actions! {
    /// What keys mean in the call card.
    pub Action in "call" {
        Spoke "spoke" "spoke, has a reason";
        NoAnswer "no-answer" "no answer";
        LeftMessage "left-message" "left message";
        Unaware "unaware" "parent did not know";
        WrongNumber "wrong-number" "wrong number";
        CallBack "call-back" "call back, and when";
        SomeoneElse "someone-else" "someone else answered";
        Refused "refused" "would not say why";
        Ill "ill" "ill";
        Medical "medical" "medical appointment";
        OnTheWay "on-the-way" "on the way";
        Holiday "holiday" "holiday not agreed";
        Weak "weak" "weak or refused";
        OtherCode "other-code" "another code";
        NextContact "next-contact" "the next contact";
        PreviousContact "previous-contact" "the contact before";
        Cover "cover" "the next sibling too";
        Tick "tick" "the chosen sibling after all, or not";
        Note "note" "to the note and back";
        Year "year" "the pupil's school year; closing it leads back to the call";
        Copy "copy" "copy the number to your own machine, for 30 s";
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
    /// Why somebody was rung who must not be contacted.
    Despite,
}

/// The call card.
pub struct CallCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupil: PupilId,
    at: SessionDate,
    contact: Option<ContactId>,
    /// The number rung; `None` where the contact has none.
    number: Option<String>,
    answer: Answer,
    time: Field,
    note: Field,
    despite: Field,
    typed: Typed,
    household: Household,
    /// It was recorded that the number is shown.
    shown: bool,
    saw: Vec<(PupilId, ActId)>,
    /// The officer was told that the note says a day which the call does not: the next time it is saved.
    warned: bool,
}

impl CallCard {
    /// About the session the pupil is unexplained in, else the one the office is working on; to the next contact.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, id: PupilId, context: &ViewContext) -> CallCard {
        let session = unexplained_session(&context.day, id, context.session()).unwrap_or_else(|| context.session());
        let siblings =
            context.pupil(id).map(|pupil| covers(&context.day, pupil, context.session())).unwrap_or_default();
        let siblings: Vec<PupilId> =
            siblings.into_iter().filter(|(_, missed)| *missed == session).map(|(id, _)| id).collect();
        let seen = std::iter::once(id).chain(siblings.iter().copied());
        let next = next_call(&context.day, id);
        CallCard {
            saw: seen.map(|id| (id, context.revision(id, session))).collect(),
            contact: next.map(|(contact, _)| contact.id),
            number: next.map(|(_, phone)| phone.number.clone()),
            at: SessionDate::new(context.day.date, session),
            pupil: id,
            answer: Answer::default(),
            time: Field::default(),
            note: Field::default(),
            despite: Field::default(),
            typed: Typed::Nothing,
            household: Household::new(siblings.into_iter()),
            shown: false,
            warned: false,
            keys,
            typing,
        }
    }

    /// The answer that the keys edit: the call's own until it is complete, then the chosen sibling's.
    fn answer(&mut self) -> &mut Answer {
        let settled = self.answer.is_spoken() && self.answer.wanting().is_none();
        match self.household.chosen().filter(|_| settled) {
            Some(sibling) => {
                sibling.covered = true;
                sibling.own.get_or_insert_default()
            }
            None => &mut self.answer,
        }
    }

    fn give(&mut self, reason: Action) {
        self.answer().give(reason);
        if reason == Action::OtherCode {
            self.typed = Typed::Code;
        }
    }

    fn spoke(&mut self, outcome: CallOutcome) {
        self.answer().take(outcome);
    }

    /// Nobody was spoken to: so it is for every child.
    fn unspoken(&mut self, outcome: CallOutcome) {
        self.answer.take(outcome);
        self.household.nothing_said();
        if outcome == CallOutcome::CallBack {
            self.typed = Typed::Time;
        }
    }

    fn rung<'s>(&self, context: &'s ViewContext) -> Option<&'s Contact> {
        context.roll().contact(self.pupil, self.contact?)
    }

    /// Why who is rung must not be contacted about a child.
    fn why_barred(&self, about: PupilId, context: &ViewContext) -> Option<String> {
        context.roll().why_barred(about, self.rung(context)?, self.number.as_deref())
    }

    /// Each number of each contact, in calling order.
    fn numbers<'s>(&self, context: &'s ViewContext) -> Vec<(&'s Contact, Option<&'s str>)> {
        let all = context.roll().contacts(self.pupil).iter();
        all.flat_map(|contact| {
            let phones = contact.phones.iter().map(|phone| Some(phone.number.as_str()));
            let none = contact.phones.is_empty().then_some(None);
            phones.chain(none).map(move |number| (contact, number))
        })
        .collect()
    }

    /// Where in the calling order the number stands that is rung.
    fn here(&self, numbers: &[(&Contact, Option<&str>)]) -> Option<usize> {
        let is_rung = |(contact, number): &(&Contact, Option<&str>)| {
            self.contact == Some(contact.id) && self.number.as_deref() == *number
        };
        numbers.iter().position(is_rung)
    }

    fn ring(&mut self, next: Option<(&Contact, Option<&str>)>) {
        self.contact = next.map(|(contact, _)| contact.id);
        self.number = next.and_then(|(_, number)| number.map(str::to_owned));
    }

    /// What is still wanting before it can be saved; `None` when nothing is.
    fn wanting(&self, context: &ViewContext) -> Option<String> {
        let of = |id: PupilId| {
            context.pupil(id).map(|pupil| context.roll().spoken_name(pupil).to_string()).unwrap_or_default()
        };
        let sibling_wanting = |sibling: &household::Sibling| {
            Some(format!("{}, of {}", sibling.own.as_ref()?.wanting()?, of(sibling.pupil)))
        };
        // What somebody said about a child of whom they must not be told is not taken with what they said of another.
        let left_out = |sibling: &household::Sibling| {
            self.why_barred(sibling.pupil, context).map(|_| format!("{} left out of the call", of(sibling.pupil)))
        };
        let wanting = self.household.covered().find_map(left_out).or_else(|| self.answer.wanting());
        let wanting = wanting.or_else(|| self.household.covered().find_map(sibling_wanting));
        let back = || self.call_back(context).err();
        let unreachable = || {
            let rung = self.rung(context).filter(|one| one.phones.is_empty() && !one.is_barred())?;
            let how = || format!("in the note how {} was reached: no number is held", rung.name);
            self.note.text().trim().is_empty().then(how)
        };
        wanting.or_else(back).or_else(unreachable)
    }

    /// When to ring again: a time still to come.
    fn call_back(&self, context: &ViewContext) -> Result<Option<NaiveTime>, String> {
        if self.answer.outcome != Some(CallOutcome::CallBack) {
            return Ok(None);
        }
        match parse_time(self.time.text()) {
            Some(time) if time > context.time() => Ok(Some(time)),
            Some(time) => Err(format!("a time still to come: {} is past", time.format("%H:%M"))),
            None => Err("when they are to be rung again, written 09:50".to_owned()),
        }
    }

    /// The last day of the absence, where the note says one; the error is the words that say other days.
    fn last_day(&self, context: &ViewContext) -> Result<Option<NaiveDate>, String> {
        self.answer.last_day(self.note.text(), self.at, context.roll())
    }

    /// A note that says other days than the call can is asked about once.
    fn ask_about_day(&mut self, words: &str) -> Outcome {
        self.warned = true;
        let key = self.keys.first_key(Action::Save).unwrap_or_default();
        Outcome::Notice(format!(
            "The note says \u{201c}{words}\u{201d}, which a call does not record: log a message for that. {key} again saves the call."
        ))
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let barred = self.why_barred(self.pupil, context).is_some();
        let despite = self.despite.text().trim().to_owned();
        let (Some(outcome), Ok(code), Ok(call_back), None) =
            (self.answer.outcome, self.answer.code(), self.call_back(context), self.wanting(context))
        else {
            if self.answer.outcome == Some(CallOutcome::CallBack) {
                self.typed = Typed::Time;
            }
            return Outcome::Notice(format!("Still wanting: {}.", self.wanting(context).unwrap_or_default()));
        };
        if barred && (self.typed != Typed::Despite || despite.is_empty()) {
            self.typed = Typed::Despite;
            return Outcome::Nothing;
        }
        let until = match self.last_day(context) {
            Err(words) if !self.warned => return self.ask_about_day(&words),
            Err(_) => None,
            Ok(until) => until,
        };
        let note = match (self.note.text(), self.answer.reason) {
            ("", Some(Action::OnTheWay)) => "on the way".to_owned(),
            (note, _) => note.to_owned(),
        };
        Outcome::Do(Act::LogCall(LogCall {
            pupil: self.pupil,
            contact: self.contact,
            number: self.number.clone(),
            at: self.at,
            outcome,
            code,
            until,
            note,
            call_back,
            covers: self.household.covered().map(|sibling| sibling.pupil).collect(),
            sibling_answers: self.household.sibling_answers(),
            saw: self.saw.clone(),
            despite: barred.then_some(despite),
        }))
    }

    /// Step through the contacts and their numbers. Those who cannot be rung are never offered, but somebody may have rung them.
    fn step(&mut self, context: &ViewContext, back: bool) {
        let all = self.numbers(context);
        let there = match self.here(&all) {
            Some(here) => (here + if back { all.len() - 1 } else { 1 }) % all.len(),
            None if back => all.len().saturating_sub(1),
            None => 0,
        };
        self.ring(all.get(there).copied());
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.typed {
            Typed::Nothing => None,
            Typed::Code => match self.household.chosen().and_then(|sibling| sibling.own.as_mut()) {
                Some(own) => Some(&mut own.code),
                None => Some(&mut self.answer.code),
            },
            Typed::Time => Some(&mut self.time),
            Typed::Note => Some(&mut self.note),
            Typed::Despite => Some(&mut self.despite),
        }
    }

    fn acted(&mut self, action: Action, context: &ViewContext) -> Outcome {
        match action {
            Action::Spoke => self.spoke(CallOutcome::Aware),
            Action::Unaware => self.spoke(CallOutcome::Unaware),
            Action::SomeoneElse => self.spoke(CallOutcome::SomeoneElse),
            Action::Refused => self.spoke(CallOutcome::Refused),
            Action::NoAnswer => self.unspoken(CallOutcome::NoAnswer),
            Action::LeftMessage => self.unspoken(CallOutcome::LeftMessage),
            Action::WrongNumber => self.unspoken(CallOutcome::WrongNumber),
            Action::CallBack => self.unspoken(CallOutcome::CallBack),
            Action::Ill | Action::Medical | Action::OnTheWay | Action::Holiday | Action::Weak | Action::OtherCode => {
                self.give(action);
            }
            Action::NextContact => self.step(context, false),
            Action::PreviousContact => self.step(context, true),
            Action::Cover => self.household.next(),
            Action::Tick => match self.household.chosen() {
                Some(sibling) => sibling.covered = !sibling.covered,
                None => return Outcome::Notice("Choose a sibling first.".to_owned()),
            },
            Action::Note => self.typed = if self.typed == Typed::Note { Typed::Nothing } else { Typed::Note },
            Action::Year => return Outcome::Open(Ask::Year(self.pupil)),
            Action::Copy => {
                return match self.rung(context).filter(|_| self.shown) {
                    Some(rung) => reveal::copy(rung, self.number.as_deref()),
                    None => Outcome::Notice("No number is shown that could be copied.".to_owned()),
                };
            }
            Action::Save => return self.save(context),
            Action::Close => return Outcome::Close,
        }
        Outcome::Nothing
    }
}

impl Dialog for CallCard {
    fn title(&self, context: &ViewContext) -> String {
        // The mark as it stands: a pupil may come through the gate while the call goes on.
        let (name, session) = (context.roll().name_and_group(self.pupil), self.at.session);
        format!("Call about {name}: {session} {}", context.short_mark(self.pupil, session))
    }

    fn size(&self, context: &ViewContext) -> (u16, u16) {
        (76, u16::try_from(view::lines(self, context) + 2).unwrap_or(24))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let keys = self.keys.get(key);
        if self.typed != Typed::Nothing {
            // While something is typed letters are letters; only what is no letter keeps its meaning.
            match keys.filter(|_| key.character().is_none()) {
                Some(Action::Save) => return self.save(context),
                Some(Action::Note) if self.typed != Typed::Despite => return self.acted(Action::Note, context),
                Some(Action::Close) => self.typed = Typed::Nothing,
                _ => {
                    let typing = self.typing.clone();
                    if let Some(field) = self.field() {
                        field.handle_key(key, &typing.field);
                        self.warned = false;
                    }
                    self.answer.offer_for(self.note.text(), self.at, context.roll());
                }
            }
            return Outcome::Nothing;
        }
        keys.map_or(Outcome::Nothing, |action| self.acted(action, context))
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if let Some(field) = self.field() {
            field.paste(text);
        }
        self.answer.offer_for(self.note.text(), self.at, context.roll());
    }

    /// A parent who did not know: the DSL is told at once.
    fn followed_by(&self) -> Option<Ask> {
        let missing = |answer: &Answer| answer.outcome == Some(CallOutcome::Unaware);
        let sibling =
            || self.household.siblings.iter().find(|one| one.covered && one.own.as_ref().is_some_and(missing));
        let pupil = if missing(&self.answer) { Some(self.pupil) } else { sibling().map(|one| one.pupil) };
        pupil.map(Ask::Step)
    }

    fn refused(&mut self, refusal: &Refusal, _: &ViewContext) {
        if let Refusal::ChangedMeanwhile { pupil, revision, .. } = refusal {
            self.saw.iter_mut().filter(|(id, _)| id == pupil).for_each(|(_, saw)| *saw = *revision);
        }
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.shown |= *disclosure == reveal::to_ring(self.pupil);
    }

    fn refresh(&mut self, context: &ViewContext) {
        if self.contact.is_some() && self.here(&self.numbers(context)).is_none() {
            let next = next_call(&context.day, self.pupil);
            self.ring(next.map(|(contact, phone)| (contact, Some(phone.number.as_str()))));
        }
    }

    /// From the pupil's year, with everything that was typed.
    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn claims(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.typed != Typed::Nothing {
            // Letters are letters here: only these keep their meaning.
            let close = if self.typed == Typed::Despite { "back" } else { "done typing" };
            return self.keys.hints(&[(Action::Save, "save"), (Action::Close, close)]);
        }
        let hint = |action, does: &str| self.keys.hint(action, does);
        let mut hints =
            vec![hint(Action::Save, "save"), hint(Action::NextContact, "next contact"), hint(Action::Note, "note")];
        match (self.household.siblings.is_empty(), self.household.turn()) {
            (true, _) => {}
            (false, None) => hints.push(hint(Action::Cover, "cover the sibling too")),
            (false, Some(_)) => {
                hints.push(hint(Action::Cover, "the next"));
                hints.push(hint(Action::Tick, "not this one"));
            }
        }
        hints.push(hint(Action::Close, "close and keep nothing"));
        hints.push(hint(Action::Year, "year"));
        if self.shown {
            hints.push(hint(Action::Copy, "copy the number"));
        }
        hints
    }
}
