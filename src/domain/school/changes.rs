//! What differs between two documents of settings, a line for each value.

use std::collections::BTreeMap;

use toml::Value;

use super::School;

/// The keys by which a row of a list is known, wherever it stands.
const KNOWN_BY: [&str; 5] = ["login", "key", "name", "lates", "from"];

/// The keys that say of whom such a row is: of each there may be one from the same date.
const OF: [&str; 3] = ["year", "group", "pupil"];

/// Every value that is another in `to` than in `from`: "staff.jsmith.role: gate → reader". In the order of their names.
pub fn changes(from: &School, to: &School) -> Vec<String> {
    let (was, is) = (values(from), values(to));
    let names: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let value = |of: Option<&String>| of.map_or("none", String::as_str).to_owned();
    let changed = names.into_iter().filter(|name| was.get(*name) != is.get(*name));
    changed.map(|name| format!("{name}: {} → {}", value(was.get(name)), value(is.get(name)))).collect()
}

fn values(school: &School) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if let Ok(document) = Value::try_from(school) {
        gather("", &document, &mut found);
    }
    found
}

fn gather(name: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Table(table) => table.iter().for_each(|(key, value)| gather(&below(key), value, found)),
        Value::Array(rows) if rows.iter().any(Value::is_table) => {
            for (place, row) in rows.iter().enumerate() {
                let first = |keys: &[&str]| keys.iter().find_map(|key| row.get(key)).map(words);
                let known = match (first(&KNOWN_BY), first(&OF)) {
                    (Some(known), Some(of)) => Some(format!("{known} {of}")),
                    (known, _) => known,
                };
                gather(&below(&known.unwrap_or_else(|| (place + 1).to_string())), row, found);
            }
        }
        Value::Array(none) if none.is_empty() => {}
        plain @ (Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_)) => drop(found.insert(name.to_owned(), words(plain))),
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => {
            value.to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::staff::{Member, Role};
    use crate::domain::testing::time;

    #[test]
    fn each_value_that_changed_is_told_with_what_it_was() {
        let member = |login: &str, role| Member {
            login: login.to_owned(),
            name: "J Smith".to_owned(),
            post: "gate".to_owned(),
            role,
        };
        let from = School { staff: vec![member("jsmith", Role::Gate)], ..School::usual().unwrap() };
        assert_eq!(changes(&from, &from), [""; 0]);
        let mut to = from.clone();
        to.times.usual.am.closes = time("09:20");
        to.staff = vec![member("jito", Role::Lead), member("jsmith", Role::Reader)];
        assert_eq!(
            changes(&from, &to),
            [
                "staff.jito.login: none → jito",
                "staff.jito.name: none → J Smith",
                "staff.jito.post: none → gate",
                "staff.jito.role: none → lead",
                "staff.jsmith.role: gate → reader",
                "times.usual.am.closes: 09:10 → 09:20",
            ]
        );
        assert_eq!(changes(&to, &from).len(), 6);
    }
}
