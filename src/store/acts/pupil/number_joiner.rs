//! Gives a joiner the number by which an import finds them.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::numbers::{Numbers, free};
use crate::domain::act::{NumberJoiner, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::roll_rows;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::pupil;

impl Recorded for NumberJoiner {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        work.roll.pupil(self.pupil).ok_or(Refusal::Unknown { what: "pupil" })?;
        let name = work.roll.name_and_group(self.pupil);
        let refuse = |text: String| Err(Stop::forbidden(text));
        if !work.roll.corrections(self.pupil).any(|one| one.correction.kind == CorrectionKind::Joiner) {
            return refuse(format!("{name} is in the system: its numbers are put right there"));
        }
        let Numbers { admission_no, upn, but } = free(work, Some(self.pupil), &self.admission_no, &self.upn)?;
        if admission_no.is_none() && upn.is_none() {
            return refuse("say the admission number or the UPN".to_owned());
        }
        roll_rows::write(work, || {
            Ok(pupil::number(work.connection, self.pupil, admission_no.as_deref(), upn.as_deref())?)
        })?;
        let text = format!("{name}: an import finds the joiner by this number");
        Ok(Receipt { but, ..work.receipt(text, vec![self.pupil]) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        roll_rows::put_back(work, chain.target)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        roll_rows::put_back(work, chain.target)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}
