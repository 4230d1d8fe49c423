//! Whose marks a file holds. A file which firstbell wrote is known again by the SHA-256 of what it holds.

use super::Read;
use super::kind::Kind;
use super::sha256::Sum;
use crate::domain::incoming::{MarkSource, Origin};

/// What the settings call a file of marks that has our own headings.
pub const TEMPLATE: &str = "template";

/// Keep whose marks `file` holds, if it holds any.
pub fn of_source(read: &mut Read, kind: Kind, file: &str, (name, origin): (&str, Origin)) {
    if kind == Kind::Marks {
        let (file, name) = (file.to_owned(), name.to_owned());
        read.incoming.mark_sources.files.push(MarkSource { file, name, origin });
    }
}

/// The marks of all files but the first so many are of files that firstbell wrote.
pub fn are_ours(read: &mut Read, first: usize) {
    read.incoming.mark_sources.files.iter_mut().skip(first).for_each(|one| one.origin = Origin::Ours);
}

/// SHA-256 of these bytes, as a file of them has it.
pub fn digest(bytes: &[u8]) -> String {
    let mut sum = Sum::default();
    sum.take(bytes);
    sum.hex()
}
