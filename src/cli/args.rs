//! The arguments, read; what each command means by its own lies with the command.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use clap::{Parser, Subcommand};

use crate::domain::code::Code;
use crate::domain::dates::parse_iso;
use crate::domain::session::{Session, parse_time};

use super::commands::*;

/// The attendance officer's morning in one terminal window. Without a command the screen opens.
#[derive(Parser, Debug)]
#[command(name = "firstbell", version)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 usage or configuration, 3 fault.")]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub look: Look,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What may be asked through a forced command: nothing in it says who asks, of which file, or what time it is.
#[derive(Parser, Debug)]
#[command(name = "firstbell", version)]
#[command(about = "The attendance officer's morning in one terminal window. Without a command the screen opens.", long_about = None)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 usage or configuration, 3 fault.")]
pub struct Asked {
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(flatten)]
    pub look: Look,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How the screen is to look.
#[derive(clap::Args, Debug)]
pub struct Look {
    /// Draw the screen in ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// Draw the screen in strong contrast
    #[arg(long)]
    pub high_contrast: bool,
}

/// What every command takes.
#[derive(clap::Args, Debug)]
pub struct Global {
    /// The school's file, instead of the one that FIRSTBELL_DB names, or the one in your data folder
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// Sit down as this one of the staff: for the owner of the file, in an SSH key's forced command
    #[arg(long = "as", global = true, value_name = "LOGIN")]
    pub login: Option<String>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Stop the clock at this school-local time
    #[arg(long, global = true, hide = true, value_name = "TIME", value_parser = moment)]
    pub now: Option<NaiveDateTime>,
}

/// Every command.
#[derive(Subcommand, Debug)]
pub enum Command {
    Init(init::Args),
    Settings(settings::Args),
    Import(import::Args),
    Template(template::Args),
    Demo(demo::Args),
    Gate(gate::Args),
    /// Registers of the current session that are not in
    Unmarked,
    Unexplained(unexplained::Args),
    /// What of the day contradicts, and what would settle it
    Checks,
    /// Who is looked for today, or was
    Searches,
    Ageing(ageing::Args),
    Lates(lates::Args),
    /// What exactly is open, for whoever takes the desk over
    Handover,
    Tape(tape::Args),
    History(history::Args),
    List(list::Args),
    Cpoms(cpoms::Args),
    Fire(fire::Args),
    /// Everybody elsewhere by arrangement, and whether they are there
    OffSite,
    Confirm(confirm::Args),
    Numbers(numbers::Args),
    /// Who is at which desk, at which screen, and whom they call about
    Desks,
    /// The school's staff, and what each of them may
    Staff,
    Disclosures(disclosures::Args),
    Watch(watch::Args),
    Who(who::Args),
    Late(late::Args),
    LateStep(late_step::Args),
    Out(out::Args),
    Back(back::Args),
    Mark(mark::Args),
    Call(call::Args),
    Bar(bar::Args),
    Step(step::Args),
    Search(search::Args),
    Sweep(sweep::Args),
    Check(check::Args),
    Register(register::Args),
    Chase(chase::Args),
    Snooze(snooze::Args),
    Cover(cover::Args),
    ReportAbsence(report::Args),
    Undo(undo::Args),
    Amendments(amendments::Args),
    /// What every key of the screen means
    Keys,
    Sql(sql::Args),
    Backup(backup::Args),
    Pin(pin::Args),
    #[command(hide = true)]
    Completions(shell::Args),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// `2026-11-24T09:20`.
fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.ok_or_else(|| "write it as 2026-11-24T09:20".to_owned())
}

/// `08:57`, `8:57` or `0857`.
pub fn time(text: &str) -> Result<NaiveTime, String> {
    parse_time(text).ok_or_else(|| "write a time as 08:57".to_owned())
}

/// `2026-11-24`.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    parse_iso(text).ok_or_else(|| "write a date as 2026-11-24".to_owned())
}

/// `AM` or `PM`.
pub fn session(text: &str) -> Result<Session, String> {
    Session::parse(text).ok_or_else(|| "write AM or PM".to_owned())
}

/// Anything that has the shape of a code; whether it is one is for the rules to say.
pub fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| "a code is one to three letters, digits or signs, such as I or C1".to_owned())
}
