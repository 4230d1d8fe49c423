//! The app: handles events, keeps the office and the gate, and says what it wants done. It does no input or output of its own.

mod another_day;
mod answers;
mod faults;
mod flood;
mod gate;
mod global_keys;
mod haste;
pub mod keymaps;
pub mod lock_screen;
mod notice;
mod opening;
pub mod outstanding;
mod pending_acts;
mod permission;
mod presence;
mod privacy;
mod sheets;
mod status;

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use hashbrown::HashMap;

use super::event::{Event, Request, Ticket, Undoable};
use super::gate::Gate;
use super::global_keys::Action;
use super::office::Office;
use super::outcome::{Ask, Outcome};
use super::theme::Theme;
use super::view_context::{Tense, ViewContext};
use super::widgets::dialog::Dialog;
use super::widgets::picker::SharedFinder;
use crate::domain::act::{Officer, Receipt};
use crate::domain::day::{Day, Past};
use crate::domain::facts::desk_presence::Place;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::report::handover::closing_line;
use keymaps::Keymaps;
use outstanding::Outstanding;
use pending_acts::{PendingActs, Wanted};
use privacy::Privacy;
use status::Said;
pub use status::Status;

/// The number of pupils whose earlier days are remembered: those looked at last.
const PAST: usize = 64;

/// So soon after a key nothing moves but what the key moved.
const CALM: TimeDelta = TimeDelta::seconds(2);

/// An open dialog, and the act it waits for.
pub(super) struct Open {
    /// What was asked for.
    ask: Ask,
    pub(super) dialog: Box<dyn Dialog>,
    waits_for: Option<Ticket>,
}

/// The app.
pub struct App {
    pub(super) context: ViewContext,
    pub(super) keymaps: Keymaps,
    pub(super) theme: Theme,
    pub(super) officer: Officer,
    pub(super) office: Office,
    pub(super) outstanding: Outstanding,
    /// What the day came to, once it is over.
    pub(super) closing: Option<String>,
    pub(super) gate: Gate,
    /// Which of the two screens is shown. The other stays as it was left.
    screen: Place,
    /// The day that is shown in the office's place, if it is not today.
    another: Option<another_day::AnotherDay>,
    /// The date that is to be shown, once it has been read.
    awaited: Option<NaiveDate>,
    /// The dialog over it.
    pub(super) open: Option<Open>,
    /// What it was opened over, the last on top: closing it leads back there.
    beneath: Vec<Open>,
    pub(super) status: Status,
    said: Said,
    /// Whether the school is made up: the title says so.
    pub(super) demo: bool,
    /// When the file could last be read, if it no longer can: what is shown is as old as that.
    pub(super) stale: Option<NaiveTime>,
    finder: SharedFinder,
    past: HashMap<PupilId, Past>,
    /// Whether there is something to take back, or to do again.
    pub(super) undoable: Undoable,
    pending: PendingActs,
    giving_up: Option<Ticket>,
    /// The presence reported to the other desks: the screen, and whom we call about.
    presence: (Place, Option<PupilId>),
    notice: notice::Notice,
    /// Keys pressed while an act is on its way, in order and with the time they were pressed: a fast typist never waits, nothing
    /// overtakes the act, and nobody's arrival is stamped by the disk.
    typed_ahead: VecDeque<(Key, NaiveDateTime)>,
    pub(super) privacy: Privacy,
    /// The file does not keep up with what is asked of it.
    behind: bool,
    /// When our last act was done.
    acted: Option<NaiveDateTime>,
    /// When a key was last pressed.
    pressed: Option<NaiveDateTime>,
    /// What of an act about several was not done, a sentence each.
    not_done: Vec<String>,
    /// Since the last frame nothing has happened but keys that moved in the focused pane: the other panes are as they were drawn.
    pub(super) has_only_moved: Cell<bool>,
}

impl App {
    /// The app on its first day.
    pub fn new(day: Day, keymaps: Keymaps, theme: Theme, officer: Officer, demo: bool, now: DateTime<Utc>) -> App {
        let context = ViewContext {
            now: day.roll.school.local(now),
            day: Arc::new(day),
            tense: Tense::Today,
            desk: officer.desk.clone(),
            officer: officer.name.clone(),
            role: officer.role,
            triggers: None,
            files: None,
        };
        let mut app = App {
            office: Office::new(&keymaps.office, &officer.desk),
            outstanding: Outstanding::default(),
            closing: None,
            gate: Gate::new(keymaps.gate.clone(), keymaps.office.typing.clone(), &context),
            context,
            keymaps,
            theme,
            officer,
            screen: Place::Office,
            another: None,
            awaited: None,
            open: None,
            beneath: Vec::new(),
            status: Status::Quiet,
            said: Said::default(),
            demo,
            stale: None,
            finder: SharedFinder::default(),
            past: HashMap::new(),
            undoable: Undoable::default(),
            pending: PendingActs::default(),
            giving_up: None,
            presence: (Place::Office, None),
            notice: notice::Notice::default(),
            typed_ahead: VecDeque::new(),
            privacy: Privacy::new(now),
            behind: false,
            acted: None,
            pressed: None,
            not_done: Vec::new(),
            has_only_moved: Cell::new(false),
        };
        app.refresh(None);
        app.office.open_on_work();
        app.office.share_space();
        if app.is_gate_login() {
            app.open_gate();
        }
        app
    }

    /// Handle an event at `now`; what it asks for is the caller's to do, in order.
    pub fn on(&mut self, event: Event, now: DateTime<Utc>) -> Vec<Request> {
        let mut requests = Vec::new();
        let local = self.context.roll().school.local(now);
        let before = self.context.now;
        self.set_now(local);
        if !matches!(event, Event::Key(_)) || !is_same_minute(before, local) {
            self.has_only_moved.set(false);
        }
        if matches!(event, Event::Key(_) | Event::Paste(_)) {
            self.pressed = Some(local);
        }
        if self.drops(&event) {
            return requests;
        }
        let renews = matches!(event, Event::Minute);
        let Some(event) = self.before_work(event, now, &mut requests) else {
            self.follow_presence(renews, &mut requests);
            return requests;
        };
        match event {
            Event::Key(key) => {
                let said = self.said;
                let does_something = self.key(key, &mut requests);
                // Typing the next name at the gate is part of nothing yet.
                if does_something && !self.is_typing_at_gate() {
                    self.go_on_from(said);
                }
            }
            Event::Paste(text) if self.is_typing_at_gate() => self.gate.paste(&text, &self.context, &mut self.pending),
            Event::Paste(text) => self.with_dialog(|dialog, context| dialog.paste(&text, context)),
            Event::LongPaste => self.hint_too_long(),
            Event::Resize => {}
            Event::Resume => requests.push(Request::Reenter),
            Event::Minute => {
                self.end_old_status();
                self.refresh(None);
                // The panes share the space anew, but never under somebody's hand.
                if self.pressed.is_none_or(|pressed| local - pressed >= CALM) {
                    self.office.share_space();
                }
                if self.context.now.date() != self.context.day.date {
                    requests.push(Request::Show(self.context.now.date()));
                }
            }
            Event::News(day) => {
                self.news_of_all(*day, &mut requests);
                self.end_another_day(&mut requests);
                self.ask_anew(&mut requests);
                self.ask_for_past(&mut requests);
            }
            Event::AnotherDay(day, receipt) => self.take_another_day(*day, receipt.as_ref(), &mut requests),
            Event::Standing(standing) => self.take_standing(&standing, &mut requests),
            Event::Triggers(found) => self.take_triggers(found),
            Event::Files(found) => self.take_files(found),
            Event::Focus(in_front) => self.focused(in_front),
            Event::Recalled(pupil, date, past) => self.recalled(pupil, date, *past),
            Event::Year(year) => self.with_dialog(|dialog, context| dialog.set_year(*year, context)),
            Event::Cases(answer) => self.with_dialog(|dialog, _| dialog.set_cases(answer)),
            Event::Figures(page) => self.with_dialog(|dialog, context| dialog.set_figures(*page, context)),
            Event::DayMarks(marks) => self.with_dialog(|dialog, _| dialog.set_day_marks(*marks)),
            // Of the day before the officer went on to this one: its own is on its way.
            Event::DayLog(date, _) if date != self.shown().day.date => {}
            Event::DayLog(_, entries) => self.with_dialog(|dialog, context| dialog.set_day_log(entries, context)),
            Event::Disclosed(disclosure) => {
                self.after_disclosure(&disclosure, &mut requests);
                self.with_dialog(|dialog, context| dialog.disclosed(&disclosure, context));
            }
            Event::Done(ticket, Ok((receipt, day))) => self.done(ticket, receipt, day, &mut requests),
            Event::Done(ticket, Err(refusal)) => self.refused(ticket, &refusal, &mut requests),
            Event::Fault(message, ticket) => {
                self.fault(message, ticket);
                self.give_up_awaiting(&mut requests);
            }
            Event::GivenUp(ticket, message) => self.given_up(ticket, message, &mut requests),
            Event::Undoable(undoable) => self.undoable = undoable,
            Event::NotPrinted(message) => self.say(Status::Failed(message)),
            Event::ShutOut(message) => requests.push(Request::ShutOut(message)),
            Event::Terminate | Event::HangUp => {
                self.hand_over_rest(&mut requests);
                requests.push(Request::Quit);
            }
            // For the lock screen alone.
            Event::PinSet(_) | Event::Unlocked(_) => {}
        }
        self.hand_over(&mut requests);
        self.ask_for_year(&mut requests);
        self.follow_presence(renews, &mut requests);
        self.notify(&mut requests);
        requests
    }

    /// Tell the open dialog, if there is one.
    fn with_dialog(&mut self, call: impl FnOnce(&mut dyn Dialog, &ViewContext)) {
        if let Some(open) = &mut self.open {
            let context = self.another.as_ref().map_or(&self.context, |another| &another.context);
            call(open.dialog.as_mut(), context);
        }
    }

    /// The time is now this, whichever day is shown.
    fn set_now(&mut self, now: NaiveDateTime) {
        self.context.now = now;
        if let Some(another) = &mut self.another {
            another.context.now = now;
        }
    }

    fn news(&mut self, day: Day, own_receipt: Option<&Receipt>) {
        if !Arc::ptr_eq(&day.roll, self.context.roll()) || day.date != self.context.day.date {
            self.past.clear();
        }
        self.context.day = Arc::new(day);
        self.stale = None;
        if matches!(self.status, Status::Fault(_)) {
            self.say(Status::Quiet);
        }
        self.refresh(own_receipt);
    }

    /// Give the panes and the dialog the day as it is now; `own_receipt` is the receipt of our own act, if that is what changed it.
    fn refresh(&mut self, own_receipt: Option<&Receipt>) {
        if own_receipt.is_some() {
            self.acted = Some(self.context.now);
        }
        self.office.refresh(&self.context, own_receipt);
        self.outstanding = Outstanding::of(&self.context);
        let shows_closing = !self.is_at_gate() && !self.context.roll().pupils.is_empty();
        let closing = || closing_line(&self.context.day, self.context.session(), self.context.time());
        self.closing = shows_closing.then(closing).flatten();
        self.gate.refresh(&self.context);
        self.pending.try_again();
        self.with_dialog(|dialog, context| dialog.refresh(context));
    }

    /// The handlers of a key, in order; the first that takes it ends it:
    ///
    /// 1. the lock screen or the blank screen, and the keys that show one (`before_work`): nobody below is given any;
    /// 2. an act that cannot be written, which the key may give up (`gives_up`);
    /// 3. the wait for an act in flight: the key is typed ahead, unless it only moves in a pane, looks at the fire list, or is typed at
    ///    the gate;
    /// 4. the open dialog, and what takes its text away (`takes_sheet`); else the gate, else the pane;
    /// 5. the global keys, as far as they work at the gate (`accepts_global`).
    ///
    /// Answers whether it did something, now.
    fn key(&mut self, key: Key, requests: &mut Vec<Request>) -> bool {
        let had_only_moved = self.has_only_moved.replace(false);
        if self.gives_up(key, requests) {
            return true;
        }
        if self.pending.in_flight().is_some() && self.drops_key(key) {
            return false;
        }
        if self.pending.in_flight().is_some() && !self.is_typing_at_gate() && !self.accepts_key_meanwhile(key) {
            // Leaving waits for the act as well, and for its refusal; asked for again, it waits no longer.
            let quits = |key: &Key| self.keymaps.global.get(*key) == Some(Action::Quit);
            if self.open.is_none()
                && quits(&key)
                && !self.typed_ahead.is_empty()
                && self.typed_ahead.iter().all(|(key, _)| quits(key))
                && !self.asks_before_leaving()
            {
                requests.push(Request::Quit);
            }
            self.type_ahead(key);
            return false;
        }
        if self.awaits_day_before(key) {
            self.type_ahead(key);
            return false;
        }
        if self.leaves_another_day(key) {
            self.back_to_today(requests);
            return true;
        }
        let outcome = match (&mut self.open, self.screen) {
            (Some(open), _) => {
                let context = self.another.as_ref().map_or(&self.context, |another| &another.context);
                open.dialog.handle_key(key, context)
            }
            (None, Place::Gate) => self.gate.handle_key(key, &self.context, &mut self.pending),
            (None, Place::Office) if self.another.is_some() => match &mut self.another {
                Some(another) => another.office.handle_key(key, &another.context),
                None => Outcome::Ignored,
            },
            (None, Place::Office) => {
                let outcome = self.office.handle_key(key, &self.context);
                self.has_only_moved.set(had_only_moved && outcome == Outcome::Nothing);
                outcome
            }
        };
        if outcome == Outcome::Ignored && self.takes_sheet(key, requests) {
            return true;
        }
        if outcome != Outcome::Ignored {
            // What is typed in a dialog is part of nothing yet: what was said stays to be read.
            let is_typed = self.open.is_some() && outcome == Outcome::Nothing;
            self.obey(outcome, requests);
            return !is_typed;
        }
        let is_closed_off = self.open.as_ref().is_some_and(|open| !open.dialog.accepts_global_keys());
        let action = self.keymaps.global.get(key).filter(|action| !is_closed_off && self.accepts_global(*action));
        if let Some(action) = action {
            let outcome = self.do_global(action, requests);
            self.obey(outcome, requests);
            return true;
        }
        false
    }

    /// The pupil that the global keys are about.
    pub(super) fn chosen(&self) -> Option<PupilId> {
        match (&self.open, self.screen) {
            (Some(open), _) => open.dialog.pupil(),
            (None, Place::Gate) => None,
            (None, Place::Office) => self.shown_office().chosen(),
        }
    }

    fn obey(&mut self, outcome: Outcome, requests: &mut Vec<Request>) {
        match outcome {
            Outcome::Ignored | Outcome::Nothing => {}
            Outcome::Close => self.close(requests),
            Outcome::Notice(text) => {
                if self.open.as_ref().is_some_and(|open| open.dialog.went_on()) {
                    // The row that a dialog went on to is chosen no more for being told of.
                    self.acted = Some(self.context.now);
                }
                self.say(Status::Hint(text));
            }
            Outcome::Press(key) => {
                self.beneath.clear();
                self.close(requests);
                self.key(key, requests);
            }
            Outcome::ShowDay(date) => self.show_day(date, requests),
            Outcome::Open(ask) => {
                self.confirm();
                self.open(ask, requests);
            }
            Outcome::TakeBack => self.want(Wanted::TakeBack, requests),
            Outcome::DoAgain => self.want(Wanted::DoAgain, requests),
            Outcome::Disclose(disclosure) => self.disclose(disclosure, requests),
            Outcome::Copy(disclosure, number) => self.copy(disclosure, &number, requests),
            // What is taken back was done; it is about no row that is next.
            Outcome::Do(act) if act.undoes().is_none() && self.is_in_haste() => {
                // A key that is held down, or pressed on and on, never comes to record anything.
                self.acted = Some(self.context.now);
                self.say(Status::Hint(self.next_is_named()));
            }
            Outcome::Do(act) if !self.is_of_shown_date(&act) => {
                self.say(Status::Hint("Nothing but that day's marks is recorded on another day.".to_owned()));
            }
            Outcome::Do(act) => {
                self.confirm();
                let ticket = self.pending.push(Wanted::Office(act));
                if let Some(open) = &mut self.open {
                    open.waits_for = Some(ticket);
                }
                self.hand_over(requests);
            }
        }
    }

    fn want(&mut self, wanted: Wanted, requests: &mut Vec<Request>) {
        self.pending.push(wanted);
        self.hand_over(requests);
    }
}

/// Whether two times are told alike: nothing on the screen is told by the second.
fn is_same_minute(one: NaiveDateTime, other: NaiveDateTime) -> bool {
    (one.date(), one.hour(), one.minute()) == (other.date(), other.hour(), other.minute())
}
