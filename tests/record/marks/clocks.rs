//! The school's clock, whatever the server's: summer time, and clocks that are set back.

use chrono::{NaiveDate, TimeZone, Utc};
use firstbell::domain::calendar::session::{Session, SessionDate};

use crate::support::*;

#[test]
fn in_summer_the_school_is_an_hour_ahead_of_the_journal() {
    let mut desk = Desk::new();
    let date = NaiveDate::from_ymd_opt(2026, 10, 7).unwrap();
    let now = Utc.with_ymd_and_hms(2026, 10, 7, 7, 57, 41).unwrap();
    desk.store.perform(&desk.officer, now, &came_on(date, AMIRA, "08:57").into()).unwrap();
    assert_eq!(desk.mark(AMIRA, SessionDate::new(date, Session::Am)), "L 17 min");
    let journal = desk.ask("SELECT instant, about FROM act WHERE kind = 'arrival'").concat();
    assert_eq!(journal, ["2026-10-07T07:57:41Z", "2026-10-07"].map(|text| Some(text.to_owned())));
    let day = desk.store.day(date).unwrap();
    let evidence = day.evidence_of(day.roll.pupil(AMIRA).unwrap(), Session::Am);
    assert_eq!(evidence[0].at, date.and_hms_opt(8, 57, 41).unwrap());
}

#[test]
fn just_before_midnight_in_summer_it_is_still_the_school_s_day() {
    let mut desk = Desk::new();
    let date = NaiveDate::from_ymd_opt(2026, 10, 8).unwrap();
    // 00:30 on the 8th at school, 23:30 on the 7th in UTC.
    let now = Utc.with_ymd_and_hms(2026, 10, 7, 23, 30, 0).unwrap();
    let at = SessionDate::new(date, Session::Am);
    let receipt = desk.store.perform(&desk.officer, now, &report(&[AMIRA], "I", at, at)).unwrap();
    assert_eq!(receipt.text, "Khan, Amira 8KM: I reported, today, AM only");
}

#[test]
fn acts_count_in_the_order_they_were_done_though_the_clock_was_set_back() {
    let mut desk = Desk::new();
    let taken = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    let first = desk.done("09:30", amend(AMIRA, am(24), "I", "mother rang", taken)).act;
    desk.done("09:20", amend(AMIRA, am(24), "M", "it was the dentist", first));
    assert_eq!(desk.mark(AMIRA, am(24)), "M");
}
