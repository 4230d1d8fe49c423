//! The store's keeper: does what the screen asks for, and brings news of what anybody changed. The screen never waits for
//! the disk.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::event::{Event, Request};
use crate::domain::act::Officer;
use crate::domain::pupil::PupilId;
use crate::domain::sitting::Place;
use crate::store::{Fault, NotDone, Store};

/// How often the file is asked whether anybody changed it.
const POLL: Duration = Duration::from_millis(135);

/// A request, and when it was made.
pub type Asked = (Request, DateTime<Utc>);

/// The keeper of one desk's store.
#[derive(Debug)]
pub struct Keeper {
    store: Store,
    officer: Officer,
    date: NaiveDate,
    /// The last look failed: the next that does not is news whatever has changed.
    blind: bool,
    /// Where the other desks are told we sit, whom we call about, and since when.
    sitting: Option<(Place, Option<PupilId>, DateTime<Utc>)>,
}

impl Keeper {
    /// A keeper that watches `date`.
    pub fn new(store: Store, officer: Officer, date: NaiveDate) -> Keeper {
        Keeper { store, officer, date, blind: false, sitting: None }
    }

    /// Do what is asked; what came of it.
    pub fn obey(&mut self, request: Request, now: DateTime<Utc>) -> Vec<Event> {
        match request {
            Request::Perform(ticket, act) => match self.store.perform(&self.officer, now, &act) {
                Ok(receipt) => match self.look() {
                    Ok(day) => vec![Event::Done(ticket, Ok((receipt, Some(Box::new(day)))))],
                    // The act is safe, whatever the look at it says.
                    Err(fault) => vec![Event::Done(ticket, Ok((receipt, None))), self.blinded(&fault)],
                },
                // Others' news first, so that the refusal is read beside what it speaks of.
                Err(NotDone::Refused(refusal)) => {
                    self.news().into_iter().chain([Event::Done(ticket, Err(refusal))]).collect()
                }
                Err(NotDone::Fault(fault)) => {
                    self.blind = true;
                    vec![Event::Fault(fault.to_string(), Some(ticket))]
                }
            },
            Request::Show(date) => {
                self.date = date;
                self.read().into_iter().collect()
            }
            Request::Recall(pupil, date) => match self.store.past(pupil, date) {
                Ok(past) => vec![Event::Recalled(pupil, Box::new(past))],
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::Tape(date) => match self.store.tape(date) {
                Ok(entries) => vec![Event::Tape(entries)],
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::Sit(place, calling) => {
                self.sit(place, calling, now);
                Vec::new()
            }
            Request::Disclose(disclosure) => match self.store.disclose(&self.officer, now, &disclosure) {
                Ok(()) => vec![Event::Disclosed(disclosure)],
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::HasPin => match self.store.has_pin(&self.officer.login) {
                Ok(set) => vec![Event::PinSet(set)],
                // Not known: it stays locked.
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::Unlock(pin) => match self.store.pin_opens(&self.officer.login, &pin) {
                Ok(opens) => vec![Event::Unlocked(Some(opens))],
                Err(fault) => vec![self.blinded(&fault), Event::Unlocked(None)],
            },
            Request::Copy(_) | Request::Uncopy | Request::Redraw | Request::Reenter | Request::Quit => Vec::new(),
        }
    }

    /// Said again it goes on from when it was first said. A courtesy: if it cannot be written, the work goes on without.
    fn sit(&mut self, place: Place, calling: Option<PupilId>, now: DateTime<Utc>) {
        let same = self.sitting.filter(|sitting| (sitting.0, sitting.1) == (place, calling));
        let since = same.map_or(now, |(.., since)| since);
        self.sitting = Some((place, calling, since));
        drop(self.store.sit(&self.officer, Some((place, calling)), since, now));
    }

    /// What anybody changed since the last look, if anything.
    pub fn news(&mut self) -> Option<Event> {
        match self.store.changed() {
            Ok(false) if !self.blind => None,
            Ok(_) => self.read(),
            Err(fault) if self.blind => {
                drop(fault);
                None
            }
            Err(fault) => Some(self.blinded(&fault)),
        }
    }

    fn look(&mut self) -> Result<crate::domain::day::Day, Fault> {
        self.store.changed()?;
        self.store.day(self.date)
    }

    fn read(&mut self) -> Option<Event> {
        match self.look() {
            Ok(day) => {
                self.blind = false;
                Some(Event::News(Box::new(day)))
            }
            Err(_) if self.blind => None,
            Err(fault) => Some(self.blinded(&fault)),
        }
    }

    fn blinded(&mut self, fault: &Fault) -> Event {
        self.blind = true;
        Event::Fault(fault.to_string(), None)
    }

    /// Obey until nobody asks any more; then the other desks are told that we have left.
    pub fn run(mut self, asked: &Receiver<Asked>, events: &Sender<Event>) {
        loop {
            let answers = match asked.recv_timeout(POLL) {
                Ok((request, now)) => self.obey(request, now),
                Err(RecvTimeoutError::Timeout) => self.news().into_iter().collect(),
                Err(RecvTimeoutError::Disconnected) => {
                    if let Some((.., since)) = self.sitting {
                        drop(self.store.sit(&self.officer, None, since, since));
                    }
                    return;
                }
            };
            for answer in answers {
                if events.send(answer).is_err() {
                    return;
                }
            }
        }
    }
}
