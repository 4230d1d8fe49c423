//! Who may be somebody on the roll: by a number that is the same but for zeros before it, blanks or capitals; or by a name, where no
//! number tells the two apart.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::incoming::IncomingPupil;

/// A pupil on the roll whose admission number is like one that nobody has.
pub struct Alike {
    /// Who.
    pub id: i64,
    /// The number, and the name.
    shown: String,
}

/// The pupil whose admission number is like `number`, and not that number itself.
pub fn alike(connection: &Connection, number: Option<&str>) -> rusqlite::Result<Option<Alike>> {
    // As the index of upgrade 5 has it.
    let bare = "ltrim(upper(replace(admission_no, ' ', '')), '0')";
    let given = "ltrim(upper(replace(?1, ' ', '')), '0')";
    let sql = format!(
        "SELECT id, admission_no || ' (' || surname || ', ' || forename || ')' FROM pupil
         WHERE {bare} = {given} AND admission_no <> ?1 AND NOT EXISTS (SELECT 1 FROM pupil WHERE admission_no = ?1) LIMIT 1"
    );
    let alike = |row: &rusqlite::Row<'_>| Ok(Alike { id: row.get(0)?, shown: row.get(1)? });
    connection.prepare_cached(&sql)?.query_row([number], alike).optional()
}

impl Alike {
    /// What is wrong, and what to do.
    pub fn says(&self) -> String {
        let is =
            format!("{} is on the roll, and this number is the same but for zeros, blanks or capitals", self.shown);
        format!("{is}: a spreadsheet may have changed it. Export the file again, and do not open it first")
    }
}

/// Who is known by the name of a pupil whom no number finds, and has none of the kinds of number that the row has; and why that may be
/// the pupil.
pub fn namesake(connection: &Connection, one: &IncomingPupil) -> rusqlite::Result<Option<(i64, String)>> {
    let key = &one.key;
    let held: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT id, coalesce('admission_no ' || admission_no, 'upn ' || upn, 'sourcedId ' || source_id, 'no number')
             FROM pupil WHERE surname = ?1 COLLATE NOCASE AND forename = ?2 COLLATE NOCASE
               AND (admission_no IS NULL OR ?3 IS NULL) AND (upn IS NULL OR ?4 IS NULL) AND (source_id IS NULL OR ?5 IS NULL)
             LIMIT 1",
        )?
        .query_row(params![one.surname, one.forename, key.admission_no, key.upn, key.source_id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(held.map(|(id, held)| {
        let says =
            format!("a pupil of this name is known by {held}, and may be this one: give that number in this file too");
        (id, says)
    }))
}
