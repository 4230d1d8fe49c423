//! A register, pupil by pupil: those without a mark first. The house's keys act on the chosen pupil.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{Dialog, Hint, SharedTyping};
use super::super::list::{self, List};
use super::super::outcome::{Ask, Outcome};
use super::super::reading;
use super::super::scene::{Scene, short};
use super::super::text::Line;
use super::super::theme::Theme;
use crate::domain::pupil::{GroupId, PupilId};
use crate::keys::{Key, Keymap};

/// A register, pupil by pupil.
pub struct RegisterCard {
    typing: SharedTyping,
    reading: Keymap<reading::Action>,
    group: GroupId,
    list: List<PupilId>,
}

impl RegisterCard {
    /// Of one tutor group.
    pub fn new(typing: SharedTyping, reading: Keymap<reading::Action>, group: GroupId, scene: &Scene) -> RegisterCard {
        let mut card = RegisterCard { typing, reading, group, list: List::default() };
        card.refresh(scene);
        card
    }
}

impl Dialog for RegisterCard {
    fn title(&self, scene: &Scene) -> String {
        let name = scene.roll().group(self.group).map_or("-", |group| &group.name);
        let taken = scene.day.register(self.group, scene.session()).and_then(|register| register.taken.as_ref());
        match taken {
            Some(taken) => format!("{name} {}, taken {} by {}", scene.session(), taken.at.format("%H:%M"), taken.who),
            None => format!("{name} {}, not taken", scene.session()),
        }
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        let lines = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        (48, lines.max(4))
    }

    fn heard(&mut self, key: Key, _: &Scene) -> Outcome {
        if self.reading.get(key) == Some(reading::Action::Close) {
            return Outcome::Close;
        }
        match self.list.heard(key, &self.typing.list) {
            Some(list::Action::Open) => self.list.chosen().map_or(Outcome::Nothing, |id| Outcome::Open(Ask::Card(id))),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn refresh(&mut self, scene: &Scene) {
        let blank = |id: PupilId| scene.day.mark(id, scene.session()).settled.is_none();
        let members = scene.day.on_roll().filter(|pupil| pupil.group == Some(self.group));
        let (blanks, marked): (Vec<PupilId>, Vec<PupilId>) = members.map(|pupil| pupil.id).partition(|id| blank(*id));
        self.list.refresh(blanks.into_iter().chain(marked).collect(), |_| false);
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen()
    }

    fn lets_house_hear(&self) -> bool {
        true
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        let (shown, more) = self.list.shown(area.height.into());
        Line::new(buffer, area, shown.len(), theme).more(more);
        for (row, id) in self.list.ids(shown).iter().enumerate() {
            let Some(pupil) = scene.pupil(*id) else { continue };
            let style = if self.list.chosen() == Some(*id) { theme.chosen } else { theme.plain };
            let mark = scene.day.mark(*id, scene.session()).settled;
            let mut line = Line::filled(buffer, area, row, style, theme);
            let name = line.room().saturating_sub(14);
            line.column(&pupil.list_name(), name, style).skip(1);
            match mark {
                Some(_) => line.column(&short(mark), 6, style),
                None => line.text("blank", style.patch(theme.overdue)),
            };
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let close = self.reading.first_key(reading::Action::Close).unwrap_or_default();
        let open = self.typing.list.first_key(list::Action::Open).unwrap_or_default();
        vec![(open, "the card".to_owned()), (close, "close".to_owned())]
    }
}
