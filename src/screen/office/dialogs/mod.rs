//! Dialogs: at most one is open.

pub mod ageing;
pub mod call;
pub mod card;
pub mod chase;
pub mod checks;
pub mod cover;
pub mod desk;
pub mod documents;
pub mod find;
pub mod fire;
pub mod follow;
pub mod inbound;
pub mod late;
pub mod mark;
pub mod movement;
pub mod numbers;
pub mod off_site;
pub mod register;
pub mod search;
pub mod step;
pub mod sweep;
pub mod watch;
