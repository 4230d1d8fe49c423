//! Ctrl-C while marks come in by many changes: what is in the record by then is taken back first. A second one ends the program at once;
//! then whoever opens the file next does it.

use std::cell::OnceCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

/// Whether it is asked for. Until that is asked first a signal ends the program, as ever.
#[derive(Default)]
pub struct Stop {
    asked: OnceCell<Arc<AtomicBool>>,
}

impl Stop {
    /// Whether it was asked for since this was asked first.
    pub fn is_asked(&self) -> bool {
        self.asked.get_or_init(listen).load(Ordering::Relaxed)
    }

    /// End as whoever sent the signal expects: by it.
    pub fn end(&self) {
        let (Ok(()) | Err(_)) = low_level::emulate_default_handler(SIGINT);
    }
}

/// Listen from now on. Where that cannot be a signal ends the program.
fn listen() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    let listen = |signal| -> io::Result<()> {
        // In this order: the second signal finds that there has been one.
        flag::register_conditional_default(signal, asked.clone())?;
        flag::register(signal, asked.clone()).map(|_| ())
    };
    let (Ok(()) | Err(_)) = [SIGINT, SIGTERM, SIGHUP].into_iter().try_for_each(listen);
    asked
}
