//! The built program, asked and told things on files of its own, at a time of our choosing.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod acting;
#[cfg(test)]
mod archiving;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod every_act;
#[cfg(test)]
mod files;
#[cfg(test)]
mod following_up;
#[cfg(test)]
mod gate_login;
#[cfg(test)]
mod handing_back;
#[cfg(test)]
mod handing_over;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod mornings;
#[cfg(test)]
mod one_file;
#[cfg(test)]
mod people;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod showing;
#[cfg(test)]
mod support;
#[cfg(test)]
mod typing;
#[cfg(test)]
mod undoing;
#[cfg(test)]
mod watching;
#[cfg(test)]
mod whereabouts;
