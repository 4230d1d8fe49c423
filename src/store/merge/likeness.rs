//! Numbers that a spreadsheet has changed: the same as another's but for zeros before it, blanks or capitals.

use rusqlite::{Connection, OptionalExtension};

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
