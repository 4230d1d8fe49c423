//! Putting a pupil on the watch list, or changing what stands there.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Refusal, Watch};
use crate::domain::act_id::ActId;
use crate::domain::calendar::dates::parse_day;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::text::Line;

/// The fields, in their order: each its name, its width and what to type.
const FIELDS: [(&str, u16, &str); 4] = [
    ("Why", 56, ""),
    ("Owner", 24, "left empty: whoever saves"),
    ("Review", 14, "30/11, mon, or never"),
    ("Until", 14, "18/12, fri, or for good"),
];
const OWNER: usize = 1;
const REVIEW: usize = 2;
const UNTIL: usize = 3;

/// Why a pupil is watched, who sees to it, when it is looked at again, and until when.
pub struct WatchCard {
    typing: SharedTyping,
    pupil: PupilId,
    fields: [Field; 4],
    at: usize,
    /// The entry that is changed, if the pupil is on the list.
    instead: Option<ActId>,
}

impl WatchCard {
    /// With what stands, if the pupil is watched already.
    pub fn new(typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> WatchCard {
        let stands = standing(context, pupil);
        let fields = stands.map_or_else(Default::default, |watched| {
            let day = |date: Option<NaiveDate>| date.map(|date| date.format("%d/%m/%Y").to_string());
            [Some(watched.reason.clone()), Some(watched.owner.clone()), day(watched.review), day(watched.until)]
                .map(|text| text.map_or_else(Field::default, |text| Field::holding(&text)))
        });
        WatchCard { typing, pupil, fields, at: 0, instead: stands.map(|watched| watched.act) }
    }

    fn said(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", |field| field.text().trim())
    }

    /// The day typed in a field: none when it is empty, and the hint when it is no day.
    fn day(&self, field: usize, context: &ViewContext, hint: &'static str) -> Result<Option<NaiveDate>, &'static str> {
        match self.said(field) {
            "" => Ok(None),
            typed => match parse_day(typed, context.now.date()) {
                Some(date) => Ok(Some(date)),
                None => Err(hint),
            },
        }
    }

    fn act(&self, context: &ViewContext) -> Result<Act, &'static str> {
        let reason = self.said(0).to_owned();
        if reason.is_empty() {
            return Err("Say why, so that whoever sees the list knows.");
        }
        let review = self.day(REVIEW, context, "The review date is written 30/11, mon, or left empty.")?;
        let until = self.day(UNTIL, context, "The last day is written 28/11, fri, or left empty.")?;
        let owner = Some(self.said(OWNER).to_owned()).filter(|owner| !owner.is_empty());
        Ok(Act::Watch(Watch { pupil: self.pupil, reason, until, owner, review, instead: self.instead }))
    }

    /// Whether everything is as it stands on the list.
    fn is_so_already(&self, act: &Act, context: &ViewContext) -> bool {
        let stands = standing(context, self.pupil).filter(|watched| Some(watched.act) == self.instead);
        let Act::Watch(Watch { reason, until, owner, review, .. }) = act else { return false };
        stands.is_some_and(|watched| {
            watched.reason == *reason
                && watched.until == *until
                && Some(&watched.owner) == owner.as_ref()
                && watched.review == *review
        })
    }
}

fn standing(context: &ViewContext, pupil: PupilId) -> Option<&Watched> {
    context.day.watched.iter().find(|watched| watched.pupil == pupil)
}

impl Dialog for WatchCard {
    fn title(&self, context: &ViewContext) -> String {
        format!("Watch {}", context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (64, 6)
    }

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => {
                return match self.act(context) {
                    Ok(act) if self.is_so_already(&act, context) => Outcome::Close,
                    Ok(act) => Outcome::Do(act),
                    Err(hint) => Outcome::Say(hint.to_owned()),
                };
            }
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Next) => self.at = (self.at + 1) % FIELDS.len(),
            Some(Action::Previous) => self.at = (self.at + FIELDS.len() - 1) % FIELDS.len(),
            None => {
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.heard(key, &self.typing.field);
                }
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.paste(text);
        }
    }

    /// Whoever has read how it stands now may save over it.
    fn refused(&mut self, refusal: &Refusal, context: &ViewContext) {
        if matches!(refusal, Refusal::AlreadyWatched { .. } | Refusal::NotWatched { .. }) {
            self.instead = standing(context, self.pupil).map(|watched| watched.act);
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        if let Some(stands) = standing(context, self.pupil) {
            let (when, who) = (stands.at.format("%a %-d %b %H:%M"), &stands.who);
            let (says, style) = if Some(stands.act) == self.instead {
                (format!("On the list as {who} put it, {when}"), theme.dim)
            } else {
                (format!("On the list meanwhile: {} ({who}, {when})", stands.reason), theme.refused)
            };
            Line::new(buffer, area, 5, theme).text(&says, style);
        } else if self.instead.is_some() {
            Line::new(buffer, area, 5, theme).text("Taken off the list meanwhile", theme.refused);
        }
        let mut cursor = None;
        for (row, ((name, width, hint), field)) in FIELDS.iter().zip(&self.fields).enumerate() {
            Line::new(buffer, area, row, theme).column(name, 8, theme.plain).skip(*width + 2).text(hint, theme.dim);
            let y = area.y.saturating_add(u16::try_from(row).unwrap_or(0));
            let place = Rect { x: area.x + 8, y, width: *width, height: 1 }.intersection(area);
            let drawn = field.draw(place, buffer, theme);
            cursor = if row == self.at { drawn } else { cursor };
        }
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        vec![
            self.typing.hint(Action::Save, "save"),
            self.typing.hint(Action::Next, "the next field"),
            self.typing.hint(Action::Close, "close"),
        ]
    }
}
