//! What is said of letters that could be made, and of those that were.

use super::{LettersForm, Name};
use crate::domain::act_id::ActId;
use crate::domain::calendar::dates::parse_day;
use crate::domain::cases::letters::drafted::Drafted;
use crate::domain::counted::counted;
use crate::report::letter::Sheet;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::reading::TextLine;
use crate::screen::widgets::text::{wrapped, wrapped_within};

/// Lines that a paragraph may take.
const MOST: usize = 40;

/// What is meant by a field, or what is wrong with it.
pub fn beside(it: &LettersForm, name: Name, context: &ViewContext) -> Result<String, String> {
    let today = context.now.date();
    if it.templates.is_empty() {
        return Ok(String::new());
    }
    if let Some(fault) = it.fault(name, today) {
        return Err(fault);
    }
    Ok(match name {
        Name::Template => it.templates.iter().find(|(one, _)| Some(one.as_str()) == it.template()).map_or_else(
            String::new,
            |(name, says)| {
                if *name == it.form.text(Name::Template) { says.clone() } else { format!("{name}: {says}") }
            },
        ),
        Name::Words => "a paragraph of its own".to_owned(),
        Name::On => match parse_day(it.form.text(Name::On), today) {
            Some(day) => day.format("%a %-d %b %Y").to_string(),
            None => "if the letter invites to one".to_owned(),
        },
        Name::At | Name::Place => String::new(),
    })
}

/// What the rules suggest, to whom the letter goes and who gets none, the figures in it, and what it says.
pub fn drafts(it: &LettersForm, columns: u16, context: &ViewContext, theme: &Theme) -> Vec<TextLine> {
    let mut lines: Vec<TextLine> = Vec::new();
    let drafts = match &it.drafts {
        None => return vec![vec![("The letters are being put together.".to_owned(), theme.dim)]],
        Some(Err(fault)) => {
            let text = wrapped(fault, columns, MOST).into_iter();
            return text.map(|line| vec![(line, theme.overdue)]).collect();
        }
        Some(Ok(drafts)) => drafts,
    };
    let mut say = |text: &str, style| {
        lines.extend(wrapped_within(text, columns, 0, 4).into_iter().map(|line| vec![(line, style)]));
    };
    for one in &drafts.suggested {
        match &one.against {
            None => say(&format!("Suggested: {}, {}", one.letter, one.why), theme.plain),
            Some(against) => say(&format!("Not suggested: {}, {}; {against}", one.letter, one.why), theme.dim),
        }
    }
    if drafts.suggested.is_empty() {
        say("No letter is suggested by the school's rules.", theme.dim);
    }
    if let Some(refusal) = it.refusal(context) {
        say(&format!("{refusal}."), theme.overdue);
        return lines;
    }
    if it.template().is_none() {
        let all: Vec<&str> = drafts.templates.iter().map(|(name, _)| name.as_str()).collect();
        say(&format!("There are {}.", all.join(", ")), theme.plain);
        return lines;
    }
    let made: Vec<&Drafted> = drafts.rows.iter().filter(|row| row.letter.is_some()).collect();
    let by_hand = made.iter().filter(|row| row.by_hand).count();
    let (count, not_made) = (counted(made.len(), "letter"), drafts.rows.len() - made.len());
    say("", theme.plain);
    say(&format!("{count}, {by_hand} of them to be handed over; {not_made} not made"), theme.title);
    for row in &drafts.rows {
        let style = if row.letter.is_some() { theme.plain } else { theme.overdue };
        say(&recipient(row), style);
    }
    if let Some((letter, paper)) = made.first().and_then(|row| row.letter.as_ref()) {
        let (from, to) = (letter.from.format("%-d %b %Y"), letter.to.format("%-d %b %Y"));
        let figures = &paper.figures;
        say(
            &format!(
                "Figures of {from} to {to}: attendance {figures}, {} absent, {} of them unauthorised",
                counted(figures.absent() as usize, "session"),
                figures.unauthorised
            ),
            theme.plain,
        );
        let words = Sheet::of(ActId(0), letter, paper).words(PAPER.min(columns.into()));
        lines.extend(words.into_iter().map(|line| vec![(line, theme.dim)]));
    }
    lines
}

/// "Mrs Khan, mother: speaks Urdu: ask ..."; "Mr Khan: not made: must not be contacted".
fn recipient(row: &Drafted) -> String {
    let relationship = if row.relationship.is_empty() { String::new() } else { format!(", {}", row.relationship) };
    let who = if row.to.is_empty() { "Nobody".to_owned() } else { format!("{}{relationship}", row.to) };
    let mut says = row.notes.clone();
    if row.lacks.is_empty() && !row.by_hand {
        says.insert(0, "an address is held".to_owned());
    }
    if !row.lacks.is_empty() {
        says.push(format!("not made: {}", row.lacks.join(", ")));
    }
    format!("  {who}: {}", says.join("; "))
}

/// The letters that were made, as they stand on paper.
pub fn made(it: &LettersForm, theme: &Theme) -> Vec<TextLine> {
    let many = counted(it.made.len(), "letter");
    let whom: Vec<String> = it.made.iter().map(|one| format!("{} to {}", one.reference, one.name)).collect();
    let mut lines: Vec<TextLine> = vec![
        vec![(format!("{many} made: {}", whom.join(", ")), theme.title)],
        vec![("Print them, and say in the case how each went.".to_owned(), theme.plain)],
    ];
    for sheet in &it.made {
        lines.extend([Vec::new(), vec![("-".repeat(PAPER), theme.border)]]);
        lines.extend(without_address(sheet).lines(PAPER).into_iter().map(|line| vec![(line, theme.plain)]));
    }
    lines
}

/// The columns of a letter on the screen: those of the paper.
const PAPER: usize = 78;

/// The same as others may see it over a shoulder: an address is on the paper alone, whose printing is put down.
fn without_address(sheet: &Sheet) -> Sheet {
    let address = sheet.address.first().map(|_| "(the address that is held)".to_owned());
    Sheet { address: address.into_iter().collect(), ..sheet.clone() }
}
