//! Files in: readers that turn what a school's other systems export into [`Incoming`](crate::domain::incoming::Incoming). Pure from
//! bytes to records; nothing is written here. And what goes back to those systems: [`handback`].
//!
//! A row that cannot be used becomes a [`Reject`] and something odd that was used a [`Warning`]; nothing is dropped or changed
//! silently. A file that cannot be read at all is a [`ReadFault`].

pub mod archive;
mod cells;
mod fault;
pub mod feed;
pub mod flat;
mod formats;
pub mod hand_sheet;
pub mod handback;
pub mod kind;
mod marks;
mod oneroster;
pub mod origin;
pub mod out;
pub mod printer;
pub mod profiles;
mod reading;
pub mod rejects;
mod sha256;
mod source;
#[cfg(test)]
mod support;
mod table;
#[cfg(test)]
mod tests;
pub mod timetable;
mod unsaved;

use std::mem::swap;
use std::path::PathBuf;

use crate::domain::incoming::{Origin, Place, Reject, Warning};
use crate::domain::name::clean;
pub use fault::ReadFault;
use formats::{Beside, Format, Opened, sims_report};
use kind::Kind;
use origin::{TEMPLATE, are_ours, of_source};
use profiles::Chosen;
pub use reading::{Known, Progress, Read, ReadAs};
use source::bundle::{Bundle, Limits};
use source::content::Content;
pub use source::content::is_cut_off;
use source::text::marked;
use source::workbook::{SheetText, Workbook};
use table::layout::{Layout, Writing};
use table::notes::Notes;
use table::{ROWS_MAX, Table};

/// What the files of one import have to do with each other.
#[derive(Default)]
struct Together {
    beside: Beside,
    last: Vec<Last>,
    /// Whether firstbell wrote the file at hand.
    is_ours: bool,
}

/// A file that is read behind all others.
struct Last {
    file: String,
    content: Content,
    format: &'static dyn Format,
    /// Whether it was asked for by name.
    is_one_file: bool,
    /// Whether firstbell wrote it.
    is_ours: bool,
}

/// Read everything in `paths`: each a OneRoster folder, a zip, a folder of tables, or one such file.
pub fn read(paths: &[PathBuf], known: Known<'_>, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Read, ReadFault> {
    let mut read = Read::default();
    if paths.is_empty() {
        return Err(ReadFault::NoPath);
    }
    let mut together = Together::default();
    for path in paths {
        let mut bundle = Bundle::open(path, Limits::USUAL)?;
        read_bundle(&mut bundle, known, &mut together, &mut read, progress)?;
    }
    let Together { mut beside, last, is_ours: _ } = together;
    for Last { file, content, format, is_one_file, is_ours } in last {
        let first = read.incoming.mark_sources.files.len();
        match read_format(format, &file, &content, known, &mut beside, &mut read, progress) {
            Ok(()) => read.files.push(file),
            Err(fault @ ReadFault::NotKnown { .. }) if !is_one_file => read.rejects.push(whole(file, &fault)),
            Err(fault) => return Err(fault),
        }
        if is_ours {
            are_ours(&mut read, first);
        }
    }
    read.incoming.is_part |= beside.is_of_some;
    if let Some((pages, file)) = beside.pages.missing() {
        read.incoming.is_part = true;
        let text = format!(
            "there are more pupils, on page {pages}, which is not among these files: nobody is missed who may be there"
        );
        read.warnings.push(Warning { place: Place { file, line: 0 }, text });
    }
    Ok(read)
}

/// A file that cannot be used, whole.
fn whole(file: String, fault: &ReadFault) -> Reject {
    Reject { place: Place { file, line: 1 }, column: String::new(), value: String::new(), reason: fault.to_string() }
}

/// One folder, zip or file. A file of several that is not known is a reject, and the others are read; a file asked for by name
/// is a fault.
fn read_bundle(
    bundle: &mut Bundle,
    known: Known<'_>,
    together: &mut Together,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ReadFault> {
    oneroster::refuse_first(bundle)?;
    let already = read.files.len() + together.last.len();
    let is_oneroster = oneroster::is_one(bundle);
    if is_oneroster {
        oneroster::read(bundle, known.today, read, progress)?;
    }
    let mut unknown = Vec::new();
    for file in bundle.names() {
        if is_oneroster && oneroster::has(&file) {
            continue;
        }
        match read_file(bundle, &file, known, together, read, progress) {
            Ok(true) => read.files.push(file),
            Ok(false) => {}
            Err(fault @ ReadFault::NotKnown { .. }) if !bundle.is_one_file() => unknown.push((file, fault)),
            Err(fault) => return Err(fault),
        }
    }
    if read.files.len() + together.last.len() == already {
        return Err(ReadFault::NothingKnown {
            place: bundle.place().to_owned(),
            first: unknown.into_iter().next().map(|(_, fault)| fault.to_string()),
        });
    }
    read.rejects.extend(unknown.into_iter().map(|(file, fault)| whole(file, &fault)));
    read.warnings.extend(bundle.passed_over().map(|file| Warning {
        place: Place { file: file.to_owned(), line: 0 },
        text: "this file was not read: only tables, workbooks, XML and JSON are".to_owned(),
    }));
    Ok(())
}

/// Read one file, whatever its format; false where it is to be read behind the others.
fn read_file(
    bundle: &mut Bundle,
    file: &str,
    known: Known<'_>,
    together: &mut Together,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<bool, ReadFault> {
    let bytes = bundle.bytes(file)?;
    together.is_ours = !known.own_files.is_empty() && known.own_files.contains(&origin::digest(&bytes));
    let first = read.incoming.mark_sources.files.len();
    let answer = read_bytes(bundle, file, bytes, known, together, read, progress);
    if together.is_ours {
        are_ours(read, first);
    }
    answer
}

/// Read what one file holds.
fn read_bytes(
    bundle: &Bundle,
    file: &str,
    bytes: Vec<u8>,
    known: Known<'_>,
    together: &mut Together,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<bool, ReadFault> {
    let marked = marked(&bytes);
    let content = Content::of(file, bytes, &mut read.warnings)?;
    if let Content::Table(text) = &content {
        return read_table(file, text, Writing::Text(marked), known, read, progress).map(|()| true);
    }
    if let Some(table) = sims_report::as_table(&content) {
        let text = table.map_err(|why| ReadFault::NotKnown { file: file.to_owned(), why })?;
        let writing = Writing::Records(sims_report::NAME);
        return read_table(file, &text, writing, known, read, progress).map(|()| true);
    }
    if let Content::Workbook(book) = &content {
        return read_workbook(book, file, known, read, progress).map(|()| true);
    }
    let Some(format) = formats::format_of(&content) else { return Err(formats::not_known(file, &content)) };
    if format.is_last() {
        let is_one_file = bundle.is_one_file();
        let (file, is_ours) = (file.to_owned(), together.is_ours);
        together.last.push(Last { file, content, format, is_one_file, is_ours });
        return Ok(false);
    }
    read_format(format, file, &content, known, &mut together.beside, read, progress).map(|()| true)
}

/// Read the table in `text`: ours, or another system's.
fn read_table(
    file: &str,
    text: &str,
    writing: Writing<'_>,
    known: Known<'_>,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ReadFault> {
    if timetable::read(file, text, known, read, progress)? {
        return Ok(());
    }
    let rows_max = ROWS_MAX.saturating_sub(read.rows);
    let mut say = |what: &str, layout: &Layout| {
        let what = format!("{what}{}", writing.describe(layout));
        read.read_as.push(ReadAs { file: file.to_owned(), what });
    };
    let chosen = profiles::choose(file, text, known.profiles).map_err(|fault| match fault {
        ReadFault::NotKnown { file, .. } if formats::holds_percentages(text) => {
            ReadFault::NotKnown { file, why: formats::PERCENTAGES.to_owned() }
        }
        ReadFault::NotKnown { file, .. } if text.contains(unsaved::UNSAVED) => {
            ReadFault::NotKnown { file, why: unsaved::IN_HEADINGS.to_owned() }
        }
        fault => fault,
    })?;
    // Beside the names of pupils: what it is about is in the other columns.
    let kind = match &chosen {
        Chosen::Own(kind, _) => Some(*kind),
        Chosen::Bound(bound, _) => Some(bound.profile.kind),
        Chosen::Nothing(..) => None,
    };
    if kind == Some(Kind::Pupils) && formats::holds_percentages(text) {
        return Err(ReadFault::NotKnown { file: file.to_owned(), why: formats::PERCENTAGES.to_owned() });
    }
    // What firstbell wrote says when it was true.
    let origin = |is_stated: bool, usual: Origin| match (is_stated, writing) {
        (true, _) => Origin::Ours,
        (false, Writing::Records(_)) => Origin::Mis,
        (false, Writing::Text(_) | Writing::Sheet) => usual,
    };
    match chosen {
        Chosen::Own(kind, layout) => {
            if layout.is_unusual() {
                say(kind.as_str(), &layout);
            }
            refuse_unsaved(file, layout.headings.iter())?;
            let mut table = Table::laid_out(file, text, &layout, &layout.dates(), rows_max, progress);
            table.read_serials(known.has_serial_dates, layout.dates());
            let columns = flat::columns(kind);
            let words = layout.words();
            table.refuse_unsaved(
                words.iter().enumerate().filter(|(_, one)| columns.contains(&one.as_str())).map(|(place, _)| place),
            );
            let is_stated = kind.is_stated(&words);
            of_source(read, kind, file, (TEMPLATE, origin(is_stated, Origin::Plain)));
            read_kind(kind, is_stated, &mut table, known, read)?;
            table.end(read)
        }
        Chosen::Nothing(what, layout) => {
            read.read_as.push(ReadAs { file: file.to_owned(), what: what.to_owned() });
            let mut table = Table::laid_out(file, text, &layout, &[], rows_max, progress);
            while table.next(&mut Vec::new()).is_some() {}
            table.end(read)
        }
        Chosen::Bound(bound, layout) => {
            refuse_unsaved(file, layout.headings.iter().chain(bound.given.iter().map(|(_, value)| value)))?;
            say(&format!("{} (profile {})", bound.profile.what, bound.profile.name), &layout);
            let mut table = Table::laid_out(file, text, &layout, &bound.date_places(), rows_max, progress);
            table.leave_foot();
            table.read_serials(known.has_serial_dates, bound.date_columns());
            table.refuse_unsaved(bound.used());
            let mut notes = Notes::default();
            for heading in bound.unknown.iter().filter_map(|place| layout.headings.get(*place)) {
                let heading = clean(heading);
                let text = || format!("“{heading}” is not in the profile {}, and was left out", bound.profile.name);
                notes.add("unknown column", &heading, || table.place(layout.line), text);
            }
            let sheet = profiles::sheet(&bound, &mut table, known, read, &mut notes);
            read.warnings.extend(notes.into_warnings());
            let order = table.order();
            table.close(read)?;
            let mut quiet = |_: Progress<'_>| {};
            let table = Table::of_rows(file, &sheet.headings, &sheet.rows, rows_max, &mut quiet);
            let mut table = table.of_order(order);
            let is_stated = sheet.kind.is_stated(&layout.words());
            of_source(read, sheet.kind, file, (&bound.profile.name, origin(is_stated, bound.origin())));
            read_kind(sheet.kind, is_stated, &mut table, known, read)?;
            table.end(read)
        }
    }
}

/// Refuse a file that has a formula without a value among its headings, or in what is told above them.
fn refuse_unsaved<'t>(file: &str, texts: impl Iterator<Item = &'t String>) -> Result<(), ReadFault> {
    match unsaved::is_among(texts) {
        true => Err(ReadFault::NotKnown { file: file.to_owned(), why: unsaved::IN_HEADINGS.to_owned() }),
        false => Ok(()),
    }
}

/// Read a workbook: each sheet as a table. A sheet that is not known is a reject where another is.
fn read_workbook(
    book: &Workbook,
    file: &str,
    known: Known<'_>,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ReadFault> {
    let mut unknown = Vec::new();
    for SheetText { name, text } in &book.sheets {
        let place = format!("{file}, sheet {name}");
        match read_table(&place, text, Writing::Sheet, known, read, progress) {
            Ok(()) => {}
            Err(fault @ ReadFault::NotKnown { .. }) => unknown.push((place, fault)),
            Err(fault) => return Err(fault),
        }
    }
    if unknown.len() == book.sheets.len() {
        return Err(unknown.into_iter().next().map_or_else(
            || ReadFault::NotKnown {
                file: file.to_owned(),
                why: "is a workbook without anything in a sheet that is not hidden".to_owned(),
            },
            |(_, fault)| fault,
        ));
    }
    read.rejects.extend(unknown.into_iter().map(|(place, fault)| whole(place, &fault)));
    read.warnings.extend(book.hidden.iter().map(|name| Warning {
        place: Place { file: file.to_owned(), line: 0 },
        text: format!("the sheet “{name}” is hidden, and was left out"),
    }));
    Ok(())
}

/// Read a file of another system.
fn read_format(
    format: &dyn Format,
    file: &str,
    content: &Content,
    known: Known<'_>,
    beside: &mut Beside,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ReadFault> {
    let mut notes = Notes::default();
    let (rejects, said) = (&mut read.rejects, String::new());
    let mut opened = Opened { name: file, content, known, notes: &mut notes, rejects, said, beside };
    let sheets = format.sheets(&mut opened).map_err(|why| ReadFault::NotKnown { file: file.to_owned(), why })?;
    let said = [format.name(), &opened.said].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    read.warnings.extend(notes.into_warnings());
    read.read_as.push(ReadAs { file: file.to_owned(), what: said });
    for sheet in sheets {
        let rows_max = ROWS_MAX.saturating_sub(read.rows);
        let mut table = Table::of_rows(file, &sheet.headings, &sheet.rows, rows_max, progress);
        of_source(read, sheet.kind, file, ("", Origin::Mis));
        read_kind(sheet.kind, sheet.is_stated, &mut table, known, read)?;
        table.end(read)?;
    }
    Ok(())
}

/// Read a table of that kind. Marks that are only stated, and are no register's, go by themselves.
fn read_kind(
    kind: Kind,
    is_stated: bool,
    table: &mut Table<'_>,
    known: Known<'_>,
    read: &mut Read,
) -> Result<(), ReadFault> {
    let swap_marks = |read: &mut Read| {
        if is_stated {
            swap(&mut read.incoming.marks, &mut read.incoming.stated);
        }
    };
    swap_marks(read);
    let answer = flat::read_kind(kind, table, known, read);
    swap_marks(read);
    answer
}

/// Open one file of the bundle as a table, and give it to `work`.
fn with_table(
    bundle: &mut Bundle,
    file: &str,
    read: &mut Read,
    progress: &mut dyn FnMut(Progress<'_>),
    work: impl FnOnce(&mut Table<'_>, &mut Read) -> Result<(), ReadFault>,
) -> Result<(), ReadFault> {
    let content = Content::of(file, bundle.bytes(file)?, &mut read.warnings)?;
    let Content::Table(text) = &content else { return Err(formats::not_known(file, &content)) };
    let mut table = Table::open(file, text, ROWS_MAX.saturating_sub(read.rows), progress)?;
    work(&mut table, read)?;
    table.end(read)
}
