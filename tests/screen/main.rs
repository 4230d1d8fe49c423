//! The screen as an officer sees it: keys pressed in the keymap's notation, frames compared. The keeper runs inline.

#[cfg(test)]
mod support;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod haste;
mod inbound;
#[cfg(test)]
mod morning;
#[cfg(test)]
mod two_desks;
