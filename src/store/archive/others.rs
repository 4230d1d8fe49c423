//! Others, of whom words about one pupil may speak: what the record knows them by is left out of the archive of that pupil.

use rusqlite::Connection;

use crate::domain::people::pupil::PupilId;

/// What stands in the place of a name or a number of somebody else.
const LEFT_OUT: &str = "[left out]";

/// Words that stand before names, and are nobody's.
const TITLES: [&str; 9] = ["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir"];

/// What others are known by.
#[derive(Default)]
pub struct Others {
    /// Whole names, numbers and addresses, whatever their case; the longest first.
    whole: Vec<String>,
    /// Names by which one of the pupil's own people is called, as they are written.
    words: Vec<String>,
}

impl Others {
    /// Names and numbers of a pupil's contacts and of whoever reported something, and names of other pupils, as the record has them; of
    /// contacts and siblings the first names alone too.
    pub fn known(connection: &Connection, pupil: PupilId) -> rusqlite::Result<Others> {
        let own = all(connection, OWN, pupil)?;
        let is_own = |word: &str| own.iter().flat_map(|own| parts(own)).any(|own| own.eq_ignore_ascii_case(word));
        let (people, mut whole) = (all(connection, PEOPLE, pupil)?, all(connection, PUPILS, pupil)?);
        // “mother” is nobody's name; “Mrs Khan” is.
        let names =
            |one: &&String| one.contains(' ') || one.contains('@') || one.chars().any(|sign| sign.is_ascii_digit());
        whole.extend(people.iter().filter(names).cloned());
        whole.extend(all(connection, NUMBERS, pupil)?);
        whole.sort_by_key(|one| std::cmp::Reverse(one.len()));
        whole.dedup();
        let called = all(connection, SIBLINGS, pupil)?.into_iter().chain(people.into_iter().filter(|one| names(&one)));
        let is_called = |word: &str| {
            let is_title = TITLES.iter().any(|title| word.eq_ignore_ascii_case(title));
            word.chars().count() > 2 && word.starts_with(char::is_uppercase) && !is_title && !is_own(word)
        };
        let mut words: Vec<String> = called
            .flat_map(|one| parts(&one).map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| is_called(word))
            .collect();
        words.sort();
        words.dedup();
        Ok(Others { whole, words })
    }

    /// `text` without them.
    pub fn left_out_of(&self, text: &str) -> String {
        let mut shown = String::new();
        let (mut rest, mut before) = (text, None);
        while let Some(sign) = rest.chars().next() {
            let is_inside = before.is_some_and(char::is_alphanumeric);
            let length = if is_inside { None } else { self.at_the_start_of(rest) };
            let (taken, after) = rest.split_at_checked(length.unwrap_or(sign.len_utf8())).unwrap_or((rest, ""));
            shown.push_str(if length.is_some() { LEFT_OUT } else { taken });
            (rest, before) = (after, taken.chars().next_back());
        }
        shown
    }

    /// The bytes of what `text` begins with, if that is somebody else.
    fn at_the_start_of(&self, text: &str) -> Option<usize> {
        let whole =
            self.whole.iter().find_map(|one| begins_with(text, one, |a, b| a.to_lowercase().eq(b.to_lowercase())));
        whole.or_else(|| self.words.iter().find_map(|one| begins_with(text, one, |a, b| a == b)))
    }
}

/// The bytes of `words` at the start of `text`, where no word goes on behind them.
fn begins_with(text: &str, words: &str, is_same: impl Fn(char, char) -> bool) -> Option<usize> {
    let mut signs = text.char_indices();
    for wanted in words.chars() {
        let (_, sign) = signs.next()?;
        if !is_same(sign, wanted) {
            return None;
        }
    }
    match signs.next() {
        Some((_, behind)) if behind.is_alphanumeric() => None,
        Some((place, _)) => Some(place),
        None => Some(text.len()),
    }
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', ',']).filter(|part| !part.is_empty())
}

/// The lines of what `question` answers about the pupil.
fn all(connection: &Connection, question: &str, pupil: PupilId) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(question)?;
    let mut rows = statement.query([pupil])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text: Option<String> = row.get(0)?;
        found
            .extend(text.unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }
    Ok(found)
}

/// What the pupil is called.
const OWN: &str = "
    SELECT surname || ' ' || forename || ' ' || coalesce(preferred_surname, '') || ' ' || coalesce(preferred_forename, '')
    FROM pupil WHERE id = ?1";

/// The pupil's contacts, and whoever told something.
const PEOPLE: &str = "
    SELECT name FROM contact WHERE pupil = ?1
    UNION SELECT b.name FROM bar b JOIN contact c ON c.id = b.contact WHERE c.pupil = ?1
    UNION SELECT said_by FROM evidence WHERE pupil = ?1
    UNION SELECT said_by FROM promise WHERE pupil = ?1
    UNION SELECT said_by FROM amendment WHERE pupil = ?1
    UNION SELECT name FROM case_contact WHERE pupil = ?1
    UNION SELECT name FROM case_support WHERE pupil = ?1
    UNION SELECT name FROM improvement_notice WHERE pupil = ?1
    UNION SELECT name FROM penalty_notice WHERE pupil = ?1
    UNION SELECT name FROM leave_request WHERE pupil = ?1
    UNION SELECT name FROM letter WHERE pupil = ?1";

const NUMBERS: &str = "
    SELECT phone FROM contact WHERE pupil = ?1
    UNION SELECT email FROM contact WHERE pupil = ?1
    UNION SELECT b.numbers FROM bar b JOIN contact c ON c.id = b.contact WHERE c.pupil = ?1";

/// Other pupils, by their whole names.
const PUPILS: &str = "
    WITH own AS (SELECT surname, forename FROM pupil WHERE id = ?1)
    SELECT surname || ', ' || forename FROM pupil WHERE (surname, forename) NOT IN own
    UNION SELECT forename || ' ' || surname FROM pupil WHERE (surname, forename) NOT IN own
    UNION SELECT surname || ' ' || forename FROM pupil WHERE (surname, forename) NOT IN own
    UNION SELECT coalesce(preferred_surname, surname) || ', ' || coalesce(preferred_forename, forename)
          FROM pupil WHERE id <> ?1 AND (surname, forename) NOT IN own
    UNION SELECT coalesce(preferred_forename, forename) || ' ' || coalesce(preferred_surname, surname)
          FROM pupil WHERE id <> ?1 AND (surname, forename) NOT IN own
    UNION SELECT admission_no FROM pupil WHERE id <> ?1 AND length(admission_no) > 4
    UNION SELECT upn FROM pupil WHERE id <> ?1";

/// The forenames of pupils of the same household.
const SIBLINGS: &str = "
    SELECT forename || ' ' || coalesce(preferred_forename, '') FROM pupil
    WHERE id <> ?1 AND household = (SELECT household FROM pupil WHERE id = ?1)";
