//! What is put right by command, and kept against imports.

use crate::support::*;

const HEADING: &str = "admission_no,order,name,relationship,phone,email,note\n";

fn contacts(desk: &Desk, rows: &str) -> CommandOutput {
    desk.import("contacts.csv", &format!("{HEADING}{rows}"), &[]).ends(0)
}

fn correct(desk: &Desk, args: &[&str]) -> CommandOutput {
    desk.run(&[&["correct", "contact", "amira khan", "--contact", "1"], args].concat())
}

#[test]
fn a_number_is_put_right_and_no_import_loses_it() {
    let desk = Desk::harrington();
    let old = "1,1,Mrs Khan,mother,07700 900310,khan@example.org,works nights\n";
    contacts(&desk, old);
    let said = correct(&desk, &["--number", "07700 900999"]).ends(0).out;
    let says = "Khan, Amira 8KM: Mrs Khan, mother: number •••• 310 → •••• 999, kept until the system brings it";
    assert!(said.contains(says), "{said}");
    let card = || desk.run(&["who", "1", "--numbers"]).ends(0).out;
    assert!(card().contains("07700 900999") && !card().contains("07700 900310"), "{}", card());
    for _ in 0..2 {
        let told = contacts(&desk, old).out;
        let still = "Khan, Amira: the number of Mrs Khan is still •••• 310 in the system; firstbell keeps •••• 999";
        assert!(told.contains(still), "{told}");
        assert!(card().contains("07700 900999"), "{}", card());
    }
    let list = desk.run(&["corrections"]).ends(0).out;
    let line = "the number of Mrs Khan is still •••• 310 in the system; firstbell keeps •••• 999 (";
    assert!(list.contains("Corrections that your system has not brought yet: 1.") && list.contains(line), "{list}");
    let row = desk.run(&["corrections", "--numbers", "--json"]).rows().remove(0);
    assert_eq!((&row["was"], &row["becomes"]), (&"07700 900310".into(), &"07700 900999".into()));
    assert_eq!((&row["state"], &row["what"]), (&"waits".into(), &"number".into()));
    let seen = desk.run(&["disclosures", "--json"]).rows();
    assert!(seen.iter().any(|row| row["what"] == "contact 1"), "{seen:?}");
    let told = contacts(&desk, &old.replace("900310", "900555")).out;
    assert!(
        told.contains("is •••• 555 in the system, and was •••• 310; firstbell keeps •••• 999: look which is right"),
        "{told}"
    );
    let row = desk.run(&["corrections", "--json"]).rows().remove(0);
    assert_eq!((&row["state"], &row["system"][0]), (&"differs".into(), &"•••• 555".into()));
    let told = contacts(&desk, &old.replace("900310", "900999")).out;
    assert!(told.contains("has come as it was corrected: the correction ends"), "{told}");
    let none = desk.run(&["corrections"]).ends(0).out;
    assert!(none.contains("Nothing is corrected that your system has not brought."), "{none}");
}

#[test]
fn what_is_put_right_is_taken_back() {
    let desk = Desk::harrington();
    correct(&desk, &["--number", "07700 900999"]).ends(0);
    assert_eq!(desk.run(&["numbers", "--json"]).rows().len(), 0);
    let undone = desk.run(&["undo"]).ends(0).out;
    assert!(
        undone.contains("Correction of Mrs Khan, mother, about Khan, Amira 8KM: number •••• 310 → •••• 999 undone"),
        "{undone}"
    );
    assert!(desk.run(&["who", "1", "--numbers"]).out.contains("07700 900310"));
    desk.run(&["redo"]).ends(0);
    assert!(desk.run(&["who", "1", "--numbers"]).out.contains("07700 900999"));
}

#[test]
fn the_e_mail_the_note_and_the_order_are_put_right() {
    let desk = Desk::harrington();
    contacts(&desk, "1,1,Mrs Khan,mother,07700 900310,,\n1,2,Mr Khan,father,07700 900456,,\n");
    correct(&desk, &["--email", "khan@example.org"]).ends(0);
    correct(&desk, &["--note", "works nights"]).ends(0);
    correct(&desk, &["--order", "2"]).ends(0);
    let contacts = |desk: &Desk| desk.run(&["who", "1", "--json"]).rows().remove(0)["contacts"].clone();
    let now = contacts(&desk);
    assert_eq!((&now[0]["name"], &now[1]["name"]), (&"Mr Khan".into(), &"Mrs Khan".into()));
    assert_eq!((&now[1]["email"], &now[1]["note"]), (&"khan@example.org".into(), &"works nights".into()));
    assert_eq!(desk.run(&["corrections", "--json"]).rows().len(), 3);
    let off = desk.run(&["correct", "contact", "1", "--contact", "2", "--note", ""]).ends(0).out;
    assert!(off.contains("note taken off, as the system has it"), "{off}");
    assert_eq!(contacts(&desk)[1]["note"], serde_json::Value::Null);
}

#[test]
fn of_several_numbers_the_wrong_one_is_named() {
    let desk = Desk::harrington();
    let heading = "admission_no,order,name,relationship,phone,phone_2\n";
    let rows = format!("{heading}1,1,Mrs Khan,mother,07700 900310,01632 960222\n");
    desk.import("contacts.csv", &rows, &[]).ends(0);
    let refused = correct(&desk, &["--number", "07700 900999"]).ends(1);
    assert!(
        refused.err.contains("several numbers, •••• 310, •••• 222: name the wrong one with --instead"),
        "{}",
        refused.err
    );
    correct(&desk, &["--number", "07700 900999", "--instead", "222"]).ends(0);
    correct(&desk, &["--number", "07700 900888", "--another"]).ends(0);
    let card = desk.run(&["who", "1", "--numbers"]).ends(0).out;
    for number in ["07700 900310", "07700 900999", "07700 900888"] {
        assert!(card.contains(number), "{card}");
    }
    assert!(!card.contains("960222"), "{card}");
    for (value, why) in [
        (["--number", "07700"], "“07700” is no whole telephone number"),
        (["--email", "nobody"], "“nobody” is no e-mail address"),
        (["--order", "7"], "the place in the calling order is a number from 1 to"),
    ] {
        let more = if value[0] == "--number" { &["--another"][..] } else { &[] };
        let refused = correct(&desk, &[&value[..], more].concat()).ends(1);
        assert!(refused.err.contains(why), "{}", refused.err);
    }
}

#[test]
fn a_new_contact_is_kept_until_a_file_has_them() {
    let desk = Desk::harrington();
    contacts(&desk, "1,1,Mrs Khan,mother,07700 900310,,\n");
    let add = ["correct", "new-contact", "amira khan", "--contact", "Ms Adeyemi", "--relationship", "aunt", "--number"];
    let said = desk.run(&[&add[..], &["07700 900321"]].concat()).ends(0).out;
    assert!(said.contains("Ms Adeyemi, aunt is a contact, kept until the system brings them"), "{said}");
    let told = contacts(&desk, "1,1,Mrs Khan,mother,07700 900310,,\n").out;
    assert!(told.contains("Ms Adeyemi is not in the system yet; firstbell keeps them"), "{told}");
    let card = desk.run(&["who", "1", "--numbers", "--json"]).rows().remove(0)["contacts"].clone();
    assert_eq!((&card[1]["name"], &card[1]["phone"]), (&"Ms Adeyemi".into(), &"07700 900321".into()));
    assert_eq!(card[1]["order"], 2);
    assert_eq!(desk.run(&["corrections", "--json"]).rows().len(), 2);
}

#[test]
fn a_leaver_and_a_tutor_group_are_put_down() {
    let desk = Desk::harrington();
    let said = desk.run(&["correct", "leaver", "kofi", "--on", "2026-11-23", "--to", "Elm High"]).ends(0).out;
    assert!(said.contains("leaves, last day Mon 23 Nov 2026, to Elm High, kept until the system brings it"), "{said}");
    assert!(!desk.run(&["late", "kofi", "--at", "08:57"]).ends(1).err.is_empty());
    let row = desk.run(&["corrections", "--json"]).rows().remove(0);
    assert_eq!((&row["what"], &row["words"]), (&"last-day".into(), &"Elm High".into()));
    let stays = desk.run(&["correct", "leaver", "kofi", "--stays"]).ends(0).out;
    assert!(stays.contains("stays, as the system has it"), "{stays}");
    let said = desk.run(&["correct", "group", "amira khan", "9BW", "--from", "2026-11-26"]).ends(0).out;
    assert!(said.contains("Khan, Amira: tutor group 8KM → 9BW from Thu 26 Nov 2026, kept until"), "{said}");
    let group = |now| desk.run_at(now, &["who", "1", "--json"]).rows().remove(0)["group"].clone();
    assert_eq!((group(NOW), group("2026-11-26T09:20")), ("8KM".into(), "9BW".into()));
}

#[test]
fn a_joiner_is_found_by_the_number_alone() {
    let desk = Desk::harrington();
    let joiner = ["correct", "joiner", "--surname", "Newby", "--forename", "Joe", "--group", "8KM"];
    desk.run(&joiner).ends(0);
    assert_eq!(desk.run(&["who", "newby", "--json"]).rows().remove(0)["group"], "8KM");
    let pupils = "admission_no,surname,forename,year,group\n9001,Newby,Joe,8,8KM\n";
    let refused = desk.import("pupils.csv", pupils, &[]);
    let said = format!("{}{}", refused.out, refused.err);
    assert!(said.contains("a joiner of this name was put down here, and may be this one"), "{said}");
    desk.run(&["correct", "joiner-number", "newby", "--admission-no", "9001"]).ends(0);
    let told = desk.import("pupils.csv", pupils, &[]).ends(0).out;
    assert!(told.contains("Newby, Joe, whom firstbell had first, has come"), "{told}");
    assert_eq!(desk.run(&["who", "newby", "--json"]).rows().len(), 1);
    assert!(desk.run(&joiner).ends(1).err.contains("Newby, Joe 8KM is on the roll already"));
}
