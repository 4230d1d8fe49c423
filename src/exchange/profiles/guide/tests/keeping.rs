//! A profile is kept beside no other of the same headings, and under no name of firstbell's own.

use super::*;

/// The same file again, beside what was kept.
fn again(taught: &Taught, folder: &Path) -> Guide {
    let profiles = Profiles::load(folder).unwrap();
    Guide::open(&taught.guide.path, (taught.guide.roll.clone(), codes()), profiles, today()).unwrap()
}

#[test]
fn a_second_profile_of_the_same_headings_replaces_the_first() {
    let mut taught = teach(LONG);
    taught.answers("from-mis = false\n[columns]\nWhen = 'date'\n[codes]\nH9 = 'wait'").unwrap();
    let folder = taught.folder.path().join("profiles");
    let kept = |guide: &mut Guide, name: &str, replaces: bool| {
        guide.take(&Answers::parse("from-mis = false\n[columns]\nWhen = 'date'\n[codes]\nH9 = 'I'").unwrap()).unwrap();
        let profile = guide.profile(name, None).unwrap();
        (
            guide.try_out(&profile).unwrap().passed_over,
            guide.keep(&profile, &folder, replaces).map_err(|why| why.to_string()),
        )
    };
    assert!(kept(&mut taught.guide, "zebra", false).1.is_ok());
    let mut guide = again(&taught, &folder);
    let (_, refused) = kept(&mut guide, "aardvark", false);
    assert!(refused.unwrap_err().contains("the school's profile zebra is of the same headings"));
    assert_eq!(guide.name(), "zebra", "its name is offered");
    assert!(kept(&mut guide, "zebra", true).1.is_ok());
    // Two that were put there by hand.
    std::fs::copy(folder.join("zebra.toml"), folder.join("yak.toml")).unwrap();
    let mut guide = again(&taught, &folder);
    assert_eq!(guide.known_as(), None);
    let (_, refused) = kept(&mut guide, "yak", true);
    assert!(refused.unwrap_err().contains("the school's profiles yak and zebra are of the same headings"));
}

#[test]
fn no_profile_has_the_name_of_one_that_is_built_in() {
    let mut taught = opened("pupils.csv", LONG).unwrap();
    taught.answers("from-mis = false\n[columns]\nWhen = 'date'\n[codes]\nH9 = 'wait'").unwrap();
    assert_eq!(taught.guide.name(), "our-pupils");
    let folder = taught.folder.path().join("profiles");
    let named = |name: &str| taught.guide.keep(&taught.guide.profile(name, None).unwrap(), &folder, true);
    let why = named("pupils").unwrap_err().to_string();
    assert_eq!(why, "firstbell has a profile pupils of its own: choose another name, such as our-pupils");
    assert!(named("our-pupils").is_ok());
}
