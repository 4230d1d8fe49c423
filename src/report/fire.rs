//! The fire list on paper: one page a tutor group, for the staff at the assembly point. No flags: it goes through many hands.

use unicode_truncate::{Alignment, UnicodeTruncateStr};

use crate::domain::code::OnSite;
use crate::domain::name::clean;
use crate::domain::people::pupil::GroupId;
use crate::domain::people::telling_name::TellingName;
use crate::domain::school::roll::Roll;
use crate::domain::whereabouts::fire::{FireGroup, FireList, FirePupil};

/// Columns of a page.
const WIDE: usize = 80;
/// Columns of the box and of the name; the rest says why.
const BOX: usize = 4;
const NAME: usize = 42;
/// Names on a page: with its heads it fits A4 at 66 lines. A longer group goes on, under the same head.
const LINES: usize = 54;

impl FireList {
    /// The list as it prints: a page for each group, or for `only` this one; form feeds between, every page with its age.
    /// Nothing in it can be a command to a printer or a terminal.
    pub fn text(&self, roll: &Roll, only: Option<GroupId>) -> String {
        let groups = self.groups.iter().filter(|group| only.is_none() || group.group == only);
        let pages: Vec<String> = groups.flat_map(|group| self.pages(roll, group)).collect();
        if pages.is_empty() {
            let of = only.and_then(|id| roll.group(id)).map(|group| format!(" {}", group.name)).unwrap_or_default();
            return self.head(roll, &format!("{of}: nobody to account for"), "") + "\n";
        }
        pages.join("\x0c")
    }

    fn pages(&self, roll: &Roll, group: &FireGroup) -> Vec<String> {
        let tutor = group.tutor.as_ref().map(|tutor| format!(", {tutor}")).unwrap_or_default();
        let (on_site, unknown, total) = (group.on_site(), group.unknown(), self.total());
        let counts = format!("{on_site} on site, {unknown} not known; {total} to account for in the whole school");
        let head = self.head(roll, &format!(" {}{tutor}", group.name), &counts);
        let (known, unknown): (Vec<_>, Vec<_>) = group.pupils.iter().partition(|one| one.on_site == OnSite::Yes);
        let mut lines: Vec<String> = known.into_iter().map(|one| row(roll, one)).collect();
        if !unknown.is_empty() {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push("Not known: look for".to_owned());
            lines.extend(unknown.into_iter().map(|one| row(roll, one)));
        }
        lines.chunks(LINES).map(|lines| format!("{head}\n\n{}\n", lines.join("\n"))).collect()
    }

    fn head(&self, roll: &Roll, of: &str, counts: &str) -> String {
        let newest =
            self.newest.map_or_else(|| "no entry yet".to_owned(), |at| format!("newest entry {}", at.format("%H:%M")));
        let title = cut(&format!("{}: fire list{of}", roll.school.name), WIDE);
        let age = format!("As recorded at {}; {newest}", self.at.format("%H:%M:%S on %a %-d %b"));
        let over = self.over.map_or_else(String::new, |ends| {
            format!("School ended at {}: only those logged in since are listed\n", ends.format("%H:%M"))
        });
        format!("{title}\n{age}\n{over}{counts}").trim_end().to_owned()
    }
}

/// "[ ] Khan, Amira                               U 09:31 gate"
fn row(roll: &Roll, one: &FirePupil) -> String {
    let name = roll.pupil(one.pupil).map_or_else(|| "-".to_owned(), |pupil| told_apart(&roll.name_in_group(pupil)));
    let name = name.unicode_pad(NAME, Alignment::Left, false);
    format!("[ ] {name}{}", cut(&one.why, WIDE - BOX - NAME)).trim_end().to_owned()
}

/// What is cut of a long name is never what tells it apart.
fn told_apart(name: &TellingName) -> String {
    let apart = if name.apart.is_empty() { String::new() } else { format!(" {}", clean(&name.apart)) };
    format!("{}{apart}", cut(&name.name, (NAME - 1).saturating_sub(apart.len())))
}

fn cut(text: &str, columns: usize) -> String {
    clean(text).unicode_truncate(columns).0.to_owned()
}
