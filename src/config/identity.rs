//! Who is at the desk: the operating system's user, or a login that the owner of the school's file vouches for.

use std::io::IsTerminal;
use std::path::Path;

use uzers::os::unix::UserExt;

use super::ConfigFault;
use crate::domain::act::Officer;
use crate::domain::name::clean;
use crate::domain::school::staff::{self, Member, Role};

/// The variable in which the owner of the school's file gives the name and post for the record.
pub const OFFICER: &str = "FIRSTBELL_OFFICER";
/// The post of an officer who gave none.
const POST: &str = "office";

/// Why nobody can work at this desk.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unseated {
    /// `--as` by somebody else than the owner.
    #[error(
        "--as {0} is refused: only the account that owns the school's file may say who somebody is, and this is another"
    )]
    NotTheOwner(String),
    /// A login that the school's settings do not list.
    #[error("{0} is not among the school's staff: an admin adds them with “firstbell settings”")]
    NotStaff(String),
    /// The operating system does not know its own user, and the file is another's.
    #[error("the computer has no name for user {0}, so nobody can say whether they are among the school's staff")]
    Nameless(u32),
    /// This computer must be put right first.
    #[error(transparent)]
    Config(#[from] ConfigFault),
}

/// Whether this process is the account with number `owner`: it really is, and it was not lent the owner's rights (setuid).
/// Nor is it where the kernel gives every account it cannot name one number, as in a user namespace that maps none.
pub fn owns(owner: u32) -> bool {
    (owner != nobody() || names_everybody()) && [uid(), rustix::process::geteuid().as_raw()] == [owner; 2]
}

/// Whether every account has its own number here, as outside any user namespace.
fn names_everybody() -> bool {
    let map = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    map.split_whitespace().eq(["0", "0", "4294967295"])
}

/// The number that stands for whoever has none here.
fn nobody() -> u32 {
    let number = std::fs::read_to_string("/proc/sys/kernel/overflowuid").ok();
    number.and_then(|number| number.trim().parse().ok()).unwrap_or(65_534)
}

/// Whether somebody could still change the settings of the file at `path` if these were its `staff`: one of them, or whoever owns
/// it, who may do everything as long as the list does not say otherwise.
pub fn leaves_an_admin(staff: &[Member], path: &Path) -> bool {
    let owner = rustix::fs::stat(path).map(|found| account(found.st_uid));
    let is_restricted = owner.map_or(true, |user| user.is_some_and(|user| staff::listed(staff, &user.login).is_some()));
    !is_restricted || staff.iter().any(|one| one.role == Role::Admin)
}

/// Who is at the desk, by the school's `staff`. `given` is the login that `--as` gives, which counts from the owner of the
/// file only; without it the login is the operating system's word. Listed accounts have the listed role. Of the others only
/// the owner may sit down: the file is theirs to read anyway.
pub fn officer(staff: &[Member], owner: bool, given: Option<&str>) -> Result<Officer, Unseated> {
    if let Some(login) = given {
        if !owner {
            return Err(Unseated::NotTheOwner(clean(login)));
        }
        return listed(staff, login, false).ok_or_else(|| Unseated::NotStaff(clean(login)));
    }
    let user = user();
    if let Some(officer) = user.as_ref().and_then(|user| listed(staff, &user.login, owner)) {
        return Ok(officer);
    }
    match user {
        _ if owner => Ok(the_owner(user)?),
        Some(user) => Err(Unseated::NotStaff(user.login)),
        None => Err(Unseated::Nameless(uid())),
    }
}

/// One of the staff, at this desk.
fn listed(staff: &[Member], login: &str, is_owner: bool) -> Option<Officer> {
    let Member { login, name, post, role } = staff::listed(staff, login)?;
    let (name, post, desk) = (clean(name), clean(post), desk(login));
    Some(Officer { name, post, desk, login: login.clone(), role: *role, is_owner })
}

/// Whoever owns the file, and is not listed. How the name is written may be said; the desk keeps the login, so that the
/// record shows both.
fn the_owner(user: Option<User>) -> Result<Officer, ConfigFault> {
    let (name, post) = match std::env::var_os(OFFICER) {
        Some(words) => signature(words.to_str().unwrap_or_default()).ok_or(ConfigFault::Officer)?,
        None => {
            let user = user.as_ref().ok_or_else(|| ConfigFault::NoUser(uid()))?;
            (user.full_name.clone().unwrap_or_else(|| user.login.clone()), POST.to_owned())
        }
    };
    let login = user.map_or_else(|| uid().to_string(), |user| user.login);
    Ok(Officer { name, post, desk: desk(&login), login, role: Role::Admin, is_owner: true })
}

/// "S Marsh, attendance officer" in two: name and post.
fn signature(words: &str) -> Option<(String, String)> {
    let (name, post) = words.split_once(',').unwrap_or((words, POST));
    let (name, post) = (clean(name), clean(post));
    (!name.is_empty()).then(|| (name, if post.is_empty() { POST.to_owned() } else { post }))
}

/// The operating system's user.
#[derive(Clone, PartialEq, Eq, Debug)]
struct User {
    login: String,
    full_name: Option<String>,
}

fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// The user this process runs as, by the kernel's number and the system's own account database, a directory server's users among
/// them: never what the environment claims, nor a program found on a path.
fn user() -> Option<User> {
    account(uid())
}

/// The account with this number.
fn account(uid: u32) -> Option<User> {
    let found = uzers::get_user_by_uid(uid)?;
    let full_name = found.gecos().to_string_lossy().split(',').next().map(clean).filter(|name| !name.is_empty());
    let login = clean(&found.name().to_string_lossy());
    (!login.is_empty()).then_some(User { login, full_name })
}

/// "smarsh@office-pc pts/3". Whatever a login does without a terminal, command by command, it does at one desk.
fn desk(login: &str) -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let stdin = std::io::stdin();
    let tty = stdin.is_terminal().then(|| rustix::termios::ttyname(&stdin, Vec::new()).ok()).flatten();
    let tty = tty.map(|name| name.to_string_lossy().trim_start_matches("/dev/").to_owned());
    let place = tty.unwrap_or_else(|| "no terminal".to_owned());
    clean(&format!("{login}@{host} {place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_found_by_number() {
        let root = account(0).unwrap();
        assert_eq!(root.login, "root");
        assert_eq!(account(u32::MAX - 7), None);
        assert_eq!(user(), account(uid()));
    }

    #[test]
    fn a_signature_is_a_name_and_perhaps_a_post() {
        let words = |text| signature(text).map(|(name, post)| format!("{name}/{post}"));
        assert_eq!(words("S Marsh, attendance officer").as_deref(), Some("S Marsh/attendance officer"));
        assert_eq!(words(" S\u{1b}  Marsh ").as_deref(), Some("S Marsh/office"));
        assert_eq!(words("S Marsh,").as_deref(), Some("S Marsh/office"));
        assert_eq!(words(", head"), None);
        assert_eq!(words("\u{7}"), None);
    }

    #[test]
    fn the_desk_names_the_login() {
        assert!(desk("smarsh").starts_with("smarsh@"));
    }

    #[test]
    fn whoever_has_no_number_of_their_own_owns_nothing() {
        assert!(owns(uid()) || uid() != rustix::process::geteuid().as_raw());
        assert!(!owns(uid() + 1));
        assert_eq!(owns(nobody()), uid() == nobody() && names_everybody());
        assert_eq!(nobody(), 65_534);
    }

    fn member(login: &str, role: Role) -> Member {
        Member { login: login.to_owned(), name: "J Smith".to_owned(), post: "gate".to_owned(), role }
    }

    #[test]
    fn only_the_owner_says_who_somebody_is() {
        let staff = [member("jsmith", Role::Gate)];
        let smith = officer(&staff, true, Some("jsmith")).unwrap();
        assert_eq!((smith.name.as_str(), smith.post.as_str(), smith.role), ("J Smith", "gate", Role::Gate));
        assert_eq!(smith.login, "jsmith");
        assert!(smith.desk.starts_with("jsmith@"), "{}", smith.desk);
        assert_eq!(officer(&staff, false, Some("jsmith")), Err(Unseated::NotTheOwner("jsmith".to_owned())));
        // Not even of a login that is nobody's.
        assert_eq!(officer(&[], false, Some("a\u{1b}b")), Err(Unseated::NotTheOwner("ab".to_owned())));
        assert_eq!(officer(&staff, true, Some("JSMITH")), Err(Unseated::NotStaff("JSMITH".to_owned())));
        assert_eq!(officer(&staff, true, Some("")), Err(Unseated::NotStaff(String::new())));
    }

    #[test]
    fn a_list_that_takes_the_owner_s_rights_gives_them_to_another() {
        let Some(User { login, .. }) = user() else { return };
        let folder = tempfile::tempdir().unwrap();
        let leaves = |staff: &[Member]| leaves_an_admin(staff, folder.path());
        assert!(
            leaves(&[]) && leaves(&[member("somebody-else", Role::Gate)]) && leaves(&[member(&login, Role::Admin)])
        );
        assert!(!leaves(&[member(&login, Role::Officer), member("somebody-else", Role::Lead)]));
        assert!(leaves(&[member(&login, Role::Officer), member("somebody-else", Role::Admin)]));
    }

    #[test]
    fn the_listed_have_their_role_and_of_the_others_only_the_owner_sits_down() {
        let Some(User { login, .. }) = user() else { return };
        for owner in [true, false] {
            let officer = officer(&[member(&login, Role::Reader)], owner, None).unwrap();
            assert_eq!((officer.name.as_str(), officer.role), ("J Smith", Role::Reader));
        }
        let others = [member("somebody-else", Role::Admin)];
        assert_eq!(officer(&others, false, None), Err(Unseated::NotStaff(login)));
        assert_eq!(officer(&others, true, None).unwrap().role, Role::Admin);
    }
}
