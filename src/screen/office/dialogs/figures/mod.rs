//! The school's figures: a table that opens row by row onto what it stands on, down to a pupil's marks, split in other ways by a key
//! each, with a chart beside it. The store worker counts each page; what is typed says whose figures, of which dates and known when.

mod chart;
mod level;
mod table;
mod view;
mod words;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::typed::{self, Filter};
use crate::domain::figures::page::{Asked, Page, Split};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::sheet::Sheet;
use level::Level;
use table::Table;

crate::actions! {
    /// What keys mean in the figures.
    pub Action in "figures" {
        Filter "filter" "whose figures, of when: FSM 9 from 1 sep, as of 1 nov";
        Groups "groups" "by year group, or by the tutor groups of one";
        Pupils "pupils" "by pupil";
        Cohorts "cohorts" "by cohort, each with its gap";
        HalfDays "weekdays" "by weekday, mornings and afternoons";
        Codes "codes" "by code";
        Weeks "weeks" "by week, beside the year before";
        HalfTerms "half-terms" "by half-term";
        Bands "bands" "by band of absence";
        NextSplit "next-split" "split in the next way";
        PreviousSplit "previous-split" "split in the way before";
        Sort "sort" "the lowest attendance first, or in order again";
        Chart "chart" "the chart in the table's place, or the table again";
        Back "back" "back to what this was opened from; from the school, close";
        Close "close" "close";
    }
}

/// What is put down when pupils are listed, as the command puts it.
const BY_PUPIL: &str = "figures by pupil";

/// The figures.
pub struct FiguresCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    /// What was opened, the school first: it is never empty.
    levels: Vec<Level>,
    /// What is asked for, as last typed.
    filter: (String, Filter),
    field: Field,
    /// Letters go into the field.
    is_typing: bool,
    /// What is asked for now, and whether the store worker is to be asked.
    asked: Asked,
    lacks: bool,
    /// What came last, and its table.
    shown: Option<(Page, Table)>,
    list: List<RowId>,
    /// The list is to go back to the row that was chosen in it.
    is_entered: bool,
    is_lowest_first: bool,
    is_chart: bool,
}

impl FiguresCard {
    /// Of the whole school, this school year.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> FiguresCard {
        let level = Level::new(None, Split::Groups);
        let filter = Filter::default();
        let asked = level::asked(&[], &filter, &level, context.now.date());
        FiguresCard {
            keys,
            typing,
            levels: vec![level],
            filter: (String::new(), filter),
            field: Field::default(),
            is_typing: false,
            asked,
            lacks: true,
            shown: None,
            list: List::default(),
            is_entered: true,
            is_lowest_first: false,
            is_chart: false,
        }
    }

    fn level(&self) -> Option<&Level> {
        self.levels.last()
    }

    /// The page that was asked for, once it has come and may be shown.
    fn page(&self) -> Option<(&Page, &Table)> {
        let (page, table) = self.shown.as_ref().filter(|(page, _)| page.asked == self.asked)?;
        self.is_recorded().then_some((page, table))
    }

    /// That pupils are listed here need not be put down, or has been.
    fn is_recorded(&self) -> bool {
        self.level().is_some_and(|level| level.split != Split::Pupils || level.is_recorded)
    }

    /// What is asked for by now: it is asked for anew, and the list begins anew.
    fn ask(&mut self, today: NaiveDate) {
        let Some(level) = self.levels.last() else { return };
        self.asked = level::asked(&self.levels, &self.filter.1, level, today);
        (self.lacks, self.is_entered) = (true, true);
    }

    /// Go on to a level. Pupils are listed only to whom the command lists them, and that is put down.
    fn enter(&mut self, level: Level, context: &ViewContext) -> Outcome {
        let lists_pupils = level.split == Split::Pupils;
        if lists_pupils && let Err(refusal) = check_matter(context.role, Matter::Export) {
            return Outcome::Notice(format!("{refusal}."));
        }
        let is_recorded = level.is_recorded;
        self.levels.push(level);
        self.ask(context.now.date());
        match lists_pupils && !is_recorded {
            true => Outcome::Disclose(Disclosure::export(BY_PUPIL, None)),
            false => Outcome::Nothing,
        }
    }

    /// Split what is shown in another way.
    fn split(&mut self, split: Split, context: &ViewContext) -> Outcome {
        let Some(level) = self.levels.last() else { return Outcome::Nothing };
        if let Some(alone) = level.opened.filter(|opened| opened.has_pupils_alone() && split != Split::Pupils) {
            let what = alone.describe(context.roll(), context.now.date());
            return Outcome::Notice(format!("The {what} has its pupils alone. Go back to split the rest."));
        }
        let Some(before) = self.levels.pop() else { return Outcome::Nothing };
        let outcome = self.enter(Level { split, chosen: None, ..before.clone() }, context);
        if let Outcome::Notice(_) = outcome {
            self.levels.push(before);
        }
        outcome
    }

    /// Open the chosen row onto what it stands on.
    fn open(&mut self, context: &ViewContext) -> Outcome {
        let Some(row) = self.list.chosen().filter(|_| self.page().is_some()) else { return Outcome::Nothing };
        if let Some(level) = self.levels.last_mut() {
            level.chosen = Some(row);
        }
        let is_of_group = self.asked.within.iter().any(|row| matches!(row, RowId::Group(_)));
        let split = match row {
            RowId::Pupil(pupil) => return Outcome::Open(Ask::Year(pupil)),
            RowId::Year(_) => Split::Groups,
            RowId::HalfTerm(..) => Split::Weeks,
            RowId::Week(_) if !is_of_group => Split::Groups,
            RowId::Week(_)
            | RowId::Group(_)
            | RowId::Cohort(_)
            | RowId::HalfDay(..)
            | RowId::Code(_)
            | RowId::Band(_) => Split::Pupils,
        };
        self.enter(Level::new(Some(row), split), context)
    }

    /// Back to what this was opened from; whether it was opened from anything.
    fn go_back(&mut self, today: NaiveDate) -> bool {
        let is_deeper = self.levels.len() > 1;
        if is_deeper {
            self.levels.pop();
            self.ask(today);
        }
        is_deeper
    }

    /// Take what is typed, if it is understood.
    fn take_filter(&mut self, context: &ViewContext) -> Outcome {
        let (text, today) = (self.field.text().trim().to_owned(), context.now.date());
        let filter = match typed::read(&text, today, context.roll()) {
            Ok(filter) => filter,
            Err(why) => return Outcome::Notice(why),
        };
        self.is_typing = false;
        let split = self.level().map_or(Split::Groups, |level| level.split);
        let has_group = filter.within.iter().any(|row| matches!(row, RowId::Group(_)));
        let may_list = check_matter(context.role, Matter::Export).is_ok();
        self.filter = (text, filter);
        self.levels.clear();
        let split = match split {
            Split::Groups if has_group && may_list => Split::Pupils,
            Split::Pupils if !may_list => Split::Groups,
            split => split,
        };
        self.enter(Level::new(None, split), context)
    }

    fn typed(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match Entered::by(key, &mut self.field, &self.typing) {
            Entered::Save => return self.take_filter(context),
            Entered::Close => (self.is_typing, self.field) = (false, Field::holding(&self.filter.0)),
            Entered::Typed | Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    /// Give the list the rows of the page, in the order that is wanted.
    fn list_rows(&mut self) {
        let Some((page, table)) = &mut self.shown else { return };
        table.put_in_order(page, self.is_lowest_first);
        let ids: Vec<RowId> = table.rows.iter().map(|row| row.id).collect();
        if std::mem::take(&mut self.is_entered) {
            let chosen = self.levels.last().and_then(|level| level.chosen);
            self.list.restart_at(ids, chosen);
        } else {
            self.list.refresh(ids, |_| false);
        }
    }

    fn handle_action(&mut self, action: Action, context: &ViewContext) -> Outcome {
        let beside = |step: usize| {
            let here = Split::ALL.iter().position(|split| *split == self.asked.split).unwrap_or_default();
            Split::ALL.get((here + step) % Split::ALL.len()).copied().unwrap_or(Split::Groups)
        };
        let split = match action {
            Action::Groups => Split::Groups,
            Action::Pupils => Split::Pupils,
            Action::Cohorts => Split::Cohorts,
            Action::HalfDays => Split::HalfDays,
            Action::Codes => Split::Codes,
            Action::Weeks => Split::Weeks,
            Action::HalfTerms => Split::HalfTerms,
            Action::Bands => Split::Bands,
            Action::NextSplit => beside(1),
            Action::PreviousSplit => beside(Split::ALL.len() - 1),
            Action::Filter => {
                (self.is_typing, self.field) = (true, Field::offering(&self.filter.0));
                return Outcome::Nothing;
            }
            Action::Sort => {
                (self.is_lowest_first, self.is_entered) = (!self.is_lowest_first, true);
                self.list_rows();
                return Outcome::Nothing;
            }
            Action::Chart => {
                self.is_chart = !self.is_chart;
                return Outcome::Nothing;
            }
            Action::Back if self.go_back(context.now.date()) => return Outcome::Nothing,
            Action::Back | Action::Close => return Outcome::Close,
        };
        self.split(split, context)
    }
}

impl Dialog for FiguresCard {
    /// "Figures  FSM  Year 9 › 9BW  1 Sep to 24 Nov 2026  as known on 1 Nov".
    fn title(&self, context: &ViewContext) -> String {
        words::title(&self.asked, context)
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if self.is_typing {
            return self.typed(key, context);
        }
        if let Some(action) = self.keys.get(key) {
            return self.handle_action(action, context);
        }
        match self.list.handle_key(key, &self.typing.list) {
            Some(list::Action::Open) => self.open(context),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.is_typing {
            self.field.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let today = context.now.date();
        // "Last week" is another after midnight.
        if let Ok(filter) = typed::read(&self.filter.0, today, context.roll()) {
            self.filter.1 = filter;
        }
        let is_entered = self.is_entered;
        self.ask(today);
        self.is_entered = is_entered;
    }

    fn lacks_figures(&mut self) -> Option<Asked> {
        std::mem::take(&mut self.lacks).then(|| self.asked.clone())
    }

    fn set_figures(&mut self, page: Page, context: &ViewContext) {
        // Of what was asked for before the officer went on: its own is on its way.
        if page.asked == self.asked {
            let table = Table::new(&page, context.roll());
            self.shown = Some((page, table));
            self.list_rows();
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        match self.list.chosen().filter(|_| self.page().is_some()) {
            Some(RowId::Pupil(pupil)) => Some(pupil),
            Some(_) | None => None,
        }
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        if let Some(level) = self.levels.last_mut() {
            level.is_recorded |= disclosure.shown == Shown::Export && disclosure.what == BY_PUPIL;
        }
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_typing
    }

    fn sheet(&self) -> Option<Sheet> {
        let (page, _) = self.page().filter(|_| !self.is_typing)?;
        Some(match page.asked.split {
            Split::Pupils => Sheet::of(None, BY_PUPIL),
            Split::Groups
            | Split::Cohorts
            | Split::HalfDays
            | Split::Codes
            | Split::Weeks
            | Split::HalfTerms
            | Split::Bands => Sheet::for_everybody("figures"),
        })
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        self.draw_figures(area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.is_typing {
            let done = self.typing.hint(Typed::Save, "count these");
            return vec![done, self.typing.hint(Typed::Close, "as before")];
        }
        let back = if self.levels.len() > 1 { "back" } else { "close" };
        let open = self.typing.list.hint(list::Action::Open, "open the row");
        let sort = if self.is_lowest_first { "in order" } else { "lowest first" };
        let chart = if self.is_chart { "table" } else { "chart" };
        let keys = [
            (Action::Filter, "whose, when"),
            (Action::NextSplit, "split"),
            (Action::Chart, chart),
            (Action::Sort, sort),
        ];
        self.keys.hints(&[(Action::Back, back)]).into_iter().chain([open]).chain(self.keys.hints(&keys)).collect()
    }
}
