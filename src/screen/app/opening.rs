//! Loads what an open dialog needs: earlier days, the day log, and the presence shown to other desks.

use chrono::NaiveDate;

use super::{App, Open, PAST, Status};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::calendar::session::SessionDate;
use crate::domain::day::Past;
use crate::domain::facts::desk_presence::Place;
use crate::domain::people::pupil::PupilId;
use crate::keys::Pressable;
use crate::report::handover;
use crate::screen::event::Request;
use crate::screen::office::dialogs::{Opening, dialog};
use crate::screen::outcome::Ask;
use crate::screen::widgets::reveal::to_ring;
use crate::screen::widgets::several::Marked;

impl App {
    /// Open a dialog, and ask for what it shows of the past.
    pub(super) fn open(&mut self, ask: Ask, requests: &mut Vec<Request>) {
        if !self.allows(ask) || !self.is_of_shown_day(ask) {
            return;
        }
        // The call from which the pupil's year was looked at goes on.
        if matches!(ask, Ask::Call(_)) && self.beneath.last().is_some_and(|open| open.ask == ask) {
            return self.close(requests);
        }
        self.forget_unshown(requests);
        if let Some(disclosure) = self.disclosure_of(ask) {
            self.record_disclosure_first(disclosure, requests);
        }
        if let Ask::Call(id) = ask
            && check_matter(self.context.role, Matter::Numbers).is_ok()
            && self.context.roll().contacts(id).iter().any(|contact| !contact.phones.is_empty())
        {
            self.record_disclosure_first(to_ring(id), requests);
        }
        if ask == Ask::Triggers {
            requests.push(Request::Triggers);
        }
        let past = match ask {
            Ask::Card(pupil) if self.another.is_none() => {
                self.context.day.past.get(&pupil).or_else(|| self.past.get(&pupil))
            }
            _ => None,
        };
        if let (Ask::Card(pupil), None) = (ask, past) {
            requests.push(Request::Recall(pupil, self.shown().day.date));
        }
        let opening = Opening {
            context: self.shown(),
            keys: &self.keymaps.office.dialogs,
            typing: self.keymaps.office.typing.clone(),
            finder: self.finder.clone(),
            past,
            pasts: &self.past,
            marked: self.marked(),
            not_done: &self.not_done,
            here: self.pressable(),
            help: self.keymaps.help(),
        };
        let dialog = (dialog(ask).open)(opening);
        self.put_beneath(ask);
        self.open = Some(Open { ask, dialog, waits_for: None });
        self.ask_anew(requests);
        self.ask_for_past(requests);
        self.forget_status();
    }

    /// What can be pressed in the pane that handles keys, what the global keys are, and what takes away what is read.
    fn pressable(&self) -> Vec<Pressable> {
        let mut keys = self.shown_office().pressable();
        keys.extend(self.keymaps.global.pressable());
        keys.extend(self.keymaps.sheet.pressable());
        keys
    }

    /// What is open stays beneath what is asked for, if it is gone back to, each once: a list is; and whatever is open is,
    /// when it is told what of its act was not done.
    fn put_beneath(&mut self, ask: Ask) {
        match self.open.take() {
            None => self.beneath.clear(),
            Some(open) if open.dialog.is_returned_to() || ask == Ask::NotDone => {
                self.beneath.push(Open { waits_for: None, ..open });
            }
            Some(_) => {}
        }
        self.beneath.retain(|open| open.ask != ask);
    }

    /// The marked rows of the pane, each with today's session.
    fn marked(&self) -> Marked {
        let date = self.context.day.date;
        self.office.marked().into_iter().map(|(pupil, session)| (pupil, SessionDate::new(date, session))).collect()
    }

    /// A hint or a refusal from before something opened goes.
    pub(super) fn forget_status(&mut self) {
        if matches!(self.status, Status::Hint(_) | Status::Refused(_) | Status::Failed(_)) {
            self.say(Status::Quiet);
        }
    }

    /// Ask for the day log if the open dialog shows it.
    pub(super) fn ask_for_day_log(&self, requests: &mut Vec<Request>) {
        if self.open.as_ref().is_some_and(|open| open.dialog.shows_day_log()) {
            requests.push(Request::DayLog(self.shown().day.date));
        }
    }

    /// Ask for what is given anew whenever the record moves, as far as it is shown.
    pub(super) fn ask_anew(&self, requests: &mut Vec<Request>) {
        self.ask_for_day_log(requests);
        self.ask_for_files(requests);
    }

    /// Ask for what files leave to be decided if that is shown, or waits beneath what is.
    fn ask_for_files(&self, requests: &mut Vec<Request>) {
        let shows = |ask| ask == Ask::Files || matches!(ask, Ask::Document(kind, _) if *kind == handover::KIND);
        if self.open.iter().chain(&self.beneath).any(|open| shows(open.ask)) {
            requests.push(Request::Files);
        }
    }

    /// Ask for the earlier days that the open dialog needs.
    pub(super) fn ask_for_past(&self, requests: &mut Vec<Request>) {
        let wanted = self.open.iter().flat_map(|open| open.dialog.shows_past_of(self.shown()));
        requests.extend(wanted.map(|pupil| Request::Recall(pupil, self.shown().day.date)));
    }

    /// What came before a date, for one pupil: shown on that date, and remembered if it is today.
    pub(super) fn recalled(&mut self, pupil: PupilId, date: NaiveDate, past: Past) {
        if date == self.shown().day.date {
            self.with_dialog(|dialog, context| dialog.recalled(pupil, &past, context));
        }
        if date == self.context.day.date {
            if self.past.len() >= PAST {
                self.past.clear();
            }
            self.past.insert(pupil, past);
        }
    }

    /// Ask for what the open dialog shows of figures and of a pupil's year, and has not.
    pub(super) fn ask_for_year(&mut self, requests: &mut Vec<Request>) {
        let Some(open) = &mut self.open else { return };
        requests.extend(open.dialog.lacks_year().map(|(pupil, starts)| Request::Year(pupil, starts)));
        requests.extend(open.dialog.lacks_of_cases().map(Request::Cases));
        requests.extend(open.dialog.lacks_figures().map(Request::Figures));
        requests.extend(open.dialog.lacks_day_marks().map(|(pupil, date)| Request::DayMarks(pupil, date)));
    }

    /// Report this desk's presence to the other desks: when that changes, and again each minute while it does not.
    pub(super) fn follow_presence(&mut self, renews: bool, requests: &mut Vec<Request>) {
        let place = if self.is_typing_at_gate() { Place::Gate } else { Place::Office };
        // A call goes on beneath what is looked at meanwhile.
        let claimed = self.open.iter().chain(self.beneath.iter().rev()).find_map(|open| open.dialog.claims());
        let presence = (place, claimed);
        if presence != self.presence || renews {
            self.presence = presence;
            requests.push(Request::ReportPresence(presence.0, presence.1));
        }
    }
}
