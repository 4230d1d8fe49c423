//! Registers of groups and of lessons.

mod chase;
mod chase_lesson;
mod cover;
mod snooze;
pub mod take_lesson;
mod take_register;
