//! Archives: the record as a zip of JSON Lines, a file for each table, that says itself what is in it. The same record comes to the same
//! bytes, so that two archives can be compared. `docs/archive.md` is the format.

mod reading;
mod schema;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use self::reading::{Limits, NotRestored, restore};
pub use self::schema::schema;
use crate::config::{NewFile, NotMade};
use crate::exchange::sha256::Sum;
use crate::store::archive::{Snapshot, Stopped};
use crate::store::{Fault, Store};

/// The number of the format of archives. Another number is another way of reading them.
pub const FORMAT: i64 = 2;
/// The format before, which had no checksums.
const WITHOUT_SUMS: i64 = 1;

/// The file that says what an archive is.
const ABOUT: &str = "archive.json";
/// The file for people.
const README: &str = "README.md";
/// The file for programs.
const SCHEMA: &str = "schema.json";

/// What an archive says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// Always "firstbell archive".
    what: String,
    /// The number of the format.
    format: i64,
    /// The number of the schema of the record.
    schema: i64,
    /// What it is of: whole, pupil or plain.
    scope: String,
    /// The school's name; not of a plain one.
    school: Option<String>,
    /// The rows of each file.
    rows: Map<String, Value>,
    /// SHA-256 of each file; none of them in the format before.
    #[serde(default)]
    sha256: Map<String, Value>,
}

const WHAT: &str = "firstbell archive";

/// Write an archive of `snapshot` into a new file at `path`, for its owner only; answers how many rows it has. It bears that name once it
/// is whole.
pub fn write(snapshot: &Snapshot, school: &str, path: &Path) -> Result<u64, Fault> {
    let failed = |error| Fault::from(NotMade::Failed { path: path.to_owned(), error });
    let mut zip = ZipWriter::new(NewFile::begin(path)?);
    let (scope, mut rows, mut sums, mut all) = (snapshot.scope(), Map::new(), Map::new(), 0);
    let readme = include_str!("../../../data/archive.md");
    put(&mut zip, README, readme.as_bytes()).map_err(failed)?;
    put(&mut zip, SCHEMA, &pretty(&schema(scope)).map_err(failed)?).map_err(failed)?;
    for kind in scope.kinds() {
        let name = file_name(kind.file);
        zip.start_file(&name, options()).map_err(|error| failed(plainly(error)))?;
        let (mut line, mut sum) = (Vec::new(), Sum::default());
        let count = snapshot.rows(kind, |row| {
            line.clear();
            serde_json::to_writer(&mut line, row)?;
            line.push(b'\n');
            sum.take(&line);
            zip.write_all(&line)
        });
        let count = count.map_err(|why| match why {
            Stopped::Fault(fault) => fault,
            Stopped::Taker(error) => failed(error),
        })?;
        rows.insert(name.clone(), count.into());
        sums.insert(name, sum.hex().into());
        all += count;
    }
    let about = About {
        what: WHAT.to_owned(),
        format: FORMAT,
        schema: Store::schema(),
        scope: scope.as_str().to_owned(),
        school: scope.is_signed().then(|| school.to_owned()),
        rows,
        sha256: sums,
    };
    put(&mut zip, ABOUT, &pretty(&about).map_err(failed)?).map_err(failed)?;
    zip.finish().map_err(|error| failed(plainly(error)))?.keep()?;
    Ok(all)
}

/// The file of a table, in an archive.
fn file_name(kind: &str) -> String {
    format!("{kind}.jsonl")
}

fn put(zip: &mut ZipWriter<NewFile>, name: &str, bytes: &[u8]) -> io::Result<()> {
    zip.start_file(name, options()).map_err(plainly)?;
    zip.write_all(bytes)
}

/// Always the same: when it was written is no part of an archive.
fn options() -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    options.last_modified_time(DateTime::default()).unix_permissions(0o600)
}

fn plainly(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

fn pretty(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
