//! For heads of year: today's lates, a section for each year group, and what lateness has cost each this week.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::sheet;
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::late_step::Tally;
use crate::domain::facts::register::ordinal;
use crate::domain::late::followed::following;
use crate::domain::late::lateness::{Late, lates as today, tally};
use crate::report::document::{Document, Item, Section};
use crate::report::document_kind::{DocumentKind, nobody};

/// Today's lates by year group, for heads of year.
pub const KIND: DocumentKind = DocumentKind {
    word: "lates",
    about: "Today's lates by year group, for heads of year",
    title: "For heads of year",
    recorded_as: "list for heads of year",
    needs_past_of: nobody,
    at: |at| Some(lates(at.day, at.session, at.now)),
};

/// A year group as it is sorted: whoever has none comes last.
type Year = (bool, Option<i64>);

/// Today's lates up to the `current` session, by year group, first come first. Below them stands what each year has lost this week,
/// by whoever was late on any day of it.
pub fn lates(day: &Day, current: Session, now: NaiveTime) -> Document {
    let mut late = today(day, current);
    late.sort_by_key(|late| (late.session, late.time, day.roll.place(late.pupil)));
    let mut years: BTreeMap<Year, Vec<Item>> = BTreeMap::new();
    for one in &late {
        let year = day.roll.pupil(one.pupil).and_then(|pupil| day.roll.year_of(pupil));
        let item = Item::new(Some(one.pupil), &describe(day, one, current));
        years.entry((year.is_none(), year)).or_default().push(item);
    }
    let section = |(year, items)| Section { heading: name(year), items, none: String::new() };
    let mut sections: Vec<Section> = years.into_iter().map(section).collect();
    let unheaded = |none| Section { heading: String::new(), items: Vec::new(), none };
    if sections.is_empty() {
        sections.push(unheaded("Nobody has come late.".to_owned()));
    }
    sections.extend(lost(day, current).map(unheaded));
    sheet(day, now, "Lates", sections)
}

/// "Year 8".
fn name((_, year): Year) -> String {
    year.map_or_else(|| "No year group".to_owned(), |year| format!("Year {year}"))
}

/// "Lost this week: Year 8 2 h 23 m by 12 lates, Year 9 5 min by 1 late."
fn lost(day: &Day, current: Session) -> Option<String> {
    let mut years: BTreeMap<Year, Tally> = BTreeMap::new();
    for pupil in day.on_roll() {
        let (year, in_week) = (day.roll.year_of(pupil), tally(day, pupil.id, current));
        if in_week.week > 0 {
            let all = years.entry((year.is_none(), year)).or_default();
            all.week += in_week.week;
            all.week_minutes += in_week.week_minutes;
        }
    }
    let text = |(year, all): (&Year, &Tally)| {
        let lates = if all.week == 1 { "late" } else { "lates" };
        format!("{} {} by {} {lates}", name(*year), duration(all.week_minutes, " min"), all.week)
    };
    let lists: Vec<String> = years.iter().map(text).collect();
    (!lists.is_empty()).then(|| format!("Lost this week: {}.", lists.join(", ")))
}

/// "08:57 Idris, Bea 8KM: L 17 min, bus; 3rd this half-term, 42 min this week; met 09:00, reason not accepted 09:05".
fn describe(day: &Day, late: &Late, current: Session) -> String {
    let time = late.time.map_or_else(|| "time not known".to_owned(), |time| time.format("%H:%M").to_string());
    let session = if late.session == Session::Pm { ", afternoon" } else { "" };
    let reason = late.reason.as_deref().filter(|reason| !reason.is_empty()).unwrap_or("no reason given");
    let how_often = ordinal(tally(day, late.pupil, late.session).half_term);
    let minutes = duration(tally(day, late.pupil, current).week_minutes, " min");
    let followed = following(day, late);
    let counts = followed.done.iter().filter(|one| followed.counts(one));
    let done: Vec<String> = counts.map(|one| format!("{} {}", one.describe(), one.at.format("%H:%M"))).collect();
    let done = if done.is_empty() { "not followed up yet".to_owned() } else { done.join(", ") };
    format!(
        "{time} {}: {}{session}, {reason}; {how_often} this half-term, {minutes} this week; {done}",
        day.roll.name_and_group(late.pupil),
        late.mark
    )
}

#[cfg(test)]
mod tests {
    use hashbrown::HashMap;
    use std::sync::Arc;

    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::facts::late_step::{LateFollowed, LateStep};
    use crate::domain::testing::*;

    #[test]
    fn each_year_group_has_its_own_lates() {
        let (am, pm) = (Session::Am, Session::Pm);
        let mut day = day(&[(AMIRA, am, "L 17"), (LOUIS, am, "U 60"), (BILAL, am, "L"), (AMIRA, pm, "L 5")]);
        day.evidence.insert((AMIRA, am), vec![gate("08:57")]);
        let before = |half_term, week, week_minutes| Tally { half_term, week, week_minutes };
        day.lates_before =
            Arc::new(HashMap::from([(AMIRA, before(3, 1, 20)), (LOUIS, before(1, 0, 0)), (SIOBHAN, before(2, 1, 8))]));
        let step = |step, words: &str| LateFollowed {
            act: ActId(1),
            pupil: AMIRA,
            session: am,
            step,
            words: words.to_owned(),
            who: "S Marsh".to_owned(),
            at: at("09:05"),
        };
        day.late_steps = vec![
            step(LateStep::Accepted, ""),
            step(LateStep::NotAccepted, ""),
            step(LateStep::Sanctioned, "60 min detention"),
        ];
        let lists = |current| {
            let sections = lates(&day, current, time("14:00")).sections;
            let section = |section: &Section| {
                let items = section.items.iter().map(|one| one.text.clone());
                [section.counted(), section.none.clone()]
                    .into_iter()
                    .chain(items)
                    .filter(|line| !line.is_empty())
                    .collect()
            };
            sections.iter().flat_map(|one| -> Vec<String> { section(one) }).collect::<Vec<_>>()
        };
        assert_eq!(
            lists(pm),
            [
                "Year 8: 3",
                "08:57 Khan, Amira 8KM: L 17 min, bus; 4th this half-term, 42 min this week; \
                 reason not accepted 09:05, sanction given, 60 min detention 09:05",
                "09:40 D’Arcy, Louis 8KM: U 60 min, no reason given; 2nd this half-term, 1 h this week; \
                 not followed up yet",
                "13:25 Khan, Amira 8KM: L 5 min, afternoon, no reason given; 5th this half-term, 42 min this week; \
                 not followed up yet",
                "Year 9: 1",
                "time not known Khan, Bilal 9TR: L, no reason given; 1st this half-term, 0 min this week; \
                 not followed up yet",
                "Lost this week: Year 8 1 h 50 m by 5 lates, Year 9 0 min by 1 late.",
            ]
        );
        assert_eq!(lists(am).len(), 6);
        let nobody = lates(&crate::domain::testing::day(&[]), am, time("09:00"));
        assert_eq!(nobody.sections.len(), 1);
        assert_eq!(nobody.sections[0].none, "Nobody has come late.");
    }
}
