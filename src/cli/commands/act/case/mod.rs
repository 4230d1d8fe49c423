//! `case`: cases about pupils, and what is put into their case files.

mod add;
mod end;
pub mod line;
pub mod list;
mod named;
mod referral;

use chrono::NaiveDate;
use clap::Subcommand;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, word};
use crate::domain::act::{Act, ChangeCase, OpenCase};
use crate::domain::act_id::ActId;
use crate::domain::cases::change::{CaseChange, CaseSource, CloseReason, Next, Opening};
use crate::domain::name::{clean, meant};
use crate::domain::people::pupil::PupilId;

/// Cases: list them, open one, change it, close it; and what is put into a pupil's case file
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done.
#[derive(Subcommand, Debug)]
enum What {
    /// List open cases, and what is due (the same as without a word)
    List(list::Filter),
    /// Show a pupil's case file
    Show {
        /// Name, name and tutor group, or admission number
        #[arg(required = true)]
        name: Vec<String>,
    },
    /// Open a case about a pupil
    Open {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Why
        #[arg(long)]
        why: String,
        /// The stage that it begins at, if not the first
        #[arg(long)]
        stage: Option<String>,
        /// Who sees to it, if not you
        #[arg(long)]
        owner: Option<String>,
        /// What it is opened from: trigger, referral or office
        #[arg(long, default_value = "office", value_parser = word::<CaseSource>)]
        from: CaseSource,
        /// Which trigger, or who referred it
        #[arg(long, default_value = "")]
        of: String,
        /// When something is to be done next
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "next")]
        on: Option<NaiveDate>,
        /// What is to be done next
        #[arg(long, value_name = "WORDS", requires = "on")]
        next: Option<String>,
    },
    /// Move a case to another stage
    Stage {
        /// Name, name and tutor group, or admission number
        name: String,
        /// The stage, or part of its name
        stage: String,
        /// Why
        #[arg(long, default_value = "")]
        why: String,
    },
    /// Say who sees to a case
    Owner {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Who
        owner: String,
    },
    /// Say what is to be done next, and when
    Next {
        /// Name, name and tutor group, or admission number
        name: String,
        /// When
        #[arg(value_name = "YYYY-MM-DD", value_parser = date)]
        on: NaiveDate,
        /// What
        #[arg(required = true)]
        what: Vec<String>,
    },
    /// Say what the plan aims at
    Target {
        /// Name, name and tutor group, or admission number
        name: String,
        /// What
        #[arg(required = true)]
        what: Vec<String>,
        /// By when
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        by: Option<NaiveDate>,
    },
    /// Close a case
    Close {
        /// Name, name and tutor group, or admission number
        name: String,
        /// improved, left, handed-on or other
        #[arg(value_parser = word::<CloseReason>)]
        reason: CloseReason,
        /// In words
        #[arg(long, default_value = "")]
        why: String,
    },
    /// Put something into a pupil's case file
    Add(add::Args),
    /// Say what became of something in a case file, by the number of its act
    End(end::Args),
    /// The request for a penalty notice, with what is missing at its head
    Referral(referral::Args),
}

impl Args {
    /// Whether something is put down by it.
    pub fn records(&self) -> bool {
        !matches!(self.what, None | Some(What::List(_) | What::Show { .. } | What::Referral(_)))
    }

    /// Whether a request for a penalty notice is made by it.
    pub fn refers(&self) -> bool {
        matches!(self.what, Some(What::Referral(_)))
    }

    /// Whether it writes a file.
    pub fn reaches_files(&self) -> bool {
        matches!(&self.what, Some(What::Referral(args)) if args.reaches_files())
    }

    /// Whether a case file is read by it.
    pub fn shows(&self) -> bool {
        matches!(self.what, Some(What::Show { .. }))
    }
}

/// List, show, open, change, close, put down.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None => list::list(desk, &list::Filter::default()),
        Some(What::List(filter)) => list::list(desk, filter),
        Some(What::Show { name }) => list::show(desk, &name.join(" ")),
        Some(What::Open { name, why, stage: at, owner, from, of, on, next }) => {
            let pupil = desk.pupil(name, desk.today())?;
            let stage = match at {
                Some(named) => stage(desk, named)?,
                None => first_stage(desk)?,
            };
            let owner = owner.as_deref().map_or_else(|| desk.officer.name.clone(), clean);
            let next = on.zip(next.as_deref()).map(|(on, what)| Next { on, what: clean(what) });
            let (of, why) = (clean(of), clean(why));
            let opening = Opening { stage, owner, source: *from, of, why, next };
            desk.perform(&Act::OpenCase(OpenCase { pupil, opening }))
        }
        Some(What::Stage { name, stage: named, why }) => {
            let stage = stage(desk, named)?;
            change(desk, name, CaseChange::Stage { stage, why: clean(why) })
        }
        Some(What::Owner { name, owner }) => change(desk, name, CaseChange::Owner(clean(owner))),
        Some(What::Next { name, on, what }) => {
            change(desk, name, CaseChange::Next(Next { on: *on, what: clean(&what.join(" ")) }))
        }
        Some(What::Target { name, what, by }) => {
            change(desk, name, CaseChange::Target { what: clean(&what.join(" ")), by: *by })
        }
        Some(What::Close { name, reason, why }) => {
            change(desk, name, CaseChange::Close { reason: *reason, why: clean(why) })
        }
        Some(What::Add(args)) => add::run(desk, args),
        Some(What::End(args)) => end::run(desk, args),
        Some(What::Referral(args)) => referral::run(desk, args),
    }
}

/// The stage of the school's ladder that `named` means.
fn stage(desk: &mut Desk<'_>, named: &str) -> Result<String, Failure> {
    let stages = desk.store.roll().school.case_stages.clone();
    match meant(named, &stages, |stage| stage.name.clone()).as_slice() {
        [stage] => Ok(stage.name.clone()),
        found => {
            let wrong = if found.is_empty() { "is no stage" } else { "is more than one stage" };
            let all: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
            desk.forbid(format!("“{}” {wrong}: name one of {}", clean(named), all.join(", ")))
        }
    }
}

fn first_stage(desk: &mut Desk<'_>) -> Result<String, Failure> {
    match desk.store.roll().school.case_stages.first().map(|stage| stage.name.clone()) {
        Some(first) => Ok(first),
        None => desk.forbid("the school has no stages for cases: `case-stages` in its settings".to_owned()),
    }
}

/// Change the case that is open about a pupil, else the last of all, which is refused with why.
fn change(desk: &mut Desk<'_>, name: &str, change: CaseChange) -> Result<(), Failure> {
    let pupil = desk.pupil_of_everybody(name)?;
    let Some(case) = last_case(desk, pupil)? else {
        let name = desk.store.roll().name_and_group(pupil);
        return desk.forbid(format!("{name} has no case: open one first (case open)"));
    };
    desk.perform(&Act::ChangeCase(ChangeCase { pupil, case, change }))
}

fn last_case(desk: &Desk<'_>, pupil: PupilId) -> Result<Option<ActId>, Failure> {
    let file = desk.store.case_files(Some(pupil))?.remove(&pupil).unwrap_or_default();
    let last = file.open_case().or_else(|| file.cases().pop());
    Ok(last.map(|case| case.act))
}
