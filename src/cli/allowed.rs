//! Who may give which command: asked in one place, before anything is looked up or written.

use std::io::Write;

use super::Failure;
use super::act::turned_away;
use super::args::{Command, Global};
use super::commands::undo;
use super::desk::Desk;
use crate::domain::permission::{Matter, may, may_record};
use crate::domain::staff::Role;

/// What a command wants of whoever gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wants {
    /// Nothing: it says nothing of anybody.
    Nothing,
    /// That they may see this.
    Sight(Matter),
    /// That they may record, being at least this.
    Record(Role),
}

impl Command {
    /// What it wants of whoever gives it.
    fn wants(&self) -> Wants {
        use Wants::{Nothing, Record, Sight};
        match self {
            // A new file is its maker's; the rest say nothing of anybody.
            Command::Init(_) | Command::Demo(_) => Nothing,
            Command::Template(_) | Command::Keys | Command::Completions(_) | Command::Man => Nothing,
            // One's own PIN is everybody's to set.
            Command::Pin(args) if args.forgets() => Sight(Matter::Settings),
            Command::Pin(_) => Nothing,
            Command::Who(_) | Command::Lates(_) | Command::Fire(_) => Sight(Matter::Names),
            Command::Unmarked
            | Command::Unexplained(_)
            | Command::Checks
            | Command::Searches
            | Command::OffSite
            | Command::Desks
            | Command::Tape(_) => Sight(Matter::Day),
            Command::Ageing(args) if args.records() => Record(Role::Officer),
            Command::Ageing(_) => Sight(Matter::Day),
            Command::Watch(args) if args.records() => Record(Role::Officer),
            Command::Watch(_) => Sight(Matter::Day),
            Command::Numbers(_) => Sight(Matter::Numbers),
            Command::Cpoms(args) if args.records() => Record(Role::Officer),
            Command::Cpoms(_) | Command::List(_) | Command::Handover | Command::Amendments(_) => Sight(Matter::Export),
            Command::Gate(_)
            | Command::Late(_)
            | Command::Out(_)
            | Command::Back(_)
            | Command::LateStep(_)
            | Command::Undo(undo::Args { act: None }) => Record(Role::Gate),
            // Whose act that is only the tape says.
            Command::Undo(undo::Args { act: Some(_) }) => Record(Role::Officer),
            Command::Bar(args) if args.lifts() => Record(Role::Lead),
            Command::Mark(_)
            | Command::Call(_)
            | Command::Bar(_)
            | Command::Step(_)
            | Command::Search(_)
            | Command::Sweep(_)
            | Command::Check(_)
            | Command::Register(_)
            | Command::Chase(_)
            | Command::Snooze(_)
            | Command::Cover(_)
            | Command::Confirm(_)
            | Command::ReportAbsence(_) => Record(Role::Officer),
            Command::Import(_) => Sight(Matter::Import),
            Command::Settings(_) | Command::History(_) | Command::Staff | Command::Disclosures(_) => {
                Sight(Matter::Settings)
            }
            Command::Sql(_) | Command::Backup(_) => Sight(Matter::File),
        }
    }

    /// What it does to the record: the subject of "... is for a lead".
    fn records(&self) -> &'static str {
        match self {
            Command::Bar(args) if args.lifts() => "lifting the bar on a contact",
            Command::Undo(undo::Args { act: Some(_) }) => "taking back any act by its number",
            _ => "what changes the record",
        }
    }

    /// Why it is not for a login that was given by `--as`: it reaches this computer's files beside the school's.
    fn reaches_files(&self) -> Option<&'static str> {
        match self {
            Command::Init(_) | Command::Demo(_) => Some("makes a file"),
            Command::Import(_) => Some("reads files"),
            Command::Backup(_) => Some("writes a file"),
            Command::Sql(_) => Some("asks the file itself"),
            Command::Settings(args) => args.reaches_files().then_some("reads a file"),
            _ => None,
        }
    }
}

/// Refuse a login that was given by `--as` whatever reaches files of this computer.
pub fn keeps_to_the_record(command: &Command, global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    match command.reaches_files().filter(|_| global.login.is_some()) {
        Some(does) => {
            let says = format!("what {does} is not for a login given by --as: whoever owns the school's file does it");
            turned_away(global.json, out, &says)
        }
        None => Ok(()),
    }
}

impl Desk<'_> {
    /// Refuse whoever may not give this command.
    pub fn allows(&mut self, command: &Command) -> Result<(), Failure> {
        let allowed = match command.wants() {
            Wants::Nothing => Ok(()),
            Wants::Sight(matter) => may(self.officer.role, matter),
            Wants::Record(least) => may_record(self.officer.role, least, command.records()),
        };
        allowed.or_else(|refusal| self.refuse(&refusal))
    }
}
