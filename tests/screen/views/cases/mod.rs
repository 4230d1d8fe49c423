//! Casework by keys: the caseload, one pupil's case, the forms, and the alarm of a visit that is not back.

mod alarm;
mod caseload;
mod forms;
mod letters;
mod notices;
mod visits;
mod walk;

use chrono::NaiveDate;
use firstbell::domain::act::{Act, LogCaseEvent, OpenCase};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::cases::change::{CaseSource, Next, Opening};
use firstbell::domain::cases::event::{AgreedAction, CaseEvent, Meeting, MeetingKind, Visit, VisitPurpose};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::{Incoming, IncomingMark};
use firstbell::domain::people::pupil::PupilId;

use crate::support::{Desk, Office, key, placed};

pub const BILAL: PupilId = PupilId(2);
pub const ZOE: PupilId = PupilId(6);

pub fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A week of O of Amira's: she is persistently absent.
pub fn office() -> Office {
    let office = Office::new();
    let mark = Mark::plain(Code::parse("O").unwrap());
    let sessions = (9..=13).flat_map(|day| Session::BOTH.map(|session| SessionDate::new(november(day), session)));
    let marks = sessions.map(|at| IncomingMark { pupil: key(1), at, mark, by: Some("Mrs Kemp".to_owned()) });
    office.bring(&Incoming { marks: placed(marks.collect::<Vec<_>>()).into(), ..Incoming::default() });
    office
}

/// A case that J Ito opens for somebody, with its next step.
pub fn opened(pupil: PupilId, stage: &str, owner: &str, next: Option<(u32, &str)>) -> Act {
    let next = next.map(|(day, what)| Next { on: november(day), what: what.to_owned() });
    let (stage, owner) = (stage.to_owned(), owner.to_owned());
    let opening = Opening {
        stage,
        owner,
        source: CaseSource::Trigger,
        of: "persistent".to_owned(),
        why: "below 90 % since September".to_owned(),
        next,
    };
    OpenCase { pupil, opening }.into()
}

/// A meeting at which something was agreed.
pub fn met(pupil: PupilId, what: &str, by: u32) -> Act {
    let action = AgreedAction { what: what.to_owned(), who: "Mrs Khan".to_owned(), by: november(by) };
    let event = CaseEvent::Meeting(Meeting {
        on: november(10),
        time: None,
        kind: MeetingKind::Family,
        present: "Mrs Khan".to_owned(),
        minutes: "Mornings are hard.".to_owned(),
        actions: vec![action],
    });
    LogCaseEvent { pupil, event }.into()
}

/// J Ito leaves for a visit.
pub fn visiting(pupil: PupilId, left: &str, due_back: &str) -> Act {
    let [left, due_back] = [left, due_back].map(|text| text.parse().unwrap());
    let event = CaseEvent::Visit(Visit {
        on: november(24),
        left,
        due_back,
        purpose: VisitPurpose::SafeAndWell,
        staff: "J Ito".to_owned(),
        second: None,
        words: String::new(),
    });
    LogCaseEvent { pupil, event }.into()
}

/// Three cases: Bilal's is overdue, Amira's is due today, Zoë's next week.
pub fn three() -> Office {
    let office = office();
    office.perform("08:10", opened(ZOE, "Panel", "J Ito", Some((27, "panel in the library"))));
    office.perform("08:11", opened(PupilId(1), "Concern", "S Marsh", Some((24, "ring Mrs Khan"))));
    office.perform("08:12", met(BILAL, "see the GP", 20));
    office.perform("08:13", opened(BILAL, "Meeting", "J Ito", None));
    office
}

/// Type words, blanks among them.
pub fn type_in<'a>(desk: &'a mut Desk, text: &str) -> &'a mut Desk {
    let keys: Vec<String> = text.split(' ').map(|word| format!("'{word}'")).collect();
    desk.press(&keys.join(" space "))
}
