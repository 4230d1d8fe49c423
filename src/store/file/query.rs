//! Read-only questions: nothing else may open the live file, so the program answers them itself.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::open::PLAIN;
use crate::clock::Ticks;
use crate::domain::act::{Act, JournalEntry, Officer, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
pub use crate::store::tables::mark::AmendmentRow as Amendment;
use crate::store::{Fault, Store};

/// The answer to a question: headings, and rows of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows; `None` is NULL.
    pub rows: Vec<Vec<Option<String>>>,
}

/// What a question may take: so long, and so much.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Of the computer's time.
    pub time: Duration,
    /// Bytes of the answer, as it is held.
    pub answer: usize,
}

impl Bounds {
    /// Enough for every mark of a school of 1,000 in six years, one by one.
    pub const USUAL: Bounds = Bounds { time: Duration::from_secs(30), answer: 64 << 20 };
}

/// Steps of SQLite between two looks at the time: less than a millisecond.
const STEPS: i32 = 10_000;
/// What a cell and a row are held in, in bytes, beside their text.
const CELL: usize = 40;

/// Why there is no answer.
enum NoAnswer {
    Sqlite(rusqlite::Error),
    Parameters,
    TooLong,
}

impl From<rusqlite::Error> for NoAnswer {
    fn from(error: rusqlite::Error) -> NoAnswer {
        NoAnswer::Sqlite(error)
    }
}

impl Store {
    /// Hold this process's SQLite, all connections of it, to so many bytes from now on.
    pub fn bound_memory(&self, bytes: u32) -> Result<(), Fault> {
        let bound = self.reader.pragma_update_and_check(None, "hard_heap_limit", bytes, |_| Ok(()));
        bound.map_err(|error| self.fault(&error))
    }

    /// Answer one SQL question that only reads, within the usual bounds. The inner refusal says why a question is none.
    pub fn ask(&self, question: &str) -> Result<Result<Answer, Refusal>, Fault> {
        self.ask_within(question, Bounds::USUAL)
    }

    /// The same within other bounds.
    pub fn ask_within(&self, question: &str, bounds: Bounds) -> Result<Result<Answer, Refusal>, Fault> {
        let opening = question.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !["select", "with", "values", "explain"].iter().any(|word| word.eq_ignore_ascii_case(opening)) {
            return Ok(Err(Refusal::Forbidden("only questions are answered: begin with SELECT or WITH".to_owned())));
        }
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&self.path, &error);
        let opened = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY | PLAIN);
        let mut connection = opened.map_err(fault)?;
        connection.pragma_update(None, "query_only", true).map_err(fault)?;
        // Sorting is done in memory: a question leaves no file behind, were it for a moment.
        connection.pragma_update(None, "temp_store", "MEMORY").map_err(fault)?;
        connection.authorizer(Some(only_reads)).map_err(fault)?;
        let begun = Ticks::start();
        connection.progress_handler(STEPS, Some(move || begun.read() > bounds.time)).map_err(fault)?;
        let refused = |text: String| Ok(Err(Refusal::Forbidden(text)));
        let error = match answer(&connection, question, bounds) {
            Ok(answer) => return Ok(Ok(answer)),
            Err(NoAnswer::Parameters) => {
                return refused("nothing fills in ? and :name here: write the values into the question".to_owned());
            }
            Err(NoAnswer::TooLong) => {
                return refused(format!("the answer is longer than {} MB: ask for less", bounds.answer >> 20));
            }
            Err(NoAnswer::Sqlite(error)) => error,
        };
        match &error {
            rusqlite::Error::SqlInputError { .. } | rusqlite::Error::MultipleStatement => refused(error.to_string()),
            rusqlite::Error::SqliteFailure(cause, text) => match cause.code {
                ErrorCode::AuthorizationForStatementDenied => {
                    refused("only this file's own tables are read, and nothing secret in them".to_owned())
                }
                ErrorCode::OperationInterrupted => {
                    refused(format!("the answer takes longer than {} seconds: ask for less", bounds.time.as_secs()))
                }
                ErrorCode::OutOfMemory | ErrorCode::TooBig => {
                    refused("the answer takes more memory than a question may have: ask for less".to_owned())
                }
                ErrorCode::Unknown => refused(text.clone().unwrap_or_else(|| cause.to_string())),
                _ => Err(fault(error)),
            },
            _ => Err(fault(error)),
        }
    }

    /// The amendment record of one pupil, oldest first.
    pub fn amendments(&self, pupil: PupilId, from: NaiveDate, until: NaiveDate) -> Result<Vec<Amendment>, Fault> {
        crate::store::tables::mark::amendments(&self.reader, pupil, from, until).map_err(|error| self.fault(&error))
    }

    /// The reason a pupil gave when they last came late, up to `date`, and when that was.
    pub fn last_reason(&self, pupil: PupilId, date: NaiveDate) -> Result<Option<(NaiveDate, String)>, Fault> {
        crate::store::tables::evidence::last_reason(&self.reader, pupil, date).map_err(|error| self.fault(&error))
    }

    /// The last act of the day's work since `since` that this login did at this desk and that still stands: what an undo takes back.
    /// Two desks with one login do not take back each other's acts.
    pub fn last_act(&self, officer: &Officer, since: DateTime<Utc>) -> Result<Option<ActId>, Fault> {
        let last = || {
            for act in crate::store::journal::work_of(&self.reader, officer, since)? {
                if let Some(act) = crate::store::journal::standing(&self.reader, act)? {
                    return Ok(Some(act));
                }
            }
            Ok(None)
        };
        last().map_err(|error| self.fault(&error))
    }

    /// The last undo of the day's work since `since` by this login at this desk that nothing but undos followed: what a redo takes
    /// back in its turn.
    pub fn last_taken_back(&self, officer: &Officer, since: DateTime<Utc>) -> Result<Option<ActId>, Fault> {
        crate::store::journal::taken_back_by(&self.reader, officer, since).map_err(|error| self.fault(&error))
    }

    /// The date of the mark that `act` amended, or that it takes back or does again; `None` where it did something else.
    pub fn date_amended(&self, act: ActId) -> Result<Option<NaiveDate>, Fault> {
        use crate::store::journal::{entry, undoes};
        let amended = || {
            let mut original = act;
            while let Some(undone) = undoes(&self.reader, original)? {
                original = undone;
            }
            let Some(JournalEntry::Act(act)) = entry(&self.reader, original)? else { return Ok(None) };
            Ok(if let Act::Amend(amend) = *act { Some(amend.at.date) } else { None })
        };
        amended().map_err(|error| self.fault(&error))
    }

    /// The revision of one pupil-session now: what an act about it should carry as seen.
    pub fn revision(&self, pupil: PupilId, at: SessionDate) -> Result<ActId, Fault> {
        let standing =
            crate::store::tables::mark::standing(&self.reader, at, pupil).map_err(|error| self.fault(&error))?;
        Ok(standing.revision)
    }
}

/// What SQLite may be asked of the file itself: whether it is sound, and what its tables are.
const LOOKS: [&str; 8] = [
    "integrity_check",
    "quick_check",
    "foreign_key_check",
    "foreign_key_list",
    "table_info",
    "table_list",
    "index_list",
    "index_info",
];

/// What a question may do: read this file. Not another file, not a setting of SQLite, no code from outside; and not what opens
/// somebody's screen.
fn only_reads(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Read { table_name: "pin", column_name: "hash" } => Authorization::Deny,
        AuthAction::Function { function_name } if function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Deny
        }
        AuthAction::Pragma { pragma_name, .. } if LOOKS.contains(&pragma_name) => Authorization::Allow,
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Function { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn answer(connection: &Connection, question: &str, bounds: Bounds) -> Result<Answer, NoAnswer> {
    let mut statement = connection.prepare(question)?;
    if statement.parameter_count() > 0 {
        return Err(NoAnswer::Parameters);
    }
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let width = columns.len();
    let (mut rows, mut held) = (Vec::new(), 0);
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let cells = (0..width)
            .map(|column| row.get_ref(column).map(text))
            .collect::<rusqlite::Result<Vec<Option<String>>>>()?;
        held += CELL + cells.iter().map(|cell| CELL + cell.as_ref().map_or(0, String::len)).sum::<usize>();
        if held > bounds.answer {
            return Err(NoAnswer::TooLong);
        }
        rows.push(cells);
    }
    Ok(Answer { columns, rows })
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Some(format!("{} bytes", bytes.len())),
    }
}
