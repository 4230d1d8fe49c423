//! Simulated tutors and desks: they do what is still to come of the morning, as other connections to the same file.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::file::ToCome;
use crate::clock::Clock;
use crate::domain::code::CodeTable;
use crate::store::{Fault, Store};

/// Set them to work in the background, by `clock`; they stop with the program. Their faults end their work and nothing else:
/// the officer's own desk tells of them.
pub fn set_to_work(path: PathBuf, codes: Arc<CodeTable>, to_come: ToCome, clock: Clock) -> std::io::Result<()> {
    let work = move || drop(morning(&path, codes, &to_come, clock));
    std::thread::Builder::new().name("made-up desks".to_owned()).spawn(work)?;
    Ok(())
}

fn morning(path: &std::path::Path, codes: Arc<CodeTable>, to_come: &ToCome, clock: Clock) -> Result<(), Fault> {
    let mut store = Store::open(path, codes)?;
    for planned in &to_come.planned {
        let due = store.roll().school.instant(planned.at);
        while let Ok(wait) = (due - clock.now()).to_std() {
            std::thread::sleep(wait.clamp(Duration::from_millis(1), Duration::from_secs(1)));
        }
        to_come.numbers.carry_out(planned, &mut store)?;
    }
    Ok(())
}
