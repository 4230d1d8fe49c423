//! What must be true of the record whatever was done.

use hashbrown::HashMap;

use chrono::NaiveDate;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::day::Timelines;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::people::pupil::PupilId;

use super::Desk;

impl Desk {
    /// What is true of every record: marks are what the evidence settles to, amendments chain, and the file is whole.
    pub fn sound(&mut self) {
        let dates = self.ask("SELECT DISTINCT date FROM mark UNION SELECT DISTINCT first_day FROM evidence ORDER BY 1");
        for date in dates {
            self.day_is_sound(date[0].as_ref().unwrap().parse().unwrap());
        }
        let mut last: HashMap<(PupilId, SessionDate), Option<Mark>> = HashMap::new();
        for pupil in 1..=10 {
            for row in self.amendments(PupilId(pupil)) {
                assert_ne!(row.original, row.new);
                assert_ne!(row.reason, "");
                assert!(row.rule.as_ref().is_some_and(|rule| !rule.is_empty()));
                let before = last.insert((PupilId(pupil), row.at), row.new);
                assert!(before.is_none_or(|before| before == row.original), "amendments chain: {row:?}");
            }
        }
        for ((pupil, at), new) in last {
            assert_eq!(self.store.day(at.date).unwrap().mark(pupil, at.session).settled, new, "{pupil:?} {at}");
        }
        assert_eq!(self.ask("SELECT * FROM pragma_integrity_check"), [[Some("ok".to_owned())]]);
        assert_eq!(self.count("pragma_foreign_key_check"), 0);
        let stood =
            "SELECT 1 FROM mark m JOIN register r ON r.act = m.taken AND r.date = m.date WHERE r.withdrawn IS NOT NULL";
        assert!(self.ask(stood).is_empty(), "no mark rests on a register taken back");
    }

    fn day_is_sound(&mut self, date: NaiveDate) {
        let day = self.store.day(date).unwrap();
        let timelines = Timelines::whole(&day);
        for pupil in &day.roll.pupils {
            let line = timelines.of(pupil);
            for session in Session::BOTH {
                let settled = line.mark(session).mark;
                let stored = day.mark(pupil.id, session).settled;
                let counts = pupil.on_roll(date) && day.closed.is_none() || stored.is_some();
                let text = line.events();
                assert!(
                    !counts || stored == settled,
                    "{} {date} {session}: {stored:?} {settled:?} {text:?}",
                    pupil.folded
                );
            }
        }
    }
}
