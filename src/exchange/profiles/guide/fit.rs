//! Whether what stands in a column can be one of ours, and how that is told.

use hashbrown::HashSet;

use super::order::is_date;
use super::sample::Cells;
use crate::domain::code::{Code, CodeTable};
use crate::domain::incoming::RAW_MAX;
use crate::domain::name::fold;
use crate::domain::people::pupil::Flag;
use crate::domain::people::upn;
use crate::domain::school::roll::Roll;
use crate::exchange::cells::blank::stands_for_nothing;
use crate::exchange::cells::key::tidy_upn;
use crate::exchange::cells::year::parse_year;
use crate::exchange::kind::KEYS;
use crate::exchange::marks::heading::session;
use crate::exchange::profiles::personal::is_personal;
use crate::exchange::profiles::profile::MARKS;

/// Digits of a telephone number, at least and at most.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=14;
/// The longest list of minutes late, places in an order, flags.
const MINUTES_MAX: u32 = 480;
const ORDER_MAX: u32 = 20;
/// The shortest text of marks of several sessions.
const STRING_LEAST: usize = 4;
/// Headings of columns that are nobody's business at a desk, whatever they are taken for.
const PRIVATE: [&str; 12] = [
    "medical",
    "note",
    "comment",
    "detail",
    "address",
    "phone",
    "telephone",
    "mobile",
    "mail",
    "birth",
    "dob",
    "emergency",
];

/// How well what stands in a column is one of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fit {
    /// It is told by what stands there alone, for this reason.
    Told(String),
    /// It can be, for this reason.
    Fits(String),
    /// Anything could stand there.
    Open,
    /// It cannot be, for this reason.
    Misfits(String),
}

/// What is known beside the table itself.
pub struct Beside {
    admission_nos: HashSet<String>,
    groups: HashSet<String>,
}

impl Beside {
    /// The pupils and groups of `roll`.
    pub fn new(roll: &Roll) -> Beside {
        Beside {
            admission_nos: roll.pupils.iter().filter_map(|pupil| pupil.admission_no.clone()).collect(),
            groups: roll.groups.iter().map(|group| fold(&group.name)).collect(),
        }
    }

    /// Whether the cells are tutor groups of the roll.
    fn are_groups(&self, cells: &Cells) -> bool {
        cells.are(|text| self.groups.contains(&fold(text)))
    }

    /// Whether it is an admission number of the roll.
    fn is_admission_no(&self, text: &str) -> bool {
        self.admission_nos.contains(bare(text))
    }
}

/// How well `cells` are the column of ours called `column`.
pub fn fit(column: &str, cells: &Cells, codes: &CodeTable, beside: &Beside) -> Fit {
    let all = cells.values.len();
    if all == 0 {
        return Fit::Open;
    }
    let tell = |is: &dyn Fn(&str) -> bool, yes: &str, no: &str| {
        let many = cells.count(is);
        match cells.are(is) {
            true if many == all => Fit::Fits(yes.to_owned()),
            true => Fit::Fits(format!("{yes}, {many} of {all}")),
            false => Fit::Misfits(format!("only {many} of {all} different cells {no}")),
        }
    };
    match column {
        "upn" => upns(cells),
        "admission_no" => numbers(cells, beside),
        "mis_id" => match are_numbers(cells, beside) {
            true => Fit::Open,
            false => Fit::Misfits("these are no numbers".to_owned()),
        },
        "date" | "from" | "until" | "review" | "date_of_birth" | "week" => tell(&is_date, "dates", "are dates"),
        "session" => match tell(&|text| session(text).is_some(), "words for morning and afternoon", "are AM or PM") {
            Fit::Fits(why) => Fit::Told(why),
            other => other,
        },
        "code" => marks(cells, codes),
        MARKS => strings(cells, codes),
        // Which half of the day it is, is told only by the mark that stands in no other.
        "am" | "pm" => match marks(cells, codes) {
            Fit::Told(why) => {
                let has = |one: &str| cells.values.iter().any(|value| bare(&value.text) == one);
                let is_it = if column == "am" { has("/") && !has("\\") } else { has("\\") && !has("/") };
                let is_other = !is_it && has("/") != has("\\");
                match (is_it, is_other) {
                    (true, _) => Fit::Told(why),
                    (_, true) => Fit::Misfits(format!("{why}, which is of the other half of the day")),
                    (false, false) => Fit::Fits(why),
                }
            }
            other => other,
        },
        "minutes" => tell(&|text| is_small(text, MINUTES_MAX), "small numbers", "are minutes"),
        "order" => tell(&|text| is_small(text, ORDER_MAX), "small numbers", "are places in an order"),
        "year" => tell(&|text| parse_year(text).is_some(), "years of the curriculum", "are years of the curriculum"),
        "sex" => tell(&|text| matches!(fold(text).as_str(), "f" | "m" | "female" | "male"), "F and M", "are F or M"),
        "tutor_group" if beside.are_groups(cells) => Fit::Fits("tutor groups of your roll".to_owned()),
        "flags" => {
            let is_flags =
                |text: &str| text.split([' ', ',', ';']).all(|one| one.is_empty() || Flag::parse(one).is_some());
            tell(&is_flags, "flags", "are flags")
        }
        "phone" | "phone_2" | "phone_3" => tell(&is_phone, "telephone numbers", "are telephone numbers"),
        "email" => tell(&|text| text.contains('@'), "e-mail addresses", "are e-mail addresses"),
        "postcode" => tell(&is_postcode, "postcodes", "are postcodes"),
        "do_not_contact" | "parental_responsibility" => tell(
            &|text| matches!(fold(text).as_str(), "yes" | "no" | "y" | "n" | "true" | "false" | "1" | "0"),
            "yes and no",
            "are yes or no",
        ),
        "name_of_pupil" => match cells.are(|text| text.contains(", ")) {
            true => Fit::Fits("names such as “Surname, Forename”".to_owned()),
            false => Fit::Open,
        },
        "surname" | "forename" | "name" | "preferred_surname" | "preferred_forename" => tell(
            &|text| text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit()),
            "words",
            "are names",
        ),
        _ => Fit::Open,
    }
}

fn upns(cells: &Cells) -> Fit {
    let all = cells.values.len();
    let right = cells.count(|text| upn::check(&tidy_upn(text)).is_ok());
    let shaped = cells.count(|text| upn::has_shape(&tidy_upn(text)));
    match cells.are(|text| upn::has_shape(&tidy_upn(text))) {
        true if right == all => Fit::Told(format!("UPNs: {right} of {all} pass the check letter")),
        true if right * 10 >= all * 9 => {
            Fit::Told(format!("UPNs: {right} of {all} pass the check letter; the rest is refused or told of"))
        }
        true => Fit::Fits(format!("of the form of a UPN, but only {right} of {all} pass the check letter")),
        false => Fit::Misfits(format!("only {shaped} of {all} different cells are of the form of a UPN")),
    }
}

fn numbers(cells: &Cells, beside: &Beside) -> Fit {
    let all = cells.values.len();
    let on_roll = cells.count(|text| beside.is_admission_no(text));
    if on_roll > 1 && cells.are(|text| beside.is_admission_no(text)) {
        return Fit::Told(format!("admission numbers: {on_roll} of {all} are on your roll"));
    }
    match are_numbers(cells, beside) {
        true if on_roll > 0 => Fit::Fits(format!("{on_roll} of {all} are admission numbers of your roll")),
        true => Fit::Open,
        false => Fit::Misfits("these are no numbers of pupils".to_owned()),
    }
}

fn marks(cells: &Cells, codes: &CodeTable) -> Fit {
    let marks: Vec<&str> = cells.values.iter().map(|one| one.text.as_str()).filter(|text| !is_no_mark(text)).collect();
    let known = marks.iter().filter(|text| is_known(text, codes)).count();
    let has = |one: &str| marks.contains(&one);
    if marks.iter().any(|text| text.chars().count() > RAW_MAX) || known * 2 < marks.len().max(1) {
        return Fit::Misfits(format!("only {known} of {} different cells are codes of attendance", marks.len()));
    }
    let local = marks.len() - known;
    let others = if local > 0 { format!(", and {local} that are not ours") } else { String::new() };
    match (has("/"), has("\\")) {
        (true, _) | (_, true) => {
            Fit::Told(format!("marks: {} and {known} known codes{others}", if has("/") { "/" } else { "\\" }))
        }
        _ => Fit::Fits(format!("{known} known codes{others}")),
    }
}

/// The marks of many sessions in one text: long texts of nothing but codes and what stands where there is no mark.
fn strings(cells: &Cells, codes: &CodeTable) -> Fit {
    let is_mark = |sign: char| " -#".contains(sign) || sign.is_ascii_digit() || is_known(&sign.to_string(), codes);
    let is_string = |text: &str| text.chars().nth(STRING_LEAST - 1).is_some() && bare(text).chars().all(is_mark);
    let has_slashes = cells.values.iter().any(|one| one.text.contains('/') && one.text.contains('\\'));
    match cells.are(is_string) {
        true if has_slashes => Fit::Told("marks of many sessions, one behind the other".to_owned()),
        true => Fit::Fits("codes, one behind the other".to_owned()),
        false => Fit::Misfits("these are no marks of many sessions in one text".to_owned()),
    }
}

/// Whether a cell is a national code.
pub fn is_known(text: &str, codes: &CodeTable) -> bool {
    Code::parse(bare(text)).is_some_and(|code| codes.row(code).is_some())
}

/// Whether a cell says that there is no mark, or that school was closed.
pub fn is_no_mark(text: &str) -> bool {
    matches!(bare(text), "" | "-" | "--" | "#")
}

/// A cell without a spreadsheet's apostrophe.
pub fn bare(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

/// Whether the cells could be numbers of pupils: each one word with a digit in it, and neither dates, times nor groups.
pub fn are_numbers(cells: &Cells, beside: &Beside) -> bool {
    let is_number = |text: &str| {
        !text.contains([' ', ':'])
            && text.len() <= 40
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && !is_date(text)
    };
    cells.are(is_number) && !beside.are_groups(cells)
}

fn is_small(text: &str, most: u32) -> bool {
    stands_for_nothing(text) || text.parse::<u32>().is_ok_and(|number| number <= most)
}

/// Whether a cell is a telephone number, as far as that can be told.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let begins = text.starts_with(['0', '+', '(']) || text.contains(' ');
    PHONE_DIGITS.contains(&digits) && begins && !is_date(text) && !text.contains(':')
}

fn is_postcode(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inward = plain.get(plain.len().saturating_sub(3)..).unwrap_or_default();
    let is_inward =
        matches!(inward, [digit, one, other] if digit.is_ascii_digit() && one.is_alphabetic() && other.is_alphabetic());
    (5..=7).contains(&plain.len()) && is_inward && plain.first().is_some_and(|c| c.is_alphabetic())
}

/// Whether the cells of a column are masked until they are asked for: what it is taken for, its heading, or one of the first `shown` cells
/// says so.
pub fn is_private(cells: &Cells, column: Option<&str>, shown: usize) -> bool {
    if column.is_some_and(|one| KEYS.contains(&one)) {
        return false;
    }
    let heading = super::plain_heading(&cells.heading);
    let of_ours = column.is_some_and(|one| {
        one.starts_with("phone")
            || one.starts_with("address")
            || matches!(one, "email" | "postcode" | "date_of_birth" | "note")
    });
    let is_one = |text: &str| is_phone(text) || text.contains('@') || is_postcode(text);
    let has_personal = || cells.values.iter().take(shown).any(|one| is_personal(&one.text));
    of_ours
        || has_personal()
        || PRIVATE.iter().any(|word| heading.contains(word))
        || cells.count(is_one) * 2 > cells.values.len()
}
