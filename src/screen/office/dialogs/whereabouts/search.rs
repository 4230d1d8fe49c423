//! The search for a pupil: opened with where they were last seen, noted upon from any desk, ended once.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, NoteSearch, OpenSearch, Receipt};
use crate::domain::act_id::ActId;
use crate::domain::checks::last_seen;
use crate::domain::facts::search::{FoundWhere, Search};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{self, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;

crate::actions! {
    /// What keys mean while a search goes on.
    pub Action in typed "search" {
        Found "found" "found in school, and where" records;
        FoundElsewhere "found-elsewhere" "found anywhere else, and where" records;
        Escalated "escalated" "handed on, and to whom" records;
    }
}

/// The search for one pupil.
pub struct SearchCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupil: PupilId,
    /// The search that goes on; `None` before it is opened.
    open: Option<ActId>,
    field: Field,
}

impl SearchCard {
    /// Of one pupil: the search that goes on, or one to be opened.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> SearchCard {
        let open = context.day.open_search(pupil).map(|search| search.act);
        let field = match open {
            Some(_) => Field::default(),
            None => Field::holding(&last_seen(&context.day, pupil, context.time())),
        };
        SearchCard { keys, typing, pupil, open, field }
    }

    fn words(&self) -> String {
        self.field.text().trim().to_owned()
    }

    fn save(&self, context: &ViewContext) -> Outcome {
        let (pupil, words) = (self.pupil, self.words());
        match self.open {
            None if words.is_empty() => Outcome::Notice("Say where and when the pupil was last seen.".to_owned()),
            None => Outcome::Do(Act::OpenSearch(OpenSearch { pupil, date: context.day.date, last_seen: words })),
            Some(_) if words.is_empty() => Outcome::Notice("Type what is to be noted first.".to_owned()),
            Some(search) => Outcome::Do(Act::NoteSearch(NoteSearch { search, pupil, words })),
        }
    }

    fn end(&self, action: Action, context: &ViewContext) -> Outcome {
        let Some(search) = self.search(context) else {
            return Outcome::Notice("Nobody looks for the pupil yet.".to_owned());
        };
        let words = self.words();
        match action {
            Action::Found | Action::FoundElsewhere if words.is_empty() => {
                Outcome::Notice("Type where the pupil was found first.".to_owned())
            }
            Action::Escalated if words.is_empty() => Outcome::Notice("Type whom it was handed on to first.".to_owned()),
            Action::Found => Outcome::Do(search.found(FoundWhere::OnSite, &words)),
            Action::FoundElsewhere => Outcome::Do(search.found(FoundWhere::Elsewhere, &words)),
            Action::Escalated => Outcome::Do(search.hand_on(&words)),
        }
    }

    fn search<'a>(&self, context: &'a ViewContext) -> Option<&'a Search> {
        context.day.searches.iter().find(|search| Some(search.act) == self.open)
    }
}

impl Dialog for SearchCard {
    fn title(&self, context: &ViewContext) -> String {
        let name = context.roll().name_and_group(self.pupil);
        match self.search(context) {
            Some(search) => format!("Looking for {name} since {}", search.opened.format("%H:%M")),
            None => format!("Look for {name}"),
        }
    }

    fn size(&self, context: &ViewContext) -> (u16, u16) {
        let notes = self.search(context).map_or(0, |search| search.notes.len());
        (76, u16::try_from(notes).unwrap_or(u16::MAX).saturating_add(5).max(6))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(action) = self.keys.get(key).filter(|_| self.open.is_some()) {
            return self.end(action, context);
        }
        match Entered::by(key, &mut self.field, &self.typing) {
            Entered::Save => self.save(context),
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.field.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        // Opened meanwhile, here or at another desk: what is typed from now on is a note.
        if self.open.is_none()
            && let Some(search) = context.day.open_search(self.pupil)
        {
            self.open = Some(search.act);
            if self.words() == last_seen(&context.day, self.pupil, context.time()) {
                self.field = Field::default();
            }
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.field = Field::default();
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let label = if self.open.is_some() { "Note" } else { "Last seen" };
        let search = self.search(context);
        let opens = "Enter opens the search: every desk sees it and may add notes.";
        let lines = search.map_or_else(|| vec![opens.to_owned()], Search::lines);
        let room = usize::from(area.height.saturating_sub(2));
        for (row, text) in lines.iter().skip(lines.len().saturating_sub(room)).enumerate() {
            canvas.line(area, row).text(text, if search.is_some() { theme.plain } else { theme.dim });
        }
        if search.is_some_and(|search| !search.is_open()) {
            return None;
        }
        self.field.draw_behind((label, theme.plain), 10, area.rows().next_back()?, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let mut hints =
            vec![self.typing.hint(dialog::Action::Save, if self.open.is_some() { "note" } else { "look for them" })];
        if self.open.is_some() {
            hints.extend(self.keys.hints(&[
                (Action::Found, "found here"),
                (Action::FoundElsewhere, "elsewhere"),
                (Action::Escalated, "handed on"),
            ]));
        }
        hints.push(self.typing.hint(dialog::Action::Close, "close"));
        hints
    }
}
