//! Unique pupil numbers (domain 5.6).
