//! `tape`: every act of a date, who did it and when, the newest first.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::date;
use crate::cli::text::{clock, long_date, sentence};
use crate::domain::act::day_log::Entry;
use crate::domain::counted::counted;
use crate::domain::name::{clean, fold};
use crate::domain::school::roll::Roll;

/// Everything that was done on a date, the newest first
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which date, if not today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    date: Option<NaiveDate>,
    /// Only what was done by an officer of this name or login, or part of it
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

/// One act.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActFacts {
    act: i64,
    at: String,
    by: String,
    login: Option<String>,
    desk: String,
    says: String,
    pupils: Vec<PupilFacts>,
    taken_back: Option<TakenBackFacts>,
    can_undo: bool,
}

/// That it was taken back.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TakenBackFacts {
    at: String,
    by: String,
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let on = args.date.unwrap_or(desk.today());
    let roll = desk.store.roll().clone();
    let who = args.who.as_deref().map(fold).unwrap_or_default();
    let entries = desk.store.day_log(on)?.into_iter().rev().filter(|entry| {
        let login = entry.login.as_deref().unwrap_or_default();
        [entry.who.as_str(), login].into_iter().any(|by| fold(by).contains(&who))
    });
    let rows: Vec<ActFacts> = entries.map(|entry| facts(&roll, entry)).collect();
    let by = args.who.as_ref().map(|who| format!(" by “{}”", clean(who))).unwrap_or_default();
    let heading = format!("{}{by} of {}.", counted(rows.len(), "act"), long_date(on));
    desk.answer(&heading, "Nothing was done.", rows)
}

fn facts(roll: &Roll, entry: Entry) -> ActFacts {
    ActFacts {
        act: entry.act.0,
        at: clock(entry.at.time()),
        by: entry.who,
        login: entry.login,
        desk: entry.desk,
        says: entry.text,
        pupils: PupilFacts::all(roll, &entry.pupils),
        taken_back: entry.undone.map(|(by, at)| TakenBackFacts { at: clock(at.time()), by }),
        can_undo: entry.can_undo,
    }
}

impl Row for ActFacts {
    /// "09:31, act 214, S Marsh: call about Khan, Amira 8KM (no answer), taken back 09:41 by S Marsh."
    fn lines(&self) -> Vec<String> {
        let back = self.taken_back.as_ref().map(|back| format!("taken back {} by {}", back.at, back.by));
        let (act, text) = (format!("act {}", self.act), format!("{}: {}", self.by, self.says));
        vec![sentence([self.at.clone(), act, text, back.unwrap_or_default()])]
    }
}
