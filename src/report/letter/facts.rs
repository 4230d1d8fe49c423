//! The fields that a template may use, made of the record. `docs/casework.md` lists them.

use super::days::Days;
use super::shown::{
    AgreedShown, CaseShown, Facts, HeldShown, LeaveShown, MeetingShown, NoticeShown, ParentShown, PenaltyShown,
    PeriodShown, PupilShown, SchoolShown, shown,
};
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::ending::{Ending, LeaveDecision, LeaveOutcome};
use crate::domain::cases::event::{CaseEvent, ImprovementNotice, LeaveRequest, Party, day};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::letters::drafted::MeetingAsked;
use crate::domain::cases::letters::recipients::Recipient;
use crate::domain::cases::penalty::is_same_parent;
use crate::domain::cases::support::SupportKind;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use chrono::NaiveDate;

/// Every field, by the name that a template uses.
pub const FIELDS: &[&str] = &[
    "date",
    "reply_by",
    "signed_by",
    "words",
    "school.name",
    "pupil.name",
    "pupil.forename",
    "pupil.legal_name",
    "pupil.group",
    "pupil.year",
    "pupil.admission_no",
    "parent.name",
    "parent.relationship",
    "period.from",
    "period.to",
    "figures.attendance",
    "figures.possible",
    "figures.attended",
    "figures.absent",
    "figures.authorised",
    "figures.unauthorised",
    "figures.lates",
    "figures.late_before_close",
    "figures.late_after_close",
    "figures.minutes",
    "days.absent",
    "days.ill",
    "days.unauthorised",
    "days.unexplained",
    "days.late",
    "days.late_closed",
    "support",
    "penalty.next",
    "case.stage",
    "case.target",
    "meeting.date",
    "meeting.time",
    "meeting.place",
    "held.date",
    "held.kind",
    "held.present",
    "held.agreed",
    "granted.first",
    "granted.last",
    "granted.days",
    "granted.asked_days",
    "granted.reason",
    "granted.decided",
    "granted.by",
    "granted.why",
    "refused.first",
    "refused.last",
    "refused.days",
    "refused.asked_days",
    "refused.reason",
    "refused.decided",
    "refused.by",
    "refused.why",
    "notice.start",
    "notice.ends",
    "notice.weeks",
    "notice.most",
    "notice.least",
];

/// What a letter is made of.
pub struct Given<'a> {
    /// The roll.
    pub roll: &'a Roll,
    /// About whom.
    pub pupil: &'a Pupil,
    /// To whom.
    pub to: &'a Recipient,
    /// What was done.
    pub file: &'a CaseFile,
    /// The figures of its dates.
    pub figures: Figures,
    /// The marks of its dates, in order.
    pub marks: &'a [MarkHeld],
    /// Its dates.
    pub dates: (NaiveDate, NaiveDate),
    /// The date on it.
    pub today: NaiveDate,
    /// By when an answer is asked for.
    pub reply_by: NaiveDate,
    /// Who signs it.
    pub signed_by: &'a str,
    /// Words of its own.
    pub words: &'a str,
    /// The meeting that it invites to.
    pub meeting: Option<&'a MeetingAsked>,
}

impl Facts {
    /// Those of one letter.
    pub fn of(given: &Given<'_>) -> Facts {
        let (roll, pupil, file) = (given.roll, given.pupil, given.file);
        let parent = Party { contact: Some(given.to.contact), name: given.to.name.clone() };
        let legal = pupil.legal.as_ref().map(|legal| legal.spoken()).filter(|name| !name.is_empty());
        let target = |targets: &[(String, Option<NaiveDate>)]| targets.last().map(|(what, _)| what.clone());
        Facts {
            date: day(given.today),
            reply_by: day(given.reply_by),
            signed_by: given.signed_by.to_owned(),
            words: given.words.to_owned(),
            school: SchoolShown { name: roll.school.name.clone() },
            pupil: PupilShown {
                name: pupil.spoken_name(),
                forename: pupil.forename.clone(),
                legal_name: legal.unwrap_or_else(|| pupil.spoken_name()),
                group: roll.group_name(pupil).to_owned(),
                year: roll.year_of(pupil).map(|year| year.to_string()).unwrap_or_default(),
                admission_no: pupil.admission_no.clone().unwrap_or_default(),
            },
            parent: ParentShown { name: parent.name.clone(), relationship: given.to.relationship.clone() },
            period: PeriodShown { from: day(given.dates.0), to: day(given.dates.1) },
            figures: shown(&given.figures),
            days: Days::of(roll, given.marks),
            support: support(file, given.dates),
            penalty: PenaltyShown { next: file.next_notice(&parent, given.today).describe() },
            case: file
                .open_case()
                .map(|case| CaseShown { target: target(&case.targets).unwrap_or_default(), stage: case.stage }),
            meeting: given.meeting.map(|one| MeetingShown {
                date: day(one.on),
                time: one.at.format("%H:%M").to_string(),
                place: one.place.clone(),
            }),
            held: held(file),
            granted: leave(roll, file, LeaveOutcome::Granted),
            refused: leave(roll, file, LeaveOutcome::Refused),
            notice: notice(file, &parent),
        }
    }
}

/// What of the fields that a template uses or needs the record does not have, each in a few words.
pub fn lacking(facts: &Facts, uses: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<&'static str> {
    let lacks = |field: &str| match field.split('.').next().unwrap_or_default() {
        "case" if facts.case.is_none() => Some("a case that is open"),
        "meeting" if facts.meeting.is_none() => Some("when and where the meeting is"),
        "held" if facts.held.is_none() => Some("a meeting in the case file"),
        "granted" if facts.granted.is_none() => Some("leave that was granted"),
        "refused" if facts.refused.is_none() => Some("leave that was refused"),
        "notice" if facts.notice.is_none() => Some("a notice to improve to this parent in the case file"),
        "days" if facts.days.is_empty(field) => Some("days to be listed in these dates"),
        _ => None,
    };
    let mut found: Vec<&'static str> = uses.into_iter().filter_map(|field| lacks(field.as_ref())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What was done on these dates to help, without what was said: "Tue 24 Nov 2026: attendance panel".
fn support(file: &CaseFile, (from, to): (NaiveDate, NaiveDate)) -> Vec<String> {
    let mut events: Vec<&CaseEvent> = file.standing().map(|one| &one.what).collect();
    events.retain(|event| (from..=to).contains(&event.on()));
    events.sort_by_key(|event| event.on());
    let said = events.into_iter().filter_map(|event| {
        let what = match event {
            CaseEvent::Contact(contact) => contact.way.describe(),
            CaseEvent::Meeting(meeting) => meeting.kind.describe(),
            CaseEvent::Visit(_) => "home visit",
            CaseEvent::Support(support) => match support.kind {
                SupportKind::Contract | SupportKind::EarlyHelp | SupportKind::PartTime | SupportKind::Reintegration => {
                    support.kind.describe()
                }
                SupportKind::Details | SupportKind::Provider | SupportKind::Court => return None,
            },
            CaseEvent::Improvement(_) | CaseEvent::Penalty(_) | CaseEvent::Leave(_) => return None,
        };
        Some(format!("{}: {what}", day(event.on())))
    });
    said.collect()
}

fn held(file: &CaseFile) -> Option<HeldShown> {
    let meetings = file.standing().filter_map(|one| match &one.what {
        CaseEvent::Meeting(meeting) => Some(meeting),
        CaseEvent::Contact(_)
        | CaseEvent::Visit(_)
        | CaseEvent::Improvement(_)
        | CaseEvent::Penalty(_)
        | CaseEvent::Leave(_)
        | CaseEvent::Support(_) => None,
    });
    let last = meetings.max_by_key(|meeting| meeting.on)?;
    let agreed =
        last.actions.iter().map(|one| AgreedShown { what: one.what.clone(), who: one.who.clone(), by: day(one.by) });
    let (kind, present) = (last.kind.describe().to_owned(), last.present.clone());
    Some(HeldShown { date: day(last.on), kind, present, agreed: agreed.collect() })
}

/// The leave that was decided last, if it was decided so.
fn leave(roll: &Roll, file: &CaseFile, outcome: LeaveOutcome) -> Option<LeaveShown> {
    let decided = file.standing().filter_map(|one| decided(file, one.by.act, &one.what));
    let (asked, decision) =
        decided.max_by_key(|(_, decision)| decision.on).filter(|(_, one)| one.outcome == outcome)?;
    Some(LeaveShown {
        first: day(asked.first),
        last: day(asked.last),
        days: decision.days,
        asked_days: asked.school_days(&roll.calendar),
        reason: asked.reason.clone(),
        decided: day(decision.on),
        by: decision.by.clone(),
        why: decision.reason.clone(),
    })
}

fn decided<'a>(
    file: &'a CaseFile,
    act: crate::domain::act_id::ActId,
    event: &'a CaseEvent,
) -> Option<(&'a LeaveRequest, &'a LeaveDecision)> {
    match (event, &file.ending(act, None)?.what.ending) {
        (CaseEvent::Leave(asked), Ending::Leave(decision)) => Some((asked, decision)),
        _ => None,
    }
}

/// The last notice to improve to this parent.
fn notice(file: &CaseFile, parent: &Party) -> Option<NoticeShown> {
    let notices = file.standing().filter_map(|one| match &one.what {
        CaseEvent::Improvement(notice) if is_same_parent(&notice.parent, parent) => Some(notice),
        CaseEvent::Contact(_)
        | CaseEvent::Meeting(_)
        | CaseEvent::Visit(_)
        | CaseEvent::Improvement(_)
        | CaseEvent::Penalty(_)
        | CaseEvent::Leave(_)
        | CaseEvent::Support(_) => None,
    });
    let last: &ImprovementNotice = notices.max_by_key(|notice| notice.start)?;
    Some(NoticeShown {
        start: day(last.start),
        ends: day(last.ends),
        weeks: last.weeks,
        most: last.most_unauthorised,
        least: last.least_percent.map(|percent| percent.to_string()).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn names(value: &Value, before: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(parts) => {
                for (name, part) in parts {
                    let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
                    names(part, &name, found);
                }
            }
            _ => found.push(before.to_owned()),
        }
    }

    #[test]
    fn every_field_is_listed_and_documented() {
        let mut found = Vec::new();
        names(&serde_json::to_value(Facts::made_up()).unwrap(), "", &mut found);
        let mut listed = FIELDS.to_vec();
        listed.sort_unstable();
        found.sort();
        assert_eq!(found, listed);
        let page = include_str!("../../../docs/casework.md");
        let missing: Vec<&&str> = FIELDS.iter().filter(|field| !page.contains(&format!("`{field}`"))).collect();
        assert!(missing.is_empty(), "docs/casework.md does not name {missing:?}");
    }

    #[test]
    fn what_a_template_uses_and_the_record_lacks_is_told_once() {
        let facts = Facts { held: None, granted: None, days: Days::default(), ..Facts::made_up() };
        let uses = ["pupil.name", "held.date", "held.kind", "granted.first", "days.ill", "days.late", "notice.ends"];
        let lacks = ["a meeting in the case file", "days to be listed in these dates", "leave that was granted"];
        assert_eq!(lacking(&facts, uses), lacks);
        assert_eq!(lacking(&Facts::made_up(), FIELDS), [""; 0]);
    }
}
