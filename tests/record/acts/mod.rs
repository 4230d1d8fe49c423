//! Acts: what each does, who may, who did it and when, what is refused, and what is taken back.

mod arriving_and_reporting;
mod refusals;
mod sharing;
mod undoing;
mod who_and_when;
