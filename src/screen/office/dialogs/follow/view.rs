//! Draws one late followed through.

use ratatui::layout::{Position, Rect};

use super::{FollowCard, LINES};
use crate::domain::calendar::duration::duration;
use crate::domain::day::Timelines;
use crate::domain::facts::late_step::{LateFollowed, LateStep};
use crate::domain::facts::register::ordinal;
use crate::domain::late::followed::{Followed, Next, following};
use crate::domain::late::lateness::{Late, tally};
use crate::domain::school::sanction::due;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::Line;

/// The line of the first step.
const STEPS: usize = 5;

/// Draw it; says where the terminal's cursor belongs.
pub fn draw(card: &FollowCard, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let Canvas { context, theme, .. } = *canvas;
    let late = card.late(context);
    let settled = match &late {
        Some(_) => why(card, context),
        None => format!("No late any more: the mark is {} now.", context.short_mark(card.pupil, card.session)),
    };
    let style = if late.is_some() { theme.title } else { theme.refused };
    canvas.line(area, 0).text(&settled, style);
    if let Some(late) = &late {
        for (row, text) in facts(late, context).iter().enumerate() {
            canvas.line(area, row + 1).text(text, theme.plain);
        }
    }
    // A late that is none any more still shows its steps, and asks for none.
    let about = late.unwrap_or_else(|| gone(card));
    let mut followed = following(&context.day, &about);
    if context.day.mark(card.pupil, card.session).settled.is_none_or(|mark| !mark.is_late()) {
        followed.next = None;
    }
    for (row, step) in LateStep::ALL.iter().copied().enumerate() {
        draw_step(card, step, &followed, canvas.line(area, row + STEPS), theme);
    }
    let last = area.rows().nth(usize::from(LINES) - 1)?;
    card.steps.asking.draw(last, 16, theme.title, canvas)
}

/// "L 17 min: gate 08:57 beats tutor N 08:50": the evidence rule's own words.
fn why(card: &FollowCard, context: &ViewContext) -> String {
    match context.pupil(card.pupil) {
        Some(pupil) => {
            let stands = context.day.mark(card.pupil, card.session).settled;
            Timelines::whole(&context.day).of(pupil).why_stands(card.session, stands)
        }
        None => context.short_mark(card.pupil, card.session),
    }
}

/// The reason, how often, and what the ladder gives.
fn facts(late: &Late, context: &ViewContext) -> [String; 3] {
    let this = tally(&context.day, late.pupil, late.session);
    let week = tally(&context.day, late.pupil, context.session());
    let reason = late.reason.as_deref().filter(|reason| !reason.is_empty()).unwrap_or("none given");
    let logged = late.logged_by.as_ref().map(|who| format!(", logged by {who}"));
    let gives = due(this.half_term, &context.roll().school.sanctions).map_or("nothing", |row| &row.gives);
    [
        format!("Reason: {reason}{}", logged.unwrap_or_else(|| ", from the register".to_owned())),
        format!(
            "{} late this half-term; this week {}, {} lost",
            ordinal(this.half_term),
            match week.week {
                1 => "once".to_owned(),
                2 => "twice".to_owned(),
                more => format!("{more} times"),
            },
            duration(week.week_minutes, " min")
        ),
        format!("If the reason is not accepted: {gives}"),
    ]
}

/// What stands in for a late that is none any more: its steps hang on the pupil and the session alone.
fn gone(card: &FollowCard) -> Late {
    let mark = crate::domain::facts::evidence::Mark::plain(crate::domain::code::Code::L);
    Late { pupil: card.pupil, session: card.session, time: None, mark, reason: None, logged_by: None }
}

/// " m  ✓ met                     09:05 by S Marsh".
fn draw_step(card: &FollowCard, step: LateStep, followed: &Followed<'_>, mut line: Line<'_>, theme: &Theme) {
    let key = card.steps.key_of(step);
    let newest = followed.done.iter().rfind(|one| one.step == step).copied();
    let counts = newest.is_some_and(|one| followed.counts(one));
    let style = if newest.is_some() && !counts { theme.dim } else { theme.plain };
    line.skip(1)
        .column(&key, 3, theme.key)
        .column(if counts { theme.symbols.done } else { "" }, 2, theme.done)
        .column(step.describe(), 22, style)
        .skip(1);
    match newest {
        Some(one) => line.text(&stands(one, counts), style),
        None if is_next(step, followed) => line.text("next", theme.title),
        None => &mut line,
    };
}

/// "09:05 by S Marsh, 15 min detention".
fn stands(followed: &LateFollowed, counts: bool) -> String {
    let words = if followed.words.is_empty() { String::new() } else { format!(", {}", followed.words) };
    let overtaken = if counts { "" } else { ", changed since" };
    format!("{} by {}{words}{overtaken}", followed.at.format("%H:%M"), followed.who)
}

fn is_next(step: LateStep, followed: &Followed<'_>) -> bool {
    match (&followed.next, step) {
        (Some(Next::Meet), LateStep::Met) | (Some(Next::Challenge), LateStep::Challenged) => true,
        (Some(Next::Weigh), step) => step.is_verdict(),
        (Some(Next::Sanction(_)), LateStep::Sanctioned) | (Some(Next::Report), LateStep::Reported) => true,
        _ => false,
    }
}
