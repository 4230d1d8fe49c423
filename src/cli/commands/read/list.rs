//! `list`: the daily lists for others, ready to print or paste.

use clap::builder::{PossibleValue, PossibleValuesParser};
use hashbrown::HashMap;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::day::{Day, Past};
use crate::domain::people::pupil::PupilId;
use crate::report::document::{COLUMNS, Document};
use crate::report::document_kind::Moment;
use crate::report::lists::LISTS;

/// A daily list for others, ready to print or paste
#[derive(clap::Args, Debug)]
pub struct Args {
    /// For whom
    #[arg(value_parser = words())]
    list: String,
}

/// One entry of a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListedFacts {
    heading: String,
    says: String,
    #[serde(flatten)]
    pupil: Option<PupilFacts>,
}

fn words() -> PossibleValuesParser {
    PossibleValuesParser::new(LISTS.map(|list| PossibleValue::new(list.word).help(list.about)))
}

/// Say it as it stands now.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let (day, now) = (desk.day()?, desk.local().time());
    let Some(kind) = LISTS.into_iter().find(|list| list.word == args.list) else { return Ok(()) };
    let pasts = pasts(desk, &day, (kind.needs_past_of)(&day, session))?;
    let moment = Moment { day: &day, session, now, pasts: &pasts, pupil: None, files: None };
    let Some(document) = (kind.at)(&moment) else { return Ok(()) };
    desk.exports(kind.recorded_as, None)?;
    desk.answer_document(&day, &document)
}

fn pasts(desk: &mut Desk<'_>, day: &Day, pupils: Vec<PupilId>) -> Result<HashMap<PupilId, Past>, Failure> {
    let mut found = HashMap::new();
    for pupil in pupils {
        found.insert(pupil, desk.store.past(pupil, day.date)?);
    }
    Ok(found)
}

impl Desk<'_> {
    /// Say a document: as it is printed, or a row for each of its entries.
    fn answer_document(&mut self, day: &Day, document: &Document) -> Result<(), Failure> {
        if !self.json {
            return self.print_document(document, COLUMNS);
        }
        let entries =
            document.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)));
        let rows = entries.map(|(section, item)| ListedFacts {
            heading: section.heading.clone(),
            says: item.text.clone(),
            pupil: item.pupil.and_then(|id| day.roll.pupil(id)).map(|pupil| PupilFacts::of(&day.roll, pupil)),
        });
        let answer = self.frame(rows.collect());
        self.print_json(&answer)
    }

    /// Say a document as it is printed, in so many columns.
    pub fn print_document(&mut self, document: &Document, columns: usize) -> Result<(), Failure> {
        document.lines(columns).iter().try_for_each(|(_, line)| self.print(line))
    }
}
