use chrono::NaiveDate;

use super::{Amend, ChangeSettings, ReportAbsence, *};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::message::Channel;
use crate::domain::school::School;
use crate::domain::testing::{AMIRA, code, today};

#[test]
fn an_act_survives_the_journal() {
    let act = Act::Amend(Amend {
        pupil: AMIRA,
        at: SessionDate::new(today(), Session::Am),
        code: code("\\"),
        minutes: None,
        reason: "marked in error".to_owned(),
        saw: ActId(7),
    });
    let written = serde_json::to_string(&act).unwrap();
    assert_eq!(serde_json::from_str::<Act>(&written).unwrap(), act);
}

#[test]
fn a_report_from_before_channels_were_kept_is_read() {
    let old = r#"{"report-absence":{"pupils":[1],"code":"I","from":{"date":"2026-03-04","session":"AM"},
        "until":{"date":"2026-03-04","session":"PM"},"by":"Mrs Khan","words":"flu"}}"#;
    let Act::ReportAbsence(ReportAbsence { channel, seen, back, .. }) = serde_json::from_str(old).unwrap() else {
        panic!("{old}");
    };
    assert_eq!((channel, seen.as_str(), back), (Channel::Telephone, "", None));
}

#[test]
fn what_changes_the_set_up_is_journalled_under_its_words() {
    let school = || Box::new(School::usual().unwrap());
    let login = "jsmith".to_owned();
    let import = Other::Import {
        files: Vec::new(),
        counts: Vec::new(),
        changes: Vec::new(),
        kept: Vec::new(),
        refused: 0,
        warned: 0,
        can_undo: false,
    };
    let kinds = [
        Act::ChangeSettings(ChangeSettings { from: school(), to: school() }).kind(),
        import.kind(),
        Other::PinSet { login: login.clone() }.kind(),
        Other::PinForgotten { login }.kind(),
        Other::Cleared { until: NaiveDate::MIN, counts: Vec::new() }.kind(),
    ];
    assert!(kinds.iter().all(|kind| SET_UP.contains(kind)) && SET_UP.iter().all(|kind| kinds.contains(kind)));
}

#[test]
fn an_entry_of_the_journal_is_an_act_or_what_the_program_did() {
    let read = |json: &str| JournalEntry::read(json).map(|entry| (entry.can_undo(), entry.changes()));
    assert_eq!(read(r#"{"unwatch":{"pupil":1}}"#), Some((true, Vec::new())));
    let import = r#"{"import":{"files":["a.csv"],"counts":[],"changes":["x"],"can_undo":true}}"#;
    assert_eq!(read(import), Some((true, vec!["x".to_owned()])));
    assert_eq!(read(r#"{"pin-set":{"login":"jsmith"}}"#), Some((false, Vec::new())));
    assert!(JournalEntry::read(r#"{"of-a-newer-version":{}}"#).is_none());
}
