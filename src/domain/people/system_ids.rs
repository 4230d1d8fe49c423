//! The numbers by which other systems know a pupil: a line each, with the system before it, "sims 6101". Two systems number their pupils
//! each for itself, so that a number alone may be one pupil's here and another's there. One whose system nobody has named stands alone.

/// The number `id` of a system, as it is held.
pub fn of_system(system: &str, id: &str) -> String {
    if system.is_empty() { id.to_owned() } else { format!("{system} {id}") }
}

/// The system of a number; blank where it is not named.
fn system(id: &str) -> &str {
    let named = id.split_once(' ').map(|(system, _)| system);
    named.filter(|system| system.bytes().all(|byte| byte.is_ascii_lowercase())).unwrap_or_default()
}

/// The number of `system` among those that are held.
pub fn number_in<'h>(held: &'h str, named: &str) -> Option<&'h str> {
    let of_it = held.lines().find(|id| system(id) == named)?;
    Some(of_it.strip_prefix(named).unwrap_or(of_it).trim_start())
}

/// Those that are `held`, with `given` in the place of the number of the same system.
pub fn with(held: Option<&str>, given: &str) -> String {
    let mut ids: Vec<&str> = held.into_iter().flat_map(str::lines).collect();
    match ids.iter_mut().find(|id| system(id) == system(given)) {
        Some(id) => *id = given,
        None => ids.push(given),
    }
    ids.join("\n")
}

/// Whether one of those that are `held` is of the system that `given` is of.
pub fn has_system_of(held: &str, given: &str) -> bool {
    held.lines().any(|id| system(id) == system(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_one_number_of_a_pupil() {
        let sims = of_system("sims", "6101");
        assert_eq!((sims.as_str(), of_system("", "6101").as_str()), ("sims 6101", "6101"));
        assert_eq!(with(None, &sims), sims);
        let both = with(Some(&sims), "wonde A1");
        assert_eq!(both, "sims 6101\nwonde A1");
        assert_eq!(with(Some(&both), "sims 7000"), "sims 7000\nwonde A1");
        assert_eq!(with(Some(&both), "6101"), "sims 6101\nwonde A1\n6101");
        assert_eq!(with(Some("6101"), "6102"), "6102");
        assert_eq!(
            ["sims", "wonde", "arbor", ""].map(|system| number_in(&both, system)),
            [Some("6101"), Some("A1"), None, None]
        );
        assert_eq!((number_in("A1\nsims 2", ""), number_in("A1\nsims 2", "sims")), (Some("A1"), Some("2")));
        assert!(has_system_of(&both, "wonde B2") && !has_system_of(&both, "arbor 1") && !has_system_of(&both, "A1"));
        assert!(has_system_of("Ab 12", "6101"), "a blank in a number names no system");
    }
}
