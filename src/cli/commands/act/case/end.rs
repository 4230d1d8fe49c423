//! `case end`: what became of something in a pupil's case file: of the one that is open, or of the act that is named.

use chrono::{NaiveDate, NaiveTime};
use clap::Subcommand;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, time, word};
use crate::domain::act::{Act, EndCaseEvent};
use crate::domain::act_id::ActId;
use crate::domain::cases::ending::{
    ActionDone, Ending, ImprovementEnd, ImprovementOutcome, LeaveDecision, LeaveOutcome, PenaltyEnd, PenaltyOutcome,
    VisitOutcome, VisitReturn,
};
use crate::domain::cases::event::CaseEvent;
use crate::domain::name::{clean, clean_lines};

/// What became of something.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The act that put it there, if several are open: “case show” has it
    #[arg(long, global = true, value_name = "ACT")]
    act: Option<i64>,
    #[command(subcommand)]
    what: What,
}

/// What became of it. Dates are today, and times now, where they are left out.
#[derive(Subcommand, Debug)]
enum What {
    /// The staff are back from a home visit
    Visit {
        /// Name, name and tutor group, or admission number
        name: String,
        /// seen-well, brought-to-school, no-answer, moved, refused or concern
        #[arg(value_parser = word::<VisitOutcome>)]
        outcome: VisitOutcome,
        /// The child was seen
        #[arg(long)]
        seen: bool,
        /// The child was spoken to
        #[arg(long)]
        spoken_to: bool,
        /// Who else was met
        #[arg(long, default_value = "")]
        met: String,
        /// What they saw and heard
        #[arg(long, default_value = "")]
        words: String,
        /// What is to follow
        #[arg(long, default_value = "")]
        follow_up: String,
        /// It is in CPOMS
        #[arg(long)]
        in_cpoms: bool,
        /// When they were back, if not now
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        back: Option<NaiveTime>,
    },
    /// A notice to improve is over
    Improvement {
        /// Name, name and tutor group, or admission number
        name: String,
        /// met, not-met, ended-early or withdrawn
        #[arg(value_parser = word::<ImprovementOutcome>)]
        outcome: ImprovementOutcome,
        /// Whatever is to be said of it
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
    /// What became of a penalty notice; said again, what became of it then
    Penalty {
        /// Name, name and tutor group, or admission number
        name: String,
        /// paid-21, paid-28, unpaid, prosecuted or withdrawn
        #[arg(value_parser = word::<PenaltyOutcome>)]
        outcome: PenaltyOutcome,
        /// Whatever is to be said of it
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
    /// Leave is decided
    Leave {
        /// Name, name and tutor group, or admission number
        name: String,
        /// granted or refused
        #[arg(value_parser = word::<LeaveOutcome>)]
        outcome: LeaveOutcome,
        /// Why
        #[arg(long)]
        reason: String,
        /// School days that are granted, if not all: the first so many
        #[arg(long)]
        days: Option<u32>,
        /// A day that is granted, where not the first are; may be given several times
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, conflicts_with = "days")]
        day: Vec<NaiveDate>,
        /// Who decided, if not you
        #[arg(long)]
        by: Option<String>,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
    /// Something that a meeting agreed is done
    Action {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Which of its actions, from 1
        place: u32,
        /// Whatever is to be said of it
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
}

/// Put it down.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.local().time());
    let (name, ending) = match &args.what {
        What::Visit { name, outcome, seen, spoken_to, met, words, follow_up, in_cpoms, back } => {
            let ending = VisitReturn {
                back: back.unwrap_or(now),
                child_seen: *seen,
                spoken_to: *spoken_to,
                met: clean(met),
                outcome: *outcome,
                words: clean_lines(words),
                follow_up: clean(follow_up),
                in_cpoms: *in_cpoms,
            };
            (name, Ending::Visit(ending))
        }
        What::Improvement { name, outcome, words, on } => {
            let (on, words) = (on.unwrap_or(today), clean_lines(words));
            (name, Ending::Improvement(ImprovementEnd { on, outcome: *outcome, words }))
        }
        What::Penalty { name, outcome, words, on } => {
            let (on, words) = (on.unwrap_or(today), clean_lines(words));
            (name, Ending::Penalty(PenaltyEnd { on, outcome: *outcome, words }))
        }
        What::Leave { name, outcome, reason, days, day, by, on } => {
            let mut granted = day.clone();
            granted.sort_unstable();
            granted.dedup();
            let named = u32::try_from(granted.len()).unwrap_or(u32::MAX);
            let days = days.unwrap_or(named);
            let by = by.as_deref().map_or_else(|| desk.officer.name.clone(), clean);
            let (on, reason) = (on.unwrap_or(today), clean(reason));
            (name, Ending::Leave(LeaveDecision { on, outcome: *outcome, days, by, reason, granted }))
        }
        What::Action { name, place, words, on } => {
            let (on, words) = (on.unwrap_or(today), clean_lines(words));
            (name, Ending::Action(ActionDone { place: *place, on, words }))
        }
    };
    let pupil = desk.pupil_of_everybody(name)?;
    let file = desk.store.case_files(Some(pupil))?.remove(&pupil).unwrap_or_default();
    let found = file.to_end(ending.ends(), ending.place(), args.act.map(ActId));
    let [one] = found.as_slice() else {
        let (name, kind) = (desk.store.roll().name_and_group(pupil), ending.ends().describe());
        let acts: Vec<String> = found.iter().map(|one| format!("act {} of {}", one.by.act.0, one.what.on())).collect();
        return desk.forbid(match acts.as_slice() {
            [] => format!("{name} has no {kind} that this could be about"),
            several => format!("{name} has more than one {kind}: say which by --act: {}", several.join(", ")),
        });
    };
    let ending = match (ending, &one.what) {
        (Ending::Leave(decision), CaseEvent::Leave(leave)) => {
            Ending::Leave(decision.of_all_days(leave, &desk.store.roll().calendar))
        }
        (ending, _) => ending,
    };
    let event = one.by.act;
    desk.perform(&Act::EndCaseEvent(EndCaseEvent { pupil, event, ending }))
}
