//! Files that a folder that feeds itself has refused: why each was, where it lies, and taken off the screens once it is seen to.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::{Act, DismissFile, Receipt};
use crate::domain::facts::fed_file::RefusedFile;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::list::List;
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::{cut_apart, width, wrapped};

crate::actions! {
    /// What keys mean among files that were refused.
    pub Action in "refused-files" {
        Dismiss "dismiss" "take the chosen one off the screens: it is seen to" | "done remove delete";
        Close "close" "close";
    }
}

/// Columns of when.
const WHEN: u16 = 14;
/// Lines below the list: an empty one, why the chosen one was refused, and where it lies.
const BELOW: u16 = 6;

/// Files that were refused.
pub struct RefusedFiles {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<i64>,
    files: Vec<RefusedFile>,
    /// The next change of the day is our own act's.
    is_own: bool,
}

impl RefusedFiles {
    /// All there are.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> RefusedFiles {
        let mut dialog = RefusedFiles { keys, typing, list: List::default(), files: Vec::new(), is_own: false };
        dialog.refresh(context);
        dialog.list.choose(0);
        dialog
    }

    fn chosen(&self) -> Option<&RefusedFile> {
        self.files.iter().find(|one| Some(one.number) == self.list.chosen())
    }
}

impl Dialog for RefusedFiles {
    fn title(&self, _: &ViewContext) -> String {
        format!("Refused files  {}", self.files.len())
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (100, u16::try_from(self.files.len()).unwrap_or(u16::MAX).saturating_add(BELOW))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Dismiss) => {
                return match self.chosen() {
                    Some(one) => {
                        let (number, file) = (one.number, one.file.clone());
                        Outcome::Do(Act::DismissFile(DismissFile { number, file }))
                    }
                    None => Outcome::Notice("No refused file is to be seen to.".to_owned()),
                };
            }
            None => {}
        }
        match self.list.handle_key(key, &self.typing.list) {
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.files.clone_from(&context.day.refused_files);
        let is_own = std::mem::take(&mut self.is_own);
        self.list.refresh(self.files.iter().map(|one| one.number).collect(), |_| is_own);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.is_own = true;
        false
    }

    fn accepts_global_keys(&self) -> bool {
        true
    }

    fn sheet(&self) -> Option<Sheet> {
        Some(Sheet::of(None, "list of refused files"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if self.files.is_empty() {
            canvas.line(area, 0).text("No refused file is to be seen to.", theme.plain);
            let text = "A file that “firstbell feed” cannot use is listed here with the reason, until somebody has seen to it or \
                        another of its name is taken.";
            for (place, text) in
                wrapped(text, area.width, usize::from(area.height).saturating_sub(1)).iter().enumerate()
            {
                canvas.line(area, place + 1).column(text, area.width, theme.dim);
            }
            return None;
        }
        let [list, _, below] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(BELOW - 1)]).areas(area);
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
            let why = wrapped(&format!("{}.", one.why), below.width, 3);
            let lies = wrapped(&lies, below.width, usize::from(below.height).saturating_sub(why.len()));
            for (place, text) in why.iter().chain(&lies).enumerate() {
                let style = if place < why.len() { theme.plain } else { theme.dim };
                canvas.line(below, place).column(text, below.width, style);
            }
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let dismiss = (!self.files.is_empty()).then_some((Action::Dismiss, "off the screens"));
        self.keys.hints(&dismiss.into_iter().chain([(Action::Close, "close")]).collect::<Vec<_>>())
    }
}
