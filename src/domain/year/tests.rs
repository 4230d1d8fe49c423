//! A year's days, what they add up to, and that nothing is lost on the way.

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::domain::testing::*;

const STARTS: (i32, u32, u32) = (2025, 8, 1);

fn starts() -> NaiveDate {
    date(STARTS.0, STARTS.1, STARTS.2)
}

/// "2026-01-05 I I" a line: a date and its two marks, `-` for none.
fn days_of(lines: &str) -> Vec<PastDay> {
    let half = |text: &str| (text != "-").then(|| mark(&text.replace('_', " ")));
    let day = |line: &str| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        PastDay { date: parts[0].parse().unwrap(), am: half(parts[1]), pm: half(parts[2]) }
    };
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(day).collect()
}

fn year_of(pupil: &Pupil, days: Vec<PastDay>) -> PupilYear {
    let oldest = days.first().map(|day| day.date);
    PupilYear::new(&roll(), pupil, starts(), today(), Held { days, oldest, calls: 0 })
}

fn khan() -> Pupil {
    pupil(1, "Khan", "Amira", G8KM)
}

#[test]
fn a_year_adds_up_to_yesterday() {
    let year = year_of(
        &khan(),
        days_of(
            "2026-01-05 I I
             2026-01-06 L_12 \\
             2026-01-07 U_40 L
             2026-01-08 / C2
             2026-02-13 O /
             2026-02-23 / /
             2026-02-24 N N
             2026-03-04 I -
             2026-03-09 M -",
        ),
    );
    // Thirty days of Spring 1, and six of Spring 2 up to yesterday.
    assert_eq!(year.figures.possible + year.figures.blanks, 72);
    assert_eq!((year.figures.possible, year.figures.attended, year.figures.absent()), (12, 5, 7));
    assert_eq!((year.figures.lates, year.late_minutes), (3, (52, 1)));
    assert_eq!(
        year.missed,
        [("I", 2), ("N", 2), ("C2", 1), ("O", 1), ("U", 1)].map(|(text, count)| (code(text), count))
    );
    assert_eq!(year.first_days_back, DaysMissed { days: 2, missed: 2 });
    assert_eq!(year.last_days, DaysMissed { days: 1, missed: 1 });
    assert_eq!(year.weekdays.of(Weekday::Mon, Session::Am).absent(), 1);
    assert_eq!((year.years, year.has_terms), ((starts(), starts()), true));
    assert_eq!((year.before, year.counted_until()), (today(), Some(date(2026, 3, 3))));
}

#[test]
fn each_session_is_what_it_is() {
    let year = year_of(&khan(), days_of("2026-02-23 / -\n2026-03-03 / -\n2026-03-04 N -\n2026-03-09 M -"));
    for (on, am, pm) in [
        // The training day: marked all the same.
        (date(2026, 2, 23), Slot::Uncounted(mark("/")), Slot::None),
        (date(2026, 3, 3), Slot::Marked(mark("/")), Slot::Blank),
        (date(2026, 3, 4), Slot::Marked(mark("N")), Slot::Ahead),
        (date(2026, 3, 9), Slot::Marked(mark("M")), Slot::Ahead),
        (date(2026, 3, 10), Slot::Ahead, Slot::Ahead),
    ] {
        assert_eq!(year.day(on), Some(&YearDay { date: on, am, pm }), "{on}");
    }
    assert_eq!(year.day(date(2026, 2, 18)), None);
    assert_eq!(year.half_term(date(2026, 3, 3)).unwrap().name, "Spring 2");
}

#[test]
fn the_dates_on_roll_bound_what_is_possible() {
    let leaver = Pupil { until: Some(date(2026, 1, 30)), ..pupil(9, "Khan", "Yusuf", G8KM) };
    let year = year_of(&leaver, days_of("2026-01-30 / \\\n2026-02-02 / \\"));
    assert_eq!((year.figures.possible, year.figures.blanks), (2, 38));
    assert_eq!(year.day(date(2026, 2, 2)).unwrap().am, Slot::Uncounted(mark("/")));
    assert_eq!(year.day(date(2026, 2, 3)), None);
    assert_eq!(year.theirs().count(), 21);

    let joiner = Pupil { from: date(2026, 3, 2), ..khan() };
    assert_eq!(year_of(&joiner, Vec::new()).figures, Figures::blank(4));
    assert_eq!(last_year(&leaver, date(2027, 3, 4)), starts());
    assert_eq!(last_year(&khan(), date(2027, 3, 4)), date(2026, 8, 1));
}

#[test]
fn a_year_whose_terms_nobody_brought_in_is_as_its_marks_say() {
    let days = days_of(
        "2020-09-07 / \\
         2020-09-08 H H
         2020-09-09 Y -
         2020-09-12 / -
         2020-10-26 J \\",
    );
    let held = Held { days, oldest: Some(date(2020, 9, 7)), calls: 0 };
    let pupil = Pupil { from: date(2019, 9, 1), ..khan() };
    let year = PupilYear::new(&roll(), &pupil, date(2020, 8, 1), today(), held);
    assert!(!year.has_terms);
    assert_eq!((year.figures.possible, year.figures.attended, year.figures.blanks), (6, 4, 0));
    assert_eq!(year.missed, [(code("H"), 2)]);
    assert_eq!(
        year.half_terms.iter().map(|(one, _)| one.name.as_str()).collect::<Vec<_>>(),
        ["Half-term 1", "Half-term 2"]
    );
    assert_eq!(year.years, (date(2020, 8, 1), starts()));
    assert_eq!(year.before, date(2021, 8, 1));
}

#[test]
fn years_are_named_and_read() {
    assert_eq!(
        (year_name(date(2026, 8, 1)), year_name(date(1999, 8, 1))),
        ("2026/27".to_owned(), "1999/00".to_owned())
    );
    for (text, year) in [
        ("2026/27", Some(2026)),
        ("2026-27", Some(2026)),
        (" 2026/2027 ", Some(2026)),
        ("2026", Some(2026)),
        ("1999/00", Some(1999)),
        ("2026/28", None),
        ("26/27", None),
        ("", None),
        ("2026/", None),
    ] {
        assert_eq!(parse_year(text), year.map(|year| date(year, 8, 1)), "{text}");
    }
}

#[test]
fn each_code_has_its_meaning() {
    let of = |text| Meaning::of(code(text), &codes());
    for (text, meaning) in [
        ("/", Meaning::Present),
        ("L", Meaning::Late),
        ("U", Meaning::Late),
        ("B", Meaning::Elsewhere),
        ("J", Meaning::Elsewhere),
        ("I", Meaning::Authorised),
        ("H", Meaning::Authorised),
        ("O", Meaning::Unauthorised),
        ("G", Meaning::Unauthorised),
        ("N", Meaning::Unexplained),
        ("D", Meaning::NotRequired),
        ("Y", Meaning::NotRequired),
        ("&", Meaning::NotRequired),
    ] {
        assert_eq!(of(text), meaning, "{text}");
    }
}

proptest! {
    /// Weekdays, half-terms and codes each add up to the figures of the year, whatever the marks, the dates on roll and the day.
    #[test]
    fn the_parts_of_a_year_add_up(
        marks in prop::collection::btree_map(0_u64..365, (0_usize..60, 0_usize..60), 0..120),
        from in 0_u64..200,
        length in prop::option::of(0_u64..300),
        on in 0_u64..500,
    ) {
        let roll = roll();
        let mark = |row: usize| roll.codes.rows().get(row).map(|row| Mark::plain(row.code));
        let day = |(offset, (am, pm)): (u64, (usize, usize))| {
            PastDay { date: starts() + Days::new(offset), am: mark(am), pm: mark(pm) }
        };
        let days: Vec<PastDay> = marks.into_iter().map(day).collect();
        let from = starts() + Days::new(from);
        let pupil = Pupil { from, until: length.map(|length| from + Days::new(length)), ..khan() };
        let held = Held { days: days.clone(), oldest: days.first().map(|day| day.date), calls: 0 };
        let today = starts() + Days::new(on);
        let year = PupilYear::new(&roll, &pupil, starts(), today, held);

        // Counted as a card counts it: the sessions of the calendar while on roll, filled by the marks.
        let school_days = crate::domain::day::school_days::SchoolDays::of(&roll, starts()..year.before);
        let within = pupil.on_roll_within(starts()..year.before);
        let mut figures = Figures::blank(school_days.sessions(&within));
        for day in days.into_iter().filter(|day| within.contains(&day.date)) {
            school_days.split(day).0.marks().for_each(|mark| figures.fill(Some(mark), &roll.codes));
        }
        prop_assert_eq!(year.figures, figures);
        prop_assert_eq!(year.weekdays.all(), figures);
        prop_assert_eq!(year.half_terms.iter().map(|(_, sum)| *sum).sum::<Figures>(), figures);
        prop_assert_eq!(year.missed.iter().map(|(_, count)| count).sum::<u32>(), figures.absent());
        prop_assert!(year.days.is_sorted_by_key(|day| day.date));
        prop_assert!(year.first_days_back.missed <= year.first_days_back.days);
    }
}
