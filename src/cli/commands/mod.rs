//! Every command, one file each: its arguments, and what it does.

use std::io::Write;

use super::allowed::{Opening, keeps_to_the_record};
use super::args::{Command, Global};
use super::desk::Desk;
use super::{Failure, Next};

pub mod ageing;
pub mod amendments;
pub mod back;
pub mod backup;
pub mod bar;
pub mod call;
pub mod card;
mod card_follow_up;
mod card_text;
mod card_today;
pub mod chase;
pub mod check;
pub mod checks;
pub mod confirm;
pub mod cover;
pub mod cpoms;
pub mod demo;
pub mod desks;
pub mod disclosures;
pub mod fire;
pub mod gate;
pub mod handover;
pub mod history;
pub mod import;
mod import_report;
pub mod init;
pub mod keys;
pub mod late;
pub mod late_step;
pub mod lates;
pub mod list;
pub mod mark;
pub mod numbers;
pub mod off_site;
pub mod out;
pub mod pin;
pub mod register;
pub mod report;
pub mod search;
pub mod searches;
pub mod settings;
mod settings_edit;
pub mod shell;
pub mod snooze;
pub mod sql;
pub mod staff;
pub mod step;
pub mod sweep;
pub mod tape;
pub mod template;
pub mod undo;
pub mod unexplained;
pub mod unmarked;
pub mod watch;
pub mod who;

/// Do one command.
pub fn run(command: Command, global: &Global, out: &mut dyn Write) -> Result<Next, Failure> {
    keeps_to_the_record(&command, global, out)?;
    match command {
        // These need no file, or make one.
        Command::Init(args) => init::run(&args, global, out)?,
        Command::Demo(args) => return demo::run(&args, global, out),
        Command::Template(args) => template::run(&args, out)?,
        Command::Keys => return keys::ask(global),
        Command::Completions(args) => shell::completions(&args, out)?,
        Command::Man => shell::man(out)?,
        command => {
            let mut desk = match command.needs().opening {
                Opening::Write => Desk::open(global, out)?,
                Opening::WriteOrRead => Desk::open_or_read(global, out)?,
                Opening::Read => Desk::open_to_read(global, out)?,
            };
            desk.allows(&command)?;
            if let Command::Gate(args) = &command {
                return gate::run(args, desk);
            }
            at_desk(command, &mut desk)?;
        }
    }
    Ok(Next::Done)
}

fn at_desk(command: Command, desk: &mut Desk<'_>) -> Result<(), Failure> {
    match command {
        Command::Settings(args) => settings::run(desk, &args),
        Command::Import(args) => import::run(desk, &args),
        Command::Unmarked => unmarked::run(desk),
        Command::Unexplained(args) => unexplained::run(desk, &args),
        Command::Checks => checks::run(desk),
        Command::Searches => searches::run(desk),
        Command::Ageing(args) => ageing::run(desk, &args),
        Command::Lates(args) => lates::run(desk, &args),
        Command::Handover => handover::run(desk),
        Command::Tape(args) => tape::run(desk, &args),
        Command::History(args) => history::run(desk, &args),
        Command::List(args) => list::run(desk, &args),
        Command::Cpoms(args) => cpoms::run(desk, &args),
        Command::Desks => desks::run(desk),
        Command::Fire(args) => fire::run(desk, &args),
        Command::OffSite => off_site::run(desk),
        Command::Confirm(args) => confirm::run(desk, &args),
        Command::Numbers(args) => numbers::run(desk, &args),
        Command::Staff => staff::run(desk),
        Command::Disclosures(args) => disclosures::run(desk, &args),
        Command::Watch(args) => watch::run(desk, &args),
        Command::Who(args) => who::run(desk, &args),
        Command::Late(args) => late::run(desk, &args),
        Command::LateStep(args) => late_step::run(desk, &args),
        Command::Out(args) => out::run(desk, &args),
        Command::Back(args) => back::run(desk, &args),
        Command::Mark(args) => mark::run(desk, &args),
        Command::Call(args) => call::run(desk, &args),
        Command::Bar(args) => bar::run(desk, &args),
        Command::Step(args) => step::run(desk, &args),
        Command::Search(args) => search::run(desk, &args),
        Command::Sweep(args) => sweep::run(desk, &args),
        Command::Check(args) => check::run(desk, &args),
        Command::Register(args) => register::run(desk, &args),
        Command::Chase(args) => chase::run(desk, &args),
        Command::Snooze(args) => snooze::run(desk, &args),
        Command::Cover(args) => cover::run(desk, &args),
        Command::ReportAbsence(args) => report::run(desk, &args),
        Command::Undo(args) => undo::run(desk, &args),
        Command::Amendments(args) => amendments::run(desk, &args),
        Command::Sql(args) => sql::run(desk, &args),
        Command::Backup(args) => backup::run(desk, &args),
        Command::Pin(args) => pin::run(desk, &args),
        Command::Init(_)
        | Command::Demo(_)
        | Command::Gate(_)
        | Command::Template(_)
        | Command::Keys
        | Command::Completions(_)
        | Command::Man => Ok(()),
    }
}
