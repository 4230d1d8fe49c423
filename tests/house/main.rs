//! The house keeps its floors: what the source imports, measured against the map in `src/lib.rs`.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod rules;
#[cfg(test)]
mod source;

#[cfg(test)]
mod the_house;

#[cfg(test)]
mod the_rules_bite;
