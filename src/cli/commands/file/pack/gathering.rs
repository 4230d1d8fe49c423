//! What is in the record of one pupil for a pack, and what of it is missing.

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::showing::{Numbers, Private};
use crate::domain::cases::purpose::Purpose;
use crate::domain::cases::readiness::{Asked, missing, parents};
use crate::domain::code::Code;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::people::pupil::PupilId;
use crate::report::pack::PupilPack;

/// All of one pupil on these dates.
pub fn gathered(
    desk: &mut Desk<'_>,
    purpose: Purpose,
    (first, last): (NaiveDate, NaiveDate),
    pupil: PupilId,
) -> Result<PupilPack, Failure> {
    let (now, today, dates) = (desk.now(), desk.today(), first..=last);
    let whom = Whom { pupil: Some(pupil), ..Whom::default() };
    let asked = Question { dates: first..last.succ_opt().unwrap_or(last), whom, as_of: None };
    let figures = desk.store.figures(&asked, now)?.of(pupil);
    let file = desk.store.case_files(Some(pupil))?.remove(&pupil).unwrap_or_default();
    let lines = desk.store.chronology(pupil, &dates)?;
    let marks = desk.store.marks_of(pupil, &dates)?;
    let changes = match purpose {
        Purpose::Court => desk.store.changes_of_marks(pupil, &dates)?,
        Purpose::Panel | Purpose::Review | Purpose::Targeting | Purpose::Cme => Vec::new(),
    };
    let parents = parents(desk.store.roll().contacts(pupil));
    let unresolved = marks.iter().filter(|mark| mark.code == Code::N).count();
    let asked = Asked { purpose, dates, today, unresolved, figures, file: &file, lines: &lines, parents: &parents };
    let missing = missing(&asked);
    Ok(PupilPack { pupil, born: String::new(), file, lines, figures, marks, changes, missing })
}

/// When the pupil was born: whole once it is put down that it is shown, else masked.
pub fn born(desk: &mut Desk<'_>, numbers: Numbers, one: &mut PupilPack) -> Result<(), Failure> {
    let born = desk.store.roll().pupil(one.pupil).and_then(|pupil| pupil.date_of_birth);
    let Some(born) = born else { return Ok(()) };
    one.born = born.format("%-d %B %Y").to_string();
    desk.reveal(numbers, one.pupil, vec![(Private::DateOfBirth, &mut one.born)])
}
