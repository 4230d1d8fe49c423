//! `keys`: what every key of the screen means. Only the screen knows its rooms, so that it is asked for them from above.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use crate::cli::desk::answer::Answer;
use crate::cli::desk::{print, print_json};
use crate::cli::parse::Global;
use crate::cli::{Failure, Next};
use crate::config;
use crate::keys::RoomHelp;

/// What every key of the screen means
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Print a table for each part of the screen, in Markdown: `docs/keys.md` is made so
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// That the keys are asked for, and how they are printed.
#[derive(Debug)]
pub struct KeysAsked {
    /// The officer's own keys, whether or not there are any.
    pub keymaps: PathBuf,
    form: Form,
}

/// How the keys are printed.
#[derive(Debug)]
enum Form {
    Lines,
    Json,
    Markdown,
}

/// One action and its keys.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KeyFacts {
    room: &'static str,
    keys: String,
    does: &'static str,
}

/// What stands above the tables of the page.
const ABOVE: &str = include_str!("../../../../data/keys.md");

/// Ask for them.
pub fn ask(args: &Args, global: &Global) -> Result<Next, Failure> {
    let form = match (args.markdown, global.json) {
        (true, _) => Form::Markdown,
        (false, true) => Form::Json,
        (false, false) => Form::Lines,
    };
    Ok(Next::Keys(KeysAsked { keymaps: config::keymaps()?, form }))
}

/// Print every room's keys.
pub fn answer_keys(asked: &KeysAsked, rooms: &[RoomHelp], out: &mut dyn Write) -> Result<(), Failure> {
    match asked.form {
        Form::Lines => {
            let rows = facts(rooms);
            print(out, &format!("Keys: {}. Your own go into {}.", rows.len(), asked.keymaps.display()))?;
            rows.iter().try_for_each(|row| print(out, &format!("{}, {}: {}", row.room, row.keys, row.does)))
        }
        Form::Json => print_json(out, &Answer::of_no_file(facts(rooms))),
        Form::Markdown => markdown(rooms).lines().try_for_each(|line| print(out, line)),
    }
}

fn facts(rooms: &[RoomHelp]) -> Vec<KeyFacts> {
    let of_room = |(room, rows): &RoomHelp| {
        let room = *room;
        rows.iter().map(move |row| KeyFacts { room, keys: row.keys.clone(), does: row.help }).collect::<Vec<_>>()
    };
    rooms.iter().flat_map(of_room).collect()
}

/// The page of the keys: its heading, how keys are changed, and a table a room.
fn markdown(rooms: &[RoomHelp]) -> String {
    let mut page = ABOVE.to_owned();
    for (room, rows) in rooms {
        page += &format!("\n## {room}\n\n| Keys | What they do |\n|---|---|\n");
        for row in rows {
            let keys: Vec<String> = row.keys.split(", ").map(|key| format!("`{key}`")).collect();
            page += &format!("| {} | {} |\n", keys.join(", "), row.help);
        }
    }
    page
}
