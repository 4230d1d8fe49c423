//! What panes and dialogs are made of.

pub mod canvas;
pub mod dialog;
pub mod entered;
pub mod field;
pub mod filtered_list;
pub mod form;
pub mod grades;
pub mod late_reason;
pub mod list;
pub mod pane;
pub mod picker;
pub mod question;
pub mod reading;
pub mod reveal;
pub mod several;
pub mod sheet;
pub mod text;
