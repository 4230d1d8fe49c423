//! Draws the unexplained absences, and the chosen pupil's detail below them.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use unicode_truncate::UnicodeTruncateStr;

use super::{Unexplained, detail};
use crate::domain::absence::unexplained::{Cause, Standing, Unexplained as Row};
use crate::domain::calendar::duration::overdue;
use crate::domain::code::Code;
use crate::domain::people::contact::CallOutcome;
use crate::domain::people::pupil::{Flag, Tier};
use crate::domain::school::ladder::Due;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::grades::Grades;
use crate::screen::widgets::text::{Line, width};

/// Lines the detail takes, its rule included; none when the list would have fewer than this many left.
const DETAIL: u16 = 9;
const LEAST_LIST: u16 = 6;

/// Columns of what stands in a row, and between them.
const MARK: u16 = 2;
const GROUP: u16 = 4;
const FLAG: u16 = 3;
/// The next step and when it is due.
const STEP: u16 = 16;
/// The least of it, and by how much it grows with the longest: the names have the rest.
const SHORT_STEP: u16 = 12;
const STEP_BY: u16 = 2;
/// The most that names have is their longest, by so much, and at least this.
const NAME_BY: u16 = 8;
const NAME_LEAST: u16 = 24;
const TRIED: u16 = 8;
const CLUE: u16 = 13;
const GAP: u16 = 2;

/// Columns of the longest name in the list, and of the longest step that is due.
#[derive(Debug)]
pub struct Widest {
    name: u16,
    step: u16,
}

impl Widest {
    fn of(pane: &Unexplained, context: &ViewContext, theme: &Theme) -> Widest {
        let names = pane.rows.iter().filter_map(|row| context.pupil(row.pupil));
        let due = pane.rows.iter().filter(|row| matches!(row.standing, Standing::Due(_)));
        Widest {
            name: names.map(|pupil| width(&context.roll().name_in_group(pupil).to_string())).max().unwrap_or(0),
            step: due.map(|row| width(&step(row, u16::MAX, pane.is_over, theme))).max().unwrap_or(0),
        }
    }
}

/// Draw the pane inside its border.
pub fn draw(pane: &Unexplained, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    if pane.rows.is_empty() {
        let text = match &context.day.closed {
            Some(why) => format!("No school today: {why}."),
            None => "Nobody is unexplained.".to_owned(),
        };
        canvas.line(area, 0).text(&text, theme.dim);
        return;
    }
    let detail_height = if area.height >= DETAIL + LEAST_LIST { DETAIL } else { 0 };
    let [list, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(detail_height)]).areas(area);
    draw_list(pane, list, canvas);
    let chosen = pane.rows.iter().find(|row| Some(row.pupil) == pane.list.chosen());
    if let Some(row) = chosen.filter(|_| detail_height > 0) {
        detail::draw(row, below, canvas);
    }
}

fn draw_list(pane: &Unexplained, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let grades = Grades::new(theme, pane.rows.iter().map(|row| pane.is_urgent(row)));
    let widest = pane.widest.get_or_init(|| Widest::of(pane, context, theme));
    pane.list.draw(area, canvas, |drawn| {
        if let Some(row) = pane.rows.get(drawn.place) {
            let styles = [drawn.style, grades.of(drawn.place)];
            draw_row(pane, row, widest, drawn.line, context, styles, theme);
        }
    });
}

/// Siblings and tries go first when there is little room, then flags; name, tier and the next step stay.
fn draw_row(
    pane: &Unexplained,
    row: &Row,
    widest: &Widest,
    mut line: Line<'_>,
    context: &ViewContext,
    [style, step_style]: [Style; 2],
    theme: &Theme,
) {
    let Some(pupil) = context.pupil(row.pupil) else { return };
    let room = line.room();
    let flag_width = if room >= 44 { FLAG + GAP } else { 0 };
    // Two blanks part the columns; behind the last there are none.
    let (tried_width, gap) = if room >= 54 { (TRIED, GAP) } else { (0, 0) };
    let (clue_width, clue_gap) = if room >= 72 { (CLUE, GAP) } else { (0, 0) };
    let fixed = MARK + GAP + GROUP + GAP + flag_width + STEP + gap + tried_width + clue_gap + clue_width;
    // In a wide list what follows stands near the names. By few widths, or the columns would move whenever somebody leaves.
    let most = widest.name.next_multiple_of(NAME_BY).max(NAME_LEAST);
    let name_width = room.saturating_sub(fixed).clamp(8, most);
    // What no name needs, the steps have: none is cut beside blanks.
    let spare = name_width.saturating_sub(widest.name).min(widest.step.saturating_sub(STEP));
    // And what no step needs, the names have, where one is longer: by few widths, or every minute would move the columns.
    let least_step = widest.step.next_multiple_of(STEP_BY).clamp(SHORT_STEP, STEP);
    let given =
        if fixed + name_width <= room { widest.name.saturating_sub(name_width).min(STEP - least_step) } else { 0 };
    let (name_width, step_width) = (name_width + given - spare, STEP + spare - given);
    // Nobody knows where this pupil is: the whole row says so.
    let style = if row.unaware { style.patch(theme.overdue) } else { style };
    let vulnerable = row.tier == Tier::Vulnerable;
    let (mark, mark_style) = if vulnerable { (theme.symbols.vulnerable, theme.overdue) } else { ("", theme.plain) };
    let step_style = if row.unaware { style.patch(step_style) } else { step_style };
    line.column(mark, MARK, mark_style).name(&context.roll().name_in_group(pupil), name_width, style).skip(GAP).column(
        context.roll().group_name(pupil),
        GROUP + GAP,
        style,
    );
    if flag_width > 0 {
        line.column(pupil.flags.of_tier().map_or("", Flag::letters), flag_width, theme.plain);
    }
    let text = step(row, step_width, pane.is_over, theme);
    let claimed = pane.claimed(row);
    // How a missing pupil is followed up, and how far anybody's has come, is worth more than how often somebody rang.
    let spread = match &row.standing {
        Standing::Due(_) => {
            let says_nothing = row.tried == 0 && claimed.is_none() && !row.looked_for;
            (row.unaware || (tried_width > 0 && says_nothing)) && text.contains(theme.symbols.cut)
        }
        standing => tried_width > 0 && claimed.is_none() && width(&standing.describe()) > step_width,
    };
    let columns = step_width + gap + tried_width;
    let told = if clue_width > 0 { tried(row, theme) } else { tried_or_news(row, claimed.as_deref(), theme) };
    // A step that is cut in its own columns, and not in those of both, is written whole, and behind it how often somebody rang.
    let whole = step(row, columns.saturating_sub(width(&told) + 1), pane.is_over, theme);
    let is_cut = |text: &str| text.contains(theme.symbols.cut);
    if tried_width > 0 && !spread && is_cut(&text) && !is_cut(&whole) {
        line.column(&whole, columns - width(&told), step_style).text(&told, theme.plain);
    } else if spread {
        line.column(&step(row, columns, pane.is_over, theme), columns, step_style);
    } else {
        line.column(&text, step_width, step_style).skip(gap);
        line.column(&told, tried_width, theme.plain);
    }
    line.skip(clue_gap);
    if clue_width > 0 {
        let code = context.short_mark(row.pupil, row.at.session);
        let rest = line.room();
        line.column(&claimed.unwrap_or_else(|| clue(row, &code)), rest, theme.plain);
    }
}

/// What is due, and when: relative while there is little time left and once it is past, else the time itself; so too when the day is
/// over, for then nothing but a missing pupil waits to be seen to at once. A long step is cut, its time never.
fn step(row: &Row, columns: u16, is_over: bool, theme: &Theme) -> String {
    let missing = if row.unaware { "MISSING " } else { "" };
    let Standing::Due(Due { step, minutes_left, at, .. }) = &row.standing else {
        return beside_the_ladder(row, columns, theme);
    };
    let when = match minutes_left {
        _ if is_over && !row.unaware => at.format("%H:%M").to_string(),
        ..0 => overdue(-minutes_left),
        0 => "now".to_owned(),
        1..=15 => format!("in {minutes_left}m"),
        _ => at.format("%H:%M").to_string(),
    };
    // A row with MISSING needs every column: the step is the object alone, "DSL +5m".
    let step = if row.unaware { step.strip_prefix("tell ").unwrap_or(step) } else { step };
    let room = columns.saturating_sub(1 + width(missing) + width(&when));
    if width(step) <= room {
        return format!("{missing}{step} {when}");
    }
    let step = step.strip_prefix("tell ").unwrap_or(step);
    if width(step) <= room {
        return format!("{missing}{step} {when}");
    }
    let (kept, _) = step.unicode_truncate(usize::from(room.saturating_sub(1)));
    format!("{missing}{}{} {when}", kept.trim_end(), theme.symbols.cut)
}

/// How far the follow-up has come, where no step is due; cut where it is longer.
fn beside_the_ladder(row: &Row, columns: u16, theme: &Theme) -> String {
    let text = match &row.standing {
        Standing::AllDone if row.unaware => return "MISSING, all done".to_owned(),
        standing if row.unaware => format!("MISSING, {}", standing.describe()),
        // A promise that was not kept looks like none that still may be.
        Standing::OnTheWay { due, .. } if due.minutes_left < 0 => {
            let (long, at) = (format!("not here at {}", due.at.format("%H:%M")), due.at.format("%H:%M"));
            first_that_fits([long, format!("not here {at}"), format!("not in {at}")], columns)
        }
        Standing::OnTheWay { since, .. } => {
            let since = since.format("%H:%M");
            let long = row.standing.describe();
            first_that_fits([long, format!("on the way {since}"), format!("on way {since}")], columns)
        }
        standing => standing.describe(),
    };
    if width(&text) <= columns {
        return text;
    }
    let (kept, _) = text.unicode_truncate(usize::from(columns.saturating_sub(1)));
    format!("{}{}", kept.trim_end(), theme.symbols.cut)
}

/// The first that fits, or the last: a time is not cut.
fn first_that_fits(texts: [String; 3], columns: u16) -> String {
    let fits = texts.iter().position(|text| width(text) <= columns).unwrap_or(2);
    texts.into_iter().nth(fits).unwrap_or_default()
}

fn tried(row: &Row, theme: &Theme) -> String {
    match (row.tried, row.last) {
        (0, _) => theme.symbols.none.to_owned(),
        (1, Some(CallOutcome::LeftMessage)) => "1 msg".to_owned(),
        (n, _) => format!("{n} tried"),
    }
}

/// Where there is room for one thing only: who is on it or that a search goes on, before how often somebody rang.
fn tried_or_news(row: &Row, claimed: Option<&str>, theme: &Theme) -> String {
    match (claimed, row.looked_for) {
        (Some(claimed), _) => claimed.replace("calling", "calls"),
        (None, true) => "sought".to_owned(),
        (None, false) => tried(row, theme),
    }
}

fn clue(row: &Row, code: &str) -> String {
    if row.looked_for {
        return "looked for".to_owned();
    }
    match row.cause {
        Cause::NoReason => {}
        Cause::NotConfirmed => return format!("{code} unconfirmed"),
        // The mark has become N where the arrangement counted as attending: it says nothing beside that.
        Cause::NotThere if code == Code::N.as_str() => return "not there".to_owned(),
        Cause::NotThere => return format!("{code} not there"),
    }
    match (row.siblings_out, row.siblings_in, row.day) {
        (0, 0, day) if day > 1 => format!("day {day}"),
        (0, 0, _) => String::new(),
        (0, _, _) => "sibling in".to_owned(),
        (1, _, _) => "+1 sibling".to_owned(),
        (n, _, _) => format!("+{n} siblings"),
    }
}
