//! What can be a value of a contact.

use crate::domain::people::correction::ContactField;
use crate::domain::people::phone::is_whole;
use crate::store::acts::work::Stop;

/// The value as it is kept; refused where it cannot be one. Empty takes it off. Places go up to `most`.
pub fn fit(field: ContactField, value: &str, most: usize) -> Result<String, Stop> {
    let no = |text: String| Err(Stop::forbidden(text));
    let is_email = |value: &str| {
        value.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !value.contains(' '))
    };
    match field {
        ContactField::Number if !value.is_empty() && !is_whole(value) => {
            no(format!("“{value}” is no whole telephone number"))
        }
        ContactField::Email if !value.is_empty() && !is_email(value) => no(format!("“{value}” is no e-mail address")),
        ContactField::Order if !value.parse().is_ok_and(|place: usize| (1..=most).contains(&place)) => {
            no(format!("the place in the calling order is a number from 1 to {most}"))
        }
        ContactField::Number | ContactField::Email | ContactField::Note | ContactField::Order => Ok(value.to_owned()),
    }
}
