//! What letters of a template would be: a row for each recipient, with what is lacking for it.

use chrono::NaiveDate;

use super::rows::LetterFacts;
use super::suggesting::tally;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::config;
use crate::domain::cases::event::Party;
use crate::domain::cases::letters::recipients::recipients;
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;
use crate::render::letters::{Template, Templates};
use crate::report::letter::{Facts, Given, MeetingAsked, lacking};

/// Every template; one that cannot be used is refused with where it is wrong.
pub fn templates(desk: &mut Desk<'_>) -> Result<Templates, Failure> {
    Templates::load(&config::letters(desk.store.path())).or_else(|fault| desk.forbid(fault.to_string()))
}

/// What is asked for beside the template and the pupils.
pub struct Asked {
    /// The first date of the figures, and the last.
    pub dates: (NaiveDate, NaiveDate),
    /// By when an answer is asked for.
    pub reply_by: NaiveDate,
    /// Who signs.
    pub signed_by: String,
    /// Words of their own.
    pub words: String,
    /// The meeting that they invite to.
    pub meeting: Option<MeetingAsked>,
    /// Contacts who get one too.
    pub also: Vec<ContactId>,
}

/// A row of the list, and the letter that can be made of it.
pub struct Drafted {
    /// The row.
    pub row: LetterFacts,
    /// About whom, and what is to be kept; `None` where something is lacking.
    pub letter: Option<(PupilId, Letter, Paper)>,
}

/// A row for each recipient of a letter about these pupils, and one for each who gets none.
pub fn drafted(
    desk: &mut Desk<'_>,
    templates: &Templates,
    template: &Template,
    pupils: &[PupilId],
    asked: &Asked,
) -> Result<Vec<Drafted>, Failure> {
    let (roll, today) = (desk.store.roll().clone(), desk.today());
    let (from, to) = asked.dates;
    let tally = tally(desk, from, to)?;
    let mut rows = Vec::new();
    for pupil in pupils.iter().filter_map(|id| roll.pupil(*id)) {
        let file = desk.store.case_files(Some(pupil.id))?.remove(&pupil.id).unwrap_or_default();
        let marks = desk.store.marks_of(pupil.id, &(from..=to))?;
        let (to_whom, left_out) = recipients(&roll, pupil, &asked.also);
        let row = |name: &str, lacks: Vec<String>| LetterFacts {
            pupil: PupilFacts::of(&roll, pupil),
            letter: None,
            to: name.to_owned(),
            relationship: String::new(),
            by_hand: false,
            language: None,
            template: template.name.clone(),
            notes: Vec::new(),
            lacks,
        };
        if to_whom.is_empty() && left_out.is_empty() {
            let lacks = vec!["a parent with parental responsibility".to_owned()];
            rows.push(Drafted { row: row("", lacks), letter: None });
        }
        for recipient in &to_whom {
            let template = templates.named(&template.name, recipient.language.as_deref()).unwrap_or(template);
            let figures = tally.of(pupil.id);
            let facts = Facts::of(&Given {
                roll: &roll,
                pupil,
                to: recipient,
                file: &file,
                figures,
                marks: &marks,
                dates: asked.dates,
                today,
                reply_by: asked.reply_by,
                signed_by: &asked.signed_by,
                words: &asked.words,
                meeting: asked.meeting.as_ref(),
            });
            let needed = template.uses.iter().filter(|field| !field.starts_with("days.")).chain(&template.needs);
            let lacks: Vec<String> = lacking(&facts, needed).into_iter().map(str::to_owned).collect();
            let letter = if lacks.is_empty() {
                let text = template.filled(&facts).or_else(|fault| desk.forbid(fault.to_string()))?;
                let letter = Letter {
                    template: template.name.clone(),
                    sha256: template.sha256.clone(),
                    on: today,
                    from,
                    to,
                    parent: Party { contact: Some(recipient.contact), name: recipient.name.clone() },
                    language: recipient.language.clone(),
                };
                let paper = Paper { heading: heading(desk), address: recipient.address.clone(), text, figures };
                Some((pupil.id, letter, paper))
            } else {
                None
            };
            let row = LetterFacts {
                relationship: recipient.relationship.clone(),
                by_hand: recipient.address.is_empty(),
                language: recipient.language.clone(),
                template: template.name.clone(),
                notes: recipient.notes.clone(),
                ..row(&recipient.name, lacks)
            };
            rows.push(Drafted { row, letter });
        }
        rows.extend(left_out.into_iter().map(|one| Drafted { row: row(&one.name, vec![one.why]), letter: None }));
    }
    Ok(rows)
}

/// What stands at the head of a letter.
fn heading(desk: &Desk<'_>) -> Vec<String> {
    let school = &desk.store.roll().school;
    if school.letter_heading.is_empty() { vec![school.name.clone()] } else { school.letter_heading.clone() }
}
