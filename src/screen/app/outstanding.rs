//! What is outstanding outside the panes: contradictions, searches that go on, marks at N that must be settled, triggers, what files
//! leave to be decided, and marks that are still coming in. Always in sight, as a count beside the key that
//! leads there.

use std::sync::Arc;

use super::App;
use crate::domain::absence::unresolved::unresolved_ns;
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::duration::overdue;
use crate::domain::cases::caseload::{Pressing, visits_overdue};
use crate::domain::cases::due::Due;
use crate::domain::checks::checks;
use crate::domain::counted::counted;
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::PupilTrigger;
use crate::domain::watch::Standing;
use crate::screen::event::Request;
use crate::screen::global_keys::Action;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::text::{Line, cut_in_the_middle, width};

/// Columns that the name of a refused file may take in the line at the foot.
const NAME: u16 = 32;

/// How many of each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outstanding {
    checks: usize,
    searches: usize,
    unresolved: usize,
    triggers: usize,
    cases: usize,
    waiting_marks: usize,
    is_import_under_way: bool,
    waiting_messages: usize,
    /// Home visits whose staff should be back by now, the longest overdue first.
    overdue_visits: Vec<(PupilId, Due)>,
    missing_from_export: usize,
}

impl Outstanding {
    /// As the day stands.
    pub fn of(context: &ViewContext) -> Outstanding {
        let due = |deadline: Option<chrono::NaiveDate>| deadline.is_some_and(|deadline| deadline <= context.day.date);
        Outstanding {
            checks: checks(&context.day, context.session(), context.time()).len(),
            searches: context.day.searches.iter().filter(|search| search.is_open()).count(),
            unresolved: unresolved_ns(&context.day).iter().filter(|one| due(one.deadline)).count(),
            triggers: context
                .triggers
                .iter()
                .flat_map(|all| all.iter())
                .filter(|one| one.trigger.kind.is_sent_off())
                .count(),
            cases: cases_due(context),
            waiting_marks: context.day.waiting_marks,
            is_import_under_way: context.day.is_import_under_way,
            waiting_messages: context.day.waiting_messages,
            overdue_visits: visits_overdue(&context.day.case_files, context.roll(), context.now),
            missing_from_export: context.day.missing_from_export,
        }
    }
}

/// How many pupils' cases want something today, for whoever may see cases.
fn cases_due(context: &ViewContext) -> usize {
    if check_matter(context.role, Matter::Case).is_err() {
        return 0;
    }
    let rows = context.day.caseload();
    rows.iter().filter(|row| row.pressing(context.now).is_some_and(|pressing| pressing <= Pressing::Today)).count()
}

impl App {
    /// Staff who are not back from a home visit, in place of all else: "S Marsh is not back from the home visit to Khan, Amira 8KM, due
    /// 10:15 (+25m)". A reader is not told to whom. Not at the gate, where others read the screen.
    pub(in crate::screen) fn overdue_visit(&self) -> Option<String> {
        let context = &self.context;
        if self.is_at_gate() {
            return None;
        }
        let all = &self.outstanding.overdue_visits;
        let (pupil, due) = all.first()?;
        let to = match check_matter(context.role, Matter::Case) {
            Ok(()) => format!("the home visit to {}", context.roll().name_and_group(*pupil)),
            Err(_) => "a home visit".to_owned(),
        };
        let (now, today) = (context.now, context.now.date());
        let when = match due.at.filter(|_| due.on == today) {
            Some(at) => format!("{} ({})", at.format("%H:%M"), overdue((now.time() - at).num_minutes())),
            None => named(due.on, today),
        };
        let more = if all.len() > 1 { format!("; {} more are out", all.len() - 1) } else { String::new() };
        Some(format!("{} is not back from {to}, due {when}{more}", clean(&due.who)))
    }

    /// The last file that was refused, and how many there are, if nobody has seen to it: "2 files refused, the last 06:02 marks.csv is a PDF". Not at the
    /// gate, where others read the screen, nor on another day.
    pub(in crate::screen) fn refused_file(&self) -> Option<String> {
        let (day, is_shown) = (&self.context.day, !self.is_at_gate() && self.told_of_another().is_none());
        let last = day.refused_files.last().filter(|_| is_shown)?;
        let when = match last.at.date() == day.date {
            true => last.at.format("%H:%M"),
            false => last.at.format("%a %-d %b %H:%M"),
        };
        let more = match day.refused_files.len() {
            1 => String::new(),
            all => format!("{all} files refused, the last "),
        };
        // Of a long name enough is left to know the file by, and room for the reason.
        let name = cut_in_the_middle(&last.file, NAME, &self.theme);
        let why = last.why.strip_prefix(&last.file).map_or(last.why.clone(), |why| format!("{name}{why}"));
        Some(format!("{more}{when} {why}"))
    }

    /// What the watch rules need of the past is as the file has it: then so are the triggers, for whoever may see them.
    pub(super) fn take_standing(&mut self, standing: &Arc<Standing>, requests: &mut Vec<Request>) {
        self.office.set_standing(standing, &self.context);
        if check_matter(self.context.role, Matter::Day).is_ok() {
            requests.push(Request::Triggers);
        }
    }

    /// The triggers have been worked out.
    pub(super) fn take_triggers(&mut self, found: Arc<Vec<PupilTrigger>>) {
        self.context.triggers = Some(found);
        self.outstanding = Outstanding::of(&self.context);
        self.with_dialog(|dialog, context| dialog.refresh(context));
    }

    /// What files leave to be decided has come.
    pub(super) fn take_files(&mut self, found: Arc<FilesWaiting>) {
        self.context.files = Some(found);
        self.with_dialog(|dialog, context| dialog.refresh(context));
    }

    /// Draw what is outstanding, each as its key and its count, in words where there is room for them; `kept` columns stay free. What is
    /// not is not named.
    pub(in crate::screen) fn draw_outstanding(&self, line: &mut Line<'_>, kept: u16, in_words: bool) {
        let Outstanding { checks, searches, unresolved, triggers, cases, .. } = self.outstanding;
        let Outstanding { waiting_marks, is_import_under_way, waiting_messages, missing_from_export, .. } =
            self.outstanding;
        let words = |count, one, more| if count == 1 { one } else { more };
        for (action, count, what, urgent) in [
            (Action::Checks, searches, words(searches, "search", "searches"), true),
            (Action::Checks, checks, words(checks, "check", "checks"), false),
            (Action::UnresolvedN, unresolved, "to settle", false),
            (Action::Triggers, triggers, words(triggers, "trigger", "triggers"), false),
            (Action::Cases, cases, words(cases, "case due", "cases due"), false),
        ] {
            let Some(key) = self.keymaps.global.first_key(action).filter(|_| count > 0) else { continue };
            let texts = [format!("{count} {what}"), count.to_string()];
            let has_room = |text: &&String| line.room() >= width(&key) + width(text) + 3 + kept;
            if let Some(text) = texts.iter().skip(usize::from(!in_words && !urgent)).find(has_room) {
                let style = if urgent { self.theme.overdue } else { self.theme.plain };
                line.text(&key, self.theme.key).skip(1).text(text, style).skip(2);
            }
        }
        // What is counted may be of a part of its marks.
        let text = "import under way";
        if is_import_under_way && line.room() >= width(text) + 2 + kept {
            line.text(text, self.theme.plain).skip(2);
        }
        let files = [
            (waiting_messages, format!("{} in the inbox", counted(waiting_messages, "message"))),
            (waiting_marks, format!("{} in quarantine", counted(waiting_marks, "mark"))),
            (missing_from_export, format!("{} to ask about", counted(missing_from_export, "leaver"))),
        ];
        let waits: Vec<&str> = files.iter().filter(|(count, _)| *count > 0).map(|(_, text)| text.as_str()).collect();
        let key = self.keymaps.global.first_key(Action::Files).filter(|_| !waits.is_empty());
        let Some(key) = key else { return };
        // In words what has room for them; else how many wait in all.
        let all: usize = files.iter().map(|(count, _)| count).sum();
        let has_room = |text: &str| line.room() >= width(&key) + width(text) + 3 + kept;
        let texts = [waits.join(", "), format!("{all} in files"), all.to_string()];
        let fitting = texts.iter().skip(if in_words { 0 } else { 2 }).find(|text| has_room(text));
        if let Some(text) = fitting {
            line.text(&key, self.theme.key).skip(1).text(text, self.theme.plain).skip(2);
        }
    }
}
