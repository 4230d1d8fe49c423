//! What an act changes of the roll and the calendar: each row as it was and as it became, so that it can be put back.

mod along;

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::LIST_NAME;
use along::bring_along;
pub use along::{bars_come_back, take_along};

/// A table of which this is kept. Marks, lessons' pupils and bars look after themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Staff,
    TutorGroup,
    Household,
    Pupil,
    Contact,
    Correction,
    Term,
    ClosedDay,
    EarlyEnd,
    OtherTimes,
    /// Only corrections of lessons: a lesson without pupils is shown nowhere.
    Lesson,
}

impl Relation {
    const ALL: [Relation; 11] = [
        Relation::Staff,
        Relation::TutorGroup,
        Relation::Household,
        Relation::Pupil,
        Relation::Contact,
        Relation::Correction,
        Relation::Term,
        Relation::ClosedDay,
        Relation::EarlyEnd,
        Relation::OtherTimes,
        Relation::Lesson,
    ];

    /// The table's name.
    pub fn table(self) -> &'static str {
        match self {
            Relation::Staff => "staff",
            Relation::TutorGroup => "tutor_group",
            Relation::Household => "household",
            Relation::Pupil => "pupil",
            Relation::Contact => "contact",
            Relation::Correction => "correction",
            Relation::Term => "term",
            Relation::ClosedDay => "closed_day",
            Relation::EarlyEnd => "early_end",
            Relation::OtherTimes => "other_times",
            Relation::Lesson => "lesson",
        }
    }

    fn of(table: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.table() == table)
    }

    /// A row in a few words: SQL about a row as JSON.
    fn describe(self, row: &str) -> String {
        let column = |name: &str| format!("({row} ->> '$.{name}')");
        let pupil = |id: &str| format!("(SELECT {LIST_NAME} FROM pupil WHERE id = {id})");
        let in_use = |name: &str| format!("coalesce({}, {})", column(&format!("preferred_{name}")), column(name));
        match self {
            Relation::Pupil => format!("{} || ', ' || {}", in_use("surname"), in_use("forename")),
            Relation::Contact => {
                let pupil = pupil(&column("pupil"));
                format!("'contact ' || {} || coalesce(' of ' || {pupil}, '')", column("name"))
            }
            Relation::Correction => format!("'a correction' || coalesce(' about ' || {}, '')", pupil(&column("pupil"))),
            Relation::Household => format!("'household ' || {}", column("key")),
            Relation::Staff | Relation::TutorGroup | Relation::Term => column("name"),
            Relation::ClosedDay | Relation::EarlyEnd => format!("'the calendar of ' || {}", column("date")),
            Relation::OtherTimes => format!("'the calendar from ' || {}", column("first_day")),
            Relation::Lesson => format!("{} || ' on ' || {}", column("class"), column("date")),
        }
    }

    /// What keeps two rows from having one value while both are written: it is put aside first.
    fn aside(self) -> Option<&'static str> {
        match self {
            Relation::Staff => Some("source_id = NULL"),
            Relation::Pupil => Some("source_id = NULL, admission_no = NULL, upn = NULL"),
            Relation::Contact => Some("gone = 1"),
            Relation::TutorGroup
            | Relation::Household
            | Relation::Correction
            | Relation::Term
            | Relation::ClosedDay
            | Relation::EarlyEnd
            | Relation::OtherTimes
            | Relation::Lesson => None,
        }
    }
}

/// A table with its columns, as the file has them: none is forgotten.
struct Columns {
    relation: Relation,
    table: &'static str,
    key: String,
    all: Vec<String>,
}

impl Columns {
    fn each(connection: &Connection) -> rusqlite::Result<Vec<Columns>> {
        Relation::ALL.into_iter().map(|relation| Columns::of(connection, relation)).collect()
    }

    fn of(connection: &Connection, relation: Relation) -> rusqlite::Result<Columns> {
        let table = relation.table();
        let (key, all) = columns_of(connection, table)?;
        let key = key.into_iter().next().ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok(Columns { relation, table, key, all })
    }

    fn row(&self, of: &str) -> String {
        as_json(of, &self.all)
    }

    /// How the row that a change is about stands now.
    fn now(&self) -> String {
        format!("(SELECT {} FROM {} t WHERE t.{} = roll_change.key)", self.row("t"), self.table, self.key)
    }
}

/// The columns of a table: those of its key, and all of them.
fn columns_of(connection: &Connection, table: &str) -> rusqlite::Result<(Vec<String>, Vec<String>)> {
    let mut statement = connection.prepare_cached("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let all: Vec<(String, i64)> =
        statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let key = all.iter().filter(|(_, place)| *place > 0).map(|(name, _)| name.clone()).collect();
    Ok((key, all.into_iter().map(|(name, _)| name).collect()))
}

/// SQL of a row as JSON, without what is NULL: a column that comes later leaves it as it was.
fn as_json(of: &str, columns: &[String]) -> String {
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', {of}.{column}")).collect();
    format!("json_patch('{{}}', json_object({}))", pairs.join(", "))
}

/// From here on note what `act` changes, until [`kept`].
pub fn keep(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    for columns in Columns::each(connection)? {
        let Columns { relation, table, key, .. } = &columns;
        let act = act.0;
        // The first of several changes of a row holds its original. The plus takes the column's affinity away: it would keep SQLite
        // from looking the key up, for a key is of any type.
        let note = |event: &str, of: &str, was: &str| {
            format!(
                "CREATE TEMP TRIGGER keep_{table}_{event} AFTER {event} ON main.{table} BEGIN
                   INSERT INTO roll_change (act, relation, key, was) SELECT {act}, '{table}', {of}.{key}, {was}
                   WHERE NOT EXISTS (SELECT 1 FROM roll_change
                                     WHERE act = {act} AND relation = '{table}' AND key = +{of}.{key});
                 END;"
            )
        };
        if *relation != Relation::Lesson {
            connection.execute_batch(&note("insert", "new", "NULL"))?;
        }
        for event in ["update", "delete"] {
            connection.execute_batch(&note(event, "old", &columns.row("old")))?;
        }
    }
    Ok(())
}

/// `act` has changed what it changes: keep what its rows became, and nothing of those that are as they were.
pub fn kept(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    for columns in Columns::each(connection)? {
        let table = columns.table;
        for event in ["insert", "update", "delete"] {
            connection.execute_batch(&format!("DROP TRIGGER IF EXISTS temp.keep_{table}_{event}"))?;
        }
        let became = columns.now();
        connection
            .prepare(&format!("UPDATE roll_change SET became = {became} WHERE act = ?1 AND relation = '{table}'"))?
            .execute([act])?;
    }
    connection.execute("DELETE FROM roll_change WHERE act = ?1 AND was IS became", [act])?;
    Ok(())
}

/// A number that no row of the table has or had: who once saw another by it never takes one for the other.
pub fn new_number(connection: &Connection, relation: Relation) -> rusqlite::Result<i64> {
    let table = relation.table();
    connection
        .prepare_cached(&format!(
            "SELECT 1 + max(coalesce((SELECT max(id) FROM {table}), 0),
                            coalesce((SELECT max(key) FROM roll_change WHERE relation = '{table}'), 0))"
        ))?
        .query_row([], |row| row.get(0))
}

/// A row that is another than an act left it, in words, and the act that changed it since, where that is known.
pub fn changed_since(connection: &Connection, act: ActId) -> rusqlite::Result<Option<(String, Option<ActId>)>> {
    for columns in Columns::each(connection)? {
        let (table, text) = (columns.table, columns.relation.describe("coalesce(became, was)"));
        let now = columns.now();
        let question = format!(
            "SELECT {text}, (SELECT max(later.act) FROM roll_change later
                             WHERE later.relation = '{table}' AND later.key = roll_change.key AND later.act > ?1)
             FROM roll_change WHERE act = ?1 AND relation = '{table}' AND became IS NOT {now} LIMIT 1"
        );
        let found =
            connection.prepare(&question)?.query_row([act], |row| Ok((named(row.get(0)?), row.get(1)?))).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn named(text: Option<String>) -> String {
    text.unwrap_or_else(|| "a row of it".to_owned())
}

/// Put every row that `act` changed back as it was. What refers to what is looked at when all of them are.
pub fn put_back(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    connection.pragma_update(None, "defer_foreign_keys", true)?;
    for columns in Columns::each(connection)? {
        let Columns { relation, table, key, all } = &columns;
        let of_act = format!("roll_change r WHERE r.act = ?1 AND r.relation = '{table}'");
        let values: Vec<String> = all.iter().map(|column| format!("r.was ->> '$.{column}'")).collect();
        let set: Vec<String> = all.iter().zip(&values).map(|(column, value)| format!("{column} = {value}")).collect();
        let aside = relation
            .aside()
            .map(|aside| format!("UPDATE {table} SET {aside} WHERE {key} IN (SELECT r.key FROM {of_act})"));
        // A bar outlives its contact: it holds again when the contact comes back.
        let but = if *relation == Relation::Contact { "AND id NOT IN (SELECT contact FROM bar)" } else { "" };
        let others = [
            format!("DELETE FROM {table} WHERE {key} IN (SELECT r.key FROM {of_act} AND r.was IS NULL) {but}"),
            format!(
                "UPDATE {table} SET {} FROM {of_act} AND r.key = {table}.{key} AND r.was IS NOT NULL AND r.became IS NOT NULL",
                set.join(", ")
            ),
            format!(
                "INSERT INTO {table} ({}) SELECT {} FROM {of_act} AND r.became IS NULL",
                all.join(", "),
                values.join(", ")
            ),
        ];
        for change in aside.into_iter().chain(others) {
            connection.prepare(&change)?.execute([act])?;
        }
    }
    bring_along(connection, act)
}

/// What keeps a row from being put back.
pub enum Dangling {
    /// Something refers to a row that would go.
    Rests {
        /// That row, in words.
        row: String,
        /// What refers to it, in words, where that is a row of the roll itself.
        by: Option<(Relation, String)>,
        /// The act that brought what refers to it, where that is known.
        act: Option<ActId>,
    },
    /// A row that would come back, in words: what it refers to is not there.
    Wants(String),
}

/// What refers to a row that `act` took away, or, being put back by it, to one that has gone.
pub fn dangling(connection: &Connection, act: ActId) -> rusqlite::Result<Option<Dangling>> {
    for (child, column, parent) in references(connection)? {
        let Some(relation) = Relation::of(&parent) else { continue };
        let of_child = Relation::of(&child).map(|relation| Columns::of(connection, relation)).transpose()?;
        let by = of_child.as_ref().map_or("NULL".to_owned(), |columns| columns.relation.describe(&columns.row("c")));
        let (table, text, brought) = (relation.table(), relation.describe("r.was"), brought(connection, &child)?);
        let rests = format!(
            "SELECT {text}, {by}, {brought} FROM roll_change r JOIN {child} c ON c.{column} = r.key
             WHERE r.act = ?1 AND r.relation = '{table}' AND r.became IS NULL LIMIT 1"
        );
        let found = connection
            .prepare(&rests)?
            .query_row([act], |row| {
                let by = of_child.as_ref().map(|columns| columns.relation).zip(row.get(1)?);
                Ok(Dangling::Rests { row: named(row.get(0)?), by, act: row.get(2)? })
            })
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
        let Some(Columns { table, key, .. }) = &of_child else { continue };
        let wants = format!(
            "SELECT {by} FROM roll_change r JOIN {child} c ON c.{key} = r.key
             WHERE r.act = ?1 AND r.relation = '{table}' AND c.{column} IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = c.{column}) LIMIT 1"
        );
        let found = connection.prepare(&wants)?.query_row([act], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found.map(|text| Dangling::Wants(named(text))));
        }
    }
    Ok(None)
}

/// SQL of the act that brought a row `c` of a table: NULL where none is kept with it.
fn brought(connection: &Connection, table: &str) -> rusqlite::Result<&'static str> {
    let has = |column: &str| {
        connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2)")?
            .query_row([table, column], |row| row.get::<_, bool>(0))
    };
    Ok(match (has("act")?, has("due")?) {
        (true, true) => "coalesce(c.act, c.due)",
        (true, false) => "c.act",
        (false, _) => "NULL",
    })
}

/// Every column that refers to a row of the roll: its table, itself, and the table it refers to.
fn references(connection: &Connection) -> rusqlite::Result<Vec<(String, String, String)>> {
    // Desk presence is no part of the record. A call's contact is numbered as when it was rung.
    let mut statement = connection.prepare_cached(
        "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
         WHERE m.type = 'table' AND f.\"table\" <> 'act' AND m.name <> 'sitting'
         UNION ALL SELECT 'call', 'contact', 'contact'",
    )?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// The first date of the calendar that `act` changed.
pub fn first_date(connection: &Connection, act: ActId) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "SELECT min(key) FROM roll_change
             WHERE act = ?1 AND relation IN ('term', 'closed_day', 'early_end', 'other_times')",
        )?
        .query_row([act], |row| row.get(0))
}

/// The pupils whose row `act` changed.
pub fn pupils(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<i64>> {
    numbers(connection, act, Relation::Pupil, "key")
}

/// The pupils whom `act` brought.
pub fn new_pupils(connection: &Connection, act: ActId) -> rusqlite::Result<HashSet<PupilId>> {
    connection
        .prepare_cached("SELECT key FROM roll_change WHERE act = ?1 AND relation = 'pupil' AND was IS NULL")?
        .query_map([act], |row| row.get(0))?
        .collect()
}

/// The pupils of whom `act` changed a contact.
pub fn pupils_of_contacts(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<i64>> {
    numbers(connection, act, Relation::Contact, "coalesce(became, was) ->> '$.pupil'")
}

fn numbers(connection: &Connection, act: ActId, relation: Relation, what: &str) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(&format!("SELECT DISTINCT {what} FROM roll_change WHERE act = ?1 AND relation = ?2"))?
        .query_map(params![act, relation.table()], |row| row.get(0))?
        .collect()
}

/// Whether nothing of the roll and the calendar was changed by `act`.
pub fn is_none(connection: &Connection, act: ActId) -> rusqlite::Result<bool> {
    let found: Option<Value> = connection
        .prepare_cached("SELECT key FROM roll_change WHERE act = ?1 LIMIT 1")?
        .query_row([act], |row| row.get(0))
        .optional()?;
    Ok(found.is_none())
}
