//! Acts: each loads what its rule needs, lets the rule decide, writes, and describes what it did. One file an act, under the name
//! it has in `domain/act`.

// A new kind is asked for in every match; tests may name one kind alone.
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod chain;
mod each;
mod recorded;
mod roll_rows;
mod settling;
mod tutor_marks;
mod work;

/// Calls, reports and steps about an absence.
mod absence {
    mod log_call;
    mod log_promise;
    mod read_message;
    mod report_absence;
    mod reported;
    mod take_step;
}

/// Arrangements for many.
pub mod arrangement {
    mod arrange;
    mod change_arrangement;
    mod end_arrangement;
    pub mod keeping;
}

/// Cases, and what is put into case files.
mod case {
    mod change_case;
    mod deliver_letter;
    mod end_case_event;
    mod held;
    mod log_case_event;
    mod make_letter;
    mod open_case;
}

/// Who must not be contacted, and what of contacts is put right.
mod contact {
    mod add_contact;
    mod bar;
    mod bars;
    mod correct_contact;
    mod fit;
    mod lift_bar;
}

/// Who comes late, and what follows.
mod late {
    mod follow_late;
    mod log_arrival;
}

/// Marks decided in the office, and handed back to the system that they come from.
mod mark {
    mod amend;
    mod amend_several;
    mod confirm_handback;
    mod decide;
    mod drop_marks;
    mod handed_back;
    mod map_mark;
    mod refuse_handback;
    mod settle_unresolved;
}

/// Who is in the building, and who is with a provider.
mod presence {
    mod confirm;
    mod log_movement;
    mod sight;
    mod sight_group;
}

/// Pupils who come, go or change the tutor group before the system has it.
mod pupil {
    mod change_group;
    mod confirm_leavers;
    mod enrol;
    mod leave;
    mod number_joiner;
    mod numbers;
    mod settled;
    mod stay;
}

/// The record itself: its settings, and what is taken back.
mod record {
    mod change_settings;
    mod comings;
    mod dismiss_file;
    mod importing;
    pub mod undo;
}

/// Registers of groups and of lessons.
mod register {
    mod chase;
    mod chase_lesson;
    mod cover;
    mod snooze;
    pub mod take_lesson;
    mod take_register;
}

/// Looking for a pupil.
mod search {
    mod end_search;
    mod note_search;
    mod open_search;
    mod standing;
}

/// The watch list.
mod watch_list {
    mod standing;
    mod unwatch;
    mod watch;
}

use rusqlite::Connection;

use super::journal;
use crate::domain::act::permission::check_act;
use crate::domain::act::{Act, Officer, Receipt, When};
use crate::domain::school::roll::Roll;
use record::undo;
use recorded::recorded;
pub use register::take_lesson::settle_lesson;
pub use settling::Quote;
pub use tutor_marks::{marked, store_tutor_mark};
pub use work::{Stop, Work};

/// Do what `act` does, as part of the act at hand: a file brought it.
pub fn bring(work: &Work<'_>, act: &Act) -> Result<Receipt, Stop> {
    recorded(act).record(work)
}

/// Do `act` inside the caller's transaction.
pub fn perform(
    connection: &Connection,
    roll: &Roll,
    officer: &Officer,
    when: When,
    act: &Act,
) -> Result<Receipt, Stop> {
    check_act(officer.role, act, roll)?;
    let recorded = recorded(act);
    let undoes = act.undoes().map(|act| undo::standing(connection, roll, act)).transpose()?;
    let number = journal::sign(connection, officer, when, act, (recorded.date(connection)?, undoes))?;
    recorded.record(&Work {
        connection,
        roll,
        role: officer.role,
        is_owner: officer.is_owner,
        local: roll.school.local(when.now),
        act: number,
    })
}
