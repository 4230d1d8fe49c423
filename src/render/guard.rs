//! Texts that a spreadsheet would take for formulas: in CSV an apostrophe is put before them, and taken away again when they are read.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, in narrow letters and in wide ones.
const BEGINS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Blanks behind which some still see one.
const BLANKS: [char; 3] = ['\t', '\r', '\n'];

/// Whether `text` would be taken for a formula, whatever apostrophes stand before it: so it can be told from one that is guarded.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.trim_start_matches(' ').starts_with(BLANKS) || text.trim_start().starts_with(BEGINS)
}

/// `text` so that no spreadsheet takes it for a formula.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet would run `text` as it stands. A sign alone is none: there is nothing behind it.
pub fn runs(text: &str) -> bool {
    !text.starts_with('\'') && is_formula(text) && text.trim().chars().nth(1).is_some()
}

/// `text` as it was before it was [`guarded`].
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_apostrophe_stands_before_what_would_run() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+44 7700", "'+44 7700"),
            ("-", "'-"),
            ("@SUM", "'@SUM"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            (" =1", "' =1"),
            (" \tx", "' \tx"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'", "'"),
            ("'07700", "'07700"),
            ("O'Neill", "O'Neill"),
            ("/", "/"),
            ("\\", "\\"),
            ("#", "#"),
            ("", ""),
        ] {
            assert_eq!((&*guarded(text), unguarded(written)), (written, text), "{text:?}");
        }
        assert_eq!(unguarded("'x"), "'x", "a quotation is none");
    }

    proptest! {
        #[test]
        fn what_is_guarded_does_not_run_and_comes_back(text in "['=+@\\t\\r\\n ＝a-]{0,6}|.{0,8}") {
            let written = guarded(&text);
            prop_assert!(!written.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']));
            prop_assert_eq!(unguarded(&written), text.as_str());
            prop_assert!(!runs(&written));
            prop_assert!(runs(&text) || !text.starts_with(['=', '+', '-', '@', '＝']) || text.trim().chars().count() == 1);
        }
    }
}
