//! Staff and tutor groups.

use std::collections::BTreeSet;

use super::draw::{Draw, For};
use super::ingredients::StaffNames;
use super::people::{MadeGroup, MadeStaff};

/// Pupils to a tutor group, as nearly as the years divide.
const GROUP_SIZE: usize = 29;

/// Pupils in each of years 7 to 11.
pub(super) fn year_sizes(pupils: usize) -> [usize; 5] {
    let mut sizes = [pupils / 5; 5];
    sizes.iter_mut().take(pupils % 5).for_each(|size| *size += 1);
    sizes
}

/// Tutor groups by year, each with a tutor of its own, and all staff.
pub(super) fn staff(seed: u64, pupils: usize, names: &StaffNames) -> (Vec<MadeGroup>, Vec<MadeStaff>) {
    let mut draw = Draw::new(seed, For::Staff);
    let mut groups: Vec<MadeGroup> = Vec::new();
    let mut known = BTreeSet::new();
    for (year, size) in (7..).zip(year_sizes(pupils)) {
        let wanted = if size == 0 { 0 } else { ((size + GROUP_SIZE / 2) / GROUP_SIZE).max(1) };
        for number in 1..=wanted {
            let (tutor, name) = tutor(&mut draw, names, year, &mut known)
                .unwrap_or_else(|| (format!("Tutor {year}-{number}"), format!("{year}-{number}")));
            let room = format!("{}{}", draw.word(&names.rooms), draw.between(1, 24));
            groups.push(MadeGroup { name, year, tutor, room });
        }
    }
    let person = |name: &str, post: &str| MadeStaff { name: name.to_owned(), post: post.to_owned() };
    let mut staff: Vec<MadeStaff> = groups.iter().map(|group| person(&group.tutor, "tutor")).collect();
    staff.extend(names.cover.iter().map(|name| person(name, "cover supervisor")));
    staff.extend(names.desks.iter().map(|desk| person(&desk.name, &desk.post)));
    (groups, staff)
}

/// A tutor nobody else is called like, and a group name not yet given.
fn tutor(draw: &mut Draw, names: &StaffNames, year: i64, known: &mut BTreeSet<String>) -> Option<(String, String)> {
    (0..2_000).find_map(|attempt| {
        let surname = draw.word(&names.surnames);
        let title = draw.word(&names.titles);
        let first = char::from(b'A' + u8::try_from(draw.below(26)).unwrap_or(0));
        let initial = surname.chars().next()?;
        // A big school runs out of surnames; then the title and initial tell two apart.
        let plain = attempt < 50;
        let tutor = if plain { format!("{title} {surname}") } else { format!("{title} {first} {surname}") };
        let group = format!("{year}{first}{initial}");
        // "7AM" would read as a time, "7PM" as a session.
        let met = |name: &String| known.contains(name);
        let clash =
            group.ends_with("AM") || group.ends_with("PM") || met(&tutor) || met(&group) || plain && met(&surname);
        (!clash).then(|| {
            known.extend([tutor.clone(), group.clone(), surname]);
            (tutor, group)
        })
    })
}
