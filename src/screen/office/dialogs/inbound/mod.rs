//! A message about an absence: who, why, which code, when, who told us and how. Nothing is recorded before Enter.

mod view;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::absence::when::{
    AbsenceRange, WhenPhrase, back_fault, back_on, offer_in, phrase_outside, phrase_to_offer, phrases_in, read,
    time_to_come, with_phrase_time,
};
use crate::domain::act::{Act, LogPromise, ReportAbsence};
use crate::domain::calendar::session::{Session, SessionDate, minutes_after, parse_time};
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::{PromiseKind, USUAL_WAIT};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::reason::Offer;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Shared, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::picker::{Picker, SharedFinder};

crate::actions! {
    /// What keys mean in a message about an absence, beside those of every dialog.
    pub Action in typed "inbound" {
        Sibling "sibling" "the next sibling too, or not; on a sibling's line that one";
    }
}

/// The fields, in the order in which they are gone through: most messages are a pupil and a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Reason,
    Code,
    When,
    By,
    Channel,
    Seen,
    Back,
}

/// A message about an absence.
pub struct Inbound {
    keys: Keymap<Action>,
    typing: SharedTyping,
    picker: Picker,
    pupil: Option<PupilId>,
    /// Others of the household, and whether the message is about them too.
    siblings: Vec<(PupilId, bool)>,
    /// The siblings' lines are its rows behind.
    form: Form<Name>,
    /// What the reason's words say about when.
    phrases: Vec<WhenPhrase>,
    /// The officer was told that the words say a day that *When* has not: the next time it is saved.
    warned: bool,
}

/// A field that cannot be read, and what it needs.
type Fault = (Name, String);

impl Inbound {
    /// About nobody yet; `offered` is first to be taken.
    pub fn new(
        keys: Keymap<Action>,
        typing: SharedTyping,
        finder: SharedFinder,
        context: &ViewContext,
        offered: Option<PupilId>,
    ) -> Inbound {
        let picker = Picker::new(typing.clone(), finder, context, offered);
        let entry = |(name, label, row, columns)| Entry { name, label, row, columns, field: Field::offering("") };
        let mut form = Form::new(view::LABEL, view::ENTRIES.map(entry));
        form.offer(Name::Channel, last_channel(context).describe());
        Inbound { keys, typing, picker, pupil: None, siblings: Vec::new(), form, phrases: Vec::new(), warned: false }
    }

    /// What is offered about the pupil who was just taken, if anybody was.
    fn offer_for_pupil(&mut self, context: &ViewContext) {
        let Some(id) = self.pupil else { return };
        self.form.focus_on(Name::Reason);
        let siblings = context.pupil(id).into_iter().flat_map(|pupil| context.roll().siblings(pupil));
        self.siblings = siblings.filter(|one| one.on_roll(context.day.date)).map(|one| (one.id, false)).collect();
        self.form.set_rows_behind(self.siblings.len());
        // Most messages come from the first contact: offered, and typed over where they do not.
        let contact = context.roll().contacts(id).iter().find(|contact| !contact.is_barred());
        self.form.offer(Name::By, &contact.map(|contact| contact.introduced()).unwrap_or_default());
        self.offer_again(context);
    }

    /// What is offered follows from what is typed.
    fn offer_again(&mut self, context: &ViewContext) {
        self.warned = false;
        let code = self.offered(context).and_then(|offer| offer.code);
        self.form.offer(Name::Code, &code.map(|code| code.to_string()).unwrap_or_default());
        self.phrases = phrases_in(self.form.text(Name::Reason), self.code(), now(context), context.roll());
        self.form.offer(Name::When, &self.usual_day(context));
        let back = self.range(context).ok().and_then(|range| range.back);
        self.form.offer(Name::Back, &back.map(|back| back.format("%-d/%-m/%Y").to_string()).unwrap_or_default());
    }

    /// What the words say; else today, or on a closed day the next with school. An appointment takes a session, and not the day; a
    /// promise a time.
    fn usual_day(&self, context: &ViewContext) -> String {
        let (now, calendar) = (now(context), &context.roll().calendar);
        if self.promise(context).is_some() {
            let time = time_to_come(&self.phrases, now.date.and_time(context.time()));
            return time.unwrap_or_else(|| minutes_after(context.time(), USUAL_WAIT)).format("%H:%M").to_string();
        }
        let is_appointment = self.code() == Some(Code::M);
        let today = Session::BOTH.map(|session| SessionDate::new(now.date, session));
        let whole_today = |one: &WhenPhrase| one.meant.as_ref().is_ok_and(|range| [range.from, range.until] == today);
        let phrase = phrase_to_offer(&self.phrases, self.code(), now);
        if let Some(phrase) = phrase.filter(|one| !is_appointment || !whole_today(one)) {
            return phrase.words.clone();
        }
        let next = calendar.school_days_after(now.date).next().filter(|_| !calendar.is_school_day(now.date));
        match next {
            Some(next) => next.format("%-d/%-m").to_string(),
            None if is_appointment || now.session == Session::Pm => now.session.as_str().to_lowercase(),
            None => "today".to_owned(),
        }
    }

    /// What the reason's words offer.
    fn offered(&self, context: &ViewContext) -> Option<Offer> {
        offer_in(self.form.text(Name::Reason), now(context), context.roll())
    }

    /// What the words promise, where no code was typed all the same.
    fn promise(&self, context: &ViewContext) -> Option<PromiseKind> {
        self.offered(context).and_then(|offer| offer.promise).filter(|_| self.form.text(Name::Code).is_empty())
    }

    fn code(&self) -> Option<Code> {
        Code::parse(self.form.text(Name::Code))
    }

    /// The sessions the line means, or why it means none.
    fn range(&self, context: &ViewContext) -> Result<AbsenceRange, String> {
        let range = read(self.form.text(Name::When), now(context), context.roll())?;
        Ok(with_phrase_time(range, &self.phrases))
    }

    /// What the words say about when that *When* has not; a promise is of today.
    fn phrase_outside_when(&self, context: &ViewContext) -> Option<&str> {
        let range = match self.promise(context) {
            Some(_) => read("today", now(context), context.roll()),
            None => self.range(context),
        };
        phrase_outside(&self.phrases, &range.ok()?).map(|phrase| phrase.words.as_str())
    }

    /// The day back, if one was given.
    fn back(&self, context: &ViewContext, until: SessionDate) -> Result<Option<NaiveDate>, String> {
        let written = || "the day back is written thu or 26/11; it may be left empty".to_owned();
        match self.form.text(Name::Back) {
            "" => Ok(None),
            text => back_on(text, context.day.date, until).map(Some).ok_or_else(written),
        }
    }

    /// The act as it would be done now; else the first field that cannot be read.
    fn act(&self, pupil: PupilId, context: &ViewContext) -> Result<Act, Fault> {
        let ticked = self.siblings.iter().filter(|(_, ticked)| *ticked).map(|(id, _)| *id);
        let pupils: Vec<PupilId> = std::iter::once(pupil).chain(ticked).collect();
        if let Some(kind) = self.promise(context) {
            let time = parse_time(self.form.text(Name::When)).filter(|time| *time >= context.time());
            let time = time.ok_or_else(|| (Name::When, "type a time that is still to come: 09:57".to_owned()))?;
            let (by, channel) = self.teller()?;
            let (at, promise, words) = (now(context), kind.for_time(time), self.form.text(Name::Reason).to_owned());
            return Ok(Act::LogPromise(LogPromise { pupils, at, promise, by, words, channel }));
        }
        let code = self.code().ok_or_else(|| (Name::Code, "type a code: i ill, m appointment".to_owned()))?;
        let range = self.range(context).map_err(|text| (Name::When, text))?;
        let (by, channel) = self.teller()?;
        let back = self.back(context, range.until).map_err(|text| (Name::Back, text))?;
        if let Some(text) = back.and_then(|back| back_fault(range.until, back)) {
            return Err((Name::Back, text));
        }
        Ok(Act::ReportAbsence(ReportAbsence {
            pupils,
            code,
            from: range.from,
            until: range.until,
            by,
            words: self.form.text(Name::Reason).to_owned(),
            channel,
            seen: self.form.text(Name::Seen).to_owned(),
            back,
            time: range.time,
        }))
    }

    /// The person who told us, and the channel.
    fn teller(&self) -> Result<(String, Channel), Fault> {
        if self.form.text(Name::By).is_empty() {
            return Err((Name::By, "say who told us".to_owned()));
        }
        let channel = Channel::typed(self.form.text(Name::Channel));
        let channel = channel.ok_or_else(|| (Name::Channel, "type a, t, e, f or m".to_owned()))?;
        Ok((self.form.text(Name::By).to_owned(), channel))
    }

    /// Saved when everything can be read; else the field at fault is shown. A day that only the words say is asked about once.
    fn save(&mut self, pupil: PupilId, context: &ViewContext) -> Outcome {
        let act = match self.act(pupil, context) {
            Ok(act) => act,
            Err((field, text)) => return self.form.reject(field, format!("{}: {text}.", self.form.label(field))),
        };
        let phrase_outside_when = self.phrase_outside_when(context).filter(|_| !self.warned).map(str::to_owned);
        let Some(words) = phrase_outside_when else { return Outcome::Do(act) };
        self.warned = true;
        let key = self.typing.dialog.first_key(Shared::Save).unwrap_or_default();
        self.form.reject(
            Name::When,
            format!("When: the words say \u{201c}{words}\u{201d}, which is not in it. {key} again saves it."),
        )
    }

    /// Tick the sibling the cursor is on, or untick them; from a field one sibling more, and when all are ticked, none.
    fn tick(&mut self) {
        if let Some((_, ticked)) = self.form.row_behind().and_then(|place| self.siblings.get_mut(place)) {
            *ticked = !*ticked;
            return;
        }
        match self.siblings.iter_mut().find(|(_, ticked)| !ticked) {
            Some((_, ticked)) => *ticked = true,
            None => self.siblings.iter_mut().for_each(|(_, ticked)| *ticked = false),
        }
    }
}

/// The session a message speaks of if it names none: the morning until it is over.
fn now(context: &ViewContext) -> SessionDate {
    let session = context.day.times.as_ref().map_or(Session::Am, |times| times.arriving(context.time()));
    SessionDate::new(context.day.date, session)
}

/// How the last message entered today came: whoever works through the answerphone need not say so each time.
fn last_channel(context: &ViewContext) -> Channel {
    let today = context.day.evidence.values().flatten().filter(|one| one.at.date() == context.day.date);
    let last = today.filter(|one| context.day.messages.contains_key(&one.act)).max_by_key(|one| one.act);
    last.and_then(|one| context.day.messages.get(&one.act)).map(|message| message.channel).unwrap_or_default()
}

impl Dialog for Inbound {
    fn title(&self, context: &ViewContext) -> String {
        match self.pupil {
            Some(pupil) => format!("Message about {}", context.roll().name_and_group(pupil)),
            None => "Message about an absence".to_owned(),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let rows = if self.pupil.is_some() { view::ROWS + self.siblings.len() } else { 12 };
        (76, u16::try_from(rows).unwrap_or(20))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some(pupil) = self.pupil else {
            let outcome = self.picker.handle_key(key, |id| {
                self.pupil = Some(id);
                Outcome::Nothing
            });
            self.offer_for_pupil(context);
            return outcome;
        };
        // On a sibling's line nothing is written: a space ticks.
        let ticks = self.form.row_behind().is_some() && key.character() == Some(' ');
        if ticks || self.keys.get(key) == Some(Action::Sibling) {
            self.tick();
            return Outcome::Nothing;
        }
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => return self.save(pupil, context),
            Entered::Close => self.pupil = None,
            Entered::Typed => self.offer_again(context),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.pupil.is_none() {
            self.picker.paste(text);
        } else if self.form.paste(text) {
            self.offer_again(context);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.picker.refresh(context);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        match self.pupil {
            Some(pupil) => view::draw(self, pupil, area, canvas),
            None => self.picker.draw(area, canvas),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let (save, close) = match self.pupil {
            Some(_) => ("save", "another pupil"),
            None => ("take the pupil", "close"),
        };
        let mut hints = vec![self.typing.hint(Shared::Save, save)];
        if self.pupil.is_some() {
            hints.push(self.typing.hint(Shared::Next, "next field"));
        }
        if self.pupil.is_some() && !self.siblings.is_empty() {
            let here = self.form.row_behind().and_then(|place| self.siblings.get(place));
            let key = if here.is_some() {
                "space".to_owned()
            } else {
                self.keys.first_key(Action::Sibling).unwrap_or_default()
            };
            let does = match here {
                Some((_, true)) => "not this one",
                Some((_, false)) => "this one too",
                None => "the next sibling too",
            };
            hints.push((key, does.to_owned()));
        }
        hints.push(self.typing.hint(Shared::Close, close));
        hints
    }
}
