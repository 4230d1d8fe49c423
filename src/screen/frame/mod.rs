//! What stands around the work: the title, the tabs, the lines at the foot, and where everything goes.

pub mod another_day;
pub mod draw;
pub mod empty;
pub mod footer;
pub mod layout;
