//! `corrections`: what the office put right of the roll, and what the system that the roll comes from has not brought yet.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::Numbers;
use crate::cli::text::clock;
use crate::domain::people::contact::Contact;
use crate::domain::people::correction::{Beside, Correction, CorrectionKind};
use crate::domain::school::corrected::Standing;
use crate::domain::school::roll::Roll;

/// One correction.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CorrectionFacts {
    act: i64,
    #[serde(flatten)]
    pupil: PupilFacts,
    order: Option<i64>,
    contact: Option<String>,
    what: CorrectionKind,
    was: Option<String>,
    becomes: Option<String>,
    from: Option<NaiveDate>,
    words: Option<String>,
    system: Vec<String>,
    state: Beside,
    says: String,
    on: NaiveDate,
    at: String,
    by: String,
}

/// What the office put right, and your system has not brought yet
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    numbers: Numbers,
}

/// List them, by pupil. On a closed day too: that is when there is time for it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let day = desk.day()?;
    let roll = &day.roll;
    let mut standing: Vec<&Standing> = roll.corrections.iter().collect();
    standing.sort_by_key(|one| (roll.place(one.correction.pupil), one.correction.id));
    let mut rows: Vec<CorrectionFacts> = standing.into_iter().filter_map(|one| facts(roll, one)).collect();
    for row in rows.iter_mut().filter(|row| row.what == CorrectionKind::Number) {
        let place = row.order.unwrap_or_default();
        let numbers = row.was.iter_mut().chain(&mut row.becomes).chain(&mut row.system);
        desk.reveal_numbers(args.numbers, row.pupil.pupil, numbers.map(|number| (place, number)))?;
    }
    let heading = format!("Corrections that your system has not brought yet: {}.", rows.len());
    desk.answer(&heading, "Nothing is corrected that your system has not brought.", rows)
}

fn facts(roll: &Roll, standing: &Standing) -> Option<CorrectionFacts> {
    let Standing { correction, system } = standing;
    let contact = correction.contact.and_then(|id| roll.contact(correction.pupil, id));
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Some(CorrectionFacts {
        act: correction.act.0,
        pupil: PupilFacts::of(roll, roll.pupil(correction.pupil)?),
        order: contact.map(|contact| contact.order),
        contact: contact.map(Contact::introduced),
        what: correction.kind,
        was: some(&correction.was),
        becomes: some(&correction.becomes),
        from: correction.from,
        words: some(&correction.words),
        system: system.clone(),
        state: standing.beside(),
        says: correction.tell(&whose(roll, correction), system),
        on: correction.at.date(),
        at: clock(correction.at.time()),
        by: correction.who.clone(),
    })
}

/// Whose value it is: a contact's, else the pupil's own.
fn whose(roll: &Roll, correction: &Correction) -> String {
    let pupil = || roll.pupil(correction.pupil).map_or_else(String::new, |pupil| roll.telling_name(pupil).to_string());
    let contact =
        |id| roll.contact(correction.pupil, id).map_or("a former contact", |contact| &contact.name).to_owned();
    correction.contact.map_or_else(pupil, contact)
}

impl Row for CorrectionFacts {
    /// "Khan, Amira, 8KM: the number of Mrs Khan is still •••• 310 in the system; firstbell keeps •••• 999 (S Marsh, 24 Nov 09:31)."
    fn lines(&self) -> Vec<String> {
        let (pupil, says, by, at) = (self.pupil.introduced(), &self.says, &self.by, &self.at);
        let whole = match (self.what, &self.becomes) {
            (CorrectionKind::Number, Some(number)) if !number.starts_with('•') => format!(", {number}"),
            _ => String::new(),
        };
        vec![format!("{pupil}: {says}{whole} ({by}, {} {at}).", self.on.format("%-d %b"))]
    }
}
