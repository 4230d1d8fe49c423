//! `desks`: who is at which desk.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};

/// Who is at one desk.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DeskFacts {
    who: String,
    desk: String,
    screen: &'static str,
    calling: Option<PupilFacts>,
    since: String,
    heard: String,
}

/// Show everybody whose desk has said so lately.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (now, day) = (desk.local(), desk.day()?);
    let rows = day.desk_presences.iter().filter(|one| one.is_current(now)).map(|one| DeskFacts {
        who: one.who.clone(),
        desk: one.desk.clone(),
        screen: one.place.as_str(),
        calling: one.calling.and_then(|pupil| Some(PupilFacts::of(&day.roll, day.roll.pupil(pupil)?))),
        since: clock(one.since.time()),
        heard: clock(one.renewed.time()),
    });
    desk.answer("Who is at which desk.", "Nobody has a screen open.", rows.collect())
}

impl Row for DeskFacts {
    /// "K Brown, office screen, calling about Khan, Amira, 8KM, since 09:18, last heard 09:20."
    fn lines(&self) -> Vec<String> {
        let calling = self.calling.as_ref().map(|pupil| format!("calling about {}", pupil.name_and_group()));
        let (since, heard) = (format!("since {}", self.since), format!("last heard {}", self.heard));
        let screen = format!("{} screen", self.screen);
        vec![sentence([self.who.clone(), screen, calling.unwrap_or_default(), since, heard, self.desk.clone()])]
    }
}
