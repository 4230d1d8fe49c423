use std::sync::Arc;

use hashbrown::HashMap;

use super::*;
use crate::domain::school::watch_rule::Rule;
use crate::domain::testing::*;
use crate::domain::watch::Wants;

fn rule(name: &str, line: &str) -> Rule {
    toml::from_str(&format!("name = \"{name}\"\n{}", line.replace(", ", "\n"))).unwrap()
}

/// A Wednesday with these marks, in a school with one rule.
fn ruled(line: &str, marks: &[(PupilId, Session, &str)]) -> Day {
    let mut day = day(marks);
    Arc::make_mut(&mut day.roll).school.watch_rules = vec![rule("x", line)];
    day
}

fn past(date: NaiveDate, am: &str, pm: &str) -> PastDay {
    let read = |text: &str| (!text.is_empty()).then(|| mark(text));
    PastDay { date, am: read(am), pm: read(pm) }
}

fn standing(rows: Vec<(PupilId, Before)>) -> Standing {
    Standing { date: today(), pupils: rows.into_iter().collect() }
}

fn attended(attended: u32, possible: u32) -> Before {
    let year = Figures { possible, attended, unauthorised: possible - attended, ..Figures::default() };
    Before { year, days: Vec::new() }
}

/// "Khan, Amira: 87.5 % (140/160)".
fn listed_now(day: &Day, standing: &Standing, now: &str) -> Vec<String> {
    let lists = rule_lists(day, Some(standing), time(now));
    let rows = lists.into_iter().flat_map(|list| list.rows.unwrap());
    rows.map(|row| format!("{}: {}", day.roll.pupil(row.pupil).unwrap().list_name(), row.why)).collect()
}

#[test]
fn below_counts_the_year_and_today_as_far_as_it_is_settled() {
    let marks = [
        (AMIRA, Session::Am, "N"),
        (BILAL, Session::Am, "/"),
        (SIOBHAN, Session::Pm, "N"),
        (LUKASZ, Session::Am, "I"),
        (SANNE, Session::Am, "/"),
    ];
    let day = ruled("below = 90", &marks);
    let under = ruled("under = 90", &marks);
    let standing = standing(vec![
        (AMIRA, attended(90, 100)),
        (BILAL, attended(89, 99)),
        (LOUIS, attended(140, 160)),
        // Rounded, both are 90.0 %.
        (ZOE, attended(1799, 2000)),
        (SUKARNO, attended(1801, 2000)),
        (SIOBHAN, attended(91, 101)),
        // Nine possible sessions and today's: of the tenth on, the year says something.
        (LUKASZ, attended(5, 9)),
        (SANNE, attended(1, 8)),
    ]);
    let (lukasz, louis) = ("W\u{f3}jcik, \u{141}ukasz: 50.0 % (5/10)", "D\u{2019}Arcy, Louis: 87.5 % (140/160)");
    let (amira, zoe) = ("Khan, Amira: 89.1 % (90/101)", "Br\u{fc}cke, Zoe\u{308}: 90.0 % (1799/2000)");
    let (bilal, siobhan) = ("Khan, Bilal: 90.0 % (90/100)", "O'Neill-Smith, Siobhan: 89.2 % (91/102)");
    // The morning's marks count from its opening, the afternoon's N from the afternoon's.
    assert_eq!(
        listed_now(&day, &standing, "08:39"),
        [louis, "Khan, Bilal: 89.9 % (89/99)", zoe, "Khan, Amira: 90.0 % (90/100)"]
    );
    assert_eq!(listed_now(&day, &standing, "08:40"), [lukasz, louis, amira, zoe, bilal]);
    assert_eq!(listed_now(&day, &standing, "13:19"), [lukasz, louis, amira, zoe, bilal]);
    assert_eq!(listed_now(&day, &standing, "13:20"), [lukasz, louis, amira, siobhan, zoe, bilal]);
    assert_eq!(
        listed_now(&under, &standing, "13:20"),
        [lukasz, louis, amira, siobhan, zoe],
        "90.0 % exactly is not under"
    );
}

#[test]
fn a_code_on_the_last_days_of_a_weekday() {
    let line = "code = \"N\", weekday = \"wed\", last = 2";
    let day = ruled(line, &[(BILAL, Session::Am, "N"), (ZOE, Session::Am, "/")]);
    // Before half-term week, whose Wednesday is none.
    let (last, earlier) = (date(2026, 2, 25), date(2026, 2, 11));
    assert_eq!(Wants::of(&day.roll, today()), Wants { year_from: None, days: vec![earlier, last] });
    let both = || Before { days: vec![past(earlier, "N", "/"), past(last, "", "N")], ..Before::default() };
    let one = Before { days: vec![past(earlier, "I", ""), past(last, "N", "N")], ..Before::default() };
    let standing = standing(vec![(AMIRA, both()), (BILAL, one.clone()), (LOUIS, one), (ZOE, both())]);
    // Amira has no mark today; Bilal's of today is one of two; Zoe is in, and two on end are no longer so.
    let listed = ["Khan, Amira: N 25 Feb, 11 Feb", "Khan, Bilal: N 4 Mar, 25 Feb"];
    assert_eq!(listed_now(&day, &standing, "09:30"), listed);
    // Before the register opens today is none of the days: what was coded beforehand waits.
    let before = ["Br\u{fc}cke, Zoe\u{308}: N 25 Feb, 11 Feb", "Khan, Amira: N 25 Feb, 11 Feb"];
    assert_eq!(listed_now(&day, &standing, "08:30"), before);
}

#[test]
fn whoever_was_away_all_day_is_looked_for() {
    let marks =
        [(BILAL, Session::Am, "/"), (SIOBHAN, Session::Am, "N"), (LOUIS, Session::Am, "I"), (SANNE, Session::Am, "/")];
    let day = ruled("returning = true", &marks);
    let yesterday = date(2026, 3, 3);
    let away = |am: &str, pm: &str| Before { days: vec![past(yesterday, am, pm)], ..Before::default() };
    let standing = standing(vec![
        (AMIRA, away("I", "I")),
        (BILAL, away("", "M")),
        (SIOBHAN, away("N", "I")),
        (LOUIS, away("I", "I")),
        (ZOE, away("/", "I")),
        // Late after close is absent in the figures, and was here.
        (LUKASZ, away("U 30", "I")),
        (SUKARNO, away("D", "D")),
    ]);
    assert_eq!(
        listed_now(&day, &standing, "09:30"),
        [
            "Khan, Amira: back after I, not in yet",
            "Khan, Bilal: back after M, in",
            "O'Neill-Smith, Siobhan: back after I, not in: N",
        ]
    );
}

#[test]
fn a_word_of_a_class_or_a_period() {
    let mut day = ruled("lesson = \"exam\"", &[]);
    lesson(&mut day, 1, "3", "11A/Exam-1 Maths", &[(AMIRA, None), (BILAL, None)]);
    lesson(&mut day, 2, "1", "11B EXAMS", &[(AMIRA, None)]);
    lesson(&mut day, 3, "2", "Cross-examination club", &[(ZOE, None)]);
    lesson(&mut day, 4, "Mock exam", "Hall", &[(LOUIS, None)]);
    lesson(&mut day, 5, "4", "Sixexam", &[(SANNE, None)]);
    assert_eq!(
        listed_now(&day, &standing(vec![]), "09:30"),
        [
            "Br\u{fc}cke, Zoe\u{308}: 09:50 Cross-examination club",
            "D\u{2019}Arcy, Louis: Mock exam Hall",
            "Khan, Amira: 09:00 11B EXAMS, 11:00 11A/Exam-1 Maths",
            "Khan, Bilal: 11:00 11A/Exam-1 Maths",
        ]
    );
}

#[test]
fn the_unexplained_of_a_tier_whose_step_is_near() {
    let day = ruled(
        "tier = \"vulnerable\", due-within = 30",
        &[(AMIRA, Session::Am, "N"), (SIOBHAN, Session::Am, "N"), (ZOE, Session::Am, "N")],
    );
    let at = |now: &str| listed_now(&day, &standing(vec![]), now);
    assert_eq!(at("08:39"), [""; 0]);
    assert_eq!(at("08:40"), ["Khan, Amira: call in 30 min"]);
    assert_eq!(at("09:10"), ["Khan, Amira: call now"]);
    assert_eq!(at("09:26"), ["Khan, Amira: call overdue since 09:10"]);
}

#[test]
fn what_needs_the_past_waits_for_it_and_nothing_else_does() {
    let mut day = ruled("returning = true", &[]);
    Arc::make_mut(&mut day.roll).school.watch_rules.push(rule("exams", "lesson = \"exam\""));
    let rows = |standing: Option<&Standing>| -> Vec<Option<usize>> {
        let lists = rule_lists(&day, standing, time("09:30"));
        lists.into_iter().map(|list| list.rows.map(|rows| rows.len())).collect()
    };
    let of_yesterday = Standing { date: date(2026, 3, 3), pupils: HashMap::new() };
    assert_eq!(rows(None), [None, Some(0)]);
    assert_eq!(rows(Some(&of_yesterday)), [None, Some(0)]);
    assert_eq!(rows(Some(&standing(vec![]))), [Some(0), Some(0)]);
    day.times = None;
    assert_eq!(rule_lists(&day, None, time("09:30")), []);
}
