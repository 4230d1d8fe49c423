//! Draws the call card: whom to ring, what may be answered, and what Enter would do now.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::answer::outcome_of;
use super::household::Sibling;
use super::{Action, CallCard, Typed};
use crate::domain::facts::evidence::describe;
use crate::domain::people::contact::Contact;
use crate::keys::Action as _;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::text::{Line, masked, width};

/// What may be answered.
const OUTCOMES: [&[Action]; 3] = [
    &[Action::Spoke, Action::NoAnswer, Action::LeftMessage],
    &[Action::Unaware, Action::WrongNumber, Action::CallBack],
    &[Action::SomeoneElse, Action::Refused],
];
const REASONS: [&[Action]; 2] =
    [&[Action::Ill, Action::Medical, Action::OnTheWay], &[Action::Holiday, Action::Weak, Action::OtherCode]];

/// Lines of the foot, which is never given up: what is typed, and what Enter does.
const FOOT: u16 = 2;

/// Lines the whole card takes, the blank lines between its parts not counted.
pub fn lines(card: &CallCard, context: &ViewContext) -> usize {
    let contacts = card.numbers(context).len().max(1);
    let siblings = card.household.siblings.len() + clues(card, context).len();
    let choices = OUTCOMES.len() + REASONS.len();
    context.others_on(card.pupil).count() + contacts + choices + siblings + usize::from(FOOT)
}

/// Draw the card inside its border; says where the terminal's cursor belongs.
pub fn draw(card: &CallCard, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let [above, foot] = Layout::vertical([Constraint::Fill(1), Constraint::Length(FOOT)]).areas(area);
    // Where there is little room contacts go first, then siblings who are in: who is rung and every tick stay.
    let (lines, height) = (lines(card, context), usize::from(area.height));
    let gap = usize::from(height >= lines + 2);
    let (clues, mut over) = (clues(card, context), lines.saturating_sub(height));
    let mut give_up = |held: usize, kept: usize| {
        let gone = over.min(held.saturating_sub(kept));
        over -= gone;
        held - gone
    };
    let contacts = give_up(card.numbers(context).len(), 1);
    let shown_clues = give_up(clues.len(), 0);

    let mut row = 0;
    for other in context.others_on(card.pupil) {
        canvas.line(above, row).text(&other.introduced(), theme.overdue);
        row += 1;
    }
    row += draw_contacts(card, contacts, row, above, canvas);
    let note = card.rung(context).and_then(|contact| contact.note.as_deref());
    if let Some(note) = note.filter(|_| gap > 0) {
        canvas.line(above, row).skip(2).text(note, theme.title);
    }
    row += gap;
    let asked = row;
    let answer = card.household.own().unwrap_or(&card.answer);
    let chosen = |action: Action| {
        answer.reason == Some(action) || (answer.outcome.is_some() && answer.outcome == outcome_of(action))
    };
    // While it is asked why somebody was rung, that is all that can be answered.
    for (place, actions) in OUTCOMES.iter().chain(&REASONS).enumerate().filter(|_| card.typed != Typed::Despite) {
        row += if place == OUTCOMES.len() { gap } else { 0 };
        draw_choices(card, actions, chosen, canvas.line(above, row), theme);
        row += 1;
    }
    row = asked + OUTCOMES.len() + gap + REASONS.len();
    for (place, sibling) in card.household.siblings.iter().enumerate() {
        draw_sibling(card, place, sibling, canvas.line(above, row), context, theme);
        row += 1;
    }
    for clue in clues.iter().take(shown_clues) {
        canvas.line(above, row).skip(6).text(clue, theme.dim);
        row += 1;
    }
    draw_end(card, canvas.line(foot, usize::from(foot.height.saturating_sub(1))), context, theme);
    let typed = Rect { height: foot.height.saturating_sub(1), ..foot };
    match card.why_barred(card.pupil, context).filter(|_| card.typed == Typed::Despite) {
        Some(why) => {
            canvas.line(above, asked).text(&format!("{why}."), theme.overdue);
            canvas.line(above, asked + 1).text("Why were they rung all the same?", theme.title);
            draw_field("Because", &card.despite, typed, canvas)
        }
        None => draw_typed(card, typed, canvas),
    }
}

/// A field behind its label; says where the cursor belongs.
fn draw_field(label: &str, field: &Field, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let theme = canvas.theme;
    field.draw_behind((label, theme.plain), width(label) + 1, area, canvas)
}

/// What is typed, and what the code means.
fn draw_typed(card: &CallCard, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let answer = card.household.own().unwrap_or(&card.answer);
    let short = Rect { width: area.width.min(20), ..area };
    match card.typed {
        Typed::Code => {
            let short = Rect { width: area.width.min(11), ..area };
            let meaning = context.code_row(answer.code.text()).map_or("", |row| &row.meaning);
            canvas.line(area, 0).skip(13).text(meaning, theme.dim);
            draw_field("Code", &answer.code, short, canvas)
        }
        Typed::Time => draw_field("Ring again at", &card.time, short, canvas),
        Typed::Note => draw_field("Note", &card.note, area, canvas),
        Typed::Nothing | Typed::Despite => {
            draw_field("Note", &card.note, area, canvas);
            None
        }
    }
}

/// What Enter would do now, or what it still waits for.
fn draw_end(card: &CallCard, mut line: Line<'_>, context: &ViewContext, theme: &Theme) {
    let key = card.keys.first_key(Action::Save).unwrap_or_default();
    let barred = card.why_barred(card.pupil, context);
    if let Some(wanting) = card.wanting(context) {
        line.text("Still wanting: ", theme.dim).text(&wanting, theme.title);
        return;
    }
    match barred {
        Some(_) if card.typed == Typed::Despite && card.despite.text().trim().is_empty() => {
            line.text("Still wanting: ", theme.dim).text("why they were rung all the same", theme.title);
            return;
        }
        Some(_) if card.typed != Typed::Despite => {
            line.text(&key, theme.key).text(" asks why they were rung who must not be contacted", theme.overdue);
            return;
        }
        _ => {}
    }
    let mut what = card.answer.describe();
    if !card.time.text().is_empty() && card.answer.outcome == outcome_of(Action::CallBack) {
        what.push_str(&format!(" {}", card.time.text()));
    }
    match card.last_day(context) {
        Ok(None) => {}
        Ok(Some(until)) => what.push_str(&format!(" until {}", until.format("%a %-d %b"))),
        Err(words) => what.push_str(&format!(", not \u{201c}{words}\u{201d}")),
    }
    for sibling in card.household.covered() {
        let name =
            context.pupil(sibling.pupil).map(|pupil| context.roll().spoken_name(pupil).to_string()).unwrap_or_default();
        let detail = sibling.own.as_ref().map_or_else(|| "the same".to_owned(), super::answer::Answer::describe);
        what.push_str(&format!("; {name} {detail}"));
    }
    line.text(&key, theme.key).text(" saves: ", theme.dim).text(&what, theme.title);
}

/// As many contacts in calling order as there is room for, the one being rung among them; says how many lines it took.
fn draw_contacts(card: &CallCard, room: usize, row: usize, area: Rect, canvas: &mut Canvas<'_>) -> usize {
    let Canvas { context, theme, .. } = *canvas;
    let contacts = card.numbers(context);
    if contacts.is_empty() {
        canvas.line(area, row).text("No contacts are held.", theme.overdue);
        return 1;
    }
    let here = card.here(&contacts);
    let from = (here.unwrap_or(0) + 1).saturating_sub(room);
    for (line, (place, rung)) in contacts.iter().enumerate().skip(from).take(room).enumerate() {
        draw_contact((rung, here == Some(place)), card, canvas.line(area, row + line), context, theme);
    }
    if room < contacts.len() {
        let more = format!("{}{} more", theme.symbols.cut, contacts.len() - room);
        let mut line = canvas.line(area, row + room.saturating_sub(1));
        line.skip(area.width.saturating_sub(width(&more))).text(&more, theme.dim);
    }
    room
}

fn draw_contact(
    ((contact, number), here): (&(&Contact, Option<&str>), bool),
    card: &CallCard,
    mut line: Line<'_>,
    context: &ViewContext,
    theme: &Theme,
) {
    let phone = contact.phones.iter().find(|phone| Some(phone.number.as_str()) == *number);
    let can_be_rung = contact.numbers_to_ring().any(|one| Some(one) == phone);
    let style = match (here, can_be_rung) {
        (true, _) => theme.title,
        (false, true) => theme.plain,
        (false, false) => theme.dim,
    };
    let mark = if here { theme.symbols.here } else { " " };
    let (name, relationship) = if line.room() < 70 { (15, 8) } else { (18, 17) };
    // Only of who is rung, and only once that is recorded.
    let number = number.map(|phone| if here && card.shown { phone.to_owned() } else { masked(phone, theme) });
    line.column(mark, 2, theme.key)
        .bar(&contact.name, name, style)
        .bar(&contact.relationship, relationship, style)
        .bar(number.as_deref().unwrap_or("no number"), 14, style);
    let on_it = |on: Option<&str>| on.is_none_or(|on| phone.is_none_or(|phone| phone.is(on)));
    let calls = context.day.calls_about(card.pupil).filter(|call| call.contact == Some(contact.id));
    let last = calls.filter(|call| on_it(call.number.as_deref())).last();
    let wrong = context.day.wrong_numbers.iter().find(|one| one.is_of(contact) && on_it(Some(&one.number)));
    if contact.is_barred() {
        line.text("do not contact", theme.overdue);
    } else if phone.is_some_and(|phone| phone.barred) {
        line.text("do not ring: barred", theme.overdue);
    } else if let Some(wrong) = wrong {
        line.text(&format!("found wrong {}", wrong.at.format("%-d %b")), theme.overdue);
    } else if let Some(last) = last {
        line.text(&format!("{} {}", last.at.format("%H:%M"), last.outcome.describe()), theme.dim);
    }
}

fn draw_choices(card: &CallCard, shown: &[Action], chosen: impl Fn(Action) -> bool, mut line: Line<'_>, theme: &Theme) {
    let width = line.room() / 3;
    for action in shown {
        let is_chosen = chosen(*action);
        let style = if is_chosen { theme.chosen } else { theme.plain };
        let key = card.keys.first_key(*action).unwrap_or_default();
        // A chosen one is one bar.
        let key = if is_chosen { format!("{key:<2}") } else { key };
        line.column(&key, 2, style.patch(theme.key))
            .column(action.entry().help, width.saturating_sub(3), style)
            .skip(1);
    }
}

/// "x [x] Khan, Bilal 10DP: medical appointment, M"; whose turn it is is marked, and whose it is next has the key.
fn draw_sibling(
    card: &CallCard,
    place: usize,
    sibling: &Sibling,
    mut line: Line<'_>,
    context: &ViewContext,
    theme: &Theme,
) {
    let turn = card.household.turn();
    let next = turn.map_or(0, |turn| turn + 1) == place;
    let key = card.keys.first_key(Action::Cover).filter(|_| next).unwrap_or_default();
    let (mark, style) =
        if turn == Some(place) { (theme.symbols.here, theme.title) } else { (key.as_str(), theme.plain) };
    let tick = if sibling.covered { "[x]" } else { "[ ]" };
    let barred = card.why_barred(sibling.pupil, context).filter(|_| sibling.covered);
    let detail = match (&sibling.own, sibling.covered) {
        (_, false) => " is unexplained too".to_owned(),
        (None, true) => ": the same".to_owned(),
        (Some(own), true) => format!(": {}", own.describe()),
    };
    let saw = card.saw.iter().find(|(id, _)| *id == sibling.pupil).map(|(_, saw)| *saw).unwrap_or_default();
    let name = context.roll().name_and_group(sibling.pupil);
    line.column(mark, 2, theme.key).text(&format!("{tick} {name}"), style);
    if let Some(why) = barred {
        line.text(&format!(": {why}"), theme.overdue);
    } else if context.revision(sibling.pupil, card.at.session) == saw {
        line.text(&detail, style);
    } else {
        // Marked while the call went on: the code will not be taken, and the officer sees it coming.
        line.text(&format!(": now {}", context.short_mark(sibling.pupil, card.at.session)), theme.overdue);
    }
}

/// Siblings who are in school: a clue.
fn clues(card: &CallCard, context: &ViewContext) -> Vec<String> {
    let Some(pupil) = context.pupil(card.pupil) else { return Vec::new() };
    let listed = |id| card.household.siblings.iter().any(|one| one.pupil == id);
    let siblings = context.roll().siblings(pupil).filter(|one| one.on_roll(context.day.date));
    siblings
        .filter(|one| context.is_in(one.id) && !listed(one.id))
        .map(|one| {
            let evidence = context.day.evidence_of(one, context.session());
            let known = evidence.last().map(|last| format!(": {}", describe(last))).unwrap_or_default();
            format!("{} is in{known}", context.roll().name_and_group(one.id))
        })
        .collect()
}
