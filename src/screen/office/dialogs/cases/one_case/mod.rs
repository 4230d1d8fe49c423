//! A pupil's case: stage, owner, targets, what is due, the triggers that are met; and the chronology, which scrolls. A key each puts
//! something down.

mod view;

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::calendar::Calendar;
use crate::domain::cases::chronology::Chronology;
use crate::domain::cases::file::CaseFile;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{PupilId, Tier};
use crate::domain::year::previous_year;
use crate::keys::{Key, Keymap};
use crate::report::chronology::document;
use crate::screen::casework::{CaseAnswer, CaseEntry, CaseQuestion};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{self, Reading};
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean in a pupil's case, besides those of reading.
    pub Action in "case" {
        Open "open" "open a case";
        Contact "contact" "put a contact down: a letter, a call, a text, a talk" | "phone email parent";
        Letters "letters" "make letters to the parents" | "write warning concern invite template post";
        Gone "letter-gone" "what became of a letter: sent, handed over, came back" | "posted delivered returned";
        Meeting "meeting" "put a meeting down, with what was agreed" | "panel contract review minutes";
        Visit "visit" "leave for a home visit; while one is out, they are back";
        Leave "leave" "put a request for leave down" | "holiday term time";
        Decide "decide" "say how leave was decided" | "grant refuse";
        Done "done" "what a meeting agreed is done" | "action";
        Improvement "improvement" "a notice to improve is given" | "final warning";
        ImprovementEnd "improvement-end" "how a notice to improve ended" | "met withdrawn";
        Penalty "penalty" "a penalty notice was issued" | "fine";
        PenaltyEnd "penalty-end" "what became of a penalty notice" | "fine paid prosecuted withdrawn";
        Stage "stage" "move the case to another stage";
        Owner "owner" "say who sees to the case";
        Next "next" "say what is next, and when" | "date follow up";
        Target "target" "say what the plan aims at";
        End "end" "close the case";
        Turn "turn" "the newest of the chronology first, or last" | "order oldest";
        Earlier "earlier" "the chronology from a school year earlier on" | "previous history";
    }
}

/// A pupil's case file. The house's keys act on the pupil while it is open.
pub struct OneCase {
    keys: Keymap<Action>,
    reading: Reading,
    pupil: PupilId,
    /// The first day of the chronology.
    from: NaiveDate,
    told: Option<(Chronology, Figures)>,
    /// The chronology is to be asked for.
    lacks: bool,
    is_newest_first: bool,
    /// The last day of the chronology: today.
    until: NaiveDate,
    /// That it is opened here need not be recorded, or has been: until then it is not shown.
    is_recorded: bool,
}

impl OneCase {
    /// Of one pupil: from the school year on, or from the year in which the open case was opened. What is last is at the top.
    pub fn new(
        (keys, reading): (Keymap<Action>, Keymap<reading::Action>),
        typing: SharedTyping,
        pupil: PupilId,
        context: &ViewContext,
    ) -> OneCase {
        let today = context.now.date();
        let opened = file(pupil, context).and_then(CaseFile::open_case).map_or(today, |case| case.opened);
        OneCase {
            keys,
            reading: Reading::new(reading, typing),
            pupil,
            from: Calendar::year_start(opened.min(today)),
            told: None,
            lacks: true,
            is_newest_first: true,
            until: today,
            is_recorded: context.pupil(pupil).is_none_or(|pupil| pupil.tier() != Tier::Vulnerable),
        }
    }

    /// What an action puts down as the case file stands, of a visit that is out that they are back; or why nothing now. `None` of one
    /// that only shows.
    fn entry(&self, action: Action, context: &ViewContext) -> Option<Result<CaseEntry, &'static str>> {
        let file = file(self.pupil, context);
        let case = file.and_then(CaseFile::open_case);
        let is_open = |kind| file.is_some_and(|file| !file.to_end(kind, None, None).is_empty());
        let only_if = |is_so: bool, entry, else_says| if is_so { Ok(entry) } else { Err(else_says) };
        let of_case = |entry| only_if(case.is_some(), entry, "No case is open about the pupil.");
        let has_agreed = file.is_some_and(|file| !file.open_actions().is_empty());
        Some(match action {
            Action::Open => only_if(case.is_none(), CaseEntry::Open(None), "A case is open already."),
            Action::Contact => Ok(CaseEntry::Contact),
            Action::Gone => {
                let has_letters = file.is_some_and(|file| file.letters_to_follow().next().is_some());
                only_if(has_letters, CaseEntry::LetterGone, "No letter waits to be sent.")
            }
            Action::Meeting => Ok(CaseEntry::Meeting),
            Action::Visit if is_open(EventKind::Visit) => Ok(CaseEntry::VisitReturn),
            Action::Visit => Ok(CaseEntry::Visit),
            Action::Leave => Ok(CaseEntry::Leave),
            Action::Decide => only_if(is_open(EventKind::Leave), CaseEntry::Decision, "No leave is to be decided."),
            Action::Done => only_if(has_agreed, CaseEntry::ActionDone, "Nothing that was agreed is to be done."),
            Action::Improvement => Ok(CaseEntry::Improvement),
            Action::ImprovementEnd => {
                only_if(is_open(EventKind::Improvement), CaseEntry::ImprovementEnd, "No notice to improve runs.")
            }
            Action::Penalty => Ok(CaseEntry::Penalty),
            Action::PenaltyEnd => {
                only_if(is_open(EventKind::Penalty), CaseEntry::PenaltyEnd, "No penalty notice is put down.")
            }
            Action::Stage => of_case(CaseEntry::Stage),
            Action::Owner => of_case(CaseEntry::Owner),
            Action::Next => of_case(CaseEntry::Next),
            Action::Target => of_case(CaseEntry::Target),
            Action::End => of_case(CaseEntry::Close),
            Action::Letters | Action::Turn | Action::Earlier => return None,
        })
    }

    fn handle_action(&mut self, action: Action, context: &ViewContext) -> Outcome {
        match self.entry(action, context) {
            Some(Ok(entry)) => return Outcome::Open(Ask::CaseEntry(self.pupil, entry)),
            Some(Err(why)) => return Outcome::Notice(why.to_owned()),
            None if action == Action::Letters => return Outcome::Open(Ask::Letters(self.pupil)),
            None if action == Action::Earlier => (self.from, self.lacks) = (previous_year(self.from), true),
            None => self.is_newest_first = !self.is_newest_first,
        }
        Outcome::Nothing
    }
}

/// The pupil's case file, if there is one.
fn file(pupil: PupilId, context: &ViewContext) -> Option<&CaseFile> {
    context.day.case_files.get(&pupil)
}

impl Dialog for OneCase {
    fn title(&self, context: &ViewContext) -> String {
        let name = context.roll().name_and_group(self.pupil);
        let case = file(self.pupil, context).and_then(CaseFile::open_case);
        match case {
            Some(case) => format!("{name}  {}", case.stage),
            None => format!("{name}  no case open"),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (116, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if !self.reading.is_typing()
            && let Some(action) = self.keys.get(key)
        {
            return self.handle_action(action, context);
        }
        match self.reading.handle_key(key) {
            Some(reading::Action::Close) => Outcome::Close,
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.reading.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        (self.lacks, self.until) = (true, context.now.date());
    }

    fn lacks_of_cases(&mut self) -> Option<CaseQuestion> {
        let asks = std::mem::take(&mut self.lacks);
        asks.then_some(CaseQuestion::Chronology(self.pupil, self.from..=self.until))
    }

    fn set_cases(&mut self, answer: CaseAnswer) {
        match answer {
            CaseAnswer::Chronology(told, attendance) if told.pupil == self.pupil => {
                self.told = Some((told, attendance));
            }
            CaseAnswer::Chronology(..)
            | CaseAnswer::Attendance(_)
            | CaseAnswer::Letters(..)
            | CaseAnswer::Unauthorised(_) => {}
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.is_recorded |= disclosure.shown == Shown::Card && disclosure.pupil == Some(self.pupil);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        !self.reading.is_typing()
    }

    fn sheet(&self) -> Option<Sheet> {
        let is_there = self.told.is_some() && self.is_recorded && !self.reading.is_typing();
        is_there.then(|| Sheet::of(Some(self.pupil), "chronology"))
    }

    fn paper(&self, context: &ViewContext) -> Option<String> {
        let (told, _) = self.told.as_ref()?;
        Some(document(told, context.roll(), context.now).text())
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if !self.is_recorded {
            canvas.line(area, 0).text("Putting down that it is opened here.", theme.dim);
            return None;
        }
        let header = view::header(self, file(self.pupil, context), area.width, canvas);
        // The chronology has half of what is there at least.
        let lines = u16::try_from(header.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let parts = [Constraint::Length(lines), Constraint::Length(1), Constraint::Fill(1)];
        let [above, rule, below] = Layout::vertical(parts).areas(area);
        let cut = header.len().saturating_sub(usize::from(lines));
        for (row, (text, style)) in header.iter().take(lines.into()).enumerate() {
            let mut line = canvas.line(above, row);
            match cut {
                1.. if row + 1 == usize::from(lines) => line.more(cut + 1),
                _ => drop(line.column(text, area.width, *style)),
            }
        }
        view::draw_rule(self, rule, canvas);
        self.reading.draw(&view::chronology(self, below.width, context, theme), below, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.reading.is_typing() {
            return self.reading.hints();
        }
        let own = [
            (Action::Contact, "contact"),
            (Action::Letters, "letters"),
            (Action::Gone, "letter sent"),
            (Action::Meeting, "meeting"),
            (Action::Visit, "visit"),
            (Action::Next, "next"),
            (Action::Stage, "stage"),
            (Action::Done, "done"),
            (Action::Leave, "leave"),
            (Action::Open, "open a case"),
            (Action::Turn, "turn"),
        ];
        self.reading.hints().into_iter().take(1).chain(self.keys.hints(&own)).collect()
    }
}
