//! `search`: a pupil is looked for: opened, noted upon, and ended.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, NoteSearch, OpenSearch};
use crate::domain::checks::last_seen;
use crate::domain::facts::search::FoundWhere;
use crate::domain::name::clean;

/// Where a pupil was last seen of whom the record has no sighting today.
const BY_NOBODY: &str = "by nobody today";

/// Look for a pupil; note on the search that goes on, or end it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    #[command(flatten)]
    what: What,
}

/// What is said of the search; nothing opens it.
#[derive(clap::Args, Debug)]
#[group(multiple = false)]
struct What {
    /// Where and when the pupil was last seen, if not as the record has it: this opens the search
    #[arg(long, value_name = "WORDS")]
    last_seen: Option<String>,
    /// Something to note on it: “toilets, no”
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
    /// Where on the site the pupil was found: this ends it, and they count as seen there
    #[arg(long, value_name = "WHERE")]
    found: Option<String>,
    /// Where else the pupil was found: this ends it
    #[arg(long, value_name = "WHERE")]
    found_elsewhere: Option<String>,
    /// To whom it was handed on: this ends it
    #[arg(long, value_name = "WHOM")]
    escalated: Option<String>,
}

/// Open, note or end.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil(&args.name.join(" "), desk.today())?;
    let day = desk.day()?;
    let What { last_seen: seen, note, found, found_elsewhere, escalated } = &args.what;
    let found = found.as_ref().map(|words| (Some(FoundWhere::OnSite), words));
    let found = found.or_else(|| found_elsewhere.as_ref().map(|words| (Some(FoundWhere::Elsewhere), words)));
    let end = found.or_else(|| escalated.as_ref().map(|words| (None, words)));
    // One that is over is refused with its end.
    let goes_on = day.open_search(pupil).or_else(|| day.searches.iter().rfind(|search| search.pupil == pupil));
    let act = match (note, end, goes_on) {
        (None, None, _) => {
            let known = || Some(last_seen(&day, pupil, desk.local().time())).filter(|known| !known.is_empty());
            let last_seen = seen.as_deref().map(clean).or_else(known).unwrap_or_else(|| BY_NOBODY.to_owned());
            Act::OpenSearch(OpenSearch { pupil, date: day.date, last_seen })
        }
        (Some(words), _, Some(search)) => {
            Act::NoteSearch(NoteSearch { search: search.act, pupil, words: clean(words) })
        }
        (None, Some((Some(place), words)), Some(search)) => search.found(place, &clean(words)),
        (None, Some((None, words)), Some(search)) => search.hand_on(&clean(words)),
        (_, _, None) => {
            let name = day.roll.name_and_group(pupil);
            return desk.forbid(format!("nobody looks for {name}: open the search first, by the name alone"));
        }
    };
    desk.perform(&act)
}
