//! The made-up school held against the real ones.

mod file;
mod morning;
mod rates;
mod scenes;
mod school;
mod turns;
