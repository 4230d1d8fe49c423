//! Cases and case files: a table each kind of event, and one reader of them all.

pub mod case;
mod contact;
mod ending;
mod leave;
pub mod letter;
mod meeting;
mod notice;
mod rows;
mod support;
mod visit;

use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::cases::caseload::CaseFiles;
use crate::domain::cases::ending::Ending;
use crate::domain::cases::event::CaseEvent;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use ending::EndingRow;
pub use notice::locked;

/// The case files of everybody who has one, or of one pupil.
pub fn files(connection: &Connection, school: &School, pupil: Option<PupilId>) -> rusqlite::Result<CaseFiles> {
    let mut files = CaseFiles::new();
    for (pupil, one) in case::opened(connection, school, pupil)? {
        files.entry(pupil).or_default().openings.push(one);
    }
    for (pupil, one) in case::changes(connection, school, pupil)? {
        files.entry(pupil).or_default().changes.push(one);
    }
    let events =
        [contact::of, meeting::of, visit::of, notice::improvements, notice::penalties, leave::asked, support::of];
    for of in events {
        for (pupil, one) in of(connection, school, pupil)? {
            files.entry(pupil).or_default().events.push(one);
        }
    }
    for of in [visit::returns, leave::decided, ending::of] {
        for (pupil, one) in of(connection, school, pupil)? {
            files.entry(pupil).or_default().endings.push(one);
        }
    }
    for (pupil, one) in letter::of(connection, school, pupil)? {
        files.entry(pupil).or_default().letters.push(one);
    }
    for (pupil, one) in letter::deliveries(connection, school, pupil)? {
        files.entry(pupil).or_default().deliveries.push(one);
    }
    for file in files.values_mut() {
        file.events.sort_by_key(|one| one.by.act);
        file.endings.sort_by_key(|one| one.by.act);
    }
    Ok(files)
}

/// Put an event into a case file.
pub fn add(connection: &Connection, act: ActId, pupil: PupilId, event: &CaseEvent) -> rusqlite::Result<()> {
    match event {
        CaseEvent::Contact(one) => contact::add(connection, act, pupil, one),
        CaseEvent::Meeting(one) => meeting::add(connection, act, pupil, one),
        CaseEvent::Visit(one) => visit::add(connection, act, pupil, one),
        CaseEvent::Improvement(one) => notice::add_improvement(connection, act, pupil, one),
        CaseEvent::Penalty(one) => notice::add_penalty(connection, act, pupil, one),
        CaseEvent::Leave(one) => leave::ask(connection, act, pupil, one),
        CaseEvent::Support(one) => support::add(connection, act, pupil, one),
    }
}

/// Put down what became of the event that `event` put down.
pub fn end(connection: &Connection, act: ActId, event: ActId, pupil: PupilId, ending: &Ending) -> rusqlite::Result<()> {
    let row = |kind, on, outcome, words| EndingRow { kind, place: ending.place(), on, outcome, words };
    let row = match ending {
        Ending::Visit(one) => return visit::back(connection, act, event, pupil, one),
        Ending::Leave(one) => return leave::decide(connection, act, event, pupil, one),
        Ending::Improvement(one) => row("improvement", one.on, Some(one.outcome.as_str()), one.words.as_str()),
        Ending::Penalty(one) => row("penalty", one.on, Some(one.outcome.as_str()), one.words.as_str()),
        Ending::Action(one) => row("action", one.on, None, one.words.as_str()),
    };
    ending::add(connection, act, event, pupil, &row)
}
