//! The store worker: does what the screen asks of the store, and brings news of what anybody changed. The screen never waits for
//! the disk.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::answering::Answering;
use super::asking::Inbox;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::act::{Act, Officer, Receipt, Refusal, Undo, When};
use crate::domain::act_id::ActId;
use crate::domain::day::Day;
use crate::domain::facts::desk_presence::Place;
use crate::domain::people::pupil::PupilId;
use crate::exchange;
use crate::screen::event::{Event, Printing, Request, Ticket, Undoable};
use crate::store::{Fault, NotDone, Store};

/// How often the file is asked whether anybody changed it.
const POLL: Duration = Duration::from_millis(135);

/// After how many polls what has failed twice is tried again: about a second.
const REST: u8 = 8;

/// How long a printer may take.
const PRINTED_WITHIN: Duration = Duration::from_secs(10);

/// How long the store worker listens between two slices of what the watch rules need of the past, while some of it is not read.
const BREATH: Duration = Duration::from_millis(5);

/// Pupils in a slice: a few milliseconds, so that no act waits for it.
const SLICE: usize = 8;

/// Holds one desk's store, and does what its screen asks for.
#[derive(Debug)]
pub struct StoreWorker {
    pub(super) store: Store,
    pub(super) officer: Officer,
    /// Today.
    pub(super) date: NaiveDate,
    /// The date that is shown beside it.
    another: Option<NaiveDate>,
    /// What the watch rules need of the past may not be as the file has it.
    behind: bool,
    /// What the last look failed of: the next that does not is news whatever has changed.
    blind: Option<String>,
    /// The act that could not be written.
    unwritten: Option<Unwritten>,
    /// What could not be recorded, and so is not shown: tried again until it can be.
    undisclosed: Vec<(Disclosure, When)>,
    /// Polls to let go by before what failed is tried again.
    rests: u8,
    /// The presence reported to the other desks, and since when.
    presence: Option<(Place, Option<PupilId>, DateTime<Utc>)>,
    /// What was last told of what can be taken back and done again.
    undoable: Undoable,
}

/// An act that the world kept from being written: tried again by itself, as of when it was asked for.
#[derive(Debug)]
struct Unwritten {
    ticket: Ticket,
    act: Act,
    asked: When,
    /// The opening of the file for which it was meant.
    opening: u64,
    /// What it answers if it was done after all.
    receipt: Option<Box<Receipt>>,
    text: String,
}

impl Unwritten {
    fn given_up(&self, why: &str) -> Event {
        let what = self.act.called();
        Event::GivenUp(
            self.ticket,
            match self.receipt {
                None => format!("“{what}” is not saved: {why}"),
                Some(_) => format!("“{what}” may have been saved all the same: look before you do it again"),
            },
        )
    }
}

impl StoreWorker {
    /// One that watches `date`.
    pub fn new(store: Store, officer: Officer, date: NaiveDate) -> StoreWorker {
        StoreWorker {
            store,
            officer,
            date,
            another: None,
            behind: true,
            blind: None,
            unwritten: None,
            undisclosed: Vec::new(),
            rests: 0,
            presence: None,
            undoable: Undoable::default(),
        }
    }

    /// Do what is asked; what came of it.
    pub fn obey(&mut self, request: Request, when: impl Into<When>) -> Vec<Event> {
        let when = when.into();
        let now = when.now;
        match request {
            Request::Perform(ticket, act) => {
                // A desk that ends asks for all at once: the act that waits was asked for first.
                let mut events = self.write_unwritten();
                events.extend(self.perform(self.new_act(ticket, act, when)));
                events
            }
            Request::TakeBack(ticket) => {
                let last = self.store.last_act(&self.officer, self.midnight(now));
                self.undo(ticket, last, Refusal::nothing_done(&self.officer), when)
            }
            Request::DoAgain(ticket) => {
                let last = self.store.last_taken_back(&self.officer, self.midnight(now));
                self.undo(ticket, last, Refusal::nothing_taken_back(&self.officer), when)
            }
            Request::GiveUp(ticket) => {
                let given_up = self.unwritten.take_if(|unwritten| unwritten.ticket == ticket);
                given_up.map(|it| it.given_up("given up")).into_iter().collect()
            }
            Request::Show(date) => {
                self.date = date;
                self.read()
            }
            Request::AnotherDay(date) => {
                self.another = date;
                self.read_another(None)
            }
            Request::Recall(pupil, date) => match self.store.past(pupil, date) {
                Ok(past) => vec![Event::Recalled(pupil, date, Box::new(past))],
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::Year(pupil, starts) => {
                let today = self.store.roll().school.local(now).date();
                self.looked_up(self.store.year(pupil, starts, today), |year| Event::Year(Box::new(year)))
            }
            Request::DayMarks(pupil, date) => {
                self.looked_up(self.store.marks_of_day(pupil, date), |marks| Event::DayMarks(Box::new(marks)))
            }
            Request::Triggers => self.triggers(now),
            Request::Cases(question) => self.cases(question, now),
            Request::Files => self.files(now),
            Request::Figures(asked) => self.figures(asked, now),
            Request::DayLog(date) => match self.store.day_log(date) {
                Ok(entries) => vec![Event::DayLog(date, entries)],
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::ReportPresence(place, calling) => {
                self.store_presence(place, calling, now);
                self.undoable(now).into_iter().collect()
            }
            Request::Disclose(disclosure) => self.disclose(disclosure, when),
            Request::ForgetUnshown => {
                self.undisclosed.clear();
                Vec::new()
            }
            Request::HasPin => match self.store.has_pin(&self.officer.login) {
                Ok(set) => vec![Event::PinSet(set)],
                // Not known: it stays locked.
                Err(fault) => vec![self.blinded(&fault)],
            },
            Request::Unlock(pin) => match self.store.pin_opens(&self.officer.login, &pin) {
                Ok(opens) => vec![Event::Unlocked(Some(opens))],
                Err(fault) => vec![self.blinded(&fault), Event::Unlocked(None)],
            },
            Request::Print(_)
            | Request::Notify(_)
            | Request::Copy(..)
            | Request::Uncopy
            | Request::Redraw
            | Request::Reenter
            | Request::ShutOut(_)
            | Request::Quit => Vec::new(),
        }
    }

    /// What was found, if anything was.
    fn looked_up<T>(&mut self, found: Result<Option<T>, Fault>, event: impl FnOnce(T) -> Event) -> Vec<Event> {
        match found {
            Ok(found) => found.map(event).into_iter().collect(),
            Err(fault) => vec![self.blinded(&fault)],
        }
    }

    fn disclose(&mut self, disclosure: Disclosure, when: When) -> Vec<Event> {
        match self.store.disclose(&self.officer, when, &disclosure) {
            Ok(()) => vec![Event::Disclosed(disclosure)],
            Err(NotDone::Refused(refusal)) => vec![Event::ShutOut(refusal.to_string())],
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => {
                self.rests = REST;
                if !self.undisclosed.iter().any(|(held, _)| *held == disclosure) {
                    self.undisclosed.push((disclosure, when));
                }
                self.blind_fault(&fault).into_iter().collect()
            }
        }
    }

    fn new_act(&self, ticket: Ticket, act: Act, asked: When) -> Unwritten {
        Unwritten { ticket, act, asked, opening: self.store.openings(), receipt: None, text: String::new() }
    }

    /// Undo what was found, or refuse with `nothing`.
    fn undo(
        &mut self,
        ticket: Ticket,
        found: Result<Option<ActId>, Fault>,
        nothing: Refusal,
        when: When,
    ) -> Vec<Event> {
        match found {
            Ok(Some(act)) => match self.other_than_shown(act) {
                Ok(None) => self.perform(self.new_act(ticket, Act::Undo(Undo { act }), when)),
                Ok(Some(refusal)) => vec![Event::Done(ticket, Err(Box::new(refusal)))],
                Err(fault) => {
                    let text = fault.to_string();
                    vec![Event::GivenUp(ticket, text), self.blinded(&fault)]
                }
            },
            Ok(None) => vec![Event::Done(ticket, Err(Box::new(nothing)))],
            Err(fault) => {
                let text = fault.to_string();
                vec![Event::GivenUp(ticket, text), self.blinded(&fault)]
            }
        }
    }

    /// Why what `act` did is not taken back here: another day is shown, and it is about no mark of that.
    fn other_than_shown(&self, act: ActId) -> Result<Option<Refusal>, Fault> {
        let Some(shown) = self.another else { return Ok(None) };
        let is_of_shown = self.store.date_amended(act)? == Some(shown);
        Ok((!is_of_shown).then(|| Refusal::of_another_day(shown)))
    }

    /// When the day of `now` began.
    fn midnight(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let school = &self.store.roll().school;
        school.instant(school.local(now).date().and_time(NaiveTime::MIN))
    }

    /// What can be taken back and done again, if that has changed since it was last told. Where it cannot be read, the next look says
    /// why.
    fn undoable(&mut self, now: DateTime<Utc>) -> Option<Event> {
        let since = self.midnight(now);
        let undo = self.store.last_act(&self.officer, since).ok()?.is_some();
        let redo = self.store.last_taken_back(&self.officer, since).ok()?.is_some();
        let undoable = Undoable { undo, redo };
        (std::mem::replace(&mut self.undoable, undoable) != undoable).then_some(Event::Undoable(undoable))
    }

    /// A repeated presence keeps its start. A courtesy: if it cannot be written, the work goes on without.
    fn store_presence(&mut self, place: Place, calling: Option<PupilId>, now: DateTime<Utc>) {
        let same = self.presence.filter(|presence| (presence.0, presence.1) == (place, calling));
        let since = same.map_or(now, |(.., since)| since);
        self.presence = Some((place, calling, since));
        drop(self.store.store_presence(&self.officer, Some((place, calling)), since, now));
    }

    fn perform(&mut self, mut it: Unwritten) -> Vec<Event> {
        match self.store.perform_once(&self.officer, it.asked, &it.act, it.receipt.as_deref()) {
            Ok(receipt) => match self.look() {
                Ok(day) => {
                    let undoable = self.undoable(it.asked.now);
                    let another = self.read_another(Some(&receipt));
                    let done = Event::Done(it.ticket, Ok((receipt, Some(Box::new(day)))));
                    undoable.into_iter().chain(another).chain([done]).collect()
                }
                // The act is safe, whatever the look at it says.
                Err(fault) => vec![Event::Done(it.ticket, Ok((receipt, None))), self.blinded(&fault)],
            },
            // Others' news first, so that the refusal is read beside what it speaks of.
            Err(NotDone::Refused(refusal)) => {
                let mut events = self.news();
                events.push(Event::Done(it.ticket, Err(refusal)));
                events
            }
            Err(NotDone::Fault(fault)) => self.keep(it, &fault),
            Err(NotDone::Unknown(fault, receipt)) => {
                it.receipt = Some(receipt);
                self.keep(it, &fault)
            }
        }
    }

    /// Try the act that could not be written once more.
    fn write_unwritten(&mut self) -> Vec<Event> {
        self.unwritten.take().map(|it| self.perform(it)).unwrap_or_default()
    }

    /// Keep an act that could not be written; said once for each thing that keeps it from being.
    fn keep(&mut self, mut it: Unwritten, fault: &Fault) -> Vec<Event> {
        let text = fault.to_string();
        let events = (it.text != text).then(|| Event::Fault(text.clone(), Some(it.ticket)));
        self.rests = REST;
        it.text = text;
        self.unwritten = Some(it);
        events.into_iter().collect()
    }

    /// What there is to say by itself: what anybody changed, and what became of an act that could not be written.
    pub fn poll(&mut self) -> Vec<Event> {
        let rests = self.rests > 0;
        self.rests = self.rests.saturating_sub(1);
        if rests && self.blind.is_some() {
            return Vec::new();
        }
        let mut events = self.news();
        // Not done is not lost: it is tried again.
        let (Ok(()) | Err(_)) = self.store.take_back_cut_off();
        if !rests {
            for (disclosure, when) in std::mem::take(&mut self.undisclosed) {
                events.extend(self.disclose(disclosure, when));
            }
        }
        if self.blind.is_some() {
            self.rests = REST;
        } else if !rests && let Some(it) = self.unwritten.take() {
            // Another copy of the file was opened meanwhile: the officer has not seen what it holds.
            events.extend(if it.opening == self.store.openings() {
                self.perform(it)
            } else {
                vec![it.given_up("another copy of the file is open now; look at what it holds, then save again")]
            });
        }
        events
    }

    /// What anybody changed since the last look, if anything.
    fn news(&mut self) -> Vec<Event> {
        match self.store.changed() {
            Ok(false) if self.blind.is_none() => Vec::new(),
            Ok(_) => self.read(),
            Err(fault) => self.blind_fault(&fault).into_iter().collect(),
        }
    }

    /// Read a little more of what the watch rules need of the past, if something of it is not read: what nobody waits for. The
    /// standing, when it is whole and new.
    pub fn catch_up(&mut self) -> Option<Event> {
        if !self.behind {
            return None;
        }
        match self.store.catch_up(self.date, SLICE) {
            Ok(caught_up) => {
                self.behind = caught_up.left > 0;
                caught_up.standing.map(Event::Standing)
            }
            Err(fault) => {
                // The next look that does not fail takes it up again.
                self.behind = false;
                Some(self.blinded(&fault))
            }
        }
    }

    /// Whether there is something of the past to read.
    pub fn is_behind(&self) -> bool {
        self.behind
    }

    /// Today, as the file has it now.
    pub fn look(&mut self) -> Result<Day, Fault> {
        self.behind = true;
        self.store.changed()?;
        self.store.day(self.date)
    }

    /// Today, and the date that is shown beside it.
    fn read(&mut self) -> Vec<Event> {
        match self.look() {
            Ok(day) => {
                self.blind = None;
                [Event::News(Box::new(day))].into_iter().chain(self.read_another(None)).collect()
            }
            Err(fault) => self.blind_fault(&fault).into_iter().collect(),
        }
    }

    fn read_another(&mut self, own_receipt: Option<&Receipt>) -> Vec<Event> {
        let Some(date) = self.another else { return Vec::new() };
        match self.store.another_day(date) {
            Ok(day) => vec![Event::AnotherDay(Box::new(day), own_receipt.cloned())],
            Err(fault) => vec![self.blinded(&fault)],
        }
    }

    /// Reported once for each fault that keeps the file from being read.
    fn blind_fault(&mut self, fault: &Fault) -> Option<Event> {
        (self.blind.as_deref() != Some(&fault.to_string())).then(|| self.blinded(fault))
    }

    pub(super) fn blinded(&mut self, fault: &Fault) -> Event {
        let text = fault.to_string();
        self.blind = Some(text.clone());
        Event::Fault(text, None)
    }

    /// Obey until nobody asks any more; then the other desks are told that we have left. What was asked for is done though nobody
    /// hears of it any more. Answers whether something is not saved.
    pub fn run(mut self, asked: &Inbox, answering: &Answering) -> bool {
        let mut wait = POLL;
        loop {
            let answers = match asked.next(wait) {
                Ok((Request::Print(printing), _)) => {
                    print(printing, answering.clone());
                    Vec::new()
                }
                Ok((request, when)) => {
                    wait = POLL;
                    self.obey(request, when)
                }
                Err(RecvTimeoutError::Timeout) => {
                    let news = self.poll();
                    let standing = self.catch_up();
                    wait = if self.behind { BREATH } else { POLL };
                    news.into_iter().chain(standing).collect::<Vec<_>>()
                }
                Err(RecvTimeoutError::Disconnected) => {
                    drop(self.write_unwritten());
                    if let Some((.., since)) = self.presence {
                        drop(self.store.store_presence(&self.officer, None, since, since));
                    }
                    return self.unwritten.is_some();
                }
            };
            for answer in answers {
                answering.answer(answer);
            }
        }
    }
}

/// Print something, from a thread of its own: neither the screen nor the record waits for a printer.
fn print(printing: Printing, answering: Answering) {
    let print = move || {
        let Printing { command, what, afterwards, text } = printing;
        if let Err(why) = exchange::printer::print(&command, &text, PRINTED_WITHIN) {
            let sentence = format!("{what} was not printed: {why}. {afterwards}");
            answering.answer(Event::NotPrinted(sentence.trim_end().to_owned()));
        }
    };
    drop(std::thread::Builder::new().name("printer".to_owned()).spawn(print));
}
