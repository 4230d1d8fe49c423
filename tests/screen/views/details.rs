//! What more is held of a pupil and the contacts: on the card, masked until who looks is put down, and nowhere at the gate.

use firstbell::domain::incoming::{Incoming, IncomingPupil};

use crate::support::{COLOUR, Office, contact, detailed, detailed_contact, placed, pupil};

/// Erin Doyle goes by Mira Malik, and her father lives elsewhere.
fn office() -> Office {
    let office = Office::new();
    let erin = detailed(IncomingPupil { year: Some(8), ..pupil(3, ("Doyle", "Erin", "8KM")) });
    let contacts = [
        contact(3, 1, "Ms Doyle, mother, 07700 900111"),
        detailed_contact(contact(3, 2, "Mr Malik, father, 07700 900222")),
    ];
    office.bring(&Incoming { pupils: placed([erin]), contacts: placed(contacts), ..Incoming::default() });
    office
}

fn disclosed(office: &Office) -> String {
    office.ask("SELECT shown, coalesce(pupil, '-'), what FROM disclosure ORDER BY id")
}

#[test]
fn frames_of_a_card_with_all_that_is_held() {
    let office = office();
    let mut desk = office.desk_with("09:12", (90, 44), COLOUR, "S Marsh");
    insta::assert_snapshot!("details_masked", desk.press("/ 'erin' enter").dialog());
    insta::assert_snapshot!("details_shown", desk.press("v").dialog());
    assert_eq!(disclosed(&office), "number | 3 | date of birth, address and all contacts, on the card");
}

#[test]
fn the_name_in_use_is_everywhere_and_either_finds() {
    let office = office();
    let mut desk = office.desk("09:12");
    assert!(desk.shows("Malik, Mira") && !desk.shows("Doyle"), "{}", desk.text());
    for typed in ["doyle", "erin", "mali", "mira", "erindoy"] {
        desk.press(&format!("/ '{typed}'"));
        assert!(desk.line_with("Malik, Mira").contains("8KM"), "{typed}: {}", desk.text());
        desk.press("esc esc");
    }
}

#[test]
fn the_gate_sees_nothing_of_it() {
    let office = office();
    let mut desk = office.gate("09:12");
    for keys in ["'mira'", "enter", "ctrl-u 'erin'", "enter"] {
        desk.press(keys);
        for hidden in ["Erin", "Doyle", "2014", "Mill Lane", "ZZ99", "Urdu", "Oak", "female"] {
            assert!(!desk.shows(hidden), "{keys} {hidden}: {}", desk.text());
        }
    }
}
