//! Splits of made-up marks: each adds up to the whole, and to what a pupil's year has.

use super::*;
use crate::domain::day::PastDay;
use crate::domain::people::details::Sex;
use crate::domain::people::pupil::{Flag, Flags, GroupId};
use crate::domain::testing::*;
use crate::domain::year::{Held, PupilYear};
use chrono::NaiveDateTime;
use proptest::prelude::*;

fn year() -> Range<NaiveDate> {
    date(2025, 8, 1)..date(2026, 8, 1)
}

/// Marks written "1 2026-01-05 am L_12", a line each.
fn marks(lines: &str) -> Vec<(PupilId, SessionDate, Mark)> {
    let one = |line: &str| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let at = SessionDate::new(parts[1].parse().unwrap(), Session::parse(parts[2]).unwrap());
        (PupilId(parts[0].parse().unwrap()), at, mark(&parts[3].replace('_', " ")))
    };
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(one).collect()
}

fn tally(roll: Roll, dates: Range<NaiveDate>, now: NaiveDateTime, marks: &[(PupilId, SessionDate, Mark)]) -> Tally {
    let counted = Counted::of(&roll, dates, now);
    let mut tally = Tally::new(Arc::new(roll), counted, |_| true);
    for (pupil, at, mark) in marks {
        tally.count(*pupil, *at, *mark);
    }
    tally
}

fn sum(parts: &[Part]) -> (Figures, u32) {
    parts
        .iter()
        .fold((Figures::default(), 0), |(figures, sessions), part| (figures + part.figures, sessions + part.sessions))
}

#[test]
fn marks_are_split_by_whatever_is_asked() {
    let week = date(2026, 3, 2)..date(2026, 3, 5);
    let tally = tally(
        roll(),
        week,
        at("09:00"),
        &marks(
            r"1 2026-03-02 am /
              1 2026-03-02 pm L_3
              1 2026-03-03 am U_40
              2 2026-03-04 am I
              2 2026-03-04 pm I
              3 2026-03-02 am D
              9 2026-03-02 am /
              1 2026-02-27 am I",
        ),
    );
    // Eight pupils of two days and a morning: the afternoon is not yet, the leaver has left, February is not asked about.
    let all = tally.whole();
    let expected = Figures {
        possible: 4,
        attended: 2,
        authorised: 1,
        unauthorised: 1,
        lates: 2,
        late_before_close: 1,
        late_after_close: 1,
        minutes: 43,
        blanks: 35,
    };
    assert_eq!(all, expected);
    let of = |by: By| tally.parts(by);
    let missed = Missed { of: 2, nothing: 0, persistent: 2, severe: 1, broken_weeks: 2 };
    assert_eq!(of(By::School), [Part { key: Key::School, figures: all, sessions: 40, pupils: Some(8), missed }]);
    let years: Vec<_> = of(By::Year).into_iter().map(|part| (part.key, part.sessions, part.pupils)).collect();
    let members = |group: GroupId| {
        roll().pupils.iter().filter(|one| one.group == Some(group) && one.until.is_none()).count() as u32
    };
    let (eight, nine) = (members(G8KM), members(G9TR));
    assert_eq!(years, [(Key::Year(Some(8)), eight * 5, Some(eight)), (Key::Year(Some(9)), nine * 5, Some(nine))]);
    let groups: Vec<_> = of(By::Group).into_iter().map(|part| part.key).collect();
    assert_eq!(groups, [Key::Group(Some(G8KM)), Key::Group(Some(G9TR))]);
    let days: Vec<_> =
        of(By::Weekday).into_iter().map(|part| (part.key, part.figures.possible, part.sessions)).collect();
    let weekday = Key::Weekday;
    assert_eq!(days, [(weekday(Weekday::Mon), 2, 16), (weekday(Weekday::Tue), 1, 16), (weekday(Weekday::Wed), 1, 8)]);
    let halves: Vec<_> =
        of(By::Session).into_iter().map(|part| (part.key, part.figures.lates, part.sessions)).collect();
    assert_eq!(halves, [(Key::Session(Session::Am), 1, 24), (Key::Session(Session::Pm), 1, 16)]);
    assert_eq!(of(By::HalfDay).len(), 5);
    let codes: Vec<_> = of(By::Code).into_iter().map(|part| (part.key, part.figures.possible, part.sessions)).collect();
    let by_code = |text, possible, sessions| (Key::Code(Some(code(text))), possible, sessions);
    assert_eq!(
        codes,
        [
            by_code("/", 1, 1),
            by_code("L", 1, 1),
            by_code("D", 0, 1),
            by_code("I", 1, 1),
            by_code("U", 1, 1),
            (Key::Code(None), 0, 35)
        ]
    );
    assert_eq!(of(By::Week).into_iter().map(|part| part.key).collect::<Vec<_>>(), [Key::Week(date(2026, 3, 2))]);
    let half_terms = of(By::HalfTerm);
    assert!(matches!(&half_terms[0].key, Key::HalfTerm(one) if one.name == "Spring 2"), "{half_terms:?}");
    assert_eq!(tally.of(PupilId(1)).possible, 3);
    assert_eq!(of(By::Pupil).len(), 8);
}

#[test]
fn a_pupil_counts_from_the_first_day_on_roll_to_the_last() {
    let mut pupils = roll().pupils;
    for pupil in &mut pupils {
        match pupil.id {
            AMIRA => pupil.from = date(2026, 3, 3),
            BILAL => pupil.until = Some(date(2026, 3, 2)),
            _ => {}
        }
    }
    let marks = marks("1 2026-03-02 am I\n1 2026-03-03 am /\n2 2026-03-02 am /\n2 2026-03-03 am O");
    let found = tally(roll_of(pupils), date(2026, 3, 2)..date(2026, 3, 5), at("09:00"), &marks);
    // Who joins on Tuesday has three sessions up to Wednesday's first, who leaves on Monday two.
    for (pupil, blanks) in [(AMIRA, 2), (BILAL, 1)] {
        let of = found.of(pupil);
        assert_eq!((of.possible, of.attended, of.blanks), (1, 1, blanks), "{pupil:?}");
    }
}

#[test]
fn where_nothing_was_the_school_has_a_row_of_noughts() {
    let tally = tally(roll(), date(2026, 8, 1)..date(2026, 8, 1), at("09:00"), &[]);
    assert_eq!(
        tally.parts(By::School),
        [Part {
            key: Key::School,
            figures: Figures::default(),
            sessions: 0,
            pupils: Some(0),
            missed: Missed::default()
        }]
    );
    assert_eq!(tally.parts(By::Year), []);
}

#[test]
fn years_without_terms_are_as_their_marks_say() {
    let mut pupils = roll().pupils;
    pupils.iter_mut().for_each(|one| one.from = date(2020, 9, 1));
    let found = tally(
        roll_of(pupils),
        date(2020, 8, 1)..date(2026, 8, 1),
        at("08:00"),
        &marks("1 2020-09-07 am /\n1 2020-09-12 am /\n1 2020-10-26 am I\n1 2026-01-05 am /"),
    );
    let half_terms: Vec<_> = found
        .parts(By::HalfTerm)
        .into_iter()
        .map(|part| match part.key {
            Key::HalfTerm(one) => (one.name, part.figures.possible),
            key => panic!("{key:?}"),
        })
        .collect();
    let half = |name: &str, possible| (name.to_owned(), possible);
    assert_eq!(half_terms, [half("Half-term 1", 1), half("Half-term 2", 1), half("Spring 1", 1), half("Spring 2", 0)]);
    assert_eq!(found.whole().blanks + found.whole().possible, 8 * 72 + 40 + 2);
}

/// Everybody, some with flags, a sex, a year of their own, a house, or dates of joining and leaving.
fn made_up(picks: &[(u8, u8)]) -> Roll {
    let mut pupils = roll().pupils;
    for (pupil, (what, how)) in pupils.iter_mut().zip(picks) {
        pupil.flags = Flag::ALL.get(usize::from(*what) % 16).into_iter().copied().collect::<Flags>();
        pupil.sex = [None, Some(Sex::Female), Some(Sex::Male)][usize::from(how % 3)];
        pupil.house = (how % 4 > 0).then(|| format!("House {}", how % 4));
        pupil.year = (how % 5 > 2).then_some(7);
        pupil.group = pupil.group.filter(|_| how % 7 > 0);
        pupil.from = date(2025, 12, 1) + Days::new(u64::from(*how));
        pupil.until = (what % 3 == 0).then(|| pupil.from + Days::new(u64::from(*what)));
    }
    roll_of(pupils)
}

type Picked = (i64, u64, bool, usize, Option<i64>);

fn picked(picks: &[Picked]) -> Vec<(PupilId, SessionDate, Mark)> {
    let mut found: HashMap<(PupilId, SessionDate), Mark> = HashMap::new();
    for (pupil, day, is_pm, row, minutes) in picks {
        let at = SessionDate::new(date(2025, 12, 10) + Days::new(*day), if *is_pm { Session::Pm } else { Session::Am });
        let rows = codes();
        let code = rows.rows()[row % rows.rows().len()].code;
        found.insert((PupilId(*pupil), at), Mark { code, minutes: *minutes });
    }
    found.into_iter().map(|((pupil, at), mark)| (pupil, at, mark)).collect()
}

fn some_marks() -> impl Strategy<Value = Vec<Picked>> {
    prop::collection::vec((1_i64..12, 0_u64..110, any::<bool>(), 0_usize..60, prop::option::of(0_i64..90)), 0..150)
}

proptest! {
    /// Whatever it is split by, the parts are the whole; of cohorts those of one kind are.
    #[test]
    fn the_parts_are_the_whole(
        people in prop::collection::vec(any::<(u8, u8)>(), 9),
        picks in some_marks(),
        (from, length) in (0_u64..110, 0_u64..110),
    ) {
        let from = date(2025, 12, 1) + Days::new(from);
        let found = tally(made_up(&people), from..from + Days::new(length), at("10:00"), &picked(&picks));
        let (whole, sessions) = sum(&found.parts(By::School));
        prop_assert_eq!(whole, found.whole());
        prop_assert_eq!(whole.possible, whole.attended + whole.authorised + whole.unauthorised);
        prop_assert_eq!(whole.lates, whole.late_before_close + whole.late_after_close);
        for by in By::ALL.iter().copied().filter(|by| *by != By::Cohort) {
            let parts = found.parts(by);
            prop_assert_eq!(sum(&parts), (whole, sessions), "{:?}", by);
            if parts.iter().any(|part| part.pupils.is_some()) {
                let mut missed = Missed::default();
                parts.iter().for_each(|part| missed += part.missed);
                prop_assert_eq!(missed, found.school().missed, "{:?}", by);
            }
        }
        for kind in Cohort::ALL {
            let of_kind = |part: &Part| matches!(part.key, Key::Cohort(one) if one.is_kind_of(kind));
            let parts: Vec<Part> = found.parts(By::Cohort).into_iter().filter(of_kind).collect();
            prop_assert_eq!(sum(&parts), (whole, sessions), "{}", kind);
        }
    }

    /// Weeks counted in one go are those counted one by one.
    #[test]
    fn weeks_are_broken_as_each_of_them_is(picks in some_marks(), (from, length) in (0_u64..110, 0_u64..60)) {
        let (from, marks) = (date(2025, 12, 1) + Days::new(from), picked(&picks));
        let dates = from..from + Days::new(length);
        let found = tally(roll(), dates.clone(), at("10:00"), &marks);
        let each = |monday: NaiveDate| tally(roll(), monday.max(from)..(monday + Days::new(7)).min(dates.end), at("10:00"), &marks);
        let weeks: Vec<Tally> = (0..10).map(|place| week(from).start + Days::new(place * 7)).filter(|monday| *monday < dates.end).map(each).collect();
        for pupil in &roll().pupils {
            let own: Vec<Figures> = weeks.iter().map(|week| week.of(pupil.id)).collect();
            prop_assert_eq!(found.broken_weeks(pupil.id), BrokenWeeks::of(&own));
        }
    }

    /// A session at which nobody was required moves nothing but its blank.
    #[test]
    fn a_session_not_required_changes_nothing(picks in some_marks(), (day, not) in (0_u64..110, 0_usize..9)) {
        let mut marks = picked(&picks);
        let session = SessionDate::new(date(2025, 12, 10) + Days::new(day), Session::Am);
        marks.retain(|(pupil, at, _)| (*pupil, *at) != (AMIRA, session));
        let before = tally(roll(), year(), at("10:00"), &marks).whole();
        let code = code(["D", "X", "Q", "Y1", "Y4", "Y7", "Y", "Z", "#"][not]);
        marks.push((AMIRA, session, Mark::plain(code)));
        let after = tally(roll(), year(), at("10:00"), &marks).whole();
        prop_assert_eq!(Figures { blanks: 0, ..after }, Figures { blanks: 0, ..before });
        prop_assert!(before.blanks - after.blanks <= 1);
    }

    /// Up to yesterday a pupil's part is what their school year adds up to.
    #[test]
    fn a_pupil_s_part_is_that_of_their_year(people in prop::collection::vec(any::<(u8, u8)>(), 9), picks in some_marks()) {
        let (roll, marks) = (made_up(&people), picked(&picks));
        let found = tally(roll.clone(), date(2025, 8, 1)..today(), at("10:00"), &marks);
        for pupil in &roll.pupils {
            let mut days: Vec<PastDay> = Vec::new();
            let mut own: Vec<_> = marks.iter().filter(|one| one.0 == pupil.id).collect();
            own.sort_by_key(|one| one.1);
            for (_, at, mark) in own {
                if days.last().is_none_or(|day| day.date != at.date) {
                    days.push(PastDay { date: at.date, am: None, pm: None });
                }
                *days.last_mut().unwrap().of(at.session) = Some(*mark);
            }
            let held = Held { oldest: days.first().map(|day| day.date), days, calls: 0 };
            let year = PupilYear::new(&roll, pupil, date(2025, 8, 1), today(), held);
            prop_assert_eq!(found.of(pupil.id), year.figures, "{}", pupil.list_name());
            prop_assert_eq!(i64::from(year.figures.minutes), year.late_minutes.0);
        }
    }
}
