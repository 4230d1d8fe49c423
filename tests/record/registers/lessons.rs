//! Lessons' registers: handed in, taken back, and chased. They settle no statutory mark.

use firstbell::domain::act::{Act, ChaseLesson, TakeLesson, TakenBy};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::day::Timelines;
use firstbell::domain::facts::evidence::or_blank;
use firstbell::domain::facts::lesson::LessonId;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::incoming::{Incoming, IncomingLesson};
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

/// A desk whose school has lessons today, and 8KM's maths of the second period.
pub fn school() -> (Desk, LessonId) {
    let mut desk = Desk::new();
    let due = |n, class| IncomingLesson { room: Some("R4".to_owned()), ..lesson(n, "2", class, None) };
    let lessons = placed([due(1, "8KM Maths"), due(4, "8KM Maths"), due(2, "9TR Art")]);
    desk.merge(&Incoming { lessons, ..Incoming::default() });
    let day = desk.store.day(november(24)).unwrap();
    let maths = day.lessons.iter().find(|lesson| lesson.class == "8KM Maths").unwrap().id;
    (desk, maths)
}

fn take(lesson: LessonId, by: TakenBy, marks: &[(PupilId, &str)]) -> Act {
    Act::TakeLesson(TakeLesson { lesson, by, marks: marks.iter().map(|(pupil, text)| (*pupil, mark(text))).collect() })
}

fn teacher() -> TakenBy {
    TakenBy::Teacher("Ms Ali".to_owned())
}

fn marks(desk: &mut Desk, lesson: LessonId) -> Vec<(PupilId, Option<String>)> {
    let day = desk.store.day(november(24)).unwrap();
    let marks = day.lesson_marks.iter().filter(|one| one.lesson == lesson);
    marks.map(|one| (one.pupil, one.mark.map(|mark| mark.to_string()))).collect()
}

#[test]
fn a_lesson_taken_twice_keeps_the_newer_marks_and_undo_gives_back_the_older() {
    let (mut desk, maths) = school();
    let some = |text: &str| Some(text.to_owned());
    let paper = desk.done("10:05", take(maths, TakenBy::Paper("Ms Ali".to_owned()), &[(AMIRA, "/"), (LOUIS, "N")]));
    assert_eq!(paper.text, "8KM Maths register taken by Ms Ali, on paper, 2 marks");
    assert_eq!(paper.lesson, Some(maths));
    let second = desk.done("10:10", take(maths, teacher(), &[(LOUIS, "L")]));
    assert_eq!(second.text, "8KM Maths register taken by Ms Ali, 1 mark");
    assert_eq!(marks(&mut desk, maths), [(AMIRA, some("/")), (LOUIS, some("L"))]);
    let undone = desk.undo("10:11", second.act);
    assert_eq!(undone.lesson, Some(maths));
    assert_eq!(marks(&mut desk, maths), [(AMIRA, some("/")), (LOUIS, some("N"))]);
    desk.undo("10:12", undone.act);
    assert_eq!(marks(&mut desk, maths), [(AMIRA, some("/")), (LOUIS, some("L"))]);
    desk.undo("10:13", paper.act);
    assert_eq!(marks(&mut desk, maths), [(AMIRA, None), (LOUIS, some("L"))]);
    assert_eq!(desk.mark(AMIRA, am(24)), "blank", "a lesson's mark is no statutory mark");
}

#[test]
fn a_pupil_who_is_not_due_or_a_lesson_that_is_not_there_is_refused() {
    let (mut desk, maths) = school();
    let text = desk.refused("10:05", take(maths, teacher(), &[(AMIRA, "/"), (BILAL, "/")]));
    assert_eq!(text, "Khan, Bilal is not in 8KM Maths");
    assert_eq!(desk.refused("10:05", take(LessonId(99), teacher(), &[])), "there is no such lesson");
    let text = desk.refused("10:05", take(maths, teacher(), &[(AMIRA, "&")]));
    assert_eq!(text, "& is not an attendance code");
}

#[test]
fn a_lesson_is_chased_and_the_chase_taken_back() {
    let (mut desk, maths) = school();
    let chases = |desk: &mut Desk| desk.store.day(november(24)).unwrap().lesson(maths).unwrap().chases;
    let chase = |method| Act::ChaseLesson(ChaseLesson { lesson: maths, method });
    let first = desk.done("10:05", chase(ChaseMethod::Phone));
    assert_eq!((first.text.as_str(), first.lesson), ("Chased 8KM Maths by phone", Some(maths)));
    let second = desk.done("10:08", chase(ChaseMethod::Runner));
    assert_eq!(chases(&mut desk), 2);
    assert_eq!(desk.undo("10:09", second.act).text, "Chase of a lesson by runner undone");
    assert_eq!(chases(&mut desk), 1);
}

/// A lesson's register of an earlier day comes in with today's files.
fn came_in_late(desk: &mut Desk, day: u32, code: &str) {
    let one = IncomingLesson {
        pupil: key("0001"),
        date: november(day),
        period: "2".to_owned(),
        class: "8KM Maths".to_owned(),
        teacher: None,
        room: None,
        mark: Some(mark(code)),
    };
    desk.merge(&Incoming { lessons: placed([one]), ..Incoming::default() });
}

/// On the Friday before, somebody says that Amira is ill.
fn ill_since_friday(desk: &mut Desk, until: SessionDate) {
    let friday = local(november(20), "08:00").and_utc();
    desk.store.perform(&desk.officer, friday, &report(&[AMIRA], "I", am(20), until)).unwrap();
}

/// What a desk says that a morning of Amira's comes to.
fn comes_to(desk: &mut Desk, day: u32) -> String {
    let day = desk.store.day(november(day)).unwrap();
    or_blank(Timelines::whole(&day).of(day.roll.pupil(AMIRA).unwrap()).mark(Session::Am).mark)
}

#[test]
fn a_lesson_of_yesterday_that_comes_in_late_ends_a_report_at_every_desk() {
    for by_hand in [false, true] {
        let mut desk = Desk::new();
        came_in_late(&mut desk, 23, "N");
        ill_since_friday(&mut desk, pm(24));
        let mut open = desk.another("J Ito");
        assert_eq!(comes_to(&mut open, 24), "I");
        if by_hand {
            let lesson = desk.store.day(november(23)).unwrap().lessons[0].id;
            desk.done("09:00", take(lesson, teacher(), &[(AMIRA, "/")]));
        } else {
            came_in_late(&mut desk, 23, "/");
        }
        let found = [desk.mark(AMIRA, am(24)), comes_to(&mut open, 24)];
        assert_eq!(found, ["blank", "blank"], "by hand: {by_hand}");
    }
}

#[test]
fn a_register_that_the_office_took_back_leaves_what_was_seen_of_the_pupil_before_it() {
    let mut desk = Desk::new();
    ill_since_friday(&mut desk, pm(25));
    came_in_late(&mut desk, 20, "/");
    desk.done("08:50", register(G8KM, am(23), &[(AMIRA, "/")]));
    let saw = desk.revision(AMIRA, am(23));
    desk.done("09:30", amend(AMIRA, am(23), "N", "it was her sister", saw));
    let found = [24, 25].map(|day| [desk.mark(AMIRA, am(day)), comes_to(&mut desk, day)]);
    assert_eq!(found, [["blank", "blank"], ["blank", "blank"]], "in on Friday: the report is over");
    // The next register finds her missing, and nobody's report silences that.
    desk.done("10:00", register(G8KM, am(24), &[(AMIRA, "N")]));
    assert_eq!(desk.mark(AMIRA, am(24)), "N");
}
