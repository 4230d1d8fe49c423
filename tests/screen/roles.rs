//! What each role is offered and refused on the screen, and that what it gives out is recorded before it is read.

use firstbell::domain::act::Officer;
use firstbell::domain::school::staff::{Member, Role};
use firstbell::keys::KeymapFile;
use firstbell::screen::{App, Event, Keymaps, Look, Request, StoreWorker, Theme};
use firstbell::store::Store;

use crate::support::*;

/// R Reader's desk, or whoever's role it is.
fn desk(office: &Office, role: Role) -> Desk {
    let officer = Officer { role, ..officer("R Reader") };
    let mut store = Store::open(&office.path, codes()).unwrap();
    let day = store.day(date()).unwrap();
    let keymaps = Keymaps::read(KeymapFile::compiled_in()).unwrap();
    let theme = Theme::new(COLOUR);
    let app = App::new(day, keymaps, theme, officer.clone(), false, at("09:20"));
    let mut desk = office.desk("09:20");
    (desk.app, desk.worker) = (app, StoreWorker::new(store, officer, date()));
    desk
}

#[test]
fn a_reader_looks_and_every_key_that_records_is_answered_calmly() {
    let office = Office::new();
    let mut desk = desk(&office, Role::Reader);
    let before = office.ask("SELECT count(*) FROM act");
    assert!(desk.shows("Khan, Amira"));
    let footer = desk.text().lines().last().unwrap().trim().to_owned();
    assert_eq!(footer, "/ find  ? all keys");
    for (key, text) in [
        ("c", "a call is for an officer: this login is a reader's"),
        ("m", "a mark is for an officer: this login is a reader's"),
        ("l", "a late is for an officer: this login is a reader's"),
        ("i", "a message is for an officer: this login is a reader's"),
        ("b", "going out and coming back is for an officer: this login is a reader's"),
        ("w", "the watch list is for an officer: this login is a reader's"),
        ("e", "a step of the ladder is for an officer: this login is a reader's"),
        ("t", "a sweep is for an officer: this login is a reader's"),
        ("n", "“log a call” is for an officer: this login is a reader's"),
        ("h", "making lists and exports is for an officer: this login is a reader's"),
        ("L", "making lists and exports is for an officer: this login is a reader's"),
    ] {
        desk.press(key);
        assert_eq!(desk.status(), format!("✗ Not done: {text}"), "{key}");
        // Nothing opened: the same pupil is still chosen among the panes.
        desk.press("j k");
    }
    desk.press("1 c");
    assert!(desk.status().contains("is for an officer"), "{}", desk.status());
    assert_eq!(office.ask("SELECT count(*) FROM act"), before);
}

#[test]
fn a_reader_opens_what_is_only_looked_at() {
    let office = Office::new();
    for (key, title) in
        [("x", "Checks"), ("T", "tape"), ("N", "Marks at N"), ("f", "Fire"), ("o", "Off site"), ("/", "Find")]
    {
        let mut desk = desk(&office, Role::Reader);
        desk.press(key);
        let text = desk.text().to_lowercase();
        assert!(text.contains(&title.to_lowercase()), "{key}\n{text}");
        assert!(!desk.status().contains("Not done"), "{key}");
    }
}

#[test]
fn ticking_the_fire_list_is_not_for_a_reader_and_loses_nothing() {
    let office = Office::new();
    let mut desk = desk(&office, Role::Reader);
    desk.press("f 'firth' space");
    assert!(desk.status().contains("is for an officer: this login is a reader's"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM sighting"), "0");
}

#[test]
fn a_code_that_is_not_an_officer_s_is_refused_by_the_rule() {
    let office = Office::new();
    let mut desk = desk(&office, Role::Officer);
    desk.press("m 'k' tab 'placed' enter");
    assert!(desk.shows("code K is for a lead: this login is an officer's"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM amendment"), "0");
}

#[test]
fn a_sheet_is_read_once_it_is_put_down_that_it_was() {
    let office = Office::new();
    for (keys, what) in [
        ("h", "hand-over | "),
        ("L d", "list for the DSL | "),
        ("L p", "list for the pastoral team | "),
        ("L l", "list for heads of year | "),
        ("L c", "text for CPOMS | 1"),
    ] {
        let mut desk = desk(&office, Role::Officer);
        let (before, last) = keys.rsplit_once(' ').map_or(("esc", keys), |(before, last)| (before, last));
        desk.press(before);
        let requests = desk.send_only(Event::Key(last.parse().unwrap()));
        assert!(desk.shows("Putting down that it is read here."), "{keys}\n{}", desk.text());
        assert!(requests.iter().any(|request| matches!(request, Request::Disclose(_))), "{keys}: {requests:?}");
        for request in requests {
            desk.obey(request);
        }
        assert!(!desk.shows("Putting down that it is read here."), "{keys}");
        assert!(desk.shows("as recorded at 09:20"), "{keys}\n{}", desk.text());
        let put_down = office.ask("SELECT what, pupil FROM disclosure WHERE shown = 'export' ORDER BY id DESC LIMIT 1");
        assert_eq!(put_down, what, "{keys}");
    }
}

#[test]
fn whoever_is_struck_from_the_staff_is_out_at_once_and_told_why() {
    for (now, text) in [
        (None, "L Adams pts/1 is no longer among the school's staff: an admin adds them with “firstbell settings”"),
        (Some(Role::Gate), "this login is a gate's now: open firstbell again"),
        (Some(Role::Officer), ""),
    ] {
        let office = Office::new();
        let officer = Officer { role: Role::Officer, is_owner: false, ..officer("L Adams") };
        let listed = |role: Option<Role>| {
            let mut store = Store::open(&office.path, codes()).unwrap();
            let Officer { login, name, post, .. } = officer.clone();
            let member = role.map(|role| Member { login, name, post, role });
            change_settings(&mut store, |school| school.staff = member.into_iter().collect());
        };
        listed(Some(Role::Officer));
        let mut desk = office.desk_of("09:20", (120, 40), Look::default(), officer.clone());
        desk.press("c s i");
        listed(now);
        desk.look();
        let out = desk.shut_out.clone().unwrap_or_default();
        let lost = "; “Call about Khan, Amira 8KM: AM N” was open, and what was typed there is not saved";
        assert_eq!(out, if text.is_empty() { String::new() } else { format!("{text}{lost}") });
        // Nor is anything done in the moment before the news has come.
        let before = office.ask("SELECT count(*) FROM act");
        let mut desk = office.desk_of("09:20", (120, 40), Look::default(), officer.clone());
        desk.press("n");
        let after = office.ask("SELECT count(*) FROM act");
        assert_eq!(before == after, !text.is_empty(), "{now:?}: {}", desk.text());
    }
}

/// As on a full disk: that something is shown cannot be recorded.
const NOTHING_PUT_DOWN: &str =
    "CREATE TRIGGER full BEFORE INSERT ON disclosure BEGIN SELECT raise(ABORT, 'no room'); END";

#[test]
fn a_vulnerable_pupil_s_card_is_shown_once_it_is_put_down_and_not_before() {
    let office = Office::new();
    let file = rusqlite::Connection::open(&office.path).unwrap();
    file.execute_batch(NOTHING_PUT_DOWN).unwrap();
    let mut desk = desk(&office, Role::Officer);
    desk.press("/ 'amira' enter");
    assert!(desk.shows("Putting down that it is opened here.") && desk.shows("no room"), "{}", desk.text());
    assert!(!desk.shows("Contacts, in calling order"), "{}", desk.text());
    // Tried again, until it is recorded.
    desk.look().look();
    assert!(!desk.shows("Contacts, in calling order"));
    file.execute_batch("DROP TRIGGER full").unwrap();
    for _ in 0..12 {
        desk.look();
    }
    assert!(desk.shows("Contacts, in calling order") && !desk.shows("no room"), "{}", desk.text());
    assert_eq!(office.ask("SELECT what FROM disclosure WHERE shown = 'card'"), "opened on the screen");
    // Closed before it could be recorded, it was never shown.
    file.execute_batch(NOTHING_PUT_DOWN).unwrap();
    desk.press("esc / 'amira' enter esc");
    file.execute_batch("DROP TRIGGER full").unwrap();
    for _ in 0..12 {
        desk.look();
    }
    assert_eq!(office.ask("SELECT count(*) FROM disclosure WHERE shown = 'card'"), "1");
    // Whoever is not vulnerable needs none.
    desk.press("esc / 'mori' enter");
    assert!(desk.shows("Contacts, in calling order"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM disclosure WHERE shown = 'card'"), "1");
}

#[test]
fn what_cannot_be_put_down_is_not_read() {
    let office = Office::new();
    let file = rusqlite::Connection::open(&office.path).unwrap();
    file.execute_batch(NOTHING_PUT_DOWN).unwrap();
    let mut desk = desk(&office, Role::Officer);
    desk.press("h");
    assert!(!desk.shows("as recorded at"), "{}", desk.text());
    assert!(desk.shows("no room"), "{}", desk.text());
}
