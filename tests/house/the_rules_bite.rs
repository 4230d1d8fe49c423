//! Each rule, broken on purpose.

use std::collections::BTreeSet;

use crate::rules::{imports, manners};
use crate::source::{Named, Source, module, words};

/// What the rules say of a file with this text.
fn told(file: &str, text: &str) -> String {
    let modules = ["mod", "dialog", "field", "scene", "panes/mod", "panes/watch/mod"];
    let modules = modules.map(|name| format!("src/screen/{name}.rs"));
    let modules: BTreeSet<_> = modules.iter().map(String::as_str).chain([file]).map(module).collect();
    let file = Source::new(file, text);
    [imports(&file, &modules), manners(&file)].concat().join("\n")
}

#[track_caller]
fn bites(file: &str, text: &str, why: &str) {
    let told = told(file, text);
    assert!(told.contains(why), "{text:?} in {file}: {told:?}");
}

#[track_caller]
fn allows(file: &str, text: &str) {
    assert_eq!(told(file, text), "", "{text:?} in {file}");
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
    let found = Source::new("src/screen/dialogs/card.rs", text).paths();
    let expected = [
        theirs("std::fs"),
        theirs("std::io"),
        theirs("std::io::Read"),
        ours("screen::scene::Scene"),
        ours("screen::scene::short"),
        ours("keys"),
        ours("screen::dialogs::card"),
        ours("screen::dialogs::card::g::h"),
        ours("domain::act::Act"),
        ours("screen::dialogs::card::own"),
        ours("a::B"),
        ours("c::D"),
    ];
    assert_eq!(found, BTreeSet::from(expected));
    assert_eq!(words("a::b'c' /*x*/ r\"d\" 'e f"), ["a", "::", "b", "'", "e", "f"]);
}

#[test]
fn floors() {
    bites("src/domain/act.rs", "use crate::keys::Key;", "neighbours");
    bites("src/domain/act.rs", "fn f() { crate::clock::Clock::System.now() }", "neighbours");
    bites("src/domain/act.rs", "use crate::{domain::code, store::{Store}};", "upward");
    bites("src/store/mark.rs", "use super::super::exchange::read;", "upward");
    bites("src/exchange/flat/mod.rs", "mod tests { use super::super::super::demo::MadeSchool; }", "neighbours");
    bites("src/cli/desk.rs", "use crate::screen;", "neighbours");
    bites("src/screen/app.rs", "fn f() -> crate::cli::Failure {}", "neighbours");
    bites("src/cli/desk.rs", "use crate::attic::Box;", "no floor");
    bites("src/domain/act.rs", "use crate::*;", "nobody's");
    bites("src/lib.rs", "pub use self::domain::act::Act;", "root imports nothing");
    allows("src/cli/desk.rs", "use crate::store::Store; use super::answer::Row; use crate::exchange::{self, Read};");
    allows("src/main.rs", "use firstbell::{cli, screen::{self, Look}};");
    allows("src/config.rs", "use crate::domain::act::Officer;");
    allows("src/lib.rs", "pub mod cli; pub mod domain;");
}

#[test]
fn tools() {
    bites("src/domain/act.rs", "use rusqlite::Connection;", "only store may");
    bites("src/cli/desk.rs", "fn f(_: &rusqlite::Connection) {}", "only store may");
    bites("src/cli/desk.rs", "use ratatui::style::Style;", "only screen may");
    bites("src/store/mark.rs", "use tui_textarea as area;", "only screen may");
    bites("src/main.rs", "use crossterm::event;", "only keys and screen may");
    allows("src/store/acts/undo.rs", "use rusqlite::Connection;");
}

#[test]
fn rooms() {
    let (pane, dialog) = ("src/screen/panes/registers/view.rs", "src/screen/dialogs/late.rs");
    for above in ["app::App", "keeper::Keeper", "keymaps::Keymaps", "panes::watch::Watch", "dialogs::late::Late"] {
        bites(pane, &format!("use crate::screen::{above};"), "a room stands on");
    }
    bites(pane, "use super::super::watch::Row;", "a room stands on");
    bites(pane, "use super::super::super::*;", "a room stands on");
    bites(pane, "use crate::store::Fault;", "a room stands on");
    bites(dialog, "use super::call::CallCard;", "a room stands on");
    bites(dialog, "use crate::clock::Clock;", "a room stands on");
    allows(pane, "use super::{Registers, Row}; use super::super::hints; use super::super::super::scene::Scene;");
    allows(dialog, "use super::super::{dialog::Dialog, field::Field}; use crate::domain::act::Act; crate::actions! {}");
    bites("src/screen/list.rs", "use super::app::App;", "the ground");
    bites("src/screen/dialog.rs", "use super::dialogs::call;", "the ground");
    bites("src/screen/panes/mod.rs", "use crate::store::Fault;", "the ground");
    allows("src/screen/picker.rs", "use super::list::List; use crate::domain::roll::Roll;");
}

#[test]
fn aggregates() {
    bites("src/store/mark.rs", "use super::evidence;", "aggregates");
    bites("src/store/call.rs", "fn f() { crate::store::watch::load() }", "aggregates");
    allows("src/store/days.rs", "use super::{call, evidence, mark};");
    allows("src/store/mark.rs", "use super::columns::date; use crate::domain::evidence::Mark;");
}

#[test]
fn manners_too() {
    bites("src/cli/utils.rs", "", "says nothing");
    bites("src/screen/types/mod.rs", "", "says nothing");
    bites("src/cli/desk.rs", &"\n".repeat(451), "451 lines");
    allows("src/cli/desk.rs", &"\n".repeat(450));
    let begins = "fn f() { writer.transaction_with_behavior(Immediate) }";
    bites("src/store/pin.rs", begins, "begins a change");
    allows("src/store/change.rs", begins);
    for bad in [
        "unsafe fn f() {}",
        "todo!()",
        "unimplemented!(\"x\")",
        "dbg!(1)",
        "#[ignore] fn f() {}",
        "#[ignore = \"slow\"]",
    ] {
        bites("src/cli/desk.rs", bad, "src/cli/desk.rs has ");
    }
    allows("src/cli/desk.rs", "// todo!()\nfn todo() { \"unsafe\"; }");
}
