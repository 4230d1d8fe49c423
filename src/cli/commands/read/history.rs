//! `history`: every change of the school's set-up, who made it and when, and what was there before.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::parse::date;
use crate::cli::text::{by_login, clock, sentence, taken_back};
use crate::domain::act::day_log::Entry;
use crate::domain::counted::counted;

/// Every change of the school's set-up, the newest first: what it was, what it became, who changed it and when
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Of what
    of: What,
    /// Only from this date on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
}

/// What there is a history of.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// Settings, staff and their roles, who may enter which code, PINs, and files brought in
    Settings,
}

/// One change.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeFacts {
    act: i64,
    date: NaiveDate,
    at: String,
    by: String,
    login: Option<String>,
    desk: String,
    says: String,
    changes: Vec<String>,
    taken_back: Option<String>,
    can_undo: bool,
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let entries = match args.of {
        What::Settings => desk.store.set_up()?,
    };
    let wanted = |entry: &Entry| args.from.is_none_or(|from| entry.at.date() >= from);
    let rows: Vec<ChangeFacts> = entries.into_iter().rev().filter(wanted).map(facts).collect();
    let heading = format!("{} of the set-up.", counted(rows.len(), "change"));
    desk.answer(&heading, "Nothing was changed.", rows)
}

fn facts(entry: Entry) -> ChangeFacts {
    ChangeFacts {
        act: entry.act.0,
        date: entry.at.date(),
        at: clock(entry.at.time()),
        by: entry.who,
        login: entry.login,
        desk: entry.desk,
        says: entry.text,
        changes: entry.changes,
        taken_back: entry.undone.map(|(by, at)| taken_back(&by, at)),
        can_undo: entry.can_undo,
    }
}

impl Row for ChangeFacts {
    /// "2026-11-24 09:31, act 214, S Marsh (smarsh): settings." and a line for each value, where there are several.
    fn lines(&self) -> Vec<String> {
        let by = by_login(&self.by, self.login.as_deref());
        let back = self.taken_back.as_ref().map(|back| format!("taken back {back}")).unwrap_or_default();
        let first = sentence([
            format!("{} {}", self.date, self.at),
            format!("act {}", self.act),
            format!("{by}: {}", self.says),
            back,
        ]);
        let changes = self.changes.iter().filter(|change| !self.says.contains(change.as_str()));
        std::iter::once(first).chain(changes.map(|change| format!("  {change}"))).collect()
    }
}
