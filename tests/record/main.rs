//! The record proved: what it holds after every act, refusal, undo, merge, fault and crash.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod acts;
#[cfg(test)]
mod bars;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod desks;
#[cfg(test)]
mod file;
#[cfg(test)]
mod following;
#[cfg(test)]
mod handing_back;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod lates;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod support;
#[cfg(test)]
mod watching;
#[cfg(test)]
mod whereabouts;
