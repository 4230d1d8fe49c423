//! One profile, as it is written.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::code::Code;
use crate::domain::name::clean;
use crate::exchange::kind::{KEYS, Kind, MIS_ID};
use crate::exchange::table::dates::Order;
use crate::exchange::table::line_ends;
use crate::exchange::table::written::written;

/// How the marks of a table are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A row for each record.
    #[default]
    Long,
    /// A row for each pupil and day, with a column for the morning and one for the afternoon.
    Day,
    /// A row for each pupil, or pupil and week, with a column for each session.
    Grid,
    /// A row for each pupil, with the marks of a stretch of days in one text.
    String,
}

impl Shape {
    /// The word for it in a profile.
    pub fn as_str(self) -> &'static str {
        match self {
            Shape::Long => "long",
            Shape::Day => "day",
            Shape::Grid => "grid",
            Shape::String => "string",
        }
    }
}

/// Which comes first in dates, the day or the month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// What the dates of the file tell.
    #[default]
    Told,
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

impl Dates {
    /// The word for it in a profile.
    pub fn as_str(self) -> &'static str {
        match self {
            Dates::Told => "told",
            Dates::DayFirst => "day-first",
            Dates::MonthFirst => "month-first",
        }
    }

    /// The date written as `text` in a file whose dates tell `order`.
    pub fn date(self, text: &str, order: Order) -> Result<NaiveDate, String> {
        match self {
            Dates::Told => written(text, order),
            Dates::DayFirst => written(text, Order::DayFirst),
            Dates::MonthFirst => {
                let parts: Vec<&str> = text.split('/').collect();
                match parts.as_slice() {
                    [month, day, rest] => written(&format!("{day}/{month}/{rest}"), Order::DayFirst),
                    _ => written(text, Order::DayFirst),
                }
            }
        }
    }
}

/// A heading as a profile writes it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Spelling {
    /// Of a column whose heading stands there once.
    Once(String),
    /// Of one of several columns, or of one that holds another system's numbers.
    Told {
        /// Its heading.
        heading: String,
        /// Of several columns of this heading, the how manyth, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        which: Option<usize>,
        /// Whose numbers of pupils stand there.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        system: String,
    },
}

impl Spelling {
    /// That of `heading`; of several columns of it the how manyth, from 1.
    pub fn of(heading: &str, which: Option<usize>) -> Spelling {
        let heading = heading.to_owned();
        match which {
            Some(_) => Spelling::Told { heading, which, system: String::new() },
            None => Spelling::Once(heading),
        }
    }
}

/// A heading by which a column is known: as [`plain_heading`] writes it, and the how manyth of several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// In plain letters and digits.
    pub text: String,
    /// Of several columns of this heading, the how manyth, from 1.
    pub which: Option<usize>,
    /// Whose numbers of pupils stand there; blank where that is not told.
    pub system: String,
}

impl Heading {
    fn new(text: &str) -> Heading {
        Heading { text: plain_heading(text), which: None, system: String::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    what: String,
    kind: Kind,
    #[serde(default)]
    shape: Shape,
    #[serde(default)]
    dates: Dates,
    #[serde(default)]
    from_mis: bool,
    columns: BTreeMap<String, Vec<Spelling>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    left_out: Vec<String>,
    #[serde(default)]
    codes: BTreeMap<String, String>,
    #[serde(default)]
    only: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    given: BTreeMap<String, String>,
    #[serde(default)]
    above: BTreeMap<String, Vec<String>>,
}

/// One profile.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Its name: that of its file.
    pub name: String,
    /// Whether the school has written it.
    pub is_own: bool,
    /// What the files are, in a sentence: "marks in a grid".
    pub what: String,
    /// Which of our tables they hold.
    pub kind: Kind,
    /// How their marks are laid out.
    pub shape: Shape,
    /// Which comes first in their dates.
    pub dates: Dates,
    /// Whether they come from the school's own management information system.
    pub from_mis: bool,
    /// Our columns, and the headings that each may have there.
    pub columns: Vec<(&'static str, Vec<Heading>)>,
    /// Our columns, and the heading that each is written under: the first that the profile names; `None` where it is told by its place.
    pub headings: Vec<(&'static str, Option<String>)>,
    /// Our columns without which it fits no file, besides those that all files of its kind need.
    pub needs: Vec<&'static str>,
    /// Headings that are known, and left out, without capitals, blanks and signs.
    pub left_out: Vec<String>,
    /// Codes of the school's own, and the national ones that they mean; blank: no mark.
    pub codes: BTreeMap<String, String>,
    /// Headings, plain, and what must stand under them, in small letters: other rows are left out.
    pub only: Vec<(String, Vec<String>)>,
    /// Our columns whose words are others there: the word there, plain as a heading is, and ours.
    pub values: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// Our columns that the file has not, and what stands in them in every row.
    pub given: BTreeMap<&'static str, String>,
    /// Our columns that stand in a table of one row above the headings, and how they are headed there.
    pub above: BTreeMap<&'static str, Vec<String>>,
    /// The profile as it is written.
    pub text: String,
}

/// The name of a pupil in one cell: "Surname, Forename".
pub const NAME: &str = "name_of_pupil";
/// The marks of the morning and of the afternoon.
pub const HALVES: [&str; 2] = ["am", "pm"];
/// The minutes late of each.
pub const MINUTES: [&str; 2] = ["am_minutes", "pm_minutes"];
/// The Monday of the week of a row.
pub const WEEK: &str = "week";
/// The marks of a stretch of days in one text; its first day and its last.
pub const MARKS: &str = "marks";
pub const SPAN: [&str; 2] = ["from", "until"];
/// Our column of the calling order; and what a profile gives in it where the file names none: each pupil's contacts are rung as they stand.
pub const ORDER: &str = "order";
pub const AS_IT_STANDS: &str = "as it stands";
/// The name of a contact in several cells, in the order in which it is said.
pub const OF_CONTACT: [&str; 3] = ["contact_title", "contact_forename", "contact_surname"];

impl Profile {
    /// The system whose numbers of pupils its tables have; blank where it names none.
    pub fn system(&self) -> &str {
        let headings = self.columns.iter().find(|(column, _)| *column == MIS_ID).and_then(|(_, all)| all.first());
        headings.map_or("", |heading| heading.system.as_str())
    }

    /// The profile called `name` out of its `text`; otherwise what is wrong with it, in a sentence.
    pub fn parse(name: &str, text: &str, is_own: bool) -> Result<Profile, String> {
        let written: Written = toml::from_str(text).map_err(|fault| {
            let line = fault.span().map(|span| 1 + line_ends(text.as_bytes().get(..span.start).unwrap_or_default()));
            let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
            format!("{}{line}", clean(fault.message()))
        })?;
        let Written { what, kind, shape, dates, from_mis, columns, left_out, needs, codes, only, values, given, above } =
            written;
        if shape != Shape::Long && kind != Kind::Marks {
            return Err("only marks have another shape than long".to_owned());
        }
        let known = columns_of(kind, shape);
        let ours = |column: &str| {
            let of = || format!("“{}” is no column of {}: {} are", clean(column), kind.as_str(), known.join(", "));
            known.iter().copied().find(|one| *one == column).ok_or_else(of)
        };
        let needs = needs.iter().map(|column| ours(column)).collect::<Result<_, _>>()?;
        let (mut bound, mut headings) = (Vec::new(), Vec::new());
        for (column, spellings) in columns {
            let column = ours(&column)?;
            headings.push((
                column,
                match spellings.first() {
                    None => Some(column.to_owned()),
                    Some(Spelling::Once(text)) => Some(clean(text)),
                    Some(Spelling::Told { heading, which: None, .. }) => Some(clean(heading)),
                    Some(Spelling::Told { which: Some(_), .. }) => None,
                },
            ));
            let heading = |one: Spelling| match one {
                Spelling::Once(text) => Heading::new(&text),
                Spelling::Told { heading, which, system } => Heading { which, system, ..Heading::new(&heading) },
            };
            let own = Heading::new(column);
            bound.push((column, spellings.into_iter().map(heading).chain([own]).collect()));
        }
        let systems = bound.iter().flat_map(|(_, headings): &(_, Vec<Heading>)| headings.iter().map(|one| &one.system));
        if let Some(system) = systems.into_iter().find(|one| !one.bytes().all(|byte| byte.is_ascii_lowercase())) {
            return Err(format!("“{}” is no name of a system: small letters are", clean(system)));
        }
        if let Some((_, code)) = codes.iter().find(|(_, code)| !code.is_empty() && Code::parse(code).is_none()) {
            return Err(format!("“{}” is not an attendance code", clean(code)));
        }
        let plain =
            |words: BTreeMap<String, String>| words.into_iter().map(|(there, own)| (plain_heading(&there), own));
        let values = values.into_iter().map(|(column, words)| Ok((ours(&column)?, plain(words).collect())));
        let given = given.into_iter().map(|(column, value)| Ok((ours(&column)?, value)));
        let headed = |headings: Vec<String>| headings.iter().map(|one| plain_heading(one)).collect();
        let above = above.into_iter().map(|(column, headings)| Ok((ours(&column)?, headed(headings))));
        let (values, given) = (values.collect::<Result<_, String>>()?, given.collect::<Result<_, String>>()?);
        let above = above.collect::<Result<_, String>>()?;
        let small = |values: Vec<String>| values.iter().map(|value| clean(value).to_lowercase()).collect();
        Ok(Profile {
            name: clean(name),
            is_own,
            what: clean(&what),
            kind,
            shape,
            dates,
            from_mis,
            columns: bound,
            headings,
            needs,
            left_out: left_out.iter().map(|one| plain_heading(one)).collect(),
            codes,
            only: only.into_iter().map(|(heading, values)| (plain_heading(&heading), small(values))).collect(),
            values,
            given,
            above,
            text: text.to_owned(),
        })
    }
}

/// The columns that a profile of that kind and shape may name.
pub fn columns_of(kind: Kind, shape: Shape) -> Vec<&'static str> {
    let keys: &[&str] = if kind.names_pupils() { &KEYS } else { &[] };
    match shape {
        Shape::Long => {
            let names: &[&str] = match kind {
                Kind::Pupils => &[NAME],
                Kind::Contacts => &OF_CONTACT,
                Kind::Flags
                | Kind::Calendar
                | Kind::Marks
                | Kind::Lessons
                | Kind::Arrangements
                | Kind::Calls
                | Kind::Arrivals
                | Kind::Messages => &[],
            };
            [keys, kind.needed(), kind.optional(), names].concat()
        }
        Shape::Day => [keys, &["date"], &HALVES, &MINUTES].concat(),
        Shape::Grid => [keys, &[WEEK]].concat(),
        Shape::String => [keys, &SPAN, &[MARKS]].concat(),
    }
}

/// A heading without what does not tell it from another: capitals, blanks, signs, the star of a column that must be filled in.
pub fn plain_heading(text: &str) -> String {
    let text = clean(text).to_lowercase();
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() { text } else { plain }
}
