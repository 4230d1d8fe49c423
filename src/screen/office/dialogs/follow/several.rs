//! Several marked lates followed through: one key a step, for all of them.

use ratatui::layout::{Position, Rect};

use super::Action;
use super::steps::{Pressed, Steps};
use crate::domain::act::Receipt;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::late_step::LateStep;
use crate::domain::late::followed::following;
use crate::domain::late::lateness::{Late, lates, tally};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::sanction::due;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::{ViewContext, in_column};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};

/// Lines beside the names: the steps, an empty one, the question, an empty one.
const BESIDE: usize = LateStep::ALL.len() + 3;

/// Several lates of one session, followed through together.
pub struct FollowSeveral {
    steps: Steps,
    pupils: Vec<PupilId>,
    at: SessionDate,
}

impl FollowSeveral {
    /// Lates of today's session `at`.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupils: Vec<PupilId>, at: SessionDate) -> FollowSeveral {
        FollowSeveral { steps: Steps::new(keys, typing), pupils, at }
    }

    /// Those of them that are lates still: an arrival may be taken back, or a mark amended, at any desk.
    fn lates(&self, context: &ViewContext) -> Vec<Late> {
        let all = lates(&context.day, self.at.session).into_iter();
        all.filter(|late| late.session == self.at.session && self.pupils.contains(&late.pupil)).collect()
    }

    fn record(&mut self, step: LateStep, words: String, context: &ViewContext) -> Outcome {
        let pupils: Vec<PupilId> = self.lates(context).iter().map(|late| late.pupil).collect();
        if pupils.is_empty() {
            return Outcome::Notice("None of them is a late any more: nothing is recorded.".to_owned());
        }
        self.steps.record(pupils, self.at, step, words)
    }

    /// The ladder's sanction is offered where it gives all of them the same.
    fn ask_which(&mut self, context: &ViewContext) -> Outcome {
        let ladder = &context.roll().school.sanctions;
        let late = |late: &Late| due(tally(&context.day, late.pupil, late.session).half_term, ladder);
        let mut due: Vec<Option<&str>> =
            self.lates(context).iter().map(|one| late(one).map(|row| row.gives.as_str())).collect();
        due.dedup();
        let offered = match due.as_slice() {
            [Some(gives)] => Some(*gives),
            _ => None,
        };
        self.steps.ask_which(offered)
    }
}

impl Dialog for FollowSeveral {
    fn title(&self, context: &ViewContext) -> String {
        let count = self.lates(context).len();
        format!("{}, {}", counted(count, "late"), self.at.session)
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (72, u16::try_from(BESIDE + self.pupils.len()).unwrap_or(u16::MAX))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.steps.handle_key(key) {
            Pressed::Step(step, words) => self.record(step, words, context),
            Pressed::WhichSanction => self.ask_which(context),
            Pressed::Other(outcome) => outcome,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.steps.asking.paste(text);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.steps.is_over()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let lates = self.lates(context);
        let followed: Vec<_> = lates.iter().map(|late| following(&context.day, late)).collect();
        for (row, step) in LateStep::ALL.iter().copied().enumerate() {
            let key = self.steps.key_of(step);
            let done = followed.iter().filter(|one| one.has(step)).count();
            let text = if done > 0 { format!("done for {done} of {}", lates.len()) } else { String::new() };
            let mut line = canvas.line(area, row);
            line.skip(1).column(&key, 3, theme.key).column(step.describe(), 24, theme.plain).text(&text, theme.dim);
        }
        let room = usize::from(area.height).saturating_sub(BESIDE);
        let shown = if lates.len() > room { room.saturating_sub(1) } else { lates.len() };
        for (row, (late, followed)) in lates.iter().zip(&followed).take(shown).enumerate() {
            let mut line = canvas.line(area, BESIDE + row);
            if let Some(pupil) = context.pupil(late.pupil) {
                line.skip(2).name(&context.roll().name_with_group(pupil), 38, theme.plain).skip(1);
            }
            line.column(&in_column(Some(late.mark)), 6, theme.plain).text(followed.state(), theme.plain);
        }
        canvas.line(area, BESIDE + shown).skip(2).more(lates.len().saturating_sub(shown));
        let line = area.rows().nth(LateStep::ALL.len() + 1)?;
        self.steps.asking.draw(line, 16, theme.title, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        self.steps.hints(" for all")
    }
}
