//! What a dialog shows is copied or printed, once that is put down.

use firstbell::domain::school::staff::Role;
use firstbell::screen::Request;
use firstbell::store::Store;

use crate::support::{COLOUR, Desk, Office, change_settings, codes, officer};

const DISCLOSED: &str = "SELECT shown, pupil, what FROM disclosure ORDER BY id";

/// A school with a printer.
fn office() -> Office {
    let office = Office::new();
    change_settings(&mut Store::open(&office.path, codes()).unwrap(), |school| {
        school.printer = "lp -d office".to_owned()
    });
    office
}

/// What is printed or copied by these keys, after all that is recorded first has been.
fn taken(desk: &mut Desk, keys: &str) -> Vec<String> {
    let mut taken = Vec::new();
    let mut waiting = desk.press_only(keys);
    while let Some(request) = waiting.pop() {
        match request {
            Request::Print(printing) => {
                taken.push(format!("{}: {}\n{}", printing.command, printing.what, printing.text))
            }
            Request::Copy(text, _) => taken.push(format!("copied\n{text}")),
            request => {
                for event in desk.worker.obey(request, desk.now) {
                    waiting.extend(desk.app.on(event, desk.now));
                }
            }
        }
    }
    taken
}

#[test]
fn a_card_is_printed_whole_once_that_is_put_down_with_its_numbers_masked() {
    let office = office();
    let mut desk = office.desk_with("09:20", (80, 24), COLOUR, "S Marsh");
    desk.press("/ 'am' enter j j");
    let frame = desk.frame();
    assert!(desk.shows("lines more below"), "{frame}");
    assert!(desk.shows("ctrl-p print"), "{frame}");
    let shown = desk.text();
    let asked = desk.press_only("p");
    assert!(matches!(asked.as_slice(), [Request::Disclose(_)]), "{asked:?}");
    let printed = taken(&mut desk, "p").concat();
    assert!(printed.starts_with("lp -d office: The card\nKhan, Amira 8KM\n\n"), "{printed}");
    for held in ["Contacts, in calling order", "•••• 310", "Before today", "as recorded at 09:20 on Tue 24 Nov\n"]
    {
        assert!(printed.contains(held), "{held}: {printed}");
    }
    assert!(!printed.contains("07700") && !printed.contains("lines more below"), "{printed}");
    assert!(office.ask(DISCLOSED).ends_with("export | 1 | the card, printed"), "{}", office.ask(DISCLOSED));
    assert_eq!(desk.status(), "The card goes to the printer.");
    let card = |text: &str| text.lines().skip(1).take(20).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(card(&desk.text()), card(&shown), "it is scrolled as it was");
}

#[test]
fn a_long_list_is_printed_to_its_end_and_nobody_stands_out_on_paper() {
    let office = office();
    for minute in 10..70 {
        office.register(&format!("{:02}:{:02}", 8 + minute / 60, minute % 60), "8KM", "Mrs Kemp", &[(1, "N")]);
    }
    let mut desk = office.desk_with("09:20", (80, 24), COLOUR, "S Marsh");
    desk.press("T");
    for action in ["ctrl-p", "p"] {
        let printed = taken(&mut desk, action).concat();
        assert!(printed.starts_with("lp -d office: The day's tape\nToday's tape"), "{printed}");
        assert!(printed.matches("register of 8KM").count() >= 60 && !printed.contains("finds who"), "{printed}");
    }
    let copied = taken(&mut desk, "y").concat();
    assert!(copied.starts_with("copied\nToday's tape"), "{copied}");
    assert!(office.ask(DISCLOSED).ends_with("export |  | the day's tape, copied"), "{}", office.ask(DISCLOSED));
}

#[test]
fn keys_of_the_dialog_come_first_and_what_is_typed_is_typed() {
    let office = office();
    office.register("08:50", "8KM", "Mrs Kemp", &[(1, "N")]);
    let mut desk = office.desk("09:20");
    let fire = taken(&mut desk, "f p");
    assert!(fire.is_empty() && desk.status().is_empty(), "a name is typed: {fire:?} {}", desk.status());
    let fire = taken(&mut desk, "esc ctrl-p").concat();
    assert!(fire.starts_with("lp -d office: The fire list\n") && fire.contains("[ ]"), "{fire}");
    assert!(!office.ask(DISCLOSED).contains("fire"), "everybody may have it: nothing is put down");
    desk.press("esc esc / 'am' enter / 'p'");
    assert!(desk.shows("Search p"), "{}", desk.text());
    // A card that is read leaves the house's keys to the house; a document does not.
    desk.press("esc esc esc h l");
    assert!(desk.shows("Hand-over") || desk.shows("hand-over"), "{}", desk.text());
}

#[test]
fn without_a_printer_or_where_copying_is_off_it_says_so_and_nothing_is_put_down() {
    let office = Office::new();
    let mut store = Store::open(&office.path, codes()).unwrap();
    change_settings(&mut store, |school| school.screen.copy_text = false);
    let mut desk = office.desk("09:20");
    assert_eq!(taken(&mut desk, "x p"), Vec::<String>::new());
    assert_eq!(desk.status(), "No printer is set: “printer” in the school's settings is the command that prints.");
    assert_eq!(taken(&mut desk, "y"), Vec::<String>::new());
    assert_eq!(desk.status(), "The school's settings switch copying of texts off.");
    assert_eq!(office.ask("SELECT count(*) FROM disclosure"), "0");
}

#[test]
fn who_may_not_make_a_list_for_others_takes_none_away() {
    let office = office();
    let reader = firstbell::domain::act::Officer { role: Role::Reader, ..officer("J Ito") };
    let mut desk = office.desk_of("09:20", (120, 40), COLOUR, reader);
    desk.press("/ 'am' enter");
    assert_eq!(taken(&mut desk, "p"), Vec::<String>::new());
    assert!(desk.status().contains("officer"), "{}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM disclosure WHERE what LIKE '%printed'"), "0");
}
