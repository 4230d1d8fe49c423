//! One day of a pupil's year: its marks, why they stand, who amended them, and every fact that the record holds of it.

use chrono::NaiveDate;

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::calendar::session::Session;
use crate::domain::year::day_marks::{Amended, DayMarks, SessionMarks};
use crate::domain::year::{PupilYear, Slot};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::reading::TextLine;
use crate::screen::widgets::text::wrapped_within;

/// Columns by which what belongs to a session stands in.
const IN: usize = 4;

/// "Tue 24 Nov 2026, Autumn 2".
pub(super) fn heading(year: &PupilYear, date: NaiveDate) -> String {
    let half_term = year.half_term(date).map(|one| format!(", {}", one.name)).unwrap_or_default();
    format!("{}{half_term}", date.format("%a %-d %b %Y"))
}

/// The day in full. Before its marks have come in full, what the calendar knows of them.
pub(super) fn lines(
    year: &PupilYear,
    date: NaiveDate,
    marks: Option<&DayMarks>,
    columns: u16,
    canvas: &Canvas<'_>,
) -> Vec<TextLine> {
    let theme = canvas.theme;
    // The amendment record is for whoever may print it.
    let sees_amendments = check_matter(canvas.context.role, Matter::Export).is_ok();
    let mut lines: Vec<TextLine> = Vec::new();
    let mut push = |title: &str, text: &str, indent: usize, style| {
        let wide = columns.max(24);
        for (place, line) in wrapped_within(text, wide, indent, indent + 2).into_iter().enumerate() {
            let title = Some((title.to_owned(), theme.title)).filter(|_| place == 0 && !title.is_empty());
            let text = line.get(title.as_ref().map_or(0, |_| indent)..).unwrap_or_default().to_owned();
            lines.push(title.into_iter().chain([(text, style)]).collect());
        }
    };
    let Some(slots) = year.day(date) else { return lines };
    if is_uncounted(slots.am) || is_uncounted(slots.pm) {
        let why = marks.and_then(|marks| marks.closed.clone());
        let why = why.unwrap_or_else(|| "the pupil was not on roll".to_owned());
        push("", &format!("Counts in nothing: {why}."), 0, theme.plain);
    }
    for session in Session::BOTH {
        let found = marks.and_then(|marks| marks.sessions.iter().find(|one| one.session == session));
        let title = format!("{session}  ");
        match (found, slots.of(session)) {
            (_, Slot::None) => {}
            (None, Slot::Ahead) => push(&title, "no mark yet", IN, theme.dim),
            (None, Slot::Blank) => push(&title, "no mark", IN, theme.plain),
            (None, Slot::Marked(mark) | Slot::Uncounted(mark)) => push(&title, &mark.to_string(), IN, theme.plain),
            (Some(found), _) => push(&title, &told(found), IN, theme.plain),
        }
        for one in found.map(|found| found.amended.as_slice()).filter(|_| sees_amendments).unwrap_or_default() {
            push("", &Amended::describe(one), IN, theme.plain);
        }
    }
    for fact in marks.map(|marks| marks.facts.as_slice()).unwrap_or_default() {
        push("", fact, IN, theme.dim);
    }
    lines
}

/// "L 17 min: gate 08:57 beats tutor N 08:50 (late before the register closed)".
fn told(found: &SessionMarks) -> String {
    match &found.meaning {
        Some(meaning) => format!("{} ({meaning})", found.why),
        None => found.why.clone(),
    }
}

fn is_uncounted(slot: Slot) -> bool {
    matches!(slot, Slot::Uncounted(_))
}
