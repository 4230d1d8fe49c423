//! Finds the pupil or the register that a command names: exactly one, otherwise nothing is done.

use chrono::NaiveDate;

use super::Desk;
use super::answer::PupilFacts;
use crate::cli::Failure;
use crate::cli::text::long_date;
use crate::domain::act::Refusal;
use crate::domain::counted::counted;
use crate::domain::day::Day;
use crate::domain::name::{clean, fold};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::school::find::{resolve, resolve_everybody};

/// How many candidates are listed before the rest are only counted.
const LISTED: usize = 20;

impl Desk<'_> {
    /// The one pupil on roll on `date` whom `name` means.
    pub fn pupil(&mut self, name: &str, date: NaiveDate) -> Result<PupilId, Failure> {
        let found = resolve(self.store.roll(), date, name);
        self.only(name, &found, &format!("no pupil on roll on {} is called", long_date(date)))
    }

    /// The one pupil whom `name` means of all who were ever on roll, those on roll today first.
    pub fn pupil_of_everybody(&mut self, name: &str) -> Result<PupilId, Failure> {
        let found = resolve_everybody(self.store.roll(), self.today(), name);
        self.only(name, &found, "no pupil is called")
    }

    /// The one of `among`, the pupils of `group`, whom `name` means.
    pub fn pupil_of(&mut self, name: &str, day: &Day, among: &[PupilId], group: &str) -> Result<PupilId, Failure> {
        let mut found = resolve(&day.roll, day.date, name);
        found.retain(|one| among.contains(one));
        self.only(name, &found, &format!("nobody of {group} is called"))
    }

    /// The only one found; `none` says that there is nobody.
    fn only(&mut self, name: &str, found: &[PupilId], none: &str) -> Result<PupilId, Failure> {
        let roll = self.store.roll().clone();
        let (name, today) = (clean(name), self.today());
        match found {
            [one] => Ok(*one),
            [] if name.is_empty() => self.refuse_name("say which pupil: a name or an admission number", Vec::new()),
            [] => self.refuse_name(&format!("{none} “{name}”"), Vec::new()),
            several => {
                let candidates = PupilFacts::all(&roll, several);
                let candidates: Vec<PupilFacts> = candidates.into_iter().map(|one| self.seen(one)).collect();
                let mut text = format!(
                    "“{name}” could be {}: add the first name, the tutor group or the admission number",
                    counted(several.len(), "pupil"),
                );
                for one in candidates.iter().take(LISTED) {
                    let number = one.admission_no.as_deref().unwrap_or("none");
                    let pupil = roll.pupil(PupilId(one.pupil));
                    let left = pupil.and_then(|pupil| pupil.why_not_on_roll(today));
                    let left = left.map(|why| format!(", {why}")).unwrap_or_default();
                    text += &format!("\n{}, admission number {number}{left}", one.name_before_number());
                }
                if several.len() > LISTED {
                    text += &format!("\nand {} more", several.len() - LISTED);
                }
                self.refuse_name(&text, candidates)
            }
        }
    }

    /// The tutor group called `name`, in either case.
    pub fn group(&mut self, name: &str) -> Result<GroupId, Failure> {
        match self.group_called(name) {
            Some(group) => Ok(group),
            None => self.forbid(format!("there is no tutor group “{}”", clean(name))),
        }
    }

    /// The tutor group called `name`, if there is one.
    pub fn group_called(&self, name: &str) -> Option<GroupId> {
        let wanted = fold(name);
        self.store.roll().groups.iter().find(|group| fold(&group.name) == wanted).map(|group| group.id)
    }

    /// The register called `name`: a tutor group's, else that of a lesson of today.
    pub fn register(&mut self, name: &str, day: &Day) -> Result<RegisterRef, Failure> {
        let found = RegisterRef::called(name, day, self.local().time());
        let name = clean(name);
        match found.as_slice() {
            [one] => Ok(*one),
            [] => self.forbid(format!("there is no tutor group “{name}”, and no class of that name today")),
            several => {
                let names: Vec<String> = several.iter().map(|one| one.name(day)).collect();
                self.forbid(format!("“{name}” is taught more than once today: name one of {}", names.join(", ")))
            }
        }
    }

    /// Refuse what a rule of this command forbids.
    pub fn forbid<T>(&mut self, text: String) -> Result<T, Failure> {
        self.refuse(&Refusal::Forbidden(text))
    }
}
