//! Messages of parents: kept as they came, for somebody to read. No code is made of any.

use super::Merged;
use super::whom::{Whom, whom};
use crate::domain::facts::inbox::InboxMessage;
use crate::domain::incoming::{IncomingMessage, Place, PupilKey, Received, Warning};
use crate::store::acts::{Stop, Work};
use crate::store::tables::incoming::inbox;

/// Let messages wait to be read. Where it is not sure whom one is about, it waits all the same, and that is asked.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingMessage)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    for (place, one) in incoming {
        if merged.is_too_much() {
            break;
        }
        step();
        let received = match one.received {
            Received::Local(at) => at,
            Received::At(at) => work.roll.school.local(at),
        };
        let (pupil, told) = match whom(work, &one.who, received.date(), one.number.as_deref(), merged)? {
            Whom::Known(pupil) => (Some(pupil), None),
            Whom::Likely(pupil, how) => {
                let name = work.roll.name_and_group(pupil);
                (Some(pupil), Some(format!("this is taken to be about {name}, {how}")))
            }
            // A number that nobody has is a row of another school's, or of a pupil who is still to be imported.
            Whom::Unsure { named, why } if one.who.key != PupilKey::default() => {
                merged.reject(place, "pupil", &named, why);
                continue;
            }
            Whom::Unsure { named, why } => {
                let text = format!("whom is this about, “{named}”? {why}: “firstbell inbox read” says who is meant");
                (None, Some(text))
            }
        };
        let about = one.who.describe();
        let message = InboxMessage {
            number: 0,
            act: work.act,
            file: place.file.clone(),
            line: place.line,
            date: received.date(),
            time: received.time(),
            channel: one.channel,
            pupil,
            about,
            by: one.by.clone(),
            from: one.number.clone(),
            first_day: one.from,
            last_day: one.until,
            reason: one.reason.clone(),
            words: one.words.clone(),
        };
        if inbox::is_known(work.connection, &message)? {
            merged.messages.same += 1;
            continue;
        }
        inbox::add(work.connection, &message)?;
        merged.messages.new += 1;
        let barred = pupil.filter(|id| work.roll.is_from_barred(*id, &one.by, one.number.as_deref()));
        let barred = barred.map(|_| "it comes from somebody who must not be contacted about the pupil".to_owned());
        let texts = told.into_iter().chain(barred);
        merged.warnings.extend(texts.map(|text| Warning { place: place.clone(), text }));
    }
    Ok(())
}
