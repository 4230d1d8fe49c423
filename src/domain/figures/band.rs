//! Bands of absence, of five points each, as the national figures draw them: pupils from 0 to less than 5 % absent, and so on, and
//! from half.

use std::fmt;

use super::Figures;

/// A band of absence: the first is less than 5 %, the last half or more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Band(u8);

/// How many bands there are.
const BANDS: u8 = 11;

impl Band {
    /// Every band, the least absence first.
    pub fn all() -> impl Iterator<Item = Band> {
        (0..BANDS).map(Band)
    }

    /// The band of so much absence, exactly and not as rounded: a tenth lies in the band from 10 %. `None` where nothing was possible.
    pub fn of(figures: &Figures) -> Option<Band> {
        let twentieths = (u64::from(figures.absent()) * 20).checked_div(u64::from(figures.possible))?;
        Some(Band(u8::try_from(twentieths).unwrap_or(BANDS).min(BANDS - 1)))
    }

    /// The least percent of it.
    pub fn from_percent(self) -> u32 {
        u32::from(self.0) * 5
    }

    /// The percent that it ends before; `None` of the last.
    pub fn to_percent(self) -> Option<u32> {
        (self.0 + 1 < BANDS).then(|| self.from_percent() + 5)
    }
}

impl fmt::Display for Band {
    /// "5-<10 %", "50 % or more".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = self.from_percent();
        match self.to_percent() {
            None => write!(f, "{from} % or more"),
            Some(to) => write!(f, "{from}-<{to} %"),
        }
    }
}

/// How many of these lie in each band, the least absence first; whoever had no possible session is in none.
pub fn bands<'f>(figures: impl IntoIterator<Item = &'f Figures>) -> Vec<(Band, u32)> {
    let mut counts: Vec<(Band, u32)> = Band::all().map(|band| (band, 0)).collect();
    for band in figures.into_iter().filter_map(Band::of) {
        if let Some((_, count)) = counts.get_mut(usize::from(band.0)) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn missed(absent: u32, possible: u32) -> Figures {
        Figures { possible, attended: possible - absent, authorised: absent, ..Figures::default() }
    }

    #[test]
    fn a_band_holds_its_lower_edge() {
        for (absent, possible, band) in [
            (0, 20, "0-<5 %"),
            (1, 21, "0-<5 %"),
            (1, 20, "5-<10 %"),
            (199, 2000, "5-<10 %"),
            (2, 20, "10-<15 %"),
            (9, 20, "45-<50 %"),
            (10, 20, "50 % or more"),
            (20, 20, "50 % or more"),
        ] {
            assert_eq!(Band::of(&missed(absent, possible)).unwrap().to_string(), band, "{absent}/{possible}");
        }
        assert_eq!((Band::of(&missed(0, 0)), Band::all().count()), (None, 11));
    }

    proptest! {
        /// Everybody with a possible session is in one band; persistent and severe absence begin with a band.
        #[test]
        fn everybody_is_in_one_band(all in prop::collection::vec((0_u32..100, 0_u32..100), 0..40)) {
            let all: Vec<Figures> = all.iter().map(|(absent, attended)| missed(*absent, absent + attended)).collect();
            let bands = bands(&all);
            let within = |from: u32| bands.iter().filter(|(band, _)| band.from_percent() >= from).map(|(_, n)| *n as usize).sum::<usize>();
            prop_assert_eq!(within(0), all.iter().filter(|one| one.possible > 0).count());
            prop_assert_eq!(within(10), all.iter().filter(|one| one.is_persistent()).count());
            prop_assert_eq!(within(50), all.iter().filter(|one| one.is_severe()).count());
        }
    }
}
