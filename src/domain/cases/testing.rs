//! What the tests of casework start from.

use chrono::NaiveDate;

use super::held::{Held, Signed};
use crate::domain::act_id::ActId;
use crate::domain::calendar::{Calendar, Term};
use crate::domain::testing::{at, date};

fn signed(act: i64) -> Signed {
    Signed { act: ActId(act), who: "S Marsh".to_owned(), at: at("09:41") }
}

/// Put down by that act.
pub fn held<T>(act: i64, what: T) -> Held<T> {
    Held { by: signed(act), taken_back: None, what }
}

/// Put down by that act, and taken back by another.
pub fn taken_back<T>(act: i64, what: T, by: i64) -> Held<T> {
    Held { taken_back: Some(signed(by)), ..held(act, what) }
}

/// School weeks from 1 September to 19 December 2025; half-term is the week of 27 October.
pub fn autumn_2025() -> Calendar {
    let term = |from: NaiveDate, until: NaiveDate| Term { name: "Autumn".to_owned(), from, until };
    let terms = vec![term(date(2025, 9, 1), date(2025, 10, 24)), term(date(2025, 11, 3), date(2025, 12, 19))];
    Calendar { terms, ..Calendar::default() }
}
