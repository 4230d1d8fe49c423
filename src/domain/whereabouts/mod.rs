//! Where a pupil is now, as far as the record knows: the lesson, the gate, out and back, seen and not seen, elsewhere by
//! arrangement. The register's mark says what counts; this says where to look.

pub mod account;
pub mod board;
pub mod fire;
pub mod happening;
pub mod roll_call;
pub mod sweep;

use chrono::NaiveTime;

use super::absence::offsite::{OffSiteState, off_site};
use super::calendar::session::Session;
use super::code::{Code, OnSite};
use super::day::{Day, Timelines};
use super::facts::evidence::Mark;
use super::facts::lesson::{Lesson, period_at};
use super::facts::presence::{Movement, Sighting};
use super::facts::search::SearchEnd;
use super::people::pupil::PupilId;
use super::timeline::{Event, Timeline, What};

/// Where a pupil is now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WhereNow {
    /// The period going on, by its name.
    pub period: Option<String>,
    /// The class the pupil is due in now.
    pub class: Option<String>,
    /// Its room.
    pub room: Option<String>,
    /// Who teaches it.
    pub teacher: Option<String>,
    /// The mark there; `None` while that register is not in.
    pub lesson_mark: Option<Mark>,
    /// The newest mark of any register, in words, and its time: a lesson's is the start of its period.
    pub last_mark: Option<(String, NaiveTime)>,
    /// When the gate first logged the pupil in.
    pub gate_in: Option<NaiveTime>,
    /// Gone out, and not back.
    pub out: Option<Movement>,
    /// When the pupil was last looked for, and what came of it.
    pub last_sighting: Option<Sighting>,
    /// Elsewhere by arrangement: with whom, and what is confirmed.
    pub off_site: Option<String>,
    /// All of it in one line.
    pub text: String,
}

/// Where the pupil is at `now`, school-local, on the date of `day`.
pub fn where_now(day: &Day, pupil: PupilId, now: NaiveTime) -> WhereNow {
    let session = day.times.as_ref().map_or(Session::Am, |times| times.current(now));
    let period = period_at(&day.roll.school.periods, now);
    let due = period.and_then(|period| {
        let all = day.lesson_marks_of(pupil).iter().filter_map(|one| Some((day.lesson(one.lesson)?, one.mark)));
        all.into_iter().find(|(lesson, _)| lesson.period == period.name)
    });
    let Some(line) = day.roll.pupil(pupil).map(|pupil| Timelines::at(day, now).of(pupil)) else {
        return WhereNow { text: "no such pupil".to_owned(), ..WhereNow::default() };
    };
    let mut found = WhereNow {
        period: period.map(|period| period.name.clone()),
        class: due.map(|(lesson, _)| lesson.class.clone()),
        room: due.and_then(|(lesson, _)| lesson.room.clone()),
        teacher: due.and_then(|(lesson, _)| lesson.teacher.clone()),
        lesson_mark: due.and_then(|(_, mark)| mark),
        last_mark: line.events().iter().rfind(|event| is_mark(event)).map(|one| (one.place_of_sight(), one.shown_at())),
        gate_in: line.events().iter().find(|event| matches!(event.what, What::Arrival(_))).map(|one| one.at),
        out: line.departed().cloned(),
        last_sighting: line.events().iter().rev().find_map(|event| event.what.try_as_sighting()).cloned(),
        off_site: elsewhere(day, pupil, session, now),
        text: String::new(),
    };
    let begun = period.map_or(now, |period| period.starts);
    found.text = describe(day, pupil, session, &found, due.map(|(lesson, _)| lesson), begun, &line);
    found
}

fn is_mark(event: &Event<'_>) -> bool {
    matches!(event.what, What::Register(_) | What::Lesson(..))
}

fn elsewhere(day: &Day, pupil: PupilId, session: Session, now: NaiveTime) -> Option<String> {
    let one = off_site(day, session, now).into_iter().find(|one| one.pupil == pupil)?;
    let state = match &one.state {
        OffSiteState::There(said) => format!("confirmed {} by {}", said.at.format("%H:%M"), said.said_by),
        OffSiteState::NotThere(said) => format!("NOT there, said {} at {}", said.said_by, said.at.format("%H:%M")),
        OffSiteState::Due => "not confirmed, and due".to_owned(),
        OffSiteState::Over => "never confirmed".to_owned(),
        OffSiteState::Waiting => "not confirmed yet".to_owned(),
    };
    Some(format!("{}, {state}", one.with))
}

/// The line: what is surest first.
fn describe(
    day: &Day,
    pupil: PupilId,
    session: Session,
    found: &WhereNow,
    due: Option<&Lesson>,
    begun: NaiveTime,
    line: &Timeline<'_>,
) -> String {
    if let Some(why) = day.roll.pupil(pupil).and_then(|pupil| pupil.why_not_on_roll(day.date)) {
        return why;
    }
    let last = last_seen(line);
    if let Some(why) = &day.closed {
        let last = last.map(|last| format!("; {last}")).unwrap_or_default();
        return format!("no school today: {why}{last}");
    }
    if let Some(out) = &found.out {
        return format!("out since {}: {}", out.time.format("%H:%M"), out.reason);
    }
    if let Some(search) = day.open_search(pupil) {
        return format!("being looked for since {}: {}", search.opened.format("%H:%M"), search.last_word());
    }
    let is_there = |mark: Mark| day.roll.codes.on_site(mark.code) == OnSite::Yes;
    let seen = found.last_sighting.as_ref().filter(|one| one.time >= begun);
    let lesson = due.map(in_words);
    match (&lesson, found.lesson_mark, seen) {
        (Some(lesson), Some(mark), _) if is_there(mark) => {
            let present = [Session::Am, Session::Pm].into_iter().any(|half| mark.code == Code::present(half));
            let mark = if present { "present".to_owned() } else { mark.to_string() };
            return format!("{lesson}, marked {mark}");
        }
        (_, _, Some(one)) if one.seen => {
            return format!("seen {} by {}, {}", one.time.format("%H:%M"), one.who, one.place);
        }
        _ => {}
    }
    let settled = day.mark(pupil, session).settled;
    let is_here = line.whereabouts().is_some_and(|found| found.on_site == OnSite::Yes);
    match (settled, lesson, found.lesson_mark) {
        (Some(_), ..) if found.off_site.is_some() => {
            let with = found.off_site.as_deref().unwrap_or_default();
            let here = last.filter(|_| is_here).map(|last| format!(", though {last}")).unwrap_or_default();
            format!("off site: {with}{here}")
        }
        (Some(mark), ..) if mark.code == Code::N && !is_here => match last {
            Some(last) => format!("not in: N, though {last}"),
            None => match found_elsewhere(day, pupil) {
                Some(end) => format!("not in: N, {} {}: {}", end.how(), end.at.format("%H:%M"), end.words),
                None => "not in: N, nobody knows".to_owned(),
            },
        },
        (Some(mark), ..) if !is_there(mark) && !is_here => {
            let meaning = day.roll.codes.row(mark.code).map_or("no such code", |row| row.meaning.as_str());
            let though = last.map(|last| format!(", though {last}")).unwrap_or_default();
            format!("not in: {}, {meaning}{though}", mark.code)
        }
        (_, Some(lesson), Some(mark)) => {
            format!("NOT in {lesson}: marked {mark}; {}", last.unwrap_or_else(|| "not seen today".to_owned()))
        }
        (_, Some(lesson), None) => {
            format!("due in {lesson}, not marked yet; {}", last.unwrap_or_else(|| "not seen today".to_owned()))
        }
        (Some(_), None, _) => {
            let none = if day.lesson_marks_of(pupil).is_empty() { "in" } else { "no lesson now" };
            format!("{none}; {}", last.unwrap_or_else(|| "not seen today".to_owned()))
        }
        (None, None, _) => last.unwrap_or_else(|| "no mark yet".to_owned()),
    }
}

/// "P2 8KM Maths in R4 with Ms Ali".
fn in_words(lesson: &Lesson) -> String {
    let room = lesson.room.as_ref().map(|room| format!(" in {room}")).unwrap_or_default();
    let teacher = lesson.teacher.as_ref().map(|teacher| format!(" with {teacher}")).unwrap_or_default();
    format!("{}{room}{teacher}", lesson.name())
}

/// How the pupil's last search ended, where it found them and not in school.
fn found_elsewhere(day: &Day, pupil: PupilId) -> Option<&SearchEnd> {
    let last = day.searches.iter().rfind(|search| search.pupil == pupil)?;
    last.ended.as_ref().filter(|end| end.is_elsewhere())
}

fn last_seen(line: &Timeline<'_>) -> Option<String> {
    let last = line.last_seen()?;
    Some(format!("last seen {} {}", last.place_of_sight(), last.shown_at().format("%H:%M")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::day::SessionMark;
    use crate::domain::facts::lesson::{LessonId, LessonMark};
    use crate::domain::facts::presence::Confirmation;
    use crate::domain::facts::presence::Way;
    use crate::domain::facts::search::Search;
    use crate::domain::testing::*;

    /// Amira's lessons, with their marks; "-" is not yet marked.
    fn with_lessons(session_mark: &str, marks: [&str; 2]) -> Day {
        let mut day = day(&[(AMIRA, Session::Am, session_mark)]);
        for (id, (period, class, room)) in (1..).zip([("1", "8KM Art", "B12"), ("2", "8KM Maths", "R4")]) {
            day.lessons.push(Lesson {
                id: LessonId(id),
                period: period.to_owned(),
                class: class.to_owned(),
                teacher: Some("Ms Ali".to_owned()),
                room: Some(room.to_owned()),
                chases: 0,
            });
        }
        let due = (1..)
            .zip(marks)
            .map(|(id, text)| LessonMark {
                lesson: LessonId(id),
                pupil: AMIRA,
                mark: (text != "-").then(|| mark(text)),
                act: ActId(id),
            })
            .collect::<Vec<_>>();
        day.lesson_marks = due.into();
        day
    }

    fn moved(mut day: Day, at: &str, way: Way) -> Day {
        let (time, reason, who) = (time(at), "dentist".to_owned(), "S Marsh".to_owned());
        day.movements.push(Movement { act: ActId(70), pupil: AMIRA, time, way, reason, code: None, who });
        day
    }

    fn sighted(mut day: Day, at: &str, seen: bool) -> Day {
        let (place, who) = ("medical room".to_owned(), "J Ito".to_owned());
        day.sightings.push(Sighting { act: ActId(71), pupil: AMIRA, time: time(at), seen, place, who });
        day
    }

    fn searched(mut day: Day) -> Day {
        day.searches.push(Search {
            act: ActId(72),
            pupil: AMIRA,
            opened: at("10:05"),
            who: "J Ito".to_owned(),
            last_seen: "P1 8KM Art 09:00".to_owned(),
            notes: Vec::new(),
            ended: None,
        });
        day
    }

    fn arrived(mut day: Day) -> Day {
        day.evidence.insert((AMIRA, Session::Am), vec![report("I", "08:15"), gate("09:40")]);
        day
    }

    fn confirmed(mut day: Day, there: bool) -> Day {
        day.evidence.insert((AMIRA, Session::Am), vec![plan("B", "Harbour AP")]);
        day.confirmations.push(Confirmation {
            act: ActId(73),
            pupil: AMIRA,
            session: Session::Am,
            there,
            said_by: "Mr Hall".to_owned(),
            who: "S Marsh".to_owned(),
            at: at("09:20"),
        });
        day
    }

    #[test]
    fn one_line_says_where_a_pupil_is() {
        let maths = "P2 8KM Maths in R4 with Ms Ali";
        let art = "last seen P1 8KM Art 09:00";
        let (both, unmarked, missing) =
            (with_lessons("/", ["/", "/"]), with_lessons("/", ["/", "-"]), with_lessons("/", ["/", "N"]));
        let nowhere = with_lessons("N", ["-", "-"]);
        let cases = [
            (&both, "10:00", format!("{maths}, marked present")),
            (&with_lessons("/", ["/", "L 6"]), "10:00", format!("{maths}, marked L 6 min")),
            (&unmarked, "10:00", format!("due in {maths}, not marked yet; {art}")),
            (&missing, "10:00", format!("NOT in {maths}: marked N; {art}")),
            (&unmarked, "10:45", format!("no lesson now; {art}")),
            (&moved(both.clone(), "10:20", Way::Out), "10:30", "out since 10:20: dentist".to_owned()),
            (&moved(both.clone(), "10:20", Way::Out), "10:10", format!("{maths}, marked present")),
            (&moved(both.clone(), "10:50", Way::Back), "10:55", "no lesson now; last seen back in 10:50".to_owned()),
            (&sighted(missing.clone(), "10:12", true), "10:15", "seen 10:12 by J Ito, medical room".to_owned()),
            (&sighted(missing.clone(), "10:12", false), "10:15", format!("NOT in {maths}: marked N; {art}")),
            // Recorded after it, of a moment before it.
            (
                &sighted(sighted(missing.clone(), "10:12", false), "10:05", true),
                "10:15",
                format!("NOT in {maths}: marked N; last seen medical room 10:05"),
            ),
            (&searched(missing.clone()), "10:15", "being looked for since 10:05: P1 8KM Art 09:00".to_owned()),
            (&nowhere, "10:00", "not in: N, nobody knows".to_owned()),
            (&with_lessons("N", ["/", "-"]), "10:00", format!("due in {maths}, not marked yet; {art}")),
            (&with_lessons("N", ["/", "/"]), "10:00", format!("{maths}, marked present")),
            (&with_lessons("I", ["-", "-"]), "10:00", "not in: I, ill".to_owned()),
            (
                &arrived(with_lessons("I", ["-", "-"])),
                "10:00",
                format!("due in {maths}, not marked yet; last seen gate 09:40"),
            ),
            (
                &confirmed(with_lessons("B", ["-", "-"]), true),
                "10:00",
                "off site: Harbour AP, confirmed 09:20 by Mr Hall".to_owned(),
            ),
            (
                &confirmed(with_lessons("B", ["-", "-"]), false),
                "10:00",
                "off site: Harbour AP, NOT there, said Mr Hall at 09:20".to_owned(),
            ),
            (
                &with_lessons("V", ["-", "-"]),
                "10:00",
                "off site: school visit or trip, not confirmed, and due".to_owned(),
            ),
            (&day(&[(AMIRA, Session::Am, "/")]), "09:30", "in; not seen today".to_owned()),
            (&day(&[]), "08:30", "no mark yet".to_owned()),
        ];
        for (day, now, text) in cases {
            assert_eq!(where_now(day, AMIRA, time(now)).text, text, "{now}");
        }
        let closed = Day { times: None, closed: Some("INSET".to_owned()), ..day(&[]) };
        assert_eq!(where_now(&closed, AMIRA, time("10:00")).text, "no school today: INSET");
    }

    #[test]
    fn its_parts_are_those_of_the_line() {
        let mut day = with_lessons("/", ["/", "L 6"]);
        day.evidence.insert((AMIRA, Session::Am), vec![gate("08:57"), gate("09:02")]);
        let stands = SessionMark { tutor: Some(mark("N")), taken: ActId(7), ..day.mark(AMIRA, Session::Am) };
        day.marks.insert((AMIRA, Session::Am), stands);
        let found = where_now(&day, AMIRA, time("10:00"));
        assert_eq!((found.period.as_deref(), found.class.as_deref()), (Some("2"), Some("8KM Maths")));
        assert_eq!((found.room.as_deref(), found.teacher.as_deref()), (Some("R4"), Some("Ms Ali")));
        assert_eq!((found.lesson_mark, found.gate_in), (Some(mark("L 6")), Some(time("08:57"))));
        assert_eq!(found.last_mark, Some(("P2 8KM Maths".to_owned(), time("09:50"))));
        assert_eq!((found.out, found.last_sighting, found.off_site), (None, None, None));
        let early = where_now(&day, AMIRA, time("09:30"));
        assert_eq!(early.last_mark, Some(("P1 8KM Art".to_owned(), time("09:00"))));
        assert_eq!(where_now(&day, BILAL, time("09:30")).class, None);
    }
}
