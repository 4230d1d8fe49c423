//! Records that a group was seen, all but those who are named.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::described::few_names;
use crate::domain::act::{Receipt, Refusal, SightGroup};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::presence::Sighting;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::roll_call::said_since;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::presence;

impl Recorded for SightGroup {
    /// Record each of `pupils` as seen. Of whom somebody has said so, or the opposite, in this place since `since`, that stands; the
    /// receipt names them, and who said it. Refused where nobody is left.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { pupils, date, time, since, .. } = self;
        let (date, time) = (*date, *time);
        work.has_come(date, time)?;
        let place = work.required_text(&self.place, "say where they were looked for")?;
        let all = presence::sightings_on(work.connection, date)?;
        let said = said_since(&all, &place, *since);
        let (mut done, mut gone, mut before) = (Vec::new(), Vec::new(), Vec::new());
        for id in pupils {
            match (work.on_roll(*id, date), said.get(id)) {
                (Err(Stop::Refused(refusal)), _) => gone.push(refusal.to_string()),
                (Err(fault), _) => return Err(fault),
                (Ok(_), Some(one)) => before.push(*one),
                (Ok(_), None) if done.contains(id) => {}
                (Ok(_), None) => {
                    presence::sight(work.connection, work.act, *id, date, time, true, &place)?;
                    work.settle_if_reported(*id, work.moment(date, time), Quote::words(&place))?;
                    done.push(*id);
                }
            }
        }
        let first = before.first().copied();
        let but = in_words(work, before).into_iter().chain(gone).collect::<Vec<_>>().join("; ");
        if done.is_empty() {
            let says = format!("nobody of {} is left: {but}", self.group);
            return Err(match first {
                Some(first) => {
                    let (by, at) = (first.who.clone(), first.time);
                    Refusal::DoneAlready { at_gate: Some(says.clone()), says, by, at }.into()
                }
                None => Stop::forbidden(says.trim_end_matches([':', ' ']).to_owned()),
            });
        }
        let text = self.words(work.roll, done.len());
        let receipt = work.receipt(text.clone(), done);
        if but.is_empty() {
            return Ok(Receipt { at_gate: Some(text), ..receipt });
        }
        // These are names, and who saw them: the gate may read it.
        Ok(Receipt { at_gate: Some(format!("{text}; {but}")), but: Some(but), ..receipt })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(self.pupils.iter().map(|pupil| (*pupil, work.moment(self.date, self.time))).collect())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.date))
    }
}

/// "Ash, Jo and Ned, Al: seen already 10:42 by J Ito", once for each who said it.
fn in_words(work: &Work<'_>, mut said: Vec<&Sighting>) -> Vec<String> {
    let what = |one: &Sighting| (one.seen, one.who.clone(), one.time);
    said.sort_by_key(|one| what(one));
    let alike = said.chunk_by(|one, other| what(one) == what(other));
    alike
        .filter_map(|alike| {
            let first = alike.first()?;
            let names = few_names(work.roll, &alike.iter().map(|one| one.pupil).collect::<Vec<_>>());
            let seen = if first.seen { "seen already" } else { "said not to be seen" };
            Some(format!("{names}: {seen} {} by {}", first.time.format("%H:%M"), first.who))
        })
        .collect()
}
