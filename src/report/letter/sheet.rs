//! One letter as it stands on paper, made of what is kept of it alone: so it is the same whenever it is printed.

use serde::Serialize;

use crate::domain::act_id::ActId;
use crate::domain::cases::event::day;
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::name::clean;
use crate::report::document::wrapped;

/// The columns of a letter as text.
const COLUMNS: usize = 78;
/// The next page, for a printer.
const NEXT_PAGE: &str = "\u{c}";

/// The letters as text, each on a page of its own.
pub fn text(sheets: &[Sheet]) -> String {
    let pages: Vec<String> = sheets.iter().map(|sheet| sheet.lines(COLUMNS).join("\n") + "\n").collect();
    pages.join(NEXT_PAGE)
}

/// One letter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Sheet {
    /// The lines at its head.
    pub heading: Vec<String>,
    /// To whom.
    pub name: String,
    /// The lines below the name.
    pub address: Vec<String>,
    /// The date on it.
    pub date: String,
    /// By which it is found again: the number of the act that made it.
    pub reference: i64,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a letter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// What it is about.
    Heading {
        /// In words.
        text: String,
    },
    /// A list.
    Items {
        /// Its items.
        items: Vec<String>,
    },
    /// A paragraph.
    Words {
        /// In words.
        text: String,
    },
}

impl Sheet {
    /// The sheet of a letter.
    pub fn of(act: ActId, letter: &Letter, paper: &Paper) -> Sheet {
        Sheet {
            heading: paper.heading.clone(),
            name: letter.parent.name.clone(),
            address: paper.address.clone(),
            date: day(letter.on),
            reference: act.0,
            blocks: blocks(&paper.text),
        }
    }

    /// The lines of the letter, none wider than `columns` unless a single word is.
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let mut lines = self.heading.clone();
        lines.push(String::new());
        lines.push(self.name.clone());
        lines.extend(self.address.iter().cloned());
        lines.extend([String::new(), self.date.clone()]);
        lines.extend(self.words(columns));
        lines.extend([String::new(), format!("Our reference: {}", self.reference)]);
        lines
    }

    /// What it says alone, each part below an empty line.
    pub fn words(&self, columns: usize) -> Vec<String> {
        let part = |block: &Block| match block {
            Block::Heading { text } | Block::Words { text } => wrapped(text, columns, 0),
            Block::Items { items } => items.iter().flat_map(|item| wrapped(&format!("- {item}"), columns, 2)).collect(),
        };
        self.blocks.iter().flat_map(|block| [vec![String::new()], part(block)].concat()).collect()
    }
}

/// Paragraphs are parted by blank lines; "# " begins a heading, and each "- " an item.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let (heading, item) = (line.strip_prefix("# "), line.strip_prefix("- "));
        if (line.trim().is_empty() || heading.is_some() || item.is_some()) && !words.is_empty() {
            blocks.push(Block::Words { text: clean(&words.join(" ")) });
            words.clear();
        }
        match (heading, item, blocks.last_mut()) {
            (Some(text), ..) => blocks.push(Block::Heading { text: clean(text) }),
            (None, Some(text), Some(Block::Items { items })) => items.push(clean(text)),
            (None, Some(text), _) => blocks.push(Block::Items { items: vec![clean(text)] }),
            (None, None, _) if line.trim().is_empty() => {}
            (None, None, _) => words.push(line),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_letter_is_parted() {
        let text = "Dear Mrs Khan\n\n# Amira:\u{7} attendance\nOne line\nand another.\n- Mon\n- Tue\n\nYours";
        let words = |text: &str| Block::Words { text: text.to_owned() };
        assert_eq!(
            blocks(text),
            [
                words("Dear Mrs Khan"),
                Block::Heading { text: "Amira: attendance".to_owned() },
                words("One line and another."),
                Block::Items { items: vec!["Mon".to_owned(), "Tue".to_owned()] },
                words("Yours"),
            ]
        );
    }
}
