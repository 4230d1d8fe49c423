//! Arrivals: on time, L or U, and by how many minutes.

use chrono::NaiveTime;

use crate::domain::calendar::session::{Session, SessionTimes, minutes_between};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;

/// What an arrival at `time` makes of the session: present up to the moment the register opens, L until it closes, U from
/// then on (reg 10 and Table 1 of SI 2024/208). Minutes are counted from the opening.
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

/// The mark of an arrival that is to count as `code` though the clock judged it otherwise: present, or L or U with the clock's
/// minutes. `None` for a code that no arrival counts as.
pub fn counted(code: Code, judged: Mark, session: Session) -> Option<Mark> {
    if code == Code::present(session) {
        Some(Mark::plain(code))
    } else if code == Code::L || code == Code::U {
        Some(Mark { code, minutes: Some(judged.minutes.unwrap_or(0)) })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{mark, morning, time, times};
    use proptest::prelude::*;

    #[test]
    fn the_clock_makes_it_present_l_or_u() {
        for (arrived, judged) in [
            ("07:55", "/"),
            ("08:40", "/"),
            ("08:40:59", "/"),
            ("08:41", "L 1"),
            ("08:57", "L 17"),
            ("09:09:59", "L 29"),
            ("09:10", "U 30"),
            ("11:30", "U 170"),
        ] {
            assert_eq!(judge(time(arrived), Session::Am, &morning()), mark(judged), "{arrived}");
        }
        assert_eq!(judge(time("13:10"), Session::Pm, &times().pm), mark("\\"));
        assert_eq!(judge(time("13:45"), Session::Pm, &times().pm), mark("U 25"));
    }

    proptest! {
        #[test]
        fn a_later_arrival_is_never_judged_earlier(one in 0_u32..86_400, other in 0_u32..86_400) {
            let judged = |second: u32| {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
                let mark = judge(time, Session::Am, &morning());
                let rank = ["/", "L", "U"].iter().position(|code| *code == mark.code.as_str()).unwrap();
                (rank, mark.minutes.unwrap_or(0))
            };
            let (earlier, later) = (one.min(other), one.max(other));
            prop_assert!(judged(earlier) <= judged(later));
        }
    }
}
