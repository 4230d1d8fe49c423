//! Messages that files brought: read, and put down as read. What follows from one is recorded as of any message.

use hashbrown::HashSet;
use ratatui::layout::{Position, Rect};

use super::section::{Below, Section, draw_below, draw_none, parts};
use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, ReadMessage};
use crate::domain::code::Code;
use crate::domain::facts::inbox::InboxMessage;
use crate::domain::incoming::waiting::{is_from_barred, perhaps};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Hint, SharedTyping};
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::picker::{Picker, SharedFinder};

crate::actions! {
    /// What keys mean in the inbox.
    pub Action in "inbox" {
        Read "read" "the chosen message is read" | "done message reply parent" records;
        About "about" "say whom it is about, and that it is read" | "pupil message";
    }
}

/// Columns of when, and of whom it is about.
const WHEN: u16 = 14;
const WHO: u16 = 26;
const WHO_ON_A_SMALL_SCREEN: u16 = 18;
/// Lines below the list.
const BELOW: u16 = 9;
/// What stands for a digit that is masked.
const MASK: &str = "•";

/// One message as it is read.
struct Message {
    one: InboxMessage,
    /// It comes from somebody who must not be contacted.
    is_barred: bool,
    perhaps: Option<Code>,
}

/// The messages that wait.
pub struct Inbox {
    keys: Keymap<Action>,
    typing: SharedTyping,
    finder: SharedFinder,
    list: List<i64>,
    messages: Vec<Message>,
    is_there: bool,
    /// Of which message it is asked whom it is about.
    asked: Option<(i64, Picker)>,
}

impl Inbox {
    /// None, until they are told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, finder: SharedFinder) -> Inbox {
        let (list, messages) = (List::default(), Vec::new());
        Inbox { keys, typing, finder, list, messages, is_there: false, asked: None }
    }

    fn chosen(&self) -> Option<&Message> {
        self.messages.iter().find(|message| Some(message.one.number) == self.list.chosen())
    }

    fn begin(&mut self, action: Action, context: &ViewContext) -> Outcome {
        let Some(Message { one, .. }) = self.chosen() else {
            return Outcome::Notice("No message waits to be read.".to_owned());
        };
        if let Err(refusal) = check_record(context.role, Role::Officer, "reading a message") {
            return Outcome::Notice(format!("Not done: {refusal}."));
        }
        match action {
            Action::Read => Outcome::Do(Act::ReadMessage(ReadMessage { message: one.number, about: None })),
            Action::About => {
                let (number, likely) = (one.number, one.pupil.into_iter().collect::<HashSet<_>>());
                let picker = Picker::new(self.typing.clone(), self.finder.clone(), context, one.pupil);
                self.list.confirm();
                self.asked = Some((number, picker.of_everybody().preferring(likely)));
                Outcome::Nothing
            }
        }
    }

    fn answer(&mut self, key: Key) -> Option<Outcome> {
        let (message, picker) = self.asked.as_mut()?;
        let message = *message;
        let outcome =
            picker.handle_key(key, |pupil| Outcome::Do(Act::ReadMessage(ReadMessage { message, about: Some(pupil) })));
        if outcome == Outcome::Close {
            self.asked = None;
            return Some(Outcome::Nothing);
        }
        Some(outcome)
    }

    /// The chosen message whole.
    fn below(&self, canvas: &Canvas<'_>) -> Below {
        let Canvas { context, theme, .. } = *canvas;
        let Some(Message { one, is_barred, perhaps }) = self.chosen() else { return Vec::new() };
        let received =
            format!("{} {} by {}", one.date.format("%a %-d %b"), one.time.format("%H:%M"), one.channel.describe());
        let from = one.from.as_ref().map(|from| format!("from {from}")).unwrap_or_default();
        let perhaps = perhaps.map(|code| format!("perhaps {code}")).unwrap_or_default();
        let joined = |parts: &[&str]| {
            let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
            said.join(", ")
        };
        let mut below = vec![
            (joined(&[&about(one, context), &received, &one.by, &from]), theme.title),
            (joined(&[&one.reason, &perhaps, &one.days()]), theme.plain),
        ];
        if *is_barred {
            below.insert(1, ("From somebody who must not be contacted about the pupil.".to_owned(), theme.refused));
        }
        below.extend(one.words.lines().map(|line| (line.to_owned(), theme.plain)));
        below.push((format!("{} line {} (import {})", one.file, one.line, one.act.0), theme.dim));
        below.retain(|(text, _)| !text.is_empty());
        for (text, _) in &mut below {
            *text = text.replace(MASK, theme.symbols.hidden);
        }
        below
    }
}

/// Whom it is about: "Khan, Amira 8KM", or the file's words where that is not sure.
fn about(one: &InboxMessage, context: &ViewContext) -> String {
    match one.pupil {
        Some(pupil) => context.roll().name_and_group(pupil),
        None => format!("about whom? “{}”", one.about),
    }
}

impl Section for Inbox {
    fn name(&self) -> &'static str {
        "Inbox"
    }

    fn count(&self) -> Option<usize> {
        Some(self.messages.len())
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.answer(key) {
            return outcome;
        }
        match self.keys.get(key) {
            Some(action) => self.begin(action, context),
            None => match (self.list.handle_key(key, &self.typing.list), self.pupil()) {
                (Some(list::Action::Open), Some(pupil)) => Outcome::Open(Ask::Card(pupil)),
                (Some(_), _) => Outcome::Nothing,
                (None, _) => Outcome::Ignored,
            },
        }
    }

    fn paste(&mut self, text: &str) {
        if let Some((_, picker)) = &mut self.asked {
            picker.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext, is_own: bool) {
        if let Some((_, picker)) = &mut self.asked {
            picker.refresh(context);
        }
        let Some(files) = &context.files else { return };
        self.is_there = true;
        let message = |one: &InboxMessage| {
            // Masked for good: what is private of a message is not shown here at all.
            let (is_barred, perhaps) = (is_from_barred(one, context.roll()), perhaps(one, context.roll()));
            Message { one: one.clone().masked(), is_barred, perhaps }
        };
        self.messages = files.messages.iter().map(message).collect();
        self.list.refresh(files.messages.iter().map(|one| one.number).collect(), |_| is_own);
    }

    fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    fn stop_asking(&mut self) {
        self.asked = None;
    }

    fn pupil(&self) -> Option<PupilId> {
        self.chosen().and_then(|message| message.one.pupil)
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let (context, hidden) = (canvas.context, canvas.theme.symbols.hidden);
        if self.list.is_empty() {
            let about =
                "Replies and absences that parents reported, brought by files, wait here until somebody has read them.";
            draw_none(self.is_there, "No message waits to be read.", about, area, canvas);
            return None;
        }
        let [list, below, _] = parts(area, BELOW, false);
        let who = if area.width < 90 { WHO_ON_A_SMALL_SCREEN } else { WHO };
        self.list.draw(list, canvas, |mut row| {
            let Some(Message { one, .. }) = self.messages.get(row.place) else { return };
            let when = format!("{} {}", one.date.format("%-d %b"), one.time.format("%H:%M"));
            row.line.bar(&when, WHEN, row.style);
            match one.pupil.and_then(|id| context.pupil(id)) {
                Some(pupil) => row.line.bar_name(&context.roll().name_with_group(pupil), who, row.style),
                None => row.line.bar(&format!("? {}", one.about), who, row.style),
            };
            let words = [one.reason.as_str(), one.words.lines().next().unwrap_or_default()];
            let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
            let room = row.line.room();
            let words = words.join(": ").replace(MASK, hidden);
            row.line.column(&words, room, row.style);
        });
        match &self.asked {
            None => {
                draw_below(&self.below(canvas), below, canvas);
                None
            }
            Some((_, picker)) => {
                draw_below(&vec![("Whom is it about?".to_owned(), canvas.theme.title)], below, canvas);
                let area = Rect { y: below.y.saturating_add(2), height: below.height.saturating_sub(2), ..below };
                picker.draw(area, canvas)
            }
        }
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asked.is_some() {
            return self.typing.dialog.hints(&[(Typed::Save, "about them, and read"), (Typed::Close, "back")]);
        }
        match self.chosen() {
            None => Vec::new(),
            Some(_) => self.keys.hints(&[(Action::Read, "is read"), (Action::About, "about whom")]),
        }
    }
}
