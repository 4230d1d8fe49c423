//! The ingredients, as they stand in `data/demo`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::calendar::Closure;
use crate::domain::code::Code;
use crate::domain::school::staff::Member;
use crate::domain::school::target::Target;
use crate::domain::toml_document;

/// Everything the school is made from.
#[derive(Clone, Debug)]
pub(super) struct Ingredients {
    pub(super) names: Names,
    pub(super) staff: StaffNames,
    pub(super) words: Words,
    pub(super) rates: Rates,
    pub(super) dates: Dates,
}

impl Ingredients {
    /// Those compiled in. The error is a fault in the program's own data.
    pub(super) fn load() -> Result<Ingredients, toml::de::Error> {
        Ok(Ingredients {
            names: toml_document::read(include_str!("../../data/demo/names.toml"))?,
            staff: toml_document::read(include_str!("../../data/demo/staff.toml"))?,
            words: toml_document::read(include_str!("../../data/demo/words.toml"))?,
            rates: toml_document::read(include_str!("../../data/demo/rates.toml"))?,
            dates: toml_document::read(include_str!("../../data/demo/calendar.toml"))?,
        })
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    /// What some short names stand for on papers.
    pub(super) on_papers: BTreeMap<String, String>,
    pub(super) origin: Vec<Origin>,
}

/// Names that go together, with how often a household has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Origin {
    pub(super) share: f64,
    #[serde(default)]
    pub(super) eal: f64,
    #[serde(default)]
    pub(super) eid: bool,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    pub(super) girls: Vec<String>,
    pub(super) boys: Vec<String>,
    pub(super) surnames: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffNames {
    pub(super) titles: Vec<String>,
    pub(super) surnames: Vec<String>,
    pub(super) rooms: Vec<String>,
    pub(super) desks: Vec<Desk>,
    pub(super) cover: Vec<String>,
    pub(super) members: Vec<Member>,
    /// What it aims at.
    pub(super) targets: Vec<Target>,
}

/// Somebody who sits at a desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    pub(super) name: String,
    pub(super) post: String,
    pub(super) desk: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) relationship: Relationships,
    pub(super) contact: ContactWords,
    pub(super) home: HomeWords,
    pub(super) report: BTreeMap<Code, Vec<String>>,
    pub(super) plan: BTreeMap<Code, (String, String)>,
    pub(super) call: CallWords,
    pub(super) watch: WatchWords,
}

/// Relationship and title, by place in the calling order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relationships {
    pub(super) first: Vec<(String, String)>,
    pub(super) second: Vec<(String, String)>,
    pub(super) beside_father: Vec<(String, String)>,
    pub(super) third: Vec<(String, String)>,
    pub(super) fourth: Vec<(String, String)>,
    pub(super) carer: (String, String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactWords {
    pub(super) do_not_contact: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Where people live, and their houses at school.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HomeWords {
    pub(super) houses: Vec<String>,
    pub(super) streets: Vec<String>,
    pub(super) town: String,
    /// Of postcodes.
    pub(super) letters: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallWords {
    pub(super) aware: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) on_the_way: Vec<String>,
    pub(super) unaware: Vec<String>,
    pub(super) left_message: Vec<String>,
    pub(super) no_answer: Vec<String>,
    pub(super) wrong_number: Vec<String>,
    pub(super) call_back: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WatchWords {
    pub(super) reasons: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rates {
    share: BTreeMap<Code, f64>,
    pub(super) weekday: Weekdays,
    pub(super) weeks: Weeks,
    pub(super) spread: Spread,
    pub(super) late: Late,
    pub(super) flags: FlagShares,
    pub(super) household: HouseholdShares,
    pub(super) unexplained: UnexplainedShares,
}

impl Rates {
    /// The share of possible sessions a code has over a year, as a fraction.
    pub(super) fn share(&self, code: &str) -> f64 {
        Code::parse(code).and_then(|code| self.share.get(&code)).map_or(0.0, |percent| percent / 100.0)
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weekdays {
    pub(super) illness: Vec<f64>,
    pub(super) other: Vec<f64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weeks {
    pub(super) illness: Vec<Vec<f64>>,
    pub(super) other: Vec<Vec<f64>>,
    pub(super) holiday: Vec<Vec<f64>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spread {
    pub(super) sigma: f64,
    pub(super) severe: f64,
    pub(super) years: Vec<f64>,
    pub(super) free_meals: f64,
    pub(super) ehc_plan: f64,
    pub(super) sen_support: f64,
    pub(super) even: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Late {
    pub(super) am: f64,
    pub(super) pm: f64,
    pub(super) between: f64,
    pub(super) am_median: f64,
    pub(super) pm_median: f64,
    pub(super) sigma: f64,
    pub(super) longest: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlagShares {
    pub(super) free_meals: f64,
    pub(super) sen_support: f64,
    pub(super) ehc_plan: f64,
    pub(super) in_need: f64,
    pub(super) child_protection: f64,
    pub(super) looked_after: f64,
    pub(super) social_worker: f64,
    pub(super) youth_offending: f64,
    pub(super) young_carer: f64,
    pub(super) medical: f64,
    pub(super) premium_besides: f64,
    pub(super) service: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HouseholdShares {
    pub(super) two: f64,
    pub(super) three: f64,
    pub(super) twins: f64,
    pub(super) stale: f64,
    pub(super) do_not_contact: f64,
    pub(super) interpreter: f64,
    pub(super) note: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnexplainedShares {
    pub(super) residual: f64,
    pub(super) recent: Vec<f64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    pub(super) closed: Vec<ClosedDate>,
    pub(super) travel_disrupted: Vec<NaiveDate>,
    pub(super) eid: Vec<NaiveDate>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClosedDate {
    pub(super) date: NaiveDate,
    pub(super) kind: Closure,
    pub(super) name: String,
}
