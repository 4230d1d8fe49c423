//! Two contacts and two rows of a file: who is in which. Spelling, numbers and relationships may each say it, and not all the same.
//!
//! One of the two is barred. So they are told apart only where something says so and nothing says the opposite; and where names have
//! changed hands while numbers stayed, or numbers while names stayed, either may be either.

use super::person::Fit;

/// By what a contact fits a row, in the best of their spellings.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    id: bool,
    number: bool,
    relation: bool,
    words: usize,
}

/// How a contact fits the row that was found to be theirs, and the row of the other.
#[derive(Clone, Copy, Debug)]
pub struct Pull {
    own: Signs,
    other: Signs,
}

impl Pull {
    /// Of every spelling of the contact, how it fits the one row and the other.
    pub fn of(own: impl Iterator<Item = Fit>, other: impl Iterator<Item = Fit>) -> Pull {
        let signs = |fits: &mut dyn Iterator<Item = Fit>| {
            fits.fold(Signs::default(), |best, fit| Signs {
                id: best.id || fit.id,
                number: best.number || fit.number,
                relation: best.relation || fit.relation,
                words: best.words.max(fit.words),
            })
        };
        let (mut own, mut other) = (own, other);
        Pull { own: signs(&mut own), other: signs(&mut other) }
    }

    /// Whether the sign stands in their own row alone.
    fn is_own(&self, sign: fn(&Signs) -> bool) -> bool {
        sign(&self.own) && !sign(&self.other)
    }

    /// Whether the sign stands in the other row alone.
    fn is_gone(&self, sign: fn(&Signs) -> bool) -> bool {
        sign(&self.other) && !sign(&self.own)
    }
}

/// The two contacts, each with how it is pulled to either row.
#[derive(Clone, Copy, Debug)]
pub struct Sides {
    /// Who is barred.
    pub barred: Pull,
    /// Who may be rung.
    pub other: Pull,
}

impl Sides {
    /// Whether numbers tell the two apart: one of each stands in their own row alone, and nothing says the opposite. Nor may more
    /// words of the names stand in the other's row: a title that was the one's, and is now the other's alone, leaves open which of
    /// the two columns has changed hands.
    pub fn are_apart(&self) -> bool {
        let both = [self.barred, self.other];
        let have_own_numbers = both.iter().all(|one| one.is_own(|one| one.number));
        let is_denied = both.iter().any(|one| one.is_gone(|one| one.id) || one.is_gone(|one| one.relation));
        let [own, other] = [|one: &Pull| one.own.words, |one: &Pull| one.other.words]
            .map(|words| both.iter().map(words).sum::<usize>());
        have_own_numbers && !is_denied && own >= other
    }

    /// Whether the two have changed places in one column and not in another, so that nobody can say which of them a row is about:
    /// their names, or their numbers where neither an identifier nor a relationship says that these are what changed.
    pub fn are_changed_over(&self) -> bool {
        let both = [self.barred, self.other];
        let have_changed_names = both.iter().all(|one| one.other.words > one.own.words);
        let have_changed_numbers = both.iter().all(|one| one.is_gone(|one| one.number));
        let is_said = both.iter().any(|one| one.is_own(|one| one.id) || one.is_own(|one| one.relation));
        have_changed_names || have_changed_numbers && !is_said
    }
}
