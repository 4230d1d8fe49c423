//! `feed`: a folder whose files are brought in as they come.

mod ending;
pub mod facts;
mod taking;

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::Failure;
use crate::cli::desk::act::print_refusal;
use crate::cli::parse::Global;
use crate::clock::{Clock, Ticks};
use crate::domain::counted::counted;
use crate::exchange::ReadFault;
use crate::exchange::feed::FolderFault;
use crate::exchange::feed::folder::{Folder, Lock, Seen};
use crate::exchange::feed::still::Still;
use crate::exchange::feed::watch::Watch;
use crate::store::Fault;
use ending::Ending;
use facts::FeedFacts;
use taking::Taking;

/// How often the folder is looked at: while files arrive, after trouble or beside another feed, where the system tells nothing of it, and
/// where it does.
const ARRIVING: Duration = Duration::from_millis(500);
const TROUBLED: Duration = Duration::from_secs(2);
const UNTOLD: Duration = Duration::from_secs(2);
const TOLD: Duration = Duration::from_secs(10);

/// So many times as long as it stands still itself a file waits for others that are arriving.
const COMPANY: u32 = 6;

/// Bring in what a folder holds and whatever comes into it; each file then lies in `done` or `refused` there, with its report
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Take what is there now, and end
    #[arg(long)]
    once: bool,
    /// Seconds for which a file must stand still before it counts as whole
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(..=3600))]
    settle: u64,
    /// Seconds after which a file that stops in the middle is refused
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=86_400))]
    patience: u64,
}

/// The command at work.
struct Feed<'a> {
    args: &'a Args,
    global: &'a Global,
    ending: Ending,
    taking: Taking,
    still: Still,
    watch: Watch,
    ticks: Ticks,
    lock: Option<Lock>,
    /// What was said and need not be said again.
    told: HashSet<String>,
    trouble: Option<String>,
    /// Since when whole files have waited for others.
    in_company_since: Option<Duration>,
    /// When the folder was first looked at.
    first_look: Option<Duration>,
    /// Everything that was there at first was seen to.
    is_watching: bool,
}

/// Take what comes until the program is asked to end; with `--once` what is there.
pub fn run(args: &Args, global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    let record = global.path()?;
    let lies_there = |path: &Path| Some(std::fs::canonicalize(path).ok()?.parent()?.to_owned());
    if lies_there(&record).is_some_and(|place| std::fs::canonicalize(&args.folder).is_ok_and(|folder| folder == place))
    {
        let text = "the school’s own file lies in that folder, and would be taken for an export: name a folder for exports alone";
        return Err(Failure::Usage(text.to_owned()));
    }
    let folder = Folder::open(&args.folder)?;
    let [settle, patience] = [args.settle, args.patience].map(Duration::from_secs);
    let mut feed = Feed {
        args,
        global,
        ending: Ending::listen()?,
        watch: Watch::start(folder.path()),
        taking: Taking::new(folder, patience),
        still: Still::new(settle, patience),
        ticks: Ticks::start(),
        lock: None,
        told: HashSet::new(),
        trouble: None,
        in_company_since: None,
        first_look: None,
        is_watching: false,
    };
    loop {
        let began = feed.ticks.read();
        let pause = match feed.round(out) {
            Ok(pause) => pause,
            Err(failure) if !args.once && passes(&failure) => {
                feed.tell_trouble(&failure, out)?;
                TROUBLED
            }
            Err(failure) => return Err(failure),
        };
        if feed.ending.is_asked() {
            return FeedFacts::of("ended", "Ended as asked: what is not taken is as it was.").say(global.json, out);
        }
        // What was there at the first look has stood long enough by then, or is still arriving.
        let last_look = feed.first_look.unwrap_or_default() + settle;
        if args.once && feed.first_look.is_some_and(|first| first <= began) && began >= last_look {
            return feed.end(out);
        }
        let pause = if args.once { last_look.saturating_sub(feed.ticks.read()) } else { pause };
        feed.watch.wait(&feed.ending, pause).map_err(std::io::Error::from)?;
    }
}

impl Feed<'_> {
    /// Look at the folder once, and take what is whole. Answers how long nothing need be looked at.
    fn round(&mut self, out: &mut dyn Write) -> Result<Duration, Failure> {
        if !self.has_lock(out)? {
            return Ok(TROUBLED);
        }
        let listing = self.taking.folder.look()?;
        for (name, what) in &listing.others {
            if self.told.insert(name.clone()) {
                FeedFacts::of_file("left", name, format!("{name} is left alone: {what}."))
                    .say(self.global.json, out)?;
            }
        }
        let now = self.ticks.read();
        let whole = self.still.look(now, listing.files, self.watch.writing());
        let is_alone = whole.arriving.is_empty();
        let ready: Vec<Seen> = whole.files.into_iter().filter(|file| self.taking.may_take(file)).collect();
        let ready = if self.holds_back(now, &ready, is_alone) { Vec::new() } else { ready };
        let is_first = self.first_look.is_none();
        self.first_look.get_or_insert(now);
        if is_first || !ready.is_empty() || self.trouble.is_some() || self.taking.stuck() > 0 {
            self.taking.take_all(ready, (self.global, out), &self.ending)?;
            self.trouble = None;
        }
        if !std::mem::replace(&mut self.is_watching, true) && !self.args.once {
            let says = format!("Watching {}.", self.taking.folder.path().display());
            FeedFacts::of("watching", says).say(self.global.json, out)?;
        }
        Ok(match is_alone {
            false => ARRIVING.min(Duration::from_secs(self.args.settle.max(1))),
            true if self.watch.is_told() => TOLD,
            true => UNTOLD,
        })
    }

    /// Whether whole files wait for those that are arriving: pupils may be among these whom they name.
    fn holds_back(&mut self, now: Duration, ready: &[Seen], is_alone: bool) -> bool {
        if ready.is_empty() || is_alone || self.args.once {
            self.in_company_since = None;
            return false;
        }
        let since = *self.in_company_since.get_or_insert(now);
        now.saturating_sub(since) < Duration::from_secs(self.args.settle) * COMPANY
    }

    /// Whether we may work in the folder: one feed at a time does. Another waits until it may, or is refused if it was to end by itself.
    fn has_lock(&mut self, out: &mut dyn Write) -> Result<bool, Failure> {
        if self.lock.as_ref().is_some_and(Lock::holds) {
            return Ok(true);
        }
        self.lock = None;
        self.lock = self.taking.folder.lock()?;
        if self.lock.is_some() {
            self.told.remove("");
            return Ok(true);
        }
        let text = "another feed is at work in this folder";
        if self.args.once {
            return print_refusal(self.global.json, out, text);
        }
        if self.told.insert(String::new()) {
            FeedFacts::of("waits", format!("Waiting: {text}.")).say(self.global.json, out)?;
        }
        Ok(false)
    }

    /// Say what stands in the way, once as long as it does.
    fn tell_trouble(&mut self, failure: &Failure, out: &mut dyn Write) -> Result<(), Failure> {
        let text = failure.to_string();
        if self.trouble.as_ref() != Some(&text) {
            FeedFacts::of("trouble", format!("Tried again until it can be done: {text}")).say(self.global.json, out)?;
        }
        self.trouble = Some(text);
        Ok(())
    }

    /// What was there has been taken: refused where a file was.
    fn end(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        let listing = self.taking.folder.look()?;
        let mut rest = self.still.look(self.ticks.read(), listing.files, self.watch.writing()).arriving;
        rest.retain(|name| !self.taking.has_told(name));
        for name in rest {
            let says = format!("{name} waits: it is still arriving.");
            FeedFacts::of_file("waits", &name, says).say(self.global.json, out)?;
        }
        match (self.taking.stuck(), self.taking.refused) {
            (0, 0) => Ok(()),
            (1.., _) => Err(FolderFault::Stuck(counted(self.taking.stuck(), "file")).into()),
            (0, refused) => Err(Failure::Refused(format!("{} refused", counted(refused, "file")))),
        }
    }
}

/// Whether what stands in the way may go by itself: then it is tried again.
fn passes(failure: &Failure) -> bool {
    match failure {
        Failure::Record(fault) => matches!(
            fault,
            Fault::Locked(_)
                | Fault::DiskFull(_)
                | Fault::PerhapsSaved(_)
                | Fault::Replaced(_)
                | Fault::Gone(_)
                | Fault::Torn(..)
                | Fault::Supplanted(..)
        ),
        Failure::Folder(fault) => match fault {
            FolderFault::Failed { .. } | FolderFault::NotMade(_) | FolderFault::Full(_) => true,
            FolderFault::Stuck(_) | FolderFault::NoFolder(_) | FolderFault::NotOurs(_) | FolderFault::Replaced(_) => {
                false
            }
        },
        Failure::Files(fault) => matches!(fault, ReadFault::Profile { .. }),
        Failure::Refused(_)
        | Failure::Usage(_)
        | Failure::Args(_)
        | Failure::Config(_)
        | Failure::Archive(_)
        | Failure::Program(_)
        | Failure::Terminal(_)
        | Failure::Output(_) => false,
    }
}

/// The computer's own time: how old a file is has nothing to do with the school's clock.
fn computer_now() -> chrono::DateTime<chrono::Utc> {
    Clock::System.now()
}
