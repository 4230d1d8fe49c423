//! Lessons and their registers.

use super::super::kind::{
    Kind, LESSON, OF_PUPIL, STANDING, act, code, date, entry, id, number, pupil, text, withdrawn,
};

/// The date of the lesson that a row is about.
const DATE: &str = "(SELECT date FROM lesson WHERE id = t.lesson)";

/// In an order in which each rests only on those before it.
pub const KINDS: &[Kind] = &[
    Kind {
        file: "lessons",
        table: "lesson",
        says: "Lessons",
        order: "id",
        own: Some("t.id IN (SELECT lesson FROM lesson_pupil WHERE pupil = ?1)"),
        // One that nobody is due in is shown nowhere.
        plain: Some("t.id IN (SELECT lesson FROM lesson_pupil WHERE withdrawn IS NULL)"),
        dated: Some("t.date"),
        columns: &[
            id(),
            date("date"),
            text("period").says("as the settings name it"),
            text("class"),
            text("teacher").or_nothing(),
            text("room").or_nothing(),
        ],
    },
    Kind {
        file: "lesson-pupils",
        table: "lesson_pupil",
        says: "Who is due in a lesson, and the mark that stands",
        order: "lesson, pupil",
        own: OF_PUPIL,
        plain: STANDING,
        dated: Some(DATE),
        columns: &[
            number("lesson").plainly(LESSON),
            pupil(),
            code("code").or_nothing().says("nothing until they are marked"),
            number("minutes").or_nothing(),
            act().or_nothing(),
            entry("due").or_nothing().not_plain().says("the import that said so"),
            withdrawn(),
        ],
    },
    Kind {
        file: "lesson-marks",
        table: "lesson_mark",
        says: "Every mark that a lesson's register brought",
        order: "id",
        own: OF_PUPIL,
        plain: STANDING,
        dated: Some(DATE),
        columns: &[
            id(),
            act(),
            number("lesson").plainly(LESSON),
            pupil(),
            code("code"),
            number("minutes").or_nothing(),
            withdrawn(),
        ],
    },
    Kind {
        file: "lesson-chases",
        table: "lesson_chase",
        says: "Lessons' registers that were chased",
        order: "id",
        own: None,
        plain: STANDING,
        dated: Some(DATE),
        columns: &[id(), act(), number("lesson").plainly(LESSON), text("method"), withdrawn()],
    },
];
