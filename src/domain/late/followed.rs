//! The follow-up of a late: what has been done, what comes next, and whether anything is still due.

use super::lateness::{Late, tally};
use crate::domain::day::Day;
use crate::domain::facts::late_step::{LateFollowed, LateStep};
use crate::domain::school::sanction::{Sanction, due};

/// What comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    /// Somebody meets the pupil.
    Meet,
    /// Somebody asks why.
    Challenge,
    /// The reason is accepted, or not.
    Weigh,
    /// A sanction is given: this one, by the ladder.
    Sanction(String),
    /// The head of year is told.
    Report,
}

/// Where one late stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Followed<'a> {
    /// The steps recorded, oldest first.
    pub done: Vec<&'a LateFollowed>,
    /// What comes next; `None` when the late is finished.
    pub next: Option<Next>,
}

impl Next {
    /// The steps it may come to.
    fn steps(&self) -> &'static [LateStep] {
        match self {
            Next::Meet => &[LateStep::Met],
            Next::Challenge => &[LateStep::Challenged],
            Next::Weigh => &[LateStep::Accepted, LateStep::NotAccepted],
            Next::Sanction(_) => &[LateStep::Sanctioned],
            Next::Report => &[LateStep::Reported],
        }
    }

    /// It in words: "weigh the reason".
    pub fn describe(&self) -> String {
        match self {
            Next::Meet => "meet the pupil".to_owned(),
            Next::Challenge => "ask why".to_owned(),
            Next::Weigh => "accept the reason or not".to_owned(),
            Next::Sanction(gives) => format!("give {gives}"),
            Next::Report => "tell the head of year".to_owned(),
        }
    }
}

impl Followed<'_> {
    /// It with those steps alone, done or to come, that `is_told` names.
    pub fn only(self, is_told: impl Fn(LateStep) -> bool) -> Self {
        let next = self.next.filter(|next| next.steps().iter().all(|step| is_told(*step)));
        Followed { done: self.done.into_iter().filter(|one| is_told(one.step)).collect(), next }
    }

    /// Whether nothing has been done about it yet.
    pub fn is_new(&self) -> bool {
        self.done.is_empty()
    }

    /// Whether something is still owed.
    pub fn is_open(&self) -> bool {
        self.next.is_some()
    }

    /// Whether this step has been done, and counts.
    pub fn has(&self, step: LateStep) -> bool {
        self.done.iter().any(|one| one.step == step && self.counts(one))
    }

    /// Whether a step counts: of accepted and not accepted the newest alone does.
    pub fn counts(&self, followed: &LateFollowed) -> bool {
        !followed.step.is_verdict() || verdict(&self.done).is_some_and(|newest| std::ptr::eq(newest, followed))
    }

    /// How far it has come, in the fewest words: "new", "met", "15 min detention", "HoY told".
    pub fn state(&self) -> &str {
        let last = |step| self.done.iter().rfind(|one| one.step == step);
        match verdict(&self.done) {
            _ if last(LateStep::Reported).is_some() => LateStep::Reported.short(),
            Some(one) if one.step == LateStep::Accepted => one.step.short(),
            verdict => match (last(LateStep::Sanctioned), verdict) {
                (Some(sanction), _) if sanction.words.is_empty() => sanction.step.short(),
                (Some(sanction), _) => &sanction.words,
                (None, Some(verdict)) => verdict.step.short(),
                (None, None) if last(LateStep::Challenged).is_some() => LateStep::Challenged.short(),
                (None, None) if last(LateStep::Met).is_some() => LateStep::Met.short(),
                (None, None) => "new",
            },
        }
    }
}

/// Where a late of the day stands.
///
/// An accepted reason finishes it. One not accepted owes the sanction that the school's ladder gives for so many lates this
/// half-term, and then the head of year is told. Told, the late is the head of year's: nothing more is owed, but for a sanction
/// that a reason not accepted asks for. A step that is skipped is not asked for any more: who was challenged was met.
pub fn following<'a>(day: &'a Day, late: &Late) -> Followed<'a> {
    let about = |one: &&LateFollowed| one.pupil == late.pupil && one.session == late.session;
    let done = day.late_steps.iter().filter(about).collect();
    let nth = tally(day, late.pupil, late.session).half_term;
    stands(done, due(nth, &day.roll.school.sanctions))
}

fn stands<'a>(done: Vec<&'a LateFollowed>, due: Option<&Sanction>) -> Followed<'a> {
    let has = |step| done.iter().any(|one: &&LateFollowed| one.step == step);
    let refused = match verdict(&done).map(|one| one.step) {
        Some(LateStep::Accepted) => return Followed { done, next: None },
        verdict => verdict.is_some(),
    };
    let sanctioned = has(LateStep::Sanctioned);
    let owed = due.filter(|_| refused && !sanctioned);
    let next = match owed {
        Some(sanction) => Some(Next::Sanction(sanction.gives.clone())),
        None if has(LateStep::Reported) => None,
        None if refused || sanctioned => Some(Next::Report),
        None if has(LateStep::Challenged) => Some(Next::Weigh),
        None if has(LateStep::Met) => Some(Next::Challenge),
        None => Some(Next::Meet),
    };
    Followed { done, next }
}

/// The newest of accepted and not accepted.
fn verdict<'a>(done: &[&'a LateFollowed]) -> Option<&'a LateFollowed> {
    done.iter().rfind(|one| one.step.is_verdict()).copied()
}

/// Why `step` cannot be recorded beside the steps `done` about one late, oldest first, and which of them forbids it: each is taken
/// once, but a reason is weighed again; and where it was accepted no sanction follows.
pub fn forbids<'a>(done: &[&'a LateFollowed], step: LateStep) -> Option<(String, &'a LateFollowed)> {
    let newest = verdict(done);
    let first = if step.is_verdict() {
        newest.filter(|one| one.step == step)
    } else {
        done.iter().find(|one| one.step == step).copied()
    };
    let signed = |one: &LateFollowed| format!("at {} by {}", one.at.format("%H:%M"), one.who);
    match (first, newest) {
        (Some(first), _) => Some((format!("{}, already recorded {}", step.describe(), signed(first)), first)),
        (None, Some(newest)) if step == LateStep::Sanctioned && newest.step == LateStep::Accepted => {
            Some((format!("the reason was accepted {}: no sanction follows", signed(newest)), newest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::calendar::session::Session;
    use crate::domain::testing::*;
    use proptest::prelude::*;

    fn done(steps: &[LateStep]) -> Vec<LateFollowed> {
        let words = |step| if step == LateStep::Sanctioned { "15 min" } else { "" }.to_owned();
        let one = |(place, step): (usize, &LateStep)| LateFollowed {
            act: ActId(place as i64 + 1),
            pupil: AMIRA,
            session: Session::Am,
            step: *step,
            words: words(*step),
            who: "S Marsh".to_owned(),
            at: at("09:20"),
        };
        steps.iter().enumerate().map(one).collect()
    }

    fn fifteen() -> Sanction {
        Sanction { late: 1, gives: "15 min".to_owned() }
    }

    #[test]
    fn each_step_says_what_comes_next_and_how_far_it_has_come() {
        use LateStep::{Accepted, Challenged, Met, NotAccepted, Reported, Sanctioned};
        let give = || Some(Next::Sanction("15 min".to_owned()));
        for (steps, next, state) in [
            (&[][..], Some(Next::Meet), "new"),
            (&[Met], Some(Next::Challenge), "met"),
            (&[Challenged], Some(Next::Weigh), "challenged"),
            (&[Met, Challenged], Some(Next::Weigh), "challenged"),
            (&[Accepted], None, "accepted"),
            (&[NotAccepted], give(), "not accepted"),
            (&[NotAccepted, Sanctioned], Some(Next::Report), "15 min"),
            (&[NotAccepted, Sanctioned, Reported], None, "HoY told"),
            // The newest word on the reason counts.
            (&[NotAccepted, Accepted], None, "accepted"),
            (&[Accepted, NotAccepted], give(), "not accepted"),
            (&[NotAccepted, Sanctioned, Accepted], None, "accepted"),
            // Given without a word on the reason, or handed on at once.
            (&[Sanctioned], Some(Next::Report), "15 min"),
            (&[Reported], None, "HoY told"),
            (&[Reported, NotAccepted], give(), "HoY told"),
            (&[Reported, Met], None, "HoY told"),
            (&[Accepted, Reported], None, "HoY told"),
        ] {
            let done = done(steps);
            let followed = stands(done.iter().collect(), Some(&fifteen()));
            assert_eq!((followed.next.clone(), followed.state()), (next, state), "{steps:?}");
            assert_eq!((followed.is_new(), followed.is_open()), (steps.is_empty(), followed.next.is_some()));
        }
    }

    #[test]
    fn without_a_ladder_no_sanction_is_owed() {
        let refused = done(&[LateStep::NotAccepted]);
        assert_eq!(stands(refused.iter().collect(), None).next, Some(Next::Report));
    }

    #[test]
    fn the_ladder_counts_this_late_with_those_before_it() {
        let (am, pm) = (Session::Am, Session::Pm);
        let mut day = day(&[(AMIRA, am, "L 17"), (AMIRA, pm, "L 5")]);
        let before = crate::domain::facts::late_step::Tally { half_term: 1, ..Default::default() };
        day.lates_before = std::sync::Arc::new(hashbrown::HashMap::from([(AMIRA, before)]));
        day.late_steps = done(&[LateStep::NotAccepted]);
        day.late_steps.push(LateFollowed { session: pm, ..day.late_steps[0].clone() });
        let rows = crate::domain::late::lateness::lates(&day, pm);
        let next: Vec<String> = rows.iter().map(|late| following(&day, late).next.unwrap().describe()).collect();
        assert_eq!(next, ["give 60 min detention", "give 30 min detention"], "the afternoon's is the third");
    }

    #[test]
    fn a_step_is_taken_once_and_a_reason_weighed_again() {
        use LateStep::{Accepted, Met, NotAccepted, Sanctioned};
        let text =
            |steps: &[LateStep], step| forbids(&done(steps).iter().collect::<Vec<_>>(), step).map(|(text, _)| text);
        assert_eq!(text(&[], Met), None);
        assert_eq!(text(&[Met], Met).as_deref(), Some("met, already recorded at 09:20 by S Marsh"));
        assert_eq!(
            text(&[NotAccepted, Accepted], Accepted).as_deref(),
            Some("reason accepted, already recorded at 09:20 by S Marsh")
        );
        assert_eq!(text(&[NotAccepted, Accepted], NotAccepted), None);
        assert_eq!(
            text(&[Accepted], Sanctioned).as_deref(),
            Some("the reason was accepted at 09:20 by S Marsh: no sanction follows")
        );
        assert_eq!(text(&[Accepted, NotAccepted], Sanctioned), None);
    }

    proptest! {
        /// Whatever was recorded in whatever order, doing what comes next finishes the late, and is never forbidden.
        #[test]
        fn doing_what_comes_next_finishes_it(steps in prop::collection::vec(0_usize..6, 0..8), gives in any::<bool>()) {
            let mut taken: Vec<LateStep> = Vec::new();
            for step in steps.into_iter().map(|place| LateStep::ALL[place]) {
                let before = done(&taken);
                if forbids(&before.iter().collect::<Vec<_>>(), step).is_none() {
                    taken.push(step);
                }
            }
            let ladder = gives.then(fifteen);
            for left in (0..6).rev() {
                let before = done(&taken);
                let next = match stands(before.iter().collect(), ladder.as_ref()).next {
                    None => break,
                    Some(Next::Meet) => LateStep::Met,
                    Some(Next::Challenge) => LateStep::Challenged,
                    Some(Next::Weigh) => LateStep::NotAccepted,
                    Some(Next::Sanction(_)) => LateStep::Sanctioned,
                    Some(Next::Report) => LateStep::Reported,
                };
                prop_assert!(left > 0, "{taken:?}");
                prop_assert_eq!(forbids(&before.iter().collect::<Vec<_>>(), next), None);
                taken.push(next);
            }
        }
    }
}
