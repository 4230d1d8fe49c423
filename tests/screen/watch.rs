//! The watch list: the team's own, the lists that rules make beside it, and who is told when the window is not in front.

use chrono::{Datelike, NaiveDate, Weekday};
use firstbell::domain::act::{Act, OpenSearch, Unwatch, Watch};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::{Incoming, IncomingLesson};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::watch_rule::Rule;
use firstbell::domain::school::{Notify, School};
use firstbell::screen::{Event, Request};
use firstbell::store::Store;
use firstbell::store::history::DayOfMarks;

use crate::support::*;

/// Weeks of marks before the morning: Erin at N each Monday, Amira ill all yesterday, Max away half of the time.
fn office_with_a_past() -> Office {
    office_with(|_| {})
}

fn office_with(settings: impl FnOnce(&mut School)) -> Office {
    let office = Office::new();
    let mut store = Store::open(&office.path, codes()).unwrap();
    let days = (2..24).filter_map(|day| date().with_day(day)).filter(|day| store.roll().calendar.is_school_day(*day));
    let days: Vec<DayOfMarks> = days.map(|date| DayOfMarks { date, marks: marks_of(date) }).collect();
    store.insert_history(&officer("history"), at("07:00"), days.into_iter()).unwrap();
    let exam = |n: usize| IncomingLesson {
        pupil: key(n),
        date: date(),
        period: "2".to_owned(),
        class: "8KM Exam".to_owned(),
        teacher: None,
        room: None,
        mark: None,
    };
    office.bring(&Incoming { lessons: placed([exam(4), exam(5)]), ..Incoming::default() });
    change_settings(&mut store, |school| settings(school));
    office
}

fn marks_of(on: NaiveDate) -> Vec<(PupilId, Session, Mark)> {
    let code = move |pupil: i64, session: Session| match (pupil, session) {
        (3, Session::Am) if on.weekday() == Weekday::Mon => Code::N,
        (1, _) if Some(on) == date().pred_opt() => Code::I,
        (5, Session::Pm) => Code::O,
        _ => Code::present(session),
    };
    let of = move |session| (1..=12).map(move |pupil| (PupilId(pupil), session, Mark::plain(code(pupil, session))));
    Session::BOTH.into_iter().flat_map(of).collect()
}

fn watch(pupil: i64, reason: &str) -> Act {
    watched(PupilId(pupil), reason).into()
}

#[test]
fn the_lists_stand_below_the_team_s_own_and_open() {
    let office = office_with_a_past();
    for (name, size) in [("120x40", (120, 40)), ("80x24", (80, 24))] {
        let mut desk = office.desk_with("09:15", size, COLOUR, "S Marsh");
        desk.press("4");
        assert!(desk.shows("+ Exam today 2"), "what needs no past is there at once: {}", desk.text());
        assert!(desk.shows("  Below 90 % …"), "{}", desk.text());
        desk.caught_up();
        insta::assert_snapshot!(format!("watch_folded_{name}"), desk.frame());
        desk.press("r");
        insta::assert_snapshot!(format!("watch_open_{name}"), desk.frame());
        desk.press("r");
        assert!(desk.shows("+ Below 90 % 2"), "{}", desk.text());
    }
}

#[test]
fn an_entry_is_opened_with_what_stands_and_changed() {
    let office = office_with_a_past();
    let mut desk = office.desk_with("09:15", (80, 24), COLOUR, "S Marsh");
    desk.press("w 'quiet' tab 'Mr' space 'Webb' tab 'today' tab '18/12' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM is on the watch list   u undo");
    desk.press("4");
    let line = desk.line_with("quiet");
    assert!(["quiet, until 18 Dec ", "Mr Webb", "review due"].iter().all(|part| line.contains(part)), "{line}");
    assert!(line.contains(" ! N "), "a review that is due has a sign of its own: {line}");
    desk.press("w");
    insta::assert_snapshot!("watch_card_80x24", desk.dialog_frame());
    // Nothing is otherwise: nothing is recorded.
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'watch'"), "1");
    desk.press("w tab tab ctrl-u '1/12' enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM changed on the watch list   u undo");
    assert!(desk.line_with("quiet").contains("review 1 Dec"), "{}", desk.text());
    let stands = "SELECT reason, owner, review, until FROM watched WHERE withdrawn IS NULL";
    assert_eq!(office.ask(stands), "quiet | Mr Webb | 2026-12-01 | 2026-12-18");
    desk.press("u");
    assert_eq!(office.ask(stands), "quiet | Mr Webb | 2026-11-24 | 2026-12-18");
    assert!(desk.line_with("quiet").contains("review due"), "{}", desk.text());
    desk.press("w tab tab ctrl-u '1/11' enter");
    assert_eq!(desk.status(), "✗ Not done: the review date is already past");
    desk.press("ctrl-u 'soon' enter");
    assert_eq!(desk.status(), "The review date is written 30/11, mon, or left empty.");
}

#[test]
fn an_entry_changed_meanwhile_is_read_before_it_is_saved_over() {
    let office = office_with_a_past();
    let mut desk = office.desk("09:15");
    desk.press("w 'quiet' enter w");
    let first: i64 = office.ask("SELECT act FROM watched").parse().unwrap();
    office.perform("09:16", Watch { instead: Some(ActId(first)), ..watched(AMIRA, "loud") });
    desk.look().press("end ',' space 'and' space 'late' enter");
    assert!(desk.status().contains("already on the watch list: loud"), "{}", desk.status());
    assert!(desk.shows("quiet, and late"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT reason FROM watched WHERE withdrawn IS NULL"), "quiet, and late");
}

#[test]
fn what_changes_is_marked_on_every_list_until_it_is_looked_at() {
    let office = office_with_a_past();
    let mut desk = office.desk("09:15");
    desk.caught_up();
    assert!(desk.line_with("4 Watch").contains("4 Watch  0 ─"), "{}", desk.text());
    // Erin had N on all Mondays, and Tuesday's mark says nothing of that; Amira was ill yesterday, and an N is no reason.
    desk.press("4 r");
    assert!(desk.line_with("Returning").contains("Returning today 1"), "{}", desk.text());
    office.register("09:16", "9BW", "Mr Webb", &[(6, "N"), (7, "/"), (8, "/"), (9, "/")]);
    desk.look();
    assert!(!desk.shows("▸"), "{}", desk.text());
    // She is ill still, and nobody looks out for her today.
    office.register("09:17", "8KM", "Mrs Kemp", &[(1, "I"), (3, "/"), (4, "N"), (5, "/")]);
    desk.look();
    assert!(desk.line_with("Returning").contains("Returning today 0"), "{}", desk.text());
    assert!(desk.line_with("4 Watch").contains("1 changed"), "on two lists it is one pupil: {}", desk.text());
    let marked = desk.text().lines().filter(|line| line.contains("Doyle, Erin  ") && line.contains("▸ /")).count();
    assert_eq!(marked, 2, "{}", desk.text());
    assert!(desk.shows("- Below 90 % ▸ 2"), "{}", desk.text());
    desk.press("s");
    assert!(!desk.shows("▸") && !desk.shows("changed"), "{}", desk.text());
    // Whom another desk puts there is new to this one; whom we put there ourselves is not.
    office.perform("09:18", watch(6, "seen at the gate"));
    desk.look();
    assert!(desk.line_with("Gray, Zoë").contains("▸ N"), "{}", desk.text());
    desk.press("s / 'mori' enter w 'quiet' enter esc");
    assert!(desk.shows("Mori, Yui") && !desk.shows("▸"), "{}", desk.text());
}

#[test]
fn a_change_of_the_past_is_read_again_of_those_it_touched() {
    let office = office_with_a_past();
    let mut desk = office.desk("09:15");
    desk.caught_up().press("4 r");
    assert!(desk.line_with("Erin").contains("N"), "{}", desk.text());
    assert!(desk.shows("N last 3 Mondays 1"), "{}", desk.text());
    let monday = SessionDate::new(date().with_day(16).unwrap(), Session::Am);
    let saw = Store::open(&office.path, codes()).unwrap().revision(ERIN, monday).unwrap();
    office.perform("09:20", amended(ERIN, monday, "I", "ill", saw));
    desk.look().caught_up();
    assert!(desk.shows("N last 3 Mondays 0"), "{}", desk.text());
}

#[test]
fn a_pupil_on_several_lists_is_chosen_on_one() {
    let office = office_with_a_past();
    let mut desk = office.desk_with("09:15", (80, 24), COLOUR, "S Marsh");
    desk.caught_up().press("w 'quiet' enter 4 r G d");
    assert_eq!(desk.status(), "A rule put the pupil there, and takes them off by itself.");
    // On the name of a list Enter folds it; on a pupil it opens the card.
    desk.press("k k enter");
    assert!(desk.shows("+ Below 90 % 2"), "{}", desk.text());
    desk.press("d");
    assert_eq!(desk.status(), "Choose a pupil first.");
    desk.press("g d");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM is off the watch list   u undo");
    assert!(desk.shows("Nobody is watched.") && desk.shows("- Returning today 1"), "{}", desk.text());
}

#[test]
fn whoever_looks_at_another_window_is_told_once() {
    for notify in [Notify::Bell, Notify::Osc9] {
        let office = office_with(|school| school.screen.notify = notify);
        let mut desk = office.desk("09:15");
        desk.caught_up();
        assert!(desk.app.wants_focus());
        let notified = |requests: Vec<Request>| {
            requests.iter().filter(|one| matches!(one, Request::Notify(how) if *how == notify)).count()
        };
        let news = |desk: &mut Desk| {
            let news = desk.worker.poll().remove(0);
            notified(desk.send_only(news))
        };
        // In front nobody is told.
        office.perform("09:16", watch(6, "one"));
        assert_eq!(news(&mut desk), 0);
        assert_eq!(notified(desk.send_only(Event::Focus(false))), 0);
        // What moves no list is nobody's concern.
        office.perform(
            "09:17",
            Act::OpenSearch(OpenSearch { pupil: PupilId(7), date: date(), last_seen: "gate".to_owned() }),
        );
        assert_eq!(news(&mut desk), 0);
        office.perform("09:18", watch(7, "two"));
        assert_eq!(news(&mut desk), 1);
        office.perform("09:19", watch(8, "three"));
        assert_eq!(news(&mut desk), 0, "once until the window is in front again");
        desk.send_only(Event::Focus(true));
        desk.send_only(Event::Focus(false));
        office.perform("09:20", Act::Unwatch(Unwatch { pupil: PupilId(8) }));
        assert_eq!(news(&mut desk), 1);
    }
}

#[test]
fn a_school_that_wants_no_notification_asks_nothing_of_the_terminal() {
    let office = office_with_a_past();
    let mut desk = office.desk("09:15");
    assert!(!desk.app.wants_focus());
    desk.send_only(Event::Focus(false));
    office.perform("09:16", watch(6, "one"));
    let news = desk.worker.poll().remove(0);
    assert!(!desk.send_only(news).iter().any(|one| matches!(one, Request::Notify(_))));
}

#[test]
fn a_school_without_rules_has_its_own_list_alone() {
    let office = office_with(|school| school.watch_rules = Vec::<Rule>::new());
    let mut desk = office.desk("09:15");
    desk.caught_up().press("4 r");
    assert_eq!(desk.status(), "The school has no rules for lists: `watch-rules` in its settings.");
    assert!(!desk.shows("Below"), "{}", desk.text());
}
