//! Acts: each loads what its rule needs, lets the rule decide, writes, and says what it did. One file an act, under the name it has
//! in `domain/act`.

mod absence;
mod chain;
mod contact;
mod late;
mod mark;
mod presence;
mod record;
mod recorded;
mod register;
mod search;
mod settling;
mod tutor_marks;
mod watch_list;
mod work;

use rusqlite::Connection;

use super::journal;
use crate::domain::act::permission::may_act;
use crate::domain::act::{Act, Officer, Receipt, When};
use crate::domain::school::roll::Roll;
use record::undo;
use recorded::recorded;
pub use register::take_lesson::settle_lesson;
pub use settling::Said;
pub use tutor_marks::{marked, put_tutor};
pub use work::{Stop, Work};

/// Do `act` inside the caller's transaction.
pub fn perform(
    connection: &Connection,
    roll: &Roll,
    officer: &Officer,
    when: When,
    act: &Act,
) -> Result<Receipt, Stop> {
    may_act(officer.role, act, roll)?;
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
