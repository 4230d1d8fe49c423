//! What the files of one import tell of each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::sims_codes::Meaning;

/// What the files of one import tell of each other.
#[derive(Default)]
pub struct Beside {
    /// The codes for which the ids of another system stand.
    pub codes: HashMap<String, String>,
    /// What marks of the school's own mean.
    pub meanings: HashMap<String, Meaning>,
    /// A file of some pupils of a school, by its own word: nobody is missed who is not in it.
    pub is_of_some: bool,
    /// The pages that came of a list of pupils.
    pub pages: Pages,
}

/// Pages of a list. One that is not among the files may hold anything.
#[derive(Default)]
pub struct Pages {
    /// By number, the file.
    came: BTreeMap<u64, String>,
    /// The numbers that there must be.
    wanted: BTreeSet<u64>,
}

impl Pages {
    /// A page came, in `file`; whether there are more behind it.
    pub fn came(&mut self, file: &str, number: u64, has_more: bool) {
        self.came.insert(number, file.to_owned());
        self.wanted.extend([1, number.saturating_sub(1).max(1)]);
        if has_more {
            self.wanted.insert(number.saturating_add(1));
        }
    }

    /// The numbers of pages that must be somewhere, and a file that tells of them.
    pub fn missing(&self) -> Option<(String, String)> {
        let missing: Vec<String> =
            self.wanted.iter().filter(|number| !self.came.contains_key(number)).map(u64::to_string).collect();
        let (_, file) = self.came.last_key_value().filter(|_| !missing.is_empty())?;
        Some((missing.join(", "), file.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_must_be_somewhere_is_missed() {
        let missing = |came: &[(u64, bool)]| {
            let mut pages = Pages::default();
            for (number, has_more) in came {
                pages.came("p.json", *number, *has_more);
            }
            pages.missing().map(|(numbers, _)| numbers)
        };
        assert_eq!(missing(&[]), None);
        assert_eq!(missing(&[(2, false), (1, true)]), None);
        assert_eq!(missing(&[(1, true)]).as_deref(), Some("2"));
        assert_eq!(missing(&[(3, true)]).as_deref(), Some("1, 2, 4"));
    }
}
