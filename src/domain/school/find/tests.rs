//! Awkward names, and what officers type for them.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::*;

/// The tiny school, with a few names more that are hard to type.
fn awkward() -> Roll {
    let mut pupils = roll().pupils;
    pupils.extend([
        pupil(20, "Nguy\u{1ec5}n", "Th\u{1ecb} H\u{1ed3}ng", G8KM),
        pupil(21, "\u{627}\u{644}\u{62d}\u{633}\u{646}", "\u{645}\u{62d}\u{645}\u{62f}", G9TR),
        pupil(22, "\u{738b}", "\u{5c0f}\u{660e}", G8KM),
        pupil(23, "Taylor", "Sam", G9TR),
        pupil(24, "Taylor", "Sam", G9TR),
        pupil(25, "Akhtar", "Nadia", G9TR),
        pupil(26, "Khanom", "Rabeya", G9TR),
        pupil(27, "Mohammad", "Kian", G8KM),
        pupil(28, "Smith", "Neil", G9TR),
        pupil(29, "Siobhan", "Rose", G9TR),
    ]);
    roll_of(pupils)
}

/// Those on roll on `date` whom `query` finds.
fn matches(roll: &Roll, date: NaiveDate, query: &str) -> Vec<PupilId> {
    Finder::new(roll).matches(query, 50, |id| roll.pupil(id).is_some_and(|pupil| pupil.on_roll(date)))
}

fn found(query: &str) -> Vec<i64> {
    matches(&awkward(), today(), query).into_iter().map(|id| id.0).collect()
}

#[test]
fn whatever_an_officer_types_puts_the_right_pupil_first() {
    for (query, first) in [
        ("khan", 1),
        ("KHAN", 1),
        ("amira", 1),
        ("amira khan", 1),
        ("khan amira", 1),
        ("Khan, Amira", 1),
        ("khan,amira", 1),
        ("kha ami", 1),
        ("kha 8k", 1),
        ("khan 9tr", 2),
        ("khan b", 2),
        ("b801200005001", 1),
        ("B8012", 1),
        ("001202", 2),
        ("1203", 3),
        ("oneill", 3),
        ("O'Neill", 3),
        ("o\u{2019}neill-smith", 3),
        ("o neill", 3),
        ("neill", 3),
        ("siobhan smith", 3),
        ("smith", 28),
        ("neil smith", 28),
        ("darcy", 4),
        ("d'arcy", 4),
        ("zoe", 5),
        ("Zo\u{eb}", 5),
        ("Zoe\u{308}", 5),
        ("brucke", 5),
        ("lukasz", 6),
        ("\u{142}ukasz w\u{f3}jcik", 6),
        ("wojc", 6),
        ("berg", 7),
        ("van der berg", 7),
        ("vanderberg", 7),
        ("sanne v", 7),
        ("svdb", 7),
        ("sv", 7),
        ("sukarno", 8),
        ("nguyen", 20),
        ("Nguy\u{1ec5}n Th\u{1ecb}", 20),
        ("thi hong", 20),
        ("\u{645}\u{62d}\u{645}\u{62f}", 21),
        ("\u{738b}", 22),
        ("wang", 22),
        ("wjcik", 6),
        ("amkhan", 1),
        ("mohamed", 27),
        ("mohmamad", 27),
        ("wojick", 6),
        ("siobahn", 3),
    ] {
        assert_eq!(found(query).first(), Some(&first), "{query}: {:?}", found(query));
    }
}

#[test]
fn the_plainer_fit_ranks_first_and_the_roll_breaks_ties() {
    // Both Khans as on the roll, then the longer surname; whoever only has the letters comes last.
    assert_eq!(found("khan"), [1, 2, 26, 27]);
    // A surname that begins so, then initials.
    assert_eq!(found("ak")[..2], [25, 1]);
    // A surname before a forename.
    assert_eq!(found("siobhan"), [29, 3]);
    assert_eq!(found("sam taylor"), [23, 24]);
    assert_eq!(found("8km"), [4, 1, 27, 20, 3, 7, 22]);
    assert_eq!(found("smith")[..2], [28, 3]);
}

#[test]
fn of_equal_fits_the_likely_come_first_and_a_better_fit_still_leads() {
    let first = |query: &str, likely: i64| {
        let found = Finder::new(&awkward()).matches_preferring(query, 50, |_| true, |id| id == PupilId(likely));
        found.first().map(|id| id.0)
    };
    assert_eq!(first("taylor", 24), Some(24), "two of one name");
    assert_eq!(first("taylor", 23), Some(23));
    assert_eq!(first("khan", 26), Some(1), "Khanom fits Khan less well");
}

#[test]
fn nobody_fits_what_is_in_no_name() {
    for query in ["zzz", "qx", "'", "??", "\u{200d}\u{200d}?", "khan 7zz", "amira wojcik"] {
        assert_eq!(found(query), Vec::<i64>::new(), "{query}");
    }
}

#[test]
fn a_blank_query_shows_the_roll_and_a_limit_is_kept() {
    let roll = roll();
    let mut finder = Finder::new(&roll);
    let on_roll = |id| roll.pupil(id).is_some_and(|pupil| pupil.on_roll(today()));
    let everyone: Vec<PupilId> = roll.pupils.iter().filter(|pupil| pupil.id != LEAVER).map(|pupil| pupil.id).collect();
    assert_eq!(finder.matches("", 50, on_roll), everyone);
    assert_eq!(finder.matches(" ", 3, on_roll), everyone[..3]);
    assert_eq!(finder.matches("khan", 1, on_roll), [AMIRA]);
    assert_eq!(finder.matches("khan", 0, on_roll), []);
}

#[test]
fn only_pupils_on_roll_that_day_are_found() {
    assert_eq!(matches(&roll(), today(), "yusuf"), []);
    assert_eq!(matches(&roll(), date(2026, 1, 30), "yusuf"), [LEAVER]);
    assert_eq!(matches(&roll(), date(2025, 12, 1), ""), []);
}

#[test]
fn a_command_names_exactly_one_pupil_or_is_not_obeyed() {
    let roll = awkward();
    for (name, meant) in [
        ("Amira Khan", &[1][..]),
        ("Khan, Amira", &[1]),
        ("khan amira 8KM", &[1]),
        ("kha 8k", &[1]),
        ("b801200005001", &[1]),
        ("001202", &[2]),
        ("Siobhan O'Neill-Smith", &[3]),
        ("oneill smith siobhan", &[3]),
        ("smith siob", &[3]),
        ("D'Arcy", &[4]),
        ("zoe brucke", &[5]),
        ("\u{141}ukasz", &[6]),
        ("van der berg sanne", &[7]),
        ("vanderberg", &[7]),
        ("Sukarno", &[8]),
        ("nguyen", &[20]),
        ("\u{645}\u{62d}\u{645}\u{62f} \u{627}\u{644}\u{62d}\u{633}\u{646}", &[21]),
        ("wang xiao", &[22]),
        // Several, or nobody: never a guess.
        ("sam taylor", &[23, 24]),
        ("sam taylor 9tr", &[23, 24]),
        ("khan", &[1, 2, 26]),
        ("yusuf khan", &[]),
        ("amkhan", &[]),
        ("mira", &[]),
        ("1203", &[]),
        ("", &[]),
        ("'", &[]),
    ] {
        let ids: Vec<i64> = resolve(&roll, today(), name).into_iter().map(|id| id.0).collect();
        assert_eq!(ids, meant, "{name}");
    }
}

#[test]
fn whoever_has_left_is_meant_where_nobody_on_roll_fits_as_well() {
    let roll = roll();
    for (name, found) in [
        ("yusuf khan", &[LEAVER][..]),
        ("001209", &[LEAVER]),
        ("yus", &[LEAVER]),
        ("amira", &[AMIRA]),
        ("khan", &[AMIRA, BILAL]),
        ("nobody", &[]),
    ] {
        assert_eq!(resolve_everybody(&roll, today(), name), found, "{name}");
    }
    // The whole name of a leaver, though somebody on roll has a longer one.
    let left = Pupil { until: Some(date(2026, 1, 30)), ..pupil(1, "Lee", "Ann", G8KM) };
    let roll = roll_of(vec![left, pupil(2, "Leeming", "Anna", G8KM)]);
    assert_eq!(resolve_everybody(&roll, today(), "ann lee"), [PupilId(1)]);
    assert_eq!(resolve_everybody(&roll, today(), "lee"), [PupilId(2)]);
}

#[test]
fn a_full_name_is_not_taken_for_the_beginning_of_a_longer_one() {
    let roll = roll_of(vec![pupil(1, "Lee", "Ann", G8KM), pupil(2, "Leeming", "Anna", G8KM)]);
    assert_eq!(resolve(&roll, today(), "ann lee"), [PupilId(1)]);
    assert_eq!(resolve(&roll, today(), "ann lee 8km"), [PupilId(1)]);
    assert_eq!(resolve(&roll, today(), "anna"), [PupilId(2)]);
}

proptest! {
    #[test]
    fn the_same_query_gives_the_same_pupils_each_once(query in "\\PC{0,12}", other in "[a-z]{0,6}") {
        let mut finder = Finder::new(&awkward());
        let first = finder.matches(&query, 50, |_| true);
        finder.matches(&other, 50, |_| true);
        prop_assert_eq!(&finder.matches(&query, 50, |_| true), &first);
        let mut once = first.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), first.len());
    }

    #[test]
    fn who_is_resolved_is_also_found(query in "[a-z]{1,5}( [a-z0-9]{1,3})?") {
        let roll = awkward();
        let found = matches(&roll, today(), &query);
        for pupil in resolve(&roll, today(), &query) {
            prop_assert!(found.contains(&pupil), "{query}");
        }
    }
}
