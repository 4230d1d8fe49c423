//! Puts a joiner down: a pupil whom an import finds by the admission number or the UPN, and by nothing else.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::numbers::{Numbers, free};
use super::settled::{put_back, reach};
use crate::domain::act::{Enrol, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::roll_rows;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::roll_change::{Relation, new_number};
use crate::store::tables::{correction, pupil};

impl Recorded for Enrol {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let surname = work.required_text(&self.surname, "say the joiner's family name")?;
        let forename = clean(&self.forename);
        let group = work.group(self.group)?;
        let Numbers { admission_no, upn, but } = free(work, None, &self.admission_no, &self.upn)?;
        let folded = Pupil::fold_of(&surname, &forename);
        let namesake = work
            .roll
            .pupils
            .iter()
            .find(|one| one.has_name(&folded) && one.until.is_none_or(|until| until >= self.from));
        if let Some(one) = namesake.filter(|one| one.group == Some(self.group)) {
            let name = work.roll.name_and_group(one.id);
            return Err(Stop::forbidden(format!("{name} is on the roll already")));
        }
        let other =
            namesake.map(|one| format!("another of the name is on the roll: {}", work.roll.name_and_group(one.id)));
        let id = PupilId(new_number(work.connection, Relation::Pupil)?);
        let name = if forename.is_empty() { surname.clone() } else { format!("{surname}, {forename}") };
        roll_rows::write(work, || {
            let new = pupil::New {
                id,
                surname: &surname,
                forename: &forename,
                year: self.year.or(group.year),
                group: self.group,
                from: self.from,
                admission_no: admission_no.as_deref(),
                upn: upn.as_deref(),
            };
            pupil::add(work.connection, &new)?;
            let new = correction::New::of(work.act, id, CorrectionKind::Joiner, &name);
            Ok(correction::add(work.connection, new_number(work.connection, Relation::Correction)?, &new)?)
        })?;
        reach(work, self.from)?;
        let but: Vec<String> = [other, but].into_iter().flatten().collect();
        let but = Some(but.join(", and ")).filter(|but| !but.is_empty());
        let (group, from) = (&group.name, self.from.format("%a %-d %b %Y"));
        let text = format!("{name} joins {group} from {from}, kept until the system brings them");
        Ok(Receipt { but, ..work.receipt(text, vec![id]) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, self.from)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, self.from)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.from))
    }
}
