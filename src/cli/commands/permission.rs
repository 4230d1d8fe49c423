//! What each command needs, in one list: who may give it, how the file is opened, what else it reaches.

use std::io::Write;

use super::Command;
use super::act::undo;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::act::print_refusal;
use crate::cli::parse::Global;
use crate::domain::act::permission::{Matter, check_matter, check_record, least_for_pack};
use crate::domain::school::staff::Role;

/// What a command wants of whoever gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wants {
    /// Nothing: it says nothing of anybody.
    Nothing,
    /// That they may see this.
    Sight(Matter),
    /// That they may record, being at least this; with what it does to the record: the subject of "... is for a lead".
    Record(Role, &'static str),
}

/// How the school's file is opened for a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opening {
    /// To write.
    Write,
    /// To write where that can be, and else only to read.
    WriteOrRead,
    /// Only to read: wanted when all else fails.
    Read,
}

/// What a command needs.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    wants: Wants,
    /// How the file is opened, where the command opens one.
    pub opening: Opening,
    /// What it does to this computer's files beside the school's: why it is not for a login that was given by `--as`.
    reaches: Option<&'static str>,
}

impl Needs {
    const fn of(wants: Wants) -> Needs {
        Needs { wants, opening: Opening::Write, reaches: None }
    }

    const fn sight(matter: Matter) -> Needs {
        Needs::of(Wants::Sight(matter))
    }

    const fn record(least: Role) -> Needs {
        Needs::record_as(least, "what changes the record")
    }

    const fn record_as(least: Role, what: &'static str) -> Needs {
        Needs::of(Wants::Record(least, what))
    }

    const fn opened_to(self, opening: Opening) -> Needs {
        Needs { opening, ..self }
    }

    const fn reaching(self, reaches: &'static str) -> Needs {
        Needs { reaches: Some(reaches), ..self }
    }
}

impl Command {
    /// What it needs.
    pub fn needs(&self) -> Needs {
        match self {
            // A new file is its maker's; the rest say nothing of anybody.
            Command::Init(_) | Command::Demo(_) | Command::Restore(_) => {
                Needs::of(Wants::Nothing).reaching("makes a file")
            }
            Command::Template(_) | Command::Keys(_) | Command::Schema(_) | Command::Completions(_) | Command::Man => {
                Needs::of(Wants::Nothing)
            }
            // One's own PIN is everybody's to set.
            Command::Pin(args) if args.forgets() => Needs::sight(Matter::Settings),
            Command::Pin(_) => Needs::of(Wants::Nothing),
            Command::Who(_) => Needs::sight(Matter::Names).opened_to(Opening::WriteOrRead),
            Command::Year(_) => Needs::sight(Matter::Card),
            // A list of many pupils is for others; what they come to together is the day's work.
            Command::Figures(args) if args.lists_pupils() => Needs::sight(Matter::Export),
            Command::Figures(args) if args.names_a_pupil() => Needs::sight(Matter::Card),
            Command::Figures(_) => Needs::sight(Matter::Day),
            Command::Fire(args) if args.records() => Needs::record(Role::Gate),
            Command::Lates(_) | Command::Fire(_) => Needs::sight(Matter::Names).opened_to(Opening::Read),
            Command::Unmarked | Command::Board(_) => Needs::sight(Matter::Day).opened_to(Opening::Read),
            Command::Triggers(_) => Needs::sight(Matter::Day).opened_to(Opening::WriteOrRead),
            Command::Unexplained(_)
            | Command::Checks
            | Command::Searches
            | Command::OffSite
            | Command::Arrangements(_)
            | Command::Desks
            | Command::Tape(_) => Needs::sight(Matter::Day),
            Command::Ageing(args) if args.records() => Needs::record(Role::Officer),
            Command::Ageing(_) => Needs::sight(Matter::Day),
            Command::Watch(args) if args.records() => Needs::record(Role::Officer),
            Command::Watch(_) => Needs::sight(Matter::Day),
            Command::Case(args) if args.records() => Needs::record(Role::Officer),
            Command::Case(args) if args.refers() => {
                let needs = Needs::record_as(Role::Lead, "asking for a penalty notice");
                Needs { reaches: args.reaches_files().then_some("writes a file"), ..needs }
            }
            Command::Case(args) if args.shows() => Needs::sight(Matter::Case),
            // A reader is told the stages alone.
            Command::Case(_) => Needs::sight(Matter::Day),
            Command::Impact(args) if args.lists_pupils() => Needs::sight(Matter::Export),
            Command::Chronology(_) | Command::Impact(_) | Command::Visits(_) => Needs::sight(Matter::Case),
            Command::Letter(args) => {
                let needs = if args.records() { Needs::record(Role::Officer) } else { Needs::sight(Matter::Case) };
                if args.reaches_files() { needs.reaching("writes a file") } else { needs }
            }
            Command::Numbers(_) | Command::Corrections(_) => Needs::sight(Matter::Numbers),
            Command::Cpoms(args) if args.records() => Needs::record(Role::Officer),
            Command::Cpoms(_) | Command::List(_) | Command::Handover | Command::Amendments(_) => {
                Needs::sight(Matter::Export)
            }
            Command::Export(args) if args.reaches_files() => Needs::sight(Matter::Export).reaching("writes a file"),
            Command::Report(args) if args.reaches_files() => Needs::sight(Matter::Export).reaching("writes a file"),
            Command::Export(_) | Command::Report(_) => Needs::sight(Matter::Export),
            Command::Pack(args) => {
                // Nobody beneath those who may list a case makes one.
                let needs = Needs::record_as(least_for_pack(args.purpose()), "making such a pack");
                Needs { reaches: args.reaches_files().then_some("writes a file"), ..needs }
            }
            Command::Gate(_)
            | Command::Late(_)
            | Command::Out(_)
            | Command::Back(_)
            | Command::LateStep(_)
            | Command::Redo
            | Command::Undo(undo::Args { act: None }) => Needs::record(Role::Gate),
            // Only the day log says whose act that is.
            Command::Undo(undo::Args { act: Some(_) }) => {
                Needs::record_as(Role::Officer, "taking back any act by its number")
            }
            Command::Bar(args) if args.lifts() => Needs::record_as(Role::Lead, "lifting the bar on a contact"),
            Command::Arrange(args) if args.reaches_files() => Needs::record(Role::Officer).reaching("reads a file"),
            Command::Mark(_)
            | Command::Arrange(_)
            | Command::Call(_)
            | Command::Bar(_)
            | Command::Correct(_)
            | Command::Step(_)
            | Command::Search(_)
            | Command::Sweep(_)
            | Command::Check(_)
            | Command::Register(_)
            | Command::Chase(_)
            | Command::Snooze(_)
            | Command::Cover(_)
            | Command::Confirm(_)
            | Command::ReportAbsence(_) => Needs::record(Role::Officer),
            Command::Quarantine(args) if args.records() => {
                Needs::record_as(Role::Lead, "saying what marks of files mean")
            }
            Command::Leavers(args) if args.records() => Needs::record(Role::Officer),
            Command::Refused(args) if args.records() => Needs::record(Role::Officer),
            Command::Inbox(args) if args.records() => Needs::record(Role::Officer),
            Command::Quarantine(_) | Command::Leavers(_) | Command::Refused(_) | Command::Inbox(_) => {
                Needs::sight(Matter::Day)
            }
            Command::Handback(args) => {
                let needs = if args.records() { Needs::record(Role::Officer) } else { Needs::sight(Matter::Export) };
                Needs { reaches: args.reaches_files(), ..needs }
            }
            Command::Imports(_) => Needs::sight(Matter::Import),
            Command::Profile(args) if args.reaches_files() => {
                Needs::sight(Matter::Import).opened_to(Opening::Read).reaching("reads a file")
            }
            Command::Profile(_) => Needs::sight(Matter::Import).opened_to(Opening::Read),
            Command::Import(_) => Needs::sight(Matter::Import).reaching("reads files"),
            Command::Feed(_) => Needs::sight(Matter::Import).reaching("reads files"),
            Command::Settings(args) if args.reaches_files() => Needs::sight(Matter::Settings).reaching("reads a file"),
            Command::Settings(_) | Command::History(_) | Command::Staff | Command::Disclosures(_) => {
                Needs::sight(Matter::Settings)
            }
            Command::Retention(_) => Needs::sight(Matter::File),
            Command::Sql(_) => Needs::sight(Matter::File).reaching("asks the file itself"),
            Command::Backup(_) | Command::Archive(_) => Needs::sight(Matter::File).reaching("writes a file"),
        }
    }
}

/// Refuse a login that was given by `--as` whatever reaches files of this computer.
pub fn keeps_to_the_record(command: &Command, global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    match command.needs().reaches.filter(|_| global.login.is_some()) {
        Some(does) => {
            let text = format!("what {does} is not for a login given by --as: whoever owns the school's file does it");
            print_refusal(global.json, out, &text)
        }
        None => Ok(()),
    }
}

impl Desk<'_> {
    /// Refuse whoever may not give this command.
    pub fn allows(&mut self, command: &Command) -> Result<(), Failure> {
        let allowed = match command.needs().wants {
            Wants::Nothing => Ok(()),
            Wants::Sight(matter) => check_matter(self.officer.role, matter),
            Wants::Record(least, what) => check_record(self.officer.role, least, what),
        };
        allowed.or_else(|refusal| self.refuse(&refusal))
    }
}
