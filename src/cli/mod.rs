//! One-shot commands on the same record and by the same acts as the screen, for scripts, other programs and screen readers.
//!
//! Plain text is one line a pupil, in words, without boxes; `--json` gives the same facts, in the shapes that [`answer`]
//! documents. Exit codes: 0 done, 1 refused, 2 usage or configuration, 3 fault.

mod commands;
mod desk;
mod failure;
mod forced;
mod parse;
mod text;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::clock::Clock;
use crate::config;
use crate::domain::act::Officer;
use crate::exchange::profiles::guide::Guide;
use crate::store::Store;
pub use commands::admin::keys::{KeysAsked, answer_keys};
use commands::args::{Args, Opened};
use desk::Desk;
pub use desk::answer;
pub use failure::Failure;
use parse::Look;

/// What is to happen after the arguments have been read: what only the screen knows is for the caller to do.
#[derive(Debug)]
pub enum Next {
    /// Nothing: a command has answered.
    Done,
    /// The screen is to be opened.
    Screen(Box<ScreenOptions>),
    /// The guide to a new file is to be opened; then [`answer_taught`] says what became of it.
    Guide(Box<GuideOptions>),
    /// The keys of the screen are asked for: [`answer_keys`] says them.
    Keys(KeysAsked),
}

/// What the screen needs to know to open.
#[derive(Debug)]
pub struct ScreenOptions {
    /// The school's file, open.
    pub store: Store,
    /// The time it is: the computer's, a demo's own, or stopped.
    pub clock: Clock,
    /// Who is at the desk.
    pub officer: Officer,
    /// The officer's own keys, whether or not there are any.
    pub keymaps: PathBuf,
    /// The school is made up.
    pub demo: bool,
    /// It opens at the gate.
    pub gate: bool,
    /// Colour is wanted.
    pub colour: bool,
    /// Strong contrast is wanted.
    pub high_contrast: bool,
    /// Lines and symbols from ASCII only are wanted.
    pub ascii: bool,
}

/// What the guide's screen needs to know to open.
pub struct GuideOptions {
    /// The file that is taught.
    pub guide: Guide,
    /// Where profiles are kept.
    pub folder: PathBuf,
    /// The officer's own keys, whether or not there are any.
    pub keymaps: PathBuf,
    /// How it is to look: colour, strong contrast, ASCII.
    pub look: [bool; 3],
}

impl std::fmt::Debug for GuideOptions {
    /// Nothing of the file is in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GuideOptions").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Say where the profile was kept that the guide's screen has made, if one was.
pub fn answer_taught(kept: Option<&Path>, out: &mut dyn Write) -> Result<(), Failure> {
    let text = match kept {
        Some(path) => format!("Saved as {}. `firstbell import` reads files with these headings by it.", path.display()),
        None => "Nothing was saved.".to_owned(),
    };
    desk::print(out, &text)
}

/// How a screen is to look: whether in colour, in strong contrast, in ASCII.
fn look(look: &Look) -> [bool; 3] {
    // https://no-color.org: set and not empty.
    let colour = std::env::var_os("NO_COLOR").is_none_or(|said| said.is_empty());
    [colour, look.high_contrast, look.ascii]
}

/// Read the arguments and do what they ask; answers go to `out`.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> Result<Next, Failure> {
    let args: Vec<OsString> = args.into_iter().collect();
    let opened = Opened::try_parse_from(&args).map(Args::from);
    let Some(args) = read(opened.or_else(|_| Args::try_parse_from(&args)), out)? else { return Ok(Next::Done) };
    // Whoever has a key with a forced command is asked what they would have; without one they are who the system says.
    let args = match config::asked().filter(|_| args.global.login.is_some()) {
        Some(asked) => match forced::asked(args, &asked, out)? {
            Some(args) => args,
            None => return Ok(Next::Done),
        },
        None => args,
    };
    match args.command {
        Some(command) => commands::run(command, &args.global, out),
        None => Ok(Next::Screen(Box::new(Desk::open(&args.global, out)?.screen(&args.look)?))),
    }
}

/// What was read of arguments; nothing when they ask for help, which is given.
fn read<A>(args: Result<A, clap::Error>, out: &mut dyn Write) -> Result<Option<A>, Failure> {
    match args {
        Ok(args) => Ok(Some(args)),
        Err(help) if !help.use_stderr() => {
            write!(out, "{help}")?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

impl Desk<'_> {
    /// What the screen needs to open where this desk stands.
    fn screen(self, look: &Look) -> Result<ScreenOptions, Failure> {
        let [colour, high_contrast, ascii] = self::look(look);
        Ok(ScreenOptions {
            demo: self.store.demo_clock()?.is_some(),
            clock: self.clock,
            officer: self.officer,
            keymaps: config::keymaps()?,
            store: self.store,
            gate: false,
            colour,
            high_contrast,
            ascii,
        })
    }
}
