//! Contacts who must not be contacted. A bar is on a person, whatever a file calls them: only somebody's act lifts it.
//!
//! Of each contact that a file names it is asked which known contact it is, and whether it may be somebody who is barred. It may
//! be, unless a contact who may be rung fits it plainly better. What is not certain is barred, and told: a parent who is not
//! rung until somebody has looked is less harm than one who is rung against a court's order.

use super::contact::ContactId;
use super::person::{Fit, Person};
use super::pupil::PupilId;
use super::sides::{Pull, Sides};

/// A bar that stands: about whom, on which contact, and under which spelling and numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// About whom they must not be contacted.
    pub pupil: PupilId,
    /// The contact.
    pub contact: ContactId,
    /// Who that is.
    pub person: Person,
    /// Why: "court order"; empty where the file that brought it does not say.
    pub reason: String,
}

impl Bar {
    /// "Mr Khan must not be contacted (court order)".
    pub fn describe(&self) -> String {
        describe(&self.person.name, &self.reason)
    }

    /// Whether somebody may be they: by identifier, number or name, or called by nothing but what they are: "Dad".
    pub fn may_be(&self, person: &Person) -> bool {
        let fit = self.person.fit(person);
        let called = Person { relationship: person.name.clone(), ..Person::default() };
        fit.id || fit.number || fit.named() || (!fit.at_odds && self.person.fit(&called).relation)
    }
}

/// "Mr Khan must not be contacted (court order)"; nothing in brackets where no reason is known.
pub fn describe(name: &str, reason: &str) -> String {
    let why = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    format!("{name} must not be contacted{why}")
}

/// A contact of the pupil as the record has it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// As last imported.
    pub person: Person,
    /// Whether the last file still named them.
    pub is_current: bool,
    /// Every spelling and number under which they are barred; empty for who may be rung.
    pub barred_as: Vec<Person>,
}

/// What a contact that a file names was found to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The known contact that it is, by its place.
    pub known: Option<usize>,
    /// The barred contact that it is or may be, by its place.
    pub barred_by: Option<usize>,
    /// Whether it certainly is the barred one: nothing need be told.
    pub is_certain: bool,
}

impl Known {
    fn is_barred(&self) -> bool {
        !self.barred_as.is_empty()
    }

    /// How each of the spellings they are barred by fits.
    fn fits<'a>(&'a self, named: &'a Person) -> impl Iterator<Item = Fit> + 'a {
        self.barred_as.iter().chain([&self.person]).map(|one| one.fit(named))
    }

    /// How surely it is they, 0 where it is not.
    fn rank(&self, named: &Person) -> u8 {
        if self.is_barred() {
            return self.fits(named).map(|fit| fit.rank()).max().unwrap_or(0);
        }
        // Calls name whom they reached: who may be another is another contact.
        let fit = self.person.fit(named);
        let is_same =
            fit.id || (fit.number && (fit.named() || fit.relation)) || (fit.named() && (fit.exact || fit.relation));
        if is_same { fit.rank().max(1) } else { 0 }
    }
}

/// What each of the `named` contacts of one pupil is. `known` are the pupil's current contacts, and all who are barred.
pub fn find(known: &[Known], named: &[Person]) -> Vec<Found> {
    let mut found = vec![Found::default(); named.len()];
    for (place, which) in pairs(known, named) {
        if let Some(found) = found.get_mut(place) {
            found.known = Some(which);
        }
    }
    for (place, barred) in known.iter().enumerate().filter(|(_, one)| one.is_barred()) {
        weigh(known, named, (place, barred), &mut found);
    }
    found
}

/// Say of each named contact whether it is or may be this barred one.
fn weigh(known: &[Known], named: &[Person], (place, barred): (usize, &Known), found: &mut [Found]) {
    let callable = |found: &Found| found.known.and_then(|own| known.get(own)).filter(|own| !own.is_barred());
    let is_named = |fit: &Fit| fit.id || fit.named();
    let theirs = |(found, person): (&Found, &Person)| {
        found.known == Some(place) && barred.fits(person).any(|fit| is_named(&fit))
    };
    let row = found.iter().zip(named).position(theirs);
    let their_row = row.and_then(|row| named.get(row));
    let sides = |own: &Known, person: &Person| {
        let row = their_row?;
        let of_own = |row| std::iter::once(own.person.fit(row));
        let barred = Pull::of(barred.fits(row), barred.fits(person));
        Some(Sides { barred, other: Pull::of(of_own(person), of_own(row)) })
    };
    // The fits by which a contact may be the barred one: not those that who it is fits plainly better. Whose number it is does not
    // matter once the barred one is found in another row: the number is not rung, whoever has it.
    let open = |(at, (found, person)): (usize, (&Found, &Person))| -> Vec<Fit> {
        let is_other_row = row.is_some_and(|row| row != at);
        let own = callable(found).filter(|own| is_alone(own, at, named));
        if own.and_then(|own| sides(own, person)).is_some_and(|sides| is_other_row && sides.are_apart()) {
            return Vec::new();
        }
        let own = own.map(|own| own.person.fit(person));
        let fits = barred.fits(person).map(|fit| Fit { number: fit.number && !is_other_row, ..fit });
        fits.filter(|fit| !own.is_some_and(|own| own.is_plainly_better_than(fit))).collect()
    };
    let fits: Vec<Vec<Fit>> = found.iter().zip(named).enumerate().map(open).collect();
    let is_there = fits.iter().flatten().any(is_named);
    // Where the file does not name them, whoever has their number may be they, or whose name is theirs; and when they have just
    // vanished, whoever came instead; later, whoever is new: nobody knows yet that it is another.
    let may_be = |fit: &Fit, is_new: bool| {
        let came_instead = (barred.is_current || is_new) && !fit.at_odds;
        is_named(fit) || (!is_there && (fit.number || fit.alike || came_instead))
    };
    // Where the file names them and their number is in another row: somebody may be they who has changed places with them, or who is
    // new and has it alone.
    let has_changed = |found: &Found, person: &Person| match (callable(found), their_row) {
        (Some(own), _) => sides(own, person).is_some_and(|sides| sides.are_changed_over()),
        (None, Some(row)) => {
            let is_kept = barred.fits(row).any(|fit| fit.number || fit.relation);
            !is_kept && barred.fits(person).any(|fit| fit.number)
        }
        (None, None) => false,
    };
    for ((found, fits), person) in found.iter_mut().zip(&fits).zip(named) {
        let is_new = found.known.is_none();
        if found.known == Some(place) {
            (found.barred_by, found.is_certain) = (Some(place), fits.iter().any(is_named));
        } else if (is_new || callable(found).is_some())
            && found.barred_by.is_none()
            && (has_changed(found, person) || fits.iter().any(|fit| may_be(fit, is_new)))
        {
            found.barred_by = Some(place);
        }
    }
}

/// Whether no other row fits the contact as well as the one at `at`: else either may be theirs.
fn is_alone(own: &Known, at: usize, named: &[Person]) -> bool {
    let fits = |person: &Person| own.person.fit(person);
    named.get(at).map(fits).is_some_and(|fit| {
        let others = named.iter().enumerate().filter(|(other, _)| *other != at);
        !others.map(|(_, other)| fits(other)).any(|other| other == fit || other.is_plainly_better_than(&fit))
    })
}

/// Which named contact is which known one, the surest first, each once.
fn pairs(known: &[Known], named: &[Person]) -> Vec<(usize, usize)> {
    let mut ranked: Vec<(u8, bool, usize, usize)> = Vec::new();
    for (place, person) in named.iter().enumerate() {
        for (which, one) in known.iter().enumerate() {
            let rank = one.rank(person);
            if rank > 0 {
                ranked.push((rank, one.is_current, place, which));
            }
        }
    }
    ranked.sort_by_key(|(rank, is_current, place, which)| (u8::MAX - rank, !is_current, *place, *which));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (_, _, place, which) in ranked {
        if !taken.iter().any(|(one, other)| *one == place || *other == which) {
            taken.push((place, which));
        }
    }
    taken
}

/// Give each barred contact the spellings and numbers that the household's other records have of the same person.
pub fn widen(known: &mut [Known], household: &[Person]) {
    for one in known.iter_mut().filter(|one| one.is_barred()) {
        let is_theirs = |other: &&Person| {
            one.fits(other)
                .any(|fit| !fit.at_odds && (fit.id || (fit.alike && fit.number) || (fit.exact && fit.relation)))
        };
        let theirs: Vec<Person> = household.iter().filter(is_theirs).cloned().collect();
        one.barred_as.extend(theirs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Person {
        let mut parts = text.split(',').map(str::trim);
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let (name, relationship, number, id) = (next(), next(), next(), next());
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Person { name, relationship, numbers: some(number).into_iter().collect(), source_id: some(id) }
    }

    /// Those of `before` who are barred have a "!" before them, and who is not current a "-".
    fn known(before: &[&str]) -> Vec<Known> {
        let one = |text: &&str| {
            let person = person(text.trim_start_matches(['-', '!']));
            let barred_as = if text.contains('!') { vec![person.clone()] } else { Vec::new() };
            Known { person, is_current: !text.starts_with('-'), barred_as }
        };
        before.iter().map(one).collect()
    }

    /// The sign of each of `after`: "!" certainly barred, "?" may be barred, "." may be rung.
    fn judged(before: &[&str], after: &[&str]) -> String {
        let named: Vec<Person> = after.iter().map(|text| person(text)).collect();
        let sign = |one: &Found| match (one.barred_by, one.is_certain) {
            (None, _) => '.',
            (Some(_), true) => '!',
            (Some(_), false) => '?',
        };
        find(&known(before), &named).iter().map(sign).collect()
    }

    #[test]
    fn a_bar_outlives_every_way_to_name_the_same_person() {
        const FATHER: &str = "!Mr Khan, father, 07700 900456, g1";
        const MOTHER: &str = "Mrs Khan, mother, 07700 900111, g2";
        for (after, judged_as) in [
            (&["MR KHAN, father, 07700 900456"][..], "!"),
            (&["Mrs Khan, mother, 07700 900111", "Mr. I Khan, Father, +44 7700 900456"], ".!"),
            (&["Mr Khan, father, 01632 960999", "Mrs Khan, mother, 07700 900111"], "!."),
            (&["Khan", "Mrs Khan"], "!."),
            (&["Mr Khan", "Mrs Khan"], "!."),
            // Their numbers have changed hands, or their names have.
            (&["Mr Khan,, 07700 900111", "Mrs Khan,, 07700 900456"], "!?"),
            (&["Somebody Else, mother, 07700 900111, g2", "Imran Akhtar, uncle, 01632 960999, g1"], ".!"),
            // Two could be he.
            (&["Khan", "Khan"], "!?"),
            // He is not there by name: his number is, then whoever came instead.
            (&["Mrs Khan, mother, 07700 900111", "J Smith, friend, 07700 900456"], ".?"),
            (&["Mrs Khan, mother, 07700 900111", "Mr Kahn, father, 01632 960999"], ".?"),
            (&["Mrs Khan, mother, 07700 900111", "Mr Kahn,, 01632 960999"], ".?"),
            (&["Mrs Khan, mother, 07700 900111", "Mrs Patel, neighbour, 01632 960999"], ".."),
            // He is: another with his number is another, whose number is not rung.
            (&["Mr Khan, father, 07700 900456", "Mrs Patel, neighbour, 07700 900456"], "!."),
        ] {
            assert_eq!(judged(&[FATHER, MOTHER], after), judged_as, "{after:?}");
            let turned: Vec<&str> = after.iter().rev().copied().collect();
            if after != ["Khan", "Khan"] {
                let back: String = judged_as.chars().rev().collect();
                assert_eq!(judged(&[MOTHER, FATHER], &turned), back, "turned round: {after:?}");
            }
        }
    }

    #[test]
    fn two_named_alike_keep_each_their_own() {
        let uncles = ["!Mr Khan, uncle, 07700 900456", "Mr Khan, uncle, 07700 900111"];
        for (after, judged_as) in [
            (["Mr Khan, uncle, 07700 900111", "Mr Khan, uncle, 07700 900456"], ".!"),
            (["MR KHAN,, 07700 900111", "Mr Khan,, 07700 900456"], ".!"),
            (["Mr. A. Khan,, 07700 900111", "Mr Khan,, 07700 900456"], ".!"),
            (["Mr. A. Khan,, 07700 900111", "Mr Khan,, 01632 960001"], "?!"),
            // Neither has a number that was known: which is which nobody can say.
            (["Mr Khan, uncle, 01632 960001", "Mr Khan, uncle, 01632 960002"], "!?"),
            (["Mr Khan, uncle", "Mr Khan, uncle"], "!?"),
        ] {
            assert_eq!(judged(&uncles, &after), judged_as, "{after:?}");
        }
        let apart = ["!Mr Khan, father, 07700 900456", "Mr Khan, uncle, 07700 900111"];
        assert_eq!(judged(&apart, &["Mr Khan, uncle", "Mr Khan, father"]), ".!");
        let crossed = ["Mr Khan, father, 07700 900111", "Mr Khan, uncle, 07700 900456"];
        assert_eq!(judged(&apart, &crossed), "!.", "and the uncle's number, which was the father's, is not rung");
    }

    #[test]
    fn who_was_gone_comes_back_barred_however_misspelt() {
        let gone = ["-!Mr Khan, father, 07700 900456", "Mrs Begum, mother, 07700 900111"];
        for back in [
            "Mr Khann, father",
            "Mr Kahn",
            "Dad",
            "Dad, parent",
            "Father, emergency contact",
            "\u{645}\u{62d}\u{645}\u{62f}, father",
            "\u{645}\u{62d}\u{645}\u{62f}",
            "Imran Akhtar, daddy, 01632 960999",
            "Imran Akhtar, birth father, 01632 960999",
            "Mr Akhtar, Parent/Carer, 01632 960999",
        ] {
            assert_eq!(judged(&gone, &["Mrs Begum, mother", back]), ".?", "{back}");
            // A known contact is not taken for anybody else.
            assert_eq!(judged(&[gone[0], gone[1], back], &["Mrs Begum, mother", back]), "..", "{back}");
            assert_eq!(judged(&gone, &["Mrs Begum, mother", back, "Mr Khan, father"]), "..!", "he is there: {back}");
        }
        for another in [
            "Mrs Patel",
            "Mr Akhtar, uncle",
            "Ms Begum, mum",
            "J Smith, childminder",
            "Mr Smith, step-dad",
            "J Smith, foster carer",
        ] {
            assert_eq!(judged(&gone, &["Mrs Begum, mother", another]), "..", "{another}");
        }
    }

    #[test]
    fn who_was_gone_comes_back_barred_and_binds_nobody_else() {
        let gone = ["-!Mr Khan, father, 07700 900456", "Mrs Begum, mother, 07700 900111"];
        assert_eq!(judged(&gone, &["Mrs Begum, mother", "I. KHAN, dad, 01632 960999"]), ".!");
        assert_eq!(judged(&gone, &["Mrs Begum, mother", "Mrs Patel,, 01632 960999"]), "..", "he vanished long ago");
        assert_eq!(judged(&gone, &["Mrs Begum, mother", "Mr Khan, uncle, 01632 960999"]), ".?");
    }

    #[test]
    fn the_household_says_what_else_a_barred_contact_is_called() {
        let brothers = person("Imran Akhtar Khan, father, 01632 960999");
        let mut known = known(&["!Mr Khan, father, 07700 900456", "Mrs Khan, mother, 07700 900111"]);
        widen(&mut known, &[brothers, person("Mrs Khan, mother, 07700 900456")]);
        assert_eq!(known[0].barred_as.len(), 1, "only a name in part, and no number in common");
        widen(
            &mut known,
            &[person("Imran Akhtar Khan, father, 07700 900456"), person("Mr Khan, father, 01632 960999")],
        );
        assert_eq!(known[0].barred_as.len(), 3);
        let named = [person("Mr Akhtar, uncle, 01632 960999"), person("Mrs Khan, mother, 07700 900111")];
        let found = find(&known, &named);
        assert_eq!((found[0].barred_by, found[1].barred_by), (Some(0), None));
    }
}
