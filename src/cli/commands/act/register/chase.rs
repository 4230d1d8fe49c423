//! `chase`: a register that is not in was asked for.

use clap::builder::PossibleValuesParser;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Chase, ChaseLesson};
use crate::domain::facts::register::ChaseMethod;
use crate::domain::register::register_ref::RegisterRef;

/// Record that a register was chased
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tutor group, or the class of a lesson of today
    register: String,
    /// How
    #[arg(long, default_value = "phone", value_parser = PossibleValuesParser::new(ChaseMethod::ALL.iter().map(|word| word.as_str())))]
    by: String,
}

/// Record it: of a tutor group's for the current session.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let at = desk.current()?;
    let day = desk.day()?;
    let method = ChaseMethod::parse(&args.by).unwrap_or(ChaseMethod::Phone);
    let act = match desk.register(&args.register, &day)? {
        RegisterRef::Group(group) => Act::Chase(Chase { group, at, method }),
        RegisterRef::Lesson(lesson) => Act::ChaseLesson(ChaseLesson { lesson, method }),
    };
    desk.perform(&act)
}
