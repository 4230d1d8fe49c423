//! In which order files that have come together are taken: who is on roll before what is said of them.

use crate::exchange::Read;

/// The place of a file by what it brings: pupils, the calendar, contacts, flags, lessons and arrangements, marks. One that holds several
/// has the place of the first.
pub fn place(read: &Read) -> u8 {
    let incoming = &read.incoming;
    let has = [
        !(incoming.groups.is_empty() && incoming.staff.is_empty() && incoming.pupils.is_empty()),
        !incoming.calendar.is_empty(),
        !(incoming.contacts.is_empty() && incoming.refused_contacts.is_empty()),
        !incoming.flags.is_empty(),
        !(incoming.lessons.is_empty() && incoming.arrangements.is_empty()),
    ];
    (0..).zip(has).find(|(_, has)| *has).map_or(LAST, |(place, _)| place)
}

/// The place of marks, and of what cannot be read.
pub const LAST: u8 = 9;
