//! What a paper register leaves out, what it hands in, and what it says of itself.

use hashbrown::HashSet;

use super::*;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::facts::register::Register;
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::testing::*;

const KEMP: RegisterRef = RegisterRef::Group(G8KM);

fn typed(text: &str) -> Option<Typed> {
    Some(Typed::Mark(mark(text)))
}

fn register_of(day: &mut Day, session: Session) -> &mut Register {
    day.registers.iter_mut().find(|one| one.group == G8KM && one.session == session).unwrap()
}

fn shown(paper: &Paper) -> Vec<(PupilId, String)> {
    paper.marks().into_iter().map(|(pupil, mark)| (pupil, mark.to_string())).collect()
}

#[test]
fn everybody_is_present_but_for_the_exceptions() {
    let mut paper = Paper::begin(&day(&[]), KEMP, Session::Am);
    assert_eq!(paper.describe(), "4 present");
    paper.set_typed(LOUIS, typed("L"));
    paper.set_typed(AMIRA, typed("N"));
    paper.set_typed(SANNE, Some(Typed::Blank));
    let all = [(LOUIS, "L".to_owned()), (AMIRA, "N".to_owned()), (SIOBHAN, "/".to_owned())];
    assert_eq!(shown(&paper), all);
    assert_eq!(paper.describe(), "1 present, 1 late, 1 N, 1 blank");
    paper.set_typed(AMIRA, None);
    paper.set_typed(SANNE, typed("M"));
    assert_eq!(paper.describe(), "2 present, 1 late, 1 M");
    assert_eq!(Paper::begin(&day(&[]), KEMP, Session::Pm).marks()[0].1, mark("\\"));
}

#[test]
fn a_line_is_written_in_a_few_letters() {
    let mut day = day(&[]);
    let maths = RegisterRef::Lesson(lesson(&mut day, 7, "1", "8KM Maths", &[(AMIRA, None)]));
    for (register, written, shown) in [
        (KEMP, "n", Ok("N")),
        (KEMP, " c1 ", Ok("C1")),
        (KEMP, "/", Ok("\\")),
        (KEMP, "L12", Ok("L 12 min")),
        (KEMP, "u9", Ok("U 9 min")),
        (KEMP, "L", Ok("L")),
        (KEMP, "-", Ok("blank")),
        (KEMP, "L1200", Err("minutes late have at most 3 digits")),
        (KEMP, "ZZ", Err("ZZ is not an attendance code")),
        (KEMP, "late", Err("“LATE” is no attendance code")),
        (KEMP, "", Err("“” is no attendance code")),
        (maths, "/", Ok("\\")),
    ] {
        let typed = Paper::begin(&day, register, Session::Pm).written(written, AMIRA, &day, at("15:00"));
        let typed = typed.map(|typed| match typed {
            Typed::Mark(mark) => mark.to_string(),
            Typed::Blank => "blank".to_owned(),
        });
        assert_eq!(typed.as_deref().map_err(String::as_str), shown, "{written}");
    }
    assert!(Paper::begin(&day, KEMP, Session::Am).written("\\", AMIRA, &day, at("15:00")).is_err());
    assert!(Paper::begin(&day, maths, Session::Am).written("\\", AMIRA, &day, at("15:00")).is_ok());
}

#[test]
fn nobody_came_at_a_time_still_to_come() {
    let mut day = day(&[]);
    let maths = RegisterRef::Lesson(lesson(&mut day, 7, "1", "8KM Maths", &[(AMIRA, None)]));
    for (register, written, now, refused) in [
        (KEMP, "L12", "08:52", false),
        (KEMP, "L12", "08:51", true),
        (KEMP, "U999", "15:00", true),
        (KEMP, "L", "08:41", false),
        (maths, "L9", "09:20", false),
        (maths, "L9", "08:55", true),
    ] {
        let typed = Paper::begin(&day, register, Session::Am).written(written, AMIRA, &day, at(now));
        assert_eq!(typed.is_err(), refused, "{written} {now}");
    }
    let typed = Paper::begin(&day, KEMP, Session::Am).written("L12", AMIRA, &day, at("08:45"));
    assert_eq!(typed, Err("08:52 has not come yet: it is 08:45".to_owned()));
}

#[test]
fn whoever_stands_with_a_mark_is_left_as_they_stand_and_may_be_marked_over() {
    let mut day = day(&[(AMIRA, Session::Am, "I"), (LOUIS, Session::Am, "L 17"), (SIOBHAN, Session::Am, "N")]);
    day.evidence.insert((AMIRA, Session::Am), vec![report("I", "08:15")]);
    day.evidence.insert((LOUIS, Session::Am), vec![gate("08:57")]);
    let mut paper = Paper::begin(&day, KEMP, Session::Am);
    let words = |paper: &Paper, pupil| paper.line(pupil).unwrap().current.map(|current| current.by);
    assert_eq!([AMIRA, LOUIS, SIOBHAN].map(|id| words(&paper, id)), [Some("report"), Some("gate"), Some("tutor")]);
    assert_eq!(shown(&paper), [(SANNE, "/".to_owned())]);
    assert_eq!(paper.describe(), "1 present, 3 left as is");
    paper.set_typed(AMIRA, typed("/"));
    assert_eq!(paper.describe(), "2 present, 2 left as is");
    assert_eq!(paper.marks().len(), 2);
}

#[test]
fn each_mark_that_stands_is_somebody_s_word() {
    for (settled, facts, by) in [
        ("I", vec![report("I", "08:15")], "report"),
        ("V", vec![plan("V", "museum")], "plan"),
        ("L 17", vec![gate("08:57")], "gate"),
        ("U 33", vec![report("I", "08:15"), gate("09:13")], "gate"),
        ("M", vec![plan("M", "dentist"), gate("09:13")], "plan"),
        ("O", vec![report("I", "08:15"), office("O", "09:30")], "office"),
        ("/", vec![report("I", "08:15")], "tutor"),
        ("N", vec![], "tutor"),
    ] {
        let mut day = day(&[(AMIRA, Session::Am, settled)]);
        day.evidence.insert((AMIRA, Session::Am), facts);
        let line = *Paper::begin(&day, KEMP, Session::Am).line(AMIRA).unwrap();
        assert_eq!(line.current.map(|current| current.by), Some(by), "{settled}");
    }
}

#[test]
fn of_whoever_was_missing_this_morning_or_is_out_only_what_is_typed_is_said() {
    let mut day = day(&[
        (AMIRA, Session::Am, "N"),
        (LOUIS, Session::Am, "M"),
        (SANNE, Session::Am, "U 40"),
        (SIOBHAN, Session::Am, "/"),
    ]);
    let mut paper = Paper::begin(&day, KEMP, Session::Pm);
    assert_eq!(shown(&paper), [(SIOBHAN, "\\".to_owned()), (SANNE, "\\".to_owned())]);
    assert_eq!(paper.describe(), "2 present, 2 blank");
    assert_eq!(paper.unsaid().collect::<HashSet<_>>(), HashSet::from_iter([AMIRA, LOUIS]));
    paper.set_typed(AMIRA, typed("\\"));
    assert_eq!(paper.describe(), "3 present, 1 blank");

    let (act, who, reason) = (ActId(7), "S Marsh".to_owned(), "dentist".to_owned());
    let out = Movement { act, pupil: SIOBHAN, time: time("11:00"), way: Way::Out, reason, code: None, who };
    day.movements.push(out);
    day.evidence.insert((SANNE, Session::Pm), vec![report("I", "12:15")]);
    let paper = Paper::begin(&day, KEMP, Session::Pm);
    assert_eq!(shown(&paper), [], "nobody");
    assert!(!paper.is_typed());
}

#[test]
fn a_register_that_comes_in_meanwhile_takes_nothing_off_the_paper_but_the_gate_does() {
    let mut before = day(&[]);
    let mut paper = Paper::begin(&before, KEMP, Session::Am);
    paper.set_typed(AMIRA, typed("N"));
    assert_eq!(paper.came_in(&before), None);

    let taken = Taken { act: ActId(9), at: at("09:12"), by: TakenBy::Teacher("Mrs Kemp".to_owned()) };
    register_of(&mut before, Session::Am).taken = Some(taken.clone());
    let mut after = day(&[(AMIRA, Session::Am, "/"), (SANNE, Session::Am, "N"), (LOUIS, Session::Am, "L 17")]);
    after.registers = before.registers;
    after.evidence.insert((LOUIS, Session::Am), vec![gate("08:57")]);
    paper.refresh(&after);
    assert_eq!(paper.came_in(&after), Some(&taken));
    let all = [(AMIRA, "N".to_owned()), (SIOBHAN, "/".to_owned()), (SANNE, "/".to_owned())];
    assert_eq!(shown(&paper), all);
    assert_eq!(paper.describe(), "2 present, 1 N, 1 left as is");
}

#[test]
fn in_a_lesson_whoever_is_elsewhere_or_missing_is_not_present_unless_it_is_typed() {
    let mut day = day(&[
        (AMIRA, Session::Am, "I"),
        (LOUIS, Session::Am, "N"),
        (SIOBHAN, Session::Am, "L 17"),
        (SANNE, Session::Am, "/"),
    ]);
    let due = [(AMIRA, None), (LOUIS, None), (SIOBHAN, None), (SANNE, Some("L")), (BILAL, None)];
    let id = lesson(&mut day, 7, "2", "8KM Maths", &due);
    let mut paper = Paper::begin(&day, RegisterRef::Lesson(id), Session::Am);
    let by = |pupil| paper.line(pupil).unwrap().current.map(|current| current.by);
    assert_eq!([AMIRA, LOUIS, SANNE, SIOBHAN].map(by), [Some("AM"), Some("AM"), Some("lesson"), None]);
    assert_eq!(shown(&paper), [(BILAL, "/".to_owned()), (SIOBHAN, "/".to_owned())]);
    paper.set_typed(LOUIS, typed("N"));
    assert_eq!(paper.describe(), "2 present, 1 N, 2 left as is");
}
