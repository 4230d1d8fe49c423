//! A file that a folder brought and that was refused: a line on every desk's screen, until somebody has seen to it.

use firstbell::domain::facts::fed_file::FedFile;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::school::staff::Role;
use firstbell::screen::Look;
use firstbell::store::Store;
use firstbell::store::feed::FileRefusal;

use crate::support::{COLOUR, Office, at, codes, officer};

const WHY: &str =
    "marks-24.csv stops in the middle, on line 311: it was cut off, or is still being written. Export it again";

fn fed(file: &str) -> FedFile {
    let [folder, file, digest, kept_as] = ["/srv/firstbell-inbox", file, "aa", file].map(str::to_owned);
    FedFile { folder, file, digest, kept_as }
}

/// A file of that name is refused at that time.
fn refuse(office: &Office, time: &str, file: &str, why: &str) {
    let mut store = Store::open(&office.path, codes()).unwrap();
    let refusal = FileRefusal { why: why.to_owned(), ..FileRefusal::default() };
    store.refuse_file(&officer("import"), at(time), &fed(file), &refusal).unwrap();
}

#[test]
fn it_is_a_line_on_every_desk_s_screen_until_somebody_has_seen_to_it() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    let mut small = office.desk_with("09:12", (80, 24), COLOUR, "J Ito");
    let mut reader = office.desk_of("09:12", (120, 40), COLOUR, reader());
    let mut gate = office.gate("09:12");
    refuse(&office, "09:13", "marks-24.csv", WHY);
    for one in [&mut desk, &mut small, &mut reader, &mut gate] {
        one.clock("09:14").look();
    }
    insta::assert_snapshot!("refused_file", desk.text());
    assert!(
        small.status().starts_with("✗ 09:13 marks-24.csv stops in the middle")
            && small.status().ends_with("F see to it")
    );
    assert!(reader.status().contains("marks-24.csv"), "{}", reader.text());
    assert!(!gate.shows("marks-24"), "others read the screen there: {}", gate.text());
    // What is done is said in its place, for as long as that takes to read.
    small.press("n");
    assert!(small.status().starts_with("✓ "), "{}", small.text());
    small.clock("09:16");
    assert!(small.status().starts_with("✗ 09:13"), "{}", small.text());
    // Seen to at one desk, it is off all.
    desk.press("F");
    insta::assert_snapshot!("dialog_refused_files", desk.dialog());
    desk.press("d");
    assert!(
        desk.shows("No refused file is to be seen to.") && desk.status().starts_with("✓ marks-24.csv taken off"),
        "{}",
        desk.text()
    );
    small.look();
    assert!(!small.shows("marks-24.csv"), "{}", small.text());
    desk.press("esc u");
    small.look();
    assert!(small.status().starts_with("✗ 09:13"), "{}", small.text());
    reader.press("F d");
    assert!(reader.status().contains("is for an officer"), "{}", reader.text());
}

fn reader() -> firstbell::domain::act::Officer {
    firstbell::domain::act::Officer { role: Role::Reader, ..officer("R Reader") }
}

#[test]
fn several_are_counted_and_one_goes_when_a_file_of_its_name_is_taken() {
    let office = Office::new();
    refuse(&office, "08:01", "marks-24.csv", WHY);
    refuse(&office, "08:02", "roll.pdf", "roll.pdf is a PDF");
    let mut desk = office.desk_with("09:12", (80, 24), Look::default(), "S Marsh");
    assert!(desk.status().contains("2 files refused, the last 08:02 roll.pdf is a PDF"), "{}", desk.text());
    let mut store = Store::open(&office.path, codes()).unwrap();
    store.merge_fed(&officer("import"), at("09:13"), &Incoming::default(), &fed("roll.pdf")).unwrap();
    store.fed_unchanged(at("09:13"), &fed("roll.pdf")).unwrap();
    desk.look();
    assert!(desk.status().contains("08:01 marks-24.csv stops"), "{}", desk.text());
    desk.press("F d d");
    assert_eq!(desk.status(), "No refused file is to be seen to.");
}

#[test]
fn long_names_differ_where_they_are_cut_and_leave_room_for_the_reason() {
    let office = Office::new();
    for day in ["23", "24"] {
        let name = format!("marks-of-the-whole-school-by-session-{day}-november-2026.csv");
        refuse(&office, "08:01", &name, &format!("{name} looks like marks, but has no column session"));
    }
    for size in [(120, 40), (80, 24)] {
        let mut desk = office.desk_with("09:12", size, Look::default(), "S Marsh");
        assert!(desk.status().contains("looks like marks") || size.0 < 100, "{}", desk.text());
        desk.press("F");
        let rows: Vec<String> =
            desk.text().lines().filter(|line| line.contains("24 Nov 08:01")).map(str::to_owned).collect();
        assert!(rows.len() == 2 && rows[0] != rows[1], "{}", desk.text());
        assert!(rows.iter().all(|row| row.contains("looks like")), "{}", desk.text());
        assert!(desk.shows("session.") && desk.shows("of it tells all"), "{}", desk.text());
    }
}

#[test]
fn where_nothing_is_refused_the_dialog_says_what_would_stand_there() {
    let mut desk = Office::new().desk_with("09:12", (80, 24), Look::default(), "S Marsh");
    desk.press("F");
    assert!(
        desk.shows("No refused file is to be seen to.") && desk.shows("is listed here with the reason"),
        "{}",
        desk.text()
    );
}
