//! The guide's screen at a terminal: keys in, frames out. What a file would bring is found out in a thread of its own, so that the screen
//! hears keys meanwhile.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use super::{GuideScreen, Keys, Request};
use crate::exchange::profiles::Profile;
use crate::exchange::profiles::guide::{Guide, Trial};
use crate::screen::Closed;
use crate::screen::terminal::input::{Input, Listener};
use crate::screen::terminal::{self, Screen};
use crate::screen::theme::{Look, Theme};

/// What was taught.
#[derive(Debug)]
pub struct Taught {
    /// Where the profile was kept; none where it was not.
    pub kept: Option<PathBuf>,
}

type Found = Result<Trial, String>;

/// Open the screen and stay until a profile is saved, or the officer leaves; profiles are kept in `folder`.
pub fn run(guide: Guide, folder: &std::path::Path, keys: Keys, look: Look) -> Result<Taught, Closed> {
    let (found, finding) = channel::<Found>();
    let (wake, woken) = UnixStream::pair()?;
    // Before the terminal is taken: from then on a signal must give it back.
    let mut listener = Listener::start(woken)?;
    let mut terminal = Screen::enter()?;
    let mut screen = GuideScreen::new(guide, keys, Theme::new(look));
    loop {
        match terminal.draw(|buffer, _| screen.draw(buffer)) {
            Err(_) if !terminal::is_alive() => break,
            drawn => drawn?,
        }
        let inputs = listener.wait(None);
        while let Ok(trial) = finding.try_recv() {
            screen.tried(trial);
        }
        for input in inputs {
            let request = match input {
                Input::Key(key) => screen.handle_key(key.into()),
                Input::Paste(text) => {
                    screen.paste(&text);
                    Request::Nothing
                }
                Input::Resume => {
                    terminal.reenter()?;
                    Request::Redraw
                }
                Input::HangUp | Input::Terminate => Request::Leave,
                Input::LongPaste | Input::Focus(_) | Input::Resize => Request::Nothing,
            };
            match request {
                Request::Nothing => {}
                Request::Redraw => terminal.forget(),
                Request::Try(profile) => try_out(screen.guide.clone(), *profile, found.clone(), wake.try_clone()?)?,
                Request::Keep(profile, replaces) => {
                    let kept = screen.guide.keep(&profile, folder, replaces);
                    if screen.was_kept(kept) {
                        return Ok(Taught { kept: screen.kept.take() });
                    }
                }
                Request::Leave => return Ok(Taught { kept: None }),
            }
        }
    }
    Ok(Taught { kept: None })
}

/// Find out, in a thread, what the file would bring.
fn try_out(guide: Guide, profile: Profile, found: Sender<Found>, mut wake: UnixStream) -> std::io::Result<()> {
    let work = move || {
        let trial = guide.try_out(&profile).map_err(|fault| fault.to_string());
        // Where the screen is closed nobody waits any longer.
        drop(found.send(trial));
        let (Ok(_) | Err(_)) = wake.write(&[0]);
    };
    std::thread::Builder::new().name("trial".to_owned()).spawn(work).map(drop)
}
