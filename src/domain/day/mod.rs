//! The day: every fact of one date that a screen draws.

pub mod ahead;
pub mod closed_marks;
pub mod count;
pub mod school_days;
mod timelines;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use hashbrown::HashMap;
use serde::Serialize;

use super::act_id::ActId;
use super::calendar::session::{DayTimes, Session, SessionDate, SessionTimes};
use super::cases::caseload::{self, CaseFiles, OnCaseload, WatchedSessions};
use super::cases::due::Due;
use super::code::{Code, CodeTable, OnSite};
use super::facts::contradiction::Decision;
use super::facts::desk_presence::DeskPresence;
use super::facts::evidence::{Evidence, Fact, Mark, Who};
use super::facts::fed_file::RefusedFile;
use super::facts::late_step::{LateFollowed, Tally};
use super::facts::lesson::{Lesson, LessonId, LessonMark, Period};
use super::facts::message::Message;
use super::facts::presence::{Confirmation, Movement, Sighting, Way};
use super::facts::promise::Promised;
use super::facts::register::{HandedIn, Register};
use super::facts::search::Search;
use super::facts::watched::Watched;
use super::figures::Figures;
use super::people::contact::{Call, WrongNumber};
use super::people::pupil::{GroupId, Pupil, PupilId};
use super::school::ladder::StepTaken;
use super::school::roll::Roll;
use super::timeline::{Earlier, Timeline};
pub use ahead::Ahead;
pub use timelines::Timelines;

/// Every fact of one date. Replaced whole on each commit, never patched.
#[derive(Clone, Debug)]
pub struct Day {
    /// School-local date.
    pub date: NaiveDate,
    /// The roll it rests on.
    pub roll: Arc<Roll>,
    /// Session times; `None` when there is no school.
    pub times: Option<DayTimes>,
    /// Session times of the date, whether or not there is school: what its marks are judged by.
    pub hours: DayTimes,
    /// Why there is no school, in words.
    pub closed: Option<String>,
    /// Marks of pupils who have any.
    pub marks: HashMap<(PupilId, Session), SessionMark>,
    /// Evidence other than tutors' standing marks, oldest first. Of a teacher's paper and the teacher's own register, the one
    /// displaced is among it: both count.
    pub evidence: HashMap<(PupilId, Session), Vec<Evidence>>,
    /// When pupils were last seen on an earlier date, of those of whom a report speaks that began before today.
    pub earlier: HashMap<PupilId, Earlier>,
    /// Every handing-in of a register of the day that stands.
    pub handed_in: HandedIn,
    /// Tutors' marks that a later register took the place of (a register typed from paper before the tutor's own came in): whose,
    /// which session, the earlier mark as evidence. Those that still count are among the evidence too.
    pub displaced: Vec<(PupilId, Session, Evidence)>,
    /// Registers of the day, both sessions, in the order of the tutor groups.
    pub registers: Vec<Register>,
    /// Lessons of the day, in the order of the periods' names and classes.
    pub lessons: Vec<Lesson>,
    /// Who is due in which lesson, and the marks there: by pupil, then lesson. Thousands, and seldom moved: shared from day to
    /// day while they stand.
    pub lesson_marks: Arc<Vec<LessonMark>>,
    /// How the reports among the evidence came, by the act that recorded each.
    pub messages: HashMap<ActId, Message>,
    /// Calls of the day, oldest first.
    pub calls: Vec<Call>,
    /// What was promised today without a reason, oldest first.
    pub promises: Vec<Promised>,
    /// Events on the ladder of the day, oldest first.
    pub steps: Vec<StepTaken>,
    /// How the lates of the day were followed through, oldest first.
    pub late_steps: Vec<LateFollowed>,
    /// How often everybody who was late before today came late, this half-term and this week. Seldom moved: shared while it stands.
    pub lates_before: Arc<HashMap<PupilId, Tally>>,
    /// The reason that was given for the last late of this half-term before today, of everybody who gave one. Shared while it stands.
    pub late_reasons_before: Arc<HashMap<PupilId, String>>,
    /// Searches of the day, oldest first.
    pub searches: Vec<Search>,
    /// Out of the building and back, by time.
    pub movements: Vec<Movement>,
    /// Sweeps and roll calls, oldest first.
    pub sightings: Vec<Sighting>,
    /// What providers said, oldest first.
    pub confirmations: Vec<Confirmation>,
    /// Contradictions the office has looked at, oldest first.
    pub decisions: Vec<Decision>,
    /// The desk presences, and whom each calls about; some may have expired.
    pub desk_presences: Vec<DeskPresence>,
    /// Marks of earlier dates that stand at N, oldest first.
    pub unresolved_n: Vec<NMark>,
    /// How many marks of files are no code, and wait until somebody says what they mean.
    pub waiting_marks: usize,
    /// Files of a folder that feeds itself that were refused, oldest first.
    pub refused_files: Vec<RefusedFile>,
    /// Whether an import is under way, of which a part is in the record.
    pub is_import_under_way: bool,
    /// How many messages of files wait to be read.
    pub waiting_messages: usize,
    /// How many on roll were not in the last export of it, of whom nobody has said whether they have left.
    pub missing_from_export: usize,
    /// Numbers that were found wrong and have not been put right.
    pub wrong_numbers: Vec<WrongNumber>,
    /// The watch list, by name.
    pub watched: Vec<Watched>,
    /// What came before today, for the unexplained and the watched.
    pub past: HashMap<PupilId, Past>,
    /// What is known of the next school day; `None` where the calendar has no more.
    pub ahead: Option<Ahead>,
    /// The case files of everybody who has one. Seldom moved: shared while they stand.
    pub case_files: Arc<CaseFiles>,
    /// Their sessions that say how what is due stands.
    pub case_sessions: WatchedSessions,
}

/// A mark of an earlier date that stands at N.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NMark {
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// The act that last changed it.
    pub revision: ActId,
}

/// One pupil-session as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SessionMark {
    /// The settled mark; `None` is blank.
    pub settled: Option<Mark>,
    /// The tutor's own mark.
    pub tutor: Option<Mark>,
    /// The act that brought the tutor's mark.
    pub taken: ActId,
    /// The act that last changed the settled mark.
    pub revision: ActId,
}

/// One pupil's record before today.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Past {
    /// Figures of the school year up to yesterday.
    pub year: Figures,
    /// The last four weeks' school days on which the pupil was on roll, oldest first, each with its two marks.
    pub four_weeks: Vec<PastDay>,
    /// Days of the four weeks that are closed now though the pupil has marks there, oldest first.
    pub on_closed_days: Vec<PastDay>,
    /// School days on end, up to yesterday, on which an N still stands.
    pub unexplained_days: usize,
    /// School days on end, up to yesterday, on which nothing was seen of the pupil, whatever the codes. A day on which the pupil
    /// was not due here is neither.
    pub days_absent: usize,
}

/// One earlier date's marks, in the shape `--json` gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PastDay {
    /// The date.
    pub date: NaiveDate,
    /// The morning's mark.
    pub am: Option<Mark>,
    /// The afternoon's mark.
    pub pm: Option<Mark>,
}

impl PastDay {
    /// The marks there are.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        [self.am, self.pm].into_iter().flatten()
    }

    /// Whether there is a mark.
    pub fn is_marked(&self) -> bool {
        self.am.or(self.pm).is_some()
    }

    /// The place of a session's mark.
    pub fn of(&mut self, session: Session) -> &mut Option<Mark> {
        match session {
            Session::Am => &mut self.am,
            Session::Pm => &mut self.pm,
        }
    }
}

/// School days on end, of `days` oldest first, on which nothing was seen of the pupil, whatever the codes; the newest first. A day
/// without a mark, or on which the pupil was not due here, is left out: it says neither.
pub fn absence(days: &[PastDay], codes: &CodeTable) -> Vec<NaiveDate> {
    let absent = |day: &PastDay| {
        let seen = day.marks().any(|mark| codes.on_site(mark.code) == OnSite::Yes);
        let away = day.marks().any(|mark| codes.is_away(mark.code));
        (seen || away).then_some((!seen).then_some(day.date))
    };
    days.iter().rev().filter_map(absent).map_while(|absent| absent).collect()
}

impl Day {
    /// The caseload.
    pub fn caseload(&self) -> Vec<OnCaseload> {
        caseload::caseload(&self.case_files, &self.case_sessions, &self.roll, self.date)
    }

    /// What is due in a pupil's case file.
    pub fn due_of(&self, pupil: PupilId) -> Vec<Due> {
        let file = self.case_files.get(&pupil);
        file.map(|file| caseload::due(pupil, file, &self.case_sessions, &self.roll, self.date)).unwrap_or_default()
    }

    /// The times of a session; `None` when there is no school, or no afternoon.
    pub fn session_times(&self, session: Session) -> Option<&SessionTimes> {
        self.times.as_ref().filter(|times| times.has(session)).map(|times| times.of(session))
    }

    /// When the last session ended, once it has; `None` on a day without school.
    pub fn ended(&self, now: NaiveTime) -> Option<NaiveTime> {
        self.times.as_ref().map(DayTimes::ends).filter(|ends| *ends <= now)
    }

    /// Whether the school met, if only for a while: a register was taken.
    pub fn has_met(&self) -> bool {
        self.handed_in.all().next().is_some()
    }

    /// The sessions of the day: both, unless it ends before its afternoon would begin.
    pub fn sessions(&self) -> &'static [Session] {
        self.times.as_ref().map_or(&Session::BOTH, DayTimes::sessions)
    }

    /// A lesson of the day.
    pub fn lesson(&self, id: LessonId) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }

    /// The period a lesson is in, if the settings still name it.
    pub fn period_of(&self, lesson: &Lesson) -> Option<&Period> {
        self.roll.school.periods.iter().find(|period| period.name == lesson.period)
    }

    /// Whether a pupil's mark in the session says that they are in the building: the statutory mark, whatever else is known.
    pub fn is_marked_in(&self, pupil: PupilId, session: Session) -> bool {
        let settled = self.mark(pupil, session).settled;
        settled.is_some_and(|mark| self.roll.codes.on_site(mark.code) == OnSite::Yes)
    }

    /// Whether a pupil's mark in the session is an open question: N, or an O that nothing but a register says
    /// ([rule 12](super::timeline)).
    pub fn is_unresolved(&self, pupil: PupilId, session: Session) -> bool {
        match self.mark(pupil, session).settled {
            Some(mark) if mark.code == Code::N => true,
            Some(mark) if mark.code == Code::O => {
                self.timeline(pupil).is_some_and(|line| line.is_o_from_register(session, mark))
            }
            Some(_) | None => false,
        }
    }

    /// The timeline of one pupil: of many, [`Timelines`] are found once.
    fn timeline(&self, pupil: PupilId) -> Option<Timeline<'_>> {
        self.roll.pupil(pupil).map(|known| Timelines::of_one(self, pupil).of(known))
    }

    /// Whether the gate saw a pupil come in the session.
    pub fn came_by_gate(&self, pupil: PupilId, session: Session) -> bool {
        let evidence = self.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
        evidence.iter().any(|one| one.fact.arrived().is_some())
    }

    /// Whether a pupil came in by mark or by the gate: what the account, the siblings and who is missing rest on. Where they
    /// are now is `fire`'s and `whereabouts`' to say.
    pub fn is_in(&self, pupil: PupilId, session: Session) -> bool {
        self.is_marked_in(pupil, session) || self.came_by_gate(pupil, session)
    }

    /// The lessons a pupil is due in today, with the marks there.
    pub fn lesson_marks_of(&self, pupil: PupilId) -> &[LessonMark] {
        let from = self.lesson_marks.partition_point(|one| one.pupil < pupil);
        let rest = self.lesson_marks.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|one| one.pupil == pupil)).unwrap_or_default()
    }

    /// The search for a pupil that goes on, if there is one.
    pub fn open_search(&self, pupil: PupilId) -> Option<&Search> {
        self.searches.iter().find(|search| search.pupil == pupil && search.is_open())
    }

    /// Whether the pupil has gone out today and not been seen since, by whatever saw them, and how.
    pub fn is_out(&self, pupil: PupilId) -> Option<&Movement> {
        self.movements.iter().rfind(|one| one.pupil == pupil).filter(|one| one.way == Way::Out)?;
        self.timeline(pupil)?.departed()
    }

    /// One pupil-session as it stands: blank if nothing is recorded.
    pub fn mark(&self, pupil: PupilId, session: Session) -> SessionMark {
        self.marks.get(&(pupil, session)).copied().unwrap_or_default()
    }

    /// Pupils on roll on this date, by name.
    pub fn on_roll(&self) -> impl Iterator<Item = &Pupil> {
        self.roll.pupils.iter().filter(|pupil| pupil.on_roll(self.date))
    }

    /// The register of a group.
    pub fn register(&self, group: GroupId, session: Session) -> Option<&Register> {
        self.registers.iter().find(|register| register.group == group && register.session == session)
    }

    /// Calls about a pupil today, oldest first.
    pub fn calls_about(&self, pupil: PupilId) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.pupil == pupil)
    }

    /// Every piece of evidence of a pupil-session, oldest first, the tutor's mark among it.
    pub fn evidence_of(&self, pupil: &Pupil, session: Session) -> Vec<Evidence> {
        let mut all = self.evidence.get(&(pupil.id, session)).cloned().unwrap_or_default();
        let stands = self.mark(pupil.id, session);
        if let Some(mark) = stands.tutor {
            let taken = self.handed_in.of(pupil.group, session, stands.taken);
            let at = taken.map_or(self.date.and_time(chrono::NaiveTime::MIN), |taken| taken.at);
            let who = Who::Taker(taken.map(|taken| taken.by.clone()));
            let span = SessionDate::new(self.date, session);
            all.push(Evidence { act: stands.taken, fact: Fact::Tutor(mark), who, at, from: span, until: span });
        }
        all.sort_by_key(|evidence| evidence.act);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::register::Taken;
    use crate::domain::facts::taken_by::TakenBy;
    use crate::domain::testing::*;

    #[test]
    fn the_tutor_s_mark_stands_among_the_evidence_in_its_time() {
        let mut day = day(&[]);
        let signed = |evidence: Evidence, act| Evidence { act: ActId(act), ..evidence };
        let before_and_after = vec![signed(report("I", "08:15"), 3), signed(gate("08:57"), 9)];
        day.evidence.insert((AMIRA, Session::Am), before_and_after);
        let stands = SessionMark { tutor: Some(mark("N")), taken: ActId(7), ..SessionMark::default() };
        day.marks.insert((AMIRA, Session::Am), stands);
        let taken = Taken { act: ActId(7), at: at("08:50"), by: TakenBy::Teacher("Mrs Kemp".to_owned()) };
        day.handed_in.insert(G8KM, Session::Am, taken);

        let roll = day.roll.clone();
        let evidence = day.evidence_of(roll.pupil(AMIRA).unwrap(), Session::Am);
        let texts: Vec<String> =
            evidence.iter().map(|one| crate::domain::facts::evidence::describe(one).to_string()).collect();
        assert_eq!(texts, ["report I by Mrs Khan, mother", "tutor N 08:50", "gate 08:57"]);
        assert_eq!(evidence[1].who.to_string(), "Mrs Kemp");
        assert_eq!(day.evidence_of(roll.pupil(ZOE).unwrap(), Session::Am), []);
        // An imported mark came without its register: no time is made up for it.
        let imported = SessionMark { tutor: Some(mark("I")), taken: ActId(1), ..SessionMark::default() };
        day.marks.insert((ZOE, Session::Am), imported);
        let evidence = day.evidence_of(roll.pupil(ZOE).unwrap(), Session::Am);
        assert_eq!(crate::domain::facts::evidence::describe(&evidence[0]).to_string(), "tutor I");
    }

    #[test]
    fn an_absence_lasts_as_long_as_nothing_is_seen_of_the_pupil() {
        let half = |text: &str| (text != "-").then(|| mark(text));
        let days = |run: &[(&str, &str)]| -> Vec<PastDay> {
            let dated = (1..).zip(run);
            dated.map(|(day, (am, pm))| PastDay { date: date(2026, 3, day), am: half(am), pm: half(pm) }).collect()
        };
        for (run, absent) in [
            (&[][..], 0),
            (&[("N", "N"), ("N", "N")], 2),
            (&[("O", "O"), ("O", "O"), ("O", "N")], 3),
            (&[("I", "I"), ("/", "N"), ("O", "O")], 1),
            (&[("I", "I"), ("U 60", "I")], 0),
            (&[("I", "I"), ("N", "L 5")], 0),
            (&[("G", "G"), ("-", "-"), ("N", "-")], 2),
            (&[("O", "O"), ("#", "#"), ("Y1", "Y1"), ("N", "N")], 2),
            (&[("O", "O"), ("B", "B"), ("D", "D"), ("X", "X")], 1),
            (&[("O", "O"), ("B", "N")], 2),
        ] {
            assert_eq!(super::absence(&days(run), &codes()).len(), absent, "{run:?}");
        }
    }

    #[test]
    fn a_day_knows_who_is_on_roll_and_what_is_blank() {
        let mut day = day(&[(AMIRA, Session::Am, "/")]);
        day.calls = vec![call(AMIRA, 1, "09:31", crate::domain::people::contact::CallOutcome::NoAnswer)];
        assert_eq!(day.on_roll().count(), 8);
        assert_eq!(day.mark(AMIRA, Session::Am).settled, Some(mark("/")));
        assert_eq!(day.mark(AMIRA, Session::Pm), SessionMark::default());
        assert_eq!((day.calls_about(AMIRA).count(), day.calls_about(BILAL).count()), (1, 0));
        assert_eq!(day.register(G9TR, Session::Pm).map(|register| register.session), Some(Session::Pm));
    }
}
