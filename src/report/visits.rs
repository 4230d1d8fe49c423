//! The home visits of a day on paper, by area: what whoever goes wants to know, and room for what they find.

use chrono::NaiveDateTime;

use super::document::{Document, Item, Section};
use crate::domain::cases::visits::{HomeVisit, Standing};
use crate::domain::people::contact::masked;
use crate::domain::school::roll::Roll;

/// The list as it stands at `now`; an address that `shown` does not give is masked.
pub fn document(
    visits: &[HomeVisit],
    shown: impl Fn(&HomeVisit) -> Option<String>,
    roll: &Roll,
    now: NaiveDateTime,
) -> Document {
    let sections = visits.chunk_by(|one, next| one.area == next.area).map(|of_area| Section {
        heading: match of_area.first().map(|one| one.area.as_str()) {
            Some("") | None => "No postcode is held".to_owned(),
            Some(area) => area.to_owned(),
        },
        items: of_area.iter().map(|one| Item::new(Some(one.pupil), &line(one, shown(one), roll, now))).collect(),
        none: String::new(),
    });
    let mut sections: Vec<Section> = sections.collect();
    if sections.is_empty() {
        let none = "No visit is to be made, and nobody is out.".to_owned();
        sections.push(Section { heading: String::new(), items: Vec::new(), none });
    }
    Document {
        title: format!("Home visits of {}", now.format("%a %-d %b %Y")),
        sections,
        school: roll.school.name.clone(),
        recorded: now,
    }
}

fn line(one: &HomeVisit, shown: Option<String>, roll: &Roll, now: NaiveDateTime) -> String {
    let address = match (&one.address, shown) {
        (None, _) => "no address is held".to_owned(),
        (Some(_), Some(address)) => address,
        (Some(_), None) => masked("").trim_end().to_owned(),
    };
    let last = match &one.last_contact {
        Some((on, what)) => format!("last contact {}, {what}", on.format("%a %-d %b")),
        None => "no contact in the case file".to_owned(),
    };
    let to_know = if one.to_know.is_empty() { "nothing".to_owned() } else { one.to_know.clone() };
    let two = one.two_go.map(|two| format!("; {two}")).unwrap_or_default();
    let found = match one.standing {
        Standing::ToGo { .. } | Standing::Out { .. } => {
            ". Left ......  back ......  child seen y / n  spoken to y / n  found ....................  in CPOMS y / n"
        }
        Standing::Back { .. } => "",
    };
    let (name, says, why) = (roll.name_and_group(one.pupil), one.describe(now), &one.why);
    format!("{name}: {says}. At {address}. For: {why}. To know: {to_know}; {last}{two}{found}")
}
