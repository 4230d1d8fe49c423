//! Draws: the random numbers of the made-up school.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// What a stream of draws is for. Each has its own, so that a change in one does not move the others.
#[derive(Clone, Copy)]
pub(super) enum For {
    Staff,
    Households,
    Pupils,
    Profile,
    Scenario,
    Morning,
    Timetable,
    Scenes,
    Lessons,
    Details,
    /// One school year of history, by the year it begins in.
    Year(i32),
}

/// One stream of draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: u64, purpose: For) -> Draw {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(match purpose {
            For::Staff => 1,
            For::Households => 2,
            For::Pupils => 3,
            For::Profile => 4,
            For::Scenario => 5,
            For::Morning => 6,
            For::Timetable => 7,
            For::Scenes => 8,
            For::Lessons => 9,
            For::Details => 10,
            For::Year(year) => 10_000 + u64::from(year.unsigned_abs()),
        });
        Draw(rng)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// From `low` up to and including `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if low < high { self.0.random_range(low..=high) } else { low }
    }

    /// A place in a list of `len`; 0 when it is empty.
    pub(super) fn below(&mut self, len: usize) -> usize {
        if len > 1 { self.0.random_range(0..len) } else { 0 }
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of a list that has the commoner things first.
    pub(super) fn pick_common<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let place = self.unit() * self.unit();
        list.get((place * list.len() as f64) as usize)
    }

    /// One word of a list; empty when there is none.
    pub(super) fn word(&mut self, list: &[String]) -> String {
        self.pick(list).cloned().unwrap_or_default()
    }

    /// A place in a list, as likely as its weight.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            last = place;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// Skewed as lateness and absence are: half the draws below `median`, with a long tail above.
    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        let normal: f64 = StandardNormal.sample(&mut self.0);
        median * (sigma * normal).exp()
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        list.shuffle(&mut self.0);
    }
}
