//! Promises: kept without a code, refused when they cannot be kept, and taken back.

use firstbell::domain::absence::unexplained::unexplained;
use firstbell::domain::act::{Act, LogPromise};
use firstbell::domain::calendar::session::Session;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::facts::promise::Promise;
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

fn time(text: &str) -> chrono::NaiveTime {
    local(november(24), text).time()
}

fn promise(pupils: &[PupilId], promise: Promise, by: &str) -> Act {
    let (by, words) = (by.to_owned(), "missed the bus".to_owned());
    Act::LogPromise(LogPromise {
        pupils: pupils.to_vec(),
        at: am(24),
        promise,
        by,
        words,
        channel: Channel::Answerphone,
    })
}

fn on_the_way(by: &str) -> Promise {
    Promise::OnTheWay { by: time(by) }
}

/// How far Amira's follow-up has come.
fn standing(desk: &mut Desk, now: &str) -> String {
    let day = desk.store.day(november(24)).unwrap();
    let rows = unexplained(&day, Session::Am, time(now));
    rows.iter().find(|row| row.pupil == AMIRA).unwrap().standing.describe()
}

#[test]
fn a_promise_leaves_the_mark_as_it_is_and_is_kept_with_who_told_it() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")]));
    assert_eq!(standing(&mut desk, "09:12"), "call 09:10");
    let receipt = desk.done("09:27", promise(&[AMIRA, LOUIS], on_the_way("09:57"), " Mrs Khan, mother "));
    assert_eq!(receipt.text, "Khan, Amira 8KM and 1 more: on the way, here by 09:57");
    assert_eq!(standing(&mut desk, "09:30"), "on the way since 09:27");
    let day = desk.store.day(november(24)).unwrap();
    let kept: Vec<_> = day.promises.iter().map(|one| (one.pupil, one.describe(), one.who.as_str())).collect();
    let text = "on the way, here by 09:57, says Mrs Khan, mother: missed the bus".to_owned();
    assert_eq!(kept, [(AMIRA, text.clone(), "S Marsh"), (LOUIS, text, "S Marsh")]);
    assert_eq!(day.promises[0].channel, Channel::Answerphone);
    assert_eq!(day.mark(AMIRA, Session::Am).settled, Some(mark("N")));
    let entry_text = desk.store.day_log(november(24)).unwrap().pop().unwrap().text;
    assert!(
        entry_text.starts_with("Khan, Amira 8KM and ") && entry_text.ends_with(": on the way, here by 09:57"),
        "{entry_text}"
    );
}

#[test]
fn a_promise_is_taken_back_and_done_again() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    let act = desk.done("09:27", promise(&[AMIRA], Promise::RingBack { at: time("10:30") }, "Mrs Khan")).act;
    assert_eq!(standing(&mut desk, "09:30"), "call back 10:30");
    let back = desk.undo("09:31", act).act;
    assert_eq!(standing(&mut desk, "09:32"), "call 09:10");
    desk.undo("09:33", back);
    assert_eq!(standing(&mut desk, "09:34"), "call back 10:30");
}

#[test]
fn a_promise_that_cannot_be_kept_is_refused_with_the_cure() {
    let mut desk = Desk::new();
    let past = desk.refused("09:27", promise(&[AMIRA], on_the_way("09:20"), "Mrs Khan"));
    assert_eq!(past, "09:20 is past: give a time that is still to come");
    let nobody = desk.refused("09:27", promise(&[AMIRA], on_the_way("09:57"), " "));
    assert_eq!(nobody, "say who told us: the record must show it");
    let Act::LogPromise(LogPromise { pupils, promise, by, words, channel, .. }) =
        promise(&[AMIRA], on_the_way("09:57"), "x")
    else {
        unreachable!()
    };
    let tomorrow = Act::LogPromise(LogPromise { pupils, at: am(25), promise, by, words, channel });
    assert_eq!(desk.refused("09:27", tomorrow), "a promise is of today: of another day, report the absence");
}
