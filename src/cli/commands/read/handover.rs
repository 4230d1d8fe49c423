//! `handover`: what is open, for the next person at the desk.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::cli::text::clock;
use crate::domain::day::Day;
use crate::report::document::COLUMNS;
use crate::report::handover::{About, Account, HandOver, Item, KIND, Section, hand_over};

/// The hand-over: one row.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandOverFacts {
    account: Account,
    closes: Option<String>,
    sections: Vec<SectionFacts>,
}

/// What is open under one heading.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SectionFacts {
    about: About,
    heading: &'static str,
    items: Vec<ItemFacts>,
}

/// One open matter.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ItemFacts {
    whom: Option<PupilFacts>,
    what: String,
    says: String,
    at: Option<String>,
    by: Option<String>,
}

/// Say it as it stands now, to be printed.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (session, day, now) = (desk.session_at_work(), desk.day()?, desk.local().time());
    // Without school it looks at the next school day.
    let session = session.unwrap_or_else(|_| day.hours.current(now));
    let files = desk.store.files_waiting(desk.officer.role, desk.now())?;
    let handed = hand_over(&day, session, now).with_files(&day, &files);
    desk.exports(KIND.recorded_as, None)?;
    if desk.json {
        let answer = desk.frame(vec![facts(&day, handed)]);
        return desk.print_json(&answer);
    }
    desk.print_document(&handed.document(&day, now), COLUMNS)
}

fn facts(day: &Day, handed: HandOver) -> HandOverFacts {
    let section = |Section { about, items }: Section| SectionFacts {
        about,
        heading: about.heading(),
        items: items.into_iter().map(|item| item_facts(day, item)).collect(),
    };
    let HandOver { account, closes, sections } = handed;
    HandOverFacts { account, closes, sections: sections.into_iter().map(section).collect() }
}

fn item_facts(day: &Day, item: Item) -> ItemFacts {
    let pupil = item.pupil.and_then(|id| day.roll.pupil(id));
    ItemFacts {
        whom: pupil.map(|pupil| PupilFacts::of(&day.roll, pupil)),
        what: item.name,
        says: item.text,
        at: item.at.map(clock),
        by: item.who,
    }
}
