//! The real program in a real terminal: what only a terminal, a signal, a second process or a sudden end can show.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod support;
#[cfg(test)]
mod terminal;

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod desks;
#[cfg(test)]
mod ending;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod flood;
#[cfg(test)]
mod focus;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod names;
#[cfg(test)]
mod pasting;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod unreachable;
