//! What every command takes, and how its values are read.

use std::str::FromStr;

use std::path::PathBuf;
use strum::VariantArray;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::calendar::dates::parse_iso;
use crate::domain::calendar::session::{Session, parse_time};
use crate::domain::code::Code;
use crate::domain::figures::cohort::Cohort;

/// How the screen is to look.
#[derive(clap::Args, Debug)]
pub struct Look {
    /// Draw the screen in ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// Draw the screen in strong contrast
    #[arg(long)]
    pub high_contrast: bool,
}

/// What every command takes.
#[derive(clap::Args, Debug)]
pub struct Global {
    /// The school's file, instead of the one that FIRSTBELL_DB names, or the one in your data folder
    #[arg(long, global = true, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// Sit down as this one of the staff: for the owner of the file, in an SSH key's forced command
    #[arg(long = "as", global = true, value_name = "LOGIN")]
    pub login: Option<String>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Stop the clock at this school-local time
    #[arg(long, global = true, hide = true, value_name = "TIME", value_parser = moment)]
    pub now: Option<NaiveDateTime>,
}

/// `2026-11-24T09:20`.
fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.ok_or_else(|| "write it as 2026-11-24T09:20".to_owned())
}

/// `08:57`, `8:57` or `0857`.
pub fn time(text: &str) -> Result<NaiveTime, String> {
    parse_time(text).ok_or_else(|| "write a time as 08:57".to_owned())
}

/// `2026-11-24`.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    parse_iso(text).ok_or_else(|| "write a date as 2026-11-24".to_owned())
}

/// `FSM`, `SEN K`, `not EAL`.
pub fn cohort(text: &str) -> Result<Cohort, String> {
    let known = || Cohort::ALL.map(|cohort| format!("“{cohort}”")).join(", ");
    Cohort::parse(text).ok_or_else(|| format!("write one of {}", known()))
}

/// `AM` or `PM`.
pub fn session(text: &str) -> Result<Session, String> {
    Session::parse(text).ok_or_else(|| "write AM or PM".to_owned())
}

/// Anything that has the shape of a code; whether it is one is for the rules to say.
pub fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| "a code is one to three letters, digits or signs, such as I or C1".to_owned())
}

/// One of the words of a list.
pub fn word<T: FromStr + VariantArray + Copy + Into<&'static str>>(text: &str) -> Result<T, String> {
    let all = || T::VARIANTS.iter().map(|one| (*one).into()).collect::<Vec<&str>>().join(", ");
    text.parse().map_err(|_| format!("write one of {}", all()))
}
