//! For heads of year: today's lates, a part for each year group.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveTime;

use super::sheet;
use crate::domain::day::{Day, Past};
use crate::domain::lateness::{Late, lates as today};
use crate::domain::pupil::PupilId;
use crate::domain::session::Session;
use crate::domain::sheet::{Item, Part, Sheet};

/// Today's lates up to the `current` session, by year group, first come first; pupils without a year come last. `pasts`
/// holds what came before today, where it is known: how often each was late.
pub fn lates(day: &Day, current: Session, now: NaiveTime, pasts: &HashMap<PupilId, Past>) -> Sheet {
    let mut late = today(day, current);
    late.sort_by_key(|late| (late.session, late.time, day.roll.place(late.pupil)));
    let mut years: BTreeMap<(bool, Option<i64>), Vec<Item>> = BTreeMap::new();
    for one in &late {
        let year = year(day, one);
        years.entry((year.is_none(), year)).or_default().push(Item::new(Some(one.pupil), &says(day, one, pasts)));
    }
    let none = "Nobody has come late.".to_owned();
    let part = |((_, year), items): ((bool, Option<i64>), Vec<Item>)| Part {
        heading: year.map_or_else(|| "No year group".to_owned(), |year| format!("Year {year}")),
        items,
        none: String::new(),
    };
    let mut parts: Vec<Part> = years.into_iter().map(part).collect();
    if parts.is_empty() {
        parts.push(Part { heading: String::new(), items: Vec::new(), none });
    }
    sheet(day, now, "Lates", parts)
}

fn year(day: &Day, late: &Late) -> Option<i64> {
    let pupil = day.roll.pupil(late.pupil)?;
    pupil.year.or_else(|| day.roll.group(pupil.group?)?.year)
}

/// "08:57 Idris, Bea 8KM: L 17 min, bus, late 3 times earlier this year".
fn says(day: &Day, late: &Late, pasts: &HashMap<PupilId, Past>) -> String {
    let time = late.time.map_or_else(|| "time not known".to_owned(), |time| time.format("%H:%M").to_string());
    let session = if late.session == Session::Pm { ", afternoon" } else { "" };
    let reason = late.reason.as_deref().filter(|reason| !reason.is_empty()).unwrap_or("no reason given");
    let before = match pasts.get(&late.pupil).map_or(0, |past| past.year.lates) {
        0 => String::new(),
        1 => ", late once earlier this year".to_owned(),
        lates => format!(", late {lates} times earlier this year"),
    };
    format!("{time} {}: {}{session}, {reason}{before}", day.roll.name_and_group(late.pupil), late.mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figures::Figures;
    use crate::domain::testing::*;

    #[test]
    fn each_year_group_has_its_own_lates() {
        let (am, pm) = (Session::Am, Session::Pm);
        let mut day = day(&[(AMIRA, am, "L 17"), (LOUIS, am, "U 60"), (BILAL, am, "L"), (AMIRA, pm, "L 5")]);
        day.evidence.insert((AMIRA, am), vec![gate("08:57")]);
        let late = |lates| Past { year: Figures { lates, ..Figures::default() }, ..Past::default() };
        let pasts = HashMap::from([(AMIRA, late(3)), (LOUIS, late(1)), (BILAL, late(0))]);
        let said = |current| {
            let parts = lates(&day, current, time("14:00"), &pasts).parts;
            parts
                .iter()
                .flat_map(|part| std::iter::once(part.counted()).chain(part.items.iter().map(|one| one.says.clone())))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said(pm),
            [
                "Year 8: 3",
                "08:57 Khan, Amira 8KM: L 17 min, bus, late 3 times earlier this year",
                "09:40 D’Arcy, Louis 8KM: U 60 min, no reason given, late once earlier this year",
                "13:25 Khan, Amira 8KM: L 5 min, afternoon, no reason given, late 3 times earlier this year",
                "Year 9: 1",
                "time not known Khan, Bilal 9TR: L, no reason given",
            ]
        );
        assert_eq!(said(am).len(), 5);
        let nobody = lates(&crate::domain::testing::day(&[]), am, time("09:00"), &pasts);
        assert_eq!(nobody.parts[0].none, "Nobody has come late.");
    }
}
