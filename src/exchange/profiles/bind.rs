//! A profile and the headings of a file, brought together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::above;
use super::of_contacts::is_one;
use super::profile::{HALVES, Heading, MARKS, NAME, OF_CONTACT, ORDER, Profile, SPAN, Shape, WEEK, plain_heading};
use crate::domain::calendar::session::Session;
use crate::domain::incoming::Origin;
use crate::exchange::kind::{KEYS, Kind, MIS_ID, OF_MARKS};
use crate::exchange::marks::heading::{When, order, when};
use crate::exchange::marks::week;
use crate::exchange::table::dates::Order;
use crate::exchange::table::layout::Layout;
use crate::exchange::table::written::written;

/// Headings of lists that have pupils in them, and are no lists of pupils.
const OF_OTHERS: [&str; 2] = ["period", "subject"];
/// Beside a single name, these may be a contact's.
const PHONES: [&str; 4] = ["phone", "telephone", "phonenumber", "number"];

/// A profile that fits a file.
pub struct Bound<'p> {
    /// Which.
    pub profile: &'p Profile,
    /// Our columns, and where they stand.
    pub columns: Vec<(&'static str, usize)>,
    /// Columns of sessions, and of which.
    pub sessions: Vec<(usize, When)>,
    /// The column of another system's numbers of pupils, and which system.
    pub mis_id: Option<(usize, &'p str)>,
    /// Columns that say whether a row is taken, and what must stand there.
    pub only: Vec<(usize, &'p [String])>,
    /// What stands in every row: what the profile gives, and what the lines above the headings tell, by our columns.
    pub given: Vec<(&'static str, String)>,
    /// Columns that the profile does not know.
    pub unknown: Vec<usize>,
    /// The Monday of the week that the lines above the headings tell.
    pub week: Option<NaiveDate>,
    /// How many columns are taken.
    pub taken: usize,
    /// How many columns are known.
    pub known: usize,
    /// How many the profile knows, and the file has not.
    pub absent: usize,
}

impl Bound<'_> {
    /// Whether its profile and that of `other` are both the school's own, and fit the file as well: then nobody can tell which is meant.
    pub fn is_rival(&self, other: &Bound<'_>) -> bool {
        let fit = |bound: &Bound<'_>| (bound.profile.is_own, bound.known, bound.absent);
        self.profile.is_own && fit(self) == fit(other)
    }

    /// Whether it goes before `other`, which was found before: it knows more columns; of the school's own as many, and lacks fewer.
    pub fn is_before(&self, other: &Bound<'_>) -> bool {
        let are_own = self.profile.is_own && other.profile.is_own;
        self.known > other.known || (are_own && self.known == other.known && self.absent < other.absent)
    }
}

impl Bound<'_> {
    /// Whose its files are: plain are those that anybody may write.
    pub fn origin(&self) -> Origin {
        match (self.profile.from_mis, self.profile.is_own) {
            (true, _) => Origin::Mis,
            (false, true) => Origin::Other,
            (false, false) => Origin::Plain,
        }
    }
}

/// `profile` and the headings of `layout`, where it has every column that it needs. The error is what follows the file's name in a
/// sentence: the profile would fit, but for that.
pub fn bind<'p>(profile: &'p Profile, layout: &Layout) -> Option<Result<Bound<'p>, String>> {
    let headings: Vec<String> = layout.headings.iter().map(|one| plain_heading(one)).collect();
    let (mut columns, mut twice, mut mis_id) = (Vec::new(), None, None);
    for (column, spellings) in &profile.columns {
        let found = spellings.iter().map(|one| (places(&headings, one), one)).find(|(places, _)| !places.is_empty());
        let Some((found, spelling)) = found else { continue };
        if *column == MIS_ID {
            mis_id = found.first().map(|place| (*place, spelling.system.as_str()));
        }
        if let [first, second, ..] = found.as_slice() {
            let heading = layout.headings.get(*first).map(String::as_str).unwrap_or_default().trim();
            let why = format!("has the heading “{heading}” twice, in columns {} and {}", first + 1, second + 1);
            twice = Some(format!("{why}: take one away, or say in a profile which is meant"));
        }
        columns.extend(found.first().map(|place| (*column, *place)));
    }
    let has = |column: &str| columns.iter().any(|(one, _)| *one == column);
    // The school's own numbers are surer than those of another system, of which there may be several.
    if profile.kind != Kind::Pupils && (has("admission_no") || has("upn")) {
        columns.retain(|(column, _)| *column != MIS_ID);
    }
    let sessions = sessions(profile, layout, &columns);
    let above = if profile.above.is_empty() { Ok(BTreeMap::new()) } else { above::told(profile, layout)? };
    let is_told = |column: &str| profile.given.contains_key(column) || profile.above.contains_key(column);
    if !is_whole(profile, layout, &columns, &sessions, is_told) {
        return None;
    }
    let above_count = above.as_ref().map_or(0, BTreeMap::len);
    let given = match above {
        Ok(above) => profile.given.iter().map(|(column, value)| (*column, value.clone())).chain(above),
        Err(why) => return Some(Err(why)),
    };
    let given = given.filter(|(column, _)| columns.iter().all(|(one, _)| one != column)).collect();
    let is_of_a_week = sessions.iter().any(|(_, when)| matches!(when, When::Weekday(..)));
    let told = week::of_titles(&layout.above, |text| profile.dates.date(text, order(&layout.above)).ok());
    let has_week = columns.iter().any(|(column, _)| *column == WEEK);
    if is_of_a_week && !has_week && told.is_none() {
        let why = "has days of the week as headings, and does not tell of which week: have a column “Week beginning”, or a line with";
        return Some(Err(format!("{why} its date above the headings")));
    }
    if let Some(why) = twice {
        return Some(Err(why));
    }
    let only: Vec<(usize, &[String])> = profile
        .only
        .iter()
        .filter_map(|(heading, values)| Some((headings.iter().position(|one| one == heading)?, values.as_slice())))
        .collect();
    let taken: Vec<usize> = columns.iter().map(|(_, place)| *place).chain(sessions.iter().map(|one| one.0)).collect();
    let is_known = |place: usize, heading: &String| {
        taken.contains(&place)
            || only.iter().any(|(one, _)| *one == place)
            || profile.left_out.contains(heading)
            || profile.columns.iter().any(|(_, spellings)| spellings.iter().any(|one| one.text == *heading))
    };
    let unknown = headings.iter().enumerate().filter(|(place, one)| !one.is_empty() && !is_known(*place, one));
    let unknown: Vec<usize> = unknown.map(|(place, _)| place).collect();
    let known = headings.iter().filter(|one| !one.is_empty()).count() - unknown.len() + above_count;
    let has_any = |spellings: &[Heading]| spellings.iter().any(|one| !places(&headings, one).is_empty());
    let absent = profile.columns.iter().filter(|(_, spellings)| !has_any(spellings)).count()
        + profile.left_out.iter().filter(|one| !headings.contains(one)).count();
    let taken = taken.len();
    Some(Ok(Bound { profile, taken, columns, sessions, mis_id, only, given, unknown, week: told, known, absent }))
}

/// Where `heading` stands.
fn places(headings: &[String], heading: &Heading) -> Vec<usize> {
    let all = headings.iter().enumerate().filter(|(_, one)| **one == heading.text).map(|(place, _)| place);
    match heading.which {
        None => all.collect(),
        Some(which) => all.skip(which.saturating_sub(1)).take(1).collect(),
    }
}

/// The columns of sessions, by the shape of the profile.
fn sessions(profile: &Profile, layout: &Layout, columns: &[(&'static str, usize)]) -> Vec<(usize, When)> {
    match profile.shape {
        Shape::Long | Shape::String => Vec::new(),
        Shape::Day => {
            let half = |(column, place): &(&str, usize)| {
                HALVES.contains(column).then(|| Session::parse(column).map(|session| (*place, When::OfRow(session))))?
            };
            columns.iter().filter_map(half).collect()
        }
        Shape::Grid => {
            let order = order(&layout.headings);
            let date = |text: &str| profile.dates.date(text, order).ok();
            let all = layout.headings.iter().enumerate();
            all.filter_map(|(place, heading)| Some((place, when(heading, date)?))).collect()
        }
    }
}

/// Whether `column`, a name, is there in another form: a pupil's in one cell, a contact's in several.
pub fn is_in_parts(kind: Kind, column: &str, has: impl Fn(&str) -> bool) -> bool {
    match (kind, column) {
        (Kind::Pupils, "surname" | "forename") => has(NAME),
        (Kind::Contacts, "name") => OF_CONTACT.iter().skip(1).any(|part| has(part)),
        _ => false,
    }
}

/// Whether a table without an order is one of contacts all the same: where it has a relationship, and the name is headed as a contact's.
/// Whoever has written a profile of contacts has said so. One that has columns of marks or of dates is something else: calls, visits.
fn is_sure_without_order(profile: &Profile, layout: &Layout, columns: &[(&'static str, usize)]) -> bool {
    let place = |column: &str| columns.iter().find(|(one, _)| *one == column).map(|(_, place)| *place);
    let heading = |place: usize| layout.headings.get(place).map(|one| plain_heading(one));
    let is_contact_s = |name: String| name != "name";
    profile.kind != Kind::Contacts
        || profile.is_own
        || (place("relationship").is_some()
            && place("name").and_then(heading).is_none_or(is_contact_s)
            && !layout.headings.iter().any(|heading| OF_MARKS.contains(&plain_heading(heading).as_str())))
}

/// Whether every column is there that is needed, and none that tells of another kind of file.
fn is_whole(
    profile: &Profile,
    layout: &Layout,
    columns: &[(&'static str, usize)],
    sessions: &[(usize, When)],
    is_told: impl Fn(&str) -> bool,
) -> bool {
    let has = |column: &str| columns.iter().any(|(one, _)| *one == column);
    let has_key = !profile.kind.needs_key() || KEYS.iter().any(|key| has(key));
    let has_all = match profile.shape {
        Shape::Long => {
            let is_there = |column: &str| has(column) || is_told(column) || is_in_parts(profile.kind, column, has);
            profile.kind.needed().iter().all(|column| is_there(column))
                && (has(ORDER) || is_sure_without_order(profile, layout, columns))
        }
        Shape::Day => has("date") && !sessions.is_empty(),
        Shape::Grid => sessions.len() > 1,
        Shape::String => [MARKS].iter().chain(&SPAN).all(|column| has(column)),
    };
    // Whoever has written a profile of pupils has said that its other columns are no contacts'.
    let is_one_of_contacts =
        |plain: &str| is_one(plain) && !(profile.is_own && profile.left_out.iter().any(|one| one == plain));
    // Marks taken for a list of pupils would be lost, and contacts would become pupils.
    let of_others = |heading: &String| {
        let plain = plain_heading(heading);
        OF_MARKS.contains(&plain.as_str())
            || HALVES.contains(&plain.as_str())
            || OF_OTHERS.contains(&plain.as_str())
            || is_one_of_contacts(&plain)
            || (has(NAME) && PHONES.contains(&plain.as_str()))
            || when(heading, |text| written(text, Order::DayFirst).ok()).is_some()
    };
    let is_of_others = profile.kind == Kind::Pupils && layout.headings.iter().any(of_others);
    has_key && has_all && !is_of_others && profile.needs.iter().all(|column| has(column))
}
