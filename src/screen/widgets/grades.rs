//! How loudly a list says what is overdue: where all is bright, nothing is.

use ratatui::style::Style;

use crate::screen::theme::Theme;

/// How many rows are bold, behind the one that is bright.
const FEW: usize = 4;

/// The grades of a list's rows: the first that is overdue is bright, the next few are bold, and the others say it in words alone.
pub struct Grades<'a> {
    theme: &'a Theme,
    /// The places of those that are bright or bold.
    first: Vec<usize>,
}

impl<'a> Grades<'a> {
    /// Of a list whose rows, in their order, are overdue or not.
    pub fn new(theme: &'a Theme, overdue: impl Iterator<Item = bool>) -> Grades<'a> {
        let places = overdue.enumerate().filter(|(_, overdue)| *overdue).map(|(place, _)| place);
        Grades { theme, first: places.take(FEW + 1).collect() }
    }

    /// The style of what is due in the row at `place`.
    pub fn of(&self, place: usize) -> Style {
        match self.first.iter().position(|first| *first == place) {
            Some(0) => self.theme.alarm,
            Some(_) => self.theme.overdue,
            None => self.theme.plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::theme::Look;

    #[test]
    fn one_is_bright_a_few_are_bold_and_the_rest_is_quiet() {
        let theme = Theme::new(Look::default());
        let grades = Grades::new(&theme, (0..40).map(|place| place % 2 == 1));
        let of = |style| (0..40).filter(|place| grades.of(*place) == style).collect::<Vec<_>>();
        assert_eq!(of(theme.alarm), [1]);
        assert_eq!(of(theme.overdue), [3, 5, 7, 9]);
        assert_eq!(of(theme.plain).len(), 35);
    }
}
