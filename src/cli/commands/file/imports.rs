//! `imports`: what was brought in, by whom and when, and what came of it; one of them whole.

use chrono::NaiveDate;
use serde::Serialize;

use super::import::changed::{self, ChangedMarkFacts};
use super::import::report::{RejectFacts, WarningFacts, refused_lines};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::text::{by_login, clock, sentence, taken_back};
use crate::domain::act::Refusal;
use crate::domain::counted::counted;
use crate::domain::incoming::imported::Imported;

/// Every import, the newest first: who, when, which files, and what came of it; with a number one of them whole
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Its number: what it changed, what it refused, and what was to be looked at
    #[arg(value_name = "NUMBER")]
    act: Option<i64>,
}

/// One import.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportFacts {
    act: i64,
    date: NaiveDate,
    at: String,
    by: String,
    login: Option<String>,
    desk: String,
    files: Vec<String>,
    counted: Vec<String>,
    /// Rows that were refused.
    refused: usize,
    /// Rows that were to be looked at.
    warned: usize,
    /// Whether its marks count as told by the school's own system; null where it brought none, or came before that was kept.
    of_mis: Option<bool>,
    taken_back: Option<String>,
    can_undo: bool,
}

/// One import whole. Of many rows the first are kept.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportShownFacts {
    #[serde(flatten)]
    import: ImportFacts,
    changes: Vec<String>,
    /// Marks that stood in the record and were others then, every one.
    marks_changed: Vec<ChangedMarkFacts>,
    warnings: Vec<WarningFacts>,
    rejects: Vec<RejectFacts>,
    /// What is said of the rows that were refused.
    #[serde(skip)]
    said_refused: Vec<String>,
}

/// List them, or show one.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let imports = desk.store.imports()?;
    let Some(number) = args.act else {
        let rows: Vec<ImportFacts> = imports.into_iter().rev().map(ImportFacts::of).collect();
        let heading = format!("{}.", counted(rows.len(), "import"));
        return desk.answer(&heading, "Nothing was brought in.", rows);
    };
    let Some(import) = imports.into_iter().find(|one| one.entry.act.0 == number) else {
        return desk.refuse(&Refusal::Unknown { what: "import" });
    };
    let told = desk.store.told_of_import(import.entry.act)?;
    let changed = desk.store.marks_changed_by(import.entry.act)?;
    let row = ImportShownFacts {
        changes: import.entry.changes.clone(),
        marks_changed: ChangedMarkFacts::all(desk.store.roll(), &changed),
        import: ImportFacts::of(import),
        warnings: told.warnings.iter().map(WarningFacts::of).collect(),
        rejects: told.refused.iter().map(RejectFacts::of).collect(),
        said_refused: refused_lines(&told.refused),
    };
    desk.answer(&format!("Import {number}."), "", vec![row])
}

impl ImportFacts {
    fn of(import: Imported) -> ImportFacts {
        let Imported { entry, files, counts, refused, warned, of_mis } = import;
        ImportFacts {
            act: entry.act.0,
            date: entry.at.date(),
            at: clock(entry.at.time()),
            by: entry.who,
            login: entry.login,
            desk: entry.desk,
            files,
            counted: counts,
            refused,
            warned,
            of_mis,
            taken_back: entry.undone.map(|(by, at)| taken_back(&by, at)),
            can_undo: entry.can_undo,
        }
    }
}

impl Row for ImportFacts {
    /// "31, 2026-11-24 09:31, S Marsh (smarsh): pupils.csv, 4 rows refused, 1 to look at." and a line of what is new and changed.
    fn lines(&self) -> Vec<String> {
        let by = by_login(&self.by, self.login.as_deref());
        let refused = counted(self.refused, "row") + " refused";
        let warned = format!("{} to look at", self.warned);
        let some = |count: usize, text: String| if count > 0 { text } else { String::new() };
        let back = self.taken_back.as_ref().map(|back| format!("taken back {back}")).unwrap_or_default();
        let first = sentence([
            self.act.to_string(),
            format!("{} {}", self.date, self.at),
            format!("{by}: {}", self.files.join(", ")),
            some(self.refused, refused),
            some(self.warned, warned),
            self.of_mis
                .map(|is| if is { "marks of your system" } else { "marks not of your system" })
                .unwrap_or_default()
                .to_owned(),
            back,
        ]);
        std::iter::once(first).chain(self.counted.iter().map(|count| format!("  {count}"))).collect()
    }
}

impl Row for ImportShownFacts {
    fn lines(&self) -> Vec<String> {
        let mut lines = self.import.lines();
        lines.extend(self.changes.iter().map(|change| format!("Changed: {change}")));
        lines.extend(changed::lines(&self.marks_changed, false));
        lines.extend(self.warnings.iter().map(|one| format!("Look at: {}", one.line())));
        lines.extend(self.said_refused.clone());
        let more = |all: usize, kept: usize, what: &str| {
            all.checked_sub(kept)
                .filter(|more| *more > 0)
                .map(|more| format!("{what}: {more} more, which are not kept."))
        };
        lines.extend(more(self.import.warned, self.warnings.len(), "Look at"));
        lines.extend(more(self.import.refused, self.rejects.len(), "Refused"));
        if self.import.can_undo && self.import.taken_back.is_none() {
            lines.push(format!("Taken back by: firstbell undo {}", self.import.act));
        }
        lines
    }
}
