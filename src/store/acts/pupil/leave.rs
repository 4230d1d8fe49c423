//! Puts a leaver down: a last day beside what the system says. From the day after nobody expects the pupil.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::settled::{Value, keep, put_back, reach};
use crate::domain::act::{Leave, Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::name::clean;
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::mark;

/// A last day to be put down.
pub(super) struct Leaving<'a> {
    /// Whose.
    pub pupil: PupilId,
    /// Which; `None` where the pupil stays after all.
    pub on: Option<NaiveDate>,
    /// The one that was seen, if there was one.
    pub saw: Option<NaiveDate>,
    /// Where to.
    pub words: &'a str,
}

/// What came of it.
pub(super) struct Left {
    /// The system says the same.
    pub is_back: bool,
    /// Marks that lie after the last day.
    pub marks_after: u32,
}

/// Put a last day down. Whom reports reach then is the caller's to look after.
pub(super) fn leave(work: &Work<'_>, leaving: &Leaving<'_>) -> Result<Left, Stop> {
    let pupil = work.roll.pupil(leaving.pupil).ok_or(Refusal::Unknown { what: "pupil" })?;
    let name = work.roll.name_and_group(leaving.pupil);
    if pupil.until != leaving.saw {
        let (now, saw) = (long(pupil.until), long(leaving.saw));
        return Err(Stop::forbidden(format!("the last day of {name} is {now} by now, and was {saw} when you saw it")));
    }
    if leaving.on == pupil.until {
        return Err(Stop::forbidden(format!("that is what is held: the last day of {name}")));
    }
    if leaving.on.is_some_and(|on| on < pupil.from) {
        return Err(Stop::forbidden(format!(
            "the last day of {name} cannot be before the first, {}",
            long(Some(pupil.from))
        )));
    }
    let text = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let is_back = keep(
        work,
        &Value {
            pupil: leaving.pupil,
            kind: CorrectionKind::LastDay,
            saw: &text(leaving.saw),
            becomes: &text(leaving.on),
            from: None,
            words: leaving.words,
        },
    )?;
    let marks_after = match leaving.on {
        Some(on) => mark::count_after(work.connection, leaving.pupil, on)?,
        None => 0,
    };
    Ok(Left { is_back, marks_after })
}

fn long(date: Option<NaiveDate>) -> String {
    date.map_or("none".to_owned(), |date| date.format("%a %-d %b %Y").to_string())
}

impl Recorded for Leave {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let words = clean(&self.destination);
        let leaving = Leaving { pupil: self.pupil, on: self.on, saw: self.saw, words: &words };
        let Left { is_back, marks_after } = leave(work, &leaving)?;
        reach(work, since(self, work))?;
        let name = work.roll.name_and_group(self.pupil);
        let but = match marks_after {
            0 => None,
            1 => Some("1 mark lies after the last day and counts in nothing".to_owned()),
            many => Some(format!("{many} marks lie after the last day and count in nothing")),
        };
        let kept = if is_back { "as the system has it" } else { "kept until the system brings it" };
        let what = match self.on {
            Some(_) if words.is_empty() => format!("leaves, last day {}", long(self.on)),
            Some(_) => format!("leaves, last day {}, to {words}", long(self.on)),
            None => "stays".to_owned(),
        };
        Ok(Receipt { but, ..work.receipt(format!("{name} {what}, {kept}"), vec![self.pupil]) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, since(self, work))
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        put_back(work, chain, since(self, work))
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(self.on.and_then(|on| on.succ_opt()))
    }
}

/// The first day from which on the roll is another.
fn since(leave: &Leave, work: &Work<'_>) -> NaiveDate {
    [leave.saw, leave.on].into_iter().flatten().min().unwrap_or(work.today())
}
