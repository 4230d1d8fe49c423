//! What files leave to be decided: refused ones, messages, marks that are no code, who may have left, marks that go back, and rows of
//! today's imports that were refused.

use super::Item;
use crate::domain::counted::counted;
use crate::domain::day::Day;
use crate::domain::incoming::imported::LastImport;
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::name::clean;

fn item(name: &str, text: &str) -> Item {
    Item { pupil: None, name: clean(name), text: clean(text), at: None, who: None }
}

/// What the day knows of it.
pub(super) fn of_day(day: &Day) -> Vec<Item> {
    let refused =
        day.refused_files.iter().map(|one| item(&format!("Refused, {}", one.at.format("%-d %b %H:%M")), &one.why));
    let waits = [
        ("Inbox", day.waiting_messages, "message", "to be read"),
        ("Quarantine", day.waiting_marks, "mark", "of files that are no code"),
        ("Leavers", day.missing_from_export, "pupil", "on roll and not in the last export of it"),
    ];
    let waits = waits.into_iter().filter(|(_, count, ..)| *count > 0);
    refused.chain(waits.map(|(name, count, what, is)| item(name, &format!("{} {is}", counted(count, what))))).collect()
}

/// What it does not: marks that go back, and imports of the day of which rows were refused.
pub(super) fn beside(day: &Day, files: &FilesWaiting) -> Vec<Item> {
    let waits = files.handback.as_ref().map_or(0, |handback| handback.to_hand_back.changes.len());
    let back =
        (waits > 0).then(|| item("Hand back", &format!("{} to be keyed in your own system", counted(waits, "mark"))));
    let is_of_day = |one: &&LastImport| {
        let import = &one.import;
        import.entry.at.date() == day.date && import.entry.undone.is_none() && import.refused > 0
    };
    let imports = files.imports.iter().flatten().filter(is_of_day).map(|LastImport { import, .. }| {
        let text = format!("{}, {} refused", import.files.join(", "), counted(import.refused, "row"));
        item(&format!("Import {}", import.entry.act.0), &text).moved(import.entry.at.time(), &import.entry.who)
    });
    back.into_iter().chain(imports).collect()
}
