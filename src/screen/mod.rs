//! The screen: the only floor that draws, and the only one that hears the keyboard.

mod app;
mod casework;
mod event;
mod frame;
pub mod gate;
mod global_keys;
pub mod guide;
mod office;
mod outcome;
pub mod terminal;
mod theme;
mod view_context;
mod widgets;
mod worker;

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

use crate::clock::{Clock, Timer};
use crate::domain::act::Officer;
use crate::store::{Fault, Store};
pub use app::App;
pub use app::keymaps::Keymaps;
pub use event::{Event, Printing, Request, Ticket, Undoable};
use terminal::input::{Input, Listener};
use terminal::{NoScreen, Screen};
pub use theme::{Look, Theme};
pub use worker::answering::{Answering, answering};
pub use worker::asking::{Asking, Inbox, asking};
pub use worker::store_worker::StoreWorker;

/// How long leaving waits for the store worker; and how long where something is still to be saved.
const LEAVE: Duration = Duration::from_millis(300);
const SAVE: Duration = Duration::from_secs(3);

/// What a notification says: whoever passes by reads it too, so it names nobody.
const NOTICE: &str = "firstbell: the watch list has changed";

/// How long is heard at most before something is drawn, so that a flood of keys never hides what they do.
const BURST: Duration = Duration::from_millis(100);

/// What the screen opens on.
#[derive(Debug)]
pub struct Options {
    /// The school's file, open.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Who is at the desk.
    pub officer: Officer,
    /// Every room's keys.
    pub keymaps: Keymaps,
    /// How it is to look.
    pub look: Look,
    /// The school is made up.
    pub demo: bool,
    /// It opens at the gate.
    pub gate: bool,
}

/// Why the screen could not open, or had to close.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    /// The terminal cannot show it.
    #[error(transparent)]
    NoScreen(#[from] NoScreen),
    /// Whoever sat here may not any longer, or not the same.
    #[error("{0}")]
    ShutOut(String),
    /// The file.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Whoever sat here left, or was made to, before all was saved.
    #[error("not everything was saved: look before you do it again")]
    Unsaved,
    /// The terminal is gone, or a thread could not start.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] std::io::Error),
}

/// Open the screen and stay until the officer leaves, or the terminal does.
pub fn run(options: Options) -> Result<(), Closed> {
    let clock = options.clock;
    let now = clock.now();
    let date = options.store.roll().school.local(now).date();
    let (answering, answers, woken) = answering()?;
    let (ask, asked) = asking();
    let (gone, left) = channel();
    let (opened, opening) = channel();
    let mut worker = StoreWorker::new(options.store, options.officer.clone(), date);
    std::thread::Builder::new().name("store".to_owned()).spawn(move || {
        // The first day too is read by the store worker: what a thread frees is kept for that thread, and it reads the next one.
        let (Ok(()) | Err(_)) = opened.send(worker.look());
        let unsaved = worker.run(&asked, &answering);
        // Nobody waits any longer.
        let (Ok(()) | Err(_)) = gone.send(unsaved);
    })?;
    // Before the terminal is taken: from then on a signal must give it back.
    let incoming = Incoming { listener: Listener::start(woken)?, answers };
    let theme = Theme::new(options.look);
    let day = opening.recv().map_err(std::io::Error::other)??;
    let mut app = App::new(day, options.keymaps, theme, options.officer, options.demo, now);
    if options.gate {
        app.open_gate();
    }
    let screen = Screen::enter()?;
    let mut session = Session { app, screen, clock, ask, incoming, copied: None };
    let stayed = session.run();
    // The terminal is given back first; then the store worker has a moment to take leave of the other desks.
    drop(session);
    let patience = stayed?;
    match left.recv_timeout(patience) {
        Ok(true) => Err(Closed::Unsaved),
        Err(RecvTimeoutError::Timeout) if patience == SAVE => Err(Closed::Unsaved),
        Ok(false) | Err(_) => Ok(()),
    }
}

/// What comes in: from the terminal, and from the store worker.
struct Incoming {
    listener: Listener,
    answers: Receiver<Event>,
}

impl Incoming {
    /// What comes within `longest`: nothing where that is over first, `None` where the store worker is gone.
    fn wait(&mut self, longest: Option<Duration>) -> Option<Vec<Event>> {
        let inputs = self.listener.wait(longest);
        let mut events = Vec::new();
        loop {
            match self.answers.try_recv() {
                Ok(event) => events.push(event),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return None,
            }
        }
        events.extend(inputs.into_iter().map(heard));
        Some(events)
    }
}

/// The screen while an officer is at it.
struct Session {
    app: App,
    screen: Screen,
    clock: Clock,
    ask: Asking,
    incoming: Incoming,
    /// How long a number stays copied, if one is.
    copied: Option<Timer>,
}

impl Session {
    /// Draws and handles what comes in until the officer leaves, or the terminal does; how long the store worker is to be waited for.
    fn run(&mut self) -> Result<Duration, Closed> {
        let clock = self.clock;
        let next_minute = || clock.until_next_minute().map(Timer::start);
        let mut minute = next_minute();
        // Nothing is asked of the disk before the first frame is out.
        let mut drawn = self.draw()?;
        self.ask.ask(self.app.report_presence(), clock.both());
        while drawn {
            let mut longest = [minute, self.copied].into_iter().flatten().map(|timer| timer.left()).min();
            let (burst, mut is_new) = (Timer::start(BURST), false);
            // Everything that has come is handled before anything is drawn.
            while !burst.is_over() {
                let Some(mut events) = self.incoming.wait(longest) else { return Ok(LEAVE) };
                longest = Some(Duration::ZERO);
                if minute.take_if(|minute| minute.is_over()).is_some() {
                    minute = next_minute();
                    events.push(Event::Minute);
                }
                if events.is_empty() {
                    break;
                }
                is_new = true;
                for event in events {
                    if let Some(patience) = self.handle(event)? {
                        return Ok(patience);
                    }
                }
            }
            if self.copied.take_if(|copied| copied.is_over()).is_some() {
                unless_dropped(self.screen.uncopy())?;
            }
            // Bytes of a long paste are nothing new until it ends.
            drawn = !is_new || self.draw()?;
        }
        // The line has dropped, and drawing knew it first.
        let saving = self.app.on(Event::HangUp, clock.now()).into_iter().filter(saves);
        let asked = saving.map(|request| self.ask.ask(request, clock.both())).count();
        Ok(if asked > 0 || self.app.is_saving_at_gate() { SAVE } else { LEAVE })
    }

    /// Draws a frame; whether there is still a terminal to draw on.
    fn draw(&mut self) -> Result<bool, Closed> {
        let (app, screen) = (&self.app, &mut self.screen);
        match screen.hear_focus(app.wants_focus()).and_then(|()| screen.draw(|buffer, shown| app.draw(buffer, shown))) {
            Err(_) if !terminal::is_alive() => Ok(false),
            drawn => Ok(drawn.map(|()| true)?),
        }
    }

    /// Handles what came in; where the officer leaves by it, how long the store worker is to be waited for.
    fn handle(&mut self, event: Event) -> Result<Option<Duration>, Closed> {
        let (app, clock) = (&mut self.app, self.clock);
        app.falls_behind(self.ask.is_full());
        let is_told_to_end = matches!(event, Event::Terminate | Event::HangUp);
        let requests = app.on(event, clock.now());
        let is_saved = requests.iter().any(saves) || (is_told_to_end && app.is_saving_at_gate());
        for request in requests {
            match request {
                Request::Quit => return Ok(Some(if is_saved { SAVE } else { LEAVE })),
                Request::ShutOut(says) => return Err(Closed::ShutOut(says)),
                Request::Redraw => self.screen.forget(),
                Request::Notify(how) => unless_dropped(self.screen.notify(how, NOTICE))?,
                Request::Reenter => unless_dropped(self.screen.reenter())?,
                Request::Copy(text, how_long) => {
                    unless_dropped(self.screen.copy(&text))?;
                    self.copied = Some(Timer::start(how_long));
                }
                Request::Uncopy => {
                    unless_dropped(self.screen.uncopy())?;
                    self.copied = None;
                }
                other => self.ask.ask(other, clock.both()),
            }
        }
        Ok(None)
    }
}

fn saves(request: &Request) -> bool {
    matches!(request, Request::Perform(..) | Request::TakeBack(_) | Request::DoAgain(_))
}

/// A line that has dropped is told of by the next frame, and by the keyboard: its SIGCONT may be heard before its SIGHUP.
fn unless_dropped(written: std::io::Result<()>) -> std::io::Result<()> {
    written.or_else(|error| if terminal::is_alive() { Err(error) } else { Ok(()) })
}

fn heard(input: Input) -> Event {
    match input {
        Input::Key(key) => Event::Key(key.into()),
        Input::Paste(text) => Event::Paste(text),
        Input::LongPaste => Event::LongPaste,
        Input::Focus(in_front) => Event::Focus(in_front),
        Input::Resize => Event::Resize,
        Input::Resume => Event::Resume,
        Input::HangUp => Event::HangUp,
        Input::Terminate => Event::Terminate,
    }
}
