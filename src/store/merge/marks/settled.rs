//! Settles rows of marks, date by date, against the facts of each date: as if they were brought one by one, and nothing is written.

use chrono::{NaiveDate, Timelike};
use hashbrown::{HashMap, HashSet};

use super::others::Others;
use super::{Count, TO_COME, Told};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{DayTimes, Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::register::Taken;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::incoming::{Marks, OneMark};
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::store::acts::{Stop, Work};
use crate::store::read::date_facts::{DateFacts, Plain};

/// What rows came to, in order of their dates. It holds the numbers of rows: whose, when, what and by whom is theirs to say.
#[derive(Default)]
pub struct Settled {
    /// How many were new, changed something, or were so already.
    pub count: Count,
    /// Marks kept as evidence though something stronger stands.
    pub outweighed: u64,
    /// What is told of rows that was not told before.
    pub(super) told: Told,
    /// Registers that came in, each by the first of its rows.
    pub registers: Vec<(u32, GroupId)>,
    /// Tutors' marks that rows displaced, and the act that had brought each.
    pub displaced: Vec<(u32, Mark, ActId)>,
    /// Pupil-sessions to be written: by session and pupil within a date.
    pub marks: Vec<NewMark>,
    /// Amendments, in order.
    pub amendments: Vec<Amendment>,
    /// The rules' sentences of the amendments.
    pub rules: Vec<String>,
    /// Rows that are to be settled in the record itself.
    pub one_by_one: Vec<u32>,
    /// Blanks in registers that are in.
    pub blanks: Vec<Blank>,
    known_rules: HashMap<String, u32>,
    /// How much of all this there was before each date.
    dates: Vec<Before>,
}

/// How a pupil-session is to stand.
#[derive(Clone, Copy)]
pub struct NewMark {
    /// The row that touched it last: of this pupil and date.
    pub row: u32,
    /// Which half of the date.
    pub session: Session,
    /// Whether nothing stands there yet.
    pub is_new: bool,
    /// Whether the row's mark is the tutor's of this session.
    pub is_tutors: bool,
    /// What it settled to, where that changed.
    pub settled: Change,
}

/// What became of a settled mark.
#[derive(Clone, Copy)]
pub enum Change {
    /// Nothing.
    Same,
    /// It is blank now.
    Blank,
    /// It is this now.
    To(Code, Option<i32>),
}

const _: () = assert!(size_of::<NewMark>() <= 24);

/// A change of a settled mark.
pub struct Amendment {
    /// The row that made it.
    pub row: u32,
    /// Of which half of the date.
    pub session: Session,
    /// The mark before.
    pub original: Option<Mark>,
    /// The act that had set it.
    pub since: ActId,
    /// The mark after.
    pub new: Option<Mark>,
    /// The rule's sentence, by its place among them.
    pub rule: u32,
    /// The office decided this very mark.
    pub is_decided: bool,
}

/// Somebody without a mark in a register that is in.
pub struct Blank {
    /// Who.
    pub pupil: PupilId,
    /// Where.
    pub at: SessionDate,
    /// The first row of that register.
    pub row: u32,
    /// Whether it is only known once all rows are settled.
    pub is_open: bool,
}

/// Each of the two rows that keep how a mark was takes as long as so many new marks.
const CHANGED: usize = 5;

struct Before {
    date: NaiveDate,
    count: Count,
    outweighed: u64,
    lengths: [usize; 8],
}

/// One date while its rows are settled.
struct OneDate<'d> {
    facts: DateFacts,
    seen: HashMap<(PupilId, Session), Mark>,
    /// The first row of each register whose rows could be used.
    registers: HashMap<(Session, GroupId), u32>,
    handed_in: HashSet<(Session, GroupId)>,
    touched: HashMap<(Session, PupilId), NewMark>,
    /// What both sessions came to of those of whom nothing but these marks is recorded.
    known: HashMap<Plain, [Option<Mark>; 2]>,
    others: &'d Others,
}

/// Settle `rows`, which are in order of their dates, none before those that were settled already: those of each pupil in the one of
/// `parts` that `part_of` says. Whom `others` have changed meanwhile is refused.
pub fn settle(
    parts: &mut [Settled],
    part_of: &dyn Fn(&Pupil) -> usize,
    work: &Work<'_>,
    (marks, pupils, rows): (&Marks, &[Option<PupilId>], &[u32]),
    others: &Others,
) -> Result<(), Stop> {
    let date_of = |row: &u32| marks.get(*row as usize).map(|one| one.at.date);
    for rows in rows.chunk_by(|one, next| date_of(one) == date_of(next)) {
        let Some(date) = rows.first().and_then(date_of) else { continue };
        for part in parts.iter_mut() {
            part.dates.push(part.before(date));
        }
        let mut one_date = OneDate {
            facts: DateFacts::load(work.connection, work.roll, date)?,
            seen: HashMap::new(),
            registers: HashMap::new(),
            handed_in: HashSet::new(),
            touched: HashMap::new(),
            known: HashMap::new(),
            others,
        };
        // All registers first: when one was handed in speaks of every mark in it, wherever its row stands in the file.
        let mut brought = Vec::new();
        for row in rows {
            let Some(one) = marks.get(*row as usize) else { continue };
            let id = pupils.get(one.pupil).copied().flatten();
            let Some(pupil) = id.and_then(|id| work.roll.pupil(id)) else { continue };
            let Some(part) = parts.get_mut(part_of(pupil)) else { continue };
            if part.take(work, &mut one_date, (*row, one), pupil) {
                brought.push((*row, one, pupil));
            }
        }
        for (row, one, pupil) in brought {
            if let Some(part) = parts.get_mut(part_of(pupil)) {
                part.bring(work, &mut one_date, (row, one), pupil)?;
            }
        }
        find_blanks(parts, part_of, work, &one_date, date);
        let mut touched: Vec<_> = one_date.touched.into_iter().collect();
        touched.sort_unstable_by_key(|(of, _)| *of);
        for ((_, id), mark) in touched {
            if let Some(part) = work.roll.pupil(id).and_then(|pupil| parts.get_mut(part_of(pupil))) {
                part.marks.push(mark);
            }
        }
    }
    Ok(())
}

impl Settled {
    /// Take one row, and hand in its register; whether it brings anything.
    fn take(&mut self, work: &Work<'_>, date: &mut OneDate<'_>, (row, one): (u32, OneMark<'_>), pupil: &Pupil) -> bool {
        let (at, session) = (one.at, one.at.session);
        if date.others.have_changed(pupil.id, at.date) || date.others.are_in(&date.facts, pupil.id) {
            self.told.refuse_changed(row, &one, pupil);
            return false;
        }
        let first = date.seen.insert((pupil.id, session), one.mark);
        if let Some(first) = first.filter(|first| *first != one.mark) {
            // The second of two rows would win, and the first again at the next run.
            date.seen.insert((pupil.id, session), first);
            let reason = format!("another row marks {} {first} in {at}", pupil.list_name());
            self.told.reject(row, &one, "code", &one.mark.to_string(), reason);
            return false;
        }
        if let Some(group) = pupil.group {
            date.registers.entry((session, group)).or_insert(row);
        }
        let held = date.facts.standing(pupil.id, session).tutor;
        match held {
            _ if first.is_some() => {
                self.count.same += 1;
                return false;
            }
            Some((held, _)) if held.holds(one.mark) => {
                self.count.same += 1;
                return false;
            }
            Some(_) => self.count.changed += 1,
            None => self.count.new += 1,
        }
        let open = work.roll.hours(at.date).of(session).minutes_open();
        if let (Code::L, Some(minutes)) = (one.mark.code, one.mark.minutes.filter(|minutes| *minutes > open)) {
            let text = format!(
                "L with {minutes} minutes is kept, though the register is open for {open}: an arrival after that is U"
            );
            self.told.warn(row, &one, text);
        }
        if let Some(group) = pupil.group.filter(|group| date.handed_in.insert((session, *group))) {
            self.registers.push((row, group));
            // As it will be read: to the second.
            let at = work.local.with_nanosecond(0).unwrap_or(work.local);
            date.facts.hand_in(group, session, Taken { act: TO_COME, at, by: taken_by(&one) });
        }
        true
    }

    /// Bring one row that was taken.
    fn bring(
        &mut self,
        work: &Work<'_>,
        date: &mut OneDate<'_>,
        (row, one): (u32, OneMark<'_>),
        pupil: &Pupil,
    ) -> Result<(), Stop> {
        let (at, session) = (one.at, one.at.session);
        if !date.facts.is_alone(pupil.id, &work.roll.codes) {
            date.facts.put_tutor_mark(pupil.id, session, one.mark, TO_COME);
            self.one_by_one.push(row);
            return Ok(());
        }
        date.touch(row, pupil.id, session).is_tutors = true;
        if let Some((old, taken)) = date.facts.put_tutor_mark(pupil.id, session, one.mark, TO_COME) {
            self.displaced.push((row, old, taken));
        }
        self.weigh(work, date, row, pupil, at)?;
        let settled = date.facts.standing(pupil.id, session).settled;
        self.outweighed += u64::from(settled.map(|mark| mark.code) != Some(one.mark.code));
        Ok(())
    }

    /// Weigh a session again, and the rest of its day.
    fn weigh(
        &mut self,
        work: &Work<'_>,
        date: &mut OneDate<'_>,
        row: u32,
        pupil: &Pupil,
        from: SessionDate,
    ) -> Result<(), Stop> {
        let times = work.times(from.date).ok();
        let plain = date.facts.plain(pupil, TO_COME, &work.roll.codes);
        if let Some(known) = plain.and_then(|plain| date.known.get(&plain).copied())
            && date.take_known(row, pupil.id, from.session, (known, times))
        {
            return Ok(());
        }
        let facts = date.facts.of(work.connection, work.roll, pupil)?;
        let line = facts.line(work.roll, None);
        if let Some(plain) = plain {
            date.known.insert(plain, Session::BOTH.map(|session| line.mark(session).mark));
        }
        for session in Session::BOTH.into_iter().filter(|session| *session >= from.session) {
            let stood = facts.standing(session);
            if stood.revision == ActId::default() && !times.is_some_and(|times| times.has(session)) {
                continue;
            }
            let now = line.mark(session);
            if now.mark == stood.settled {
                continue;
            }
            date.put_settled(row, pupil.id, session, now.mark);
            if !stood.is_first_by(TO_COME) {
                let (original, since, new, rule) = (stood.settled, stood.revision, now.mark, self.rule(now.why()));
                let is_decided = now.is_decided() && now.by.is_some_and(|event| event.act == TO_COME);
                self.amendments.push(Amendment { row, session, original, since, new, rule, is_decided });
            }
        }
        Ok(())
    }

    /// The place of a rule's sentence among those there are.
    fn rule(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
        match self.known_rules.get(&text) {
            Some(place) => *place,
            None => {
                self.rules.push(text.clone());
                *self.known_rules.entry(text).or_insert(next)
            }
        }
    }

    fn before(&self, date: NaiveDate) -> Before {
        let lengths = [
            self.told.rejects.len(),
            self.told.warnings.len(),
            self.registers.len(),
            self.displaced.len(),
            self.marks.len(),
            self.amendments.len(),
            self.one_by_one.len(),
            self.blanks.len(),
        ];
        Before { date, count: self.count, outweighed: self.outweighed, lengths }
    }

    /// How long it takes to write, in new marks that take as long.
    pub fn weight(&self) -> usize {
        self.marks.len() + self.registers.len() + CHANGED * (self.displaced.len() + self.amendments.len())
    }

    /// Whether nothing is to be written before the rows that are settled one by one.
    pub fn is_nothing(&self) -> bool {
        self.weight() == 0
    }

    /// Forget what rows of `date` and later came to.
    pub fn forget_from(&mut self, date: NaiveDate) {
        let kept = self.dates.partition_point(|before| before.date < date);
        let Some(Before { date: _, count, outweighed, lengths }) = self.dates.drain(kept..).next() else { return };
        (self.count, self.outweighed) = (count, outweighed);
        let [rejects, warnings, registers, displaced, marks, amendments, one_by_one, blanks] = lengths;
        self.told.rejects.truncate(rejects);
        self.told.warnings.truncate(warnings);
        self.registers.truncate(registers);
        self.displaced.truncate(displaced);
        self.marks.truncate(marks);
        self.amendments.truncate(amendments);
        self.one_by_one.truncate(one_by_one);
        self.blanks.truncate(blanks);
    }
}

impl OneDate<'_> {
    /// Settle the sessions from `from` on as others of the same marks did; false, and nothing is done, where that changes a mark that
    /// was settled before.
    fn take_known(
        &mut self,
        row: u32,
        pupil: PupilId,
        from: Session,
        (known, times): ([Option<Mark>; 2], Option<&DayTimes>),
    ) -> bool {
        let moved = Session::BOTH.into_iter().zip(known).filter(|(session, mark)| {
            let stood = self.facts.standing(pupil, *session);
            let is_there = stood.revision != ActId::default() || times.is_some_and(|times| times.has(*session));
            *session >= from && is_there && *mark != stood.settled
        });
        let moved: Vec<_> = moved.collect();
        if !moved.iter().all(|(session, _)| self.facts.standing(pupil, *session).is_first_by(TO_COME)) {
            return false;
        }
        for (session, mark) in moved {
            self.put_settled(row, pupil, session, mark);
        }
        true
    }

    fn put_settled(&mut self, row: u32, pupil: PupilId, session: Session, mark: Option<Mark>) {
        let settled = mark.map_or(Change::Blank, |mark| Change::To(mark.code, mark.minutes.map(small)));
        self.touch(row, pupil, session).settled = settled;
        self.facts.put_settled(pupil, session, mark, TO_COME);
    }

    /// How the session is to stand; told before the facts are.
    fn touch(&mut self, row: u32, pupil: PupilId, session: Session) -> &mut NewMark {
        let facts = &self.facts;
        let new = || {
            let is_new = facts.held(pupil, session).is_none();
            NewMark { row, session, is_new, is_tutors: false, settled: Change::Same }
        };
        let mark = self.touched.entry((session, pupil)).or_insert_with(new);
        if !mark.is_tutors {
            mark.row = row;
        }
        mark
    }
}

fn find_blanks(
    parts: &mut [Settled],
    part_of: &dyn Fn(&Pupil) -> usize,
    work: &Work<'_>,
    one: &OneDate<'_>,
    date: NaiveDate,
) {
    for session in Session::BOTH {
        for pupil in work.roll.pupils.iter().filter(|pupil| pupil.on_roll(date)) {
            let Some(row) = pupil.group.and_then(|group| one.registers.get(&(session, group))) else { continue };
            let is_open = !one.facts.is_alone(pupil.id, &work.roll.codes);
            if is_open || one.facts.standing(pupil.id, session).settled.is_none() {
                let at = SessionDate::new(date, session);
                let blank = Blank { pupil: pupil.id, at, row: *row, is_open };
                if let Some(part) = parts.get_mut(part_of(pupil)) {
                    part.blanks.push(blank);
                }
            }
        }
    }
}

/// Who handed in the register of a row.
pub fn taken_by(one: &OneMark<'_>) -> TakenBy {
    one.by.map_or(TakenBy::Import, |by| TakenBy::Teacher(by.to_owned()))
}

/// Minutes late: none has come that many minutes late that it would not fit.
fn small(minutes: i64) -> i32 {
    i32::try_from(minutes).unwrap_or(i32::MAX)
}
