//! Desk presence: who sits at which desk just now, and which pupil they are on. A courtesy between desks: it ends by itself and
//! never blocks anybody.

use chrono::{NaiveDateTime, TimeDelta};
use strum::{EnumString, IntoStaticStr};

use crate::domain::people::pupil::PupilId;

/// Minutes a presence is shown for when its desk says nothing more.
const LASTS_MINUTES: i64 = 5;

/// Which screen somebody sits at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Place {
    /// The four panes.
    Office,
    /// The gate.
    Gate,
}

impl Place {
    /// The word it is stored and said by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The place stored as `word`.
    pub fn parse(word: &str) -> Option<Place> {
        word.parse().ok()
    }
}

/// The presence at one desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeskPresence {
    /// Which desk.
    pub desk: String,
    /// The officer there.
    pub who: String,
    /// At which screen.
    pub place: Place,
    /// Whom they are calling about.
    pub calling: Option<PupilId>,
    /// Since when they sit there or call, school-local.
    pub since: NaiveDateTime,
    /// When the desk last said so, school-local.
    pub renewed: NaiveDateTime,
}

impl DeskPresence {
    /// Whether it still counts at `now`. One from a clock ahead of ours counts until that time has passed.
    pub fn is_current(&self, now: NaiveDateTime) -> bool {
        now - self.renewed < TimeDelta::minutes(LASTS_MINUTES)
    }

    /// "J Ito gate", "K Brown calling Khan, Amira 8KM": who sits where, and on whom they are where `name` says it.
    pub fn line(&self, name: impl Fn(PupilId) -> Option<String>) -> String {
        match self.calling {
            Some(pupil) => format!("{} calling {}", self.who, name(pupil).unwrap_or_default()).trim_end().to_owned(),
            None => format!("{} {}", self.who, self.place.as_str()),
        }
    }

    /// "SM calling": initials, for a row.
    pub fn describe(&self) -> String {
        let initials: String = self.who.split_whitespace().filter_map(|word| word.chars().next()).collect();
        format!("{initials} calling")
    }

    /// "S Marsh is calling since 09:31", for the card.
    pub fn introduced(&self) -> String {
        format!("{} is calling since {}", self.who, self.since.format("%H:%M"))
    }
}

/// The presences at desks other than `desk` at `now`, the longest first.
pub fn others<'a>(
    desk_presences: &'a [DeskPresence],
    desk: &str,
    now: NaiveDateTime,
) -> impl Iterator<Item = &'a DeskPresence> {
    let desk = desk.to_owned();
    desk_presences.iter().filter(move |one| one.desk != desk && one.is_current(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{AMIRA, at};

    #[test]
    fn a_sitting_ends_by_itself() {
        let (desk, who) = ("office".to_owned(), "S Marsh".to_owned());
        let (since, renewed) = (at("09:28"), at("09:30"));
        let presence = DeskPresence { desk, who, place: Place::Office, calling: Some(AMIRA), since, renewed };
        assert!(presence.is_current(at("09:30")) && presence.is_current(at("09:34:59")));
        assert!(!presence.is_current(at("09:35")));
        assert_eq!(presence.describe(), "SM calling");
        assert_eq!(presence.line(|_| Some("Khan, Amira 8KM".to_owned())), "S Marsh calling Khan, Amira 8KM");
        assert_eq!(presence.line(|_| None), "S Marsh calling");
        let gate = DeskPresence { desk: "gate".to_owned(), place: Place::Gate, calling: None, ..presence.clone() };
        assert_eq!(gate.line(|_| None), "S Marsh gate");
        let all = [presence.clone(), gate.clone()];
        assert_eq!(others(&all, "office", at("09:31")).collect::<Vec<_>>(), [&gate], "our own desk is left out");
        assert_eq!(others(&all, "office", at("09:36")).count(), 0);
        assert_eq!(presence.introduced(), "S Marsh is calling since 09:28");
    }
}
