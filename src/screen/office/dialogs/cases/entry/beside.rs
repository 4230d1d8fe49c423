//! What is said beside a field and below the form: what is meant by what is typed, and how it is written.

use chrono::NaiveDate;

use super::fields::Name;
use super::reading::{Fault, Read};
use crate::domain::cases::change::{CaseSource, CloseReason};
use crate::domain::cases::ending::{ImprovementOutcome, LeaveOutcome, PenaltyOutcome, VisitOutcome};
use crate::domain::cases::event::{ContactWay, LeaveRequest, MeetingKind, Party, VisitPurpose};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::improvement::period;
use crate::domain::cases::letters::LetterOutcome;
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::school::authority::{self, FEWEST_WEEKS, MOST_WEEKS};
use crate::screen::casework::CaseEntry;

/// What is meant by a field, or what is wrong with it; the words of a list where nothing is typed.
pub fn beside(name: Name, read: &Read<'_>) -> Result<String, String> {
    let wrong = |(_, text): Fault| text;
    let is_empty = read.form.text(name).is_empty();
    match name {
        Name::Kind => kind(read),
        Name::Source => word(read, name, CaseSource::ALL, CaseSource::describe),
        Name::Stage => stage(read),
        Name::With if is_empty => Ok("the place in the calling order, or a name".to_owned()),
        Name::With => {
            let party = read.party().map_err(wrong)?;
            let contact = party.contact.and_then(|id| read.context.roll().contact(read.pupil, id));
            match contact {
                Some(one) if one.is_barred() => Err(format!("{}: must not be contacted", one.introduced())),
                Some(one) => Ok(one.introduced()),
                None => Ok("not among the contacts held".to_owned()),
            }
        }
        Name::On | Name::Until if read.entry == CaseEntry::Leave => leave(name, read).map_err(wrong),
        Name::On if read.entry == CaseEntry::Improvement => improvement(read).map_err(wrong),
        Name::First if is_empty => Ok("empty: another authority issued it".to_owned()),
        Name::First => {
            let sessions = read.sessions().map_err(wrong)?;
            Ok(format!("{} free for it", counted(sessions.len(), "session")))
        }
        Name::Until if read.entry == CaseEntry::Penalty => day(read, name),
        Name::Until => read.time(name).map(|_| "when they are due back: 10:15".to_owned()).map_err(wrong),
        Name::On | Name::By => day(read, name),
        Name::At => {
            let time = read.time(name).map_err(wrong)?;
            let none = match read.entry {
                CaseEntry::Contact => "a call's is now",
                CaseEntry::LetterGone => "empty: now, if that is today",
                _ => "",
            };
            Ok(if time.is_none() { none.to_owned() } else { String::new() })
        }
        Name::Which => {
            let all = (1..).zip(read.candidates).map(|(place, (.., text))| format!("{place} {text}"));
            read.about().map(|(.., text)| text.clone()).or_else(|_| Ok(all.collect::<Vec<_>>().join("; ")))
        }
        Name::Second if read.entry == CaseEntry::Visit => Ok(first_visit(read)),
        Name::Seen | Name::Spoken => Ok("y or n".to_owned()),
        Name::Done if read.entry == CaseEntry::VisitReturn => Ok("y or n; empty: no".to_owned()),
        Name::Done if read.entry == CaseEntry::Penalty => Ok("y: it is issued, and this stands in the file".to_owned()),
        Name::Done => Ok(read.about().map_or_else(|(_, text)| text, |(.., text)| format!("y: {text}"))),
        Name::Count if read.entry == CaseEntry::Decision => Ok("school days granted; empty: all of them".to_owned()),
        Name::Count => {
            let usual = authority::on(&read.context.roll().school.authority, read.context.now.date()).improvement_weeks;
            Ok(format!("school weeks, from {FEWEST_WEEKS} to {MOST_WEEKS}; the authority's are {usual}"))
        }
        Name::Most => Ok("unauthorised sessions with which it is still met".to_owned()),
        Name::Least => Ok("to be attended, if the notice says so".to_owned()),
        Name::Of => Ok("which trigger, or who referred it".to_owned()),
        Name::Who if read.entry == CaseEntry::Owner => {
            let case = read.context.day.case_files.get(&read.pupil).and_then(CaseFile::open_case);
            Ok(case.map(|case| format!("now {}", case.owner)).unwrap_or_default())
        }
        Name::Who if read.entry == CaseEntry::Meeting => Ok("who was there".to_owned()),
        Name::Words | Name::What | Name::Who | Name::Second => Ok(String::new()),
    }
}

/// How the field that takes letters is written, where that is not plain.
pub fn below(name: Option<Name>, entry: CaseEntry) -> &'static str {
    match (name, entry) {
        (Some(Name::What), CaseEntry::Meeting) => {
            "What was agreed, who does it and by when: see the GP / Mrs Khan / fri. Several are parted by a semicolon."
        }
        (Some(Name::What), CaseEntry::Open(_)) => "What is to be done first, and when; both may be left empty.",
        (Some(Name::What), CaseEntry::VisitReturn) => "What is to follow; it may be left empty.",
        (Some(Name::Words), CaseEntry::Open(_)) => "Why: in your own words, as it stands in the chronology.",
        (Some(Name::Words), CaseEntry::VisitReturn) => "What they saw and heard: facts, apart from opinions.",
        (Some(Name::Words), CaseEntry::Visit) => "What is to be known before: risks, access, a dog.",
        (Some(Name::Words), CaseEntry::Meeting) => "What was said and decided.",
        (Some(Name::Until), CaseEntry::Leave) => "The last day; left empty it is the first.",
        _ => "",
    }
}

/// The day in full.
fn day(read: &Read<'_>, name: Name) -> Result<String, String> {
    Ok(read.day(name).map_err(|(_, text)| text)?.map(in_full).unwrap_or_default())
}

fn in_full(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

fn kind(read: &Read<'_>) -> Result<String, String> {
    let name = Name::Kind;
    match read.entry {
        CaseEntry::Contact => word(read, name, ContactWay::ALL, ContactWay::describe),
        CaseEntry::Meeting => word(read, name, MeetingKind::ALL, MeetingKind::describe),
        CaseEntry::Visit => word(read, name, VisitPurpose::ALL, VisitPurpose::describe),
        CaseEntry::VisitReturn => word(read, name, VisitOutcome::ALL, VisitOutcome::describe),
        CaseEntry::Decision => word(read, name, LeaveOutcome::ALL, LeaveOutcome::describe),
        CaseEntry::ImprovementEnd => word(read, name, ImprovementOutcome::ALL, ImprovementOutcome::describe),
        CaseEntry::PenaltyEnd => word(read, name, PenaltyOutcome::ALL, PenaltyOutcome::describe),
        CaseEntry::Close => word(read, name, CloseReason::ALL, CloseReason::describe),
        CaseEntry::LetterGone => word(read, name, LetterOutcome::ALL, LetterOutcome::describe),
        CaseEntry::Open(_)
        | CaseEntry::Leave
        | CaseEntry::ActionDone
        | CaseEntry::Improvement
        | CaseEntry::Penalty
        | CaseEntry::Stage
        | CaseEntry::Owner
        | CaseEntry::Next
        | CaseEntry::Target => Ok(String::new()),
    }
}

/// What the word means; all of them where none is typed.
fn word<T: Copy + Into<&'static str>>(
    read: &Read<'_>,
    name: Name,
    all: &[T],
    describe: fn(T) -> &'static str,
) -> Result<String, String> {
    if read.form.text(name).is_empty() {
        return Ok(all.iter().map(|one| (*one).into()).collect::<Vec<&str>>().join(", "));
    }
    read.word(name, all).map(|one| describe(one).to_owned()).map_err(|(_, text)| text)
}

/// The stage that is meant, and what should have been done before it and was not.
fn stage(read: &Read<'_>) -> Result<String, String> {
    let stages = &read.context.roll().school.case_stages;
    if read.form.text(Name::Stage).is_empty() {
        let all = (1..).zip(stages).map(|(place, stage)| format!("{place} {}", stage.name));
        return Ok(all.collect::<Vec<_>>().join(", "));
    }
    let name = read.stage().map_err(|(_, text)| text)?;
    let file = read.context.day.case_files.get(&read.pupil);
    let done: Vec<EventKind> = file.iter().flat_map(|file| file.standing()).map(|one| one.what.kind()).collect();
    let missing = stages.iter().find(|stage| stage.name == name).map(|stage| stage.missing(&done)).unwrap_or_default();
    let missing: Vec<&str> = missing.into_iter().map(EventKind::describe).collect();
    let is_whole = read.form.text(Name::Stage) == name;
    Ok(match (missing.as_slice(), is_whole) {
        ([], true) => String::new(),
        ([], false) => name,
        (missing, _) => format!("{name}; not done before: {}", missing.join(", ")),
    })
}

/// The day, and behind the last how many school days are asked for.
fn leave(name: Name, read: &Read<'_>) -> Result<String, Fault> {
    let Some(day) = read.day(name)? else { return Ok(String::new()) };
    let calendar = &read.context.roll().calendar;
    let (first, last) = (read.day(Name::On)?.unwrap_or(day), read.day(Name::Until)?);
    let days = last.filter(|last| name == Name::Until && *last >= first).map(|last| {
        let (by, reason) = (Party { contact: None, name: String::new() }, String::new());
        LeaveRequest { asked: first, by, first, last, reason }.school_days(calendar)
    });
    let days = days.map(|days| format!(": {}", counted(days, "school day"))).unwrap_or_default();
    Ok(format!("{}{days}", in_full(day)))
}

/// From when to when the notice would be, counted over school weeks.
fn improvement(read: &Read<'_>) -> Result<String, Fault> {
    let Some(start) = read.day(Name::On)? else { return Ok(String::new()) };
    let weeks = read.number(Name::Count, 0)?;
    Ok(match period(&read.context.roll().calendar, start, weeks) {
        Some(found) => format!("{} to {}", in_full(found.starts), in_full(found.ends)),
        None => "the calendar ends before the notice does".to_owned(),
    })
}

/// That the first visit to a family is made by two, where this is the first.
fn first_visit(read: &Read<'_>) -> String {
    let file = read.context.day.case_files.get(&read.pupil);
    let was_visited = file.is_some_and(|file| file.standing().any(|one| one.what.kind() == EventKind::Visit));
    if was_visited { String::new() } else { "the first visit to a family is made by two".to_owned() }
}
