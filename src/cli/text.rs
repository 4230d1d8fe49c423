//! Plain text for a terminal, without control characters.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::calendar::duration::duration;
use crate::domain::name::clean;

/// A line as it may reach a terminal: hidden and control characters gone, its blanks kept, so that columns stay.
pub fn printable(line: &str) -> String {
    line.split(' ').map(clean).collect::<Vec<_>>().join(" ")
}

/// JSON as it may reach a terminal: what [`clean`] would take away is written as an escape, so that nothing is lost.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut bytes, mut units) = ([0; 4], [0; 2]);
    for c in json.chars() {
        let shown: &str = c.encode_utf8(&mut bytes);
        if c == ' ' || c.is_ascii_graphic() || clean(shown) == shown {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// "2026-11-24 09:31 by S Marsh": when an entry of the journal was taken back, and by whom.
pub fn taken_back(by: &str, at: NaiveDateTime) -> String {
    format!("{} by {by}", at.format("%Y-%m-%d %H:%M"))
}

/// "Tue 24 Nov 2026".
pub fn long_date(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// "09:20".
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// "S Marsh (smarsh)": who did something, with their login where it is known.
pub fn by_login(name: &str, login: Option<&str>) -> String {
    login.map_or_else(|| name.to_owned(), |login| format!("{name} ({login})"))
}

/// "1 minute", "24 minutes", "1 h 22 m".
pub fn minutes(n: i64) -> String {
    if n == 1 { "1 minute".to_owned() } else { duration(n, " minutes") }
}

/// The parts that say something, apart by commas, ended by a full stop.
pub fn sentence<const N: usize>(parts: [String; N]) -> String {
    let kept: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    kept.join(", ") + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_and_commands_go() {
        assert_eq!(printable("a   b\u{1b}[31m\u{9b}2J\u{202e}  c\r"), "a   b[31m2J  c");
    }

    #[test]
    fn json_keeps_everything_by_escapes() {
        let text = "Zoë \u{1F600} \u{7f}\u{9b}\u{202e}\u{E0041}";
        let json = escaped(&serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""Zoë 😀 \u007f\u009b\u202e\udb40\udc41""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
