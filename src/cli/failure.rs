//! Why a command did not do what it was asked, in sentences, with the exit code each kind ends in.

use std::io;

use super::text::printable;
use crate::config::ConfigFault;
use crate::exchange::ReadFault;
use crate::exchange::archive::NotRestored;
use crate::exchange::feed::FolderFault;
use crate::store::Fault;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules forbid it, or nobody is meant by the name: an answer.
    #[error("{0}")]
    Refused(String),
    /// The arguments, or a file of settings, cannot be used.
    #[error("{0}")]
    Usage(String),
    /// The arguments cannot be read.
    #[error(transparent)]
    Args(#[from] clap::Error),
    /// This computer must be put right first.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// The school's file is not as it should be.
    #[error(transparent)]
    Record(#[from] Fault),
    /// Files to import cannot be read.
    #[error(transparent)]
    Files(#[from] ReadFault),
    /// A folder cannot be watched, or a file in it not be moved.
    #[error(transparent)]
    Folder(#[from] FolderFault),
    /// An archive cannot be read back.
    #[error(transparent)]
    Archive(#[from] NotRestored),
    /// The program's own data cannot be read.
    #[error("this program is damaged: {0}; install it again")]
    Program(String),
    /// The terminal failed.
    #[error("{0}")]
    Terminal(String),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// The exit code: 1 refused, 2 usage or configuration, 3 fault; 0 when nothing went wrong after all.
    pub fn exit(&self) -> u8 {
        match self {
            Failure::Refused(_) => 1,
            Failure::Usage(_) | Failure::Args(_) | Failure::Config(_) | Failure::Files(ReadFault::NoPath) => 2,
            // Whoever reads the answer has read enough.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Record(_)
            | Failure::Files(_)
            | Failure::Folder(_)
            | Failure::Archive(_)
            | Failure::Program(_)
            | Failure::Terminal(_)
            | Failure::Output(_) => 3,
        }
    }

    /// Its text, fit for a terminal; empty if there is nothing to print.
    pub fn text(&self) -> String {
        match self {
            Failure::Output(_) if self.exit() == 0 => String::new(),
            Failure::Args(error) => lines(&error.to_string()),
            other => lines(&format!("firstbell: {other}")),
        }
    }
}

fn lines(text: &str) -> String {
    text.lines().map(|line| printable(line) + "\n").collect()
}
