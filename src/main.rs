//! firstbell on the command line: read the arguments, answer or open the screen, say what went wrong.

use std::io::{ErrorKind, Write, read_to_string, stdout};
use std::path::Path;
use std::process::ExitCode;

use firstbell::cli::{self, Failure, Next};
use firstbell::config::{open_file, plain};
use firstbell::keys::KeymapFile;
use firstbell::screen::terminal::end_on_panic;
use firstbell::screen::{self, Closed, Keymaps, Look, guide};

fn main() -> ExitCode {
    end_on_panic();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody may be there to read it: that changes nothing.
            let _ = write!(std::io::stderr(), "{}", failure.text());
            ExitCode::from(failure.exit())
        }
    }
}

fn run() -> Result<(), Failure> {
    match cli::run(std::env::args_os(), &mut stdout().lock())? {
        Next::Done => {}
        Next::Keys(asked) => cli::answer_keys(&asked, &keymaps(&asked.keymaps)?.help(), &mut stdout().lock())?,
        Next::Screen(options) => open(*options)?,
        Next::Guide(options) => teach(*options)?,
    }
    Ok(stdout().flush()?)
}

/// Open the screen and stay until the officer leaves.
fn open(options: cli::ScreenOptions) -> Result<(), Failure> {
    let keymaps = keymaps(&options.keymaps)?;
    let look = Look { colour: options.colour, high_contrast: options.high_contrast, ascii: options.ascii };
    let cli::ScreenOptions { store, clock, officer, demo, gate, .. } = options;
    screen::run(screen::Options { store, clock, officer, keymaps, look, demo, gate }).map_err(why_closed)
}

/// Open the guide to a new file, and say what became of it.
fn teach(options: cli::GuideOptions) -> Result<(), Failure> {
    let keys = keymaps(&options.keymaps)?.for_guide();
    let [colour, high_contrast, ascii] = options.look;
    let look = Look { colour, high_contrast, ascii };
    let taught = guide::run(options.guide, &options.folder, keys, look).map_err(why_closed)?;
    cli::answer_taught(taught.kept.as_deref(), &mut stdout().lock())
}

fn why_closed(closed: Closed) -> Failure {
    match closed {
        Closed::NoScreen(why) => Failure::Usage(why.to_string()),
        Closed::ShutOut(text) => Failure::Refused(text),
        Closed::Fault(fault) => Failure::Record(fault),
        Closed::Unsaved | Closed::Terminal(_) => Failure::Terminal(closed.to_string()),
    }
}

/// The keys of every room, the officer's own laid over the program's; or everything that is wrong with them.
fn keymaps(own: &Path) -> Result<Keymaps, Failure> {
    let mut file = KeymapFile::compiled_in();
    match open_file(own).and_then(read_to_string) {
        Ok(text) => file.overlay(&own.display().to_string(), &text),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::Usage(format!("{} cannot be read: {}", own.display(), plain(&error)))),
    }
    Keymaps::read(file).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Usage(faults.join("\n"))
    })
}
