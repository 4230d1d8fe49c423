//! The gate, by keys alone: a line, a reason, the next child.

mod answers;
mod frames;
mod leaving;

use std::fs::rename;

use chrono::{NaiveDate, TimeDelta};
use firstbell::domain::act::{Act, LogArrival, Officer, ReportAbsence};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::incoming::{Incoming, IncomingPupil};
use firstbell::domain::late::gate::{shown, would_be};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::keys::Key;
use firstbell::screen::{Event, Request};
use firstbell::store::Store;
use proptest::prelude::*;

use crate::support::{COLOUR, Desk, Office, am, at, came, came_on, change_settings, codes, date, key, officer, placed};

const ARRIVALS: &str = "SELECT pupil, time, words FROM evidence WHERE kind = 'gate' AND withdrawn IS NULL ORDER BY id";
const MOVED: &str = "SELECT pupil, time, way, reason FROM movement WHERE withdrawn IS NULL ORDER BY id";
/// Of 9BW, whose register is not in.
const YUI: PupilId = PupilId(8);

fn login(name: &str, role: Role) -> Officer {
    Officer { role, post: "gate".to_owned(), ..officer(name) }
}

/// A gate's login at 80x24.
fn gate_of(office: &Office, time: &str) -> Desk {
    office.desk_of(time, (80, 24), COLOUR, login("J Ito", Role::Gate))
}

fn key_of(text: &str) -> Event {
    Event::Key(text.parse::<Key>().unwrap())
}

/// Besides those of the small school, one who left and one who is to come.
fn with_others(office: &Office) {
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, day / 100, day % 100).unwrap();
    let pupil = |n, surname: &str, from, until| IncomingPupil {
        key: key(n),
        surname: surname.to_owned(),
        forename: "Ned".to_owned(),
        group: Some("9BW".to_owned()),
        from: Some(day(from)),
        until,
        ..IncomingPupil::default()
    };
    let pupils = [pupil(13, "Pugh", 901, Some(day(912))), pupil(14, "Quill", 1130, None)];
    office.bring(&Incoming { pupils: placed(pupils), ..Incoming::default() });
}

fn absent(office: &Office, id: PupilId, code: &str) {
    let pm = SessionDate::new(date(), Session::Pm);
    let (by, words) = ("Mrs Mori, mother".to_owned(), "vomiting".to_owned());
    let (channel, seen, back) = (Channel::Telephone, String::new(), None);
    let (pupils, code) = (vec![id], Code::parse(code).unwrap());
    office.perform(
        "08:20",
        Act::ReportAbsence(ReportAbsence {
            pupils,
            code,
            from: am(),
            until: pm,
            by,
            words,
            channel,
            seen,
            back,
            time: None,
        }),
    );
}

#[test]
fn a_late_takes_at_most_seven_keys_from_first_key_to_commit() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    for keys in ["'mori' enter t", "'0006' enter b enter", "'doy' enter ."] {
        assert!(Desk::count(keys) <= 7, "{keys}");
        gate.press(keys);
    }
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | traffic\n6 | 09:12 | bus\n3 | 09:12 | bus");
    assert_eq!(gate.status(), "✓ Doyle, Erin 8KM: U 32 min at 09:12, bus");
    let row = gate.line_with("09:12  Mori, Yui");
    assert!(row.contains("9BW") && row.contains("U 32 min") && row.ends_with("traffic"), "{row}");
}

#[test]
fn the_arrival_is_stamped_by_the_first_key_of_its_line() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:08");
    gate.press("'m'").clock("09:09").press("'ori'");
    assert!(gate.line_with("Mori, Yui").contains("L 28 min") && gate.shows("stamped 09:08"), "{}", gate.text());
    gate.clock("09:11").press("enter").clock("09:12").press("b");
    assert_eq!(gate.status(), "✓ Mori, Yui 9BW: L 28 min at 09:08, bus");
    gate.press("'gr'").clock("09:13").press("backspace backspace").clock("09:14").press("'gray' enter b");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:08 | bus\n6 | 09:14 | bus", "an emptied line is nobody's");
}

#[test]
fn keys_pressed_while_an_act_is_on_its_way_are_the_next_childs_and_keep_their_time() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:08");
    gate.press("'mori' enter");
    let saving = gate.send_only(key_of("b"));
    assert!(matches!(saving.first(), Some(Request::Perform(..))), "{saving:?}");
    assert!(gate.shows("1 not saved yet"), "{}", gate.text());
    gate.now = at("09:09");
    for letter in ["g", "r", "a", "y", "enter", "t"] {
        assert!(gate.send_only(key_of(letter)).is_empty(), "one act at a time");
    }
    gate.now = at("09:20");
    saving.into_iter().for_each(|request| gate.obey(request));
    assert_eq!(office.ask(ARRIVALS), "8 | 09:08 | bus\n6 | 09:09 | traffic");
}

/// In the panes keys are held by the app: they are heard at the time they were pressed.
#[test]
fn a_late_begun_while_another_is_saved_is_stamped_when_its_key_was_pressed() {
    let office = Office::new();
    let mut desk = office.desk("09:08");
    desk.press("l 'mori' enter");
    let saving = desk.send_only(key_of("alt-b"));
    desk.now = at("09:09");
    for letter in ["l", "g", "r", "a", "y", "enter", "alt-t"] {
        assert!(desk.send_only(key_of(letter)).is_empty());
    }
    desk.now = at("09:20");
    saving.into_iter().for_each(|request| desk.obey(request));
    assert_eq!(office.ask(ARRIVALS), "8 | 09:08 | bus\n6 | 09:09 | traffic");
}

#[test]
fn how_often_and_why_last_stand_beside_the_name() {
    let office = Office::new();
    let (reason, monday) = (Some("overslept".to_owned()), date().pred_opt().unwrap());
    office.perform("08:00", LogArrival { reason, ..came_on(monday, YUI, "08:57") });
    let mut gate = office.desk_of("09:12", (120, 40), COLOUR, login("J Ito", Role::Gate));
    gate.press("'mori'");
    assert!(gate.line_with("Mori, Yui").ends_with("2nd late this half-term, last overslept"), "{}", gate.text());
    gate.press("ctrl-u 'gray'");
    assert!(gate.line_with("Gray, Zoë").ends_with("1st late this half-term"), "{}", gate.text());
}

#[test]
fn a_whole_coach_has_one_reason_and_its_first_key_s_time_and_one_refusal_loses_nobody() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:08");
    gate.press("'mori' ;").clock("09:10").press("'gray' ; 'siobh'");
    assert!(gate.shows("2 ticked: Mori Y, Gray Z") && gate.shows("stamped 09:08"), "{}", gate.text());
    office.perform("09:09", arrival(6, "09:09"));
    gate.clock("09:11").press("enter").clock("09:12").press("b");
    assert_eq!(office.ask(ARRIVALS), "6 | 09:09 | \n8 | 09:08 | bus\n7 | 09:08 | bus");
    assert!(gate.shows("Not done: Gray, Zoë 9BW is already in: logged 09:09 by J Ito, L 29 min."), "{}", gate.text());
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'arrival'"), "3", "each their own");
    gate.press("'next' esc 'doyle' ; backspace 'mori' ;");
    assert!(!gate.shows("ticked"), "{}", gate.text());
}

fn arrival(pupil: i64, time: &str) -> Act {
    came(PupilId(pupil), time).into()
}

#[test]
fn an_override_takes_one_key_and_a_reason() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("'mori' enter tab");
    assert!(gate.line_with("Mori, Yui").contains("present"), "{}", gate.text());
    gate.press("enter");
    assert!(gate.shows("give the reason"), "{}", gate.text());
    assert_eq!(office.ask(ARRIVALS), "");
    gate.press("tab");
    assert!(gate.line_with("Mori, Yui").contains("L 32 min"), "{}", gate.text());
    gate.press("b");
    assert_eq!(gate.status(), "✓ Mori, Yui 9BW: L 32 min at 09:12, bus");
    gate.press("'gray' enter tab tab tab tab enter");
    assert_eq!(gate.status(), "✓ Gray, Zoë 9BW: U 32 min at 09:12", "round to the clock again");
    // The next scan logs nobody as the clock does not say.
    gate.press("'doyle' enter tab '0007' enter");
    assert!(gate.shows("Doyle, Erin 8KM was not logged"), "{}", gate.text());
}

#[test]
fn the_last_logged_here_is_taken_back_by_one_key_and_nobody_elses() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("ctrl-z");
    assert!(gate.shows("J Ito has done nothing at this desk today that could be taken back"), "{}", gate.text());
    gate.press("'mori' enter b 'gray' enter t");
    let mut store = Store::open(&office.path, codes()).unwrap();
    let other_gate = Officer { desk: "J Ito pts/2".to_owned(), ..officer("J Ito") };
    store.perform(&other_gate, at("09:12"), &arrival(7, "09:12")).unwrap();
    gate.press("ctrl-z");
    assert_eq!(gate.status(), "✓ Taken back: Gray, Zoë 9BW, 09:12");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus\n7 | 09:12 | ");
    assert!(gate.line_with("09:12  Gray").contains("taken back"), "{}", gate.text());
    gate.press("ctrl-z ctrl-z");
    assert_eq!(office.ask(ARRIVALS), "7 | 09:12 | ");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'undo'"), "2", "each is recorded, and no third");
    assert!(!gate.shows("ctrl-z undo last") && gate.shows("ctrl-y redo"), "{}", gate.text());
    gate.press("ctrl-y");
    assert_eq!(gate.status(), "✓ Done again: Mori, Yui 9BW, 09:12");
    assert!(gate.line_with("09:12  Mori").contains("U 32 min"), "{}", gate.text());
    gate.press("ctrl-y ctrl-y");
    assert_eq!(office.ask(ARRIVALS).lines().count(), 3, "{}", office.ask(ARRIVALS));
    assert!(!gate.shows("ctrl-y redo"), "{}", gate.text());
}

#[test]
fn what_the_office_takes_back_the_gate_goes_by_and_takes_back_the_one_before() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("f4 'mori' enter b 'gray' enter t esc u");
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus");
    desk.press("f4");
    assert!(desk.line_with("09:12  Gray").contains("taken back"), "{}", desk.text());
    desk.press("ctrl-z");
    assert_eq!(office.ask(ARRIVALS), "");
}

#[test]
fn what_is_done_again_before_it_was_saved_is_saved_once_when_the_line_drops() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    let mut asked = Vec::new();
    for keys in ["'mori' enter b", "'gray' enter t", "ctrl-z", "ctrl-y"] {
        asked.extend(gate.press_only(keys));
    }
    asked.extend(gate.send_only(firstbell::screen::Event::HangUp));
    asked.into_iter().for_each(|request| gate.obey(request));
    assert_eq!(office.ask(ARRIVALS).lines().count(), 2, "{}", office.ask(ARRIVALS));
}

#[test]
fn out_and_back_again_are_a_pair() {
    let office = Office::new();
    let mut gate = gate_of(&office, "10:20");
    gate.press("f5 'firth' enter");
    assert!(gate.shows("goes out at 10:20"), "{}", gate.text());
    gate.press("enter");
    assert!(gate.shows("Say why they go out."), "{}", gate.text());
    gate.press("d enter");
    assert_eq!(gate.status(), "✓ Firth, Max 8KM: out at 10:20");
    assert!(!gate.shows("dentist"), "an open counter reads no reason: {}", gate.text());
    gate.clock("11:40").press("'fir'");
    assert!(gate.line_with("Firth, Max").contains("out since 10:20: signs back in"), "{}", gate.text());
    gate.press("enter");
    assert_eq!(gate.status(), "✓ Firth, Max 8KM: back at 11:40");
    assert_eq!(office.ask(MOVED), "5 | 10:20 | out | dentist\n5 | 11:40 | back | ");
    gate.press("ctrl-z");
    assert_eq!(office.ask(MOVED), "5 | 10:20 | out | dentist");
    // A number scanned is no reason to go.
    gate.press("ctrl-o 'mori' enter '0006' enter");
    assert!(gate.shows("Say why they go out."), "{}", gate.text());
    gate.press("'vet' enter");
    assert_eq!(office.ask(MOVED), "5 | 10:20 | out | dentist\n8 | 11:40 | out | vet");
}

#[test]
fn an_officer_leaves_the_gate_on_an_empty_line_and_finds_it_as_it_was() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("f4 'mori' enter b 'gr' esc");
    assert!(desk.shows("GATE"), "{}", desk.text());
    assert!(!desk.shows("to settle") && !desk.shows("checks"), "{}", desk.text());
    desk.press("esc");
    assert!(desk.shows("2 Unexplained") && !desk.shows("GATE"), "{}", desk.text());
    desk.press("f4");
    assert!(desk.shows("09:12  Mori, Yui"), "{}", desk.text());
    desk.press("esc u");
    assert_eq!(office.ask(ARRIVALS), "");
}

#[test]
fn the_other_desks_are_told_that_this_one_is_the_gate() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("m");
    assert_eq!(office.ask("SELECT DISTINCT place FROM sitting"), "gate");
}

#[test]
fn what_cannot_be_written_is_kept_in_its_order_and_written_when_the_file_can_be() {
    let office = Office::new();
    let (mut gate, away) = (gate_of(&office, "09:12"), office.path.with_extension("away"));
    gate.press("'mori' enter");
    rename(&office.path, &away).unwrap();
    gate.press("b").look();
    assert!(gate.shows("kept, and tried again: /") && gate.shows("1 not saved yet"), "{}", gate.text());
    // The queue does not wait for the disk.
    gate.clock("09:13").press("'gray' enter t").look();
    assert!(gate.shows("2 not saved yet"), "{}", gate.text());
    gate.press("ctrl-c");
    assert!(!gate.quit && gate.shows("2 not saved yet. Leave all the same?"), "{}", gate.text());
    rename(&away, &office.path).unwrap();
    gate.look();
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus\n6 | 09:13 | traffic");
    assert!(!gate.shows("not saved yet"), "{}", gate.text());
}

#[test]
fn a_late_slip_goes_to_the_school_s_printer_and_its_failure_undoes_nothing() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("'mori' enter");
    let slips = |requests: Vec<Request>, gate: &mut Desk| -> Vec<String> {
        let mut slips = Vec::new();
        let mut waiting = requests;
        while let Some(request) = waiting.pop() {
            match request {
                Request::Print(slip) => slips.push(format!("{}\n{}", slip.command, slip.text)),
                request => {
                    for event in gate.worker.obey(request, gate.now) {
                        waiting.extend(gate.app.on(event, gate.now));
                    }
                }
            }
        }
        slips
    };
    let asked = gate.send_only(key_of("b"));
    assert_eq!(slips(asked, &mut gate), Vec::<String>::new(), "no printer is set");

    let mut store = Store::open(&office.path, codes()).unwrap();
    change_settings(&mut store, |school| school.late_slip = "lp -d gate".to_owned());
    gate.look().press("'gray' enter");
    let asked = gate.send_only(key_of("t"));
    assert_eq!(
        slips(asked, &mut gate),
        ["lp -d gate\nHarrington High\nLATE SLIP\nZoë Gray 9BW\nTue 24 Nov 2026 09:12\n\
          Late, after the register closed, by 32 minutes\nReason: traffic\n"]
    );
    gate.send(Event::NotPrinted("The late slip was not printed: lp ended with 1. What was logged stands.".to_owned()));
    assert!(gate.status().contains("lp ended with 1"), "{}", gate.text());
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus\n6 | 09:12 | traffic");
    gate.clock("08:30").press("'doyle' enter");
    let asked = gate.send_only(key_of("b"));
    assert_eq!(slips(asked, &mut gate), Vec::<String>::new(), "who is in time has none");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is known of a pupil, whenever they come and whatever it counts as: what is shown before Enter is what is saved, and
    /// it is stamped by the first key, however long the typing takes.
    #[test]
    fn what_is_shown_before_enter_is_what_is_saved(
        come in 0..250_i64,
        typing in proptest::collection::vec(0..3_i64, 5),
        known in proptest::sample::select(vec!["", "I", "D", "M", "G", "/", "L", "N"]),
        tabs in 0..4_usize,
    ) {
        let office = Office::new();
        match known {
            "" => {}
            "/" | "L" | "N" => office.register("08:20", "9BW", "Mr Webb", &[(8, known)]),
            code => absent(&office, YUI, code),
        }
        let came = at("08:21") + TimeDelta::minutes(come);
        let mut gate = gate_of(&office, "08:21");
        gate.now = came;
        gate.send(Event::Minute);
        for (letter, minutes) in ["m", "o", "r", "i", "enter"].into_iter().zip(typing) {
            gate.send(key_of(letter));
            gate.now += TimeDelta::minutes(minutes);
            gate.send(Event::Minute);
        }
        (0..tabs).for_each(|_| {
            gate.press("tab");
        });
        let row = gate.line_with("Mori, Yui");
        gate.press("b");
        let mut store = Store::open(&office.path, codes()).unwrap();
        let day = store.day(date()).unwrap();
        let session = day.times.unwrap().arriving(came.time());
        let saved: Option<Mark> = day.mark(YUI, session).settled;
        let text = shown(saved, session);
        prop_assert!(row.contains(&text), "{} is not in {}", text, row);
        prop_assert_eq!(office.ask("SELECT time FROM evidence WHERE kind = 'gate'"), came.format("%H:%M").to_string());
        prop_assert!(would_be(&day, day.roll.pupil(YUI).unwrap(), came.time(), None).is_some());
    }
}
