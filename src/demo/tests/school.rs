//! Who is at the school.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::demo::MadeSchool;
use crate::demo::history::history;
use crate::demo::morning::Morning;
use crate::demo::people::MadePupil;
use crate::domain::people::pupil::{Flag, Tier};
use crate::domain::people::school_age::usual_year;
use crate::domain::people::upn::check;

fn school(seed: u64) -> MadeSchool {
    MadeSchool::make(seed, 1_000, 1, MadeSchool::usual_day()).unwrap()
}

fn hash(seed: u64) -> u64 {
    let school = MadeSchool::make(seed, 120, 1, MadeSchool::usual_day()).unwrap();
    let days: Vec<_> = history(&school).collect();
    let mut hasher = DefaultHasher::new();
    format!("{:?} {days:?} {:?}", school.incoming(), Morning::plan(&school)).hash(&mut hasher);
    hasher.finish()
}

#[test]
fn the_same_seed_gives_the_same_school_and_another_another() {
    assert_eq!(hash(7), hash(7));
    assert_ne!(hash(7), hash(8));
}

#[test]
fn a_thousand_pupils_are_35_groups_of_about_29() {
    let school = school(1);
    assert_eq!((school.pupils.len(), school.groups.len()), (1_000, 35));
    let names: BTreeSet<&str> = school.groups.iter().map(|group| group.name.as_str()).collect();
    let tutors: BTreeSet<&str> = school.groups.iter().map(|group| group.tutor.as_str()).collect();
    assert_eq!((names.len(), tutors.len()), (35, 35));
    for (place, group) in school.groups.iter().enumerate() {
        assert!((28..=29).contains(&school.members(place).count()));
        assert!(group.name.starts_with(&group.year.to_string()));
        assert!(school.members(place).all(|member| school.pupils[member].year == group.year));
    }
}

#[test]
fn any_size_of_school_can_be_made() {
    for pupils in [0, 1, 7, 60, 2_500] {
        let school = MadeSchool::make(1, pupils, 1, MadeSchool::usual_day()).unwrap();
        assert_eq!(school.pupils.len(), pupils);
        assert_eq!(school.incoming().pupils.len(), pupils);
        Morning::plan(&school);
    }
}

#[test]
fn telephone_numbers_are_from_the_drama_ranges_and_addresses_at_example_org() {
    for (_, contact) in school(1).incoming().contacts {
        let phone = contact.phones.unwrap().remove(0);
        let number: u32 = phone[6..].parse().unwrap();
        let drama = phone.starts_with("07700 ") && (900_000..=900_999).contains(&number)
            || phone.starts_with("01632 ") && (960_000..=960_999).contains(&number);
        assert!(drama, "{phone}");
        assert!(contact.email.is_none_or(|email| email.is_ascii() && email.ends_with("@example.org")));
    }
}

#[test]
fn numbers_are_unique_and_have_their_check_letter() {
    let school = school(1);
    let upns: BTreeSet<&str> = school.pupils.iter().map(|pupil| pupil.upn.as_str()).collect();
    assert_eq!(upns.len(), 1_000);
    assert!(upns.iter().all(|upn| check(upn).is_ok()));
    assert_eq!(school.pupils.iter().map(|pupil| &pupil.admission_no).collect::<BTreeSet<_>>().len(), 1_000);
}

#[test]
fn birthdays_fit_the_year_group_and_twins_share_one() {
    let school = school(1);
    let today = MadeSchool::usual_day();
    let mut born = BTreeMap::new();
    for pupil in &school.pupils {
        let date = pupil.details.date_of_birth;
        assert_eq!(usual_year(date, today), pupil.year, "{date}");
        assert_eq!(*born.entry((pupil.household, pupil.year)).or_insert(date), date);
    }
    for (_, pupil) in school.incoming().pupils {
        assert!(pupil.postcode.value().is_some_and(|postcode| postcode.starts_with("ZZ99 ")), "nobody lives there");
        assert!(pupil.sex.value().is_some() && pupil.house.value().is_some() && pupil.language.value().is_some());
    }
    let with = school.pupils.iter().filter(|pupil| pupil.details.legal_forename.is_some()).count();
    assert!((5..80).contains(&with), "{with}");
}

#[test]
fn three_in_ten_have_a_sibling_here() {
    let school = school(1);
    let mut households: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for pupil in &school.pupils {
        households.entry(pupil.household).or_default().push(pupil.year);
    }
    let with: usize = households.values().filter(|years| years.len() > 1).map(Vec::len).sum();
    assert!((260..=340).contains(&with), "{with}");
    let across = households.values().filter(|years| years.windows(2).any(|two| two[0] != two[1])).count();
    assert!(across > 100);
}

#[test]
fn flags_are_as_common_as_they_should_be() {
    let schools: Vec<MadeSchool> = (1..=3).map(school).collect();
    let share = |of: &dyn Fn(&MadePupil) -> bool| {
        let with: usize = schools.iter().map(|school| school.pupils.iter().filter(|pupil| of(pupil)).count()).sum();
        with as f64 / 30.0
    };
    for (flag, percent, tolerance) in [
        (Flag::FreeMeals, 25.0, 3.0),
        (Flag::SenSupport, 14.0, 2.0),
        (Flag::EhcPlan, 5.0, 1.5),
        (Flag::Eal, 20.0, 3.0),
        (Flag::Medical, 6.0, 1.5),
    ] {
        let found = share(&|pupil| pupil.flags.has(flag));
        assert!((found - percent).abs() <= tolerance, "{}: {found:.1} %", flag.letters());
    }
    let vulnerable = share(&|pupil| pupil.flags.tier() == Tier::Vulnerable);
    assert!((3.0..=6.0).contains(&vulnerable), "vulnerable: {vulnerable:.1} %");
}

#[test]
fn everybody_has_two_to_four_contacts_and_few_must_not_be_rung() {
    let school = school(1);
    let mut barred = 0;
    for place in 0..school.pupils.len() {
        let contacts = school.contacts(place);
        assert!((2..=4).contains(&contacts.len()), "{contacts:?}");
        let out: Vec<_> = contacts.iter().filter(|contact| contact.do_not_contact).collect();
        assert!(out.iter().all(|contact| contact.note.is_some()));
        assert!(out.len() < contacts.len());
        barred += out.len();
    }
    let all = school.incoming().contacts.len();
    assert!((all / 250..all / 50).contains(&barred), "{barred} of {all}");
}

#[test]
fn names_are_written_as_people_write_them() {
    let school = school(1);
    let names: String = school.pupils.iter().map(|pupil| format!("{} {} ", pupil.forename, pupil.surname)).collect();
    for letter in ['ë', 'ł', 'Ł', '’', '\'', 'ễ', '-'] {
        assert!(names.contains(letter), "no {letter}");
    }
}
