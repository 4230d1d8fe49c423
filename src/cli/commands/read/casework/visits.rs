//! `visits`: the home visits of today by area, with who is out and who should be back.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::{Numbers, Private};
use crate::domain::cases::visits::{HomeVisit, Standing, home_visits};
use crate::domain::counted::counted;
use crate::domain::school::roll::Roll;

/// The home visits of today by area: to go, out, overdue, back; with what is to be known before
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    numbers: Numbers,
}

/// One visit.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VisitFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    /// The first half of the postcode; empty where none is held.
    area: String,
    /// to-go, out, overdue or back
    state: &'static str,
    /// It in words: who, since when, until when, what was found.
    says: String,
    /// Masked without --numbers; null where none is held.
    address: Option<String>,
    why: String,
    to_know: String,
    last_contact: Option<NaiveDate>,
    last_contact_by: Option<String>,
    /// Why two go; null where one may.
    two_go: Option<&'static str>,
    /// The act that put it down; null of one that is to be made.
    act: Option<i64>,
}

impl VisitFacts {
    fn of(one: &HomeVisit, roll: &Roll, now: chrono::NaiveDateTime) -> Option<VisitFacts> {
        let state = match &one.standing {
            Standing::ToGo { .. } => "to-go",
            Standing::Out { .. } if one.is_overdue(now) => "overdue",
            Standing::Out { .. } => "out",
            Standing::Back { .. } => "back",
        };
        let (last_contact, last_contact_by) = one.last_contact.clone().unzip();
        Some(VisitFacts {
            pupil: PupilFacts::of(roll, roll.pupil(one.pupil)?),
            area: one.area.clone(),
            state,
            says: one.describe(now),
            address: one.address.clone(),
            why: one.why.clone(),
            to_know: one.to_know.clone(),
            last_contact,
            last_contact_by,
            two_go: one.two_go,
            act: one.act.map(|act| act.0),
        })
    }
}

impl Row for VisitFacts {
    /// "Khan, Amira, 8KM: out since 09:30, Mr Cole, due back 10:15; ZZ99, at ••••; for safe and well; to know: a dog."
    fn lines(&self) -> Vec<String> {
        let address = self.address.as_deref().unwrap_or("no address is held");
        let mut parts = vec![format!("{}: {}", self.pupil.name_and_group(), self.says)];
        parts.push(if self.area.is_empty() { address.to_owned() } else { format!("{}, {address}", self.area) });
        parts.push(format!("for: {}", self.why));
        parts.extend(Some(&self.to_know).filter(|text| !text.is_empty()).map(|text| format!("to know: {text}")));
        let last = self.last_contact.zip(self.last_contact_by.as_deref());
        parts.extend(last.map(|(on, by)| format!("last contact {on}, {by}")));
        parts.extend(self.two_go.map(str::to_owned));
        vec![format!("{}.", parts.join("; "))]
    }
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let (today, now) = (desk.today(), desk.local());
    let day = desk.store.day(today)?;
    let visits = home_visits(&day.caseload(), &day.case_files, &day.roll, now);
    let mut rows = Vec::new();
    for one in &visits {
        let Some(mut row) = VisitFacts::of(one, &day.roll, now) else { continue };
        let private = row.address.as_mut().map(|address| (Private::Address, address)).into_iter().collect();
        desk.reveal(args.numbers, one.pupil, private)?;
        rows.push(row);
    }
    desk.exports("home visits", None)?;
    let overdue = visits.iter().filter(|one| one.is_overdue(now)).count();
    let heading = format!("{}, {overdue} overdue.", counted(rows.len(), "home visit"));
    desk.answer(&heading, "No visit is to be made, and nobody is out.", rows)
}
