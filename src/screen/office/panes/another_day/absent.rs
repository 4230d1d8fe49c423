//! Who was absent on another day, or is known to be away on one to come: the marks of each session and why they stand.

use ratatui::layout::Rect;

use super::ListOfDay;
use crate::domain::absence::of_day::{Absent as Absence, Left, absent};
use crate::domain::act::Receipt;
use crate::domain::day::Timelines;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::{Tense, ViewContext, short};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::list;
use crate::screen::widgets::pane::{Column, Pane, PaneName};
use crate::screen::widgets::text::width;

/// Columns of a tutor group, and the least of a session's mark, without what parts it from the next: a blank, or two in a wide row.
const GROUP: u16 = 6;
const MARK_LEAST: u16 = 3;
const WIDE: u16 = 60;
/// The least columns that a reason is given: "reason by Mon 30 Nov", and "by Mon 30 Nov" in a row of few columns.
const WHY_LEAST: u16 = 20;
const WHY_SHORT: u16 = 14;
const FEW: u16 = 50;
/// The least columns that a name is given.
const NAME_LEAST: u16 = 12;

struct Row {
    absence: Absence,
    why: String,
}

/// The pane.
#[derive(Default)]
pub struct Absent {
    list: ListOfDay<PupilId>,
    rows: Vec<Row>,
    is_ahead: bool,
    /// Columns of the longest name, and a blank.
    longest: u16,
}

impl Absent {
    /// Empty until the day comes; this pupil is chosen if absent on it.
    pub fn seeking(pupil: Option<PupilId>) -> Absent {
        Absent { list: ListOfDay::seeking(pupil), ..Absent::default() }
    }

    fn left(&self, what: Left) -> usize {
        self.rows.iter().filter(|row| row.absence.left == what).count()
    }

    fn row(&self, pupil: PupilId) -> Option<&Row> {
        self.rows.iter().find(|row| row.absence.pupil == pupil)
    }
}

/// Why the mark stands that the row is about; of one that is an open question, until when a reason may come.
fn why(absence: &Absence, timelines: &Timelines<'_>, context: &ViewContext) -> String {
    let (day, today) = (&context.day, context.now.date());
    match absence.left {
        Left::AtN => match day.roll.calendar.n_deadline(day.date) {
            Some(until) if until < today => format!("reason was due {}", until.format("%a %-d %b")),
            Some(until) if until == today => "reason due today".to_owned(),
            Some(until) => format!("reason by {}", until.format("%a %-d %b")),
            None => "no reason yet".to_owned(),
        },
        Left::Blank => format!("no mark {}", absence.session),
        Left::Nothing => {
            let stands = day.mark(absence.pupil, absence.session).settled;
            let line = context.pupil(absence.pupil).map(|pupil| timelines.of(pupil));
            line.map(|line| line.why_beside(absence.session, stands)).unwrap_or_default()
        }
    }
}

impl Pane for Absent {
    fn name(&self) -> PaneName {
        match self.is_ahead {
            true => PaneName { title: "Expected away", tab: "Expected away", short: "Away" },
            false => PaneName { title: "Absent", tab: "Absent", short: "Abs" },
        }
    }

    fn column(&self) -> Column {
        Column::Middle
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        self.is_ahead = context.tense == Tense::Ahead;
        let was_left = self.list.list.chosen().and_then(|pupil| self.row(pupil)).map(|row| row.absence.left);
        let timelines = Timelines::whole(&context.day);
        let row = |absence: Absence| Row { why: why(&absence, &timelines, context), absence };
        self.rows = absent(&context.day, !self.is_ahead).into_iter().map(row).collect();
        let names = self.rows.iter().filter_map(|row| context.pupil(row.absence.pupil));
        let widths = names.map(|pupil| width(&context.roll().name_in_group(pupil).to_string()));
        self.longest = widths.max().unwrap_or(0) + 1;
        let ids = self.rows.iter().map(|row| row.absence.pupil).collect();
        let rows = &self.rows;
        let is_settled = |pupil| {
            let left = rows.iter().find(|row| row.absence.pupil == pupil).map(|row| row.absence.left);
            own_receipt.is_some_and(|receipt| receipt.pupils.contains(&pupil))
                && (left.is_none() || left == Some(Left::Nothing) && was_left != left)
        };
        self.list.take(context.day.date, ids, is_settled);
    }

    fn handle_key(&mut self, key: Key, _context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        self.list.list.handle_opening_key(key, list, Ask::Card)
    }

    fn chosen(&self) -> Option<PupilId> {
        self.list.list.chosen()
    }

    fn went_on(&self) -> bool {
        self.list.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.list.confirm();
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn count(&self, between: &str) -> String {
        let left = [(self.left(Left::AtN), "still at N"), (self.left(Left::Blank), "blank")];
        let left =
            left.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(" {between} {count} {what}"));
        format!("{}{}", self.rows.len(), left.collect::<String>())
    }

    fn tab_mark(&self) -> String {
        if self.left(Left::AtN) + self.left(Left::Blank) > 0 { "!".to_owned() } else { String::new() }
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        if self.rows.is_empty() {
            let text = if self.is_ahead { "Nobody is known to be away." } else { "Nobody was absent." };
            canvas.line(area, 0).text(text, theme.dim);
            return;
        }
        let marks = self.rows.iter().flat_map(|row| &row.absence.marks).map(|(_, mark)| width(&short(*mark)));
        let mark_width = marks.max().unwrap_or(0).max(MARK_LEAST) + if area.width < WIDE { 1 } else { 2 };
        self.list.list.draw(area, canvas, |mut drawn| {
            let style = drawn.style;
            let Some(row) = self.rows.get(drawn.place) else { return };
            let Some(pupil) = context.pupil(row.absence.pupil) else { return };
            let marks = mark_width * u16::try_from(row.absence.marks.len()).unwrap_or(0);
            let room = drawn.line.room();
            let why_least = if room < FEW { WHY_SHORT } else { WHY_LEAST };
            let group = if room >= marks + GROUP + why_least { GROUP } else { 0 };
            let name = self.longest.min(room.saturating_sub(marks + group + why_least).max(NAME_LEAST));
            let said = if group > 0 { context.roll().name_in_group(pupil) } else { context.roll().telling_name(pupil) };
            drawn.line.bar_name(&said, name, style).bar(context.roll().group_name(pupil), group, style);
            let is_left = row.absence.left != Left::Nothing;
            for (session, mark) in &row.absence.marks {
                let is_open = is_left && *session == row.absence.session;
                let style = if is_open { theme.overdue } else { theme.plain };
                drawn.line.column(&short(*mark), mark_width, style);
            }
            let rest = drawn.line.room();
            // What is cut is never the date.
            let briefly = row.why.strip_prefix("reason ").filter(|_| width(&row.why) > rest);
            drawn.line.column(briefly.unwrap_or(&row.why), rest, if is_left { theme.plain } else { theme.dim });
        });
    }
}
