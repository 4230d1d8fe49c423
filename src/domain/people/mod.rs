//! Who the school knows: pupils, their contacts, and who must not be contacted.

pub mod bar;
pub mod contact;
pub mod correction;
pub mod details;
pub mod numbers_in_words;
pub mod person;
pub mod phone;
pub mod pupil;
pub mod school_age;
pub mod sides;
pub mod system_ids;
pub mod telling_name;
pub mod upn;
