//! Counts in words.

/// "1 pupil", "3 school days": so many of what `one` is the word for; of words that take an s.
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
