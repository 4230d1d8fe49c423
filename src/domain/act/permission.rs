//! Who may see and do what, by their role. The store asks before every act, the screen and the commands before they show.

use super::{Act, Refusal};
use crate::domain::cases::ending::Ending;
use crate::domain::cases::purpose::Purpose;
use crate::domain::code::{Code, MayEnter};
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::facts::late_step::LateStep;
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;

/// Something that is seen, or done to the file beside the acts of the record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Matter {
    /// Names, tutor groups, who is in: the gate and the fire list.
    Names,
    /// The day's work: registers, unexplained absences, lates, checks, the day log.
    Day,
    /// A pupil's card: flags, marks, calls, messages.
    Card,
    /// Contacts' numbers.
    Numbers,
    /// Cases and case files; a reader sees of a case the stage alone.
    Case,
    /// A list or a text for somebody else.
    Export,
    /// Files of the roll and of marks taken in.
    Import,
    /// The school's settings, its staff among them, and others' PINs.
    Settings,
    /// The file itself: questions in SQL, and copies of it.
    File,
}

impl Matter {
    /// Every matter.
    pub const ALL: [Matter; 9] = [
        Matter::Names,
        Matter::Day,
        Matter::Card,
        Matter::Numbers,
        Matter::Case,
        Matter::Export,
        Matter::Import,
        Matter::Settings,
        Matter::File,
    ];

    /// It in words: the subject of "… is for an officer".
    pub fn describe(self) -> &'static str {
        match self {
            Matter::Names => "who is in",
            Matter::Day => "the day's work",
            Matter::Card => "a pupil's card",
            Matter::Numbers => "a contact's number",
            Matter::Case => "a case",
            Matter::Export => "making lists and exports",
            Matter::Import => "an import",
            Matter::Settings => "the set-up of the school",
            Matter::File => "the file itself",
        }
    }

    /// The least role it is for.
    pub fn is_for(self) -> Role {
        match self {
            Matter::Names => Role::Gate,
            Matter::Day | Matter::Card | Matter::Numbers => Role::Reader,
            Matter::Case | Matter::Export => Role::Officer,
            Matter::Import => Role::Lead,
            Matter::Settings | Matter::File => Role::Admin,
        }
    }
}

/// Refuse a role that may not see or do this.
pub fn check_matter(role: Role, matter: Matter) -> Result<(), Refusal> {
    at_least(role, matter.is_for(), matter.describe())
}

fn at_least(role: Role, least: Role, what: &str) -> Result<(), Refusal> {
    if role >= least { Ok(()) } else { Err(Refusal::NotAllowed { what: what.to_owned(), least, role }) }
}

/// Refuse if `role` records nothing, or not what is for `least`; `what` is the subject of "… is for an officer".
pub fn check_record(role: Role, least: Role, what: &str) -> Result<(), Refusal> {
    // A reader sees more than the gate does, and records nothing.
    let least = if role == Role::Reader { least.max(Role::Officer) } else { least };
    at_least(role, least, what)
}

/// Refuse if `role` may not do this act, or not with the codes in it. An undo is checked as the act it undoes.
pub fn check_act(role: Role, act: &Act, roll: &Roll) -> Result<(), Refusal> {
    check_record(role, act.least_role(), &format!("“{}”", act.called()))?;
    act.codes().into_iter().try_for_each(|code| check_code_entry(role, code, roll))
}

/// The least role that follows a late by this step.
pub fn least_for(step: LateStep) -> Role {
    match step {
        LateStep::Sanctioned | LateStep::Reported => Role::Officer,
        LateStep::Met | LateStep::Challenged | LateStep::Accepted | LateStep::NotAccepted => Role::Gate,
    }
}

/// The least role that puts an event of this kind into a case file: notices are for a lead.
pub fn least_for_event(kind: EventKind) -> Role {
    match kind {
        EventKind::Contact
        | EventKind::Letter
        | EventKind::Meeting
        | EventKind::Visit
        | EventKind::Leave
        | EventKind::Details
        | EventKind::Contract
        | EventKind::EarlyHelp
        | EventKind::PartTime
        | EventKind::Reintegration
        | EventKind::Provider => Role::Officer,
        EventKind::Improvement | EventKind::Penalty | EventKind::Court => Role::Lead,
    }
}

/// The least role that says what became of it: leave is decided, and notices are ended, by a lead.
pub fn least_for_ending(ending: &Ending) -> Role {
    match ending {
        Ending::Visit(_) | Ending::Action(_) => Role::Officer,
        Ending::Improvement(_) | Ending::Penalty(_) | Ending::Leave(_) => Role::Lead,
    }
}

/// The least role that makes a pack: what goes to a court is for a lead.
pub fn least_for_pack(purpose: Purpose) -> Role {
    match purpose {
        Purpose::Panel | Purpose::Review | Purpose::Targeting | Purpose::Cme => Role::Officer,
        Purpose::Court => Role::Lead,
    }
}

/// Refuse if `role` may not enter `code`: by the school's settings, else by the table.
pub fn check_code_entry(role: Role, code: Code, roll: &Roll) -> Result<(), Refusal> {
    let own = roll.school.code_permissions.get(&code).copied();
    let least = match own.or_else(|| roll.codes.row(code).map(|row| row.may_enter)) {
        // Whether it is a code at all is not asked here.
        None | Some(MayEnter::Tutor | MayEnter::Gate) => Role::Gate,
        Some(MayEnter::Officer) => Role::Officer,
        Some(MayEnter::Lead) => Role::Lead,
    };
    at_least(role, least, &format!("code {code}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::{Amend, Bar, FollowLate, LiftBar, LogArrival, LogMovement, Unwatch};
    use crate::domain::act_id::ActId;
    use crate::domain::calendar::session::{Session, SessionDate};
    use crate::domain::facts::presence::Way;
    use crate::domain::people::contact::ContactId;
    use crate::domain::testing::*;
    use proptest::prelude::*;

    fn amend(to: &str) -> Act {
        let at = SessionDate::new(today(), Session::Am);
        Act::Amend(Amend { pupil: AMIRA, at, code: code(to), minutes: None, reason: "x".to_owned(), saw: ActId(0) })
    }

    fn arrival(instead: Option<&str>) -> Act {
        let instead = instead.map(code);
        Act::LogArrival(LogArrival { pupil: AMIRA, date: today(), time: time("08:57"), reason: None, instead })
    }

    fn follow(step: LateStep) -> Act {
        let at = SessionDate::new(today(), Session::Am);
        Act::FollowLate(FollowLate { pupils: vec![AMIRA], at, step, words: "15 min".to_owned() })
    }

    #[test]
    fn each_role_does_its_own_work_and_no_other() {
        use Role::{Admin, Gate, Lead, Officer};
        let out = Act::LogMovement(LogMovement {
            pupil: AMIRA,
            date: today(),
            time: time("10:00"),
            way: Way::Out,
            reason: "dentist".to_owned(),
        });
        for (act, may) in [
            (arrival(None), &[Gate, Officer, Lead, Admin][..]),
            (arrival(Some("/")), &[Gate, Officer, Lead, Admin]),
            (out, &[Gate, Officer, Lead, Admin]),
            (follow(LateStep::Met), &[Gate, Officer, Lead, Admin]),
            (follow(LateStep::Sanctioned), &[Officer, Lead, Admin]),
            (amend("I"), &[Officer, Lead, Admin]),
            (amend("/"), &[Officer, Lead, Admin]),
            (amend("K"), &[Lead, Admin]),
            (Act::Unwatch(Unwatch { pupil: AMIRA }), &[Officer, Lead, Admin]),
            (Act::Bar(Bar { pupil: AMIRA, contact: ContactId(2), reason: "x".to_owned() }), &[Officer, Lead, Admin]),
            (Act::LiftBar(LiftBar { pupil: AMIRA, contact: ContactId(2), reason: "x".to_owned() }), &[Lead, Admin]),
        ] {
            let allowed: Vec<Role> =
                Role::ALL.iter().copied().filter(|role| check_act(*role, &act, &day(&[]).roll).is_ok()).collect();
            assert_eq!(allowed, may, "{act:?}");
        }
    }

    #[test]
    fn a_refusal_says_whose_it_is() {
        let text = |role, act: &Act| check_act(role, act, &day(&[]).roll).unwrap_err().to_string();
        assert_eq!(text(Role::Officer, &amend("K")), "code K is for a lead: this login is an officer's");
        assert_eq!(text(Role::Gate, &amend("/")), "“enter or amend a mark” is for an officer: this login is a gate's");
        assert_eq!(text(Role::Reader, &arrival(None)), "“log an arrival” is for an officer: this login is a reader's");
        let text = check_matter(Role::Gate, Matter::Numbers).unwrap_err().to_string();
        assert_eq!(text, "a contact's number is for a reader: this login is a gate's");
    }

    #[test]
    fn the_school_says_otherwise_of_a_code() {
        let mut day = day(&[]);
        let roll = std::sync::Arc::make_mut(&mut day.roll);
        roll.school.code_permissions.insert(code("K"), MayEnter::Officer);
        roll.school.code_permissions.insert(code("I"), MayEnter::Lead);
        assert_eq!(check_code_entry(Role::Officer, code("K"), roll), Ok(()));
        assert!(check_code_entry(Role::Officer, code("I"), roll).is_err());
    }

    #[test]
    fn a_code_that_is_none_is_told() {
        let mut school = day(&[]).roll.school.clone();
        school.code_permissions.insert(code("K"), MayEnter::Officer);
        assert_eq!(school.faults(), Vec::<String>::new());
        school.code_permissions.insert(code("KK"), MayEnter::Lead);
        assert_eq!(
            school.faults(),
            ["code-permissions: KK is not an attendance code: write one of the national table, such as I, M or N"]
        );
    }

    proptest! {
        #[test]
        fn a_higher_role_may_whatever_a_lower_one_may(
            one in 0..5_usize, other in 0..5_usize, matter in 0..9_usize, row in 0..40_usize,
        ) {
            let (low, high) = (Role::ALL[one.min(other)], Role::ALL[one.max(other)]);
            let day = day(&[]);
            if check_matter(low, Matter::ALL[matter]).is_ok() {
                prop_assert!(check_matter(high, Matter::ALL[matter]).is_ok());
            }
            let rows = day.roll.codes.rows();
            let code = rows[row % rows.len()].code;
            if check_code_entry(low, code, &day.roll).is_ok() {
                prop_assert!(check_code_entry(high, code, &day.roll).is_ok());
            }
        }
    }
}
