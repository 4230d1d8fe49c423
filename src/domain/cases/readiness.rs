//! What must be in the record before a pack goes to others, or a penalty notice is asked for: everything that is missing at once.

use std::ops::RangeInclusive;

use chrono::{Months, NaiveDate};

use super::chronology::{Line, LineKind};
use super::ending::LeaveOutcome;
use super::event::{CaseEvent, ContactWay, Party, day};
use super::file::CaseFile;
use super::held::Held;
use super::letters::{Delivery, Letter};
use super::penalty::is_same_parent;
use super::purpose::Purpose;
use super::support::SupportKind;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;
use crate::domain::people::contact::Contact;

/// Contact data that were checked longer ago are not known to be right.
const CHECKED_WITHIN: Months = Months::new(6);

/// The parents among a pupil's contacts to whom letters may go (s.576 of the Education Act 1996); not one who must not be contacted.
pub fn parents(contacts: &[Contact]) -> Vec<Party> {
    let party = |contact: &Contact| Party { contact: Some(contact.id), name: contact.name.clone() };
    contacts.iter().filter(|contact| contact.is_parent() && !contact.is_barred()).map(party).collect()
}

impl CaseFile {
    /// When contact data were last checked, up to that day.
    pub fn details_checked(&self, on: NaiveDate) -> Option<NaiveDate> {
        let checked = self.standing().filter_map(|one| one.what.support());
        let checked = checked.filter(|support| support.kind == SupportKind::Details && support.on <= on);
        checked.map(|support| support.on).max()
    }

    /// That contact data were not checked within six months of that day, in words; `None` where they were.
    pub fn details_missing(&self, on: NaiveDate) -> Option<String> {
        let Some(checked) = self.details_checked(on) else {
            return Some("contact data were never checked".to_owned());
        };
        let is_old = checked.checked_add_months(CHECKED_WITHIN).is_some_and(|until| until < on);
        is_old.then(|| format!("contact data were last checked on {}, over six months ago", day(checked)))
    }

    /// Whether this parent was warned in writing on these dates: by a letter that warns, a notice to improve, or a leave of theirs that was refused.
    pub fn is_warned(&self, parent: &Party, dates: &RangeInclusive<NaiveDate>) -> bool {
        let is_theirs = |(letter, sent): (&Held<Letter>, &Held<Delivery>)| {
            is_same_parent(&letter.what.parent, parent) && dates.contains(&sent.what.on)
        };
        self.warnings_sent().any(is_theirs)
            || self.standing().any(|one| match &one.what {
                CaseEvent::Contact(contact) => {
                    let is_letter = matches!(contact.way, ContactWay::Letter | ContactWay::HandDelivered);
                    is_letter && is_same_parent(&contact.with, parent) && dates.contains(&contact.on)
                }
                CaseEvent::Improvement(notice) => {
                    is_same_parent(&notice.parent, parent) && dates.contains(&notice.start)
                }
                CaseEvent::Leave(leave) => self.leave_decision(one.by.act).is_some_and(|decision| {
                    let is_refused = decision.outcome == LeaveOutcome::Refused;
                    is_refused && is_same_parent(&leave.by, parent) && dates.contains(&decision.on)
                }),
                CaseEvent::Meeting(_) | CaseEvent::Visit(_) | CaseEvent::Penalty(_) | CaseEvent::Support(_) => false,
            })
    }

    /// Those of the parents who were not warned in writing on these dates, in words; `None` where each was.
    pub fn unwarned(&self, parents: &[Party], dates: &RangeInclusive<NaiveDate>) -> Option<String> {
        if parents.is_empty() {
            return Some("no parent is held among the contacts".to_owned());
        }
        let names = parents.iter().filter(|parent| !self.is_warned(parent, dates)).map(|parent| parent.name.as_str());
        let names: Vec<&str> = names.collect();
        (!names.is_empty())
            .then(|| format!("not warned in writing since {}: {}", day(*dates.start()), names.join(", ")))
    }

    /// Whether there is a plan: a target, something agreed at a meeting, a contract or a timetable.
    pub fn has_plan(&self) -> bool {
        let is_plan = |event: &CaseEvent| match event {
            CaseEvent::Meeting(meeting) => !meeting.actions.is_empty(),
            CaseEvent::Support(support) => matches!(support.kind, SupportKind::Contract | SupportKind::PartTime),
            CaseEvent::Contact(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_) => false,
        };
        self.cases().iter().any(|case| !case.targets.is_empty()) || self.standing().any(|one| is_plan(&one.what))
    }
}

/// What a pack is asked of.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// For whom it is.
    pub purpose: Purpose,
    /// Its dates.
    pub dates: RangeInclusive<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
    /// Sessions at N on these dates.
    pub unresolved: usize,
    /// The figures of these dates.
    pub figures: Figures,
    /// The case file.
    pub file: &'a CaseFile,
    /// What is in the record on these dates.
    pub lines: &'a [Line],
    /// To whom letters go.
    pub parents: &'a [Party],
}

/// Everything that is missing for it, each in a sentence.
pub fn missing(asked: &Asked<'_>) -> Vec<String> {
    use Purpose::{Cme, Court, Panel, Review, Targeting};
    let Asked { purpose, file, .. } = asked;
    let is_for = |purposes: &[Purpose]| purposes.contains(purpose);
    let when = |is: bool, says: &str| is.then(|| says.to_owned());
    let has = |kinds: &[LineKind]| asked.lines.iter().any(|line| kinds.contains(&line.kind));
    let blanks = usize::try_from(asked.figures.blanks).unwrap_or(usize::MAX);
    let found = [
        when(asked.figures.possible == 0, "no session of these dates was possible"),
        (asked.unresolved > 0 && *purpose != Cme)
            .then(|| format!("{} at N: settle them first", counted(asked.unresolved, "session"))),
        (blanks > 0).then(|| format!("{} without a mark", counted(blanks, "session"))),
        when(is_for(&[Panel, Review, Targeting]) && file.open_case().is_none(), "no case is open"),
        file.details_missing(asked.today).filter(|_| is_for(&[Panel, Review, Court])),
        file.unwarned(asked.parents, &asked.dates).filter(|_| is_for(&[Panel, Court])),
        when(
            (is_for(&[Review, Court]) || (*purpose == Targeting && asked.figures.is_severe())) && !file.has_plan(),
            "there is no plan: no target, nothing agreed at a meeting, no contract",
        ),
        when(
            *purpose == Court && !has(&[LineKind::Meeting, LineKind::Visit]),
            "there was no meeting and no home visit on these dates",
        ),
        when(
            *purpose == Targeting && !has(&[LineKind::Contact, LineKind::Meeting, LineKind::Call]),
            "nobody was in contact with the family on these dates",
        ),
        when(
            *purpose == Cme && !has(&[LineKind::Call, LineKind::Contact]),
            "nobody tried to reach the family on these dates",
        ),
        when(*purpose == Cme && !has(&[LineKind::Visit]), "there was no home visit on these dates"),
    ];
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::cases::change::{CaseChange, CaseSource, Changed, Opening};
    use crate::domain::cases::event::CaseContact;
    use crate::domain::cases::support::Support;
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::testing::date;

    fn parent(name: &str) -> Party {
        Party { contact: None, name: name.to_owned() }
    }

    fn letter(to: &str, on: NaiveDate) -> CaseEvent {
        let with = parent(to);
        CaseEvent::Contact(CaseContact { on, time: None, way: ContactWay::Letter, with, words: String::new() })
    }

    fn checked(on: NaiveDate) -> CaseEvent {
        let with = parent("Mrs Khan");
        CaseEvent::Support(Support {
            kind: SupportKind::Details,
            on,
            until: None,
            review: None,
            with,
            agreed: None,
            sessions: String::new(),
            words: String::new(),
        })
    }

    fn said(purpose: Purpose, file: &CaseFile, unresolved: usize, figures: Figures) -> Vec<String> {
        let parents = [parent("Mrs Khan"), parent("Mr Khan")];
        let (from, today) = (date(2025, 9, 1), date(2026, 3, 4));
        let lines = file.lines();
        let dates = from..=today;
        missing(&Asked { purpose, dates, today, unresolved, figures, file, lines: &lines, parents: &parents })
    }

    #[test]
    fn contact_data_hold_for_six_months() {
        let mut file = CaseFile::default();
        let today = date(2026, 3, 4);
        let never = "contact data were never checked";
        assert_eq!(file.details_missing(today).as_deref(), Some(never));
        file.events = vec![held(1, checked(date(2025, 9, 3)))];
        let old = "contact data were last checked on Wed 3 Sep 2025, over six months ago";
        assert_eq!(file.details_missing(today).as_deref(), Some(old));
        file.events = vec![held(1, checked(date(2025, 9, 4)))];
        assert_eq!(file.details_missing(today), None);
        // What is put down of a day to come, or was taken back, is none.
        assert_eq!(file.details_missing(date(2025, 9, 3)).as_deref(), Some(never));
        file.events = vec![taken_back(1, checked(date(2025, 9, 4)), 2)];
        assert_eq!(file.details_missing(today).as_deref(), Some(never));
    }

    #[test]
    fn a_court_is_told_all_or_nothing_and_everything_missing_is_told_at_once() {
        let mut file = CaseFile::default();
        let bare = Figures { blanks: 2, possible: 10, attended: 4, unauthorised: 6, ..Figures::default() };
        let all = [
            "1 session at N: settle them first",
            "2 sessions without a mark",
            "contact data were never checked",
            "not warned in writing since Mon 1 Sep 2025: Mrs Khan, Mr Khan",
            "there is no plan: no target, nothing agreed at a meeting, no contract",
            "there was no meeting and no home visit on these dates",
        ];
        assert_eq!(said(Purpose::Court, &file, 1, bare), all);
        assert!(!Purpose::Court.may_lack() && Purpose::Panel.may_lack());
        let panel = [all[0], all[1], "no case is open", all[2], all[3]];
        assert_eq!(said(Purpose::Panel, &file, 1, bare), panel);
        let cme = [all[1], "nobody tried to reach the family on these dates", "there was no home visit on these dates"];
        assert_eq!(said(Purpose::Cme, &file, 1, bare), cme);
        let severe = Figures { blanks: 0, ..bare };
        let targeting = ["no case is open", all[4], "nobody was in contact with the family on these dates"];
        assert_eq!(said(Purpose::Targeting, &file, 0, severe), targeting);

        let opening = Opening {
            stage: "Panel".to_owned(),
            owner: "S Marsh".to_owned(),
            source: CaseSource::Office,
            of: String::new(),
            why: "below 90 %".to_owned(),
            next: None,
        };
        file.openings = vec![held(1, opening)];
        file.events = vec![held(2, checked(date(2026, 3, 1))), held(3, letter("mrs khan", date(2025, 10, 1)))];
        assert_eq!(said(Purpose::Panel, &file, 0, severe), ["not warned in writing since Mon 1 Sep 2025: Mr Khan"]);
        // A letter of last year is none.
        file.events.push(held(4, letter("Mr Khan", date(2025, 7, 1))));
        assert_eq!(said(Purpose::Panel, &file, 0, severe).len(), 1);
        file.events.push(held(5, letter("Mr Khan", date(2026, 3, 4))));
        assert_eq!(said(Purpose::Panel, &file, 0, severe), [""; 0]);
        let target = CaseChange::Target { what: "95 %".to_owned(), by: None };
        file.changes = vec![held(6, Changed { case: ActId(1), change: target })];
        assert_eq!(said(Purpose::Review, &file, 0, severe), [""; 0]);
    }
}
