//! A document to be read: the hand-over, or a daily list for somebody else. It is as the record is, and moves with it.

use hashbrown::HashMap;
use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::{Act, TakeStep};
use crate::domain::day::Past;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::report::document::{COLUMNS, Document, Kind};
use crate::report::document_kind::{DocumentKind, Moment};
use crate::report::handover;
use crate::report::lists::cpoms;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{self, Reading, TextLine};
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean while a text for CPOMS is read, besides those of reading.
    pub Action in "cpoms" {
        Log "log" "it is logged there now" records;
    }
}

/// A document.
pub struct DocumentCard {
    reading: Reading,
    keys: Keymap<Action>,
    kind: &'static DocumentKind,
    /// The pupil it is about, if it is about one.
    pupil: Option<PupilId>,
    /// What came before today, as far as it has come.
    pasts: HashMap<PupilId, Past>,
    /// As it last was; made anew when the day moves, and not for every frame.
    document: Option<Document>,
    /// That it is read here has been recorded: until then it is not shown.
    is_recorded: bool,
}

impl DocumentCard {
    /// Of this moment.
    pub fn new(
        (reading, keys): (Keymap<reading::Action>, Keymap<Action>),
        typing: SharedTyping,
        (kind, pupil): (&'static DocumentKind, Option<PupilId>),
        pasts: HashMap<PupilId, Past>,
        context: &ViewContext,
    ) -> DocumentCard {
        let document = made((kind, pupil), context, &pasts);
        let reading = Reading::new(reading, typing);
        DocumentCard { reading, keys, kind, pupil, pasts, document, is_recorded: false }
    }

    /// The pupil of a text for CPOMS.
    fn of_cpoms(&self) -> Option<PupilId> {
        self.pupil.filter(|_| *self.kind == cpoms::KIND)
    }

    fn lines(&self, columns: usize, theme: &Theme) -> Vec<TextLine> {
        if !self.is_recorded {
            return vec![vec![("Putting down that it is read here.".to_owned(), theme.dim)]];
        }
        let Some(document) = &self.document else {
            return vec![vec![("There is no school today.".to_owned(), theme.plain)]];
        };
        let style = |kind| match kind {
            Kind::Title | Kind::Heading => theme.title,
            Kind::Text => theme.plain,
            Kind::Foot => theme.dim,
        };
        document.lines(columns).into_iter().map(|(kind, line)| vec![(line, style(kind))]).collect()
    }
}

fn made(
    (kind, pupil): (&DocumentKind, Option<PupilId>),
    context: &ViewContext,
    pasts: &HashMap<PupilId, Past>,
) -> Option<Document> {
    let (day, session, now) = (&context.day, context.session(), context.time());
    // The hand-over says what is left for the next day with school; there is nothing to list for others.
    if *kind != handover::KIND && day.times.is_none() && !day.has_met() {
        return None;
    }
    let files = context.files.as_deref();
    (kind.at)(&Moment { day, session, now, pasts, pupil, files })
}

impl Dialog for DocumentCard {
    fn title(&self, context: &ViewContext) -> String {
        match self.pupil {
            Some(pupil) => format!("{}: {}", self.kind.title, context.roll().name_and_group(pupil)),
            None => self.kind.title.to_owned(),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let lines = self.document.as_ref().map_or(1, |document| document.lines(COLUMNS).len());
        (u16::try_from(COLUMNS).unwrap_or(u16::MAX), u16::try_from(lines).unwrap_or(u16::MAX))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let action = self.keys.get(key).filter(|_| !self.reading.is_typing());
        if let (Some(pupil), Some(Action::Log)) = (self.of_cpoms(), action) {
            return Outcome::Do(Act::TakeStep(TakeStep {
                pupils: vec![pupil],
                at: context.at(),
                step: StepKind::LoggedOnCpoms,
                words: String::new(),
            }));
        }
        match self.reading.handle_key(key) {
            Some(reading::Action::Close) => Outcome::Close,
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.reading.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.document = made((self.kind, self.pupil), context, &self.pasts);
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.is_recorded |= disclosure.shown == Shown::Export;
    }

    fn shows_past_of(&self, context: &ViewContext) -> Vec<PupilId> {
        let wanted = (self.kind.needs_past_of)(&context.day, context.session());
        wanted.into_iter().filter(|pupil| !self.pasts.contains_key(pupil)).collect()
    }

    fn recalled(&mut self, pupil: PupilId, past: &Past, context: &ViewContext) {
        self.pasts.insert(pupil, past.clone());
        self.refresh(context);
    }

    fn pupil(&self) -> Option<PupilId> {
        self.pupil
    }

    fn sheet(&self) -> Option<Sheet> {
        let is_shown = self.document.is_some() && self.is_recorded && !self.reading.is_typing();
        is_shown.then(|| Sheet::of(self.pupil, self.kind.recorded_as))
    }

    fn paper(&self, _: &ViewContext) -> Option<String> {
        self.document.as_ref().map(Document::text)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        self.reading.draw(&self.lines(area.width.into(), theme), area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let log = self
            .of_cpoms()
            .filter(|_| !self.reading.is_typing())
            .map(|_| self.keys.hint(Action::Log, "logged there now"));
        log.into_iter().chain(self.reading.hints()).collect()
    }
}
