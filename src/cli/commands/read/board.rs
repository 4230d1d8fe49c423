//! `board`: who is where today, in counts that add up to the roll, and by name.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::cli::text::clock;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::name::clean;
use crate::domain::whereabouts::board::{
    Board, BoardRow, Counts, Expectation, Expected, Filter, Out, Part, Place, board,
};
use crate::report::board::document;
use crate::report::document::COLUMNS;

/// Who is absent and why, who is out now, who is expected; the counts add up to the roll
#[derive(clap::Args, Debug)]
pub struct Args {
    /// This year group only
    #[arg(long)]
    year: Option<i64>,
    /// This tutor group only
    #[arg(long)]
    group: Option<String>,
    /// This code only, as it stands in the session
    #[arg(long)]
    code: Option<String>,
}

/// The board: one row.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BoardFacts {
    filter: FilterFacts,
    counts: CountFacts,
    pupils: Vec<BoardPupilFacts>,
}

/// Whom it shows; null admits everybody.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FilterFacts {
    year: Option<i64>,
    group: Option<String>,
    code: Option<Code>,
}

/// How many of them are where: the five places make up `shown`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CountFacts {
    on_roll: usize,
    shown: usize,
    r#in: usize,
    explained: usize,
    not_required: usize,
    unexplained: usize,
    no_mark: usize,
    out: usize,
    expected: usize,
    codes: Vec<CodeFacts>,
}

/// How many of the explained stand with a code.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CodeFacts {
    code: Code,
    count: usize,
}

/// One pupil who is away, out or expected, or has no mark.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BoardPupilFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    place: Place,
    code: Option<Code>,
    why: Option<String>,
    back: Option<BackFacts>,
    out: Option<OutFacts>,
    expected: Option<ExpectedFacts>,
}

/// The first session after a reason has ended.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BackFacts {
    date: String,
    session: Session,
}

/// Out of the building now.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OutFacts {
    since: String,
    why: Option<String>,
    due: Option<String>,
}

/// What is expected, and when.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ExpectedFacts {
    what: Expectation,
    due: String,
    minutes_over: i64,
}

/// Say it as it stands now.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let filter = filter(desk, args)?;
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let (day, now) = (desk.day()?, desk.local().time());
    let board = board(&day, session, now);
    if desk.json {
        let rows = vec![facts(&board, &filter, &day)];
        let answer = desk.frame(rows);
        return desk.print_json(&answer);
    }
    desk.print_document(&document(&board, &filter, &day, now), COLUMNS)
}

/// What is asked for.
fn filter(desk: &mut Desk<'_>, args: &Args) -> Result<Filter, Failure> {
    let group = args.group.as_deref().map(|name| desk.group(name)).transpose()?;
    let year = args.year;
    if let Some(year) = year.filter(|year| desk.store.roll().groups.iter().all(|group| group.year != Some(*year))) {
        return desk.forbid(format!("there is no year {year}"));
    }
    let code = match &args.code {
        None => None,
        Some(typed) => {
            let known = Code::parse(typed).filter(|code| desk.store.roll().codes.row(*code).is_some());
            match known {
                Some(code) => Some(code),
                None => return desk.forbid(format!("“{}” is no attendance code", clean(typed))),
            }
        }
    };
    Ok(Filter { year, group, code, words: Vec::new() })
}

fn facts(board: &Board, filter: &Filter, day: &Day) -> BoardFacts {
    let counts = board.counts(day, filter);
    let is_listed = |row: &&BoardRow| Part::LISTED.iter().any(|part| row.is_in(*part));
    let pupils = board.admitted(day, filter).filter(is_listed);
    BoardFacts {
        filter: FilterFacts {
            year: filter.year,
            group: filter.group.and_then(|group| day.roll.group(group)).map(|group| group.name.clone()),
            code: filter.code,
        },
        counts: count_facts(&counts),
        pupils: pupils.filter_map(|row| pupil_facts(row, day)).collect(),
    }
}

fn count_facts(counts: &Counts) -> CountFacts {
    let of = |place| counts.of(Part::At(place));
    CountFacts {
        on_roll: counts.roll,
        shown: counts.shown,
        r#in: of(Place::In),
        explained: of(Place::Explained),
        not_required: of(Place::NotRequired),
        unexplained: of(Place::Unexplained),
        no_mark: of(Place::NoMark),
        out: counts.out,
        expected: counts.expected,
        codes: counts.codes.iter().map(|(code, count)| CodeFacts { code: *code, count: *count }).collect(),
    }
}

fn pupil_facts(row: &BoardRow, day: &Day) -> Option<BoardPupilFacts> {
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let back = |back: SessionDate| BackFacts { date: back.date.to_string(), session: back.session };
    let out = |out: &Out| OutFacts { since: clock(out.since), why: said(&out.reason), due: out.due.map(clock) };
    let expected = |one: Expected| ExpectedFacts { what: one.what, due: clock(one.at), minutes_over: one.over };
    Some(BoardPupilFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(row.pupil)?),
        place: row.place,
        code: row.code,
        why: said(&row.why),
        back: row.back.map(back),
        out: row.out.as_ref().map(out),
        expected: row.expected.map(expected),
    })
}
