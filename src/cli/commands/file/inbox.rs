//! `inbox`: messages that files brought, and wait until somebody has read them.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};
use crate::domain::act::{Act, ReadMessage};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::inbox::{InboxMessage, days};
use crate::domain::facts::message::Channel;
use crate::domain::incoming::waiting::{is_from_barred, perhaps};
use crate::domain::school::roll::Roll;

/// Messages of parents that files brought: list those that nobody has read, or put one down as read
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done.
#[derive(Subcommand, Debug)]
enum What {
    /// List what waits (the same as without a word)
    List,
    /// Put a message down as read: what follows from it, an absence or a call, is recorded by its own command
    Read {
        /// Its number in the list
        message: i64,
        /// Whom it is about: an admission number, or a name
        #[arg(long, value_name = "PUPIL")]
        about: Option<String>,
    },
}

impl Args {
    /// Whether the record is changed by it.
    pub fn records(&self) -> bool {
        matches!(self.what, Some(What::Read { .. }))
    }
}

/// One message that waits.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InboxFacts {
    message: i64,
    received: NaiveDate,
    at: String,
    /// By which way.
    channel: Channel,
    /// Whom it is about; null where that is not sure.
    about: Option<PupilFacts>,
    /// Whom it is about, in the file's words.
    about_words: String,
    said_by: String,
    /// The number or address that it came from, masked.
    from: Option<String>,
    /// It came from somebody who must not be contacted about the pupil.
    barred: bool,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// As it was chosen there.
    reason: String,
    /// The code that the school's table of reasons has for that: a suggestion.
    perhaps: Option<Code>,
    /// What it says, line by line; numbers are masked.
    words: String,
    import: i64,
    file: String,
    line: u64,
}

/// List them, or put one down as read.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None | Some(What::List) => list(desk),
        Some(What::Read { message, about }) => {
            let about = about.as_deref().map(|name| desk.pupil_of_everybody(name)).transpose()?;
            desk.perform(&Act::ReadMessage(ReadMessage { message: *message, about }))
        }
    }
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (messages, roll) = (desk.store.waiting_messages()?, desk.store.roll().clone());
    let rows: Vec<InboxFacts> = messages.into_iter().map(|one| InboxFacts::of(&roll, one)).collect();
    let heading = format!("{} to read.", counted(rows.len(), "message"));
    desk.answer(&heading, "No message waits to be read.", rows)
}

impl InboxFacts {
    fn of(roll: &Roll, one: InboxMessage) -> InboxFacts {
        let (barred, perhaps) = (is_from_barred(&one, roll), perhaps(&one, roll));
        let one = one.masked();
        InboxFacts {
            message: one.number,
            received: one.date,
            at: clock(one.time),
            channel: one.channel,
            about: one.pupil.and_then(|id| roll.pupil(id)).map(|pupil| PupilFacts::of(roll, pupil)),
            about_words: one.about,
            said_by: one.by,
            from: one.from,
            barred,
            first_day: one.first_day,
            last_day: one.last_day,
            perhaps,
            reason: one.reason,
            words: one.words,
            import: one.act.0,
            file: one.file,
            line: one.line,
        }
    }
}

impl Row for InboxFacts {
    /// "4: Khan, Amira 8KM, Tue 24 Nov 07:58, Mrs Khan, mother, from •••• 123." and what it says, a line a line.
    fn lines(&self) -> Vec<String> {
        let about = match &self.about {
            Some(pupil) => pupil.name_and_group(),
            None => format!("about whom? “{}”", self.about_words),
        };
        let from = self.from.as_ref().map(|from| format!("from {from}")).unwrap_or_default();
        let barred = if self.barred { "who must not be contacted" } else { "" };
        let received = format!("{} {} by {}", self.received.format("%a %-d %b"), self.at, self.channel.describe());
        let head =
            sentence([format!("{}: {about}", self.message), received, self.said_by.clone(), from, barred.to_owned()]);
        let days = days(self.first_day, self.last_day);
        let perhaps = self.perhaps.map(|code| format!("perhaps {code}")).unwrap_or_default();
        let told = Some(sentence([self.reason.clone(), perhaps, days])).filter(|told| told.len() > 1);
        let indented = |line: &str| format!("  {line}");
        let told = told.iter().map(|line| indented(line)).collect::<Vec<_>>();
        std::iter::once(head).chain(told).chain(self.words.lines().map(indented)).collect()
    }
}
