//! The only reader of the time: everything else is given the time.
#![expect(clippy::disallowed_methods, reason = "this is where the time is read")]

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Timelike, Utc};

/// Where "now" comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The computer's own clock.
    System,
    /// It is always this instant.
    Stopped(DateTime<Utc>),
    /// It is always this instant, as somebody says: what is done at it keeps the computer's own beside it.
    Given(DateTime<Utc>),
    /// It was this instant when the stopwatch was started, and goes on at real speed.
    Shifted(DateTime<Utc>, Ticks),
}

impl Clock {
    /// A clock that shows `instant` now and goes on from there.
    pub fn starting_at(instant: DateTime<Utc>) -> Clock {
        Clock::Shifted(instant, Ticks::start())
    }

    /// The instant it is.
    pub fn now(&self) -> DateTime<Utc> {
        match *self {
            Clock::System => Utc::now(),
            Clock::Stopped(instant) | Clock::Given(instant) => instant,
            Clock::Shifted(start, ticks) => start + TimeDelta::from_std(ticks.read()).unwrap_or_default(),
        }
    }

    /// The instant it is; and the computer's own, where another was given.
    pub fn both(&self) -> (DateTime<Utc>, Option<DateTime<Utc>>) {
        let real = matches!(self, Clock::Given(_)).then(Utc::now);
        (self.now(), real)
    }

    /// How long until the minute turns: never more than a minute, so a system clock set back cannot hold the screen
    /// up. A stopped clock's minute never turns.
    pub fn until_next_minute(&self) -> Option<Duration> {
        match self {
            Clock::Stopped(_) | Clock::Given(_) => None,
            Clock::System | Clock::Shifted(..) => Some(rest_of_minute(self.now())),
        }
    }
}

/// From a thousandth of a second to a minute: never nothing, or who waits for it would spin.
fn rest_of_minute(now: DateTime<Utc>) -> Duration {
    let gone = Duration::new(now.second().into(), now.nanosecond());
    Duration::from_mins(1).saturating_sub(gone).max(Duration::from_millis(1))
}

/// A stopwatch: it only ever goes forward, whatever is done to the computer's clock.
#[derive(Clone, Copy, Debug)]
pub struct Ticks(Instant);

impl Ticks {
    /// Starts one.
    pub fn start() -> Ticks {
        Ticks(Instant::now())
    }

    /// How long ago it was started.
    pub fn read(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A length of time that has begun to pass.
#[derive(Clone, Copy, Debug)]
pub struct Timer {
    since: Ticks,
    length: Duration,
}

impl Timer {
    /// Starts one.
    pub fn start(length: Duration) -> Timer {
        Timer { since: Ticks::start(), length }
    }

    /// How much of it is left: nothing when it is over.
    pub fn left(&self) -> Duration {
        self.length.saturating_sub(self.since.read())
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.left().is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_stopped_clock_stays_and_its_minute_never_turns() {
        let clock = Clock::Stopped(at("2026-11-24T09:20:00Z"));
        assert_eq!(clock.now(), at("2026-11-24T09:20:00Z"));
        assert_eq!(clock.until_next_minute(), None);
    }

    #[test]
    fn a_shifted_clock_starts_where_it_is_told_and_goes_on() {
        let start = at("2026-11-24T09:20:00Z");
        let clock = Clock::starting_at(start);
        let (first, second) = (clock.now(), clock.now());
        assert!(start <= first && first <= second && second < start + TimeDelta::minutes(1));
        assert!(clock.until_next_minute().is_some_and(|wait| wait <= Duration::from_secs(60)));
    }

    #[test]
    fn the_minute_turns_within_a_minute_and_never_at_once() {
        assert_eq!(rest_of_minute(at("2026-11-24T09:20:00Z")), Duration::from_secs(60));
        assert_eq!(rest_of_minute(at("2026-11-24T09:20:59.5Z")), Duration::from_millis(500));
        assert_eq!(rest_of_minute(at("2026-11-24T09:20:59.9999999Z")), Duration::from_millis(1));
        // A leap second, as chrono writes it.
        assert_eq!(rest_of_minute(at("2016-12-31T23:59:60Z")), Duration::from_millis(1));
    }
}
