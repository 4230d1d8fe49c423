//! `export`: marks, lates, calls, and telephone numbers to put right, as a table for a spreadsheet or another system.

mod period;
mod sheet;

use std::collections::BTreeMap;

use clap::{Subcommand, ValueEnum};
use indicatif::ProgressBar;

use super::progress::bar;
use super::stopping::leave_nothing_when_stopped;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::showing::Numbers;
use crate::domain::calendar::session::Session;
use crate::domain::counted::counted;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use crate::report::tables::marks::{MarksTable, Shape};
use crate::report::tables::{NumberRow, calls, lates, numbers};
use period::{Dates, Period};
use sheet::{Opened, Sheet, Target, Title};

/// Marks, lates, calls or telephone numbers to put right, as a table for a spreadsheet or another system
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// Which table.
#[derive(Subcommand, Debug)]
enum What {
    /// The marks that stand, as they can be imported again
    Marks {
        #[command(flatten)]
        period: Period,
        /// What a row is of: a pupil and a session, a day, or a week with ten columns. Of one day it is the day, of a week the week,
        /// else the session
        #[arg(long, value_enum)]
        shape: Option<ShapeWord>,
        /// Whose names the columns have: firstbell's own, or those of the Department for Education's export, which has a row for each
        /// session
        #[arg(long, value_enum, default_value_t = NamesWord::Ours)]
        names: NamesWord,
        #[command(flatten)]
        target: Target,
    },
    /// Who came late, when and why
    Lates {
        #[command(flatten)]
        period: Period,
        #[command(flatten)]
        target: Target,
    },
    /// Who was rung, and what came of it
    Calls {
        #[command(flatten)]
        period: Period,
        #[command(flatten)]
        numbers: Numbers,
        #[command(flatten)]
        target: Target,
    },
    /// Telephone numbers to put right: found wrong, or missing
    #[command(name = "numbers")]
    ToPutRight {
        #[command(flatten)]
        numbers: Numbers,
        #[command(flatten)]
        target: Target,
    },
}

/// A shape, as it is asked for.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum ShapeWord {
    Long,
    Day,
    Week,
}

/// Whose names the columns have.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum NamesWord {
    Ours,
    Dfe,
}

impl Args {
    /// Whether it writes a file, and not its answer.
    pub fn reaches_files(&self) -> bool {
        let (What::Marks { target, .. }
        | What::Lates { target, .. }
        | What::Calls { target, .. }
        | What::ToPutRight { target, .. }) = &self.what;
        target.is_file()
    }
}

/// Write the table.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    leave_nothing_when_stopped();
    match &args.what {
        What::Marks { period, shape, names, target } => {
            let shape = shape_of(*shape, *names, period)?;
            marks(desk, &period.dates(desk.today())?, shape, target)
        }
        What::Lates { period, target } => all_lates(desk, &period.dates(desk.today())?, target),
        What::Calls { period, numbers, target } => all_calls(desk, &period.dates(desk.today())?, *numbers, target),
        What::ToPutRight { numbers, target } => numbers_to_put_right(desk, *numbers, target),
    }
}

fn shape_of(asked: Option<ShapeWord>, names: NamesWord, period: &Period) -> Result<Shape, Failure> {
    match (names, asked) {
        (NamesWord::Dfe, None | Some(ShapeWord::Long)) => Ok(Shape::Dfe),
        (NamesWord::Dfe, Some(ShapeWord::Day | ShapeWord::Week)) => {
            Err(Failure::Usage("the DfE's export has a row for each session: leave --shape out".to_owned()))
        }
        (NamesWord::Ours, Some(ShapeWord::Long)) => Ok(Shape::Long),
        (NamesWord::Ours, Some(ShapeWord::Day)) => Ok(Shape::Day),
        (NamesWord::Ours, Some(ShapeWord::Week)) => Ok(Shape::Week),
        (NamesWord::Ours, None) => Ok(period.usual_shape()),
    }
}

/// Date by date, as the record is at one moment: a year is never held whole.
fn marks(desk: &mut Desk<'_>, dates: &Dates, shape: Shape, target: &Target) -> Result<(), Failure> {
    let opened = target.open(desk.json)?;
    // The roll as of today.
    let today = desk.today();
    desk.store.day(today)?;
    let (roll, as_of, current) = (desk.store.roll().clone(), desk.local(), desk.session_at_work().ok());
    desk.exports(&format!("marks, {dates}"), None)?;
    let (store, out) = desk.store_and_out();
    let moment = store.moment()?;
    let dates = dates.since(moment.begins()?);
    let mut table = MarksTable::new(&roll, shape, as_of);
    let mut sheet = Sheet::begin(opened, out, &Title { name: "Marks", headings: &table.headings(), as_of })?;
    let bar = progress(target, &dates);
    for date in dates.iter() {
        bar.inc(1);
        let begun: Vec<Session> = roll
            .sessions_of(date)
            .iter()
            .copied()
            .filter(|session| date < today || current.is_some_and(|current| *session <= current))
            .collect();
        table.date(date, &moment.marks_on(date)?, &begun, &mut |cells| sheet.row(cells))?;
    }
    table.end(&mut |cells| sheet.row(cells))?;
    let written = sheet.end()?;
    bar.finish_and_clear();
    drop(moment);
    let but: Vec<String> = left_out(table.left_out()).into_iter().chain(nameless(&roll, shape, &dates)).collect();
    desk.told(written, &format!("of marks, {dates}"), Some(but.join("; ")).filter(|but| !but.is_empty()))
}

/// How far the dates have come, where their table goes to a file.
fn progress(target: &Target, dates: &Dates) -> ProgressBar {
    let bar = if target.is_file() { bar("Exporting", "{per_sec:.0} days/s") } else { ProgressBar::hidden() };
    bar.set_length(dates.iter().count() as u64);
    bar
}

/// Marks that count in nothing: of another program they would.
fn left_out(count: usize) -> Option<String> {
    let (is, count_in) = if count == 1 { ("is", "counts in") } else { ("are", "count in") };
    let marks = counted(count, "mark");
    let why = "the school was closed then, or the pupil had not joined or had left";
    (count > 0).then(|| format!("{marks} {is} left out, which {count_in} nothing: {why}"))
}

/// Pupils on roll whom no program can know by the columns of that shape.
fn nameless(roll: &Roll, shape: Shape, dates: &Dates) -> Option<String> {
    let has_none = |pupil: &&Pupil| match shape {
        Shape::Dfe => pupil.upn.is_none(),
        Shape::Long | Shape::Day | Shape::Week => pupil.upn.is_none() && pupil.admission_no.is_none(),
    };
    let is_there = |pupil: &&Pupil| dates.iter().any(|date| pupil.on_roll(date));
    let count = roll.pupils.iter().filter(has_none).filter(is_there).count();
    let missing = if shape == Shape::Dfe { "UPN" } else { "admission number nor UPN" };
    let pupils = counted(count, "pupil");
    let have = if count == 1 { "has" } else { "have" };
    (count > 0).then(|| format!("{pupils} {have} no {missing}: no program can know whose those rows are"))
}

fn all_lates(desk: &mut Desk<'_>, dates: &Dates, target: &Target) -> Result<(), Failure> {
    let opened = target.open(desk.json)?;
    let (as_of, role) = (desk.local(), desk.officer.role);
    desk.exports(&format!("lates, {dates}"), None)?;
    let dates = dates.since(desk.store.moment()?.begins()?);
    let (store, out) = desk.store_and_out();
    let mut sheet = Sheet::begin(opened, out, &Title { name: "Lates", headings: &lates::headings(), as_of })?;
    let bar = progress(target, &dates);
    for date in dates.iter() {
        bar.inc(1);
        let day = store.another_day(date)?;
        lates::rows(&day, as_of, role).iter().try_for_each(|cells| sheet.row(cells))?;
    }
    let written = sheet.end()?;
    bar.finish_and_clear();
    desk.told(written, &format!("of lates, {dates}"), None)
}

fn all_calls(desk: &mut Desk<'_>, dates: &Dates, numbers: Numbers, target: &Target) -> Result<(), Failure> {
    desk.check_may_reveal(numbers)?;
    let opened = target.open(desk.json)?;
    let dates = dates.since(desk.store.moment()?.begins()?);
    let mut rows = Vec::new();
    let bar = progress(target, &dates);
    for date in dates.iter() {
        bar.inc(1);
        let day = desk.store.another_day(date)?;
        rows.extend(calls::rows(&day).into_iter().map(NumberRow::owned));
    }
    bar.finish_and_clear();
    desk.exports(&format!("calls, {dates}"), None)?;
    let written = number_rows(desk, (opened, "Calls", &calls::headings()), numbers, rows)?;
    desk.told(written, &format!("of calls, {dates}"), None)
}

fn numbers_to_put_right(desk: &mut Desk<'_>, shown: Numbers, target: &Target) -> Result<(), Failure> {
    desk.check_may_reveal(shown)?;
    let opened = target.open(desk.json)?;
    let day = desk.day()?;
    let rows = numbers::rows(&day);
    desk.exports("telephone numbers to put right", None)?;
    let written = number_rows(desk, (opened, "Numbers", &numbers::headings()), shown, rows)?;
    desk.told(written, "of telephone numbers to put right", None)
}

/// Write rows with telephone numbers: whole once it is put down whose they are, else masked, in words too.
fn number_rows(
    desk: &mut Desk<'_>,
    (opened, name, headings): (Opened, &str, &[&str]),
    numbers: Numbers,
    mut rows: Vec<NumberRow<'_>>,
) -> Result<sheet::Written, Failure> {
    if !numbers.numbers {
        rows.iter_mut().for_each(NumberRow::mask_words);
    }
    let mut pupils: BTreeMap<i64, Vec<(i64, &mut String)>> = BTreeMap::new();
    for row in rows.iter_mut().filter(|row| !row.number.is_empty()) {
        pupils.entry(row.pupil).or_default().push((row.order, &mut row.number));
    }
    for (pupil, mut of_pupil) in pupils {
        of_pupil.sort_by_key(|(order, _)| *order);
        desk.reveal_numbers(numbers, pupil, of_pupil.into_iter())?;
    }
    let as_of = desk.local();
    let (_, out) = desk.store_and_out();
    let mut sheet = Sheet::begin(opened, out, &Title { name, headings, as_of })?;
    rows.into_iter().try_for_each(|row| sheet.row(&row.cells()))?;
    sheet.end()
}

impl Desk<'_> {
    /// Say what was written, where that is a file.
    fn told(&mut self, written: sheet::Written, what: &str, but: Option<String>) -> Result<(), Failure> {
        let Some(path) = written.path else {
            // The answer is the table.
            if let Some(but) = but {
                eprintln!("firstbell: {but}");
            }
            return Ok(());
        };
        let rows = counted(usize::try_from(written.rows).unwrap_or(usize::MAX), "row");
        self.done(None, &format!("{rows} {what}, written to {}", path.display()), but.as_deref())
    }
}
