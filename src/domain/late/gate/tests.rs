//! Who may be logged at the gate, what it would come to, and that no code but present, L and U is ever said there.

use proptest::prelude::*;

use super::*;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::people::pupil::PupilId;
use crate::domain::testing::*;

const AM: Session = Session::Am;

fn stands(day: &Day, id: PupilId, at: &str) -> Standing {
    standing(day, day.roll.pupil(id).unwrap(), time(at))
}

#[test]
fn everybody_who_may_stand_there_has_an_answer() {
    let mut day = day(&[
        (AMIRA, AM, "/"),
        (BILAL, AM, "I"),
        (SIOBHAN, AM, "D"),
        (LOUIS, AM, "N"),
        (SANNE, AM, "V"),
        (LUKASZ, AM, "L 9"),
    ]);
    day.evidence.insert((LUKASZ, AM), vec![gate("08:49")]);
    let notice = Standing::Notice;
    let barred = |text: &str| Standing::Barred(text.to_owned());
    for (id, answer) in [
        (AMIRA, notice("marked in already")),
        (BILAL, notice("reported absent: send to office")),
        (SIOBHAN, notice("at other school: send to office")),
        (SANNE, notice("due elsewhere: send to office")),
        (LOUIS, Standing::Free),
        (ZOE, Standing::Free),
        (LUKASZ, barred("already in 08:49, logged by S Marsh")),
        (LEAVER, barred("left 30 Jan 2026: send to office")),
    ] {
        assert_eq!(stands(&day, id, "09:12"), answer, "{id:?}");
    }
    assert_eq!(stands(&day, LUKASZ, "13:30"), Standing::Free, "the afternoon is another session");
    assert_eq!(stands(&day, ZOE, "15:10"), barred("school ended at 15:10: send to office"));

    let act = ActId(7);
    let who = "S Marsh".to_owned();
    let out = Movement {
        act,
        pupil: LUKASZ,
        time: time("10:20"),
        way: Way::Out,
        reason: "dentist".to_owned(),
        code: None,
        who,
    };
    day.movements.push(out);
    assert_eq!(stands(&day, LUKASZ, "11:00"), Standing::Out(time("10:20")));

    let roll = std::sync::Arc::make_mut(&mut day.roll);
    roll.pupils.iter_mut().find(|pupil| pupil.id == ZOE).unwrap().from = date(2026, 11, 30);
    assert_eq!(stands(&day, ZOE, "09:12"), barred("not on roll until 30 Nov 2026: send to office"));
    day.times = Some(times().ended_at(time("12:00")));
    assert_eq!(stands(&day, LOUIS, "11:59"), Standing::Free);
    assert_eq!(stands(&day, LOUIS, "12:00"), barred("school ended at 12:00: send to office"));
    (day.times, day.closed) = (None, Some("it is a weekend".to_owned()));
    assert_eq!(stands(&day, LOUIS, "09:12"), barred("there is no school today: it is a weekend"));
}

#[test]
fn what_contradicts_a_log_is_said_at_the_office_in_the_gate_s_words() {
    let mut day = day(&[(AMIRA, AM, "/"), (BILAL, AM, "I"), (SANNE, AM, "V"), (LOUIS, AM, "N")]);
    let (act, who, reason) = (ActId(7), "S Marsh".to_owned(), "dentist".to_owned());
    let out = Movement { act, pupil: AMIRA, time: time("10:20"), way: Way::Out, reason, code: None, who };
    day.movements.push(out);
    let known = |id: PupilId| day.roll.pupil(id).unwrap();
    for (id, at, session, text) in [
        (AMIRA, "11:00", AM, Some("out since 10:20: signs back in")),
        (AMIRA, "09:12", AM, Some("marked in already")),
        (BILAL, "09:12", AM, Some("reported absent")),
        (SANNE, "09:12", AM, Some("due elsewhere")),
        (LOUIS, "09:12", AM, None),
        (LOUIS, "09:12", Session::Pm, Some("counts for AM, not PM")),
        (LOUIS, "15:10", Session::Pm, Some("school ended at 15:10")),
    ] {
        assert_eq!(contradicts(&day, known(id), time(at), session).as_deref(), text, "{id:?} {at}");
    }
    for (id, at, contradicted) in
        [(AMIRA, "10:00", false), (AMIRA, "13:20", false), (LOUIS, "10:00", true), (BILAL, "13:20", true)]
    {
        assert_eq!(contradicts_leaving(&day, known(id), time(at)).is_some(), contradicted, "{id:?} {at}");
    }
}

#[test]
fn what_it_would_come_to_is_weighed_with_all_that_is_known() {
    let mut day = day(&[]);
    day.evidence.insert((BILAL, AM), vec![report("M", "08:15")]);
    day.evidence.insert((ZOE, AM), vec![report("I", "08:15")]);
    let would = |id: PupilId, at: &str, instead: Option<&str>| {
        let mark = would_be(&day, day.roll.pupil(id).unwrap(), time(at), instead.map(code));
        shown(mark, AM)
    };
    for (id, at, instead, text) in [
        (AMIRA, "08:39", None, "present"),
        (AMIRA, "08:57", None, "L 17 min"),
        (AMIRA, "09:12", None, "U 32 min"),
        (AMIRA, "09:12", Some("/"), "present"),
        (AMIRA, "09:12", Some("L"), "L 32 min"),
        (AMIRA, "08:57", Some("U"), "U 17 min"),
        (BILAL, "08:57", None, "L 17 min"),
        (BILAL, "09:12", None, "as the office has it"),
        (ZOE, "09:12", None, "U 32 min"),
    ] {
        assert_eq!(would(id, at, instead), text, "{id:?} {at} {instead:?}");
    }
}

#[test]
fn the_lates_of_the_half_term_are_counted_with_today_s() {
    let mut day = day(&[(AMIRA, AM, "L 9"), (BILAL, AM, "/")]);
    let tally = crate::domain::facts::late_step::Tally { half_term: 2, ..Default::default() };
    std::sync::Arc::make_mut(&mut day.lates_before).insert(AMIRA, tally);
    let nth = |id, session| nth_late(&day, day.roll.pupil(id).unwrap(), session);
    assert_eq!((nth(AMIRA, AM), nth(AMIRA, Session::Pm)), (3, 4));
    assert_eq!((nth(BILAL, AM), nth(BILAL, Session::Pm)), (1, 1));
}

#[test]
fn a_number_is_told_from_a_name_and_a_form() {
    for (typed, number) in [
        ("04412", true),
        ("0", true),
        ("8", true),
        ("B801200005001", true),
        ("b8", true),
        ("A80120000500B", true),
        ("adm-0441", true),
        ("8k", false),
        ("8km", false),
        ("9TR", false),
        ("mo 8km", false),
        ("mo 8", false),
        ("khan", false),
        ("o'neill-smith", false),
        ("", false),
        ("-", false),
    ] {
        assert_eq!(is_number(&roll(), typed), number, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_code_of_the_office_is_ever_shown(row in 0..60_usize, minute in 420_u32..1_000, reported in any::<bool>()) {
        let codes = codes();
        let row = &codes.rows()[row % codes.rows().len()];
        let mut day = day(&[(AMIRA, AM, row.code.as_str())]);
        if reported {
            day.evidence.insert((AMIRA, AM), vec![report(row.code.as_str(), "08:15")]);
        }
        let came = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let amira = day.roll.pupil(AMIRA).unwrap();
        let session = day.times.unwrap().arriving(came);
        let text = shown(would_be(&day, amira, came, None), session);
        prop_assert!(
            text == "present" || text.starts_with("L ") || text.starts_with("U ") || text == "as the office has it",
            "{}", text
        );
        let why = match standing(&day, amira, came) {
            Standing::Notice(why) => Some(why.to_owned()),
            Standing::Barred(why) => Some(why),
            Standing::Free | Standing::Out(_) => None,
        };
        if let Some(why) = why {
            prop_assert!(!why.contains(&row.meaning), "{}", why);
            prop_assert!(["marked in", "reported", "due ", "at other", "school ended"].iter().any(|said| why.starts_with(said)), "{}", why);
        }
    }
}
