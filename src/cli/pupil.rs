//! Which pupil, and which tutor group, a command means: exactly one, or nothing is done.

use chrono::NaiveDate;

use crate::domain::act::Refusal;
use crate::domain::find::resolve;
use crate::domain::name::{clean, fold};
use crate::domain::pupil::{GroupId, PupilId};

use super::Failure;
use super::answer::PupilFacts;
use super::desk::Desk;
use super::text::{count, long_date};

/// How many candidates are listed before the rest are only counted.
const LISTED: usize = 20;

impl Desk<'_> {
    /// The one pupil on roll on `date` whom `name` means.
    pub fn pupil(&mut self, name: &str, date: NaiveDate) -> Result<PupilId, Failure> {
        let roll = self.store.roll().clone();
        let found = resolve(&roll, date, name);
        let name = clean(name);
        match found.as_slice() {
            [one] => Ok(*one),
            [] if name.is_empty() => self.refuse_name("say which pupil: a name or an admission number", Vec::new()),
            [] => {
                let says = format!("no pupil on roll on {} is called “{name}”", long_date(date));
                self.refuse_name(&says, Vec::new())
            }
            several => {
                let candidates = PupilFacts::all(&roll, several);
                let candidates: Vec<PupilFacts> = candidates.into_iter().map(|one| self.seen(one)).collect();
                let mut says = format!(
                    "“{name}” could be {}: add the first name, the tutor group or the admission number",
                    count(several.len(), "pupil"),
                );
                for one in candidates.iter().take(LISTED) {
                    let number = one.admission_no.as_deref().unwrap_or("none");
                    says += &format!("\n{}, admission number {number}", one.name_and_group());
                }
                if several.len() > LISTED {
                    says += &format!("\nand {} more", several.len() - LISTED);
                }
                self.refuse_name(&says, candidates)
            }
        }
    }

    /// The tutor group called `name`, in either case.
    pub fn group(&mut self, name: &str) -> Result<GroupId, Failure> {
        let wanted = fold(name);
        let found = self.store.roll().groups.iter().find(|group| fold(&group.name) == wanted).map(|group| group.id);
        match found {
            Some(group) => Ok(group),
            None => self.refuse(&Refusal::Forbidden(format!("there is no tutor group “{}”", clean(name)))),
        }
    }
}
