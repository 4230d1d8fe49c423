//! A pupil's card: where the pupil is now, contacts, flags, today's evidence and everything that happened, siblings, the last four weeks.

mod details;
mod today;

use chrono::{Datelike, NaiveDate, Weekday};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_truncate::{Alignment, UnicodeTruncateStr};

use crate::domain::absence::unexplained::next_call;
use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::closed_marks::{closed_marks, describe};
use crate::domain::day::{Past, PastDay};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::register::ordinal;
use crate::domain::late::lateness::tally;
use crate::domain::people::correction::Beside;
use crate::domain::people::pupil::{Flags, Pupil, PupilId, Tier};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{Action, Reading, TextLine};
use crate::screen::widgets::reveal::{self, Reveal};
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::{width, wrapped_within};
use today::{contradictions, now, today};

/// A pupil's card. The house's keys act on the pupil while it is open.
pub struct Card {
    reading: Reading,
    pupil: PupilId,
    past: Option<Past>,
    reveal: Reveal,
    /// That it is opened here need not be recorded, or has been: until then it is not shown.
    is_recorded: bool,
    /// How many numbers have been copied: the next is that of the contact below.
    copied: usize,
}

impl Card {
    /// Of one pupil; what came before today may come a moment later.
    pub fn new(
        (keys, numbers): (Keymap<Action>, Keymap<reveal::Action>),
        typing: SharedTyping,
        pupil: PupilId,
        past: Option<Past>,
        context: &ViewContext,
    ) -> Card {
        let is_recorded = context.pupil(pupil).is_none_or(|pupil| pupil.tier() != Tier::Vulnerable);
        let reveal = Reveal::new(numbers, Some(pupil), details::asked(context.pupil(pupil)));
        let reading = Reading::new(keys, typing);
        Card { reading, pupil, past, reveal, is_recorded, copied: 0 }
    }

    fn lines(&self, pupil: &Pupil, columns: u16, context: &ViewContext, theme: &Theme) -> Vec<TextLine> {
        if !self.is_recorded {
            return vec![vec![("Putting down that it is opened here.".to_owned(), theme.dim)]];
        }
        let mut text = Text { lines: Vec::new(), columns, theme };
        who(pupil, context, &mut text);
        now(pupil, context, &mut text);
        contradictions(pupil, context, &mut text);
        contacts(pupil, &self.reveal, context, &mut text);
        today(pupil, context, &mut text);
        siblings(pupil, context, &mut text);
        details::of_pupil(pupil, &self.reveal, context, &mut text);
        if let Some(past) = &self.past {
            before(past, context, &mut text);
            on_closed_days(self.pupil, past, context, &mut text);
        }
        text.lines
    }
}

impl Card {
    /// Copy the number that is rung next; again, the one below.
    fn copy(&mut self, context: &ViewContext) -> Outcome {
        if !self.reveal.is_shown() {
            let key = self.reveal.key().unwrap_or_default();
            return Outcome::Notice(format!("The numbers are masked: {key} shows them."));
        }
        let contacts = context.roll().contacts(self.pupil).iter();
        let all: Vec<_> = contacts.flat_map(|one| one.numbers_to_ring().map(move |phone| (one, phone))).collect();
        let next = next_call(&context.day, self.pupil);
        let first = all.iter().position(|one| Some(*one) == next).unwrap_or(0);
        let chosen = all.iter().cycle().nth(first + self.copied % all.len().max(1));
        self.copied += 1;
        let none = || Outcome::Notice("There is no number to copy.".to_owned());
        chosen.map_or_else(none, |(contact, phone)| reveal::copy(contact, Some(&phone.number)))
    }
}

impl Dialog for Card {
    fn title(&self, context: &ViewContext) -> String {
        context.roll().name_and_group(self.pupil)
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (76, 30)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.reveal.handle_key(key).filter(|_| !self.reading.is_typing()) {
            Some(reveal::Action::Show) => return self.reveal.ask(),
            Some(reveal::Action::Copy) => return self.copy(context),
            None => {}
        }
        match self.reading.handle_key(key) {
            Some(Action::Close) => Outcome::Close,
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.reading.paste(text);
    }

    fn recalled(&mut self, pupil: PupilId, past: &Past, _: &ViewContext) {
        if pupil == self.pupil {
            self.past = Some(past.clone());
        }
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.is_recorded |= disclosure.shown == Shown::Card && disclosure.pupil == Some(self.pupil);
        self.reveal.disclosed(disclosure);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        !self.reading.is_typing()
    }

    fn sheet(&self) -> Option<Sheet> {
        (self.is_recorded && !self.reading.is_typing()).then(|| Sheet::of(Some(self.pupil), "card"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let pupil = context.pupil(self.pupil)?;
        self.reading.draw(&self.lines(pupil, area.width, context, theme), area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let mut hints = self.reading.hints();
        if !self.reading.is_typing() {
            hints.insert(1, self.reveal.hint());
        }
        hints
    }
}

/// Columns by which a line that goes on below stands in, and the least that words have.
const HANGING: usize = 2;
const LEAST_WORDS: u16 = 12;

/// Lines being put together.
struct Text<'a> {
    lines: Vec<TextLine>,
    /// How wide they are: what is longer goes on below.
    columns: u16,
    theme: &'a Theme,
}

impl Text<'_> {
    fn line(&mut self, text: String, style: Style) {
        self.line_behind(String::new(), text, style);
    }

    /// A line that begins with a title: "AM  L 17 min: gate 08:57 beats tutor N 08:50". What goes on below stands under its text, two
    /// columns in.
    fn line_behind(&mut self, title: String, text: String, style: Style) {
        let words = text.trim_start();
        let behind = usize::from(width(&title));
        let first = behind + text.len() - words.len();
        let least = u16::try_from(first + HANGING).unwrap_or(u16::MAX).saturating_add(LEAST_WORDS);
        for (place, line) in
            wrapped_within(words, self.columns.max(least), first, first + HANGING).into_iter().enumerate()
        {
            let title = (title.clone(), self.theme.title);
            self.lines.push(match line.get(behind..) {
                Some(line) if place == 0 => vec![title, (line.to_owned(), style)],
                _ => vec![(line, style)],
            });
        }
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(Vec::new());
        self.line(text.to_owned(), self.theme.title);
    }
}

fn who(pupil: &Pupil, context: &ViewContext, text: &mut Text<'_>) {
    let year = pupil.year.map(|year| format!("Year {year}"));
    let admission = pupil.admission_no.as_ref().map(|number| format!("admission no. {number}"));
    let upn = pupil.upn.as_ref().map(|upn| format!("UPN {upn}"));
    let parts: Vec<String> = [Some(pupil.spoken_name()), year, admission, upn].into_iter().flatten().collect();
    text.line(parts.join("   "), text.theme.plain);
    if let Some(legal) = &pupil.legal {
        text.line(format!("Legal name, for letters: {}", legal.spoken()), text.theme.plain);
    }
    for flag in pupil.flags.iter() {
        // Red is for what puts a pupil first, not for free meals.
        let style = match [flag].into_iter().collect::<Flags>().tier() {
            Tier::Vulnerable => text.theme.overdue,
            Tier::Supported => text.theme.title,
            Tier::Disadvantaged => text.theme.plain,
            Tier::Standard => text.theme.dim,
        };
        text.lines.push(vec![(format!("{:<5}", flag.letters()), style), (flag.meaning().to_owned(), text.theme.plain)]);
    }
    if let Some(watched) = context.day.watched.iter().find(|one| one.pupil == pupil.id) {
        text.line(format!("On the watch list: {} ({})", watched.reason, watched.who), text.theme.key);
    }
    let late = tally(&context.day, pupil.id, context.session());
    if late.half_term > 0 {
        let (half_term, minutes) = (ordinal(late.half_term), duration(late.week_minutes, " min"));
        text.line(format!("Last late: the {half_term} this half-term; {minutes} lost this week"), text.theme.plain);
    }
}

fn contacts(pupil: &Pupil, reveal: &Reveal, context: &ViewContext, text: &mut Text<'_>) {
    let all = context.roll().contacts(pupil.id);
    let masked = !reveal.is_shown() && all.iter().any(|one| !one.phones.is_empty());
    let key = reveal.key().filter(|_| masked).map(|key| format!("  {key} shows the numbers")).unwrap_or_default();
    text.lines.push(Vec::new());
    text.lines.push(vec![("Contacts, in calling order".to_owned(), text.theme.title), (key, text.theme.dim)]);
    if all.is_empty() {
        text.line("None are held.".to_owned(), text.theme.overdue);
    }
    for contact in all {
        let phones: Vec<String> = contact
            .phones
            .iter()
            .map(|phone| {
                let barred = if phone.barred && !contact.is_barred() { " (do not ring: barred)" } else { "" };
                format!("{}{barred}", reveal.number(&phone.number, text.theme))
            })
            .collect();
        let phone = phones.first().map_or("no number", String::as_str);
        let (name, relationship) = (padded(&contact.name, 20), padded(&contact.relationship, 17));
        let mut line = vec![(format!("{} {name} {relationship} {phone:<15}", contact.order), text.theme.plain)];
        if contact.is_barred() {
            line.push(("DO NOT CONTACT ".to_owned(), text.theme.overdue));
        }
        if let Some(wrong) = context.day.wrong_numbers.iter().find(|one| one.is_of(contact)) {
            line.push((format!("found wrong {}", wrong.at.format("%-d %b")), text.theme.overdue));
        }
        text.lines.push(line);
        for phone in phones.iter().skip(1) {
            text.line(format!("  {:38} {phone}", ""), text.theme.plain);
        }
        let why = contact.bar.iter().filter(|why| !why.is_empty() && Some(*why) != contact.note.as_ref());
        if let Some(email) = contact.email.as_ref().filter(|_| !contact.is_barred()) {
            text.line(format!("  e-mail {email}"), text.theme.plain);
        }
        details::of_contact(contact, reveal, text);
        for why in why {
            text.line(format!("  {why}"), text.theme.overdue);
        }
        if let Some(note) = &contact.note {
            text.line(format!("  {note}"), text.theme.dim);
        }
        for one in context.roll().corrections(pupil.id).filter(|one| one.correction.contact == Some(contact.id)) {
            let style = if one.beside() == Beside::Differs { text.theme.overdue } else { text.theme.dim };
            text.line(format!("  {}", one.correction.tell(&contact.name, &one.system)), style);
        }
    }
}

fn siblings(pupil: &Pupil, context: &ViewContext, text: &mut Text<'_>) {
    let all: Vec<&Pupil> = context.roll().siblings(pupil).filter(|one| one.on_roll(context.day.date)).collect();
    if all.is_empty() {
        return;
    }
    text.heading("Siblings");
    for sibling in all {
        let marks = context.short_marks(sibling.id);
        text.line(format!("{}   {marks}", context.roll().name_and_group(sibling.id)), text.theme.plain);
    }
}

/// The year's figures, and four weeks with a line for each.
fn before(past: &Past, context: &ViewContext, text: &mut Text<'_>) {
    text.heading(if context.is_today() { "Before today" } else { "Before that day" });
    let figures = &past.year;
    let word = figures.absence_word().map(|word| format!(", {word}")).unwrap_or_default();
    text.line(
        format!(
            "This year {figures}, {} late, {} unauthorised, {} blank{word}",
            figures.lates, figures.unauthorised, figures.blanks
        ),
        text.theme.plain,
    );
    // A column for each weekday, so that a pattern stands out; what is not present is bold.
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let heads = days.map(|day| format!("{:<10}", day.to_string()));
    text.line(format!("{:<8}{}", "", heads.concat()), text.theme.dim);
    let mut mondays: Vec<NaiveDate> = past.four_weeks.iter().map(|day| monday(day.date)).collect();
    mondays.dedup();
    for week in mondays {
        let mut line = vec![(format!("{:<8}", week.format("%-d %b").to_string()), text.theme.dim)];
        for weekday in days {
            let day = past.four_weeks.iter().find(|day| monday(day.date) == week && day.date.weekday() == weekday);
            line.extend(pair(day, text.theme));
        }
        text.lines.push(line);
    }
}

/// Marks that count in nothing, for their day is closed now.
fn on_closed_days(pupil: PupilId, past: &Past, context: &ViewContext, text: &mut Text<'_>) {
    for one in closed_marks(&context.day, pupil, past) {
        let marks: Vec<String> = one.marks().map(|mark| mark.code.to_string()).collect();
        let message = describe(marks.len(), one.date, &context.roll().calendar);
        text.line(format!("{message}: {}", marks.join(" ")), text.theme.plain);
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).first_day()
}

fn pair(day: Option<&PastDay>, theme: &Theme) -> [(String, Style); 3] {
    let half = |mark: Option<Mark>, width: usize| {
        let usual =
            mark.is_none_or(|mark| mark.code == Code::present(Session::Am) || mark.code == Code::present(Session::Pm));
        (
            format!("{:<width$}", mark.map_or_else(|| "-".to_owned(), |mark| mark.code.to_string())),
            if usual { theme.dim } else { theme.title },
        )
    };
    match day {
        Some(day) => [half(day.am, 3), half(day.pm, 3), ("    ".to_owned(), theme.plain)],
        None => [(" ".repeat(10), theme.plain), (String::new(), theme.plain), (String::new(), theme.plain)],
    }
}

/// Padded by columns, not letters; cut where it is longer.
fn padded(text: &str, columns: usize) -> String {
    text.unicode_pad(columns, Alignment::Left, true).into_owned()
}
