//! The chosen pupil, under the list: whom to ring, the evidence, the figures, the siblings.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::absence::unexplained::{FollowUp, Standing, Unexplained as Row, next_call};
use crate::domain::facts::evidence::describe;
use crate::domain::facts::promise::Promised;
use crate::domain::people::contact::{Call, CallOutcome, Contact};
use crate::domain::people::phone::Phone;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::{Line, masked, width, wrapped_within};

/// Contacts shown; the card has them all.
const CONTACTS: usize = 3;

/// Draw the detail of one pupil.
pub fn draw(row: &Row, area: Rect, canvas: &mut Canvas<'_>) {
    let Canvas { context, theme, .. } = *canvas;
    let Some(pupil) = context.pupil(row.pupil) else { return };
    let rule = if theme.ascii { "-" } else { "─" };
    // The rule ends at the name: what is drawn behind it would be drawn anew at each step.
    let name = format!(" {}  {}", context.roll().name_in_group(pupil), context.roll().group_name(pupil));
    // By when the N must have its reason stands at the edge, where it is the same from pupil to pupil.
    let needed = row.deadline.map(|date| format!("reason by {}", date.format("%a %-d %b"))).unwrap_or_default();
    canvas
        .line(area, 0)
        .text(&rule.repeat(2), theme.border)
        .text(&name, theme.plain)
        .skip(1)
        .at_right(&needed, theme.dim);

    let contacts = context.roll().contacts(row.pupil);
    let next = next_call(&context.day, row.pupil);
    let calls: Vec<&Call> = context.day.calls_about(row.pupil).collect();
    let mut line = 1;
    // The line that would say "1 more" has the one.
    let shown = if contacts.len() == CONTACTS + 1 { contacts.len() } else { CONTACTS };
    let longest = contacts.iter().take(shown).map(|contact| width(&contact.introduced())).max().unwrap_or(0);
    for contact in contacts.iter().take(shown) {
        let last = calls.iter().rfind(|call| call.contact == Some(contact.id)).copied();
        let number = next.filter(|(next, _)| next.id == contact.id).map(|(_, phone)| phone);
        draw_contact((contact, longest), last, number, canvas.line(area, line), theme);
        line += 1;
    }
    if contacts.is_empty() {
        canvas.line(area, line).text("  No contacts are held.", theme.overdue);
        line += 1;
    } else if contacts.len() > shown {
        let more = format!("  {}{} more on the card", theme.symbols.cut, contacts.len() - shown);
        canvas.line(area, line).text(&more, theme.dim);
        line += 1;
    }
    let mut below: Vec<(String, Style)> =
        message_lines(row, context).into_iter().map(|text| (text, theme.plain)).collect();
    let mut facts: Vec<String> =
        context.day.evidence_of(pupil, row.at.session).iter().map(|one| describe(one).to_string()).collect();
    if let Some(past) = context.day.past.get(&row.pupil).filter(|past| past.year.possible > 0) {
        facts.push(format!("this year {}", past.year));
    }
    let between = format!(" {} ", theme.symbols.between);
    below.push((facts.join(&between), theme.plain));
    if let Some(search) = context.day.open_search(row.pupil) {
        let text =
            format!("Looked for since {}, by {}: {}", search.opened.format("%H:%M"), search.who, search.last_word());
        below.push((text, theme.overdue));
    }
    let taken: Vec<_> = FollowUp::of(&context.day, pupil, row.at.session).events().collect();
    below.extend(taken.iter().rev().map(|step| (step.describe(), theme.plain)));
    for sibling in context.roll().siblings(pupil).filter(|sibling| sibling.on_roll(context.day.date)) {
        let mark = context.short_mark(sibling.id, row.at.session);
        let covered =
            crate::domain::absence::unexplained::unexplained_session(&context.day, sibling.id, row.at.session)
                .is_some();
        let barred = |(contact, phone): (&Contact, &Phone)| {
            context.roll().why_barred(sibling.id, contact, Some(&phone.number)).is_some()
        };
        let clue = match covered {
            true if next.is_some_and(barred) => ": a call of their own",
            true => ": one call for both",
            false => "",
        };
        let text = format!("Sibling {} {} {mark}{clue}", sibling.forename, context.roll().group_name(sibling));
        below.push((text, theme.plain));
    }
    // What is longer than a line has of the lines that nothing else needs; where they do not hold all of it, it is cut.
    let mut spare = usize::from(area.height).saturating_sub(line + below.len());
    for (text, style) in below {
        let lines = wrapped_within(&text, area.width, 2, 4);
        let lines = if lines.len() <= 1 + spare { lines } else { vec![format!("  {text}")] };
        spare -= lines.len().saturating_sub(1);
        for text in lines {
            canvas.line(area, line).text(&text, style);
            line += 1;
        }
    }
}

/// What the list rests on beside the marks: a provider's "not there", and what somebody promised.
fn message_lines(row: &Row, context: &ViewContext) -> Vec<String> {
    let answers = &context.day.confirmations;
    let answer = answers.iter().rfind(|one| one.pupil == row.pupil && one.session == row.at.session);
    let answer = answer.filter(|one| !one.there);
    let not_there = answer.map(|one| format!("NOT there, says {} {}", one.said_by, one.at.format("%H:%M")));
    let waits = matches!(row.standing, Standing::OnTheWay { .. });
    let promised = context.day.promises.iter().rfind(|one| waits && one.pupil == row.pupil).map(Promised::describe);
    not_there.into_iter().chain(promised).collect()
}

/// A contact in a column as wide as the `longest`, and the number rung next or first; how many more there are stands behind it.
fn draw_contact(
    (contact, longest): (&Contact, u16),
    last: Option<&Call>,
    next: Option<&Phone>,
    mut line: Line<'_>,
    theme: &Theme,
) {
    let style = if contact.can_be_rung() { theme.plain } else { theme.dim };
    // A number that was found wrong and put right is no longer the one that stands here.
    let is_held = |number: &str| contact.phones.iter().any(|phone| phone.is(number));
    let last =
        last.filter(|call| call.outcome != CallOutcome::WrongNumber || call.number.as_deref().is_none_or(is_held));
    let most = if line.room() >= 56 { 28 } else { (line.room() * 2 / 5).max(14) };
    let who_width = (longest + 2).min(most);
    let number = next.or(contact.first_number()).map(|phone| masked(&phone.number, theme));
    let more = contact.phones.len().saturating_sub(1);
    let (more, next) = (if more > 0 { format!("+{more} ") } else { String::new() }, next.is_some());
    line.column(if next { theme.symbols.here } else { "" }, 1, theme.key)
        .column(&contact.order.to_string(), 2, style)
        .bar(&contact.introduced(), who_width, style)
        .column(number.as_deref().unwrap_or("no number"), 9, style)
        .skip(1)
        .text(&more, style);
    if contact.is_barred() {
        line.text("do not contact", theme.overdue);
    } else if let Some(last) = last {
        // The time first: what is cut, where there is little room, is the words.
        // A spoken contact has said something: that is worth more than the outcome.
        let text = match (last.outcome, last.note.as_str()) {
            (CallOutcome::Aware, note) if !note.is_empty() => note,
            (outcome, _) => briefly(outcome),
        };
        line.column(&format!("{} {text}", last.at.format("%H:%M")), line.room(), style);
    } else if next {
        line.text("next", theme.key);
    }
}

/// The outcome in the few columns there are.
fn briefly(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Aware => "spoke",
        CallOutcome::Unaware => "did not know",
        CallOutcome::SomeoneElse => "someone else",
        CallOutcome::NoAnswer
        | CallOutcome::LeftMessage
        | CallOutcome::WrongNumber
        | CallOutcome::CallBack
        | CallOutcome::Refused => outcome.describe(),
    }
}
