//! A document: what is printed, pasted or read to somebody else. Plain text under headings, in so many columns, that says when it
//! was true.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use textwrap::{Options, WordSeparator, WordSplitter, wrap};

use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;

/// The columns of a printed document.
pub const COLUMNS: usize = 80;

/// One document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What it is: "Lates of Tue 24 Nov".
    pub title: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// The school's name.
    pub school: String,
    /// When it was true, school-local.
    pub recorded: NaiveDateTime,
}

/// What stands under one heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// "Year 8"; empty where the title says it all.
    pub heading: String,
    /// One entry each.
    pub items: Vec<Item>,
    /// The text when there is no item; may be empty.
    pub none: String,
}

/// One entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Whom it is about, if it is about one pupil.
    pub pupil: Option<PupilId>,
    /// In words, fit for a terminal.
    pub text: String,
}

/// What a line of a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// What the document is.
    Title,
    /// What a section is.
    Heading,
    /// An entry, or a part of one.
    Text,
    /// When it was true, and of which school.
    Foot,
}

impl Item {
    /// An entry about one pupil, or about none; made safe.
    pub fn new(pupil: Option<PupilId>, text: &str) -> Item {
        Item { pupil, text: clean(text) }
    }
}

impl Section {
    /// The heading with the number of its items: "Year 8: 4".
    pub fn counted(&self) -> String {
        if self.heading.is_empty() { String::new() } else { format!("{}: {}", self.heading, self.items.len()) }
    }
}

impl Document {
    /// The document line by line, none wider than `columns` unless a single word is.
    pub fn lines(&self, columns: usize) -> Vec<(Kind, String)> {
        let mut lines = Vec::new();
        let mut push = |kind, text: &str, indent| {
            lines.extend(wrapped(text, columns, indent).into_iter().map(|line| (kind, line)));
        };
        push(Kind::Title, &clean(&self.title), 0);
        // Sections that hold nothing stand close together, a line each.
        let mut close = false;
        for section in &self.sections {
            let empty = section.items.is_empty() && !section.heading.is_empty();
            if !(close && empty) {
                push(Kind::Text, "", 0);
            }
            close = empty;
            if empty {
                push(Kind::Text, &clean(&format!("{}. {}", section.counted(), section.none)), 2);
            } else if section.items.is_empty() {
                push(Kind::Text, &clean(&section.none), 0);
            } else if !section.heading.is_empty() {
                push(Kind::Heading, &clean(&section.counted()), 0);
            }
            for item in &section.items {
                push(Kind::Text, &format!("- {}", item.text), 2);
            }
        }
        push(Kind::Text, "", 0);
        push(Kind::Foot, &self.foot(), 0);
        lines
    }

    /// The document as it is printed.
    pub fn text(&self) -> String {
        self.lines(COLUMNS).into_iter().map(|(_, line)| line + "\n").collect()
    }

    /// "Harrington High, as recorded at 10:42 on Tue 24 Nov".
    pub fn foot(&self) -> String {
        format!("{}, {}", clean(&self.school), as_recorded(self.recorded))
    }
}

/// "as recorded at 10:42 on Tue 24 Nov".
pub fn as_recorded(at: NaiveDateTime) -> String {
    format!("as recorded at {} on {}", at.format("%H:%M"), at.format("%a %-d %b"))
}

/// "1,200".
pub fn thousands(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", thousands(n / 1000), n % 1000) }
}

/// `text` in lines of at most `columns`, broken between words; every line but the first starts `indent` further in.
pub fn wrapped(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let indent = " ".repeat(indent);
    let whole_words = Options::new(columns)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    wrap(text, whole_words).into_iter().map(Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::at;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_sheet_says_what_it_is_what_is_on_it_and_when_it_was_true() {
        let section = |heading: &str, items: &[&str]| Section {
            heading: heading.to_owned(),
            items: items.iter().map(|text| Item::new(None, text)).collect(),
            none: "Nobody.".to_owned(),
        };
        let document = Document {
            title: "Lates".to_owned(),
            sections: vec![
                section("Year 8", &["Khan, Amira 8KM:\u{1b} L 17 min, the bus"]),
                section("Year 9", &[]),
                section("Year 10", &[]),
            ],
            school: "Harrington High".to_owned(),
            recorded: at("10:42"),
        };
        let lines: Vec<String> = document.lines(20).into_iter().map(|(_, line)| line).collect();
        assert_eq!(
            lines,
            [
                "Lates",
                "",
                "Year 8: 1",
                "- Khan, Amira 8KM: L",
                "  17 min, the bus",
                "",
                "Year 9: 0. Nobody.",
                "Year 10: 0. Nobody.",
                "",
                "Harrington High, as",
                "recorded at 10:42 on",
                "Wed 4 Mar"
            ]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_wider_than_the_sheet(
            words in prop::collection::vec("[a-zé王]{1,9}", 1..40),
            columns in 24_usize..90,
            indent in 0_usize..4,
        ) {
            let text = words.join(" ");
            let lines = wrapped(&text, columns, indent);
            prop_assert!(lines.iter().all(|line| line.width() <= columns), "{lines:?}");
            let again: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            prop_assert_eq!(again, words);
        }
    }
}
