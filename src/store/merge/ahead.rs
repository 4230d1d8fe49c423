//! Marks weighed against the record as it stands at one moment, before the file is locked for their writing.

use super::marks::{Prepared, TO_COME};
use super::{Merged, journal};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Officer, When};
use crate::domain::act_id::ActId;
use crate::domain::incoming::Marks;
use crate::domain::school::staff::Role;
use crate::store::acts::{Stop, Work};
use crate::store::read::roll;
use crate::store::{Fault, NotDone, Store};

/// What marks came to as of one moment.
pub struct Ahead {
    prepared: Prepared,
    role: Role,
    /// The revision of the roll then.
    revision: i64,
    /// The last act then.
    last: ActId,
}

impl Store {
    /// Weigh `marks` for `officer`, and write nothing; `step` is called once for each row.
    pub(super) fn weigh_ahead(
        &mut self,
        officer: &Officer,
        when: When,
        marks: &Marks,
        step: &mut dyn FnMut(),
    ) -> Result<Ahead, NotDone> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| NotDone::Fault(Fault::from_sqlite(&path, &error));
        let moment = self.reader.transaction().map_err(fault)?;
        let today = self.held.roll.school.local(when.now).date();
        let (roll, revision) = roll::load(&moment, self.codes.clone(), today).map_err(fault)?;
        let role = officer.role_now(&roll.school.staff).map_err(|refusal| NotDone::Refused(Box::new(refusal)))?;
        check_matter(role, Matter::Import).map_err(|refusal| NotDone::Refused(Box::new(refusal)))?;
        let work = Work {
            connection: &moment,
            roll: &roll,
            role,
            is_owner: officer.is_owner,
            local: roll.school.local(when.now),
            act: TO_COME,
        };
        let prepared = match Prepared::new(&work, marks, &Merged::default(), step) {
            Ok(prepared) => prepared,
            Err(Stop::Refused(refusal)) => return Err(NotDone::Refused(refusal)),
            Err(Stop::Sqlite(error)) => return Err(fault(error)),
        };
        let last = journal::last(&moment).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(Ahead { prepared, role, revision, last })
    }
}

impl Ahead {
    /// Whether it may be used: nothing it rests on but the dates themselves has changed.
    pub fn holds(&self, work: &Work<'_>, revision: i64) -> bool {
        self.role == work.role && self.revision == revision
    }

    /// The marks as they come to now: dates that an act has changed since are weighed again.
    pub fn brought_up(self, work: &Work<'_>, marks: &Marks) -> Result<Prepared, Stop> {
        let Ahead { mut prepared, role: _, revision: _, last } = self;
        if let Some(from) = journal::earliest_between(work.connection, (last, work.act))? {
            prepared.settle_again(work, marks, from)?;
        }
        Ok(prepared)
    }
}
