//! `list`: the daily lists for others, ready to print or paste.

use hashbrown::HashMap;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::act::disclosure::Export;
use crate::domain::day::{Day, Past};
use crate::domain::people::pupil::PupilId;
use crate::report::lists::{dsl, lates, pastoral};
use crate::report::sheet::{COLUMNS, Sheet};

/// A daily list for others, ready to print or paste
#[derive(clap::Args, Debug)]
pub struct Args {
    /// For whom
    #[arg(value_enum)]
    list: Which,
}

/// For whom.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Which {
    /// The vulnerable who are absent, and whoever is missing, for the DSL
    Dsl,
    /// Persistent absentees who are absent today, for the pastoral team
    Pastoral,
    /// Today's lates by year group, for heads of year
    Lates,
}

impl Which {
    /// As which it is put down.
    fn export(self) -> Export {
        match self {
            Which::Dsl => Export::Dsl,
            Which::Pastoral => Export::Pastoral,
            Which::Lates => Export::Lates,
        }
    }
}

/// One entry of a list.
#[derive(Serialize)]
struct EntryFacts {
    heading: String,
    says: String,
    #[serde(flatten)]
    pupil: Option<PupilFacts>,
}

/// Say it as it stands now.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let (day, now) = (desk.day()?, desk.local().time());
    let sheet = match args.list {
        Which::Dsl => {
            let pasts = pasts(desk, &day, dsl::absent(&day, session))?;
            dsl::dsl(&day, session, now, &pasts)
        }
        Which::Pastoral => {
            let pasts = pasts(desk, &day, pastoral::absent(&day, session))?;
            pastoral::pastoral(&day, session, now, &pasts)
        }
        Which::Lates => lates::lates(&day, session, now),
    };
    desk.exports(args.list.export(), None)?;
    desk.answer_sheet(&day, &sheet)
}

fn pasts(desk: &mut Desk<'_>, day: &Day, pupils: Vec<PupilId>) -> Result<HashMap<PupilId, Past>, Failure> {
    let mut found = HashMap::new();
    for pupil in pupils {
        found.insert(pupil, desk.store.past(pupil, day.date)?);
    }
    Ok(found)
}

impl Desk<'_> {
    /// Say a sheet: as it is printed, or a row for each of its entries.
    fn answer_sheet(&mut self, day: &Day, sheet: &Sheet) -> Result<(), Failure> {
        if !self.json {
            return self.say_sheet(sheet, COLUMNS);
        }
        let entries = sheet.parts.iter().flat_map(|part| part.items.iter().map(move |item| (part, item)));
        let rows = entries.map(|(part, item)| EntryFacts {
            heading: part.heading.clone(),
            says: item.says.clone(),
            pupil: item.pupil.and_then(|id| day.roll.pupil(id)).map(|pupil| PupilFacts::of(&day.roll, pupil)),
        });
        let answer = self.frame(rows.collect());
        self.say_json(&answer)
    }

    /// Say a sheet as it is printed, in so many columns.
    pub fn say_sheet(&mut self, sheet: &Sheet, columns: usize) -> Result<(), Failure> {
        sheet.lines(columns).iter().try_for_each(|(_, line)| self.say(line))
    }
}
