//! Each role is shown the lists that its commands show, and is told whose an act is before anything is typed.

use super::*;

#[test]
fn each_role_sees_the_lists_of_its_commands() {
    let office = office();
    for (role, lists) in [
        (Role::Reader, &["Refused", "Inbox 2", "Quarantine 3", "Leavers 2"][..]),
        (Role::Officer, &["Refused", "Inbox 2", "Quarantine 3", "Leavers 2", "Hand back"]),
        (Role::Lead, &["Refused", "Inbox 2", "Quarantine 3", "Leavers 2", "Hand back", "Imports"]),
    ] {
        let mut desk = sits(&office, role, (120, 40));
        desk.press("F");
        let tabs = desk.line_with("Refused");
        for list in ["Refused", "Inbox 2", "Quarantine 3", "Leavers 2", "Hand back", "Imports"] {
            assert_eq!(tabs.contains(list), lists.contains(&list), "{role:?} {list}: {tabs}");
        }
    }
}

#[test]
fn an_act_that_is_not_a_role_s_is_answered_before_anything_is_typed() {
    let office = office();
    let before = office.ask("SELECT count(*) FROM act");
    let is_for = "is for an officer: this login is a reader's";
    let mut desk = sits(&office, Role::Reader, (120, 40));
    desk.press("F r");
    assert!(desk.status().contains(is_for), "{}", desk.text());
    desk.press("tab m");
    assert!(desk.status().contains("is for a lead: this login is a reader's"), "{}", desk.text());
    desk.press("tab l");
    assert!(desk.status().contains(is_for), "{}", desk.text());
    desk.press("s");
    assert!(desk.status().contains(is_for), "{}", desk.text());
    let mut desk = sits(&office, Role::Officer, (120, 40));
    desk.press("F tab d");
    assert!(desk.status().contains("saying what marks of files mean is for a lead"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM act"), before);
}
