//! A register that its teacher took on paper, typed in the office: everybody is present but for the exceptions. A mark that a pupil
//! already has is left alone; of whoever was missing this morning or is out, only what is typed is said.

use chrono::NaiveDateTime;

use super::register_ref::RegisterRef;
use super::unmarked::is_away;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate, came};
use crate::domain::code::{Code, OnSite};
use crate::domain::day::Day;
use crate::domain::facts::evidence::{Evidence, Fact, Mark};
use crate::domain::facts::promise::Promised;
use crate::domain::facts::register::Taken;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;

/// What is written for a pupil the paper says nothing of.
pub const BLANK: &str = "-";
/// A mark says so many minutes late and no more.
const MINUTES_DIGITS: usize = 3;

/// A register being typed from paper. Nothing of it is recorded yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    register: RegisterRef,
    session: Session,
    lines: Vec<PaperLine>,
    /// The handing-in that stood when typing began.
    seen: ActId,
}

/// One pupil's line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PaperLine {
    /// Whose.
    pub pupil: PupilId,
    /// The mark they already have, which the paper leaves alone.
    pub current: Option<CurrentMark>,
    /// Present, where nothing is typed: nothing that is known speaks against it.
    pub expected: bool,
    /// What the officer typed over either.
    pub typed: Option<Typed>,
}

/// A mark from another source than the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CurrentMark {
    /// The mark.
    pub mark: Mark,
    /// Its source: "gate", "report", "plan", "office", "tutor", "lesson"; in a lesson also the session it comes from.
    pub by: &'static str,
}

/// What an officer types in a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Typed {
    /// A mark.
    Mark(Mark),
    /// The paper says nothing of this pupil.
    Blank,
}

impl Paper {
    /// The register as it is before anything is typed.
    pub fn begin(day: &Day, register: RegisterRef, session: Session) -> Paper {
        let lines = register.members(day).into_iter().map(|pupil| PaperLine {
            pupil,
            current: current(day, register, session, pupil),
            expected: is_expected(day, session, pupil),
            typed: None,
        });
        let seen = taken(day, register, session).map_or(ActId(0), |taken| taken.act);
        Paper { register, session, lines: lines.collect(), seen }
    }

    /// The day was replaced. What is typed stays; so does a pupil who was to be present though the teacher's own register has
    /// come in meanwhile: the paper is evidence of its own. Whom the gate saw or somebody reported is left out of it.
    pub fn refresh(&mut self, day: &Day) {
        let fresh = Paper::begin(day, self.register, self.session);
        let before = std::mem::take(&mut self.lines);
        self.lines = fresh.lines;
        for line in &mut self.lines {
            let Some(old) = before.iter().find(|old| old.pupil == line.pupil) else { continue };
            line.typed = old.typed;
            if old.current.is_none() && line.current.is_some_and(|current| current.by == TUTOR || current.by == LESSON)
            {
                line.current = None;
            }
        }
    }

    /// Its lines, by name.
    pub fn lines(&self) -> &[PaperLine] {
        &self.lines
    }

    /// One pupil's line.
    pub fn line(&self, pupil: PupilId) -> Option<&PaperLine> {
        self.lines.iter().find(|line| line.pupil == pupil)
    }

    /// Type in a pupil's line; `None` takes back what was typed there.
    pub fn set_typed(&mut self, pupil: PupilId, typed: Option<Typed>) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.pupil == pupil) {
            line.typed = typed;
        }
    }

    /// What a line says: its mark, or `None` where it leaves the pupil as they stand, or blank.
    pub fn mark(&self, line: &PaperLine) -> Option<Mark> {
        match (line.typed, line.current) {
            (Some(Typed::Mark(mark)), _) => Some(mark),
            (Some(Typed::Blank), _) | (None, Some(_)) => None,
            (None, None) => line.expected.then(|| Mark::plain(Code::present(self.session))),
        }
    }

    /// What is written in a line: a code, `/` for present, `L12` for so many minutes late, `-` for a pupil the paper says nothing of.
    /// Nobody came later than `now`, school-local.
    pub fn written(&self, text: &str, pupil: PupilId, day: &Day, now: NaiveDateTime) -> Result<Typed, String> {
        let text = text.trim().to_uppercase();
        if text == BLANK {
            return Ok(Typed::Blank);
        }
        if let Some((code, digits)) = late(&text) {
            let minutes = digits.parse().ok().filter(|_| digits.len() <= MINUTES_DIGITS);
            let minutes = minutes.ok_or_else(|| format!("minutes late have at most {MINUTES_DIGITS} digits"))?;
            if let Some(time) = self.still_to_come(minutes, day, now) {
                return Err(format!("{} has not come yet: it is {}", time.format("%H:%M"), now.format("%H:%M")));
            }
            return Ok(Typed::Mark(Mark { code, minutes: Some(minutes) }));
        }
        let code = match text.as_str() {
            "/" => Code::present(self.session),
            text => Code::parse(text).ok_or_else(|| format!("“{}” is no attendance code", clean(text)))?,
        };
        let pupil = day.roll.pupil(pupil).ok_or("there is no such pupil")?;
        let checked = match self.register {
            RegisterRef::Lesson(_) => day.roll.check_lesson_code(code, day.date, pupil, day.date),
            RegisterRef::Group(_) => {
                day.roll.check_code(code, SessionDate::new(day.date, self.session), pupil, day.date)
            }
        };
        checked.map(|_| Typed::Mark(Mark::plain(code))).map_err(|fault| fault.to_string())
    }

    /// When a pupil would come who is so many minutes late, if that is later than `now`.
    fn still_to_come(&self, minutes: i64, day: &Day, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let began = match self.register {
            RegisterRef::Group(_) => day.session_times(self.session)?.opens,
            RegisterRef::Lesson(id) => day.period_of(day.lesson(id)?)?.starts,
        };
        came(day.date, began, minutes).filter(|time| *time > now)
    }

    /// The marks to hand in: whoever is left as they stand, or blank, is not among them.
    pub fn marks(&self) -> Vec<(PupilId, Mark)> {
        self.lines.iter().filter_map(|line| Some((line.pupil, self.mark(line)?))).collect()
    }

    /// Whether anything is typed: what nobody typed anything of is nobody's paper yet.
    pub fn is_typed(&self) -> bool {
        self.lines.iter().any(|line| line.typed.is_some())
    }

    /// Those whose mark has to be typed and is not: they stay blank.
    pub fn unsaid(&self) -> impl Iterator<Item = PupilId> {
        let unsaid = |line: &&PaperLine| line.typed.is_none() && line.current.is_none() && !line.expected;
        self.lines.iter().filter(unsaid).map(|line| line.pupil)
    }

    /// The handing-in that came from elsewhere since typing began.
    pub fn came_in<'a>(&self, day: &'a Day) -> Option<&'a Taken> {
        taken(day, self.register, self.session).filter(|taken| taken.act > self.seen)
    }

    /// What it comes to: "26 present, 1 late, 2 N, 1 left as is".
    pub fn describe(&self) -> String {
        let mut counts: Vec<(String, usize)> = vec![("present".to_owned(), 0)];
        for (_, mark) in self.marks() {
            let word = match mark.code {
                code if code == Code::present(self.session) => "present".to_owned(),
                Code::L => "late".to_owned(),
                code => code.to_string(),
            };
            match counts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => counts.push((word, 1)),
            }
        }
        let left = self.lines.iter().filter(|line| line.typed.is_none() && line.current.is_some()).count();
        let blank = self.lines.iter().filter(|line| line.typed == Some(Typed::Blank)).count() + self.unsaid().count();
        counts.push(("left as is".to_owned(), left));
        counts.push(("blank".to_owned(), blank));
        let phrases = counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{count} {word}"));
        phrases.collect::<Vec<_>>().join(", ")
    }
}

/// "L" and "12" of "L12".
fn late(text: &str) -> Option<(Code, &str)> {
    let digits = |code: Code| Some((code, text.strip_prefix(code.as_str())?));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    [Code::L, Code::U].into_iter().filter_map(digits).find(|(_, digits)| is_number(digits))
}

const TUTOR: &str = "tutor";
const LESSON: &str = "lesson";

fn taken(day: &Day, register: RegisterRef, session: Session) -> Option<&Taken> {
    match register {
        RegisterRef::Group(group) => day.register(group, session)?.taken.as_ref(),
        RegisterRef::Lesson(_) => None,
    }
}

/// The mark a pupil has before the paper is typed. In a lesson also that of the session, where it says that they are
/// elsewhere or missing: "all present" was not said of them.
fn current(day: &Day, register: RegisterRef, session: Session, pupil: PupilId) -> Option<CurrentMark> {
    let settled = day.mark(pupil, session).settled;
    match register {
        RegisterRef::Group(_) => settled.map(|mark| CurrentMark { mark, by: word_of(day, session, pupil, mark) }),
        RegisterRef::Lesson(id) => {
            let held = day.lesson_marks_of(pupil).iter().find(|one| one.lesson == id)?.mark;
            let missing = |mark: &Mark| mark.code == Code::N || is_away(day, pupil, session);
            held.map(|mark| CurrentMark { mark, by: LESSON })
                .or_else(|| settled.filter(missing).map(|mark| CurrentMark { mark, by: session.as_str() }))
        }
    }
}

/// Whether "everybody is present" was said of the pupil too. Not of one who is out of the building or on the way, of whom something
/// is recorded for the session, or who in the afternoon was not in this morning: where the session has no mark yet.
fn is_expected(day: &Day, session: Session, pupil: PupilId) -> bool {
    let not_in = |mark: Mark| day.roll.codes.on_site(mark.code) != OnSite::Yes;
    let was_missing = session == Session::Pm && day.mark(pupil, Session::Am).settled.is_some_and(not_in);
    let is_told_of = day.evidence.get(&(pupil, session)).is_some_and(|all| !all.is_empty());
    let promised = |one: &Promised| one.pupil == pupil && day.hours.arriving(one.at.time()) == session;
    let is_promised = day.promises.iter().any(promised);
    let is_open = day.mark(pupil, session).settled.is_none();
    !(is_open && (was_missing || is_told_of || is_promised || day.is_out(pupil).is_some()))
}

/// The source of a settled mark: the strongest with the same mark.
fn word_of(day: &Day, session: Session, pupil: PupilId, mark: Mark) -> &'static str {
    let all = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    let text = |wanted: fn(&Evidence, Mark) -> bool| all.iter().any(|one| wanted(one, mark));
    if text(|one, mark| matches!(&one.fact, Fact::Office { mark: phrases, .. } if phrases.code == mark.code)) {
        "office"
    } else if text(|one, mark| matches!(one.fact, Fact::Gate { .. }) && [Code::L, Code::U].contains(&mark.code)) {
        "gate"
    } else if text(|one, mark| matches!(&one.fact, Fact::Report { code, .. } if *code == mark.code)) {
        "report"
    } else if text(|one, mark| matches!(&one.fact, Fact::Plan { code, .. } if *code == mark.code)) {
        "plan"
    } else {
        TUTOR
    }
}

#[cfg(test)]
mod tests;
