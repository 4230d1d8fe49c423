//! `arrangements`: what was arranged for many, and who is in it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::Numbers;
use crate::cli::text::sentence;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::arrangement::{Arrangement, Due, Stage, due_counts, in_order};
use crate::domain::people::contact::masked;
use crate::domain::school::roll::Roll;

/// Arrangements for many: what is due first, then what goes on, what is to come and what is over
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only the one of this number, with everybody in it
    number: Option<i64>,
    #[command(flatten)]
    numbers: Numbers,
}

/// A pupil in one.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MemberFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    from: NaiveDate,
    until: NaiveDate,
}

/// One arrangement.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArrangementFacts {
    arrangement: i64,
    code: Code,
    title: String,
    number: String,
    days: String,
    from: NaiveDate,
    until: NaiveDate,
    review: Option<NaiveDate>,
    note: String,
    state: &'static str,
    by: String,
    on: NaiveDate,
    count: usize,
    pupils: Vec<MemberFacts>,
    #[serde(skip)]
    when: String,
    #[serde(skip)]
    shows_pupils: bool,
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let (roll, today) = (desk.store.roll().clone(), desk.today());
    let wanted = |one: &&Arrangement| args.number.is_none_or(|number| one.id.0 == number);
    let chosen: Vec<&Arrangement> = in_order(roll.arrangements(), today).into_iter().filter(wanted).collect();
    let mut rows: Vec<ArrangementFacts> =
        chosen.into_iter().map(|one| facts(&roll, one, today, args.number.is_some())).collect();
    for row in rows.iter_mut().filter(|row| !row.number.is_empty()) {
        if args.numbers.numbers {
            desk.reveal_provider(row.arrangement)?;
        } else {
            row.number = masked(&row.number);
        }
    }
    let (review, ends) = due_counts(roll.arrangements(), today);
    let heading = format!("Arrangements: {}; {review} to review, {ends} about to end.", rows.len());
    desk.answer(&heading, "No arrangement for many stands.", rows)
}

fn facts(roll: &Roll, one: &Arrangement, today: NaiveDate, shows_pupils: bool) -> ArrangementFacts {
    let terms = one.terms.clone();
    let member = |of: &crate::domain::facts::arrangement::Membership| {
        let pupil = PupilFacts::of(roll, roll.pupil(of.pupil)?);
        Some(MemberFacts { pupil, from: of.from, until: of.until })
    };
    ArrangementFacts {
        arrangement: one.id.0,
        code: one.code,
        title: terms.title,
        number: terms.number,
        days: terms.days.to_string(),
        from: one.from,
        until: terms.until,
        review: terms.review,
        note: terms.note,
        state: match one.stage(today) {
            Stage::Due(Due::Review) => "review",
            Stage::Due(Due::Ends) => "ends",
            Stage::Current => "current",
            Stage::Coming => "coming",
            Stage::Over => "over",
        },
        by: one.who.clone(),
        on: one.at.date(),
        count: one.count(today),
        pupils: one.members.iter().filter_map(member).collect(),
        when: one.when(today),
        shows_pupils,
    }
}

impl Row for ArrangementFacts {
    /// "3: W Harbour Garage, Fri PM, 12 pupils, until Fri 17 Jul, review 12 Feb, •••• 123, entered by S Marsh."
    fn lines(&self) -> Vec<String> {
        let line = sentence([
            format!("{}: {} {}", self.arrangement, self.code, self.title),
            self.days.clone(),
            counted(self.count, "pupil"),
            self.when.clone(),
            self.number.clone(),
            self.note.clone(),
            format!("entered by {}", self.by),
        ]);
        let span = |one: &MemberFacts| {
            let from = (one.from != self.from).then(|| format!(" from {}", one.from.format("%-d %b")));
            let until = (one.until != self.until).then(|| format!(" until {}", one.until.format("%-d %b")));
            [from, until].into_iter().flatten().collect::<String>()
        };
        let pupils = self.pupils.iter().filter(|_| self.shows_pupils);
        let pupils = pupils.map(|one| format!("  {}{}", one.pupil.introduced(), span(one)));
        std::iter::once(line).chain(pupils).collect()
    }
}
