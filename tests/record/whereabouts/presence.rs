//! Out of the building and back: once each, in order, and never a mark.

use firstbell::domain::act::{Act, Sight, SightGroup};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::Session;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingPupil};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::whereabouts::sweep::why_away;

use crate::support::*;

fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "/"), (LOUIS, "/")]));
    desk
}

fn where_is(desk: &mut Desk, pupil: PupilId) -> Option<String> {
    let day = desk.store.day(november(24)).unwrap();
    day.is_out(pupil).map(|out| format!("{} {}", out.time.format("%H:%M"), out.reason))
}

#[test]
fn out_and_back_leave_the_mark_as_it_is() {
    let mut desk = morning();
    let text = desk.done("10:20", moved(AMIRA, Way::Out, "10:20", "dentist")).text;
    assert_eq!(text, "Khan, Amira 8KM out 10:20, dentist");
    assert_eq!(where_is(&mut desk, AMIRA).as_deref(), Some("10:20 dentist"));
    assert_eq!(desk.done("11:40", moved(AMIRA, Way::Back, "11:40", "")).text, "Khan, Amira 8KM back 11:40");
    assert_eq!((where_is(&mut desk, AMIRA), desk.mark(AMIRA, am(24))), (None, "/".to_owned()));
    desk.sound();
}

#[test]
fn twice_the_same_way_is_refused_with_the_first() {
    let mut desk = morning();
    desk.done("10:20", moved(AMIRA, Way::Out, "10:20", "dentist"));
    let mut other = desk.another("J Ito");
    let again = other.refused("10:30", moved(AMIRA, Way::Out, "10:25", "ill"));
    assert_eq!(again, "Khan, Amira 8KM is out already: since 10:20, logged by S Marsh");
    let before = desk.refused("10:30", moved(AMIRA, Way::Back, "10:10", ""));
    assert_eq!(before, "Khan, Amira 8KM: 10:10 is before the last time logged");
    desk.done("10:40", moved(AMIRA, Way::Back, "10:40", ""));
    let twice = desk.refused("10:50", moved(AMIRA, Way::Back, "10:50", ""));
    assert_eq!(twice, "Khan, Amira 8KM is back already: since 10:40, logged by S Marsh");
}

#[test]
fn nobody_comes_back_who_has_not_gone_and_nobody_goes_without_a_reason() {
    let mut desk = morning();
    let back = desk.refused("10:20", moved(LOUIS, Way::Back, "10:20", ""));
    assert!(back.ends_with("has not gone out: log an arrival instead"), "{back}");
    assert_eq!(desk.refused("10:20", moved(LOUIS, Way::Out, "10:20", " ")), "say why the pupil goes out");
    let later = desk.refused("10:20", moved(LOUIS, Way::Out, "10:40", "dentist"));
    assert_eq!(later, "10:40 on Tue 24 Nov has not come yet");
}

#[test]
fn an_undone_way_out_never_was() {
    let mut desk = morning();
    let out: ActId = desk.done("10:20", moved(AMIRA, Way::Out, "10:20", "dentist")).act;
    desk.undo("10:21", out);
    assert_eq!(where_is(&mut desk, AMIRA), None);
    desk.refused("10:30", moved(AMIRA, Way::Back, "10:30", ""));
    desk.done("10:31", moved(AMIRA, Way::Out, "10:31", "sent home ill"));
    desk.sound();
}

#[test]
fn whoever_has_come_through_the_gate_again_is_out_no_longer() {
    let mut desk = morning();
    desk.done("10:20", moved(AMIRA, Way::Out, "10:20", "dentist"));
    desk.done("13:30", came(AMIRA, "13:30"));
    assert_eq!(where_is(&mut desk, AMIRA), None);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(why_away(&day, AMIRA, Session::Pm), None, "a sweep looks for her");
    let back = desk.refused("13:40", moved(AMIRA, Way::Back, "13:40", ""));
    assert_eq!(back, "Khan, Amira 8KM is back already: since 13:30, logged by S Marsh");
    let before = desk.refused("13:40", moved(AMIRA, Way::Out, "13:20", "collected"));
    assert_eq!(before, "Khan, Amira 8KM: 13:20 is before the last time logged");
    desk.done("14:10", moved(AMIRA, Way::Out, "14:10", "collected"));
    assert_eq!(where_is(&mut desk, AMIRA).as_deref(), Some("14:10 collected"));
    desk.sound();
}

#[test]
fn a_register_speaks_of_its_own_time_though_the_pupil_has_changed_groups_since() {
    let mut desk = Desk::new();
    desk.done("08:30", came(AMIRA, "08:30"));
    desk.done("08:45", moved(AMIRA, Way::Out, "08:45", "sent home ill"));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    assert_eq!(desk.mark(AMIRA, am(24)), "I");
    let amira = incoming().pupils.into_iter().map(|(_, row)| row).find(|row| row.key == key("0001")).unwrap();
    let pupils = placed([IncomingPupil { group: Some("9TR".to_owned()), ..amira }]);
    desk.merge(&Incoming { pupils, ..Incoming::default() });
    desk.sound();
}

#[test]
fn who_is_seen_at_a_weekend_within_a_report_has_no_mark_there() {
    let mut desk = Desk::new();
    desk.done("08:00", report(&[AMIRA], "I", am(20), pm(24)));
    let (date, time) = (november(22), "10:00:00".parse().unwrap());
    let fair = desk.done("08:30", Act::Sight(Sight { pupil: AMIRA, date, time, seen: true, place: "fair".to_owned() }));
    assert_eq!([desk.mark(AMIRA, am(22)), desk.mark(AMIRA, pm(22))], ["blank", "blank"]);
    assert_eq!(desk.count("mark WHERE date = '2026-11-22'"), 0);
    desk.undo("08:31", fair.act);
    assert_eq!(desk.count("mark WHERE date = '2026-11-22'"), 0);
}

#[test]
fn who_is_sent_home_ill_on_a_day_that_closed_has_no_mark_there_whatever_is_taken_back() {
    let mut desk = Desk::new();
    let (from, until) = (november(24), november(24));
    let snow = IncomingDates::Closed { from, until, kind: Closure::Unexpected, name: "Snow".to_owned() };
    desk.merge(&Incoming { calendar: placed([snow]), ..Incoming::default() });
    let left = desk.done("10:05", moved(AMIRA, Way::Out, "10:05", "sent home ill"));
    let undone = desk.undo("10:06", left.act);
    desk.undo("10:07", undone.act);
    assert_eq!(where_is(&mut desk, AMIRA).as_deref(), Some("10:05 sent home ill"));
    assert_eq!(desk.count("mark"), 0);
}

fn seen_all(group: &str, pupils: &[PupilId], but: &[PupilId], at: &str) -> Act {
    let (date, time) = (november(24), local(november(24), at).time());
    let (group, place) = (group.to_owned(), "roll call 10:42".to_owned());
    let since = local(date, "10:42").time();
    Act::SightGroup(SightGroup { group, pupils: pupils.to_vec(), but: but.to_vec(), date, time, place, since })
}

fn sighted(desk: &mut Desk) -> Vec<(PupilId, bool)> {
    desk.store.day(november(24)).unwrap().sightings.iter().map(|one| (one.pupil, one.seen)).collect()
}

#[test]
fn a_group_is_seen_in_one_act_and_taken_back_by_one_undo() {
    let mut desk = morning();
    let done = desk.done("10:43", seen_all("8KM", &[AMIRA, LOUIS], &[SIOBHAN], "10:43"));
    assert_eq!(done.text, "2 of 8KM seen, all but O'Neill-Smith, Siobhan; roll call 10:42");
    assert_eq!((done.at_gate.as_deref(), &done.but), (Some(done.text.as_str()), &None));
    assert_eq!(sighted(&mut desk), [(AMIRA, true), (LOUIS, true)]);
    let undone = desk.undo("10:44", done.act);
    assert_eq!(sighted(&mut desk), []);
    desk.undo("10:45", undone.act);
    assert_eq!(sighted(&mut desk), [(AMIRA, true), (LOUIS, true)]);
    desk.sound();
}

#[test]
fn what_another_desk_says_of_the_group_meanwhile_stands_and_is_named() {
    let mut desk = morning();
    let mut other = desk.another("J Ito");
    let not_seen = Sight {
        pupil: AMIRA,
        date: november(24),
        time: local(november(24), "10:43").time(),
        seen: false,
        place: "roll call 10:42".to_owned(),
    };
    other.done("10:43", Act::Sight(not_seen));
    let done = desk.done("10:43", seen_all("8KM", &[AMIRA, LOUIS, LOUIS], &[], "10:43"));
    assert_eq!(done.text, "1 of 8KM seen; roll call 10:42");
    assert_eq!(done.but.as_deref(), Some("Khan, Amira: said not to be seen 10:43 by J Ito"));
    assert_eq!((done.pupils, sighted(&mut desk)), (vec![LOUIS], vec![(AMIRA, false), (LOUIS, true)]));
    let again = other.refused("10:44", seen_all("8KM", &[LOUIS], &[AMIRA], "10:44"));
    let name = other.store.roll().pupil(LOUIS).unwrap().list_name();
    assert_eq!(again, format!("nobody of 8KM is left: {name}: seen already 10:43 by S Marsh"));
    // Another roll call asks anew.
    let mut later = seen_all("8KM", &[AMIRA, LOUIS], &[], "10:50");
    if let Act::SightGroup(group) = &mut later {
        group.place = "roll call 10:50".to_owned();
    }
    assert_eq!(other.done("10:50", later).pupils, [AMIRA, LOUIS]);
    desk.sound();
}
