//! `keys`: what every key of the screen means. Only the screen knows its rooms, so that it is asked for them from above.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use crate::cli::desk::answer::Answer;
use crate::cli::desk::{say, say_json};
use crate::cli::parse::Global;
use crate::cli::{Failure, Next};
use crate::config;
use crate::keys::RoomHelp;

/// That the keys are asked for, and how they are to be said.
#[derive(Debug)]
pub struct KeysAsked {
    /// The officer's own keys, whether or not there are any.
    pub keymaps: PathBuf,
    json: bool,
}

/// One action and its keys.
#[derive(Serialize)]
struct KeyFacts {
    room: &'static str,
    keys: String,
    does: &'static str,
}

/// Ask for them.
pub fn ask(global: &Global) -> Result<Next, Failure> {
    Ok(Next::Keys(KeysAsked { keymaps: config::keymaps()?, json: global.json }))
}

/// Say every room's keys.
pub fn answer_keys(asked: &KeysAsked, rooms: &[RoomHelp], out: &mut dyn Write) -> Result<(), Failure> {
    let of_room = |(room, rows): &RoomHelp| {
        let room = *room;
        rows.iter().map(move |row| KeyFacts { room, keys: row.keys.clone(), does: row.help }).collect::<Vec<_>>()
    };
    let rows: Vec<KeyFacts> = rooms.iter().flat_map(of_room).collect();
    if asked.json {
        return say_json(out, &Answer::of_no_file(rows));
    }
    say(out, &format!("Keys: {}. Your own go into {}.", rows.len(), asked.keymaps.display()))?;
    rows.iter().try_for_each(|row| say(out, &format!("{}, {}: {}", row.room, row.keys, row.does)))
}
