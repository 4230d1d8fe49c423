//! Case files, and a pupil's chronology: put together from what every table holds of the pupil.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::chronology::{Line, LineKind, MarkHeld, absences, in_order};
use crate::domain::cases::file::CaseFile;
use crate::domain::code::{Code, Statistic};
use crate::domain::facts::evidence::or_blank;
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::tables::{call, cases, mark, step};
use crate::store::{Fault, Store};

impl Store {
    /// The case files of everybody who has one, or of one pupil.
    pub fn case_files(&self, pupil: Option<PupilId>) -> Result<BTreeMap<PupilId, CaseFile>, Fault> {
        cases::files(&self.reader, &self.held.roll.school, pupil).map_err(|error| self.fault(&error))
    }

    /// The sessions that penalty notices have locked, whoever's, in order of the pupils: they count towards no other notice.
    pub fn locked_sessions(&self, pupil: Option<PupilId>) -> Result<Vec<(PupilId, SessionDate)>, Fault> {
        cases::locked(&self.reader, pupil).map_err(|error| self.fault(&error))
    }

    /// What is in the record of a pupil on these dates, in the order in which it happened.
    pub fn chronology(&self, pupil: PupilId, dates: &RangeInclusive<NaiveDate>) -> Result<Vec<Line>, Fault> {
        chronology(&self.reader, &self.held.roll, pupil, dates).map_err(|error| self.fault(&error))
    }

    /// The sessions of these dates that are marked unauthorised, G, O or U, and that no penalty notice has locked yet; and of these dates
    /// those at N.
    pub fn unauthorised(
        &self,
        pupil: PupilId,
        dates: &RangeInclusive<NaiveDate>,
    ) -> Result<(Vec<SessionDate>, Vec<SessionDate>), Fault> {
        unauthorised(&self.reader, &self.held.roll, pupil, dates).map_err(|error| self.fault(&error))
    }
}

fn unauthorised(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<(Vec<SessionDate>, Vec<SessionDate>)> {
    let marks = mark::held_of(connection, pupil, dates)?.into_iter();
    let counted = marks.filter(|mark| roll.codes.statistic(mark.code) == Some(Statistic::Unauthorised));
    let (unresolved, firm): (Vec<_>, Vec<_>) = counted.partition(|mark| mark.code == Code::N);
    let at = |marks: Vec<MarkHeld>| marks.into_iter().map(|mark| mark.at).collect();
    Ok((at(firm), at(unresolved)))
}

fn chronology(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<Vec<Line>> {
    let mut lines = absences(roll, &mark::held_of(connection, pupil, dates)?);
    // A mark of a year ago may be amended today.
    let since = dates.start().checked_sub_days(Days::new(366)).unwrap_or(*dates.start());
    for one in mark::amendments(connection, pupil, since, *dates.end())? {
        // What the rule settled by itself is in the amendment record.
        if one.is_decided == Some(false) {
            continue;
        }
        let at = roll.school.local(one.instant);
        let (was, is) = (or_blank(one.original), or_blank(one.new));
        lines.push(Line {
            date: at.date(),
            time: Some(at.time()),
            kind: LineKind::Amendment,
            who: one.who,
            with: one.said_by.unwrap_or_default(),
            what: format!("mark of {} amended from {was} to {is}: {}", one.at, one.reason),
            act: one.act,
        });
    }
    for one in call::of_pupil(connection, &roll.school, pupil, dates)? {
        let code = one.code.map(|code| format!(", code {code}")).unwrap_or_default();
        let note = if one.note.is_empty() { String::new() } else { format!(": {}", one.note) };
        let contact = one.contact.and_then(|contact| roll.contact(pupil, contact));
        lines.push(Line {
            date: one.at.date(),
            time: Some(one.at.time()),
            kind: LineKind::Call,
            who: one.who,
            with: contact.map_or_else(String::new, Contact::introduced),
            what: format!("call about {}, {}{code}{note}", one.about, one.outcome.describe()),
            act: one.act,
        });
    }
    for (date, one) in step::of_pupil(connection, &roll.school, pupil, dates)? {
        let words = if one.words.is_empty() { String::new() } else { format!(": {}", one.words) };
        lines.push(Line {
            date: one.at.date(),
            time: Some(one.at.time()),
            kind: LineKind::Step,
            who: one.who,
            with: String::new(),
            what: format!("{} about {}{words}", one.step.as_str(), SessionDate::new(date, one.session)),
            act: one.act,
        });
    }
    let files = cases::files(connection, &roll.school, Some(pupil))?;
    lines.extend(files.values().flat_map(CaseFile::lines));
    lines.retain(|line| dates.contains(&line.date));
    Ok(in_order(lines))
}
