//! Who may be somebody on the roll: by a number whose letters and digits are the same but for zeros before them; or by a name, where
//! no number tells the two apart. And who is not whom the number says.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::incoming::IncomingPupil;
use crate::domain::name::fold;
use crate::domain::people::system_ids::has_system_of;
use crate::store::columns::date_text;

/// A pupil on the roll whose admission number is like one that nobody has.
pub struct Alike {
    /// Who.
    pub id: i64,
    /// The number, and the name.
    shown: String,
    /// Whether nothing but zeros before it is missing, as a spreadsheet takes them.
    has_lost_zeros: bool,
}

/// What may stand in a number beside letters and digits.
const SIGNS: [char; 7] = [' ', '-', ',', '.', '/', '#', ':'];

/// The pupil whose admission number is like `number`, and not that number itself.
pub fn alike(connection: &Connection, number: Option<&str>) -> rusqlite::Result<Option<Alike>> {
    let Some(number) = number else { return Ok(None) };
    let letters = fold(number).replace(' ', "").to_uppercase();
    let behind_no = letters.strip_prefix("NO").filter(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    let bare = behind_no.unwrap_or(&letters).trim_start_matches('0');
    let sql = format!(
        "SELECT id, admission_no, surname || ', ' || forename FROM pupil
         WHERE {} IN (?2, 'NO' || ?2) AND admission_no <> ?1
           AND NOT EXISTS (SELECT 1 FROM pupil WHERE admission_no = ?1) LIMIT 1",
        bare_number()
    );
    let alike = |row: &rusqlite::Row<'_>| {
        let (id, held, name): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Alike { id, shown: format!("{held} ({name})"), has_lost_zeros: has_lost_zeros(number, &held) })
    };
    connection.prepare_cached(&sql)?.query_row([number, bare], alike).optional()
}

/// The letters and digits of the admission number on the roll, without zeros before them, as the index of upgrade 5 has them.
pub fn bare_number() -> String {
    let held =
        SIGNS.iter().fold("upper(admission_no)".to_owned(), |held, sign| format!("replace({held}, '{sign}', '')"));
    format!("ltrim({held}, '0')")
}

/// Whether `number` is `held` as a spreadsheet has it that took it for a number: without any zero before it.
pub fn has_lost_zeros(number: &str, held: &str) -> bool {
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && !number.starts_with('0') && held.len() > number.len() && held.trim_start_matches('0') == number
}

impl Alike {
    /// What is wrong, and what to do.
    pub fn describe(&self) -> String {
        let is = format!("{} is on the roll, and this number is the same but for zeros, signs or capitals", self.shown);
        format!("{is}: a spreadsheet may have changed it. Export the file again, and do not open it first")
    }

    /// The same of a row that is refused, and by what it is not, where somebody can say that.
    pub fn ask(&self) -> String {
        let says = if self.has_lost_zeros { "; or, if it is this pupil, import it with --lost-zeros" } else { "" };
        self.describe() + says
    }
}

/// Who is known by the name of a pupil whom no number finds, and has none of the kinds of number that the row has; and why that may be
/// the pupil.
pub fn namesake(connection: &Connection, incoming: &IncomingPupil) -> rusqlite::Result<Option<(i64, String)>> {
    let key = &incoming.key;
    let mut statement = connection.prepare_cached(
        "SELECT id, surname, forename, coalesce(preferred_surname, surname), coalesce(preferred_forename, forename),
                coalesce('admission_no ' || admission_no, 'upn ' || upn, 'sourcedId ' || replace(source_id, char(10), ', '),
                         'no number'), coalesce(source_id, '')
         FROM pupil
         WHERE (admission_no IS NULL OR ?1 IS NULL) AND (upn IS NULL OR ?2 IS NULL)",
    )?;
    let mut rows = statement.query(params![key.admission_no, key.upn])?;
    let names = [bare_name([&incoming.surname, &incoming.forename]), bare_name(incoming.in_use())];
    while let Some(row) = rows.next()? {
        let [legal, in_use]: [[String; 2]; 2] = [[row.get(1)?, row.get(2)?], [row.get(3)?, row.get(4)?]];
        if ![legal, in_use].iter().any(|[surname, forename]| names.contains(&bare_name([surname, forename]))) {
            continue;
        }
        let (held, ids): (String, String) = (row.get(5)?, row.get(6)?);
        if key.source_id.as_ref().is_some_and(|id| has_system_of(&ids, id)) {
            continue;
        }
        let text =
            format!("a pupil of this name is known by {held}, and may be this one: give that number in this file too");
        return Ok(Some((row.get(0)?, text)));
    }
    Ok(None)
}

/// A name as every program writes it: accents, capitals, apostrophes and hyphens are lost on the way from one to the other.
fn bare_name(name: [&str; 2]) -> [String; 2] {
    name.map(|part| fold(part).replace(' ', ""))
}

/// What speaks against a row of a pupil.
pub struct Doubt {
    /// The pupil the row may be about.
    pub id: i64,
    /// What is known, and what to do.
    pub text: String,
    /// The row cannot be used; else it is, and is to be looked at.
    pub is_refused: bool,
}

/// The names of the pupil `id`: surname and forename, first the legal ones and then those in use.
pub fn held_names(connection: &Connection, id: i64) -> rusqlite::Result<[[String; 2]; 2]> {
    connection
        .prepare_cached(
            "SELECT surname, forename, coalesce(preferred_surname, surname), coalesce(preferred_forename, forename)
             FROM pupil WHERE id = ?1",
        )?
        .query_row([id], |row| Ok([[row.get(0)?, row.get(1)?], [row.get(2)?, row.get(3)?]]))
}

/// Whether the pupil of these names has a row's surname, and its forename: as the legal one or the one in use, both here and there.
pub fn kept([legal, in_use]: &[[String; 2]; 2], one: &IncomingPupil) -> [bool; 2] {
    let ([surname, forename], [used_surname, used_forename]) = (legal, in_use);
    let [given_surname, given_forename] = one.in_use();
    let is_any =
        |held: [&str; 2], given: [&str; 2]| held.iter().any(|held| given.iter().any(|given| fold(held) == fold(given)));
    [
        is_any([surname, used_surname], [&one.surname, given_surname]),
        is_any([forename, used_forename], [&one.forename, given_forename]),
    ]
}

/// Why a row may not be about the pupil `id`, whose number it has. Neither of its names is the pupil's: a marriage or a correction
/// changes one, a column of names that has slipped against the numbers both. One is, and the UPN or the date of birth is another too. Or
/// it gives the pupil the name of another. A name in use is as good as the legal one: a file may have had only the one, and now the other.
pub fn slipped(connection: &Connection, id: i64, one: &IncomingPupil) -> rusqlite::Result<Option<Doubt>> {
    let names = held_names(connection, id)?;
    let is_kept = kept(&names, one);
    if is_kept == [true, true] {
        return Ok(None);
    }
    let [[surname, forename], _] = &names;
    let born = one.date_of_birth.value().map(|date| date_text(*date));
    let (number, has_other_upn, has_other_birth): (String, bool, bool) = connection
        .prepare_cached(
            "SELECT coalesce(admission_no, upn, source_id, ''), coalesce(upn <> ?2, 0), coalesce(date_of_birth <> ?3, 0)
             FROM pupil WHERE id = ?1",
        )?
        .query_row(params![id, one.key.upn, born], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let namesake_number: Option<String> = connection
        .prepare_cached(
            "SELECT coalesce(admission_no, upn, source_id, '') FROM pupil
             WHERE surname = ?1 COLLATE NOCASE AND forename = ?2 COLLATE NOCASE AND id <> ?3 LIMIT 1",
        )?
        .query_row(params![one.surname, one.forename, id], |row| row.get(0))
        .optional()?;
    // Twins share a name: another name and another UPN at once are another child. So are another name and another date of birth.
    let is_refused = is_kept == [false, false] || has_other_upn || has_other_birth;
    if !is_refused && namesake_number.is_none() {
        return Ok(None);
    }
    let namesake_number =
        namesake_number.map(|namesake_number| format!(", and {}, {} is {namesake_number}", one.surname, one.forename));
    let birth = if has_other_birth { ", of another date of birth" } else { "" };
    let held = format!("{number} is {surname}, {forename} on the roll{birth}{}", namesake_number.unwrap_or_default());
    let cure = if is_refused {
        "to rename a pupil, change one name in one import and the other in the next; a new pupil needs a number that nobody has had"
    } else {
        "as this row says, both have one name now"
    };
    Ok(Some(Doubt { id, text: format!("{held}: check whether the column of names has slipped; {cure}"), is_refused }))
}

/// Who in the row's tutor group has the name of a pupil whom no number finds. On the roll and of the row's household, it is the same.
pub fn second(connection: &Connection, incoming: &IncomingPupil, today: NaiveDate) -> rusqlite::Result<Option<Doubt>> {
    let mut statement = connection.prepare_cached(
        "SELECT p.id, surname, forename, coalesce(admission_no, upn, source_id, 'no number'),
                coalesce(h.key = ?2 AND (last_day IS NULL OR last_day >= ?3), 0)
         FROM pupil p JOIN tutor_group g ON g.id = tutor_group LEFT JOIN household h ON h.id = household WHERE g.name = ?1",
    )?;
    let mut rows = statement.query(params![incoming.group, incoming.household, date_text(today)])?;
    while let Some(row) = rows.next()? {
        let (surname, forename): (String, String) = (row.get(1)?, row.get(2)?);
        if fold(&surname) != fold(&incoming.surname) || fold(&forename) != fold(&incoming.forename) {
            continue;
        }
        let (number, is_refused): (String, bool) = (row.get(3)?, row.get(4)?);
        let held = format!("{surname}, {forename} ({number}) is in this tutor group");
        let text = if is_refused {
            format!("{held} and household already: if it is the same pupil, give that number, else another household")
        } else {
            format!("{held} already, and this row brings a second pupil of the name: look whether they are two")
        };
        return Ok(Some(Doubt { id: row.get(0)?, text, is_refused }));
    }
    Ok(None)
}
