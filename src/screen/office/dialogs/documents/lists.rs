//! Choosing a daily list for somebody else.

use ratatui::layout::{Position, Rect};

use crate::domain::people::pupil::PupilId;
use crate::keys::{Action as _, Entry, Key, Keymap};
use crate::report::document_kind::DocumentKind;
use crate::report::lists::{cpoms, dsl, lates, pastoral};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint};

crate::actions! {
    /// What keys mean in the daily lists.
    pub Action in "lists" {
        Dsl "dsl" "for the DSL: the vulnerable absent, and the missing";
        Pastoral "pastoral" "for the pastoral team: persistent absentees absent today";
        Lates "lates" "for heads of year: today's lates by year group";
        Cpoms "cpoms" "for CPOMS: the chosen pupil's day in facts";
        Close "close" "close";
    }
}

/// The lists that are offered, a row each; whom a text would be about stands below them.
fn offered() -> impl Iterator<Item = &'static Entry<Action>> {
    Action::ALL.iter().filter(|entry| entry.action != Action::Close)
}

fn open(kind: &'static DocumentKind, pupil: Option<PupilId>) -> Outcome {
    Outcome::Open(Ask::Document(kind, pupil))
}

/// Choosing a list.
pub struct Lists {
    keys: Keymap<Action>,
    /// The pupil of a text for CPOMS.
    chosen: Option<PupilId>,
}

impl Lists {
    /// With this pupil chosen, or nobody.
    pub fn new(keys: Keymap<Action>, chosen: Option<PupilId>) -> Lists {
        Lists { keys, chosen }
    }
}

impl Dialog for Lists {
    fn title(&self, _: &ViewContext) -> String {
        "Lists for others".to_owned()
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (66, u16::try_from(offered().count()).unwrap_or(u16::MAX).saturating_add(2))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Dsl) => open(&dsl::KIND, None),
            Some(Action::Pastoral) => open(&pastoral::KIND, None),
            Some(Action::Lates) => open(&lates::KIND, None),
            Some(Action::Cpoms) => match self.chosen {
                Some(pupil) => open(&cpoms::KIND, Some(pupil)),
                None => Outcome::Notice("Choose a pupil first, or find one.".to_owned()),
            },
            Some(Action::Close) => Outcome::Close,
            None => Outcome::Nothing,
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        self.chosen
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        for (row, entry) in offered().enumerate() {
            let key = self.keys.first_key(entry.action).unwrap_or_default();
            let mut line = canvas.line(area, row);
            line.skip(2).column(&key, 3, theme.key).text(entry.help, theme.plain);
        }
        let whom = match self.chosen {
            Some(pupil) => format!("Chosen: {}", context.roll().name_and_group(pupil)),
            None => "No pupil is chosen.".to_owned(),
        };
        canvas.line(area, offered().count() + 1).skip(2).text(&whom, theme.dim);
        None
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.keys.hint(Action::Close, "close")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lists::LISTS;

    #[test]
    fn every_list_is_offered_under_its_own_word() {
        for list in LISTS {
            assert!(offered().any(|entry| entry.name == list.word), "{}", list.word);
        }
    }
}
