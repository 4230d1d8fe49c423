//! National curriculum years as files write them.

/// The year written as `text`: `7`, `07`, `Year 7`, `Y7`, `R` for Reception (0), `N2` and `N1` for nursery (-1, -2).
pub fn parse_year(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_uppercase();
    let bare = ["YEAR", "YR", "Y"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text).trim();
    match bare {
        "R" | "RECEPTION" => Some(0),
        _ if text == "YR" => Some(0),
        "N2" => Some(-1),
        "N1" => Some(-2),
        _ if bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_digit()) => {
            bare.parse().ok().filter(|year| (1..=14).contains(year))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_the_forms_met() {
        for (text, year) in
            [("07", 7), ("7", 7), ("10", 10), ("Year 11", 11), ("y9", 9), ("R", 0), ("YR", 0), ("n2", -1)]
        {
            assert_eq!(parse_year(text), Some(year), "{text}");
        }
        for text in ["", "0", "15", "KG", "7A", "-1", "+7", "007"] {
            assert_eq!(parse_year(text), None, "{text}");
        }
    }
}
