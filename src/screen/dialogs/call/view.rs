//! Draws the call card: whom to ring, what may be answered, and what Enter would do now.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::super::scene::Scene;
use super::super::super::text::{Line, width};
use super::super::super::theme::Theme;
use super::{Action, CallCard, Typed, outcome_of};
use crate::domain::code::Code;
use crate::keys::Action as _;

/// Draw the card inside its border; says where the terminal's cursor belongs.
pub fn draw(card: &CallCard, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
    let mut row = draw_contacts(card, area, buffer, scene, theme);
    let chosen = |action: Action| card.outcome.is_some() && card.outcome == outcome_of(action);
    let given = |action: Action| card.reason == Some(action);
    // A blank line stands between the parts where there is room for it.
    let lines = row + 6 + card.siblings.len();
    let gap = usize::from(usize::from(area.height) >= lines + 2);
    let ringing = scene.roll().contacts(card.pupil).iter().find(|contact| card.contact == Some(contact.id));
    if let Some(note) = ringing.and_then(|contact| contact.note.as_deref()).filter(|_| gap > 0) {
        Line::new(buffer, area, row, theme).skip(2).text(note, theme.title);
    }
    row += gap;
    for actions in [
        [Action::Spoke, Action::NoAnswer, Action::LeftMessage],
        [Action::Unaware, Action::WrongNumber, Action::CallBack],
    ] {
        draw_choices(card, &actions, chosen, Line::new(buffer, area, row, theme), theme);
        row += 1;
    }
    row += gap;
    for actions in
        [[Action::Ill, Action::Medical, Action::OnTheWay], [Action::Holiday, Action::Weak, Action::OtherCode]]
    {
        draw_choices(card, &actions, given, Line::new(buffer, area, row, theme), theme);
        row += 1;
    }
    for (id, covered) in &card.siblings {
        let tick = if *covered { "[x]" } else { "[ ]" };
        let says = format!("{tick} {} is unexplained too", scene.roll().name_and_group(*id));
        let key = card.keys.first_key(Action::Cover).unwrap_or_default();
        Line::new(buffer, area, row, theme).column(&key, 2, theme.key).text(&says, theme.plain);
        row += 1;
    }
    let cursor = draw_field(card, area, row, buffer, scene, theme);
    draw_end(card, Line::new(buffer, area, row + 1, theme), theme);
    cursor
}

/// What is typed, and what the code means.
fn draw_field(
    card: &CallCard,
    area: Rect,
    row: usize,
    buffer: &mut Buffer,
    scene: &Scene,
    theme: &Theme,
) -> Option<Position> {
    let (label, field, short) = match card.typed {
        Typed::Code => ("Code", &card.code, true),
        Typed::Time => ("Ring again at", &card.time, true),
        Typed::Nothing | Typed::Note => ("Note", &card.note, false),
    };
    Line::new(buffer, area, row, theme).text(label, theme.plain);
    let start = width(label) + 1;
    let rest = area.width.saturating_sub(start);
    let y = area.y.saturating_add(u16::try_from(row).unwrap_or(0));
    let place = Rect { x: area.x + start, y, width: if short { rest.min(6) } else { rest }, height: 1 };
    let cursor = field.draw(place.intersection(area), buffer, theme);
    if card.typed == Typed::Code {
        let meaning = Code::parse(field.text()).and_then(|code| scene.roll().codes.row(code));
        let meaning = meaning.map_or("", |row| row.meaning.as_str());
        Line::new(buffer, area, row, theme).skip(start + 8).text(meaning, theme.dim);
    }
    cursor.filter(|_| card.typed != Typed::Nothing)
}

/// What Enter would do now, or what it still waits for.
fn draw_end(card: &CallCard, mut line: Line<'_>, theme: &Theme) {
    let key = card.keys.first_key(Action::Save).unwrap_or_default();
    if let Some(wanting) = card.wanting() {
        line.text("Still wanting: ", theme.dim).text(&wanting, theme.title);
        return;
    }
    let outcome = card.outcome.map_or("", |outcome| outcome.says());
    let what = match card.reason {
        Some(Action::OnTheWay) => "on the way; N stands until the pupil arrives".to_owned(),
        Some(Action::OtherCode) => format!("{outcome}, {}", card.code.text().to_uppercase()),
        Some(reason) => {
            let code = card.code().ok().flatten().map(|code| format!(", {code}")).unwrap_or_default();
            format!("{}{code}", reason.entry().help)
        }
        None if card.time.text().is_empty() => outcome.to_owned(),
        None => format!("{outcome} {}", card.time.text()),
    };
    line.text(&key, theme.key).text(" saves: ", theme.dim).text(&what, theme.title);
}

/// The contacts in calling order, the one being rung marked; says how many lines it took.
fn draw_contacts(card: &CallCard, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> usize {
    let contacts = scene.roll().contacts(card.pupil);
    if contacts.is_empty() {
        Line::new(buffer, area, 0, theme).text("No contacts are held.", theme.overdue);
        return 1;
    }
    for (row, contact) in contacts.iter().enumerate() {
        let here = card.contact == Some(contact.id);
        let style = match (here, contact.can_be_rung()) {
            (true, _) => theme.title,
            (false, true) => theme.plain,
            (false, false) => theme.dim,
        };
        let mark = if here { theme.symbols.here } else { " " };
        let mut line = Line::new(buffer, area, row, theme);
        line.column(mark, 2, theme.key).bar(&contact.name, 18, style).bar(&contact.relationship, 17, style).bar(
            contact.phone.as_deref().unwrap_or("no number"),
            14,
            style,
        );
        let last = scene.day.calls_about(card.pupil).filter(|call| call.contact == Some(contact.id)).last();
        if contact.do_not_contact {
            line.text("do not contact", theme.overdue);
        } else if let Some(last) = last {
            line.text(&format!("{} {}", last.at.format("%H:%M"), last.outcome.says()), theme.dim);
        }
    }
    contacts.len()
}

fn draw_choices(card: &CallCard, shown: &[Action], chosen: impl Fn(Action) -> bool, mut line: Line<'_>, theme: &Theme) {
    let width = line.room() / 3;
    for action in shown {
        let style = if chosen(*action) { theme.chosen } else { theme.plain };
        let key = card.keys.first_key(*action).unwrap_or_default();
        line.column(&key, 2, style.patch(theme.key))
            .column(action.entry().help, width.saturating_sub(3), style)
            .skip(1);
    }
}
