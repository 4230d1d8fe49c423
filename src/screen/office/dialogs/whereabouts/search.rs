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
    /// How the search ends: its key was pressed before where, or to whom, was typed.
    ending: Option<Action>,
}

impl SearchCard {
    /// Of one pupil: the search that goes on, or one to be opened.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> SearchCard {
        let open = context.day.open_search(pupil).map(|search| search.act);
        let field = match open {
            Some(_) => Field::default(),
            None => Field::holding(&last_seen(&context.day, pupil, context.time())),
        };
        SearchCard { keys, typing, pupil, open, field, ending: None }
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

    /// End the search with what is typed; where nothing is, what is typed next ends it.
    fn end(&mut self, action: Action, context: &ViewContext) -> Outcome {
        let words = self.words();
        let Some(search) = self.search(context) else {
            return Outcome::Notice("Nobody looks for the pupil yet.".to_owned());
        };
        if words.is_empty() {
            self.ending = Some(action);
            return Outcome::Notice(match action {
                Action::Found | Action::FoundElsewhere => "Type where the pupil was found.".to_owned(),
                Action::Escalated => "Type whom it is handed on to.".to_owned(),
            });
        }
        Outcome::Do(match action {
            Action::Found => search.found(FoundWhere::OnSite, &words),
            Action::FoundElsewhere => search.found(FoundWhere::Elsewhere, &words),
            Action::Escalated => search.hand_on(&words),
        })
    }

    /// What the field is for.
    fn label(&self) -> &'static str {
        match self.ending {
            _ if self.open.is_none() => "Last seen",
            None => "Note",
            Some(Action::Found) => "Found in",
            Some(Action::FoundElsewhere) => "Found at",
            Some(Action::Escalated) => "Handed to",
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
            Entered::Save => match self.ending {
                Some(action) => self.end(action, context),
                None => self.save(context),
            },
            Entered::Close if self.ending.take().is_some() => Outcome::Nothing,
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
        (self.field, self.ending) = (Field::default(), None);
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
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
        self.field.draw_behind((self.label(), theme.plain), 10, area.rows().next_back()?, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let saves = match self.ending {
            _ if self.open.is_none() => "look for them",
            None => "note",
            Some(_) => "end the search",
        };
        let mut hints = vec![self.typing.hint(dialog::Action::Save, saves)];
        if self.open.is_some() {
            hints.extend(self.keys.hints(&[
                (Action::Found, "found here"),
                (Action::FoundElsewhere, "elsewhere"),
                (Action::Escalated, "handed on"),
            ]));
        }
        hints.push(self.typing.hint(dialog::Action::Close, if self.ending.is_some() { "a note" } else { "close" }));
        hints
    }
}
