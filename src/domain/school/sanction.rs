//! The school's ladder of sanctions: the sanction for each number of lates in a half-term.

use serde::{Deserialize, Serialize};

use crate::domain::name::clean;

/// One rung of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sanction {
    /// From this many lates this half-term on.
    pub late: usize,
    /// What it gives: "15 min detention".
    pub gives: String,
}

/// What the `nth` late of a half-term gives: the last of `rows` that it has come to. `None` below the first, and where the school
/// has no ladder.
///
/// Monotone in `nth`: another late never gives a rung further down.
pub fn due(nth: usize, rows: &[Sanction]) -> Option<&Sanction> {
    rows.iter().rfind(|row| row.late <= nth)
}

/// Everything that cannot be right about the ladder, each in a sentence.
pub fn faults(rows: &[Sanction]) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        if clean(&row.gives).is_empty() {
            faults.push(format!("sanctions: late {} gives nothing", row.late));
        }
        if row.late == 0 {
            faults.push("sanctions: lates are counted from 1".to_owned());
        }
    }
    for (one, next) in rows.iter().zip(rows.iter().skip(1)) {
        if next.late <= one.late {
            faults
                .push(format!("sanctions: late {} stands below late {}: each row asks for more", next.late, one.late));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(rows: &[(usize, &str)]) -> Vec<Sanction> {
        rows.iter().map(|(late, gives)| Sanction { late: *late, gives: (*gives).to_owned() }).collect()
    }

    #[test]
    fn a_late_gives_what_the_last_rung_it_has_come_to_says() {
        let ladder = rows(&[(2, "15 min"), (3, "30 min"), (6, "meeting")]);
        for (nth, gives) in [
            (0, None),
            (1, None),
            (2, Some("15 min")),
            (3, Some("30 min")),
            (5, Some("30 min")),
            (6, Some("meeting")),
            (40, Some("meeting")),
        ] {
            assert_eq!(due(nth, &ladder).map(|row| row.gives.as_str()), gives, "{nth}");
        }
        assert_eq!(due(3, &[]), None);
    }

    #[test]
    fn a_ladder_rises_and_every_rung_gives_something() {
        assert_eq!(faults(&rows(&[(1, "15 min"), (2, "30 min")])), [""; 0]);
        assert_eq!(
            faults(&rows(&[(0, "15 min"), (2, " "), (2, "30 min"), (1, "60 min")])),
            [
                "sanctions: lates are counted from 1",
                "sanctions: late 2 gives nothing",
                "sanctions: late 2 stands below late 2: each row asks for more",
                "sanctions: late 1 stands below late 2: each row asks for more",
            ]
        );
    }

    proptest! {
        #[test]
        fn another_late_never_gives_less(
            lates in prop::collection::btree_set(1_usize..20, 0..6), one in 0_usize..25, other in 0_usize..25,
        ) {
            let ladder: Vec<Sanction> =
                lates.iter().map(|late| Sanction { late: *late, gives: format!("{late}") }).collect();
            prop_assert_eq!(faults(&ladder), Vec::<String>::new());
            let rung = |nth| due(nth, &ladder).map_or(0, |row| row.late);
            prop_assert!(rung(one.min(other)) <= rung(one.max(other)));
            prop_assert!(rung(one) <= one);
        }
    }
}
