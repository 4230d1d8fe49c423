//! Choosing how a register is chased.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{self, Act, ChaseLesson};
use crate::domain::calendar::duration::duration;
use crate::domain::facts::register::{Chase, ChaseMethod, Register, ordinal, put_off_until};
use crate::domain::register::register_ref::{RegisterRef, tutor};
use crate::domain::register::unmarked::habit;
use crate::keys::{Action as _, Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint};

crate::actions! {
    /// What keys mean when choosing how to chase.
    pub Action in "chase" {
        Phone "phone" "rang the room" records;
        Message "message" "sent a message" records;
        Runner "runner" "sent somebody" records;
        Radio "radio" "called on the radio" records;
        Snooze "snooze" "put off for ten minutes" records;
        Close "close" "close";
    }
}

/// The chases that are shown, the newest first.
const SHOWN: usize = 3;

/// Choosing how.
pub struct ChaseCard {
    keys: Keymap<Action>,
    register: RegisterRef,
}

impl ChaseCard {
    /// About one register.
    pub fn new(keys: Keymap<Action>, register: RegisterRef) -> ChaseCard {
        ChaseCard { keys, register }
    }

    fn register<'a>(&self, context: &'a ViewContext) -> Option<&'a Register> {
        match self.register {
            RegisterRef::Group(group) => context.day.register(group, context.session()),
            RegisterRef::Lesson(_) => None,
        }
    }

    fn chase(&self, context: &ViewContext, method: ChaseMethod) -> Outcome {
        Outcome::Do(match self.register {
            RegisterRef::Group(group) => Act::Chase(act::Chase { group, at: context.at(), method }),
            RegisterRef::Lesson(lesson) => Act::ChaseLesson(ChaseLesson { lesson, method }),
        })
    }

    /// The person to ask, and what is known of them, a line each.
    fn known(&self, context: &ViewContext) -> Vec<String> {
        let taker = self.register.taker(&context.day, context.session());
        let who = taker.who.map(|who| if taker.covers { format!("{who}, covering") } else { who });
        let parts: Vec<String> = who.into_iter().chain(taker.room).collect();
        let mut known = vec![parts.join(", ")];
        let register = self.register(context);
        if let Some((register, count)) = register.and_then(|register| Some((register, habit(&context.day, register)?)))
        {
            let tutor = tutor(&context.day, register.group).unwrap_or_else(|| "the tutor".to_owned());
            known.push(format!("{tutor}: chased in {count} sessions this month"));
        }
        if let Some(until) = register.and_then(|register| register.put_off(context.time())) {
            known.push(format!("put off until {}", until.format("%H:%M")));
        }
        if let RegisterRef::Lesson(id) = self.register {
            let chases = context.day.lesson(id).map_or(0, |lesson| lesson.chases);
            known.extend((chases > 0).then(|| format!("chased {}", times(chases))));
        }
        known
    }
}

/// "once", "3 times".
fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// "2nd, 6m ago: 09:12 by message, S Marsh".
fn describe(chase: &Chase, count: usize, context: &ViewContext) -> String {
    let age = duration((context.now - chase.at).num_minutes().max(0), "m");
    let Chase { method, who, .. } = chase;
    format!("{}, {age} ago: {} by {}, {who}", ordinal(count), chase.at.format("%H:%M"), method.as_str())
}

impl Dialog for ChaseCard {
    fn title(&self, context: &ViewContext) -> String {
        format!("Chase {}", self.register.name(&context.day))
    }

    fn size(&self, context: &ViewContext) -> (u16, u16) {
        let chases = self.register(context).map_or(0, |register| register.chases.len().min(SHOWN));
        (46, u16::try_from(7 + self.known(context).len() + chases).unwrap_or(u16::MAX))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match (self.keys.get(key), self.register) {
            (Some(Action::Phone), _) => self.chase(context, ChaseMethod::Phone),
            (Some(Action::Message), _) => self.chase(context, ChaseMethod::Message),
            (Some(Action::Runner), _) => self.chase(context, ChaseMethod::Runner),
            (Some(Action::Radio), _) => self.chase(context, ChaseMethod::Radio),
            (Some(Action::Snooze), RegisterRef::Group(group)) => {
                Outcome::Do(Act::Snooze(act::Snooze { group, at: context.at(), until: put_off_until(context.time()) }))
            }
            (Some(Action::Snooze), RegisterRef::Lesson(_)) => {
                Outcome::Notice("A lesson's register is not put off: its period is soon over.".to_owned())
            }
            (Some(Action::Close), _) => Outcome::Close,
            (None, _) => Outcome::Nothing,
        }
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let known = self.known(context);
        for (row, text) in known.iter().enumerate() {
            canvas.line(area, row).text(text, if row == 0 { theme.title } else { theme.plain });
        }
        let mut row = known.len() + 1;
        for entry in Action::ALL.iter().filter(|entry| entry.records) {
            let mut line = canvas.line(area, row);
            let key = self.keys.first_key(entry.action).unwrap_or_default();
            line.skip(2).column(&key, 3, theme.key).text(entry.help, theme.plain);
            row += 1;
        }
        let chases = self.register(context).map_or(&[][..], |register| &register.chases);
        for (place, chase) in chases.iter().enumerate().rev().take(SHOWN) {
            row += 1;
            canvas.line(area, row).text(&describe(chase, place + 1, context), theme.dim);
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.keys.hint(Action::Close, "close")]
    }
}
