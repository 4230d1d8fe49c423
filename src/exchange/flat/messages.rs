//! The flat file of messages: one row for each, to be read by a person.

use crate::domain::facts::message::Channel;
use crate::domain::incoming::{IncomingMessage, PupilKey, Received, Reject, Who};
use crate::exchange::cells::key::KeyColumns;
use crate::exchange::table::{Column, Row, Table};
use crate::exchange::{Known, Read};

struct Columns {
    key: KeyColumns,
    name: Column,
    class: Column,
    received: Column,
    channel: Column,
    from: Column,
    until: Column,
    reason: Column,
    by: Column,
    relationship: Column,
    number: Column,
    words: Column,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read) {
    let columns = Columns {
        key: KeyColumns::of(table),
        name: table.column("name"),
        class: table.column("class"),
        received: table.column("received"),
        channel: table.column("channel"),
        from: table.column("from"),
        until: table.column("until"),
        reason: table.column("reason"),
        by: table.column("by"),
        relationship: table.column("relationship"),
        number: table.column("number"),
        words: table.column("words"),
    };
    while let Some(row) = table.next(&mut read.rejects) {
        match message(row, &columns, known) {
            Ok(message) => read.incoming.messages.push((row.place(), message)),
            Err(reject) => read.rejects.push(reject),
        }
    }
}

fn message(row: Row<'_>, columns: &Columns, known: Known<'_>) -> Result<IncomingMessage, Reject> {
    let who = Who { class: row.text(columns.class), ..who(row, columns.key, columns.name)? };
    let cell = row.cell(columns.received);
    let received = cell.needed_moment()?;
    let date = match received {
        Received::Local(at) => at.date(),
        Received::At(at) => at.date_naive(),
    };
    if date > known.today {
        return Err(cell.reject("this date is still to come"));
    }
    let cell = row.cell(columns.channel);
    let channel = channel(cell.as_str()).ok_or_else(|| {
        let all = Channel::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
        cell.reject(&format!("is no way in which a message comes: write {all}"))
    })?;
    let (words, reason) = (row.lines(columns.words), row.text(columns.reason).unwrap_or_default());
    if words.is_empty() && reason.is_empty() {
        return Err(row.cell(columns.words).reject("the message says nothing"));
    }
    let (from, until) = (row.cell(columns.from).date()?, row.cell(columns.until).date()?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(row.cell(columns.until).reject("the last day is before the first"));
    }
    let by = by_whom(row.text(columns.by), row.text(columns.relationship));
    Ok(IncomingMessage { who, received, channel, by, number: row.text(columns.number), from, until, reason, words })
}

/// By which way, in the words of message systems; without a word it came by the parents' app.
fn channel(text: &str) -> Option<Channel> {
    match text.to_lowercase().as_str() {
        "" | "sms" | "text" | "text message" | "app" | "push" | "web" | "portal" => Some(Channel::Message),
        "email" => Some(Channel::Email),
        "phone" | "call" | "landline" | "mobile" => Some(Channel::Telephone),
        "voice" | "voice message" | "voicemail" | "answering machine" => Some(Channel::Answerphone),
        other => Channel::parse(other),
    }
}

/// "Mrs Khan, mother"; empty where nobody is named.
pub(super) fn by_whom(name: Option<String>, relationship: Option<String>) -> String {
    [name, relationship.map(|words| words.to_lowercase())].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whom a row is about: the number that it gives, and the names. Several are parted by semicolons.
pub(super) fn who(row: Row<'_>, key: KeyColumns, name: Column) -> Result<Who, Reject> {
    let is_numbered = key.cells(row).iter().any(|cell| !cell.is_blank());
    let key = if is_numbered { key.read(row)?.0 } else { PupilKey::default() };
    let names = row.text(name).unwrap_or_default();
    let names = names.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    Ok(Who { key, names, ..Who::default() })
}
