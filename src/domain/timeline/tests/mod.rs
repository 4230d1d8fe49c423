//! The rules, each with a table; what they hold for any day, as properties.

mod contradictions;
mod on_site;
mod properties;
mod rules;
mod support;
