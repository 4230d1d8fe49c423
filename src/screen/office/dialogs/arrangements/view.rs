//! Draws the arrangements, and everybody in the chosen one below them.

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::{Action, Arrangements, Part, sorted};
use crate::domain::facts::arrangement::{Arrangement, Stage, due_counts};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::{Canvas, Unseen};
use crate::screen::widgets::text::{masked, wrapped};

/// "Arrangements  14, 2 to review, 1 about to end".
pub fn title(count: usize, context: &ViewContext) -> String {
    let (review, ends) = due_counts(context.roll().arrangements(), context.now.date());
    let said = [(review, "to review"), (ends, "about to end")].map(|(count, what)| match count {
        0 => String::new(),
        count => format!(", {count} {what}"),
    });
    format!("Arrangements  {count}{}", said.concat())
}

/// Draw them; says where the cursor belongs.
pub fn draw(all: &Arrangements, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let theme = canvas.theme;
    if all.list.is_empty() {
        let new = all.keys.first_key(Action::New).unwrap_or_default();
        let text = format!(
            "Nothing is arranged for many pupils. Press {new} to enter a trip, work experience or another arrangement."
        );
        for (row, text) in wrapped(&text, area.width, 2).iter().enumerate() {
            canvas.line(area, row).text(text, theme.dim);
        }
        return None;
    }
    // The list has what it needs, up to half.
    let wanted = u16::try_from(all.list.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(6) / 2).max(1);
    let asks = Constraint::Length(u16::from(all.ending.is_open()));
    let [heading, rows, asked, _, about, members] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(wanted),
        asks,
        Constraint::Length(1),
        Constraint::Length(4),
        Constraint::Fill(1),
    ])
    .areas(area);
    // Of the two lists one hears keys: only its chosen row is bright.
    let is_in_members = matches!(all.part, Part::Members);
    draw_heading(heading, canvas);
    canvas.focused = !is_in_members;
    draw_rows(all, rows, canvas);
    let cursor = all.ending.draw(asked, 0, theme.title, canvas);
    if let Some(one) = all.chosen(canvas.context) {
        draw_about(all, one, about, canvas);
        canvas.focused = is_in_members;
        draw_members(all, one, members, canvas);
    }
    canvas.focused = true;
    cursor
}

fn draw_rows(all: &Arrangements, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let today = context.now.date();
    let columns = Columns::of(area.width);
    all.list.draw(area, canvas, |mut drawn| {
        let Some(one) = context.roll().arrangement(drawn.id) else { return };
        let style = drawn.style;
        let stage = one.stage(today);
        let (sign, state) = match stage {
            Stage::Due(_) => ("!", style.patch(theme.overdue)),
            Stage::Current | Stage::Coming => (" ", style),
            Stage::Over => (" ", if drawn.chosen { style } else { theme.dim }),
        };
        let when = one.when(today);
        let when = if columns.is_whole { when.as_str() } else { shortened(&when) };
        drawn
            .line
            .column(sign, 1, state)
            .skip(1)
            .column(&one.terms.title, columns.title, state)
            .skip(1)
            .column(one.code.as_str(), CODE, state)
            .skip(1)
            .column(&one.days(), columns.days, state)
            .skip(1)
            .column(&format!("{:>6}", one.count(today)), COUNT, state)
            .skip(2)
            .text(when, state);
    });
}

/// Columns of a code.
const CODE: u16 = 4;
/// Columns of how many pupils there are.
const COUNT: u16 = 6;

/// Columns of a pupil's name, and of the tutor group.
const NAME: u16 = 30;
const GROUP: u16 = 6;

/// How wide what is.
struct Columns {
    title: u16,
    days: u16,
    /// There is room for all that is said of when.
    is_whole: bool,
}

impl Columns {
    fn of(width: u16) -> Columns {
        let is_whole = width >= 110;
        let (days, when) = if is_whole { (22, 47) } else { (14, 18) };
        Columns { title: width.saturating_sub(days + when + CODE + COUNT + 7), days, is_whole }
    }
}

/// "until Fri 18 Dec" of "until Fri 18 Dec, review 4 Dec"; "from Mon 30 Nov" of one to come.
fn shortened(when: &str) -> &str {
    let first = when.split_once(", ").map_or(when, |(first, _)| first);
    first.split_once(" until ").map_or(first, |(from, _)| from)
}

/// What stands in which column.
fn draw_heading(area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, columns) = (canvas.theme, Columns::of(area.width));
    canvas
        .line(area, 0)
        .skip(2)
        .column("with", columns.title, theme.dim)
        .skip(1)
        .column("code", CODE, theme.dim)
        .skip(1)
        .column("days", columns.days, theme.dim)
        .skip(1)
        .column("pupils", COUNT, theme.dim);
}

/// What else is known of the chosen one.
fn draw_about(all: &Arrangements, one: &Arrangement, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let meaning = context.roll().codes.row(one.code).map_or("", |row| row.meaning.as_str());
    let number = match one.terms.number.as_str() {
        "" => String::new(),
        number if all.shown == Some(one.id) => number.to_owned(),
        number => masked(number, theme),
    };
    let day = |date: NaiveDate| date.format("%a %-d %b %Y");
    canvas
        .line(area, 0)
        .text(&one.terms.title, theme.title)
        .skip(2)
        .text(&format!("{} {meaning}", one.code), theme.plain)
        .skip(2)
        .text(&number, theme.plain);
    let entered = format!("entered by {} on {}", one.who, one.at.format("%-d %b %Y"));
    let when = match one.from == one.terms.until {
        true => day(one.from).to_string(),
        false => format!("{}, {} to {}", one.terms.days, day(one.from), day(one.terms.until)),
    };
    canvas.line(area, 1).text(&when, theme.plain).skip(2).text(&entered, theme.dim);
    canvas.line(area, 2).text(&one.terms.note, theme.dim);
    // Whatever its days are, the marks below are today's.
    canvas.line(area, 3).skip(2 + NAME + 1 + GROUP + 1).text("today", theme.dim);
}

fn draw_members(all: &Arrangements, one: &Arrangement, area: Rect, canvas: &mut Canvas<'_>) {
    let context = canvas.context;
    let members = sorted(one, context.now.date(), context);
    let (hears, unseen) = (canvas.focused, canvas.unseen);
    all.members.draw(area, canvas, |mut drawn| {
        let Some((member, pupil)) = members.get(drawn.place).zip(context.pupil(drawn.id)) else { return };
        let style = drawn.style;
        let since = (member.from != one.from).then(|| format!("from {}", member.from.format("%-d %b")));
        let until = (member.until != one.terms.until).then(|| format!("until {}", member.until.format("%-d %b")));
        let span = [since, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
        drawn
            .line
            .skip(2)
            .name(&context.roll().name_in_group(pupil), NAME, style)
            .skip(1)
            .column(context.roll().group_name(pupil), GROUP, style)
            .skip(1)
            .column(&context.marks_in_columns(drawn.id), 20, style)
            .skip(1)
            .text(&span, style);
    });
    // The frame counts the rows of the list that is moved in; those of the other only where that is seen whole.
    if !hears && unseen != Unseen::default() {
        canvas.unseen = unseen;
    }
}
