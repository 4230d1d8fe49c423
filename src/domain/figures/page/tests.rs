//! A page adds up, each of its rows opens onto what it says, and what is typed is understood or said not to be.

use std::sync::Arc;

use super::typed::{Filter, read};
use super::*;
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::cohort::{Cohort, Sen};
use crate::domain::people::pupil::{Flag, Flags, PupilId};
use crate::domain::testing::*;
use proptest::prelude::*;

type Marks = Vec<(PupilId, SessionDate, Mark)>;

fn year() -> Range<NaiveDate> {
    date(2025, 8, 1)..date(2026, 3, 5)
}

fn asked(split: Split, within: &[RowId]) -> Asked {
    Asked { dates: year(), as_of: None, within: within.to_vec(), split }
}

fn page(asked: Asked, roll: &Arc<Roll>, marks: &Marks) -> Page {
    let of = |dates: Range<NaiveDate>| {
        let mut tally = asked.begin(roll, dates, at("15:00"));
        for (pupil, at, mark) in marks {
            tally.count(*pupil, *at, *mark);
        }
        tally
    };
    let whole = of(asked.dates());
    let compared = asked.compared(&whole).map(|weeks| weeks.map(of));
    let year_ago = asked.a_year_ago().map(of);
    Page::new(asked.clone(), &Tallies { whole, compared, year_ago })
}

/// Some with flags, one in no group, one in a group of no year.
fn school() -> Roll {
    let mut roll = roll();
    let flags =
        [(AMIRA, vec![Flag::FreeMeals]), (BILAL, vec![Flag::SenSupport, Flag::Eal]), (ZOE, vec![Flag::EhcPlan])];
    for (id, flags) in flags {
        let pupil = roll.pupils.iter_mut().find(|pupil| pupil.id == id).unwrap();
        pupil.flags = flags.into_iter().collect::<Flags>();
    }
    roll.pupils[3].group = None;
    roll
}

fn without_terms() -> Roll {
    let mut roll = school();
    roll.calendar = Calendar::default();
    roll
}

#[test]
fn what_is_typed_is_understood() {
    let roll = school();
    let within = |rows: &[RowId]| Filter { within: rows.to_vec(), ..Filter::default() };
    let of = |from, until: NaiveDate| Filter { dates: Some(from..until.succ_opt().unwrap()), ..Filter::default() };
    let (fsm, year8) = (RowId::Cohort(Cohort::FreeMeals(true)), RowId::Year(Some(8)));
    // Today is Wednesday 4 March 2026.
    for (text, meant) in [
        ("", Filter::default()),
        ("all pupils", Filter::default()),
        ("FSM", within(&[fsm])),
        ("fsm 8", within(&[fsm, year8])),
        ("pupils of Year 8 and FSM", within(&[year8, fsm])),
        ("y8, fsm", within(&[year8, fsm])),
        ("non-FSM", within(&[RowId::Cohort(Cohort::FreeMeals(false))])),
        ("not fsm", within(&[RowId::Cohort(Cohort::FreeMeals(false))])),
        ("SEN K", within(&[RowId::Cohort(Cohort::Sen(Sen::Support))])),
        ("EHCP", within(&[RowId::Cohort(Cohort::Sen(Sen::Plan))])),
        (
            "girls 8km",
            within(&[
                RowId::Cohort(Cohort::Sex(Some(crate::domain::people::details::Sex::Female))),
                RowId::Group(Some(G8KM)),
            ]),
        ),
        ("from 1 sep to 24 nov", of(date(2025, 9, 1), date(2025, 11, 24))),
        ("from 5 jan", of(date(2026, 1, 5), date(2026, 3, 4))),
        ("since mon", of(date(2026, 3, 2), date(2026, 3, 4))),
        ("to 13/2", of(date(2025, 8, 1), date(2026, 2, 13))),
        ("from 2 mar to 27 mar", of(date(2026, 3, 2), date(2026, 3, 27))),
        ("on fri", of(date(2026, 2, 27), date(2026, 2, 27))),
        ("yesterday", of(date(2026, 3, 3), date(2026, 3, 3))),
        ("this week", of(date(2026, 3, 2), date(2026, 3, 4))),
        ("last week", of(date(2026, 2, 23), date(2026, 3, 1))),
        ("this half-term", of(date(2026, 2, 24), date(2026, 3, 4))),
        ("last half term", of(date(2026, 1, 5), date(2026, 2, 13))),
        ("last year", of(date(2024, 8, 1), date(2025, 7, 31))),
        ("as of 1 feb", Filter { as_of: Some(date(2026, 2, 1)), ..Filter::default() }),
        // What is known today is what is known.
        ("as of today", Filter::default()),
        (
            "fsm last week as known on 2 mar",
            Filter {
                as_of: Some(date(2026, 3, 2)),
                ..Filter { within: vec![fsm], ..of(date(2026, 2, 23), date(2026, 3, 1)) }
            },
        ),
    ] {
        assert_eq!(read(text, today(), &roll), Ok(meant), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_said() {
    for (text, says) in [
        ("fsm xyz", "“xyz” is not understood: write a cohort"),
        ("year 4", "There is no Year 4."),
        ("from", "Write a day behind “from”"),
        ("from soon", "Write a day behind “from”"),
        ("as of then", "Write a day behind “as of”"),
        ("last week from 1 jan", "That names dates twice"),
        ("this week last week", "That names dates twice"),
        ("from 2 mar to 1 mar 2026", "Sun 1 Mar is before Mon 2 Mar: give the first day first."),
    ] {
        let why = read(text, today(), &school()).unwrap_err();
        assert!(why.starts_with(says), "{text}: {why}");
    }
    let without = without_terms();
    assert_eq!(
        read("this half-term", today(), &without).unwrap_err(),
        "The calendar has no half-term of today: write the dates."
    );
}

#[test]
fn rows_have_what_they_are_compared_with() {
    let roll = Arc::new(school());
    let day = |month, day, session| SessionDate::new(date(2026, month, day), session);
    let marks = vec![
        (PupilId(1), day(2, 26, Session::Am), mark("/")),
        (PupilId(1), day(2, 26, Session::Pm), mark("I")),
        (PupilId(1), day(3, 2, Session::Am), mark("L 9")),
        (PupilId(2), day(3, 2, Session::Am), mark("O")),
    ];
    let found = page(asked(Split::Groups, &[]), &roll, &marks);
    let row = found.rows.iter().find(|row| row.id == RowId::Year(Some(8))).unwrap();
    let compared = row.compared.map(|both| both.map(|figures| (figures.attended, figures.possible)));
    assert_eq!(found.compared, Some([date(2026, 3, 2)..date(2026, 3, 5), date(2026, 2, 23)..date(2026, 3, 2)]));
    assert_eq!(
        compared.map(|[last, _]| last.1).unwrap_or_default() + compared.map(|[_, before]| before.1).unwrap_or_default(),
        row.figures.possible
    );
    // One missed a third, the other all of it.
    assert_eq!((found.lines, found.whole.possible, found.has_terms), ([2, 1], 4, true));
    let gaps = page(asked(Split::Cohorts, &[]), &roll, &marks);
    let gap = gaps.rows.iter().find(|row| row.id == RowId::Cohort(Cohort::FreeMeals(true))).unwrap().gap;
    assert_eq!(gap.map(|gap| gap.to_string()).as_deref(), Some("+66.7"));
    let without = Arc::new(without_terms());
    let found = page(asked(Split::Groups, &[]), &without, &marks);
    assert_eq!((found.has_terms, found.whole.blanks, found.whole.possible), (false, 0, 4));
}

#[test]
fn a_week_lies_beside_that_of_a_year_ago() {
    let roll = Arc::new(roll_of(vec![Pupil { from: date(2025, 1, 1), ..pupil(1, "Khan", "Amira", G8KM) }]));
    let ago = SessionDate::new(date(2025, 3, 4), Session::Am);
    let now = SessionDate::new(date(2026, 3, 3), Session::Am);
    let marks = vec![(PupilId(1), ago, mark("I")), (PupilId(1), now, mark("/"))];
    for split in [Split::Groups, Split::Weeks] {
        let found = page(asked(split, &[]), &roll, &marks);
        let last = found.weeks.last().unwrap();
        assert_eq!((last.monday, last.figures.attended), (date(2026, 3, 2), 1));
        assert_eq!(last.year_ago.map(|ago| (ago.attended, ago.possible)), Some((0, 1)), "{split:?}");
    }
}

const CODES: [&str; 12] = ["/", "L 5", "U 40", "I", "O", "N", "M", "V", "D", "#", "X", "G"];

fn some_marks() -> impl Strategy<Value = Marks> {
    let session = (1_i64..10, 0_u64..60, any::<bool>());
    prop::collection::hash_map(session, 0_usize..CODES.len(), 0..80).prop_map(|marks| {
        let of = |((pupil, day, is_am), code): ((i64, u64, bool), usize)| {
            let session = if is_am { Session::Am } else { Session::Pm };
            let date = date(2026, 1, 5).checked_add_days(Days::new(day)).unwrap();
            (PupilId(pupil), SessionDate::new(date, session), mark(CODES[code]))
        };
        marks.into_iter().map(of).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Rows add up to the page, and what a row is opened onto comes to the row; so does every row of that.
    #[test]
    fn a_row_opens_onto_what_it_says(marks in some_marks(), place in 0_usize..8, pick in 0_usize..40, then in 0_usize..8, has_terms in any::<bool>()) {
        let roll = Arc::new(if has_terms { school() } else { without_terms() });
        let all = page(asked(Split::ALL[place], &[]), &roll, &marks);
        let sum: Figures = all.rows.iter().map(|row| row.figures).sum();
        match all.asked.split {
            Split::Groups | Split::Pupils | Split::HalfDays | Split::Weeks | Split::HalfTerms => prop_assert_eq!(sum, all.whole),
            Split::Codes => prop_assert_eq!(sum.possible, all.whole.possible),
            Split::Bands => prop_assert_eq!(sum.absent(), all.whole.absent()),
            // Everybody is in one cohort of each of eight kinds.
            Split::Cohorts => prop_assert_eq!(sum.possible, all.whole.possible * 8),
        }
        let Some(row) = all.rows.get(pick % all.rows.len().max(1)) else { return Ok(()) };
        let split = if row.id.has_pupils_alone() { Split::Pupils } else { Split::ALL[then] };
        let opened = page(asked(split, &[row.id]), &roll, &marks);
        match row.id {
            RowId::Code(_) => prop_assert_eq!(opened.rows.iter().map(|row| row.sessions).sum::<u32>(), row.sessions),
            _ => prop_assert_eq!(opened.whole, row.figures, "{:?}", row.id),
        }
        if let (Some(pupils), Some(lines)) = (row.pupils, row.lines) {
            prop_assert_eq!((opened.pupils, opened.lines), (pupils, lines));
        }
        if let RowId::Band(_) = row.id {
            prop_assert_eq!(Some(opened.pupils), row.pupils);
        }
    }

    /// Whatever is typed is answered, and what is understood is understood again in any order.
    #[test]
    fn anything_typed_is_answered(words in prop::collection::vec(prop::sample::select(vec![
        "fsm", "not", "sen", "k", "8", "year", "8km", "from", "to", "1", "sep", "24", "nov", "2026", "last", "week", "this", "half-term", "as", "of", "fri", "é", "“",
    ]), 0..8)) {
        let roll = school();
        let text = words.join(" ");
        match read(&text, today(), &roll) {
            Ok(filter) => {
                let dates = filter.dates(today());
                prop_assert!(dates.start < dates.end, "{}", text);
                prop_assert_eq!(read(&text.to_uppercase(), today(), &roll), Ok(filter));
            }
            Err(why) => prop_assert!(why.ends_with('.') || why.contains("Write a day"), "{}", why),
        }
    }
}
