//! A contact as the record holds it, and as a file would have it.

use rusqlite::{Connection, Row, params};

use crate::domain::incoming::IncomingContact;
use crate::domain::people::contact::last_digits;
use crate::domain::people::person::Person;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::lines;

/// A contact as it stands in the record.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Held {
    /// Our own number; 0 for one that is not in the record yet.
    pub id: i64,
    /// Place in the calling order.
    pub place: i64,
    /// Who it is.
    pub person: Person,
    email: Option<String>,
    note: Option<String>,
    language: Option<String>,
    parental_responsibility: Option<bool>,
    /// A line each.
    address: Option<String>,
    postcode: Option<String>,
    /// Is no contact any more.
    pub gone: bool,
}

/// The columns that [`Held::read`] reads, of the table `k`.
pub const COLUMNS: &str = "k.id, k.place, k.name, k.relationship, k.phone, k.source_id, k.email, k.note, k.language, \
                           k.parental_responsibility, k.address, k.postcode, k.gone";

impl Held {
    /// Read one.
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Held> {
        let person =
            Person { name: row.get(2)?, relationship: row.get(3)?, numbers: lines(row, 4)?, source_id: row.get(5)? };
        Ok(Held {
            id: row.get(0)?,
            place: row.get(1)?,
            person,
            email: row.get(6)?,
            note: row.get(7)?,
            language: row.get(8)?,
            parental_responsibility: row.get(9)?,
            address: row.get(10)?,
            postcode: row.get(11)?,
            gone: row.get(12)?,
        })
    }

    /// The same as a file now has it. What the file does not say stays: neither a number nor a court order vanishes with a column.
    pub fn with(&self, one: &IncomingContact) -> Held {
        let person = one.person();
        let of_file = |given: String, held: &String| if given.is_empty() { held.clone() } else { given };
        Held {
            id: self.id,
            place: one.order,
            person: Person {
                source_id: person.source_id.or_else(|| self.person.source_id.clone()),
                name: person.name,
                relationship: of_file(person.relationship, &self.person.relationship),
                numbers: one.phones.clone().unwrap_or_else(|| self.person.numbers.clone()),
            },
            email: match &one.email {
                None => self.email.clone(),
                Some(given) => Some(given.clone()).filter(|given| !given.is_empty()),
            },
            note: one.note.clone().or_else(|| self.note.clone()),
            language: one.language.clone().over(self.language.clone()),
            parental_responsibility: one.parental_responsibility.clone().over(self.parental_responsibility),
            address: one.address.clone().map(|lines| lines.join("\n")).over(self.address.clone()),
            postcode: one.postcode.clone().over(self.postcode.clone()),
            gone: false,
        }
    }

    /// The same under this number.
    pub fn numbered(&self, id: i64) -> Held {
        Held { id, ..self.clone() }
    }

    /// Put it down as a new row under `id`.
    pub fn insert(&self, connection: &Connection, pupil: PupilId, id: i64) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT INTO contact (id, pupil, place, name, relationship) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![id, pupil, self.place, self.person.name, self.person.relationship])?;
        self.update(connection, id)
    }

    /// Write it over the row `id`.
    pub fn update(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let numbers = Some(self.person.numbers.join("\n")).filter(|numbers| !numbers.is_empty());
        connection
            .prepare_cached(
                "UPDATE contact SET place = ?2, name = ?3, relationship = ?4, phone = ?5, source_id = ?6, email = ?7, note = ?8,
                        language = ?9, parental_responsibility = ?10, address = ?11, postcode = ?12 WHERE id = ?1",
            )?
            .execute(params![
                id,
                self.place,
                self.person.name,
                self.person.relationship,
                numbers,
                self.person.source_id,
                self.email,
                self.note,
                self.language,
                self.parental_responsibility,
                self.address,
                self.postcode
            ])?;
        Ok(())
    }

    /// What is another in `new`.
    pub fn changed(&self, new: &Held) -> Vec<Changed> {
        let or_empty = |held: &Option<String>| held.clone().unwrap_or_default();
        let masked = |held: &Held| {
            let ends = held.person.numbers.iter().map(|number| format!("•••• {}", last_digits(number)));
            ends.collect::<Vec<_>>().join(", ")
        };
        let shown = |what: &str, [was, is]: [&str; 2]| format!("{what}: {} → {}", or_nothing(was), or_nothing(is));
        let (was, is) = (&self.person, &new.person);
        let responsible = |held: &Held| held.parental_responsibility.map_or("", |is| if is { "yes" } else { "no" });
        let compared = [
            (
                "order",
                [self, new].map(|one| one.place.to_string()),
                format!("moved in the calling order, {} → {}", self.place, new.place),
            ),
            ("name", [was, is].map(|one| one.name.clone()), shown("name", [&was.name, &is.name])),
            (
                "relationship",
                [was, is].map(|one| one.relationship.clone()),
                shown("relationship", [&was.relationship, &is.relationship]),
            ),
            (
                "phone",
                [was, is].map(|one| one.numbers.join(", ")),
                format!("phone changed, {} → {}", or_nothing(&masked(self)), or_nothing(&masked(new))),
            ),
            ("e-mail", [self, new].map(|one| or_empty(&one.email)), "e-mail changed".to_owned()),
            ("language", [self, new].map(|one| or_empty(&one.language)), "language changed".to_owned()),
            (
                "parental responsibility",
                [self, new].map(|one| responsible(one).to_owned()),
                shown("parental responsibility", [responsible(self), responsible(new)]),
            ),
            (
                "address",
                [self, new].map(|one| or_empty(&one.address).replace('\n', ", ")),
                "address changed".to_owned(),
            ),
            ("postcode", [self, new].map(|one| or_empty(&one.postcode)), "postcode changed".to_owned()),
            ("note", [self, new].map(|one| or_empty(&one.note)), "note changed".to_owned()),
            ("contact_id", [was, is].map(|one| or_empty(&one.source_id)), "contact_id changed".to_owned()),
        ];
        let others = compared.into_iter().filter(|(_, [was, is], _)| was != is);
        others.map(|(what, [was, _], text)| Changed { what, text, was: or_nothing(&was).to_owned() }).collect()
    }
}

/// What of a contact is another than it was.
pub struct Changed {
    /// Which part.
    pub what: &'static str,
    /// As told: of numbers the last digits, of an e-mail address and a note only that they changed.
    pub text: String,
    /// What it was, whole.
    pub was: String,
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
