use proptest::prelude::*;

use super::*;
use crate::domain::act_id::ActId;
use crate::domain::facts::evidence::{Evidence, Fact};
use crate::domain::facts::message::Channel;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::facts::promise::{Promise, Promised};
use crate::domain::testing::*;

fn movement(pupil: PupilId, way: Way, at: &str, reason: &str) -> Movement {
    let act = ActId(100 + i64::from(at.as_bytes()[4]));
    Movement { act, pupil, time: time(at), way, reason: reason.to_owned(), code: None, who: "S Marsh".to_owned() }
}

fn promised(pupil: PupilId, said: &str, promise: Promise) -> Promised {
    let (by, words, who) = ("Mrs Khan, mother".to_owned(), String::new(), "S Marsh".to_owned());
    Promised { act: ActId(200), pupil, promise, by, words, channel: Channel::Telephone, who, at: at(said) }
}

/// A report of the morning, of an appointment where it has a time.
fn told(text: &str, recorded: &str, appointment: Option<&str>) -> Evidence {
    let (by, words) = ("Mrs Khan, mother".to_owned(), "dentist".to_owned());
    evidence(Fact::Report { code: code(text), time: appointment.map(time), by, words }, recorded)
}

fn of(day: &Day, pupil: PupilId, now: &str) -> BoardRow {
    board(day, Session::Am, time(now)).rows.into_iter().find(|row| row.pupil == pupil).unwrap()
}

#[test]
fn everybody_is_in_one_place_and_it_says_why() {
    let mut day = day(&[
        (AMIRA, Session::Am, "I"),
        (BILAL, Session::Am, "N"),
        (SIOBHAN, Session::Am, "/"),
        (ZOE, Session::Am, "B"),
        (LUKASZ, Session::Am, "X"),
    ]);
    day.evidence.insert((AMIRA, Session::Am), vec![told("I", "08:12", None)]);
    day.evidence.insert((ZOE, Session::Am), vec![plan("B", "Harbour AP")]);
    let rows = board(&day, Session::Am, time("09:30")).rows;
    let rows: Vec<_> = rows.iter().map(|row| (row.pupil, row.place, row.why.as_str())).collect();
    assert_eq!(
        rows,
        [
            (ZOE, Place::Explained, "Harbour AP, to be confirmed by 10:00"),
            (LOUIS, Place::NoMark, "register not in: Mrs Kemp"),
            (AMIRA, Place::Explained, "Mrs Khan, mother 08:12: dentist"),
            (BILAL, Place::Unexplained, "call 09:40"),
            (SIOBHAN, Place::In, ""),
            (SUKARNO, Place::NoMark, "register not in: Mr Rao"),
            (SANNE, Place::NoMark, "register not in: Mrs Kemp"),
            (LUKASZ, Place::NotRequired, "X was settled by an earlier rule; this one would say no mark yet"),
        ]
    );
    let counts = board(&day, Session::Am, time("09:30")).counts(&day, &Filter::default());
    let places: Vec<_> = counts.places.iter().map(|(place, count)| (place.describe(), *count)).collect();
    assert_eq!(places, [("in", 1), ("explained", 2), ("not required", 1), ("unexplained", 1), ("no mark", 3)]);
    assert_eq!((counts.roll, counts.shown, counts.codes), (8, 8, vec![(code("B"), 1), (code("I"), 1)]));
}

#[test]
fn who_is_out_is_due_back_by_the_word_given() {
    for (reason, due) in [
        ("dentist", None),
        ("dentist 10:15", None),
        ("dentist, back 11:30", Some("11:30")),
        ("dentist 10:15, back by about 11.30", Some("11:30")),
        ("hospital until 1200", Some("12:00")),
        ("back pain, left 10:05", None),
        ("dentist, back 09:30", None),
    ] {
        let mut day = day(&[(AMIRA, Session::Am, "/")]);
        day.movements.push(movement(AMIRA, Way::Out, "10:02", reason));
        let out = of(&day, AMIRA, "10:30").out.unwrap();
        assert_eq!((out.since, out.due), (time("10:02"), due.map(time)), "{reason}");
        assert_eq!(of(&day, AMIRA, "10:01").out, None, "not gone yet");
        assert_eq!(of(&day, AMIRA, "10:30").place, Place::In, "the mark of the session stands");
        assert_eq!(of(&day, AMIRA, "15:40").out, None, "school is over");
        day.movements.push(movement(AMIRA, Way::Back, "11:05", ""));
        assert_eq!(of(&day, AMIRA, "11:10").out, None, "back");
    }
}

#[test]
fn an_appointment_is_expected_until_the_pupil_is_seen_to_have_been() {
    let at_ten = |marks: &[_]| {
        let mut day = day(marks);
        day.evidence.insert((AMIRA, Session::Am), vec![told("M", "08:12", Some("10:00"))]);
        day
    };
    let mut here = at_ten(&[(AMIRA, Session::Am, "/")]);
    let expected = |day: &Day, now| of(day, AMIRA, now).expected.map(|one| (one.what, one.at, one.over));
    let appointment = |over| Some((Expectation::Appointment, time("10:00"), over));
    assert_eq!(expected(&here, "09:30"), appointment(-30));
    assert_eq!(expected(&here, "10:12"), appointment(12), "nobody has seen them go");
    here.movements.push(movement(AMIRA, Way::Out, "09:52", "dentist"));
    assert_eq!((expected(&here, "10:12"), of(&here, AMIRA, "10:12").out.is_some()), (None, true));
    here.movements.push(movement(AMIRA, Way::Back, "10:50", ""));
    assert_eq!(expected(&here, "11:00"), None);
    let mut away = at_ten(&[(AMIRA, Session::Am, "M")]);
    assert_eq!(expected(&away, "11:00"), appointment(60));
    away.evidence.get_mut(&(AMIRA, Session::Am)).unwrap().push(gate("11:10"));
    assert_eq!(expected(&away, "11:11"), None);
}

#[test]
fn who_is_on_the_way_is_expected_until_they_are_here() {
    let mut day = day(&[(BILAL, Session::Am, "N")]);
    day.promises = vec![promised(BILAL, "08:40", Promise::OnTheWay { by: time("09:00") })];
    let expected = of(&day, BILAL, "09:26").expected.unwrap();
    assert_eq!((expected.what, expected.at, expected.over), (Expectation::OnTheWay, time("09:00"), 26));
    day.evidence.insert((BILAL, Session::Am), vec![gate("09:27")]);
    assert_eq!(of(&day, BILAL, "09:28").expected, None);
    day.promises = vec![promised(BILAL, "08:40", Promise::RingBack { at: time("09:00") })];
    assert_eq!(of(&day, BILAL, "09:26").expected, None, "a call is no pupil");
}

#[test]
fn a_reason_that_ends_says_when_they_are_back() {
    for (until, back) in [
        ((today(), Session::Am), Some((today(), Session::Pm))),
        ((today(), Session::Pm), None),
        ((date(2026, 3, 5), Session::Pm), Some((date(2026, 3, 6), Session::Am))),
        ((date(2026, 3, 5), Session::Am), Some((date(2026, 3, 5), Session::Pm))),
        ((date(2026, 3, 6), Session::Pm), Some((date(2026, 3, 9), Session::Am))),
        ((date(2026, 3, 27), Session::Pm), Some((date(2026, 4, 13), Session::Am))),
    ] {
        let mut day = day(&[(AMIRA, Session::Am, "I")]);
        let until = SessionDate::new(until.0, until.1);
        day.evidence.insert((AMIRA, Session::Am), vec![Evidence { until, ..told("I", "08:12", None) }]);
        let back = back.map(|(date, session)| SessionDate::new(date, session));
        assert_eq!(of(&day, AMIRA, "09:30").back, back, "{until:?}");
    }
}

#[test]
fn a_filter_is_typed_as_it_is_said() {
    let mut day = day(&[(AMIRA, Session::Am, "I"), (SIOBHAN, Session::Am, "V")]);
    day.evidence.insert((AMIRA, Session::Am), vec![told("I", "08:12", None)]);
    let board = board(&day, Session::Am, time("09:30"));
    for (typed, title, shown) in [
        ("", "", 8),
        ("y8", "Y8", 4),
        ("Year8 i", "Y8 I", 1),
        ("8km", "8KM", 4),
        ("9tr v", "9TR V", 0),
        ("khan", "“khan”", 2),
        ("khan 8km", "8KM “khan”", 1),
        ("Mrs Khan", "“mrs khan”", 1),
        ("y13", "“y13”", 0),
    ] {
        let filter = Filter::parse(typed, &day);
        assert_eq!((filter.describe(&day.roll).as_str(), filter.is_open()), (title, typed.is_empty()));
        assert_eq!(board.counts(&day, &filter).shown, shown, "{typed}");
    }
    let both = Filter::parse("y8", &day).with(Filter::parse("khan i", &day));
    assert_eq!(both.describe(&day.roll), "Y8 I “khan”");
}

proptest! {
    /// On any day, at any minute, the places make up the roll, of everybody and of whom any filter admits; and they are the account's.
    #[test]
    fn the_places_make_up_the_roll(
        marks in prop::collection::vec(0_usize..14, 18),
        gone in prop::collection::vec((1_i64..9, 0_i64..400, any::<bool>()), 0..6),
        coming in prop::collection::vec((1_i64..9, 0_i64..200), 0..4),
        afternoon in any::<bool>(),
        minute in 0_i64..460,
        typed in prop::sample::select(vec!["", "y8", "9tr", "i", "khan", "y8 n", "zoe x"]),
    ) {
        let codes = ["N", "/", "I", "B", "V", "D", "L 9", "U 60", "O", "X", "Y1", "E", "M"];
        let marks: Vec<_> = marks
            .iter()
            .enumerate()
            .filter_map(|(n, code)| {
                let session = if n.is_multiple_of(2) { Session::Am } else { Session::Pm };
                Some((PupilId(n as i64 / 2 + 1), session, *codes.get(*code)?))
            })
            .collect();
        let mut day = day(&marks);
        let minutes = |minutes| time("08:00") + chrono::TimeDelta::minutes(minutes);
        for (n, (pupil, at, out)) in (300..).zip(gone) {
            let way = if out { Way::Out } else { Way::Back };
            let (act, reason) = (ActId(n), "dentist, back 11:30".to_owned());
            let who = "S Marsh".to_owned();
            day.movements.push(Movement { act, pupil: PupilId(pupil), time: minutes(at), way, reason, code: None, who });
        }
        day.movements.sort_by_key(|one| one.time);
        for (pupil, by) in coming {
            day.promises.push(promised(PupilId(pupil), "08:10", Promise::OnTheWay { by: minutes(by) }));
        }
        let session = if afternoon { Session::Pm } else { Session::Am };
        let now = minutes(minute);
        let board = board(&day, session, now);
        let everybody: Vec<PupilId> = board.rows.iter().map(|row| row.pupil).collect();
        prop_assert_eq!(everybody, day.on_roll().map(|pupil| pupil.id).collect::<Vec<_>>());
        for filter in [Filter::default(), Filter::parse(typed, &day)] {
            let counts = board.counts(&day, &filter);
            prop_assert_eq!(counts.places.iter().map(|(_, count)| count).sum::<usize>(), counts.shown);
            prop_assert_eq!(counts.codes.iter().map(|(_, count)| count).sum::<usize>(), counts.of(Part::At(Place::Explained)));
            prop_assert_eq!(counts.roll, day.on_roll().count());
        }
        let account = account(&day, session, now);
        let counts = board.counts(&day, &Filter::default());
        let of = |place| counts.of(Part::At(place));
        prop_assert_eq!(of(Place::In), account.seen.len());
        prop_assert_eq!(of(Place::Explained), account.explained.len());
        prop_assert_eq!(of(Place::NotRequired), account.not_required.len());
        prop_assert_eq!(of(Place::Unexplained), account.unexplained.len());
        prop_assert_eq!(of(Place::NoMark), account.blank.len());
        // Nobody is both out and expected, and nobody out is said to be here by the last word.
        for row in &board.rows {
            prop_assert!(row.out.is_none() || row.expected.is_none());
        }
    }
}
