//! `undo NUMBER` of an import: by whoever may import, told as taken back, and done again.

use crate::roles::{over_ssh, staffed, whole};
use crate::support::*;

/// Bring these rows in, as S Marsh; the import's number.
fn import(desk: &Desk, name: &str, rows: &str) -> String {
    desk.import(name, rows, &[]).ends(0);
    desk.ask("SELECT max(id) FROM act")[0][0].clone().unwrap()
}

const NED: &str = "admission_no,surname,forename,tutor_group\n4127,Ash,Ned,7CK\n";

#[test]
fn an_import_is_taken_back_by_its_number_and_done_again() {
    let desk = staffed();
    let act = import(&desk, "pupils.csv", NED);
    let ned = || desk.ask("SELECT count(*) FROM pupil WHERE surname = 'Ash' AND forename = 'Ned'").concat();
    let one = |count: &str| vec![Some(count.to_owned())];
    let last = desk.run(&["undo", "--json"]).ends(1).json();
    assert_eq!((last["refused"].as_str(), ned()), (Some("cannot-undo"), one("1")), "only its number takes it back");
    let output = desk.run(&["undo", &act, "--as", "lead"]).ends(0);
    assert_eq!((output.out.as_str(), ned()), ("Import of pupils.csv undone.\n", one("0")));
    let rows = desk.run(&["history", "settings", "--json"]).rows();
    assert_eq!(rows[0]["says"], "took back: import of pupils.csv: tutor groups: 1 new, pupils: 1 new");
    assert_eq!((&rows[1]["act"].to_string(), &rows[1]["can_undo"]), (&act, &true.into()));
    assert!(rows[1]["taken_back"].as_str().unwrap().ends_with("by L Lead"), "{}", rows[1]);
    let again = rows[0]["act"].to_string();
    assert!(desk.run(&["tape"]).ends(0).out.contains("import of pupils.csv"));
    let output = desk.run(&["undo", &again]).ends(0);
    assert_eq!((output.out.as_str(), ned()), ("Import of pupils.csv done again.\n", one("1")));
}

#[test]
fn nobody_below_a_lead_takes_an_import_back() {
    let desk = staffed();
    let act = import(&desk, "pupils.csv", NED);
    let before = whole(&desk);
    for (login, text) in [
        ("gate", "taking back any act by its number is for an officer: this login is a gate's"),
        ("reader", "taking back any act by its number is for an officer: this login is a reader's"),
        ("officer", "an import is for a lead: this login is an officer's"),
    ] {
        let output = desk.run(&["undo", &act, "--as", login]).ends(1);
        assert_eq!(output.err, format!("firstbell: {text}\n"));
        assert_eq!(over_ssh(&desk, login, &format!("undo {act}")).exit, 1);
    }
    assert_eq!(whole(&desk), before);
}

#[test]
fn what_rests_on_an_import_keeps_it_and_is_named() {
    let desk = staffed();
    let act = import(&desk, "pupils.csv", NED);
    desk.run(&["late", "ash ned", "--at", "09:05"]).ends(0);
    let before = whole(&desk);
    let output = desk.run(&["undo", &act, "--json"]).ends(1).json();
    assert_eq!(output["refused"], "cannot-undo");
    let text = output["says"].as_str().unwrap();
    assert!(
        text.starts_with("Ash, Ned cannot be taken away again, for \u{201c}arrival of Ash, Ned 7CK at 09:05\u{201d}"),
        "{text}"
    );
    assert!(text.contains("by S Marsh"), "{text}");
    assert_eq!(whole(&desk), before);
}
