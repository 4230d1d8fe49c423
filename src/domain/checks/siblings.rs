//! One of a household was reported absent today, and another stands at N: did they mean both?

use super::{Check, Proposed, is_amended, is_decided};
use crate::domain::absence::offsite::is_off_site;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::evidence::{Evidence, Fact};
use crate::domain::name::fold;
use crate::domain::people::contact::{CallOutcome, Contact};
use crate::domain::people::pupil::Pupil;
use crate::domain::timeline::words;

/// Nobody has been spoken to about this pupil, and the person who reported the sibling may be contacted.
pub fn check(day: &Day, pupil: &Pupil, session: Session) -> Option<Check> {
    let stands = day.mark(pupil.id, session);
    stands.settled.filter(|mark| mark.code == Code::N)?;
    let spoke = |outcome: CallOutcome| matches!(outcome, CallOutcome::Aware | CallOutcome::Unaware);
    if day.calls_about(pupil.id).any(|call| spoke(call.outcome)) {
        return None;
    }
    let siblings = day.roll.siblings(pupil).filter(|sibling| sibling.on_roll(day.date));
    let (sibling, report) = siblings
        .flat_map(|sibling| {
            day.evidence.get(&(sibling.id, session)).into_iter().flatten().map(move |one| (sibling, one))
        })
        .filter(|(sibling, one)| is_absence(day, one) && may_be_contacted(day, pupil, sibling, one))
        .max_by_key(|(_, one)| one.act)?;
    let newest = report.act.max(stands.taken);
    let contradiction = ContradictionKind::SiblingPuzzle;
    if is_amended(day, pupil.id, session, newest) || is_decided(day, pupil.id, session, contradiction, newest) {
        return None;
    }
    let (said, told) =
        (words::clause(report, day.date), format!("{}: {}", sibling.spoken_name(), words::line(report, day.date)));
    Some(Check {
        pupil: pupil.id,
        session,
        contradiction,
        sides: [told.clone(), String::new()],
        evidence: vec![told],
        proposed: Proposed::Decide { reason: format!("to be called: sibling {} {said}", sibling.forename) },
    })
}

/// A trip of one child's says nothing of the other's.
fn is_absence(day: &Day, evidence: &Evidence) -> bool {
    matches!(&evidence.fact, Fact::Report { code, .. } if *code != Code::N && !is_off_site(day, *code))
}

fn may_be_contacted(day: &Day, pupil: &Pupil, sibling: &Pupil, evidence: &Evidence) -> bool {
    let Fact::Report { by, .. } = &evidence.fact else { return false };
    let by = fold(by);
    let named = |contact: &&Contact| by == fold(&contact.name) || by == fold(&contact.introduced());
    let mut contacts = day.roll.contacts(pupil.id).iter().chain(day.roll.contacts(sibling.id));
    !contacts.any(|contact| named(&contact) && contact.is_barred())
}
