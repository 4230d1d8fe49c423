//! A profile kept as a file of the school's: for its owner only, whole or not at all.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use crate::config::{NewFile, NotMade, plain};
use crate::domain::name::fold;
use crate::exchange::profiles::Profile;

/// Letters of a name, at most.
const NAME_MAX: usize = 40;

/// Why a profile was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// The name is none that a file can have.
    #[error("“{0}” is no name for a profile: use small letters, digits and hyphens, 40 at most")]
    Name(String),
    /// There is one of that name.
    #[error("there is a profile {0} already, and it was not replaced")]
    Exists(String),
    /// firstbell has one of that name itself.
    #[error("firstbell has a profile {0} of its own: choose another name, such as our-{0}")]
    BuiltIn(String),
    /// Another of the school's own is of the same headings.
    #[error(
        "the school's profile {0} is of the same headings, and no import could tell which is meant: save it as {0}, in its place"
    )]
    Rival(String),
    /// So are several.
    #[error(
        "the school's profiles {} are of the same headings, and no import could tell which is meant: keep one of their files in the \
         folder “profiles”, and save this in its place", .0.join(" and ")
    )]
    Rivals(Vec<String>),
    /// The system does not let it.
    #[error("{0}")]
    Failed(String),
}

/// What of `text` can be the name of a profile: small letters and digits, parted by hyphens.
pub fn name_of(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(fold).map(|word| word.replace(' ', "-"));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(NAME_MAX).collect();
    name.trim_matches('-').to_owned()
}

/// Keep `profile` in `folder`, which is made if it is not there. One of its name is replaced only where `replaces` says so.
pub fn keep(profile: &Profile, folder: &Path, replaces: bool) -> Result<PathBuf, NotKept> {
    if profile.name.is_empty() || name_of(&profile.name) != profile.name {
        return Err(NotKept::Name(profile.name.clone()));
    }
    let failed = |path: &Path, error: &std::io::Error| {
        NotKept::Failed(format!("{} cannot be written: {}", path.display(), plain(error)))
    };
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(folder, &error)),
    }
    let path = folder.join(format!("{}.toml", profile.name));
    let about = fs::symlink_metadata(&path).ok();
    if about.is_some() && !replaces {
        return Err(NotKept::Exists(profile.name.clone()));
    }
    if about.is_some_and(|about| !about.is_file()) {
        return Err(NotKept::Failed(format!("{} is no ordinary file, and was left alone", path.display())));
    }
    if !replaces || fs::symlink_metadata(&path).is_err() {
        return NewFile::begin(&path).and_then(|new| new.keep_text(&profile.text)).map_err(|fault| match fault {
            NotMade::Exists(_) => NotKept::Exists(profile.name.clone()),
            fault @ NotMade::Failed { .. } => NotKept::Failed(fault.to_string()),
        });
    }
    // Under another name first: at no moment is there half a profile, and every import reads them all.
    let next = folder.join(format!("{}.toml.new", profile.name));
    let next = match NewFile::begin(&next).and_then(|new| new.keep_text(&profile.text)) {
        Ok(next) => next,
        Err(fault) => return Err(NotKept::Failed(fault.to_string())),
    };
    fs::rename(&next, &path).map_err(|error| {
        let (Ok(()) | Err(_)) = fs::remove_file(&next);
        failed(&path, &error)
    })?;
    Ok(path)
}
