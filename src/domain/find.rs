//! Finding a pupil by whatever an officer types.
