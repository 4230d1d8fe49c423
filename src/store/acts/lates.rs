//! Following a late through.

use crate::domain::act::{Receipt, Refusal};
use crate::domain::code::Code;
use crate::domain::late_step::LateStep;
use crate::domain::pupil::PupilId;
use crate::domain::session::SessionDate;

use super::super::{late, mark};
use super::{Stop, Work};

/// Record one step for each of `pupils`; refused of anybody who was not late.
pub fn follow(
    work: &Work<'_>,
    pupils: &[PupilId],
    at: SessionDate,
    step: LateStep,
    words: &str,
) -> Result<Receipt, Stop> {
    let words = match step {
        LateStep::Sanctioned => work.said(words, "say which sanction was given")?,
        _ => words.trim(),
    };
    if pupils.is_empty() {
        return Err(Refusal::Forbidden("say whose late it is".to_owned()).into());
    }
    for id in pupils {
        work.on_roll(*id, at.date)?;
        let settled = mark::standing(work.connection, at, *id)?.settled;
        if !settled.is_some_and(|mark| mark.code == Code::L || mark.code == Code::U) {
            let says = format!("{} is not late in the {at} session", work.roll.name_and_group(*id));
            return Err(Refusal::Forbidden(says).into());
        }
        late::follow(work.connection, work.act, *id, at, step, words)?;
    }
    let whose = match pupils {
        [one] => work.roll.name_and_group(*one),
        more => format!("{} lates", more.len()),
    };
    let words = if words.is_empty() { String::new() } else { format!(", {words}") };
    Ok(work.receipt(format!("{whose}: {}{words}", step.says()), pupils.to_vec()))
}
