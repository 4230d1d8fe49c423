//! `leavers`: who is on roll, and was not in the last export of the whole roll; whether they have left.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::date;
use crate::cli::text::{clock, sentence};
use crate::domain::act::{Act, ConfirmLeavers, Stay};
use crate::domain::counted::counted;
use crate::domain::incoming::waiting::MissingPupil;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;

/// Who is on roll, and was not in the last export of the whole roll: list them, and say whether they have left
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done.
#[derive(Subcommand, Debug)]
enum What {
    /// List them (the same as without a word)
    List,
    /// Say that pupils have left, or that they stay
    Confirm {
        /// Admission numbers, or names
        #[arg(required = true)]
        pupils: Vec<String>,
        /// The last day on the roll
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, required_unless_present = "stay")]
        on: Option<NaiveDate>,
        /// Where to
        #[arg(long, value_name = "WORDS", default_value = "")]
        to: String,
        /// They stay: the export is wrong, or late
        #[arg(long, conflicts_with_all = ["on", "to"])]
        stay: bool,
    },
}

impl Args {
    /// Whether the record is changed by it.
    pub fn records(&self) -> bool {
        matches!(self.what, Some(What::Confirm { .. }))
    }
}

/// One who was not in it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeaverFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    /// The first import that did not name them.
    import: i64,
    since: NaiveDate,
    at: String,
}

/// List, or confirm.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None | Some(What::List) => list(desk),
        Some(What::Confirm { pupils, on, to, stay }) => {
            let found: Vec<PupilId> =
                pupils.iter().map(|name| desk.pupil_of_everybody(name)).collect::<Result<_, _>>()?;
            if *stay {
                return desk.perform(&Act::Stay(Stay { pupils: found }));
            }
            let destination = clean(to);
            let asked = desk.store.missing_from_export()?;
            if let Some(other) = found.iter().find(|pupil| !asked.iter().any(|one| one.pupil == **pupil)) {
                let who = desk.day()?.roll.name_and_group(*other);
                return Err(Failure::Refused(format!(
                    "{who} is not one of those who were not in the last export of the roll: nobody was taken off. “firstbell correct \
                     leaver” puts down who leaves all the same"
                )));
            }
            let on = on.ok_or_else(|| Failure::Usage("say the last day on the roll: --on YYYY-MM-DD".to_owned()))?;
            desk.perform(&Act::ConfirmLeavers(ConfirmLeavers { pupils: found, on, destination }))
        }
    }
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let day = desk.day()?;
    let (roll, today) = (&day.roll, desk.today());
    let missing = desk.store.missing_from_export()?;
    let facts = |one: &MissingPupil| {
        let pupil = PupilFacts::of(roll, roll.pupil(one.pupil)?);
        Some(LeaverFacts { pupil, import: one.import.0, since: one.since.date(), at: clock(one.since.time()) })
    };
    let asked = missing.iter().filter(|one| one.is_asked_about(roll, today));
    let rows: Vec<LeaverFacts> = asked.filter_map(facts).collect();
    let heading = format!("{} on roll and not in the last export of the roll.", counted(rows.len(), "pupil"));
    desk.answer(&heading, "Everybody on roll is in the last export of the roll.", rows)
}

impl Row for LeaverFacts {
    /// "Khan, Amira, 8KM, 004127, since 24 Nov 2026 09:20 (import 31)."
    fn lines(&self) -> Vec<String> {
        let number = self.pupil.admission_no.clone().unwrap_or_default();
        let since = format!("since {} {} (import {})", self.since.format("%-d %b %Y"), self.at, self.import);
        vec![sentence([self.pupil.name_before_number(), number, since])]
    }
}
