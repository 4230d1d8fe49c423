//! `watch`: the watch list, who is put on it and taken off, and the lists that rules make beside it.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::date;
use crate::cli::text::sentence;
use crate::domain::act::{Act, Refusal, Unwatch, Watch};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::facts::watched::Watched;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::watch::rule_lists;

/// The watch list: list it, put a pupil on it, take one off; and the lists that the school's rules make
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done with it.
#[derive(Subcommand, Debug)]
enum What {
    /// List who is watched (the same as without a word)
    List,
    /// Put a pupil on it
    Add {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Who sees to it, if not you
        #[arg(long)]
        owner: Option<String>,
        /// When it is to be looked at again
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        review: Option<NaiveDate>,
        /// Last day of it
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        until: Option<NaiveDate>,
    },
    /// Change what stands there about a pupil; what is not named stays
    Change {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
        /// Who sees to it
        #[arg(long)]
        owner: Option<String>,
        /// When it is to be looked at again
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        review: Option<NaiveDate>,
        /// Last day of it
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        until: Option<NaiveDate>,
    },
    /// List who is on the lists that the school's rules make, and why
    Rules,
    /// Take a pupil off it
    Drop {
        /// Name, name and tutor group, or admission number
        name: String,
    },
}

impl Args {
    /// Whether the list is changed by it.
    pub fn records(&self) -> bool {
        !matches!(self.what, None | Some(What::List | What::Rules))
    }
}

/// Why a pupil is watched.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WatchFacts {
    pub reason: String,
    pub until: Option<NaiveDate>,
    pub by: String,
    pub since: NaiveDate,
    pub owner: String,
    pub review: Option<NaiveDate>,
    pub review_due: bool,
}

/// One watched pupil.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WatchedFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    #[serde(flatten)]
    watch: WatchFacts,
    am: Option<Mark>,
    pm: Option<Mark>,
}

/// One pupil on the list of a rule.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuledFacts {
    rule: String,
    #[serde(flatten)]
    pupil: PupilFacts,
    why: String,
    am: Option<Mark>,
    pm: Option<Mark>,
}

/// List, add, change or drop.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None | Some(What::List) => list(desk),
        Some(What::Rules) => rules(desk),
        Some(What::Add { name, reason, owner, review, until }) => {
            let pupil = desk.pupil(name, desk.today())?;
            let owner = owner.as_deref().map(clean);
            let (reason, until, review) = (clean(reason), *until, *review);
            desk.perform(&Act::Watch(Watch { pupil, reason, until, owner, review, instead: None }))
        }
        Some(What::Change { name, reason, owner, review, until }) => {
            let pupil = desk.pupil(name, desk.today())?;
            let act = change(desk, pupil, |stands| {
                Act::Watch(Watch {
                    pupil,
                    reason: reason.as_deref().map_or(stands.reason, clean),
                    until: until.or(stands.until),
                    owner: Some(owner.as_deref().map_or(stands.owner, clean)),
                    review: review.or(stands.review),
                    instead: Some(stands.act),
                })
            })?;
            desk.perform(&act)
        }
        Some(What::Drop { name }) => {
            let pupil = desk.pupil(name, desk.today())?;
            desk.perform(&Act::Unwatch(Unwatch { pupil }))
        }
    }
}

/// The act that puts something in place of what stands about a pupil; refused when nothing does.
fn change(desk: &mut Desk<'_>, pupil: PupilId, to: impl FnOnce(Watched) -> Act) -> Result<Act, Failure> {
    let day = desk.day()?;
    match day.watched.iter().find(|watched| watched.pupil == pupil) {
        Some(stands) => Ok(to(stands.clone())),
        None => {
            let name = day.roll.pupil(pupil).map_or_else(String::new, |pupil| day.roll.telling_name(pupil).to_string());
            desk.refuse(&Refusal::NotWatched { name })
        }
    }
}

/// The lists of the rules, one after another, in the order of the settings.
fn rules(desk: &mut Desk<'_>) -> Result<(), Failure> {
    if desk.session_or_closed()?.is_none() {
        return Ok(());
    }
    let (day, now) = (desk.day()?, desk.local().time());
    let standing = desk.store.standing(day.date)?;
    let lists = rule_lists(&day, Some(&standing), now);
    let mark = |pupil, session| day.mark(pupil, session).settled;
    let rows: Vec<RuledFacts> = lists
        .iter()
        .flat_map(|list| list.rows.iter().flatten().map(move |row| (list, row)))
        .filter_map(|(list, row)| {
            Some(RuledFacts {
                rule: list.name.clone(),
                pupil: PupilFacts::of(&day.roll, day.roll.pupil(row.pupil)?),
                why: row.why.clone(),
                am: mark(row.pupil, Session::Am),
                pm: mark(row.pupil, Session::Pm),
            })
        })
        .collect();
    let counts: Vec<String> =
        lists.iter().map(|list| format!("{}: {}", list.name, list.rows.as_ref().map_or(0, Vec::len))).collect();
    let heading = if counts.is_empty() { "No rules.".to_owned() } else { format!("{}.", counts.join("; ")) };
    desk.answer(&heading, "Nobody is on a list that a rule makes.", rows)
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    if desk.session_or_closed()?.is_none() {
        return Ok(());
    }
    let day = desk.day()?;
    let rows: Vec<WatchedFacts> = day.watched.iter().filter_map(|watched| facts(&day, watched)).collect();
    let heading = format!("Watched: {}.", rows.len());
    desk.answer(&heading, "Nobody is watched.", rows)
}

fn facts(day: &Day, watched: &Watched) -> Option<WatchedFacts> {
    let mark = |session| day.mark(watched.pupil, session).settled;
    Some(WatchedFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(watched.pupil)?),
        watch: why(watched, day.date),
        am: mark(Session::Am),
        pm: mark(Session::Pm),
    })
}

/// Why a pupil is watched, as it is `today`.
pub fn why(watched: &Watched, today: NaiveDate) -> WatchFacts {
    WatchFacts {
        reason: watched.reason.clone(),
        until: watched.until,
        by: watched.who.clone(),
        since: watched.at.date(),
        owner: watched.owner.clone(),
        review: watched.review,
        review_due: watched.is_review_due(today),
    }
}

impl WatchFacts {
    /// "watched for truancy, until 2026-12-18, asked for by S Marsh, owner Mr Webb, review due 2026-11-24". Whoever asked for it sees
    /// to it unless somebody else is named.
    pub fn describe(&self) -> String {
        let until = self.until.map(|until| format!(", until {until}")).unwrap_or_default();
        let owner = if self.owner == self.by { String::new() } else { format!(", owner {}", self.owner) };
        let due = if self.review_due { "review due" } else { "review" };
        let review = self.review.map(|review| format!(", {due} {review}")).unwrap_or_default();
        format!("watched for {}{until}, asked for by {}{owner}{review}", self.reason, self.by)
    }
}

impl Row for WatchedFacts {
    /// "Ash, Ned, 7CK: AM /, PM blank, watched for truancy, asked for by S Marsh."
    fn lines(&self) -> Vec<String> {
        vec![sentence([
            format!("{}: AM {}", self.pupil.introduced(), or_blank(self.am)),
            format!("PM {}", or_blank(self.pm)),
            self.watch.describe(),
        ])]
    }
}

impl Row for RuledFacts {
    /// "Below 90 %: Ash, Ned, 7CK: 87.5 % (140/160), AM /, PM blank."
    fn lines(&self) -> Vec<String> {
        vec![sentence([
            format!("{}: {}: {}", self.rule, self.pupil.introduced(), self.why),
            format!("AM {}", or_blank(self.am)),
            format!("PM {}", or_blank(self.pm)),
        ])]
    }
}
