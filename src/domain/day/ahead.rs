//! What is known beforehand of the next school day: who will be away.

use chrono::NaiveDate;

use super::Day;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::{Pupil, PupilId};

/// The next school day, as far as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// Its date.
    pub date: NaiveDate,
    /// The marks that stand there already.
    pub marks: Vec<(PupilId, Session, Mark)>,
}

/// A pupil who is known to be away, and with which code in which sessions, in order.
pub type KnownAway<'a> = (&'a Pupil, Vec<(Session, Code)>);

impl Ahead {
    /// Everybody who is known to be away on it, by name.
    pub fn known_away<'a>(&self, day: &'a Day) -> Vec<KnownAway<'a>> {
        let mut away: Vec<(&Pupil, Vec<(Session, Code)>)> = Vec::new();
        for pupil in day.roll.pupils.iter().filter(|pupil| pupil.on_roll(self.date)) {
            let of_pupil =
                self.marks.iter().filter(|(id, _, mark)| *id == pupil.id && day.roll.codes.is_away(mark.code));
            let mut sessions: Vec<(Session, Code)> = of_pupil.map(|(_, session, mark)| (*session, mark.code)).collect();
            sessions.sort_by_key(|(session, _)| *session);
            if !sessions.is_empty() {
                away.push((pupil, sessions));
            }
        }
        away
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn only_who_is_known_to_be_away_is_named_each_once() {
        let day = day(&[]);
        let marks = vec![
            (LOUIS, Session::Pm, mark("M")),
            (AMIRA, Session::Pm, mark("I")),
            (AMIRA, Session::Am, mark("I")),
            (BILAL, Session::Am, mark("V")),
            (SUKARNO, Session::Am, mark("/")),
        ];
        let ahead = Ahead { date: date(2026, 3, 5), marks };
        let away = ahead.known_away(&day);
        let told: Vec<(PupilId, usize)> = away.iter().map(|(pupil, sessions)| (pupil.id, sessions.len())).collect();
        assert_eq!(told, [(LOUIS, 1), (AMIRA, 2)]);
        assert_eq!(away[1].1, [(Session::Am, Code::I), (Session::Pm, Code::I)]);
    }
}
