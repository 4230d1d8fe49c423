//! A step of the ladder: what is done about a pupil, by whom and when, what is due, and an event recorded.

mod several;

use ratatui::layout::{Position, Rect};

use crate::domain::absence::unexplained::{FollowUp, FollowUpStep, unexplained_pupil};
use crate::domain::act::{Act, TakeStep};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::DoneBy;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
pub use several::StepSeveral;

crate::actions! {
    /// What keys mean while a step is recorded.
    pub Action in typed "step" {
        NextStep "next-step" "the next step";
        PreviousStep "previous-step" "the step before";
        Save "save" "record it";
        Close "close" "close and keep nothing";
    }
}

/// Lines below the steps: an empty one, and the field.
const BELOW: u16 = 2;

/// A step of the ladder.
pub struct StepCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupil: PupilId,
    at: SessionDate,
    /// Places of the pupil's ladder.
    list: List<usize>,
    words: Field,
}

impl StepCard {
    /// About the session the pupil is unexplained in, else the one the office is working on; the event that is due is chosen.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> StepCard {
        let row = unexplained_pupil(&context.day, pupil, context.session(), context.time());
        let at = row.map_or_else(|| context.at(), |row| row.at);
        let (list, words) = (List::default(), Field::default());
        let mut card = StepCard { keys, typing, pupil, at, list, words };
        card.refresh(context);
        card.list.choose(card.first_open(context));
        card
    }

    fn follow_up<'a>(&self, context: &'a ViewContext) -> Option<FollowUp<'a>> {
        context.pupil(self.pupil).map(|pupil| FollowUp::of(&context.day, pupil, self.at.session))
    }

    fn steps<'a>(&self, context: &'a ViewContext) -> Vec<FollowUpStep<'a>> {
        self.follow_up(context).map(|follow_up| follow_up.steps()).unwrap_or_default()
    }

    /// The first event not recorded yet: what is due, where that is an event.
    fn first_open(&self, context: &ViewContext) -> usize {
        let open = |step: &FollowUpStep<'_>| step.on_ladder.done_by() == DoneBy::Event && !step.done;
        let steps = self.steps(context);
        let asked = steps.iter().position(|step| open(step) && !step.later);
        asked.or_else(|| steps.iter().position(open)).unwrap_or_default()
    }

    /// The step with what was typed. Nothing is offered: that somebody was told, or something done, is what nobody else can know.
    fn save(&self, context: &ViewContext) -> Outcome {
        let steps = self.steps(context);
        let Some(step) = self.list.chosen().and_then(|place| steps.get(place)) else {
            return Outcome::Notice("Choose a step first.".to_owned());
        };
        match step.on_ladder.done_by() {
            DoneBy::Event if self.words.text().trim().is_empty() => Outcome::Notice(match step.on_ladder.tells() {
                Some(whom) => format!("Type who was told: the name of the {whom}."),
                None => "Type who did it, or what came of it.".to_owned(),
            }),
            DoneBy::Event => Outcome::Do(Act::TakeStep(TakeStep {
                pupils: vec![self.pupil],
                at: self.at,
                step: step.on_ladder.step.clone().into(),
                words: self.words.text().to_owned(),
            })),
            DoneBy::Call => Outcome::Notice("A call does this step: log the call.".to_owned()),
            DoneBy::Contacts => Outcome::Notice("Calls to every contact do this step: log them.".to_owned()),
        }
    }
}

/// "tell DSL, Ms Grey, 09:41 by S Marsh", or when it falls due.
fn stands(step: &FollowUpStep<'_>, context: &ViewContext) -> String {
    let at = step.at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default();
    match (step.taken, step.done) {
        (Some(taken), _) => {
            let words = if taken.words.is_empty() { String::new() } else { format!(", {}", taken.words) };
            format!("{} by {}{words}", taken.at.format("%H:%M"), taken.who)
        }
        (None, true) => "done".to_owned(),
        (None, false) if step.later => format!("from day {}", step.on_ladder.day.unwrap_or_default()),
        (None, false) if step.at.is_some_and(|at| at < context.time()) => format!("since {at}"),
        (None, false) => format!("at {at}"),
    }
}

impl Dialog for StepCard {
    fn title(&self, context: &ViewContext) -> String {
        let missing =
            if self.follow_up(context).is_some_and(|follow_up| follow_up.unaware()) { ", MISSING" } else { "" };
        format!("Steps for {}{missing}", context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let steps = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        (70, steps.saturating_add(BELOW))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Save) => return self.save(context),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::NextStep) => self.list.go(crate::screen::widgets::list::Action::Down),
            Some(Action::PreviousStep) => self.list.go(crate::screen::widgets::list::Action::Up),
            None => drop(self.words.handle_key(key, &self.typing.field)),
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.words.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        let steps = self.steps(context).len();
        self.list.refresh((0..steps).collect(), |_| false);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let room = area.height.saturating_sub(BELOW);
        let steps = self.steps(context);
        let due = self.follow_up(context).and_then(|follow_up| follow_up.due(context.time()));
        self.list.draw(Rect { height: room.min(area.height), ..area }, canvas, |row| {
            let (Some(step), mut line) = (steps.get(row.id), row.line) else { return };
            let is_due = due.as_ref().is_some_and(|due| due.step == step.on_ladder.step);
            let style = if step.done || step.later { theme.dim } else { theme.plain };
            let mark = if step.done { theme.symbols.done } else { "" };
            line.column(if row.chosen { theme.symbols.here } else { "" }, 2, style).column(mark, 2, style);
            line.column(&step.on_ladder.step, 22, style).skip(1);
            if is_due {
                line.text("due ", style.patch(theme.overdue));
            }
            line.column(&stands(step, context), line.room(), style);
        });
        let line = area.rows().nth(usize::from(room) + 1)?;
        self.words.draw_behind(("To whom, what was said", theme.plain), 24, line, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let other = format!("{} {}", key(Action::PreviousStep), key(Action::NextStep));
        vec![
            self.keys.hint(Action::Save, "record it"),
            (other, "another step".to_owned()),
            self.keys.hint(Action::Close, "close"),
        ]
    }
}
