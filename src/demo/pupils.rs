//! Pupils: households dealt into years, years into tutor groups.

use chrono::{Datelike, NaiveDate};

use super::draw::{Draw, For};
use super::households::{Phones, household};
use super::ingredients::{FlagShares, Ingredients, Origin};
use super::people::details::{MadeDetails, draw_all};
use super::people::profile::Profile;
use super::people::{MadeGroup, MadeHousehold, MadePupil};
use super::staff::year_sizes;
use crate::domain::calendar::Calendar;
use crate::domain::name::fold;
use crate::domain::people::pupil::{Flag, Flags};
use crate::domain::people::upn::with_check_letter;

/// Every pupil, by year, tutor group and name, and every household.
pub(super) fn pupils(
    seed: u64,
    many: usize,
    today: NaiveDate,
    groups: &[MadeGroup],
    from: &Ingredients,
) -> (Vec<MadePupil>, Vec<MadeHousehold>) {
    let mut draw = Draw::new(seed, For::Households);
    let mut phones = Phones::new(&mut draw);
    let mut places = year_sizes(many);
    let (mut pupils, mut households) = (Vec::with_capacity(many), Vec::new());
    while places.iter().any(|left| *left > 0) {
        let years = years_of_household(&mut draw, &mut places, from);
        let place = draw.weighted(from.names.origin.iter().map(|origin| origin.share));
        let Some(origin) = from.names.origin.get(place) else { break };
        let surname = draw.pick_common(&origin.surnames).cloned().unwrap_or_default();
        let (shared, speaks) = shared_flags(&mut draw, &from.rates.flags, origin, years.len());
        let looked_after = shared.has(Flag::LookedAfter);
        let here = households.len();
        households.push(household(&mut draw, from, origin, &surname, speaks, looked_after, &mut phones));
        let mut siblings: Vec<String> = Vec::new();
        for year in years {
            let forename = forename(&mut draw, origin, &siblings);
            siblings.push(forename.clone());
            let flags = own_flags(&mut draw, &from.rates.flags, shared);
            let (upn, surname) = (String::new(), surname.clone());
            let profile = Profile::default();
            pupils.push(MadePupil {
                admission_no: String::new(),
                upn,
                surname,
                forename,
                year,
                group: 0,
                household: here,
                flags,
                details: MadeDetails::default(),
                profile,
            });
        }
    }
    deal_into_groups(seed, &mut pupils, groups);
    number(&mut pupils, today);
    Profile::draw_all(seed, &mut pupils, &from.rates);
    draw_all(seed, &mut pupils, &mut households, today, from);
    (pupils, households)
}

/// Years of the pupils of one household: different ones, but for the odd twins.
fn years_of_household(draw: &mut Draw, places: &mut [usize; 5], from: &Ingredients) -> Vec<i64> {
    let shares = &from.rates.household;
    let size = 1 + draw.weighted([1.0 - shares.two - shares.three, shares.two, shares.three].into_iter());
    let mut years: Vec<i64> = Vec::new();
    for _ in 0..size {
        let twins = draw.chance(shares.twins);
        let open = |(year, left): (i64, &usize)| if twins || !years.contains(&year) { *left as f64 } else { 0.0 };
        let weights: Vec<f64> = (7..).zip(places.iter()).map(open).collect();
        let place = draw.weighted(weights.iter().copied());
        if let (Some(left), Some(weight)) = (places.get_mut(place), weights.get(place))
            && *weight > 0.0
        {
            *left -= 1;
            years.extend(i64::try_from(place).map(|place| 7 + place));
        }
    }
    years
}

/// What holds for every child of a household, and the language it speaks if not English.
fn shared_flags<'a>(
    draw: &mut Draw,
    shares: &FlagShares,
    origin: &'a Origin,
    children: usize,
) -> (Flags, Option<&'a str>) {
    let mut flags = Flags::default();
    let mut speaks = None;
    if draw.chance(origin.eal) {
        flags = flags.with(Flag::Eal);
        speaks = draw.pick_common(&origin.languages).map(String::as_str);
    }
    if draw.chance(shares.free_meals) {
        flags = flags.with(Flag::FreeMeals).with(Flag::PupilPremium);
    } else if draw.chance(shares.premium_besides) {
        flags = flags.with(Flag::PupilPremium);
    }
    if draw.chance(shares.service) {
        flags = flags.with(Flag::Service);
    }
    let known = draw.unit();
    // Carers take one child here; the share is of pupils, so single households carry it all.
    let looked_after = if children == 1 { shares.looked_after * 1.4 } else { 0.0 };
    let steps = [
        (Flag::ChildProtection, shares.child_protection),
        (Flag::InNeed, shares.in_need),
        (Flag::LookedAfter, looked_after),
        (Flag::SocialWorker, shares.social_worker),
    ];
    let mut edge = 0.0;
    for (flag, share) in steps {
        if (edge..edge + share).contains(&known) {
            flags = flags.with(flag).with(Flag::SocialWorker);
            if flag == Flag::LookedAfter {
                flags = flags.with(Flag::PupilPremium);
            }
        }
        edge += share;
    }
    (flags, speaks)
}

fn own_flags(draw: &mut Draw, shares: &FlagShares, shared: Flags) -> Flags {
    let mut flags = shared;
    if draw.chance(shares.ehc_plan) {
        flags = flags.with(Flag::EhcPlan);
    } else if draw.chance(shares.sen_support / (1.0 - shares.ehc_plan)) {
        flags = flags.with(Flag::SenSupport);
    }
    let steps = [
        (Flag::YouthOffending, shares.youth_offending),
        (Flag::YoungCarer, shares.young_carer),
        (Flag::Medical, shares.medical),
    ];
    steps.into_iter().fold(flags, |flags, (flag, share)| if draw.chance(share) { flags.with(flag) } else { flags })
}

fn forename(draw: &mut Draw, origin: &Origin, siblings: &[String]) -> String {
    let mut name = String::new();
    for _ in 0..20 {
        let names = if draw.chance(0.5) { &origin.girls } else { &origin.boys };
        name = draw.pick_common(names).cloned().unwrap_or_default();
        if !siblings.contains(&name) {
            break;
        }
    }
    name
}

/// Each year's pupils, shuffled, round the year's groups; then everybody by group and name.
fn deal_into_groups(seed: u64, pupils: &mut [MadePupil], groups: &[MadeGroup]) {
    let mut draw = Draw::new(seed, For::Pupils);
    draw.shuffle(pupils);
    for year in 7..=11 {
        let own: Vec<usize> =
            groups.iter().enumerate().filter(|(_, group)| group.year == year).map(|(place, _)| place).collect();
        let of_year = pupils.iter_mut().filter(|pupil| pupil.year == year);
        for (pupil, group) in of_year.zip(own.iter().cycle()) {
            pupil.group = *group;
        }
    }
    pupils.sort_by_cached_key(|pupil| (pupil.group, fold(&format!("{} {}", pupil.surname, pupil.forename))));
}

/// Admission numbers in order of joining, and numbers given by six local primaries (and more for a larger school).
fn number(pupils: &mut [MadePupil], today: NaiveDate) {
    let primaries = 6 + pupils.len() / 1_000;
    let school_year = i64::from(Calendar::year_start(today).year());
    let oldest_first = |pupil: &MadePupil| std::cmp::Reverse(pupil.year);
    let mut order: Vec<&mut MadePupil> = pupils.iter_mut().collect();
    order.sort_by_key(|pupil| oldest_first(pupil));
    let (mut year, mut nth) = (0, 0);
    for (place, pupil) in order.into_iter().enumerate() {
        nth = if pupil.year == year { nth + 1 } else { 0 };
        year = pupil.year;
        // Reception, where the number was given, is as many years back as the pupil's year group.
        let given = (school_year - pupil.year).rem_euclid(100);
        let (primary, serial) = (nth % primaries, nth / primaries + 1);
        pupil.admission_no = (4_001 + place).to_string();
        // No school's number begins with 9.
        pupil.upn = with_check_letter(&format!("909{:04}{given:02}{serial:03}", 9_100 + primary));
    }
}
