//! What more is held of a pupil and the contacts, by command: imported, masked, said whole once it is put down.

use serde_json::json;

use crate::support::*;

const PUPILS: &str = "admission_no,surname,forename,preferred_surname,preferred_forename,date_of_birth,sex,house,first_language,address,address_2,\
     postcode\n\
     1,Khan,Amira,Malik,Mira,2014-03-12,F,Oak,Urdu,14 Mill Lane,Ulverby,ZZ99 1AA\n";
const CONTACTS: &str = "admission_no,order,name,relationship,phone,language,parental_responsibility,address,postcode\n\
     1,1,Mrs Khan,mother,07700 900310,Urdu,yes,,\n\
     1,2,Mr Khan,father,07700 900822,,no,3 Quay Street,ZZ99 3CC\n";

fn desk() -> Desk {
    let desk = Desk::harrington();
    desk.import("pupils.csv", PUPILS, &[]).ends(0);
    desk.import("contacts.csv", CONTACTS, &[]).ends(0);
    desk
}

#[test]
fn a_card_says_what_is_held_and_masks_what_is_private() {
    let desk = desk();
    let row = desk.run(&["who", "mira", "--json"]).rows().remove(0);
    assert_eq!(
        (&row["name"], &row["legal_name"]),
        (&json!("Malik, Mira"), &json!({"surname": "Khan", "forename": "Amira"}))
    );
    assert_eq!([&row["sex"], &row["house"], &row["first_language"]], [&json!("female"), &json!("Oak"), &json!("Urdu")]);
    assert_eq!((&row["date_of_birth"], &row["of_school_age"]), (&json!("••••"), &json!(true)));
    assert_eq!(row["address"], json!({"lines": ["••••", "••••"], "postcode": "••••"}));
    let father = &row["contacts"][1];
    assert_eq!((&father["parental_responsibility"], &father["address"]["postcode"]), (&json!(false), &json!("••••")));
    assert_eq!(desk.ask("SELECT count(*) FROM disclosure WHERE shown = 'number'")[0][0].as_deref(), Some("0"));

    let row = desk.run(&["who", "amira khan", "--json", "--numbers"]).rows().remove(0);
    assert_eq!((&row["date_of_birth"], &row["address"]["lines"][0]), (&json!("2014-03-12"), &json!("14 Mill Lane")));
    assert_eq!(row["contacts"][1]["address"], json!({"lines": ["3 Quay Street"], "postcode": "ZZ99 3CC"}));
    let what = desk.ask("SELECT what FROM disclosure WHERE shown = 'number'").concat();
    assert_eq!(what, [Some("date of birth, address, contacts 1, 2".to_owned())]);
}

#[test]
fn a_card_read_out_says_the_same() {
    let desk = desk();
    let out = desk.run(&["who", "mira"]).ends(0).out;
    for line in [
        "Malik, Mira, 8KM, year 8, admission number 1, UPN none,",
        "Legal name, for letters: Amira Khan.\n",
        "Born ••••.\nLives at ••••.\nSex: female.\nHouse: Oak.\nFirst language: Urdu.\n",
        "1. Mrs Khan, mother, phone •••• 310, speaks Urdu, has parental responsibility",
        "2. Mr Khan, father, phone •••• 822, has no parental responsibility, lives at ••••.",
    ] {
        assert!(out.contains(line), "{line} in\n{out}");
    }
    let out = desk.run(&["who", "mira", "--numbers"]).ends(0).out;
    assert!(out.contains("Born 2014-03-12.\n") && out.contains("Lives at 14 Mill Lane, Ulverby, ZZ99 1AA."), "{out}");
}

#[test]
fn nothing_private_is_said_of_what_an_import_changed() {
    let desk = desk();
    let moved =
        PUPILS.replace("2014-03-12", "2014-03-13").replace("14 Mill Lane", "2 Station Road").replace("Oak", "Elm");
    let out = desk.import("pupils.csv", &moved, &[]).ends(0).out;
    assert!(out.contains("Malik, Mira: date of birth changed") && out.contains("house: Oak → Elm"), "{out}");
    for command in [&["tape"][..], &["history", "settings"]] {
        let out = desk.run(command).ends(0).out;
        assert!(!out.contains("2014") && !out.contains("Mill Lane") && !out.contains("Station Road"), "{out}");
    }
}
