//! Today on a pupil's card: what each session's evidence comes to, then everything else in order of time.

use chrono::NaiveTime;
use ratatui::style::Style;

use super::Text;
use crate::domain::absence::unexplained::unexplained_pupil;
use crate::domain::calendar::session::Session;
use crate::domain::day::Timelines;
use crate::domain::facts::evidence::{Evidence, Fact, describe};
use crate::domain::facts::message::Message;
use crate::domain::people::contact::Call;
use crate::domain::people::pupil::Pupil;
use crate::domain::whereabouts::happening::{Kind, happenings};
use crate::domain::whereabouts::where_now;
use crate::screen::view_context::ViewContext;

/// Where the pupil is now, and how far the follow-up has come, in a line each: of another day than today there is no now.
pub(super) fn now(pupil: &Pupil, context: &ViewContext, text: &mut Text<'_>) {
    if !context.is_today() {
        return;
    }
    let message = where_now(&context.day, pupil.id, context.time()).text;
    text.line_behind("Now  ".to_owned(), message, text.theme.plain);
    if let Some(row) = unexplained_pupil(&context.day, pupil.id, context.session(), context.time()) {
        let style = if row.is_overdue() || row.unaware { text.theme.overdue } else { text.theme.plain };
        let missing = if row.unaware { "MISSING, " } else { "" };
        let message = format!("{missing}{}", row.standing.describe());
        text.line_behind("Next ".to_owned(), message, style);
    }
}

/// First of all that is read: what cannot be true together.
pub(super) fn contradictions(pupil: &Pupil, context: &ViewContext, text: &mut Text<'_>) {
    let line = Timelines::whole(&context.day).of(pupil);
    for session in Session::BOTH.into_iter().filter(|session| context.day.session_times(*session).is_some()) {
        if let Some(contradiction) = line.contradiction(session) {
            text.line(format!("! {session} contradiction: {contradiction}"), text.theme.overdue);
        }
    }
}

/// The sessions, then the day's calls, lessons and whatever else happened.
pub(super) fn today(pupil: &Pupil, context: &ViewContext, text: &mut Text<'_>) {
    text.heading(&context.day.date.format("%A %-d %B").to_string());
    if let Some(why) = &context.day.closed {
        text.line(format!("No school: {why}."), text.theme.plain);
    }
    let line = Timelines::whole(&context.day).of(pupil);
    for session in Session::BOTH.into_iter().filter(|session| context.day.session_times(*session).is_some()) {
        let evidence = context.day.evidence_of(pupil, session);
        let why = line.why_stands(session, context.day.mark(pupil.id, session).settled);
        text.line_behind(format!("{session}  "), why, text.theme.plain);
        for one in &evidence {
            let reason = reason(&one.fact);
            text.line(format!("    {}, {}{reason}", describe(one), one.who), text.theme.dim);
            if let Some(message) = message_of(one, context) {
                text.line(format!("      {}", message.describe()), text.theme.dim);
            }
        }
    }
    let mut all: Vec<(NaiveTime, String, Style)> = Vec::new();
    for call in context.day.calls_about(pupil.id) {
        all.push((call.at.time(), of_call(call, pupil, context), text.theme.plain));
        if let Some(reason) = &call.despite {
            all.push((call.at.time(), format!("despite the bar: {reason}"), text.theme.overdue));
        }
    }
    for one in context.day.promises.iter().filter(|one| one.pupil == pupil.id) {
        all.push((one.at.time(), format!("{} ({})", one.describe(), one.who), text.theme.plain));
    }
    for one in happenings(&context.day, pupil.id) {
        let who = one.who.map(|who| format!(" ({who})")).unwrap_or_default();
        // What is timetabled stands back behind what somebody did.
        let style = if one.kind == Kind::Lesson { text.theme.dim } else { text.theme.plain };
        all.push((one.at, format!("{}{who}", one.text), style));
    }
    all.sort_by_key(|(at, ..)| *at);
    for (at, says, style) in all {
        text.line(format!("{}  {says}", at.format("%H:%M")), style);
    }
}

fn of_call(call: &Call, pupil: &Pupil, context: &ViewContext) -> String {
    let whom = call.contact.and_then(|id| context.roll().rung(pupil, id)).map_or("a caller", |one| &one.name);
    let code = call.code.map(|code| format!(", {code}")).unwrap_or_default();
    let note = if call.note.is_empty() { String::new() } else { format!(": {}", call.note) };
    format!("{whom}, {}{code}{note} ({})", call.outcome.describe(), call.who)
}

/// How a report came.
fn message_of<'a>(evidence: &Evidence, context: &'a ViewContext) -> Option<&'a Message> {
    context.day.messages.get(&evidence.act).filter(|_| matches!(evidence.fact, Fact::Report { .. }))
}

/// What was said with a fact, ready to follow it.
fn reason(fact: &Fact) -> String {
    let detail = match fact {
        Fact::Gate { reason, .. } => reason.as_deref().unwrap_or_default(),
        Fact::Report { words, .. } => words,
        Fact::Office { reason, .. } => reason,
        Fact::Tutor(_) | Fact::Plan { .. } => "",
    };
    if detail.is_empty() { String::new() } else { format!(": {detail}") }
}
