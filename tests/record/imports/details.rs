//! What files bring of somebody beside name and number: kept where a file has no such column, and told without saying it.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, Undo};
use firstbell::domain::incoming::{Incoming, IncomingContact, IncomingPupil, Said};
use firstbell::domain::people::details::Sex;
use firstbell::domain::school::find::resolve;
use proptest::prelude::*;

use crate::support::*;

fn text(text: &str) -> Said<String> {
    Said::Value(text.to_owned())
}

fn lines(all: [&str; 2]) -> Said<Vec<String>> {
    Said::Value(all.map(str::to_owned).to_vec())
}

fn mira() -> IncomingPupil {
    detailed(amira())
}

fn father() -> IncomingContact {
    detailed_contact(contact("0001", 2, "Mr Khan"))
}

fn files(pupil: IncomingPupil, contact: IncomingContact) -> Incoming {
    Incoming { pupils: placed([pupil]), contacts: placed([contact]), ..Incoming::default() }
}

/// Everything of the sort that is held.
fn held(desk: &Desk) -> Vec<Vec<Option<String>>> {
    let pupils =
        "SELECT surname, forename, preferred_surname, preferred_forename, date_of_birth, sex, house, language, address,
                         postcode FROM pupil ORDER BY id";
    let contacts = "SELECT name, language, parental_responsibility, address, postcode FROM contact ORDER BY id";
    [desk.ask(pupils), desk.ask(contacts)].concat()
}

#[test]
fn the_name_in_use_is_shown_and_either_finds() {
    let mut desk = Desk::new();
    desk.merge(&pupils([mira()]));
    let day = desk.store.day(november(24)).unwrap();
    let pupil = day.roll.pupil(AMIRA).unwrap();
    assert_eq!((pupil.list_name().as_str(), pupil.spoken_name().as_str()), ("Malik, Mira", "Mira Malik"));
    assert_eq!(pupil.legal.as_ref().unwrap().spoken(), "Amira Khan");
    for name in ["mira malik", "malik", "amira khan", "Khan, Amira 8KM", "khan amira"] {
        assert_eq!(resolve(&day.roll, november(24), name), [AMIRA], "{name}");
    }
    let place = day.roll.pupils.iter().position(|one| one.id == AMIRA).unwrap();
    assert!(day.roll.pupils[place - 1].folded < pupil.folded, "sorted by the name in use");
}

#[test]
fn what_is_private_is_never_told_in_the_account_of_an_import() {
    let mut desk = Desk::new();
    desk.merge(&files(mira(), father()));
    let moved = IncomingPupil {
        date_of_birth: Said::Value(NaiveDate::from_ymd_opt(2014, 3, 13).unwrap()),
        language: Said::None,
        address: lines(["2 Station Road", "Ulverby"]),
        house: text("Elm"),
        ..mira()
    };
    let away = IncomingContact {
        parental_responsibility: Said::Value(false),
        postcode: text("ZZ99 4DD"),
        language: Said::None,
        ..father()
    };
    let merged = desk.merge(&files(moved, away));
    assert_eq!(
        merged.changes,
        [
            "Malik, Mira: date of birth changed",
            "Malik, Mira: house: Oak \u{2192} Elm",
            "Malik, Mira: language changed",
            "Malik, Mira: address changed",
            "contact Mr Khan of Malik, Mira 8KM: language changed, parental responsibility: yes \u{2192} no, postcode changed",
        ]
    );
    let gone = desk.ask("SELECT language FROM pupil WHERE id = 1").concat();
    assert_eq!(gone, [None], "a blank cell says that there is none");
}

#[test]
fn an_import_of_details_is_taken_back_whole() {
    let mut desk = Desk::new();
    let before = held(&desk);
    let act = desk.merge(&files(mira(), father())).act.unwrap();
    assert_ne!(held(&desk), before);
    desk.done("09:00", Act::Undo(Undo { act }));
    assert_eq!(held(&desk), before);
}

#[test]
fn a_file_with_legal_names_beside_those_it_had_before_is_no_slip() {
    let mut desk = Desk::new();
    let legal = || IncomingPupil {
        surname: "Yusufzai".to_owned(),
        forename: "Amirah".to_owned(),
        preferred_surname: text("Khan"),
        preferred_forename: text("Amira"),
        ..amira()
    };
    let merged = desk.merge(&pupils([legal()]));
    assert_eq!((merged.rejects.len(), warned(&merged).len(), merged.pupils.changed), (0, 0, 1), "{merged:?}");
    // And back to the name in use alone, as another system has it.
    assert_eq!(desk.merge(&pupils([amira()])).rejects.len(), 0);
    let other = IncomingPupil { preferred_surname: text("Obi"), preferred_forename: text("Ada"), ..legal() };
    let slipped = IncomingPupil { surname: "Obi".to_owned(), forename: "Ada".to_owned(), ..other };
    assert!(desk.merge(&pupils([slipped])).rejects[0].reason.contains("check whether the column of names has slipped"));
}

fn said() -> impl Strategy<Value = Said<String>> {
    prop_oneof![Just(Said::Nothing), Just(Said::None), "[A-Z][a-z]{1,8}".prop_map(Said::Value)]
}

fn several() -> impl Strategy<Value = Said<Vec<String>>> {
    let lines = prop::collection::vec("[0-9A-Z][a-z ]{0,8}[a-z]", 1..5);
    prop_oneof![Just(Said::Nothing), Just(Said::None), lines.prop_map(Said::Value)]
}

prop_compose! {
    fn some_pupil()(
        names in (said(), said()),
        born in prop_oneof![Just(Said::Nothing), Just(Said::None), (1_u32..28).prop_map(|day| Said::Value(november(day)))],
        sex in prop_oneof![Just(Said::Nothing), Just(Said::None), Just(Said::Value(Sex::Male))],
        others in (said(), said(), several(), said()),
    ) -> IncomingPupil {
        IncomingPupil {
            preferred_surname: names.0,
            preferred_forename: names.1,
            date_of_birth: born,
            sex,
            house: others.0,
            language: others.1,
            address: others.2,
            postcode: others.3,
            ..amira()
        }
    }
}

prop_compose! {
    fn some_contact()(
        responsible in prop_oneof![Just(Said::Nothing), Just(Said::None), any::<bool>().prop_map(Said::Value)],
        others in (said(), several(), said()),
    ) -> IncomingContact {
        IncomingContact {
            parental_responsibility: responsible,
            language: others.0,
            address: others.1,
            postcode: others.2,
            ..contact("0001", 1, "Mrs Khan")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_file_without_the_columns_loses_nothing_and_a_second_run_changes_nothing(pupil in some_pupil(), contact in some_contact()) {
        let mut desk = Desk::new();
        desk.merge(&files(mira(), contact.clone()));
        let all = files(pupil, contact);
        desk.merge(&all);
        let before = held(&desk);
        prop_assert!(!desk.merge(&all).moved());
        let bare = files(amira(), crate::support::contact("0001", 1, "Mrs Khan"));
        prop_assert!(!desk.merge(&bare).moved());
        prop_assert_eq!(held(&desk), before);
    }
}
