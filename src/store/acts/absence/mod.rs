//! What is heard and done about an absence.

mod log_call;
mod log_promise;
mod report_absence;
mod reported;
mod take_step;
