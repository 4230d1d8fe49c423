//! The numbers by which an import finds a joiner.

use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::people::upn;
use crate::store::acts::work::{Stop, Work};

/// Numbers that nobody else has.
pub struct Numbers {
    /// Admission number, if one is known.
    pub admission_no: Option<String>,
    /// Unique pupil number, if one is known.
    pub upn: Option<String>,
    /// What is odd about them.
    pub but: Option<String>,
}

/// The numbers as they are kept; refused where another pupil than `of` has one of them, or a UPN is none.
pub fn free(work: &Work<'_>, of: Option<PupilId>, admission_no: &str, upn: &str) -> Result<Numbers, Stop> {
    let some = |text: &str| Some(clean(text)).filter(|text| !text.is_empty());
    let (admission_no, upn) = (some(admission_no), some(upn).map(|upn| upn.to_uppercase()));
    let others = || work.roll.pupils.iter().filter(|one| Some(one.id) != of);
    let by_number = others().find(|one| admission_no.is_some() && one.admission_no == admission_no);
    let by_upn = others().find(|one| upn.is_some() && one.upn == upn);
    if let Some(one) = by_number.or(by_upn) {
        let name = work.roll.name_and_group(one.id);
        return Err(Stop::forbidden(format!("{name} has this number")));
    }
    let but = match upn.as_deref().map(upn::check) {
        None | Some(Ok(())) => None,
        Some(Err(fault)) if upn.as_deref().is_some_and(upn::has_shape) => {
            Some(format!("{fault}: look at the UPN again"))
        }
        Some(Err(fault)) => return Err(Stop::forbidden(fault.to_string())),
    };
    Ok(Numbers { admission_no, upn, but })
}
