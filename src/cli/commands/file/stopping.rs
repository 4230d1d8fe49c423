//! Asked to stop (ctrl-c, or the end of the session) while it writes a file, a command ends at once, and nothing of the file is left.

use std::io;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use crate::config::NewFile;

/// From now on; whoever asked finds that the command ended by what they sent. Where signals cannot be heard they end the program as ever,
/// and what is left goes with the next file of that name.
pub fn leave_nothing_when_stopped() {
    let (Ok(()) | Err(_)) = listen();
}

fn listen() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            if NewFile::clear_all() {
                eprintln!("firstbell: stopped: nothing was written");
            }
            let (Ok(()) | Err(_)) = low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}
