//! What a table is: one of our own, one that a profile fits, or one that is not read, and why.

use super::bind::{Bound, bind};
use super::of_contacts::{is_one, why_no_pupils};
use super::personal::is_personal;
use super::profile::plain_heading;
use super::refused::{what_of_nothing, why_refused};
use super::{Profile, Profiles};
use crate::domain::name::clean;
use crate::exchange::fault::ReadFault;
use crate::exchange::flat;
use crate::exchange::kind::Kind;
use crate::exchange::marks::heading::session;
use crate::exchange::table::layout::Layout;

/// More headings than are worth showing, and more letters of them.
const SHOWN_MAX: usize = 12;
const HEADING_MAX: usize = 40;

/// What a table is.
pub enum Chosen<'p> {
    /// Our own, with our headings.
    Own(Kind, Layout),
    /// Another system's.
    Bound(Box<Bound<'p>>, Layout),
    /// One of which nothing is kept, with what it is in a sentence.
    Nothing(&'static str, Layout),
}

/// What the table in `text` is. Our own headings go first where they are all that the file has; else whoever takes more columns.
pub fn choose<'p>(file: &str, text: &str, profiles: &'p Profiles) -> Result<Chosen<'p>, ReadFault> {
    let not_known = |why: String| ReadFault::NotKnown { file: file.to_owned(), why };
    let first = Layout::first(file, text)?;
    let is_of_contacts = |layout: &Layout| layout.headings.iter().any(|one| is_one(&plain_heading(one)));
    let ours = |layout: &Layout| {
        flat::whole(&layout.words()).filter(|(kind, _)| *kind != Kind::Pupils || !is_of_contacts(layout))
    };
    if let Some((kind, taken)) = ours(&first)
        && taken == first.headings.iter().filter(|one| !one.trim().is_empty()).count()
    {
        return Ok(Chosen::Own(kind, first));
    }
    let (mut nearly, mut nothing) = (None, None);
    for layout in [first.clone()].into_iter().chain(Layout::search(text, |cell| session(cell).is_some())) {
        let own = ours(&layout);
        if own.is_none_or(|(kind, _)| kind == Kind::Pupils)
            && let Some(why) = why_refused(&layout.headings)
        {
            return Err(not_known(why.to_owned()));
        }
        let (mut best, mut rival): (Option<Bound<'p>>, Option<&str>) = (None, None);
        for bound in profiles.iter().filter_map(|profile: &'p Profile| bind(profile, &layout)) {
            match (bound, &best) {
                (Err(why), _) => nearly = nearly.or(Some(why)),
                (Ok(bound), Some(best)) if bound.is_rival(best) => rival = rival.or(Some(&bound.profile.name)),
                (Ok(bound), Some(best)) if !bound.is_before(best) => {}
                (Ok(bound), _) => (best, rival) = (Some(bound), None),
            }
        }
        if let (Some(best), Some(rival)) = (&best, rival)
            && own.is_none_or(|(_, taken)| best.taken > taken)
        {
            return Err(not_known(two_alike(&best.profile.name, rival)));
        }
        // A list below another table is not the roll: those of a trip stand below what is told of it.
        let kind = best.as_ref().map(|best| best.profile.kind).or(own.map(|(kind, _)| kind));
        if let Some(line) = layout.table_above.filter(|_| kind == Some(Kind::Pupils)) {
            let why = format!("has pupils on line {} and below, and another table on line {line}", layout.line);
            nearly = nearly.or(Some(format!("{why}: put what is to be imported into a file of its own")));
            continue;
        }
        match (own, best) {
            (Some((_, taken)), Some(best)) if best.taken > taken => return Ok(Chosen::Bound(Box::new(best), layout)),
            (Some((kind, _)), _) => return Ok(Chosen::Own(kind, layout)),
            (None, Some(best)) => return Ok(Chosen::Bound(Box::new(best), layout)),
            (None, None) => nothing = nothing.or_else(|| Some((what_of_nothing(&layout.headings)?, layout))),
        }
    }
    if let Some((what, layout)) = nothing {
        return Ok(Chosen::Nothing(what, layout));
    }
    let why = nearly.or_else(|| why_no_pupils(&first.headings)).or_else(|| flat::near(&first.words()));
    Err(not_known(why.unwrap_or_else(|| unknown_columns(&first, text))))
}

/// Why a file is not read that two of the school's own profiles fit alike.
fn two_alike(one: &str, other: &str) -> String {
    format!(
        "fits two of the school's own profiles alike, {one} and {other}, which may not say the same of it: keep one of {one}.toml and \
         {other}.toml, in the folder “profiles” beside the school's file, and take the other away"
    )
}

/// Why nothing is known about a file: the headings of the line that is likest to hold them.
fn unknown_columns(first: &Layout, text: &str) -> String {
    let all = Layout::search(text, |_| false);
    let wide = |layout: &Layout| layout.headings.iter().filter(|one| !one.trim().is_empty()).count();
    let widest = all.iter().map(wide).max().unwrap_or_default();
    let layout = all.iter().find(|one| wide(one) == widest).unwrap_or(first);
    let headings: Vec<String> = layout.headings.iter().map(|one| clean(one)).filter(|one| !one.is_empty()).collect();
    // Where there are no headings it is somebody's row.
    let shown = |one: &String| match is_personal(one) {
        true => "one that is masked".to_owned(),
        false => one.chars().take(HEADING_MAX).collect::<String>(),
    };
    let mut columns: Vec<String> = headings.iter().take(SHOWN_MAX).map(shown).collect();
    if headings.len() > SHOWN_MAX {
        columns.push(format!("and {} more", headings.len() - SHOWN_MAX));
    }
    format!(
        "is not a file firstbell knows. firstbell does not know these columns: {}. Give them the headings that `firstbell template` \
         shows, or teach firstbell what they are: `firstbell profile FILE`",
        columns.join(", ")
    )
}
