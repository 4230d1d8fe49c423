//! Turns: pupils whose day differs from what was reported; each shows one rule of how marks are settled.

use chrono::{NaiveDateTime, NaiveTime};

use super::{At, Morning, clock};
use crate::demo::people::MadeContact;
use crate::demo::planned::PlannedAct;
use crate::domain::calendar::session::{Session, minutes_between};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::Promise;
use crate::domain::people::contact::CallOutcome;
use crate::domain::people::pupil::Tier;

/// Who plays what; a small school leaves parts open.
#[derive(Clone, Debug, Default)]
pub(in crate::demo) struct Turns {
    /// Reported ill, and in at the gate after close all the same.
    pub(in crate::demo) ill_then_in: Option<usize>,
    /// On the list of a trip, and in at the gate: the coach had gone.
    pub(in crate::demo) missed_coach: Option<usize>,
    /// Due on work experience, and not there: ill, as a call finds out.
    pub(in crate::demo) not_at_work: Option<usize>,
    /// Suspended, and in at the gate.
    pub(in crate::demo) suspended: Option<usize>,
    /// N, and on the way as a parent says.
    pub(in crate::demo) on_the_way: Option<usize>,
}

impl Turns {
    /// Everybody who plays a part.
    pub(in crate::demo) fn players(&self) -> impl Iterator<Item = usize> {
        [self.ill_then_in, self.missed_coach, self.not_at_work, self.suspended, self.on_the_way].into_iter().flatten()
    }

    /// Who comes through the gate, and when.
    fn arrivals(&self) -> impl Iterator<Item = (usize, NaiveTime, &'static str)> {
        let arrivals = [
            (self.ill_then_in, clock(9, 14), "feels better"),
            (self.missed_coach, clock(9, 17), "missed the coach"),
            (self.suspended, clock(9, 19), "thought it was over"),
            (self.on_the_way, clock(9, 33), "bus"),
        ];
        arrivals.into_iter().filter_map(|(pupil, time, reason)| Some((pupil?, time, reason)))
    }

    /// Whether the pupil's arrival is a part of the scene, and not of the queue at the gate.
    pub(in crate::demo) fn arrives(&self, place: usize) -> bool {
        self.arrivals().any(|(pupil, ..)| pupil == place)
    }
}

impl Morning<'_> {
    /// Choose who plays what among `free`, who are in all day else, and say where they really are.
    pub(in crate::demo) fn set_turns(&mut self, mut free: Vec<usize>) {
        // A school of a few dozen keeps its morning plain.
        if self.pupils.len() < 200 {
            return;
        }
        let on_trip = self.everybody().into_iter().filter(|(_, one)| one.am.code.as_str() == "V");
        let missed_coach = on_trip.map(|(place, _)| place).find(|place| self.scenes.off_the_list != Some(*place));
        // Whoever is to be seen in the list of the unexplained is of a tier that stands high in it.
        let not_at_work = self.first_of(&mut free, Tier::Vulnerable, 10);
        let on_the_way = self.first_of(&mut free, Tier::Supported, 7);
        let mut free = free.into_iter();
        let turns = Turns { ill_then_in: free.next(), missed_coach, not_at_work, suspended: free.next(), on_the_way };
        let (present, ill) = (Mark::plain(Code::PRESENT_PM), Mark::plain(Code::I));
        let [suspended, work] = ["E", "W"].map(|code| Code::parse(code).map_or(ill, Mark::plain));
        for (place, am, pm) in [
            (turns.ill_then_in, ill, present),
            (turns.missed_coach, ill, present),
            (turns.not_at_work, work, ill),
            (turns.suspended, suspended, suspended),
            (turns.on_the_way, ill, present),
        ] {
            if let Some(place) = place {
                self.set(place, am, pm, None);
            }
        }
        for (place, time, _) in turns.arrivals().filter(|(place, ..)| turns.suspended != Some(*place)) {
            if let Some(pupil) = self.pupils.get_mut(place) {
                pupil.am = Mark { code: Code::U, minutes: Some(minutes_between(self.times.am.opens, time)) };
                pupil.comes = Some(time);
            }
        }
        // The callers leave them all to the scene.
        self.reported.extend(turns.players());
        self.scenes.turns = turns;
    }

    /// Takes the first of the tier, from a year on, out of `free`; where there is none, the first.
    fn first_of(&self, free: &mut Vec<usize>, tier: Tier, year: i64) -> Option<usize> {
        let fits = |place: &usize| {
            self.school.pupils.get(*place).is_some_and(|pupil| pupil.flags.tier() == tier && pupil.year >= year)
        };
        let found = free.iter().position(fits).unwrap_or(0);
        (found < free.len()).then(|| free.remove(found))
    }

    /// What is told and logged about them, apart from registers.
    pub(in crate::demo) fn play_turns(&mut self) {
        let turns = self.scenes.turns.clone();
        for (pupil, time, reason) in turns.arrivals() {
            let act = PlannedAct::LogArrival { pupil, date: self.date, time, reason: Some(reason.to_owned()) };
            self.put(time, At::Gate, act);
        }
        if let Some(pupil) = turns.ill_then_in {
            let by = self.first_contact(pupil).map(|(_, by)| by).unwrap_or_default();
            let reported = Reported { code: "I", by, words: "sick in the night", channel: Channel::Answerphone };
            self.take_message(self.date.and_time(clock(7, 52)), pupil, reported);
        }
        if let (Some(pupil), Some(yesterday)) = (turns.suspended, self.school_day_before()) {
            let by = "Mrs Lowther, deputy head".to_owned();
            let reported = Reported { code: "E", by, words: "suspended until Thursday", channel: Channel::Email };
            self.take_message(yesterday.and_time(clock(15, 4)), pupil, reported);
        }
        if let (Some(pupil), Some(yesterday)) = (turns.not_at_work, self.school_day_before()) {
            let by = "Mr Ritson, careers".to_owned();
            let reported =
                Reported { code: "W", by, words: "Cartmell & Sons, work experience", channel: Channel::Email };
            self.take_message(yesterday.and_time(clock(11, 20)), pupil, reported);
            self.not_there(pupil);
        }
        if let Some(pupil) = turns.on_the_way
            && let Some((_, by)) = self.first_contact(pupil)
        {
            let (at, promise) = (self.session(Session::Am), Promise::OnTheWay { by: clock(9, 35) });
            let (words, channel) = ("on the way, bus did not come".to_owned(), Channel::Telephone);
            self.put(clock(8, 58), At::Office, PlannedAct::LogPromise { pupil, at, promise, by, words, channel });
        }
        self.call_home();
    }

    /// The firm rings, and soon after the contact says why.
    fn not_there(&mut self, pupil: usize) {
        let (at, said_by) = (self.session(Session::Am), "Mr Cartmell".to_owned());
        let (pupils, there) = (vec![pupil], false);
        self.put(clock(9, 21), At::BackOffice, PlannedAct::Confirm { pupils, at, there, said_by });
        self.spoke(clock(9, 31), pupil, Some(Code::I), "sick in the night, did not think to ring the firm");
    }

    /// Whoever is sent home ill is fetched: home is rung first.
    fn call_home(&mut self) {
        if let Some(pupil) = self.scenes.sent_home() {
            self.spoke(clock(9, 16), pupil, None, "sick in registration: mother comes for the child");
        }
    }

    /// A contact is rung and says something.
    fn spoke(&mut self, time: NaiveTime, pupil: usize, code: Option<Code>, note: &str) {
        let Some((contact, _)) = self.first_contact(pupil) else { return };
        let (at, outcome, note, call_back) = (self.session(Session::Am), CallOutcome::Aware, note.to_owned(), None);
        let act = PlannedAct::LogCall { pupil, contact, at, outcome, code, note, call_back, covers: Vec::new() };
        self.put(time, At::BackOffice, act);
    }

    /// Whoever is rung first: the place in the calling order, and how they are written beside a report.
    fn first_contact(&self, pupil: usize) -> Option<(i64, String)> {
        let mut contacts = (1..).zip(self.school.contacts(pupil));
        let rung = contacts.find(|(_, one)| !one.do_not_contact && !one.stale);
        rung.map(|(order, one): (i64, &MadeContact)| (order, one.introduced()))
    }

    /// Somebody told the school, of the whole day.
    fn take_message(&mut self, at: NaiveDateTime, pupil: usize, reported: Reported) {
        let Some(code) = Code::parse(reported.code) else { return };
        let (from, until) = (self.session(Session::Am), self.session(Session::Pm));
        let (pupils, words, channel) = (vec![pupil], reported.words.to_owned(), reported.channel);
        let act = PlannedAct::ReportAbsence { pupils, code, from, until, by: reported.by, words, channel };
        let who = self.officer(At::BackOffice);
        self.add(at, who, act);
    }

    fn school_day_before(&self) -> Option<chrono::NaiveDate> {
        self.school.calendar.school_days_before(self.date).next()
    }
}

/// What somebody told the school.
struct Reported {
    code: &'static str,
    by: String,
    words: &'static str,
    channel: Channel,
}
