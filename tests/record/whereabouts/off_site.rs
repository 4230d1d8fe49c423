//! Elsewhere by arrangement: what the provider says, both ways; the newest counts.

use firstbell::domain::absence::offsite::off_site;
use firstbell::domain::act::{Act, Confirm, ReportAbsence};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::facts::message::Channel;
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

fn arranged(pupils: &[PupilId], code: &str) -> Act {
    Act::ReportAbsence(ReportAbsence {
        pupils: pupils.to_vec(),
        code: code_of(code),
        from: am(24),
        until: pm(24),
        by: "Ms Lee, visits".to_owned(),
        words: "Harbour AP".to_owned(),
        channel: Channel::Telephone,
        seen: String::new(),
        back: None,
        time: None,
    })
}

fn confirm(pupils: &[PupilId], at: SessionDate, there: bool, said_by: &str) -> Act {
    Act::Confirm(Confirm { pupils: pupils.to_vec(), at, there, said_by: said_by.to_owned() })
}

/// Who is elsewhere this morning at that time: "waiting", or "there, Mr Hall".
fn states(desk: &mut Desk, now: &str) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    let confirmation = |confirmation: &firstbell::domain::facts::presence::Confirmation| {
        format!(", {} to {}", confirmation.said_by, confirmation.who)
    };
    off_site(&day, Session::Am, now.parse().unwrap())
        .iter()
        .map(|one| format!("{} {}{}", one.with, one.describe(), one.confirmed().map(confirmation).unwrap_or_default()))
        .collect()
}

#[test]
fn one_act_confirms_everybody_there_and_is_taken_back_and_done_again() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA, BILAL], "B"));
    assert_eq!(states(&mut desk, "09:30"), ["Harbour AP waiting", "Harbour AP waiting"]);
    let receipt = desk.done("09:31", confirm(&[AMIRA, BILAL, AMIRA], am(24), true, "  Mr Hall "));
    assert_eq!(receipt.text, "Khan, Amira 8KM and 1 more there, says Mr Hall");
    let there = "Harbour AP there, Mr Hall to S Marsh";
    assert_eq!(states(&mut desk, "10:30"), [there, there]);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["B", "B"], "no mark moves");
    let undone = desk.undo("09:32", receipt.act);
    assert_eq!(states(&mut desk, "09:40"), ["Harbour AP waiting", "Harbour AP waiting"]);
    desk.undo("09:33", undone.act);
    assert_eq!(states(&mut desk, "10:30"), [there, there]);
}

#[test]
fn the_newest_word_counts_and_taking_it_back_lets_the_one_before_stand() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA], "D"));
    desk.done("09:31", confirm(&[AMIRA], am(24), true, "Mr Hall"));
    let gone = desk.done("09:50", confirm(&[AMIRA], am(24), false, "Ms Bell"));
    assert_eq!(gone.text, "Khan, Amira 8KM NOT there, says Ms Bell");
    assert_eq!(states(&mut desk, "10:30"), ["Harbour AP not there, Ms Bell to S Marsh"]);
    desk.undo("09:51", gone.act);
    assert_eq!(states(&mut desk, "10:30"), ["Harbour AP there, Mr Hall to S Marsh"]);
}

#[test]
fn who_is_confirmed_for_the_morning_is_not_for_the_afternoon() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA], "D"));
    desk.done("09:31", confirm(&[AMIRA], am(24), true, "Mr Hall"));
    let day = desk.store.day(november(24)).unwrap();
    let afternoon = off_site(&day, Session::Pm, "13:30".parse().unwrap());
    assert_eq!(afternoon[0].describe(), "waiting");
}

#[test]
fn when_it_is_due_is_the_school_s_to_say() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA], "W"));
    assert_eq!(states(&mut desk, "09:59"), ["Harbour AP waiting"]);
    assert_eq!(states(&mut desk, "10:00"), ["Harbour AP due"]);
    desk.change_settings(november(24), |school| school.off_site_due_after = 30);
    assert_eq!(states(&mut desk, "09:09"), ["Harbour AP waiting"]);
    assert_eq!(states(&mut desk, "09:10"), ["Harbour AP due"]);
}

#[test]
fn of_who_is_not_elsewhere_nobody_can_say_it() {
    let mut desk = Desk::new();
    desk.done("08:00", arranged(&[AMIRA], "B"));
    desk.done("08:50", register(G9TR, am(24), &[(BILAL, "/"), (ZOE, "N")]));
    let refused = |desk: &mut Desk, pupils: &[PupilId]| desk.refused("09:31", confirm(pupils, am(24), true, "Mr Hall"));
    assert_eq!(refused(&mut desk, &[AMIRA, BILAL]), "Khan, Bilal 9TR stands at /: there is nobody to confirm");
    assert!(refused(&mut desk, &[ZOE]).ends_with("stands at N: there is nobody to confirm"));
    assert!(refused(&mut desk, &[SIOBHAN]).ends_with("has no mark yet: there is nobody to confirm"));
    let nobody_said = desk.refused("09:31", confirm(&[AMIRA], am(24), true, " "));
    assert_eq!(nobody_said, "say who confirmed it, at the provider");
}

#[test]
fn nobody_is_confirmed_for_a_day_to_come() {
    let mut desk = Desk::new();
    desk.done("08:00", report(&[AMIRA], "B", am(25), am(25)));
    let early =
        Act::Confirm(Confirm { pupils: vec![AMIRA], at: am(25), there: true, said_by: "the college".to_owned() });
    assert_eq!(desk.refused("09:00", early), "00:00 on Wed 25 Nov has not come yet");
}

#[test]
fn a_register_that_shows_the_arrangement_gives_way_to_the_provider() {
    for told in [true, false] {
        let mut desk = Desk::new();
        if told {
            desk.done("08:00", arranged(&[AMIRA], "W"));
        }
        desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "W")]));
        let gone = desk.done("09:31", confirm(&[AMIRA], am(24), false, "Mr Hall"));
        assert_eq!(desk.mark(AMIRA, am(24)), "N", "told: {told}");
        assert_eq!(states(&mut desk, "09:40").len(), 1);
        desk.done("09:50", confirm(&[AMIRA], am(24), true, "Mr Hall"));
        assert_eq!(desk.mark(AMIRA, am(24)), "W", "there after all");
        desk.undo("09:51", gone.act);
        assert_eq!(desk.mark(AMIRA, am(24)), "W");
    }
}
