//! Who came late and who went out, as a kiosk has it: each is logged as at the gate, and the clock says whether it is L or U.

use chrono::{NaiveDate, NaiveTime};

use super::Merged;
use super::whom::{Whom, whom};
use crate::domain::act::{Act, LogArrival, LogMovement};
use crate::domain::facts::evidence::Fact;
use crate::domain::facts::presence::Way;
use crate::domain::incoming::{IncomingArrival, Place};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work, bring};
use crate::store::tables::{evidence, presence};

/// What a pupil did.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Did {
    Came,
    WentOut,
}

/// What is said of a departure of which nobody said why.
const NO_REASON: &str = "signed out, no reason given";

/// One event of a row.
struct Event<'i> {
    pupil: PupilId,
    date: NaiveDate,
    time: NaiveTime,
    did: Did,
    place: &'i Place,
    reason: Option<&'i str>,
}

/// Merge arrivals and departures, in the order of time. One that stands already is the same.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingArrival)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    let mut events = Vec::new();
    for (place, one) in incoming {
        if merged.is_too_much() {
            return Ok(());
        }
        step();
        // A name and a tutor group are enough for words, and not for where a child is.
        let pupil = match whom(work, &one.who, one.date, None, merged)? {
            Whom::Known(pupil) => pupil,
            Whom::Likely(_, _) => {
                let why = "the row gives no number of the pupil: a name does not say who came or went";
                merged.reject(place, "name", &one.who.describe(), why);
                continue;
            }
            Whom::Unsure { named, why } => {
                merged.reject(place, "name", &named, why);
                continue;
            }
        };
        let reason = one.reason.as_deref();
        let event = |time, did, reason| Event { pupil, date: one.date, time, did, place, reason };
        events.extend(one.came.map(|time| event(time, Did::Came, reason)));
        // The reason of a row that tells of both is that of coming late.
        events.extend(one.out.map(|time| event(time, Did::WentOut, reason.filter(|_| one.came.is_none()))));
    }
    events.sort_by_key(|one| (one.date, one.time, one.did));
    for one in &events {
        bring_one(work, one, merged)?;
    }
    Ok(())
}

fn bring_one(work: &Work<'_>, one: &Event<'_>, merged: &mut Merged) -> Result<(), Stop> {
    let Event { pupil, date, time, did, place, reason } = *one;
    let movements = presence::movements_of(work.connection, pupil, date)?;
    let is_out = movements.iter().rfind(|held| held.time <= time).is_some_and(|held| held.way == Way::Out);
    let has = |way| movements.iter().any(|held| (held.time, held.way) == (time, way));
    let arrived = || -> Result<bool, Stop> {
        let all = evidence::of(work.connection, &work.roll.school, pupil, date)?;
        Ok(all.iter().any(|held| matches!(held.fact, Fact::Gate { time: came, .. } if came == time)))
    };
    let moved = |way, reason: &str| Act::from(LogMovement { pupil, date, time, way, reason: reason.to_owned() });
    let (is_same, act, heading) = match did {
        Did::WentOut => (has(Way::Out), moved(Way::Out, reason.unwrap_or(NO_REASON)), "left"),
        Did::Came if is_out || has(Way::Back) => {
            (has(Way::Back), moved(Way::Back, reason.unwrap_or_default()), "arrived")
        }
        Did::Came => {
            let reason = reason.map(str::to_owned);
            (arrived()?, LogArrival { pupil, date, time, reason, instead: None }.into(), "arrived")
        }
    };
    let count = match did {
        Did::Came => &mut merged.arrivals,
        Did::WentOut => &mut merged.departures,
    };
    if is_same {
        count.same += 1;
        return Ok(());
    }
    match bring(work, &act) {
        Ok(_) => count.new += 1,
        Err(Stop::Refused(why)) => merged.reject(place, heading, &time.format("%H:%M").to_string(), why.to_string()),
        Err(fault) => return Err(fault),
    }
    Ok(())
}
