//! Staff who may use the record: each with a login and a role.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::domain::name::clean;

/// What somebody may see and do; each may what those before it may. A reader changes nothing, and the gate sees less than a
/// reader: see [`permission`](crate::domain::act::permission).
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(description = "What somebody may see and do"))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Logs who comes and goes.
    Gate,
    /// Looks, and changes nothing.
    Reader,
    /// Works the morning.
    Officer,
    /// Enters codes that need a head's decision.
    Lead,
    /// Keeps the settings, the staff and the file.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: &[Role] = Role::VARIANTS;

    /// The word it is written by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// One of the staff, as the school's settings name them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// "jsmith": the operating system's name for them, or the one their key is forced to.
    pub login: String,
    /// "J Smith", as acts are signed.
    pub name: String,
    /// "attendance officer".
    pub post: String,
    /// What they may.
    pub role: Role,
}

/// Everything that cannot be right about the list of staff, each in a sentence.
pub fn faults(staff: &[Member]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, one) in staff.iter().enumerate() {
        let row = place + 1;
        if one.login.is_empty()
            || !one.login.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
        {
            let login = clean(&one.login);
            faults.push(format!("staff: row {row}: login “{login}” is not letters, digits, full stops, _ or -"));
        }
        if clean(&one.name).is_empty() || clean(&one.post).is_empty() {
            faults.push(format!("staff: row {row}: a name and a post are needed, as acts are signed with them"));
        }
        if staff.iter().take(place).any(|before| before.login == one.login) {
            faults.push(format!("staff: login {} is listed twice", clean(&one.login)));
        }
    }
    faults
}

/// The one with this login, if the school lists them.
pub fn listed<'a>(staff: &'a [Member], login: &str) -> Option<&'a Member> {
    staff.iter().find(|one| one.login == login)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(login: &str, name: &str) -> Member {
        Member { login: login.to_owned(), name: name.to_owned(), post: "office".to_owned(), role: Role::Gate }
    }

    #[test]
    fn a_login_is_plain_and_its_own() {
        let sound = [member("jsmith", "J Smith"), member("j.ito-2_x", "J Ito")];
        assert_eq!(faults(&sound), Vec::<String>::new());
        assert_eq!(listed(&sound, "jsmith").map(|one| one.name.as_str()), Some("J Smith"));
        assert_eq!(listed(&sound, "JSMITH"), None);
        let wrong = [member("j smith", "J"), member("", "J"), member("a", " "), member("a", "J")];
        assert_eq!(
            faults(&wrong),
            [
                "staff: row 1: login “j smith” is not letters, digits, full stops, _ or -",
                "staff: row 2: login “” is not letters, digits, full stops, _ or -",
                "staff: row 3: a name and a post are needed, as acts are signed with them",
                "staff: login a is listed twice",
            ]
        );
    }
}
