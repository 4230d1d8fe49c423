//! What files leave to be decided, in one place: files that were refused, messages to be read, marks that are no code, pupils who may have
//! left, marks that go back, and the last imports. What is not of the day itself is asked of the store worker: nothing waits for it.

mod handback;
mod imports;
mod inbox;
mod leavers;
mod quarantine;
mod refused;
mod section;

use std::sync::Arc;

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::Receipt;
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::facts::fed_file::RefusedFile;
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::picker::SharedFinder;
use crate::screen::widgets::sheet::Sheet;
pub use handback::Action as HandBackAction;
pub use imports::Action as ImportsAction;
pub use inbox::Action as InboxAction;
pub use leavers::Action as LeaversAction;
pub use quarantine::Action as QuarantineAction;
pub use refused::Action as RefusedAction;
use section::Section;

crate::actions! {
    /// What keys mean in every list of files.
    pub Action in "files" {
        Next "next" "to the next list of files";
        Previous "previous" "to the list before";
        Close "close" "close";
    }
}

/// The keys of the lists, a map for each.
pub struct Keys {
    /// Of all of them.
    pub all: Keymap<Action>,
    /// Of files that were refused.
    pub refused: Keymap<RefusedAction>,
    /// Of messages.
    pub inbox: Keymap<InboxAction>,
    /// Of marks that are no code.
    pub quarantine: Keymap<QuarantineAction>,
    /// Of pupils who may have left.
    pub leavers: Keymap<LeaversAction>,
    /// Of marks that go back.
    pub handback: Keymap<HandBackAction>,
    /// Of the last imports.
    pub imports: Keymap<ImportsAction>,
}

/// What files leave to be decided.
pub struct Files {
    keys: Keymap<Action>,
    /// The lists that this role may see.
    sections: Vec<Box<dyn Section>>,
    /// Which of them is shown.
    at: usize,
    /// As it last was: what is the same moves nothing.
    seen: (Vec<RefusedFile>, Option<Arc<FilesWaiting>>),
    /// The next change is our own act's: of the day, and of what the store worker is asked for.
    is_own: [bool; 2],
}

impl Files {
    /// All lists that the role may see, the first shown of which something waits.
    pub fn new(keys: Keys, typing: SharedTyping, finder: SharedFinder, context: &ViewContext) -> Files {
        let Keys { all, refused, inbox, quarantine, leavers, handback, imports } = keys;
        let may_see = |matter| check_matter(context.role, matter).is_ok();
        let mut sections: Vec<Box<dyn Section>> = vec![
            Box::new(refused::Refused::new(refused, typing.clone())),
            Box::new(inbox::Inbox::new(inbox, typing.clone(), finder)),
            Box::new(quarantine::Quarantine::new(quarantine, typing.clone())),
            Box::new(leavers::Leavers::new(leavers, typing.clone())),
        ];
        if may_see(Matter::Export) {
            sections.push(Box::new(handback::HandBack::new(handback, typing.clone())));
        }
        if may_see(Matter::Import) {
            sections.push(Box::new(imports::Imports::new(imports, typing)));
        }
        let day = &context.day;
        let waits = [day.refused_files.len(), day.waiting_messages, day.waiting_marks, day.missing_from_export];
        let at = waits.iter().position(|count| *count > 0).unwrap_or(0);
        let mut dialog = Files { keys: all, sections, at, seen: (Vec::new(), None), is_own: [false; 2] };
        dialog.sections.iter_mut().for_each(|section| section.refresh(context, false));
        dialog.seen = (day.refused_files.clone(), context.files.clone());
        dialog
    }

    fn shown(&self) -> Option<&dyn Section> {
        self.sections.get(self.at).map(AsRef::as_ref)
    }

    fn is_asking(&self) -> bool {
        self.shown().is_some_and(Section::is_asking)
    }

    fn draw_tabs(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let mut line = canvas.line(area, 0);
        for (place, section) in self.sections.iter().enumerate() {
            let count = section.count().filter(|count| *count > 0);
            let text = count.map_or(section.name().to_owned(), |count| format!("{} {count}", section.name()));
            let style = match (place == self.at, count) {
                (true, _) => theme.chosen,
                (false, Some(_)) => theme.plain,
                (false, None) => theme.dim,
            };
            line.text(&format!(" {text} "), style).skip(1);
        }
    }
}

impl Dialog for Files {
    fn title(&self, _: &ViewContext) -> String {
        let name = self.shown().map_or("", Section::name);
        let marked = match self.marked() {
            0 => String::new(),
            marked => format!(", {marked} marked"),
        };
        format!("Files: {}{marked}", name.to_lowercase())
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (112, 28)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some(shown) = self.sections.get_mut(self.at) else { return Outcome::Ignored };
        if shown.is_asking() {
            return shown.handle_key(key, context);
        }
        // Where rows are marked, the key that closes marks none first.
        let own = shown.handle_key(key, context);
        if own != Outcome::Ignored {
            return own;
        }
        let all = self.sections.len();
        match self.keys.get(key) {
            Some(Action::Next) => self.at = (self.at + 1) % all,
            Some(Action::Previous) => self.at = (self.at + all - 1) % all,
            Some(Action::Close) => return Outcome::Close,
            None => return Outcome::Ignored,
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if let Some(shown) = self.sections.get_mut(self.at) {
            shown.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let same = |one: &Option<Arc<FilesWaiting>>| match (one, &context.files) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let has_moved = [self.seen.0 != context.day.refused_files, !same(&self.seen.1)];
        for (place, section) in self.sections.iter_mut().enumerate() {
            // The first list is of the day itself.
            let of = usize::from(place > 0);
            let moved = has_moved.get(of).copied().unwrap_or(true);
            let is_own = self.is_own.get(of).copied().unwrap_or(false);
            section.refresh(context, is_own && moved && place == self.at);
        }
        for (own, moved) in self.is_own.iter_mut().zip(has_moved) {
            *own &= !moved;
        }
        self.seen = (context.day.refused_files.clone(), context.files.clone());
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.is_own = [true; 2];
        if let Some(shown) = self.sections.get_mut(self.at) {
            shown.stop_asking();
        }
        false
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        self.shown().and_then(Section::pupil)
    }

    fn marked(&self) -> usize {
        self.shown().map_or(0, Section::marked)
    }

    fn went_on(&self) -> bool {
        self.shown().is_some_and(Section::went_on)
    }

    fn confirm(&mut self) {
        if let Some(shown) = self.sections.get_mut(self.at) {
            shown.confirm();
        }
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_asking()
    }

    fn sheet(&self) -> Option<Sheet> {
        (!self.is_asking()).then(|| Sheet::of(None, "list of files"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let [tabs, _, below] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        self.draw_tabs(tabs, canvas);
        self.shown().and_then(|section| section.draw(below, canvas))
    }

    fn hints(&self) -> Vec<Hint> {
        let own = self.shown().map(Section::hints).unwrap_or_default();
        if self.is_asking() {
            return own;
        }
        let all = self.keys.hints(&[(Action::Next, "next list"), (Action::Close, "close")]);
        own.into_iter().chain(all).collect()
    }
}
