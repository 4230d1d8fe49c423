//! Pupils on roll: who they are, what is flagged about them, and the tier that gives them.

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::details::{Address, LegalName, Sex};
use crate::domain::name::fold;

/// Our own number for a pupil; never shown, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PupilId(pub i64);

/// Our own number for a tutor group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupId(pub i64);

/// Our own number for a member of staff.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StaffId(pub i64);

/// Our own number for a household: the pupils one call can speak for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HouseholdId(pub i64);

macro_rules! flags {
    ($($flag:ident $letters:literal $meaning:literal;)*) => {
        /// Something recorded about a pupil, shown as letters on shared screens.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "&str")]
        pub enum Flag { $(#[doc = $meaning] $flag,)* }

        impl Flag {
            /// Every flag, gravest first.
            pub const ALL: &[Flag] = &[$(Flag::$flag,)*];

            /// The letters it is shown and stored by.
            pub fn letters(self) -> &'static str {
                match self { $(Flag::$flag => $letters,)* }
            }

            /// What the letters stand for.
            pub fn meaning(self) -> &'static str {
                match self { $(Flag::$flag => $meaning,)* }
            }
        }
    };
}

flags! {
    ChildProtection "CP" "child protection plan";
    LookedAfter "CLA" "looked after by the local authority";
    InNeed "CIN" "child in need";
    SocialWorker "SW" "has a social worker";
    YouthOffending "YOT" "known to the youth offending team";
    EhcPlan "EHC" "education, health and care plan";
    YoungCarer "YC" "young carer";
    Medical "MED" "medical condition";
    SenSupport "SEN" "SEN support";
    FreeMeals "FSM" "free school meals";
    PupilPremium "PP" "pupil premium";
    Eal "EAL" "English as an additional language";
    Service "SVC" "service child";
}

impl Flag {
    /// The flag written as `letters`, in either case.
    pub fn parse(letters: &str) -> Option<Flag> {
        Flag::ALL.iter().copied().find(|flag| flag.letters().eq_ignore_ascii_case(letters.trim()))
    }
}

impl From<Flag> for &'static str {
    fn from(flag: Flag) -> &'static str {
        flag.letters()
    }
}

impl TryFrom<String> for Flag {
    type Error = String;

    fn try_from(letters: String) -> Result<Flag, String> {
        let known = || Flag::ALL.iter().map(|flag| flag.letters()).collect::<Vec<_>>().join(" ");
        Flag::parse(&letters).ok_or_else(|| format!("“{letters}” is no flag: write one of {}", known()))
    }
}

/// A set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(u16);

impl Flags {
    /// With `flag` in the set.
    #[must_use]
    pub fn with(self, flag: Flag) -> Flags {
        Flags(self.0 | 1 << flag as u16)
    }

    /// Whether `flag` is in the set.
    pub fn has(self, flag: Flag) -> bool {
        self.0 & 1 << flag as u16 != 0
    }

    /// The flags, gravest first.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |flag| self.has(*flag))
    }

    /// The tier these flags give.
    pub fn tier(self) -> Tier {
        use Flag::{
            ChildProtection, EhcPlan, FreeMeals, InNeed, LookedAfter, Medical, PupilPremium, SocialWorker, YoungCarer,
            YouthOffending,
        };
        let any = |set: &[Flag]| set.iter().any(|flag| self.has(*flag));
        if any(&[ChildProtection, LookedAfter, InNeed, SocialWorker, YouthOffending]) {
            Tier::Vulnerable
        } else if any(&[EhcPlan, YoungCarer, Medical]) {
            Tier::Supported
        } else if any(&[FreeMeals, PupilPremium]) {
            Tier::Disadvantaged
        } else {
            Tier::Standard
        }
    }

    /// The gravest flag of those that give the tier; none give the standard one.
    pub fn of_tier(self) -> Option<Flag> {
        let tier = self.tier();
        self.iter().find(|flag| tier != Tier::Standard && Flags::default().with(*flag).tier() == tier)
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Flags {
        flags.into_iter().fold(Flags::default(), Flags::with)
    }
}

/// How soon an unexplained absence must be followed up; the most urgent first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Known to social care: called first.
    Vulnerable,
    /// Has a plan or a duty of care: called next.
    Supported,
    /// Free school meals or pupil premium: called before everyone else.
    Disadvantaged,
    /// Everyone else.
    Standard,
}

/// A pupil on roll.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pupil {
    /// Our own number.
    pub id: PupilId,
    /// The school's admission number.
    pub admission_no: Option<String>,
    /// Unique pupil number, as imported.
    pub upn: Option<String>,
    /// Family name, the preferred one where there is one; empty for a pupil with a single name.
    pub surname: String,
    /// Given name, the preferred one where there is one.
    pub forename: String,
    /// The legal name, where it is another.
    pub legal: Option<Box<LegalName>>,
    /// National curriculum year.
    pub year: Option<i64>,
    /// Tutor group.
    pub group: Option<GroupId>,
    /// Household.
    pub household: Option<HouseholdId>,
    /// Flags.
    pub flags: Flags,
    /// Date of birth.
    pub date_of_birth: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The school's house.
    pub house: Option<String>,
    /// First language.
    pub language: Option<String>,
    /// Where the pupil lives. Few schools bring it: boxed, for a thousand pupils stay in memory.
    pub address: Option<Box<Address>>,
    /// First day on the register.
    pub from: NaiveDate,
    /// Last day on the register, once known.
    pub until: Option<NaiveDate>,
    /// `surname forename` folded: what lists are sorted by and searched in.
    pub folded: String,
}

impl Pupil {
    /// "Khan, Amira", or the single name.
    pub fn list_name(&self) -> String {
        match (self.surname.is_empty(), self.forename.is_empty()) {
            (true, _) => self.forename.clone(),
            (_, true) => self.surname.clone(),
            _ => format!("{}, {}", self.surname, self.forename),
        }
    }

    /// Whether each of these words, folded, begins a part of the name in use or the legal one: "holmes o", "amira khan".
    pub fn is_called(&self, words: &str) -> bool {
        let legal = self.folded_legal().unwrap_or_default();
        let begins = |word: &str| self.folded.split(' ').chain(legal.split(' ')).any(|part| part.starts_with(word));
        !words.is_empty() && words.split(' ').all(begins)
    }

    /// "Amira Khan", as spoken.
    pub fn spoken_name(&self) -> String {
        format!("{} {}", self.forename, self.surname).trim().to_owned()
    }

    /// Whether the pupil is on the register on `date`.
    pub fn on_roll(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Why the pupil is not on the register on `date`: "left 12 Dec 2025", "not on roll until 4 Jan 2027"; `None` for who is.
    pub fn why_not_on_roll(&self, date: NaiveDate) -> Option<String> {
        let left = self.until.filter(|until| *until < date).map(|until| format!("left {}", until.format("%-d %b %Y")));
        let comes = || (date < self.from).then(|| format!("not on roll until {}", self.from.format("%-d %b %Y")));
        left.or_else(comes)
    }

    /// The dates of a stretch on which the pupil is on the register: empty where there are none.
    pub fn on_roll_within(&self, dates: Range<NaiveDate>) -> Range<NaiveDate> {
        let after = self.until.and_then(|until| until.succ_opt());
        self.from.max(dates.start)..after.map_or(dates.end, |after| after.min(dates.end))
    }

    /// The tier the pupil's flags give.
    pub fn tier(&self) -> Tier {
        self.flags.tier()
    }

    /// Whether this [folded](Pupil::fold_of) name is the one in use, or the legal one.
    pub fn has_name(&self, folded: &str) -> bool {
        self.folded == folded || self.folded_legal().is_some_and(|legal| legal == folded)
    }

    fn folded_legal(&self) -> Option<String> {
        self.legal.as_ref().map(|legal| Pupil::fold_of(&legal.surname, &legal.forename))
    }

    /// The folded key of a name.
    pub fn fold_of(surname: &str, forename: &str) -> String {
        fold(&format!("{surname} {forename}")).trim().to_owned()
    }
}

/// A tutor group: the pupils one register is taken for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TutorGroup {
    /// Our own number.
    pub id: GroupId,
    /// "8KM".
    pub name: String,
    /// National curriculum year, when it has one.
    pub year: Option<i64>,
    /// The tutor.
    pub tutor: Option<StaffId>,
    /// Where they meet.
    pub room: Option<String>,
}

/// A member of staff.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staff {
    /// Our own number.
    pub id: StaffId,
    /// As addressed: "Mrs Kemp".
    pub name: String,
    /// Post: "tutor", "attendance officer".
    pub post: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{G8KM, date, pupil, roll};

    #[test]
    fn the_gravest_flag_gives_the_tier() {
        use Flag::*;
        for (flags, tier) in [
            (vec![], Tier::Standard),
            (vec![SenSupport, Eal, Service], Tier::Standard),
            (vec![SenSupport, FreeMeals, Eal], Tier::Disadvantaged),
            (vec![PupilPremium], Tier::Disadvantaged),
            (vec![EhcPlan], Tier::Supported),
            (vec![YoungCarer, FreeMeals], Tier::Supported),
            (vec![Medical], Tier::Supported),
            (vec![ChildProtection], Tier::Vulnerable),
            (vec![LookedAfter], Tier::Vulnerable),
            (vec![InNeed], Tier::Vulnerable),
            (vec![SocialWorker], Tier::Vulnerable),
            (vec![YouthOffending, Medical], Tier::Vulnerable),
        ] {
            assert_eq!(flags.iter().copied().collect::<Flags>().tier(), tier, "{flags:?}");
        }
        let order = [Tier::Vulnerable, Tier::Supported, Tier::Disadvantaged, Tier::Standard];
        assert!(order.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn the_flag_shown_with_a_tier_is_one_that_gives_it() {
        use Flag::*;
        for (flags, shown) in [
            (vec![], None),
            (vec![SenSupport, Eal], None),
            (vec![SenSupport, PupilPremium], Some(PupilPremium)),
            (vec![FreeMeals, Medical], Some(Medical)),
            (vec![YouthOffending, SocialWorker], Some(SocialWorker)),
        ] {
            assert_eq!(flags.iter().copied().collect::<Flags>().of_tier(), shown, "{flags:?}");
        }
    }

    #[test]
    fn flags_are_a_set_shown_gravest_first() {
        let flags: Flags = [Flag::FreeMeals, Flag::ChildProtection, Flag::FreeMeals].into_iter().collect();
        assert_eq!(flags.iter().map(Flag::letters).collect::<Vec<_>>(), ["CP", "FSM"]);
        assert!(flags.has(Flag::FreeMeals) && !flags.has(Flag::Eal));
        assert_eq!(Flag::ALL.iter().copied().collect::<Flags>().iter().count(), Flag::ALL.len());
        for flag in Flag::ALL {
            assert_eq!(Flag::parse(&flag.letters().to_lowercase()), Some(*flag));
        }
        assert_eq!(Flag::parse("XX"), None);
    }

    #[test]
    fn a_single_name_is_written_without_a_comma() {
        for (surname, forename, listed, spoken) in [
            ("Khan", "Amira", "Khan, Amira", "Amira Khan"),
            ("", "Sukarno", "Sukarno", "Sukarno"),
            ("Sukarno", "", "Sukarno", "Sukarno"),
        ] {
            let pupil = pupil(1, surname, forename, G8KM);
            assert_eq!((pupil.list_name().as_str(), pupil.spoken_name().as_str()), (listed, spoken));
        }
    }

    #[test]
    fn a_pupil_is_on_roll_from_the_first_day_to_the_last() {
        let mut pupil = pupil(1, "Khan", "Yusuf", G8KM);
        pupil.until = Some(date(2026, 1, 30));
        for (day, on_roll) in
            [(date(2026, 1, 4), false), (date(2026, 1, 5), true), (date(2026, 1, 30), true), (date(2026, 1, 31), false)]
        {
            assert_eq!(pupil.on_roll(day), on_roll, "{day}");
            assert_eq!(pupil.why_not_on_roll(day).is_none(), on_roll, "{day}");
        }
        assert_eq!(pupil.why_not_on_roll(date(2026, 12, 1)).as_deref(), Some("left 30 Jan 2026"));
        assert_eq!(pupil.why_not_on_roll(date(2025, 12, 1)).as_deref(), Some("not on roll until 5 Jan 2026"));
    }

    #[test]
    fn the_roll_is_sorted_as_a_reader_expects() {
        let names: Vec<String> = roll().pupils.iter().map(Pupil::spoken_name).collect();
        assert_eq!(
            names,
            [
                "Zoe\u{308} Br\u{fc}cke",
                "Louis D\u{2019}Arcy",
                "Amira Khan",
                "Bilal Khan",
                "Yusuf Khan",
                "Siobhan O'Neill-Smith",
                "Sukarno",
                "Sanne van der Berg",
                "\u{141}ukasz W\u{f3}jcik",
            ]
        );
    }
}
