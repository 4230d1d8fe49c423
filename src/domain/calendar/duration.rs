//! How long something took or takes: minutes up to an hour, and from then on hours.

/// "45 min" or "45m", by the `unit` that minutes have here; from an hour on "1 h", "10 h 29 m".
pub fn duration(minutes: i64, unit: &str) -> String {
    match (minutes / 60, minutes % 60) {
        (..=0, _) => format!("{minutes}{unit}"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} m"),
    }
}

/// How long something is overdue, in the fewest letters: "+40m", from an hour on "+1h05".
pub fn overdue(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (..=0, _) => format!("+{minutes}m"),
        (hours, minutes) => format!("+{hours}h{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_an_hour_on_it_is_told_in_hours() {
        for (minutes, unit, text) in [
            (0, " min", "0 min"),
            (1, " min", "1 min"),
            (59, "m", "59m"),
            (60, "m", "1 h"),
            (61, " min", "1 h 1 m"),
            (629, "m", "10 h 29 m"),
            (720, " minutes", "12 h"),
        ] {
            assert_eq!(duration(minutes, unit), text);
        }
    }

    #[test]
    fn what_is_overdue_is_told_in_the_fewest_letters() {
        let texts = [0, 1, 59, 60, 65, 629].map(overdue);
        assert_eq!(texts, ["+0m", "+1m", "+59m", "+1h00", "+1h05", "+10h29"]);
    }
}
