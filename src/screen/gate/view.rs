//! Draws the gate: what an arrival counts as now, the line and who fits it, the reasons, what could not be done, the last five.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::logged::{Entry, What};
use super::taken::Taken;
use super::{Action, Gate};
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::presence::{OUT_REASONS, Way};
use crate::domain::facts::register::ordinal;
use crate::domain::late::gate::{NOT_IN, Standing, nth_late, out_since, shown, standing, would_be};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::timeline::arrival::judge;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::late_reason;
use crate::screen::widgets::text::{Line, width};

/// Rows of the last that were logged.
const LAST: u16 = 5;
/// Columns of a tutor group, of a mark, of a time.
const GROUP: u16 = 8;
const MARK: u16 = 11;
const TIME: u16 = 7;
/// The least width at which more than name, form and mark is shown, and the least at which long names are whole.
const WIDE: u16 = 60;
const WIDER: u16 = 100;

/// Draw it.
pub fn draw(
    gate: &Gate,
    area: Rect,
    buffer: &mut Buffer,
    (context, unsaved): (&ViewContext, usize),
    theme: &Theme,
) -> Option<Position> {
    let area = Rect { x: area.x + u16::from(area.width > 1), width: area.width.saturating_sub(2), ..area };
    let mut left = area;
    let mut take = |rows: u16, at_top: bool| {
        let rows = rows.min(left.height);
        let y = if at_top { left.y } else { left.bottom() - rows };
        let place = Rect { y, height: rows, ..left };
        left = Rect { y: left.y + if at_top { rows } else { 0 }, height: left.height - rows, ..left };
        place
    };
    let head = take(if area.height >= 6 { 2 } else { 0 }, true);
    let line = take(1, true);
    let last = if area.height >= 14 { take(LAST + 1, false) } else { Rect { height: 0, ..area } };
    let reasons = take(if gate.way == Way::Out { 4 } else { 3 }, false);
    let answers = take(u16::try_from(gate.answers.len()).unwrap_or(0), false);
    draw_head(unsaved, head, buffer, context, theme);
    let cursor = draw_line(gate, line, buffer, context, theme);
    match &gate.taken {
        Some(taken) => draw_taken(taken, left, buffer, context, theme),
        None => draw_found(gate, left, buffer, context, theme),
    }
    draw_last(gate, last, buffer, context, theme);
    for (row, message) in gate.answers.iter().enumerate() {
        let text = format!("{} {message}", theme.symbols.refused);
        Line::new(buffer, answers, row, theme).text(&text, theme.refused);
    }
    draw_reasons(gate, reasons, buffer, context, theme).or(cursor)
}

fn rule(area: Rect, row: usize, text: &str, buffer: &mut Buffer, theme: &Theme) {
    let dash = if theme.ascii { "-" } else { "─" };
    let mut line = Line::new(buffer, area, row, theme);
    if !text.is_empty() {
        line.text(&dash.repeat(2), theme.border).skip(1).text(text, theme.dim).skip(1);
    }
    let rest = dash.repeat(line.room().into());
    line.text(&rest, theme.border);
}

/// "GATE  AM closed 09:10  now U 32 min  2 not saved yet".
fn draw_head(unsaved: usize, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) {
    let mut line = Line::new(buffer, area, 0, theme);
    line.text("GATE", theme.title).skip(3);
    match &context.day.times {
        Some(times) => {
            let session = times.arriving(context.time());
            let own = times.of(session);
            let register = if context.time() < own.closes { "register closes" } else { "register closed" };
            line.text(&format!("{session} {register} {}", own.closes.format("%H:%M")), theme.plain).skip(3);
            let now = shown(Some(judge(context.time(), session, own)), session);
            line.text("now: ", theme.plain).text(&now, theme.title).skip(3);
        }
        None => drop(line.text("no school today", theme.title).skip(3)),
    }
    if unsaved > 0 {
        line.text(&format!("{unsaved} not saved yet"), theme.overdue);
    }
    rule(area, 1, "", buffer, theme);
}

/// "In   mo_", with what is stamped, and who is ticked.
fn draw_line(gate: &Gate, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
    let prompt = if gate.way == Way::Out { "OUT " } else { "In  " };
    let style = if gate.way == Way::Out { theme.overdue } else { theme.title };
    let field = Rect { x: area.x + 4.min(area.width), width: area.width.saturating_sub(4).min(32), ..area };
    let mut line = Line::new(buffer, area, 0, theme);
    line.text(prompt, style).skip(field.width + 2);
    if let Some(stamp) = gate.coach_stamp.or(gate.line.stamp()) {
        line.text(&format!("stamped {}", stamp.format("%H:%M")), theme.plain).skip(2);
    }
    if !gate.coach.is_empty() {
        let text = format!("{} ticked: {}", gate.coach.len(), coach_names(&gate.coach, context).join(", "));
        let room = line.room();
        line.column(&text, room, theme.title);
    }
    gate.line.field().draw(field, buffer, theme).filter(|_| gate.taken.is_none())
}

fn draw_found(gate: &Gate, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) {
    let found = gate.line.found();
    if gate.line.is_empty() {
        let text = match (gate.way, gate.coach.is_empty()) {
            (Way::Out, _) => "Who goes out? Part of a name, a form, a number.",
            (Way::Back, true) => "Part of a name, a form, a number, or scan a card.",
            (Way::Back, false) => "The next of the coach, or enter for the reason of all.",
        };
        Line::new(buffer, area, 1, theme).text(text, theme.dim);
        return;
    }
    if found.is_empty() {
        Line::new(buffer, area, 0, theme).text("Nobody matches.", theme.dim);
    }
    let time = gate.coach_stamp.or(gate.line.stamp()).unwrap_or(context.time());
    let height = usize::from(area.height);
    let rows = if found.len() > height { height.saturating_sub(1).max(1) } else { height };
    let shown = found.window(rows);
    let unseen = found.unseen().describe(theme).join("  ");
    Line::new(buffer, area, rows, theme).skip(2).text(&unseen, theme.dim);
    for (row, id) in found.ids(shown).iter().enumerate() {
        let Some(pupil) = context.pupil(*id) else { continue };
        let here = found.chosen() == Some(*id);
        let style = if here { theme.chosen } else { theme.plain };
        let mut line = Line::filled(buffer, area, row, style, theme);
        line.column(if here { theme.symbols.here } else { "" }, 2, style);
        draw_pupil(&mut line, pupil, time, gate.way, context, style);
    }
}

/// "Mori, Yui  9BW  U 32 min  3rd late this half-term", or what the gate must know.
fn draw_pupil(
    line: &mut Line<'_>,
    pupil: &Pupil,
    time: chrono::NaiveTime,
    way: Way,
    context: &ViewContext,
    style: Style,
) {
    let name = name_width(line.room());
    line.name(&context.roll().name_in_group(pupil), name, style).skip(1);
    line.column(context.roll().group_name(pupil), GROUP, style);
    let session = session_at(context, time);
    let mark = would_be(&context.day, pupil, time, None);
    let often = often(context, pupil, session, mark);
    let (first, text) = match (standing(&context.day, pupil, time), way) {
        (Standing::Out(since), _) => (String::new(), out_since(since)),
        (Standing::Barred(why), _) if way == Way::Back || !pupil.on_roll(context.day.date) => (String::new(), why),
        (_, Way::Out) => {
            let is_in = context.day.is_in(pupil.id, session);
            (String::new(), if is_in { "in" } else { NOT_IN }.to_owned())
        }
        (Standing::Notice(why), _) if !mark.is_some_and(Mark::is_late) => (String::new(), why.to_owned()),
        (Standing::Notice(why), _) => (shown(mark, session), why.to_owned()),
        _ => (shown(mark, session), often),
    };
    let room = if first.is_empty() { 0 } else { MARK.max(width(&first) + 1) };
    line.column(&first, room, style);
    let rest = line.room();
    line.column(&text, rest, style);
}

/// "Mori Y" for each; those of whom two would be called so have their whole names.
fn coach_names(coach: &[PupilId], context: &ViewContext) -> Vec<String> {
    let pupils: Vec<&Pupil> = coach.iter().filter_map(|id| context.pupil(*id)).collect();
    let names = pupils.iter().map(|pupil| {
        let short = short_name(pupil);
        let is_alone = pupils.iter().filter(|other| short_name(other) == short).count() == 1;
        if is_alone { short } else { context.roll().telling_name(pupil).to_string() }
    });
    names.collect()
}

/// "Mori Y".
fn short_name(pupil: &Pupil) -> String {
    let initial = pupil.forename.chars().next().map(String::from).unwrap_or_default();
    format!("{} {initial}", pupil.surname).trim().to_owned()
}

/// Columns of a name in a row of so many.
fn name_width(row: u16) -> u16 {
    match row {
        WIDER.. => 34,
        WIDE.. => 22,
        _ => row.saturating_sub(1 + GROUP + MARK).max(8),
    }
}

fn session_at(context: &ViewContext, time: chrono::NaiveTime) -> Session {
    context.day.times.as_ref().map_or(Session::Am, |times| times.arriving(time))
}

/// "3rd late this half-term, last bus"; nothing for who would not be late.
fn often(context: &ViewContext, pupil: &Pupil, session: Session, mark: Option<Mark>) -> String {
    if !mark.is_some_and(Mark::is_late) {
        return String::new();
    }
    let last = context.day.late_reasons_before.get(&pupil.id).map(|reason| format!(", last {reason}"));
    format!("{} late this half-term{}", ordinal(nth_late(&context.day, pupil, session)), last.unwrap_or_default())
}

/// The pupils who wait for a reason, with the mark that will be saved.
fn draw_taken(taken: &Taken, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) {
    let session = session_at(context, taken.stamp);
    let rows = usize::from(area.height.saturating_sub(3));
    for (row, pupil) in taken.pupils.iter().take(rows).filter_map(|id| context.pupil(*id)).enumerate() {
        let mut line = Line::new(buffer, area, row, theme);
        line.text(theme.symbols.here, theme.key).skip(1);
        let name = name_width(line.room());
        line.name(&context.roll().name_in_group(pupil), name, theme.title).skip(1);
        line.column(context.roll().group_name(pupil), GROUP, theme.title);
        if taken.way == Way::Out {
            line.text(&format!("goes out at {}", taken.stamp.format("%H:%M")), theme.title);
            continue;
        }
        let mark = would_be(&context.day, pupil, taken.stamp, taken.instead);
        let message = shown(mark, session);
        line.column(&message, MARK.max(width(&message) + 1), theme.title);
        let often = often(context, pupil, session, mark);
        let room = line.room();
        line.column(&often, room, theme.plain);
    }
    let drawn = taken.pupils.len().min(rows);
    Line::new(buffer, area, drawn, theme).skip(2).more(taken.pupils.len() - drawn);
    if let Some(why) = &taken.warning {
        let still = if taken.way == Way::Out { "Enter twice" } else { "A reason's key" };
        let text = format!("{} {why}. {still} still logs it.", theme.symbols.changed);
        Line::new(buffer, area, drawn + 1, theme).text(&text, theme.overdue);
    } else if taken.instead.is_some() {
        let text = format!("{} Not as the clock says: a reason is needed.", theme.symbols.changed);
        Line::new(buffer, area, drawn + 1, theme).text(&text, theme.overdue);
    }
    if let Some(letter) = taken.begun() {
        let reason = late_reason::with_key(letter, &context.roll().school.late_reasons);
        let text = match reason {
            Some(reason) => {
                format!("{letter}: {}, with enter or the next card. Another letter makes it a name.", reason.says)
            }
            None => format!("{letter}: no reason's key. Another letter makes it a name."),
        };
        Line::new(buffer, area, drawn + 2, theme).text(&text, theme.title);
    }
}

/// The reasons with their keys; on the way out the field they are typed in.
fn draw_reasons(
    gate: &Gate,
    area: Rect,
    buffer: &mut Buffer,
    context: &ViewContext,
    theme: &Theme,
) -> Option<Position> {
    let going = gate.taken.as_ref().filter(|taken| taken.way == Way::Out);
    rule(area, 0, if gate.way == Way::Out { "why they go out" } else { "reasons" }, buffer, theme);
    if gate.way == Way::Out {
        let meant = going.map(Taken::reason_out).unwrap_or_default();
        for (row, offers) in OUT_REASONS.chunks(OUT_REASONS.len().div_ceil(2)).enumerate() {
            let mut line = Line::new(buffer, area, row + 2, theme);
            for offer in offers {
                let here = if *offer == meant { theme.symbols.here } else { "" };
                let style = if *offer == meant { theme.key } else { theme.dim };
                line.column(here, 2, style).column(offer, 24, style);
            }
        }
        let place = Rect { y: area.y + 1, height: area.height.saturating_sub(1).min(1), ..area };
        let field = Rect { x: place.x + 4.min(place.width), width: place.width.saturating_sub(4), ..place };
        let taken = going?;
        Line::new(buffer, place, 0, theme).text("Why", theme.title);
        return taken.field().draw(field, buffer, theme);
    }
    let asked = gate.taken.is_some();
    let (key, text) = if asked { (theme.key, theme.plain) } else { (theme.dim, theme.dim) };
    let mut row = 1;
    let mut line = Line::new(buffer, area, row, theme);
    let school = context.roll().school.late_reasons.iter().map(|reason| {
        let alt = if reason.key.is_ascii_digit() { "alt-" } else { "" };
        (format!("{alt}{}", reason.key), reason.says.clone())
    });
    let same = gate.last_reason.as_ref().zip(gate.keys.first_key(Action::Repeat));
    let same = same.map(|(reason, key)| (key, format!("same: {reason}")));
    for (letter, reason) in school.chain(same) {
        if line.room() < width(&letter) + width(&reason) + 1 && row == 1 {
            row = 2;
            line = Line::new(buffer, area, row, theme);
        }
        line.text(&letter, key).skip(1).text(&reason, text).skip(2);
    }
    None
}

/// The last that were logged here: time, name, form, mark, reason.
fn draw_last(gate: &Gate, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) {
    if area.height == 0 {
        return;
    }
    rule(area, 0, "logged here", buffer, theme);
    for (row, entry) in gate.logged.entries().iter().take(LAST.into()).enumerate() {
        let Some(pupil) = context.pupil(entry.pupil) else { continue };
        let style = if entry.taken_back { theme.dim } else { theme.plain };
        let mut line = Line::new(buffer, area, row + 1, theme);
        line.column(&entry.time.format("%H:%M").to_string(), TIME, style);
        let name = name_width(line.room());
        line.name(&context.roll().name_in_group(pupil), name, style).skip(1);
        line.column(context.roll().group_name(pupil), GROUP, style);
        let mark = logged_as(entry, context);
        line.column(&mark, MARK.max(width(&mark) + 1), style);
        // At an open counter nobody reads why somebody went out.
        let reason = entry.reason.as_deref().filter(|_| matches!(entry.what, What::Came(_)));
        let room = line.room();
        line.column(reason.unwrap_or_default(), room, style);
    }
}

/// The mark as it stands now, or that it was taken back.
fn logged_as(entry: &Entry, context: &ViewContext) -> String {
    match entry.what {
        _ if entry.taken_back => "taken back".to_owned(),
        What::Came(session) => shown(context.day.mark(entry.pupil, session).settled, session),
        What::Went(Way::Out) => "out".to_owned(),
        What::Went(Way::Back) => "back in".to_owned(),
    }
}
