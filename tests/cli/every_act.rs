//! Every act of the record has a command that does it, so that a morning can be told whole without the screen.

use std::collections::BTreeSet;

use firstbell::domain::act::{Act, LogMovement};
use firstbell::domain::facts::presence::Way;
use serde_json::Value;

use crate::importing::feeding;
use crate::registers::timetable;
use crate::support::*;

/// The command that does an act: an act that is new says its own here, and is done below.
fn command(act: &Act) -> &'static str {
    match act {
        Act::Amend(_) | Act::AmendSeveral(_) => "mark",
        Act::Arrange(_) | Act::ChangeArrangement(_) | Act::EndArrangement(_) => "arrange",
        Act::LogArrival(_) => "late",
        Act::FollowLate(_) => "late-step",
        Act::ReportAbsence(_) | Act::LogPromise(_) => "report-absence",
        Act::LogCall(_) => "call",
        Act::Bar(_) | Act::LiftBar(_) => "bar",
        Act::CorrectContact(_)
        | Act::AddContact(_)
        | Act::ChangeGroup(_)
        | Act::Leave(_)
        | Act::Enrol(_)
        | Act::NumberJoiner(_) => "correct",
        Act::TakeStep(_) => "step",
        Act::SettleUnresolved(_) => "ageing",
        Act::Decide(_) => "check",
        Act::Chase(_) | Act::ChaseLesson(_) => "chase",
        Act::Snooze(_) => "snooze",
        Act::Cover(_) => "cover",
        Act::TakeLesson(_) | Act::TakeRegister(_) => "register",
        Act::LogMovement(LogMovement { way: Way::Out, .. }) => "out",
        Act::LogMovement(LogMovement { way: Way::Back, .. }) => "back",
        Act::Sight(_) => "sweep",
        Act::SightGroup(_) => "fire",
        Act::Confirm(_) => "confirm",
        Act::OpenSearch(_) | Act::NoteSearch(_) | Act::EndSearch(_) => "search",
        Act::Watch(_) | Act::Unwatch(_) => "watch",
        Act::ChangeSettings(_) => "settings",
        Act::MapMark(_) | Act::DropMarks(_) => "quarantine",
        Act::ConfirmHandback(_) | Act::RefuseHandback(_) => "handback",
        Act::ConfirmLeavers(_) | Act::Stay(_) => "leavers",
        Act::DismissFile(_) => "refused",
        Act::ReadMessage(_) => "inbox",
        Act::OpenCase(_) | Act::ChangeCase(_) | Act::LogCaseEvent(_) | Act::EndCaseEvent(_) => "case",
        Act::MakeLetter(_) | Act::DeliverLetter(_) => "letter",
        Act::Undo(_) => "undo",
    }
}

/// The words that acts are journalled by, as the journal's reader names them of a word that is none.
fn every_word() -> BTreeSet<String> {
    let text = serde_json::from_str::<Act>("\"none\"").unwrap_err().to_string();
    text.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// Harrington High, where every act is done once; `after` each, it is told the command.
pub fn everything(mut after: impl FnMut(&Desk, &str)) -> Desk {
    let desk = Desk::harrington();
    timetable(&desk);
    let marks = "admission_no,date,session,code\n1,2026-11-23,AM,7\n4,2026-11-23,AM,8\n";
    desk.import("marks.csv", marks, &[]).ends(0);
    for pupil in ["bilal", "kofi"] {
        desk.run(&["mark", pupil, "I", "--date", "2026-11-23", "--session", "AM", "--reason", "rang"]).ends(0);
    }
    desk.run(&["handback"]).ends(0);
    let rows =
        desk.ask("SELECT admission_no || ',' || surname || ',' || forename FROM pupil WHERE admission_no <> '1'");
    let rows: Vec<String> = rows.concat().into_iter().flatten().collect();
    desk.import("pupils.csv", &format!("admission_no,surname,forename\n{}\n", rows.join("\n")), &[]).ends(0);
    feeding::feed(&desk, "notes.pdf", "%PDF-1.7").ends(1);
    let messages = "received,name,class,words\n2026-11-24 07:58,Kofi Osei,9BW,poorly\n";
    desk.import("messages.csv", messages, &[]).ends(0);
    let post = tempfile::tempdir().unwrap();
    let make = ["letter", "make", "concern-1", "1", "--out", post.path().to_str().unwrap(), "--confirm", "2", "--json"];
    let letter = desk.run(&make).ends(0).rows().remove(1)["letter"].to_string();
    after(&desk, "letter");
    desk.run(&["letter", "sent", &letter, "--by", "hand"]).ends(0);
    after(&desk, "letter");
    let settings = desk.folder.path().join("settings.toml");
    std::fs::write(&settings, desk.run(&["settings"]).out.replace("Harrington High", "Harrington Hall")).unwrap();
    for (now, args) in [
        (NOW, &["late", "kofi", "--at", "08:57"][..]),
        (NOW, &["late-step", "kofi", "met"]),
        (NOW, &["report-absence", "bilal", "--code", "W", "--when", "today", "--by", "Mr Hall"]),
        (
            NOW,
            &[
                "arrange",
                "bilal",
                "kofi",
                "--code",
                "W",
                "--title",
                "Harbour Garage",
                "--days",
                "fri pm",
                "--until",
                "2026-12-18",
            ],
        ),
        (NOW, &["arrange", "--change", "1", "--without", "kofi", "--review", "2026-12-04"]),
        (NOW, &["arrange", "--end", "1", "--from", "2026-12-11"]),
        (NOW, &["report-absence", "1", "--on-the-way", "--by", "Mrs Khan"]),
        (NOW, &["confirm", "bilal", "--by", "Mr Hall"]),
        (NOW, &["call", "1", "--outcome", "unaware"]),
        (NOW, &["bar", "1", "--contact", "1", "--reason", "court order"]),
        (NOW, &["bar", "1", "--contact", "1", "--lift", "--reason", "order ended"]),
        (NOW, &["correct", "contact", "1", "--contact", "1", "--number", "07700 900999"]),
        (NOW, &["correct", "new-contact", "1", "--contact", "Ms Adeyemi", "--relationship", "aunt"]),
        (NOW, &["correct", "group", "7", "9BW"]),
        (NOW, &["correct", "leaver", "kofi", "--on", "2026-12-04"]),
        (NOW, &["correct", "joiner", "--surname", "Newby", "--forename", "Joe", "--group", "8KM"]),
        (NOW, &["correct", "joiner-number", "newby", "--admission-no", "9001"]),
        (NOW, &["step", "1", "dsl", "Ms Grey"]),
        (NOW, &["sweep", "7", "--seen", "--place", "library"]),
        (NOW, &["fire", "8KM", "--seen"]),
        (NOW, &["check", "7", "--leave", "somebody else"]),
        (NOW, &["mark", "1", "I", "--reason", "rang"]),
        (NOW, &["mark", "1", "M", "--reason", "dentist", "--and", "kofi"]),
        (NOW, &["chase", "10DP"]),
        (NOW, &["chase", "8KM Maths"]),
        (NOW, &["snooze", "10DP"]),
        (NOW, &["cover", "10DP", "--room", "R9"]),
        (NOW, &["register", "9BW"]),
        (NOW, &["register", "P1 8KM Maths"]),
        (NOW, &["out", "4", "dentist"]),
        (NOW, &["back", "4"]),
        (NOW, &["search", "4"]),
        (NOW, &["search", "4", "--note", "toilets, no"]),
        (NOW, &["search", "4", "--found", "library"]),
        (NOW, &["quarantine", "map", "7", "I"]),
        (NOW, &["quarantine", "drop", "8", "--reason", "typing"]),
        (NOW, &["leavers", "confirm", "1", "--stay"]),
        (NOW, &["undo"]),
        (NOW, &["leavers", "confirm", "1", "--on", "2026-12-18"]),
        (NOW, &["refused", "dismiss", "1"]),
        (NOW, &["handback", "confirm", "1", "--rows", "1"]),
        (NOW, &["handback", "refuse", "1", "--rows", "2", "--reason", "locked"]),
        (NOW, &["inbox", "read", "1"]),
        (NOW, &["case", "open", "1", "--why", "below 90 %"]),
        (NOW, &["case", "stage", "1", "meeting"]),
        (NOW, &["case", "add", "visit", "1", "--purpose", "persistent", "--second", "Mr Cole", "--due-back", "10:15"]),
        (NOW, &["case", "end", "visit", "1", "no-answer"]),
        (NOW, &["case", "add", "details", "1", "--with", "1"]),
        (NOW, &["case", "add", "contact", "1", "--way", "letter", "--with", "1"]),
        (NOW, &["case", "add", "meeting", "1", "--minutes", "tired", "--agreed", "see the GP / Mrs Khan / 2026-12-11"]),
        (NOW, &["case", "end", "action", "1", "1"]),
        (NOW, &["case", "add", "improvement", "1", "--parent", "1", "--start", "2026-10-12"]),
        (NOW, &["mark", "1", "O", "--date", "2026-11-23", "--session", "AM", "--reason", "found out"]),
        (NOW, &["case", "add", "penalty", "1", "--parent", "1", "--from", "2026-11-23", "--until", "2026-11-23"]),
        (
            NOW,
            &[
                "case",
                "add",
                "leave",
                "1",
                "--from",
                "2026-12-01",
                "--until",
                "2026-12-02",
                "--by",
                "1",
                "--reason",
                "x",
            ],
        ),
        (NOW, &["case", "end", "leave", "1", "refused", "--reason", "no exception"]),
        (NOW, &["case", "close", "1", "improved"]),
        (NOW, &["watch", "add", "4", "--reason", "truancy"]),
        (NOW, &["watch", "drop", "4"]),
        (NOW, &["settings", settings.to_str().unwrap()]),
        (NOW, &["undo"]),
        ("2026-12-07T09:20", &["ageing", "--settle"]),
    ] {
        desk.run_at(now, args).ends(0);
        after(&desk, args[0]);
    }
    desk
}

#[test]
fn every_act_is_done_by_its_command() {
    let mut done = BTreeSet::new();
    everything(|desk, name| {
        let journalled = desk.ask("SELECT detail FROM act ORDER BY id DESC LIMIT 1").remove(0).remove(0).unwrap();
        assert_eq!(command(&serde_json::from_str(&journalled).unwrap()), name, "{journalled}");
        let act: Value = serde_json::from_str(&journalled).unwrap();
        done.extend(act.as_object().unwrap().keys().cloned());
    });
    assert_eq!(done, every_word());
}
