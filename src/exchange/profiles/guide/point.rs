//! What is to be settled about a table: each point with what stands there, what is proposed and why, and what may be answered.

use super::fit::is_phone;
use crate::domain::people::contact::masked;
use crate::exchange::kind::Kind;
use crate::exchange::profiles::profile::{Dates, Shape};

/// What a point is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum About {
    /// What the file holds.
    File,
    /// The column at this place, from 0.
    Column(usize),
    /// The columns of sessions of a grid, all together.
    Sessions,
    /// A mark that is none of the national codes.
    Code(String),
    /// The heading at this place, from 0, of the table above the list.
    Above(usize),
    /// What stands in our column in every row, which no column of the file has.
    Given(&'static str),
    /// Whose files these are.
    Source,
}

/// What may be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// The file holds this, laid out so.
    Table(Kind, Shape),
    /// The column is this one of ours; and how its dates read, if it holds any.
    Column(&'static str, Dates),
    /// The headings of the sessions have their dates so.
    Sessions(Dates),
    /// The column is left out.
    LeftOut,
    /// The mark means this national code.
    Code(crate::domain::code::Code),
    /// The mark means that there is none yet.
    NoMark,
    /// The mark waits until somebody says what it means.
    Wait,
    /// Our column holds this in every row.
    Given(&'static str, &'static str),
    /// The school's own management information system writes these files.
    OfMis,
    /// Somebody else does.
    NotOfMis,
}

/// One point.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// What it is about.
    pub about: About,
    /// The heading, or the mark.
    pub label: String,
    /// By what a file of answers names it.
    pub key: String,
    /// What stands there: a few different cells, the first first; of the file, how it lies.
    pub samples: Vec<String>,
    /// Those are telephone numbers, addresses and the like: masked until asked for.
    pub is_private: bool,
    /// Whether it is known what it is, by its heading or by what stands there, though more may be asked about it.
    pub is_named: bool,
    /// Why it is proposed, or asked.
    pub reason: String,
    /// What may be answered: what is likely first, then all the rest.
    pub choices: Vec<Choice>,
    /// How many of those are likely.
    pub likely: usize,
    /// And how many could be: those behind them are only for whoever knows better.
    pub fitting: usize,
    /// What is certain without an answer.
    pub sure: Option<Choice>,
    /// What was answered.
    pub answer: Option<Choice>,
}

impl Point {
    /// What holds: the answer, or else what is certain.
    pub fn settled(&self) -> Option<Choice> {
        self.answer.or(self.sure)
    }

    /// Whether it is asked, and not answered yet.
    pub fn is_open(&self) -> bool {
        self.settled().is_none()
    }

    /// What is asked.
    pub fn question(&self) -> String {
        let is_asked = |wanted: Dates| {
            let is = |choice: &Choice| matches!(choice, Choice::Column(_, dates) | Choice::Sessions(dates) if *dates == wanted);
            self.choices.iter().take(self.likely).any(is)
        };
        let is_open = self.is_open() && is_asked(Dates::DayFirst) && is_asked(Dates::MonthFirst);
        match &self.about {
            About::File => "What does this file hold?".to_owned(),
            About::Column(_) if is_open && self.is_named => {
                format!("Which comes first in “{}”, the day or the month?", self.label)
            }
            About::Column(_) if is_open => {
                format!("What is “{}”, and which comes first in it, the day or the month?", self.label)
            }
            About::Column(_) => match self.one() {
                Some(column) => format!("Is “{}” the {}?", self.label, called(column)),
                None => format!("What is “{}”?", self.label),
            },
            About::Sessions => "Which comes first in the dates of these headings, the day or the month?".to_owned(),
            About::Code(mark) => format!("What does “{mark}” mean?"),
            About::Above(_) => format!("What is “{}”, which stands above the list?", self.label),
            About::Given(column) => format!("What is the {} in every row?", called(column)),
            About::Source => "Does your school’s own system (MIS) write these files?".to_owned(),
        }
    }

    /// The only column of ours that it is likely to be.
    fn one(&self) -> Option<&'static str> {
        match self.choices.get(..self.likely)? {
            [Choice::Column(one, _), Choice::LeftOut] => Some(one),
            _ => None,
        }
    }

    /// What stands there, in one line; masked where that is private, unless it was asked for.
    pub fn shown(&self, is_revealed: bool) -> Vec<String> {
        let mask = |text: &String| match self.is_private && !is_revealed {
            true => masked(if is_phone(text) { text } else { "" }).trim_end().to_owned(),
            false => text.clone(),
        };
        self.samples.iter().map(mask).collect()
    }
}

impl Choice {
    /// The word for it in a file of answers.
    pub fn word(self) -> String {
        match self {
            Choice::Table(kind, Shape::Long) => kind.as_str().to_owned(),
            Choice::Table(kind, shape) => format!("{} {}", kind.as_str(), shape.as_str()),
            Choice::Column(column, Dates::Told) => column.to_owned(),
            Choice::Column(column, dates) => format!("{column} {}", dates.as_str()),
            Choice::Sessions(dates) => dates.as_str().to_owned(),
            Choice::LeftOut => "left-out".to_owned(),
            Choice::Code(code) => code.to_string(),
            Choice::NoMark => "no-mark".to_owned(),
            Choice::Wait => "wait".to_owned(),
            Choice::Given(_, value) => value.to_owned(),
            Choice::OfMis => "from-mis = true".to_owned(),
            Choice::NotOfMis => "from-mis = false".to_owned(),
        }
    }

    /// The same in an officer's words.
    pub fn describe(self) -> String {
        match self {
            Choice::Table(kind, shape) => match (kind, shape) {
                (Kind::Marks, Shape::Long) => "marks, a row for each pupil and session".to_owned(),
                (Kind::Marks, Shape::Day) => "marks, a row for each pupil and day".to_owned(),
                (Kind::Marks, Shape::Grid) => "marks, a column for each session".to_owned(),
                (Kind::Marks, Shape::String) => "marks, all those of a pupil in one text".to_owned(),
                _ => kind.as_str().to_owned(),
            },
            Choice::Column(column, dates) => format!("{}{}", called(column), first_of(dates)),
            Choice::Sessions(dates) => format!("marks of sessions{}", first_of(dates)),
            Choice::LeftOut => "leave it out".to_owned(),
            Choice::Code(code) => code.to_string(),
            Choice::NoMark => "no mark yet".to_owned(),
            Choice::Wait => "leave it to wait until somebody says what it means".to_owned(),
            Choice::Given(_, value) => format!("{value}, in every row"),
            Choice::OfMis => "your own system (MIS) writes them".to_owned(),
            Choice::NotOfMis => "somebody else does: a tutor, a tracker".to_owned(),
        }
    }
}

/// ", the day first"; blank where each date tells it.
pub fn first_of(dates: Dates) -> &'static str {
    match dates {
        Dates::Told => "",
        Dates::DayFirst => ", the day first",
        Dates::MonthFirst => ", the month first",
    }
}

/// One of our columns in words: "admission number".
pub fn called(column: &str) -> String {
    match column {
        "admission_no" => "admission number".to_owned(),
        "upn" => "UPN".to_owned(),
        "mis_id" => "other system's own number of the pupil".to_owned(),
        "name_of_pupil" => "surname and forename in one cell".to_owned(),
        "am" => "mark of the morning".to_owned(),
        "pm" => "mark of the afternoon".to_owned(),
        "week" => "Monday of the week".to_owned(),
        "code" => "mark".to_owned(),
        "marks" => "marks of all those days in one text".to_owned(),
        "session" => "session, AM or PM".to_owned(),
        "minutes" => "minutes late".to_owned(),
        "by" => "teacher who took the register".to_owned(),
        "order" => "calling order".to_owned(),
        "from" => "first day".to_owned(),
        "until" => "last day".to_owned(),
        other => other.replace('_', " "),
    }
}

/// The column of ours that a choice is.
pub fn column(choice: Option<Choice>) -> Option<&'static str> {
    match choice {
        Some(Choice::Column(column, _)) => Some(column),
        Some(
            Choice::Table(..)
            | Choice::Sessions(_)
            | Choice::LeftOut
            | Choice::Code(_)
            | Choice::NoMark
            | Choice::Wait
            | Choice::Given(..)
            | Choice::OfMis
            | Choice::NotOfMis,
        )
        | None => None,
    }
}
