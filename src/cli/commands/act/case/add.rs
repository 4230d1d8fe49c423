//! `case add`: something is put into a pupil's case file, one kind each.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use clap::Subcommand;

use super::named::{party, word};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, time};
use crate::domain::act::{Act, LogCaseEvent};
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ContactWay, ImprovementNotice, LeaveRequest, Meeting, MeetingKind, Party,
    PenaltyNotice, Visit, VisitPurpose,
};
use crate::domain::cases::improvement::period;
use crate::domain::counted::counted;
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::pupil::PupilId;

/// What is put down, and about whom.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What is put down. Dates are today, and times now, where they are left out.
#[derive(Subcommand, Debug)]
enum What {
    /// A letter, a call or another contact
    Contact {
        /// Name, name and tutor group, or admission number
        name: String,
        /// letter, hand-delivered, call, text, email or in-person
        #[arg(long, value_parser = word::<ContactWay>)]
        way: ContactWay,
        /// With whom: the place in the calling order, or a name
        #[arg(long)]
        with: String,
        /// What was said or sent
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
        /// At which time
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        at: Option<NaiveTime>,
    },
    /// A meeting, with its minutes and what was agreed
    Meeting {
        /// Name, name and tutor group, or admission number
        name: String,
        /// family, panel, review, contract or targeting
        #[arg(long, default_value = "family", value_parser = word::<MeetingKind>)]
        kind: MeetingKind,
        /// Who was there
        #[arg(long, default_value = "")]
        present: String,
        /// What was said and decided
        #[arg(long)]
        minutes: String,
        /// What was agreed: "see the GP / Mrs Khan / 2026-12-11"; may be given several times
        #[arg(long, value_name = "WHAT / WHO / YYYY-MM-DD", value_parser = agreed)]
        agreed: Vec<AgreedAction>,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
        /// At which time
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        at: Option<NaiveTime>,
    },
    /// A home visit, as the staff leave
    Visit {
        /// Name, name and tutor group, or admission number
        name: String,
        /// safe-and-well, third-day, persistent, missing, letter or other
        #[arg(long, value_parser = word::<VisitPurpose>)]
        purpose: VisitPurpose,
        /// Who goes, if not you
        #[arg(long)]
        staff: Option<String>,
        /// Who goes along
        #[arg(long)]
        second: Option<String>,
        /// When they are due back
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        due_back: NaiveTime,
        /// What is to be known before
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
        /// When they leave, if not now
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        left: Option<NaiveTime>,
    },
    /// A notice to improve; its last day is counted over school weeks
    Improvement {
        /// Name, name and tutor group, or admission number
        name: String,
        /// To whom: the place in the calling order, or a name
        #[arg(long)]
        parent: String,
        /// The first day
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        start: NaiveDate,
        /// School weeks, from 3 to 6
        #[arg(long, default_value_t = 6)]
        weeks: u32,
        /// The most unauthorised sessions with which it is met
        #[arg(long, default_value_t = 0, value_name = "SESSIONS")]
        most: u32,
        /// Percent of the possible sessions to be attended
        #[arg(long, value_name = "PERCENT")]
        least: Option<u32>,
    },
    /// A penalty notice to one parent; the sessions that it rests on are locked
    Penalty {
        /// Name, name and tutor group, or admission number
        name: String,
        /// To whom: the place in the calling order, or a name
        #[arg(long)]
        parent: String,
        /// On which day it was issued
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        issued: Option<NaiveDate>,
        /// The first day of the sessions that it rests on: those of G, O and U that are not locked
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "until")]
        from: Option<NaiveDate>,
        /// The last day of them
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "from")]
        until: Option<NaiveDate>,
    },
    /// A request for leave in term time
    Leave {
        /// Name, name and tutor group, or admission number
        name: String,
        /// The first day
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        from: NaiveDate,
        /// The last day
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        until: NaiveDate,
        /// Who asks: the place in the calling order, or a name
        #[arg(long)]
        by: String,
        /// What for
        #[arg(long)]
        reason: String,
        /// When it was asked for
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        asked: Option<NaiveDate>,
    },
}

fn agreed(text: &str) -> Result<AgreedAction, String> {
    AgreedAction::typed(text)
        .ok_or_else(|| "write what, who and by when as “see the GP / Mrs Khan / 2026-12-11”".to_owned())
}

/// Put it down.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.local().time());
    let (pupil, event) = match &args.what {
        What::Contact { name, way, with, words, on, at } => {
            let pupil = desk.pupil_of_everybody(name)?;
            let with = party(desk, pupil, with)?;
            let words = clean_lines(words);
            let on = on.unwrap_or(today);
            // A letter has no time of day unless one is said.
            let at = at.or_else(|| (on == today && *way == ContactWay::Call).then_some(now));
            (pupil, CaseEvent::Contact(CaseContact { on, time: at, way: *way, with, words }))
        }
        What::Meeting { name, kind, present, minutes, agreed, on, at } => {
            let meeting = Meeting {
                on: on.unwrap_or(today),
                time: *at,
                kind: *kind,
                present: clean(present),
                minutes: clean_lines(minutes),
                actions: agreed.clone(),
            };
            (desk.pupil_of_everybody(name)?, CaseEvent::Meeting(meeting))
        }
        What::Visit { name, purpose, staff, second, due_back, words, on, left } => {
            let visit = Visit {
                on: on.unwrap_or(today),
                left: left.unwrap_or(now),
                due_back: *due_back,
                purpose: *purpose,
                staff: staff.as_deref().map_or_else(|| desk.officer.name.clone(), clean),
                second: second.as_deref().map(clean),
                words: clean_lines(words),
            };
            (desk.pupil_of_everybody(name)?, CaseEvent::Visit(visit))
        }
        What::Improvement { name, parent, start, weeks, most, least } => {
            let pupil = desk.pupil_of_everybody(name)?;
            let parent = party(desk, pupil, parent)?;
            // Whether that can be is for the act to say.
            let counted = period(&desk.store.roll().calendar, *start, *weeks);
            let (start, ends) = counted.map_or((*start, *start), |period| (period.starts, period.ends));
            let (most_unauthorised, least_percent) = (*most, *least);
            let notice = ImprovementNotice { parent, start, weeks: *weeks, ends, most_unauthorised, least_percent };
            (pupil, CaseEvent::Improvement(notice))
        }
        What::Penalty { name, parent, issued, from, until } => {
            let pupil = desk.pupil_of_everybody(name)?;
            let parent = party(desk, pupil, parent)?;
            let sessions = match from.zip(*until) {
                Some(dates) => sessions(desk, pupil, &parent, dates)?,
                None => Vec::new(),
            };
            (pupil, CaseEvent::Penalty(PenaltyNotice { parent, issued: issued.unwrap_or(today), sessions }))
        }
        What::Leave { name, from, until, by, reason, asked } => {
            let pupil = desk.pupil(name, today)?;
            let by = party(desk, pupil, by)?;
            let (asked, first, last) = (asked.unwrap_or(today), *from, *until);
            (pupil, CaseEvent::Leave(LeaveRequest { asked, by, first, last, reason: clean(reason) }))
        }
    };
    desk.perform(&Act::LogCaseEvent(LogCaseEvent { pupil, event }))
}

/// The sessions of these dates that a notice to this parent may rest on; refused where there is none, or an N that has still to be settled.
fn sessions(
    desk: &mut Desk<'_>,
    pupil: PupilId,
    parent: &Party,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<SessionDate>, Failure> {
    let file = desk.store.case_files(Some(pupil))?.remove(&pupil).unwrap_or_default();
    let locked: BTreeSet<SessionDate> = file.locked_for(parent);
    let (mut firm, unresolved) = desk.store.unauthorised(pupil, &(from..=until))?;
    if !unresolved.is_empty() {
        let text = format!("{} at N from {from} to {until}: settle them first", counted(unresolved.len(), "session"));
        return desk.forbid(text);
    }
    firm.retain(|at| !locked.contains(at));
    if firm.is_empty() {
        return desk.forbid(format!("no session of G, O or U from {from} to {until} is free for a notice"));
    }
    Ok(firm)
}
