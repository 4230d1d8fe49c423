//! `amendments`: the amendment record of one pupil (reg 6 of SI 2024/208): what was, what is, why, when, and who with their post.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::parse::date;
use crate::cli::text::{by_login, clock, sentence};
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::people::pupil::PupilId;

/// The amendment record of one pupil
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// First date of the sessions; the school year's first if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last date of the sessions; today if left out, or the last day of a pupil who has left
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    until: Option<NaiveDate>,
}

/// One amendment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AmendmentFacts {
    date: NaiveDate,
    session: Session,
    original: Option<Mark>,
    new: Option<Mark>,
    /// What a person said; where nobody said anything, the rule's sentence.
    reason: String,
    /// Who said it, where that is not who did the act.
    said_by: Option<String>,
    /// The rule's sentence; null from before it was kept.
    rule: Option<String>,
    /// Whether the office decided this mark; null from before it was kept.
    decided: Option<bool>,
    /// It came in with a file.
    imported: bool,
    on: NaiveDate,
    at: String,
    by: String,
    /// Their login; null where nobody can say.
    login: Option<String>,
    post: String,
    desk: String,
}

/// List them, oldest first.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let pupil = desk.pupil_of_everybody(&args.name.join(" "))?;
    let today = desk.today();
    let left = desk.store.roll().pupil(pupil).and_then(|pupil| pupil.until).filter(|until| *until < today);
    let until = args.until.or(left).unwrap_or(today);
    let from = args.from.unwrap_or(Calendar::year_start(until));
    if until < from {
        return desk.refuse(&Refusal::Dates(format!("{until} is before {from}: give the first day first")));
    }
    let rows = facts(desk, pupil, from, until)?;
    desk.exports("amendment record", Some(pupil))?;
    let roll = desk.store.roll();
    let why = roll.pupil(pupil).and_then(|pupil| pupil.why_not_on_roll(today));
    let name = format!("{}{}", roll.name_and_group(pupil), why.map(|why| format!(", {why}")).unwrap_or_default());
    let heading = format!("{name}, {from} to {until}: {}.", counted(rows.len(), "amendment"));
    desk.answer(&heading, "No mark was amended.", rows)
}

/// The amendments of a pupil's marks on the dates `from` to `until`.
pub fn facts(
    desk: &Desk<'_>,
    pupil: PupilId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<AmendmentFacts>, Failure> {
    let school = &desk.store.roll().school;
    let found = desk.store.amendments(pupil, from, until)?;
    let facts = found.into_iter().map(|one| {
        let when = school.local(one.instant);
        AmendmentFacts {
            date: one.at.date,
            session: one.at.session,
            original: one.original,
            new: one.new,
            reason: one.reason,
            said_by: one.said_by,
            rule: one.rule,
            decided: one.is_decided,
            imported: one.is_import,
            on: when.date(),
            at: clock(when.time()),
            by: one.who,
            login: one.login,
            post: one.post,
            desk: one.desk,
        }
    });
    Ok(facts.collect())
}

impl Row for AmendmentFacts {
    /// "2026-11-24 AM: N amended to I, reason: mother rang, by S Marsh, office, on 2026-11-24 at 08:58." What nobody decided is not
    /// signed as if somebody had: "reason: bus, rule: L 17 min: gate 08:57 beats tutor N 08:50, settled by the rule, recorded by ...".
    fn lines(&self) -> Vec<String> {
        let (date, session) = (self.date, self.session);
        let said_by = self.said_by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let by = by_login(&self.by, self.login.as_deref());
        let rule = self.rule.as_ref().filter(|rule| **rule != self.reason);
        vec![sentence([
            format!("{date} {session}: {} amended to {}", or_blank(self.original), or_blank(self.new)),
            format!("reason: {}{said_by}", self.reason),
            rule.map_or_else(String::new, |rule| format!("rule: {rule}")),
            match (self.decided, self.imported) {
                (Some(false), false) => format!("settled by the rule, recorded by {by}"),
                (Some(false), true) => format!("settled by the rule, imported by {by}"),
                (Some(true) | None, _) => format!("by {by}"),
            },
            self.post.clone(),
            format!("on {} at {}", self.on, self.at),
        ])]
    }
}
