//! The record proved: what it holds after every act, refusal, undo, merge, fault and crash.

#[cfg(test)]
mod acts;
#[cfg(test)]
mod amending;
#[cfg(test)]
mod bars;
#[cfg(test)]
mod bars_hold;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod codes;
#[cfg(test)]
mod counting;
#[cfg(test)]
mod desks;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod following;
#[cfg(test)]
mod households;
#[cfg(test)]
mod lates;
#[cfg(test)]
mod lesson_registers;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod off_site;
#[cfg(test)]
mod old_files;
#[cfg(test)]
mod places;
#[cfg(test)]
mod presence;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod six;
#[cfg(test)]
mod support;
#[cfg(test)]
mod telling;
mod telling_who;
#[cfg(test)]
mod times;
#[cfg(test)]
mod undoing;
#[cfg(test)]
mod unimporting;
#[cfg(test)]
mod unimporting_any;
#[cfg(test)]
mod unimporting_refused;
#[cfg(test)]
mod watching;
#[cfg(test)]
mod who_and_when;
