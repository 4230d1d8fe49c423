//! Numbers to put right: found wrong in a call and held unchanged since. The house's keys act on the chosen pupil.

use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::Disclosure;
use crate::domain::people::contact::{ContactId, WrongNumber};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::reading;
use crate::screen::widgets::reveal::{self, Reveal};
use crate::screen::widgets::sheet::Sheet;

/// Numbers to put right.
pub struct Numbers {
    typing: SharedTyping,
    reading: Keymap<reading::Action>,
    list: List<(PupilId, ContactId)>,
    reveal: Reveal,
}

impl Numbers {
    /// All there are.
    pub fn new(
        typing: SharedTyping,
        reading: Keymap<reading::Action>,
        shown: Keymap<reveal::Action>,
        context: &ViewContext,
    ) -> Numbers {
        let reveal = Reveal::new(shown, None, "all numbers to put right");
        let mut numbers = Numbers { typing, reading, list: List::default(), reveal };
        numbers.refresh(context);
        numbers.list.choose(0);
        numbers
    }
}

impl Dialog for Numbers {
    fn title(&self, _: &ViewContext) -> String {
        format!("Numbers to put right  {}", self.list.len())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (90, u16::try_from(self.list.len()).unwrap_or(u16::MAX).max(3))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.reveal.handle_key(key) {
            Some(reveal::Action::Show) => return self.reveal.ask(),
            Some(reveal::Action::Copy) if self.reveal.is_shown() => {
                let Some(chosen) = self.list.chosen() else { return Outcome::Nothing };
                let wrong = context.day.wrong_numbers.iter().find(|one| (one.pupil, one.contact) == chosen);
                let contact = context.roll().contact(chosen.0, chosen.1);
                return contact.map_or(Outcome::Nothing, |contact| {
                    reveal::copy(contact, wrong.map(|wrong| wrong.number.as_str()))
                });
            }
            Some(reveal::Action::Copy) | None => {}
        }
        if self.reading.get(key) == Some(reading::Action::Close) {
            return Outcome::Close;
        }
        self.list.handle_opening_key(key, &self.typing.list, |(pupil, _)| Ask::Card(pupil))
    }

    fn refresh(&mut self, context: &ViewContext) {
        let mut wrong: Vec<&WrongNumber> = context.day.wrong_numbers.iter().collect();
        wrong.sort_by_key(|one| (context.roll().place(one.pupil), one.contact));
        self.list.refresh(wrong.iter().map(|one| (one.pupil, one.contact)).collect(), |_| false);
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.reveal.disclosed(disclosure);
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        true
    }

    fn sheet(&self) -> Option<Sheet> {
        Some(Sheet::of(None, "list of numbers"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if self.list.is_empty() {
            canvas.line(area, 0).text("No number waits to be put right.", theme.dim);
        }
        self.list.draw(area, canvas, |mut row| {
            let (pupil, contact) = row.id;
            let found = context.day.wrong_numbers.iter().find(|one| (one.pupil, one.contact) == row.id);
            let contact = context.roll().contact(pupil, contact);
            let (Some(wrong), Some(contact), Some(pupil)) = (found, contact, context.pupil(pupil)) else { return };
            let style = row.style;
            let (name, who) = if row.line.room() >= 84 { (25, 22) } else { (20, 15) };
            row.line
                .bar_name(&context.roll().name_with_group(pupil), name, style)
                .bar(&contact.introduced(), who, style)
                .bar(&self.reveal.number(&wrong.number, theme), 14, style)
                .text(&format!("{} {}", wrong.at.format("%-d %b %H:%M"), wrong.who), style);
        });
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let mut hints = vec![self.reading.hint(reading::Action::Close, "close")];
        if !self.list.is_empty() {
            hints.insert(0, self.reveal.hint());
            hints.insert(0, self.typing.list.hint(list::Action::Open, "the card"));
        }
        hints
    }
}
