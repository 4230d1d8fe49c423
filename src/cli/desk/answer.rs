//! Output of the reading commands, as text or as JSON.
//!
//! With `--json` every reading command answers one object on one line:
//!
//! ```text
//! {"school":"Harrington High","date":"2026-11-24","session":"AM","as_of":"09:20","closed":null,"rows":[...]}
//! ```
//!
//! Dates are ISO, times are `HH:MM` on the school's clock, codes are text, what there is nothing of is null or `[]`. A mark is
//! `{"code":"L","minutes":17}`; a blank is null. On a day without school `session` is null, `closed` says why, and the rows of
//! what belongs to a day are `[]`. A pupil is always
//!
//! ```text
//! {"pupil":12,"admission_no":"004127","name":"Khan, Amira","surname":"Khan","forename":"Amira","group":"8KM","year":8,
//!  "flags":["CP"],"tier":"vulnerable"}
//! ```
//!
//! but for the gate, which sees neither: there `flags` is `[]` and `tier` null. Telephone numbers are masked, `"•••• 310"`, unless
//! `--numbers` is said. `docs/commands.md` says what a row of each command holds, under “JSON”.
//!
//! Acting commands answer, `sweep` with a line for each pupil, `{"done":true,"act":31,"says":"...","but":null}` and end with 0, or
//! `{"refused":"changed-meanwhile","says":"...","by":"J Ito","at":"09:18","was":null,"now":{"code":"L","minutes":17}}` and end
//! with 1. `refused` is the word for the kind of refusal; `domain/told.rs` has them all, and decides what a role is told of each. When a
//! name means several pupils it is `several`, and `candidates` lists them; when it means nobody, `no-pupil`. Unlisted accounts, and
//! roles that a command is not for, get `not-allowed`. `import` adds its counts: see `import_report.rs`.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Desk, Moment};
use crate::cli::Failure;
use crate::cli::text::{clock, long_date};
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::{Pupil, PupilId, Tier};
use crate::domain::school::roll::Roll;

/// A row of an answer: its JSON are its fields; its text is made from the same fields.
pub(in crate::cli) trait Row: Serialize {
    /// One line, or a few for a card.
    fn lines(&self) -> Vec<String>;
}

/// The dates that an answer is about.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::cli) struct RangeFacts {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// As it was known at the end of this date.
    pub known_on: NaiveDate,
}

/// The frame every answer stands in.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "{R}Answer"))]
pub(in crate::cli) struct Answer<R> {
    /// The school's name.
    pub school: Option<String>,
    /// Today.
    pub date: Option<String>,
    /// The session the office is working on.
    pub session: Option<Session>,
    /// When the answer was true.
    pub as_of: Option<String>,
    /// Why there is no school today.
    pub closed: Option<String>,
    /// Headings, where the question named its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// The dates that the rows are about, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<RangeFacts>,
    /// The rows.
    pub rows: Vec<R>,
}

impl<R> Answer<R> {
    fn new(school: &str, moment: &Moment, rows: Vec<R>) -> Answer<R> {
        Answer {
            school: Some(school.to_owned()),
            date: Some(moment.date.to_string()),
            session: moment.session.clone().ok(),
            as_of: Some(clock(moment.time)),
            closed: moment.session.clone().err(),
            columns: None,
            range: None,
            rows,
        }
    }

    /// The frame of an answer that no school's file was opened for.
    pub fn of_no_file(rows: Vec<R>) -> Answer<R> {
        Answer { school: None, date: None, session: None, as_of: None, closed: None, columns: None, range: None, rows }
    }
}

impl Desk<'_> {
    /// Say where and when we are, `heading`, and the rows, or the sentence `none` when there are none.
    pub(in crate::cli) fn answer<R: Row>(&mut self, heading: &str, none: &str, rows: Vec<R>) -> Result<(), Failure> {
        self.answer_framed(self.frame(rows), heading, none)
    }

    /// The same of rows that are about these dates.
    pub(in crate::cli) fn answer_of_range<R: Row>(
        &mut self,
        range: RangeFacts,
        heading: &str,
        none: &str,
        rows: Vec<R>,
    ) -> Result<(), Failure> {
        let answer = Answer { range: Some(range), ..self.frame(rows) };
        self.answer_framed(answer, heading, none)
    }

    fn answer_framed<R: Row>(&mut self, answer: Answer<R>, heading: &str, none: &str) -> Result<(), Failure> {
        if self.json {
            return self.print_json(&answer);
        }
        self.print(&format!("{} {heading}", self.whereabouts()))?;
        if answer.rows.is_empty() {
            return self.print(none);
        }
        answer.rows.iter().flat_map(Row::lines).try_for_each(|line| self.print(&line))
    }

    /// The frame of an answer here and now.
    pub(in crate::cli) fn frame<R>(&self, rows: Vec<R>) -> Answer<R> {
        Answer::new(&self.store.roll().school.name, &self.moment(), rows)
    }

    /// The session the office is working on. When no school was meant today that is the answer, and there is nothing to list.
    pub(in crate::cli) fn session_or_closed(&mut self) -> Result<Option<Session>, Failure> {
        let session = self.session_at_work().ok();
        if session.is_none() && self.json {
            self.print_json(&self.frame(Vec::<()>::new()))?;
        } else if session.is_none() {
            self.print(&self.whereabouts())?;
        }
        Ok(session)
    }

    /// "Harrington High, Tue 24 Nov 2026, AM, 09:20."
    fn whereabouts(&self) -> String {
        let (school, moment) = (&self.store.roll().school.name, self.moment());
        let (date, time) = (long_date(moment.date), clock(moment.time));
        match moment.session {
            Ok(session) => format!("{school}, {date}, {session}, {time}."),
            Err(why) => format!("{school}, {date}, {time}. There is no school today: {why}."),
        }
    }
}

/// A pupil, in every row that names one.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::cli) struct PupilFacts {
    pub pupil: i64,
    pub admission_no: Option<String>,
    pub name: String,
    pub surname: String,
    pub forename: String,
    pub group: Option<String>,
    pub year: Option<i64>,
    pub flags: Vec<&'static str>,
    /// Null for whoever may not see it.
    pub tier: Option<Tier>,
    /// The admission number, where another of the name is in the same group.
    #[serde(skip)]
    apart: String,
    /// The name where nothing stands beside it.
    #[serde(skip)]
    pub telling_name: String,
}

impl PupilFacts {
    /// What is said of a pupil in every row.
    pub fn of(roll: &Roll, pupil: &Pupil) -> PupilFacts {
        PupilFacts {
            pupil: pupil.id.0,
            admission_no: pupil.admission_no.clone(),
            name: pupil.list_name(),
            surname: pupil.surname.clone(),
            forename: pupil.forename.clone(),
            group: pupil.group.and_then(|id| roll.group(id)).map(|group| group.name.clone()),
            year: pupil.year,
            flags: pupil.flags.iter().map(|flag| flag.letters()).collect(),
            tier: Some(pupil.tier()),
            telling_name: roll.telling_name(pupil).to_string(),
            apart: roll.number_apart(pupil).to_owned(),
        }
    }

    /// The facts of those of `pupils` that are on the roll.
    pub fn all<'a>(roll: &Roll, pupils: impl IntoIterator<Item = &'a PupilId>) -> Vec<PupilFacts> {
        pupils.into_iter().filter_map(|id| Some(PupilFacts::of(roll, roll.pupil(*id)?))).collect()
    }

    /// "Khan, Amira, 8KM"; where another of the name is in the group, "Chan, Jun, 8VS, admission number 004127".
    pub fn name_and_group(&self) -> String {
        match self.apart.as_str() {
            "" => self.name_before_number(),
            number => format!("{}, admission number {number}", self.name_before_number()),
        }
    }

    /// "Khan, Amira, 8KM", where the admission number follows in any case.
    pub fn name_before_number(&self) -> String {
        match &self.group {
            Some(group) => format!("{}, {group}", self.name),
            None => format!("{}, no tutor group", self.name),
        }
    }

    /// "Khan, Amira, 8KM, flags CP": what a listener needs first.
    pub fn introduced(&self) -> String {
        if self.flags.is_empty() {
            self.name_and_group()
        } else {
            format!("{}, flags {}", self.name_and_group(), self.flags.join(" "))
        }
    }
}
