//! Lessons' registers: handed in, taken back, and chased. They settle no statutory mark.

use firstbell::domain::act::{Act, TakenBy};
use firstbell::domain::incoming::{Incoming, IncomingLesson};
use firstbell::domain::lesson::LessonId;
use firstbell::domain::pupil::PupilId;
use firstbell::domain::register::ChaseMethod;

use crate::support::*;

fn school() -> (Desk, LessonId) {
    let mut desk = Desk::new();
    let due = |admission_no: &str, class: &str| IncomingLesson {
        pupil: key(admission_no),
        date: november(24),
        period: "2".to_owned(),
        class: class.to_owned(),
        teacher: Some("Ms Ali".to_owned()),
        room: Some("R4".to_owned()),
        mark: None,
    };
    let lessons = placed([due("001", "8KM Maths"), due("004", "8KM Maths"), due("002", "9TR Art")]);
    desk.merge(&Incoming { lessons, ..Incoming::default() });
    let day = desk.store.day(november(24)).unwrap();
    let maths = day.lessons.iter().find(|lesson| lesson.class == "8KM Maths").unwrap().id;
    (desk, maths)
}

fn take(lesson: LessonId, by: TakenBy, marks: &[(PupilId, &str)]) -> Act {
    Act::TakeLesson { lesson, by, marks: marks.iter().map(|(pupil, text)| (*pupil, mark(text))).collect() }
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
    assert_eq!(paper.says, "8KM Maths register taken by Ms Ali, on paper, 2 marks");
    assert_eq!(paper.lesson, Some(maths));
    let second = desk.done("10:10", take(maths, teacher(), &[(LOUIS, "L")]));
    assert_eq!(second.says, "8KM Maths register taken by Ms Ali, 1 mark");
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
    let says = desk.refused("10:05", take(maths, teacher(), &[(AMIRA, "/"), (BILAL, "/")]));
    assert_eq!(says, "Khan, Bilal is not in 8KM Maths");
    assert_eq!(desk.refused("10:05", take(LessonId(99), teacher(), &[])), "there is no such lesson");
    let says = desk.refused("10:05", take(maths, teacher(), &[(AMIRA, "&")]));
    assert_eq!(says, "& is not an attendance code");
}

#[test]
fn a_lesson_is_chased_and_the_chase_taken_back() {
    let (mut desk, maths) = school();
    let chases = |desk: &mut Desk| desk.store.day(november(24)).unwrap().lesson(maths).unwrap().chases;
    let chase = |method| Act::ChaseLesson { lesson: maths, method };
    let first = desk.done("10:05", chase(ChaseMethod::Phone));
    assert_eq!((first.says.as_str(), first.lesson), ("Chased 8KM Maths by phone", Some(maths)));
    let second = desk.done("10:08", chase(ChaseMethod::Runner));
    assert_eq!(chases(&mut desk), 2);
    assert_eq!(desk.undo("10:09", second.act).says, "Chase of a lesson by runner undone");
    assert_eq!(chases(&mut desk), 1);
}
