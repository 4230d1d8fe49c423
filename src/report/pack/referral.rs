//! The request for a penalty notice: one pupil's sheet with what the authorities' forms ask for, out of the record; what is missing stands
//! at its head.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::{facts, missing, said};
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::referral::ReferralReason;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::authority::{Authority, Field};
use crate::domain::school::roll::Roll;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Report, Section};
use crate::report::reports::rows::{attendance, number};
use crate::report::tables::cell::Cell;

/// What the sheet is made of.
pub struct Referral {
    /// The roll.
    pub roll: Arc<Roll>,
    /// Who.
    pub pupil: Pupil,
    /// Now, school-local.
    pub now: NaiveDateTime,
    /// The authority's rules.
    pub authority: Authority,
    /// What the absences were.
    pub reason: ReferralReason,
    /// The sessions it rests on, in order.
    pub sessions: Vec<MarkHeld>,
    /// The figures of this school year and of the one before.
    pub figures: [(&'static str, Figures); 2],
    /// Date of birth, as it may be shown.
    pub born: String,
    /// The pupil's address, as it may be shown.
    pub address: String,
    /// The parents.
    pub parents: Vec<ParentSheet>,
    /// When contact data were last checked, in words.
    pub checked: String,
    /// What goes with it, and whether it is in the record.
    pub papers: Vec<(&'static str, bool)>,
    /// Everything that is missing.
    pub missing: Vec<String>,
}

/// What is told of one parent, as it may be shown.
pub struct ParentSheet {
    /// Name.
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// Whether they have parental responsibility.
    pub responsibility: Option<bool>,
    /// Where they live, if elsewhere.
    pub address: String,
    /// Their numbers, in order.
    pub phones: Vec<String>,
    /// E-mail address.
    pub email: String,
    /// Their language.
    pub language: String,
    /// When they were warned in writing.
    pub warned: String,
    /// What a notice to them would be.
    pub notice: String,
}

const DECLARES: [&str; 4] = [
    "The head teacher has considered the reasons that were given, and the absences were marked as unauthorised.",
    "Each parent who is named has been told in writing that a notice may follow.",
    "Nothing is known that speaks against a notice, and it is known that a statement may be asked for.",
    "Signed: ______________________________   Name and post: ______________________________   Date: ______________",
];

impl Referral {
    /// The report.
    pub fn report(&self) -> Report {
        let dates = self.sessions.first().zip(self.sessions.last()).map(|(first, last)| (first.at.date, last.at.date));
        let head = if self.missing.is_empty() {
            Part::Words("Nothing is missing of what the record can tell.".to_owned())
        } else {
            Part::Table(missing(&self.missing))
        };
        let mut sections = vec![
            Section::new("Missing", vec![head]),
            Section::new("Pupil", vec![Part::Table(self.facts(self.of_pupil()))]),
        ];
        sections.extend((1..).zip(&self.parents).map(|(place, parent)| {
            Section::new(&format!("Parent {place}"), vec![Part::Table(self.facts(of_parent(parent)))])
        }));
        sections.push(Section::new(
            "Absence",
            vec![Part::Table(self.facts(self.of_absence())), Part::Table(self.sessions()), Part::Table(self.years())],
        ));
        sections.push(Section::new("Goes with it", vec![Part::Table(self.papers())]));
        let declares = DECLARES.map(|text| Part::Words(text.to_owned())).to_vec();
        sections.push(Section::new("Declarations", declares));
        Report {
            title: "Request for a penalty notice".to_owned(),
            audience: if self.authority.name.is_empty() {
                "the local authority".to_owned()
            } else {
                self.authority.name.clone()
            },
            school: self.roll.school.name.clone(),
            only: String::new(),
            dates: dates.unwrap_or((self.now.date(), self.now.date())),
            as_of: self.now,
            made: self.now,
            pupils: 1,
            sections,
            notes: vec![
                "A certificate of attendance goes with it: firstbell pack --for court.".to_owned(),
                "One request is for one child. Ethnicity and whatever else the record does not hold is added by hand."
                    .to_owned(),
            ],
        }
    }

    fn facts(&self, all: Vec<(Field, String)>) -> Table {
        let rows = all
            .into_iter()
            .map(|(field, it)| Row::pupil(vec![Cell::text(self.authority.label(field).to_owned()), Cell::text(it)]));
        let columns = vec![Column::new("field", Unit::Text), Column::name("as recorded")];
        Table::new(columns, "Nothing is recorded.").with(rows)
    }

    fn of_pupil(&self) -> Vec<(Field, String)> {
        let pupil = &self.pupil;
        let (surname, forename, used) = match &pupil.legal {
            Some(legal) => (legal.surname.clone(), legal.forename.clone(), pupil.spoken_name()),
            None => (pupil.surname.clone(), pupil.forename.clone(), String::new()),
        };
        let flags: Vec<&str> = pupil.flags.iter().map(|flag| flag.meaning()).collect();
        let siblings: Vec<String> = self
            .roll
            .siblings(pupil)
            .map(|one| format!("{} {}", one.spoken_name(), self.roll.group_name(one)).trim().to_owned())
            .collect();
        vec![
            (Field::Surname, surname),
            (Field::Forenames, forename),
            (Field::UsedName, used),
            (Field::Born, self.born.clone()),
            (Field::Sex, pupil.sex.map(|sex| sex.describe().to_owned()).unwrap_or_default()),
            (Field::Upn, pupil.upn.clone().unwrap_or_default()),
            (Field::Year, self.roll.year_of(pupil).map(|year| year.to_string()).unwrap_or_default()),
            (Field::Address, self.address.clone()),
            (Field::Language, pupil.language.clone().unwrap_or_default()),
            (Field::Agencies, flags.join(", ")),
            (Field::Siblings, siblings.join(", ")),
        ]
    }

    fn of_absence(&self) -> Vec<(Field, String)> {
        let mut days: Vec<_> = self.sessions.iter().map(|mark| mark.at.date).collect();
        days.dedup();
        let ends = self.sessions.first().zip(self.sessions.last());
        let period = ends.map(|(first, last)| format!("{} to {}", said(first.at.date), said(last.at.date)));
        vec![
            (Field::Reason, self.reason.describe().to_owned()),
            (Field::Period, period.unwrap_or_default()),
            (Field::Sessions, format!("{} on {} days", self.sessions.len(), days.len())),
        ]
    }

    fn sessions(&self) -> Table {
        let columns =
            vec![Column::new("date", Unit::Date), Column::new("session", Unit::Text), Column::new("code", Unit::Text)];
        let rows = self.sessions.iter().map(|mark| {
            let (session, code) = (Cell::text(mark.at.session.as_str()), Cell::text(mark.code.to_string()));
            Row::pupil(vec![Cell::Date(mark.at.date), session, code])
        });
        Table::new(columns, "There is none.").called("The sessions it rests on").with(rows)
    }

    fn years(&self) -> Table {
        let columns = vec![
            Column::new("school year", Unit::Text),
            Column::new("att. %", Unit::Percent),
            Column::new("attended", Unit::Number),
            Column::new("possible", Unit::Number),
            Column::new("unauth.", Unit::Number),
            Column::new("blank", Unit::Number),
        ];
        let rows = self.figures.iter().map(|(name, figures)| {
            Row::pupil(vec![
                Cell::text(*name),
                attendance(*figures),
                number(figures.attended),
                number(figures.possible),
                number(figures.unauthorised),
                number(figures.blanks),
            ])
        });
        Table::new(columns, "").called("Attendance").with(rows)
    }

    fn papers(&self) -> Table {
        let said = |is: bool| if is { "in the record".to_owned() } else { "not in the record".to_owned() };
        let papers = self.papers.iter().map(|(paper, is)| (*paper, said(*is)));
        facts("", papers.chain([("contact data checked", self.checked.clone())]))
    }
}

fn of_parent(parent: &ParentSheet) -> Vec<(Field, String)> {
    let responsibility = match parent.responsibility {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not recorded",
    };
    vec![
        (Field::Parent, parent.name.clone()),
        (Field::Relationship, parent.relationship.clone()),
        (Field::Responsibility, responsibility.to_owned()),
        (Field::ParentAddress, parent.address.clone()),
        (Field::Phones, parent.phones.join(", ")),
        (Field::Email, parent.email.clone()),
        (Field::ParentLanguage, parent.language.clone()),
        (Field::Warned, parent.warned.clone()),
        (Field::Notice, parent.notice.clone()),
    ]
}
