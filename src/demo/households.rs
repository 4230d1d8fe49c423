//! Households: whose children are at the school, and whom to ring about them.

use super::draw::Draw;
use super::ingredients::{Ingredients, Origin};
use super::people::{MadeContact, MadeHousehold};
use crate::domain::name::fold;

/// Telephone numbers from Ofcom's ranges for drama: 1,000 mobiles and 1,000 landlines, so a large school uses some twice.
pub(super) struct Phones {
    mobiles: Vec<i64>,
    landlines: Vec<i64>,
    given: usize,
}

impl Phones {
    pub(super) fn new(draw: &mut Draw) -> Phones {
        let mut phones =
            Phones { mobiles: (900_000..=900_999).collect(), landlines: (960_000..=960_999).collect(), given: 0 };
        draw.shuffle(&mut phones.mobiles);
        draw.shuffle(&mut phones.landlines);
        phones
    }

    fn next(&mut self, mobile: bool) -> String {
        self.given += 1;
        let (area, numbers) = if mobile { ("07700", &self.mobiles) } else { ("01632", &self.landlines) };
        let number = numbers.get(self.given % numbers.len().max(1)).copied().unwrap_or_default();
        format!("{area} {number}")
    }
}

/// Contacts of one household, two to four of them in calling order. A child looked after has a carer and a social worker.
pub(super) fn household(
    draw: &mut Draw,
    from: &Ingredients,
    origin: &Origin,
    surname: &str,
    speaks: Option<&str>,
    looked_after: bool,
    phones: &mut Phones,
) -> MadeHousehold {
    let kin = &from.words.relationship;
    let mut contacts = if looked_after {
        let carer = draw.pick_common(&from.staff.surnames).cloned().unwrap_or_default();
        let worker = draw.word(&from.staff.surnames);
        let social = ("social worker".to_owned(), "Ms".to_owned());
        vec![contact(draw, from, &kin.carer, &carer, phones), contact(draw, from, &social, &worker, phones)]
    } else {
        let many = 2 + draw.weighted([0.35, 0.40, 0.25].into_iter());
        let mut contacts: Vec<MadeContact> = Vec::new();
        for place in 0..many {
            let father_first = contacts.first().is_some_and(|first| first.relationship == "father");
            let kinds = match place {
                0 => &kin.first,
                1 if father_first => &kin.beside_father,
                1 => &kin.second,
                2 => &kin.third,
                _ => &kin.fourth,
            };
            let Some(kind) = unused(draw, kinds, &contacts) else { continue };
            let related = !["partner", "neighbour", "friend", "step"].iter().any(|word| kind.0.contains(word));
            let own = related && !draw.chance(if place == 0 { 0.14 } else { 0.3 });
            let other = draw.pick_common(&origin.surnames).cloned().unwrap_or_default();
            contacts.push(contact(draw, from, &kind, if own { surname } else { &other }, phones));
        }
        contacts
    };
    // A court order names somebody once close, and not the one rung first; one contact in three is the second.
    if let Some(second) = contacts.get_mut(1).filter(|_| !looked_after)
        && draw.chance(from.rates.household.do_not_contact * 3.0)
    {
        second.do_not_contact = true;
        second.note = Some(draw.word(&from.words.contact.do_not_contact));
    }
    let mut household = MadeHousehold {
        contacts,
        language: speaks.map(str::to_owned),
        keeps_eid: origin.eid,
        ..MadeHousehold::default()
    };
    if let (Some(language), Some(first)) = (speaks, household.contacts.first_mut())
        && draw.chance(from.rates.household.interpreter)
    {
        first.note = Some(format!("speaks {language}: interpreter"));
    }
    household
}

/// A relationship not in the household yet: nobody has two mothers' partners by accident.
fn unused(draw: &mut Draw, kinds: &[(String, String)], contacts: &[MadeContact]) -> Option<(String, String)> {
    let free = |kind: &&(String, String)| contacts.iter().all(|contact| contact.relationship != kind.0);
    let kinds: Vec<&(String, String)> = kinds.iter().filter(free).collect();
    draw.pick(&kinds).map(|kind| (*kind).clone())
}

fn contact(
    draw: &mut Draw,
    from: &Ingredients,
    (relationship, title): &(String, String),
    surname: &str,
    phones: &mut Phones,
) -> MadeContact {
    let shares = &from.rates.household;
    let initial = char::from(b'a' + u8::try_from(draw.below(26)).unwrap_or(0));
    let email = draw.chance(0.7).then(|| format!("{initial}.{}@example.org", fold(surname).replace(' ', "")));
    let grand = relationship.starts_with("grand");
    let phone = phones.next(!draw.chance(if grand { 0.6 } else { 0.12 }));
    let note = draw.chance(shares.note).then(|| draw.word(&from.words.contact.notes));
    MadeContact {
        name: format!("{title} {surname}"),
        relationship: relationship.clone(),
        phone,
        email,
        do_not_contact: false,
        note,
        language: None,
        parental_responsibility: false,
        address: None,
        stale: draw.chance(shares.stale),
    }
}
