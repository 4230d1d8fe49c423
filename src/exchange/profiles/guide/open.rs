//! A file as a table that can be taught: its text, and the line on which its headings stand.

use std::path::Path;

use super::sample::{Cells, cells};
use super::words::Words;
use crate::domain::counted::counted;
use crate::exchange::fault::ReadFault;
use crate::exchange::formats::{self, sims_report};
use crate::exchange::kind::Kind;
use crate::exchange::marks::heading::{order, session, when};
use crate::exchange::profiles::personal::has_number_or_mail;
use crate::exchange::profiles::profile::{Dates, Shape};
use crate::exchange::profiles::refused::why_refused;
use crate::exchange::profiles::{Chosen, Profiles, choose};
use crate::exchange::source::bundle::{Bundle, Limits};
use crate::exchange::source::content::Content;
use crate::exchange::source::text::marked;
use crate::exchange::table::layout::{Layout, Writing};
use crate::exchange::unsaved;

/// A table, and what stands in it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The name of its file, without the folder.
    pub file: String,
    /// How it lies in its file: "36 rows, parted by commas".
    pub described: String,
    /// Where its headings and its rows are.
    pub layout: Layout,
    /// What it is known as already, if it is.
    pub known_as: Option<String>,
    /// Its columns.
    pub columns: Vec<Cells>,
    /// It is a report of the school's own system.
    pub is_report: bool,
    /// Another table stands above it: it is no list of the roll.
    pub is_below_another: bool,
    /// The places of the columns of sessions, and their headings.
    pub sessions: Vec<(usize, String)>,
}

/// The table at `path`; of a workbook the first sheet that is not known, else the first. The error says what the file is, where it is
/// no table that could be taught.
pub fn open(path: &Path, profiles: &Profiles) -> Result<Opened, ReadFault> {
    let mut bundle = Bundle::open(path, Limits::USUAL)?;
    let not_known = |file: &str, why: &str| ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() };
    if !bundle.is_one_file() {
        return Err(not_known(bundle.place(), "is a folder or a zip: name one of its files"));
    }
    let Some(file) = bundle.names().into_iter().next() else { return Err(ReadFault::NoPath) };
    let bytes = bundle.bytes(&file)?;
    let mut writing = Writing::Text(marked(&bytes));
    let content = Content::of(&file, bytes, &mut Vec::new())?;
    let mut name = file.clone();
    let text = match &content {
        Content::Table(text) => text.clone(),
        Content::Workbook(book) => {
            let is_known = |text: &str| choose(&file, text, profiles).is_ok();
            let sheet = book.sheets.iter().find(|sheet| !is_known(&sheet.text)).or(book.sheets.first());
            let Some(sheet) = sheet else {
                return Err(not_known(&file, "is a workbook without a sheet that is not hidden"));
            };
            name = format!("{file}, sheet {}", sheet.name);
            writing = Writing::Sheet;
            sheet.text.clone()
        }
        Content::Xml { .. } | Content::Json(_) => match sims_report::as_table(&content) {
            Some(text) => {
                writing = Writing::Records(sims_report::NAME);
                text.map_err(|why| not_known(&file, &why))?
            }
            None => {
                return Err(match formats::format_of(&content) {
                    Some(format) => not_known(&file, &format!("is {}, and needs no profile: import it", format.name())),
                    None => formats::not_known(&file, &content),
                });
            }
        },
    };
    of_text(&name, &text, writing, profiles)
}

/// The table in `text`, whose cells are written so.
pub fn of_text(file: &str, text: &str, writing: Writing<'_>, profiles: &Profiles) -> Result<Opened, ReadFault> {
    let not_known = |why: &str| ReadFault::NotKnown { file: file.to_owned(), why: why.to_owned() };
    if formats::holds_percentages(text) {
        return Err(not_known(formats::PERCENTAGES));
    }
    let (layout, known_as) = match choose(file, text, profiles) {
        Ok(Chosen::Own(kind, _)) => {
            return Err(not_known(&format!(
                "has firstbell's own headings of {}, and needs no profile: import it",
                kind.as_str()
            )));
        }
        Ok(Chosen::Nothing(what, _)) => return Err(not_known(&format!("holds {what}"))),
        Ok(Chosen::Bound(bound, layout)) => (layout, Some(bound.profile.name.clone())),
        Err(_) => (likeliest(file, text, profiles)?, None),
    };
    if let Some(why) = why_refused(&layout.headings) {
        return Err(not_known(why));
    }
    if let Some(place) = layout.headings.iter().position(|heading| has_number_or_mail(heading)) {
        return Err(not_known(&format!(
            "has a telephone number or an e-mail address where the heading of column {} should be: put a line of headings above its rows",
            place + 1
        )));
    }
    if unsaved::is_among(&layout.headings) {
        return Err(not_known(unsaved::IN_HEADINGS));
    }
    let (columns, rows) = cells(file, text, &layout)?;
    let sessions = sessions(&layout.headings);
    let described = format!("{}{}", counted(rows, "row"), writing.describe(&layout));
    Ok(Opened {
        file: file.to_owned(),
        described,
        known_as,
        columns,
        is_report: matches!(writing, Writing::Records(_)),
        is_below_another: layout.table_above.is_some(),
        sessions,
        layout,
    })
}

/// The line that is likeliest to hold the headings: of which most words are known, and most cells are filled; of equals the first.
fn likeliest(file: &str, text: &str, profiles: &Profiles) -> Result<Layout, ReadFault> {
    let first = Layout::first(file, text)?;
    let words: Vec<Words<'_>> = Kind::ALL.iter().map(|kind| Words::new(profiles, *kind, Shape::Long)).collect();
    let weigh = |layout: &Layout| {
        let filled = layout.headings.iter().filter(|one| !one.trim().is_empty()).count();
        let known =
            words.iter().map(|words| layout.headings.iter().filter(|one| words.find(one).is_some()).count()).max();
        (known.unwrap_or_default() + sessions(&layout.headings).len(), filled)
    };
    let all = Layout::search(text, |cell| session(cell).is_some());
    let best = all.into_iter().rev().max_by_key(weigh);
    Ok(best.filter(|best| weigh(best) > weigh(&first)).unwrap_or(first))
}

/// The places of the headings that are sessions, whichever comes first in their dates.
fn sessions(headings: &[String]) -> Vec<(usize, String)> {
    let told = order(headings);
    let is_session = |heading: &str| {
        [Dates::DayFirst, Dates::MonthFirst]
            .iter()
            .any(|dates| when(heading, |text| dates.date(text, told).ok()).is_some())
    };
    let all = headings.iter().enumerate().filter(|(_, heading)| is_session(heading));
    let all: Vec<(usize, String)> = all.map(|(place, heading)| (place, heading.trim().to_owned())).collect();
    if all.len() > 1 { all } else { Vec::new() }
}
