//! Who may do what: logins and roles, keys with a forced command, and that a refusal leaves the record as it was.

use std::io::Write;
use std::process::{Command, Stdio};

use firstbell::config;
use firstbell::domain::act::Officer;
use firstbell::domain::school::staff::{Member, Role};

use crate::support::*;

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
pub fn staffed() -> Desk {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("settings.toml");
    let settings = desk.run(&["settings"]).ends(0).out.replace("staff = []\n", "") + STAFF;
    std::fs::write(&file, settings).unwrap();
    desk.run(&["settings", file.to_str().unwrap()]).ends(0);
    desk
}

/// What `login` is answered by a key with a forced command, when `asked` is what the client sent.
pub fn over_ssh(desk: &Desk, login: &str, asked: &str) -> CommandOutput {
    read_output(forced(desk, login, asked).output().unwrap())
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
    let output = desk.run(&["lates", "--as", "jbloggs"]).ends(1);
    assert_eq!(
        output.err,
        "firstbell: jbloggs is not among the school's staff: an admin adds them with “firstbell settings”\n"
    );
    let output = desk.run(&["lates", "--as", "x\u{1b}[31m\u{7}", "--json"]).ends(1);
    assert!(!output.out.contains('\u{1b}') && !output.err.contains('\u{1b}'));
    assert_eq!(output.json()["refused"], "not-allowed");
}

#[test]
fn a_forced_command_hears_words_and_no_shell() {
    let desk = staffed();
    for asked in ["firstbell lates", "lates", "/usr/local/bin/firstbell lates"] {
        assert!(over_ssh(&desk, "officer", asked).ends(0).out.contains("Smith, Jo"), "{asked}");
    }
    // A line over SSH keeps no quotes.
    let output = over_ssh(&desk, "officer", "late smith jo 9bw --reason bus").ends(0);
    assert!(output.out.starts_with("Smith, Jo 9BW"), "{}", output.out);
    let sent = desk.folder.path().join("sent");
    for trick in [format!("lates; touch {}", sent.display()), format!("who $(touch {})", sent.display())] {
        assert_ne!(over_ssh(&desk, "officer", &trick).exit, 0, "{trick}");
        assert!(!sent.exists(), "{trick}");
    }
    for asked in ["lates --as admin", "--db /etc/passwd lates", "lates --now 2026-11-24T08:00"] {
        let output = over_ssh(&desk, "gate", asked).ends(1);
        assert!(output.err.contains("cannot be asked for over this line"), "{}", output.err);
    }
    // Without words the screen opens, for which there is no terminal here.
    let output = over_ssh(&desk, "officer", "").ends(2);
    assert!(output.err.contains("the screen needs a terminal"), "{}", output.err);
}

#[test]
fn what_a_client_sends_with_the_line_names_no_file() {
    let desk = staffed();
    let mut command = desk.command();
    command.args(["--as", "officer", "--now", NOW, "lates"]).env("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22");
    // The harness names the file by FIRSTBELL_DB: over a line, and with a login given, nobody hears it.
    let output = read_output(command.output().unwrap()).ends(3);
    assert!(output.err.contains("school.db") && !output.err.contains(desk.db.to_str().unwrap()), "{}", output.err);
}

#[test]
fn a_login_that_is_given_reaches_no_files() {
    let desk = staffed();
    let path = desk.folder.path().join("new.db");
    let path = path.to_str().unwrap();
    for command in [
        &["backup", path][..],
        &["archive", path],
        &["restore", "/etc/passwd", "--into", path],
        &["import", "/etc/passwd"],
        &["export", "marks", "--to", path],
        &["report", "lates", "--out", "x.txt"],
        &["pack", "amira", "--for", "panel", "--out", "x.txt"],
        &["case", "referral", "amira", "--reason", "holiday", "--out", "x.txt"],
        &["report", "--due"],
        &["feed", "/etc"],
        &["settings", "/etc/passwd"],
        &["init", "--name", "X"],
        &["demo", "--create-only"],
        &["sql", "SELECT 1"],
    ] {
        let output = desk.run(&[command, &["--as", "admin", "--json"]].concat()).ends(1);
        assert_eq!(output.json()["refused"], "not-allowed", "{command:?}");
        assert!(output.err.contains("is not for a login given by --as"), "{}", output.err);
    }
    assert!(!std::path::Path::new(path).exists());
    let output = desk.run(&["settings", "--as", "admin"]).ends(0);
    assert!(output.out.contains("name = \"Harrington High\""), "{}", output.out);
}

#[test]
fn a_login_that_is_given_names_no_program_to_be_run() {
    let desk = staffed();
    let before = whole(&desk);
    let settings = desk.run(&["settings"]).ends(0).out;
    assert!(settings.contains("late-slip = \"\"\n"), "{settings}");
    let save = |text: &str, mut command: Command| {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        read_output(child.wait_with_output().unwrap())
    };
    let program = settings.replace("late-slip = \"\"", "late-slip = \"sh -c id\"");
    let answer = save(&program, forced(&desk, "admin", "settings -")).ends(1);
    assert!(answer.err.contains("late-slip is a program of this computer"), "{}", answer.err);
    assert_eq!(whole(&desk), before);
    // Whatever else they change is theirs.
    save(&settings.replace("Harrington High", "Harrington"), forced(&desk, "admin", "settings -")).ends(0);
    let mut owner = desk.command();
    owner.args(["settings", "-"]);
    save(&program, owner).ends(0);
}

const ROLES: [&str; 5] = ["gate", "reader", "officer", "lead", "admin"];

/// Everything in the file, table by table.
pub fn whole(desk: &Desk) -> String {
    let file = rusqlite::Connection::open(&desk.db).unwrap();
    let mut tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = String::new();
    for table in tables {
        let mut rows = file.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let width = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            (0..width).for_each(|column| all += &format!("{:?} ", row.get_ref(column).unwrap()));
            all += &format!("{table}\n");
        }
    }
    all
}

/// Every command with arguments that do, and the roles it is for; nobody, where a login that is given may not at all.
pub const COMMANDS: &[(&[&str], &[&str])] = &[
    (&["init", "--name", "X"], &[]),
    (&["settings"], &["admin"]),
    (&["settings", "x.toml"], &[]),
    (&["settings", "--edit"], &[]),
    (&["archive", "x.zip"], &[]),
    (&["restore", "x.zip", "--into", "x.db"], &[]),
    (&["import", "x.csv"], &[]),
    (&["export", "marks"], &["officer", "lead", "admin"]),
    (&["export", "lates"], &["officer", "lead", "admin"]),
    (&["export", "calls", "--numbers"], &["officer", "lead", "admin"]),
    (&["export", "numbers"], &["officer", "lead", "admin"]),
    (&["export", "marks", "--to", "x.csv"], &[]),
    (&["report"], &["officer", "lead", "admin"]),
    (&["report", "lates", "--out", "x.txt"], &[]),
    (&["pack", "amira", "--for", "panel", "--anyway"], &["officer", "lead", "admin"]),
    (&["pack", "amira", "--for", "court"], &["lead", "admin"]),
    (&["pack", "amira", "--for", "panel", "--out", "x.txt"], &[]),
    (&["report", "cp-today"], &["officer", "lead", "admin"]),
    (&["report", "ten-day", "--numbers"], &["officer", "lead", "admin"]),
    (&["report", "--due"], &[]),
    (&["feed", "x"], &[]),
    (&["refused"], &["reader", "officer", "lead", "admin"]),
    (&["refused", "dismiss", "1"], &["officer", "lead", "admin"]),
    (&["imports"], &["lead", "admin"]),
    (&["quarantine"], &["reader", "officer", "lead", "admin"]),
    (&["quarantine", "meanings"], &["reader", "officer", "lead", "admin"]),
    (&["quarantine", "map", "7", "I"], &["lead", "admin"]),
    (&["quarantine", "drop", "7", "--reason", "typing"], &["lead", "admin"]),
    (&["leavers"], &["reader", "officer", "lead", "admin"]),
    (&["leavers", "confirm", "1", "--stay"], &["officer", "lead", "admin"]),
    (&["inbox"], &["reader", "officer", "lead", "admin"]),
    (&["inbox", "read", "1"], &["officer", "lead", "admin"]),
    (&["imports", "1"], &["lead", "admin"]),
    (&["handback"], &["officer", "lead", "admin"]),
    (&["handback", "--form", "csv", "--to", "x.csv"], &[]),
    (&["handback", "waiting"], &["officer", "lead", "admin"]),
    (&["handback", "list"], &["officer", "lead", "admin"]),
    (&["handback", "show", "1"], &["officer", "lead", "admin"]),
    (&["handback", "confirm", "1"], &["officer", "lead", "admin"]),
    (&["handback", "confirm", "--receipt", "x.csv"], &[]),
    (&["handback", "refuse", "1", "--rows", "1", "--reason", "locked"], &["officer", "lead", "admin"]),
    (&["template", "pupils"], &ROLES),
    (&["profile"], &["lead", "admin"]),
    (&["profile", "show", "marks-grid"], &["lead", "admin"]),
    (&["demo", "--create-only"], &[]),
    (&["unmarked"], &["reader", "officer", "lead", "admin"]),
    (&["unexplained"], &["reader", "officer", "lead", "admin"]),
    (&["unexplained", "--numbers"], &["reader", "officer", "lead", "admin"]),
    (&["board"], &["reader", "officer", "lead", "admin"]),
    (&["checks"], &["reader", "officer", "lead", "admin"]),
    (&["searches"], &["reader", "officer", "lead", "admin"]),
    (&["ageing"], &["reader", "officer", "lead", "admin"]),
    (&["lates"], &ROLES),
    (&["handover"], &["officer", "lead", "admin"]),
    (&["tape"], &["reader", "officer", "lead", "admin"]),
    (&["list", "dsl"], &["officer", "lead", "admin"]),
    (&["cpoms", "amira"], &["officer", "lead", "admin"]),
    (&["cpoms", "amira", "--logged"], &["officer", "lead", "admin"]),
    (&["fire"], &ROLES),
    (&["fire", "8KM", "--seen"], &["gate", "officer", "lead", "admin"]),
    (&["off-site"], &["reader", "officer", "lead", "admin"]),
    (&["arrangements"], &["reader", "officer", "lead", "admin"]),
    (&["arrange", "amira", "--code", "V", "--title", "Museum"], &["officer", "lead", "admin"]),
    (&["arrange", "amira", "--code", "K", "--title", "Harbour AP"], &["lead", "admin"]),
    (&["arrange", "--list", "x.txt", "--code", "V", "--title", "Museum"], &[]),
    (&["confirm", "amira", "--by", "Mr Hall"], &["officer", "lead", "admin"]),
    (&["numbers"], &["reader", "officer", "lead", "admin"]),
    (&["corrections"], &["reader", "officer", "lead", "admin"]),
    (&["corrections", "--numbers"], &["reader", "officer", "lead", "admin"]),
    (&["numbers", "--numbers"], &["reader", "officer", "lead", "admin"]),
    (&["staff"], &["admin"]),
    (&["disclosures"], &["admin"]),
    (&["case"], &["reader", "officer", "lead", "admin"]),
    (&["case", "list"], &["reader", "officer", "lead", "admin"]),
    (&["case", "show", "amira"], &["officer", "lead", "admin"]),
    (&["case", "open", "amira", "--why", "below 90 %"], &["officer", "lead", "admin"]),
    (&["case", "add", "visit", "amira", "--purpose", "missing", "--due-back", "23:59"], &["officer", "lead", "admin"]),
    (&["case", "add", "penalty", "amira", "--parent", "1"], &["lead", "admin"]),
    (&["case", "referral", "amira", "--reason", "condoned"], &["lead", "admin"]),
    (&["case", "add", "details", "amira", "--with", "1"], &["officer", "lead", "admin"]),
    (&["impact"], &["officer", "lead", "admin"]),
    (&["impact", "--pooled"], &["officer", "lead", "admin"]),
    (&["chronology", "amira"], &["officer", "lead", "admin"]),
    (&["visits"], &["officer", "lead", "admin"]),
    (&["visits", "--numbers"], &["officer", "lead", "admin"]),
    (&["letter"], &["officer", "lead", "admin"]),
    (&["letter", "list"], &["officer", "lead", "admin"]),
    (&["letter", "suggest"], &["officer", "lead", "admin"]),
    (&["letter", "print", "1"], &["officer", "lead", "admin"]),
    (&["letter", "sent", "1", "--by", "post"], &["officer", "lead", "admin"]),
    (&["letter", "returned", "1"], &["officer", "lead", "admin"]),
    (&["watch"], &["reader", "officer", "lead", "admin"]),
    (&["watch", "rules"], &["reader", "officer", "lead", "admin"]),
    (&["watch", "add", "amira", "--reason", "truancy"], &["officer", "lead", "admin"]),
    (&["watch", "drop", "amira"], &["officer", "lead", "admin"]),
    (&["who", "amira"], &ROLES),
    (&["who", "amira", "--numbers"], &["reader", "officer", "lead", "admin"]),
    (&["desks"], &["reader", "officer", "lead", "admin"]),
    (&["gate"], &["gate", "officer", "lead", "admin"]),
    (&["late-step", "amira", "met"], &["gate", "officer", "lead", "admin"]),
    (&["retention"], &["admin"]),
    (&["retention", "--remove", "X"], &["admin"]),
    (&["pin"], &ROLES),
    (&["pin", "--forget", "gate"], &["admin"]),
    (&["late", "kofi"], &["gate", "officer", "lead", "admin"]),
    (&["out", "amira", "dentist"], &["gate", "officer", "lead", "admin"]),
    (&["back", "amira"], &["gate", "officer", "lead", "admin"]),
    (&["mark", "amira", "I", "--reason", "rang"], &["officer", "lead", "admin"]),
    (&["mark", "amira", "K", "--reason", "placed"], &["lead", "admin"]),
    (&["ageing", "--settle"], &["officer", "lead", "admin"]),
    (&["call", "amira", "--contact", "1", "--outcome", "unaware"], &["officer", "lead", "admin"]),
    (&["call", "amira", "--outcome", "spoke", "--code", "K"], &["lead", "admin"]),
    (&["bar", "amira", "--contact", "1", "--reason", "court order"], &["officer", "lead", "admin"]),
    (&["correct", "contact", "amira", "--contact", "1", "--number", "07700 900999"], &["officer", "lead", "admin"]),
    (&["correct", "new-contact", "amira", "--contact", "Ms Adeyemi"], &["officer", "lead", "admin"]),
    (&["correct", "leaver", "amira", "--on", "2026-12-04"], &["officer", "lead", "admin"]),
    (&["correct", "group", "amira", "9BW"], &["officer", "lead", "admin"]),
    (&["correct", "joiner", "--surname", "Newby", "--group", "8KM"], &["officer", "lead", "admin"]),
    (&["bar", "amira", "--contact", "1", "--lift", "--reason", "ended"], &["lead", "admin"]),
    (&["step", "amira", "tell DSL", "Ms Grey"], &["officer", "lead", "admin"]),
    (&["search", "amira"], &["officer", "lead", "admin"]),
    (&["sweep", "8KM", "--seen"], &["officer", "lead", "admin"]),
    (&["check", "amira", "--accept"], &["officer", "lead", "admin"]),
    (&["register", "10DP", "bilal=N"], &["officer", "lead", "admin"]),
    (&["snooze", "10DP", "09:40"], &["officer", "lead", "admin"]),
    (&["chase", "10DP"], &["officer", "lead", "admin"]),
    (&["cover", "10DP", "--teacher", "Ms Ali"], &["officer", "lead", "admin"]),
    (
        &["report-absence", "amira", "--code", "I", "--until", "2026-11-24", "--by", "Mrs Khan", "--words", "ill"],
        &["officer", "lead", "admin"],
    ),
    (&["redo"], &["gate", "officer", "lead", "admin"]),
    (&["undo"], &["gate", "officer", "lead", "admin"]),
    (&["undo", "2"], &["officer", "lead", "admin"]),
    // The first act of all is an import.
    (&["undo", "1"], &["lead", "admin"]),
    (&["history", "settings"], &["admin"]),
    (&["amendments", "amira"], &["officer", "lead", "admin"]),
    (&["year", "amira"], &["reader", "officer", "lead", "admin"]),
    (&["triggers"], &["reader", "officer", "lead", "admin"]),
    (&["triggers", "amira"], &["reader", "officer", "lead", "admin"]),
    (&["figures", "--by", "group"], &["reader", "officer", "lead", "admin"]),
    (&["figures", "--by", "week", "--pupil", "amira"], &["reader", "officer", "lead", "admin"]),
    (&["figures", "--by", "pupil"], &["officer", "lead", "admin"]),
    (&["keys"], &ROLES),
    (&["schema"], &ROLES),
    (&["sql", "SELECT 1"], &[]),
    (&["backup", "x.db"], &[]),
    (&["completions", "bash"], &ROLES),
];

#[test]
fn every_command_asks_whose_it_is_and_a_refusal_writes_nothing() {
    let desk = staffed();
    let folder = desk.folder.path();
    for (command, roles) in COMMANDS.iter().copied() {
        for role in ROLES {
            let before = whole(&desk);
            let output = read_output(
                desk.command()
                    .current_dir(folder)
                    .args(command)
                    .args(["--as", role, "--now", NOW, "--json"])
                    .output()
                    .unwrap(),
            );
            crate::shapes::assert_fits(&[command, &["--json"]].concat(), &output);
            let refused = output.exit == 1 && output.out.contains("\"refused\":\"not-allowed\"");
            assert_eq!(!refused, roles.contains(&role), "{command:?} by {role}: {}{}", output.out, output.err);
            if refused {
                assert_eq!(whole(&desk), before, "{command:?} by {role}");
                assert!(!output.err.is_empty() && output.json()["says"].is_string());
            }
        }
    }
    let mut left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| !name.to_str().unwrap().starts_with("school.db"));
    assert_eq!(left, ["settings.toml"], "a refused command made a file");
}

#[test]
fn no_command_is_forgotten() {
    let desk = Desk::bare();
    let help = read_output(desk.command().arg("--help").output().unwrap()).ends(0).out;
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for name in listed.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(COMMANDS.iter().any(|(command, _)| command[0] == name), "{name} is in no row of COMMANDS");
    }
}

/// The account that runs the tests is one of the staff itself.
#[test]
fn the_account_s_own_login_has_its_role_and_no_more() {
    let desk = Desk::harrington();
    let Officer { login, .. } = config::officer(&[], true, None).unwrap();
    let list = |role| {
        let [login, name, post] = [&login, "T Self", "office"].map(str::to_owned);
        let own = Member { login, name, post, role };
        let head = Member { login: "head".to_owned(), role: Role::Admin, ..own.clone() };
        change_settings(&desk.db, |school| school.staff = vec![own, head]);
    };
    let copy = desk.folder.path().join("copy.db");
    let [copy, csv] = [copy.to_str().unwrap(), "/dev/null"];
    for (command, roles) in [
        (&["sql", "SELECT 1"][..], &[Role::Admin][..]),
        (&["backup", copy], &[Role::Admin]),
        (&["archive", copy], &[Role::Admin]),
        (&["settings"], &[Role::Admin]),
        (&["settings", csv], &[Role::Admin]),
        (&["import", csv, "--dry-run"], &[Role::Lead, Role::Admin]),
    ] {
        for role in Role::ALL.iter().copied() {
            list(role);
            let output = desk.run(&[command, &["--json"]].concat());
            let refused = output.out.contains("\"refused\":\"not-allowed\"");
            assert_eq!(!refused, roles.contains(&role), "{command:?} by {role}: {}{}", output.out, output.err);
            assert_eq!(refused, output.exit == 1, "{command:?} by {role}: {}{}", output.out, output.err);
        }
    }
    // What the environment says of the name counts for nobody who is listed.
    desk.run(&["chase", "10DP"]).ends(0);
    assert_eq!(desk.ask("SELECT who FROM act ORDER BY id DESC LIMIT 1")[0][0].as_deref(), Some("T Self"));
}

#[test]
fn a_reader_s_card_holds_what_their_screen_shows_and_no_amendment_record() {
    let desk = staffed();
    desk.run(&["mark", "amira", "I", "--reason", "migraine"]).ends(0);
    for (role, kept) in [("reader", false), ("officer", true)] {
        let card = desk.run(&["who", "amira", "--json", "--as", role]).rows().remove(0);
        assert_eq!(card["amendments"].as_array().map(Vec::len), kept.then_some(1), "{role}");
        let text = desk.run(&["who", "amira", "--as", role]).ends(0).out;
        assert_eq!(text.contains("Amendments this school year: 1."), kept, "{role}: {text}");
    }
}
