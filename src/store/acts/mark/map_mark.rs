//! Says what a mark of files stands for, and releases what waits of it: as evidence, weighed as any tutor's mark is.

use chrono::NaiveDate;
use hashbrown::HashSet;
use rusqlite::Connection;

use crate::domain::act::permission::check_code_entry;
use crate::domain::act::{MapMark, Receipt, Refusal, TakenBy};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, SchoolAge};
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
use crate::store::journal;
use crate::store::tables::incoming::{mark_meaning, quarantine};
use crate::store::tables::{facts, mark, register};

impl Recorded for MapMark {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (raw, code) = (work.required_text(&self.raw, "say which mark of the files is meant")?, self.code);
        may_be_meant(work, code)?;
        if Code::parse(&raw).is_some_and(|raw| work.roll.codes.row(raw).is_some()) {
            return Err(Stop::forbidden(format!("{raw} is an attendance code itself, and is read as it stands")));
        }
        let (held, school) = (mark_meaning::of(work.connection, &raw)?, &work.roll.school);
        let waiting = quarantine::waiting(work.connection, school, Some(&raw))?;
        if waiting.is_empty() && held.is_none() {
            is_spelt(work, &raw)?;
        }
        // What waits still, though its meaning is known, could not be released then.
        if waiting.is_empty() && held.is_some_and(|(held, _)| held == code) {
            return Err(Stop::forbidden(format!("“{raw}” is {code} already")));
        }
        mark_meaning::give_way(work.connection, &raw, work.act)?;
        mark_meaning::add(work.connection, work.act, &raw, code)?;
        let mut release = Release::new(code);
        for one in quarantine::released(work.connection, school, &raw)? {
            release.take_again(work, &one)?;
        }
        for one in waiting {
            release.take(work, &one)?;
        }
        let held = held.filter(|(held, _)| *held != code);
        if let Some((was, since)) = held {
            let tomorrow = work.today().succ_opt().unwrap_or(work.today());
            release.read_as = journal::imported_before(work.connection, tomorrow, since)?.then_some(was);
        }
        let text = release.text(&raw, held.map(|(held, _)| held));
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

/// Refuse a code that no single pupil can be given today.
fn may_be_meant(work: &Work<'_>, code: Code) -> Result<(), Stop> {
    let at = work.roll.codes.lesson_at(code, work.today());
    Ok(work.roll.codes.check(code, at.date, at.session)?.may_stand_for(SchoolAge::default())?)
}

/// Refuse a mark of which none waits while one does that is the same but for capitals.
pub fn is_spelt(work: &Work<'_>, raw: &str) -> Result<(), Stop> {
    match quarantine::but_for_capitals(work.connection, raw)? {
        Some((held, count)) => Err(Stop::forbidden(format!(
            "no mark “{raw}” waits, but {} “{held}”: write it with its capitals as the file has it",
            if count == 1 { "1 does that is".to_owned() } else { format!("{count} do that are") }
        ))),
        None => Ok(()),
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

/// The marks of one meaning, released one by one.
struct Release {
    code: Code,
    handed_in: HashSet<(GroupId, SessionDate)>,
    released: usize,
    /// Those that another meaning had released, and are this now.
    anew: usize,
    /// Those that wait still, and why the first of them does.
    stay: usize,
    why: Option<Refusal>,
    /// Those that another meaning had released, and cannot be this; and why the first of them cannot.
    kept: usize,
    why_kept: Option<Refusal>,
    /// Those that are over: a register has said since what the mark is.
    over: usize,
    /// What files were read by meanwhile.
    read_as: Option<Code>,
}

impl Release {
    fn new(code: Code) -> Release {
        Release {
            code,
            handed_in: HashSet::new(),
            released: 0,
            anew: 0,
            stay: 0,
            why: None,
            kept: 0,
            why_kept: None,
            over: 0,
            read_as: None,
        }
    }

    fn take(&mut self, work: &Work<'_>, one: &WaitingMark) -> Result<(), Stop> {
        let standing = mark::standing(work.connection, one.of, one.pupil)?;
        if standing.tutor.is_some_and(|(_, taken): (Mark, ActId)| taken > one.act) {
            self.over += 1;
            return Ok(quarantine::answer(work.connection, one.row, work.act)?);
        }
        match self.release(work, one) {
            Ok(()) => {
                self.released += 1;
                Ok(quarantine::answer(work.connection, one.row, work.act)?)
            }
            Err(Stop::Refused(why)) => {
                self.stay += 1;
                self.why.get_or_insert(*why);
                Ok(())
            }
            Err(fault @ Stop::Sqlite(_)) => Err(fault),
        }
    }

    /// One that another meaning had released: unless somebody else has said since what it is.
    fn take_again(&mut self, work: &Work<'_>, one: &WaitingMark) -> Result<(), Stop> {
        let Some((held, taken)) = mark::standing(work.connection, one.of, one.pupil)?.tutor else { return Ok(()) };
        let is_ours = taken != work.act && mark_meaning::has_said(work.connection, &one.raw, taken)?;
        if !is_ours || held == self.mark(one) {
            return Ok(());
        }
        match self.release(work, one) {
            Ok(()) => self.anew += 1,
            Err(Stop::Refused(why)) => {
                self.kept += 1;
                self.why_kept.get_or_insert(*why);
            }
            Err(fault @ Stop::Sqlite(_)) => return Err(fault),
        }
        Ok(())
    }

    fn mark(&self, one: &WaitingMark) -> Mark {
        Mark { code: self.code, minutes: one.minutes.filter(|_| [Code::L, Code::U].contains(&self.code)) }
    }

    fn release(&mut self, work: &Work<'_>, one: &WaitingMark) -> Result<(), Stop> {
        let pupil = work.on_roll(one.pupil, one.of.date)?;
        work.session(one.of)?;
        let mark = self.mark(one);
        check_code_entry(work.role, mark.code, work.roll)?;
        work.check_mark(mark, one.of, pupil)?;
        if let Some(group) = pupil.group.filter(|group| self.handed_in.insert((*group, one.of))) {
            let by = one.taken_by.clone().map_or(TakenBy::Import, TakenBy::Teacher);
            register::hand_in(work.connection, group, one.of, work.act, &by)?;
        }
        let (words, by) = (marked(mark), one.taken_by.as_deref());
        store_tutor_mark(work, one.pupil, one.of, Some((mark, work.act)), Quote { words: &words, by })
    }

    /// What came of it: "“7” in files is I from now on, and no longer O: 2 marks released, 3 settled anew".
    fn text(&self, raw: &str, was: Option<Code>) -> String {
        let no_longer = was.map(|was| format!(", and no longer {was}")).unwrap_or_default();
        let did = match (self.released, self.anew) {
            (0, 0) if self.stay + self.kept + self.over == 0 => {
                "no such mark waits, and files that come later are read so".to_owned()
            }
            (released, 0) => format!("{} released", counted(released, "mark")),
            (0, anew) => format!("{} settled anew", counted(anew, "mark")),
            (released, anew) => format!("{} released, {anew} settled anew", counted(released, "mark")),
        };
        format!("“{raw}” in files is {} from now on{no_longer}: {did}", self.code)
    }

    /// What was not done, in words.
    fn but(self) -> Option<String> {
        let stay = self.why.map(|why| match self.stay {
            1 => format!("1 mark waits still: {why}"),
            many => format!("{many} marks wait still: {why}"),
        });
        let kept = self.why_kept.map(|why| match self.kept {
            1 => format!("1 mark stays what it was: {why}"),
            many => format!("{many} marks stay what they were: {why}"),
        });
        let over = match self.over {
            0 => None,
            1 => Some("for 1 mark a register that came later has said what it is".to_owned()),
            many => Some(format!("for {many} marks registers that came later have said what they are")),
        };
        let read_as = self.read_as.map(|was| {
            format!("files that came meanwhile were read with it as {was}: if they had this mark, import them again")
        });
        let but: Vec<String> = stay.into_iter().chain(kept).chain(over).chain(read_as).collect();
        Some(but.join("; ")).filter(|but| !but.is_empty())
    }
}
