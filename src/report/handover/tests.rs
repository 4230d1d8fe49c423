use hashbrown::HashSet;
use proptest::prelude::*;

use super::*;
use crate::domain::absence::unexplained::unexplained;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::day::NMark;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::{Promise, Promised};
use crate::domain::facts::register::{Chase, ChaseMethod};
use crate::domain::facts::search::{Search, SearchEnd, SearchOutcome};
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::contact::{Call, CallOutcome, ContactId, WrongNumber};
use crate::domain::school::ladder::StepTaken;
use crate::domain::testing::*;

const AM: Session = Session::Am;
const EVERYBODY: [PupilId; 8] = [AMIRA, BILAL, SIOBHAN, LOUIS, ZOE, LUKASZ, SANNE, SUKARNO];

fn step(pupil: PupilId, step: &str, taken: &str) -> StepTaken {
    let who = "S Marsh".to_owned();
    let (step, words) = (step.to_owned().into(), "rang Mrs Hall".to_owned());
    StepTaken { act: ActId(90), pupil, session: AM, step, words, who, at: at(taken) }
}

fn search(pupil: PupilId, ended: Option<SearchOutcome>) -> Search {
    let end = |outcome| SearchEnd {
        outcome,
        found: None,
        words: "police".to_owned(),
        at: at("10:30"),
        who: "J Ito".to_owned(),
    };
    Search {
        act: ActId(91),
        pupil,
        opened: at("10:05"),
        who: "J Ito".to_owned(),
        last_seen: "gate 08:31".to_owned(),
        notes: Vec::new(),
        ended: ended.map(end),
    }
}

fn confirmation(day: &Day, about: About) -> Vec<String> {
    let handed = hand_over(day, AM, time("10:42"));
    handed.sections.iter().find(|one| one.about == about).unwrap().items.iter().map(Item::line).collect()
}

#[test]
fn each_of_the_unexplained_stands_where_their_follow_up_has_come_to() {
    use CallOutcome::*;
    let mut day = day(&EVERYBODY.map(|pupil| (pupil, AM, "N")));
    day.calls = vec![
        call(AMIRA, 1, "09:20", Unaware),
        call(BILAL, 3, "09:21", Unaware),
        Call { call_back: Some(time("09:50")), ..call(SIOBHAN, 5, "09:22", CallBack) },
        Call { note: "on the way".to_owned(), ..call(LOUIS, 7, "09:23", Aware) },
        call(ZOE, 8, "09:24", NoAnswer),
        call(SANNE, 8, "09:25", LeftMessage),
    ];
    day.steps = vec![step(AMIRA, "tell DSL", "09:26"), step(LUKASZ, StepKind::LoggedOnCpoms.as_str(), "09:27")];
    day.searches = vec![search(SUKARNO, Some(SearchOutcome::Escalated)), search(SANNE, Some(SearchOutcome::Found))];
    let handed = hand_over(&day, AM, time("10:42"));
    let under = |about: About| -> Vec<PupilId> {
        handed
            .sections
            .iter()
            .find(|one| one.about == about)
            .unwrap()
            .items
            .iter()
            .filter_map(|one| one.pupil)
            .collect()
    };
    for (about, pupils) in [
        (About::Escalated, vec![AMIRA, SUKARNO]),
        (About::Unaware, vec![BILAL]),
        (About::Promised, vec![SIOBHAN]),
        (About::Spoken, vec![LOUIS]),
        (About::Tried, vec![ZOE, SANNE]),
        (About::NotTried, vec![LUKASZ]),
    ] {
        assert_eq!(under(about), pupils, "{about:?}");
    }
    assert_eq!(
        confirmation(&day, About::Promised),
        [
            "O'Neill-Smith, Siobhan 8KM: AM N; 1 tried, last 09:22 Ms O'Neill, mother: call back (S Marsh); ring back at \
             09:50, promised by S Marsh; call back overdue since 09:50"
        ]
    );
    let escalated = handed.sections.iter().find(|one| one.about == About::Escalated).unwrap();
    assert_eq!((escalated.items[0].at, escalated.items[0].who.as_deref()), (Some(time("09:26")), Some("S Marsh")));
    assert!(escalated.items[0].text.contains("tell DSL 09:26 by S Marsh: rang Mrs Hall"), "{escalated:?}");
    assert!(escalated.items[1].text.contains("search escalated 10:30 by J Ito: police"), "{escalated:?}");
    assert_eq!(handed.account, Account { on_roll: 8, unexplained: 8, ..Account::default() });
}

#[test]
fn a_promise_is_handed_over_with_who_told_it_and_whether_it_was_kept() {
    let promised = |pupil, promise| Promised {
        act: ActId(92),
        pupil,
        promise,
        by: "Mrs Khan, mother".to_owned(),
        words: "missed the bus".to_owned(),
        channel: Channel::Telephone,
        who: "J Ito".to_owned(),
        at: at("09:27"),
    };
    let mut day = day(&[(BILAL, AM, "N"), (ZOE, AM, "N")]);
    day.promises = vec![
        promised(BILAL, Promise::OnTheWay { by: time("09:57") }),
        promised(ZOE, Promise::RingBack { at: time("11:30") }),
    ];
    assert_eq!(
        confirmation(&day, About::Spoken),
        [
            "Khan, Bilal 9TR: AM N; not called yet; 09:27 on the way, here by 09:57, says Mrs Khan, mother: missed the bus \
             (J Ito); not here at 09:57"
        ]
    );
    assert_eq!(
        confirmation(&day, About::Promised),
        [
            "Br\u{fc}cke, Zoe\u{308} 9TR: AM N; not called yet; 09:27 to be rung at 11:30, says Mrs Khan, mother: missed the bus \
             (J Ito)"
        ]
    );
}

#[test]
fn everything_else_that_is_open_is_named_with_times_and_people() {
    let mut day = day(&[(AMIRA, AM, "I"), (BILAL, AM, "D"), (ZOE, AM, "/"), (SANNE, AM, "L 9")]);
    day.searches = vec![search(ZOE, None), search(SANNE, Some(SearchOutcome::Found))];
    let chase = Chase { act: ActId(3), method: ChaseMethod::Runner, at: at("09:02"), who: "S Marsh".to_owned() };
    day.registers.iter_mut().find(|one| one.group == G9TR && one.session == AM).unwrap().chases = vec![chase];
    day.evidence.insert((AMIRA, AM), vec![report("I", "08:15"), gate("08:57")]);
    day.wrong_numbers = vec![WrongNumber {
        pupil: AMIRA,
        contact: ContactId(1),
        number: "01632 960001".to_owned(),
        at: at("09:21"),
        who: "S Marsh".to_owned(),
    }];
    let standing = |pupil, day| NMark { pupil, at: SessionDate::new(date(2026, 2, day), AM), revision: ActId(1) };
    // Five school days after 24 February is 3 March; after the 27th, it is 6 March.
    day.unresolved_n = vec![standing(LOUIS, 24), standing(SUKARNO, 26), standing(LOUIS, 26), standing(ZOE, 27)];
    day.steps = vec![step(AMIRA, "tell DSL", "09:26")];

    assert_eq!(confirmation(&day, About::Searches), ["Brücke, Zoe\u{308} 9TR: since 10:05, last seen gate 08:31"]);
    assert_eq!(
        confirmation(&day, About::Registers),
        [
            "8KM AM: overdue 1 h 52 m, Mrs Kemp, not chased",
            "9TR AM: overdue 1 h 52 m, Mr Rao, chased 09:02 by runner (S Marsh)",
        ]
    );
    // Whom nobody has confirmed in time is unexplained, and stands there.
    assert!(confirmation(&day, About::OffSite).is_empty());
    assert!(confirmation(&day, About::NotTried).iter().any(|one| one.starts_with("Khan, Bilal 9TR: AM D")));
    assert_eq!(
        confirmation(&day, About::Contradictions),
        [
            "Khan, Amira 8KM: AM reported away, marked here: 08:15 I reported by Mrs Khan, mother: on the phone (S Marsh); \
          08:57 through the gate: bus (S Marsh)"
        ]
    );
    assert_eq!(
        confirmation(&day, About::Ageing),
        [
            "D’Arcy, Louis 8KM: N of Tue 24 Feb AM and 1 more, had to be settled by Tue 3 Mar",
            "Sukarno 9TR: N of Thu 26 Feb AM, may stand until Thu 5 Mar",
        ]
    );
    assert_eq!(
        confirmation(&day, About::Numbers),
        ["Khan, Amira 8KM: Mrs Khan, mother, number ending 001: found wrong Wed 4 Mar by S Marsh"]
    );
    assert_eq!(confirmation(&day, About::Events), ["Khan, Amira 8KM: tell DSL 09:26 by S Marsh: rang Mrs Hall"]);
    let account = hand_over(&day, AM, time("10:42")).account;
    assert_eq!(account, Account { on_roll: 8, seen: 3, explained: 0, not_required: 0, unexplained: 1, blank: 4 });
}

#[test]
fn nothing_open_is_said_in_words() {
    let mut day = day(&EVERYBODY.map(|pupil| (pupil, AM, "/")));
    day.registers.iter_mut().for_each(|register| register.blanks.clear());
    let handed = hand_over(&day, AM, time("10:42"));
    assert!(!handed.is_open());
    let lines: Vec<String> = handed.document(&day, time("10:42")).lines(80).into_iter().map(|(_, line)| line).collect();
    assert!(lines.contains(&"Of 8 on roll: 8 seen, 0 explained, 0 unexplained, 0 blank. Nothing is open.".to_owned()));
    // What is known of the next school day waits until this one is over; arrangements, casework and files are named where something is due.
    let seldom = [About::Ahead, About::Arrangements, About::Cases, About::Files];
    for about in About::ALL.iter().filter(|about| !seldom.contains(about)) {
        let text = format!("{}: 0. {}", about.heading(), about.none());
        assert!(lines.contains(&text.trim().to_owned()), "{about:?}: {lines:?}");
    }
    assert!(lines.last().unwrap().ends_with("as recorded at 10:42 on Wed 4 Mar"));
}

#[test]
fn large_numbers_are_read_at_a_glance() {
    let account = Account { on_roll: 1200, seen: 1104, explained: 82, not_required: 0, unexplained: 12, blank: 2 };
    assert_eq!(account.to_string(), "Of 1,200 on roll: 1,104 seen, 82 explained, 12 unexplained, 2 blank.");
    let some_need_not = Account { explained: 70, not_required: 12, ..account };
    assert_eq!(
        some_need_not.to_string(),
        "Of 1,200 on roll: 1,104 seen, 70 explained, 12 not required, 12 unexplained, 2 blank."
    );
    assert_eq!((thousands(999), thousands(1_200_034)), ("999".to_owned(), "1,200,034".to_owned()));
}

proptest! {
    /// Whatever has happened, each of the unexplained stands under one heading and one only, and nobody else does.
    #[test]
    fn the_unexplained_are_handed_over_pupil_for_pupil(
        marks in prop::collection::vec((0_usize..8, prop::bool::ANY, prop::sample::select(vec!["N", "/", "I", "L 9", "D"])), 0..16),
        calls in prop::collection::vec((0_usize..8, 0_usize..6, prop::bool::ANY), 0..12),
        steps in prop::collection::vec(0_usize..8, 0..4),
        searches in prop::collection::vec((0_usize..8, 0_usize..3), 0..4),
        afternoon in prop::bool::ANY,
    ) {
        let session = |pm| if pm { Session::Pm } else { AM };
        let marks: Vec<_> = marks.iter().map(|(who, pm, code)| (EVERYBODY[*who], session(*pm), *code)).collect();
        let mut day = day(&marks);
        day.calls = calls.iter().map(|(who, outcome, back)| Call {
            call_back: back.then(|| time("09:50")),
            ..call(EVERYBODY[*who], 1, "09:31", CallOutcome::ALL[*outcome])
        }).collect();
        day.steps = steps.iter().map(|who| step(EVERYBODY[*who], "visit", "10:02")).collect();
        let ended = [None, Some(SearchOutcome::Found), Some(SearchOutcome::Escalated)];
        day.searches = searches.iter().map(|(who, end)| search(EVERYBODY[*who], ended[*end])).collect();

        let (current, now) = (session(afternoon), time("14:00"));
        let handed = hand_over(&day, current, now);
        let listed: Vec<PupilId> = handed.sections.iter().filter(|one| one.about.is_unexplained())
            .flat_map(|one| one.items.iter().filter_map(|item| item.pupil)).collect();
        let expected: HashSet<PupilId> = unexplained(&day, current, now).into_iter().map(|row| row.pupil).collect();
        prop_assert_eq!(listed.len(), expected.len());
        prop_assert_eq!(listed.into_iter().collect::<HashSet<_>>(), expected.clone());
        let Account { on_roll, seen, explained, not_required, unexplained, blank } = handed.account;
        prop_assert_eq!((on_roll, unexplained), (seen + explained + not_required + unexplained + blank, expected.len()));
        let document = handed.document(&day, now);
        prop_assert!(document.lines(80).iter().all(|(_, line)| unicode_width::UnicodeWidthStr::width(line.as_str()) <= 80));
    }
}
