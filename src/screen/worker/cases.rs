//! Looks up what the casework on the screen asks for, on the store worker's thread.

use chrono::{DateTime, Utc};

use super::store_worker::StoreWorker;
use crate::domain::cases::chronology::Chronology;
use crate::domain::cases::letters::drafted::Asked;
use crate::domain::cases::letters::least_for_letter;
use crate::domain::cases::letters::suggest::first_for;
use crate::domain::name::clean_lines;
use crate::render::letters::Templates;
use crate::screen::casework::{CaseAnswer, CaseQuestion, Drafts, LettersAsked, Unauthorised};
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

    fn answer(&mut self, question: CaseQuestion, at: DateTime<Utc>) -> Result<CaseAnswer, Fault> {
        let now = self.store.roll().school.local(at);
        match question {
            CaseQuestion::Attendance(pupils) => Ok(CaseAnswer::Attendance(self.store.attendance(&pupils, now)?)),
            CaseQuestion::Chronology(pupil, dates) => {
                let lines = self.store.chronology(pupil, &dates)?;
                let attendance = self.store.attendance(&[pupil], now)?.remove(&pupil).unwrap_or_default();
                Ok(CaseAnswer::Chronology(Chronology { pupil, dates, lines }, attendance))
            }
            CaseQuestion::Unauthorised(pupil, dates) => {
                let (firm, unresolved) = self.store.unauthorised(pupil, &dates, now)?;
                let marks = self.store.marks_of(pupil, &(*dates.start()..=now.date()))?;
                Ok(CaseAnswer::Unauthorised(Unauthorised { pupil, dates, firm, unresolved, marks }))
            }
            CaseQuestion::Letters(asked) => {
                let drafts = match self.store.letter_templates() {
                    Ok(templates) => Ok(self.drafts(&templates, &asked, at)?),
                    Err(fault) => Err(fault.to_string()),
                };
                Ok(CaseAnswer::Letters(asked, drafts))
            }
        }
    }

    /// The letters that could be made; of a template that is not for this role, or is none, no row.
    fn drafts(&mut self, templates: &Templates, asked: &LettersAsked, now: DateTime<Utc>) -> Result<Drafts, Fault> {
        let (role, today) = (self.officer.role, self.store.roll().school.local(now).date());
        let suggested = self.store.letters_suggested(today, Some(asked.pupil), now)?;
        let first = || first_for(&suggested, role).map(|one| one.letter.clone());
        let template = asked.template.clone().or_else(first).unwrap_or_default();
        let usual = Asked::usual(self.officer.signature(), &self.store.roll().calendar, today, today);
        let wanted = Asked { words: clean_lines(&asked.words), meeting: asked.meeting.clone(), ..usual };
        let may_make = least_for_letter(&template) <= role;
        let rows = match templates.named(&template, None).filter(|_| may_make) {
            Some(template) => self.store.letters_drafted((templates, template), &[asked.pupil], &wanted, now)?,
            None => Vec::new(),
        };
        let templates = templates.iter().map(|one| (one.name.clone(), one.says.clone())).collect();
        Ok(Drafts { templates, suggested, template, rows })
    }
}
