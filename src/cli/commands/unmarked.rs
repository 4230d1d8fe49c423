//! `unmarked`: registers of the current session that are not in.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::answer::{PupilFacts, Row};
use crate::cli::desk::Desk;
use crate::cli::text::{clock, minutes, sentence};
use crate::domain::day::Day;
use crate::domain::register::RegisterState;
use crate::domain::session::Session;
use crate::domain::unmarked::{Unmarked, unmarked};

/// One register.
#[derive(Serialize)]
struct RegisterFacts {
    group: String,
    year: Option<i64>,
    session: Session,
    state: &'static str,
    minutes_overdue: Option<i64>,
    marked: usize,
    on_roll: usize,
    blanks: Vec<PupilFacts>,
    tutor: Option<String>,
    cover: Option<String>,
    room: Option<String>,
    chases: Vec<ChaseFacts>,
    taken_at: Option<String>,
    taken_by: Option<String>,
}

/// One chase.
#[derive(Serialize)]
struct ChaseFacts {
    method: &'static str,
    at: String,
    by: String,
}

/// List them.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let rows: Vec<RegisterFacts> =
        unmarked(&day, session, desk.local().time()).iter().map(|row| facts(&day, row)).collect();
    let of = day.registers.iter().filter(|register| register.session == session).count();
    let heading = format!("Registers not in: {} of {of}.", rows.len());
    desk.answer(&heading, "Every register is in.", rows)
}

fn facts(day: &Day, row: &Unmarked<'_>) -> RegisterFacts {
    let (roll, register) = (&day.roll, row.register);
    let group = roll.group(register.group);
    let (state, minutes_overdue) = match row.state {
        RegisterState::Overdue { minutes } => ("overdue", Some(minutes)),
        RegisterState::PartMarked { .. } => ("part-marked", None),
        RegisterState::Unmarked => ("unmarked", None),
        RegisterState::Taken => ("taken", None),
    };
    let chases = register.chases.iter();
    RegisterFacts {
        group: group.map_or_else(|| "—".to_owned(), |group| group.name.clone()),
        year: group.and_then(|group| group.year),
        session: register.session,
        state,
        minutes_overdue,
        marked: register.on_roll.saturating_sub(register.blanks.len()),
        on_roll: register.on_roll,
        blanks: PupilFacts::all(roll, &register.blanks),
        tutor: group.and_then(|group| roll.member(group.tutor?)).map(|tutor| tutor.name.clone()),
        cover: register.cover.clone(),
        room: register.room.clone().or_else(|| group.and_then(|group| group.room.clone())),
        chases: chases
            .map(|chase| ChaseFacts {
                method: chase.method.as_str(),
                at: clock(chase.at.time()),
                by: chase.who.clone(),
            })
            .collect(),
        taken_at: register.taken.as_ref().map(|taken| clock(taken.at.time())),
        taken_by: register.taken.as_ref().map(|taken| taken.who.clone()),
    }
}

impl Row for RegisterFacts {
    /// "9BW: overdue 24 minutes, tutor Mr Webb, room R12, chased 2 times, last by phone at 09:12."
    fn lines(&self) -> Vec<String> {
        let state = match (self.minutes_overdue, self.state) {
            (Some(late), _) => format!("overdue {}", minutes(late)),
            (None, "part-marked") => {
                format!("{} of {} marked, {} blank", self.marked, self.on_roll, self.blanks.len())
            }
            _ => "not yet due".to_owned(),
        };
        let said = |what: &str, value: &Option<String>| value.as_ref().map(|value| format!("{what} {value}"));
        let chased = match (self.chases.len(), self.chases.last()) {
            (0, _) | (_, None) => "not chased".to_owned(),
            (1, Some(last)) => format!("chased once, by {} at {}", last.method, last.at),
            (n, Some(last)) => format!("chased {n} times, last by {} at {}", last.method, last.at),
        };
        let group = &self.group;
        let tutor = said("tutor", &self.tutor).unwrap_or_default();
        let (cover, room) = (said("cover", &self.cover), said("room", &self.room));
        let parts = [format!("{group}: {state}"), tutor, cover.unwrap_or_default(), room.unwrap_or_default(), chased];
        // Of a register that is not in at all, every pupil is blank: that needs no saying.
        let blanks: Vec<&str> = match self.state {
            "part-marked" => self.blanks.iter().map(|pupil| pupil.name.as_str()).collect(),
            _ => Vec::new(),
        };
        let blanks = if blanks.is_empty() { String::new() } else { format!(" Blank: {}.", blanks.join("; ")) };
        vec![sentence(parts) + &blanks]
    }
}
