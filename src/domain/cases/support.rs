//! What else is put into a case file: that contact data were checked, a contract, early help, a part-time timetable, a step of
//! reintegration, a visit to a provider, papers for a court.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::party::Party;
use super::words::words;
use crate::domain::facts::case_event_kind::EventKind;

words! {
    /// What it is.
    SupportKind {
        /// Addresses, numbers and who has parental responsibility were gone through with the family.
        Details "contact data checked"
        /// An attendance contract.
        Contract "attendance contract"
        /// The family was referred to early help.
        EarlyHelp "referred to early help"
        /// A part-time timetable (reg 11(6)).
        PartTime "part-time timetable"
        /// A step on the way back.
        Reintegration "reintegration"
        /// The pupil was visited where they are taught elsewhere.
        Provider "visit to the provider"
        /// Papers went to the authority for a court, or came back.
        Court "court file"
    }
}

impl SupportKind {
    /// The kind of event it is.
    pub fn event(self) -> EventKind {
        match self {
            SupportKind::Details => EventKind::Details,
            SupportKind::Contract => EventKind::Contract,
            SupportKind::EarlyHelp => EventKind::EarlyHelp,
            SupportKind::PartTime => EventKind::PartTime,
            SupportKind::Reintegration => EventKind::Reintegration,
            SupportKind::Provider => EventKind::Provider,
            SupportKind::Court => EventKind::Court,
        }
    }
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Support {
    /// What it is.
    pub kind: SupportKind,
    /// When it was done, or its first day.
    pub on: NaiveDate,
    /// Its last day, where it has one.
    pub until: Option<NaiveDate>,
    /// When it is looked at again.
    pub review: Option<NaiveDate>,
    /// With whom: the parent, the agency, the provider.
    pub with: Party,
    /// When the parent agreed to it.
    pub agreed: Option<NaiveDate>,
    /// The times and days on which the pupil attends.
    pub sessions: String,
    /// What it is about.
    pub words: String,
}

impl Support {
    /// What it lacks, in a sentence: a part-time timetable has an end, times and dates, a review, and the parent's agreement (reg 11(6));
    /// a contract has an end and a review.
    pub fn lacks(&self) -> Option<&'static str> {
        let wants_end = matches!(self.kind, SupportKind::PartTime | SupportKind::Contract);
        let is_part_time = self.kind == SupportKind::PartTime;
        match self {
            Support { until: None, .. } if wants_end => Some("say until when it is: it has an end"),
            Support { until: Some(until), on, .. } if until < on => Some("its last day is before its first"),
            Support { review: None, .. } if wants_end => Some("say when it is looked at again"),
            Support { review: Some(review), on, .. } if review < on => Some("it is looked at again before it begins"),
            Support { review: Some(review), until: Some(until), .. } if wants_end && review > until => {
                Some("it is looked at again when it is over: give an earlier day")
            }
            Support { sessions, .. } if is_part_time && sessions.trim().is_empty() => {
                Some("say on which days and at which times the pupil attends")
            }
            Support { agreed: None, .. } if is_part_time => Some("say when the parent agreed to the times and dates"),
            Support { agreed: Some(agreed), on, .. } if is_part_time && agreed > on => {
                Some("the parent agrees before it begins")
            }
            _ => None,
        }
    }

    /// "part-time timetable until Fri 12 Dec 2025, agreed Mon 3 Nov 2025: mornings; back by steps".
    pub fn describe(&self) -> String {
        let dated =
            |word: &str, date: Option<NaiveDate>| date.map(|date| format!("{word} {}", date.format("%a %-d %b %Y")));
        let dates = [dated("until", self.until), dated("agreed", self.agreed), dated("looked at again", self.review)];
        let dates: Vec<String> = dates.into_iter().flatten().collect();
        let about = [self.sessions.as_str(), self.words.as_str()].into_iter().filter(|words| !words.is_empty());
        let about = about.collect::<Vec<_>>().join("; ");
        let head = [vec![self.kind.describe().to_owned()], dates].concat().join(", ");
        if about.is_empty() { head } else { format!("{head}: {about}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::date;

    #[test]
    fn a_part_time_timetable_has_an_end_times_a_review_and_the_parent_s_agreement() {
        let whole = Support {
            kind: SupportKind::PartTime,
            on: date(2026, 3, 4),
            until: Some(date(2026, 4, 1)),
            review: Some(date(2026, 3, 18)),
            with: Party { contact: None, name: "Mrs Khan".to_owned() },
            agreed: Some(date(2026, 3, 3)),
            sessions: "Mon to Fri, 8:40 to 12:30".to_owned(),
            words: String::new(),
        };
        assert_eq!(whole.lacks(), None);
        let says = "part-time timetable, until Wed 1 Apr 2026, agreed Tue 3 Mar 2026, looked at again Wed 18 Mar 2026: \
                    Mon to Fri, 8:40 to 12:30";
        assert_eq!(whole.describe(), says);
        for (lacking, says) in [
            (Support { until: None, ..whole.clone() }, "say until when it is: it has an end"),
            (Support { until: Some(date(2026, 3, 3)), ..whole.clone() }, "its last day is before its first"),
            (Support { review: None, ..whole.clone() }, "say when it is looked at again"),
            (Support { review: Some(date(2026, 3, 3)), ..whole.clone() }, "it is looked at again before it begins"),
            (
                Support { review: Some(date(2026, 4, 2)), ..whole.clone() },
                "it is looked at again when it is over: give an earlier day",
            ),
            (
                Support { sessions: " ".to_owned(), ..whole.clone() },
                "say on which days and at which times the pupil attends",
            ),
            (Support { agreed: None, ..whole.clone() }, "say when the parent agreed to the times and dates"),
            (Support { agreed: Some(date(2026, 3, 5)), ..whole.clone() }, "the parent agrees before it begins"),
        ] {
            assert_eq!(lacking.lacks(), Some(says));
        }
        let checked = Support {
            kind: SupportKind::Details,
            until: None,
            review: None,
            agreed: None,
            sessions: String::new(),
            ..whole
        };
        assert_eq!(checked.lacks(), None);
        assert_eq!(checked.describe(), "contact data checked");
    }
}
