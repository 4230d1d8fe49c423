//! Takes a register in. Tutors' marks are evidence like any other, so a register never undoes the gate desk.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::act::{Receipt, TakeRegister, TakenBy};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::tutor_marks::{self, marked, store_tutor_mark};
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{facts, mark, register};

impl Recorded for TakeRegister {
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let Self { group: id, at, by, marks } = self;
        let (id, at) = (*id, *at);
        let group = work.group(id)?;
        if !work.has_begun(at)? {
            return Err(Stop::forbidden(format!("{at} has not begun: report the absence instead of marking it")));
        }
        let by = match by {
            TakenBy::Teacher(name) => TakenBy::Teacher(clean(name)),
            TakenBy::Paper(name) => TakenBy::Paper(clean(name)),
            TakenBy::Import => TakenBy::Import,
        };
        let taken_by = by.to_string();
        let before = register::taken_on(work.connection, &work.roll.school, at.date)?;
        let before = before.into_iter().rfind(|(group, session, _)| *group == id && *session == at.session);
        let mut is_second = false;
        register::hand_in(work.connection, id, at, work.act, &by)?;
        for (place, (pupil, mark)) in marks.iter().enumerate() {
            let member = work.on_roll(*pupil, at.date)?;
            if marks.iter().take(place).any(|(earlier, _)| earlier == pupil) {
                return Err(Stop::forbidden(format!(
                    "{} is marked twice in {}",
                    work.roll.telling_name(member),
                    group.name
                )));
            }
            if member.group != Some(id) {
                return Err(Stop::forbidden(format!("{} is not in {}", work.roll.telling_name(member), group.name)));
            }
            work.check_mark(*mark, at, member)?;
            if let TakenBy::Paper(_) = by {
                work.late_has_come(*mark, at.date, work.session(at)?.opens)?;
            }
            is_second |= mark::standing(work.connection, at, *pupil)?.tutor.is_some();
            let marked = marked(*mark);
            store_tutor_mark(work, *pupil, at, Some((*mark, work.act)), Quote { words: &marked, by: Some(&taken_by) })?;
        }
        let mut text = format!("{} register taken by {taken_by}, {}", group.name, counted(marks.len(), "mark"));
        // A paper that speaks of pupils whom another register spoke of: both are evidence, and the best mark stands.
        if let (TakenBy::Paper(_), Some((_, _, before)), true) = (by, before, is_second) {
            text += &format!("; it had come in at {} from {}: both are kept", before.at.format("%H:%M"), before.by);
        }
        let pupils = marks.iter().map(|(pupil, _)| *pupil).collect();
        Ok(Receipt { group: Some(id), ..work.receipt(text, pupils) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        // Before the marks are weighed: what is no longer handed in counts beside nothing.
        facts::withdraw(work.connection, chain.first, work.act)?;
        give_back(work, chain, self)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        facts::restore(work.connection, chain.first, chain.target)?;
        give_back(work, chain, self)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(self.marks.iter().map(|(pupil, _)| (*pupil, self.at)).collect())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}

/// Give back the tutors' marks that the register displaced.
fn give_back(work: &Work<'_>, chain: Chain, register: &TakeRegister) -> Result<(), Stop> {
    let brought = register.marks.iter().map(|(pupil, _)| (register.at, *pupil));
    tutor_marks::give_back(work, chain, brought, Quote::default(), |_, _| {
        let group = work.roll.group(register.group).map_or("this group", |group| group.name.as_str());
        format!("a register of {group} was handed in or taken back since: take that back first")
    })
}
