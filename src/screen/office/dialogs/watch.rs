//! Puts a pupil on the watch list, or changes the entry.

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Refusal, Watch};
use crate::domain::act_id::ActId;
use crate::domain::calendar::dates::parse_day;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Why,
    Owner,
    Review,
    Until,
}

/// Why a pupil is watched, who sees to it, when it is looked at again, and until when.
pub struct WatchCard {
    typing: SharedTyping,
    pupil: PupilId,
    form: Form<Name>,
    /// The entry that is changed, if the pupil is on the list.
    instead: Option<ActId>,
}

impl WatchCard {
    /// With what stands, if the pupil is watched already.
    pub fn new(typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> WatchCard {
        let stands = standing(context, pupil);
        let day = |date: fn(&Watched) -> Option<NaiveDate>| {
            let date = stands.and_then(date).map(|date| date.format("%d/%m/%Y").to_string());
            Field::holding(&date.unwrap_or_default())
        };
        let text = |text: fn(&Watched) -> &str| Field::holding(stands.map_or("", text));
        let entry = |name, label, row, columns, field| Entry { name, label, row, columns, field };
        let entries = [
            entry(Name::Why, "Why", 0, 56, text(|watched| &watched.reason)),
            entry(Name::Owner, "Owner", 1, 24, text(|watched| &watched.owner)),
            entry(Name::Review, "Review", 2, 14, day(|watched| watched.review)),
            entry(Name::Until, "Until", 3, 14, day(|watched| watched.until)),
        ];
        WatchCard { typing, pupil, form: Form::new(8, entries), instead: stands.map(|watched| watched.act) }
    }

    /// The day typed in a field: none when it is empty, and the hint when it is no day.
    fn day(&self, field: Name, context: &ViewContext, hint: &'static str) -> Result<Option<NaiveDate>, &'static str> {
        let typed = self.form.filled(field);
        typed.map(|typed| parse_day(&typed, context.now.date()).ok_or(hint)).transpose()
    }

    fn act(&self, context: &ViewContext) -> Result<Act, &'static str> {
        let reason = self.form.filled(Name::Why).ok_or("Say why, so that whoever sees the list knows.")?;
        let review = self.day(Name::Review, context, "The review date is written 30/11, mon, or left empty.")?;
        let until = self.day(Name::Until, context, "The last day is written 28/11, fri, or left empty.")?;
        let owner = self.form.filled(Name::Owner);
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

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => match self.act(context) {
                Ok(act) if self.is_so_already(&act, context) => Outcome::Close,
                Ok(act) => Outcome::Do(act),
                Err(hint) => Outcome::Notice(hint.to_owned()),
            },
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.form.paste(text);
    }

    /// An officer who has read the current entry may save over it.
    fn refused(&mut self, refusal: &Refusal, context: &ViewContext) {
        if matches!(refusal, Refusal::AlreadyWatched { .. } | Refusal::NotWatched { .. }) {
            self.instead = standing(context, self.pupil).map(|watched| watched.act);
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if let Some(stands) = standing(context, self.pupil) {
            let (when, who) = (stands.at.format("%a %-d %b %H:%M"), &stands.who);
            let (text, style) = if Some(stands.act) == self.instead {
                (format!("On the list as {who} put it, {when}"), theme.dim)
            } else {
                (format!("On the list meanwhile: {} ({who}, {when})", stands.reason), theme.refused)
            };
            canvas.line(area, 5).text(&text, style);
        } else if self.instead.is_some() {
            canvas.line(area, 5).text("Taken off the list meanwhile", theme.refused);
        }
        self.form.draw(area, canvas, |name, line| {
            let hint = match name {
                Name::Why => "",
                Name::Owner => "left empty: whoever saves",
                Name::Review => "30/11, mon, or never",
                Name::Until => "18/12, fri, or for good",
            };
            line.skip(1).text(hint, theme.dim);
        })
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "save"), (Action::Next, "the next field"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
