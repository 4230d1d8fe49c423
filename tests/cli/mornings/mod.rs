//! Mornings told step by step to the built program, and what the record must say afterwards: one row a morning.
//!
//! A row of a table: `name | pupil | steps | time asked | what holds`. A step is a time and a command line; `!` before it says
//! that the step is refused. Beside the program's own commands a step can be `tutor AM N`, a register that is imported, `lesson 2 N`,
//! `pupils until` a last day on roll, or `calendar` with a row of it.

use std::path::Path;

use serde_json::Value;

use crate::support::{CommandOutput, Desk};

const TODAY: &str = "2026-11-24";

const PUPILS: &str = "admission_no,surname,forename,year,tutor_group,tutor,household,from
101,Frost,Nell,8,8LM,Mr Lamb,Frost,2026-04-13
102,Frost,Tom,8,8LM,Mr Lamb,Frost,2026-04-13
103,Crane,Zadie,8,8LM,Mr Lamb,,2026-04-13
104,Vale,Idris,11,11RS,Ms Rusk,,2026-04-13
105,Reed,Sol,12,12TH,Dr Thorn,,2026-04-13
";

const TERMS: &str = "kind,name,from,until
term,Summer 2,2026-06-01,2026-07-20
term,Autumn 1,2026-09-02,2026-10-23
term,Autumn 2,2026-11-02,2026-12-18
";

const CONTACTS: &str = "admission_no,order,name,relationship,phone
101,1,Mrs Frost,mother,07700 900001
101,2,Mr Frost,father,07700 900002
102,1,Mrs Frost,mother,07700 900001
103,1,Ms Crane,aunt,07700 900003
104,1,Mr Vale,father,07700 900004
105,1,Dr Reed,mother,07700 900005
";

/// A school in which nothing has happened yet.
fn template() -> Desk {
    let desk = Desk::bare();
    let early = "2026-04-13T08:00";
    desk.run_at(early, &["init", "--name", "Fellside"]).ends(0);
    let files =
        [("pupils", PUPILS), ("calendar", TERMS), ("contacts", CONTACTS), ("flags", "admission_no,flags\n103,CP SW\n")];
    for (kind, text) in files {
        import(&desk, early, kind, text).ends(0);
    }
    desk
}

fn import(desk: &Desk, now: &str, kind: &str, text: &str) -> CommandOutput {
    desk.import_at(now, &format!("{kind}.csv"), text, &[])
}

/// A desk with a copy of the school.
fn copy(of: &Path) -> Desk {
    let desk = Desk::bare();
    std::fs::copy(of, &desk.db).unwrap();
    desk
}

fn moment(time: &str) -> String {
    if time.contains('T') { time.to_owned() } else { format!("{TODAY}T{time}") }
}

/// Run one step; what is wrong with how it ended.
fn step(desk: &Desk, line: &str, pupil: &str) -> Option<String> {
    let (refused, text) = line.strip_prefix('!').map_or((false, line), |text| (true, text));
    let (time, text) = text.split_once(' ').unwrap();
    let now = moment(time);
    let date = &now[..10];
    let words = shell_words::split(&text.replace("{p}", pupil)).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = match words.as_slice() {
        ["tutor", session, code] => marks(desk, &now, [pupil, date, session, code, "", "Mr Lamb"]),
        ["tutor", session, code, "by", by] => marks(desk, &now, [pupil, date, session, code, "", by]),
        ["tutor", session, code, minutes] => marks(desk, &now, [pupil, date, session, code, minutes, "Mr Lamb"]),
        ["tutor", session, code, "of", date] => marks(desk, &now, [pupil, date, session, code, "", "Mr Lamb"]),
        ["lesson", period, code] => {
            let head = "admission_no,date,period,class,teacher,code";
            import(desk, &now, "lessons", &format!("{head}\n{pupil},{date},{period},8L/Ma,Ms Ash,{code}\n"))
        }
        ["pupils", "until", until] => {
            let mut rows = PUPILS.lines();
            let head = rows.next().unwrap();
            let row = rows.find(|row| row.starts_with(pupil)).unwrap();
            import(desk, &now, "pupils", &format!("{head},until\n{row},{until}\n"))
        }
        ["calendar", head, row] => import(desk, &now, "calendar", &format!("{head}\n{row}\n")),
        _ => desk.run_at(&now, &words),
    };
    let expected = i32::from(refused);
    (output.exit != expected)
        .then(|| format!("exit {}, not {expected}: {line}: {}{}", output.exit, output.out, output.err))
}

fn marks(desk: &Desk, now: &str, row: [&str; 6]) -> CommandOutput {
    import(desk, now, "marks", &format!("admission_no,date,session,code,minutes,by\n{}\n", row.join(",")))
}

/// A pupil's rows in a command's answer.
fn rows(desk: &Desk, now: &str, words: &[&str], pupil: &str) -> Vec<Value> {
    let answer = desk.run_at(now, &[&["--json"], words].concat()).ends(0).json();
    let all = answer["rows"].as_array().cloned().unwrap_or_default();
    all.into_iter().filter(|row| row["admission_no"] == pupil).collect()
}

fn written(mark: &Value) -> String {
    let minutes = mark["minutes"].as_i64().map(|minutes| format!(" {minutes}")).unwrap_or_default();
    mark["code"].as_str().map_or_else(|| "-".to_owned(), |code| format!("{code}{minutes}"))
}

/// What the record says to one thing that is to hold: the same words where it does.
fn answer(desk: &Desk, now: &str, expected: &str, pupil: &str) -> String {
    let listed = |words: &[&str]| !rows(desk, now, words, pupil).is_empty();
    let text = |is: bool, words: &str| if is { words.to_owned() } else { format!("not {words}") };
    let card = || desk.run_at(now, &["--json", "who", pupil]).ends(0).json()["rows"][0].clone();
    match expected.trim_start_matches("not ").split(' ').collect::<Vec<_>>().as_slice() {
        [session @ ("AM" | "PM"), ..] => {
            let card = card();
            let mut sessions = card["sessions"].as_array().unwrap().iter();
            let mine = sessions.find(|one| one["session"] == *session);
            format!("{session} {}", mine.map_or_else(|| "-".to_owned(), |one| written(&one["mark"])))
        }
        [date, session, ..] if date.contains('-') => {
            let card = card();
            let mut days = card["four_weeks"].as_array().unwrap().iter();
            let day = days.find(|day| day["date"] == *date).unwrap();
            format!("{date} {session} {}", written(&day[session.to_lowercase().as_str()]))
        }
        ["fire", _] => match rows(desk, now, &["fire"], pupil).first() {
            Some(row) if row["on_site"] == "yes" => "fire in".to_owned(),
            Some(_) => "fire look".to_owned(),
            None => "fire out".to_owned(),
        },
        ["day", _] => {
            let row = rows(desk, now, &["unexplained"], pupil);
            format!("day {}", row.first().map_or(&Value::Null, |row| &row["day"]))
        }
        ["missing"] => {
            let row = rows(desk, now, &["unexplained"], pupil);
            text(row.first().is_some_and(|row| row["unaware"] == true), "missing")
        }
        ["dsl"] => text(listed(&["list", "dsl"]), "dsl"),
        ["check"] => text(listed(&["checks"]), "check"),
        ["late"] => text(listed(&["lates"]), "late"),
        ["unexplained"] => text(listed(&["unexplained"]), "unexplained"),
        ["ageing"] => text(listed(&["ageing"]), "ageing"),
        _ => panic!("{expected}: nobody can say whether that holds"),
    }
}

/// Tell every morning of a table; all that came out otherwise, in words.
fn check_table(table: &str) {
    let template = template();
    let mut wrong = Vec::new();
    for row in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [name, pupil, steps, at, holds] = row.split(" | ").collect::<Vec<_>>()[..] else { panic!("{row}") };
        let pupil = match pupil {
            "nell" => "101",
            "tom" => "102",
            "zadie" => "103",
            "idris" => "104",
            "sol" => "105",
            other => panic!("{other} is not at this school"),
        };
        let desk = copy(&template.db);
        wrong.extend(
            steps.split("; ").filter_map(|line| step(&desk, line, pupil)).map(|fault| format!("{name}: {fault}")),
        );
        for expected in holds.split(", ") {
            let answer = answer(&desk, &moment(at), expected, pupil);
            if answer != expected {
                wrong.push(format!("{name}: {answer}, must be {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_decided_told_or_arranged() {
    check_table(include_str!("told.txt"));
}

#[test]
fn who_comes_and_who_goes() {
    check_table(include_str!("coming_and_going.txt"));
}

#[test]
fn what_follows_and_who_is_on_site() {
    check_table(include_str!("following.txt"));
}
