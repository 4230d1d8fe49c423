//! A message about an absence: who, which code, until when, who told us, and in what words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{Action, Dialog, Hint, SharedTyping};
use super::super::field::Field;
use super::super::outcome::Outcome;
use super::super::picker::{Picked, Picker, SharedFinder};
use super::super::scene::Scene;
use super::super::text::Line;
use super::super::theme::Theme;
use crate::domain::act::Act;
use crate::domain::code::Code;
use crate::domain::dates::parse_day;
use crate::domain::pupil::PupilId;
use crate::domain::session::{Session, SessionDate};
use crate::keys::Key;

const LABELS: [&str; 4] = ["Code", "Until", "From", "Words"];
const CODE: usize = 0;
const UNTIL: usize = 1;
const BY: usize = 2;
const WORDS: usize = 3;

/// A message about an absence.
pub struct Inbound {
    typing: SharedTyping,
    picker: Picker,
    pupil: Option<PupilId>,
    fields: [Field; 4],
    here: usize,
}

impl Inbound {
    /// About nobody yet; `offered` is first to be taken.
    pub fn new(typing: SharedTyping, finder: SharedFinder, scene: &Scene, offered: Option<PupilId>) -> Inbound {
        let picker = Picker::new(typing.clone(), finder, scene, offered);
        let fields = [Field::default(), Field::offering("today"), Field::default(), Field::default()];
        Inbound { typing, picker, pupil: None, fields, here: CODE }
    }

    fn text(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", Field::text).trim()
    }

    fn take(&mut self, pupil: PupilId, scene: &Scene) {
        self.pupil = Some(pupil);
        // Most messages come from the first contact: offered, and typed over where they do not.
        if let Some(first) = scene.roll().contacts(pupil).iter().find(|contact| !contact.do_not_contact) {
            let by = first.introduced();
            if let Some(field) = self.fields.get_mut(BY) {
                field.offer(&by);
            }
        }
    }

    /// Saved when code and date can be read; else the field at fault is shown.
    fn save(&mut self, pupil: PupilId, scene: &Scene) -> Outcome {
        let Some(code) = Code::parse(self.text(CODE)) else {
            self.here = CODE;
            return Outcome::Say("Type a code first: i ill, m appointment.".to_owned());
        };
        let today = scene.now.date();
        let Some(until) = parse_day(self.text(UNTIL), today) else {
            self.here = UNTIL;
            return Outcome::Say("The last day is written today, fri or 28/11.".to_owned());
        };
        if self.text(BY).is_empty() {
            self.here = BY;
            return Outcome::Say("Say who told us.".to_owned());
        }
        let session = scene.session();
        let last = if code == Code::M && until == today { session } else { Session::Pm };
        Outcome::Do(Act::ReportAbsence {
            pupils: vec![pupil],
            code,
            from: SessionDate::new(scene.day.date, session),
            until: SessionDate::new(until, last),
            by: self.text(BY).to_owned(),
            words: self.text(WORDS).to_owned(),
        })
    }
}

impl Dialog for Inbound {
    fn title(&self, scene: &Scene) -> String {
        match self.pupil {
            Some(pupil) => format!("Message about {}", scene.roll().name_and_group(pupil)),
            None => "Message about an absence".to_owned(),
        }
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        (64, if self.pupil.is_some() { 6 } else { 12 })
    }

    fn heard(&mut self, key: Key, scene: &Scene) -> Outcome {
        let Some(pupil) = self.pupil else {
            match self.picker.heard(key) {
                Picked::Pupil(id) => self.take(id, scene),
                Picked::Close => return Outcome::Close,
                Picked::Nothing => {}
            }
            return Outcome::Nothing;
        };
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.save(pupil, scene),
            Some(Action::Close) => self.pupil = None,
            Some(Action::Next) => self.here = (self.here + 1) % LABELS.len(),
            Some(Action::Previous) => self.here = (self.here + LABELS.len() - 1) % LABELS.len(),
            None => {
                if let Some(field) = self.fields.get_mut(self.here) {
                    field.heard(key, &self.typing.field);
                }
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &Scene) {
        match (self.pupil, self.fields.get_mut(self.here)) {
            (Some(_), Some(field)) => field.paste(text),
            _ => self.picker.paste(text),
        }
    }

    fn refresh(&mut self, scene: &Scene) {
        self.picker.refresh(scene);
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        let Some(pupil) = self.pupil else { return self.picker.draw(area, buffer, scene, theme) };
        let mut cursor = None;
        for (row, (label, field)) in LABELS.iter().zip(&self.fields).enumerate() {
            Line::new(buffer, area, row, theme).text(label, theme.plain);
            let y = area.y.saturating_add(u16::try_from(row).unwrap_or(0));
            let width = area.width.saturating_sub(8);
            let place = Rect { x: area.x + 7, y, width, height: 1 }.intersection(area);
            let at = field.draw(place, buffer, theme);
            if row == self.here {
                cursor = at;
            }
        }
        let meaning = Code::parse(self.text(CODE)).and_then(|code| scene.roll().codes.row(code));
        let unknown = if self.text(CODE).is_empty() { "i ill, m medical, or any other code" } else { "no such code" };
        let meaning = meaning.map_or(unknown, |row| row.meaning.as_str());
        Line::new(buffer, area, 0, theme).skip(13).text(meaning, theme.dim);
        if let Some(until) = parse_day(self.text(UNTIL), scene.now.date()) {
            Line::new(buffer, area, 1, theme).skip(24).text(&until.format("%A %-d %B").to_string(), theme.dim);
        }
        let now = match scene.short_mark(pupil, scene.session()).as_str() {
            "-" => "no mark yet".to_owned(),
            mark => format!("now {mark}"),
        };
        Line::new(buffer, area, 5, theme).text(&format!("{} {now}", scene.session()), theme.dim);
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        let (save, close) = match self.pupil {
            Some(_) => ("save", "another pupil"),
            None => ("take the pupil", "close"),
        };
        let mut hints = vec![self.typing.hint(Action::Save, save)];
        if self.pupil.is_some() {
            hints.push(self.typing.hint(Action::Next, "next field"));
        }
        hints.push(self.typing.hint(Action::Close, close));
        hints
    }
}
