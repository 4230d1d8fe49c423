//! Numbers to put right, and what the card says of calls to contacts who are no plain contacts.

use firstbell::domain::act::Act;
use firstbell::domain::contact::{CallOutcome, ContactId};
use firstbell::domain::pupil::PupilId;
use firstbell::domain::session::{Session, SessionDate};

use crate::school::*;

/// A call about Amira Khan.
pub fn call(contact: i64, outcome: CallOutcome, despite: Option<&str>) -> Act {
    Act::LogCall {
        pupil: PupilId(1),
        contact: Some(ContactId(contact)),
        at: SessionDate::new("2026-11-24".parse().unwrap(), Session::Am),
        outcome,
        code: None,
        until: None,
        note: String::new(),
        call_back: None,
        covers: Vec::new(),
        theirs: Vec::new(),
        saw: Vec::new(),
        number: None,
        despite: despite.map(str::to_owned),
    }
}

#[test]
fn a_number_found_wrong_is_told_until_an_import_puts_it_right() {
    let desk = Desk::harrington();
    let said = desk.run(&["numbers"]).ends(0);
    assert!(said.out.contains("No number waits to be put right."), "{}", said.out);
    desk.perform("09:15", &call(1, CallOutcome::WrongNumber, None));
    let said = desk.run(&["numbers"]).ends(0);
    let line = "Khan, Amira, 8KM, flags CP: Mrs Khan, mother, •••• 310, found wrong on 24 Nov at 09:15 by J Ito.";
    assert!(said.out.contains(line), "{}", said.out);
    let said = desk.run(&["numbers", "--numbers"]).ends(0);
    assert!(said.out.contains(&line.replace("•••• 310", "07700 900310")), "{}", said.out);
    let row = desk.run_at("2026-11-28T09:20", &["numbers", "--numbers", "--json"]).rows().remove(0);
    assert_eq!((&row["number"], &row["on"]), (&"07700 900310".into(), &"2026-11-24".into()));
    let card = desk.run(&["who", "amira", "--json"]).rows().remove(0);
    assert_eq!(
        (&card["contacts"][0]["found_wrong"], &card["contacts"][0]["next"]),
        (&"2026-11-24".into(), &false.into())
    );
    assert!(desk.run(&["who", "amira"]).out.contains("phone •••• 310, found wrong 24 Nov"));
    let contacts = desk.folder.path().join("contacts.csv");
    std::fs::write(&contacts, "admission_no,order,name,phone\n1,1,Mrs Khan,07700 900311\n").unwrap();
    desk.run(&["import", contacts.to_str().unwrap()]).ends(0);
    assert_eq!(desk.run(&["numbers", "--json"]).rows(), Vec::<serde_json::Value>::new());
}

#[test]
fn why_somebody_barred_was_rung_stands_beside_the_call() {
    let desk = Desk::harrington();
    let contacts = desk.folder.path().join("contacts.csv");
    let rows =
        "admission_no,order,name,phone,do_not_contact\n1,1,Mrs Khan,07700 900310,\n1,2,Mr Khan,07700 900822,yes\n";
    std::fs::write(&contacts, rows).unwrap();
    desk.run(&["import", contacts.to_str().unwrap()]).ends(0);
    desk.perform("09:15", &call(2, CallOutcome::Aware, Some("he rang us")));
    let card = desk.run(&["who", "amira", "--json"]).rows().remove(0);
    assert_eq!(card["calls"][0]["despite"], "he rang us");
    let said = desk.run(&["who", "amira"]).ends(0);
    let line = "09:15 Mr Khan: spoke, has a reason, despite the bar: he rang us, by J Ito.";
    assert!(said.out.contains(line), "{}", said.out);
}
