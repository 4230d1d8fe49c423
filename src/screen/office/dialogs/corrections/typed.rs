//! What is typed of a bar, of a tutor group and of a last day: words, and a date.

use crate::domain::act::{Act, Bar, ChangeGroup, Leave, LiftBar};
use crate::domain::calendar::dates::parse_day;
use crate::domain::name::fold;
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;
use crate::screen::view_context::ViewContext;

/// Why a contact must not be contacted; behind a "-" why they may be again.
pub fn bar(text: &str, pupil: PupilId, contact: ContactId) -> Act {
    match text.strip_prefix(super::NOTHING) {
        Some(reason) => LiftBar { pupil, contact, reason: reason.trim().to_owned() }.into(),
        None => Bar { pupil, contact, reason: text.to_owned() }.into(),
    }
}

/// "9TR", or "9TR mon": the group, and from when.
pub fn change_group(text: &str, pupil: PupilId, context: &ViewContext) -> Result<Act, &'static str> {
    let (roll, today) = (context.roll(), context.now.date());
    let saw = roll.pupil(pupil).and_then(|pupil| pupil.group);
    let named = |name: &str| roll.groups.iter().find(|group| fold(&group.name) == fold(name)).map(|group| group.id);
    let dated = || {
        let (name, day) = text.split_once(' ')?;
        Some((named(name)?, parse_day(day.trim().trim_start_matches("from "), today)?))
    };
    let found = named(text).map(|group| (group, today)).or_else(dated);
    let (group, from) = found.ok_or("A tutor group, and from when: 9TR, 9TR mon or 9TR 30/11.")?;
    Ok(ChangeGroup { pupil, group, from, saw }.into())
}

/// "fri", or "fri Elm High": the last day, and where to; "-" where the pupil stays after all.
pub fn leave(text: &str, pupil: PupilId, context: &ViewContext) -> Result<Act, &'static str> {
    let saw = context.roll().pupil(pupil).and_then(|pupil| pupil.until);
    if text == super::NOTHING {
        return Ok(Leave { pupil, on: None, destination: String::new(), saw }.into());
    }
    let today = context.now.date();
    let words: Vec<&str> = text.split(' ').collect();
    // As many words as are a day, the longest first: "fri 27 nov Elm High".
    let found = (1..=words.len().min(4)).rev().find_map(|count| {
        let (day, rest) = words.split_at_checked(count)?;
        Some((parse_day(&day.join(" "), today)?, rest.join(" ")))
    });
    let (on, destination) = found.ok_or("The last day, and where to: fri, 27/11 or 27/11 Elm High.")?;
    Ok(Leave { pupil, on: Some(on), destination, saw }.into())
}
