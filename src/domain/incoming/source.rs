//! Whose marks files hold, and whether they count as told by the school's own management information system (MIS).

/// Whose marks a file holds, as far as its format or its profile says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Origin {
    /// A MIS's: nothing else writes such files.
    Mis,
    /// A table as anybody may have it.
    #[default]
    Plain,
    /// Somebody else's: a tutor's list, for one.
    Other,
    /// firstbell's own.
    Ours,
}

/// A file with marks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MarkSource {
    /// Its name, without its folder.
    pub file: String,
    /// What the school's settings may call it: its profile, or "template" where it has our own headings.
    pub name: String,
    /// Whose marks it holds.
    pub origin: Origin,
}

/// The files with marks of one import.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MarkSources {
    /// Each of them; none where nobody says.
    pub files: Vec<MarkSource>,
    /// What the officer said of all of them.
    pub said: Option<bool>,
}

/// Two files of which one counts and the other does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mixed {
    /// The one that counts.
    pub of_mis: String,
    /// The one that does not.
    pub other: String,
}

impl MarkSources {
    /// Whether one of them is of a kind that only a MIS writes.
    pub fn is_of_mis_by_format(&self) -> bool {
        self.files.iter().any(|file| file.origin == Origin::Mis)
    }

    /// Whether their marks count as told by the MIS. `named` are the profiles that the settings say so of, if they say anything;
    /// `is_known_otherwise` is whether a file that only a MIS writes has brought marks before: then a plain table does not count unless
    /// somebody says so.
    pub fn are_of_mis(&self, named: Option<&[String]>, is_known_otherwise: bool) -> Result<bool, Mixed> {
        let is_known_otherwise = is_known_otherwise || self.is_of_mis_by_format();
        let is_of_mis = |file: &MarkSource| match (file.origin, self.said, named) {
            (Origin::Ours, ..) => false,
            (_, Some(said), _) => said,
            (Origin::Mis, ..) => true,
            (_, None, Some(named)) if named.contains(&file.name) => true,
            (Origin::Plain, None, None) => !is_known_otherwise,
            (Origin::Plain | Origin::Other, None, _) => false,
        };
        let all: Vec<MarkSource> = if self.files.is_empty() { vec![MarkSource::default()] } else { self.files.clone() };
        let (of_mis, others): (Vec<&MarkSource>, Vec<&MarkSource>) = all.iter().partition(|file| is_of_mis(file));
        match (of_mis.first(), others.first()) {
            (Some(of_mis), Some(other)) => Err(Mixed { of_mis: of_mis.file.clone(), other: other.file.clone() }),
            (of_mis, _) => Ok(of_mis.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_by_what_it_is_and_a_plain_one_where_no_other_is_known() {
        use Origin::{Mis, Other, Ours, Plain};
        let named = ["tracker".to_owned(), "marks-long".to_owned()];
        for (origin, name, said, is_named, known, counts) in [
            (Mis, "", None, false, false, true),
            (Mis, "", None, true, true, true),
            (Mis, "", Some(false), false, false, false),
            (Plain, "marks-long", None, false, false, true),
            (Plain, "marks-long", None, false, true, false),
            (Plain, "marks-long", None, true, true, true),
            (Plain, "marks-grid", None, true, false, false),
            (Plain, "marks-grid", Some(true), true, true, true),
            (Other, "list", None, false, false, false),
            (Other, "tracker", None, true, false, true),
            (Other, "list", Some(true), false, true, true),
            (Ours, "marks-long", Some(true), true, false, false),
        ] {
            let files = vec![MarkSource { file: "a.csv".to_owned(), name: name.to_owned(), origin }];
            let sources = MarkSources { files, said };
            let is = sources.are_of_mis(is_named.then_some(&named[..]), known);
            assert_eq!(is, Ok(counts), "{origin:?} {name} {said:?} {is_named} {known}");
        }
        assert_eq!(MarkSources::default().are_of_mis(None, false), Ok(true));
    }

    #[test]
    fn files_that_count_and_files_that_do_not_are_named() {
        let file = |file: &str, origin| MarkSource { file: file.to_owned(), name: String::new(), origin };
        let files = vec![file("sims.xml", Origin::Mis), file("plain.csv", Origin::Plain)];
        let mixed = Mixed { of_mis: "sims.xml".to_owned(), other: "plain.csv".to_owned() };
        assert_eq!(MarkSources { files: files.clone(), said: None }.are_of_mis(None, false), Err(mixed));
        assert_eq!(MarkSources { files, said: Some(true) }.are_of_mis(None, false), Ok(true));
    }
}
