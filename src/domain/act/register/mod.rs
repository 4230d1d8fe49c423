//! Registers of groups and of lessons.

mod chase;
mod chase_lesson;
mod cover;
mod snooze;
mod take_lesson;
mod take_register;

pub use chase::Chase;
pub use chase_lesson::ChaseLesson;
pub use cover::Cover;
pub use snooze::Snooze;
pub use take_lesson::TakeLesson;
pub use take_register::TakeRegister;
