//! The turns: how the record settles pupils whose day differs from what was reported.

use std::sync::Arc;

use chrono::NaiveTime;

use crate::demo::MadeSchool;
use crate::demo::file::{Wanted, make};
use crate::demo::morning::scenes::Scenes;
use crate::demo::morning::{Morning, clock};
use crate::domain::absence::offsite::{OffSiteState, off_site};
use crate::domain::absence::unexplained::{Cause, Standing, Unexplained, unexplained};
use crate::domain::calendar::session::Session;
use crate::domain::checks::{Check, checks};
use crate::domain::code::CodeTable;
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::late::lateness::lates;
use crate::domain::people::pupil::{Pupil, PupilId};

/// The record of a morning, with who plays what.
struct Played {
    day: Day,
    now: NaiveTime,
    school: MadeSchool,
    scenes: Scenes,
}

impl Played {
    fn until(now: NaiveTime) -> Played {
        let folder = tempfile::tempdir().unwrap();
        let wanted = Wanted { seed: 1, pupils: 300, years: 1, at: now };
        let codes = Arc::new(CodeTable::national().unwrap());
        let real = "2026-11-24T09:05:00Z".parse().unwrap();
        let (mut store, _) = make(&folder.path().join("demo.db"), &wanted, codes, real).unwrap();
        let school = MadeSchool::make(1, 300, 1, MadeSchool::usual_day()).unwrap();
        let (_, scenes) = Morning::plan_with_scenes(&school);
        Played { day: store.day(MadeSchool::usual_day()).unwrap(), now, school, scenes }
    }

    fn id(&self, player: Option<usize>) -> PupilId {
        let number = &self.school.pupils[player.unwrap()].admission_no;
        let is_player = |pupil: &&Pupil| pupil.admission_no.as_ref() == Some(number);
        self.day.on_roll().find(is_player).unwrap().id
    }

    /// The mark that stands.
    fn mark(&self, player: Option<usize>, session: Session) -> String {
        self.day.mark(self.id(player), session).settled.map_or_else(|| "-".to_owned(), |mark| mark.to_string())
    }

    fn unexplained(&self, player: Option<usize>, current: Session) -> Option<Unexplained> {
        let rows = unexplained(&self.day, current, self.now);
        rows.into_iter().find(|row| row.pupil == self.id(player))
    }

    fn check(&self, player: Option<usize>) -> Option<Check> {
        checks(&self.day, Session::Am, self.now).into_iter().find(|check| check.pupil == self.id(player))
    }
}

#[test]
fn at_twenty_six_minutes_past_nine_each_stands_on_the_list_it_belongs_on() {
    let played = Played::until(clock(9, 26));
    let turns = played.scenes.turns.clone();
    let in_queue = |player| {
        let queue = lates(&played.day, Session::Am);
        queue.iter().any(|late| late.pupil == played.id(player))
    };

    // Reported ill, and in after close: the office decides.
    assert_eq!(played.mark(turns.ill_then_in, Session::Am), "U 34 min");
    assert!(in_queue(turns.ill_then_in));
    let check = played.check(turns.ill_then_in).unwrap();
    assert_eq!(check.contradiction, ContradictionKind::AwayButMarkedHere);
    assert!(check.proposed.describe().starts_with("I: "), "{}", check.proposed.describe());

    // On the list of the trip, and here.
    assert_eq!(played.mark(turns.missed_coach, Session::Am), "U 37 min");
    assert!(in_queue(turns.missed_coach));
    assert_eq!(played.check(turns.missed_coach).unwrap().contradiction, ContradictionKind::AwayButMarkedHere);

    // The firm says "not here".
    assert_eq!(played.mark(turns.not_at_work, Session::Am), "N");
    assert_eq!(played.unexplained(turns.not_at_work, Session::Am).unwrap().cause, Cause::NotThere);
    let elsewhere = off_site(&played.day, Session::Am, played.now);
    let work = elsewhere.iter().find(|one| one.pupil == played.id(turns.not_at_work)).unwrap();
    assert!(matches!(work.state, OffSiteState::NotThere(_)));

    // Suspended, and at the gate.
    assert_eq!(played.mark(turns.suspended, Session::Am), "E");
    assert!(!in_queue(turns.suspended));
    assert_eq!(played.check(turns.suspended).unwrap().contradiction, ContradictionKind::MustNotBeHere);

    // On the way, as somebody said.
    assert_eq!(played.mark(turns.on_the_way, Session::Am), "N");
    let promised = played.unexplained(turns.on_the_way, Session::Am).unwrap();
    assert!(matches!(promised.standing, Standing::OnTheWay { since, .. } if since == clock(8, 58)));

    // Sent home ill, and home was rung first.
    let sent_home = played.scenes.sent_home();
    assert_eq!(played.day.is_out(played.id(sent_home)).unwrap().reason, "sent home ill");
    assert_eq!(played.day.calls_about(played.id(sent_home)).count(), 1);
    assert_eq!(played.mark(sent_home, Session::Am), "/");
}

#[test]
fn the_day_answers_what_the_morning_asked() {
    let played = Played::until(clock(14, 0));
    let turns = played.scenes.turns.clone();
    for (player, am, pm) in [
        (turns.ill_then_in, "U 34 min", "\\"),
        (turns.missed_coach, "U 37 min", "\\"),
        (turns.not_at_work, "I", "I"),
        (turns.suspended, "E", "E"),
        (turns.on_the_way, "U 53 min", "\\"),
        (played.scenes.sent_home(), "/", "I"),
    ] {
        assert_eq!((played.mark(player, Session::Am), played.mark(player, Session::Pm)), (am.into(), pm.into()));
        assert!(played.unexplained(player, Session::Pm).is_none(), "{am} {pm}");
    }
}

#[test]
fn every_large_school_has_them_and_a_small_one_none() {
    for seed in 1..=8 {
        let school = MadeSchool::make(seed, 1_000, 1, MadeSchool::usual_day()).unwrap();
        assert_eq!(Morning::plan_with_scenes(&school).1.turns.players().count(), 5, "{seed}");
    }
    let school = MadeSchool::make(1, 150, 1, MadeSchool::usual_day()).unwrap();
    assert_eq!(Morning::plan_with_scenes(&school).1.turns.players().count(), 0);
}
