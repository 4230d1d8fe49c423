//! The numbered upgrades. Once released an upgrade is never edited: the next change is the next number.

use rusqlite::{Connection, TransactionBehavior};

/// Each upgrade, in order; the file's `user_version` is how many it has had.
const UPGRADES: &[&str] = &[include_str!("../../data/schema/0001.sql")];

/// Marks a file as ours: "1bel".
pub const APPLICATION_ID: i64 = 0x3162_656c;

/// The number of the schema this program knows.
pub fn known() -> i64 {
    i64::try_from(UPGRADES.len()).unwrap_or(i64::MAX)
}

/// The number of the file's schema.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Bring the file up to [`known`]. The number is read again under the write lock: two desks starting on an old file
/// upgrade it once.
pub fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let had = usize::try_from(version(&change)?).unwrap_or(0);
    for upgrade in UPGRADES.iter().skip(had) {
        change.execute_batch(upgrade)?;
    }
    if had < UPGRADES.len() {
        change.pragma_update(None, "user_version", known())?;
    }
    change.commit()
}
