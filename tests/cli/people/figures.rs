//! Figures by command: the same as a question in SQL makes of the raw marks, in a shape that other tools rely on.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use crate::support::*;

/// The fields of every row.
const COUNTS: [&str; 9] = [
    "possible",
    "attended",
    "authorised",
    "unauthorised",
    "lates",
    "late_before_close",
    "late_after_close",
    "minutes",
    "blanks",
];

/// What is counted of each part, by its key in words.
type Counted = BTreeMap<String, [i64; 9]>;

/// The parts that the command answers with.
fn answered(desk: &Desk, args: &[&str], keys: &[&str]) -> Counted {
    let output = desk.run(&[&["figures", "--json"], args].concat()).ends(0);
    let part = |row: &Value| {
        let fields = row.as_object().unwrap();
        let expected = keys.iter().chain(&COUNTS).count();
        assert_eq!(fields.len(), expected, "{row}");
        let key = keys.iter().map(|key| row[*key].as_str().map_or_else(|| row[*key].to_string(), str::to_owned));
        (key.collect::<Vec<_>>().join(" "), COUNTS.map(|count| row[count].as_i64().unwrap()))
    };
    let parts: Vec<_> = output.rows().iter().map(part).collect();
    let found: Counted = parts.iter().cloned().collect();
    assert_eq!(found.len(), parts.len(), "a key comes once");
    found
}

/// Every pupil-session of the calendar from `from` to `to`, with its mark, if any, and how its code counts.
fn slots(from: &str, to: &str) -> String {
    format!(
        "WITH RECURSIVE
         day(date) AS (SELECT '{from}' UNION ALL SELECT date(date, '+1 day') FROM day WHERE date < '{to}'),
         school(date) AS (
           SELECT date FROM day
           WHERE strftime('%w', date) BETWEEN '1' AND '5'
             AND EXISTS (SELECT 1 FROM term WHERE day.date BETWEEN first_day AND last_day)
             AND date NOT IN (SELECT date FROM closed_day)),
         half(session) AS (VALUES ('AM'), ('PM')),
         slot AS (
           SELECT s.date, h.session, p.*, g.name AS group_name, coalesce(p.year, g.year) AS of_year, m.code, m.minutes,
                  m.code IN ('/', '\\', 'L', 'B', 'K', 'P', 'V', 'W', 'J') AS attended,
                  m.code IN ('C', 'C1', 'C2', 'E', 'I', 'J1', 'M', 'R', 'S', 'T', 'H', 'F') AS authorised,
                  m.code IN ('G', 'N', 'O', 'U') AS unauthorised
           FROM school s, half h JOIN pupil p ON p.first_day <= s.date AND (p.last_day IS NULL OR s.date <= p.last_day)
           LEFT JOIN tutor_group g ON g.id = p.tutor_group
           LEFT JOIN mark m ON m.date = s.date AND m.session = h.session AND m.pupil = p.id)"
    )
}

/// The same in SQL: of the slots that fulfil a condition, split by an expression.
fn asked(file: &Connection, slots: &str, key: &str, condition: &str) -> Counted {
    let question = format!(
        "{slots}
         SELECT {key}, total(attended) + total(authorised) + total(unauthorised), total(attended), total(authorised),
                total(unauthorised), total(code IN ('L', 'U')), total(code = 'L'), total(code = 'U'),
                total(iif(code IN ('L', 'U'), minutes, 0)), total(code IS NULL)
         FROM slot WHERE {condition} GROUP BY 1"
    );
    let mut statement = file.prepare(&question).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let key: rusqlite::types::Value = row.get(0)?;
        let key = match key {
            rusqlite::types::Value::Null => "null".to_owned(),
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{other:?}"),
        };
        let count = |column: usize| row.get::<_, f64>(column).map(|count| count as i64);
        let mut counts = [0; 9];
        for (place, found) in counts.iter_mut().enumerate() {
            *found = count(place + 1)?;
        }
        Ok((key, counts))
    };
    statement.query_map([], read).unwrap().map(Result::unwrap).collect()
}

fn has(flags: &[&str]) -> String {
    let one = |flag: &&str| format!("' ' || flags || ' ' LIKE '% {flag} %'");
    format!("({})", flags.iter().map(one).collect::<Vec<_>>().join(" OR "))
}

/// Cohorts, and who is in them.
fn cohorts() -> Vec<(&'static str, String)> {
    let (plan, support) = (has(&["EHC"]), has(&["SEN"]));
    let (grave, needs) = (has(&["CP", "CLA", "CIN", "SW", "YOT"]), has(&["EHC", "YC", "MED"]));
    let poor = has(&["FSM", "PP"]);
    vec![
        ("sex F", "sex = 'F'".to_owned()),
        ("sex M", "sex = 'M'".to_owned()),
        ("sex not known", "sex IS NULL".to_owned()),
        ("FSM", has(&["FSM"])),
        ("not FSM", format!("NOT {}", has(&["FSM"]))),
        ("PP", has(&["PP"])),
        ("not PP", format!("NOT {}", has(&["PP"]))),
        ("SEN K", format!("{support} AND NOT {plan}")),
        ("SEN E", plan.clone()),
        ("no SEN", format!("NOT {support} AND NOT {plan}")),
        ("EAL", has(&["EAL"])),
        ("not EAL", format!("NOT {}", has(&["EAL"]))),
        ("CLA", has(&["CLA"])),
        ("not CLA", format!("NOT {}", has(&["CLA"]))),
        ("CP/CIN", has(&["CP", "CIN"])),
        ("not CP/CIN", format!("NOT {}", has(&["CP", "CIN"]))),
        ("tier vulnerable", grave.clone()),
        ("tier supported", format!("{needs} AND NOT {grave}")),
        ("tier disadvantaged", format!("{poor} AND NOT {needs} AND NOT {grave}")),
        ("tier standard", format!("NOT {poor} AND NOT {needs} AND NOT {grave}")),
    ]
}

#[test]
fn three_made_up_schools_add_up_as_sql_does() {
    const WEEKDAY: &str = "substr('SunMonTueWedThuFriSat', 1 + 3 * strftime('%w', date), 3)";
    for (seed, pupils, from, to) in [
        ("1", "90", "2026-08-01", "2026-11-23"),
        ("2", "60", "2025-08-01", "2026-11-23"),
        ("3", "60", "2026-05-18", "2026-10-07"),
    ] {
        let desk = Desk::bare();
        desk.run(&["demo", "--create-only", "--pupils", pupils, "--years", "2", "--seed", seed]).ends(0);
        let (file, slots) = (Connection::open(&desk.db).unwrap(), slots(from, to));
        let range = ["--from", from, "--to", to];
        let by =
            |by: &str, keys: &[&str], more: &[&str]| answered(&desk, &[&["--by", by], &range[..], more].concat(), keys);
        let sql = |key: &str, condition: &str| asked(&file, &slots, key, condition);
        let school = by("school", &[], &[]);
        assert!(school.values().all(|counts| counts[0] > 1000 && counts[4] > 0), "{school:?}");
        assert_eq!(school, sql("''", "true"), "{seed}");
        assert_eq!(by("year", &["year"], &[]), sql("of_year", "true"), "{seed}");
        assert_eq!(by("group", &["group"], &[]), sql("group_name", "true"), "{seed}");
        assert_eq!(by("house", &["house"], &[]), sql("house", "true"), "{seed}");
        assert_eq!(by("weekday", &["weekday"], &[]), sql(WEEKDAY, "true"), "{seed}");
        assert_eq!(by("session", &["session"], &[]), sql("session", "true"), "{seed}");
        assert_eq!(by("half-day", &["weekday", "session"], &[]), sql(&format!("{WEEKDAY} || ' ' || session"), "true"));
        assert_eq!(by("week", &["week"], &[]), sql("date(date, 'weekday 0', '-6 days')", "true"), "{seed}");
        assert_eq!(by("code", &["code"], &[]), sql("code", "true"), "{seed}");
        assert_eq!(
            by("pupil", &["admission_no", "name"], &[]),
            sql(
                "admission_no || ' ' || coalesce(preferred_surname, surname) || ', ' || coalesce(preferred_forename, forename)",
                "true"
            ),
        );
        let found = by("cohort", &["cohort"], &[]);
        let expected = cohorts().into_iter().flat_map(|(name, is)| sql(&format!("'{name}'"), &is)).collect();
        assert_eq!(found, expected, "{seed}");
        // Few are read pupil by pupil, many together: they come to the same.
        let few = by("week", &["week"], &["--year", "9", "--cohort", "FSM"]);
        let whom = format!("of_year = 9 AND {}", has(&["FSM"]));
        assert_eq!(few, sql("date(date, 'weekday 0', '-6 days')", &whom), "{seed}");
        let one: String =
            file.query_row("SELECT admission_no FROM pupil ORDER BY id LIMIT 1", [], |row| row.get(0)).unwrap();
        assert_eq!(
            by("code", &["code"], &["--pupil", &one]),
            sql("code", &format!("admission_no = '{one}'")),
            "{seed}"
        );
    }
}

#[test]
fn the_range_is_the_school_year_to_now_unless_another_is_asked_for() {
    let desk = Desk::harrington();
    let answer = desk.run(&["figures", "--by", "school", "--json"]).ends(0).json();
    let range = serde_json::json!({"from": "2026-08-01", "to": "2026-11-24", "known_on": "2026-11-24"});
    assert_eq!(answer["range"], range);
    // The afternoon has not begun: of the morning there are two blanks, and none of it.
    let today = |now: &str| {
        let output = desk.run_at(now, &["figures", "--by", "session", "--from", "2026-11-24", "--json"]).ends(0);
        output
            .rows()
            .iter()
            .map(|row| (row["session"].to_string(), row["blanks"].as_i64().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(today("2026-11-24T09:20"), [("\"AM\"".to_owned(), 2)]);
    assert_eq!(today("2026-11-24T13:30"), [("\"AM\"".to_owned(), 2), ("\"PM\"".to_owned(), 7)]);
    assert_eq!(today("2026-11-24T07:00"), []);
    let refused = desk.run(&["figures", "--by", "year", "--from", "2026-11-24", "--to", "2026-11-23"]).ends(1);
    assert!(refused.err.contains("give the first day first"), "{}", refused.err);
    let unknown = desk.run(&["figures", "--by", "year", "--cohort", "FMS"]).ends(2);
    assert!(unknown.err.contains("“SEN K”"), "{}", unknown.err);
}

#[test]
fn they_are_told_in_a_table() {
    let desk = Desk::harrington();
    let text = |args: &[&str]| desk.run(&[&["figures", "--from", "2026-11-24"], args].concat()).ends(0).out;
    insta::assert_snapshot!(text(&["--by", "group"]), @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Figures by group, Tue 24 Nov 2026: 7 pupils, 2 blanks.
             %  possible  attended  auth  unauth  L  U  min  blank
    8KM   50.0         4         2     0       2  1  0    6      0
    9BW    0.0         1         0     0       1  0  0    0      1
    10DP   n/a         0         0     0       0  0  0    0      1
    all   40.0         5         2     0       3  1  0    6      2
    ");
    insta::assert_snapshot!(text(&["--by", "school", "--group", "8km"]), @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Figures of 8KM, Tue 24 Nov 2026: 4 pupils, 0 blanks.
            %  possible  attended  auth  unauth  L  U  min  blank
    all  50.0         4         2     0       2  1  0    6      0
    ");
    insta::assert_snapshot!(text(&["--by", "code", "--pupil", "kofi"]), @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Figures by code of Osei, Kofi 9BW, Tue 24 Nov 2026: 1 pupil, 0 blanks.
                       %  possible  attended  auth  unauth  L  U  min  blank  sessions
    N no reason yet  0.0         1         0     0       1  0  0    0      0         1
    ");
}

#[test]
fn a_list_of_pupils_and_a_vulnerable_one_s_figures_are_put_down() {
    let desk = Desk::harrington();
    desk.run(&["figures", "--by", "week"]).ends(0);
    assert_eq!(desk.ask("SELECT count(*) FROM disclosure"), [[Some("0".to_owned())]]);
    desk.run(&["figures", "--by", "pupil"]).ends(0);
    desk.run(&["figures", "--by", "pupil", "--pupil", "amira"]).ends(0);
    let shown = desk.ask("SELECT shown, what FROM disclosure ORDER BY id");
    let row = |shown: &str, what: &str| vec![Some(shown.to_owned()), Some(what.to_owned())];
    assert_eq!(shown, [row("export", "figures by pupil"), row("card", "opened on the command line")]);
}

#[test]
fn what_was_known_the_day_before_is_told_as_it_was() {
    let desk = Desk::harrington();
    let amend = ["mark", "amira", "I", "--session", "AM", "--date", "2026-11-24", "--reason", "mother rang"];
    desk.run_at("2026-11-25T09:00", &amend).ends(0);
    let of = |more: &[&str]| {
        let args =
            [&["figures", "--by", "school", "--from", "2026-11-24", "--to", "2026-11-24", "--json"], more].concat();
        desk.run_at("2026-11-25T10:00", &args).ends(0).json()
    };
    let counted = |answer: &Value| {
        ["authorised", "unauthorised", "blanks"].map(|count| answer["rows"][0][count].as_i64().unwrap())
    };
    let (now, then) = (of(&[]), of(&["--as-of", "2026-11-24"]));
    // Of the afternoon there is nothing but blanks.
    assert_eq!((counted(&now), counted(&then)), ([1, 2, 9], [0, 3, 9]));
    assert_eq!((&now["range"]["known_on"], &then["range"]["known_on"]), (&"2026-11-25".into(), &"2026-11-24".into()));
    let text = desk.run_at("2026-11-25T10:00", &["figures", "--by", "year", "--as-of", "2026-11-24"]).ends(0).out;
    assert!(text.contains(", as known on Tue 24 Nov 2026: 7 pupils"), "{text}");
}
