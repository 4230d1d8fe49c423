//! Numbers to put right, and what the card says of calls to contacts who are no plain contacts.

use firstbell::domain::act::LogCall;
use firstbell::domain::people::contact::CallOutcome;

use crate::support::*;

#[test]
fn a_number_found_wrong_is_told_until_an_import_puts_it_right() {
    let desk = Desk::harrington();
    let output = desk.run(&["numbers"]).ends(0);
    assert!(output.out.contains("No number waits to be put right."), "{}", output.out);
    desk.perform("09:15", LogCall { outcome: CallOutcome::WrongNumber, ..call(AMIRA, 1) });
    let output = desk.run(&["numbers"]).ends(0);
    let line = "Khan, Amira, 8KM, flags CP: Mrs Khan, mother, •••• 310, found wrong on 24 Nov at 09:15 by J Ito.";
    assert!(output.out.contains(line), "{}", output.out);
    let output = desk.run(&["numbers", "--numbers"]).ends(0);
    assert!(output.out.contains(&line.replace("•••• 310", "07700 900310")), "{}", output.out);
    let row = desk.run_at("2026-11-28T09:20", &["numbers", "--numbers", "--json"]).rows().remove(0);
    assert_eq!((&row["number"], &row["on"]), (&"07700 900310".into(), &"2026-11-24".into()));
    let card = desk.run(&["who", "amira", "--json"]).rows().remove(0);
    assert_eq!(
        (&card["contacts"][0]["found_wrong"], &card["contacts"][0]["next"]),
        (&"2026-11-24".into(), &false.into())
    );
    assert!(desk.run(&["who", "amira"]).out.contains("phone •••• 310, found wrong 24 Nov"));
    desk.import("contacts.csv", "admission_no,order,name,phone\n1,1,Mrs Khan,07700 900311\n", &[]).ends(0);
    assert_eq!(desk.run(&["numbers", "--json"]).rows(), Vec::<serde_json::Value>::new());
}

/// Import this file of contacts.
fn contacts(desk: &Desk, rows: &str) -> CommandOutput {
    desk.import("contacts.csv", rows, &[]).ends(0)
}

#[test]
fn a_number_that_somebody_barred_answers_is_offered_nowhere() {
    let desk = Desk::harrington();
    let heading = "admission_no,order,name,relationship,phone,phone_2,do_not_contact\n";
    let mother = "1,1,Gwen Adams,aunt,07700 900111,01632 960222,\n";
    contacts(&desk, &format!("{heading}{mother}1,2,Bob Adams,uncle,01632 960222,,yes\n"));
    let read_output = |args: &[&str]| desk.run(args).ends(0).out;
    let list = read_output(&["unexplained", "--numbers"]);
    assert!(list.contains("next Gwen Adams, aunt, 07700 900111, ") && !list.contains("960222"), "{list}");
    let card = read_output(&["who", "1", "--numbers"]);
    let line = "phone 07700 900111 (not 01632 960222, which is not rung: somebody barred answers it), ring next";
    assert!(card.contains(line), "{card}");
    assert!(read_output(&["who", "1"]).contains("(not •••• 222, which"));
    let contact = desk.run(&["who", "1", "--numbers", "--json"]).rows().remove(0)["contacts"][0].clone();
    assert_eq!(contact["other_phones"], serde_json::json!([]));
    assert_eq!(contact["barred_phones"], serde_json::json!(["01632 960222"]));
}

#[test]
fn each_number_of_a_contact_is_masked_disclosed_and_rung() {
    let desk = Desk::harrington();
    let rows = "admission_no,order,name,relationship,phone,phone_2\n1,1,Gwen Adams,aunt,07700 900111,01632 960222\n";
    contacts(&desk, rows);
    let next = |args: &[&str]| desk.run(args).ends(0).out;
    assert!(next(&["who", "1"]).contains("Gwen Adams, aunt, phone •••• 111 or •••• 222, ring next"));
    assert!(next(&["who", "1", "--numbers"]).contains("phone 07700 900111 or 01632 960222"));
    assert!(next(&["unexplained"]).contains("next Gwen Adams, aunt, •••• 111 or •••• 222"));
    desk.run(&["call", "1", "--contact", "1", "--outcome", "no-answer"]).ends(0);
    assert!(next(&["unexplained", "--numbers"]).contains("next Gwen Adams, aunt, 01632 960222 or 07700 900111"));
    desk.run(&["call", "1", "--contact", "1", "--number", "1", "--outcome", "no-answer"]).ends(0);
    let output = desk.run(&["call", "1", "--contact", "1", "--number", "3", "--outcome", "no-answer"]).ends(1);
    assert!(output.err.contains("Gwen Adams, aunt has no number 3: 2 held"), "{}", output.err);
    let rung = desk.ask("SELECT number FROM call ORDER BY id");
    assert_eq!(rung, vec![vec![Some("07700 900111".to_owned())]; 2]);
}

#[test]
fn a_bar_stays_until_it_is_lifted_and_the_import_says_who_may_be_meant() {
    let desk = Desk::harrington();
    contacts(&desk, "admission_no,order,name,relationship,phone\n1,1,Mr Khan,father,07700 900456\n");
    let bar = |more: &[&str]| desk.run(&[&["bar", "amira", "--contact", "1", "--reason"], more].concat());
    let output = bar(&["court order"]).ends(0);
    assert!(
        output.out.contains("Khan, Amira 8KM: Mr Khan, father must not be contacted: court order"),
        "{}",
        output.out
    );
    let output = contacts(&desk, "admission_no,order,name,relationship\n1,1,\"KHAN, I.\",Dad\n");
    assert!(!output.out.contains("Look at"), "it is certainly he: {}", output.out);
    let card = desk.run(&["who", "amira"]).out;
    assert!(card.contains("1. KHAN, I., Dad, MUST NOT BE CONTACTED (court order)."), "{card}");
    let output = contacts(&desk, "admission_no,order,name,relationship,phone\n1,1,Mr Kahn,father,01632 960001\n");
    let text = "line 2: Khan, Amira: Mr Kahn may be KHAN, I., who must not be contacted, and is barred too: look who it is, and if it \
                is another person, firstbell bar NAME --contact 1 --lift --reason WHY";
    assert!(output.out.contains(text), "{}", output.out);
    let output = desk.run(&["call", "amira", "--contact", "1", "--outcome", "no-answer"]).ends(1);
    assert!(
        output.err.contains("Mr Kahn must not be contacted (may be KHAN, I.: court order): say why"),
        "{}",
        output.err
    );
    let output = bar(&["her uncle", "--lift"]).ends(0);
    assert!(output.out.contains("Mr Kahn, father may be contacted: her uncle"), "{}", output.out);
    desk.run(&["call", "amira", "--contact", "1", "--outcome", "no-answer"]).ends(0);
    let tape = desk.run(&["tape"]).out;
    assert!(tape.contains("bar lifted from Mr Kahn, father, about Khan, Amira 8KM: her uncle"), "{tape}");
    desk.run(&["undo"]).ends(0);
}

#[test]
fn why_somebody_barred_was_rung_stands_beside_the_call() {
    let desk = Desk::harrington();
    let contacts = desk.folder.path().join("contacts.csv");
    let rows =
        "admission_no,order,name,phone,do_not_contact\n1,1,Mrs Khan,07700 900310,\n1,2,Mr Khan,07700 900822,yes\n";
    std::fs::write(&contacts, rows).unwrap();
    desk.run(&["import", contacts.to_str().unwrap()]).ends(0);
    desk.perform(
        "09:15",
        LogCall { outcome: CallOutcome::Aware, despite: Some("he rang us".to_owned()), ..call(AMIRA, 2) },
    );
    let card = desk.run(&["who", "amira", "--json"]).rows().remove(0);
    assert_eq!(card["calls"][0]["despite"], "he rang us");
    let output = desk.run(&["who", "amira"]).ends(0);
    let line = "09:15 Mr Khan: spoke, has a reason, despite the bar: he rang us, by J Ito.";
    assert!(output.out.contains(line), "{}", output.out);
}
