//! The two lines at the foot: what was just said, and the keys that work here, now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Action, Doubt, GuideScreen, Stage};
use crate::exchange::profiles::guide::About;
use crate::screen::widgets::dialog::{self, Hint};
use crate::screen::widgets::list;
use crate::screen::widgets::text::{Line, width};

impl GuideScreen {
    pub(super) fn draw_status(&self, area: Rect, buffer: &mut Buffer) {
        let Some((text, is_refusal)) = &self.said else { return };
        let mut line = Line::new(buffer, area, 0, &self.theme);
        line.skip(1);
        match is_refusal {
            true => line.text(&format!("{} {text}", self.theme.symbols.refused), self.theme.refused),
            false => line.text(text, self.theme.plain),
        };
    }

    /// The hints that fit.
    pub(super) fn draw_footer(&self, area: Rect, buffer: &mut Buffer) {
        let mut line = Line::new(buffer, area, 0, &self.theme);
        line.skip(1);
        for (key, does) in self.hints().iter().filter(|(key, _)| !key.is_empty()) {
            if line.room() + 2 >= width(key) + width(does) + 3 {
                line.text(key, self.theme.key).skip(1).text(does, self.theme.dim).skip(2);
            }
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let keys = &self.keys;
        // Those that stand on the screen: it was drawn before.
        let numbers = match self.numbered.get() {
            0 => String::new(),
            1 => "1".to_owned(),
            last => format!("1-{last}"),
        };
        let numbers = (numbers, "answer".to_owned());
        let typing = &keys.typing;
        match &self.stage {
            Stage::Columns => {
                let chosen = self.chosen();
                let masked = chosen.is_some_and(|point| point.is_private && !point.samples.is_empty());
                let reveal = masked.then(|| keys.guide.hint(Action::Reveal, "show")).into_iter();
                let open = (self.open_questions() > 0).then(|| keys.guide.hint(Action::NextQuestion, "next question"));
                [numbers, typing.list.hint(list::Action::Open, "all answers")]
                    .into_iter()
                    .chain(open)
                    .chain(reveal)
                    .chain(keys.guide.hints(&[(Action::Try, "try and save"), (Action::Leave, "leave")]))
                    .collect()
            }
            Stage::Choosing(_) => {
                let is_of_codes = self.chosen().is_some_and(|point| matches!(point.about, About::Code(_)));
                let codes = is_of_codes.then(|| ("A-Z".to_owned(), "to a code".to_owned()));
                let before = [typing.list.hint(list::Action::Down, "down"), numbers];
                let behind = [
                    typing.list.hint(list::Action::Open, "take the chosen answer"),
                    keys.guide.hint(Action::Leave, "back"),
                ];
                before.into_iter().chain(codes).chain(behind).collect()
            }
            Stage::Trying(Some(_), _) => {
                typing.dialog.hints(&[(dialog::Action::Save, "save"), (dialog::Action::Close, "back to the columns")])
            }
            Stage::Trying(None, _) => vec![typing.dialog.hint(dialog::Action::Close, "back to the columns")],
            Stage::Sure(_, _, Doubt::Replaces) => vec![("y".to_owned(), "replace it".to_owned())],
            Stage::Sure(_, _, Doubt::Nobody) => vec![("y".to_owned(), "save it".to_owned())],
        }
    }
}
