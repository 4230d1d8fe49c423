//! What a file would bring if it were read by a profile that is not kept yet. Nothing is written.

use std::collections::BTreeSet;

use hashbrown::HashSet;

use super::Guide;
use super::point::{About, Choice, Point};
use crate::domain::counted::counted;
use crate::domain::incoming::Incoming;
use crate::exchange::fault::ReadFault;
use crate::exchange::profiles::Profile;
use crate::exchange::timetable::Timetable;
use crate::exchange::{Known, read};

/// Rows that are told of, of each kind.
const SHOWN: usize = 5;

/// What a file would bring.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trial {
    /// What can be used: "36 marks of 9 pupils".
    pub brings: Vec<String>,
    /// What each mark that is no national code was taken for: "“H9” is I (illness)".
    pub signs: Vec<String>,
    /// Of pupils who are named by admission number or UPN, how many are on the roll, and how many there are.
    pub on_roll: Option<(usize, usize)>,
    /// Rows that are refused.
    pub refused: usize,
    /// The first of them: "line 7, date: is not a date ...".
    pub first: Vec<String>,
    /// The first things to be looked at.
    pub look_at: Vec<String>,
    /// Why another profile goes before this one, if one does.
    pub passed_over: Option<String>,
}

impl Trial {
    /// Whether pupils are named by admission number or UPN, and nobody of them is on the roll: what was taken for a number may be none.
    pub fn names_nobody(&self) -> bool {
        matches!(self.on_roll, Some((0, _)))
    }
}

/// What the guide's file would bring by `profile`.
pub fn try_out(guide: &Guide, profile: &Profile) -> Result<Trial, ReadFault> {
    // Those it has to replace: they are told of where it is saved.
    let profiles = guide.profiles.with(profile.clone(), &guide.rivals(profile));
    let known = Known {
        codes: &guide.codes,
        calendar: &guide.roll.calendar,
        today: guide.today,
        profiles: &profiles,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &hashbrown::HashSet::new(),
    };
    let read = read(std::slice::from_ref(&guide.path), known, &mut |_| {})?;
    let is_used = read.read_as.iter().any(|one| one.what.contains(&format!("(profile {})", profile.name)));
    let other = read.read_as.first().map(|one| format!("{} would still be read as {}", one.file, one.what));
    let refused = read.rejects.iter().take(SHOWN);
    let place = |line: u64, column: &str| match column {
        "" => format!("line {line}"),
        column => format!("line {line}, {column}"),
    };
    Ok(Trial {
        brings: brings(&read.incoming),
        signs: signs(guide),
        on_roll: on_roll(guide, &read.incoming),
        refused: read.rejects.len(),
        first: refused.map(|one| format!("{}: {}", place(one.place.line, &one.column), one.reason)).collect(),
        look_at: read
            .warnings
            .iter()
            .take(SHOWN)
            .map(|one| format!("{}: {}", place(one.place.line, ""), one.text))
            .collect(),
        passed_over: if is_used {
            None
        } else {
            Some(other.unwrap_or_else(|| "another profile goes before this one".to_owned()))
        },
    })
}

/// What each mark that is no national code was taken for.
fn signs(guide: &Guide) -> Vec<String> {
    let points = guide.points();
    let sign = |point: &Point| {
        let About::Code(mark) = &point.about else { return None };
        let what = match point.settled()? {
            Choice::NoMark => "no mark yet".to_owned(),
            Choice::Code(code) => match guide.codes.row(code) {
                Some(row) => format!("{code} ({})", row.meaning),
                None => code.to_string(),
            },
            Choice::Wait => return Some(format!("“{mark}” waits until somebody says what it means")),
            Choice::Table(..)
            | Choice::Column(..)
            | Choice::Sessions(_)
            | Choice::LeftOut
            | Choice::Given(..)
            | Choice::OfMis
            | Choice::NotOfMis => return None,
        };
        Some(format!("“{mark}” is {what}"))
    };
    points.iter().filter_map(sign).collect()
}

fn brings(incoming: &Incoming) -> Vec<String> {
    let pupils: BTreeSet<usize> = incoming.marks.rows().map(|one| one.pupil).collect();
    let marks = format!("{} of {}", counted(incoming.marks.len(), "mark"), counted(pupils.len(), "pupil"));
    let some = |many: usize, one: &str| (many > 0).then(|| counted(many, one));
    let waiting = incoming.unknown_marks.len();
    [
        some(incoming.pupils.len(), "pupil"),
        some(incoming.contacts.len(), "contact"),
        some(incoming.flags.len(), "pupil with flags"),
        some(incoming.calendar.len(), "date of the calendar"),
        (!incoming.marks.is_empty()).then_some(marks),
        (waiting > 0).then(|| format!("{} that would wait, being no code", counted(waiting, "mark"))),
        some(incoming.lessons.len(), "pupil due in a lesson"),
        some(incoming.arrangements.len(), "pupil in an arrangement"),
        some(incoming.calls.len(), "call"),
        some(incoming.arrivals.len(), "arrival or departure"),
        some(incoming.messages.len(), "message"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Of the pupils whom marks name by admission number or UPN, how many are on the roll.
fn on_roll(guide: &Guide, incoming: &Incoming) -> Option<(usize, usize)> {
    let roll = &guide.roll.pupils;
    let admission_nos: HashSet<&str> = roll.iter().filter_map(|one| one.admission_no.as_deref()).collect();
    let upns: HashSet<&str> = roll.iter().filter_map(|one| one.upn.as_deref()).collect();
    let named = incoming.marks.pupils().iter().filter(|key| key.source_id.is_none());
    let is_on_roll = |key: &&crate::domain::incoming::PupilKey| {
        key.admission_no.as_deref().is_some_and(|one| admission_nos.contains(one))
            || key.upn.as_deref().is_some_and(|one| upns.contains(one))
    };
    let all = named.clone().count();
    (all > 0).then(|| (named.filter(is_on_roll).count(), all))
}
