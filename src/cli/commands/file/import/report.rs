//! What an import did, accounted for row by row.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::changed::{self, ChangedMarkFacts};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::counted::counted;
use crate::domain::incoming::alike::{Alike, together};
use crate::domain::incoming::{Reject, Warning};
use crate::domain::name::clean;
use crate::domain::school::roll::Roll;
use crate::exchange::Read;
use crate::store::merge::{Count, Merged};

/// How many changes, warnings and refused rows are read out before the rest are only counted.
const LISTED: usize = 20;

/// The answer of `import`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// False when nothing in the files could be used, though there were rows.
    done: bool,
    dry_run: bool,
    says: String,
    /// The number by which it is taken back; null where nothing was changed.
    act: Option<i64>,
    files: Vec<String>,
    /// What files of other systems were taken for.
    read_as: Vec<ReadAsFacts>,
    /// By kind: staff, tutor groups, pupils, contacts, flags, calendar, marks, lessons, arrangements, calls, arrivals, departures, messages.
    counts: BTreeMap<String, CountFacts>,
    /// Marks kept as evidence though something stronger stands.
    outweighed: u64,
    /// Whether the marks count as told by the school's own system; null where there are none.
    of_mis: Option<bool>,
    changes: Vec<String>,
    /// Marks that stood in the record and are others now, every one.
    marks_changed: Vec<ChangedMarkFacts>,
    warnings: Vec<WarningFacts>,
    rejects: Vec<RejectFacts>,
    /// Where the refused rows were written.
    rejects_file: Option<PathBuf>,
    #[serde(skip)]
    kinds: Vec<(&'static str, Count)>,
    #[serde(skip)]
    unwritten: Option<String>,
    /// What is said of the rows that were refused.
    #[serde(skip)]
    refused: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReadAsFacts {
    file: String,
    format: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CountFacts {
    new: u64,
    changed: u64,
    same: u64,
    gone: u64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WarningFacts {
    file: String,
    line: u64,
    says: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RejectFacts {
    file: String,
    line: u64,
    column: String,
    value: String,
    reason: String,
}

impl Report {
    /// The report of a merge. `list` says where the refused rows were written, or why they could not be.
    pub fn new(
        dry_run: bool,
        read: &Read,
        merged: &Merged,
        roll: &Roll,
        list: Option<Result<PathBuf, String>>,
    ) -> Report {
        let kinds = merged.counts().to_vec();
        let used = merged.used();
        let refused = counted(merged.rejects.len(), "row");
        let is_empty = used == 0 && merged.rejects.is_empty();
        let text = match (used, dry_run) {
            (0, _) if is_empty && read.rows > 0 => "Nothing of these files is kept, and nothing was changed".to_owned(),
            (0, _) if is_empty => "There is no row in these files, and nothing was changed".to_owned(),
            (0, _) => format!("nothing in these files could be used, {refused} refused"),
            (_, true) => format!("Nothing was changed, this was a trial: {refused} would be refused"),
            (_, false) if merged.moved() => format!("Imported, {refused} refused"),
            (_, false) if merged.rejects.is_empty() => format!("Everything was so already, {refused} refused"),
            (_, false) => format!("All that could be used was so already, {refused} refused"),
        };
        let facts =
            |count: &Count| CountFacts { new: count.new, changed: count.changed, same: count.same, gone: count.gone };
        let (rejects_file, unwritten) = match list {
            Some(Ok(path)) => (Some(path), None),
            Some(Err(text)) => (None, Some(text)),
            None => (None, None),
        };
        Report {
            done: used > 0 || is_empty,
            dry_run,
            says: text,
            act: merged.act.map(|act| act.0),
            files: read.files.clone(),
            read_as: read
                .read_as
                .iter()
                .map(|one| ReadAsFacts { file: one.file.clone(), format: one.what.clone() })
                .collect(),
            counts: kinds.iter().map(|(kind, count)| (kind.replace(' ', "_"), facts(count))).collect(),
            outweighed: merged.outweighed,
            of_mis: merged.of_mis,
            changes: merged.changes.clone(),
            marks_changed: ChangedMarkFacts::all(roll, &merged.changed_marks),
            warnings: merged.warnings.iter().map(WarningFacts::of).collect(),
            rejects: merged.rejects.iter().map(RejectFacts::of).collect(),
            rejects_file,
            kinds,
            unwritten,
            refused: refused_lines(&merged.rejects),
        }
    }

    /// Say it; refused when nothing could be used.
    pub fn answer(&self, desk: &mut Desk<'_>) -> Result<(), Failure> {
        if desk.json {
            desk.print_json(self)?;
        } else {
            self.lines().iter().try_for_each(|line| desk.print(line))?;
        }
        if self.done { Ok(()) } else { Err(Failure::Refused(self.says.clone())) }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.done {
            lines.push(format!("{}.", self.says));
        }
        lines.extend(self.read_as.iter().map(|one| format!("{} is read as {}.", clean(&one.file), one.format)));
        let seen = self.kinds.iter().filter(|(_, count)| *count != Count::default());
        lines.extend(seen.map(|(kind, count)| {
            let Count { new, changed, same, gone } = count;
            if *kind == "missing" {
                return not_in_list(*count);
            }
            let gone = if *gone > 0 { format!(", {gone} taken off") } else { String::new() };
            let kind = kind.get(..1).map(str::to_uppercase).unwrap_or_default() + kind.get(1..).unwrap_or_default();
            format!("{kind}: {new} new, {changed} changed, {same} the same{gone}.")
        }));
        lines.extend(self.of_mis.map(|is| match is {
            true => "Marks of your information system: it need not be told them.".to_owned(),
            false => "Marks not of your information system: what they change is to be handed back to it.".to_owned(),
        }));
        if self.outweighed > 0 {
            lines.push(format!("{} kept as evidence: something stronger stands.", self.outweighed));
        }
        some(&mut lines, "Changed", &self.changes, Clone::clone);
        lines.extend(changed::lines(&self.marks_changed, self.dry_run));
        some(&mut lines, "Look at", &self.warnings, WarningFacts::line);
        lines.extend(self.refused.clone());
        match (&self.rejects_file, &self.unwritten) {
            (Some(path), _) => lines.push(format!("The refused rows are in {}.", path.display())),
            (None, Some(text)) => lines.push(format!("The refused rows could not be kept: {text}.")),
            (None, None) => {}
        }
        if let Some(act) = self.act {
            lines.push(format!("Taken back by: firstbell undo {act}"));
        }
        lines
    }
}

/// Of pupils on roll whom a list of the whole roll does not name.
fn not_in_list(Count { new, changed: _, same, gone }: Count) -> String {
    let asks = if same > 0 { format!(" ({same} of them not in the one before either)") } else { String::new() };
    let first = match new + same {
        0 => "On roll and not in this list: nobody".to_owned(),
        all => format!(
            "On roll and not in this list: {}{asks}",
            counted(usize::try_from(all).unwrap_or(usize::MAX), "pupil")
        ),
    };
    let back = if gone > 0 { format!("; {gone} in it again") } else { String::new() };
    format!("{first}{back}. “firstbell leavers” asks whether they have left.")
}

/// The first of `all`, each in a line, and how many more there are.
fn some<T>(lines: &mut Vec<String>, what: &str, all: &[T], text: impl Fn(&T) -> String) {
    lines.extend(all.iter().take(LISTED).map(|one| format!("{what}: {}", text(one))));
    if all.len() > LISTED {
        lines.push(format!("{what}: {} more.", all.len() - LISTED));
    }
}

/// What is said of refused rows: the first of those that are alike together, each in a line, and how many more rows there are.
pub fn refused_lines(rejects: &[Reject]) -> Vec<String> {
    let all = together(rejects);
    let mut lines: Vec<String> = all.iter().take(LISTED).map(|one| format!("Refused: {}", one.text())).collect();
    let more: usize = all.iter().skip(LISTED).map(Alike::count).sum();
    if more > 0 {
        lines.push(format!("Refused: {} more.", counted(more, "row")));
    }
    lines
}

impl WarningFacts {
    /// What is said of a row that should be looked at.
    pub fn of(warning: &Warning) -> WarningFacts {
        WarningFacts { file: warning.place.file.clone(), line: warning.place.line, says: warning.text.clone() }
    }

    /// "pupils.csv line 4: …"; line 0 is the whole file.
    pub fn line(&self) -> String {
        let line = if self.line == 0 { String::new() } else { format!(" line {}", self.line) };
        format!("{}{line}: {}", self.file, self.says)
    }
}

impl RejectFacts {
    /// What is said of a row that was refused.
    pub fn of(reject: &Reject) -> RejectFacts {
        RejectFacts {
            file: reject.place.file.clone(),
            line: reject.place.line,
            column: reject.column.clone(),
            value: reject.value.clone(),
            reason: reject.reason.clone(),
        }
    }
}
