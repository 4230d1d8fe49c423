//! Whether the marks of an import count as told by the school's own system; and what it told that was not known of it, though the register
//! had it.

use hashbrown::HashSet;
use rusqlite::Connection;

use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::or_blank;
use crate::domain::incoming::{Incoming, Mixed, Warning};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::acts::{Stop, Work};
use crate::store::merge::{Merged, meant};
use crate::store::read::handback::held_otherwise;
use crate::store::tables::incoming::import_source;
use crate::store::tables::mark::handback;

/// Whether they count; `None` where there are none. Files of which some count and some do not are refused.
pub fn are_of_mis(connection: &Connection, school: &School, incoming: &Incoming) -> Result<Option<bool>, Stop> {
    if incoming.marks.is_empty() && incoming.unknown_marks.is_empty() && incoming.stated.is_empty() {
        return Ok(None);
    }
    let is_known = import_source::is_known_by_format(connection)?;
    let are = incoming.mark_sources.are_of_mis(school.mis_files.as_deref(), is_known);
    are.map(Some).map_err(|Mixed { of_mis, other }| {
        Stop::forbidden(format!(
            "the marks of {of_mis} are your information system's, and those of {other} are not: import one after the other"
        ))
    })
}

/// Put down whose marks they were, and what was told beside what the register has by now.
pub fn put_down(work: &Work<'_>, incoming: &Incoming, of_mis: Option<bool>, merged: &mut Merged) -> Result<(), Stop> {
    merged.of_mis = of_mis;
    let Some(of_mis) = of_mis else { return Ok(()) };
    import_source::add(work.connection, work.act, of_mis, incoming.mark_sources.is_of_mis_by_format())?;
    let dates = || incoming.marks.rows().map(|row| row.at.date);
    let (Some(first), Some(last), true) = (dates().min(), dates().max(), of_mis) else { return Ok(()) };
    let otherwise = held_otherwise(work.connection, (first, last), work.act)?;
    if otherwise.is_empty() {
        return Ok(());
    }
    let mut pupils = meant::Finder::default();
    let mut seen: HashSet<(PupilId, SessionDate)> = HashSet::new();
    for (place, one) in incoming.marks.iter() {
        let Some(pupil) = pupils.find(work.connection, &one.pupil)? else { continue };
        let Some((mark, known)) = otherwise.get(&(pupil, one.at)) else { continue };
        // A row that was refused is not what the register has.
        if !mark.holds(one.mark) || !seen.insert((pupil, one.at)) {
            continue;
        }
        handback::tell(work.connection, work.act, pupil, one.at, *mark)?;
        merged.told += 1;
        let confirmed = known.answers.iter().max_by_key(|answer| answer.act);
        if let Some(answer) = confirmed.filter(|answer| known.held() == answer.mark) {
            let (who, number) = (work.roll.name_and_group(pupil), answer.handback.0);
            let text = format!(
                "{who}, {}: hand-back {number} is confirmed, and your information system has {mark} all the same, not {}",
                one.at,
                or_blank(answer.mark)
            );
            merged.warnings.push(Warning { place, text });
        }
    }
    Ok(())
}

/// "told by your system: 3 marks", for the journal.
pub fn described(told: u64) -> Option<String> {
    let count = usize::try_from(told).unwrap_or(usize::MAX);
    (told > 0).then(|| format!("your system's: {} that it was not known to have", counted(count, "mark")))
}
