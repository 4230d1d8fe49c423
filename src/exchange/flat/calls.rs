//! The flat file of calls that another system made: one row for each call or text, with what became of it.

use super::messages::by_whom;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::message::Channel;
use crate::domain::incoming::{IncomingCall, IncomingMessage, Received, Reject, Who};
use crate::domain::people::contact::CallOutcome;
use crate::exchange::cells::key::KeyColumns;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row, Table};
use crate::exchange::{Known, Read};

/// No call: the other system knows of an absence, and says so.
const NOT_EXPECTED: &str = "not-expected";
/// Of texts: what became of them, and how that is said.
const OF_TEXTS: [(&str, CallOutcome, &str); 2] = [
    ("text-sent", CallOutcome::LeftMessage, "text sent"),
    ("text-failed", CallOutcome::WrongNumber, "text failed: the number is off or wrong"),
];
/// Nothing became of it yet.
const NOTHING: &str = "nothing";

struct Columns {
    key: KeyColumns,
    date: Column,
    session: Column,
    result: Column,
    time: Column,
    contact: Column,
    phone: Column,
    response: Column,
    note: Column,
    back: Column,
}

/// What a row is.
enum Line {
    Call(IncomingCall),
    Message(IncomingMessage),
    Nothing,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read, notes: &mut Notes) {
    let columns = Columns {
        key: KeyColumns::of(table),
        date: table.column("date"),
        session: table.column("session"),
        result: table.column("result"),
        time: table.column("time"),
        contact: table.column("contact"),
        phone: table.column("phone"),
        response: table.column("response"),
        note: table.column("note"),
        back: table.column("back"),
    };
    while let Some(row) = table.next(&mut read.rejects) {
        match line(row, &columns, known) {
            Ok(Line::Call(call)) => read.incoming.calls.push((row.place(), call)),
            Ok(Line::Message(message)) => read.incoming.messages.push((row.place(), message)),
            Ok(Line::Nothing) => {
                notes.add(
                    "nothing",
                    "",
                    || row.place(),
                    || "nothing has become of this call: it was left out".to_owned(),
                );
            }
            Err(reject) => read.rejects.push(reject),
        }
    }
}

fn line(row: Row<'_>, columns: &Columns, known: Known<'_>) -> Result<Line, Reject> {
    let cell = row.cell(columns.result);
    let word = cell.needed()?.to_lowercase();
    if word == NOTHING {
        return Ok(Line::Nothing);
    }
    let (pupil, _) = columns.key.read(row)?;
    let cell_of_date = row.cell(columns.date);
    let date = cell_of_date.needed_date()?;
    if date > known.today {
        return Err(cell_of_date.reject("this date is still to come: nobody was rung about it"));
    }
    let cell_of_session = row.cell(columns.session);
    let session = Session::parse(cell_of_session.needed()?);
    let at = SessionDate::new(date, session.ok_or_else(|| cell_of_session.reject("is neither AM nor PM"))?);
    let time = row.cell(columns.time).time()?;
    let back = row.cell(columns.back).date()?.map(|back| back.format("expected back %a %-d %b %Y").to_string());
    let [response, note] = [columns.response, columns.note].map(|column| row.text(column));
    let response = response.filter(|text| !text.eq_ignore_ascii_case("none"));
    if word == NOT_EXPECTED {
        let said = [Some("not expected".to_owned()), response, note, back];
        let words = said.into_iter().flatten().collect::<Vec<_>>().join("; ");
        return Ok(Line::Message(IncomingMessage {
            who: Who { key: pupil, ..Who::default() },
            received: Received::Local(date.and_time(time.unwrap_or_default())),
            channel: Channel::Message,
            by: by_whom(row.text(columns.contact), None),
            number: row.text(columns.phone),
            from: Some(date),
            until: None,
            reason: String::new(),
            words,
        }));
    }
    let text = OF_TEXTS.into_iter().find(|(own, ..)| *own == word);
    let Some(outcome) = text.map(|(_, outcome, _)| outcome).or_else(|| CallOutcome::parse(&word)) else {
        let all = CallOutcome::ALL.iter().map(|one| one.as_str()).chain(OF_TEXTS.map(|(own, ..)| own));
        let all = all.chain([NOT_EXPECTED]).collect::<Vec<_>>().join(", ");
        return Err(cell.reject(&format!("is nothing that becomes of a call: write {all} or {NOTHING}")));
    };
    let text = text.map(|(.., words)| words.to_owned());
    let note = [text, response, note, back].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let (contact, number) = (row.text(columns.contact), row.text(columns.phone));
    Ok(Line::Call(IncomingCall { pupil, at, outcome, contact, number, time, note }))
}
