//! Pupils of one name are told apart in every text, and whoever has left is answered for.

use crate::support::*;

const PUPILS: &str = "admission_no,surname,forename,year,tutor_group,from,until\n\
    101,Chan,Jun,8,8KM,2026-09-01,\n\
    102,Chan,Jun,8,8KM,2026-09-01,\n\
    103,Pugh,Ned,9,9BW,2024-09-02,2025-12-12\n";

fn with_namesakes() -> Desk {
    let desk = Desk::harrington();
    desk.import("pupils.csv", PUPILS, &[]).ends(0);
    desk
}

#[test]
fn two_of_one_name_and_group_have_their_numbers_in_every_text() {
    let desk = with_namesakes();
    for (number, at) in [("101", "8:57"), ("102", "8:58")] {
        let text = desk.run(&["late", number, "--at", at]).ends(0).out;
        assert!(text.contains(&format!("Chan, Jun 8KM {number} L 1")), "{text}");
        desk.run(&["watch", "add", number, "--reason", "new"]).ends(0);
    }
    for command in [&["lates"][..], &["tape"], &["list", "lates"], &["fire"], &["who", "chan"], &["watch"]] {
        let text = desk.run(command).ends(0).out;
        for number in ["101", "102"] {
            let lines = text.lines().filter(|line| line.contains("Chan, Jun") && line.contains(number)).count();
            assert!(lines >= 1, "{command:?}:\n{text}");
        }
        let named = text.lines().filter(|line| line.contains("Chan, Jun"));
        assert!(named.clone().all(|line| line.contains("101") || line.contains("102")), "{command:?}:\n{text}");
    }
    let refused = desk.run(&["who", "chan jun"]).ends(0).out;
    assert!(refused.contains("Chan, Jun, 8KM, admission number 101"), "{refused}");
}

#[test]
fn whoever_has_left_is_answered_for_and_acts_refuse_as_ever() {
    let desk = with_namesakes();
    let card = desk.run(&["who", "pugh"]).ends(0).out;
    assert!(card.contains("Pugh, Ned, 9BW") && card.contains("Now: left 12 Dec 2025."), "{card}");
    let amended = desk.run(&["amendments", "ned pugh"]).ends(0).out;
    assert!(amended.contains("Pugh, Ned 9BW, left 12 Dec 2025, 2025-08-01 to 2025-12-12: 0 amendments."), "{amended}");
    let late = desk.run(&["late", "pugh"]);
    assert!(
        late.exit == 1 && late.err.contains("no pupil on roll on Tue 24 Nov 2026 is called “pugh”"),
        "{}",
        late.err
    );
    let nobody = desk.run(&["who", "nemo"]);
    assert!(nobody.exit == 1 && nobody.err.contains("no pupil is called “nemo”"), "{}", nobody.err);
}
