//! Everything recorded of one date that settles its marks, read once for everybody, and moved along as marks come in.

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::Connection;

use super::timeline::{Facts, Together};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::CodeTable;
use crate::domain::facts::evidence::{Evidence, Fact, Mark, Who};
use crate::domain::facts::presence::Movement;
use crate::domain::facts::register::{HandedIn, Taken};
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::domain::school::roll::Roll;
use crate::store::tables::mark::Standing;
use crate::store::tables::{evidence, mark, presence, register};

/// The facts of a date, by pupil.
pub struct DateFacts {
    date: NaiveDate,
    marks: HashMap<PupilId, Halves>,
    evidence: HashMap<PupilId, Vec<Evidence>>,
    displaced: HashMap<PupilId, Vec<Evidence>>,
    movements: HashMap<PupilId, Vec<Movement>>,
    handed_in: HandedIn,
}

/// The marks of both sessions; `None` where there is no row.
#[derive(Clone, Copy, Default)]
struct Halves {
    am: Option<Standing>,
    pm: Option<Standing>,
}

/// The marks of registers, and whether each is signed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Plain {
    am: Option<(Mark, bool)>,
    pm: Option<(Mark, bool)>,
}

impl Halves {
    fn of(&mut self, session: Session) -> &mut Option<Standing> {
        match session {
            Session::Am => &mut self.am,
            Session::Pm => &mut self.pm,
        }
    }

    fn get(&self, session: Session) -> Option<Standing> {
        match session {
            Session::Am => self.am,
            Session::Pm => self.pm,
        }
    }
}

impl DateFacts {
    /// Read those of `date`.
    pub fn load(connection: &Connection, roll: &Roll, date: NaiveDate) -> rusqlite::Result<DateFacts> {
        let school = &roll.school;
        let mut found = DateFacts {
            date,
            marks: HashMap::new(),
            evidence: HashMap::new(),
            displaced: HashMap::new(),
            movements: HashMap::new(),
            handed_in: register::taken_on(connection, school, date)?.into_iter().collect(),
        };
        for (pupil, session, standing) in mark::on(connection, date)? {
            *found.marks.entry(pupil).or_default().of(session) = Some(standing);
        }
        for (pupil, one) in evidence::on(connection, school, date)? {
            found.evidence.entry(pupil).or_default().push(one);
        }
        for (pupil, _, one) in evidence::displaced_on(connection, school, date)? {
            found.displaced.entry(pupil).or_default().push(one);
        }
        for one in presence::movements_on(connection, date)? {
            found.movements.entry(one.pupil).or_default().push(one);
        }
        Ok(found)
    }

    /// The mark that stands in a session, if there is a row.
    pub fn held(&self, pupil: PupilId, session: Session) -> Option<Standing> {
        self.marks.get(&pupil)?.get(session)
    }

    /// The same; blank and untouched if there is no row.
    pub fn standing(&self, pupil: PupilId, session: Session) -> Standing {
        self.held(pupil, session).unwrap_or_default()
    }

    /// Whether nothing that was reported of the pupil's date speaks of another date too: its marks then rest on this date alone, and
    /// no other's rest on them.
    pub fn is_alone(&self, pupil: PupilId, codes: &CodeTable) -> bool {
        let reports = self.evidence.get(&pupil).into_iter().flatten().filter(|one| one.fact.is_report(codes));
        reports.into_iter().all(|one| one.from.date == self.date && one.until.date == self.date)
    }

    /// A register has come in.
    pub fn hand_in(&mut self, group: GroupId, session: Session, taken: Taken) {
        self.handed_in.insert(group, session, taken);
    }

    /// `act` has brought a tutor's mark; the one in whose place it comes is given back.
    pub fn put_tutor_mark(
        &mut self,
        pupil: PupilId,
        session: Session,
        mark: Mark,
        act: ActId,
    ) -> Option<(Mark, ActId)> {
        let held = self.marks.entry(pupil).or_default().of(session);
        let standing = held.get_or_insert(Standing { revision: act, ..Standing::default() });
        let displaced = standing.tutor.replace((mark, act));
        if let Some((old, taken)) = displaced {
            let at = SessionDate::new(self.date, session);
            // Who took it and when is the register's to say, as of all that was displaced.
            let who = Who::Taker(None);
            let one = Evidence { act: taken, fact: Fact::Tutor(old), who, at: self.date.into(), from: at, until: at };
            self.displaced.entry(pupil).or_default().push(one);
        }
        displaced
    }

    /// `act` has settled a session.
    pub fn put_settled(&mut self, pupil: PupilId, session: Session, mark: Option<Mark>, act: ActId) {
        let held = self.marks.entry(pupil).or_default().of(session);
        let standing = held.get_or_insert_default();
        (standing.settled, standing.revision) = (mark, act);
    }

    /// The marks of a pupil of whom nothing is recorded but the registers that `act` brought, and whether each is signed: whoever has
    /// the same comes to the same.
    pub fn plain(&self, pupil: &Pupil, act: ActId, codes: &CodeTable) -> Option<Plain> {
        let is_known = self.evidence.contains_key(&pupil.id)
            || self.displaced.contains_key(&pupil.id)
            || self.movements.contains_key(&pupil.id);
        let held = self.marks.get(&pupil.id).filter(|_| !is_known)?;
        let mut plain = Plain::default();
        for session in Session::BOTH {
            let Some(standing) = held.get(session) else { continue };
            let (mark, _) = standing.tutor.filter(|(mark, by)| *by == act && !codes.attends_elsewhere(mark.code))?;
            let is_signed = self.handed_in.of(pupil.group, session, act).is_some();
            match session {
                Session::Am => plain.am = Some((mark, is_signed)),
                Session::Pm => plain.pm = Some((mark, is_signed)),
            }
        }
        Some(plain)
    }

    /// The facts of one pupil.
    pub fn of(&self, connection: &Connection, roll: &Roll, pupil: &Pupil) -> rusqlite::Result<Facts> {
        let marks = |session| Some((session, self.held(pupil.id, session)?));
        let together = Together {
            marks: Session::BOTH.into_iter().filter_map(marks).collect(),
            evidence: self.evidence.get(&pupil.id).map_or(&[], Vec::as_slice),
            displaced: self.displaced.get(&pupil.id).map_or(&[], Vec::as_slice),
            movements: self.movements.get(&pupil.id).map_or(&[], Vec::as_slice),
            handed_in: &self.handed_in,
        };
        Facts::of_many(connection, roll, pupil, self.date, together)
    }
}
