//! The screen as an officer sees it: keys pressed in the keymap's notation, frames compared. The store worker runs inline.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod calls;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod following;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod handing_over;
#[cfg(test)]
mod haste;
#[cfg(test)]
mod inbound;
#[cfg(test)]
mod lates;
#[cfg(test)]
mod morning;
#[cfg(test)]
mod people;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod status;
#[cfg(test)]
mod support;
#[cfg(test)]
mod two_desks;
#[cfg(test)]
mod unreachable;
#[cfg(test)]
mod views;
#[cfg(test)]
mod watch;
#[cfg(test)]
mod whereabouts;
#[cfg(test)]
mod whole_morning;
