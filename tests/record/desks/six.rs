//! Six desks, each a process of its own, for a few seconds on the same few pupils: what was acknowledged is in the journal and
//! nothing else, and every refusal says who was first, and when.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use firstbell::domain::act::{Act, Officer, Refusal};
use firstbell::domain::act_id::ActId;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::{NotDone, Store};

use super::{acknowledged, child};
use crate::support::*;

const DESKS: u32 = 6;
const ACTS: u32 = 120;

/// Everybody on roll today.
const PUPILS: [PupilId; 6] = [AMIRA, BILAL, SIOBHAN, LOUIS, ZOE, LEAVER];

/// Act after act; what is done, refused or failed is said on a line of its own. A mark is looked at in one turn and amended in the
/// next: somebody else may have been there.
pub fn work(path: &Path, turn: u32) {
    let mut store = Store::open(path, codes()).unwrap();
    let who = Officer { desk: format!("pts/{turn}"), ..officer(&format!("Desk {turn}")) };
    let mut seen = [ActId(0); PUPILS.len()];
    for n in 0..ACTS {
        let place = (n / 4 % 6) as usize;
        let pupil = PUPILS[place];
        let act = match n % 4 {
            0 => {
                seen[place] = store.revision(pupil, am(24)).unwrap();
                arrival(pupil, "09:20")
            }
            1 => step_out(pupil, Way::Out),
            2 => step_out(pupil, Way::Back),
            _ => amend(pupil, am(24), ["I", "M", "C"][(n / 4 % 3) as usize], "looked into", seen[place]),
        };
        let outcome = match store.perform(&who, now("09:30"), &act) {
            Ok(receipt) => format!("done {}\n", receipt.act.0),
            Err(NotDone::Refused(refusal)) => format!("{}\n", judged(&refusal)),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => format!("fault {fault}\n"),
        };
        std::io::stderr().write_all(outcome.as_bytes()).unwrap();
    }
}

fn step_out(pupil: PupilId, way: Way) -> Act {
    moved(pupil, way, "09:25", "dentist").into()
}

/// "refused" where it names who, when, what was and what is, as far as there are such; "vague" where it does not.
fn judged(refusal: &Refusal) -> String {
    let named = |by: &str| by.starts_with("Desk ");
    let text = refusal.to_string();
    let whole = match refusal {
        Refusal::ChangedMeanwhile { by, was, now, revision, .. } => {
            named(by) && revision.0 > 0 && (was != now || text.contains("it was"))
        }
        Refusal::AlreadyIn { by, .. } => named(by) && text.contains("09:20"),
        Refusal::DoneAlready { by, .. } => named(by) && text.contains("09:25"),
        // What this desk saw itself and asked for all the same.
        Refusal::AlreadySo { .. } => true,
        Refusal::Forbidden(_) => text.ends_with("has not gone out: log an arrival instead"),
        _ => false,
    };
    format!("{} {text}", if whole { "refused" } else { "vague" })
}

#[test]
fn six_desks_at_once_lose_nothing_and_every_refusal_says_who_was_first() {
    let mut desk = Desk::new();
    let desks: Vec<_> = (0..DESKS).map(|turn| child(&desk.path, "mixed", turn)).collect();
    let (mut all, mut refused) = (Vec::new(), 0);
    for desk in desks {
        let (well, text) = desk.wait_with_says();
        assert!(well && !text.contains("fault") && !text.contains("vague"), "{text}");
        refused += text.lines().filter(|line| line.starts_with("refused")).count();
        all.extend(acknowledged(&text));
    }
    assert_eq!(all.len() + refused, (DESKS * ACTS) as usize, "every act is answered");
    assert!(all.len() > 60 && refused > 60, "{} done, {refused} refused", all.len());
    let distinct: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!(distinct.len(), all.len(), "no act is acknowledged twice");
    let journal = desk.ask("SELECT id FROM act WHERE kind <> 'import'").concat();
    let journal: BTreeSet<i64> = journal.into_iter().map(|id| id.unwrap().parse().unwrap()).collect();
    assert_eq!(journal, distinct, "acknowledged is journalled, and nothing else is");
    desk.sound();
}
