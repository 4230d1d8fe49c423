//! Another day than today, shown in the office's place: going there and back. Today goes on meanwhile; the office stays as it was left.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{App, Status};
use crate::domain::act::{Act, Receipt};
use crate::domain::calendar::any_day::{Side, beside, named, told};
use crate::domain::day::Day;
use crate::keys::Key;
use crate::screen::event::Request;
use crate::screen::global_keys::Action;
use crate::screen::office::Office;
use crate::screen::office::dialogs::{Days, dialog};
use crate::screen::outcome::Ask;
use crate::screen::view_context::{Tense, ViewContext};
use crate::screen::widgets::dialog::Action as DialogAction;

/// The day that is shown instead of today, with panes of its own.
pub(super) struct AnotherDay {
    pub(super) office: Office,
    pub(super) context: ViewContext,
}

impl App {
    /// The day that is shown, as its rooms see it: today, unless the officer looks at another.
    pub(in crate::screen) fn shown(&self) -> &ViewContext {
        self.another.as_ref().map_or(&self.context, |another| &another.context)
    }

    /// The panes that are shown: the office's, unless the officer looks at another day.
    pub(in crate::screen) fn shown_office(&self) -> &Office {
        self.another.as_ref().map_or(&self.office, |another| &another.office)
    }

    /// Those panes, to be gone through.
    pub(super) fn shown_office_mut(&mut self) -> &mut Office {
        self.another.as_mut().map_or(&mut self.office, |another| &mut another.office)
    }

    /// "Tue 17 Nov, a week ago", where that day is shown and not today.
    pub(in crate::screen) fn told_of_another(&self) -> Option<String> {
        let another = self.another.as_ref()?;
        Some(told(another.context.day.date, self.context.now.date()))
    }

    /// "Tue 17 Nov" alone.
    pub(in crate::screen) fn name_of_another(&self) -> Option<String> {
        let another = self.another.as_ref()?;
        Some(named(another.context.day.date, self.context.now.date()))
    }

    /// To the day beside the one that is shown, or beside the one that is on its way.
    pub(super) fn go_beside(&mut self, side: Side, requests: &mut Vec<Request>) {
        let (from, today) = (self.awaited.unwrap_or(self.shown().day.date), self.context.day.date);
        match beside(&self.context.roll().calendar, from, side, today) {
            Some(date) => self.show_day(date, requests),
            None => {
                let side = if side == Side::Before { "before" } else { "after" };
                let date = from.format("%a %-d %b %Y");
                self.say(Status::Hint(format!("The school's calendar has no school day {side} {date}.")));
            }
        }
    }

    /// Show a date: what is shown now stays until that has been read. Today's is the office as it was left.
    pub(super) fn show_day(&mut self, date: NaiveDate, requests: &mut Vec<Request>) {
        if date == self.context.day.date {
            return self.back_to_today(requests);
        }
        self.forget_unshown(requests);
        (self.open, self.beneath) = (None, Vec::new());
        self.forget_status();
        self.awaited = Some(date);
        requests.push(Request::AnotherDay(Some(date)));
    }

    /// Back to the office, as it was left.
    pub(super) fn back_to_today(&mut self, requests: &mut Vec<Request>) {
        if self.another.is_some() || self.awaited.is_some() {
            self.forget_unshown(requests);
            (self.open, self.beneath) = (None, Vec::new());
            self.forget_status();
            requests.push(Request::AnotherDay(None));
        }
        self.another = None;
        if self.awaited.take().is_some() {
            // It was typed for the day that is not shown now.
            self.typed_ahead.clear();
        }
    }

    /// The date has been read: it is shown now, or was shown and has changed; with the receipt of our own act, if that changed it.
    pub(super) fn take_another_day(&mut self, day: Day, own_receipt: Option<&Receipt>, requests: &mut Vec<Request>) {
        let date = day.date;
        let is_shown = self.another.as_ref().is_some_and(|another| another.context.day.date == date);
        if self.awaited.map_or(!is_shown, |awaited| awaited != date) {
            return;
        }
        let tense = if date < self.context.day.date { Tense::Past } else { Tense::Ahead };
        let context = ViewContext { day: Arc::new(day), tense, ..self.context.clone() };
        match &mut self.another {
            Some(another) => another.context = context,
            None => {
                let office = Office::of_another_day(&self.keymaps.office, self.office.chosen());
                self.another = Some(AnotherDay { office, context });
            }
        }
        if let Some(another) = &mut self.another {
            another.office.refresh(&another.context, own_receipt);
            another.office.share_space();
        }
        let has_come = self.awaited.take().is_some();
        self.with_dialog(|dialog, context| dialog.refresh(context));
        self.ask_for_day_log(requests);
        self.ask_for_past(requests);
        if has_come {
            self.catch_up(requests);
        }
    }

    /// The day that was asked for cannot be read: what is shown stays, and what was typed for that day is dropped.
    pub(super) fn give_up_awaiting(&mut self, requests: &mut Vec<Request>) {
        if self.awaited.take().is_some() {
            self.typed_ahead.clear();
            requests.push(Request::AnotherDay(self.another.as_ref().map(|another| another.context.day.date)));
        }
    }

    /// A new day has begun: what was still to come may be today.
    pub(super) fn end_another_day(&mut self, requests: &mut Vec<Request>) {
        let today = self.context.day.date;
        let is_today = |context: &ViewContext| {
            context.day.date == today || (context.tense == Tense::Ahead) != (context.day.date > today)
        };
        if self.another.as_ref().is_some_and(|another| is_today(&another.context)) || self.awaited == Some(today) {
            self.back_to_today(requests);
        }
    }

    /// Whether `key` is kept until the day that is on its way is there: it is about that day. Going on to another is not.
    pub(super) fn awaits_day_before(&self, key: Key) -> bool {
        let goes = [Action::DayBefore, Action::DayAfter, Action::Today, Action::Quit];
        let closes = self.keymaps.office.typing.dialog.get(key) == Some(DialogAction::Close);
        let is_gone_on = closes || self.keymaps.global.get(key).is_some_and(|action| goes.contains(&action));
        self.awaited.is_some() && !(self.typed_ahead.is_empty() && is_gone_on)
    }

    /// Whether `key` leaves the other day for today.
    pub(super) fn leaves_another_day(&self, key: Key) -> bool {
        let closes = self.keymaps.office.typing.dialog.get(key) == Some(DialogAction::Close);
        closes && self.open.is_none() && !self.is_at_gate() && (self.another.is_some() || self.awaited.is_some())
    }

    /// Whether what is asked for makes sense on the day that is shown; if not, the status line says so.
    pub(super) fn is_of_shown_day(&mut self, ask: Ask) -> bool {
        let Some(day) = self.name_of_another() else { return true };
        let refusal = match (dialog(ask).days, self.shown().tense) {
            (Days::Any, _) | (Days::ThatCame, Tense::Past | Tense::Today) => return true,
            (Days::ThatCame, Tense::Ahead) => format!("{day} is still to come: nothing is marked there."),
            (Days::Today, _) if ask == Ask::DayRegisters => {
                format!("Lessons' registers are shown of today alone; of {day} the first pane has the tutor groups'.")
            }
            (Days::Today, _) => format!("That is done today, not on {day}."),
        };
        let today = self.keymaps.global.first_key(Action::Today).unwrap_or_default();
        self.say(Status::Hint(format!("{refusal}  {today} goes back to today.")));
        false
    }

    /// Whether an act may be done where the officer is: on another day nothing but that day's own marks are recorded.
    pub(super) fn is_of_shown_date(&self, act: &Act) -> bool {
        let is_mark_of = |date| matches!(act, Act::Amend(amend) if amend.at.date == date);
        self.another.as_ref().is_none_or(|another| is_mark_of(another.context.day.date))
    }
}
