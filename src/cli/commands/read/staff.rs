//! `staff`: who may use the record, and what each may.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::domain::counted::counted;
use crate::domain::school::staff::{Member, Role};

/// One of the staff.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StaffFacts {
    login: String,
    name: String,
    post: String,
    role: Role,
}

/// List them, as the settings do.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let staff = desk.store.roll().school.staff.clone();
    let rows: Vec<StaffFacts> = staff.into_iter().map(facts).collect();
    let heading = format!("Staff: {}.", counted(rows.len(), "login"));
    desk.answer(&heading, "Nobody is listed: only whoever owns the file may use it.", rows)
}

fn facts(Member { login, name, post, role }: Member) -> StaffFacts {
    StaffFacts { login, name, post, role }
}

impl Row for StaffFacts {
    /// "jsmith: J Smith, attendance officer, role officer."
    fn lines(&self) -> Vec<String> {
        vec![format!("{}: {}, {}, role {}.", self.login, self.name, self.post, self.role)]
    }
}
