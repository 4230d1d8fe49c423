//! Files that a folder that feeds itself has refused: why each was, where it lies, and taken off the screens once it is seen to.

use ratatui::layout::{Position, Rect};

use super::section::{Section, draw_below, draw_none, parts};
use crate::domain::act::{Act, DismissFile};
use crate::domain::facts::fed_file::RefusedFile;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::list::List;
use crate::screen::widgets::text::{cut_apart, width};

crate::actions! {
    /// What keys mean among files that were refused.
    pub Action in "refused-files" {
        Dismiss "dismiss" "take the chosen one off the screens: it is seen to" | "done remove delete";
    }
}

/// Columns of when.
const WHEN: u16 = 14;
/// Lines below the list: a rule, why the chosen one was refused, and where it lies.
const BELOW: u16 = 8;

/// Files that were refused.
pub struct Refused {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<i64>,
    files: Vec<RefusedFile>,
}

impl Refused {
    /// None, until they are told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Refused {
        Refused { keys, typing, list: List::default(), files: Vec::new() }
    }

    fn chosen(&self) -> Option<&RefusedFile> {
        self.files.iter().find(|one| Some(one.number) == self.list.chosen())
    }
}

impl Section for Refused {
    fn name(&self) -> &'static str {
        "Refused"
    }

    fn count(&self) -> Option<usize> {
        Some(self.files.len())
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Dismiss) => match self.chosen() {
                Some(one) => {
                    let (number, file) = (one.number, one.file.clone());
                    Outcome::Do(Act::DismissFile(DismissFile { number, file }))
                }
                None => Outcome::Notice("No refused file is to be seen to.".to_owned()),
            },
            None => match self.list.handle_key(key, &self.typing.list) {
                Some(_) => Outcome::Nothing,
                None => Outcome::Ignored,
            },
        }
    }

    fn refresh(&mut self, context: &ViewContext, is_own: bool) {
        self.files.clone_from(&context.day.refused_files);
        self.list.refresh(self.files.iter().map(|one| one.number).collect(), |_| is_own);
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if self.files.is_empty() {
            let about = "A file that “firstbell feed” cannot use is listed here with the reason, until somebody has seen to it or \
                         another of its name is taken.";
            draw_none(true, "No refused file is to be seen to.", about, area, canvas);
            return None;
        }
        let [list, below, _] = parts(area, BELOW, false);
        // As wide as the longest name, up to half of what is there: the reason has the rest.
        let longest = self.files.iter().map(|one| width(&one.file)).max().unwrap_or_default();
        let file = (longest + 2).min((list.width / 2).saturating_sub(2));
        let names: Vec<&str> = self.files.iter().map(|one| one.file.as_str()).collect();
        let names = cut_apart(&names, file.saturating_sub(2), theme);
        self.list.draw(list, canvas, |mut row| {
            let Some(one) = self.files.get(row.place) else { return };
            let when = one.at.format("%-d %b %H:%M").to_string();
            let name = names.get(row.place).map_or("", String::as_str);
            row.line.bar(&when, WHEN, row.style).bar(name, file, row.style);
            let room = row.line.room();
            // Beside its name the sentence that names it needs no name.
            let why = one.why.strip_prefix(&one.file).unwrap_or(&one.why).trim_start();
            row.line.column(why, room, row.style);
        });
        if let Some(one) = self.chosen() {
            let lies = format!(
                "It lies in {}/refused/{}, its report beside it. “firstbell import” of it tells all that is wrong with it.",
                one.folder, one.kept_as
            );
            draw_below(&vec![(format!("{}.", one.why), theme.plain), (lies, theme.dim)], below, canvas);
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let dismiss = (!self.files.is_empty()).then_some((Action::Dismiss, "off the screens"));
        self.keys.hints(&dismiss.into_iter().collect::<Vec<_>>())
    }
}
