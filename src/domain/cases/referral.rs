//! What is missing before a penalty notice is asked for, beside what the [threshold](crate::domain::triggers) lacks: the authority's own
//! rules, and what its form asks for.

use chrono::NaiveDate;

use super::event::{CaseEvent, Party};
use super::file::CaseFile;
use super::penalty::NextNotice;
use super::words::words;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::school::authority::Authority;

words! {
    /// What the absences were.
    ReferralReason {
        /// Leave in term time that was not granted.
        Holiday "leave in term time that was not granted"
        /// The parents let it be.
        Condoned "absence that the parents condone"
        /// Back late from leave that was granted.
        DelayedReturn "late return from leave"
        /// Late after the register had closed.
        Late "late after the register has closed"
    }
}

/// What a request rests on.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Today.
    pub today: NaiveDate,
    /// What the absences were.
    pub reason: ReferralReason,
    /// The sessions it rests on, in order.
    pub sessions: &'a [MarkHeld],
    /// Every marked session of the pupil from the first of these on, in order.
    pub marks: &'a [MarkHeld],
    /// The case file.
    pub file: &'a CaseFile,
    /// To whom notices would go.
    pub parents: &'a [Party],
    /// The authority's rules.
    pub authority: &'a Authority,
    /// The calendar.
    pub calendar: &'a Calendar,
}

/// Everything that is missing, each in a sentence.
pub fn missing(request: &Request<'_>) -> Vec<String> {
    let Request { today, reason, sessions, file, authority, .. } = request;
    let mut found = Vec::new();
    let Some(last) = sessions.last() else {
        return vec!["no session is unauthorised and free for a notice".to_owned()];
    };
    let is_leave = matches!(reason, ReferralReason::Holiday);
    let days = usize::try_from(authority.request_within).unwrap_or(usize::MAX);
    if days > 0 {
        let until = request.calendar.school_days_after(last.at.date).take(days).last();
        if let Some(until) = until.filter(|until| until < today) {
            let until = until.format("%a %-d %b %Y");
            found
                .push(format!("the authority is asked within {}: that was until {until}", counted(days, "school day")));
        }
    }
    let block = usize::try_from(authority.leave_block).unwrap_or(usize::MAX);
    if is_leave && block > 0 && longest_leave(request.marks) < block {
        found.push(format!(
            "leave counts in blocks of {} on end: the longest is {}",
            counted(block, "session"),
            longest_leave(request.marks)
        ));
    }
    let has = |kind: EventKind| file.standing().any(|one| one.what.kind() == kind);
    if is_leave {
        if sessions.iter().any(|mark| mark.code != Code::G) {
            found.push("leave that was not granted is coded G: not every session is".to_owned());
        }
        if !has(EventKind::Leave) {
            found.push(
                "no request for leave is in the file: put down what was asked, or write to each parent".to_owned(),
            );
        }
    } else if !has(EventKind::Improvement) {
        found.push("there was no notice to improve".to_owned());
    }
    for parent in request.parents {
        if let blocked @ NextNotice::Blocked { .. } = file.next_notice(parent, *today) {
            found.push(format!("{}: {}", parent.name, blocked.describe()));
        }
    }
    found
}

/// The most sessions of G on end; one that is not possible (#, Y, X, Q) is not asked here, for it has no absence in it.
fn longest_leave(marks: &[MarkHeld]) -> usize {
    let runs = marks.chunk_by(|one, next| (one.code == Code::G) == (next.code == Code::G));
    runs.filter(|run| run.first().is_some_and(|mark| mark.code == Code::G)).map(<[MarkHeld]>::len).max().unwrap_or(0)
}

/// What of the papers that go with a request is in the record.
pub fn papers(file: &CaseFile, sessions: &[MarkHeld]) -> Vec<(&'static str, bool)> {
    let is_held = |kinds: &[EventKind]| file.standing().any(|one| kinds.contains(&one.what.kind()));
    let first = sessions.first().map(|mark| mark.at);
    let before = |event: &CaseEvent| first.is_none_or(|first: SessionDate| event.on() <= first.date);
    let is_refused = file.standing().any(|one| {
        let decided = file.leave_decision(one.by.act);
        decided.is_some_and(|decision| decision.outcome == super::ending::LeaveOutcome::Refused) && before(&one.what)
    });
    vec![
        ("request for leave", is_held(&[EventKind::Leave])),
        ("refusal of leave, before it began", is_refused),
        ("notice to improve", is_held(&[EventKind::Improvement])),
        ("log of contacts, meetings and visits", is_held(&[EventKind::Contact, EventKind::Meeting, EventKind::Visit])),
        (
            "early help or another offer of support",
            is_held(&[EventKind::EarlyHelp, EventKind::Contract, EventKind::PartTime]),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::calendar::session::Session;
    use crate::domain::cases::testing::autumn_2025;
    use crate::domain::testing::{code, date};

    fn marks(text: &[(u32, &str)]) -> Vec<MarkHeld> {
        let of = |(day, written): &(u32, &str)| {
            Session::BOTH.map(|session| MarkHeld {
                at: SessionDate::new(date(2025, 11, *day), session),
                code: code(written),
                act: ActId(1),
            })
        };
        text.iter().flat_map(of).collect()
    }

    #[test]
    fn the_authority_s_rules_are_told_with_what_they_ask() {
        let (file, calendar) = (CaseFile::default(), autumn_2025());
        let authority = Authority { request_within: 10, leave_block: 10, ..Authority::national() };
        let all = marks(&[(3, "G"), (4, "G"), (5, "/"), (6, "G"), (7, "G"), (10, "G")]);
        let sessions: Vec<MarkHeld> = all.iter().copied().filter(|mark| mark.code == Code::G).collect();
        let request = Request {
            today: date(2025, 11, 24),
            reason: ReferralReason::Holiday,
            sessions: &sessions,
            marks: &all,
            file: &file,
            parents: &[],
            authority: &authority,
            calendar: &calendar,
        };
        let block = "leave counts in blocks of 10 sessions on end: the longest is 6";
        let none = "no request for leave is in the file: put down what was asked, or write to each parent";
        assert_eq!(missing(&request), [block, none]);
        let late = "the authority is asked within 10 school days: that was until Mon 24 Nov 2025";
        assert_eq!(missing(&Request { today: date(2025, 11, 25), ..request.clone() }), [late, block, none]);
        let condoned = Request { reason: ReferralReason::Condoned, ..request.clone() };
        assert_eq!(missing(&condoned), ["there was no notice to improve"]);
        let of_none = Request { sessions: &[], ..request };
        assert_eq!(missing(&of_none), ["no session is unauthorised and free for a notice"]);
    }
}
