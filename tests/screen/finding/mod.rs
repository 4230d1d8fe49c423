//! Who and what is found, told apart, read, and named.

mod names;
mod palette;
mod reading;
mod titles;
