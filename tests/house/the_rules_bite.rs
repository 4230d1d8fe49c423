//! Each rule, broken on purpose.

use std::collections::BTreeSet;

use crate::rules::{circles, folders, imports, manners};
use crate::source::{Named, Source, module, words};

/// What the rules say of a file with this text.
fn violations(file: &str, text: &str) -> String {
    let modules = [
        "mod",
        "app/mod",
        "app/gate",
        "scene",
        "widgets/dialog",
        "widgets/list",
        "worker/keeper",
        "office/panes/mod",
        "office/panes/watch/mod",
    ];
    let modules = modules.map(|name| format!("src/screen/{name}.rs"));
    let modules: BTreeSet<_> = modules.iter().map(String::as_str).chain([file]).map(module).collect();
    let file = Source::new(file, text);
    [imports(&file, &modules), manners(&file)].concat().join("\n")
}

#[track_caller]
fn bites(file: &str, text: &str, why: &str) {
    let violations = violations(file, text);
    assert!(violations.contains(why), "{text:?} in {file}: {violations:?}");
}

#[track_caller]
fn allows(file: &str, text: &str) {
    assert_eq!(violations(file, text), "", "{text:?} in {file}");
}

#[test]
fn every_way_to_write_a_path_is_read() {
    let text = r##"
        //! use crate::comment;
        use std::{fs, io::{self, Read as _}};
        use super::super::scene::{Scene, short as brief};
        use crate::keys::*;
        mod tests { use super::*; mod deeper { fn f() { super::super::g::h() } } }
        fn f<'a>(x: &'a crate::domain::act::Act) -> char { let _ = r#"crate::raw"#; /* a /* crate::b */ c */ '\'' }
        fn g() { "crate::text \" crate::more"; self::own::<u8>(); 'x'; crate::a::B::<crate::c::D>::e(); }
    "##;
    let ours = |path: &str| Named::Ours(path.split("::").map(str::to_owned).collect());
    let theirs = |path: &str| Named::Theirs(path.split("::").map(str::to_owned).collect());
    let found = Source::new("src/screen/office/dialogs/card/mod.rs", text).paths();
    let expected = [
        theirs("std::fs"),
        theirs("std::io"),
        theirs("std::io::Read"),
        ours("screen::office::scene::Scene"),
        ours("screen::office::scene::short"),
        ours("keys"),
        ours("screen::office::dialogs::card"),
        ours("screen::office::dialogs::card::g::h"),
        ours("domain::act::Act"),
        ours("screen::office::dialogs::card::own"),
        ours("a::B"),
        ours("c::D"),
    ];
    assert_eq!(found, BTreeSet::from(expected));
    assert_eq!(words("a::b'c' /*x*/ r\"d\" 'e f"), ["a", "::", "b", "'", "e", "f"]);
}

#[test]
fn floors() {
    bites("src/domain/act/mod.rs", "use crate::keys::Key;", "neighbours");
    bites("src/domain/act/mod.rs", "fn f() { crate::clock::Clock::System.now() }", "neighbours");
    bites("src/domain/act/mod.rs", "use crate::{domain::code, store::{Store}};", "upward");
    bites("src/store/tables/mark.rs", "use crate::exchange::read;", "upward");
    bites("src/exchange/flat/mod.rs", "mod tests { use super::super::super::demo::MadeSchool; }", "neighbours");
    bites("src/cli/desk/mod.rs", "use crate::screen;", "neighbours");
    bites("src/screen/app/mod.rs", "fn f() -> crate::cli::Failure {}", "neighbours");
    bites("src/cli/desk/mod.rs", "use crate::attic::Box;", "no floor");
    bites("src/domain/act/mod.rs", "use crate::*;", "nobody's");
    bites("src/lib.rs", "pub use self::domain::act::Act;", "root imports nothing");
    allows(
        "src/cli/desk/mod.rs",
        "use crate::store::Store; use super::answer::Row; use crate::exchange::{self, Read};",
    );
    allows("src/main.rs", "use firstbell::{cli, screen::{self, Look}};");
    allows("src/config/mod.rs", "use crate::domain::act::Officer;");
    allows("src/lib.rs", "pub mod cli; pub mod domain;");
}

#[test]
fn tools() {
    bites("src/domain/act/mod.rs", "use rusqlite::Connection;", "only store may");
    bites("src/cli/desk/mod.rs", "fn f(_: &rusqlite::Connection) {}", "only store may");
    bites("src/cli/desk/mod.rs", "use ratatui::style::Style;", "only screen may");
    bites("src/store/tables/mark.rs", "use tui_textarea as area;", "only screen may");
    bites("src/main.rs", "use crossterm::event;", "only keys and screen may");
    allows("src/store/acts/undo.rs", "use rusqlite::Connection;");
}

#[test]
fn rooms() {
    let (pane, dialog) = ("src/screen/office/panes/registers/view.rs", "src/screen/office/dialogs/late.rs");
    for above in ["app::App", "worker::keeper::Keeper", "office::panes::watch::Watch", "office::dialogs::late::Late"] {
        bites(pane, &format!("use crate::screen::{above};"), "a room stands on");
    }
    bites(pane, "use super::super::watch::Row;", "a room stands on");
    bites(pane, "use crate::screen::*;", "a room stands on");
    bites(pane, "use crate::store::Fault;", "a room stands on");
    bites(dialog, "use super::call::CallCard;", "a room stands on");
    bites(dialog, "use crate::clock::Clock;", "a room stands on");
    bites("src/screen/gate/view.rs", "use crate::screen::app::App;", "a room stands on");
    bites("src/screen/office/opening.rs", "use crate::screen::gate::Gate;", "do not import each other");
    bites("src/screen/office/dialogs/desk/help.rs", "use super::day_log::DayLog;", "a room stands on");
    allows(pane, "use super::{Registers, Row}; use super::super::hints; use crate::screen::scene::Scene;");
    allows(dialog, "use crate::screen::widgets::dialog::Dialog; use crate::domain::act::Act; crate::actions! {}");
    bites("src/screen/widgets/list.rs", "use crate::screen::app::App;", "the ground");
    bites("src/screen/view_context.rs", "use super::office::panes::watch;", "the ground");
    bites("src/screen/office/panes/mod.rs", "use crate::store::Fault;", "the ground");
    allows("src/screen/widgets/picker.rs", "use super::list::List; use crate::domain::school::roll::Roll;");
}

#[test]
fn tables() {
    bites("src/store/tables/mark.rs", "use super::evidence;", "tables");
    bites("src/store/tables/call.rs", "fn f() { crate::store::tables::watch::load() }", "tables");
    allows("src/store/read/days.rs", "use crate::store::tables::{call, evidence, mark};");
    allows("src/store/tables/mark.rs", "use crate::store::columns::date; use crate::domain::facts::evidence::Mark;");
}

#[test]
fn circles_are_found_and_a_module_is_one_with_its_folder() {
    let violations = |files: &[(&str, &str)]| {
        let files: Vec<Source> = files.iter().map(|(file, text)| Source::new(file, text)).collect();
        circles(&files).join("\n")
    };
    let round = [
        ("src/domain/late/mod.rs", "use crate::domain::day::Day;"),
        ("src/domain/day/mod.rs", ""),
        ("src/domain/day/closed.rs", "use crate::domain::late::Late;"),
    ];
    assert_eq!(violations(&round), "domain::day is in a circle of imports\ndomain::late is in a circle of imports");
    assert_eq!(violations(&round[..2]), "");
    let in_tests = "mod tests { use crate::domain::late::Late; }";
    assert_eq!(violations(&[round[0], ("src/domain/day/mod.rs", in_tests)]), "");
    let own = [
        ("src/domain/day/mod.rs", "pub use closed::C; use self::closed::D;"),
        ("src/domain/day/closed.rs", "use super::Day;"),
    ];
    assert_eq!(violations(&own), "");
}

#[test]
fn folders_too() {
    let file = |name: String| Source::new(&name, "");
    let many: Vec<Source> = (0..26).map(|n| file(format!("src/domain/day/a{n}.rs"))).collect();
    assert_eq!(folders(&many), ["src/domain/day has 26 entries: 25 are enough"]);
    assert_eq!(folders(&many[1..]), [""; 0]);
    let beside = [file("src/domain/day.rs".to_owned()), file("src/domain/day/closed.rs".to_owned())];
    assert_eq!(folders(&beside), ["src/domain/day.rs lies beside its folder: it is the folder's mod.rs"]);
}

#[test]
fn manners_too() {
    bites("src/cli/utils.rs", "", "says nothing");
    bites("src/screen/types/mod.rs", "", "says nothing");
    bites("src/cli/desk/mod.rs", &"\n".repeat(451), "451 lines");
    allows("src/cli/desk/mod.rs", &"\n".repeat(450));
    let begins = "fn f() { writer.transaction_with_behavior(Immediate) }";
    bites("src/store/tables/pin.rs", begins, "begins a change");
    allows("src/store/file/change.rs", begins);
    for bad in [
        "unsafe fn f() {}",
        "todo!()",
        "unimplemented!(\"x\")",
        "dbg!(1)",
        "#[ignore] fn f() {}",
        "#[ignore = \"slow\"]",
    ] {
        bites("src/cli/desk/mod.rs", bad, "src/cli/desk/mod.rs has ");
    }
    allows("src/cli/desk/mod.rs", "// todo!()\nfn todo() { \"unsafe\"; }");
}
