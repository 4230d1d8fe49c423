//! The sessions of a trigger in as few words as they take.

use super::day;
use super::school_weeks::PupilSession;
use crate::domain::calendar::session::{Session, SessionDate};

/// "O Tue 16 Sep; G Thu 23 Oct-Fri 24 Oct; U Mon 24 Nov AM": sessions on end with one code are one part.
pub fn in_words(sessions: &[PupilSession]) -> String {
    let on_end = |one: &PupilSession, next: &PupilSession| one.code == next.code && one.place + 1 == next.place;
    sessions.chunk_by(on_end).map(part).collect::<Vec<_>>().join("; ")
}

fn part(run: &[PupilSession]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return String::new() };
    let code = first.code.map_or_else(|| "blank".to_owned(), |code| code.to_string());
    let [from, until] = [first.at, last.at];
    // A stretch begins with a morning and ends with an afternoon, unless it says otherwise.
    let end = |at: SessionDate, usual: Session| match at.session == usual {
        true => day(at.date),
        false => format!("{} {}", day(at.date), at.session),
    };
    let when = if from == until {
        format!("{} {}", day(from.date), from.session)
    } else if from.date == until.date {
        day(from.date)
    } else {
        format!("{}-{}", end(from, Session::Am), end(until, Session::Pm))
    };
    format!("{code} {when}")
}
