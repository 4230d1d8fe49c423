//! `register`: types in a register that a teacher took on paper.

pub mod chase;
pub mod cover;
pub mod snooze;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::act::Noted;
use crate::cli::parse::session;
use crate::domain::act::{Act, TakeLesson, TakeRegister, TakenBy};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::name::clean;
use crate::domain::register::paper::Paper;
use crate::domain::register::register_ref::RegisterRef;

/// Enter a register from its teacher's paper: everybody is present but those named, and whoever has a mark already keeps it
#[derive(clap::Args, Debug)]
#[command(after_help = "firstbell register 8KM amira=N \"jo smith\"=L12 --by \"Mrs Kemp\"")]
pub struct Args {
    /// The tutor group, or the class of a lesson of today: 8KM, “8KM Maths”, “P2 8KM Maths”
    register: String,
    /// Who is not present, or late by so many minutes, or not on the paper: amira=N, amira=L12, amira=-
    #[arg(value_name = "NAME=CODE", value_parser = line)]
    lines: Vec<(String, String)>,
    /// Who took it, if not the tutor, cover or teacher it is known to have
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Which session, if not the current one
    #[arg(long, value_name = "AM|PM", value_parser = session)]
    session: Option<Session>,
}

fn line(text: &str) -> Result<(String, String), String> {
    let parts = text.rsplit_once('=').ok_or_else(|| "write a name and a code as amira=N".to_owned())?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

/// Hand it in.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let current = desk.current()?;
    let session = args.session.unwrap_or(current.session);
    let day = desk.day()?;
    let register = desk.register(&args.register, &day)?;
    let (name, members) = (register.name(&day), register.members(&day));
    let mut paper = Paper::begin(&day, register, session);
    for (pupil, written) in &args.lines {
        let id = desk.pupil_of(pupil, &day, &members, &name)?;
        match paper.written(written, id, &day, desk.local()) {
            _ if paper.line(id).is_some_and(|line| line.typed.is_some()) => {
                return desk.forbid(format!("{} is named twice", day.roll.name_and_group(id)));
            }
            Ok(typed) => paper.set_typed(id, Some(typed)),
            Err(why) => return desk.forbid(format!("{}: {why}", day.roll.name_and_group(id))),
        }
    }
    let marks = paper.marks();
    if marks.is_empty() {
        return desk.forbid(format!("nobody of {name} would be marked by it: name whose mark is another"));
    }
    let by = args.by.as_deref().map(clean).or_else(|| register.taker(&day, session).who);
    let Some(by) = by.filter(|by| !by.is_empty()) else {
        return desk.forbid(format!("say whose paper it is, by --by: nobody is known to take {name}"));
    };
    let by = TakenBy::Paper(by);
    let unsaid: Vec<String> = paper.unsaid().map(|id| day.roll.name_and_group(id)).collect();
    let note = (!unsaid.is_empty()).then(|| format!("nobody said whether they are present: {}", unsaid.join(", ")));
    let act = match register {
        RegisterRef::Group(group) => {
            Act::TakeRegister(TakeRegister { group, at: SessionDate::new(day.date, session), by, marks })
        }
        RegisterRef::Lesson(lesson) => Act::TakeLesson(TakeLesson { lesson, by, marks }),
    };
    desk.perform_noting(&act, Noted::but(note))
}
