//! Cases and case files as they are listed and shown.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::line::LineFacts;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::cases::case::Case;
use crate::domain::cases::caseload::OnCaseload;
use crate::domain::cases::change::{CaseSource, CloseReason};
use crate::domain::cases::chronology::in_order;
use crate::domain::cases::due::{Due, DueKind};
use crate::domain::cases::file::CaseFile;
use crate::domain::counted::counted;
use crate::domain::name::fold;

/// Which cases are listed.
#[derive(clap::Args, Debug, Default)]
pub struct Filter {
    /// Only those of this owner, or part of the name
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only those at this stage, or part of its name
    #[arg(long)]
    stage: Option<String>,
    /// Only those of which something is overdue
    #[arg(long)]
    overdue: bool,
}

/// One pupil with an open case, or with something due.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    /// Null where no case is open.
    stage: Option<String>,
    stage_since: Option<NaiveDate>,
    /// Null for a reader, who sees the stage alone.
    case: Option<CaseDetail>,
    due: Vec<DueFacts>,
}

/// A case.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseDetail {
    act: i64,
    stage: String,
    owner: String,
    opened: NaiveDate,
    opened_by: String,
    source: CaseSource,
    source_of: String,
    why: String,
    targets: Vec<TargetFacts>,
    closed: Option<NaiveDate>,
    close_reason: Option<CloseReason>,
}

/// What a plan aims at.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetFacts {
    what: String,
    by_date: Option<NaiveDate>,
}

/// Something that is due.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DueFacts {
    kind: DueKind,
    on: NaiveDate,
    at: Option<String>,
    who: String,
    what: String,
    act: i64,
    place: Option<u32>,
    overdue: bool,
}

/// A pupil's case file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseFileFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    cases: Vec<CaseDetail>,
    due: Vec<DueFacts>,
    /// Sessions that penalty notices have locked.
    locked: Vec<String>,
    lines: Vec<LineFacts>,
}

/// List them, those with what is due first at the top.
pub fn list(desk: &mut Desk<'_>, filter: &Filter) -> Result<(), Failure> {
    let (roll, now) = (desk.store.roll().clone(), desk.local());
    let sees_case = check_matter(desk.officer.role, Matter::Case).is_ok();
    let is =
        |of: &str, wanted: &Option<String>| wanted.as_deref().is_none_or(|wanted| fold(of).contains(&fold(wanted)));
    let mut rows = Vec::new();
    for OnCaseload { pupil, case, due } in desk.day()?.caseload() {
        let Some(pupil) = roll.pupil(pupil).filter(|_| sees_case || case.is_some()) else { continue };
        let (stage, owner) = case.as_ref().map_or(("", ""), |case| (case.stage.as_str(), case.owner.as_str()));
        let is_meant = is(stage, &filter.stage) && (!sees_case || is(owner, &filter.owner));
        if !is_meant || (filter.overdue && !(sees_case && due.iter().any(|one| one.is_overdue(now)))) {
            continue;
        }
        rows.push(CaseFacts {
            pupil: PupilFacts::of(&roll, pupil),
            stage: case.as_ref().map(|case| case.stage.clone()),
            stage_since: case.as_ref().map(|case| case.stage_since),
            case: case.filter(|_| sees_case).map(CaseDetail::of),
            due: due.into_iter().filter(|_| sees_case).map(|one| DueFacts::of(one, now)).collect(),
        });
    }
    // By what is due a reader is not to know.
    if !sees_case {
        rows.sort_by_key(|row| fold(&row.pupil.name));
    }
    let overdue = rows.iter().flat_map(|row| &row.due).filter(|due| due.overdue).count();
    let overdue = if overdue == 0 { String::new() } else { format!(", {overdue} overdue") };
    desk.answer(&format!("{}{overdue}.", counted(rows.len(), "pupil")), "No case is open.", rows)
}

/// Show a pupil's case file.
pub fn show(desk: &mut Desk<'_>, name: &str) -> Result<(), Failure> {
    let id = desk.pupil_of_everybody(name)?;
    let (roll, now) = (desk.store.roll().clone(), desk.local());
    desk.opens_card(id)?;
    let file: CaseFile = desk.store.case_files(Some(id))?.remove(&id).unwrap_or_default();
    let locked = desk.store.locked_sessions(Some(id))?.into_iter().map(|(_, at)| format!("{} {}", at.date, at.session));
    let due = desk.day()?.due_of(id);
    let row = roll.pupil(id).map(|pupil| CaseFileFacts {
        pupil: PupilFacts::of(&roll, pupil),
        cases: file.cases().into_iter().map(CaseDetail::of).collect(),
        due: due.into_iter().map(|one| DueFacts::of(one, now)).collect(),
        locked: locked.collect(),
        lines: in_order(file.lines()).into_iter().map(LineFacts::of).collect(),
    });
    desk.answer("Case file.", "No such pupil.", row.into_iter().collect())
}

impl CaseDetail {
    fn of(case: Case) -> CaseDetail {
        let (closed, close_reason) = case.closed.map(|(on, reason, _)| (on, reason)).unzip();
        CaseDetail {
            act: case.act.0,
            stage: case.stage,
            owner: case.owner,
            opened: case.opened,
            opened_by: case.opened_by,
            source: case.opening.source,
            source_of: case.opening.of,
            why: case.opening.why,
            targets: case.targets.into_iter().map(|(what, by_date)| TargetFacts { what, by_date }).collect(),
            closed,
            close_reason,
        }
    }

    /// "case at Panel, owner Mr Webb, opened 2026-11-24 by S Marsh from a trigger (persistent), below 90 %".
    fn describe(&self) -> String {
        let of = if self.source_of.is_empty() { String::new() } else { format!(" ({})", self.source_of) };
        let closed = self.closed.map(|on| format!(", closed {on}")).unwrap_or_default();
        let targets = self.targets.iter().map(|one| match one.by_date {
            Some(by) => format!(", target: {} by {by}", one.what),
            None => format!(", target: {}", one.what),
        });
        let (source, targets) = (self.source.describe(), targets.collect::<String>());
        format!(
            "case at {}, owner {}, opened {} by {} from {source}{of}, {}{targets}{closed}",
            self.stage, self.owner, self.opened, self.opened_by, self.why
        )
    }
}

impl DueFacts {
    fn of(due: Due, now: NaiveDateTime) -> DueFacts {
        DueFacts {
            overdue: due.is_overdue(now),
            kind: due.kind,
            on: due.on,
            at: due.at.map(clock),
            who: due.who,
            what: due.what,
            act: due.act.0,
            place: due.place,
        }
    }

    /// "OVERDUE 2026-11-20: see the GP, Mrs Khan, act 31 action 1".
    fn describe(&self) -> String {
        let word = if self.overdue { "OVERDUE" } else { "due" };
        let at = self.at.as_ref().map(|at| format!(" {at}")).unwrap_or_default();
        let who = if self.who.is_empty() { String::new() } else { format!(", {}", self.who) };
        let place = self.place.map(|place| format!(" action {place}")).unwrap_or_default();
        format!("{word} {}{at}: {}{who}, act {}{place}", self.on, self.what, self.act)
    }
}

impl Row for CaseFacts {
    /// "Khan, Amira, 8KM: Panel since 2026-11-24, owner Mr Webb." and a line for each thing that is due.
    fn lines(&self) -> Vec<String> {
        let stage = match (&self.stage, self.stage_since) {
            (Some(stage), Some(since)) => format!("{stage} since {since}"),
            _ => "no case is open".to_owned(),
        };
        let owner = self.case.as_ref().map(|case| format!("owner {}", case.owner)).unwrap_or_default();
        let mut lines = vec![sentence([format!("{}: {stage}", self.pupil.name_and_group()), owner])];
        lines.extend(self.due.iter().map(|due| format!("  {}", due.describe())));
        lines
    }
}

impl Row for CaseFileFacts {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![sentence([self.pupil.introduced()])];
        lines.extend(self.cases.iter().map(|case| sentence([case.describe()])));
        lines.extend(self.due.iter().map(DueFacts::describe));
        if !self.locked.is_empty() {
            lines.push(sentence([format!("locked by penalty notices: {}", self.locked.join(", "))]));
        }
        lines.extend(self.lines.iter().flat_map(Row::lines));
        lines
    }
}
