//! A step of the ladder for all marked rows: one event, told once.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::Action;
use crate::domain::absence::unexplained::FollowUp;
use crate::domain::act::{Act, TakeStep};
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::DoneBy;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::several::{Marked, draw_pupils};

/// Lines of the field, and empty ones around it.
const FIELD: u16 = 3;

/// A step for all marked rows.
pub struct StepSeveral {
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupils: Vec<PupilId>,
    at: SessionDate,
    steps: Vec<Step>,
    /// Places of the steps.
    list: List<usize>,
    words: Field,
}

/// An event of their ladders.
struct Step {
    name: String,
    /// Whose it is and not done.
    open: Vec<PupilId>,
    /// Whom it tells.
    tells: Option<String>,
}

impl StepSeveral {
    /// About these, all of one session; the first step that is open for any of them is chosen.
    pub fn new(
        keys: Keymap<Action>,
        typing: SharedTyping,
        marked: &Marked,
        at: SessionDate,
        context: &ViewContext,
    ) -> StepSeveral {
        let pupils = marked.iter().map(|(pupil, _)| *pupil).collect();
        let (list, words) = (List::default(), Field::default());
        let mut card = StepSeveral { keys, typing, pupils, at, steps: Vec::new(), list, words };
        card.refresh(context);
        let first = card.steps.iter().position(|step| !step.open.is_empty());
        card.list.choose(first.unwrap_or_default());
        card
    }

    fn chosen(&self) -> Option<&Step> {
        self.list.chosen().and_then(|place| self.steps.get(place))
    }

    fn save(&self) -> Outcome {
        let Some(step) = self.chosen() else { return Outcome::Notice("Choose a step first.".to_owned()) };
        if step.open.is_empty() {
            return Outcome::Notice(format!("“{}” is done for all of them, or no step of theirs.", step.name));
        }
        if self.words.text().trim().is_empty() {
            return Outcome::Notice(match &step.tells {
                Some(whom) => format!("Type who was told: the name of the {whom}."),
                None => "Type who did it, or what came of it.".to_owned(),
            });
        }
        let (pupils, step) = (step.open.clone(), StepKind::from(step.name.clone()));
        Outcome::Do(Act::TakeStep(TakeStep { pupils, at: self.at, step, words: self.words.text().to_owned() }))
    }
}

/// The events of the ladders of these, in the order of the ladders.
fn events(pupils: &[PupilId], at: SessionDate, context: &ViewContext) -> Vec<Step> {
    let mut events: Vec<Step> = Vec::new();
    for id in pupils {
        let Some(pupil) = context.pupil(*id) else { continue };
        let steps = FollowUp::of(&context.day, pupil, at.session).steps();
        for step in steps.iter().filter(|step| step.on_ladder.done_by() == DoneBy::Event) {
            let name = &step.on_ladder.step;
            let place = events.iter().position(|one| one.name == *name).unwrap_or_else(|| {
                let tells = step.on_ladder.tells().map(ToString::to_string);
                events.push(Step { name: name.clone(), open: Vec::new(), tells });
                events.len() - 1
            });
            if let Some(event) = events.get_mut(place).filter(|_| !step.done) {
                event.open.push(*id);
            }
        }
    }
    events
}

impl Dialog for StepSeveral {
    fn title(&self, _: &ViewContext) -> String {
        format!("One step for {}, {}", counted(self.pupils.len(), "pupil"), self.at.session)
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let rows = u16::try_from(self.steps.len() + self.pupils.len()).unwrap_or(u16::MAX);
        (70, rows.saturating_add(FIELD))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Save) => return self.save(),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::NextStep) => self.list.go(list::Action::Down),
            Some(Action::PreviousStep) => self.list.go(list::Action::Up),
            None => drop(self.words.handle_key(key, &self.typing.field)),
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.words.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.steps = events(&self.pupils, self.at, context);
        self.list.refresh((0..self.steps.len()).collect(), |_| false);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        let steps = Constraint::Length(u16::try_from(self.steps.len()).unwrap_or(u16::MAX));
        let [steps, field, rows] =
            Layout::vertical([steps, Constraint::Length(FIELD), Constraint::Fill(1)]).areas(area);
        self.list.draw(steps, canvas, |mut row| {
            let Some(step) = self.steps.get(row.id) else { return };
            let here = if row.chosen { theme.symbols.here } else { "" };
            let style = row.style;
            let text = format!("open for {} of {}", step.open.len(), self.pupils.len());
            row.line.column(here, 2, style).column(&step.name, 24, style).skip(1).text(&text, style);
        });
        let chosen = self.chosen();
        draw_pupils(&self.pupils, rows, canvas, |place| {
            let is_open = |id| chosen.is_some_and(|step| step.open.contains(id));
            let left_out = self.pupils.get(place).is_some_and(|id| !is_open(id));
            if left_out { "done, or not theirs".to_owned() } else { String::new() }
        });
        let line = field.rows().nth(1)?;
        self.words.draw_behind(("To whom, what was said", theme.plain), 24, line, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let other = format!("{} {}", key(Action::PreviousStep), key(Action::NextStep));
        vec![
            self.keys.hint(Action::Save, "record it for all"),
            (other, "another step".to_owned()),
            self.keys.hint(Action::Close, "close"),
        ]
    }
}
