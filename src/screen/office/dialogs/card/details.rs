//! What is held of the pupil and the contacts beside names and numbers. What is private is masked as numbers are.

use super::Text;
use crate::domain::people::contact::Contact;
use crate::domain::people::details::Address;
use crate::domain::people::pupil::Pupil;
use crate::domain::people::school_age::is_of_school_age;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::reveal::Reveal;

/// What stands between two facts of a line.
const BETWEEN: &str = "   ";

/// What is put down when the card shows whole what it masks.
pub(super) fn asked(pupil: Option<&Pupil>) -> &'static str {
    match pupil.map(|pupil| (pupil.date_of_birth.is_some(), pupil.address.is_some())) {
        Some((true, true)) => "date of birth, address and all contacts, on the card",
        Some((true, false)) => "date of birth and all contacts, on the card",
        Some((false, true)) => "address and all contacts, on the card",
        Some((false, false)) | None => "all contacts, on the card",
    }
}

/// The pupil's: under a heading of their own, below what the morning asks for.
pub(super) fn of_pupil(pupil: &Pupil, reveal: &Reveal, context: &ViewContext, text: &mut Text<'_>) {
    let today = context.day.date;
    let born = pupil.date_of_birth.map(|born| match today.years_since(born).filter(|_| reveal.is_shown()) {
        Some(age) => format!("born {}, {age} years old", born.format("%-d %b %Y")),
        None => format!("born {}", reveal.private("", text.theme)),
    });
    let private = [born, pupil.address.as_ref().map(|address| lives_at(address, reveal, text))];
    let facts = [
        pupil.sex.map(|sex| sex.describe().to_owned()),
        pupil.house.as_ref().map(|house| format!("house {house}")),
        pupil.language.as_ref().map(|language| format!("first language {language}")),
    ];
    if private.iter().chain(&facts).all(Option::is_none) {
        return;
    }
    let is_masked = !reveal.is_shown() && private.iter().any(Option::is_some);
    let key = reveal.key().filter(|_| is_masked).map(|key| format!("  {key} shows what is masked")).unwrap_or_default();
    text.lines.push(Vec::new());
    text.lines.push(vec![("The pupil".to_owned(), text.theme.title), (key, text.theme.dim)]);
    facts_in_a_line(private, "", text);
    facts_in_a_line(facts, "", text);
    if pupil.date_of_birth.is_some_and(|born| !is_of_school_age(born, today)) {
        text.line("not of compulsory school age".to_owned(), text.theme.plain);
    }
}

/// A contact's. Of one who must not be contacted no address is shown.
pub(super) fn of_contact(contact: &Contact, reveal: &Reveal, text: &mut Text<'_>) {
    let responsible = contact.parental_responsibility.map(|is| {
        let has = if is { "has" } else { "has no" };
        format!("{has} parental responsibility")
    });
    let address = contact.address.as_ref().filter(|_| !contact.is_barred());
    let facts = [
        contact.language.as_ref().map(|language| format!("speaks {language}")),
        responsible,
        address.map(|address| lives_at(address, reveal, text)),
    ];
    facts_in_a_line(facts, "  ", text);
}

fn lives_at(address: &Address, reveal: &Reveal, text: &Text<'_>) -> String {
    format!("lives at {}", reveal.private(&address.in_a_line(), text.theme))
}

fn facts_in_a_line(facts: impl IntoIterator<Item = Option<String>>, before: &str, text: &mut Text<'_>) {
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        text.line(format!("{before}{}", facts.join(BETWEEN)), text.theme.plain);
    }
}
