//! `triggers`: what pupils' marks oblige the school to consider, each with the sessions it rests on.

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;
use textwrap::core::display_width;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::date;
use crate::cli::text::long_date;
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::session::Session;
use crate::domain::cases::improvement::next_of;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::people::pupil::{GroupId, Pupil};
use crate::domain::school::authority;
use crate::domain::school::roll::Roll;
use crate::domain::triggers::school_weeks::PupilSession;
use crate::domain::triggers::{PupilTrigger, Trigger, TriggerKind, distances, in_words, put_in_order, triggers};
use crate::report::document::{COLUMNS, wrapped};

/// Who has met the penalty notice threshold, ten days on end, fifteen days of illness, or is persistently or severely absent
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Whose, if not everybody's: name, name and tutor group, or admission number
    #[arg(value_name = "WHO")]
    name: Vec<String>,
    /// As if this were today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    on: Option<NaiveDate>,
    /// Only these
    #[arg(long = "trigger", value_name = "TRIGGER", value_parser = kinds())]
    kinds: Vec<TriggerKind>,
    /// Also who is back after a long absence, has no reason after 5 school days, or missed a day of the first week
    #[arg(long, conflicts_with = "kinds")]
    all: bool,
    /// Only this year group
    #[arg(long, value_name = "YEAR")]
    year: Option<i64>,
    /// Only this tutor group
    #[arg(long)]
    group: Option<String>,
    /// List each session
    #[arg(long)]
    evidence: bool,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = TriggerKind> {
    let words = TriggerKind::ALL.iter().map(|kind| PossibleValue::new(kind.as_str()).help(kind.heading()));
    PossibleValuesParser::new(words).try_map(|word| word.parse::<TriggerKind>())
}

/// A trigger that a pupil has met.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TriggerFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    trigger: TriggerKind,
    /// The date of the session that met it.
    met: NaiveDate,
    /// How many sessions it counts.
    sessions: usize,
    /// Of them those whose code will stay: not N, and not only expected.
    firm: usize,
    /// Whether all is there to send it off.
    ready: bool,
    /// Why not; `null` where it is ready.
    why_not: Option<String>,
    says: String,
    /// The sessions it rests on, with `--evidence`.
    evidence: Option<Vec<SessionFacts>>,
    /// The same in a line, what is to be known besides, and the sessions.
    #[serde(skip)]
    in_short: String,
    #[serde(skip)]
    besides: String,
    #[serde(skip)]
    in_words: String,
    /// The same to be read.
    #[serde(skip)]
    text: Vec<String>,
}

/// A session that a trigger rests on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SessionFacts {
    date: NaiveDate,
    session: Session,
    code: Option<Code>,
}

/// List them: kind by kind, the newest first.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let name = args.name.join(" ");
    let only = if name.is_empty() { None } else { Some(desk.pupil_of_everybody(&name)?) };
    let group = args.group.as_ref().map(|group| desk.group(group)).transpose()?;
    if let Some(id) = only {
        desk.opens_card(id)?;
    }
    let (on, now) = (args.on.unwrap_or_else(|| desk.today()), desk.now());
    let wanted = wanted(args, only.is_some());
    let (mut found, mut told) = (Vec::new(), Vec::new());
    desk.store.trigger_records(on, now, only, |pupil, record| {
        found.extend(triggers(record).into_iter().map(|trigger| PupilTrigger { pupil: pupil.id, trigger }));
        if only.is_some() {
            told = distances(record);
            told.retain(|(kind, _)| found.iter().all(|one| one.trigger.kind != *kind));
        }
    })?;
    // As of today, who is in which tutor group.
    let roll = desk.store.roll().clone();
    let is_shown =
        |one: &PupilTrigger| roll.pupil(one.pupil).is_some_and(|pupil| is_of(&roll, pupil, args.year, group));
    found.retain(|one| wanted.contains(&one.trigger.kind) && is_shown(one));
    put_in_order(&mut found);
    let with_evidence = args.evidence || only.is_some();
    let mut rows: Vec<TriggerFacts> = Vec::new();
    for one in found {
        let Some(pupil) = roll.pupil(one.pupil) else { continue };
        let mut row = facts(PupilFacts::of(&roll, pupil), one.trigger, with_evidence);
        if row.trigger == TriggerKind::TenDays {
            let rules = authority::on(&roll.school.authority, on);
            let next = next_of(&roll.calendar, row.met, rules.return_weeks, on)
                .map(|next| format!("next by {}", long_date(next)));
            let parts = [row.besides.clone(), next.map(|next| format!("returned again, {next}")).unwrap_or_default()];
            row.besides = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        }
        rows.push(row);
    }
    write_text(&mut rows, on, with_evidence);
    let heading = format!("{} as of {}.", counted(rows.len(), "trigger"), long_date(on));
    desk.answer(&heading, "Nothing is met.", rows)?;
    if !desk.json && !told.is_empty() {
        desk.print("")?;
        told.iter().try_for_each(|(_, line)| desk.print(&format!("Not met: {line}.")))?;
    }
    Ok(())
}

/// The kinds that are listed: of one pupil all.
fn wanted(args: &Args, is_of_one: bool) -> Vec<TriggerKind> {
    match args.kinds.as_slice() {
        [] if args.all || is_of_one => TriggerKind::ALL.to_vec(),
        [] => TriggerKind::STATUTORY.to_vec(),
        kinds => kinds.to_vec(),
    }
}

fn is_of(roll: &Roll, pupil: &Pupil, year: Option<i64>, group: Option<GroupId>) -> bool {
    (year.is_none() || roll.year_of(pupil) == year) && (group.is_none() || pupil.group == group)
}

fn facts(pupil: PupilFacts, one: Trigger, with_evidence: bool) -> TriggerFacts {
    let session = |one: &PupilSession| SessionFacts { date: one.at.date, session: one.at.session, code: one.code };
    TriggerFacts {
        in_short: one.describe(),
        besides: one.besides().to_owned(),
        in_words: in_words(&one.evidence),
        text: Vec::new(),
        trigger: one.kind,
        met: one.met,
        sessions: one.sessions,
        firm: one.firm,
        ready: one.why_not.is_none(),
        why_not: one.why_not,
        says: one.note,
        evidence: with_evidence.then(|| one.evidence.iter().map(session).collect()),
        pupil,
    }
}

/// A heading over each kind, and of each pupil a line in columns, what is to be known besides, and the sessions.
fn write_text(rows: &mut [TriggerFacts], on: NaiveDate, in_full: bool) {
    for kind in rows.chunk_by_mut(|one, next| one.trigger == next.trigger) {
        let names: Vec<String> = kind.iter().map(|row| row.pupil.name_and_group()).collect();
        let widest = names.iter().map(|name| display_width(name)).max().unwrap_or_default();
        let mut heading = kind.first().map(|row| format!("{}: {}", row.trigger.heading(), kind.len()));
        for (row, name) in kind.iter_mut().zip(names) {
            let padding = " ".repeat(widest - display_width(&name));
            let met = named(row.met, on);
            row.text.extend(heading.take().into_iter().flat_map(|heading| [String::new(), heading]));
            // What is missing may be long.
            row.text.extend(wrapped(&format!("{name}{padding}  {met:<10}  {}", row.in_short), COLUMNS, 4));
            // Whoever is persistently absent has missed many.
            let shows_sessions = in_full || !row.trigger.is_share();
            let further = [row.besides.as_str(), if shows_sessions { &row.in_words } else { "" }];
            let further = further.into_iter().filter(|text| !text.is_empty());
            let lines: Vec<String> = further.flat_map(|text| wrapped(&format!("    {text}"), COLUMNS, 4)).collect();
            row.text.extend(lines);
        }
    }
}

impl Row for TriggerFacts {
    fn lines(&self) -> Vec<String> {
        self.text.clone()
    }
}
