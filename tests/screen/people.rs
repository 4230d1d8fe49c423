//! Who is at which desk: in the title, on the quiet status line, in a list.

use firstbell::domain::act::Officer;
use firstbell::domain::facts::desk_presence::Place;
use firstbell::screen::Look;
use firstbell::store::Store;

use crate::support::{AMIRA, Office, at, codes, officer};

/// J Ito at the gate since 08:31, K Brown calling about Amira.
fn peopled() -> Office {
    let office = Office::new();
    let mut store = Store::open(&office.path, codes()).unwrap();
    let mut presence = |who: &str, place, calling, since: &str| {
        let who = Officer { desk: format!("{who} pts/9"), ..officer(who) };
        store.store_presence(&who, Some((place, calling)), at(since), at("09:18")).unwrap();
    };
    presence("J Ito", Place::Gate, None, "08:31");
    presence("K Brown", Place::Office, Some(AMIRA), "09:17");
    office
}

#[test]
fn the_quiet_status_line_says_who_is_where_and_what_matters_takes_its_place() {
    let office = peopled();
    let (mut desk, mut small) = (office.desk("09:20"), office.small("09:20"));
    assert_eq!(desk.status(), "J Ito gate · K Brown calling Khan, Amira 8KM");
    assert_eq!(small.status(), "J Ito gate · K Brown calling Khan, Amira 8KM");
    insta::assert_snapshot!("people_120x40", desk.frame());
    insta::assert_snapshot!("people_80x24", small.frame());
    insta::assert_snapshot!("people_list_120x40", desk.press("p").dialog());
    insta::assert_snapshot!("people_list_80x24", small.press("p").dialog());
    desk.press("esc n");
    assert!(desk.status().starts_with("✓ "), "{}", desk.status());
    // Their desks have said nothing more for five minutes.
    small.press("esc").clock("09:23");
    assert_eq!(small.status(), "", "{}", small.text());
}

#[test]
fn the_title_says_it_where_there_is_room_and_our_own_desk_is_left_out() {
    let office = Office::new();
    let mut gate = office.desk_with("09:12", (80, 24), Look::default(), "J Ito");
    let presence = gate.app.report_presence();
    gate.obey(presence);
    let wide = office.desk_with("09:12", (160, 40), Look::default(), "S Marsh");
    assert!(wide.line_with("firstbell").contains("J Ito office · S Marsh  09:12"), "{}", wide.line_with("firstbell"));
    gate.look();
    assert!(!gate.shows("J Ito office"), "{}", gate.text());
}

#[test]
fn at_a_gate_login_no_pupil_is_named() {
    let office = peopled();
    let gate = office.gate("09:20");
    assert!(gate.shows("K Brown calling") && !gate.shows("Khan"), "{}", gate.text());
    // Nor to an officer at the gate, whose screen others read as well.
    let mut desk = office.small("09:20");
    assert!(desk.shows("K Brown calling Khan, Amira 8KM"));
    desk.press("f4");
    assert!(desk.shows("K Brown calling") && !desk.shows("Khan"), "{}", desk.text());
}
