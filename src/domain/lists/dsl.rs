//! For the designated safeguarding lead: the unexplained who are known to social care, and what has been done about each.

use chrono::NaiveTime;

use super::{caller, escalations, last_search, sheet};
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::evidence::or_blank;
use crate::domain::pupil::Tier;
use crate::domain::session::Session;
use crate::domain::sheet::{Item, Part, Sheet};
use crate::domain::unexplained::{Unexplained, unexplained};

/// The vulnerable unexplained up to the `current` session at `now`, in the order they are followed up.
pub fn dsl(day: &Day, current: Session, now: NaiveTime) -> Sheet {
    let rows = unexplained(day, current, now);
    let rows = rows.iter().filter(|row| row.tier == Tier::Vulnerable);
    let part = Part {
        heading: "Vulnerable and unexplained".to_owned(),
        items: rows.map(|row| Item::new(Some(row.pupil), &says(day, row))).collect(),
        none: "No vulnerable pupil is unexplained.".to_owned(),
    };
    sheet(day, now, "For the DSL", vec![part])
}

/// "Khan, Amira 8KM, CP: N since AM, day 2; 2 tried, last 09:31 Mrs Khan, mother: no answer; tell DSL 10:02 by S Marsh; ...".
fn says(day: &Day, row: &Unexplained) -> String {
    let flags = day.roll.pupil(row.pupil).map(|pupil| pupil.flags);
    let letters: Vec<&str> = flags.iter().flat_map(|flags| flags.iter()).map(|flag| flag.letters()).collect();
    let mark = |session| day.mark(row.pupil, session).settled;
    let missed_morning = mark(Session::Am).is_some_and(|mark| mark.code == Code::N);
    let since = if missed_morning { Session::Am } else { row.at.session };
    let mut parts = vec![
        format!(
            "{}, {}: {} since {since}",
            day.roll.name_and_group(row.pupil),
            letters.join(" "),
            or_blank(mark(since))
        ),
        format!("day {} of absence", row.day),
    ];
    if row.unaware {
        parts.push("the parent did not know".to_owned());
    }
    parts.push(match day.calls_about(row.pupil).last() {
        None => "not called yet".to_owned(),
        Some(call) => {
            let (at, whom, outcome) = (call.at.format("%H:%M"), caller(day, call), call.outcome.says());
            format!("{} tried, last {at} {whom}: {outcome}", row.tried)
        }
    });
    let steps =
        escalations(day, row.pupil).map(|one| format!("{} {} by {}", one.step, one.at.format("%H:%M"), one.who));
    let before = parts.len();
    parts.extend(steps);
    if parts.len() == before {
        parts.push("nobody told yet".to_owned());
    }
    parts.extend(last_search(day, row.pupil).map(|search| match &search.ended {
        Some(end) => format!("search handed on {} by {}: {}", end.at.format("%H:%M"), end.who, end.words),
        None => format!("search open since {}: {}", search.opened.format("%H:%M"), search.last_word()),
    }));
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::ActId;
    use crate::domain::contact::CallOutcome;
    use crate::domain::ladder::StepTaken;
    use crate::domain::search::Search;
    use crate::domain::testing::*;

    #[test]
    fn a_vulnerable_pupil_stands_there_with_everything_done() {
        let am = Session::Am;
        let mut day = day(&[(AMIRA, am, "N"), (BILAL, am, "N"), (SIOBHAN, am, "N")]);
        let lines = |day: &Day| dsl(day, am, time("10:42")).parts.remove(0).items;
        assert_eq!(
            lines(&day).iter().map(|item| item.says.as_str()).collect::<Vec<_>>(),
            ["Khan, Amira 8KM, CP: N since AM; day 1 of absence; not called yet; nobody told yet"]
        );
        day.calls = vec![call(AMIRA, 1, "09:21", CallOutcome::NoAnswer), call(AMIRA, 2, "09:31", CallOutcome::Unaware)];
        day.steps = vec![StepTaken {
            act: ActId(9),
            pupil: AMIRA,
            session: am,
            step: "tell DSL".to_owned(),
            words: "private".to_owned(),
            who: "S Marsh".to_owned(),
            at: at("10:02"),
        }];
        day.searches = vec![Search {
            act: ActId(10),
            pupil: AMIRA,
            opened: at("10:05"),
            who: "J Ito".to_owned(),
            last_seen: "gate 08:31".to_owned(),
            notes: Vec::new(),
            ended: None,
        }];
        assert_eq!(
            lines(&day)[0].says,
            "Khan, Amira 8KM, CP: N since AM; day 1 of absence; the parent did not know; 2 tried, last 09:31 Mr Khan, \
             mother: parent did not know; tell DSL 10:02 by S Marsh; search open since 10:05: gate 08:31"
        );
    }
}
