//! For the designated safeguarding lead: the vulnerable who are absent today, explained or not, the missing, and what has been done
//! about each.

use std::fmt::Display;

use chrono::NaiveTime;
use hashbrown::{HashMap, HashSet};

use super::{caller, escalations, last_search, sheet};
use crate::domain::absence::unexplained::{Missing, Standing, Unexplained, missing, unexplained};
use crate::domain::calendar::session::Session;
use crate::domain::day::{Day, Past};
use crate::domain::facts::evidence::{Fact, clock, or_blank};
use crate::domain::people::pupil::{Pupil, PupilId, Tier};
use crate::report::document::{Document, Item, Section};
use crate::report::document_kind::DocumentKind;

/// The vulnerable who are absent, and whoever is missing, for the DSL.
pub const KIND: DocumentKind = DocumentKind {
    word: "dsl",
    about: "The vulnerable who are absent, and whoever is missing, for the DSL",
    title: "For the DSL",
    recorded_as: "list for the DSL",
    needs_past_of: absent,
    at: |at| Some(dsl(at.day, at.session, at.now, at.pasts)),
};

/// The vulnerable who are away in a session up to `current`: those whose past has to be known.
pub fn absent(day: &Day, current: Session) -> Vec<PupilId> {
    let vulnerable = day.on_roll().filter(|pupil| pupil.tier() == Tier::Vulnerable);
    vulnerable.map(|pupil| pupil.id).filter(|pupil| absent_in(day, *pupil, current).is_some()).collect()
}

/// Everybody the lead must know of, up to the `current` session at `now`: the unexplained in the order they are followed up, then
/// by name who is absent and explained. A pupil whose parent did not know stays while absent, though somebody has explained it.
/// `pasts` holds what came before today.
pub fn dsl(day: &Day, current: Session, now: NaiveTime, pasts: &HashMap<PupilId, Past>) -> Document {
    let rows = unexplained(day, current, now);
    let listed: HashSet<PupilId> = rows.iter().map(|row| row.pupil).collect();
    let (mut open, mut explained) = (Vec::new(), Vec::new());
    for row in &rows {
        let Some(pupil) = day.roll.pupil(row.pupil) else { continue };
        let entry = Entry { day, pasts, pupil, session: row.at.session, row: Some(row), missing: missing(day, pupil) };
        if row.tier == Tier::Vulnerable || entry.missing.is_some() {
            open.push(entry.item());
        }
    }
    for pupil in day.on_roll().filter(|pupil| !listed.contains(&pupil.id)) {
        let missing = missing(day, pupil);
        let absent = absent_in(day, pupil.id, current);
        let is_missing = missing.as_ref().is_some_and(Missing::is_open);
        let concerns = pupil.tier() == Tier::Vulnerable || missing.is_some();
        let Some(session) = absent.filter(|_| concerns).or(is_missing.then_some(current)) else { continue };
        let part = if is_missing { &mut open } else { &mut explained };
        part.push(Entry { day, pasts, pupil, session, row: None, missing }.item());
    }
    let part = |heading: &str, items, none: &str| Section { heading: heading.to_owned(), items, none: none.to_owned() };
    let parts = vec![
        part(
            "Vulnerable or missing, and unexplained",
            open,
            "No vulnerable pupil is unexplained, and nobody is missing.",
        ),
        part(
            "Vulnerable or missing earlier, absent and explained",
            explained,
            "No vulnerable pupil is absent and explained.",
        ),
    ];
    sheet(day, now, "For the DSL", parts)
}

/// The first session, up to `current`, from which a pupil is away; who is elsewhere by arrangement is not.
fn absent_in(day: &Day, pupil: PupilId, current: Session) -> Option<Session> {
    let away = |session: &Session| {
        let mark = day.mark(pupil, *session).settled;
        mark.is_some_and(|mark| day.roll.codes.is_away(mark.code)) && !day.is_in(pupil, *session)
    };
    Session::BOTH.into_iter().filter(|session| *session <= current).find(away)
}

/// One pupil on the list.
struct Entry<'a> {
    day: &'a Day,
    pasts: &'a HashMap<PupilId, Past>,
    pupil: &'a Pupil,
    /// The session it is about.
    session: Session,
    /// How the pupil stands among the unexplained, if there.
    row: Option<&'a Unexplained>,
    missing: Option<Missing<'a>>,
}

impl Entry<'_> {
    fn item(&self) -> Item {
        Item::new(Some(self.pupil.id), &self.describe())
    }

    /// "Khan, Amira 8KM, CP: N since AM, day 2; 2 tried, last 09:31 Mrs Khan, mother: no answer; tell DSL 10:02 by S Marsh; ...".
    fn describe(&self) -> String {
        let (day, id) = (self.day, self.pupil.id);
        let letters: Vec<&str> = self.pupil.flags.iter().map(|flag| flag.letters()).collect();
        let letters = if letters.is_empty() { String::new() } else { format!(", {}", letters.join(" ")) };
        let since = absent_in(day, id, self.session).unwrap_or(self.session);
        let mark = or_blank(day.mark(id, since).settled);
        let mut parts = vec![format!("{}{letters}: {mark} since {since}", day.roll.name_and_group(id))];
        parts.extend(self.day_of_absence().map(|nth| format!("day {nth} of absence")));
        parts.extend(self.missing.as_ref().map(|missing| match missing.is_open() {
            true => format!("MISSING, {}", missing.describe()),
            false => missing.describe(),
        }));
        let calls = day.calls_about(id).count();
        match day.calls_about(id).last() {
            None if self.row.is_none() => {}
            None => parts.push("not called yet".to_owned()),
            Some(call) => {
                let (at, whom, outcome) = (call.at.format("%H:%M"), caller(day, call), call.outcome.describe());
                parts.push(format!("{calls} tried, last {at} {whom}: {outcome}"));
            }
        }
        if let Some(row) = self.row {
            parts.extend(beside_the_ladder(&row.standing));
        } else {
            parts.extend(self.explanation(since));
        }
        let steps: Vec<String> =
            escalations(day, id).map(|one| format!("{} {} by {}", one.step, one.at.format("%H:%M"), one.who)).collect();
        if steps.is_empty() && self.row.is_some() {
            parts.push("nobody told yet".to_owned());
        }
        parts.extend(steps);
        parts.extend(last_search(day, id).map(|search| match &search.ended {
            Some(end) => {
                let how = if end.is_elsewhere() { end.how() } else { "search handed on" };
                format!("{how} {} by {}: {}", end.at.format("%H:%M"), end.who, end.words)
            }
            None => format!("search open since {}: {}", search.opened.format("%H:%M"), search.last_word()),
        }));
        parts.join("; ")
    }

    /// 1 on the first day; `None` where the days before are not known.
    fn day_of_absence(&self) -> Option<usize> {
        let past = self.pasts.get(&self.pupil.id).map(|past| past.days_absent + 1);
        self.row.map(|row| row.day).or(past)
    }

    /// Who explained it, and what they said.
    fn explanation(&self, session: Session) -> Option<String> {
        let code = self.day.mark(self.pupil.id, session).settled?.code;
        let evidence = self.day.evidence.get(&(self.pupil.id, session))?;
        evidence.iter().rev().find_map(|one| {
            let (who, words, time): (&dyn Display, _, _) = match &one.fact {
                Fact::Report { code: told, time, by, words } if *told == code => (by, words, *time),
                Fact::Office { mark, reason } if mark.code == code => (&one.who, reason, None),
                Fact::Plan { code: planned, words } if *planned == code => (&one.who, words, None),
                Fact::Report { .. } | Fact::Office { .. } | Fact::Plan { .. } | Fact::Tutor(_) | Fact::Gate { .. } => {
                    return None;
                }
            };
            let words = if words.is_empty() { String::new() } else { format!(": {words}") };
            let time = time.map(|time| format!(" (at {})", clock(time))).unwrap_or_default();
            Some(format!("says {who}{words}{time}"))
        })
    }
}

/// What stands in place of a step, where something does.
fn beside_the_ladder(standing: &Standing) -> Option<String> {
    match standing {
        Standing::OnTheWay { .. }
        | Standing::LeftUnexplained { .. }
        | Standing::NobodyReached { .. }
        | Standing::ReasonWanted { .. } => Some(standing.describe()),
        Standing::Due(_) | Standing::Later { .. } | Standing::AllDone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::facts::search::Search;
    use crate::domain::people::contact::{Call, CallOutcome};
    use crate::domain::school::ladder::StepTaken;
    use crate::domain::testing::*;

    #[test]
    fn a_vulnerable_pupil_stands_there_with_everything_done() {
        let am = Session::Am;
        let mut day = day(&[(AMIRA, am, "N"), (BILAL, am, "N"), (SIOBHAN, am, "N")]);
        let lines = |day: &Day| dsl(day, am, time("10:42"), &day.past).sections.remove(0).items;
        assert_eq!(
            lines(&day).iter().map(|item| item.text.as_str()).collect::<Vec<_>>(),
            ["Khan, Amira 8KM, CP: N since AM; day 1 of absence; not called yet; nobody told yet"]
        );
        day.calls = vec![call(AMIRA, 1, "09:21", CallOutcome::NoAnswer), call(AMIRA, 2, "09:31", CallOutcome::Unaware)];
        day.steps = vec![StepTaken {
            act: ActId(9),
            pupil: AMIRA,
            session: am,
            step: "tell DSL".to_owned().into(),
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
            lines(&day)[0].text,
            "Khan, Amira 8KM, CP: N since AM; day 1 of absence; MISSING, the parent did not know 09:31; 2 tried, last 09:31 Mr Khan, \
             mother: parent did not know; tell DSL 10:02 by S Marsh; search open since 10:05: gate 08:31"
        );
    }
    /// What the list says of each pupil, by heading.
    fn lists(day: &Day, now: &str) -> [Vec<String>; 2] {
        let sections = dsl(day, Session::Am, time(now), &day.past).sections;
        let lists: Vec<Vec<String>> =
            sections.into_iter().map(|section| section.items.into_iter().map(|item| item.text).collect()).collect();
        lists.try_into().unwrap()
    }

    #[test]
    fn the_vulnerable_who_are_absent_stand_there_explained_or_not() {
        let am = Session::Am;
        for (code, listed) in
            [("I", true), ("O", true), ("M", true), ("B", false), ("/", false), ("U 60", false), ("D", false)]
        {
            let day = day(&[(AMIRA, am, code), (SIOBHAN, am, code)]);
            let [open, explained] = lists(&day, "09:30");
            assert_eq!((open.len(), explained.len()), (0, usize::from(listed)), "{code}");
        }
        let mut day = day(&[(AMIRA, am, "I")]);
        day.evidence.insert((AMIRA, am), vec![report("I", "08:15")]);
        let [_, explained] = lists(&day, "09:30");
        assert_eq!(explained, ["Khan, Amira 8KM, CP: I since AM; says Mrs Khan, mother: on the phone"]);
        day.evidence.insert((AMIRA, am), vec![report("I", "08:15"), gate("09:40")]);
        assert!(lists(&day, "09:50")[1].is_empty(), "in by the gate");
    }

    #[test]
    fn whoever_is_missing_stands_there_until_they_are_here_or_it_is_explained() {
        let am = Session::Am;
        let mut day = day(&[(ZOE, am, "N"), (LOUIS, am, "N")]);
        day.calls = vec![call(ZOE, 1, "09:20", CallOutcome::Unaware)];
        let [open, _] = lists(&day, "09:30");
        assert_eq!(open.len(), 1, "a pupil of no tier is the lead's while missing, and nobody else");
        assert!(
            open[0].contains("9TR: N since AM; day 1 of absence; MISSING, the parent did not know 09:20"),
            "{open:?}"
        );
        day.calls.push(Call { code: Some(code("I")), ..call(ZOE, 2, "10:05", CallOutcome::Aware) });
        day.marks.insert((ZOE, am), crate::domain::day::SessionMark { settled: Some(mark("I")), ..Default::default() });
        let [open, explained] = lists(&day, "10:10");
        assert!(open.is_empty());
        assert!(
            explained[0].contains("the parent did not know 09:20; explained 10:05 by somebody else"),
            "{explained:?}"
        );
        day.marks
            .insert((ZOE, am), crate::domain::day::SessionMark { settled: Some(mark("U 70")), ..Default::default() });
        day.evidence.insert((ZOE, am), vec![gate("10:20")]);
        assert_eq!(lists(&day, "10:30"), [Vec::<String>::new(), Vec::new()], "here, and not absent");
    }
}
