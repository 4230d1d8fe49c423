//! The lists that rules make, against a count by hand: a made-up school of three hundred, its marks counted here from the record's
//! own rows, without a line of the program's.

use std::collections::{BTreeMap, BTreeSet};

use firstbell::store::Store;

use crate::support::*;

const RULES: &str = r#"
watch-rules = [
  { name = "low", below = 90 },
  { name = "very low", below = 75 },
  { name = "ill on Mondays", code = "I", weekday = "mon", last = 1 },
  { name = "N on Tuesdays", code = "N", weekday = "tue", last = 1 },
  { name = "late on Fridays", code = "L", weekday = "fri", last = 2 },
  { name = "back", returning = true },
  { name = "maths", lesson = "maths" },
  { name = "soon", tier = "standard", due-within = 20 },
  { name = "never", lesson = "falconry" },
]
"#;

/// Which list has whom: by the program.
fn text(desk: &Desk) -> BTreeMap<String, BTreeSet<i64>> {
    let mut lists: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for row in desk.run(&["watch", "rules", "--json"]).ends(0).rows() {
        let pupil = row["pupil"].as_i64().unwrap();
        assert!(lists.entry(row["rule"].as_str().unwrap().to_owned()).or_default().insert(pupil), "twice: {row}");
    }
    lists
}

fn ask(desk: &Desk, question: &str) -> Vec<Vec<String>> {
    let rows = desk.ask(question).into_iter();
    rows.map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

fn id(text: &str) -> i64 {
    text.parse().unwrap()
}

/// Present, or at an approved activity; `None` for sessions that count in nothing (reg 10 Tables 1-3).
fn attended(code: &str) -> Option<bool> {
    match code {
        "#" | "X" | "D" | "Q" | "Z" | "Y" => None,
        code if code.starts_with('Y') => None,
        "/" | "\\" | "L" | "B" | "P" | "V" | "W" | "K" | "J" => Some(true),
        _ => Some(false),
    }
}

/// Whoever attended so many percent or less of the year and of this morning, from ten possible sessions on: the pupil, attended,
/// possible.
fn below(desk: &Desk, percent: u32) -> Vec<(i64, u32, u32)> {
    let mut counts: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    let marks = "SELECT pupil, code FROM mark WHERE code IS NOT NULL AND (date BETWEEN '2026-08-01' AND '2026-11-23'
                 OR (date = '2026-11-24' AND session = 'AM'))";
    for row in ask(desk, marks) {
        if let Some(attended) = attended(&row[1]) {
            let count = counts.entry(id(&row[0])).or_default();
            count.0 += u32::from(attended);
            count.1 += 1;
        }
    }
    let is_below = |(attended, possible): (u32, u32)| possible >= 10 && attended * 100 <= possible * percent;
    counts.into_iter().filter(|(_, count)| is_below(*count)).map(|(pupil, (had, all))| (pupil, had, all)).collect()
}

/// Whoever had the code on each of the last days of a weekday (Sunday is 0), today among them for whoever has a mark.
fn on_weekdays(desk: &Desk, code: &str, weekday: u8, last: usize) -> BTreeSet<i64> {
    let days = format!(
        "SELECT DISTINCT date FROM mark WHERE strftime('%w', date) = '{weekday}' AND date < '2026-11-24' ORDER BY 1 DESC"
    );
    let before: Vec<String> = ask(desk, &days).concat();
    let today = if weekday == 2 {
        ask(desk, "SELECT DISTINCT pupil FROM mark WHERE date = '2026-11-24' AND code <> ''")
    } else {
        vec![]
    };
    let today: BTreeSet<String> = today.concat().into_iter().collect();
    let had: BTreeSet<(String, String)> = ask(desk, &format!("SELECT pupil, date FROM mark WHERE code = '{code}'"))
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let pupils = ask(desk, "SELECT id FROM pupil").concat();
    let is_so = |pupil: &&String| {
        let first = today.contains(*pupil).then(|| "2026-11-24".to_owned());
        let days: Vec<String> = first.into_iter().chain(before.iter().cloned()).take(last).collect();
        days.len() == last && days.iter().all(|day| had.contains(&((*pupil).clone(), day.clone())))
    };
    pupils.iter().filter(is_so).map(|pupil| id(pupil)).collect()
}

/// Away all yesterday, and today in, at N or without a mark.
fn returning(desk: &Desk) -> BTreeSet<i64> {
    let yesterday = ask(desk, "SELECT max(date) FROM mark WHERE date < '2026-11-24'").concat().concat();
    let mut marks: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in ask(desk, &format!("SELECT pupil, code FROM mark WHERE date = '{yesterday}' AND code <> ''")) {
        marks.entry(id(&row[0])).or_default().push(row[1].clone());
    }
    let of_today = "SELECT pupil, code FROM mark WHERE date = '2026-11-24' AND session = 'AM' AND code <> ''";
    let today: BTreeMap<i64, String> =
        ask(desk, of_today).into_iter().map(|row| (id(&row[0]), row[1].clone())).collect();
    let came = "SELECT pupil FROM evidence WHERE kind = 'gate' AND withdrawn IS NULL AND first_day = '2026-11-24'";
    let came: BTreeSet<i64> = ask(desk, came).concat().iter().map(|pupil| id(pupil)).collect();
    let away = |codes: &[String]| codes.iter().all(|code| attended(code) == Some(false) && code != "U");
    let back = |pupil: &i64| match today.get(pupil).map(String::as_str) {
        None | Some("/" | "L" | "U" | "N") => true,
        Some(_) => came.contains(pupil),
    };
    marks.into_iter().filter(|(_, codes)| away(codes)).map(|(pupil, _)| pupil).filter(back).collect()
}

#[test]
fn the_lists_that_rules_make_agree_with_a_count_by_hand() {
    let desk = Desk::bare();
    desk.run(&["demo", "--create-only", "--pupils", "300", "--years", "2", "--at", "09:20"]).ends(0);
    let mut store = Store::open(&desk.db, codes()).unwrap();
    let rules: toml::Table = toml::from_str(RULES).unwrap();
    change_settings(&desk.db, |school| {
        let mut table: toml::Table = toml::Table::try_from(&*school).unwrap();
        table.extend(rules);
        *school = table.try_into().unwrap();
        assert_eq!(school.faults(), [""; 0]);
    });
    store.day("2026-11-24".parse().unwrap()).unwrap();

    let text = text(&desk);
    let on = |list: &str| text.get(list).cloned().unwrap_or_default();
    let ids = |rows: &[(i64, u32, u32)]| rows.iter().map(|row| row.0).collect::<BTreeSet<_>>();
    let (low, very_low) = (below(&desk, 90), below(&desk, 75));
    assert!(low.len() > 20 && !very_low.is_empty() && low.len() > very_low.len());
    assert_eq!((on("low"), on("very low")), (ids(&low), ids(&very_low)));
    for (list, hand) in [
        ("ill on Mondays", on_weekdays(&desk, "I", 1, 1)),
        ("N on Tuesdays", on_weekdays(&desk, "N", 2, 1)),
        ("late on Fridays", on_weekdays(&desk, "L", 5, 2)),
        ("back", returning(&desk)),
    ] {
        assert!(!hand.is_empty() || list == "late on Fridays", "{list}: the school shows nothing");
        assert_eq!(on(list), hand, "{list}");
    }
    let maths = "SELECT DISTINCT d.pupil FROM lesson_pupil d JOIN lesson l ON l.id = d.lesson WHERE l.date = '2026-11-24' AND l.class LIKE '% Maths%'";
    let maths: BTreeSet<i64> = ask(&desk, maths).concat().iter().map(|pupil| id(pupil)).collect();
    assert!(maths.len() > 100);
    assert_eq!((on("maths"), on("never")), (maths, BTreeSet::new()));
    let unexplained = desk.run(&["unexplained", "--json"]).ends(0).rows();
    let soon = unexplained
        .iter()
        .filter(|row| row["tier"] == "standard" && row["due"]["minutes_left"].as_i64().is_some_and(|left| left <= 20));
    let soon: BTreeSet<i64> = soon.map(|row| row["pupil"].as_i64().unwrap()).collect();
    assert!(!soon.is_empty());
    assert_eq!(on("soon"), soon);

    // The percentage is told with its parts, and they are those of the hand count.
    let rows = desk.run(&["watch", "rules", "--json"]).ends(0).rows();
    for (pupil, had, all) in low {
        let row = rows.iter().find(|row| row["rule"] == "low" && row["pupil"] == pupil).unwrap();
        assert!(row["why"].as_str().unwrap().ends_with(&format!(" % ({had}/{all})")), "{row}");
    }
}

#[test]
fn an_entry_is_changed_and_says_when_it_is_due() {
    let desk = Desk::harrington();
    desk.run(&["watch", "add", "kofi", "--reason", "truancy", "--owner", "Mr Webb", "--review", "2026-11-24"]).ends(0);
    insta::assert_snapshot!(desk.run(&["watch"]).ends(0).out, @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Watched: 1.
    Osei, Kofi, 9BW, flags EHC: AM N, PM blank, watched for truancy, asked for by S Marsh, owner Mr Webb, review due 2026-11-24.
    ");
    desk.run(&["watch", "change", "kofi", "--review", "2026-12-01", "--until", "2026-12-18"]).ends(0);
    let row = desk.run(&["watch", "--json"]).ends(0).rows().remove(0);
    let fields = ["reason", "owner", "by", "review", "until"].map(|field| row[field].as_str().unwrap().to_owned());
    assert_eq!(fields, ["truancy", "Mr Webb", "S Marsh", "2026-12-01", "2026-12-18"]);
    assert_eq!(row["review_due"], false);
    desk.run(&["undo"]).ends(0);
    assert_eq!(desk.run(&["watch", "--json"]).rows()[0]["review_due"], true);
    let output = desk.run(&["watch", "change", "amira khan", "--owner", "Mr Webb", "--json"]).ends(1).json();
    assert_eq!(output["refused"], "not-watched");
    let rules = desk.run(&["watch", "rules"]).ends(0).out;
    insta::assert_snapshot!(rules.lines().take(2).collect::<Vec<_>>().join("\n"), @r"
    Harrington High, Tue 24 Nov 2026, AM, 09:20. Red group to call: 1; Returning today: 0; Exam today: 0; N last 3 Mondays: 0; Below 90 %: 0.
    Red group to call: Khan, Amira, 8KM, flags CP: call overdue since 09:10, AM N, PM blank.
    ");
}
