//! Where files lie on this computer, how new ones are made, what it says is wrong with them, and who is at the desk.

mod identity;
mod new_file;
mod open_file;
mod share;

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

pub use identity::{OFFICER, Unseated, leaves_an_admin, officer, owns};
pub use new_file::{NewFile, NotMade};
pub use open_file::open_file;
pub use share::is_on_a_share;

/// Names the school's file, where the arguments do not.
const FILE: &str = "FIRSTBELL_DB";
/// What sshd puts there for a key with a forced command: what the client asked for, in the client's words.
const ASKED: &str = "SSH_ORIGINAL_COMMAND";

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

/// The file that the environment names.
pub fn named() -> Option<PathBuf> {
    std::env::var_os(FILE).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// What was asked of us through a forced command, if anything.
pub fn asked() -> Option<String> {
    std::env::var_os(ASKED).map(|asked| asked.to_string_lossy().into_owned()).filter(|asked| !asked.trim().is_empty())
}

/// Whether somebody is at the other end of a line: then the environment may hold what they sent with it.
pub fn over_ssh() -> bool {
    [ASKED, "SSH_CONNECTION"].iter().any(|name| std::env::var_os(name).is_some())
}

/// The admin's editor, with its own arguments: `EDITOR`, else the system's, else vi.
pub fn editor() -> Vec<String> {
    let own = std::env::var("EDITOR").ok().and_then(|words| shell_words::split(&words).ok());
    own.filter(|words| !words.is_empty()).unwrap_or_else(|| {
        let usual = "/usr/bin/editor";
        vec![if std::path::Path::new(usual).exists() { usual } else { "vi" }.to_owned()]
    })
}

/// The school's file, unless another is named.
pub fn record() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.data_dir().join("firstbell").join("school.db"))
}

/// The made-up school's file, unless another is named: each demo makes it anew.
pub fn demo() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.data_dir().join("firstbell").join("demo.db"))
}

/// The folder of the school's own profiles of other systems' files: beside its own file, the `record`.
pub fn profiles(record: &Path) -> PathBuf {
    record.with_file_name("profiles")
}

/// The folder of the school's own templates of letters: beside its own file, the `record`.
pub fn letters(record: &Path) -> PathBuf {
    record.with_file_name("letters")
}

/// The officer's own keys, which override the program's.
pub fn keymaps() -> Result<PathBuf, ConfigFault> {
    Ok(folders()?.config_dir().join("firstbell").join("keymaps.toml"))
}

fn folders() -> Result<impl BaseStrategy, ConfigFault> {
    etcetera::choose_base_strategy().map_err(|_| ConfigFault::NoHome)
}

/// What the system says is wrong, without its error number: the middle of a sentence.
pub fn plain(error: &std::io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}
