//! Commands that record.

pub mod ageing;
pub mod arrange;
pub mod back;
pub mod bar;
pub mod call;
pub mod case;
pub mod check;
pub mod confirm;
pub mod correct;
pub mod cpoms;
pub mod late;
pub mod late_step;
pub mod letter;
pub mod mark;
pub mod numbers;
pub mod out;
pub mod redo;
pub mod register;
pub mod report;
pub mod search;
pub mod step;
pub mod sweep;
pub mod undo;
pub mod watch;
