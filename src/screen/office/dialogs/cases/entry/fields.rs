//! Which fields each form of casework has, and what is known and offered in them.

use chrono::NaiveDate;

use super::known;
use crate::domain::act_id::ActId;
use crate::domain::cases::event::MeetingKind;
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::letters::Letter;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::authority;
use crate::screen::casework::CaseEntry;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};

/// The fields of all forms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    /// Which of several that are open.
    Which,
    /// One of a list of words: the way, the kind, the purpose, the outcome, the reason.
    Kind,
    /// Somebody of the family.
    With,
    /// What was said, sent or seen: the words, the minutes, why.
    Words,
    /// The day that it is about.
    On,
    /// The time of day.
    At,
    /// The first day of the sessions that a notice rests on.
    First,
    /// Until when: the time of a return, or the last day.
    Until,
    /// Who was there, who goes, who sees to it, who decided.
    Who,
    /// Who goes along, or was met.
    Second,
    /// What was agreed, or is next.
    What,
    /// By when that is.
    By,
    /// A stage of the school's ladder.
    Stage,
    /// What a case is opened from.
    Source,
    /// Which trigger, or who referred it.
    Of,
    /// The child was seen.
    Seen,
    /// The child was spoken to.
    Spoken,
    /// It is in CPOMS, or it is done.
    Done,
    /// How many: days, weeks.
    Count,
    /// The most unauthorised sessions.
    Most,
    /// The least percent attended.
    Least,
}

/// Columns of the labels.
pub const LABEL: u16 = 12;

impl Name {
    /// Columns of what is typed: all that are left where it is words.
    fn columns(self) -> u16 {
        match self {
            Name::Words | Name::What => u16::MAX,
            Name::With | Name::Who | Name::Second | Name::Of => 28,
            Name::Kind | Name::Source | Name::Stage => 18,
            Name::On | Name::First | Name::Until | Name::By => 14,
            Name::At => 8,
            Name::Which | Name::Seen | Name::Spoken | Name::Done | Name::Count | Name::Most | Name::Least => 6,
        }
    }
}

/// The fields of a form with their labels, in the order in which they are gone through.
pub fn fields(entry: CaseEntry) -> &'static [(Name, &'static str)] {
    use Name::{
        At, By, Count, Done, First, Kind, Least, Most, Of, On, Second, Seen, Source, Spoken, Stage, Until, What, Who,
    };
    use Name::{With, Words};
    match entry {
        CaseEntry::Open(_) => &[
            (Words, "Why"),
            (Stage, "Stage"),
            (Who, "Owner"),
            (Source, "From"),
            (Of, "Which"),
            (What, "Next"),
            (By, "When"),
        ],
        CaseEntry::Contact => &[(Kind, "How"), (With, "With"), (Words, "Words"), (On, "On"), (At, "At")],
        CaseEntry::Meeting => {
            &[(Kind, "Kind"), (Who, "Present"), (Words, "Minutes"), (What, "Agreed"), (On, "On"), (At, "At")]
        }
        CaseEntry::Visit => &[
            (Kind, "Purpose"),
            (Until, "Due back"),
            (Who, "Goes"),
            (Second, "And"),
            (Words, "To know"),
            (At, "Left at"),
        ],
        CaseEntry::VisitReturn => &[
            (Kind, "Found"),
            (Seen, "Child seen"),
            (Spoken, "Spoken to"),
            (Second, "Met"),
            (Words, "Words"),
            (What, "To follow"),
            (Done, "In CPOMS"),
            (At, "Back at"),
        ],
        CaseEntry::Leave => &[(On, "First day"), (Until, "Last day"), (With, "By"), (Words, "Reason")],
        CaseEntry::Decision => &[(Kind, "Decided"), (Words, "Why"), (Count, "Days"), (Who, "By"), (On, "On")],
        CaseEntry::ActionDone => &[(Done, "Done"), (Words, "Words"), (On, "On")],
        CaseEntry::Improvement => {
            &[(With, "To"), (On, "First day"), (Count, "Weeks"), (Most, "Most"), (Least, "Percent")]
        }
        CaseEntry::Penalty => &[(Done, "Issued"), (With, "To"), (First, "First day"), (Until, "Last day"), (On, "On")],
        CaseEntry::ImprovementEnd | CaseEntry::PenaltyEnd => &[(Kind, "It is"), (Words, "Words"), (On, "On")],
        CaseEntry::Stage => &[(Stage, "Stage"), (Words, "Why")],
        CaseEntry::Owner => &[(Who, "Owner")],
        CaseEntry::Next => &[(What, "Next"), (By, "When")],
        CaseEntry::Target => &[(What, "Target"), (By, "By")],
        CaseEntry::Close => &[(Kind, "Closed"), (Words, "Why")],
        CaseEntry::LetterGone => &[(Kind, "How"), (On, "On"), (At, "At"), (Who, "By"), (Words, "Words")],
    }
}

/// What in a case file a form can be about: the act, the place of an action in its meeting, and it in words.
pub type Candidate = (ActId, Option<u32>, String);

/// Those of which it can be said now what became of them; none for what is about the pupil or the case.
pub fn candidates(entry: CaseEntry, file: &CaseFile) -> Vec<Candidate> {
    let of = |kind| {
        let open = file.to_end(kind, None, None).into_iter();
        open.map(|one| (one.by.act, None, format!("{} {}", one.what.on().format("%-d %b"), one.what.describe())))
            .collect()
    };
    match entry {
        CaseEntry::VisitReturn => of(EventKind::Visit),
        CaseEntry::Decision => of(EventKind::Leave),
        CaseEntry::ImprovementEnd => of(EventKind::Improvement),
        CaseEntry::PenaltyEnd => of(EventKind::Penalty),
        CaseEntry::LetterGone => {
            let told = |one: &Letter| format!("{} to {} of {}", one.template, one.parent.name, one.on.format("%-d %b"));
            file.letters_to_follow().map(|one| (one.by.act, None, told(&one.what))).collect()
        }
        CaseEntry::ActionDone => {
            let told = |what: &str, who: &str, by: NaiveDate| format!("{what}, {who}, by {}", by.format("%-d %b"));
            let open = file.open_actions().into_iter();
            open.map(|(act, place, one)| (act, Some(place), told(&one.what, &one.who, one.by))).collect()
        }
        CaseEntry::Open(_)
        | CaseEntry::Contact
        | CaseEntry::Meeting
        | CaseEntry::Visit
        | CaseEntry::Leave
        | CaseEntry::Improvement
        | CaseEntry::Penalty
        | CaseEntry::Stage
        | CaseEntry::Owner
        | CaseEntry::Next
        | CaseEntry::Target
        | CaseEntry::Close => Vec::new(),
    }
}

/// The form, with what is known offered in it.
pub fn form(entry: CaseEntry, pupil: PupilId, several: bool, context: &ViewContext) -> Form<Name> {
    let which = several.then_some((Name::Which, "Which")).into_iter();
    let rows = which.chain(fields(entry).iter().copied()).enumerate();
    let entries: Vec<Entry<Name>> = rows
        .map(|(row, (name, label))| {
            let field = offered(entry, name, pupil, context).map_or_else(Field::default, |text| Field::offering(&text));
            Entry { name, label, row, columns: name.columns(), field }
        })
        .collect();
    Form::new(LABEL, entries)
}

/// What is known: who is at the desk, today, now, the first of the family who may be rung, the ladder's first stage.
fn offered(entry: CaseEntry, name: Name, pupil: PupilId, context: &ViewContext) -> Option<String> {
    let first = || {
        let mut contacts = context.roll().contacts(pupil).iter();
        contacts.find(|contact| !contact.is_barred()).map(|contact| contact.name.clone())
    };
    let typed = |date: NaiveDate| date.format("%-d/%-m/%Y").to_string();
    match (entry, name) {
        (CaseEntry::Open(_), Name::Stage) => context.roll().school.case_stages.first().map(|stage| stage.name.clone()),
        (CaseEntry::Open(of), Name::Source) => Some(if of.is_some() { "trigger" } else { "office" }.to_owned()),
        (CaseEntry::Open(of), Name::Of) => of.map(|kind| kind.as_str().to_owned()),
        // The letter that was made first is the first to go.
        (CaseEntry::LetterGone, Name::Which) => Some("1".to_owned()),
        (CaseEntry::Open(_) | CaseEntry::Visit | CaseEntry::Decision | CaseEntry::LetterGone, Name::Who) => {
            Some(context.officer.clone())
        }
        (CaseEntry::Meeting, Name::Kind) => Some(MeetingKind::Family.as_str().to_owned()),
        (CaseEntry::Leave, Name::On) => None,
        (CaseEntry::Improvement, Name::On) => None,
        (_, Name::On) => Some(typed(context.now.date())),
        (CaseEntry::Visit, Name::Words) => {
            context.day.case_files.get(&pupil).map(CaseFile::to_know).filter(|words| !words.is_empty())
        }
        (CaseEntry::Visit | CaseEntry::VisitReturn, Name::At) => Some(context.now.format("%H:%M").to_string()),
        (CaseEntry::Improvement, Name::Count) => {
            let authority = authority::on(&context.roll().school.authority, context.now.date());
            Some(authority.improvement_weeks.to_string())
        }
        (CaseEntry::Improvement, Name::With) => known::parent_to_improve(pupil, context).or_else(first),
        (CaseEntry::Penalty, Name::With) => known::parent_to_penalise(pupil, context).or_else(first),
        (CaseEntry::Penalty, Name::First) => known::dates(pupil, context).map(|dates| typed(*dates.start())),
        (CaseEntry::Penalty, Name::Until) => known::dates(pupil, context).map(|dates| typed(*dates.end())),
        (CaseEntry::Improvement, Name::Most) => Some("0".to_owned()),
        (_, Name::With) => first(),
        _ => None,
    }
}
