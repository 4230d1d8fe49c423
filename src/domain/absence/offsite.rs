//! Pupils who are elsewhere by arrangement: at another school, with a provider, on work experience, on a trip. The school confirms
//! the same day that they are there; unconfirmed pupils are followed up like the unexplained.

use chrono::NaiveTime;

use crate::domain::calendar::session::{Session, minutes_after};
use crate::domain::code::{Code, is_elsewhere};
use crate::domain::day::Day;
use crate::domain::facts::evidence::Fact;
use crate::domain::facts::presence::Confirmation;
use crate::domain::people::pupil::PupilId;

/// One pupil who is elsewhere by arrangement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OffSite {
    /// Who.
    pub pupil: PupilId,
    /// B, D, K, P, V or W.
    pub code: Code,
    /// With whom or what, as the arrangement says; what the code means where it says nothing.
    pub with: String,
    /// Whether they are there.
    pub state: OffSiteState,
}

/// What is known of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OffSiteState {
    /// Not confirmed, and not yet due.
    Waiting,
    /// Not confirmed, and due.
    Due,
    /// Never confirmed, and the school day is over: nobody is asked any more.
    Over,
    /// The provider says they are there.
    There(Confirmation),
    /// The provider says they are not there.
    NotThere(Confirmation),
}

impl OffSite {
    /// "waiting", "due", "over", "there", "not there".
    pub fn describe(&self) -> &'static str {
        match self.state {
            OffSiteState::Waiting => "waiting",
            OffSiteState::Due => "due",
            OffSiteState::Over => "over",
            OffSiteState::There(_) => "there",
            OffSiteState::NotThere(_) => "not there",
        }
    }

    /// What the provider said last, if anybody has asked.
    pub fn confirmed(&self) -> Option<&Confirmation> {
        match &self.state {
            OffSiteState::There(confirmation) | OffSiteState::NotThere(confirmation) => Some(confirmation),
            OffSiteState::Waiting | OffSiteState::Due | OffSiteState::Over => None,
        }
    }

    /// Whether somebody has to be asked where the pupil is: not there, or not confirmed in time.
    pub fn is_unexplained(&self) -> bool {
        matches!(self.state, OffSiteState::Due | OffSiteState::NotThere(_))
    }
}

/// Whether pupils with this code are elsewhere by arrangement, with somebody who can be asked.
pub fn is_off_site(day: &Day, code: Code) -> bool {
    is_elsewhere(&day.roll.codes, code)
}

/// When a session's confirmations are due, school-local; `None` without school.
pub fn due_by(day: &Day, session: Session) -> Option<NaiveTime> {
    let after = day.roll.school.off_site_due_after;
    day.session_times(session).map(|times| minutes_after(times.opens, after))
}

/// Everybody elsewhere by arrangement in a session, by name.
pub fn off_site(day: &Day, session: Session, now: NaiveTime) -> Vec<OffSite> {
    let (due, over) = (due_by(day, session).is_some_and(|due| due <= now), day.ended(now).is_some());
    day.on_roll()
        .filter_map(|pupil| {
            let stands = day.mark(pupil.id, session).settled?.code;
            let confirmed = day.confirmations.iter().rfind(|one| one.pupil == pupil.id && one.session == session);
            let ended = confirmed
                .filter(|confirmation| !confirmation.there)
                .and_then(|_| ended_arrangement(day, pupil.id, session, stands));
            let code = ended.unwrap_or(stands);
            is_off_site(day, code).then(|| {
                let state = match confirmed {
                    Some(one) if one.there => OffSiteState::There(one.clone()),
                    Some(one) => OffSiteState::NotThere(one.clone()),
                    None if over => OffSiteState::Over,
                    None if due => OffSiteState::Due,
                    None => OffSiteState::Waiting,
                };
                OffSite { pupil: pupil.id, code, with: with(day, pupil.id, session, code), state }
            })
        })
        .collect()
}

/// The arrangement that a provider's "not there" has ended: the mark that `stands` is N, and follows it up.
fn ended_arrangement(day: &Day, pupil: PupilId, session: Session, stands: Code) -> Option<Code> {
    let codes =
        day.evidence.get(&(pupil, session)).into_iter().flatten().rev().filter_map(|one| one.fact.reported_code());
    let shown = day.mark(pupil, session).tutor.map(|mark| mark.code);
    codes.chain(shown).filter(|code| is_off_site(day, *code)).find(|_| stands == Code::N)
}

fn with(day: &Day, pupil: PupilId, session: Session, code: Code) -> String {
    let evidence = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    let arranged = evidence.iter().rev().find_map(|one| match &one.fact {
        Fact::Plan { code: planned, words } | Fact::Report { code: planned, words, .. } if *planned == code => {
            Some(words.clone()).filter(|words| !words.is_empty())
        }
        Fact::Tutor(_) | Fact::Gate { .. } | Fact::Report { .. } | Fact::Plan { .. } | Fact::Office { .. } => None,
    });
    arranged.unwrap_or_else(|| day.roll.codes.row(code).map_or_else(String::new, |row| row.meaning.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    fn confirmation(pupil: PupilId, there: bool) -> Confirmation {
        Confirmation {
            act: crate::domain::act_id::ActId(50),
            pupil,
            session: Session::Am,
            there,
            said_by: "Mr Hall, Harbour".to_owned(),
            who: "S Marsh".to_owned(),
            at: at("09:30"),
        }
    }

    #[test]
    fn who_is_elsewhere_waits_is_confirmed_or_is_followed_up() {
        let mut day = day(&[
            (AMIRA, Session::Am, "D"),
            (BILAL, Session::Am, "V"),
            (ZOE, Session::Am, "B"),
            (LOUIS, Session::Am, "W"),
            (SANNE, Session::Am, "I"),
            (SIOBHAN, Session::Am, "/"),
        ]);
        day.evidence.insert((ZOE, Session::Am), vec![plan("B", "Harbour AP")]);
        day.confirmations = vec![confirmation(BILAL, true), confirmation(LOUIS, false)];
        let rows = |now: &str| {
            off_site(&day, Session::Am, time(now))
                .into_iter()
                .map(|one| (one.pupil, one.with.clone(), one.is_unexplained()))
                .collect::<Vec<_>>()
        };
        let (dual, visit, work) =
            ("at the other school they are registered at", "school visit or trip", "work experience");
        let row = |pupil, with: &str, followed| (pupil, with.to_owned(), followed);
        let [z, l, a, b] = [ZOE, LOUIS, AMIRA, BILAL];
        assert_eq!(
            rows("09:59"),
            [row(z, "Harbour AP", false), row(l, work, true), row(a, dual, false), row(b, visit, false)]
        );
        assert_eq!(
            rows("10:00"),
            [row(z, "Harbour AP", true), row(l, work, true), row(a, dual, true), row(b, visit, false)]
        );
        // Once the school day is over nobody is asked whether they are there any more; who was not there is still followed up.
        assert_eq!(
            rows("15:30"),
            [row(z, "Harbour AP", false), row(l, work, true), row(a, dual, false), row(b, visit, false)]
        );
        assert_eq!(off_site(&day, Session::Am, time("15:30"))[0].describe(), "over");
        assert!(off_site(&day, Session::Pm, time("14:00")).is_empty());
    }
}
