//! The screen: the only floor that draws, and the only one that hears the keyboard.

mod app;
mod event;
mod frame;
pub mod gate;
mod global_keys;
mod office;
mod outcome;
pub mod terminal;
mod theme;
mod view_context;
mod widgets;
mod worker;

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::time::Duration;

use crate::clock::{Clock, Ticks};
use crate::domain::act::Officer;
use crate::store::{Fault, Store};
pub use app::App;
pub use app::keymaps::Keymaps;
pub use event::{Event, Request, Slip, Ticket};
use terminal::input::{self, Input};
use terminal::{NoScreen, Screen};
pub use theme::{Look, Theme};
pub use worker::asking::{Asking, Inbox, asking};
pub use worker::store_worker::StoreWorker;

/// How long leaving waits for the store worker; and how long where something is still to be saved.
const LEAVE: Duration = Duration::from_millis(300);
const SAVE: Duration = Duration::from_secs(3);

/// What a notification says: whoever passes by reads it too, so it names nobody.
const NOTICE: &str = "firstbell: the watch list has changed";

/// How long a number that was copied stays in the clipboard of the officer's own machine.
const COPIED: Duration = Duration::from_secs(30);

/// What has come in and is not heard yet: few, for each may be the whole day's record.
const QUEUE: usize = 16;

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
pub fn run(mut options: Options) -> Result<(), Closed> {
    let clock = options.clock;
    let now = clock.now();
    let date = options.store.roll().school.local(now).date();
    let day = options.store.day(date)?;
    let theme = Theme::new(options.look);
    let mut app = App::new(day, options.keymaps, theme, options.officer.clone(), options.demo, now);
    if options.gate {
        app.open_gate();
    }

    let (events, queue) = sync_channel(QUEUE);
    let (ask, asked) = asking();
    // Before the terminal is taken: from then on a signal must give it back.
    input::listen(events.clone(), heard)?;
    let mut screen = Screen::enter(false)?;
    let worker = StoreWorker::new(options.store, options.officer, date);
    let (gone, left) = channel();
    std::thread::Builder::new().name("store".to_owned()).spawn(move || {
        let unsaved = worker.run(&asked, &events);
        // Nobody waits any longer.
        let (Ok(()) | Err(_)) = gone.send(unsaved);
    })?;
    let stayed = stay(&mut app, &mut screen, clock, &ask, &queue);
    // The terminal is given back first; then the store worker has a moment to take leave of the other desks.
    drop((screen, ask, queue));
    let patience = stayed?;
    match left.recv_timeout(patience) {
        Ok(true) => Err(Closed::Unsaved),
        Err(RecvTimeoutError::Timeout) if patience == SAVE => Err(Closed::Unsaved),
        Ok(false) | Err(_) => Ok(()),
    }
}

/// Draw and hear until the officer leaves, or the terminal does; how long the store worker is to be waited for.
fn stay(
    app: &mut App,
    screen: &mut Screen,
    clock: Clock,
    ask: &Asking,
    queue: &Receiver<Event>,
) -> Result<Duration, Closed> {
    let (mut sits, mut copied) = (false, None::<Ticks>);
    loop {
        if copied.take_if(|since| since.read() >= COPIED).is_some() {
            unless_dropped(screen.uncopy())?;
        }
        let heard = screen.hear_focus(app.wants_focus());
        match heard.and_then(|()| screen.draw(|frame| app.draw(frame))) {
            // The line has dropped, and drawing knew it first.
            Err(_) if !terminal::is_alive() => {
                let saving = app.on(Event::HangUp, clock.now()).into_iter().filter(saves);
                let asked = saving.map(|request| ask.ask(request, clock.both())).count();
                return Ok(if asked > 0 || app.is_saving_at_gate() { SAVE } else { LEAVE });
            }
            drawn => drawn?,
        }
        // Nothing is asked of the disk before the first frame is out.
        if !std::mem::replace(&mut sits, true) {
            ask.ask(app.sits_down(), clock.both());
        }
        let (turns, left) = (clock.until_next_minute(), copied.map(|since| COPIED.saturating_sub(since.read())));
        let mut next = match turns.into_iter().chain(left).min() {
            Some(wait) => match queue.recv_timeout(wait) {
                Ok(event) => Some(event),
                // What was copied is due to go; the minute turns later.
                Err(RecvTimeoutError::Timeout) if left.is_some_and(|left| turns.is_none_or(|turns| left < turns)) => {
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => Some(Event::Minute),
                Err(RecvTimeoutError::Disconnected) => None,
            },
            None => queue.recv().ok(),
        };
        // Nobody is left who could tell us anything.
        if next.is_none() {
            return Ok(LEAVE);
        }
        // Everything that has come is heard before anything is drawn.
        let since = Ticks::start();
        while let Some(event) = next {
            app.falls_behind(ask.is_full());
            let is_told_to_end = matches!(event, Event::Terminate | Event::HangUp);
            let requests = app.on(event, clock.now());
            let is_saved = requests.iter().any(saves) || (is_told_to_end && app.is_saving_at_gate());
            let patience = if is_saved { SAVE } else { LEAVE };
            for request in requests {
                match request {
                    Request::Quit => return Ok(patience),
                    Request::ShutOut(says) => return Err(Closed::ShutOut(says)),
                    Request::Redraw => screen.forget(),
                    Request::Notify(how) => unless_dropped(screen.notify(how, NOTICE))?,
                    Request::Reenter => unless_dropped(screen.reenter())?,
                    Request::Copy(number) => {
                        unless_dropped(screen.copy(&number))?;
                        copied = Some(Ticks::start());
                    }
                    Request::Uncopy => {
                        unless_dropped(screen.uncopy())?;
                        copied = None;
                    }
                    other => ask.ask(other, clock.both()),
                }
            }
            next = if since.read() < BURST { queue.try_recv().ok() } else { None };
        }
    }
}

fn saves(request: &Request) -> bool {
    matches!(request, Request::Perform(..) | Request::TakeBack(_))
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
