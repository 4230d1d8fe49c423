//! XML: its elements, one at a time, bounded in depth and text. Nothing is fetched or expanded: no DOCTYPE, no entity but XML's own
//! five and numbers.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

use crate::exchange::table::line_ends;

/// No export nests deeper.
const DEPTH_MAX: usize = 32;
/// Letters of one element: years of marks are a few thousand.
const TEXT_MAX: usize = 65_536;
/// Elements within one that is taken whole.
const WITHIN_MAX: usize = 20_000;

/// An element, with all that is in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: String,
    /// The line it begins on, from 1.
    pub line: u64,
    /// The text in it, blanks and all: at the ends of marks they are marks.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// The first in it of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name.eq_ignore_ascii_case(name))
    }

    /// The text of the first of that name, without blanks around it; empty where there is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }
}

/// Why XML is not read, as it follows the file's name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum XmlFault {
    /// Declarations of its own.
    #[error("has a DOCTYPE, which no such file needs, and is not read: export it again from the system itself")]
    Doctype,
    /// An entity that is not XML's own.
    #[error("has an entity &{name}; on line {line}, which is not XML’s own: export it again")]
    Entity {
        /// Its name.
        name: String,
        /// The line.
        line: u64,
    },
    /// It stops before its root is closed.
    #[error("stops in the middle, on line {line}: it was cut off, or is still being written. Export it again")]
    CutOff {
        /// The last line.
        line: u64,
    },
    /// More than one root, or text outside it.
    #[error("has something outside its outermost element, on line {line}: it may be two files in one")]
    Outside {
        /// The line.
        line: u64,
    },
    /// Too deep, or too much in one place.
    #[error("has more in one place, on line {line}, than any export has")]
    TooMuch {
        /// The line.
        line: u64,
    },
    /// Not well formed.
    #[error("is not good XML on line {line}: export it again")]
    Malformed {
        /// The line.
        line: u64,
    },
}

/// The name of the outermost element, without a prefix; `None` where there is none. A DOCTYPE is a fault, whatever follows it.
pub fn root(text: &str) -> Result<Option<String>, XmlFault> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => return Ok(Some(bare(start.local_name().as_ref()))),
            Ok(Event::DocType(_)) => return Err(XmlFault::Doctype),
            Ok(Event::Eof) | Err(_) => return Ok(None),
            Ok(
                Event::Text(_)
                | Event::Decl(_)
                | Event::Comment(_)
                | Event::PI(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::End(_),
            ) => {}
        }
    }
}

/// Give each element at `path`, the outermost one's name first, whole to `take`. Everything else is passed over, but must be good XML.
pub fn elements(text: &str, path: &[&str], mut take: impl FnMut(Element)) -> Result<(), XmlFault> {
    let mut reader = Reader::from_str(text);
    let mut walk =
        Walk { text, path, names: Vec::new(), open: Vec::new(), within: 0, counted: 0, line: 1, is_over: false };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        walk.line_of(at);
        match event {
            Ok(Event::Start(start)) => walk.start(bare(start.local_name().as_ref()))?,
            Ok(Event::Empty(start)) => {
                walk.start(bare(start.local_name().as_ref()))?;
                walk.end(&mut take);
            }
            Ok(Event::End(_)) => walk.end(&mut take),
            Ok(Event::Text(part)) => walk.add(part.as_ref())?,
            Ok(Event::CData(part)) => walk.add(part.as_ref())?,
            Ok(Event::GeneralRef(entity)) => {
                let letter = letter(&entity).ok_or_else(|| walk.entity(&entity))?;
                walk.add(letter.to_string().as_str())?;
            }
            Ok(Event::DocType(_)) => return Err(XmlFault::Doctype),
            Ok(Event::Eof) if walk.names.is_empty() && walk.is_over => return Ok(()),
            Ok(Event::Eof) => return Err(XmlFault::CutOff { line: walk.line }),
            Ok(Event::Decl(_) | Event::Comment(_) | Event::PI(_)) => {}
            // What a cut leaves is no good XML either.
            Err(_) if end >= text.trim_end().len() => return Err(XmlFault::CutOff { line: walk.line }),
            Err(_) => return Err(XmlFault::Malformed { line: walk.line }),
        }
    }
}

/// The letter that an entity stands for.
fn letter(entity: &BytesRef<'_>) -> Option<char> {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) => Some(letter),
        Ok(None) => resolve_predefined_entity(entity.as_ref()).and_then(|text| text.chars().next()),
        Err(_) => None,
    }
}

fn bare(name: &str) -> String {
    name.to_owned()
}

/// How far the reading has come.
struct Walk<'t> {
    text: &'t str,
    path: &'t [&'t str],
    /// The names of the elements that are open, outermost first.
    names: Vec<String>,
    /// The elements being taken, the outermost first.
    open: Vec<Element>,
    within: usize,
    counted: usize,
    line: u64,
    is_over: bool,
}

impl Walk<'_> {
    fn line_of(&mut self, at: usize) {
        let bytes = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line += line_ends(bytes);
        self.counted = self.counted.max(at);
    }

    fn too_much(&self) -> XmlFault {
        XmlFault::TooMuch { line: self.line }
    }

    fn entity(&self, entity: &BytesRef<'_>) -> XmlFault {
        XmlFault::Entity { name: crate::domain::name::clean(entity.as_ref()), line: self.line }
    }

    fn start(&mut self, name: String) -> Result<(), XmlFault> {
        if self.is_over {
            return Err(XmlFault::Outside { line: self.line });
        }
        if self.names.len() >= DEPTH_MAX {
            return Err(self.too_much());
        }
        self.names.push(name.clone());
        let is_there = self.names.len() == self.path.len()
            && self.names.iter().zip(self.path).all(|(name, wanted)| name.eq_ignore_ascii_case(wanted));
        if is_there || !self.open.is_empty() {
            self.within = if is_there { 0 } else { self.within + 1 };
            if self.within > WITHIN_MAX {
                return Err(self.too_much());
            }
            self.open.push(Element { name, line: self.line, ..Element::default() });
        }
        Ok(())
    }

    fn add(&mut self, text: &str) -> Result<(), XmlFault> {
        if self.names.is_empty() && !text.trim().is_empty() {
            return Err(XmlFault::Outside { line: self.line });
        }
        match self.open.last_mut() {
            Some(open) if open.text.len() + text.len() > TEXT_MAX => return Err(self.too_much()),
            Some(open) => open.text.push_str(text),
            None => {}
        }
        Ok(())
    }

    fn end(&mut self, take: &mut impl FnMut(Element)) {
        self.names.pop();
        self.is_over = self.names.is_empty();
        let Some(mut ended) = self.open.pop() else { return };
        // Between elements blanks are how it is laid out.
        if !ended.children.is_empty() {
            ended.text.clear();
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(ended),
            None => take(ended),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(text: &str, path: &[&str]) -> Result<Vec<Element>, XmlFault> {
        let mut all = Vec::new();
        elements(text, path, |element| all.push(element)).map(|()| all)
    }

    #[test]
    fn elements_at_a_path_are_given_whole() {
        let text = "<?xml version='1.0' encoding='utf-16'?>\n<a><b><c> x </c>\n<c>O&apos;Neill &amp; S&#233;</c></b>\n<B><C><![CDATA[<&]]></C></B><d/></a>";
        let all = taken(text, &["a", "b"]).unwrap();
        assert_eq!(all.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(all[0].children[0].text, " x ");
        assert_eq!(all[0].children[1].text, "O'Neill & S\u{e9}");
        assert_eq!(all[1].text_of("c"), "<&");
        assert_eq!(root(text).unwrap().as_deref(), Some("a"));
    }

    #[test]
    fn what_is_not_good_is_said_with_its_line() {
        let fault = |text: &str| taken(text, &["a"]).unwrap_err();
        assert_eq!(fault("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), XmlFault::Doctype);
        assert_eq!(root("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"), Err(XmlFault::Doctype));
        assert_eq!(fault("<a>\n&x;</a>"), XmlFault::Entity { name: "x".to_owned(), line: 2 });
        assert_eq!(fault("<a>\n<b>"), XmlFault::CutOff { line: 2 });
        assert_eq!(fault("<a>\n<b"), XmlFault::CutOff { line: 2 });
        assert_eq!(fault("<a/>\n<a/>"), XmlFault::Outside { line: 2 });
        assert_eq!(fault("<a/>x"), XmlFault::Outside { line: 1 });
        assert_eq!(fault("<a><b></a></b>"), XmlFault::Malformed { line: 1 });
        assert_eq!(fault(&"<a>".repeat(40)), XmlFault::TooMuch { line: 1 });
        assert_eq!(fault(&format!("<a>{}</a>", "x".repeat(70_000))), XmlFault::TooMuch { line: 1 });
    }

    proptest! {
        /// Whatever comes, it ends, and with an answer.
        #[test]
        fn whatever_stands_there_is_answered(text in "([<>/&;a \"'=!\\[\\]\\-?x0-9]|<a>|</a>|<b/>){0,80}") {
            let _ = taken(&text, &["a", "b"]);
            let _ = root(&text);
        }
    }
}
