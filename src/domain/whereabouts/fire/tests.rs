//! Who is on the list, why, and how it prints.

use hashbrown::HashSet;
use proptest::prelude::*;

use super::*;
use crate::domain::act_id::ActId;
use crate::domain::day::SessionMark;
use crate::domain::facts::evidence::Evidence;
use crate::domain::facts::lesson::{LessonId, LessonMark, Period};
use crate::domain::facts::presence::{Confirmation, Movement, Sighting, Way};
use crate::domain::facts::register::Taken;
use crate::domain::facts::search::{FoundWhere, Search, SearchEnd, SearchOutcome};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::testing::*;

/// What is told of a pupil's day.
#[derive(Debug)]
enum Given {
    /// A register's mark, handed in then.
    Register(Session, &'static str, &'static str),
    /// Any other evidence.
    Fact(Session, Evidence),
    Move(Way, &'static str),
    Sight(bool, &'static str),
    /// The mark in the first lesson of a period.
    Lesson(&'static str, &'static str),
    Confirm(bool),
    /// A search that found the pupil elsewhere then.
    Found(&'static str),
}

use Given::*;

const AM: Session = Session::Am;
const PM: Session = Session::Pm;

fn add(day: &mut Day, pupil: PupilId, all: Vec<Given>) {
    for one in all {
        let (act, who) = (ActId(60), "S Marsh".to_owned());
        match one {
            Register(session, marked, taken) => {
                let group = day.roll.pupil(pupil).and_then(|pupil| pupil.group).unwrap();
                let act = ActId(if session == AM { 40 } else { 90 });
                let handed = Taken { act, at: at(taken), by: TakenBy::Teacher("Mrs Kemp".to_owned()) };
                day.handed_in.insert(group, session, handed);
                let stands = SessionMark { tutor: Some(mark(marked)), taken: act, ..SessionMark::default() };
                day.marks.insert((pupil, session), stands);
            }
            Fact(session, evidence) => {
                day.evidence.entry((pupil, session)).or_default().push(only(session, evidence));
            }
            Move(way, moved) => {
                let (time, reason, code) = (time(moved), "dentist".to_owned(), None);
                day.movements.push(Movement { act, pupil, time, way, reason, code, who });
            }
            Sight(seen, looked) => {
                day.sightings.push(Sighting { act, pupil, time: time(looked), seen, place: "library".to_owned(), who });
            }
            Lesson(period, marked) => {
                let id = LessonId(period.parse().unwrap());
                let class = "8KM Maths".to_owned();
                day.lessons.push(crate::domain::facts::lesson::Lesson {
                    id,
                    period: period.to_owned(),
                    class,
                    teacher: None,
                    room: None,
                    chases: 0,
                });
                std::sync::Arc::make_mut(&mut day.lesson_marks).push(LessonMark {
                    lesson: id,
                    pupil,
                    mark: Some(mark(marked)),
                    act,
                });
            }
            Found(over) => {
                let (words, at, opened) = ("bus station".to_owned(), at(over), at("08:00"));
                let (outcome, found) = (SearchOutcome::Found, Some(FoundWhere::Elsewhere));
                let ended = Some(SearchEnd { outcome, found, words, at, who: who.clone() });
                let (last_seen, notes) = ("gate".to_owned(), Vec::new());
                day.searches.push(Search { act, pupil, opened, who, last_seen, notes, ended });
            }
            Confirm(there) => day.confirmations.push(Confirmation {
                act,
                pupil,
                session: AM,
                there,
                said_by: "Mr Hall".to_owned(),
                who,
                at: at("09:30"),
            }),
        }
    }
    let settled = {
        let line = Timelines::whole(day).of(day.roll.pupil(pupil).unwrap());
        Session::BOTH.map(|session| (session, line.mark(session).mark))
    };
    for (session, mark) in settled {
        if mark.is_some() {
            day.marks.entry((pupil, session)).or_default().settled = mark;
        }
    }
}

fn find(list: &FireList, pupil: PupilId) -> &FirePupil {
    let listed = list.groups.iter().flat_map(|group| &group.pupils);
    listed.chain(&list.elsewhere).find(|one| one.pupil == pupil).unwrap()
}

#[test]
fn the_newest_sign_says_where_somebody_is() {
    let (yes, no, unknown) = (OnSite::Yes, OnSite::No, OnSite::Unknown);
    let present = || Register(AM, "/", "08:50");
    let cases: Vec<(&str, Vec<Given>, OnSite, &str)> = vec![
        // The morning by its marks.
        ("08:30", vec![], unknown, "no mark yet"),
        ("10:42", vec![], unknown, "no mark yet"),
        ("10:42", vec![present()], yes, "/ 08:50 register"),
        ("10:42", vec![Register(AM, "N", "08:50")], unknown, "N"),
        ("08:35", vec![Fact(AM, gate("08:31"))], yes, "/ 08:31 gate"),
        ("10:42", vec![Register(AM, "N", "08:50"), Fact(AM, gate("08:57"))], yes, "L 08:57 gate"),
        ("10:42", vec![Fact(AM, gate("09:31"))], yes, "U 09:31 gate"),
        ("10:42", vec![Fact(AM, report("M", "08:15")), Fact(AM, gate("09:40"))], yes, "09:40 gate"),
        ("10:42", vec![Register(AM, "N", "08:50"), Fact(AM, office("/", "10:00"))], yes, "/ office"),
        ("10:42", vec![Fact(AM, gate("09:31")), Fact(AM, office("O", "10:00"))], yes, "09:31 gate"),
        ("10:42", vec![Register(AM, "N", "08:50"), Fact(AM, report("I", "09:20"))], no, "I"),
        // Elsewhere by arrangement, unless seen, or not there either.
        ("10:42", vec![Fact(AM, plan("V", "museum trip"))], no, "V"),
        ("10:42", vec![Fact(AM, plan("D", "Harbour AP"))], no, "D"),
        ("10:42", vec![Fact(AM, plan("D", "Harbour AP")), Confirm(true)], no, "with Mr Hall 09:30"),
        ("10:42", vec![Fact(AM, plan("D", "Harbour AP")), Confirm(false)], unknown, "not there, says Mr Hall"),
        ("10:42", vec![Fact(AM, plan("V", "museum trip")), Sight(true, "10:30")], yes, "seen 10:30, library"),
        ("10:42", vec![Fact(AM, plan("V", "museum trip")), Lesson("1", "/")], yes, "period 1 8KM Maths"),
        ("10:42", vec![Fact(AM, report("I", "08:15")), Fact(AM, gate("08:57"))], yes, "L 08:57 gate"),
        // Found in town: perhaps brought back since.
        ("10:42", vec![Register(AM, "N", "08:50"), Found("10:12")], unknown, "found elsewhere 10:12; N"),
        ("10:10", vec![Register(AM, "N", "08:50"), Found("10:12")], unknown, "N"),
        ("10:42", vec![Register(AM, "N", "08:50"), Found("10:12"), Fact(AM, gate("10:30"))], yes, "U 10:30 gate"),
        // Out and back.
        ("10:42", vec![present(), Move(Way::Out, "09:30")], no, "out 09:30"),
        ("09:29", vec![present(), Move(Way::Out, "09:30")], yes, "/ 08:50 register"),
        ("10:42", vec![present(), Move(Way::Out, "09:30"), Move(Way::Back, "10:15")], yes, "back 10:15"),
        ("10:42", vec![present(), Move(Way::Out, "09:30"), Sight(true, "10:15")], yes, "seen 10:15, library"),
        ("10:42", vec![present(), Move(Way::Out, "09:30"), Lesson("2", "/")], yes, "period 2 8KM Maths"),
        ("10:42", vec![present(), Move(Way::Out, "09:55"), Lesson("2", "/")], no, "out 09:55"),
        // At N or blank, but seen; seen by nobody.
        ("10:42", vec![Sight(true, "08:20")], yes, "seen 08:20, library"),
        ("10:42", vec![Register(AM, "N", "08:50"), Lesson("1", "/")], yes, "period 1 8KM Maths"),
        ("10:42", vec![Register(AM, "N", "08:50"), Lesson("1", "N")], unknown, "N"),
        ("10:42", vec![Register(AM, "N", "08:50"), Sight(false, "10:30")], unknown, "NOT SEEN 10:30; N"),
        ("10:42", vec![present(), Sight(false, "10:30")], unknown, "NOT SEEN 10:30; / 08:50 register"),
        ("10:42", vec![present(), Sight(false, "10:30"), Sight(true, "10:40")], yes, "seen 10:40, library"),
        ("10:42", vec![Fact(AM, report("I", "08:15")), Sight(false, "10:30")], no, "I"),
        // From the morning into the afternoon.
        ("13:25", vec![present()], yes, "/ 08:50 register"),
        ("13:25", vec![present(), Move(Way::Out, "11:30")], no, "out 11:30"),
        ("13:19", vec![Fact(AM, report("I", "08:15"))], no, "I"),
        ("13:25", vec![Fact(AM, report("I", "08:15"))], unknown, "away this morning, no mark since"),
        ("13:25", vec![Register(AM, "N", "08:50")], unknown, "N"),
        ("13:25", vec![Register(AM, "N", "08:50"), Lesson("3", "/")], yes, "period 3 8KM Maths"),
        ("13:45", vec![present(), Register(PM, "\\", "13:26")], yes, "\\ 13:26 register"),
        ("13:45", vec![present(), Register(PM, "N", "13:26")], unknown, "N 13:26; / 08:50 register"),
        ("13:45", vec![present(), Register(PM, "N", "13:26"), Lesson("5", "/")], yes, "period 5 8KM Maths"),
        // A code for a later session sends nobody home.
        ("13:45", vec![present(), Fact(PM, plan("V", "match"))], yes, "/ 08:50 register"),
        ("13:45", vec![present(), Fact(PM, report("M", "08:15"))], yes, "/ 08:50 register"),
        (
            "13:45",
            vec![present(), Fact(PM, report("M", "08:15")), Register(PM, "N", "13:26")],
            unknown,
            "N 13:26; / 08:50 register",
        ),
        ("13:45", vec![present(), Fact(PM, report("M", "08:15")), Move(Way::Out, "12:00")], no, "out 12:00"),
        ("13:45", vec![present(), Fact(PM, report("I", "12:50"))], yes, "/ 08:50 register"),
        // Away all day, it was said, of somebody who had come.
        (
            "13:45",
            vec![Fact(AM, report("I", "09:20")), Fact(AM, gate("08:57")), Fact(PM, report("I", "09:20"))],
            yes,
            "L 08:57 gate",
        ),
        ("13:45", vec![present(), Move(Way::Out, "11:30"), Register(PM, "\\", "13:26")], yes, "\\ 13:26 register"),
        ("14:45", vec![Register(PM, "\\", "13:26"), Move(Way::Out, "14:00")], no, "out 14:00"),
        ("14:45", vec![Fact(AM, report("I", "08:15")), Fact(PM, gate("13:50"))], yes, "U 13:50 gate"),
    ];
    for (now, all, on_site, why) in cases {
        let mut day = day(&[]);
        add(&mut day, AMIRA, all);
        let list = super::on_site(&day, time(now));
        let one = find(&list, AMIRA);
        assert_eq!((one.on_site, one.why.as_str()), (on_site, why), "at {now}");
    }
}

#[test]
fn a_day_without_school_has_nobody_but_who_is_seen() {
    let mut day = Day { times: None, ..day(&[]) };
    add(&mut day, AMIRA, vec![Sight(true, "10:30")]);
    let list = super::on_site(&day, time("10:42"));
    assert_eq!((list.total(), list.unknown(), list.elsewhere.len()), (1, 0, 7));
}

#[test]
fn a_closure_sends_nobody_home() {
    let mut day = Day { times: None, closed: Some("Boiler".to_owned()), ..day(&[]) };
    add(&mut day, AMIRA, vec![Register(AM, "/", "08:50")]);
    add(&mut day, LOUIS, vec![Register(AM, "/", "08:50"), Move(Way::Out, "10:30")]);
    let list = super::on_site(&day, time("10:42"));
    assert_eq!((find(&list, AMIRA).on_site, find(&list, LOUIS).on_site), (OnSite::Yes, OnSite::No));
}

#[test]
fn once_the_day_is_over_only_those_seen_since_are_left() {
    let mut day = day(&[]);
    add(&mut day, AMIRA, vec![Register(PM, "\\", "13:25")]);
    add(&mut day, LOUIS, vec![Register(PM, "\\", "13:25"), Sight(true, "15:30")]);
    let at = |now: &str| super::on_site(&day, time(now));
    assert_eq!((at("15:09").over, at("15:09").total()), (None, 8));
    let over = at("15:40");
    assert_eq!((over.over, over.total()), (Some(time("15:10")), 1));
    assert_eq!((find(&over, LOUIS).on_site, find(&over, LOUIS).why.as_str()), (OnSite::Yes, "seen 15:30, library"));
    assert_eq!(find(&over, AMIRA).why, "school ended 15:10");
    assert!(over.text(&day.roll, None).contains("School ended at 15:10: only those logged in since are listed"));
}

#[test]
fn after_the_day_s_end_no_code_is_told_to_whoever_is_not_told_codes() {
    let mut day = day(&[]);
    let roll = std::sync::Arc::make_mut(&mut day.roll);
    roll.school.periods.push(Period { name: "7".to_owned(), starts: time("15:20"), ends: time("16:20") });
    add(&mut day, AMIRA, vec![Register(PM, "\\", "13:25"), Lesson("7", "/")]);
    for role in [Role::Officer, Role::Gate] {
        assert_eq!(find(&super::on_site_for(&day, time("15:40"), role), AMIRA).why, "period 7 8KM Maths");
    }
}

#[test]
fn groups_stand_in_their_order_and_who_has_none_stands_last() {
    let loose = crate::domain::people::pupil::Pupil { group: None, ..pupil(1, "Khan", "Amira", G8KM) };
    let roll = roll_of(vec![loose, pupil(2, "Khan", "Bilal", G9TR), pupil(4, "D\u{2019}Arcy", "Louis", G8KM)]);
    let day = Day { roll: std::sync::Arc::new(roll), ..day(&[(BILAL, AM, "/"), (LOUIS, AM, "I")]) };
    let list = super::on_site(&day, time("10:42"));
    let groups: Vec<_> = list.groups.iter().map(|one| (one.name.as_str(), one.on_site(), one.unknown())).collect();
    assert_eq!(groups, [("9TR", 1, 0), ("No group", 0, 1)]);
    assert_eq!(list.elsewhere.iter().map(|one| one.pupil).collect::<Vec<_>>(), [LOUIS]);
}

fn a_morning() -> Day {
    let mut day = day(&[]);
    for (pupil, code) in [(AMIRA, "/"), (LOUIS, "N"), (SIOBHAN, "/"), (BILAL, "/"), (ZOE, "/")] {
        add(&mut day, pupil, vec![Register(AM, code, "08:50")]);
    }
    add(&mut day, SANNE, vec![Fact(AM, gate("09:31"))]);
    add(&mut day, SIOBHAN, vec![Move(Way::Out, "10:05")]);
    add(&mut day, LUKASZ, vec![Fact(AM, plan("D", "Harbour AP"))]);
    day
}

#[test]
fn it_prints_a_page_a_group_with_its_age_and_without_flags() {
    let day = a_morning();
    let text = super::on_site(&day, time("10:42:10")).text(&day.roll, None);
    insta::assert_snapshot!(text.replace('\x0c', "~~~~~ form feed ~~~~~\n").replace("e\u{308}", "ë"), @r"
    New school: fire list 8KM, Mrs Kemp
    As recorded at 10:42:10 on Wed 4 Mar; newest entry 10:05
    2 on site, 1 not known; 6 to account for in the whole school

    [ ] Khan, Amira                               / 08:50 register
    [ ] van der Berg, Sanne                       U 09:31 gate

    Not known: look for
    [ ] D’Arcy, Louis                             N
    ~~~~~ form feed ~~~~~
    New school: fire list 9TR, Mr Rao
    As recorded at 10:42:10 on Wed 4 Mar; newest entry 10:05
    2 on site, 1 not known; 6 to account for in the whole school

    [ ] Brücke, Zoë                               / 08:50 register
    [ ] Khan, Bilal                               / 08:50 register

    Not known: look for
    [ ] Sukarno                                   no mark yet
    ");
}

#[test]
fn nothing_a_name_holds_is_a_command_and_no_line_is_wider_than_the_page() {
    let names = [
        ("\u{1b}[31mKhan\u{202e}", "Am\u{c}ira"),
        ("\u{738b}\u{738b}\u{738b}", "x"),
        (&*"Featherstone".repeat(9), "y"),
    ];
    let pupils = (1..).zip(names).map(|(id, (surname, forename))| pupil(id, surname, forename, G8KM)).collect();
    let day = Day { roll: std::sync::Arc::new(roll_of(pupils)), ..day(&[]) };
    let text = super::on_site(&day, time("10:42")).text(&day.roll, None);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{text}");
    assert!(text.contains("[ ] [31mKhan, Am ira"), "{text}");
}

#[test]
fn a_long_group_goes_on_under_the_same_head() {
    let pupils = (1..=70).map(|id| pupil(id, &format!("Khan{id}"), "A", G8KM)).collect();
    let day = Day { roll: std::sync::Arc::new(roll_of(pupils)), ..day(&[]) };
    let text = super::on_site(&day, time("10:42")).text(&day.roll, None);
    let pages: Vec<&str> = text.split('\x0c').collect();
    assert_eq!(pages.len(), 2);
    for page in &pages {
        assert!(
            page.starts_with(
                "New school: fire list 8KM, Mrs Kemp\nAs recorded at 10:42:00 on Wed 4 Mar; no entry yet\n"
            )
        );
        assert!(page.lines().count() < 66);
    }
    assert_eq!(text.matches("[ ] ").count(), 70);
}

fn any_given() -> impl Strategy<Value = Given> {
    let codes = || prop::sample::select(vec!["/", "L", "U", "N", "I", "V", "D", "O", "\\"]);
    let times = prop::sample::select(vec!["08:20", "08:57", "09:31", "10:15", "11:30", "13:26", "14:10"]);
    let sessions = prop::sample::select(vec![AM, PM]);
    (0..6, codes(), times, sessions, any::<bool>()).prop_map(|(kind, code, when, session, yes)| match kind {
        0 => Register(session, code, when),
        1 => Fact(session, gate(when)),
        2 => Fact(session, office(code, when)),
        3 => Move(if yes { Way::Out } else { Way::Back }, when),
        4 => Sight(yes, when),
        _ => Confirm(yes),
    })
}

fn a_day_of(all: Vec<(i64, Given)>) -> Day {
    let mut day = day(&[]);
    for (pupil, one) in all {
        add(&mut day, PupilId(pupil), vec![one]);
    }
    day
}

proptest! {
    #[test]
    fn everybody_on_roll_stands_exactly_once(
        all in prop::collection::vec((1_i64..9, any_given()), 0..30),
        now in prop::sample::select(vec!["08:00", "09:00", "10:42", "13:00", "13:25", "15:00"]),
    ) {
        let day = a_day_of(all);
        let list = super::on_site(&day, time(now));
        let listed: Vec<PupilId> = list.groups.iter().flat_map(|group| &group.pupils).map(|one| one.pupil).collect();
        let all: Vec<PupilId> = listed.iter().copied().chain(list.elsewhere.iter().map(|one| one.pupil)).collect();
        let once: HashSet<PupilId> = all.iter().copied().collect();
        prop_assert_eq!((all.len(), once.len()), (8, 8));
        prop_assert_eq!(list.total(), listed.len());
        prop_assert!(list.elsewhere.iter().all(|one| one.on_site == OnSite::No));
        prop_assert!(list.groups.iter().flat_map(|group| &group.pupils).all(|one| one.on_site != OnSite::No));
    }

    #[test]
    fn whoever_has_just_been_seen_is_on_the_list(all in prop::collection::vec((1_i64..9, any_given()), 0..30)) {
        let mut day = a_day_of(all);
        add(&mut day, AMIRA, vec![Sight(true, "14:59")]);
        let list = super::on_site(&day, time("15:00"));
        prop_assert_eq!(find(&list, AMIRA).on_site, OnSite::Yes);
    }

    /// The gate reads who is where by the same list, and of no code but L and U, nor who was rung.
    #[test]
    fn the_gate_reads_the_same_list_without_codes(
        all in prop::collection::vec((1_i64..9, any_given()), 0..30),
        now in prop::sample::select(vec!["08:00", "09:00", "10:42", "13:00", "13:25", "15:00", "15:30"]),
    ) {
        let day = a_day_of(all);
        let (whole, told) = (super::on_site(&day, time(now)), on_site_for(&day, time(now), Role::Gate));
        let rows = |list: &FireList| {
            let listed = list.groups.iter().flat_map(|group| group.pupils.clone());
            listed.chain(list.elsewhere.clone()).collect::<Vec<FirePupil>>()
        };
        for (one, at_gate) in rows(&whole).into_iter().zip(rows(&told)) {
            prop_assert_eq!((one.pupil, one.on_site), (at_gate.pupil, at_gate.on_site));
            let words: Vec<&str> = at_gate.why.split([' ', ';']).collect();
            let codes = day.roll.codes.rows().iter().map(|row| row.code.to_string());
            let told: Vec<String> = codes.filter(|code| words.contains(&code.as_str())).collect();
            prop_assert!(told.iter().all(|code| code == "L" || code == "U"), "{}", at_gate.why);
            prop_assert!(!at_gate.why.is_empty() && !at_gate.why.contains("Hall"), "{}", at_gate.why);
        }
    }
}
