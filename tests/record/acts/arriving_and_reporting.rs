//! Arrivals, reports and the watch list.

use firstbell::domain::act::{Act, ReportAbsence, Unwatch, Watch};
use firstbell::domain::facts::message::{Channel, Message};

use crate::support::*;

#[test]
fn an_arrival_is_judged_by_the_clock() {
    for (time, settled, text) in [
        ("08:40", "/", "Khan, Amira 8KM /: gate 08:40, bus"),
        ("08:57", "L 17 min", "Khan, Amira 8KM L 17 min: gate 08:57, bus"),
        ("09:09", "L 29 min", "Khan, Amira 8KM L 29 min: gate 09:09, bus"),
        ("09:10", "U 30 min", "Khan, Amira 8KM U 30 min: gate 09:10, bus"),
    ] {
        let mut desk = Desk::new();
        let receipt = desk.done("09:30", arrival(AMIRA, time));
        assert_eq!((receipt.text.as_str(), receipt.pupils), (text, vec![AMIRA]));
        assert_eq!(desk.mark(AMIRA, am(24)), settled);
        assert_eq!(desk.mark(AMIRA, pm(24)), "blank");
    }
}

#[test]
fn an_arrival_over_lunch_is_the_afternoon_s() {
    let mut desk = Desk::new();
    desk.done("12:45", arrival(AMIRA, "12:45"));
    assert_eq!((desk.mark(AMIRA, am(24)), desk.mark(AMIRA, pm(24))), ("blank".to_owned(), "\\".to_owned()));
}

#[test]
fn the_gate_beats_the_tutor_s_n_and_amends_it() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    let text = desk.done("08:57", arrival(AMIRA, "08:57")).text;
    assert_eq!(text, "Khan, Amira 8KM L 17 min: gate 08:57 beats tutor N 08:50, bus");
    assert_eq!(desk.mark(AMIRA, am(24)), "L 17 min");
    assert_eq!(desk.amended(AMIRA), ["Tue 24 Nov AM: N -> L 17 min: bus; L 17 min: gate 08:57 beats tutor N 08:50"]);
    let row = desk.amendments(AMIRA).remove(0);
    assert_eq!(
        (row.who.as_str(), row.post.as_str(), row.desk.as_str()),
        ("S Marsh", "attendance officer", "office pts/1")
    );
    assert_eq!(row.instant, now("08:57"));
}

#[test]
fn a_report_covers_its_span_and_not_a_session_more() {
    let mut desk = Desk::new();
    let text = desk.done("08:10", report(&[AMIRA, BILAL], "I", pm(24), am(26))).text;
    assert_eq!(text, "Khan, Amira 8KM and 1 more: I reported, Tue 24 Nov to Thu 26 Nov");
    for pupil in [AMIRA, BILAL] {
        let marks = [am(24), pm(24), am(25), pm(25), am(26), pm(26)].map(|at| desk.mark(pupil, at));
        assert_eq!(marks, ["blank", "I", "I", "I", "I", "blank"]);
    }
    assert_eq!(desk.count("amendment"), 0, "first marks amend nothing");
}

#[test]
fn how_a_report_came_stands_for_every_day_it_speaks_of_and_falls_with_it() {
    let mut desk = Desk::new();
    let mut reported = report(&[AMIRA, BILAL], "I", pm(24), am(26));
    if let Act::ReportAbsence(ReportAbsence { channel, seen, back, .. }) = &mut reported {
        (*channel, *seen, *back) = (Channel::FrontDesk, " card ".to_owned(), Some(november(26)));
    }
    let act = desk.done("08:10", reported).act;
    let message = Message { channel: Channel::FrontDesk, seen: "card".to_owned(), back: Some(november(26)) };
    let on = |desk: &mut Desk, day| desk.store.day(november(day)).unwrap().messages.get(&act).cloned();
    for (day, expected) in [(23, None), (24, Some(&message)), (26, Some(&message)), (27, None)] {
        assert_eq!(on(&mut desk, day).as_ref(), expected, "{day}");
    }
    let undone = desk.undo("08:11", act).act;
    assert_eq!(on(&mut desk, 24), None);
    desk.undo("08:12", undone);
    assert_eq!(on(&mut desk, 24), Some(message));
}

#[test]
fn nobody_is_expected_back_while_they_are_away() {
    let mut desk = Desk::new();
    let mut reported = report(&[AMIRA], "I", am(24), pm(26));
    if let Act::ReportAbsence(ReportAbsence { back, .. }) = &mut reported {
        *back = Some(november(26));
    }
    let text = "back on Thu 26 Nov, but away until Thu 26 Nov PM: give a later day back, or an earlier last one";
    assert_eq!(desk.refused("08:10", reported), text);
    assert_eq!(desk.count("message"), 0);
}

#[test]
fn a_report_skips_the_days_without_school() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA], "I", am(27), pm(30)));
    assert_eq!(
        desk.ask("SELECT date FROM mark WHERE session = 'AM' ORDER BY 1").concat(),
        ["2026-11-27", "2026-11-30"].map(|date| Some(date.to_owned()))
    );
}

#[test]
fn a_report_ends_where_the_pupil_s_time_on_roll_does() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[LEAVER], "I", am(26), pm(30)));
    assert_eq!(desk.ask("SELECT max(date) FROM mark"), [[Some("2026-11-27".to_owned())]]);
}

#[test]
fn a_pupil_named_twice_is_reported_once() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA, AMIRA], "I", am(24), am(24)));
    assert_eq!(desk.count("evidence"), 1);
}

#[test]
fn a_day_coded_beforehand_meets_its_register() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA, LOUIS, SIOBHAN], "I", am(24), pm(24)));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/"), (SIOBHAN, "N")]));
    assert_eq!(desk.mark(AMIRA, am(24)), "I", "a reason beats the tutor's N");
    assert_eq!(desk.mark(LOUIS, am(24)), "/", "who was seen is here");
    assert_eq!(desk.contradiction(AMIRA, am(24)), None);
    let contradiction = desk.contradiction(LOUIS, am(24)).unwrap();
    assert_eq!(contradiction, "report I by Mrs Khan, mother, but tutor / 08:50");
    // Seen in the morning: the report says nothing of the afternoon any more.
    assert_eq!(
        desk.amended(LOUIS),
        [
            "Tue 24 Nov AM: I -> /: marked / (Mrs Kemp); /: tutor / 08:50 beats report I by Mrs Khan, mother",
            "Tue 24 Nov PM: I -> blank: marked / (Mrs Kemp); no mark yet: tutor / 08:50 ends report I by Mrs Khan, mother",
        ]
    );
}

#[test]
fn an_arrival_after_close_does_not_take_away_an_appointment() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA], "M", am(24), am(24)));
    desk.done("11:20", arrival(AMIRA, "11:20"));
    assert_eq!(desk.mark(AMIRA, am(24)), "M");
    assert!(desk.amendments(AMIRA).is_empty());
}

#[test]
fn the_watch_list_holds_a_pupil_until_its_last_day() {
    let mut desk = Desk::new();
    let watch = Watch { until: Some(november(25)), ..watched(ZOE, " back from illness ") };
    assert_eq!(desk.done("08:00", watch).text, "Br\u{fc}cke, Zoe\u{308} 9TR is on the watch list");
    let watched = |desk: &mut Desk, day| desk.store.day(november(day)).unwrap().watched;
    let entry = watched(&mut desk, 25).remove(0);
    assert_eq!((entry.pupil, entry.reason.as_str(), entry.who.as_str()), (ZOE, "back from illness", "S Marsh"));
    assert!(watched(&mut desk, 26).is_empty());
    assert_eq!(
        desk.done("09:00", Act::Unwatch(Unwatch { pupil: ZOE })).text,
        "Br\u{fc}cke, Zoe\u{308} 9TR is off the watch list"
    );
    assert!(watched(&mut desk, 24).is_empty());
}
