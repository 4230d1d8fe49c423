//! What a penalty notice would be by the three-year count, and what is missing for it.

use super::fields::Name;
use super::known::threshold;
use super::reading::Read;
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::referral::{ReferralReason, Request, missing};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::school::authority;

/// What the notice would be, and everything that is missing for it, a sentence each: what the threshold lacks, and the authority's own
/// rules.
pub fn standing(read: &Read<'_>) -> Vec<String> {
    let (context, today) = (read.context, read.context.now.date());
    let none = CaseFile::default();
    let file = context.day.case_files.get(&read.pupil).unwrap_or(&none);
    let mut found = Vec::new();
    if let (Ok(parent), Ok(on)) = (read.party(), read.day(Name::On)) {
        let next = file.next_notice(&parent, on.unwrap_or(today));
        found.push(format!("{}: {}.", parent.name, next.describe()));
    }
    let Ok(sessions) = read.sessions() else { return found };
    if sessions.is_empty() {
        found.push("It rests on no session of this record: another authority issued it.".to_owned());
        return found;
    }
    found.push(format!("It rests on {} of G, O or U, and locks them.", counted(sessions.len(), "session")));
    let marks = read.known.map(|known| known.marks.as_slice()).unwrap_or_default();
    let of: Vec<MarkHeld> = marks.iter().copied().filter(|mark| sessions.contains(&mark.at)).collect();
    let authority = authority::on(&context.roll().school.authority, today);
    let own = missing(&Request {
        today,
        reason: reason(&of),
        sessions: &of,
        marks,
        file,
        parents: &[],
        authority: &authority,
        calendar: &context.roll().calendar,
    });
    let lacks: Vec<String> =
        threshold(read.pupil, context).and_then(|one| one.why_not.clone()).into_iter().chain(own).collect();
    if !lacks.is_empty() {
        found.push(format!("Missing for it: {}.", lacks.join("; ")));
    }
    found
}

/// What the absences were, by their codes.
fn reason(sessions: &[MarkHeld]) -> ReferralReason {
    let are_all = |code: Code| sessions.iter().all(|mark| mark.code == code);
    match (are_all(Code::G), are_all(Code::U)) {
        (true, _) => ReferralReason::Holiday,
        (_, true) => ReferralReason::Late,
        (false, false) => ReferralReason::Condoned,
    }
}
