//! The school's own settings: one document, shared by every desk.

pub mod authority;
mod changes;
pub mod corrected;
pub mod document;
pub mod find;
mod held;
pub mod ladder;
pub mod letter_rule;
pub mod pin;
pub mod print_command;
pub mod reason;
pub mod report_due;
pub mod roll;
pub mod sanction;
pub mod schools;
mod sender;
mod sessions;
pub mod staff;
pub mod stage;
pub mod target;
pub mod watch_rule;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::calendar::timetable::{self, Former, Timetable};
use super::code::{self, Code, MayEnter};
use super::facts::lesson::{self, Period};
use super::name::clean;
use super::toml_document;
pub use changes::changes;
use ladder::{LONGEST, Ladder};
use reason::Reason;
use sanction::Sanction;
use staff::Member;

/// Settings of the school, kept in the file as one TOML document and checked whole before it is saved.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct School {
    /// "Harrington High".
    pub name: String,
    /// Where the school's clock is: "Europe/London".
    #[cfg_attr(test, schemars(with = "String"))]
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: Tz,
    /// Minutes after opening by which a register is expected.
    pub register_due_after: i64,
    /// Minutes after opening by which pupils elsewhere by arrangement are confirmed to be there.
    #[serde(default = "an_hour_and_twenty")]
    pub off_site_due_after: i64,
    /// Late reasons offered, each with its key.
    pub late_reasons: Vec<LateReason>,
    /// Words of a message, and the code offered for them. A file from before there were any has the usual ones.
    #[serde(default = "usual_reasons")]
    pub reasons: Vec<Reason>,
    /// What so many lates this half-term give, fewest first. A file from before there were any has the usual ones.
    #[serde(default = "usual_sanctions")]
    pub sanctions: Vec<Sanction>,
    /// Who may use the record, and what they may see and do. While nobody is listed only whoever owns the file may.
    #[serde(default)]
    pub staff: Vec<Member>,
    /// Who may enter a code, where the school has it otherwise than the national table.
    #[serde(default)]
    pub code_permissions: BTreeMap<Code, MayEnter>,
    /// The lists that make themselves beside the watch list. A file from before there were any has the usual ones.
    #[serde(default = "usual_watch_rules")]
    pub watch_rules: Vec<watch_rule::Rule>,
    /// The stages that a case goes through, the first first. A file from before there were any has the usual ones.
    #[serde(default = "usual_case_stages")]
    pub case_stages: Vec<stage::Stage>,
    /// Who should get which letter. A file from before there were any has the usual ones.
    #[serde(default = "usual_letter_rules")]
    pub letter_rules: Vec<letter_rule::LetterRule>,
    /// What stands at the head of a letter, a line each; the school's name where there is none.
    #[serde(default)]
    pub letter_heading: Vec<String>,
    /// The local authority's rules, the earliest first. Where none holds, it is the national framework.
    #[serde(default)]
    pub authority: Vec<authority::Authority>,
    /// Reports that are made of themselves: which goes to whom, and when.
    #[serde(default)]
    pub reports: Vec<report_due::ReportDue>,
    /// The attendance that the school aims at.
    #[serde(default)]
    pub targets: Vec<target::Target>,
    /// Beside which schools' national figures its own are told.
    #[serde(default)]
    pub schools: schools::Schools,
    /// How screens behave at every desk.
    #[serde(default)]
    pub screen: ScreenRules,
    /// The command that is given each late slip of the gate; empty for none.
    #[serde(default)]
    pub late_slip: String,
    /// The command that prints what is shown on the screen; empty for none.
    #[serde(default)]
    pub printer: String,
    /// The profiles whose files count as told by the school's own system, beside those of formats that only such a system writes; `None`
    /// where plain tables count as long as nothing else has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mis_files: Option<Vec<String>>,
    /// What follows an unexplained absence, and when.
    pub ladder: Ladder,
    /// Session times by weekday: those that hold now, or are to come.
    pub times: Timetable,
    /// Those that held before, or hold until these come. No part of the document: the record keeps them.
    #[serde(skip)]
    pub former: Vec<Former>,
    /// The periods of the day, in order; none where the school has no lesson registers. They have no dates: no mark is judged by
    /// them.
    #[serde(default)]
    pub periods: Vec<Period>,
}

/// The settings a new file starts with.
const USUAL: &str = include_str!("../../../data/school.toml");

/// A zone of the United Kingdom or its islands: others are not in the program.
fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<Tz, D::Error> {
    let name = String::deserialize(from)?;
    let text = || D::Error::custom(format!("{name} is no time zone of the United Kingdom: write \"Europe/London\""));
    name.parse().map_err(|_| text())
}

/// The reasons of a new file.
fn usual_reasons() -> Vec<Reason> {
    #[derive(Deserialize)]
    struct Reasons {
        reasons: Vec<Reason>,
    }
    toml_document::read(USUAL).map(|usual: Reasons| usual.reasons).unwrap_or_default()
}

/// The sanctions of a new file.
fn usual_sanctions() -> Vec<Sanction> {
    #[derive(Deserialize)]
    struct Sanctions {
        sanctions: Vec<Sanction>,
    }
    toml_document::read(USUAL).map(|usual: Sanctions| usual.sanctions).unwrap_or_default()
}

/// The rules of a new file.
fn usual_watch_rules() -> Vec<watch_rule::Rule> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Rules {
        watch_rules: Vec<watch_rule::Rule>,
    }
    toml_document::read(USUAL).map(|usual: Rules| usual.watch_rules).unwrap_or_default()
}

/// The stages of a new file.
fn usual_case_stages() -> Vec<stage::Stage> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Stages {
        case_stages: Vec<stage::Stage>,
    }
    toml_document::read(USUAL).map(|usual: Stages| usual.case_stages).unwrap_or_default()
}

/// The rules for letters of a new file.
fn usual_letter_rules() -> Vec<letter_rule::LetterRule> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Rules {
        letter_rules: Vec<letter_rule::LetterRule>,
    }
    toml_document::read(USUAL).map(|usual: Rules| usual.letter_rules).unwrap_or_default()
}

/// A late reason and the key that takes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LateReason {
    /// One small letter, or a digit.
    pub key: char,
    /// "bus".
    pub says: String,
}

/// How screens behave at every desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ScreenRules {
    /// Minutes without a key after which a screen locks; 0 for never.
    pub lock_after: i64,
    /// Whether a number may be copied to the officer's own machine (OSC 52).
    pub copy_numbers: bool,
    /// Whether what is read or listed may be copied there.
    pub copy_text: bool,
    /// How a window that is not in front says that the watch list has changed.
    pub notify: Notify,
}

/// How a window that is not in front says that something has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// Not at all.
    None,
    /// By the terminal's bell.
    Bell,
    /// By a notification, without any name in it (OSC 9).
    Osc9,
}

impl Default for ScreenRules {
    fn default() -> ScreenRules {
        ScreenRules { lock_after: 10, copy_numbers: true, copy_text: true, notify: Notify::None }
    }
}

/// The usual time for confirmations, for files whose settings say nothing of it.
fn an_hour_and_twenty() -> i64 {
    80
}

impl School {
    /// The settings a new file starts with: those of `data/school.toml`. The error is a fault in the program's own data.
    pub fn usual() -> Result<School, toml::de::Error> {
        toml_document::read(USUAL)
    }

    /// Everything that cannot be right about the settings, each in a sentence.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if clean(&self.name).is_empty() {
            faults.push("name: the school needs a name".to_owned());
        }
        for (day, times) in self.times.days() {
            faults.extend(times.faults().into_iter().map(|(session, fault)| format!("times.{day} {session}: {fault}")));
        }
        if !(0..=LONGEST).contains(&self.register_due_after) {
            faults.push(format!("register-due-after: from 0 to {LONGEST} minutes"));
        }
        if !(0..=LONGEST).contains(&self.off_site_due_after) {
            faults.push(format!("off-site-due-after: from 0 to {LONGEST} minutes"));
        }
        faults.extend(self.ladder.faults(self.times.usual.am.closes));
        faults.extend(lesson::faults(&self.periods));
        let mut keys = std::collections::BTreeSet::new();
        for reason in &self.late_reasons {
            if clean(&reason.says).is_empty() {
                faults.push(format!("late-reasons: key {} says nothing", reason.key.escape_default()));
            }
            // A broken arrow arrives as `[`, O and a capital: it must not log anybody.
            if !reason.key.is_ascii_lowercase() && !reason.key.is_ascii_digit() {
                let key = reason.key.escape_default();
                faults.push(format!("late-reasons: key {key} is not a small letter or a digit"));
            }
            if !keys.insert(reason.key) {
                faults.push(format!("late-reasons: key {} is used twice", reason.key));
            }
        }
        faults.extend(reason::faults(&self.reasons));
        faults.extend(sanction::faults(&self.sanctions));
        faults.extend(staff::faults(&self.staff));
        faults.extend(code::faults(&self.code_permissions));
        faults.extend(print_command::faults("late-slip", &self.late_slip));
        faults.extend(print_command::faults("printer", &self.printer));
        faults.extend(watch_rule::faults(&self.watch_rules));
        faults.extend(stage::faults(&self.case_stages));
        faults.extend(letter_rule::faults(&self.letter_rules));
        faults.extend(authority::faults(&self.authority));
        faults.extend(report_due::faults(&self.reports));
        faults.extend(target::faults(&self.targets));
        if !(0..=LONGEST).contains(&self.screen.lock_after) {
            faults.push(format!("screen: lock-after: from 0 (never) to {LONGEST} minutes"));
        }
        faults
    }

    /// What should be looked at though it works.
    pub fn warnings(&self) -> Vec<String> {
        let days = self.times.days().into_iter();
        days.flat_map(|(day, times)| times.warnings().into_iter().map(move |text| format!("times.{day}: {text}")))
            .collect()
    }

    /// The timetable of a date.
    pub fn timetable(&self, date: NaiveDate) -> &Timetable {
        timetable::of(&self.former, &self.times, date)
    }

    /// These settings in the place of `held`, saved on `today`: other session times hold from their first day on, and what held until
    /// then holds for every date before.
    pub fn in_place_of(self, held: &School, today: NaiveDate) -> School {
        let (former, times) = timetable::change(&held.former, &held.times, self.times, today);
        School { times, former, ..self }
    }

    /// An instant on the school's clock.
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.time_zone).naive_local()
    }

    /// The instant of a school-local time; the earlier of two when the clocks go back.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.time_zone
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| local.and_utc(), |instant| instant.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code;
    use crate::domain::school::ladder::Step;
    use crate::domain::testing::{date, time};

    #[test]
    fn the_usual_settings_are_sound_and_survive_being_written() {
        let school = School::usual().unwrap();
        assert_eq!(school.faults(), Vec::<String>::new());
        // They say of themselves that a school should look at them.
        let unlike = "times.usual: the AM register stays open 30 minutes and the PM register 20; guidance says the same for both";
        assert_eq!(school.warnings(), [unlike]);
        let written = toml::to_string(&school).unwrap();
        assert!(written.contains("opens = \"08:40\""));
        assert_eq!(toml::from_str::<School>(&written).unwrap(), school);
    }

    #[test]
    fn settings_from_before_there_were_reasons_sanctions_or_rules_have_the_usual_ones() {
        let usual = School::usual().unwrap();
        let mut old: toml::Table = toml::from_str(USUAL).unwrap();
        assert!(["reasons", "sanctions", "watch-rules", "case-stages"].iter().all(|key| old.remove(*key).is_some()));
        assert_eq!(old.try_into::<School>().unwrap(), usual);
        assert!(usual.reasons.len() > 3 && usual.sanctions.len() > 2 && usual.watch_rules.len() > 3);
        let none = School {
            reasons: Vec::new(),
            sanctions: Vec::new(),
            watch_rules: Vec::new(),
            case_stages: Vec::new(),
            ..usual
        };
        assert_eq!(toml::from_str::<School>(&toml::to_string(&none).unwrap()).unwrap(), none);
    }

    #[test]
    fn a_reason_offers_what_has_the_shape_of_a_code() {
        let wrong = USUAL.replace("code = \"I\"", "code = \"ILLNESS\"");
        let text = toml::from_str::<School>(&wrong).unwrap_err().to_string();
        assert!(text.contains("“ILLNESS” is not an attendance code"), "{text}");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let mut school = School::usual().unwrap();
        school.name = " ".to_owned();
        school.times.usual.am.closes = time("09:20");
        school.times.usual.pm.opens = time("12:00");
        school.times.fri = Some(school.times.usual);
        school.late_reasons.push(LateReason { key: 'b', says: "bicycle".to_owned() });
        school.reasons.push(Reason { code: Some(Code::M), words: vec!["Ill".to_owned()], promise: None, says: None });
        assert_eq!(
            school.faults(),
            [
                "name: the school needs a name",
                "times.usual PM: the afternoon opens before the morning has ended",
                "times.fri PM: the afternoon opens before the morning has ended",
                "late-reasons: key b is used twice",
                "reasons: “Ill” stands in row 1 and in row 8 (M): it can offer one code",
            ]
        );
        let open_too_long = |warning: &&String| warning.contains("the AM register stays open 40 minutes;");
        assert_eq!(school.warnings().iter().filter(open_too_long).count(), 2);
    }

    #[test]
    fn what_no_key_minute_or_step_can_be_is_a_fault() {
        let mut school = School::usual().unwrap();
        school.register_due_after = i64::MAX;
        school.ladder.vulnerable.clear();
        school.ladder.supported.swap(0, 1);
        school.ladder.standard.push(Step::after(" ", -1));
        for (key, text) in [('[', "bicycle"), ('O', "bicycle"), ('\u{7}', "\u{7}")] {
            school.late_reasons.push(LateReason { key, says: text.to_owned() });
        }
        assert_eq!(
            school.faults(),
            [
                "register-due-after: from 0 to 600 minutes",
                "ladder.vulnerable: at least one step is needed",
                "ladder.supported: step call comes before the one above it",
                "ladder.standard: a step needs a name",
                "ladder.standard: step  is from 0 to 600 minutes after the register closes",
                "ladder.standard: step  comes before the one above it",
                "late-reasons: key [ is not a small letter or a digit",
                "late-reasons: key O is not a small letter or a digit",
                "late-reasons: key \\u{7} says nothing",
                "late-reasons: key \\u{7} is not a small letter or a digit",
            ]
        );
    }

    #[test]
    fn the_school_s_clock_is_its_own_wherever_the_server_is() {
        let school = School::usual().unwrap();
        for local in [date(2026, 3, 4).and_time(time("08:57")), date(2026, 6, 4).and_time(time("08:57"))] {
            assert_eq!(school.local(school.instant(local)), local);
        }
        let summer = school.instant(date(2026, 6, 4).and_time(time("08:57")));
        assert_eq!(summer.time(), time("07:57"));
        // The hour that comes twice is its first coming.
        let twice = school.instant(date(2026, 10, 25).and_time(time("01:30")));
        assert_eq!(twice.time(), time("00:30"));
    }
}
