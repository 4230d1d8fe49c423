//! What tells apart pupils of one name: the tutor group, or the admission number where the group is the same.

use std::fmt;

use hashbrown::HashMap;

use super::pupil::{Pupil, PupilId};

/// What tells a pupil from others of the same name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Apart {
    /// The tutor group: nobody else of the name is in it.
    Group,
    /// The admission number, or else the UPN: another of the name is in the same group, or the pupil is in none.
    Number(String),
}

/// What tells each pupil who shares a name from the others of it; `pupils` are sorted by folded name. Whoever shares no name is
/// not in it, nor whoever nothing tells apart.
pub fn tell_apart(pupils: &[Pupil]) -> HashMap<PupilId, Apart> {
    let shared = pupils.chunk_by(|one, next| one.folded == next.folded).filter(|namesakes| namesakes.len() > 1);
    let of_each = shared.flat_map(|namesakes| {
        namesakes.iter().filter_map(|pupil| {
            let is_in_same = |other: &Pupil| other.id != pupil.id && other.group == pupil.group;
            if pupil.group.is_some() && !namesakes.iter().any(is_in_same) {
                return Some((pupil.id, Apart::Group));
            }
            let number = pupil.admission_no.as_ref().or(pupil.upn.as_ref())?;
            Some((pupil.id, Apart::Number(number.clone())))
        })
    });
    of_each.collect()
}

/// A pupil's name, and what is written behind it so that nobody takes it for another's. Where it is cut, the name is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TellingName {
    /// "Chan, Jun".
    pub name: String,
    /// "8VS", "004127", or nothing.
    pub apart: String,
}

impl fmt::Display for TellingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.apart.is_empty() { Ok(()) } else { write!(f, " {}", self.apart) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::{G8KM, G9TR, pupil, roll_of};

    /// Pupils numbered from 1; 0 for no group.
    fn named(all: &[(&str, u8)]) -> Vec<Pupil> {
        let group = |place| [None, Some(G8KM), Some(G9TR)][usize::from(place)];
        let of = |(id, (surname, place)): (i64, &(&str, u8))| Pupil {
            group: group(*place),
            ..pupil(id, surname, "Jun", G8KM)
        };
        (1..).zip(all).map(of).collect()
    }

    #[test]
    fn namesakes_are_told_apart_by_group_and_in_one_group_by_number() {
        let pupils = named(&[("Chan", 1), ("Chan", 1), ("Chan", 2), ("Chan", 0), ("Cole", 1)]);
        let roll = roll_of(pupils.clone());
        let alone = ["Chan, Jun 001201", "Chan, Jun 001202", "Chan, Jun 9TR", "Chan, Jun 001204", "Cole, Jun"];
        let beside = ["Chan, Jun 001201", "Chan, Jun 001202", "Chan, Jun", "Chan, Jun 001204", "Cole, Jun"];
        let whole =
            ["Chan, Jun 8KM 001201", "Chan, Jun 8KM 001202", "Chan, Jun 9TR", "Chan, Jun - 001204", "Cole, Jun 8KM"];
        for (place, pupil) in pupils.iter().enumerate() {
            assert_eq!(roll.telling_name(pupil).to_string(), alone[place]);
            assert_eq!(roll.name_in_group(pupil).to_string(), beside[place]);
            assert_eq!(roll.name_and_group(pupil.id), whole[place]);
        }
    }

    #[test]
    fn accents_and_capitals_tell_nobody_apart() {
        let pupils = vec![pupil(1, "Chan", "Zoë", G8KM), pupil(2, "CHAN", "Zoe", G9TR)];
        let roll = roll_of(pupils.clone());
        let names: Vec<String> = pupils.iter().map(|one| roll.telling_name(one).to_string()).collect();
        assert_eq!(names, ["Chan, Zoë 8KM", "CHAN, Zoe 9TR"]);
    }

    proptest! {
        #[test]
        fn no_two_are_ever_called_the_same(all in prop::collection::vec((prop::sample::select(vec!["Chan", "Cole"]), 0_u8..3), 0..9)) {
            let pupils = named(&all);
            let roll = roll_of(pupils.clone());
            let ways: [&dyn Fn(&Pupil) -> String; 3] = [
                &|one| roll.telling_name(one).to_string(),
                &|one| format!("{} {}", roll.name_in_group(one), roll.group_name(one)),
                &|one| roll.name_and_group(one.id),
            ];
            for way in ways {
                let mut names: Vec<String> = pupils.iter().map(way).collect();
                names.sort_unstable();
                names.dedup();
                prop_assert_eq!(names.len(), pupils.len());
            }
        }
    }
}
