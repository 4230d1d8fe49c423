//! Puts a pupil into another tutor group from a date on, beside what the system says.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::settled::{Value, keep, put_back, reach};
use crate::domain::act::{ChangeGroup, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};

impl Recorded for ChangeGroup {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let pupil = work.on_roll(self.pupil, self.from)?;
        let group = work.group(self.group)?;
        let name = work.roll.telling_name(pupil).to_string();
        let named = |id: Option<GroupId>| id.and_then(|id| work.roll.group(id)).map_or("none", |group| &group.name);
        if pupil.group != self.saw {
            let (now, saw) = (named(pupil.group), named(self.saw));
            return Err(Stop::forbidden(format!(
                "the tutor group of {name} is {now} by now, and was {saw} when you saw it"
            )));
        }
        if pupil.group == Some(self.group) && work.roll.corrections(self.pupil).all(|one| one.correction.from.is_none())
        {
            return Err(Stop::forbidden(format!("that is what is held: {name} is in {}", group.name)));
        }
        let was = self.saw.map(|_| named(self.saw)).unwrap_or_default();
        let is_back = keep(
            work,
            &Value {
                pupil: self.pupil,
                kind: CorrectionKind::Group,
                saw: was,
                becomes: &group.name,
                from: Some(self.from),
                words: "",
            },
        )?;
        reach(work, self.from)?;
        let (from, becomes) = (self.from.format("%a %-d %b %Y"), &group.name);
        let kept = if is_back { "as the system has it" } else { "kept until the system brings it" };
        let text = format!("{name}: tutor group {} → {becomes} from {from}, {kept}", named(self.saw));
        Ok(work.receipt(text, vec![self.pupil]))
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
