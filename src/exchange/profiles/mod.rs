//! Profiles: what the columns of other systems' tables are, by their headings. Some are built in; a school writes its own.

mod above;
mod bind;
mod choose;
mod contacts;
pub mod guide;
mod ids;
mod of_contacts;
mod personal;
mod profile;
mod refused;
mod sheet;
mod string;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::fault::ReadFault;
use super::table::layout::Layout;
use crate::config::{open_file, plain};
use bind::bind;
pub(super) use choose::{Chosen, choose};
pub use profile::{Dates, Profile, Shape};
pub(super) use sheet::sheet;

/// The profiles that are built in, by name. Of two that fit as well, the first is taken.
const BUILT_IN: [(&str, &str); 16] = [
    ("arbor-roll-call", include_str!("../../../data/profiles/arbor-roll-call.toml")),
    ("bromcom-week", include_str!("../../../data/profiles/bromcom-week.toml")),
    ("dfe-code-export", include_str!("../../../data/profiles/dfe-code-export.toml")),
    ("isams-pupils", include_str!("../../../data/profiles/isams-pupils.toml")),
    ("marks-long", include_str!("../../../data/profiles/marks-long.toml")),
    ("marks-day", include_str!("../../../data/profiles/marks-day.toml")),
    ("marks-grid", include_str!("../../../data/profiles/marks-grid.toml")),
    ("marks-string", include_str!("../../../data/profiles/marks-string.toml")),
    ("contacts", include_str!("../../../data/profiles/contacts.toml")),
    ("contacts-named", include_str!("../../../data/profiles/contacts-named.toml")),
    ("pupils", include_str!("../../../data/profiles/pupils.toml")),
    ("absence-reports", include_str!("../../../data/profiles/absence-reports.toml")),
    ("kiosk", include_str!("../../../data/profiles/kiosk.toml")),
    ("replies", include_str!("../../../data/profiles/replies.toml")),
    ("trip-list", include_str!("../../../data/profiles/trip-list.toml")),
    ("truancy-call", include_str!("../../../data/profiles/truancy-call.toml")),
];

/// More profiles than a school writes, and more bytes than one has.
const FILES_MAX: usize = 100;
const BYTES_MAX: u64 = 100_000;

/// Every profile that there is: the school's own before those that are built in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Profiles(Vec<Profile>);

impl Profiles {
    /// Those of the `folder`, which need not be there, and those that are built in.
    pub fn load(folder: &Path) -> Result<Profiles, ReadFault> {
        let fault = |why: String| ReadFault::Profile { place: folder.display().to_string(), why };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Profiles::built_in(),
            Err(error) => return Err(fault(plain(&error))),
        };
        let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut paths = paths.map_err(|error| fault(plain(&error)))?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        paths.sort();
        if paths.len() > FILES_MAX {
            return Err(fault(format!("it holds more than {FILES_MAX} profiles")));
        }
        let mut profiles = Vec::new();
        for path in paths {
            let fault = |why: String| ReadFault::Profile { place: path.display().to_string(), why };
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let mut text = String::new();
            let read = open_file(&path).and_then(|file| file.take(BYTES_MAX + 1).read_to_string(&mut text));
            read.map_err(|error| fault(plain(&error)))?;
            if text.len() as u64 > BYTES_MAX {
                return Err(fault("it is longer than a profile".to_owned()));
            }
            profiles.push(Profile::parse(&name, &text, true).map_err(fault)?);
        }
        profiles.extend(Profiles::built_in()?.0);
        Ok(Profiles(profiles))
    }

    /// Those that are built in.
    pub fn built_in() -> Result<Profiles, ReadFault> {
        let parsed = BUILT_IN.iter().map(|(name, text)| {
            Profile::parse(name, text, false).map_err(|why| ReadFault::Profile { place: (*name).to_owned(), why })
        });
        Ok(Profiles(parsed.collect::<Result<_, _>>()?))
    }

    /// The same with `profile` before all others, and without any other of the school's own that has its name or one of `names`.
    fn with(&self, profile: Profile, names: &[String]) -> Profiles {
        let is_replaced = |one: &&Profile| one.is_own && (one.name == profile.name || names.contains(&one.name));
        let others = self.0.iter().filter(|one| !is_replaced(one)).cloned();
        Profiles(std::iter::once(profile.clone()).chain(others).collect())
    }

    /// The names of the school's own, besides `profile`, that fit a table laid out so as well as it does: of these an import takes none.
    fn rivals(&self, profile: &Profile, layout: &Layout) -> Vec<String> {
        let Some(Ok(bound)) = bind(profile, layout) else { return Vec::new() };
        let others = self.0.iter().filter(|one| one.name != profile.name);
        let is_rival = |one: &&Profile| matches!(bind(one, layout), Some(Ok(other)) if other.is_rival(&bound));
        others.filter(is_rival).map(|one| one.name.clone()).collect()
    }

    /// Whether one that is built in is called `name`.
    fn is_built_in(&self, name: &str) -> bool {
        self.0.iter().any(|one| !one.is_own && one.name == name)
    }

    /// All of them, in the order in which they are tried.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.0.iter()
    }

    /// The one of that name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.0.iter().find(|one| one.name == name)
    }
}
