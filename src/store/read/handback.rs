//! What is to be handed back to the system that the roll comes from, and how each row stands that was.

use chrono::{NaiveDate, NaiveDateTime};
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::handback::{
    Answer, Difference, Handback, HandbackId, HandbackRow, Known, MarkChange, RowState, ToHandBack,
};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::domain::school::roll::Roll;
use crate::store::journal;
use crate::store::tables::mark::handback::{self, Candidate, Told};

/// What was said of the other system beside the marks: by whom and which session that is about.
struct Said {
    /// The answers that stand.
    answers: HashMap<(PupilId, SessionDate), Vec<Answer>>,
    /// The last that a file of it told where the register had it already.
    told: HashMap<(PupilId, SessionDate), (Mark, ActId)>,
}

impl Said {
    fn load(connection: &Connection, from: NaiveDate, until: NaiveDate) -> rusqlite::Result<Said> {
        let mut answers: HashMap<_, Vec<Answer>> = HashMap::new();
        for (pupil, at, answer) in handback::answers(connection, from, until)? {
            answers.entry((pupil, at)).or_default().push(answer);
        }
        let told = handback::told_beside(connection, from, until)?.into_iter();
        Ok(Said { answers, told: told.map(|(pupil, at, told)| ((pupil, at), told)).collect() })
    }
}

/// What is known of a pupil-session in the other system: what a file `told` of it, and what was said beside that.
fn known(
    connection: &Connection,
    (pupil, at): (PupilId, SessionDate),
    told: Told,
    said: &mut Said,
) -> rusqlite::Result<Known> {
    let mut last = told.mark;
    if told.is_covered {
        // The last that an import told which was not taken back.
        for (mark, act) in handback::displaced(connection, pupil, at)? {
            if journal::standing(connection, act)?.is_some() {
                last = Some((mark, act));
                break;
            }
        }
    }
    let told = last.into_iter().chain(said.told.get(&(pupil, at)).copied()).max_by_key(|(_, act)| *act);
    Ok(Known { told, answers: said.answers.remove(&(pupil, at)).unwrap_or_default() })
}

/// What is to be handed back of the dates `from` to `until`, as the record stands at `now`, school-local: of sessions that have begun,
/// and of pupils who are on roll then.
pub fn to_hand_back(
    connection: &Connection,
    roll: &Roll,
    now: NaiveDateTime,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
) -> rusqlite::Result<ToHandBack> {
    let from = from.unwrap_or(FIRST);
    let until = until.map_or(now.date(), |until| until.min(now.date()));
    let mut said = Said::load(connection, from, until)?;
    let mut found = ToHandBack::default();
    for one in handback::candidates(connection, from, until)? {
        if !is_held(roll, &one, now) {
            continue;
        }
        let known = known(connection, (one.pupil, one.at), one.told, &mut said)?;
        match known.difference(one.now) {
            Difference::None => {}
            Difference::Waits => found.changes.push(change(&roll.school, one, &known)),
            Difference::Refused(answer) => {
                let words = answer.words.clone();
                found.refused.push((change(&roll.school, one, &known), words));
            }
        }
    }
    let place = |one: &MarkChange| {
        let group = roll.pupil(one.pupil).and_then(|pupil| pupil.group);
        let group = group.and_then(|id| roll.groups.iter().position(|group| group.id == id));
        (group.unwrap_or(usize::MAX), roll.place(one.pupil), one.at)
    };
    found.changes.sort_by_cached_key(place);
    found.refused.sort_by_cached_key(|(one, _)| place(one));
    Ok(found)
}

/// Before any mark of any school.
const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Whether the school holds the session, it has begun, and the pupil is on roll: else the other system has no place for the mark.
fn is_held(roll: &Roll, one: &Candidate, now: NaiveDateTime) -> bool {
    roll.pupil(one.pupil).is_some_and(|pupil| pupil.on_roll(one.at.date))
        && roll.sessions_of(one.at.date).contains(&one.at.session)
        && roll.has_begun(one.at, now)
}

fn change(school: &School, one: Candidate, known: &Known) -> MarkChange {
    let contradicted = known.contradicted(one.now).map(|(answer, _)| answer.handback);
    MarkChange {
        contradicted,
        pupil: one.pupil,
        at: one.at,
        was: known.held(),
        now: one.now,
        reason: one.reason.unwrap_or_default(),
        act: one.act,
        by: one.by,
        post: one.post,
        changed: school.local(one.instant),
    }
}

/// The tutors' marks of these dates, but for those that `act` brought, that the other system holds otherwise as far as is known; each with
/// what is known.
pub fn held_otherwise(
    connection: &Connection,
    (from, until): (NaiveDate, NaiveDate),
    act: ActId,
) -> rusqlite::Result<HashMap<(PupilId, SessionDate), (Mark, Known)>> {
    let mut said = Said::load(connection, from, until)?;
    let mut found = HashMap::new();
    for (pupil, at, mark, told) in handback::unsure(connection, from, until, act)? {
        let known = known(connection, (pupil, at), told, &mut said)?;
        if known.held() != Some(mark) {
            found.insert((pupil, at), (mark, known));
        }
    }
    Ok(found)
}

/// Every hand-back, oldest first, with how each of its rows stands; one of them where a number is given.
pub fn handbacks(
    connection: &Connection,
    school: &School,
    number: Option<HandbackId>,
) -> rusqlite::Result<Vec<Handback>> {
    let mut all = Vec::new();
    for made in handback::made(connection, number)? {
        let held = handback::rows(connection, made.number)?;
        let dates = held.iter().map(|row| row.at.date);
        let (from, until) = (dates.clone().min().unwrap_or(FIRST), dates.max().unwrap_or(FIRST));
        let mut said = Said::load(connection, from, until)?;
        let mut rows = Vec::new();
        for row in held {
            let told = handback::told(connection, row.pupil, row.at)?;
            let known = known(connection, (row.pupil, row.at), told, &mut said)?;
            let state = known.row_state(made.number, made.act, row.now);
            rows.push(HandbackRow {
                place: row.place,
                state,
                words: words(&known, made.number, row.now, state),
                change: MarkChange {
                    pupil: row.pupil,
                    at: row.at,
                    was: row.was,
                    now: row.now,
                    reason: row.words,
                    act: row.changed,
                    by: row.by,
                    post: row.post,
                    changed: school.local(row.instant),
                    contradicted: known.contradicted(row.now).map(|(answer, _)| answer.handback),
                },
            });
        }
        all.push(Handback {
            number: made.number,
            act: made.act,
            form: made.form,
            profile: made.profile,
            by: made.by,
            made: school.local(made.instant),
            rows,
        });
    }
    Ok(all)
}

/// Why the other system refused the row, or what a file of it has said since it was confirmed; else nothing.
fn words(known: &Known, number: HandbackId, mark: Option<Mark>, state: RowState) -> String {
    match state {
        RowState::Refused => {
            let own = known.answers.iter().filter(|one| one.handback == number).max_by_key(|one| one.act);
            own.or(known.refusal(mark)).map(|one| one.words.clone()).unwrap_or_default()
        }
        RowState::Contradicted => {
            known.contradicted(mark).map(|(_, told)| format!("a file has {told} since")).unwrap_or_default()
        }
        RowState::Waits | RowState::Confirmed | RowState::Held | RowState::Overtaken => String::new(),
    }
}
