//! The rows of the settings that say which reports are due: which report each means, and what is wrong with them. The settings themselves
//! do not know which reports there are.

use crate::domain::school::report_due::ReportDue;
use crate::render::Format;
use crate::report::reports::{Needs, REPORTS, ReportKind};

/// The report that a row means.
pub fn kind(row: &ReportDue) -> Option<&'static ReportKind> {
    REPORTS.into_iter().find(|kind| kind.name == row.report)
}

/// Everything that cannot be right about the rows, beside what the settings know: each in a sentence.
pub fn faults(rows: &[ReportDue]) -> Vec<String> {
    let fault = |(place, row): (usize, &ReportDue)| {
        let text = match (kind(row), Format::of_ending(&row.format)) {
            (None, _) => format!("there is no report “{}”: `firstbell report` lists them", row.report),
            (Some(kind), _) if kind.wants(Needs::Pupil) => format!("{} is of one pupil, and is never due", kind.name),
            (Some(_), None) => "`format` is txt, csv, xlsx or html".to_owned(),
            (Some(_), Some(_)) => return None,
        };
        Some(format!("reports: row {}: {text}", place + 1))
    };
    rows.iter().enumerate().filter_map(fault).collect()
}
