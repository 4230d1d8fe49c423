//! The flat file of contacts.

use std::collections::HashMap;

use crate::domain::incoming::{IncomingContact, Reject};
use crate::exchange::Read;
use crate::exchange::cells::blank::text_or_none;
use crate::exchange::cells::details::{self, AddressColumns};
use crate::exchange::cells::key::{KeyColumns, key_text};
use crate::exchange::cells::numbers::phones;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Cell, Column, Row, Table};

struct Columns {
    key: KeyColumns,
    id: Column,
    order: Column,
    name: Column,
    relationship: Column,
    phones: [Column; 3],
    email: Column,
    do_not_contact: Column,
    note: Column,
    language: Column,
    parental_responsibility: Column,
    address: AddressColumns,
}

pub(super) fn read(table: &mut Table<'_>, read: &mut Read, notes: &mut Notes) {
    let columns = Columns {
        key: KeyColumns::of(table),
        id: table.column("contact_id"),
        order: table.column("order"),
        name: table.column("name"),
        relationship: table.column("relationship"),
        phones: ["phone", "phone_2", "phone_3"].map(|heading| table.column(heading)),
        email: table.column("email"),
        do_not_contact: table.column("do_not_contact"),
        note: table.column("note"),
        language: table.column("language"),
        parental_responsibility: table.column("parental_responsibility"),
        address: AddressColumns::of(table),
    };
    let mut seen: HashMap<(String, i64), u64> = HashMap::new();
    while let Some(row) = table.next(&mut read.rejects) {
        match contact(row, &columns, notes) {
            Ok(contact) => {
                let key = (key_text(&contact.pupil).to_owned(), contact.order);
                if let Some(line) = seen.get(&key) {
                    let reason = format!("line {line} already has contact {} of this pupil", contact.order);
                    read.rejects.push(row.cell(columns.order).reject(&reason));
                    read.incoming.refused_contacts.push((row.place(), contact.pupil));
                    continue;
                }
                seen.insert(key, row.line());
                read.incoming.contacts.push((row.place(), contact));
            }
            Err(reject) => {
                read.rejects.push(reject);
                let pupil = columns.key.read(row).ok().map(|(pupil, _)| (row.place(), pupil));
                read.incoming.refused_contacts.extend(pupil);
            }
        }
    }
}

fn contact(row: Row<'_>, columns: &Columns, notes: &mut Notes) -> Result<IncomingContact, Reject> {
    let (pupil, _) = columns.key.read(row)?;
    let order = row.cell(columns.order);
    let place = order.needed()?.parse().ok().filter(|place| (1..=99).contains(place));
    let Some(place) = place else {
        return Err(order.reject("the order is a whole number: 1 for who is rung first"));
    };
    let (address, postcode) = columns.address.read(row, notes);
    Ok(IncomingContact {
        pupil,
        order: place,
        name: row.cell(columns.name).needed()?.to_owned(),
        source_id: text_or_none(row, columns.id, notes),
        relationship: text_or_none(row, columns.relationship, notes).unwrap_or_default(),
        phones: columns.phones.iter().any(|column| column.is_there()).then(|| phones(row, &columns.phones, notes)),
        email: columns.email.is_there().then(|| text_or_none(row, columns.email, notes).unwrap_or_default()),
        do_not_contact: yes(&row.cell(columns.do_not_contact))?,
        note: text_or_none(row, columns.note, notes),
        language: details::text(row, columns.language, notes),
        parental_responsibility: details::yes_or_no(row, columns.parental_responsibility, notes),
        address,
        postcode,
    })
}

/// A court order is not guessed: a blank cell changes nothing.
fn yes(cell: &Cell<'_>) -> Result<Option<bool>, Reject> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(cell.as_str()));
    if cell.is_blank() {
        Ok(None)
    } else if is(&["yes", "y", "true", "1"]) {
        Ok(Some(true))
    } else if is(&["no", "n", "false", "0"]) {
        Ok(Some(false))
    } else {
        Err(cell.reject("do_not_contact is yes or no, and bars nobody until it is: put it right, or say firstbell bar"))
    }
}
