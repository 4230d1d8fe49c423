//! Arrivals: on time, L or U, and by how many minutes.

use chrono::NaiveTime;

use super::code::Code;
use super::evidence::Mark;
use super::session::{Session, SessionTimes, minutes_between};

/// What an arrival at `time` makes of the session: present up to the moment the register opens, L until it closes, U from
/// then on (reg 10 Table 1; domain 2.3). Minutes are counted from the opening.
///
/// Monotone in time: a later arrival is never judged earlier.
pub fn judge(time: NaiveTime, session: Session, times: &SessionTimes) -> Mark {
    let minutes = minutes_between(times.opens, time);
    if minutes <= 0 {
        return Mark::plain(Code::present(session));
    }
    let code = if time < times.closes { Code::L } else { Code::U };
    Mark { code, minutes: Some(minutes) }
}
