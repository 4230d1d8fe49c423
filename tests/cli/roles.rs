//! Who may do what: logins and roles, keys with a forced command, and that a refusal leaves the record as it was.

use std::process::Command;

use crate::school::*;

/// One of the staff for each role, called as it is.
const STAFF: &str = r#"
[[staff]]
login = "gate"
name = "G Gate"
post = "gate"
role = "gate"
[[staff]]
login = "reader"
name = "R Reader"
post = "head of year"
role = "reader"
[[staff]]
login = "officer"
name = "O Officer"
post = "attendance officer"
role = "officer"
[[staff]]
login = "lead"
name = "L Lead"
post = "attendance lead"
role = "lead"
[[staff]]
login = "admin"
name = "A Admin"
post = "data manager"
role = "admin"
"#;

/// Harrington High, and five of its staff.
fn staffed() -> Desk {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("settings.toml");
    let settings = desk.run(&["settings"]).ends(0).out.replace("staff = []\n", "") + STAFF;
    std::fs::write(&file, settings).unwrap();
    desk.run(&["settings", file.to_str().unwrap()]).ends(0);
    desk
}

/// What `login` is answered by a key with a forced command, when `asked` is what the client sent.
fn over_ssh(desk: &Desk, login: &str, asked: &str) -> Said {
    said(forced(desk, login, asked).output().unwrap())
}

fn forced(desk: &Desk, login: &str, asked: &str) -> Command {
    let mut command = desk.command();
    let db = desk.db.to_str().unwrap();
    command.args(["--as", login, "--db", db, "--now", NOW]).env("SSH_ORIGINAL_COMMAND", asked);
    command.env("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22");
    command
}

#[test]
fn an_act_is_signed_as_the_list_has_it() {
    let desk = staffed();
    desk.run(&["late", "kofi", "--at", "08:57", "--as", "gate"]).ends(0);
    let signed = desk.ask("SELECT who, post, desk FROM act ORDER BY id DESC LIMIT 1").remove(0);
    let [who, post, at] = [0, 1, 2].map(|column| signed[column].clone().unwrap());
    assert_eq!((who.as_str(), post.as_str()), ("G Gate", "gate"));
    assert!(at.starts_with("gate@"), "{at}");
    // Whoever owns the file and is not listed is who the environment says, and may all.
    desk.run(&["undo"]).ends(1);
    desk.run(&["late", "bilal", "--at", "08:57"]).ends(0);
    assert_eq!(desk.ask("SELECT who FROM act ORDER BY id DESC LIMIT 1").remove(0)[0].as_deref(), Some("S Marsh"));
}

#[test]
fn nobody_else_sits_down() {
    let desk = staffed();
    let said = desk.run(&["lates", "--as", "jbloggs"]).ends(1);
    assert_eq!(
        said.err,
        "firstbell: jbloggs is not among the school's staff: an admin adds them with “firstbell settings”\n"
    );
    let said = desk.run(&["lates", "--as", "x\u{1b}[31m\u{7}", "--json"]).ends(1);
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'));
    assert_eq!(said.json()["refused"], "not-allowed");
}

#[test]
fn a_forced_command_hears_words_and_no_shell() {
    let desk = staffed();
    for asked in ["firstbell lates", "lates", "/usr/local/bin/firstbell lates"] {
        assert!(over_ssh(&desk, "officer", asked).ends(0).out.contains("Smith, Jo"), "{asked}");
    }
    let sent = desk.folder.path().join("sent");
    for trick in [format!("lates; touch {}", sent.display()), format!("who $(touch {})", sent.display())] {
        assert_ne!(over_ssh(&desk, "officer", &trick).exit, 0, "{trick}");
        assert!(!sent.exists(), "{trick}");
    }
    for asked in ["lates --as admin", "--db /etc/passwd lates", "lates --now 2026-11-24T08:00"] {
        let said = over_ssh(&desk, "gate", asked).ends(1);
        assert!(said.err.contains("cannot be asked for over this line"), "{}", said.err);
    }
    // Without words the screen opens, for which there is no terminal here.
    let said = over_ssh(&desk, "officer", "").ends(2);
    assert!(said.err.contains("the screen needs a terminal"), "{}", said.err);
}

#[test]
fn what_a_client_sends_with_the_line_names_no_file() {
    let desk = staffed();
    let mut command = desk.command();
    command.args(["--as", "officer", "--now", NOW, "lates"]).env("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22");
    // The harness names the file by FIRSTBELL_DB: over a line, and with a login given, nobody hears it.
    let said = said(command.output().unwrap()).ends(3);
    assert!(said.err.contains("school.db") && !said.err.contains(desk.db.to_str().unwrap()), "{}", said.err);
}

#[test]
fn a_login_that_is_given_reaches_no_files() {
    let desk = staffed();
    let path = desk.folder.path().join("new.db");
    let path = path.to_str().unwrap();
    for command in [
        &["backup", path][..],
        &["import", "/etc/passwd"],
        &["settings", "/etc/passwd"],
        &["init", "--name", "X"],
        &["demo", "--create-only"],
        &["sql", "SELECT 1"],
    ] {
        let said = desk.run(&[command, &["--as", "admin", "--json"]].concat()).ends(1);
        assert_eq!(said.json()["refused"], "not-allowed", "{command:?}");
        assert!(said.err.contains("is not for a login given by --as"), "{}", said.err);
    }
    assert!(!std::path::Path::new(path).exists());
    let said = desk.run(&["settings", "--as", "admin"]).ends(0);
    assert!(said.out.contains("name = \"Harrington High\""), "{}", said.out);
}
