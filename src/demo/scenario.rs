//! The scenario: pupils chosen for the events that every demo morning has, whatever is drawn.

use chrono::NaiveDate;

use super::draw::{Draw, For};
use super::people::MadePupil;
use crate::domain::calendar::Calendar;
use crate::domain::people::pupil::Tier;

/// Who plays what. Nobody plays twice; a very small school leaves parts open.
#[derive(Clone, Debug, Default)]
pub(super) struct Scenario {
    /// Unexplained since an earlier day and today: who, since when, for how many sessions.
    pub(super) lasting: Vec<(usize, NaiveDate, u32)>,
    /// Siblings, both unexplained.
    pub(super) both_out: Option<(usize, usize)>,
    /// Siblings, the first unexplained and the second in school.
    pub(super) one_out: Option<(usize, usize)>,
    /// Reported ill, and marked present.
    pub(super) contradicted: Option<usize>,
    /// Marked absent by a slip of the tutor's, and put right.
    pub(super) slipped: Option<usize>,
    /// On the watch list when the morning begins.
    pub(super) watched: Vec<usize>,
    /// Known to social care, and unexplained: the first to be called.
    pub(super) vulnerable: Vec<usize>,
    /// On the watch list, and in at the gate just after five past nine.
    pub(super) watched_late: Option<usize>,
}

/// Pupils on the watch list when the morning begins.
const WATCHED: usize = 9;
/// Vulnerable pupils who are unexplained.
const VULNERABLE: usize = 2;

impl Scenario {
    pub(super) fn choose(seed: u64, pupils: &[MadePupil], calendar: &Calendar, today: NaiveDate) -> Scenario {
        let mut draw = Draw::new(seed, For::Scenario);
        let mut free: Vec<usize> = (0..pupils.len()).filter(|place| is_usual(pupils, *place)).collect();
        draw.shuffle(&mut free);
        let mut scenario = Scenario { watched: watched(pupils), ..Scenario::default() };
        free.retain(|place| !scenario.watched.contains(place));

        let is_vulnerable =
            |place: &usize| pupils.get(*place).is_some_and(|pupil| pupil.flags.tier() == Tier::Vulnerable);
        scenario.vulnerable =
            free.iter().copied().filter(is_vulnerable).take(VULNERABLE.min(pupils.len() / 100)).collect();
        scenario.watched_late = scenario.watched.first().copied();
        free.retain(|place| !scenario.vulnerable.contains(place));
        let mut pairs = pairs(pupils, &free).into_iter();
        scenario.both_out = pairs.next();
        scenario.one_out = pairs.next();
        let paired: Vec<usize> =
            scenario.both_out.iter().chain(&scenario.one_out).flat_map(|(one, other)| [*one, *other]).collect();
        let mut free = free.into_iter().filter(|place| !paired.contains(place));
        scenario.contradicted = free.next();
        scenario.slipped = free.next();
        let mut before = calendar.school_days_before(today);
        let (yesterday, earlier) = (before.next(), before.next());
        // Absent from that day to the end of this one, and a little longer.
        let since = [(yesterday, 6), (yesterday, 4), (yesterday, 4), (earlier, 8)];
        for (date, sessions) in since.into_iter().filter_map(|(date, sessions)| Some((date?, sessions))) {
            scenario.lasting.extend(free.next().map(|place| (place, date, sessions)));
        }
        scenario
    }
}

/// In most days, with nothing arranged: whoever plays a part does not play it by profile.
fn is_usual(pupils: &[MadePupil], place: usize) -> bool {
    pupils.get(place).is_some_and(|pupil| pupil.profile.arrangement.is_none() && pupil.profile.absence() < 0.15)
}

/// Siblings among the free, in the order of the first of each.
fn pairs(pupils: &[MadePupil], free: &[usize]) -> Vec<(usize, usize)> {
    let household = |place: usize| pupils.get(place).map(|pupil| pupil.household);
    let mut of_household = std::collections::BTreeMap::new();
    let mut pairs = Vec::new();
    for place in free {
        match of_household.insert(household(*place), *place) {
            // A third sibling stays out of it.
            Some(first) if !pairs.iter().any(|(_, second)| *second == first) => pairs.push((first, *place)),
            _ => {}
        }
        if pairs.len() == 2 {
            break;
        }
    }
    pairs
}

/// Pupils with a good deal of absence, though not those hardly ever in.
fn watched(pupils: &[MadePupil]) -> Vec<usize> {
    let mut worth: Vec<(usize, f64)> = pupils
        .iter()
        .enumerate()
        .map(|(place, pupil)| (place, pupil.profile.absence()))
        .filter(|(_, a)| *a < 0.28)
        .collect();
    worth.sort_by(|one, other| other.1.total_cmp(&one.1));
    // Every other one, so that the list is not simply the worst figures.
    worth.into_iter().step_by(2).take(WATCHED.min(pupils.len() / 20)).map(|(place, _)| place).collect()
}
