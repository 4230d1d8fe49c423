//! The local authority's own rules, each row from its day on: when a penalty notice may be asked for, how long a notice to improve lasts,
//! how often an attendance return is made, and what the fields of its forms are called.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::domain::name::clean;

/// The fewest school weeks of a notice to improve.
pub const FEWEST_WEEKS: u32 = 3;
/// The most.
pub const MOST_WEEKS: u32 = 6;
/// The most school days within which a notice is asked for.
const LATEST: u32 = 60;
/// The longest block of sessions of a leave.
const LONGEST: u32 = 40;
/// The most school weeks between two returns.
const MOST_BETWEEN: u32 = 12;

/// A field of the request for a penalty notice.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Debug,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Field {
    /// The pupil's legal surname.
    Surname,
    /// The pupil's legal forenames.
    Forenames,
    /// Other names used.
    UsedName,
    /// Date of birth.
    Born,
    /// Sex.
    Sex,
    /// Unique pupil number.
    Upn,
    /// Year group.
    Year,
    /// The pupil's address.
    Address,
    /// The pupil's first language.
    Language,
    /// Social care, special needs and the like.
    Agencies,
    /// Siblings in school.
    Siblings,
    /// A parent's name.
    Parent,
    /// Who a parent is to the pupil.
    Relationship,
    /// Whether a parent has parental responsibility.
    Responsibility,
    /// A parent's address.
    ParentAddress,
    /// A parent's numbers.
    Phones,
    /// A parent's e-mail address.
    Email,
    /// A parent's language.
    ParentLanguage,
    /// When a parent was warned in writing.
    Warned,
    /// What a notice to a parent would be.
    Notice,
    /// What the absences were.
    Reason,
    /// The first and the last of the sessions.
    Period,
    /// How many sessions, and days.
    Sessions,
}

impl Field {
    /// What it is called where the authority has not said otherwise.
    pub fn usual(self) -> &'static str {
        match self {
            Field::Surname => "Legal surname",
            Field::Forenames => "Legal forenames",
            Field::UsedName => "Other names used",
            Field::Born => "Date of birth",
            Field::Sex => "Sex",
            Field::Upn => "UPN",
            Field::Year => "Year group",
            Field::Address => "Address",
            Field::Language => "First language",
            Field::Agencies => "Agencies and support",
            Field::Siblings => "Siblings at the school",
            Field::Parent => "Name",
            Field::Relationship => "Relationship",
            Field::Responsibility => "Parental responsibility",
            Field::ParentAddress => "Address, if another",
            Field::Phones => "Telephone",
            Field::Email => "E-mail",
            Field::ParentLanguage => "Language",
            Field::Warned => "Warned in writing",
            Field::Notice => "Notice",
            Field::Reason => "Reason",
            Field::Period => "From and to",
            Field::Sessions => "Unauthorised sessions",
        }
    }
}

/// An authority's rules from a day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Authority {
    /// The first day on which they hold.
    pub from: NaiveDate,
    /// The authority's name.
    #[serde(default)]
    pub name: String,
    /// School days after the last of the sessions within which a notice is asked for; 0 where it does not say.
    #[serde(default)]
    pub request_within: u32,
    /// Sessions of G count only in blocks of at least so many on end; 0 where it does not say.
    #[serde(default)]
    pub leave_block: u32,
    /// School weeks of a notice to improve, where nobody says otherwise.
    pub improvement_weeks: u32,
    /// School weeks between two attendance returns about one absence.
    pub return_weeks: u32,
    /// What fields of its forms are called, where not as usual.
    #[serde(default)]
    pub labels: BTreeMap<Field, String>,
}

impl Authority {
    /// What holds where the school has said nothing: the national framework.
    pub fn national() -> Authority {
        Authority {
            from: NaiveDate::MIN,
            name: String::new(),
            request_within: 0,
            leave_block: 0,
            improvement_weeks: MOST_WEEKS,
            return_weeks: 4,
            labels: BTreeMap::new(),
        }
    }

    /// What a field is called.
    pub fn label(&self, field: Field) -> &str {
        self.labels.get(&field).map_or(field.usual(), String::as_str)
    }
}

/// Those of the rows that hold on a day: the last that has begun, else the national framework.
pub fn on(rows: &[Authority], date: NaiveDate) -> Authority {
    rows.iter().rfind(|row| row.from <= date).cloned().unwrap_or_else(Authority::national)
}

/// Everything that cannot be right about the rows, each in a sentence with its cure.
pub fn faults(rows: &[Authority]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, one) in rows.iter().enumerate() {
        let mut fault = |text: String| faults.push(format!("authority: row {}: {text}", place + 1));
        if let Some(before) =
            place.checked_sub(1).and_then(|before| rows.get(before)).filter(|row| row.from >= one.from)
        {
            fault(format!("it begins on {}, and the row before on {}: the earlier goes first", one.from, before.from));
        }
        if !(FEWEST_WEEKS..=MOST_WEEKS).contains(&one.improvement_weeks) {
            fault(format!("`improvement-weeks` is from {FEWEST_WEEKS} to {MOST_WEEKS} school weeks"));
        }
        if !(1..=MOST_BETWEEN).contains(&one.return_weeks) {
            fault(format!("`return-weeks` is from 1 to {MOST_BETWEEN} school weeks"));
        }
        if one.request_within > LATEST {
            fault(format!("`request-within` is from 0 (it does not say) to {LATEST} school days"));
        }
        if one.leave_block > LONGEST {
            fault(format!("`leave-block` is from 0 (it does not say) to {LONGEST} sessions"));
        }
        for (field, label) in &one.labels {
            if clean(label).is_empty() {
                let field: &str = (*field).into();
                fault(format!("labels: {field}: write what it is called, or leave the line out"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::date;

    fn row(from: &str, line: &str) -> Authority {
        let usual = [("improvement-weeks", "6"), ("return-weeks", "4")];
        let kept = usual.iter().filter(|(key, _)| !line.starts_with(key));
        let kept: String = kept.map(|(key, value)| format!("{key} = {value}\n")).collect();
        toml::from_str(&format!("from = \"{from}\"\n{kept}{line}")).unwrap()
    }

    #[test]
    fn a_row_holds_from_its_day_until_the_next() {
        let rows = [row("2024-08-19", "request-within = 10"), row("2026-01-01", "request-within = 20")];
        let within = |on_day| on(&rows, on_day).request_within;
        assert_eq!(within(date(2024, 8, 18)), 0);
        assert_eq!((within(date(2024, 8, 19)), within(date(2025, 12, 31)), within(date(2026, 1, 1))), (10, 10, 20));
        let labelled = row("2024-08-19", "labels = { surname = \"Family name\" }");
        assert_eq!((labelled.label(Field::Surname), labelled.label(Field::Upn)), ("Family name", "UPN"));
        assert_eq!(faults(&rows), [""; 0]);
    }

    #[test]
    fn every_fault_is_a_sentence_with_its_cure() {
        let late =
            "authority: row 2: it begins on 2024-08-19, and the row before on 2024-08-19: the earlier goes first";
        assert_eq!(faults(&[row("2024-08-19", ""), row("2024-08-19", "")]), [late]);
        for (line, text) in [
            ("improvement-weeks = 2", "`improvement-weeks` is from 3 to 6 school weeks"),
            ("return-weeks = 0", "`return-weeks` is from 1 to 12 school weeks"),
            ("request-within = 61", "`request-within` is from 0 (it does not say) to 60 school days"),
            ("leave-block = 41", "`leave-block` is from 0 (it does not say) to 40 sessions"),
            ("labels = { upn = \" \" }", "labels: upn: write what it is called, or leave the line out"),
        ] {
            assert_eq!(faults(&[row("2024-08-19", line)]), [format!("authority: row 1: {text}")]);
        }
    }
}
