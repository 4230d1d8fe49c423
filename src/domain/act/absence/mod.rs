//! What is heard and done about an absence.

mod log_call;
mod log_promise;
mod report_absence;
mod take_step;

pub use log_call::{LogCall, Theirs};
pub use log_promise::LogPromise;
pub use report_absence::ReportAbsence;
pub use take_step::TakeStep;
