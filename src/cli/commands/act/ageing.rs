//! `ageing`: marks that have stood at N, the oldest first; those past their deadline are settled.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::code;
use crate::cli::text::sentence;
use crate::domain::absence::unresolved::{NO_REASON, UnresolvedN, unresolved_ns};
use crate::domain::act::{Act, SettleUnresolved};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::name::clean;

/// Marks that have stood at N, of today and before, the oldest first
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Settle those that are past their deadline
    #[arg(long)]
    settle: bool,
    /// Whose, if not everybody's: name, name and tutor group, or admission number; several pupils, each in quotes
    #[arg(value_name = "WHO", requires = "settle")]
    names: Vec<String>,
    /// To which code
    #[arg(long, value_parser = code, default_value = "O", requires = "settle")]
    code: Code,
    /// Why
    #[arg(long, default_value = NO_REASON, requires = "settle")]
    reason: String,
}

impl Args {
    /// Whether marks are changed by it.
    pub fn records(&self) -> bool {
        self.settle
    }
}

/// One mark.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgeingFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    date: NaiveDate,
    session: Session,
    day: usize,
    days_left: usize,
    deadline: Option<NaiveDate>,
    overdue: bool,
    #[serde(skip)]
    says: String,
}

/// List them; on a day without school too, for they do not go away. Or settle those that are past their deadline, in one act.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let day = desk.day()?;
    if args.settle {
        return settle(desk, &day, args);
    }
    let rows: Vec<AgeingFacts> = unresolved_ns(&day).iter().filter_map(|one| facts(&day, one)).collect();
    let overdue = rows.iter().filter(|row| row.overdue).count();
    let heading = format!("Marks at N: {}, {overdue} past their deadline.", rows.len());
    desk.answer(&heading, "No mark stands at N.", rows)
}

/// Each as it stands now.
fn settle(desk: &mut Desk<'_>, day: &Day, args: &Args) -> Result<(), Failure> {
    let named = args.names.iter().map(|name| desk.pupil(name, day.date)).collect::<Result<Vec<_>, _>>()?;
    let mut late = unresolved_ns(day);
    late.retain(|one| one.is_overdue() && (named.is_empty() || named.contains(&one.pupil)));
    if let Some(none) = named.iter().find(|id| late.iter().all(|one| one.pupil != **id)) {
        return desk.forbid(format!("no mark of {} is past its deadline", day.roll.name_and_group(*none)));
    }
    if late.is_empty() {
        return desk.forbid("no mark is past its deadline".to_owned());
    }
    let marks = late.iter().map(|one| (one.pupil, one.at, one.revision)).collect();
    desk.perform(&Act::SettleUnresolved(SettleUnresolved { marks, code: args.code, reason: clean(&args.reason) }))
}

fn facts(day: &Day, mark: &UnresolvedN) -> Option<AgeingFacts> {
    Some(AgeingFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(mark.pupil)?),
        date: mark.at.date,
        session: mark.at.session,
        day: mark.day,
        days_left: mark.days_left(),
        deadline: mark.deadline,
        overdue: mark.is_overdue(),
        says: mark.describe(),
    })
}

impl Row for AgeingFacts {
    /// "Khan, Amira, 8KM, flags CP: N of Thu 19 Nov AM, day 3 of 5, may stand until Thu 26 Nov."
    fn lines(&self) -> Vec<String> {
        let stands = if self.overdue { "could stand" } else { "may stand" };
        vec![sentence([
            format!("{}: N of {} {}", self.pupil.introduced(), self.date.format("%a %-d %b"), self.session),
            self.says.clone(),
            self.deadline.map(|date| format!("{stands} until {}", date.format("%a %-d %b"))).unwrap_or_default(),
        ])]
    }
}
