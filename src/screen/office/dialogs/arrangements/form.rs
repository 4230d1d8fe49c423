//! The fields of an arrangement: what is typed, what it means, and the act it comes to.

use chrono::NaiveDate;

use crate::domain::act::{Act, Arrange, ChangeArrangement};
use crate::domain::calendar::dates::parse_day;
use crate::domain::calendar::week_sessions::WeekSessions;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, Terms};
use crate::domain::people::phone::is_whole;
use crate::domain::people::pupil::PupilId;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};

/// The fields, in the order in which they are gone through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    Code,
    With,
    Number,
    Days,
    From,
    Until,
    Review,
    Note,
    Pupils,
}

/// Columns of the labels.
pub const LABEL: u16 = 9;
/// Each field with its label, its line and its columns.
const ENTRIES: [(Name, &str, usize, u16); 9] = [
    (Name::Code, "What", 0, 4),
    (Name::With, "With", 1, 44),
    (Name::Number, "Number", 2, 24),
    (Name::Days, "Days", 3, 24),
    (Name::From, "From", 4, 14),
    (Name::Until, "Until", 5, 14),
    (Name::Review, "Review", 6, 14),
    (Name::Note, "Note", 7, 44),
    (Name::Pupils, "Pupils", 8, 24),
];
/// Lines of the form.
pub const ROWS: u16 = 9;

/// A field that cannot be read, and what it needs.
pub type Fault = (Name, String);

/// Empty, or with what is held; the code of one that is held stays, and its first field is the one that most changes are about.
pub fn empty_or(held: Option<&Arrangement>) -> Form<Name> {
    let day = |date: NaiveDate| date.format("%-d/%-m/%Y").to_string();
    let text = |name: Name| match (held, name) {
        (None, _) | (Some(_), Name::From | Name::Pupils) => String::new(),
        (Some(held), Name::Code) => held.code.to_string(),
        (Some(held), Name::With) => held.terms.title.clone(),
        (Some(held), Name::Number) => held.terms.number.clone(),
        (Some(held), Name::Days) => held.terms.days.to_string(),
        (Some(held), Name::Until) => day(held.terms.until),
        (Some(held), Name::Review) => held.terms.review.map(day).unwrap_or_default(),
        (Some(held), Name::Note) => held.terms.note.clone(),
    };
    let is_asked = |name: Name| held.is_none() || name != Name::Code;
    let entries = ENTRIES.into_iter().filter(|(name, ..)| is_asked(*name));
    let entries: Vec<Entry<Name>> = entries
        .map(|(name, label, row, columns)| Entry { name, label, row, columns, field: Field::holding(&text(name)) })
        .collect();
    Form::new(LABEL, entries)
}

/// What is read of the fields so far.
pub struct Read<'a> {
    /// The fields.
    pub form: &'a Form<Name>,
    /// What is changed, if anything.
    pub held: Option<&'a Arrangement>,
    /// Today.
    pub today: NaiveDate,
}

impl Read<'_> {
    fn day(&self, name: Name, usual: Option<NaiveDate>, after: NaiveDate) -> Result<Option<NaiveDate>, Fault> {
        match self.form.text(name) {
            "" => Ok(usual),
            typed => match parse_day(typed, after) {
                Some(date) => Ok(Some(date)),
                None => Err((name, format!("\u{201c}{typed}\u{201d} is no day: write fri, 6/11 or 17/7/2027"))),
            },
        }
    }

    /// The code.
    pub fn code(&self, context: &ViewContext) -> Result<Code, Fault> {
        if let Some(held) = self.held {
            return Ok(held.code);
        }
        let codes = &context.roll().codes;
        let code = Code::parse(self.form.text(Name::Code)).filter(|code| codes.arranged(*code).is_some());
        code.ok_or_else(|| {
            (
                Name::Code,
                "type what it is: v trip, p sport, w work experience, b k d elsewhere, c2 part-time".to_owned(),
            )
        })
    }

    /// The first day; of a change the first on which it is otherwise.
    pub fn from(&self) -> Result<NaiveDate, Fault> {
        Ok(self.day(Name::From, Some(self.today), self.today)?.unwrap_or(self.today))
    }

    /// The sessions of the week: every school day where nothing is typed.
    pub fn days(&self) -> Result<WeekSessions, Fault> {
        match self.form.text(Name::Days) {
            "" => Ok(WeekSessions::every_school_day()),
            typed => WeekSessions::parse(typed).map_err(|text| (Name::Days, text)),
        }
    }

    /// The last day: of a new one the first where nothing is typed.
    pub fn until(&self) -> Result<NaiveDate, Fault> {
        let from = self.from()?;
        let usual = self.held.map_or(from, |held| held.terms.until);
        let until = self.day(Name::Until, Some(usual), from)?.unwrap_or(usual);
        if until < from { Err((Name::Until, "the last day is before the first".to_owned())) } else { Ok(until) }
    }

    /// When it is reviewed.
    pub fn review(&self) -> Result<Option<NaiveDate>, Fault> {
        self.day(Name::Review, None, self.from()?)
    }

    /// All of it.
    pub fn terms(&self) -> Result<Terms, Fault> {
        let (days, until, review) = (self.days()?, self.until()?, self.review()?);
        let title = self.form.filled(Name::With).ok_or_else(|| {
            (Name::With, "say with whom or what it is: the provider, or the name of the trip".to_owned())
        })?;
        let number = self.form.text(Name::Number).to_owned();
        if !number.is_empty() && !is_whole(&number) {
            return Err((Name::Number, "that is no whole telephone number; it may be left empty".to_owned()));
        }
        Ok(Terms { title, number, days, until, review, note: self.form.text(Name::Note).to_owned() })
    }

    /// The act that it comes to, with these pupils in it.
    pub fn act(&self, pupils: &[PupilId], context: &ViewContext) -> Result<Act, Fault> {
        let (code, from) = (self.code(context)?, self.from()?);
        let terms = self.terms()?;
        if pupils.is_empty() {
            return Err((
                Name::Pupils,
                "type part of a name or a tutor group, space ticks; or paste a list".to_owned(),
            ));
        }
        let Some(held) = self.held else {
            return Ok(Act::Arrange(Arrange { pupils: pupils.to_vec(), code, from, terms }));
        };
        // Whoever was ticked when it was opened and still is stays as they are: somebody may be out of it by the date of the change.
        let was = held.pupils_from(self.today);
        let without = |one: &[PupilId], other: &[PupilId]| -> Vec<PupilId> {
            one.iter().filter(|id| !other.contains(id)).copied().collect()
        };
        let (added, out) = (without(pupils, &was), without(&was, pupils));
        if added.is_empty() && out.is_empty() && terms == held.terms {
            return Err((Name::Pupils, "nothing is changed yet".to_owned()));
        }
        Ok(Act::ChangeArrangement(ChangeArrangement::of(held, from, terms, &added, &out)))
    }
}
