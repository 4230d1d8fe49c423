//! A folder that feeds itself: what lies in it, which of it is whole, in which order it is taken, and where it goes then.
//!
//! Nothing is brought in here. A file is taken once it has stood still, stays where it is until the record holds that it was taken or
//! refused, and is moved after that: whoever is killed in between finds in the record what is left to do.

pub mod folder;
pub mod order;
pub mod place;
pub mod placing;
pub mod report;
pub mod still;
pub mod watch;

use std::io;
use std::path::PathBuf;

use crate::config::{NotMade, plain};

/// Why a folder cannot be watched, or a file not be moved.
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// There is no such folder.
    #[error("{0} is no folder: make it, or name another")]
    NoFolder(PathBuf),
    /// A folder in which files are kept is something else.
    #[error("{0} is not a folder of its own: files are kept there, and no link is followed; move it away")]
    NotOurs(PathBuf),
    /// Another folder stands there now.
    #[error("{0} is no longer the folder it was: nothing was taken")]
    Replaced(PathBuf),
    /// The system does not let it.
    #[error("{path} cannot be used: {}", plain(.error))]
    Failed {
        /// The folder, or the file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file could not be written.
    #[error(transparent)]
    NotMade(#[from] NotMade),
    /// Files that the record has done with lie where they were: how many.
    #[error("{0} could not be moved: see what is said of each")]
    Stuck(String),
    /// A thousand files of one name lie there.
    #[error("there are too many files called {0}: take the old ones away")]
    Full(PathBuf),
}

impl FolderFault {
    fn of(path: impl Into<PathBuf>, error: impl Into<io::Error>) -> FolderFault {
        FolderFault::Failed { path: path.into(), error: error.into() }
    }
}
