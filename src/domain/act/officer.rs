//! Who signs an act, and when.

use chrono::{DateTime, Utc};

use super::Refusal;
use crate::domain::school::staff::{self, Member, Role};

/// Who is at the desk: every act is signed with this (reg 6 of SI 2024/208: name and title of the person who amends).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Officer {
    /// "S Marsh".
    pub name: String,
    /// Post: "attendance officer".
    pub post: String,
    /// Which desk: login, host and terminal, "smarsh@office-pc pts/3".
    pub desk: String,
    /// The login they came by: "smarsh".
    pub login: String,
    /// What they may see and do, as it was when they sat down: [`role_now`](Self::role_now) asks again.
    pub role: Role,
    /// Whoever owns the school's file, or the program itself: nobody needs to list them.
    pub is_owner: bool,
}

/// When something is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// The instant it is signed with.
    pub now: DateTime<Utc>,
    /// The instant of the system's clock, where another was given: the record keeps both.
    pub clock: Option<DateTime<Utc>>,
}

impl From<DateTime<Utc>> for When {
    fn from(now: DateTime<Utc>) -> When {
        When { now, clock: None }
    }
}

impl From<(DateTime<Utc>, Option<DateTime<Utc>>)> for When {
    fn from((now, clock): (DateTime<Utc>, Option<DateTime<Utc>>)) -> When {
        When { now, clock }
    }
}

impl Officer {
    /// As they sign a letter: "S Marsh, attendance officer".
    pub fn signature(&self) -> String {
        if self.post.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.post) }
    }

    /// What they may by the school's `staff` as it is now: whoever is listed is who the list says, and of the others only whoever
    /// owns the file may anything. Refused to whoever has been struck from the list.
    pub fn role_now(&self, staff: &[Member]) -> Result<Role, Refusal> {
        match staff::listed(staff, &self.login) {
            Some(member) => Ok(member.role),
            None if self.is_owner => Ok(self.role),
            None => Err(Refusal::NotStaff { login: self.login.clone() }),
        }
    }

    /// Somebody whom no role holds back: whoever owns the file, and whoever the program itself writes for.
    pub fn unbound(name: &str, post: &str, desk: &str) -> Officer {
        let login = desk.split('@').next().unwrap_or_default();
        let [name, post, desk, login] = [name, post, desk, login].map(str::to_owned);
        Officer { name, post, desk, login, role: Role::Admin, is_owner: true }
    }
}
