//! What is past keeping: counted by school year, and cleared. Nothing else removes a row of the record.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::Connection;

use super::acts::Stop;
use super::archive::kind::{Holds, Kind};
use super::archive::kinds;
use super::columns::instant_text;
use super::file::import_lock::ImportLock;
use super::read::roll;
use super::{Fault, NotDone, Store, journal};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Officer, Other, When};
use crate::domain::calendar::retention::Past;

/// So many rows about one school year that are past keeping.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastKeeping {
    /// The first day of the school year.
    pub year: NaiveDate,
    /// What they are, by their file in an archive: "marks".
    pub kind: &'static str,
    /// How many.
    pub rows: i64,
}

/// Who is watched, or whose case is open: of whom everything is kept.
const WATCHED: &str = "(SELECT pupil FROM watched WHERE withdrawn IS NULL
  UNION SELECT o.pupil FROM case_opened o WHERE o.withdrawn IS NULL AND NOT EXISTS
    (SELECT 1 FROM case_change c WHERE c.opened = o.act AND c.what = 'closed' AND c.withdrawn IS NULL))";

impl Store {
    /// What is past keeping, by school year, oldest first. Nobody is held up.
    pub fn past_keeping(&mut self, past: Past) -> Result<Vec<PastKeeping>, Fault> {
        let bounds = self.bounds(past);
        let found = self.reader.transaction().and_then(|moment| count(&moment, &bounds));
        found.map_err(|error| self.fault(&error))
    }

    /// Remove what is past keeping, and put down what it was, how much and by whom. Answers how many rows of each kind.
    pub fn clear_past(
        &mut self,
        officer: &Officer,
        when: impl Into<When>,
        past: Past,
    ) -> Result<Vec<(&'static str, usize)>, NotDone> {
        // What is coming in keeps to rows that are there; and no import begins meanwhile.
        let _lock = ImportLock::take(&self.place).map_err(NotDone::Fault)?;
        let bounds = self.bounds(past);
        // SQLite would look through every mark for every entry of the journal that goes: what refers to what is checked once, at the end.
        // What is removed is not left in the file's free pages either.
        let begin = self.writer.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON");
        begin.map_err(|error| NotDone::Fault(self.fault(&error)))?;
        let cleared = self.write_for(officer, |change, officer| {
            check_matter(officer.role, Matter::File)?;
            let cleared = clear(change, &bounds)?;
            if !cleared.is_empty() {
                let counts = cleared.iter().map(|(kind, rows)| format!("{kind}: {rows}")).collect();
                let other = Other::Cleared { until: past.last_day, counts };
                journal::sign_other(change, officer, when.into(), &other, Some(past.last_day))?;
                roll::moved(change)?;
            }
            Ok(cleared)
        });
        let end = self.writer.execute_batch("PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF");
        end.map_err(|error| NotDone::Fault(self.fault(&error)))?;
        // The -wal holds what was removed until it is carried over. A desk that is reading may put that off.
        let (Ok(()) | Err(_)) = self.writer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        cleared
    }

    fn bounds(&self, past: Past) -> Bounds {
        let kept_from = self.held.roll.school.instant(past.kept_from().and_time(NaiveTime::MIN));
        Bounds { last_day: past.last_day.to_string(), kept_from: instant_text(kept_from) }
    }
}

/// Up to which date, and entered before which instant, as stored.
struct Bounds {
    last_day: String,
    kept_from: String,
}

/// Rows past keeping: the date they are about, and which they are, in SQL about the row `t`.
struct Due {
    kind: &'static Kind,
    date: String,
    rows: String,
}

impl Due {
    /// Those of a table that are past by their date; `None` where none is.
    fn by_date(kind: &'static Kind, bounds: &Bounds) -> Option<Due> {
        let date = kind.dated?;
        let old = bounds.old_entries();
        let mut rows = vec![format!("{date} <= '{}'", bounds.last_day)];
        for column in kind.columns {
            match column.holds {
                // Six years from the date on which an entry was made, changed or taken back.
                Holds::Act => rows.push(format!("(t.{0} IS NULL OR t.{0} IN {old})", column.name)),
                Holds::Instant if column.name == "instant" => rows.push(format!("t.instant < '{}'", bounds.kept_from)),
                Holds::Number if column.name == "pupil" => rows.push(format!("coalesce(t.pupil NOT IN {WATCHED}, 1)")),
                Holds::Number
                | Holds::Text
                | Holds::Date
                | Holds::Time
                | Holds::Instant
                | Holds::Session
                | Holds::Code
                | Holds::Any => {}
            }
        }
        Some(Due { kind, date: date.to_owned(), rows: rows.join(" AND ") })
    }

    /// All of them, in the order in which they can go: what refers to others first.
    fn all(connection: &Connection, bounds: &Bounds) -> rusqlite::Result<Vec<Due>> {
        let old = bounds.old_entries();
        let mut all = Vec::new();
        for kind in kinds().rev() {
            let Some(mut due) = Due::by_date(kind, bounds) else { continue };
            due.rows += &unless_kept(connection, kind.table, &[], bounds)?;
            all.push(due);
        }
        // Leavers of whom nothing else is left; whatever was put right of them goes with them.
        let of_leavers = ["contact", "correction"];
        let leaver = format!(
            "t.last_day <= '{}' AND t.id NOT IN {WATCHED}
             AND t.id NOT IN (SELECT pupil FROM correction WHERE act NOT IN {old})
             AND t.id NOT IN (SELECT c.pupil FROM bar b JOIN contact c ON c.id = b.contact WHERE b.act NOT IN {old}){}",
            bounds.last_day,
            unless_kept(connection, "pupil", &of_leavers, bounds)?
        );
        let leavers = format!("(SELECT t.id FROM pupil t WHERE {leaver})");
        let last_day = |pupil: &str| format!("(SELECT last_day FROM pupil WHERE id = {pupil})");
        for kind in kinds() {
            let (date, rows) = match kind.table {
                "bar" => {
                    let of = "(SELECT pupil FROM contact WHERE id = t.contact)";
                    (last_day(of), format!("{of} IN {leavers}"))
                }
                "correction" | "contact" => (last_day("t.pupil"), format!("t.pupil IN {leavers}")),
                "pupil" => ("t.last_day".to_owned(), leaver.clone()),
                "roll_change" => (date_of("t.act"), format!("t.act IN {old}")),
                "act" => {
                    // The first tells this file from any other; what was cleared is known for ever.
                    let goes = format!(
                        "t.instant < '{}' AND t.kind <> 'retention' AND t.id <> (SELECT min(id) FROM act){}",
                        bounds.kept_from,
                        unless_kept(connection, "act", &["act"], bounds)?
                    );
                    // With an entry that is kept stays the one that it took back, and so on.
                    let kept = format!(
                        "WITH RECURSIVE kept (id) AS (
                           SELECT t.id FROM act t WHERE ({goes}) IS NOT TRUE
                           UNION SELECT a.undoes FROM act a JOIN kept ON a.id = kept.id WHERE a.undoes IS NOT NULL)
                         SELECT id FROM kept"
                    );
                    (date_of("t.id"), format!("t.id NOT IN ({kept})"))
                }
                _ => continue,
            };
            all.push(Due { kind, date, rows });
        }
        let place = |due: &Due| match due.kind.table {
            "bar" => 1,
            "correction" => 2,
            "contact" => 3,
            "pupil" => 4,
            "roll_change" => 5,
            "act" => 6,
            _ => 0,
        };
        all.sort_by_key(place);
        Ok(all)
    }

    /// How many there are, by school year: that begins on 1 August.
    fn count(&self, connection: &Connection) -> rusqlite::Result<Vec<PastKeeping>> {
        let question = format!(
            "SELECT CAST(strftime('%Y', {}, '-7 months') AS INTEGER) AS year, count(*) FROM {} t WHERE {} GROUP BY year",
            self.date, self.kind.table, self.rows
        );
        let mut statement = connection.prepare(&question)?;
        let years = statement.query_map([], |row| {
            let year = NaiveDate::from_ymd_opt(row.get(0)?, 8, 1).unwrap_or_default();
            Ok(PastKeeping { year, kind: self.kind.file, rows: row.get(1)? })
        })?;
        years.collect()
    }
}

impl Bounds {
    /// The numbers of the journal's entries from before `kept_from`, in SQL.
    fn old_entries(&self) -> String {
        format!("(SELECT id FROM act WHERE instant < '{}')", self.kept_from)
    }
}

/// The date of an entry of the journal, in SQL.
fn date_of(act: &str) -> String {
    format!("(SELECT date(instant) FROM act WHERE id = {act})")
}

/// “And nothing that is kept refers to it”, in SQL about the row `t` of `table`; whatever refers to it from one of the tables `but` is not
/// asked.
fn unless_kept(connection: &Connection, table: &str, but: &[&str], bounds: &Bounds) -> rusqlite::Result<String> {
    let referring = "SELECT s.name, f.\"from\" FROM sqlite_schema s, pragma_foreign_key_list(s.name) f
                     WHERE s.type = 'table' AND f.\"table\" = ?1 ORDER BY 1, 2";
    let mut statement = connection.prepare(referring)?;
    let found = statement.query_map([table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut unless = String::new();
    for one in found {
        let (from, column) = one?;
        if but.contains(&from.as_str()) {
            continue;
        }
        let due =
            kinds().find(|kind| kind.table == from).and_then(|kind| Due::by_date(kind, bounds)).map(|due| due.rows);
        let due = match from.as_str() {
            "roll_change" => format!("t.act IN {}", bounds.old_entries()),
            _ => due.unwrap_or_else(|| "0".to_owned()),
        };
        unless += &format!(
            " AND t.id NOT IN (SELECT t.{column} FROM {from} t WHERE t.{column} IS NOT NULL AND ({due}) IS NOT TRUE)"
        );
    }
    Ok(unless)
}

fn count(connection: &Connection, bounds: &Bounds) -> rusqlite::Result<Vec<PastKeeping>> {
    let mut found = Vec::new();
    for due in Due::all(connection, bounds)? {
        found.extend(due.count(connection)?);
    }
    found.sort_by_key(|one| one.year);
    Ok(found)
}

/// So many rows of each kind are gone.
fn clear(connection: &Connection, bounds: &Bounds) -> Result<Vec<(&'static str, usize)>, Stop> {
    let mut cleared = Vec::new();
    for due in Due::all(connection, bounds)? {
        let rows = connection.execute(&format!("DELETE FROM {} AS t WHERE {}", due.kind.table, due.rows), [])?;
        cleared.push((due.kind.file, rows));
    }
    cleared.retain(|(_, rows)| *rows > 0);
    cleared.sort_unstable();
    let dangling: i64 = connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    match dangling {
        0 => Ok(cleared),
        _ => Err(Stop::forbidden("something that is kept rests on what is past keeping: nothing was removed")),
    }
}
