//! Looks up what the casework on the screen asks for, on the store worker's thread.

use chrono::{DateTime, Utc};

use super::store_worker::StoreWorker;
use crate::domain::cases::chronology::Chronology;
use crate::screen::casework::{CaseAnswer, CaseQuestion};
use crate::screen::event::Event;
use crate::store::Fault;

impl StoreWorker {
    /// What is asked, as the record stands.
    pub(super) fn cases(&mut self, question: CaseQuestion, now: DateTime<Utc>) -> Vec<Event> {
        match self.answer(question, now) {
            Ok(answer) => vec![Event::Cases(answer)],
            Err(fault) => vec![self.blinded(&fault)],
        }
    }

    fn answer(&mut self, question: CaseQuestion, now: DateTime<Utc>) -> Result<CaseAnswer, Fault> {
        let now = self.store.roll().school.local(now);
        match question {
            CaseQuestion::Attendance(pupils) => Ok(CaseAnswer::Attendance(self.store.attendance(&pupils, now)?)),
            CaseQuestion::Chronology(pupil, dates) => {
                let lines = self.store.chronology(pupil, &dates)?;
                let attendance = self.store.attendance(&[pupil], now)?.remove(&pupil).unwrap_or_default();
                Ok(CaseAnswer::Chronology(Chronology { pupil, dates, lines }, attendance))
            }
        }
    }
}
