//! What goes along with rows that are taken away, and comes back with them: what the same import brought and looks after itself.

use rusqlite::{Connection, params};

use super::{Relation, as_json, brought, columns_of, new_number, references};
use crate::domain::act_id::ActId;

/// SQL of the acts that `?1` undoes: the one, that which it undid, and so on.
const UNDONE: &str = "(WITH RECURSIVE undone (id) AS (
                         SELECT undoes FROM act WHERE id = ?1 UNION
                         SELECT act.undoes FROM act JOIN undone ON act.id = undone.id WHERE act.undoes IS NOT NULL)
                       SELECT id FROM undone)";

/// Take with the rows that `act` took away whatever the acts that it undoes brought and refers to them, in tables that look after
/// themselves: the marks of a pupil who came in the same import. Each is kept as it was, and comes back with [`put_back`].
pub fn take_along(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    bars_go_along(connection, act)?;
    for (child, column, parent) in references(connection)? {
        if Relation::of(&child).is_some() || Relation::of(&parent).is_none() {
            continue;
        }
        let (key, all) = columns_of(connection, &child)?;
        let mut hangs = format!(
            "c.{column} IN (SELECT key FROM roll_change WHERE act = ?1 AND relation = '{parent}' AND became IS NULL)"
        );
        // That a later export did not name a pupil keeps nobody.
        if child != "missing" {
            hangs += &format!(" AND {} IN {UNDONE}", brought(connection, &child)?);
        }
        let row = as_json("c", &all);
        let key = match key.as_slice() {
            [key] => format!("c.{key}"),
            several => format!("json_array(c.{})", several.join(", c.")),
        };
        let keep = format!(
            "INSERT INTO roll_change (act, relation, key, was) SELECT ?1, '{child}', {key}, {row} FROM {child} c WHERE {hangs}"
        );
        for change in [keep, format!("DELETE FROM {child} AS c WHERE {hangs}")] {
            connection.prepare(&change)?.execute([act])?;
        }
    }
    Ok(())
}

/// Bring back what went along with the rows that `act` took away.
pub(super) fn bring_along(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    let mut tables =
        connection.prepare_cached("SELECT DISTINCT relation FROM roll_change WHERE act = ?1 AND was IS NOT NULL")?;
    let tables: Vec<String> = tables.query_map([act], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| Relation::of(table).is_none()) {
        // Its number may be another row's by now, and is named nowhere.
        let all: Vec<String> = columns_of(connection, table)?.1.into_iter().filter(|column| column != "id").collect();
        let values: Vec<String> = all.iter().map(|column| format!("r.was ->> '$.{column}'")).collect();
        let bring = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM roll_change r WHERE r.act = ?1 AND r.relation = '{table}' ORDER BY r.key",
            all.join(", "),
            values.join(", ")
        );
        connection.prepare(&bring)?.execute([act])?;
    }
    Ok(())
}

/// Take away the barred contacts of pupils who went with `act`, where the bar is of the acts that it undoes. Both are kept: the bar
/// holds again when the pupil comes back, by whatever file.
fn bars_go_along(connection: &Connection, act: ActId) -> rusqlite::Result<()> {
    let (_, all) = columns_of(connection, "bar")?;
    let gone = format!(
        "SELECT k.id FROM contact k
         WHERE k.pupil IN (SELECT key FROM roll_change WHERE act = ?1 AND relation = 'pupil' AND became IS NULL)
           AND NOT EXISTS (SELECT 1 FROM bar b WHERE b.contact = k.id
                                                 AND (b.act IS NULL OR b.act NOT IN {UNDONE} OR b.withdrawn IS NOT NULL))"
    );
    for change in [
        format!("UPDATE roll_change SET became = NULL WHERE act = ?1 AND relation = 'contact' AND key IN ({gone})"),
        format!(
            "INSERT INTO roll_change (act, relation, key, was) SELECT ?1, 'bar', b.id, {} FROM bar b WHERE b.contact IN ({gone})",
            as_json("b", &all)
        ),
    ] {
        connection.prepare(&change)?.execute([act])?;
    }
    let of_act = |relation: &str| {
        format!("SELECT key FROM roll_change WHERE act = ?1 AND relation = '{relation}' AND became IS NULL")
    };
    for change in [
        format!("DELETE FROM bar WHERE id IN ({})", of_act("bar")),
        format!("DELETE FROM contact WHERE id IN ({})", of_act("contact")),
    ] {
        connection.prepare(&change)?.execute([act])?;
    }
    Ok(())
}

/// A pupil is brought whom an import that was taken back had brought: the bars that went along hold again, on contacts who are no
/// longer any, until a file names them.
pub fn bars_come_back(connection: &Connection, act: ActId, pupil: i64) -> rusqlite::Result<()> {
    let mut last = connection.prepare_cached(
        "SELECT r.act, r.key FROM roll_change r JOIN pupil p ON p.id = ?1
         WHERE r.relation = 'pupil' AND r.became IS NULL AND r.key <> ?1
           AND (r.was ->> '$.admission_no' = p.admission_no OR r.was ->> '$.upn' = p.upn 
                OR instr(char(10) || (r.was ->> '$.source_id') || char(10), char(10) || p.source_id || char(10)))
           AND EXISTS (SELECT 1 FROM roll_change b WHERE b.act = r.act AND b.relation = 'bar')
         ORDER BY r.act DESC LIMIT 1",
    )?;
    let mut rows = last.query([pupil])?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let (undo, former): (ActId, i64) = (row.get(0)?, row.get(1)?);
    let contacts: Vec<i64> = connection
        .prepare_cached(
            "SELECT key FROM roll_change WHERE act = ?1 AND relation = 'contact' AND was ->> '$.pupil' = ?2
               AND key IN (SELECT was ->> '$.contact' FROM roll_change WHERE act = ?1 AND relation = 'bar')",
        )?
        .query_map(params![undo, former], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for contact in contacts {
        let number = new_number(connection, Relation::Contact)?;
        connection
            .prepare_cached(
                "INSERT INTO contact (id, pupil, place, name, relationship, phone, source_id, email, note, gone)
                 SELECT ?3, ?4, was ->> '$.place', was ->> '$.name', was ->> '$.relationship', was ->> '$.phone',
                        was ->> '$.source_id', was ->> '$.email', was ->> '$.note', 1
                 FROM roll_change WHERE act = ?1 AND relation = 'contact' AND key = ?2",
            )?
            .execute(params![undo, contact, number, pupil])?;
        connection
            .prepare_cached(
                "INSERT INTO bar (act, contact, source_id, name, relationship, numbers, reason)
                 SELECT ?4, ?3, was ->> '$.source_id', was ->> '$.name', was ->> '$.relationship', was ->> '$.numbers',
                        was ->> '$.reason'
                 FROM roll_change WHERE act = ?1 AND relation = 'bar' AND was ->> '$.contact' = ?2 ORDER BY key",
            )?
            .execute(params![undo, contact, number, act])?;
    }
    Ok(())
}
