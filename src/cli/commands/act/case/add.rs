//! `case add`: something is put into a pupil's case file, one kind each.

use chrono::{NaiveDate, NaiveTime};
use clap::Subcommand;

use super::named::party;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, time, word};
use crate::domain::act::{Act, LogCaseEvent};
use crate::domain::calendar::dates::parse_iso;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ContactWay, ImprovementNotice, LeaveRequest, Meeting, MeetingKind, Party,
    PenaltyNotice, Visit, VisitPurpose,
};
use crate::domain::cases::support::{Support, SupportKind};
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::authority;

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
        /// School weeks, from 3 to 6; if left out, as many as the authority's rules say
        #[arg(long)]
        weeks: Option<u32>,
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
        /// A sibling it is asked for too: each has a request and a decision of their own; may be given several times
        #[arg(long, value_name = "SIBLING")]
        sibling: Vec<String>,
    },
    /// Addresses, numbers and who has parental responsibility were gone through with the family
    Details {
        /// Name, name and tutor group, or admission number
        name: String,
        /// With whom: the place in the calling order, or a name
        #[arg(long)]
        with: String,
        /// What was changed
        #[arg(long, default_value = "")]
        words: String,
        /// When
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
    /// A contract, early help, a part-time timetable, a step of reintegration, a visit to a provider, papers for a court
    Support {
        /// contract, early-help, part-time, reintegration, provider or court
        #[arg(value_parser = word::<SupportKind>)]
        kind: SupportKind,
        /// Name, name and tutor group, or admission number
        name: String,
        /// With whom: the parent, by the place in the calling order or a name; the agency; the provider
        #[arg(long)]
        with: String,
        /// When, or its first day
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        from: Option<NaiveDate>,
        /// Its last day
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        until: Option<NaiveDate>,
        /// When it is looked at again
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        review: Option<NaiveDate>,
        /// When the parent agreed to it
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        agreed: Option<NaiveDate>,
        /// The times and days on which the pupil attends
        #[arg(long, default_value = "")]
        sessions: String,
        /// What it is about
        #[arg(long, default_value = "")]
        words: String,
    },
}

fn agreed(text: &str) -> Result<AgreedAction, String> {
    AgreedAction::typed(text, parse_iso)
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
            let at = at.or_else(|| way.usual_time(on, today.and_time(now)));
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
            let roll = desk.store.roll();
            let weeks = weeks.unwrap_or(authority::on(&roll.school.authority, *start).improvement_weeks);
            let (start, most_unauthorised, least_percent) = (*start, *most, *least);
            let notice = ImprovementNotice { parent, start, weeks, ends: start, most_unauthorised, least_percent };
            (pupil, CaseEvent::Improvement(notice.counted(&roll.calendar)))
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
        What::Leave { name, from, until, by, reason, asked, sibling } => {
            let pupils = std::iter::once(name).chain(sibling).map(|name| desk.pupil(name, today));
            let mut pupils: Vec<PupilId> = pupils.collect::<Result<_, _>>()?;
            let Some(own) = pupils.first().copied() else { return Ok(()) };
            let (asked, first, last) = (asked.unwrap_or(today), *from, *until);
            let by = party(desk, own, by)?;
            let request = |by: Party| CaseEvent::Leave(LeaveRequest { asked, by, first, last, reason: clean(reason) });
            pupils.dedup();
            for pupil in pupils {
                // The same person is another contact of a sibling's.
                let by = if pupil == own { by.clone() } else { party(desk, pupil, &by.name)? };
                desk.perform(&Act::LogCaseEvent(LogCaseEvent { pupil, event: request(by) }))?;
            }
            return Ok(());
        }
        What::Details { name, with, words, on } => {
            let pupil = desk.pupil_of_everybody(name)?;
            let with = party(desk, pupil, with)?;
            let (kind, on, words) = (SupportKind::Details, on.unwrap_or(today), clean_lines(words));
            let (until, review, agreed) = (None, None, None);
            (
                pupil,
                CaseEvent::Support(Support { kind, on, until, review, with, agreed, sessions: String::new(), words }),
            )
        }
        What::Support { kind, name, with, from, until, review, agreed, sessions, words } => {
            let pupil = desk.pupil_of_everybody(name)?;
            let with = party(desk, pupil, with)?;
            let support = Support {
                kind: *kind,
                on: from.unwrap_or(today),
                until: *until,
                review: *review,
                with,
                agreed: *agreed,
                sessions: clean(sessions),
                words: clean_lines(words),
            };
            (pupil, CaseEvent::Support(support))
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
    let (dates, now) = (from..=until, desk.local());
    let (firm, unresolved) = desk.store.unauthorised(pupil, &dates, now)?;
    file.free_for_notice(parent, firm, &unresolved, &dates).or_else(|text| desk.forbid(text))
}
