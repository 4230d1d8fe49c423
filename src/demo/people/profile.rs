//! Profiles: how each pupil tends to attend, the same from year to year.

use chrono::Weekday;

use super::MadePupil;
use crate::demo::draw::{Draw, For};
use crate::demo::ingredients::{Rates, Spread};
use crate::domain::people::pupil::{Flag, Flags};

/// How a pupil tends to attend.
#[derive(Clone, Debug, Default)]
pub(in crate::demo) struct Profile {
    /// Share of sessions ill.
    pub(in crate::demo) ill: f64,
    /// Share of sessions absent without authority.
    pub(in crate::demo) truant: f64,
    /// Share of sessions suspended.
    pub(in crate::demo) suspended: f64,
    /// How much oftener late than the mean pupil.
    pub(in crate::demo) late: f64,
    /// A standing arrangement.
    pub(in crate::demo) arrangement: Option<Arrangement>,
}

/// What a pupil does every week by agreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::demo) enum Arrangement {
    /// Part-time timetable: home on Monday, Thursday and Friday afternoons (C2).
    PartTime,
    /// A day a week elsewhere, taught there (B).
    College(Weekday),
    /// Taught by the local authority but for Fridays (K).
    Tuition,
    /// Registered at another school too, there on Mondays and Tuesdays (D).
    Dual,
}

impl Profile {
    pub(in crate::demo) fn draw_all(seed: u64, pupils: &mut [MadePupil], rates: &Rates) {
        let mut draw = Draw::new(seed, For::Profile);
        let shares = shares(&mut draw, pupils, rates);
        for (pupil, share) in pupils.iter_mut().zip(shares) {
            pupil.profile = profile(&mut draw, rates, share);
        }
        arrange(&mut draw, pupils, rates);
    }

    /// Share of sessions missed for illness or without authority.
    pub(in crate::demo) fn absence(&self) -> f64 {
        self.ill + self.truant
    }
}

/// Each pupil's share of sessions ill or truant: unevenly spread, a few hardly ever in, and the school's mean England's.
fn shares(draw: &mut Draw, pupils: &[MadePupil], rates: &Rates) -> Vec<f64> {
    let spread = &rates.spread;
    let mut shares: Vec<(usize, f64)> = pupils
        .iter()
        .map(|pupil| draw.log_normal(1.0, spread.sigma) * uplift(spread, pupil.flags))
        .enumerate()
        .collect();
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    let many = pupils.len() as f64;
    let few = (many * spread.severe).round() as usize;
    let (seldom, others) = shares.split_at_mut(few.min(pupils.len()));
    for (_, share) in seldom.iter_mut() {
        *share = 0.5 + 0.45 * draw.unit();
    }
    let mean = rates.share("I") + rates.share("O");
    let left = many * mean - seldom.iter().map(|(_, share)| share).sum::<f64>();
    let sum: f64 = others.iter().map(|(_, share)| share).sum();
    for (_, share) in others.iter_mut() {
        *share = (*share * left / sum).clamp(0.0, 0.6);
    }
    shares.sort_by_key(|(place, _)| *place);
    shares.into_iter().map(|(_, share)| share).collect()
}

fn profile(draw: &mut Draw, rates: &Rates, share: f64) -> Profile {
    // The more absence, the less of it is illness.
    let even = rates.spread.even;
    let ill = share * even / (share + even);
    let mut skewed = |sigma: f64| draw.log_normal((-sigma * sigma / 2.0).exp(), sigma);
    Profile {
        ill,
        truant: share - ill,
        suspended: (rates.share("E") * skewed(1.5)).min(0.05),
        late: skewed(rates.late.between).min(8.0),
        arrangement: None,
    }
}

fn uplift(spread: &Spread, flags: Flags) -> f64 {
    [(Flag::FreeMeals, spread.free_meals), (Flag::EhcPlan, spread.ehc_plan), (Flag::SenSupport, spread.sen_support)]
        .into_iter()
        .filter(|(flag, _)| flags.has(*flag))
        .map(|(_, factor)| factor)
        .product()
}

/// As many arrangements as their codes' shares ask for, rather than a draw each: they are too few to average out.
fn arrange(draw: &mut Draw, pupils: &mut [MadePupil], rates: &Rates) {
    let many = pupils.len() as f64;
    let of = |code: &str, week: f64| (many * rates.share(code) / week).round() as usize;
    let weekdays = [Weekday::Wed, Weekday::Thu, Weekday::Fri];
    // The older years, and nobody who is hardly ever in.
    let mut fit: Vec<&mut MadePupil> =
        pupils.iter_mut().filter(|pupil| pupil.year >= 9 && pupil.profile.absence() < 0.3).collect();
    draw.shuffle(&mut fit);
    let mut fit = fit.into_iter();
    let mut give = |count: usize, arrangement: &mut dyn FnMut() -> Arrangement| {
        for pupil in fit.by_ref().take(count) {
            pupil.profile.arrangement = Some(arrangement());
        }
    };
    // The parts of a week each takes, allowing for days absent.
    give(of("C2", 0.27), &mut || Arrangement::PartTime);
    give(of("B", 0.18), &mut || Arrangement::College(draw.pick(&weekdays).copied().unwrap_or(Weekday::Thu)));
    give(of("K", 0.74), &mut || Arrangement::Tuition);
    give((many / 500.0).round() as usize, &mut || Arrangement::Dual);
}
