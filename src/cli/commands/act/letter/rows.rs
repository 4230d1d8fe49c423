//! Rows of answers about letters.

use serde::Serialize;

use crate::cli::desk::answer::{PupilFacts, Row};
use crate::domain::cases::letters::drafted::Drafted;
use crate::domain::cases::letters::least_for_letter;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
use crate::render::letters::Template;

/// One template.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TemplateFacts {
    name: String,
    /// What it is.
    says: String,
    /// Whether it is the school's own.
    own: bool,
    /// The least role that makes letters of it.
    least: Role,
    sha256: String,
}

impl TemplateFacts {
    /// What is said of a template.
    pub fn of(template: &Template) -> TemplateFacts {
        TemplateFacts {
            name: template.name.clone(),
            says: template.says.clone(),
            own: template.is_own,
            least: least_for_letter(&template.name),
            sha256: template.sha256.clone(),
        }
    }
}

impl Row for TemplateFacts {
    /// "concern-1: First letter of concern about attendance. Built in, for an officer."
    fn lines(&self) -> Vec<String> {
        let own = if self.own { "The school's own" } else { "Built in" };
        let says = if self.says.is_empty() { String::new() } else { format!(" {}.", self.says) };
        vec![format!("{}:{says} {own}, least role {}.", self.name, self.least)]
    }
}

/// A letter that a rule suggests.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SuggestionFacts {
    #[serde(flatten)]
    pub pupil: PupilFacts,
    pub letter: String,
    /// By what it is suggested.
    pub why: String,
    /// What speaks against it: then it is not suggested.
    pub against: Option<String>,
}

impl Row for SuggestionFacts {
    /// "Khan, Amira, 8KM: concern-1, attendance 92.0 % (46/50), below 95 %."
    fn lines(&self) -> Vec<String> {
        let against = self.against.as_ref().map(|against| format!("; left out: {against}")).unwrap_or_default();
        vec![format!("{}: {}, {}{against}.", self.pupil.name_and_group(), self.letter, self.why)]
    }
}

/// A letter to one recipient, or that there is none.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LetterFacts {
    #[serde(flatten)]
    pub pupil: PupilFacts,
    /// Its number, once it is made.
    pub letter: Option<i64>,
    /// To whom; empty where the pupil has nobody to write to.
    pub to: String,
    pub relationship: String,
    /// Whether it is handed over: there is no address.
    pub by_hand: bool,
    /// Where it is not English.
    pub language: Option<String>,
    /// The template, which may be one for the language.
    pub template: String,
    /// What is to be known before it is sent.
    pub notes: Vec<String>,
    /// What the record lacks for it, or why it is not sent: then it is not made.
    pub lacks: Vec<String>,
}

impl LetterFacts {
    /// What is said of one; its template is named as it is where it is not made.
    pub fn of(one: &Drafted, template: &str, roll: &Roll) -> Option<LetterFacts> {
        let template = one.letter.as_ref().map_or(template, |(letter, _)| &letter.template);
        Some(LetterFacts {
            pupil: PupilFacts::of(roll, roll.pupil(one.pupil)?),
            letter: None,
            to: one.to.clone(),
            relationship: one.relationship.clone(),
            by_hand: one.by_hand,
            language: one.language.clone(),
            template: template.to_owned(),
            notes: one.notes.clone(),
            lacks: one.lacks.clone(),
        })
    }
}

impl Row for LetterFacts {
    /// "Khan, Amira, 8KM: to Mrs Khan, mother; letter 31; speaks Urdu: ..."
    fn lines(&self) -> Vec<String> {
        let relationship =
            if self.relationship.is_empty() { String::new() } else { format!(", {}", self.relationship) };
        let to = if self.to.is_empty() { String::new() } else { format!(" to {}{relationship}", self.to) };
        let mut parts = vec![format!("{}:{to}", self.pupil.name_and_group())];
        parts.extend(self.letter.map(|letter| format!("letter {letter}")));
        parts.extend(self.notes.iter().cloned());
        if !self.lacks.is_empty() {
            parts.push(format!("not made: {}", self.lacks.join(", ")));
        }
        vec![format!("{}.", parts.join("; "))]
    }
}
