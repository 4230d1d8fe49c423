//! `impact`: attendance before and after what was done, never said to be caused by it.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::{date, word};
use crate::cli::text::sentence;
use crate::domain::calendar::Calendar;
use crate::domain::cases::intervention::{Intervention, InterventionKind};
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::figures::Figures;
use crate::domain::figures::impact::{Became, Impact, WEEKS, Windows, overlapping, pooled, year_groups};
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::split::{By, Key};
use crate::domain::figures::tally::Tally;
use crate::domain::figures::trend::Points;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;

/// Fewer pupils are not told of together on a paper for others.
const FEW: usize = 5;

/// Attendance before and after letters, meetings, visits, notices and the like, beside the year group's
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Whose, if not everybody's: name, name and tutor group, or admission number
    #[arg(value_name = "PUPIL")]
    name: Vec<String>,
    /// Only these: contact (letters), meeting, visit, improvement, penalty, contract, early-help, part-time or reintegration
    #[arg(long, value_name = "KIND", value_parser = word::<EventKind>)]
    event: Vec<EventKind>,
    /// Only that a case came to this stage, or part of its name
    #[arg(long, conflicts_with = "event")]
    stage: Option<String>,
    /// School weeks on either side
    #[arg(long, default_value_t = WEEKS, value_parser = weeks)]
    weeks: usize,
    /// What was done from this date on; the school year's first if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// All of a kind together, without names: for governors
    #[arg(long, conflicts_with = "name")]
    pooled: bool,
}

impl Args {
    /// Whether it names pupils, many of them: a list for others.
    pub fn lists_pupils(&self) -> bool {
        self.name.is_empty() && !self.pooled
    }
}

fn weeks(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|weeks| (1..=12).contains(weeks))
        .ok_or_else(|| "write from 1 to 12 school weeks".to_owned())
}

/// Sessions attended of those possible.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideFacts {
    from: NaiveDate,
    /// Its last date.
    until: NaiveDate,
    attended: u32,
    possible: u32,
}

/// One intervention.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImpactFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    on: NaiveDate,
    kind: String,
    what: String,
    act: i64,
    before: SideFacts,
    after: SideFacts,
    /// Tenths of a point; null where it is too early to say.
    points: Option<i32>,
    /// What the year group changed by over the same dates, in tenths of a point.
    year_group: Option<i32>,
    /// The one less the other.
    net: Option<i32>,
    fewer_missed: i64,
    became: &'static str,
    /// School days after that have gone by, and how many there are to be.
    days_gone: usize,
    days: usize,
    provisional: bool,
    /// Another intervention's weeks overlap these.
    overlaps: bool,
}

/// All interventions of a kind together.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PooledImpactFacts {
    kind: String,
    interventions: usize,
    pupils: usize,
    /// Whether they are fewer than five pupils: then nothing more is told.
    left_out: bool,
    before_attended: Option<u32>,
    before_possible: Option<u32>,
    after_attended: Option<u32>,
    after_possible: Option<u32>,
    /// Tenths of a point.
    points: Option<i32>,
    /// The same less the change of each one's year group, over the same dates.
    net: Option<i32>,
    improved: Option<u32>,
    same: Option<u32>,
    worse: Option<u32>,
    too_early: Option<u32>,
    /// How many of them overlap with another.
    overlaps: Option<usize>,
}

/// An intervention with its figures.
struct Seen {
    pupil: PupilId,
    one: Intervention,
    windows: Windows,
    overlaps: bool,
    own: Impact,
    year_group: Impact,
}

/// List them, or pool them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let name = args.name.join(" ");
    let only = if name.is_empty() { None } else { Some(desk.pupil_of_everybody(&name)?) };
    if let Some(id) = only {
        desk.opens_card(id)?;
    }
    let seen = seen(desk, args, only)?;
    if args.pooled {
        return pool(desk, &seen);
    }
    if only.is_none() {
        desk.exports("impact", None)?;
    }
    let roll = desk.store.roll().clone();
    let rows = seen.iter().filter_map(|one| Some(one.facts(PupilFacts::of(&roll, roll.pupil(one.pupil)?))));
    let rows: Vec<ImpactFacts> = rows.collect();
    let together = pooled(seen.iter().map(|one| &one.own));
    let heading = match together.together.points() {
        Some(points) => format!(
            "{}; pooled {}: {} improved, {} the same, {} worse, {} too early to say. A change since is not a change by.",
            counted(rows.len(), "intervention"),
            said(points),
            together.improved,
            together.same,
            together.worse,
            together.too_early
        ),
        None => format!("{}.", counted(rows.len(), "intervention")),
    };
    desk.answer(&heading, "Nothing was done yet of which that could be asked.", rows)
}

/// What is asked about, with the figures on either side.
fn seen(desk: &mut Desk<'_>, args: &Args, only: Option<PupilId>) -> Result<Vec<Seen>, Failure> {
    let (today, now, roll) = (desk.today(), desk.now(), desk.store.roll().clone());
    let from = args.from.unwrap_or_else(|| Calendar::year_start(today));
    let is_meant = |kind: &InterventionKind| match (kind, &args.stage) {
        (InterventionKind::Stage(stage), Some(wanted)) => fold(stage).contains(&fold(wanted)),
        (InterventionKind::Event(kind), None) => args.event.is_empty() || args.event.contains(kind),
        (InterventionKind::Stage(_), None) | (InterventionKind::Event(_), Some(_)) => false,
    };
    let mut found: Vec<(PupilId, Intervention, Windows, bool)> = Vec::new();
    for (id, file) in desk.store.case_files(only)? {
        let all = file.interventions();
        // A case that comes to a stage by a panel is not another intervention beside it.
        let (events, stages): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| matches!(one.kind, InterventionKind::Event(_)));
        let all = if args.stage.is_some() { stages } else { events };
        let windows: Vec<Windows> =
            all.iter().map(|one| Windows::about(&roll.calendar, one.on, args.weeks, today)).collect();
        let overlaps = overlapping(&windows);
        let each = all.into_iter().zip(windows).zip(overlaps);
        let meant = each.filter(|((one, _), _)| is_meant(&one.kind) && (from..=today).contains(&one.on));
        found.extend(meant.map(|((one, windows), overlaps)| (id, one, windows, overlaps)));
    }
    // Of one day the whole school is counted once.
    found.sort_by_key(|(id, one, ..)| (one.on, *id, one.act));
    let mut seen: Vec<Seen> = Vec::new();
    let mut counted: Option<(NaiveDate, Tally, Tally)> = None;
    for (pupil, one, windows, overlaps) in found {
        if counted.as_ref().is_none_or(|(on, ..)| *on != one.on) {
            let mut tally = |dates: &Range<NaiveDate>| {
                let dates = dates.start..dates.end.min(today).max(dates.start);
                desk.store.figures(&Question { dates, whom: Whom::default(), as_of: None }, now)
            };
            counted = Some((one.on, tally(&windows.before)?, tally(&windows.after)?));
        }
        let Some((_, before, after)) = &counted else { continue };
        let year = roll.pupil(pupil).and_then(|pupil| roll.year_of(pupil));
        let own = Impact { before: before.of(pupil), after: after.of(pupil) };
        let year_group = Impact { before: of_year(before, year), after: of_year(after, year) };
        seen.push(Seen { pupil, one, windows, overlaps, own, year_group });
    }
    Ok(seen)
}

fn of_year(tally: &Tally, year: Option<i64>) -> Figures {
    let parts = tally.parts(By::Year).into_iter();
    parts.filter(|part| part.key == Key::Year(year)).map(|part| part.figures).sum()
}

/// Kind by kind, without names.
fn pool(desk: &mut Desk<'_>, seen: &[Seen]) -> Result<(), Failure> {
    let mut kinds: Vec<&InterventionKind> = seen.iter().map(|one| &one.one.kind).collect();
    kinds.sort();
    kinds.dedup();
    let rows: Vec<PooledImpactFacts> = kinds.into_iter().map(|kind| of_kind(kind, seen)).collect();
    desk.exports("impact, pooled", None)?;
    let heading = "Attendance before and after, pooled. A change since is not a change by.";
    desk.answer(heading, "Nothing was done yet of which that could be asked.", rows)
}

fn of_kind(kind: &InterventionKind, seen: &[Seen]) -> PooledImpactFacts {
    let of_kind: Vec<&Seen> = seen.iter().filter(|one| one.one.kind == *kind).collect();
    let mut pupils: Vec<PupilId> = of_kind.iter().map(|one| one.pupil).collect();
    pupils.sort_unstable();
    pupils.dedup();
    let pool = pooled(of_kind.iter().map(|one| &one.own));
    // Beside the pupils' own sessions stand those of their year groups over the same dates.
    let beside = year_groups(of_kind.iter().map(|one| (&one.own, &one.year_group)));
    let left_out = pupils.len() < FEW;
    let together = pool.together;
    let shown = |count: u32| (!left_out).then_some(count);
    PooledImpactFacts {
        kind: kind.describe(),
        interventions: of_kind.len(),
        pupils: pupils.len(),
        left_out,
        before_attended: shown(together.before.attended),
        before_possible: shown(together.before.possible),
        after_attended: shown(together.after.attended),
        after_possible: shown(together.after.possible),
        points: together.points().filter(|_| !left_out).map(|points| points.0),
        net: together.net(&beside).filter(|_| !left_out).map(|points| points.0),
        improved: shown(pool.improved),
        same: shown(pool.same),
        worse: shown(pool.worse),
        too_early: shown(pool.too_early),
        overlaps: (!left_out).then(|| of_kind.iter().filter(|one| one.overlaps).count()),
    }
}

impl Seen {
    fn facts(&self, pupil: PupilFacts) -> ImpactFacts {
        let side = |dates: &Range<NaiveDate>, figures: &Figures| SideFacts {
            from: dates.start,
            until: dates.end.pred_opt().unwrap_or(dates.end),
            attended: figures.attended,
            possible: figures.possible,
        };
        ImpactFacts {
            pupil,
            on: self.one.on,
            kind: self.one.kind.describe(),
            what: self.one.what.clone(),
            act: self.one.act.0,
            before: side(&self.windows.before, &self.own.before),
            after: side(&self.windows.after, &self.own.after),
            points: self.own.points().map(|points| points.0),
            year_group: self.year_group.points().map(|points| points.0),
            net: self.own.net(&self.year_group).map(|points| points.0),
            fewer_missed: self.own.fewer_missed(),
            became: match self.own.became() {
                Became::Improved => "improved",
                Became::Same => "same",
                Became::Worse => "worse",
                Became::TooEarly => "too-early",
            },
            days_gone: self.windows.gone,
            days: self.windows.days,
            provisional: self.windows.is_provisional(),
            overlaps: self.overlaps,
        }
    }
}

/// "+13.5 points".
fn said(points: Points) -> String {
    format!("{points} points")
}

impl Row for ImpactFacts {
    /// "Khan, Amira, 8KM: home visit on 2026-11-02: 28 of 40 before, 34 of 40 after, +15.0 points, +13.5 beside the year group's."
    fn lines(&self) -> Vec<String> {
        let SideFacts { attended, possible, .. } = &self.before;
        let before = format!("{attended} of {possible} before");
        let after = format!("{} of {} after", self.after.attended, self.after.possible);
        let change = match (self.points, self.net) {
            (None, _) => "too early to say".to_owned(),
            (Some(points), None) => said(Points(points)),
            (Some(points), Some(net)) => format!("{}, {} less the year group's", said(Points(points)), Points(net)),
        };
        let provisional = if self.provisional {
            format!("provisional, {} of {} school days gone by", self.days_gone, self.days)
        } else {
            String::new()
        };
        let overlaps = if self.overlaps { "its weeks overlap with another's" } else { "" };
        let about = format!("{}: {} on {}: {before}", self.pupil.name_and_group(), self.kind, self.on);
        vec![sentence([about, after, change, provisional, overlaps.to_owned(), format!("act {}", self.act)])]
    }
}

impl Row for PooledImpactFacts {
    /// "meeting: 12 of 9 pupils: 480 of 600 before, 540 of 600 after, +10.0 points; improved 7, same 3, worse 2, too early 0."
    fn lines(&self) -> Vec<String> {
        let about = format!("{}: {} of {}", self.kind, self.interventions, counted(self.pupils, "pupil"));
        if self.left_out {
            return vec![sentence([format!("{}: left out, fewer than five pupils", self.kind)])];
        }
        let count = |count: Option<u32>| count.unwrap_or_default();
        let before = format!("{} of {} before", count(self.before_attended), count(self.before_possible));
        let after = format!("{} of {} after", count(self.after_attended), count(self.after_possible));
        let change = match (self.points, self.net) {
            (None, _) => "too early to say".to_owned(),
            (Some(points), None) => said(Points(points)),
            (Some(points), Some(net)) => format!("{}, {} less their year groups'", said(Points(points)), Points(net)),
        };
        let became = format!(
            "improved {}, the same {}, worse {}, too early {}",
            count(self.improved),
            count(self.same),
            count(self.worse),
            count(self.too_early)
        );
        let overlaps = self.overlaps.filter(|count| *count > 0);
        let overlaps = overlaps.map(|count| format!("{count} overlap with another")).unwrap_or_default();
        vec![sentence([format!("{about}: {before}"), after, change, became, overlaps])]
    }
}
