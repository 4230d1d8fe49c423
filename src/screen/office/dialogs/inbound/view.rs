//! Draws a message about an absence: what is typed, what is offered and for which word, and what Enter would record.

use ratatui::layout::{Position, Rect};

use super::{Action, Inbound, Name, now};
use crate::domain::act::{Act, LogPromise, ReportAbsence};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Action as Shared;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::text::{Line, wrapped};

/// Lines without those of the siblings.
pub const ROWS: usize = 11;

/// Columns of the labels.
pub const LABEL: u16 = 9;

/// Each field with its label, its line and its columns: below the line of plain typing is what it means.
pub const ENTRIES: [(Name, &str, usize, u16); 7] = [
    (Name::Reason, "Reason", 0, u16::MAX),
    (Name::Code, "Code", 1, 4),
    (Name::When, "When", 2, 34),
    (Name::By, "Who rang", 5, u16::MAX),
    (Name::Channel, "Channel", 6, 14),
    (Name::Seen, "Seen", 7, 40),
    (Name::Back, "Back", 8, 14),
];

/// Draw the card inside its border; says where the terminal's cursor belongs.
pub fn draw(card: &Inbound, pupil: PupilId, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let mut cursor = card.form.draw(area, canvas, |field, line| match field {
        Name::Code => draw_code(card, line, context, theme),
        Name::Channel => draw_channel(card, line, theme),
        Name::Seen => drop(line.text("evidence, if there was any", theme.dim)),
        Name::Back => draw_back(card, line, context, theme),
        Name::Reason | Name::When | Name::By => {}
    });
    draw_when(card, area, canvas);
    draw_marks(card, pupil, canvas.line(area, 9), context, theme);
    for (place, (id, ticked)) in card.siblings.iter().enumerate() {
        let key = card.keys.first_key(Action::Sibling).unwrap_or_default();
        let text = format!("{} {}", if *ticked { "[x]" } else { "[ ]" }, context.roll().name_and_group(*id));
        let marks = context.short_marks(*id);
        let row = 10 + place;
        let here = card.form.row_behind() == Some(place);
        let label = match card.form.row_behind() {
            Some(_) if here => "space",
            None if place == 0 => &key,
            _ => "",
        };
        let says_in = if *ticked { theme.title } else { theme.plain };
        let mut line = Line::filled(canvas.buffer, area, row, canvas.row_style(here), theme);
        line.column(label, LABEL, theme.key).text(&text, says_in).skip(3).text(&marks, theme.dim);
        if here {
            let y = area.y.saturating_add(u16::try_from(row).unwrap_or(0));
            cursor = Some(Position::new(area.x.saturating_add(LABEL + 1), y)).filter(|at| area.contains(*at));
        }
    }
    draw_end(card, pupil, canvas.line(area, 10 + card.siblings.len()), context, theme);
    cursor
}

/// What the code means and whose it is: offered for a word, or typed.
fn draw_code(card: &Inbound, line: &mut Line<'_>, context: &ViewContext, theme: &Theme) {
    let offer = card.offered(context).filter(|_| card.form.field(Name::Code).is_some_and(Field::is_offered));
    let meaning = card.code().map(|code| context.roll().codes.row(code).map(|row| row.meaning.as_str()));
    let meaning = match meaning {
        None => "i ill, m appointment, or any other code",
        Some(None) => "no such code",
        Some(Some(meaning)) => meaning,
    };
    let Some(offer) = offer else {
        line.text(meaning, theme.dim);
        return;
    };
    if offer.code.is_some() {
        line.text(&format!("offered for \u{201c}{}\u{201d}: ", offer.words), theme.title);
    }
    match offer.says {
        Some(text) => line.text(&text, theme.title),
        None => line.text(meaning, theme.dim),
    };
}

fn draw_channel(card: &Inbound, line: &mut Line<'_>, theme: &Theme) {
    let text = match Channel::typed(card.form.text(Name::Channel)) {
        Some(channel) if channel.describe() != card.form.text(Name::Channel) => channel.describe(),
        _ => "answerphone, telephone, e-mail, front desk, message",
    };
    line.text(text, theme.dim);
}

fn draw_back(card: &Inbound, line: &mut Line<'_>, context: &ViewContext, theme: &Theme) {
    let back = card.range(context).and_then(|range| card.back(context, range.until));
    let text = match back.ok().flatten() {
        Some(back) => back.format("%a %-d %b").to_string(),
        None => "when expected back, if they said: thu, 26/11".to_owned(),
    };
    line.text(&text, theme.dim);
}

/// What the line means, or why it cannot be; a long sentence takes the line below as well.
fn draw_when(card: &Inbound, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let (message, style) = match card.range(context) {
        _ if card.promise(context).is_some() => (
            "a time: the pupil comes back up the list when it is past and nobody has come or rung".to_owned(),
            theme.dim,
        ),
        Ok(range) => match card.phrase_outside_when(context) {
            None => (range.means(context.day.date), theme.dim),
            Some(words) => {
                (format!("{}; the words say \u{201c}{words}\u{201d}", range.means(context.day.date)), theme.overdue)
            }
        },
        Err(message) => (message, theme.overdue),
    };
    for (row, text) in wrapped(&message, area.width.saturating_sub(LABEL + 1), 2).iter().enumerate() {
        canvas.line(area, 3 + row).skip(LABEL).text(text, style);
    }
}

/// What is on record already for today's sessions that the message speaks of.
fn draw_marks(card: &Inbound, pupil: PupilId, mut line: Line<'_>, context: &ViewContext, theme: &Theme) {
    line.skip(LABEL);
    let barred = context.roll().contacts(pupil).iter().find(|contact| {
        let name = fold(&contact.name);
        contact.is_barred() && !name.is_empty() && fold(card.form.text(Name::By)).starts_with(&name)
    });
    if let Some(contact) = barred {
        line.text(&format!("{} must not be contacted", contact.name), theme.overdue);
        return;
    }
    let range = card.range(context).ok();
    let spoken_of = |session: &Session| {
        let at = SessionDate::new(now(context).date, *session);
        range.as_ref().is_some_and(|range| range.from <= at && at <= range.until)
    };
    let spoken_of: Vec<Session> = context.day.sessions().iter().copied().filter(spoken_of).collect();
    let is_in = |session: &&Session| context.day.is_marked_in(pupil, **session);
    if let Some(session) = spoken_of.iter().find(is_in) {
        let mark = context.short_mark(pupil, *session);
        line.text(&format!("{session} is {mark} already: "), theme.overdue)
            .text("the message is kept, and shown as a contradiction", theme.title);
        return;
    }
    // What is reported in the afternoon leaves the morning as it was, which is not always what was meant.
    let unexplained = context.day.mark(pupil, Session::Am).settled.is_some_and(|mark| mark.code == Code::N);
    if unexplained && spoken_of == [Session::Pm] {
        line.text("AM stays N: ", theme.title).text("am-pm means the whole day", theme.dim);
        return;
    }
    let marks = spoken_of.iter().map(|session| match context.short_mark(pupil, *session).as_str() {
        "-" => format!("{session} no mark yet"),
        mark => format!("{session} now {mark}"),
    });
    line.text(&marks.collect::<Vec<_>>().join(", "), theme.dim);
}

/// What Enter would record, or what it still waits for.
fn draw_end(card: &Inbound, pupil: PupilId, mut line: Line<'_>, context: &ViewContext, theme: &Theme) {
    let act = match card.act(pupil, context) {
        Ok(act) => act,
        Err((field, _)) => {
            let label = card.form.label(field).to_lowercase();
            line.text("Still wanting: ", theme.dim).text(&label, theme.title);
            return;
        }
    };
    let others = |pupils: &[PupilId]| match pupils.len() {
        1 => String::new(),
        many => format!(" for {many} pupils"),
    };
    let text = match (act, card.range(context)) {
        (Act::LogPromise(LogPromise { pupils, promise, .. }), _) => {
            format!("no code{}, {}", others(&pupils), promise.describe())
        }
        (Act::ReportAbsence(ReportAbsence { pupils, code, .. }), Ok(range)) => {
            format!("{code}{}, {}", others(&pupils), range.describe(context.day.date))
        }
        _ => return,
    };
    let key = card.typing.dialog.first_key(Shared::Save).unwrap_or_default();
    line.text(&key, theme.key).text(" saves: ", theme.dim).text(&text, theme.title);
}
