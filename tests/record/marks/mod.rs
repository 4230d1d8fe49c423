//! Marks: amended, with the codes and the times that hold for them, and counted.

mod amending;
mod clocks;
mod codes;
mod counting;
mod times;
