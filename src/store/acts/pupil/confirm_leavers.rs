//! Puts leavers down of whom an export of the whole roll asks. Whoever a later one has named, or has a last day by now, stays as they are.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::leave::{Leaving, leave};
use super::settled::{put_back, reach};
use crate::domain::act::described::few_names;
use crate::domain::act::{ConfirmLeavers, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::each::Each;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::missing;

impl Recorded for ConfirmLeavers {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let asked = missing::standing(work.connection, &work.roll.school)?;
        let destination = clean(&self.destination);
        let (mut each, mut marks) = (Each::default(), 0);
        for pupil in &self.pupils {
            let left = match asked.iter().any(|one| one.pupil == *pupil) {
                true => leave(work, &Leaving { pupil: *pupil, on: Some(self.on), saw: None, words: &destination }),
                false => {
                    let name = work.roll.name_and_group(*pupil);
                    Err(Stop::forbidden(format!("of {name} nobody asks: a later export has named them, or they stay")))
                }
            };
            marks += left.as_ref().map_or(0, |left| left.marks_after);
            each.take(*pupil, left)?;
        }
        reach(work, self.on)?;
        let (on, to) = (self.on.format("%a %-d %b %Y"), if destination.is_empty() { "" } else { ", to " });
        let after = match marks {
            0 => String::new(),
            1 => "; 1 mark lies after it and counts in nothing".to_owned(),
            many => format!("; {many} marks lie after it and count in nothing"),
        };
        each.receipt(work, |pupils| {
            let leave = if pupils.len() == 1 { "leaves" } else { "leave" };
            format!("{} {leave}, last day {on}{to}{destination}{after}", few_names(work.roll, pupils))
        })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, self.on)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, self.on)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(self.on.succ_opt())
    }
}
