//! Claims: who is on which pupil just now. A courtesy between desks: it ends by itself and never blocks anybody.

use chrono::{NaiveDateTime, TimeDelta};

use super::pupil::PupilId;

/// Minutes a claim is shown for when its desk says nothing more.
const LASTS_MINUTES: i64 = 5;

/// One desk's claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Which desk.
    pub desk: String,
    /// Who sits there.
    pub who: String,
    /// Whom they are calling about.
    pub pupil: PupilId,
    /// Since when, school-local.
    pub since: NaiveDateTime,
    /// When its desk last said so, school-local.
    pub renewed: NaiveDateTime,
}

impl Claim {
    /// Whether it still counts at `now`; one from a clock ahead of ours does until that time has passed too.
    pub fn stands(&self, now: NaiveDateTime) -> bool {
        now - self.renewed < TimeDelta::minutes(LASTS_MINUTES)
    }

    /// "SM calling": initials, for a row.
    pub fn says(&self) -> String {
        let initials: String = self.who.split_whitespace().filter_map(|word| word.chars().next()).collect();
        format!("{initials} calling")
    }

    /// "S Marsh is calling since 09:31", for the card.
    pub fn introduced(&self) -> String {
        format!("{} is calling since {}", self.who, self.since.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{AMIRA, at};

    #[test]
    fn a_claim_ends_by_itself() {
        let (desk, who) = ("office".to_owned(), "S Marsh".to_owned());
        let claim = Claim { desk, who, pupil: AMIRA, since: at("09:28"), renewed: at("09:30") };
        assert!(claim.stands(at("09:30")) && claim.stands(at("09:34:59")));
        assert!(!claim.stands(at("09:35")));
        assert_eq!(claim.says(), "SM calling");
        assert_eq!(claim.introduced(), "S Marsh is calling since 09:28");
    }
}
