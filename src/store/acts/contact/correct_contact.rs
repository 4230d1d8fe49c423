//! Puts something of a contact right: a correction beside what the system says. Who must not be contacted stays so under a new
//! number as well.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::bars::held;
use super::fit::fit;
use crate::domain::act::{CorrectContact, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::contact::{Contact, masked};
use crate::domain::people::correction::{self, ContactField};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::roll_rows;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::bar;
use crate::store::tables::correction::{New, add, end};
use crate::store::tables::roll_change::{Relation, new_number};

impl Recorded for CorrectContact {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (contact, kind) = (held(work, self.pupil, self.contact)?, self.field.kind());
        let becomes = fit(self.field, &clean(&self.becomes), work.roll.contacts(self.pupil).len())?;
        self.is_as_it_was_seen(work, contact)?;
        if kind.is_same(&self.saw, &becomes) {
            return Err(Stop::forbidden(format!(
                "that is what is held: the {} of {}",
                kind.describe(),
                contact.introduced()
            )));
        }
        let stand: Vec<_> = work.roll.corrections(self.pupil).map(|one| &one.correction).collect();
        let of_contact = stand.into_iter().filter(|one| one.contact == Some(self.contact));
        let next = correction::next(kind, of_contact, &self.saw, &becomes);
        roll_rows::write(work, || {
            if let Some(replaced) = next.replaces {
                end(work.connection, replaced, work.act)?;
            }
            if next.is_back {
                return Ok(());
            }
            let (act, pupil) = (work.act, self.pupil);
            let new = New { contact: Some(self.contact), was: &next.was, ..New::of(act, pupil, kind, &becomes) };
            Ok(add(work.connection, new_number(work.connection, Relation::Correction)?, &new)?)
        })?;
        if let Some(reason) = contact.bar.as_ref().filter(|_| self.field == ContactField::Number && !becomes.is_empty())
        {
            let mut person = contact.person();
            person.numbers = vec![becomes.clone()];
            bar::add(work.connection, work.act, self.contact, &person, reason)?;
        }
        let (name, who) = (work.roll.name_and_group(self.pupil), contact.introduced());
        let changed = kind.change(&self.saw, &becomes);
        let kept = if next.is_back { "as the system has it" } else { "kept until the system brings it" };
        let receipt = work.receipt(format!("{name}: {who}: {changed}, {kept}"), vec![self.pupil]);
        Ok(Receipt { but: self.at_siblings(work, contact), ..receipt })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        roll_rows::put_back(work, chain.target)?;
        Ok(bar::withdraw(work.connection, chain.first, work.act)?)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        roll_rows::put_back(work, chain.target)?;
        // A bar that was lifted since stays lifted.
        if work.roll.contact(self.pupil, self.contact).is_some_and(Contact::is_barred) {
            bar::restore(work.connection, chain.target)?;
        }
        Ok(())
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

impl CorrectContact {
    /// Who of the household has the wrong number of the same person too: a contact is a pupil's own, and so each is put right by itself.
    fn at_siblings(&self, work: &Work<'_>, contact: &Contact) -> Option<String> {
        let pupil =
            work.roll.pupil(self.pupil).filter(|_| self.field == ContactField::Number && !self.saw.is_empty())?;
        let has = |one: &&Pupil| {
            let same = work.roll.same_person(one.id, contact);
            one.on_roll(work.today()) && same.is_some_and(|same| same.has_number(&self.saw))
        };
        let names: Vec<String> =
            work.roll.siblings(pupil).filter(has).map(|one| work.roll.name_and_group(one.id)).collect();
        let (name, wrong) = (&contact.name, masked(&self.saw));
        (!names.is_empty()).then(|| format!("{name} has {wrong} still for {}", names.join(", ")))
    }

    /// Refuse where the value that the officer saw is another by now, with both.
    fn is_as_it_was_seen(&self, work: &Work<'_>, contact: &Contact) -> Result<(), Stop> {
        let (kind, now) = (self.field.kind(), work.roll.held_of(contact, self.field));
        let is_so = match (self.field, self.saw.is_empty()) {
            // One more number, where it is not held already.
            (ContactField::Number, true) => !now.iter().any(|one| kind.is_same(one, &self.becomes)),
            (ContactField::Number | ContactField::Email | ContactField::Note | ContactField::Order, _) => {
                kind.is_as_seen(&now, &self.saw)
            }
        };
        if is_so {
            return Ok(());
        }
        let told: Option<Vec<String>> = now.iter().map(|value| kind.told(value)).collect();
        let told = told.map(|now| if now.is_empty() { "nothing".to_owned() } else { now.join(", ") });
        let (what, who) = (kind.describe(), contact.introduced());
        Err(Stop::forbidden(match told.zip(kind.told(&self.saw)) {
            Some((now, saw)) => format!("the {what} of {who} is {now} by now, and was {saw} when you saw it"),
            None => format!("the {what} of {who} is another than you saw: look at it again"),
        }))
    }
}
