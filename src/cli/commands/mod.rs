//! Every command, one file each: its arguments, and what it does.

pub mod act;
pub mod admin;
pub mod args;
pub mod due_rows;
pub mod file;
pub mod permission;
pub mod read;

use std::io::Write;

use clap::Subcommand;

use super::desk::Desk;
use super::parse::Global;
use super::{Failure, Next};
use act::register::{chase, cover, snooze};
use act::{
    ageing, arrange, back, bar, call, case, check, confirm, correct, cpoms, late, late_step, letter, mark, numbers,
    out, redo, register, report, search, step, sweep, undo, watch,
};
use admin::{keys, pin, retention, schema, settings, shell};
use file::{
    archive, backup, demo, export, feed, gate, handback, import, imports, inbox, init, leavers, pack, profile,
    quarantine, refused, reports, restore, sql, template,
};
use permission::{Opening, keeps_to_the_record};
use read::casework::{chronology, impact, triggers, visits};
use read::{
    amendments, arrangements, board, checks, corrections, desks, disclosures, figures, fire, handover, history, lates,
    list, off_site, searches, staff, tape, unexplained, unmarked, who, year,
};

/// Every command.
#[derive(Subcommand, Debug)]
pub enum Command {
    Init(init::Args),
    Settings(settings::Args),
    Import(import::Args),
    Imports(imports::Args),
    Feed(feed::Args),
    Refused(refused::Args),
    Quarantine(quarantine::Args),
    Leavers(leavers::Args),
    Export(export::Args),
    Report(reports::Args),
    Pack(pack::Args),
    Handback(handback::Args),
    Inbox(inbox::Args),
    Template(template::Args),
    Profile(profile::Args),
    Demo(demo::Args),
    Gate(gate::Args),
    /// Registers of the current session that are not in
    Unmarked,
    Unexplained(unexplained::Args),
    Board(board::Args),
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
    Arrange(arrange::Args),
    Arrangements(arrangements::Args),
    Numbers(numbers::Args),
    /// Who is at which desk, at which screen, and whom they call about
    Desks,
    /// The school's staff, and what each of them may
    Staff,
    Disclosures(disclosures::Args),
    Watch(watch::Args),
    Who(who::Args),
    Year(year::Args),
    Triggers(triggers::Args),
    Figures(figures::Args),
    Late(late::Args),
    LateStep(late_step::Args),
    Out(out::Args),
    Back(back::Args),
    Mark(mark::Args),
    Call(call::Args),
    Bar(bar::Args),
    Case(case::Args),
    Chronology(chronology::Args),
    Visits(visits::Args),
    Letter(letter::Args),
    Impact(impact::Args),
    Correct(correct::Args),
    Corrections(corrections::Args),
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
    /// Do again what this desk took back last; said again, what it took back before that
    Redo,
    Amendments(amendments::Args),
    Keys(keys::Args),
    Schema(schema::Args),
    Sql(sql::Args),
    Backup(backup::Args),
    Archive(archive::Args),
    Restore(restore::Args),
    Retention(retention::Args),
    Pin(pin::Args),
    #[command(hide = true)]
    Completions(shell::Args),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// Do one command.
pub fn run(command: Command, global: &Global, out: &mut dyn Write) -> Result<Next, Failure> {
    keeps_to_the_record(&command, global, out)?;
    match command {
        // These need no file, or make one.
        Command::Init(args) => init::run(&args, global, out)?,
        Command::Demo(args) => return demo::run(&args, global, out),
        Command::Restore(args) => restore::run(&args, global, out)?,
        // This one opens it whenever there is something to take.
        Command::Feed(args) => feed::run(&args, global, out)?,
        Command::Template(args) => template::run(&args, out)?,
        Command::Schema(args) => schema::run(&args, out)?,
        Command::Keys(args) => return keys::ask(&args, global),
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
            if let Command::Profile(args) = &command
                && args.opens_screen(desk.json)
            {
                return profile::screen(args, &desk);
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
        Command::Imports(args) => imports::run(desk, &args),
        Command::Refused(args) => refused::run(desk, &args),
        Command::Quarantine(args) => quarantine::run(desk, &args),
        Command::Leavers(args) => leavers::run(desk, &args),
        Command::Export(args) => export::run(desk, &args),
        Command::Report(args) => reports::run(desk, &args),
        Command::Pack(args) => pack::run(desk, &args),
        Command::Handback(args) => handback::run(desk, &args),
        Command::Inbox(args) => inbox::run(desk, &args),
        Command::Profile(args) => profile::run(desk, &args),
        Command::Unmarked => unmarked::run(desk),
        Command::Unexplained(args) => unexplained::run(desk, &args),
        Command::Board(args) => board::run(desk, &args),
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
        Command::Arrange(args) => arrange::run(desk, &args),
        Command::Arrangements(args) => arrangements::run(desk, &args),
        Command::Numbers(args) => numbers::run(desk, &args),
        Command::Staff => staff::run(desk),
        Command::Disclosures(args) => disclosures::run(desk, &args),
        Command::Watch(args) => watch::run(desk, &args),
        Command::Who(args) => who::run(desk, &args),
        Command::Year(args) => year::run(desk, &args),
        Command::Triggers(args) => triggers::run(desk, &args),
        Command::Figures(args) => figures::run(desk, &args),
        Command::Late(args) => late::run(desk, &args),
        Command::LateStep(args) => late_step::run(desk, &args),
        Command::Out(args) => out::run(desk, &args),
        Command::Back(args) => back::run(desk, &args),
        Command::Mark(args) => mark::run(desk, &args),
        Command::Call(args) => call::run(desk, &args),
        Command::Bar(args) => bar::run(desk, &args),
        Command::Case(args) => case::run(desk, &args),
        Command::Chronology(args) => chronology::run(desk, &args),
        Command::Visits(args) => visits::run(desk, &args),
        Command::Letter(args) => letter::run(desk, &args),
        Command::Impact(args) => impact::run(desk, &args),
        Command::Correct(args) => correct::run(desk, &args),
        Command::Corrections(args) => corrections::run(desk, &args),
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
        Command::Redo => redo::run(desk),
        Command::Amendments(args) => amendments::run(desk, &args),
        Command::Sql(args) => sql::run(desk, &args),
        Command::Backup(args) => backup::run(desk, &args),
        Command::Archive(args) => archive::run(desk, &args),
        Command::Retention(args) => retention::run(desk, &args),
        Command::Pin(args) => pin::run(desk, &args),
        Command::Init(_)
        | Command::Restore(_)
        | Command::Demo(_)
        | Command::Feed(_)
        | Command::Gate(_)
        | Command::Template(_)
        | Command::Keys(_)
        | Command::Schema(_)
        | Command::Completions(_)
        | Command::Man => Ok(()),
    }
}
