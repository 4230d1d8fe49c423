//! What of the caseload is shown.

use crate::domain::cases::caseload::{OnCaseload, Pressing};
use crate::domain::name::fold;
use crate::screen::view_context::ViewContext;

/// What was chosen by keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// At least so pressing.
    pub pressing: Option<Pressing>,
    /// Only what whoever sits here sees to.
    pub is_mine: bool,
    /// Only this stage.
    pub stage: Option<String>,
    /// Only this year group.
    pub year: Option<i64>,
}

impl Filter {
    /// Only what is so pressing; everything again, if that is so already.
    pub fn switch(&mut self, pressing: Pressing) {
        self.pressing = (self.pressing != Some(pressing)).then_some(pressing);
    }

    /// The next stage of the school's ladder; after the last, every stage.
    pub fn next_stage(&mut self, context: &ViewContext) {
        let mut names = context.roll().school.case_stages.iter().map(|stage| stage.name.clone());
        self.stage = match self.stage.take() {
            None => names.next(),
            Some(here) => names.skip_while(|name| *name != here).nth(1),
        };
    }

    /// The next year group; after the last, every year.
    pub fn next_year(&mut self, context: &ViewContext) {
        let years = context.roll().groups.iter().filter_map(|group| group.year);
        self.year = years.filter(|year| self.year.is_none_or(|here| *year > here)).min();
    }

    /// Whether a row is shown, with what is typed besides.
    pub fn admits(&self, row: &OnCaseload, typed: &str, context: &ViewContext) -> bool {
        let roll = context.roll();
        let year = || roll.pupil(row.pupil).and_then(|pupil| roll.year_of(pupil));
        let stage = || row.case.as_ref().map(|case| case.stage.as_str());
        self.pressing.is_none_or(|least| row.pressing(context.now).is_some_and(|pressing| pressing <= least))
            && (!self.is_mine || row.is_of(&context.officer))
            && (self.stage.is_none() || self.stage.as_deref() == stage())
            && (self.year.is_none() || self.year == year())
            && is_found(row, &fold(typed), context)
    }

    /// "due, mine, Panel, Year 8, “khan”".
    pub fn describe(&self, typed: &str) -> String {
        let pressing = self.pressing.map(|pressing| match pressing {
            Pressing::Overdue => "overdue".to_owned(),
            Pressing::Today | Pressing::Later => "due".to_owned(),
        });
        let mine = self.is_mine.then(|| "mine".to_owned());
        let year = self.year.map(|year| format!("Year {year}"));
        let typed = Some(typed.trim()).filter(|typed| !typed.is_empty()).map(|typed| format!("“{typed}”"));
        let parts = [pressing, mine, self.stage.clone(), year, typed];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether a word of the row begins so for every word typed.
fn is_found(row: &OnCaseload, typed: &str, context: &ViewContext) -> bool {
    if typed.is_empty() {
        return true;
    }
    let mut by = context.roll().name_and_group(row.pupil);
    if let Some(case) = &row.case {
        by = format!("{by} {}", case.stage);
        if super::sees_cases(context) {
            by = format!("{by} {} {}", case.owner, case.opening.of);
        }
    }
    row.due.iter().for_each(|due| by = format!("{by} {} {}", due.who, due.what));
    let by = fold(&by);
    typed.split(' ').all(|word| by.split(' ').any(|one| one.starts_with(word)))
}
