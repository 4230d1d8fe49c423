//! The numbered upgrades. Once released an upgrade is never edited: the next change is the next number.

use rusqlite::{Connection, TransactionBehavior};

/// Each upgrade, in order; the file's `user_version` is how many it has had.
const UPGRADES: &[&str] = &[
    include_str!("../../../../data/schema/0001.sql"),
    include_str!("../../../../data/schema/0002.sql"),
    include_str!("../../../../data/schema/0003.sql"),
    include_str!("../../../../data/schema/0004.sql"),
    include_str!("../../../../data/schema/0005.sql"),
    include_str!("../../../../data/schema/0006.sql"),
    include_str!("../../../../data/schema/0007.sql"),
    include_str!("../../../../data/schema/0008.sql"),
    include_str!("../../../../data/schema/0009.sql"),
    include_str!("../../../../data/schema/0010.sql"),
    include_str!("../../../../data/schema/0011.sql"),
    include_str!("../../../../data/schema/0012.sql"),
    include_str!("../../../../data/schema/0013.sql"),
    include_str!("../../../../data/schema/0014.sql"),
    include_str!("../../../../data/schema/0015.sql"),
    include_str!("../../../../data/schema/0016.sql"),
    include_str!("../../../../data/schema/0017.sql"),
    include_str!("../../../../data/schema/0018.sql"),
    include_str!("../../../../data/schema/0019.sql"),
    include_str!("../../../../data/schema/0020.sql"),
];

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

/// Bring the file up to [`known`].
pub fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    apply(connection, UPGRADES, |_| Ok(()))
}

/// Bring a file up to the last of `upgrades`, and `fill` it in the same transaction: it has all of this or nothing. The number
/// is read again under the write lock: two desks starting on an old file upgrade it once.
pub fn apply(
    connection: &mut Connection,
    upgrades: &[&str],
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let had = usize::try_from(version(&change)?).unwrap_or(0);
    for upgrade in upgrades.iter().skip(had) {
        change.execute_batch(upgrade)?;
    }
    if had < upgrades.len() {
        change.pragma_update(None, "user_version", i64::try_from(upgrades.len()).unwrap_or(i64::MAX))?;
    }
    fill(&change)?;
    change.commit()
}

/// Lay the current schema down in an empty file, and `fill` it.
pub fn create(
    connection: &mut Connection,
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    apply(connection, UPGRADES, fill)
}

/// Lay the schema of that number down in an empty file, and `fill` it.
pub fn create_of(
    connection: &mut Connection,
    number: i64,
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let upgrades = usize::try_from(number).ok().and_then(|number| UPGRADES.get(..number));
    apply(connection, upgrades.ok_or(rusqlite::Error::InvalidQuery)?, fill)
}

#[cfg(test)]
mod tests;
