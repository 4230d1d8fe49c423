//! What can be a value of a contact.

use crate::domain::act::Refusal;
use crate::domain::people::correction::CorrectionKind;
use crate::domain::people::phone::is_whole;
use crate::store::acts::work::Stop;

/// The value as it is kept; refused where it cannot be one. Empty takes it off. Places go up to `most`.
pub fn fit(kind: CorrectionKind, value: &str, most: usize) -> Result<String, Stop> {
    let no = |text: String| Err(Refusal::Forbidden(text).into());
    let is_email = |value: &str| {
        value.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !value.contains(' '))
    };
    match kind {
        CorrectionKind::Number if !value.is_empty() && !is_whole(value) => {
            no(format!("“{value}” is no whole telephone number"))
        }
        CorrectionKind::Email if !value.is_empty() && !is_email(value) => no(format!("“{value}” is no e-mail address")),
        CorrectionKind::Order if !value.parse().is_ok_and(|place: usize| (1..=most).contains(&place)) => {
            no(format!("the place in the calling order is a number from 1 to {most}"))
        }
        CorrectionKind::Number
        | CorrectionKind::Email
        | CorrectionKind::Note
        | CorrectionKind::Order
        | CorrectionKind::Contact
        | CorrectionKind::Group
        | CorrectionKind::LastDay
        | CorrectionKind::Joiner => Ok(value.to_owned()),
    }
}
