//! Where the pupil is by the last event, and what explains that they are not here.

use super::support::*;
use crate::domain::code::OnSite;
use crate::domain::testing::*;

#[test]
fn the_last_word_says_where_the_pupil_is_and_since_when() {
    let (yes, no, unknown) = (OnSite::Yes, OnSite::No, OnSite::Unknown);
    let present = || registered(AM, "/", "08:50");
    let n_in_pm = || registered(PM, "N", "13:30");
    type Found = Option<(OnSite, &'static str)>;
    let cases: Vec<(Vec<Given>, Found)> = vec![
        (vec![], None),
        (vec![registered(AM, "N", "08:50")], None),
        (vec![reported("I", "08:10")], None),
        (vec![present()], Some((yes, "08:50"))),
        (vec![registered(AM, "L 5", "08:50")], Some((yes, "08:45"))),
        (vec![present(), out("10:00", "dentist", Some("M"))], Some((no, "10:00"))),
        (vec![present(), out("10:00", "dentist", Some("M")), back("11:30")], Some((yes, "11:30"))),
        (vec![present(), registered(PM, "N", "13:30")], Some((unknown, "13:30"))),
        (vec![present(), in_lesson("11:00", "N")], Some((unknown, "11:00"))),
        (vec![present(), in_lesson("11:00", "N"), sighted("11:20", true)], Some((yes, "11:20"))),
        (vec![present(), sighted("11:20", false)], Some((unknown, "11:20"))),
        (vec![reported("D", "08:10"), answered(AM, true, "09:30")], Some((no, "09:30"))),
        (vec![reported("D", "08:10"), answered(AM, true, "09:30"), late("10:40")], Some((yes, "10:40"))),
        (
            vec![reported("D", "08:10"), answered(AM, true, "09:30"), answered(AM, false, "10:20")],
            Some((unknown, "10:20")),
        ),
        (
            vec![reported("W", "08:10"), answered(AM, true, "09:30"), answered(PM, false, "13:45")],
            Some((unknown, "13:45")),
        ),
        // A pupil who came through our gate is here until they go out, whatever a provider says.
        (vec![reported("W", "08:10"), late("09:40"), answered(AM, true, "10:20")], Some((yes, "09:40"))),
        (
            vec![
                reported("W", "08:10"),
                late("09:40"),
                out("09:50", "to the garage", None),
                answered(AM, true, "10:20"),
            ],
            Some((no, "10:20")),
        ),
        (vec![reported("V", "08:10"), present(), answered(AM, true, "10:00")], Some((no, "10:00"))),
        (vec![reported("W", "08:10"), late("09:40"), answered(PM, true, "13:45")], Some((no, "13:45"))),
        (vec![reported("W", "08:10"), answered(AM, true, "09:30"), n_in_pm()], Some((no, "09:30"))),
        (vec![present(), out("10:00", "collected", None), n_in_pm()], Some((no, "10:00"))),
        (vec![registered(AM, "N", "08:50"), decided(AM, "/", "09:20")], Some((yes, "09:20"))),
        (vec![registered(AM, "N", "08:50"), decided(AM, "/", "14:00")], Some((yes, "08:40"))),
        // What a register thought to see the office can take back; that somebody came through the gate it cannot.
        (vec![present(), decided(AM, "I", "10:00")], None),
        (vec![late("08:57"), decided(AM, "O", "10:00")], Some((yes, "08:57"))),
        // A code told of a later session, or of the whole day, sends nobody home.
        (vec![present(), reported_for(PM, "M", "08:10")], Some((yes, "08:50"))),
        // A lesson that begins while the register is open is taken after it; a register that came late was open when it was taken.
        (vec![registered(AM, "/", "09:06"), in_lesson("09:00", "N")], Some((unknown, "09:06"))),
        (vec![registered(AM, "/", "11:30"), out("10:00", "dentist", None)], Some((no, "10:00"))),
    ];
    for (facts, expected) in cases {
        let found = with_line(&facts, None, |line| {
            line.whereabouts().map(|found| (found.on_site, found.since.format("%H:%M").to_string()))
        });
        assert_eq!(found, expected.map(|(on_site, since)| (on_site, since.to_owned())), "{facts:?}");
    }
}

#[test]
fn a_mark_speaks_where_nobody_has_seen_the_pupil() {
    for (facts, stands, expected) in [
        (vec![], "I", OnSite::No),
        (vec![], "N", OnSite::Unknown),
        (vec![registered(AM, "O", "08:50")], "O", OnSite::Unknown),
        (vec![registered(AM, "O", "08:50"), decided(AM, "O", "09:10")], "O", OnSite::No),
        (vec![reported("D", "08:10"), answered(AM, false, "10:20")], "D", OnSite::Unknown),
        (vec![reported("V", "08:10")], "V", OnSite::No),
    ] {
        let found = with_line(&facts, None, |line| line.on_site_by_mark(AM, mark(stands)));
        assert_eq!(found, expected, "{facts:?}");
    }
}

#[test]
fn an_absence_is_explained_by_what_still_speaks() {
    let explains = |facts: &[Given], session, at: &str| with_line(facts, None, |line| line.explains(session, time(at)));
    for (facts, at, expected) in [
        (vec![reported("M", "08:10")], "11:00", true),
        (vec![reported("M", "08:10"), late("10:15")], "11:00", false),
        (vec![reported("C2", "08:10"), late("10:15")], "11:00", true),
        (vec![reported("G", "08:10")], "11:00", false),
        (vec![out("10:00", "dentist", Some("M"))], "11:00", true),
        (vec![out("10:00", "dentist", Some("M")), back("10:30")], "11:00", false),
        (vec![out("10:00", "collected", None)], "11:00", false),
        (vec![decided(AM, "I", "09:30")], "11:00", true),
        (vec![decided(AM, "I", "09:30"), late("10:15")], "11:00", false),
        (vec![], "11:00", false),
    ] {
        assert_eq!(explains(&facts, AM, at), expected, "{facts:?}");
    }
}
