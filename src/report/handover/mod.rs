//! The hand-over: what is open when somebody else takes over the desk, pupil by pupil, with times and names.

mod closing;
mod files;
mod missing;
mod open;

use chrono::NaiveTime;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

pub use closing::{Closing, closing_line};

use super::document::{self, Document, thousands};
use super::document_kind::{DocumentKind, nobody};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::account::account;

/// What exactly is open, for whoever takes the desk over.
pub const KIND: DocumentKind = DocumentKind {
    word: "handover",
    about: "What exactly is open, for whoever takes the desk over",
    title: "Hand-over",
    recorded_as: "hand-over",
    needs_past_of: nobody,
    at: |at| {
        let handed = hand_over(at.day, at.session, at.now);
        let handed = at.files.map_or(handed.clone(), |files| handed.with_files(at.day, files));
        Some(handed.document(at.day, at.now))
    },
};

macro_rules! about {
    ($($about:ident $heading:literal $none:literal;)*) => {
        /// What a section of the hand-over is about.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, IntoStaticStr, VariantArray)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum About { $(#[doc = $heading] $about,)* }

        impl About {
            /// Every section, in the order in which it is read.
            pub const ALL: &[About] = About::VARIANTS;

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// Its heading.
            pub fn heading(self) -> &'static str {
                match self { $(About::$about => $heading,)* }
            }

            /// The text when nothing of it is open.
            pub fn none(self) -> &'static str {
                match self { $(About::$about => $none,)* }
            }
        }
    };
}

about! {
    Searches "Searches open" "Nobody is looked for.";
    Unaware "Unexplained, the parent did not know and nobody is told" "";
    Escalated "Unexplained, escalated" "";
    Promised "Unexplained, to be rung back" "No promise is open.";
    Spoken "Unexplained, spoken to and not here yet" "";
    Tried "Unexplained, tried and nobody reached" "";
    NotTried "Unexplained, not yet tried" "";
    InByNow "Unexplained earlier, in by now" "";
    Registers "Registers due and not in" "Every register that is due is in.";
    OffSite "Off site and not confirmed" "Nobody else off site is to be confirmed.";
    Contradictions "Contradictions" "";
    Ageing "N to be settled by the next school day" "";
    Numbers "Numbers to put right" "";
    Arrangements "Arrangements to review or about to end" "";
    Cases "Casework due" "";
    Files "What files leave to be decided" "";
    Ahead "Known to be away on the next school day" "Nobody yet.";
    Events "Told and done today" "Nothing yet.";
}

impl About {
    /// Whether its items are the unexplained: each of them stands under exactly one such heading.
    pub fn is_unexplained(self) -> bool {
        use About::{Escalated, InByNow, NotTried, Promised, Spoken, Tried, Unaware};
        matches!(self, Unaware | Escalated | Promised | Spoken | Tried | NotTried | InByNow)
    }
}

/// What is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOver {
    /// How many of the roll are accounted for.
    pub account: Account,
    /// The close of the day, and what is left for the next, in words; `None` while there is still school to come.
    pub closes: Option<String>,
    /// Every section, in the order of [`About::ALL`], the empty ones too.
    pub sections: Vec<Section>,
}

/// How many of the roll are accounted for; the five parts make up the roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Account {
    /// Pupils on roll today.
    pub on_roll: usize,
    /// In the building by their mark.
    pub seen: usize,
    /// Elsewhere, and it is known why.
    pub explained: usize,
    /// Need not be here: not timetabled, no transport, closed to them.
    pub not_required: usize,
    /// Unexplained.
    pub unexplained: usize,
    /// Without a mark in the current session.
    pub blank: usize,
}

/// What is open under one heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// Which.
    pub about: About,
    /// In the order in which they are followed up.
    pub items: Vec<Item>,
}

/// One open matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Whom it is about; `None` for a register.
    pub pupil: Option<PupilId>,
    /// "Khan, Amira 8KM", or the register.
    pub name: String,
    /// Its state, in words.
    pub text: String,
    /// When it was last moved, school-local, if it was today.
    pub at: Option<NaiveTime>,
    /// By whom.
    pub who: Option<String>,
}

impl Item {
    fn of(day: &Day, pupil: PupilId, text: &str) -> Item {
        let name = clean(&day.roll.name_and_group(pupil));
        Item { pupil: Some(pupil), name, text: clean(text), at: None, who: None }
    }

    fn moved(self, at: NaiveTime, who: &str) -> Item {
        Item { at: Some(at), who: Some(clean(who)), ..self }
    }
}

/// What is open on `day` up to the `current` session at `now`.
pub fn hand_over(day: &Day, current: Session, now: NaiveTime) -> HandOver {
    let missing = missing::items(day, current, now);
    let closing = Closing::of(day, now);
    let section = |about: &About| {
        let items = match about {
            About::Searches => open::searches(day),
            About::Registers => open::registers(day, current, now),
            About::OffSite => open::off_site(day, current, now),
            About::Contradictions => open::contradictions(day, current, now),
            About::Ageing => open::unresolved(day),
            About::Numbers => open::numbers(day),
            About::Arrangements => open::arrangements(day),
            About::Cases => open::cases(day, now),
            About::Files => files::of_day(day),
            About::Ahead if closing.is_none() => Vec::new(),
            About::Ahead => closing::known_away(day),
            About::Events => open::events(day),
            unexplained @ (About::Unaware
            | About::Escalated
            | About::Promised
            | About::Spoken
            | About::Tried
            | About::NotTried
            | About::InByNow) => {
                missing.iter().filter(|(under, _)| under == unexplained).map(|(_, item)| item.clone()).collect()
            }
        };
        Section { about: *about, items }
    };
    let (account, sections) = (count(day, current, now), About::ALL.iter().map(section).collect());
    let mut handed = HandOver { account, closes: None, sections };
    handed.closes = closing.map(|closing| {
        let closes = closing::closes(day, current, now, &handed.account, &closing);
        [Some(closes), closing::left(day, &handed)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    handed
}

fn count(day: &Day, current: Session, now: NaiveTime) -> Account {
    let all = account(day, current, now);
    Account {
        on_roll: all.total(),
        seen: all.seen.len(),
        explained: all.explained.len(),
        not_required: all.not_required.len(),
        unexplained: all.unexplained.len(),
        blank: all.blank.len(),
    }
}

impl Account {
    /// "82 explained"; where there is anybody who need not be here, "82 explained, 3 not required".
    fn explained(&self) -> String {
        let explained = format!("{} explained", thousands(self.explained));
        match self.not_required {
            0 => explained,
            count => format!("{explained}, {} not required", thousands(count)),
        }
    }
}

impl std::fmt::Display for Account {
    /// "Of 1200 on roll: 1104 seen, 82 explained, 12 unexplained, 2 blank."
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Account { on_roll, seen, unexplained, blank, .. } = self;
        write!(
            f,
            "Of {} on roll: {} seen, {}, {} unexplained, {} blank.",
            thousands(*on_roll),
            thousands(*seen),
            self.explained(),
            thousands(*unexplained),
            thousands(*blank)
        )
    }
}

impl HandOver {
    /// The same, with what is known of files beside the day.
    pub fn with_files(mut self, day: &Day, files: &FilesWaiting) -> HandOver {
        let of_files = self.sections.iter_mut().filter(|section| section.about == About::Files);
        of_files.for_each(|section| section.items.extend(files::beside(day, files)));
        self
    }

    /// Whether anything is left to do.
    pub fn is_open(&self) -> bool {
        let is_work = |about| !matches!(about, About::Events | About::Ahead);
        self.sections.iter().any(|section| is_work(section.about) && !section.items.is_empty())
    }

    /// The hand-over of `day` at `now`, to be read or printed.
    pub fn document(&self, day: &Day, now: NaiveTime) -> Document {
        let part = |section: &Section| document::Section {
            heading: section.about.heading().to_owned(),
            items: section.items.iter().map(|one| document::Item::new(one.pupil, &one.line())).collect(),
            none: section.about.none().to_owned(),
        };
        let account = document::Section {
            heading: String::new(),
            items: Vec::new(),
            none: match &self.closes {
                Some(closes) => closes.clone(),
                None if self.is_open() => self.account.to_string(),
                None => format!("{} Nothing is open.", self.account),
            },
        };
        // While there is school to come, the next day waits. What is arranged, and what files leave, is named where it is due, and not
        // else.
        let is_shown = |one: &&Section| {
            (one.about != About::Ahead || self.closes.is_some())
                && (!matches!(one.about, About::Arrangements | About::Cases | About::Files) || !one.items.is_empty())
        };
        let shown = self.sections.iter().filter(is_shown);
        Document {
            title: format!("Hand-over of {}", day.date.format("%A %-d %B %Y")),
            sections: std::iter::once(account).chain(shown.map(part)).collect(),
            school: day.roll.school.name.clone(),
            recorded: day.date.and_time(now),
        }
    }
}

impl Item {
    /// "Khan, Amira 8KM: AM N, not called yet".
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.text)
    }
}

#[cfg(test)]
mod tests;
