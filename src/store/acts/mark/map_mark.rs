//! Says what a mark of files stands for, and releases what waits of it: as evidence, weighed as any tutor's mark is.

use chrono::NaiveDate;
use hashbrown::HashSet;
use rusqlite::Connection;

use crate::domain::act::permission::check_code_entry;
use crate::domain::act::{MapMark, Receipt, Refusal, TakenBy};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, CodeFault};
use crate::domain::counted::counted;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::waiting_mark::WaitingMark;
use crate::domain::name::clean;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::tutor_marks::{self, marked, store_tutor_mark};
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::incoming::{mark_meaning, quarantine};
use crate::store::tables::{facts, mark, register};

impl Recorded for MapMark {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (raw, code) = (work.required_text(&self.raw, "say which mark of the files is meant")?, self.code);
        if work.roll.codes.row(code).is_none() {
            return Err(CodeFault::Unknown(code).into());
        }
        if Code::parse(&raw).is_some_and(|raw| work.roll.codes.row(raw).is_some()) {
            return Err(Stop::forbidden(format!("{raw} is an attendance code itself, and is read as it stands")));
        }
        if mark_meaning::of(work.connection, &raw)?.is_some_and(|(held, _)| held == code) {
            return Err(Stop::forbidden(format!("“{raw}” is {code} already")));
        }
        mark_meaning::give_way(work.connection, &raw, work.act)?;
        mark_meaning::add(work.connection, work.act, &raw, code)?;
        let mut release = Release { code, handed_in: HashSet::new(), released: 0, stay: 0, why: None, over: 0 };
        for one in quarantine::waiting(work.connection, &work.roll.school, Some(&raw))? {
            release.take(work, &one)?;
        }
        let text = format!("“{raw}” in files is {code} from now on: {} released", counted(release.released, "mark"));
        Ok(Receipt { but: release.but(), ..work.receipt(text, Vec::new()) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        is_the_last(work, self, chain)?;
        facts::withdraw(work.connection, chain.first, work.act)?;
        mark_meaning::restore(work.connection, &clean(&self.raw), chain.target)?;
        quarantine::take_back_answers(work.connection, chain.first, false)?;
        give_back(work, chain)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        is_the_last(work, self, chain)?;
        mark_meaning::give_way(work.connection, &clean(&self.raw), work.act)?;
        facts::restore(work.connection, chain.first, chain.target)?;
        quarantine::take_back_answers(work.connection, chain.first, true)?;
        give_back(work, chain)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        quarantine::first_date(connection, &clean(&self.raw))
    }
}

/// Refuse where the mark was given another meaning since.
fn is_the_last(work: &Work<'_>, map: &MapMark, chain: Chain) -> Result<(), Stop> {
    let raw = clean(&map.raw);
    match mark_meaning::of(work.connection, &raw)? {
        Some((_, act)) if act > chain.first => {
            Err(Stop::cannot_undo(format!("“{raw}” was given another meaning since: take that back first")))
        }
        _ => Ok(()),
    }
}

fn give_back(work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
    let brought = mark::brought_by(work.connection, chain.first)?.into_iter();
    tutor_marks::give_back(work, chain, brought, Quote::default(), |at, pupil| {
        let name = work.roll.name_and_group(pupil);
        format!("another register of {at} came in or was taken back since, {name} in it: take that back first")
    })
}

/// The marks that wait of one meaning, released one by one.
struct Release {
    code: Code,
    handed_in: HashSet<(GroupId, SessionDate)>,
    released: usize,
    /// Those that stay, and why the first of them does.
    stay: usize,
    why: Option<Refusal>,
    /// Those that are over: a register has said since what the mark is.
    over: usize,
}

impl Release {
    fn take(&mut self, work: &Work<'_>, one: &WaitingMark) -> Result<(), Stop> {
        let standing = mark::standing(work.connection, one.of, one.pupil)?;
        if standing.tutor.is_some_and(|(_, taken): (Mark, ActId)| taken > one.act) {
            self.over += 1;
            return Ok(quarantine::answer(work.connection, one.row, work.act)?);
        }
        match self.release(work, one) {
            Ok(()) => self.released += 1,
            Err(Stop::Refused(why)) => {
                self.stay += 1;
                self.why.get_or_insert(*why);
            }
            Err(fault @ Stop::Sqlite(_)) => return Err(fault),
        }
        Ok(())
    }

    fn release(&mut self, work: &Work<'_>, one: &WaitingMark) -> Result<(), Stop> {
        let pupil = work.on_roll(one.pupil, one.of.date)?;
        work.session(one.of)?;
        let minutes = one.minutes.filter(|_| [Code::L, Code::U].contains(&self.code));
        let mark = Mark { code: self.code, minutes };
        check_code_entry(work.role, mark.code, work.roll)?;
        work.check_mark(mark, one.of, pupil)?;
        if let Some(group) = pupil.group.filter(|group| self.handed_in.insert((*group, one.of))) {
            let by = one.taken_by.clone().map_or(TakenBy::Import, TakenBy::Teacher);
            register::hand_in(work.connection, group, one.of, work.act, &by)?;
        }
        let (words, by) = (marked(mark), one.taken_by.as_deref());
        store_tutor_mark(work, one.pupil, one.of, Some((mark, work.act)), Quote { words: &words, by })?;
        Ok(quarantine::answer(work.connection, one.row, work.act)?)
    }

    /// What was not released, in words.
    fn but(self) -> Option<String> {
        let stay = self.why.map(|why| match self.stay {
            1 => format!("1 mark waits still: {why}"),
            many => format!("{many} marks wait still: {why}"),
        });
        let over = match self.over {
            0 => None,
            1 => Some("of 1 a register has said since what it is".to_owned()),
            many => Some(format!("of {many} registers have said since what they are")),
        };
        let but: Vec<String> = stay.into_iter().chain(over).collect();
        Some(but.join("; ")).filter(|but| !but.is_empty())
    }
}
