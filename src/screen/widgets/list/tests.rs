//! The list: whoever is chosen, and whoever is marked, is the same or nobody.

use proptest::prelude::*;

use super::*;
use crate::keys::KeymapFile;

fn list(ids: &[u32]) -> List<u32> {
    let mut list = List::default();
    list.refresh(ids.to_vec(), |_| false);
    list
}

#[test]
fn the_first_is_chosen_when_a_list_first_fills() {
    let mut list = list(&[]);
    assert_eq!(list.chosen(), None);
    list.refresh(vec![7, 8], |_| false);
    assert_eq!(list.chosen(), Some(7));
}

#[test]
fn whoever_is_chosen_stays_chosen_when_rows_move() {
    let mut list = list(&[1, 2, 3]);
    list.choose(1);
    list.refresh(vec![9, 3, 2], |_| false);
    assert_eq!(list.chosen(), Some(2));
    list.go(Action::Up);
    assert_eq!(list.chosen(), Some(3));
}

#[test]
fn our_own_act_passes_the_choice_on_and_anothers_leaves_nobody_chosen() {
    let mut list = list(&[1, 2, 3]);
    list.choose(1);
    list.refresh(vec![1, 3], |id| id == 2);
    assert_eq!(list.chosen(), Some(3));
    list.refresh(vec![1], |_| false);
    assert_eq!(list.chosen(), None);
    list.go(Action::Down);
    assert_eq!(list.chosen(), Some(1));
}

#[test]
fn with_nobody_chosen_a_step_down_takes_whoever_stands_there_now() {
    let mut list = list(&[1, 2, 3, 4]);
    list.choose(1);
    list.refresh(vec![1, 3, 4], |_| false);
    assert_eq!(list.chosen(), None);
    list.go(Action::Down);
    assert_eq!(list.chosen(), Some(3));
}

#[test]
fn the_window_jumps_by_pages_and_is_always_full() {
    let mut list = list(&(0..25).collect::<Vec<_>>());
    assert_eq!(list.window(10), 0..10);
    list.choose(9);
    assert_eq!(list.window(10), 0..10);
    list.go(Action::Down);
    assert_eq!(list.window(10), 10..20);
    list.go(Action::Last);
    assert_eq!((list.chosen(), list.window(10)), (Some(24), 15..25));
    assert_eq!(list.unseen(), Unseen { above: 15, below: 0 });
    list.go(Action::PageUp);
    assert_eq!((list.chosen(), list.window(10)), (Some(14), 5..15));
    assert_eq!(list.window(40), 0..25);
    assert_eq!(list.window(0).len(), 0);
}

#[test]
fn an_act_of_ours_goes_on_to_the_next_and_the_rows_stay_where_they_are() {
    let mut list = list(&(0..42).collect::<Vec<_>>());
    list.window(20);
    (0..12).for_each(|_| list.go(Action::Down));
    assert!(!list.went_on());
    let sunk = (0..42).filter(|id| *id != 12).chain([12]).collect();
    list.refresh_and_go_on(sunk);
    assert_eq!((list.chosen(), list.place(), list.window(20)), (Some(13), 12, 0..20));
    assert!(list.went_on());
    list.go(Action::Down);
    assert!(!list.went_on());
}

#[test]
fn a_list_nobody_has_moved_in_shows_its_first_rows() {
    let mut list = list(&[5, 6, 7]);
    list.window(2);
    list.refresh(vec![4, 5, 6, 7], |_| false);
    assert_eq!((list.chosen(), list.window(2)), (Some(5), 0..2));
    list.refresh(vec![2, 3, 4, 5, 6, 7], |_| false);
    assert_eq!((list.chosen(), list.window(2)), (None, 0..2));
    list.go(Action::Down);
    assert_eq!(list.chosen(), Some(2));
}

proptest! {
    /// Somebody comes, goes or moves; now and then the officer does.
    #[test]
    fn whatever_comes_and_goes_the_chosen_one_is_the_same_or_nobody(
        begins in 0_u32..60,
        height in 1_usize..20,
        steps in prop::collection::vec((0_usize..70, 0_usize..70, 0_u8..4), 1..60),
    ) {
        let mut list = list(&(0..begins).collect::<Vec<_>>());
        let mut new = begins;
        list.window(height);
        for (from, to, what) in steps {
            let mut ids = list.ids.clone();
            match what {
                0 => {
                    ids.insert(to.min(ids.len()), new);
                    new += 1;
                }
                1 if !ids.is_empty() => drop(ids.remove(from % ids.len())),
                2 if !ids.is_empty() => {
                    let moved = ids.remove(from % ids.len());
                    ids.insert(to.min(ids.len()), moved);
                }
                _ => {
                    list.go([Action::Down, Action::Up, Action::PageDown, Action::Last][to % 4]);
                    list.window(height);
                    continue;
                }
            }
            let (chosen, seen) = (list.chosen(), list.ids(list.window(height)).to_vec());
            list.refresh(ids, |_| false);
            let begins_anew = chosen.is_none() && seen.is_empty();
            prop_assert!(begins_anew || list.chosen().is_none() || list.chosen() == chosen);
            let now = list.ids(list.window(height)).to_vec();
            prop_assert_eq!(now.len(), height.min(list.len()), "it is full");
            prop_assert!(list.chosen().is_none_or(|chosen| now.contains(&chosen)), "who is chosen is seen");
            // Whoever has not been moved is at most a row away from where they were seen.
            let moved = (what == 2).then(|| list.ids.iter().copied().max_by_key(|id| {
                let row = |rows: &[u32]| rows.iter().position(|one| one == id);
                row(&seen).zip(row(&now)).map_or(0, |(was, is)| was.abs_diff(is))
            })).flatten();
            for (row, id) in seen.iter().enumerate().filter(|(_, id)| Some(**id) != moved) {
                if let Some(is) = now.iter().position(|one| one == id) {
                    prop_assert!(row.abs_diff(is) <= 1, "{} was in row {}, is in {}", id, row, is);
                }
            }
        }
    }
}

fn press(list: &mut List<u32>, key: &str) -> bool {
    list.handle_marking_key(key.parse().unwrap(), &KeymapFile::compiled_in().keymap())
}

#[test]
fn a_row_is_marked_and_the_next_chosen_and_esc_marks_none() {
    let mut list = list(&[1, 2, 3]);
    assert!(!press(&mut list, "esc"), "nothing is marked: it closes what it closes");
    assert!(press(&mut list, "space") && press(&mut list, "space"));
    assert_eq!((list.marked(), list.chosen()), (vec![1, 2], Some(3)));
    list.go(Action::Up);
    press(&mut list, "space");
    assert_eq!((list.marked(), list.describe_marked(", ")), (vec![1], ", 1 marked".to_owned()));
    assert!(press(&mut list, "esc"));
    assert_eq!((list.marked(), list.describe_marked(", ")), (vec![], String::new()));
}

#[test]
fn from_here_on_moving_marks_and_moving_back_does_not() {
    let mut list = list(&(0..10).collect::<Vec<_>>());
    list.choose(3);
    press(&mut list, "V");
    assert_eq!(list.marked(), [3]);
    for (action, marked) in [
        (Action::Down, &[3, 4][..]),
        (Action::Down, &[3, 4, 5]),
        (Action::Up, &[3, 4]),
        (Action::First, &[0, 1, 2, 3]),
        (Action::Last, &[3, 4, 5, 6, 7, 8, 9]),
    ] {
        list.go(action);
        assert_eq!(list.marked(), marked, "{action:?}");
    }
    // Stopped, moving marks no more.
    press(&mut list, "V");
    list.go(Action::First);
    assert_eq!(list.marked(), [3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn who_comes_between_is_not_marked_and_who_goes_and_comes_again_is_not_either() {
    let mut list = list(&[1, 2, 3, 4]);
    press(&mut list, "V");
    list.go(Action::Down);
    list.refresh(vec![1, 9, 2, 3, 4], |_| false);
    list.go(Action::Down);
    assert_eq!(list.marked(), [1, 2, 3]);
    list.refresh(vec![1, 9, 3, 4], |_| false);
    list.refresh(vec![1, 9, 2, 3, 4], |_| false);
    assert_eq!(list.marked(), [1, 3]);
    list.unmark(|id| id == 3);
    assert_eq!(list.marked(), [1]);
}

proptest! {
    /// Others bring, take and move rows; the officer moves and marks.
    #[test]
    fn whatever_comes_and_goes_the_marked_are_the_same_or_gone(
        begins in 0_u32..40,
        steps in prop::collection::vec((0_usize..50, 0_usize..50, 0_u8..6), 1..60),
    ) {
        let mut list = list(&(0..begins).collect::<Vec<_>>());
        let mut new = begins;
        list.window(8);
        for (from, to, what) in steps {
            let mut ids = list.ids.clone();
            match what {
                0 => {
                    ids.insert(to.min(ids.len()), new);
                    new += 1;
                }
                1 if !ids.is_empty() => drop(ids.remove(from % ids.len())),
                2 if !ids.is_empty() => {
                    let moved = ids.remove(from % ids.len());
                    ids.insert(to.min(ids.len()), moved);
                }
                3 => {
                    let (before, was) = (list.marked(), list.place());
                    list.go([Action::Down, Action::Up, Action::PageDown, Action::Last][to % 4]);
                    // Whoever is marked now and was not was passed over just now.
                    let passed = list.ids(was.min(list.place())..was.max(list.place()) + 1).to_vec();
                    prop_assert!(list.marked().iter().all(|id| before.contains(id) || passed.contains(id)));
                    continue;
                }
                _ => {
                    press(&mut list, ["space", "V", "space", "esc"][to % 4]);
                    continue;
                }
            }
            let before: Vec<u32> = list.marked().into_iter().filter(|id| ids.contains(id)).collect();
            list.refresh(ids, |_| false);
            let mut now = list.marked();
            now.sort_unstable();
            let mut before = before;
            before.sort_unstable();
            prop_assert_eq!(now, before);
        }
    }
}
