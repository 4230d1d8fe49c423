//! The settings saved whole or not at all, the staff among them: from standard input, and out of an editor.

use std::io::{ErrorKind, Write};
use std::process::Stdio;

use crate::roles::{staffed, whole};
use crate::support::*;

#[test]
fn a_staff_list_with_faults_is_told_whole_and_not_saved() {
    let desk = staffed();
    let before = whole(&desk);
    let settings = desk.run(&["settings"]).ends(0).out;
    let wrong = settings
        .replace("login = \"gate\"", "login = \"ga te\"")
        .replace("login = \"lead\"", "login = \"officer\"")
        .replace("name = \"A Admin\"", "name = \"\"");
    let save = |text: &str| {
        let mut command = desk.command();
        command.args(["settings", "-", "--as", "admin", "--now", NOW]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        read_output(child.wait_with_output().unwrap())
    };
    let answer = save(&wrong).ends(2);
    insta::assert_snapshot!(answer.err, @r"
    firstbell: standard input cannot be used, nothing was changed:
    staff: row 1: login “ga te” is not letters, digits, full stops, _ or -
    staff: login officer is listed twice
    staff: row 5: a name and a post are needed, as acts are signed with them
    ");
    assert_eq!(whole(&desk), before);
    save(&settings.replace("G Gate", "G Grey")).ends(0);
    assert!(desk.run(&["staff"]).ends(0).out.contains("gate: G Grey, gate, role gate.\n"));
}

#[test]
fn what_is_longer_than_any_settings_is_refused_unread() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("long.toml");
    std::fs::write(&file, "#".repeat((1 << 20) + 1)).unwrap();
    let named = desk.run(&["settings", file.to_str().unwrap()]).ends(2);
    assert!(named.err.contains("long.toml is longer than any settings, more than 1024 KiB"), "{}", named.err);
    let mut child =
        desk.command().args(["settings", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It hangs up before all of it is written.
    let written = child.stdin.take().unwrap().write_all(&[b'#'; 16 << 20]);
    assert_eq!(written.unwrap_err().kind(), ErrorKind::BrokenPipe);
    let piped = read_output(child.wait_with_output().unwrap()).ends(2);
    assert!(piped.err.contains("standard input is longer than any settings"), "{}", piped.err);
}

#[test]
fn a_time_zone_that_is_not_known_is_refused_with_the_cure() {
    let desk = Desk::harrington();
    let before = whole(&desk);
    let file = desk.folder.path().join("paris.toml");
    let settings = desk.run(&["settings"]).ends(0).out;
    std::fs::write(&file, settings.replace("Europe/London", "Europe/Paris")).unwrap();
    let output = desk.run(&["settings", file.to_str().unwrap()]).ends(2);
    let cure = "Europe/Paris is no time zone of the United Kingdom: write \"Europe/London\"";
    assert!(output.err.contains(cure), "{}", output.err);
    assert_eq!(whole(&desk), before);
}

#[test]
fn settings_are_edited_until_they_are_right_and_nothing_typed_is_lost() {
    let desk = staffed();
    let script = desk.folder.path().join("editor.sh");
    let edit = |script_text: &str, answers: &str| {
        std::fs::write(&script, script_text).unwrap();
        let mut command = desk.command();
        command.args(["settings", "--edit"]).env("EDITOR", format!("/bin/sh '{}'", script.display()));
        command.env("TMPDIR", desk.folder.path()).env("PATH", "/usr/bin:/bin");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Who does not ask does not read.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        read_output(child.wait_with_output().unwrap())
    };
    let kept = || {
        let names = std::fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut names: Vec<_> =
            names.filter(|path| path.display().to_string().contains("firstbell-settings")).collect();
        names.pop()
    };
    assert_eq!(edit(":", "").ends(0).out, "Nothing was changed.\n");
    // Wrong at first, then right.
    let output = edit(
        "if grep -q 'register-due-after = 10$' \"$1\"; then sed -i 's/register-due-after = 10$/register-due-after = 9999/' \"$1\"; \
         else sed -i 's/register-due-after = 9999/register-due-after = 12/' \"$1\"; fi",
        "y\n",
    );
    assert!(output.err.contains("register-due-after: from 0 to 600 minutes"), "{}", output.err);
    assert!(output.ends(0).out.starts_with("Settings of Harrington High saved.\n"));
    assert!(desk.run(&["settings"]).out.contains("register-due-after = 12\n"));
    assert_eq!(kept(), None);
    // Wrong, and left so: the text is kept, for its owner only.
    let output = edit("sed -i 's/register-due-after = 12/register-due-after = 9999/' \"$1\"", "n\n").ends(2);
    let path = kept().unwrap();
    assert!(output.err.contains(&format!("your text is kept in {}", path.display())), "{}", output.err);
    assert!(std::fs::read_to_string(&path).unwrap().contains("register-due-after = 9999"));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(path).unwrap();
    // Somebody else was quicker.
    let other = format!(
        "sed -i 's/register-due-after = 12/register-due-after = 14/' \"$1\"; {} settings --as admin --db '{}' > \"$1.new\"; \
         sed -i 's/register-due-after = 12/register-due-after = 13/' \"$1.new\"; EDITOR= {} settings \"$1.new\" --db '{}'; rm \"$1.new\"",
        env!("CARGO_BIN_EXE_firstbell"),
        desk.db.display(),
        env!("CARGO_BIN_EXE_firstbell"),
        desk.db.display(),
    );
    let output = edit(&other, "").ends(1);
    assert!(
        output.err.contains("somebody else changed the settings meanwhile; your text is kept in"),
        "{}",
        output.err
    );
    assert!(desk.run(&["settings"]).out.contains("register-due-after = 13\n"));
}

#[test]
fn other_session_times_hold_from_a_first_day_and_are_shown_beside_those_of_now() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("settings.toml");
    let printed = |now: &str| desk.run_at(now, &["settings"]).ends(0).out;
    let save = |now: &str, text: &str| {
        std::fs::write(&file, text).unwrap();
        desk.run_at(now, &["settings", file.to_str().unwrap()])
    };
    let (tue, wed) = ("2026-11-24T09:30", "2026-11-25T09:30");
    let usual = printed(tue);
    let times = usual.split_once("[times").unwrap().1;
    assert!(!times.contains("from ="), "{usual}");
    // As printed, nothing is other than it was.
    let unlike = |am, pm| {
        format!(
            "But look at times.usual: the AM register stays open {am} minutes and the PM register {pm}; guidance says the same for \
             both.\n"
        )
    };
    assert_eq!(save(tue, &usual).ends(0).out, format!("Nothing was changed.\n{}", unlike(30, 20)));
    let earlier = usual.replace("closes = \"09:10\"", "closes = \"09:00\"");
    assert_eq!(
        save(tue, &earlier).ends(0).out,
        "Settings of Harrington High saved; the new session times hold from Tue 24 Nov 2026.\n"
    );
    assert!(printed(tue).contains("[times]\nfrom = \"2026-11-24\"\n"));
    // Said beforehand: what is to come is the document, what holds now is beside it.
    let to_come = printed(wed)
        .replace("from = \"2026-11-24\"", "from = \"2027-01-04\"")
        .replace("closes = \"13:40\"", "closes = \"13:50\"");
    assert_eq!(
        save(wed, &to_come).ends(0).out,
        format!(
            "Settings of Harrington High saved; the new session times hold from Mon 4 Jan 2027.\n{}",
            unlike(20, 30)
        )
    );
    let both = printed(wed);
    let (document, now) = both.split_once("# The session times above are to come. Until then these hold:\n").unwrap();
    assert!(document.contains("from = \"2027-01-04\"") && document.contains("closes = \"13:50\""), "{document}");
    assert!(now.contains("# from = \"2026-11-24\"") && now.contains("# closes = \"13:40\""), "{now}");
    assert!(now.lines().all(|line| line.starts_with('#')), "{now}");
    let row = &desk.run_at(wed, &["settings", "--json"]).rows()[0];
    assert_eq!((&row["times"]["pm"], &row["times-today"]["from"]), (&serde_json::Value::Null, &"2026-11-24".into()));
    assert_eq!(save(wed, &both).ends(0).out, format!("Nothing was changed.\n{}", unlike(20, 30)));
    assert!(!printed("2027-01-04T09:30").contains("to come"));
    // A day that has gone by keeps what it had.
    let back = both.replace("from = \"2027-01-04\"", "from = \"2026-11-20\"");
    assert_eq!(
        save(wed, &back).ends(2).err,
        "firstbell: times.from: 2026-11-20 has gone by, and its marks stand as they were judged: give a day to come, or \
         leave it out for today; nothing was changed\n"
    );
    assert_eq!(printed(wed), both);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_line_and_its_cure() {
    let desk = Desk::harrington();
    let before = whole(&desk);
    let file = desk.folder.path().join("wrong.toml");
    let settings = desk.run(&["settings"]).ends(0).out;
    let wrong = settings
        .replace("register-due-after = 10", "register-due-after = \"ten\"")
        .replace("code = \"R\"", "code = \"ZZ\"")
        .replace("code = \"M\"", "code = \"MEDICAL\"");
    let save = || desk.run(&["settings", file.to_str().unwrap()]).ends(2).err;
    std::fs::write(&file, wrong.replace("code = \"MEDICAL\"", "code = \"M\"")).unwrap();
    let told = save();
    for text in [
        "wrong.toml:3: register-due-after: invalid type: string \"ten\", expected i64; write it like register-due-after = 10\n",
        "reasons: row 3 (ZZ): ZZ is not an attendance code: write one of the national table, such as I, M or N",
    ] {
        assert!(told.contains(text), "{text}\n{told}");
    }
    std::fs::write(&file, wrong).unwrap();
    let told = save();
    let cure = ": reasons: row 2: code: “MEDICAL” is not an attendance code; write it like code = \"I\"";
    assert!(told.contains(cure) && told.contains("wrong.toml:3: "), "{told}");
    assert!(told.contains("reasons: row 3 (ZZ): ZZ is not an attendance code"), "{told}");
    assert_eq!(whole(&desk), before);
}

#[test]
fn a_target_that_names_nobody_is_refused_when_it_is_new() {
    let desk = Desk::harrington();
    let before = whole(&desk);
    let file = desk.folder.path().join("targets.toml");
    let settings = desk.run(&["settings"]).ends(0).out;
    let save = |targets: &str| {
        assert!(settings.contains("targets = []"), "{settings}");
        std::fs::write(&file, settings.replace("targets = []", &format!("targets = [{targets}]"))).unwrap();
        desk.run(&["settings", file.to_str().unwrap()])
    };
    let refused = save(r#"{ percent = 95, from = "2026-09-01", year = 13 }"#).ends(2);
    assert!(refused.err.contains("targets: row 1: there is no Year 13; nothing was changed"), "{}", refused.err);
    assert_eq!(whole(&desk), before);
    save(r#"{ percent = 95, from = "2026-09-01", group = "8KM" }"#).ends(0);
}
