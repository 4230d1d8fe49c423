//! Letters to parents: who should get which by the school's rules, and what letters of a template would be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::config;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::event::Party;
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::letters::drafted::{Asked, Drafted};
use crate::domain::cases::letters::recipients::{Recipient, recipients};
use crate::domain::cases::letters::suggest::{Standing, Suggestion, half_term, suggest, ten_weeks};
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::code::Code;
use crate::domain::figures::Figures;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;
use crate::render::letters::{LetterFault, Template, Templates};
use crate::report::letter::{Facts, Given, lacking};
use crate::store::{Fault, Store};

impl Store {
    /// Every template: the school's own, and those that are built in and not overridden.
    pub fn letter_templates(&self) -> Result<Templates, LetterFault> {
        Templates::load(&config::letters(self.path()))
    }

    /// Of whom a rule suggests a letter on a day, of everybody or of one pupil, also where something speaks against it; in order of the
    /// roll.
    pub fn letters_suggested(
        &mut self,
        on: NaiveDate,
        of: Option<PupilId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Suggestion>, Fault> {
        let roll = self.roll().clone();
        let (year, weeks) = (Calendar::year_start(on), ten_weeks(&roll.calendar, on));
        let year_tally = self.letter_figures((year, on), of, now)?;
        let weeks_tally = self.letter_figures((weeks, on), of, now)?;
        let half_tally = self.letter_figures((roll.calendar.half_term_start(on), on), of, now)?;
        let mut locked: BTreeMap<PupilId, BTreeSet<SessionDate>> = BTreeMap::new();
        for (pupil, at) in self.locked_sessions(of)? {
            if (weeks..=on).contains(&at.date) {
                locked.entry(pupil).or_default().insert(at);
            }
        }
        let files = self.case_files(of)?;
        let half_term = half_term(&roll.calendar, on);
        let rules = &roll.school.letter_rules;
        let mut found = Vec::new();
        let is_asked = |pupil: &&Pupil| pupil.on_roll(on) && of.is_none_or(|of| pupil.id == of);
        for pupil in roll.pupils.iter().filter(is_asked) {
            let file = files.get(&pupil.id);
            let last = rules.iter().filter_map(|rule| Some((rule.letter.clone(), file?.last_letter(&rule.letter)?)));
            let locked = locked.get(&pupil.id).map_or(0, BTreeSet::len);
            let unauthorised = weeks_tally.of(pupil.id).unauthorised;
            let mut standing = Standing {
                pupil: pupil.id,
                flags: pupil.flags,
                year: year_tally.of(pupil.id),
                ill: 0,
                unauthorised: unauthorised.saturating_sub(u32::try_from(locked).unwrap_or(u32::MAX)),
                lates: half_tally.of(pupil.id).lates,
                last: last.collect(),
            };
            // Only of whom a rule is reached it is asked what the absences were.
            if !suggest(rules, &standing, on, half_term).is_empty() {
                let marks = self.marks_of(pupil.id, &(year..=on))?;
                let ill = marks.iter().filter(|mark| [Code::I, Code::M].contains(&mark.code)).count();
                standing.ill = u32::try_from(ill).unwrap_or(u32::MAX);
            }
            found.extend(suggest(rules, &standing, on, half_term));
        }
        Ok(found)
    }

    /// A row for each recipient of a letter about these pupils, and one for each who gets none; made today.
    pub fn letters_drafted(
        &mut self,
        (templates, template): (&Templates, &Template),
        pupils: &[PupilId],
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Vec<Drafted>, Fault> {
        let roll = self.roll().clone();
        let only = if let [only] = pupils { Some(*only) } else { None };
        let tally = self.letter_figures(asked.dates, only, now)?;
        let mut rows = Vec::new();
        for pupil in pupils.iter().filter_map(|id| roll.pupil(*id)) {
            let file = self.case_files(Some(pupil.id))?.remove(&pupil.id).unwrap_or_default();
            let marks = self.marks_of(pupil.id, &(asked.dates.0..=asked.dates.1))?;
            let (to_whom, left_out) = recipients(&roll, pupil, &asked.also);
            if to_whom.is_empty() && left_out.is_empty() {
                rows.push(Drafted::none(pupil.id, "", "a parent with parental responsibility".to_owned()));
            }
            let figures = tally.of(pupil.id);
            let today = roll.school.local(now).date();
            let of = Of { roll: &roll, pupil, file: &file, marks: &marks, figures, asked, today };
            for recipient in &to_whom {
                let template = templates.named(&template.name, recipient.language.as_deref()).unwrap_or(template);
                rows.push(drafted(&of, template, recipient));
            }
            rows.extend(left_out.into_iter().map(|one| Drafted::none(pupil.id, &one.name, one.why)));
        }
        Ok(rows)
    }

    /// The marks of these dates, counted.
    fn letter_figures(
        &mut self,
        (from, to): (NaiveDate, NaiveDate),
        pupil: Option<PupilId>,
        now: DateTime<Utc>,
    ) -> Result<Tally, Fault> {
        let (dates, whom) = (from..to.succ_opt().unwrap_or(to), Whom { pupil, ..Whom::default() });
        self.figures(&Question { dates, whom, as_of: None }, now)
    }
}

/// What a letter about a pupil is made of, whoever it is to.
struct Of<'a> {
    roll: &'a Roll,
    pupil: &'a Pupil,
    file: &'a CaseFile,
    marks: &'a [MarkHeld],
    figures: Figures,
    asked: &'a Asked,
    today: NaiveDate,
}

/// The letter to one recipient, unless something is lacking for it.
fn drafted(of: &Of<'_>, template: &Template, recipient: &Recipient) -> Drafted {
    let Of { roll, asked, today, figures, .. } = *of;
    let facts = Facts::of(&Given {
        roll,
        pupil: of.pupil,
        to: recipient,
        file: of.file,
        figures,
        marks: of.marks,
        dates: asked.dates,
        today,
        reply_by: asked.reply_by,
        signed_by: &asked.signed_by,
        words: &asked.words,
        meeting: asked.meeting.as_ref(),
    });
    let needed = template.uses.iter().filter(|field| !field.starts_with("days.")).chain(&template.needs);
    let mut lacks: Vec<String> = lacking(&facts, needed).into_iter().map(str::to_owned).collect();
    let text = if lacks.is_empty() { template.filled(&facts).map(Some) } else { Ok(None) };
    let text = text.unwrap_or_else(|fault| {
        lacks.push(fault.to_string());
        None
    });
    let letter = text.map(|text| {
        let letter = Letter {
            template: template.name.clone(),
            sha256: template.sha256.clone(),
            on: today,
            from: asked.dates.0,
            to: asked.dates.1,
            parent: Party { contact: Some(recipient.contact), name: recipient.name.clone() },
            language: recipient.language.clone(),
        };
        (letter, Paper { heading: heading(roll), address: recipient.address.clone(), text, figures })
    });
    Drafted {
        pupil: of.pupil.id,
        to: recipient.name.clone(),
        relationship: recipient.relationship.clone(),
        by_hand: recipient.address.is_empty(),
        language: recipient.language.clone(),
        notes: recipient.notes.clone(),
        lacks,
        letter,
    }
}

/// What stands at the head of a letter.
fn heading(roll: &Roll) -> Vec<String> {
    let school = &roll.school;
    if school.letter_heading.is_empty() { vec![school.name.clone()] } else { school.letter_heading.clone() }
}
