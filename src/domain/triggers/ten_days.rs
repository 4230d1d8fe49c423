//! Ten school days on end: twenty sessions of G, N, O or U in a run over the possible sessions. What is not possible, D among it, and
//! a blank neither count nor end it.

use super::school_weeks::PupilSession;
use super::{PupilRecord, Trigger, TriggerKind, day, joined, some_counted, without};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::counted::counted;

/// Sessions that meet it.
pub const SESSIONS: usize = 20;
/// Sessions of G, N and O alone after which the local authority is asked where the pupil is: twenty school days.
const ASK: usize = 40;

/// Sessions of G, N, O and U on end.
#[derive(Default)]
struct Run {
    sessions: Vec<PupilSession>,
    /// Blanks between its first session and its last, and those since the last.
    blanks: [usize; 2],
    /// The same of D.
    elsewhere: [usize; 2],
    /// The possible session that ended it.
    ended: Option<SessionDate>,
}

impl Run {
    fn take(&mut self, session: PupilSession) {
        for [within, since] in [&mut self.blanks, &mut self.elsewhere] {
            *within += std::mem::take(since);
        }
        self.sessions.push(session);
    }
}

/// Every run of so many that was met in this school year, or goes on from the one before.
pub fn met(record: &PupilRecord<'_>) -> Vec<Trigger> {
    runs(record).into_iter().filter_map(|run| trigger(record, run)).collect()
}

/// How long the run is that goes on, where it is not so long yet.
pub fn distance(record: &PupilRecord<'_>) -> Option<String> {
    let run = runs(record).pop().filter(|run| run.ended.is_none())?;
    let to_go = SESSIONS.checked_sub(run.sessions.len()).filter(|to_go| *to_go > 0)?;
    Some(format!("10 school days on end: {} so far, {to_go} to go", counted(run.sessions.len(), "session")))
}

fn runs(record: &PupilRecord<'_>) -> Vec<Run> {
    let (mut runs, mut run) = (Vec::new(), Run::default());
    for session in &record.sessions {
        if session.is_unauthorised() {
            run.take(*session);
        } else if session.is_possible() {
            run.ended = Some(session.at);
            let ended = std::mem::take(&mut run);
            runs.extend(Some(ended).filter(|run| !run.sessions.is_empty()));
        } else if !run.sessions.is_empty() {
            let [_, blanks] = &mut run.blanks;
            *blanks += usize::from(session.code.is_none());
            let [_, elsewhere] = &mut run.elsewhere;
            *elsewhere += usize::from(session.has(Code::D));
        }
    }
    runs.extend(Some(run).filter(|run| !run.sessions.is_empty()));
    runs
}

fn trigger(record: &PupilRecord<'_>, run: Run) -> Option<Trigger> {
    let met = run.sessions.get(SESSIONS - 1)?.at.date;
    if met < record.weeks.year && run.ended.is_some() {
        return None;
    }
    let ([blanks, _], [elsewhere, _]) = (run.blanks, run.elsewhere);
    let why_not = joined([
        some_counted(blanks, "session").map(|blanks| format!("{blanks} without a mark in it")),
        (elsewhere > 0).then(|| format!("{elsewhere} D in it")),
    ]);
    let asks = run.sessions.split(|one| one.has(Code::U)).any(|part| part.len() >= ASK);
    let note = joined([
        Some(run.ended.map_or_else(|| "goes on".to_owned(), |at| format!("ended {} {}", day(at.date), at.session))),
        asks.then(|| "20 school days of G, N and O: ask the local authority".to_owned()),
    ]);
    Some(Trigger {
        kind: TriggerKind::TenDays,
        met,
        sessions: run.sessions.len(),
        firm: without(&run.sessions, Code::N),
        why_not: Some(why_not).filter(|why| !why.is_empty()),
        note,
        evidence: run.sessions,
    })
}
