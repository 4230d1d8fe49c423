//! Adds a contact: the person, and what is known of them as corrections, each of which ends when the system brings it.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::fit::fit;
use crate::domain::act::{AddContact, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::bar::{Bar, Known, find};
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::correction::{ContactField, CorrectionKind};
use crate::domain::people::person::Person;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::roll_rows;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::correction::{New, add};
use crate::store::tables::roll_change::{Relation, new_number};
use crate::store::tables::{bar, contact};

impl Recorded for AddContact {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        work.roll.pupil(self.pupil).ok_or(Refusal::Unknown { what: "pupil" })?;
        let name = work.required_text(&self.name, "say who the contact is")?;
        let most = work.roll.contacts(self.pupil).len() + 1;
        let number = fit(ContactField::Number, &clean(&self.number), most)?;
        let email = fit(ContactField::Email, &clean(&self.email), most)?;
        let order = self.order.map(|order| fit(ContactField::Order, &order.to_string(), most)).transpose()?;
        let numbers = Some(number.clone()).filter(|number| !number.is_empty()).into_iter().collect();
        let person = Person { source_id: None, name, relationship: clean(&self.relationship), numbers };
        let barred = self.may_be_barred(work, &person)?;
        let id = ContactId(new_number(work.connection, Relation::Contact)?);
        let given = [
            (CorrectionKind::Contact, person.name.clone()),
            (CorrectionKind::Number, number),
            (CorrectionKind::Email, email),
            (CorrectionKind::Note, clean(&self.note)),
            (CorrectionKind::Order, order.unwrap_or_default()),
        ];
        roll_rows::write(work, || {
            contact::add(work.connection, id, self.pupil, &person.name, &person.relationship)?;
            for (kind, becomes) in given.iter().filter(|(_, value)| !value.is_empty()) {
                let new = New { contact: Some(id), ..New::of(work.act, self.pupil, *kind, becomes) };
                add(work.connection, new_number(work.connection, Relation::Correction)?, &new)?;
            }
            Ok(())
        })?;
        let but = match barred {
            Some(one) => {
                let (new, who) = (&person.name, &one.person.name);
                bar::add(work.connection, work.act, id, &person, &format!("may be {who}: {}", one.reason))?;
                Some(format!("{new} may be {who}, who must not be contacted, and is barred too: look who it is"))
            }
            None => None,
        };
        let (pupil, who) = (work.roll.name_and_group(self.pupil), introduced(&person));
        let text = format!("{pupil}: {who} is a contact, kept until the system brings them");
        Ok(Receipt { but, ..work.receipt(text, vec![self.pupil]) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        bar::withdraw(work.connection, chain.first, work.act)?;
        roll_rows::put_back(work, chain.target)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        roll_rows::put_back(work, chain.target)?;
        Ok(bar::restore(work.connection, chain.target)?)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

fn introduced(person: &Person) -> String {
    if person.relationship.is_empty() {
        person.name.clone()
    } else {
        format!("{}, {}", person.name, person.relationship)
    }
}

impl AddContact {
    /// The bar on whom the new contact may be, if there is one; refused where it is a contact already.
    fn may_be_barred(&self, work: &Work<'_>, person: &Person) -> Result<Option<Bar>, Stop> {
        let contacts = work.roll.contacts(self.pupil);
        let bars = bar::about(work.connection, self.pupil)?;
        let barred_as =
            |id: ContactId| bars.iter().filter(|bar| bar.contact == id).map(|bar| bar.person.clone()).collect();
        let current = |one: &Contact| Known { person: one.person(), is_current: true, barred_as: barred_as(one.id) };
        let is_gone = |bar: &&Bar| !contacts.iter().any(|one| one.id == bar.contact);
        let gone =
            |bar: &Bar| Known { person: bar.person.clone(), is_current: false, barred_as: vec![bar.person.clone()] };
        let known: Vec<Known> = contacts.iter().map(current).chain(bars.iter().filter(is_gone).map(gone)).collect();
        let named: Vec<Person> = contacts.iter().map(Contact::person).chain([person.clone()]).collect();
        let found = find(&known, &named).pop().unwrap_or_default();
        let alike = contacts.iter().find(|one| {
            let fit = one.person().fit(person);
            fit.exact && (fit.number || fit.relation)
        });
        if let Some(same) = alike {
            let text = format!("{} is a contact already: put right what is held", same.introduced());
            return Err(Stop::forbidden(text));
        }
        let by = found.barred_by.and_then(|by| known.get(by));
        let bar = by.and_then(|by| bars.iter().rev().find(|bar| by.barred_as.contains(&bar.person)));
        Ok(bar.cloned())
    }
}
