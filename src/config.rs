//! Where files lie on this computer, what it says is wrong with them, and who is at the desk.

use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;

use etcetera::BaseStrategy;

use crate::domain::act::Officer;
use crate::domain::name::clean;
use crate::domain::staff::Role;

/// How an officer may say how their name and post are written in the record.
pub const OFFICER: &str = "FIRSTBELL_OFFICER";
/// The post of an officer who has not said it.
const POST: &str = "office";

/// Something about this computer or its settings that must be put right first.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConfigFault {
    /// No home, so no platform folders.
    #[error("there is no home folder to keep files in: name the school's file with --db")]
    NoHome,
    /// The environment names an officer in a way that cannot be read.
    #[error("{OFFICER} does not say who is at the desk: write it as “S Marsh, attendance officer”")]
    Officer,
    /// The operating system does not know its own user.
    #[error(
        "the computer has no name for user {0}: say who is at the desk with {OFFICER}=\"S Marsh, attendance officer\""
    )]
    NoUser(u32),
}

/// The school's file, unless another is named.
pub fn record() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.data_dir().join("firstbell").join("school.db"))
}

/// The made-up school's file, unless another is named: each demo makes it anew.
pub fn demo() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.data_dir().join("firstbell").join("demo.db"))
}

/// The officer's own keys, laid over the program's.
pub fn keymaps() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.config_dir().join("firstbell").join("keymaps.toml"))
}

fn folders() -> Result<impl BaseStrategy, ConfigFault> {
    etcetera::choose_base_strategy().map_err(|_| ConfigFault::NoHome)
}

/// Who is at the desk. The login is the operating system's word; only how the name is written may be said otherwise, and
/// the desk keeps the login, so that the record shows both.
pub fn officer() -> Result<Officer, ConfigFault> {
    let user = user();
    let (name, post) = match std::env::var_os(OFFICER) {
        Some(said) => signature(said.to_str().unwrap_or_default()).ok_or(ConfigFault::Officer)?,
        None => {
            let user = user.as_ref().ok_or_else(|| ConfigFault::NoUser(uid()))?;
            (user.full_name.clone().unwrap_or_else(|| user.login.clone()), POST.to_owned())
        }
    };
    let login = user.map_or_else(|| uid().to_string(), |user| user.login);
    Ok(Officer { name, post, desk: desk(&login), login, role: Role::Admin })
}

/// "S Marsh, attendance officer" in two: name and post.
fn signature(said: &str) -> Option<(String, String)> {
    let (name, post) = said.split_once(',').unwrap_or((said, POST));
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

/// The user this process runs as: never what the environment claims.
fn user() -> Option<User> {
    let listed = fs::read_to_string("/etc/passwd").ok().and_then(|passwd| listed(&passwd, uid()));
    // A user of a directory server is in no file: ask the system.
    listed.or_else(|| {
        let answer = Command::new("id").arg("-un").output().ok().filter(|answer| answer.status.success())?;
        let login = clean(&String::from_utf8_lossy(&answer.stdout));
        (!login.is_empty()).then_some(User { login, full_name: None })
    })
}

/// The user with number `uid` in a file of users.
fn listed(passwd: &str, uid: u32) -> Option<User> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (login, number) = (fields.next()?, fields.nth(1)?);
        if number.parse() != Ok(uid) {
            return None;
        }
        let full = fields.nth(1).and_then(|about| about.split(',').next()).map(clean);
        Some(User { login: clean(login), full_name: full.filter(|name| !name.is_empty()) })
    })
}

/// What the system says is wrong, without its error number: the middle of a sentence.
pub fn plain(error: &std::io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// "smarsh@office-pc pts/3". Without a terminal, as over SSH, the process tells one desk from another.
fn desk(login: &str) -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let stdin = std::io::stdin();
    let tty = stdin.is_terminal().then(|| rustix::termios::ttyname(&stdin, Vec::new()).ok()).flatten();
    let tty = tty.map(|name| name.to_string_lossy().trim_start_matches("/dev/").to_owned());
    let place = tty.unwrap_or_else(|| format!("no terminal, process {}", std::process::id()));
    clean(&format!("{login}@{host} {place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str =
        "root:x:0:0:root:/root:/bin/bash\nsmarsh:x:1004:100:Sue Marsh,Office,,:/home/s:/bin/sh\nbare:x:7\n";

    #[test]
    fn the_user_is_found_by_number() {
        let marsh = listed(PASSWD, 1004).unwrap();
        assert_eq!((marsh.login.as_str(), marsh.full_name.as_deref()), ("smarsh", Some("Sue Marsh")));
        assert_eq!(listed(PASSWD, 7).unwrap().full_name, None);
        assert_eq!(listed(PASSWD, 99), None);
    }

    #[test]
    fn a_signature_is_a_name_and_perhaps_a_post() {
        let said = |text| signature(text).map(|(name, post)| format!("{name}/{post}"));
        assert_eq!(said("S Marsh, attendance officer").as_deref(), Some("S Marsh/attendance officer"));
        assert_eq!(said(" S\u{1b}  Marsh ").as_deref(), Some("S Marsh/office"));
        assert_eq!(said("S Marsh,").as_deref(), Some("S Marsh/office"));
        assert_eq!(said(", head"), None);
        assert_eq!(said("\u{7}"), None);
    }

    #[test]
    fn the_desk_names_the_login() {
        assert!(desk("smarsh").starts_with("smarsh@"));
    }
}
