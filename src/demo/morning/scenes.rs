//! Scenes: pupils of whom two things are said today that cannot both be true, and those who come and go. Drawn from a stream of
//! its own, so that the rest of the morning is as it would be without them.

use chrono::{NaiveTime, TimeDelta};

use super::turns::Turns;
use super::{At, Morning, Whereabouts, clock, is_in};
use crate::demo::draw::{Draw, For};
use crate::demo::history::schedule::Absence;
use crate::demo::planned::PlannedAct;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::message::Channel;
use crate::domain::facts::presence::Way;
use crate::domain::facts::search::SearchOutcome;

/// Who plays what; a small school leaves parts open.
#[derive(Clone, Debug, Default)]
pub(in crate::demo) struct Scenes {
    /// In the tutor's register, and in no lesson until found.
    pub(in crate::demo) truant: Option<usize>,
    /// In the tutor's register, and in the medical room in the first period.
    pub(in crate::demo) unwell: Option<usize>,
    /// N in the tutor's register, and in the first lesson.
    pub(in crate::demo) seen_later: Option<usize>,
    /// Through the gate before the tutor's register, and N in it.
    pub(in crate::demo) not_in_room: Option<usize>,
    /// On the list of a trip; the tutor marked N, where the others' V stood in the register.
    pub(in crate::demo) off_the_list: Option<usize>,
    /// There on the list that a runner brought, and N in the register that came in after it.
    pub(in crate::demo) on_one_list: Option<usize>,
    /// Reported by two contacts, who do not agree.
    pub(in crate::demo) two_stories: Option<usize>,
    /// At N, with a sibling who is reported ill.
    pub(in crate::demo) ill_siblings: Option<usize>,
    /// Out of the building from a time, and back at another.
    pub(in crate::demo) out: Vec<(usize, NaiveTime, Option<NaiveTime>)>,
    /// Whose day turns out otherwise than the school was told.
    pub(in crate::demo) turns: Turns,
}

/// When the truant is found.
const FOUND: HourMinute = (10, 38);

/// Hour and minute.
type HourMinute = (u32, u32);

/// One outing: out when, back when, and why.
type Outing = (HourMinute, Option<HourMinute>, &'static str);

/// Sick in the first lesson, and fetched.
const SENT_HOME: Outing = ((9, 24), None, "sent home ill");

/// Everybody's; the first is still out when most mornings are looked at.
const OUTINGS: [Outing; 4] = [
    ((9, 48), Some((11, 20)), "orthodontist"),
    ((9, 25), Some((10, 1)), "dentist"),
    SENT_HOME,
    ((11, 5), None, "collected by a parent"),
];

impl Morning<'_> {
    /// Choose who plays what, once it is known who is where and of whom the school has been told.
    pub(in crate::demo) fn set_scenes(&mut self) {
        let mut draw = Draw::new(self.school.seed, For::Scenes);
        let mut free: Vec<usize> = self.plain().collect();
        draw.shuffle(&mut free);
        let mut siblings = free.clone();
        let pair = siblings.iter().position(|place| self.reported_sibling(*place));
        let ill_siblings = pair.map(|at| siblings.swap_remove(at));
        let mut free = free.into_iter().filter(|place| Some(*place) != ill_siblings);
        // A school of a few dozen keeps its morning plain.
        let mut next = || free.next().filter(|_| self.pupils.len() >= 200);
        let mut scenes =
            Scenes { truant: next(), unwell: next(), seen_later: next(), not_in_room: next(), ..Scenes::default() };
        for (from, back, _) in OUTINGS {
            let back = back.map(|(hour, minute)| clock(hour, minute));
            scenes.out.extend(next().map(|place| (place, clock(from.0, from.1), back)));
        }
        let rest = std::iter::from_fn(next).collect();
        let trip = Code::parse("V");
        scenes.off_the_list = self.everybody().into_iter().find(|(_, one)| Some(one.am.code) == trip).map(|(at, _)| at);
        scenes.ill_siblings = ill_siblings.filter(|_| self.pupils.len() >= 200);
        if let Some(place) = scenes.ill_siblings {
            let absence = Absence { code: Code::I, began: self.date, left: 0 };
            self.set(place, Mark::plain(Code::I), Mark::plain(Code::I), Some(absence));
        }
        if let Some(pupil) = scenes.not_in_room.and_then(|place| self.pupils.get_mut(place)) {
            pupil.am = Mark { code: Code::L, minutes: Some(1) };
            pupil.comes = Some(self.times.am.opens + TimeDelta::seconds(85));
        }
        self.scenes = scenes;
        self.two_stories();
        self.set_turns(rest);
    }

    /// Everybody who is in all day, on time, and plays no part.
    fn plain(&self) -> impl Iterator<Item = usize> + '_ {
        let scenario = &self.school.scenario;
        let pairs = [scenario.both_out, scenario.one_out].into_iter().flatten().flat_map(|(one, other)| [one, other]);
        let played: Vec<usize> = pairs
            .chain(scenario.lasting.iter().map(|(place, ..)| *place))
            .chain([scenario.contradicted, scenario.slipped, scenario.watched_late].into_iter().flatten())
            .chain(scenario.vulnerable.iter().chain(&scenario.watched).copied())
            .collect();
        let whole = |one: &Whereabouts| {
            one.am.code == Code::PRESENT_AM && one.pm.code == Code::PRESENT_PM && one.comes.is_none()
        };
        let all = self.pupils.iter().enumerate();
        all.filter(move |(place, one)| whole(one) && !played.contains(place)).map(|(place, _)| place)
    }

    /// Whether a sibling was reported ill this morning.
    fn reported_sibling(&self, place: usize) -> bool {
        let Some(household) = self.school.pupils.get(place).map(|pupil| pupil.household) else { return false };
        let reported = self.reported.iter().filter(|other| **other != place);
        reported
            .filter_map(|other| Some((self.school.pupils.get(*other)?, self.pupils.get(*other)?)))
            .any(|(other, here)| other.household == household && here.am.code == Code::I)
    }

    /// A contact says one thing, and another says another an hour later.
    fn two_stories(&mut self) {
        let today = self.date;
        let found = self.planned.iter().find_map(|planned| match &planned.act {
            PlannedAct::ReportAbsence { pupils, code, by, .. } if *code == Code::I && planned.at.date() == today => {
                let place = *pupils.first()?;
                let contacts = self.school.contacts(place);
                let other = contacts.iter().find(|one| !one.do_not_contact && one.introduced() != *by)?;
                Some((place, other.introduced()))
            }
            _ => None,
        });
        let (Some((place, by)), Some(code)) = (found, Code::parse("G")) else { return };
        self.scenes.two_stories = Some(place);
        let (from, until) = (self.session(Session::Am), self.session(Session::Pm));
        let (pupils, words) = (vec![place], "away since Saturday, back on Friday".to_owned());
        let act = PlannedAct::ReportAbsence { pupils, code, from, until, by, words, channel: Channel::Answerphone };
        self.put(clock(7, 36), At::Office, act);
    }

    /// The other register, of whoever is on one list only: the office puts it right.
    pub(in crate::demo) fn second_list(&mut self, place: usize, time: NaiveTime) -> Option<usize> {
        let found = self.plain().find(|member| {
            self.school.pupils.get(*member).is_some_and(|pupil| pupil.group == place) && !self.scenes.plays(*member)
        });
        self.scenes.on_one_list = found;
        if let Some(pupil) = found {
            self.amend(time + TimeDelta::minutes(21), pupil, "on the runner's list; seen in the room");
        }
        found
    }

    /// What is logged about them, apart from registers.
    pub(in crate::demo) fn play_scenes(&mut self) {
        let scenes = self.scenes.clone();
        if let Some(pupil) = scenes.not_in_room
            && let Some(time) = self.pupils.get(pupil).and_then(|one| one.comes)
        {
            let reason = Some("bus".to_owned());
            let act = PlannedAct::LogArrival { pupil, date: self.date, time, reason };
            self.put(time + TimeDelta::seconds(12), At::Gate, act);
        }
        if let Some(pupil) = scenes.unwell {
            let act = PlannedAct::Sight { pupil, seen: true, place: "medical room".to_owned() };
            self.put(clock(9, 31), At::BackOffice, act);
        }
        for ((pupil, from, back), (_, _, reason)) in scenes.out.iter().zip(OUTINGS) {
            let act = PlannedAct::Move { pupil: *pupil, way: Way::Out, reason: reason.to_owned() };
            self.put(*from, At::Gate, act);
            if let Some(back) = back {
                self.put(*back, At::Gate, PlannedAct::Move { pupil: *pupil, way: Way::Back, reason: String::new() });
            }
        }
        if let Some(pupil) = scenes.truant {
            let group = self.school.pupils.get(pupil).and_then(|one| self.school.groups.get(one.group));
            let last_seen = group.map_or_else(String::new, |group| format!("tutor time, {}", group.room));
            let place = "sweep of the corridors".to_owned();
            self.put(clock(9, 56), At::BackOffice, PlannedAct::Sight { pupil, seen: false, place });
            self.put(clock(10, 2), At::Office, PlannedAct::OpenSearch { pupil, last_seen });
            let words = "toilets and library, no".to_owned();
            self.put(clock(10, 9), At::BackOffice, PlannedAct::NoteSearch { pupil, words });
            let (outcome, words) = (SearchOutcome::Found, "behind the sports hall with two others".to_owned());
            self.put(clock(FOUND.0, FOUND.1), At::BackOffice, PlannedAct::EndSearch { pupil, outcome, words });
        }
        self.play_turns();
        self.confirmations();
    }

    /// Who provides for pupils elsewhere rings or writes in; not everybody does, and one pupil has not come.
    fn confirmations(&mut self) {
        let words = [
            (Session::Am, "D", clock(9, 18), "Mrs Bell, Westfell Academy"),
            (Session::Am, "V", clock(9, 33), "Mr Garnett, trip leader"),
            (Session::Am, "K", clock(9, 37), "Ms Dunn, Northern Tuition"),
            (Session::Pm, "D", clock(13, 46), "Mrs Bell, Westfell Academy"),
            (Session::Pm, "V", clock(13, 52), "Mr Garnett, trip leader"),
            (Session::Pm, "K", clock(13, 57), "Ms Dunn, Northern Tuition"),
        ];
        for (session, code, time, said_by) in words {
            let at = self.session(session);
            let mark = move |one: &Whereabouts| if session == Session::Am { one.am } else { one.pm };
            let with = |(_, one): &(usize, Whereabouts)| mark(one).code.as_str() == code;
            let mut pupils: Vec<usize> = self.everybody().into_iter().filter(with).map(|(place, _)| place).collect();
            let turns = &self.scenes.turns;
            pupils.retain(|place| ![self.scenes.off_the_list, turns.missed_coach].contains(&Some(*place)));
            let missing = if code == "K" { pupils.pop() } else { None };
            for (pupils, there) in [(pupils, true), (missing.into_iter().collect(), false)] {
                if !pupils.is_empty() {
                    self.put(
                        time,
                        At::BackOffice,
                        PlannedAct::Confirm { pupils, at, there, said_by: said_by.to_owned() },
                    );
                }
            }
        }
    }
}

impl Scenes {
    /// Whether the pupil plays a part.
    pub(in crate::demo) fn plays(&self, place: usize) -> bool {
        let one = [
            self.truant,
            self.unwell,
            self.seen_later,
            self.not_in_room,
            self.off_the_list,
            self.on_one_list,
            self.two_stories,
            self.ill_siblings,
        ];
        one.contains(&Some(place))
            || self.out.iter().any(|(pupil, ..)| *pupil == place)
            || self.turns.players().any(|pupil| pupil == place)
    }

    /// Who is sent home ill.
    pub(in crate::demo) fn sent_home(&self) -> Option<usize> {
        let mut outings = self.out.iter().zip(OUTINGS);
        outings.find(|(_, outing)| *outing == SENT_HOME).map(|((pupil, ..), _)| *pupil)
    }

    /// Whether somebody who came in is out of the building at `time`.
    pub(in crate::demo) fn is_out(&self, place: usize, time: NaiveTime) -> bool {
        let is_out = |(pupil, from, back): &(usize, NaiveTime, Option<NaiveTime>)| {
            *pupil == place && *from <= time && back.is_none_or(|back| back > time)
        };
        self.out.iter().any(is_out)
    }

    /// Whether the pupil's arrival is a part of a scene, and not of the queue at the gate.
    pub(in crate::demo) fn arrives(&self, place: usize) -> bool {
        self.not_in_room == Some(place) || self.turns.arrives(place)
    }

    /// Whether the tutor's morning register says N of somebody who is in.
    pub(in crate::demo) fn missed(&self, place: usize) -> bool {
        [self.seen_later, self.not_in_room].contains(&Some(place))
    }

    /// Whether somebody who is in school is in the lessons of a period that begins at `starts`.
    pub(in crate::demo) fn is_in_lesson(&self, place: usize, starts: NaiveTime, taken: NaiveTime) -> bool {
        let truants = self.truant == Some(place) && starts < clock(FOUND.0, FOUND.1);
        let is_unwell = self.unwell == Some(place) && starts < clock(9, 40);
        !(truants || is_unwell || self.is_out(place, taken))
    }
}

/// Whether the day's mark is one that a register shows before anybody is marked: elsewhere by arrangement.
pub(in crate::demo) fn stands_in_register(mark: Mark, session: Session) -> bool {
    !is_in(mark, session) && ["V", "P", "B", "K", "D", "W"].contains(&mark.code.as_str())
}
